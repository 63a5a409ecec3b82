//! `/dot-cham/{round}/phieu/{unit}/ghi-ket-qua`: what a body outside decided and asks, recorded with its document.

use askama::Template;

use crate::form::{Field, FormView};
use crate::frame::{Frame, Section};
use crate::pages::rounds::{ADDRESS, round_address, sheet_address};
use crate::site::Site;

/// Number and symbol of the document.
pub const NUMBER: &str = "so-van-ban";
/// Its date.
pub const DATED: &str = "ngay-van-ban";
/// The last day to answer its questions.
pub const UNTIL: &str = "han-tra-loi";
/// Whether lines without points keep what stood before.
pub const REST: &str = "con-lai";
/// Points of a line; the code follows after a dot.
pub const POINTS: &str = "d";
/// Why.
pub const REASON: &str = "l";
/// What is asked about it.
pub const QUESTION: &str = "h";

/// Address of the page that records what was decided outside of the sheet of an address.
#[must_use]
pub fn record_address(sheet: &str) -> String {
    format!("{sheet}/ghi-ket-qua")
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Which unit answers it; empty: nobody here.
    pub whose: String,
    /// Points as they stood before this phase, and the maximum.
    pub before: String,
    /// The maximum.
    pub max: String,
    /// What is recorded in this phase; empty: nothing yet.
    pub recorded: String,
    /// What the unit explained; empty: nothing.
    pub explained: String,
    /// Points as typed.
    pub points: String,
    /// The reason as typed.
    pub reason: String,
    /// The question as typed.
    pub question: String,
    /// What is wrong with it; `None`: nothing.
    pub wrong: Option<String>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/sheet/record.html")]
pub struct RecordPage {
    frame: Frame,
    unit: String,
    body: String,
    phase: String,
    sheet: String,
    form: FormView,
    rows: Vec<Row>,
    closed: Option<String>,
}

/// The fields above the lines: the document, and what of it holds for all lines.
#[must_use]
pub fn form(sheet: &str, request: &str) -> FormView {
    FormView::new(record_address(sheet), request, "Ghi kết quả")
        .field(
            Field::text(NUMBER, "Số, ký hiệu văn bản").required().tip("Văn bản thông báo kết quả; ví dụ 512/BNV-CCHC."),
        )
        .field(Field::day(DATED, "Ngày văn bản").required())
        .field(Field::day(UNTIL, "Hạn trả lời câu hỏi").tip("Chỉ cần khi có câu hỏi ở dòng nào đó."))
}

impl RecordPage {
    /// The page; `closed`: why nothing can be recorded now.
    #[must_use]
    pub fn new(
        site: &Site,
        (round, title): (&str, &str),
        (unit, name): (&str, &str),
        (body, phase): (&str, &str),
        form: FormView,
        (rows, closed): (Vec<Row>, Option<String>),
    ) -> Self {
        let sheet = sheet_address(round, unit);
        let frame = Frame::new(site, Section::Rounds, format!("Ghi kết quả của {body}"))
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title, round_address(round))
            .crumb(name, sheet.clone());
        let (unit, body, phase) = (name.to_owned(), body.to_owned(), phase.to_owned());
        Self { frame, unit, body, phase, sheet, form, rows, closed }
    }

    fn wrong(&self) -> usize {
        self.rows.iter().filter(|row| row.wrong.is_some()).count()
    }
}
