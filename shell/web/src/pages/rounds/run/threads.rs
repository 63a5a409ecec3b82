//! `/dot-cham/{round}/hoi-dap`: questions about criteria, and the answers that all units see.

use askama::Template;

use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::publication::address::encode;
use crate::pages::rounds::{ADDRESS, round_address};
use crate::site::Site;

/// The text of a question or an answer.
pub const TEXT: &str = "loi-nhan";
/// The group by whose set is asked.
pub const GROUP: &str = "nhom";
/// The number of the question that is answered.
pub const QUESTION: &str = "cau";

/// A question with its answer.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its criterion, leading to the thread.
    pub criterion: Link,
    /// Title of the criterion.
    pub title: String,
    /// Its number in the thread.
    pub number: u32,
    /// Which unit asked, and when.
    pub asked: String,
    /// The question.
    pub question: String,
    /// The answer; empty: not yet.
    pub answer: String,
    /// Who answered when, and whether it was corrected.
    pub answered: String,
    /// The form that answers it, or corrects the answer; for whoever runs the round.
    pub form: Option<FormView>,
}

/// The page of all questions, or of those about one criterion.
#[derive(Debug, Template)]
#[template(path = "rounds/run/threads.html")]
pub struct ThreadsPage {
    frame: Frame,
    lede: String,
    rows: Vec<Shown>,
    form: Option<FormView>,
    notes: Vec<String>,
}

impl ThreadsPage {
    /// The page; `criterion` is its code where it is about one.
    #[must_use]
    pub fn new(site: &Site, round: (&str, &str), criterion: Option<&str>, lede: String, rows: Vec<Shown>) -> Self {
        let (id, title) = round;
        let mut frame = match criterion {
            Some(code) => Frame::new(site, Section::Rounds, format!("Hỏi đáp về tiêu chí {code}")),
            None => Frame::new(site, Section::Rounds, "Hỏi đáp"),
        };
        frame = frame.crumb("Đợt chấm điểm", ADDRESS).crumb(title, round_address(id));
        if criterion.is_some() {
            frame = frame.crumb("Hỏi đáp", threads_address(id));
        }
        Self { frame, lede, rows, form: None, notes: Vec::new() }
    }

    /// The same page with what the criterion is, and a form to ask.
    #[must_use]
    pub fn asking(self, notes: Vec<String>, form: Option<FormView>) -> Self {
        Self { notes, form, ..self }
    }
}

/// Address of all questions of a round.
#[must_use]
pub fn threads_address(round: &str) -> String {
    format!("{}/hoi-dap", round_address(round))
}

/// Address of the questions about a criterion.
#[must_use]
pub fn thread_address(round: &str, criterion: &str) -> String {
    format!("{}/{}", threads_address(round), encode(criterion))
}

/// The form that asks; `groups` are those that have the criterion.
#[must_use]
pub fn ask(round: &str, criterion: &str, request: &str, groups: &[(String, String)]) -> FormView {
    let form = FormView::new(thread_address(round, criterion), request, "Gửi câu hỏi");
    let form = match groups {
        [(code, _)] => form.hide(GROUP, code),
        _ => form.field(Field::new(GROUP, "Nhóm", Kind::One(Choice::list(groups.iter().cloned(), ""))).required()),
    };
    form.field(
        Field::long(TEXT, "Câu hỏi")
            .required()
            .tip("Mọi đơn vị trong đợt đều thấy. Không ghi tên người, số điện thoại."),
    )
}

/// The form that answers a question or corrects the answer.
#[must_use]
pub fn answer(round: &str, criterion: &str, number: u32, request: &str, known: &str) -> FormView {
    let (button, label) = if known.is_empty() {
        ("Trả lời", "Trả lời")
    } else {
        ("Sửa trả lời", "Trả lời; bản cũ vẫn ở sổ cái")
    };
    FormView::new(format!("{}/tra-loi", thread_address(round, criterion)), request, button)
        .hide(QUESTION, number.to_string())
        .field(Field::long(TEXT, label).required().value(known))
}
