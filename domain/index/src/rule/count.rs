//! Count × unit, capped (đếm): each case earns so much, up to the maximum.
//!
//! Parameters: `each`, points a case; `cap`, points at most (the criterion's maximum).
//!
//! Example (vp-2021-so 1.4.2: 0.075 each, cap 0.75): 7 → 0.525; 12 → 0.75.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::share::whole_above;
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::{plain, short};

/// Points for each case, up to a cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Points a case.
    pub each: Decimal,
    /// Points at most.
    pub cap: Decimal,
}

impl Count {
    /// Reads `each` and `cap`.
    pub fn read_params(params: &mut Reader<'_>) -> Option<Self> {
        let (each, cap) = (params.required_decimal("each"), params.required_decimal("cap"));
        Some(Self { each: each?, cap: cap? })
    }

    /// Writes `each` and `cap`.
    pub fn write_params(&self, params: &mut Section) {
        params.text("each", self.each.to_string());
        params.text("cap", self.cap.to_string());
    }

    /// What is wrong with the parameters.
    #[must_use]
    pub fn check_params(&self, max: Decimal) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.each.is_zero() || self.each.is_negative() {
            wrong.push("each phải lớn hơn 0.".to_owned());
        }
        if self.cap != max {
            wrong.push(format!("cap là {}, phải bằng điểm tối đa {}.", plain(self.cap), plain(max)));
        }
        wrong
    }

    /// Points of so many cases.
    #[must_use]
    pub fn points(&self, count: Decimal) -> Exact {
        let whole = &Exact::from(count) * &Exact::from(self.each);
        whole.within(&Exact::ZERO, &Exact::from(self.cap))
    }

    /// `12 × 0,075 = 0,9, tối đa 0,75`.
    #[must_use]
    pub fn working(&self, count: Decimal) -> String {
        let whole = &Exact::from(count) * &Exact::from(self.each);
        let capped =
            if whole > Exact::from(self.cap) { format!(", tối đa {}", plain(self.cap)) } else { String::new() };
        format!("{} × {} = {}{capped}", plain(count), plain(self.each), short(&whole))
    }
}

/// The count of an answer; zero where it is of another kind.
#[must_use]
pub fn counted(answer: &Answer) -> Decimal {
    match answer {
        Answer::Number(count) => *count,
        _ => Decimal::ZERO,
    }
}

impl ScoringRule for Count {
    const KIND: &'static str = "count";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        Self::read_params(params)
    }

    fn write(&self, params: &mut Section) {
        self.write_params(params);
    }

    fn check(&self, max: Decimal) -> Vec<String> {
        self.check_params(max)
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        raw.count().map(Answer::Number)
    }

    fn score(&self, _setting: &Setting<'_>, answer: &Answer) -> Outcome {
        Outcome::points(self.points(counted(answer)))
    }

    fn because(&self, _setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        vec![self.working(counted(answer))]
    }

    fn for_full(&self, _setting: &Setting<'_>, answer: &Answer) -> Option<String> {
        let needed = whole_above(&Exact::from(self.cap).over(&Exact::from(self.each))?);
        let more = &needed - &Exact::from(counted(answer));
        Some(format!("{}, thêm {}", short(&needed), short(&more)))
    }

    fn in_words(&self, _max: Decimal) -> String {
        format!("Mỗi trường hợp được {} điểm, tối đa {}.", plain(self.each), plain(self.cap))
    }

    fn asks(&self) -> String {
        "value: số lượng".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, fault, points, rule};

    #[test]
    fn each_case_up_to_the_cap() {
        let count = rule("count", "each = 0.075\ncap = 0.75");
        assert_eq!(points(&count, "0.75", "7", ""), "0.525");
        assert_eq!(points(&count, "0.75", "12", ""), "0.75");
        assert_eq!(answer(&count, "0.75", "12", "").1, ["12 × 0,075 = 0,9, tối đa 0,75"]);
        assert_eq!(fault(&count, "1,5", ""), "not-whole");
        assert_eq!(fault(&count, "3", "4"), "unexpected-of");
    }
}
