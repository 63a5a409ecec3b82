//! Deduction (trừ dần): the maximum less so much for each failing, not below 0.
//!
//! Parameters: `start`, the points without any failing (the criterion's maximum); `each`.
//!
//! Example (vp-2021-so 1.2.2: start 0.5, 0.125 each): 3 → 0.125; 5 → 0.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::count::counted;
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::{plain, short};

/// Full points less so much for each failing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduct {
    /// Points without any failing.
    pub start: Decimal,
    /// Points lost a failing.
    pub each: Decimal,
}

impl Deduct {
    fn left(&self, failings: Decimal) -> Exact {
        &Exact::from(self.start) - &(&Exact::from(failings) * &Exact::from(self.each))
    }
}

impl ScoringRule for Deduct {
    const KIND: &'static str = "deduct";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        let (start, each) = (params.required_decimal("start"), params.required_decimal("each"));
        Some(Self { start: start?, each: each? })
    }

    fn write(&self, params: &mut Section) {
        params.text("start", self.start.to_string());
        params.text("each", self.each.to_string());
    }

    fn check(&self, max: Decimal) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.start != max {
            wrong.push(format!("start là {}, phải bằng điểm tối đa {}.", plain(self.start), plain(max)));
        }
        if self.each.is_zero() || self.each.is_negative() {
            wrong.push("each phải lớn hơn 0.".to_owned());
        }
        wrong
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        raw.count().map(Answer::Number)
    }

    fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome {
        Outcome::points(self.left(counted(answer)).within(&Exact::ZERO, &Exact::from(setting.max)))
    }

    fn because(&self, _setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        let failings = counted(answer);
        let left = self.left(failings);
        let floor = if left.is_negative() { ", không dưới 0" } else { "" };
        vec![format!("{} − {} × {} = {}{floor}", plain(self.start), plain(failings), plain(self.each), short(&left))]
    }

    fn for_full(&self, _setting: &Setting<'_>, answer: &Answer) -> Option<String> {
        Some(format!("không trường hợp nào bị trừ, nay có {}", plain(counted(answer))))
    }

    fn in_words(&self, _max: Decimal) -> String {
        format!("{} điểm, mỗi trường hợp vi phạm trừ {}, không dưới 0.", plain(self.start), plain(self.each))
    }

    fn asks(&self) -> String {
        "value: số trường hợp vi phạm (0 nếu không có)".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, points, rule};

    #[test]
    fn loses_points_down_to_zero() {
        let deduct = rule("deduct", "start = 0.5\neach = 0.125");
        assert_eq!(points(&deduct, "0.5", "0", ""), "0.5");
        assert_eq!(points(&deduct, "0.5", "3", ""), "0.125");
        assert_eq!(points(&deduct, "0.5", "5", ""), "0");
        assert_eq!(answer(&deduct, "0.5", "5", "").1, ["0,5 − 5 × 0,125 = -0,125, không dưới 0"]);
    }
}
