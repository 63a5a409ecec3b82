//! Rule kinds: from an answer to points. One kind a file, with its documentation, examples and tests.
//!
//! Whatever the law asks is a kind of rule with parameters from the set file; no kind knows a number
//! of the law. Every result lies within 0 and the criterion's maximum.

mod bands;
mod choice;
mod count;
mod deduct;
mod given;
mod options;
mod outside;
mod params_text;
mod proportional;
mod rating;
mod share;
mod survey;
mod timeliness;

pub use bands::{Band, BandValue, Bands};
use cchc_calendar::DaysOff;
use cchc_text::Decimal;
pub use choice::Choice;
pub use count::Count;
pub use deduct::Deduct;
pub use given::Given;
pub use options::ChoiceOption;
pub use outside::{Bonus, Penalty};
pub use params_text::{params_from_text, params_to_text};
pub use proportional::Proportional;
pub use rating::Rating;
pub use share::IfEmpty;
pub use survey::{Measure, Survey};
pub use timeliness::{MonthDay, Timeliness};

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};

/// What every kind of rule can do.
pub trait ScoringRule: Sized {
    /// Its name in set files.
    const KIND: &'static str;

    /// Reads the parameters; what is wrong goes to the reader.
    fn read(params: &mut Reader<'_>) -> Option<Self>;

    /// Writes the parameters, so that [`ScoringRule::read`] gives the same rule.
    fn write(&self, params: &mut Section);

    /// What is wrong with the parameters, given the criterion's maximum.
    fn check(&self, max: Decimal) -> Vec<String>;

    /// Reads the texts of a row. Blank and `na` never come here.
    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault>;

    /// What is odd about an answer that is counted all the same.
    fn remarks(&self, _answer: &Answer) -> Vec<AnswerFault> {
        Vec::new()
    }

    /// The points of an answer of this kind; zero for an answer of another kind.
    fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome;

    /// How the points came about, a step a line, in Vietnamese.
    fn because(&self, setting: &Setting<'_>, answer: &Answer) -> Vec<String>;

    /// What it would take to earn the maximum, seen from an answer that earns less; `None` where that can't be
    /// said in terms of the answer.
    fn for_full(&self, _setting: &Setting<'_>, _answer: &Answer) -> Option<String> {
        None
    }

    /// The rule in plain words, for the person who answers.
    fn in_words(&self, max: Decimal) -> String;

    /// What the columns `value` and `of` take, in plain words.
    fn asks(&self) -> String;
}

/// What a rule must know beside the answer.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The criterion's maximum.
    pub max: Decimal,
    /// The year of the set.
    pub year: i16,
    /// The days off that move due dates.
    pub days_off: &'a DaysOff,
}

/// What an answer earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Points; zero where the criterion does not apply.
    pub points: Exact,
    /// Whether the criterion's maximum counts.
    pub applicable: bool,
}

impl Outcome {
    /// So many points.
    #[must_use]
    pub const fn points(points: Exact) -> Self {
        Self { points, applicable: true }
    }

    /// No points.
    pub const ZERO: Self = Self { points: Exact::ZERO, applicable: true };
    /// The maximum leaves the total.
    pub const NOT_APPLICABLE: Self = Self { points: Exact::ZERO, applicable: false };
}

macro_rules! rules {
    ($($kind:ident),+) => {
        /// The rule of a leaf: one of the known kinds with its parameters.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Rule {
            $(
                #[doc = concat!("See [`", stringify!($kind), "`].")]
                $kind($kind),
            )+
        }

        /// The names of all kinds.
        pub const KINDS: &[&str] = &[$($kind::KIND),+];

        impl Rule {
            /// Reads a rule of the kind named; nothing where the kind is unknown or a parameter is missing.
            #[must_use]
            pub fn read(kind: &str, params: &mut Reader<'_>) -> Option<Self> {
                $(if kind == $kind::KIND { return $kind::read(params).map(Self::$kind); })+
                let message = format!("Không có loại quy tắc «{kind}». Các loại: {}.", KINDS.join(", "));
                params.error("kind", "unknown-rule", message);
                None
            }

            /// The name of its kind.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$kind(_) => $kind::KIND,)+ }
            }

            /// Writes the parameters.
            pub fn write(&self, params: &mut Section) {
                match self { $(Self::$kind(rule) => rule.write(params),)+ }
            }

            /// What is wrong with the parameters.
            #[must_use]
            pub fn check(&self, max: Decimal) -> Vec<String> {
                match self { $(Self::$kind(rule) => rule.check(max),)+ }
            }

            /// Reads the texts of a row.
            pub fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
                match self { $(Self::$kind(rule) => rule.parse(raw),)+ }
            }

            /// What is odd about an answer that is counted all the same.
            #[must_use]
            pub fn remarks(&self, answer: &Answer) -> Vec<AnswerFault> {
                match self { $(Self::$kind(rule) => rule.remarks(answer),)+ }
            }

            /// The points of an answer.
            #[must_use]
            pub fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome {
                match (self, answer) {
                    (_, Answer::NotReported) => Outcome::ZERO,
                    (_, Answer::NotApplicable) => Outcome::NOT_APPLICABLE,
                    (_, Answer::Decided(points)) => {
                        Outcome::points(Exact::from(*points).within(&Exact::ZERO, &Exact::from(setting.max)))
                    }
                    $((Self::$kind(rule), _) => rule.score(setting, answer),)+
                }
            }

            /// How the points came about.
            #[must_use]
            pub fn because(&self, setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
                match (self, answer) {
                    (_, Answer::NotReported) => vec!["Chưa báo cáo → 0 điểm".to_owned()],
                    (_, Answer::NotApplicable) => vec!["Không áp dụng: không tính vào điểm tối đa".to_owned()],
                    (_, Answer::Decided(points)) => {
                        vec![format!("Cơ quan thẩm định hoặc Hội đồng ấn định {} điểm", points.vietnamese())]
                    }
                    $((Self::$kind(rule), _) => rule.because(setting, answer),)+
                }
            }

            /// What it would take to earn the maximum; the rule itself where it can't be said from the answer.
            #[must_use]
            pub fn for_full(&self, setting: &Setting<'_>, answer: &Answer) -> String {
                let said = match (self, answer) {
                    (_, Answer::NotReported | Answer::NotApplicable | Answer::Decided(_)) => None,
                    $((Self::$kind(rule), _) => rule.for_full(setting, answer),)+
                };
                said.unwrap_or_else(|| self.in_words(setting.max).trim_end_matches('.').to_owned())
            }

            /// The rule in plain words.
            #[must_use]
            pub fn in_words(&self, max: Decimal) -> String {
                match self { $(Self::$kind(rule) => rule.in_words(max),)+ }
            }

            /// What the columns `value` and `of` take.
            #[must_use]
            pub fn asks(&self) -> String {
                match self { $(Self::$kind(rule) => rule.asks(),)+ }
            }
        }
    };
}

rules!(Choice, Proportional, Bands, Count, Deduct, Timeliness, Survey, Rating, Given, Bonus, Penalty);

#[cfg(test)]
pub(crate) mod testing {
    //! What the tests of all kinds share: parameters as text in, points and trace out.

    use super::*;

    /// A rule from its kind and parameters in the text form of a worksheet cell.
    pub fn rule(kind: &str, params: &str) -> Rule {
        let section = params_from_text(params, &cchc_text::Place::default()).unwrap();
        let mut findings = Vec::new();
        let mut reader = Reader::new(&section, &mut findings);
        let rule = Rule::read(kind, &mut reader);
        reader.finish();
        assert_eq!(findings, [], "{params}");
        let rule = rule.unwrap();
        let mut written = Section::default();
        rule.write(&mut written);
        let again = params_from_text(&params_to_text(&written), &cchc_text::Place::default()).unwrap();
        let mut reader = Reader::new(&again, &mut findings);
        assert_eq!(Rule::read(kind, &mut reader).as_ref(), Some(&rule), "written form reads back");
        rule
    }

    /// Points and trace of one answer in the year 2021 (Saturdays and Sundays off).
    pub fn answer(rule: &Rule, max: &str, value: &str, of: &str) -> (String, Vec<String>) {
        let days_off = DaysOff::default();
        let setting = Setting { max: max.parse().unwrap(), year: 2021, days_off: &days_off };
        let answer = rule.parse(&RawAnswer { value, of }).unwrap();
        let outcome = rule.score(&setting, &answer);
        let points = if outcome.applicable { outcome.points.fraction() } else { "na".to_owned() };
        (points, rule.because(&setting, &answer))
    }

    /// What one answer lacks to the maximum.
    pub fn for_full(rule: &Rule, max: &str, value: &str, of: &str) -> String {
        let days_off = DaysOff::default();
        let setting = Setting { max: max.parse().unwrap(), year: 2021, days_off: &days_off };
        rule.for_full(&setting, &rule.parse(&RawAnswer { value, of }).unwrap())
    }

    /// Points of one answer.
    pub fn points(rule: &Rule, max: &str, value: &str, of: &str) -> String {
        let (fraction, _) = answer(rule, max, value, of);
        Exact::from_fraction(&fraction).map_or(fraction, |points| points.text())
    }

    /// The name of the fault that an answer has.
    pub fn fault(rule: &Rule, value: &str, of: &str) -> &'static str {
        rule.parse(&RawAnswer { value, of }).unwrap_err().code
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{for_full, rule};
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_terms_of_the_answer() {
        let said = |kind, params, max, value, of| for_full(&rule(kind, params), max, value, of);
        let ratio = "full_at = 0.95\nif_empty = zero";
        assert_eq!(said("proportional", ratio, "2", "90", "101"), "ít nhất 96 / 101, thêm 6");
        assert!(said("proportional", ratio, "2", "0", "0").starts_with("Đạt từ 95\u{a0}%: 2 điểm"));
        assert_eq!(said("count", "each = 0.3\ncap = 1", "1", "2", ""), "4, thêm 2");
        assert_eq!(said("deduct", "start = 0.5\neach = 0.25", "0.5", "1", ""), "không trường hợp nào bị trừ, nay có 1");
        let due = "due = 03-31; 06-30\nper_day = 0.1\nzero_after_days = 5";
        assert_eq!(said("timeliness", due, "1", "2021-03-31; 2021-07-02", ""), "xong đến hết ngày 30/06/2021");
    }

    #[test]
    fn an_answer_that_says_nothing_is_told_the_rule() {
        let days_off = DaysOff::default();
        let setting = Setting { max: Decimal::whole(1), year: 2021, days_off: &days_off };
        let count = rule("count", "each = 0.5\ncap = 1");
        let said = count.for_full(&setting, &Answer::NotReported);
        assert_eq!(said, "Mỗi trường hợp được 0,5 điểm, tối đa 1");
    }
}
