//! The columns of each sheet: key, name, width, what stands in them.

use cchc_text::{fold, tidy};

use super::words::{self, Words};

pub(super) const ABOUT_SHEET: &str = "Thông tin";
pub(super) const CRITERIA_SHEET: &str = "Tiêu chí";
pub(super) const CLASSES_SHEET: &str = "Xếp loại";
pub(super) const GROUPS_SHEET: &str = "Nhóm đơn vị";
pub(super) const APPRAISERS_SHEET: &str = "Cơ quan thẩm định";
pub(super) const GUIDE_SHEET: &str = "Hướng dẫn";

/// The keys under which a rule stands in the columns of the criteria.
pub(super) const RULE_KEY: &str = "rule";
pub(super) const PARAMS_KEY: &str = "params";

/// A column of a sheet, or a line of the particulars.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// The key of the field in set files.
    pub(super) key: &'static str,
    /// The name shown.
    pub(super) name: &'static str,
    /// Width in characters.
    pub(super) width: f64,
    /// What stands in it.
    pub(super) holds: Holds,
    /// What to write, in a sentence.
    pub(super) about: &'static str,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Holds {
    Text,
    /// A text that a worksheet likes to take for a number or a date.
    Code,
    Number,
    Day,
    Word(Words),
}

const fn column(key: &'static str, name: &'static str, width: f64, holds: Holds, about: &'static str) -> Column {
    Column { key, name, width, holds, about }
}

pub(super) const ABOUT: [Column; 14] = [
    column("id", "Mã bộ tiêu chí", 0.0, Holds::Text, "Chữ thường không dấu, số và dấu -, ví dụ vp-2021-so."),
    column("title", "Tên bộ tiêu chí", 0.0, Holds::Text, "Tên đầy đủ như trong quyết định."),
    column("year", "Năm đánh giá", 0.0, Holds::Number, "Bốn chữ số; các hạn tính trong năm này."),
    column("status", "Tình trạng", 0.0, Holds::Word(words::STATUS), "Mức độ chắc chắn của nội dung."),
    column("status_note", "Giải thích tình trạng", 0.0, Holds::Text, "Một câu cho người đọc."),
    column("legal_basis", "Căn cứ", 0.0, Holds::Text, "Số, ký hiệu, ngày của quyết định ban hành."),
    column("source", "Nguồn", 0.0, Holds::Text, "Nơi đọc được nội dung."),
    column("total", "Tổng điểm", 0.0, Holds::Number, "Các lĩnh vực trong thang phải cộng lại đúng số này."),
    column(
        "result",
        "Kết quả tính theo",
        0.0,
        Holds::Word(words::RESULT),
        "Phần trăm của điểm áp dụng, hoặc điểm trên tổng.",
    ),
    column(
        "line_decimals",
        "Làm tròn từng tiêu chí",
        0.0,
        Holds::Number,
        "Số chữ số thập phân; để trống: không làm tròn.",
    ),
    column("result_decimals", "Làm tròn kết quả", 0.0, Holds::Number, "Số chữ số thập phân, 0 đến 6."),
    column("rank_basis", "Xếp hạng theo", 0.0, Holds::Word(words::RANK_BASIS), "Xếp loại cũng theo kết quả này."),
    column("ties", "Khi kết quả bằng nhau", 0.0, Holds::Word(words::TIES), "Cách đánh số thứ hạng."),
    column(
        "tie_break",
        "Tiêu chí phân định",
        0.0,
        Holds::Code,
        "Mã các tiêu chí xét trước sau khi kết quả bằng nhau, cách nhau bằng dấu ;",
    ),
];

pub(super) const CRITERIA: [Column; 17] = [
    column(
        "code",
        "Mã",
        8.0,
        Holds::Code,
        "Mã tiêu chí, không trùng nhau: 3, 3.4, 3.4.1. Ô phải ở dạng Text để 1.10 không thành 1.1.",
    ),
    column("api_code", "Mã API", 12.0, Holds::Code, "Tên tiêu chí ở hệ thống khác, nếu có."),
    column(
        "parent",
        "Mã cha",
        7.0,
        Holds::Code,
        "Để trống: theo mã (3.4 là cha của 3.4.1). Chỉ ghi khi khác, dấu - nếu không có cha. Cha đứng trước con.",
    ),
    column("title", "Tên", 46.0, Holds::Text, "Tên tiêu chí."),
    column("max", "Điểm tối đa", 8.0, Holds::Number, "Các tiêu chí con phải cộng lại đúng điểm của tiêu chí cha."),
    column(
        "part",
        "Phần",
        11.0,
        Holds::Word(words::PART),
        "Chỉ ghi ở dòng trên cùng: trong thang, thưởng hay trừ; tiêu chí con theo tiêu chí cha.",
    ),
    column(
        RULE_KEY,
        "Quy tắc",
        15.0,
        Holds::Word(words::RULE),
        "Chỉ ghi ở tiêu chí không có tiêu chí con: cách tính điểm.",
    ),
    column(
        PARAMS_KEY,
        "Tham số",
        34.0,
        Holds::Text,
        "Tham số của quy tắc, mỗi dòng một tham số (Alt+Enter xuống dòng); xem trang Hướng dẫn.",
    ),
    column("input", "Dữ liệu hỏi", 34.0, Holds::Text, "Điều hỏi đơn vị; dấu | ngăn tử số và mẫu số."),
    column("evidence", "Tài liệu kiểm chứng", 34.0, Holds::Text, "Tài liệu chứng minh."),
    column(
        "evidence_required",
        "Bắt buộc tài liệu",
        10.0,
        Holds::Word(words::FLAG),
        "có: không có tài liệu hoặc giải trình thì không được tự chấm.",
    ),
    column("appraiser", "Cơ quan thẩm định", 12.0, Holds::Text, "Mã lĩnh vực ở trang Cơ quan thẩm định."),
    column("source", "Nguồn", 13.0, Holds::Word(words::SOURCE), "Số liệu từ đâu mà có."),
    column("metric", "Số đếm", 20.0, Holds::Text, "Tên số đếm của hệ thống, tử số/mẫu số."),
    column(
        "may_be_na",
        "Cho phép không áp dụng",
        10.0,
        Holds::Word(words::FLAG),
        "có: đơn vị được đề nghị «Không áp dụng».",
    ),
    column("legal_basis", "Căn cứ", 22.0, Holds::Text, "Điều, khoản quy định tiêu chí."),
    column("note", "Ghi chú", 26.0, Holds::Text, "Lưu ý cho người chấm."),
];

pub(super) const CLASSES: [Column; 3] = [
    column("name", "Loại", 24.0, Holds::Text, "Xếp từ cao xuống thấp."),
    column("from", "Từ", 12.0, Holds::Number, "Kết quả thấp nhất của loại; loại cuối từ 0."),
    column(
        "floor",
        "Sàn từng lĩnh vực (%)",
        14.0,
        Holds::Number,
        "Tỷ lệ phần trăm mà mọi lĩnh vực phải đạt; để trống: không có sàn.",
    ),
];

pub(super) const GROUPS: [Column; 2] = [
    column("code", "Mã", 12.0, Holds::Code, "Mã nhóm: so, huyen, xa."),
    column("name", "Tên nhóm", 40.0, Holds::Text, "Các đơn vị trong một nhóm được xếp hạng với nhau."),
];

pub(super) const APPRAISERS: [Column; 4] = [
    column("field", "Mã lĩnh vực", 16.0, Holds::Text, "Mã dùng ở cột Cơ quan thẩm định của trang Tiêu chí."),
    column("unit", "Cơ quan", 44.0, Holds::Text, "Tên cơ quan."),
    column("valid_from", "Từ ngày", 13.0, Holds::Day, "Ngày đầu; để trống: từ trước đến nay."),
    column("valid_to", "Đến ngày", 13.0, Holds::Day, "Ngày cuối; để trống: chưa kết thúc."),
];

/// The column of that name or key; case and diacritics don't matter.
pub(super) fn find(columns: &'static [Column], name: &str) -> Option<&'static Column> {
    let name = fold(&tidy(name));
    columns.iter().find(|column| name == column.key || name == fold(column.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_found_by_its_name_and_by_its_key() {
        for columns in [&ABOUT[..], &CRITERIA, &CLASSES, &GROUPS, &APPRAISERS] {
            for column in columns {
                assert_eq!(find(columns, column.name).unwrap().key, column.key);
                assert_eq!(find(columns, &column.key.to_uppercase()).unwrap().key, column.key);
            }
        }
    }
}
