//! Bands (theo bậc): thresholds → points.
//!
//! Parameters: `value` = `ratio` (two counts) or `number` (one number); `bands`, rows of `from` and
//! `points` from high to low, closed below; `if_empty`, what a denominator of 0 gives; `may_exceed`.
//!
//! Example (pt-2026-so 3.4.1): 1985 of 2000 = 0.9925 ≥ 0.99 → 2. (vp-2021-so 6.4.2): 1 unit → 0.5.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{FieldValue, Reader, Section, set_decimal};
use crate::rule::share::{IfEmpty, at_least, empty_because, parse_ratio, remark_above_one};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::set::words;
use crate::trace::{percent, plain, short};

/// The first band whose threshold the value reaches gives its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// What is compared with the thresholds.
    pub value: BandValue,
    /// From high to low.
    pub bands: Vec<Band>,
    /// What a denominator of zero gives.
    pub if_empty: IfEmpty,
    /// Whether the numerator may pass the denominator.
    pub may_exceed: bool,
}

/// What is compared with the thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandValue {
    /// The ratio of two counts.
    Ratio,
    /// One number.
    Number,
}

/// One band, closed below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The lowest value in it.
    pub from: Decimal,
    /// What it gives.
    pub points: Decimal,
}

const VALUE: [(&str, BandValue); 2] = [("ratio", BandValue::Ratio), ("number", BandValue::Number)];

impl Bands {
    fn band(&self, value: &Exact) -> Option<&Band> {
        self.bands.iter().find(|band| value >= &Exact::from(band.from))
    }

    fn measured(answer: &Answer) -> Option<Exact> {
        match answer {
            Answer::Ratio { value, of } => Exact::ratio(*value, *of),
            Answer::Number(number) => Some(Exact::from(*number)),
            _ => None,
        }
    }

    fn threshold(&self, from: Decimal) -> String {
        match self.value {
            BandValue::Ratio => percent(&Exact::from(from)),
            BandValue::Number => plain(from),
        }
    }
}

impl ScoringRule for Bands {
    const KIND: &'static str = "bands";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        let value = params.word("value", &VALUE)?;
        let if_empty = IfEmpty::read(params)?;
        let may_exceed = params.flag("may_exceed");
        let rows = params.rows("bands");
        let mut bands = Vec::new();
        for (number, row) in (1_usize..).zip(&rows) {
            let get = |name: &str| {
                let text = row.iter().find(|(key, _)| key == name).map_or("", |(_, text)| text.trim());
                set_decimal(text)
            };
            let (Ok(from), Ok(points)) = (get("from"), get("points")) else {
                params.error("bands", "not-a-number", format!("«bands» dòng {number}: from và points phải là số."));
                continue;
            };
            bands.push(Band { from, points });
        }
        (!rows.is_empty() && bands.len() == rows.len()).then_some(Self { value, bands, if_empty, may_exceed })
    }

    fn write(&self, params: &mut Section) {
        params.text("value", words::of(&VALUE, self.value));
        let rows = self.bands.iter().map(|band| {
            vec![("from".to_owned(), band.from.to_string()), ("points".to_owned(), band.points.to_string())]
        });
        params.put("bands", FieldValue::Rows(rows.collect()));
        self.if_empty.write(params);
        if self.may_exceed {
            params.text("may_exceed", "true");
        }
    }

    fn check(&self, max: Decimal) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.bands.windows(2).any(|pair| matches!(pair, [high, low] if high.from <= low.from)) {
            wrong.push("các bậc phải xếp từ cao xuống thấp, không trùng ngưỡng.".to_owned());
        }
        if self.bands.iter().any(|band| band.points > max || band.points.is_negative()) {
            wrong.push(format!("điểm của bậc phải trong 0–{}.", plain(max)));
        }
        if self.bands.iter().map(|band| band.points).max() != Some(max) {
            wrong.push(format!("không bậc nào đạt điểm tối đa {}.", plain(max)));
        }
        wrong
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        match self.value {
            BandValue::Ratio => parse_ratio(raw),
            BandValue::Number => raw.number().map(Answer::Number),
        }
    }

    fn remarks(&self, answer: &Answer) -> Vec<AnswerFault> {
        if self.may_exceed { Vec::new() } else { remark_above_one(answer) }
    }

    fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome {
        let Some(value) = Self::measured(answer) else {
            return self.if_empty.outcome(setting.max);
        };
        self.band(&value).map_or(Outcome::ZERO, |band| Outcome::points(Exact::from(band.points)))
    }

    fn because(&self, _setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        let Some(value) = Self::measured(answer) else {
            return empty_because("Mẫu số bằng 0, không phát sinh", self.if_empty);
        };
        let text = match answer {
            Answer::Ratio { value: top, of } => format!("{} / {} = {}", plain(*top), plain(*of), percent(&value)),
            _ => short(&value),
        };
        match self.band(&value) {
            Some(band) => vec![format!("{text} ≥ {} → {} điểm", self.threshold(band.from), plain(band.points))],
            None => vec![format!("{text}: dưới mọi bậc → 0 điểm")],
        }
    }

    /// The band with the maximum is the first, or, where less is better, a lower one: then what must not be
    /// reached is the threshold above it.
    fn for_full(&self, setting: &Setting<'_>, answer: &Answer) -> Option<String> {
        let best = self.bands.iter().position(|band| band.points == setting.max)?;
        let above = best.checked_sub(1).and_then(|above| self.bands.get(above));
        match (above, answer) {
            (Some(above), _) => Some(format!("dưới {}", self.threshold(above.from))),
            (None, Answer::Ratio { value, of }) if !of.is_zero() => {
                Some(at_least(self.bands.get(best)?.from, *value, *of))
            }
            (None, _) => Some(format!("từ {}", self.threshold(self.bands.get(best)?.from))),
        }
    }

    fn in_words(&self, _max: Decimal) -> String {
        let bands: Vec<String> = self
            .bands
            .iter()
            .map(|band| format!("từ {}: {} điểm", self.threshold(band.from), plain(band.points)))
            .collect();
        let empty = match self.value {
            BandValue::Ratio => format!("; không phát sinh: {}", self.if_empty.in_words()),
            BandValue::Number => String::new(),
        };
        format!("Tính theo bậc, {}{empty}.", bands.join("; "))
    }

    fn asks(&self) -> String {
        match self.value {
            BandValue::Ratio => "value: tử số; of: mẫu số",
            BandValue::Number => "value: một số",
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, points, rule};

    const RATIO: &str = "value = ratio\nbands:\n  0.99 | 2\n  0.95 | 1\n  0 | 0\nif_empty = not_applicable";
    const NUMBER: &str = "value = number\nbands:\n  3 | 1\n  1 | 0.5\n  0 | 0";

    #[test]
    fn closed_below() {
        let ratio = rule("bands", RATIO);
        assert_eq!(points(&ratio, "2", "1985", "2000"), "2");
        assert_eq!(points(&ratio, "2", "99", "100"), "2");
        assert_eq!(points(&ratio, "2", "9899", "10000"), "1");
        assert_eq!(points(&ratio, "2", "1", "100"), "0");
        assert_eq!(points(&ratio, "2", "0", "0"), "na");
        let number = rule("bands", NUMBER);
        assert_eq!(points(&number, "1", "1", ""), "0.5");
        assert_eq!(points(&number, "1", "7", ""), "1");
    }

    #[test]
    fn traces_the_band() {
        let ratio = rule("bands", RATIO);
        assert_eq!(answer(&ratio, "2", "1985", "2000").1, ["1.985 / 2.000 = 99,25\u{a0}% ≥ 99\u{a0}% → 2 điểm"]);
        assert_eq!(answer(&rule("bands", NUMBER), "1", "2", "").1, ["2 ≥ 1 → 0,5 điểm"]);
    }

    #[test]
    fn bands_out_of_order_are_a_fault() {
        let odd = rule("bands", "value = number\nbands:\n  1 | 1\n  3 | 0.5");
        assert_eq!(odd.check("1".parse().unwrap()).len(), 1);
        assert_eq!(odd.check("2".parse().unwrap()).len(), 2);
    }
}
