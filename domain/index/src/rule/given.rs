//! Given (lấy theo kết quả đã công bố): a total taken over from another measurement.
//!
//! Parameters: `component`, whose total; `full_at`, the value that earns the maximum (the maximum
//! itself where nothing is said: the points are taken over as printed); `if_empty`, what it gives when
//! nothing was published (value `-`).
//!
//! Example (pt-2026-so 3.7, max 5, full_at 90): 79.27 → 79.27 ÷ 90 × 5 = 4.4038…; 93.10 → 5.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::share::{IfEmpty, check_full_at, empty_because};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::{plain, short};

/// A published value ÷ `full_at` × maximum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Whose total.
    pub component: String,
    /// The value that earns the maximum; none: the maximum itself.
    pub full_at: Option<Decimal>,
    /// What it gives when nothing was published.
    pub if_empty: IfEmpty,
}

impl Given {
    fn whole(&self, value: Decimal, max: Decimal) -> Exact {
        let max_points = Exact::from(max);
        let full_at = Exact::from(self.full_at.unwrap_or(max));
        let share = Exact::from(value).over(&full_at).unwrap_or(Exact::ZERO);
        &share * &max_points
    }
}

impl ScoringRule for Given {
    const KIND: &'static str = "given";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        let component = params.text("component");
        let full_at = params.decimal("full_at");
        Some(Self { component, full_at, if_empty: IfEmpty::read(params)? })
    }

    fn write(&self, params: &mut Section) {
        params.text("component", self.component.clone());
        if let Some(full_at) = self.full_at {
            params.text("full_at", full_at.to_string());
        }
        self.if_empty.write(params);
    }

    fn check(&self, _max: Decimal) -> Vec<String> {
        self.full_at.and_then(|full_at| check_full_at(full_at, Decimal::whole(1000))).into_iter().collect()
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        if raw.value == "-" && raw.of.is_empty() {
            return Ok(Answer::Empty);
        }
        raw.number().map(Answer::Number)
    }

    fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome {
        let &Answer::Number(value) = answer else {
            return self.if_empty.outcome(setting.max);
        };
        Outcome::points(self.whole(value, setting.max).within(&Exact::ZERO, &Exact::from(setting.max)))
    }

    fn because(&self, setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        let &Answer::Number(value) = answer else {
            return empty_because("Chưa có kết quả công bố", self.if_empty);
        };
        let max = setting.max;
        let whole = self.whole(value, max);
        let capped = if whole > Exact::from(max) { format!(", tối đa {}", plain(max)) } else { String::new() };
        match self.full_at {
            Some(full_at) if full_at != max => {
                vec![format!("{} ÷ {} × {} = {}{capped}", plain(value), plain(full_at), plain(max), short(&whole))]
            }
            _ => vec![format!("Lấy theo kết quả đã công bố: {}{capped}", plain(value))],
        }
    }

    fn in_words(&self, max: Decimal) -> String {
        let rule = match self.full_at {
            Some(full_at) if full_at != max => {
                format!("Kết quả công bố ÷ {} × {}, tối đa {}", plain(full_at), plain(max), plain(max))
            }
            _ => format!("Lấy điểm đã công bố, tối đa {}", plain(max)),
        };
        format!("{rule}; chưa công bố: {}.", self.if_empty.in_words())
    }

    fn asks(&self) -> String {
        "value: kết quả đã công bố (- nếu chưa công bố)".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, points, rule};

    #[test]
    fn scales_what_was_published() {
        let given = rule("given", "component = qd766-2022\nfull_at = 90\nif_empty = not_applicable");
        assert_eq!(points(&given, "5", "79.27", ""), "4.403889");
        assert_eq!(points(&given, "5", "93,10", ""), "5");
        assert_eq!(points(&given, "5", "-", ""), "na");
        assert_eq!(answer(&given, "5", "79.27", "").1, ["79,27 ÷ 90 × 5 = 4,403…"]);
        assert_eq!(answer(&given, "5", "93.10", "").1, ["93,1 ÷ 90 × 5 = 5,172…, tối đa 5"]);
    }

    #[test]
    fn takes_over_as_printed() {
        let given = rule("given", "component = sipas");
        assert_eq!(points(&given, "10", "9.56", ""), "9.56");
        assert_eq!(answer(&given, "10", "9.56", "").1, ["Lấy theo kết quả đã công bố: 9,56"]);
        assert_eq!(points(&given, "10", "-", ""), "0");
    }
}
