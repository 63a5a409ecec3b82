//! What kinds that divide two counts have in common: the ratio, the target and the empty denominator.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::Outcome;
use crate::trace::{percent, plain, short};

/// What a denominator of zero gives (no case arose, no survey was held, nothing was published).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfEmpty {
    /// No points.
    Zero,
    /// All points.
    Full,
    /// The maximum leaves the total.
    NotApplicable,
}

/// The words of [`IfEmpty`] in set files; the first holds where nothing is said.
pub const IF_EMPTY: [(&str, IfEmpty); 3] =
    [("zero", IfEmpty::Zero), ("full", IfEmpty::Full), ("not_applicable", IfEmpty::NotApplicable)];

impl IfEmpty {
    /// Reads `if_empty`.
    pub fn read(params: &mut Reader<'_>) -> Option<Self> {
        params.word("if_empty", &IF_EMPTY)
    }

    /// Writes `if_empty`.
    pub fn write(self, params: &mut Section) {
        params.text("if_empty", crate::set::words::of(&IF_EMPTY, self));
    }

    /// The outcome.
    #[must_use]
    pub fn outcome(self, max: Decimal) -> Outcome {
        match self {
            Self::Zero => Outcome::ZERO,
            Self::Full => Outcome::points(Exact::from(max)),
            Self::NotApplicable => Outcome::NOT_APPLICABLE,
        }
    }

    /// The outcome in words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Zero => "0 điểm",
            Self::Full => "điểm tối đa",
            Self::NotApplicable => "không áp dụng",
        }
    }
}

/// Reads two counts; a denominator of zero is [`Answer::Empty`].
pub fn parse_ratio(raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
    let (value, of) = raw.ratio()?;
    if !of.is_zero() {
        return Ok(Answer::Ratio { value, of });
    }
    if value.is_zero() {
        return Ok(Answer::Empty);
    }
    Err(AnswerFault::new("zero-denominator", format!("Mẫu số bằng 0 mà tử số là {}.", value.vietnamese())))
}

/// The finding for a numerator above its denominator.
#[must_use]
pub fn remark_above_one(answer: &Answer) -> Vec<AnswerFault> {
    match answer {
        Answer::Ratio { value, of } if value > of => vec![AnswerFault::new(
            "value-above-of",
            format!("Tử số {} lớn hơn mẫu số {}.", value.vietnamese(), of.vietnamese()),
        )],
        _ => Vec::new(),
    }
}

/// ratio ÷ full_at × max, at most max.
#[must_use]
pub fn scaled(ratio: &Exact, full_at: Decimal, max: Decimal) -> Exact {
    let max = Exact::from(max);
    let share = ratio.over(&Exact::from(full_at)).unwrap_or(Exact::ZERO);
    (&share * &max).within(&Exact::ZERO, &max)
}

/// The working-out of [`scaled`], the ratio being written as `ratio_text`.
#[must_use]
pub fn scaled_because(ratio_text: &str, ratio: &Exact, full_at: Decimal, max: Decimal) -> String {
    let target = Exact::from(full_at);
    if full_at != Decimal::whole(1) && ratio >= &target {
        return format!("{ratio_text} = {} ≥ {} → điểm tối đa {}", percent(ratio), percent(&target), plain(max));
    }
    let divisor = if full_at == Decimal::whole(1) { String::new() } else { format!(" ÷ {}", plain(full_at)) };
    let whole = &ratio.over(&target).unwrap_or(Exact::ZERO) * &Exact::from(max);
    let capped = if whole > Exact::from(max) { format!(", tối đa {}", plain(max)) } else { String::new() };
    format!("{ratio_text}{divisor} × {} = {}{capped}", plain(max), short(&whole))
}

/// The smallest whole number that is not below a value.
#[must_use]
pub fn whole_above(value: &Exact) -> Exact {
    let cut = Exact::from_fraction(&value.cut(0)).unwrap_or(Exact::ZERO);
    if &cut < value { &cut + &Exact::ONE } else { cut }
}

/// How many of so many would reach a ratio, and how many are missing: `ít nhất 95 / 100, thêm 5`.
#[must_use]
pub fn at_least(ratio: Decimal, value: Decimal, of: Decimal) -> String {
    let needed = whole_above(&(&Exact::from(ratio) * &Exact::from(of)));
    let more = &needed - &Exact::from(value);
    format!("ít nhất {} / {}, thêm {}", short(&needed), plain(of), short(&more))
}

/// The sentence for an empty denominator.
#[must_use]
pub fn empty_because(what: &str, if_empty: IfEmpty) -> Vec<String> {
    vec![format!("{what} → {}", if_empty.in_words())]
}

/// What is wrong with a target ratio.
#[must_use]
pub fn check_full_at(full_at: Decimal, high: Decimal) -> Option<String> {
    let wrong = full_at.is_zero() || full_at.is_negative() || full_at > high;
    wrong.then(|| format!("full_at là {}, phải lớn hơn 0 và không quá {}.", full_at.vietnamese(), high.vietnamese()))
}
