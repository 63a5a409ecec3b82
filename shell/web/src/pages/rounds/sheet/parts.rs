//! `/dot-cham/{round}/phieu/{unit}/phan-viec`: a sheet that is split: who answers what, and how far each is.

use askama::Template;
use cchc_index::sheet::{Delivery, Progress};
use cchc_text::date::vietnamese;

use super::lines::Fold;
use super::lines::Row as LineRow;
use crate::form::{Field, FormView};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::publication::address::anchor;
use crate::pages::rounds::{ADDRESS, round_address, sheet_address};
use crate::site::Site;

/// Which unit's lines are shown.
pub const OF_UNIT: &str = "cua";
/// Name of the field that says whose part it is.
pub const UNIT: &str = "don-vi";
/// Lines named of a part at most.
const NAMED: usize = 8;

/// Address of the parts of the sheet of an address.
#[must_use]
pub fn parts_address(sheet: &str) -> String {
    format!("{sheet}/phan-viec")
}

/// Who answers which lines, as the page of the sheet offers it.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The units with how many lines each has: code, link, lines, whether it is shown now.
    pub units: Vec<(String, Link, u32, bool)>,
    /// The parts of the visitor: a sentence each, and where he hands it over.
    pub own: Vec<OwnPart>,
}

/// A part that the visitor answers.
#[derive(Debug, Clone)]
pub struct OwnPart {
    /// The unit.
    pub name: String,
    /// How far it is: class and words.
    pub standing: (&'static str, String),
    /// `Đã trả lời 12/15 dòng, còn thiếu 1.2.1, 3.1.1`.
    pub said: String,
    /// Why it was given back; empty: it was not.
    pub reason: String,
}

/// A unit that answers lines of a sheet.
#[derive(Debug, Clone)]
pub struct PartRow {
    /// Its name, leading to its lines.
    pub name: Link,
    /// How many lines are done.
    pub progress: Progress,
    /// How far its part is: class and words.
    pub standing: (&'static str, String),
    /// Who handed it over; empty: nobody did.
    pub who: String,
    /// Why it was given back; empty: it was not.
    pub reason: String,
    /// What it lacks, leading to the lines.
    pub lacks: Vec<Link>,
    /// Lines that it lacks beside those.
    pub more: usize,
    /// Whether time is over and it is not handed over.
    pub is_late: bool,
    /// The form with which it is handed over; `None`: not by the visitor, or not now.
    pub deliver: Option<FormView>,
    /// Where it is given back; empty: not by the visitor, or it is not handed over.
    pub send_back: String,
    /// Where it is reminded; empty: not by the visitor.
    pub urge: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/sheet/parts.html")]
pub struct PartsPage {
    frame: Frame,
    unit: String,
    sheet: String,
    rows: Vec<PartRow>,
    done: usize,
    deadline: Option<String>,
    open: Option<String>,
    closed: Option<String>,
}

impl Parts {
    /// The unit whose lines alone are shown; `None`: all.
    #[must_use]
    pub fn chosen(&self) -> Option<&str> {
        self.units.iter().find(|(.., current)| *current).map(|(code, ..)| code.as_str())
    }
}

/// Leaves the lines of one unit.
pub fn narrow(folds: &mut Vec<Fold>, unit: &str) {
    for fold in folds.iter_mut() {
        fold.rows.retain(|row| match row {
            LineRow::Line(line) => line.whose.as_ref().is_some_and(|(code, _)| code == unit),
            LineRow::Head { .. } => false,
        });
    }
    folds.retain(|fold| !fold.rows.is_empty());
}

/// How far a part is: the class of the style sheet and the words.
#[must_use]
pub fn standing(delivery: Option<&Delivery>, is_late: bool) -> (&'static str, String) {
    let day = |at: cchc_ledger::Moment| vietnamese(at.date());
    match delivery {
        Some(Delivery::Delivered { at, .. }) => ("ok", format!("Đã giao {}", day(*at))),
        Some(Delivery::SentBack { at, .. }) => ("ask", format!("Bị trả lại {}", day(*at))),
        Some(Delivery::Reopened { at }) => ("part", format!("Đã sửa sau khi giao, {}", day(*at))),
        None if is_late => ("late", "Trễ hạn, chưa giao".to_owned()),
        None => ("no", "Chưa giao".to_owned()),
    }
}

/// Leading to the lines that a part lacks, the first of them, and how many there are beside.
#[must_use]
pub fn lacks(sheet: &str, unit: &str, codes: &[String]) -> (Vec<Link>, usize) {
    let own = crate::list::address(sheet, &[(OF_UNIT, unit)]);
    let named = codes.iter().take(NAMED).map(|code| Link::new(code, format!("{own}#{}", anchor(code))));
    (named.collect(), codes.len().saturating_sub(NAMED))
}

/// The form with which a part is handed over.
#[must_use]
pub fn deliver(sheet: &str, unit: &str, request: &str) -> FormView {
    FormView::new(format!("{sheet}/giao"), request, "Giao phần việc").hide(UNIT, unit.to_owned())
}

/// Where a part is given back.
#[must_use]
pub fn send_back_address(sheet: &str) -> String {
    format!("{sheet}/tra-phan-viec")
}

/// The form with which a part is given back.
#[must_use]
pub fn send_back(sheet: &str, unit: &str, request: &str) -> FormView {
    FormView::new(send_back_address(sheet), request, "Trả lại phần việc")
        .hide(UNIT, unit.to_owned())
        .field(Field::long("ly-do", "Lý do trả lại").required())
}

impl PartsPage {
    /// The page; `open`: until when a sheet that was reopened can be changed.
    #[must_use]
    pub fn new(
        site: &Site,
        (round, title): (&str, &str),
        (unit, name): (&str, &str),
        rows: Vec<PartRow>,
        (deadline, open, closed): (Option<String>, Option<String>, Option<String>),
    ) -> Self {
        let sheet = sheet_address(round, unit);
        let frame = Frame::new(site, Section::Rounds, "Phần việc của các cơ quan")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title, round_address(round))
            .crumb(name, sheet.clone());
        let done = rows.iter().filter(|row| row.standing.0 == "ok").count();
        Self { frame, unit: name.to_owned(), sheet, rows, done, deadline, open, closed }
    }
}
