//! The names of input columns as people write them.

use cchc_text::table::Table;
use cchc_text::{fold, tidy};

/// Vietnamese names, folded, of the columns of an input.
const NAMES: [(&str, &str); 14] = [
    ("ma don vi", "unit"),
    ("ten don vi", "unit_name"),
    ("don vi", "unit_name"),
    ("nhom", "group"),
    ("ma nhom", "group"),
    ("nhom don vi", "group"),
    ("ma tieu chi", "criterion"),
    ("tieu chi", "criterion"),
    ("gia tri", "value"),
    ("tu so", "value"),
    ("so lieu", "value"),
    ("mau so", "of"),
    ("tren tong so", "of"),
    ("tong so", "of"),
];

/// Gives known columns the names that inputs are read by; a column so named already stays the first.
pub(crate) fn name_columns(table: &mut Table) {
    for index in 0..table.columns.len() {
        let Some(name) = table.columns.get(index).and_then(|column| meant(column)) else { continue };
        if table.column(name).is_none()
            && let Some(column) = table.columns.get_mut(index)
        {
            *column = name.to_owned();
        }
    }
}

/// The column that a name means: in Vietnamese, or the plain name with a remark in parentheses, as a
/// template's header is shown (and saved when Excel makes it CSV).
fn meant(column: &str) -> Option<&'static str> {
    let folded = fold(&tidy(column));
    let plain = folded.split(" (").next().unwrap_or_default().trim();
    let known = super::COLUMNS.iter().find(|name| **name == plain).copied();
    known.or_else(|| NAMES.iter().find(|(name, _)| *name == plain).map(|(_, name)| *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_vietnamese_names_and_remarks() {
        let columns = ["Mã đơn vị", "Đơn vị", "criterion (mã tiêu chí)", "GIÁ TRỊ", "Mẫu số", "Ghi chú"];
        let mut table = Table { columns: columns.map(str::to_owned).to_vec(), ..Table::default() };
        name_columns(&mut table);
        assert_eq!(table.columns, ["unit", "unit_name", "criterion", "value", "of", "Ghi chú"]);
    }

    #[test]
    fn a_plain_name_comes_first() {
        let mut table = Table { columns: vec!["Giá trị".to_owned(), "value".to_owned()], ..Table::default() };
        name_columns(&mut table);
        assert_eq!(table.columns, ["Giá trị", "value"]);
    }
}
