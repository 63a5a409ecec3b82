//! Penalty (điểm trừ): as count, subtracted outside the total; the parent's maximum caps the sum.
//!
//! Parameters: `each`, `cap`, positive numbers. Nothing reported means that nothing happened.
//!
//! Example (pt-2026-so T1.1: 0.5 each, cap 2): 3 → − 1.5.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::form::{Reader, Section};
use crate::rule::count::{Count, counted};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::plain;

/// Points for each case, subtracted outside the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty(pub Count);

impl ScoringRule for Penalty {
    const KIND: &'static str = "penalty";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        Count::read_params(params).map(Self)
    }

    fn write(&self, params: &mut Section) {
        self.0.write_params(params);
    }

    fn check(&self, max: Decimal) -> Vec<String> {
        self.0.check_params(max)
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        raw.count().map(Answer::Number)
    }

    /// The points to subtract, as a positive number.
    fn score(&self, _setting: &Setting<'_>, answer: &Answer) -> Outcome {
        Outcome::points(self.0.points(counted(answer)))
    }

    fn because(&self, _setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        vec![format!("Trừ: {}", self.0.working(counted(answer)))]
    }

    fn in_words(&self, _max: Decimal) -> String {
        format!("Trừ {} điểm mỗi trường hợp, tối đa {}; ngoài thang điểm.", plain(self.0.each), plain(self.0.cap))
    }

    fn asks(&self) -> String {
        "value: số lượng".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, points, rule};

    #[test]
    fn counts_up_to_its_cap() {
        let penalty = rule("penalty", "each = 0.5\ncap = 2");
        assert_eq!(points(&penalty, "2", "3", ""), "1.5");
        assert_eq!(points(&penalty, "2", "9", ""), "2");
        assert_eq!(answer(&penalty, "2", "9", "").1, ["Trừ: 9 × 0,5 = 4,5, tối đa 2"]);
    }
}
