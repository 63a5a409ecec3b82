//! Many people at once: a file is read and shown; sent again, it is carried out, row by row.
//!
//! The page of what a file would make holds the file itself, so nothing lies on the server meanwhile. Ids and
//! requests are made of the rows: the same row is entered once, however often its file is sent and whoever
//! sends it.

mod apply;
mod reading;

use axum::Form;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use cchc_access::{Action, Reach, Resource, reach};
use cchc_papers::accounts;

use self::apply::{Made, apply};
use self::reading::Read;
use crate::App;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::pages::download::{XLSX, download, unwritten};
use crate::pages::people::import::{self as page, CONTENT, ImportPage, ImportedPage, NAME};
use crate::upload::{self, File};

/// Bytes of a file at most: thousands of rows have a tenth of it.
const LARGEST: usize = 2_000_000;
/// The same in hexadecimal digits, with room for the rest of the form.
const LARGEST_FORM: usize = 2 * LARGEST + 64 * 1024;

/// `/nhap`: the form, and the file that it sends.
pub fn reading() -> MethodRouter<App> {
    let files = post(look).layer(DefaultBodyLimit::max(upload::PATIENCE));
    files.get(form)
}

/// `/nhap/ap-dung`: the file is carried out.
pub fn applying() -> MethodRouter<App> {
    post(made).layer(DefaultBodyLimit::max(LARGEST_FORM))
}

/// `/nhap/tep`: the same, and what was made as a file.
pub fn issuing() -> MethodRouter<App> {
    post(issued).layer(DefaultBodyLimit::max(LARGEST_FORM))
}

/// `/nhap/mau.xlsx`: the workbook to fill in.
pub fn template() -> MethodRouter<App> {
    get(blank)
}

/// Whether the visitor may enter people with accounts in any unit at all; in which is asked row by row.
fn may(with: &With) -> Result<(), ErrorPage> {
    for action in [Action::EditPeople, Action::Appoint, Action::ManageAccounts] {
        if matches!(reach(&with.visitor.viewer, action, with.today), Reach::Nothing | Reach::SelfOnly(_)) {
            with.grant(action, &Resource::system())?;
        }
    }
    Ok(())
}

async fn form(with: With) -> Result<Response, ErrorPage> {
    may(&with)?;
    Ok(render(&ImportPage::blank(&with, page::form()))?.into_response())
}

async fn blank(with: With) -> Result<Response, ErrorPage> {
    may(&with)?;
    let bytes = accounts::template(&with.units, with.today).map_err(|error| unwritten(&error))?;
    Ok(download("mau-tai-khoan.xlsx", XLSX, bytes))
}

/// Reads a file and shows what it would make.
async fn look(with: With, multipart: Multipart) -> Result<Response, ErrorPage> {
    may(&with)?;
    let _turn = upload::turn().await?;
    let sent = upload::Form::read(multipart).await?;
    let mut form = page::form();
    let file = match sent.file("tep") {
        None => Err("chưa chọn tệp"),
        Some(file) if file.bytes.len() > LARGEST => Err("quá lớn: danh sách người dùng không quá 2 MB"),
        Some(file) => Ok(file.clone()),
    };
    let file = match file {
        Ok(file) => file,
        Err(wrong) => {
            form.refuse("tep", wrong);
            return Ok((form.status(), render(&ImportPage::blank(&with, form))?).into_response());
        }
    };
    let content = hex(&file.bytes);
    let read = Read::file(&with, file.clone()).await?;
    let rows: Vec<page::Row> = read.rows.iter().map(|row| row.shown(&with)).collect();
    let apply = (!rows.is_empty()).then(|| page::again("ap-dung", &file.name, &content, "Tạo các tài khoản này"));
    Ok(render(&ImportPage::read(&with, &file.name, read.findings, rows, apply))?.into_response())
}

/// The file that a page sends again.
fn sent_again(sent: &Sent) -> Result<File, ErrorPage> {
    let bytes = unhex(sent.text(CONTENT)).ok_or_else(|| {
        ErrorPage::bad_request("Nội dung tệp gửi lại không đọc được")
            .because("Hãy chọn lại tệp.")
            .way("Chọn tệp", "/nguoi-dung/nhap")
    })?;
    Ok(File { name: sent.text(NAME).to_owned(), bytes })
}

async fn carried_out(with: &With, sent: &Sent) -> Result<Made, ErrorPage> {
    may(with)?;
    let _turn = upload::turn().await?;
    let read = Read::file(with, sent_again(sent)?).await?;
    apply(with, read).await
}

async fn made(with: With, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let made = carried_out(&with, &sent).await?;
    let download = page::again("tep", sent.text(NAME), sent.text(CONTENT), "Tải danh sách để trao (XLSX)");
    Ok(render(&ImportedPage::new(&with, made.findings, made.rows, download))?.into_response())
}

async fn issued(with: With, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let made = carried_out(&with, &sent).await?;
    let bytes = accounts::write_issued(&made.issued, with.today).map_err(|error| unwritten(&error))?;
    Ok(download("tai-khoan-moi.xlsx", XLSX, bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digits = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.as_bytes().chunks(2).map(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_passes_through_a_page() {
        assert_eq!(unhex(&hex(&[0, 15, 255])), Some(vec![0, 15, 255]));
        for wrong in ["0", "zz", "é"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
