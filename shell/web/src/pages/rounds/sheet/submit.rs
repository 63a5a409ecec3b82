//! `/dot-cham/{round}/phieu/{unit}/nop`: from the officer to the head to whoever runs the round.

use askama::Template;
use cchc_index::sheet::SheetStanding;

use super::lines::Seen;
use super::parts::parts_address;
use super::{Total, standing};
use crate::form::{Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::publication::address::anchor;
use crate::pages::rounds::{ADDRESS, round_address, sheet_address};
use crate::site::Site;

/// Number and symbol of the report.
pub const NUMBER: &str = "so-ky-hieu";
/// Its date.
pub const DATED: &str = "ngay";
/// The signed report.
pub const SIGNED: &str = "ban-ky";
/// Who signed.
pub const SIGNER: &str = "nguoi-ky";
/// What the unit proposes.
pub const PROPOSALS: &str = "kien-nghi";

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/sheet/submit.html")]
pub struct SubmitPage {
    frame: Frame,
    unit: String,
    address: String,
    standing: (&'static str, &'static str),
    total: Total,
    empty: Vec<Link>,
    unproved: Vec<Link>,
    closed: Option<String>,
    propose: Option<FormView>,
    hand_in: Option<FormView>,
    give_back: Option<FormView>,
    before: Vec<String>,
    undelivered: Vec<String>,
    parts: String,
}

/// The forms of the page: each where the visitor may send it now.
#[derive(Debug, Default)]
pub struct Forms {
    /// The officer proposes.
    pub propose: Option<FormView>,
    /// The head hands in.
    pub hand_in: Option<FormView>,
    /// The head gives back.
    pub give_back: Option<FormView>,
}

/// The form with which the officer proposes.
#[must_use]
pub fn propose(address: &str, request: &str) -> FormView {
    FormView::new(format!("{address}/trinh"), request, "Trình thủ trưởng")
}

/// The form with which the head hands in.
#[must_use]
pub fn hand_in(address: &str, request: &str) -> FormView {
    FormView::new(format!("{address}/nop"), request, "Nộp phiếu")
        .field(Field::text(NUMBER, "Số, ký hiệu báo cáo").required().tip("Ví dụ 12/BC-SNV."))
        .field(Field::day(DATED, "Ngày báo cáo").required())
        .field(Field::long(PROPOSALS, "Kiến nghị, đề xuất"))
        .field(
            Field::new(SIGNED, "Bản ký số", Kind::File(".pdf"))
                .tip("Tệp PDF đã ký, nếu có; người ký được đọc từ chữ ký số."),
        )
        .field(Field::text(SIGNER, "Người ký").tip("Chỉ điền khi không có bản ký số."))
        .may_be_late()
}

/// The form with which the head gives it back to the officer.
#[must_use]
pub fn give_back(address: &str, request: &str) -> FormView {
    FormView::new(format!("{address}/tra-lai"), request, "Trả lại cán bộ")
        .field(Field::long("ly-do", "Lý do trả lại").required())
}

impl SubmitPage {
    /// The page; `None` where the unit can't be scored at all.
    #[must_use]
    pub fn new(
        site: &Site,
        seen: &Seen<'_>,
        missing: (Vec<String>, Vec<String>),
        closed: Option<String>,
        forms: Forms,
    ) -> Option<Self> {
        let sheet = sheet_address(seen.id, &seen.unit.code);
        let frame = Frame::new(site, Section::Rounds, "Trình và nộp phiếu")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(seen.plan.title.clone(), round_address(seen.id))
            .crumb(seen.unit.name.clone(), sheet.clone());
        let link = |code: String| Link::new(code.clone(), format!("{sheet}#{}", anchor(&code)));
        let said = |submission: &cchc_index::sheet::Submission| {
            let day = cchc_text::date::vietnamese(submission.dated);
            let signer =
                if submission.signer.is_empty() { String::new() } else { format!(", {} ký", submission.signer) };
            format!("Báo cáo {} ngày {day}{signer}", submission.number)
        };
        Some(Self {
            frame,
            unit: seen.unit.name.clone(),
            standing: standing(seen.sheet.standing),
            total: Total::at(seen, cchc_index::sheet::Step::Own)?,
            empty: missing.0.into_iter().map(link).collect(),
            unproved: missing.1.into_iter().map(link).collect(),
            closed,
            propose: forms.propose,
            hand_in: forms.hand_in,
            give_back: forms.give_back,
            before: seen.sheet.submissions.iter().map(said).collect(),
            parts: parts_address(&sheet),
            undelivered: Vec::new(),
            address: sheet,
        })
    }

    /// The same page with the names of who shares the sheet and has not handed its part over.
    #[must_use]
    pub fn waiting_for(self, undelivered: Vec<String>) -> Self {
        Self { undelivered, ..self }
    }

    const fn is_refused(&self) -> bool {
        !self.empty.is_empty() || !self.unproved.is_empty() || !self.undelivered.is_empty()
    }
}

/// Whether a sheet in that standing may be proposed.
#[must_use]
pub const fn may_propose(standing: SheetStanding) -> bool {
    matches!(standing, SheetStanding::Open)
}
