//! Bonus (điểm thưởng) and penalty (điểm trừ): as count, added or subtracted outside the total; the parent's
//! maximum caps the sum.
//!
//! Parameters: `each`, `cap`, positive numbers. Nothing reported means that nothing happened: no points, no
//! finding. The points of a penalty are a positive number; scoring subtracts them.
//!
//! Examples: pt-2026-so C1.1 (0.5 each, cap 1): 3 → + 1; T1.1 (0.5 each, cap 2): 3 → − 1.5.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::form::{Reader, Section};
use crate::rule::count::{Count, counted};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::plain;

macro_rules! outside {
    ($(#[$doc:meta])* $name:ident $kind:literal $verb:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub Count);

        impl ScoringRule for $name {
            const KIND: &'static str = $kind;

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
                vec![format!("{}: {}", $verb, self.0.working(counted(answer)))]
            }

            fn in_words(&self, _max: Decimal) -> String {
                let (each, cap) = (plain(self.0.each), plain(self.0.cap));
                format!("{} {each} điểm mỗi trường hợp, tối đa {cap}; ngoài thang điểm.", $verb)
            }

            fn asks(&self) -> String {
                "value: số lượng".to_owned()
            }
        }
    };
}

outside! {
    /// Points for each case, added outside the total.
    Bonus "bonus" "Thưởng"
}

outside! {
    /// Points for each case, subtracted outside the total.
    Penalty "penalty" "Trừ"
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, points, rule};

    #[test]
    fn a_bonus_counts_up_to_its_cap() {
        let bonus = rule("bonus", "each = 0.5\ncap = 1");
        assert_eq!(points(&bonus, "1", "3", ""), "1");
        assert_eq!(points(&bonus, "1", "0", ""), "0");
        assert_eq!(answer(&bonus, "1", "1", "").1, ["Thưởng: 1 × 0,5 = 0,5"]);
    }

    #[test]
    fn a_penalty_is_a_positive_number_up_to_its_cap() {
        let penalty = rule("penalty", "each = 0.5\ncap = 2");
        assert_eq!(points(&penalty, "2", "3", ""), "1.5");
        assert_eq!(points(&penalty, "2", "9", ""), "2");
        assert_eq!(answer(&penalty, "2", "9", "").1, ["Trừ: 9 × 0,5 = 4,5, tối đa 2"]);
    }
}
