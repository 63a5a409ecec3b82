//! How a line is answered: the control that fits its rule.

use cchc_index::rule::{BandValue, Rule};
use cchc_index::{AnswerText, Criterion, Leaf};
use cchc_text::date;

use crate::form::Choice;

/// What stands for "Không áp dụng" in an answer.
pub const NOT_APPLICABLE: &str = "na";

/// The control of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// One of several.
    Options(Vec<Choice>),
    /// A number: what it is, and what is written.
    One(Input),
    /// A number of a number.
    Pair(Input, Input),
    /// A date for each due date, in order.
    Dates(Vec<Input>),
}

/// A field to write in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// What is asked for.
    pub label: String,
    /// What is written.
    pub value: String,
}

impl Control {
    /// The control of a leaf with an answer in it.
    #[must_use]
    pub fn of(node: &Criterion, leaf: &Leaf, answer: &AnswerText) -> Self {
        let label = || if leaf.input.is_empty() { node.title.clone() } else { leaf.input.clone() };
        let one = |label: String| Input { label, value: answer.value.clone() };
        match &leaf.rule {
            Rule::Choice(choice) => {
                let chosen = if answer.says_not_applicable() { NOT_APPLICABLE } else { answer.value.as_str() };
                let all = choice.options.iter().map(|option| (option.id.as_str(), option.label.as_str()));
                let all = all.chain(leaf.may_be_na.then_some((NOT_APPLICABLE, "Không áp dụng")));
                Self::Options(Choice::list(all, chosen))
            }
            Rule::Timeliness(rule) if rule.due.len() > 1 && !answer.says_not_applicable() => {
                let mut written = answer.value.split(';').map(str::trim);
                let due = rule.due.iter().zip(1..).map(|(due, number)| Input {
                    label: format!("Lần {number}, hạn {}", day_and_month(&due.to_string())),
                    value: day(written.next().unwrap_or_default()),
                });
                Self::Dates(due.collect())
            }
            Rule::Timeliness(_) => Self::One(Input { label: label(), value: day(&answer.value) }),
            Rule::Proportional(_) | Rule::Survey(_) => pair(leaf, answer),
            Rule::Bands(bands) if bands.value == BandValue::Ratio => pair(leaf, answer),
            _ => Self::One(one(label())),
        }
    }

    /// The answer as its fields send it back when nobody touches them.
    #[must_use]
    pub fn written(&self) -> AnswerText {
        match self {
            Self::Options(options) => {
                let chosen = options.iter().find(|option| option.chosen);
                AnswerText::new(chosen.map_or("", |option| &option.value), "")
            }
            Self::One(input) => AnswerText::new(&input.value, ""),
            Self::Pair(value, of) => AnswerText::new(&value.value, &of.value),
            Self::Dates(dates) => AnswerText::new(&joined(dates.iter().map(|input| input.value.as_str())), ""),
        }
    }

    /// Whether one of several is chosen.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        matches!(self, Self::Options(options) if options.iter().any(|option| option.chosen))
    }
}

fn pair(leaf: &Leaf, answer: &AnswerText) -> Control {
    let (value, of) = leaf.input.split_once(" | ").unwrap_or((leaf.input.as_str(), "trên tổng số"));
    let input = |label: &str, value: &str| Input { label: label.trim().to_owned(), value: value.to_owned() };
    Control::Pair(input(value, &answer.value), input(of, &answer.of))
}

/// A day as people write it, whichever way it was written; any other text as it is.
fn day(text: &str) -> String {
    date::parse(text.trim()).map_or_else(|_| text.to_owned(), date::vietnamese)
}

/// `01-31` as `31/01`.
fn day_and_month(text: &str) -> String {
    text.split_once('-').map_or_else(|| text.to_owned(), |(month, day)| format!("{day}/{month}"))
}

/// The one text of an answer from what the fields of a line sent: dates stand in order, a blank one was not done.
#[must_use]
pub fn joined<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let values: Vec<&str> = values.collect();
    if values.iter().all(|value| value.is_empty()) { String::new() } else { values.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_places() {
        assert_eq!(joined(["", "15/03/2022", ""].into_iter()), "; 15/03/2022; ");
        assert_eq!(joined(["", ""].into_iter()), "");
        assert_eq!(joined(["12"].into_iter()), "12");
        assert_eq!(day_and_month("01-31"), "31/01");
        assert_eq!(["2022-02-15", "15/02/2022", "-"].map(day), ["15/02/2022", "15/02/2022", "-"]);
    }
}
