//! `DOC-TOI.txt`: what the package is and how anyone can check it, in plain words.

use cchc_text::date;

use super::Package;
use crate::marks::marks;

const CHECKING: &str = "\
CÁCH KIỂM TRA
Không cần mạng, không cần tin ai:
  1. Cài chương trình cchc (mã nguồn mở).
  2. Chạy:  cchc index verify TEN-GOI.zip
Chương trình đọc bộ tiêu chí, số liệu và ngày nghỉ trong gói, tính lại từng điểm, từng xếp loại,
từng hạng rồi so với kết quả trong gói. Khác một chữ số là báo rõ đơn vị, tiêu chí, số công bố và
số tính lại. Niêm phong ở cuối tệp .zip (BLAKE3) cho biết tệp có bị sửa sau khi lập hay không.
Để biết đang giữ đúng gói đã công bố, so mã băm b3:… mà lệnh trên in ra với mã do cơ quan công bố
(hoặc chạy b3sum TEN-GOI.zip).
";

const PARTS: &str = "\
TRONG GÓI CÓ
  DOC-TOI.txt    tệp này
  manifest.json  phiên bản định dạng, thông tin về gói, mã băm BLAKE3 của từng tệp
  set.toml       bộ tiêu chí: cây tiêu chí, điểm tối đa, quy tắc chấm, xếp loại
  input.csv      số liệu của từng đơn vị: value (giá trị), of (mẫu số); na = không áp dụng
  days-off.csv   ngày nghỉ, ngày làm bù đã dùng khi tính hạn
";

const PUBLISHED_PART: &str = "  published.csv  số đã công bố ở nơi khác, để đối chiếu\n";

const RESULT_PARTS: &str = "\
\x20 result.json    kết quả: mọi điểm là phân số chính xác, chưa làm tròn
  result.csv     bảng xếp hạng, mở được bằng phần mềm bảng tính (dấu chấm thập phân)
";

/// Writes the text: UTF-8 with byte order mark and CRLF, so that any editor shows it.
pub(super) fn write_readme(package: &Package) -> Vec<u8> {
    let mut text = String::from("\u{feff}GÓI KẾT QUẢ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH\n\n");
    let warnings = marks(package);
    for mark in &warnings {
        text.push_str(&format!("*** {mark} ***\n"));
    }
    if !warnings.is_empty() {
        text.push('\n');
    }
    let about = &package.about;
    let set = format!("{} ({})", package.set.title, package.set.id);
    let published = about.published_on.map(date::vietnamese).unwrap_or_default();
    let count = format!("{} đơn vị, {} tiêu chí", package.scored.units.len(), package.set.leaves().count());
    let lines = [
        ("Nội dung", about.title.as_str()),
        ("Cơ quan công bố", &about.organiser),
        ("Quyết định", &about.decision),
        ("Ngày công bố", &published),
        ("Bộ tiêu chí", &set),
        ("Quy mô", &count),
        ("Nguồn", &about.source),
        ("Ghi chú", &about.note),
        ("Về bộ tiêu chí", &package.set.status_note),
    ];
    for (label, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        text.push_str(&format!("{label}: {}\n", value.replace(['\r', '\n'], " ")));
    }
    text.push_str(&format!("\n{CHECKING}\n{PARTS}"));
    if !package.published.is_empty() {
        text.push_str(PUBLISHED_PART);
    }
    text.push_str(RESULT_PARTS);
    text.replace('\n', "\r\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;

    #[test]
    fn says_what_is_not_real_first() {
        let text = String::from_utf8(write_readme(&sample::package())).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[2..4], ["*** SỐ LIỆU MÔ PHỎNG ***", "*** BỘ TIÊU CHÍ MINH HỌA ***"]);
        assert!(lines.contains(&"Ngày công bố: 31/01/2022"));
        assert!(lines.contains(&"Quy mô: 2 đơn vị, 4 tiêu chí"));
        assert!(lines.contains(&"  2. Chạy:  cchc index verify TEN-GOI.zip"));
        assert!(lines.contains(&"  result.json    kết quả: mọi điểm là phân số chính xác, chưa làm tròn"), "{text}");
        assert!(!text.contains("Quyết định:"));
    }
}
