//! Proportional (tỷ lệ): two counts; the ratio times the maximum.
//!
//! Parameters: `full_at`, the ratio that earns the maximum (1 where nothing is said); `floor`, a ratio
//! below which only `below_floor` points are given; `if_empty`, what a denominator of 0 gives;
//! `may_exceed`, whether the numerator may pass the denominator (a plan that was exceeded).
//!
//! Example (vp-2021-so 3.4.1, max 2.5, floor 0.95): 1960 of 2000 → 2.45; 1890 of 2000 → 0.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::share::{
    IfEmpty, at_least, check_full_at, empty_because, parse_ratio, remark_above_one, scaled, scaled_because,
};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::{percent, plain};

/// Ratio of two counts × maximum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proportional {
    /// The ratio that earns the maximum.
    pub full_at: Decimal,
    /// The ratio below which only `below_floor` is given.
    pub floor: Option<Decimal>,
    /// Points below the floor.
    pub below_floor: Decimal,
    /// What a denominator of zero gives.
    pub if_empty: IfEmpty,
    /// Whether the numerator may pass the denominator.
    pub may_exceed: bool,
}

impl Proportional {
    fn is_below_floor(&self, ratio: &Exact) -> bool {
        self.floor.is_some_and(|floor| ratio < &Exact::from(floor))
    }
}

impl ScoringRule for Proportional {
    const KIND: &'static str = "proportional";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        let full_at = params.decimal("full_at").unwrap_or(Decimal::whole(1));
        let floor = params.decimal("floor");
        let below_floor = params.decimal("below_floor").unwrap_or(Decimal::ZERO);
        let if_empty = IfEmpty::read(params)?;
        let may_exceed = params.flag("may_exceed");
        Some(Self { full_at, floor, below_floor, if_empty, may_exceed })
    }

    fn write(&self, params: &mut Section) {
        params.text("full_at", self.full_at.to_string());
        if let Some(floor) = self.floor {
            params.text("floor", floor.to_string());
            params.text("below_floor", self.below_floor.to_string());
        }
        self.if_empty.write(params);
        if self.may_exceed {
            params.text("may_exceed", "true");
        }
    }

    fn check(&self, max: Decimal) -> Vec<String> {
        let mut wrong: Vec<String> = check_full_at(self.full_at, Decimal::whole(10)).into_iter().collect();
        if self.floor.is_some_and(|floor| floor > self.full_at || floor.is_negative()) {
            wrong.push("floor phải từ 0 đến full_at.".to_owned());
        }
        if self.below_floor > max || self.below_floor.is_negative() {
            wrong.push(format!("below_floor phải từ 0 đến điểm tối đa {}.", plain(max)));
        }
        wrong
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        parse_ratio(raw)
    }

    fn remarks(&self, answer: &Answer) -> Vec<AnswerFault> {
        if self.may_exceed { Vec::new() } else { remark_above_one(answer) }
    }

    fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome {
        let &Answer::Ratio { value, of } = answer else {
            return self.if_empty.outcome(setting.max);
        };
        let ratio = Exact::ratio(value, of).unwrap_or(Exact::ZERO);
        if self.is_below_floor(&ratio) {
            return Outcome::points(Exact::from(self.below_floor));
        }
        Outcome::points(scaled(&ratio, self.full_at, setting.max))
    }

    fn because(&self, setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        let &Answer::Ratio { value, of } = answer else {
            return empty_because("Mẫu số bằng 0, không phát sinh", self.if_empty);
        };
        let text = format!("{} / {}", plain(value), plain(of));
        let ratio = Exact::ratio(value, of).unwrap_or(Exact::ZERO);
        if self.is_below_floor(&ratio) {
            let floor = percent(&Exact::from(self.floor.unwrap_or_default()));
            return vec![format!("{text} = {} < {floor} → {} điểm", percent(&ratio), plain(self.below_floor))];
        }
        vec![scaled_because(&text, &ratio, self.full_at, setting.max)]
    }

    fn for_full(&self, _setting: &Setting<'_>, answer: &Answer) -> Option<String> {
        match answer {
            Answer::Ratio { value, of } if !of.is_zero() => Some(at_least(self.full_at, *value, *of)),
            _ => None,
        }
    }

    fn in_words(&self, max: Decimal) -> String {
        let mut words = if self.full_at == Decimal::whole(1) {
            format!("Điểm = tỷ lệ × {}", plain(max))
        } else {
            let target = percent(&Exact::from(self.full_at));
            format!("Đạt từ {target}: {} điểm; dưới đó tính theo tỷ lệ", plain(max))
        };
        if let Some(floor) = self.floor {
            words.push_str(&format!("; dưới {}: {} điểm", percent(&Exact::from(floor)), plain(self.below_floor)));
        }
        format!("{words}; không phát sinh: {}.", self.if_empty.in_words())
    }

    fn asks(&self) -> String {
        "value: tử số; of: mẫu số".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, fault, points, rule};

    #[test]
    fn ratio_times_maximum_with_floor_and_target() {
        let with_floor = rule("proportional", "full_at = 1\nfloor = 0.95\nbelow_floor = 0\nif_empty = not_applicable");
        assert_eq!(points(&with_floor, "2.5", "1960", "2000"), "2.45");
        assert_eq!(points(&with_floor, "2.5", "1890", "2000"), "0");
        assert_eq!(points(&with_floor, "2.5", "1900", "2000"), "2.375", "the floor itself is not below");
        assert_eq!(points(&with_floor, "2.5", "0", "0"), "na");
        let with_target = rule("proportional", "full_at = 0.5");
        assert_eq!(points(&with_target, "1.5", "320", "1000"), "0.96");
        assert_eq!(points(&with_target, "1.5", "700", "1000"), "1.5");
        assert_eq!(points(&with_target, "1.5", "0", "0"), "0");
    }

    #[test]
    fn traces_each_way() {
        let plain = rule("proportional", "full_at = 1");
        assert_eq!(answer(&plain, "20", "653", "654").1, ["653 / 654 × 20 = 19,969…"]);
        let with_target = rule("proportional", "full_at = 0.8\nfloor = 0.5");
        assert_eq!(
            answer(&with_target, "2", "636", "654").1,
            ["636 / 654 = 97,247…\u{a0}% ≥ 80\u{a0}% → điểm tối đa 2"]
        );
        assert_eq!(answer(&with_target, "2", "60", "100").1, ["60 / 100 ÷ 0,8 × 2 = 1,5"]);
        assert_eq!(
            answer(&with_target, "2", "1.890,5", "9000").1,
            ["1.890,5 / 9.000 = 21,005…\u{a0}% < 50\u{a0}% → 0 điểm"]
        );
    }

    #[test]
    fn refuses_what_is_no_ratio() {
        let rule = rule("proportional", "full_at = 1");
        assert_eq!(fault(&rule, "5", ""), "missing-of");
        assert_eq!(fault(&rule, "5", "0"), "zero-denominator");
        assert_eq!(fault(&rule, "-5", "7"), "negative");
        assert_eq!(fault(&rule, "năm", "7"), "not-a-number");
        assert_eq!(fault(&rule, "1.234", "2000"), "not-a-number");
        assert_eq!(fault(&rule, "1000000000000000000", "2000"), "not-a-number");
        assert_eq!(fault(&rule, "100000000000000000", "2000"), "too-large");
    }
}
