//! Bonus (điểm thưởng): as count, added outside the total; the parent's maximum caps the sum.
//!
//! Parameters: `each`, `cap`. Nothing reported means that nothing happened: no bonus, no finding.
//!
//! Example (pt-2026-so C1.1: 0.5 each, cap 1): 3 → + 1.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::form::{Reader, Section};
use crate::rule::count::{Count, counted};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::plain;

/// Points for each case, added outside the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonus(pub Count);

impl ScoringRule for Bonus {
    const KIND: &'static str = "bonus";

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

    fn score(&self, _setting: &Setting<'_>, answer: &Answer) -> Outcome {
        Outcome::points(self.0.points(counted(answer)))
    }

    fn because(&self, _setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        vec![format!("Thưởng: {}", self.0.working(counted(answer)))]
    }

    fn in_words(&self, _max: Decimal) -> String {
        format!("Thưởng {} điểm mỗi trường hợp, tối đa {}; ngoài thang điểm.", plain(self.0.each), plain(self.0.cap))
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
        let bonus = rule("bonus", "each = 0.5\ncap = 1");
        assert_eq!(points(&bonus, "1", "3", ""), "1");
        assert_eq!(points(&bonus, "1", "0", ""), "0");
        assert_eq!(answer(&bonus, "1", "1", "").1, ["Thưởng: 1 × 0,5 = 0,5"]);
    }
}
