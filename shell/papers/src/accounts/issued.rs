//! The first passwords, to be handed out.

use std::fmt;

use jiff::civil::Date;
use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::look;
use crate::write_error::WriteError;

/// What must be known before the file is passed on.
const NOTES: [&str; 3] = [
    "Giao tận tay từng người; không gửi qua thư điện tử hay tin nhắn.",
    "Mật khẩu chỉ dùng cho lần đăng nhập đầu tiên, rồi phải đổi. Hệ thống không lưu và không in lại được.",
    "Xóa tệp này sau khi giao xong.",
];
const COLUMNS: [(&str, f64); 7] = [
    ("STT", 6.0),
    ("Họ và tên", 28.0),
    ("Đơn vị", 34.0),
    ("Chức vụ", 24.0),
    ("Tên đăng nhập", 24.0),
    ("Mật khẩu dùng một lần", 26.0),
    ("Ký nhận", 18.0),
];

/// An account that was made, with its one-time password.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    /// Họ và tên.
    pub name: String,
    /// Name of the unit.
    pub unit: String,
    /// Chức vụ.
    pub title: String,
    /// The login.
    pub login: String,
    /// The password, as it is to be typed; it is written nowhere else.
    pub password: String,
}

/// Without the password: it must not end up in a log.
impl fmt::Debug for Issued {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Issued").field("login", &self.login).finish_non_exhaustive()
    }
}

/// Writes the list of accounts with their one-time passwords, to be printed, signed and handed out.
///
/// # Errors
/// [`WriteError::Workbook`] where the workbook could not be made.
pub fn write_issued(accounts: &[Issued], on: Date) -> Result<Vec<u8>, WriteError> {
    let mut workbook = look::workbook("Tài khoản mới", Some(on))?;
    write(workbook.add_worksheet().set_name("Tài khoản mới")?, accounts, on)?;
    Ok(workbook.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, accounts: &[Issued], on: Date) -> Result<(), XlsxError> {
    for (at, (_, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(at, width)?;
    }
    let title = format!("Tài khoản mới, lập ngày {}", cchc_text::date::vietnamese(on));
    sheet.write_string_with_format(0, 0, title, &look::title())?;
    let mut row = 1;
    for note in NOTES {
        sheet.write_string_with_format(row, 0, note, &look::mark())?;
        row += 1;
    }
    let header = row + 1;
    for (at, (name, _)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(header, at, name, &look::head())?;
    }
    let (cell, code) = (look::cell(), look::code().set_font_name("Courier New"));
    for (number, account) in (1..).zip(accounts) {
        let row = header + number;
        // Room for a signature.
        sheet.set_row_height(row, 30)?;
        sheet.write_number_with_format(row, 0, number, &cell)?;
        for (at, text) in (1..).zip([&account.name, &account.unit, &account.title]) {
            sheet.write_string_with_format(row, at, text, &cell)?;
        }
        for (at, text) in (4..).zip([&account.login, &account.password]) {
            sheet.write_string_with_format(row, at, text, &code)?;
        }
        sheet.write_blank(row, 6, &cell)?;
    }
    look::page(sheet, header, 0)
}
