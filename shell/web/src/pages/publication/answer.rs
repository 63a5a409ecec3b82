//! What a unit answered, as a person reads it.

use cchc_index::answer::Answer;
use cchc_index::rule::{ChoiceOption, Rule};
use cchc_text::date::vietnamese;

/// The answer in words: `653 / 654`, the option chosen, the dates.
#[must_use]
pub fn in_words(rule: &Rule, answer: &Answer) -> String {
    match answer {
        Answer::NotReported => "chưa báo cáo".to_owned(),
        Answer::NotApplicable => "không áp dụng".to_owned(),
        Answer::Empty => "không có số liệu".to_owned(),
        Answer::Decided(points) => format!("ấn định {} điểm", points.vietnamese()),
        Answer::Number(number) => number.vietnamese(),
        Answer::Ratio { value, of } => format!("{}\u{a0}/\u{a0}{}", value.vietnamese(), of.vietnamese()),
        Answer::Dates(dates) => {
            let dates = dates.iter().map(|date| date.map_or_else(|| "chưa làm".to_owned(), vietnamese));
            dates.collect::<Vec<_>>().join("; ")
        }
        Answer::Chosen(chosen) => {
            let options = options(rule);
            let label = |position: &u16| options.get(usize::from(*position)).map(|option| option.label.clone());
            chosen.iter().filter_map(label).collect::<Vec<_>>().join("; ")
        }
    }
}

fn options(rule: &Rule) -> &[ChoiceOption] {
    match rule {
        Rule::Choice(choice) => &choice.options,
        Rule::Rating(rating) => &rating.levels,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use cchc_index::rule::Choice;

    use super::*;

    #[test]
    fn every_kind_of_answer_is_said() {
        let option = |label: &str| ChoiceOption { id: "a".into(), label: label.into(), points: "1".parse().unwrap() };
        let rule = Rule::Choice(Choice { options: vec![option("Đủ"), option("Thiếu")] });
        assert_eq!(in_words(&rule, &Answer::Chosen(vec![1])), "Thiếu");
        let ratio = Answer::Ratio { value: "1601".parse().unwrap(), of: "2618.5".parse().unwrap() };
        assert_eq!(in_words(&rule, &ratio), "1.601\u{a0}/\u{a0}2.618,5");
        let dates = Answer::Dates(vec!["2021-11-03".parse().ok(), None]);
        assert_eq!(in_words(&rule, &dates), "03/11/2021; chưa làm");
        assert_eq!(in_words(&rule, &Answer::NotApplicable), "không áp dụng");
    }
}
