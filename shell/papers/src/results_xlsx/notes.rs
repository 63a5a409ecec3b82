//! «Bộ tiêu chí» and «Ghi chú»: by what was counted, from where, and what can be checked.

use cchc_index::set::Part;
use cchc_index::{Exact, set_form, toml_form};
use cchc_text::date;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::row::{Cell, RowWriter};
use super::write_title;
use crate::package::{Package, hash};
use crate::{input_file, look};

pub(super) fn write_set(sheet: &mut Worksheet, package: &Package) -> Result<(), XlsxError> {
    let mut rows = RowWriter::new(sheet, &[9.0, 56.0, 10.0, 13.0, 70.0, 34.0], package.set.result_decimals)?;
    write_title(&mut rows, package, "Bộ tiêu chí")?;
    rows.line(&package.set.title, &look::heading())?;
    let head = ["Mã", "Tên", "Điểm tối đa", "Phần", "Cách tính điểm", "Căn cứ, ghi chú"];
    let header = rows.head(&head, 32.0)?;
    for node in &package.set.criteria {
        let rule = node.leaf.as_ref().map(|leaf| leaf.rule.in_words(node.max)).unwrap_or_default();
        let about: Vec<&str> =
            [node.legal_basis.as_str(), node.note.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        let part = match node.part {
            Part::Scored => "trong thang",
            Part::Bonus => "thưởng",
            Part::Penalty => "trừ",
        };
        rows.row(&[
            Cell::Text(&node.code),
            if node.parent.is_none() { Cell::Strong(&node.title) } else { Cell::Text(&node.title) },
            Cell::Points(&Exact::from(node.max)),
            Cell::Centre(part),
            Cell::Text(&rule),
            Cell::Grey(&about.join(". ")),
        ])?;
    }
    rows.one_table(header, head.len() as u16, 2)
}

pub(super) fn write(sheet: &mut Worksheet, package: &Package) -> Result<(), XlsxError> {
    let mut rows = RowWriter::new(sheet, &[30.0, 110.0], package.set.result_decimals)?;
    write_title(&mut rows, package, "Ghi chú")?;
    let (about, set) = (&package.about, &package.set);
    let day = |day: Option<jiff::civil::Date>| day.map(date::vietnamese).unwrap_or_default();
    let set_hash = hash(toml_form::write(&set_form::to_form(set)).as_bytes());
    let input_hash = hash(input_file::write_csv(set, &package.inputs).as_bytes());
    let rounding = set.line_decimals.map_or_else(
        || format!("Từng tiêu chí giữ nguyên giá trị chính xác; kết quả làm tròn {} chữ số.", set.result_decimals),
        |lines| format!("Từng tiêu chí làm tròn {lines} chữ số, kết quả {} chữ số.", set.result_decimals),
    );
    let lines = [
        ("Tên", about.title.clone()),
        ("Cơ quan công bố", about.organiser.clone()),
        ("Quyết định", about.decision.clone()),
        ("Ngày công bố", day(about.published_on)),
        ("Đơn vị theo ngày", day(about.units_as_of)),
        ("Ghi chú", about.note.clone()),
        ("Nguồn số liệu", about.source.clone()),
        ("Bộ tiêu chí", format!("{} ({})", set.title, set.id)),
        ("Tình trạng bộ tiêu chí", set.status_note.clone()),
        ("Căn cứ của bộ tiêu chí", set.legal_basis.clone()),
        ("Nguồn của bộ tiêu chí", set.source.clone()),
        ("Làm tròn", rounding),
        ("Ô số", "Làm tròn để đọc; số thập phân không hết có cột chính xác bên cạnh.".to_owned()),
        ("BLAKE3 của set.toml", set_hash),
        ("BLAKE3 của input.csv", input_hash),
        (
            "Kiểm tra lại",
            "Gói kết quả (.zip) chứa hai tệp trên; bất kỳ ai cũng tính lại được mà không cần mạng.".to_owned(),
        ),
    ];
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        rows.row(&[Cell::Strong(name), Cell::Text(value)])?;
    }
    for finding in &package.scored.findings {
        rows.row(&[Cell::Strong("Lưu ý khi tính"), Cell::Text(&finding.to_string())])?;
    }
    Ok(())
}
