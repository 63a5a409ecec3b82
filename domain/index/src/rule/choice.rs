//! Choice (chọn một mức): yes / no / stepped; each option has its points.
//!
//! Parameters: `options`, rows of `id`, `label`, `points`.
//!
//! Example (pt-2026-so 4.1.3): `lotrinh` earns 0.5 of 0.75.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::options::{ChoiceOption, check_options, ids, position, read_options, write_options};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::plain;

/// One option is chosen and gives its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The options in the order in which they are shown.
    pub options: Vec<ChoiceOption>,
}

impl Choice {
    fn chosen(&self, answer: &Answer) -> Option<&ChoiceOption> {
        let Answer::Chosen(positions) = answer else { return None };
        self.options.get(usize::from(*positions.first()?))
    }
}

impl ScoringRule for Choice {
    const KIND: &'static str = "choice";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        Some(Self { options: read_options("options", params)? })
    }

    fn write(&self, params: &mut Section) {
        write_options("options", &self.options, params);
    }

    fn check(&self, max: Decimal) -> Vec<String> {
        check_options(&self.options, max)
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        if let Some(index) = position(&self.options, raw.value) {
            return Ok(Answer::Chosen(vec![index]));
        }
        let message = format!("Không có lựa chọn «{}». Các lựa chọn: {}.", raw.value, ids(&self.options));
        Err(AnswerFault::new("unknown-option", message))
    }

    fn score(&self, _setting: &Setting<'_>, answer: &Answer) -> Outcome {
        self.chosen(answer).map_or(Outcome::ZERO, |option| Outcome::points(Exact::from(option.points)))
    }

    fn because(&self, _setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        self.chosen(answer)
            .map(|option| format!("«{}» → {} điểm", option.label, plain(option.points)))
            .into_iter()
            .collect()
    }

    fn for_full(&self, setting: &Setting<'_>, _answer: &Answer) -> Option<String> {
        let best = self.options.iter().find(|option| option.points == setting.max)?;
        Some(format!("«{}»", best.label))
    }

    fn in_words(&self, _max: Decimal) -> String {
        let options: Vec<String> =
            self.options.iter().map(|option| format!("{}: {} điểm", option.label, plain(option.points))).collect();
        format!("{}.", options.join("; "))
    }

    fn asks(&self) -> String {
        format!("value: một trong {}", ids(&self.options))
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, fault, points, rule};

    const OPTIONS: &str =
        "options:\n  day | Đủ, đúng hạn | 0.75\n  lotrinh | Đúng lộ trình | 0.5\n  khong | Chưa làm | 0";

    #[test]
    fn gives_the_points_of_the_option() {
        let choice = rule("choice", OPTIONS);
        assert_eq!(points(&choice, "0.75", "lotrinh", ""), "0.5");
        assert_eq!(points(&choice, "0.75", "LoTrinh", ""), "0.5");
        assert_eq!(points(&choice, "0.75", "khong", ""), "0");
        assert_eq!(answer(&choice, "0.75", "lotrinh", "").1, ["«Đúng lộ trình» → 0,5 điểm"]);
        assert_eq!(fault(&choice, "mot-phan", ""), "unknown-option");
    }

    #[test]
    fn options_are_checked_against_the_maximum() {
        let choice = rule("choice", OPTIONS);
        assert_eq!(choice.check("0.75".parse().unwrap()), [""; 0]);
        assert_eq!(choice.check("0.5".parse().unwrap()).len(), 2, "one above, and none equals 0.5 at most");
    }
}
