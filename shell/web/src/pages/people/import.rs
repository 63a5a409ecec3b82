//! `/nguoi-dung/nhap`: many people at once from a file; shown before anything is made, then what was made.

use askama::Template;
use cchc_text::Findings;

use super::ADDRESS;
use crate::form::{Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::site::Site;

/// Field of the file's name, once it was read.
pub const NAME: &str = "ten-tep";
/// Field of the file's content, in hexadecimal digits.
pub const CONTENT: &str = "noi-dung";

/// A row as it would be entered, or was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Họ và tên.
    pub name: String,
    /// The login.
    pub login: String,
    /// Chức vụ and unit.
    pub post: String,
    /// What the post lets do.
    pub roles: String,
    /// What becomes of it: `sẽ tạo`, `đã nhập trước đây`.
    pub standing: String,
    /// The one-time password; empty: none to show.
    pub password: String,
}

/// The page with the form, and what a file would make.
#[derive(Debug, Template)]
#[template(path = "people/import.html")]
pub struct ImportPage {
    frame: Frame,
    form: FormView,
    /// Name of the file that was read; empty: none yet.
    file: String,
    findings: Findings,
    rows: Vec<Row>,
    apply: Option<FormView>,
}

/// The page with what was made.
#[derive(Debug, Template)]
#[template(path = "people/imported.html")]
pub struct ImportedPage {
    frame: Frame,
    findings: Findings,
    rows: Vec<Row>,
    download: FormView,
}

/// The form that takes a file.
#[must_use]
pub fn form() -> FormView {
    FormView::new(format!("{ADDRESS}/nhap"), "", "Xem trước").field(
        Field::new("tep", "Tệp danh sách", Kind::File(".xlsx,.csv"))
            .required()
            .tip("Điền theo tệp mẫu; chưa tạo gì cho tới khi bạn xem và bấm tạo."),
    )
}

/// The form that sends the same file again, to be carried out or to be had as a file.
#[must_use]
pub fn again(act: &str, name: &str, content: &str, button: &'static str) -> FormView {
    FormView::new(format!("{ADDRESS}/nhap/{act}"), "", button).hide(NAME, name).hide(CONTENT, content)
}

impl ImportPage {
    /// The page before a file was read.
    #[must_use]
    pub fn blank(site: &Site, form: FormView) -> Self {
        let (findings, rows, file) = (Findings::new(), Vec::new(), String::new());
        Self { frame: frame(site, "Nhập người dùng từ tệp"), form, file, findings, rows, apply: None }
    }

    /// The page with what the file would make; `apply` where there is anything.
    #[must_use]
    pub fn read(site: &Site, file: &str, findings: Findings, rows: Vec<Row>, apply: Option<FormView>) -> Self {
        Self { file: file.to_owned(), findings, rows, apply, ..Self::blank(site, form()) }
    }

    fn wrong(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == cchc_text::Severity::Error).count()
    }
}

impl ImportedPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, findings: Findings, rows: Vec<Row>, download: FormView) -> Self {
        Self { frame: frame(site, "Đã tạo tài khoản"), findings, rows, download }
    }

    fn passwords(&self) -> usize {
        self.rows.iter().filter(|row| !row.password.is_empty()).count()
    }
}

fn frame(site: &Site, title: &str) -> Frame {
    Frame::new(site, Section::People, title).crumb("Người dùng", ADDRESS)
}

#[cfg(test)]
mod tests {
    use cchc_text::{Finding, Place};

    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn nothing_is_made_before_it_was_seen() {
        let site = sample::site(Vec::new());
        let blank = ImportPage::blank(&site, form()).render().unwrap();
        assert!(blank.contains("/nguoi-dung/nhap/mau.xlsx") && !blank.contains("nhap/ap-dung"));
        let wrong = vec![Finding::error("unknown-unit", Place::cell("a.xlsx", "Tài khoản!C3"), "Không có đơn vị X.")];
        let row = Row { name: "An (mô phỏng)".into(), standing: "sẽ tạo".into(), ..Row::default() };
        let apply = again("ap-dung", "a.xlsx", "00ff", "Tạo 1 tài khoản");
        let read = ImportPage::read(&site, "a.xlsx", wrong, vec![row], Some(apply)).render().unwrap();
        assert!(read.contains("Tài khoản!C3") && read.contains("An (mô phỏng)") && read.contains("value=\"00ff\""));
        assert!(read.contains("<b>1</b> người sẽ được tạo") && read.contains("<b>1</b> lỗi"));
    }

    #[test]
    fn a_password_is_shown_where_there_is_one() {
        let site = sample::site(Vec::new());
        let row = |password: &str| Row { name: "An".into(), password: password.into(), ..Row::default() };
        let rows = vec![row("abcd-efgh"), row("")];
        let page = ImportedPage::new(&site, Findings::new(), rows, again("tep", "a", "00", "Tải"));
        let page = page.render().unwrap();
        assert!(page.contains("<code>abcd-efgh</code>") && page.contains("<b>1</b> mật khẩu"));
    }
}
