//! `/dot-cham/{round}/phieu/{unit}/tep`: a workbook that comes back, and what it would change.

use askama::Template;
use cchc_text::Findings;

use crate::form::{Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::pages::rounds::{ADDRESS, round_address, sheet_address};
use crate::site::Site;

/// The field of the file.
pub const FILE: &str = "tep";
/// The field of a change that is taken over.
pub const CHANGE: &str = "doi";

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/sheet/workbook.html")]
pub struct WorkbookPage {
    frame: Frame,
    unit: String,
    sheet: String,
    form: FormView,
    read: Option<ReadView>,
    request: String,
}

/// What was read.
#[derive(Debug)]
struct ReadView {
    changes: Vec<ChangeRow>,
    conflicts: usize,
    findings: Findings,
}

/// A line that a file would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Code of the line.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What stands there now.
    pub now: String,
    /// What the file says.
    pub then: String,
    /// What the file says to it; `None`: the same as now.
    pub note: Option<String>,
    /// Whether another changed the line since the file was taken away.
    pub conflict: bool,
    /// Where it stands in the file.
    pub place: String,
    /// What is sent when it is chosen.
    pub sent: String,
}

/// Address of the page.
#[must_use]
pub fn address(sheet: &str) -> String {
    format!("{sheet}/tep")
}

/// The form that brings a workbook back.
#[must_use]
pub fn form(sheet: &str) -> FormView {
    FormView::new(address(sheet), "", "Đọc tệp").field(
        Field::new(FILE, "Phiếu XLSX đã điền", Kind::File(".xlsx"))
            .required()
            .tip("Tệp tải từ phiếu này. Chưa có gì được ghi: trang sau cho xem từng dòng sẽ đổi."),
    )
}

impl WorkbookPage {
    /// The page before a file was read: key and title of the round, code and name of the unit.
    #[must_use]
    pub fn blank(site: &Site, (round, title, code, name): (&str, &str, &str, &str), form: FormView) -> Self {
        let sheet = sheet_address(round, code);
        let frame = Frame::new(site, Section::Rounds, "Nộp lại phiếu Excel")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title, round_address(round))
            .crumb(name, sheet.clone());
        Self { frame, unit: name.to_owned(), sheet, form, read: None, request: String::new() }
    }

    /// The page with what a file would change.
    #[must_use]
    pub fn read(
        site: &Site,
        about: (&str, &str, &str, &str),
        form: FormView,
        changes: Vec<ChangeRow>,
        findings: Findings,
        request: &str,
    ) -> Self {
        let conflicts = changes.iter().filter(|change| change.conflict).count();
        let read = Some(ReadView { changes, conflicts, findings });
        Self { read, request: request.to_owned(), ..Self::blank(site, about, form) }
    }
}
