//! The list of people as a workbook: one row a post, in protocol order as given.

use jiff::civil::Date;

use crate::list_xlsx::{Column, ListWriter, Value};
use crate::write_error::WriteError;

const COLUMNS: [Column; 12] = [
    Column { name: "STT", width: 6.0 },
    Column { name: "Họ và tên", width: 24.0 },
    Column { name: "Tên đăng nhập", width: 20.0 },
    Column { name: "Tài khoản", width: 12.0 },
    Column { name: "Đơn vị", width: 30.0 },
    Column { name: "Chức vụ", width: 24.0 },
    Column { name: "Chức vụ Đảng", width: 20.0 },
    Column { name: "Vai trò", width: 26.0 },
    Column { name: "Từ ngày", width: 12.0 },
    Column { name: "Đến ngày", width: 12.0 },
    Column { name: "Điện thoại", width: 14.0 },
    Column { name: "Thư điện tử", width: 26.0 },
];

/// A person in one of his posts; texts as they are shown, empty where there is nothing or the reader may not see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow<'a> {
    /// Họ và tên.
    pub name: &'a str,
    /// The login.
    pub login: &'a str,
    /// Where the account stands: `đang mở`.
    pub account: &'a str,
    /// Name of the unit.
    pub unit: &'a str,
    /// Chức vụ.
    pub title: &'a str,
    /// Chức vụ Đảng.
    pub party_title: &'a str,
    /// Roles.
    pub roles: &'a str,
    /// First day of the post.
    pub from: Option<Date>,
    /// Last day of the post.
    pub to: Option<Date>,
    /// Telephone number.
    pub phone: &'a str,
    /// Electronic mail.
    pub email: &'a str,
}

/// Writes the list; `remarks` say what was asked for.
///
/// # Errors
/// [`WriteError::Workbook`] where the workbook could not be made; the temporary folder must be writable.
pub fn write<'a>(remarks: &[&str], rows: impl IntoIterator<Item = PersonRow<'a>>) -> Result<Vec<u8>, WriteError> {
    let mut list = ListWriter::new("Danh sách cán bộ", "Cán bộ", remarks, &COLUMNS)?;
    let day = |day: Option<Date>| day.map_or(Value::Text(""), Value::Day);
    for (number, row) in (1..).zip(rows) {
        list.push(&[
            Value::Whole(number),
            Value::Text(row.name),
            Value::Text(row.login),
            Value::Text(row.account),
            Value::Text(row.unit),
            Value::Text(row.title),
            Value::Text(row.party_title),
            Value::Text(row.roles),
            day(row.from),
            day(row.to),
            Value::Text(row.phone),
            Value::Text(row.email),
        ])?;
    }
    list.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_grids};

    #[test]
    fn a_telephone_number_keeps_its_zero_and_the_order_is_the_given_one() {
        let binh = PersonRow {
            name: "Trần Thị Bình (mô phỏng)",
            title: "Giám đốc",
            phone: "0912000111",
            from: Some(jiff::civil::date(2021, 1, 4)),
            ..PersonRow::default()
        };
        let an = PersonRow { name: "Nguyễn Văn An (mô phỏng)", title: "Chuyên viên", ..PersonRow::default() };
        let (grids, findings) =
            read_grids("cb.xlsx", &write(&["Sở Nội vụ"], [binh, an]).unwrap(), &Limits::default()).unwrap();
        assert_eq!(findings, []);
        let rows = &grids[0].rows;
        assert_eq!(rows[3].cells[1], "Trần Thị Bình (mô phỏng)");
        assert_eq!((rows[3].cells[8].as_str(), rows[3].cells[10].as_str()), ("2021-01-04", "0912000111"));
        assert_eq!(rows[4].cells[..2], ["2", "Nguyễn Văn An (mô phỏng)"]);
    }
}
