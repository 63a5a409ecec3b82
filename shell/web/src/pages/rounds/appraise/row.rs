//! A row of the appraiser: what the unit says and proves, what was decided, and what is to be decided.

use crate::list::Link;

/// A row, as a grid and the page of a unit show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name in what is sent: the unit, or the criterion.
    pub key: String,
    /// What stands first: the unit, or the criterion.
    pub name: Link,
    /// What stands below the name.
    pub below: String,
    /// The answer in words.
    pub answer: String,
    /// What it earns: `2,63`; empty: nothing was answered.
    pub points: String,
    /// What stood before this phase, where a phase before changed it: answer and points.
    pub before: Option<(String, String)>,
    /// What a register counts: answer, points, whether it differs.
    pub counted: Option<(String, String, bool)>,
    /// What proves it.
    pub evidence: Vec<Link>,
    /// Whether evidence is asked for and there is none.
    pub unproved: bool,
    /// What was said and decided: who, what.
    pub said: Vec<(String, String)>,
    /// Where it stands: class and words.
    pub state: (&'static str, String),
    /// What was decided in this phase: points, with the difference to what stood before.
    pub decided: Option<Decided>,
    /// Whether the visitor may decide of it.
    pub open: bool,
    /// What the decision relies on.
    pub mark: String,
    /// What was typed.
    pub typed: Typed,
}

/// What was decided in the phase that runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// The points.
    pub points: String,
    /// `up`, `dn`, or nothing where they are what they were.
    pub class: &'static str,
    /// By how much: `0,37`.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What was typed into a row, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// What is decided: `nhan`, `he-thong`, `tra-loi`, `diem`, `hoi`; empty: nothing.
    pub verdict: String,
    /// The other answer, or the points.
    pub value: String,
    /// Its denominator.
    pub of: String,
    /// The reason, or the question.
    pub reason: String,
    /// Whether the row is chosen for the one decision of many.
    pub chosen: bool,
    /// What is wrong.
    pub wrong: Option<String>,
}

/// What can be decided: what is sent, what is read.
pub const VERDICTS: [(&str, &str); 5] = [
    (ACCEPT, "Chấp nhận"),
    (COUNTED, "Lấy số hệ thống"),
    (ANSWER, "Câu trả lời khác"),
    (POINTS, "Ấn định điểm"),
    (ASK, "Hỏi lại"),
];

/// What stood before is right.
pub const ACCEPT: &str = "nhan";
/// What the register counts is right.
pub const COUNTED: &str = "he-thong";
/// Another answer counts.
pub const ANSWER: &str = "tra-loi";
/// So many points count.
pub const POINTS: &str = "diem";
/// The unit is asked.
pub const ASK: &str = "hoi";

/// Names of the fields of a row; the name of the row follows after a dot.
pub mod field {
    /// What is decided.
    pub const VERDICT: &str = "q";
    /// The other answer, or the points.
    pub const VALUE: &str = "g";
    /// Its denominator.
    pub const OF: &str = "m";
    /// The reason.
    pub const REASON: &str = "l";
    /// What the decision relies on.
    pub const MARK: &str = "s";
    /// Rows chosen for one decision.
    pub const CHOSEN: &str = "c";
    /// Which button was pressed.
    pub const ACT: &str = "viec";
    /// The last day to answer a question.
    pub const UNTIL: &str = "han";
    /// The decision of many.
    pub const ALL_VERDICT: &str = "qd";
    /// The answer or the points of many.
    pub const ALL_VALUE: &str = "gt";
    /// One reason for all that have none of their own.
    pub const ALL_REASON: &str = "ly-do";
}

impl Row {
    /// What can be decided of it.
    #[must_use]
    pub fn verdicts(&self) -> Vec<(&'static str, &'static str)> {
        let counted = |verdict: &str| verdict != COUNTED || self.counted.is_some();
        VERDICTS.into_iter().filter(|(verdict, _)| counted(verdict)).collect()
    }

    /// The name of one of its fields.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        format!("{name}.{}", self.key)
    }
}
