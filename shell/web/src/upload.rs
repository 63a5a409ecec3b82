//! Files that come in with a form, bounded in size and in number at a time.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::ErrorPage;
use crate::form::Sent;

/// Megabytes of one form at most.
pub const LIMIT_MB: usize = 50;
const LIMIT: usize = LIMIT_MB * 1_000_000;
/// Bytes after which nothing more is listened to. What lies between is read and dropped, so that the
/// browser shows the refusal instead of a broken connection.
pub const PATIENCE: usize = 400_000_000;
/// Uploads that are worked on at a time; others wait.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What a form sent.
#[derive(Debug, Default)]
pub struct Form {
    texts: Vec<(String, String)>,
    files: Vec<(String, File)>,
}

/// A file of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without any folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Waits until an upload may be worked on.
///
/// # Errors
/// [`ErrorPage`] 500 where the program is shutting down.
pub async fn turn() -> Result<SemaphorePermit<'static>, ErrorPage> {
    TURNS.acquire().await.map_err(|_| ErrorPage::internal())
}

impl Form {
    /// Reads a form to its end.
    ///
    /// # Errors
    /// [`ErrorPage`] 413 beyond [`LIMIT_MB`]; 400 where it is no form or breaks off.
    pub async fn read(mut multipart: Multipart) -> Result<Self, ErrorPage> {
        let mut form = Self::default();
        let mut left = Some(LIMIT);
        while let Some(field) = multipart.next_field().await.map_err(|error| refused(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(base_name);
            let bytes = content(field, &mut left).await?;
            match file {
                Some(file) => form.files.push((name, File { name: file, bytes })),
                None => form.texts.push((name, String::from_utf8_lossy(&bytes).trim().replace('\0', ""))),
            }
        }
        if left.is_none() { Err(too_large()) } else { Ok(form) }
    }

    /// The text of a field; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.texts.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// Its texts, as a form without files sends them.
    #[must_use]
    pub fn sent(&self) -> Sent {
        self.texts.clone().into()
    }

    /// The file of a field; an input that was left empty sends a file without name and content.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&File> {
        let files = self.files.iter().filter(|(known, _)| known == name).map(|(_, file)| file);
        files.into_iter().find(|file| !file.name.is_empty() || !file.bytes.is_empty())
    }
}

/// The bytes of a field; `left` is how many the form may still send, none once it sent too many.
async fn content(mut field: Field<'_>, left: &mut Option<usize>) -> Result<Vec<u8>, ErrorPage> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| refused(&error))? {
        *left = left.and_then(|left| left.checked_sub(chunk.len()));
        if left.is_some() {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(bytes)
}

fn refused(error: &MultipartError) -> ErrorPage {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    ErrorPage::bad_request("Tệp gửi lên chưa trọn")
        .because(
            "Đường truyền đứt giữa chừng, hoặc dữ liệu không phải từ biểu mẫu của trang này. Chưa có gì được giữ lại.",
        )
        .because("Mở lại biểu mẫu rồi gửi lần nữa.")
}

fn too_large() -> ErrorPage {
    ErrorPage::of_status(StatusCode::PAYLOAD_TOO_LARGE, "")
}

/// Some browsers send the whole path.
fn base_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    cchc_text::nfc(name).chars().filter(|letter| !letter.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folder_and_is_composed() {
        assert_eq!(base_name("C:\\Users\\a\\so lieu.csv"), "so lieu.csv");
        assert_eq!(base_name("../../etc/so.csv"), "so.csv");
        assert_eq!(base_name("So\u{302}\u{301}.xlsx"), "Số.xlsx");
    }
}
