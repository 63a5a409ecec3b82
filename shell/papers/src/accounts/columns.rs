//! The columns of the workbook.

use cchc_text::table::Table;
use cchc_text::{fold, tidy};

/// The sheet that is filled in.
pub(super) const SHEET: &str = "Tài khoản";
pub(super) const GUIDE_SHEET: &str = "Hướng dẫn";
pub(super) const UNITS_SHEET: &str = "Đơn vị";
pub(super) const ROLES_SHEET: &str = "Vai trò";

/// A column: key, name shown, width, what to write, an example.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) width: f64,
    pub(super) about: &'static str,
    pub(super) example: &'static str,
}

const fn column(
    key: &'static str,
    name: &'static str,
    width: f64,
    about: &'static str,
    example: &'static str,
) -> Column {
    Column { key, name, width, about, example }
}

pub(super) const COLUMNS: [Column; 12] = [
    column("name", "Họ và tên", 26.0, "Bắt buộc.", "Nguyễn Văn An (mô phỏng)"),
    column(
        "login",
        "Tên đăng nhập",
        20.0,
        "Chữ thường không dấu, số, dấu chấm, gạch nối; bỏ trống thì hệ thống đặt theo họ tên.",
        "an.nguyen-van",
    ),
    column("unit", "Mã đơn vị", 16.0, "Bắt buộc (trừ người chỉ quản trị hệ thống): xem trang «Đơn vị».", "VP.SNV"),
    column("title", "Chức vụ", 24.0, "Bắt buộc.", "Chuyên viên"),
    column("party_title", "Chức vụ Đảng", 20.0, "Bỏ trống nếu không có.", "Phó Bí thư chi bộ"),
    column(
        "roles",
        "Vai trò",
        30.0,
        "Mã hoặc tên ở trang «Vai trò»; nhiều vai trò cách nhau bằng dấu ;",
        "unit-officer; appraiser",
    ),
    column(
        "fields",
        "Lĩnh vực thẩm định",
        24.0,
        "Mã lĩnh vực trong bộ tiêu chí, cách nhau bằng dấu ;, chỉ cho người thẩm định.",
        "to-chuc-bo-may",
    ),
    column("from", "Từ ngày", 13.0, "Ngày bắt đầu giữ chức vụ; bỏ trống: ngày nhập.", "04/01/2021"),
    column("to", "Đến ngày", 13.0, "Ngày cuối cùng; bỏ trống: chưa định.", ""),
    column("document", "Số văn bản", 20.0, "Số, ký hiệu quyết định bổ nhiệm hoặc phân công.", "12/QĐ-SNV"),
    column("phone", "Điện thoại", 16.0, "Giữ số 0 ở đầu.", "0912000111"),
    column("email", "Thư điện tử", 28.0, "Một địa chỉ.", "an@example.vn"),
];

/// Other names, folded, under which people know the columns.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("ho ten", "name"),
    ("ten dang nhap (neu co)", "login"),
    ("tai khoan", "login"),
    ("don vi", "unit"),
    ("chuc vu dang", "party_title"),
    ("quyen", "roles"),
    ("linh vuc", "fields"),
    ("so, ky hieu van ban", "document"),
    ("van ban", "document"),
    ("so dien thoai", "phone"),
    ("email", "email"),
    ("dia chi thu dien tu", "email"),
];

/// Gives known columns their keys; a column so named already stays the first.
pub(super) fn named(table: &mut Table) {
    for index in 0..table.columns.len() {
        let Some(key) = table.columns.get(index).and_then(|column| meant(column)) else { continue };
        if table.column(key).is_none()
            && let Some(column) = table.columns.get_mut(index)
        {
            *column = key.to_owned();
        }
    }
}

fn meant(name: &str) -> Option<&'static str> {
    let folded = fold(&tidy(name));
    let known = COLUMNS.iter().find(|column| column.key == folded || fold(column.name) == folded);
    let other = || OTHER_NAMES.iter().find(|(name, _)| *name == folded).map(|(_, key)| *key);
    known.map(|column| column.key).or_else(other)
}

/// The name of a column as it is shown.
pub(super) fn shown(key: &str) -> &str {
    COLUMNS.iter().find(|column| column.key == key).map_or(key, |column| column.name)
}
