//! `/dot-cham/{round}/phieu/{unit}/dong/{line}/tai-lieu`: what proves a line.

use askama::Template;

use super::proof::ProofView;
use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::pages::publication::address::anchor;
use crate::pages::publication::shown::numbered;
use crate::pages::rounds::{ADDRESS, round_address, sheet_address};
use crate::site::Site;

/// Number and symbol of a document.
pub const NUMBER: &str = "so-ky-hieu";
/// Its date.
pub const DATED: &str = "ngay";
/// What it is about.
pub const ABOUT: &str = "trich-yeu";
/// The section that proves the line.
pub const SECTION: &str = "muc";
/// The page.
pub const PAGE: &str = "trang";
/// The same two of a file: both forms stand on one page.
pub const FILE_SECTION: &str = "muc-cua-tep";
/// The page in a file.
pub const FILE_PAGE: &str = "trang-cua-tep";
/// A file.
pub const FILE: &str = "tep";
/// Evidence of other lines, to be used here too.
pub const AGAIN: &str = "dung-lai";
/// The kinds of files that are offered to choose from.
const ACCEPTED: &str = ".pdf,.jpg,.jpeg,.png,.webp,.tif,.tiff,.heic,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.odt,.ods,.odp";

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/sheet/evidence.html")]
pub struct EvidencePage {
    frame: Frame,
    line: String,
    back: String,
    address: String,
    wanted: String,
    required: bool,
    proofs: Vec<ProofRow>,
    document: FormView,
    file: FormView,
    again: Option<FormView>,
    open: bool,
}

/// A piece of evidence with what can be done with it.
#[derive(Debug)]
pub struct ProofRow {
    /// The evidence.
    pub proof: ProofView,
    /// Whether its file is shown on the page.
    pub shown: Shown,
    /// Bytes, hash of a file: `1,2 MB, blake3 …`; empty for a document.
    pub about: String,
    /// The request id of its button.
    pub request: String,
}

/// How a file is shown on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As a document in a frame.
    Document,
    /// As a picture.
    Picture,
    /// Not at all.
    Not,
}

/// About which line the page is.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Key of the round.
    pub round: &'a str,
    /// Title of the round.
    pub title: &'a str,
    /// Code and name of the unit.
    pub unit: (&'a str, &'a str),
    /// Code and title of the line.
    pub line: (&'a str, &'a str),
    /// The documents that prove it, as the set says; whether it needs any.
    pub wanted: (&'a str, bool),
}

impl About<'_> {
    /// The address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        let line = crate::pages::publication::address::encode(self.line.0);
        format!("{}/dong/{line}/tai-lieu", sheet_address(self.round, self.unit.0))
    }

    /// The form that gives a document by its number.
    #[must_use]
    pub fn document(&self, request: &str) -> FormView {
        FormView::new(self.address(), request, "Thêm văn bản")
            .field(Field::text(NUMBER, "Số, ký hiệu").required().tip("Ví dụ 15/KH-UBND."))
            .field(Field::day(DATED, "Ngày ban hành"))
            .field(Field::text(ABOUT, "Trích yếu"))
            .field(Field::text(SECTION, "Mục, điều chứng minh"))
            .field(Field::text(PAGE, "Trang").tip("Ví dụ 5 hoặc 5-7."))
    }

    /// The form that takes a file.
    #[must_use]
    pub fn file(&self, request: &str) -> FormView {
        let most = crate::upload::LIMIT_MB;
        FormView::new(self.address(), request, "Tải tệp lên")
            .field(
                Field::new(FILE, "Tệp", Kind::File(ACCEPTED))
                    .required()
                    .tip(format!("PDF, ảnh, Word, Excel; tối đa {most} MB. Không đưa lên tài liệu mang dấu độ mật.")),
            )
            .field(Field::text(FILE_SECTION, "Mục, điều chứng minh"))
            .field(Field::text(FILE_PAGE, "Trang").tip("Ví dụ 5 hoặc 5-7."))
    }

    /// The form that uses evidence of other lines here too; `None` where there is none.
    #[must_use]
    pub fn again(&self, request: &str, known: Vec<(String, String)>) -> Option<FormView> {
        let none = known.is_empty();
        let field = Field::new(AGAIN, "Tài liệu đã có", Kind::Many(Choice::list(known, "")));
        (!none).then(|| FormView::new(self.address(), request, "Dùng lại").field(field))
    }
}

/// The forms of the page, as they are or as they were refused.
#[derive(Debug)]
pub struct Forms {
    /// A document by its number.
    pub document: FormView,
    /// A file.
    pub file: FormView,
    /// Evidence of other lines.
    pub again: Option<FormView>,
}

impl Forms {
    /// Whether something was refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        let again = self.again.as_ref().is_some_and(FormView::is_refused);
        self.document.is_refused() || self.file.is_refused() || again
    }
}

impl EvidencePage {
    /// The page; `open`: whether the visitor may change the line.
    #[must_use]
    pub fn new(site: &Site, about: &About<'_>, proofs: Vec<ProofRow>, forms: Forms, open: bool) -> Self {
        let sheet = sheet_address(about.round, about.unit.0);
        let frame = Frame::new(site, Section::Rounds, format!("Tài liệu kiểm chứng, dòng {}", about.line.0))
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(about.title, round_address(about.round))
            .crumb(about.unit.1, sheet.clone());
        Self {
            frame,
            line: numbered(about.line.0, about.line.1),
            back: format!("{sheet}#{}", anchor(about.line.0)),
            address: about.address(),
            wanted: about.wanted.0.to_owned(),
            required: about.wanted.1,
            proofs,
            document: forms.document,
            file: forms.file,
            again: forms.again,
            open,
        }
    }
}
