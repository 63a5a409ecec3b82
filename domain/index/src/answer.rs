//! What a unit answered at one criterion, read once and then only counted with.

use cchc_text::Decimal;
use jiff::civil::Date;

/// An answer, as the rule of its criterion understands it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Answer {
    /// Nothing was reported: zero points and a finding.
    #[default]
    NotReported,
    /// "Không áp dụng": its maximum leaves the total.
    NotApplicable,
    /// One count or one decimal.
    Number(Decimal),
    /// Two counts: numerator and denominator.
    Ratio {
        /// Numerator.
        value: Decimal,
        /// Denominator; zero means that there was nothing to count.
        of: Decimal,
    },
    /// Positions of the options or levels chosen.
    Chosen(Vec<u16>),
    /// One date for each due date; none: not done.
    Dates(Vec<Option<Date>>),
    /// Points that an appraiser or the council fixed, whatever the rule would give.
    Decided(Decimal),
    /// No survey was held, no total was published: the rule's `if_empty` holds.
    Empty,
}

/// The texts of one row, before the rule has read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawAnswer<'a> {
    /// Column `value`.
    pub value: &'a str,
    /// Column `of`.
    pub of: &'a str,
}

/// Why a rule could not read an answer; the text is Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerFault {
    /// A stable name: `not-a-number`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}

/// The largest count that is taken: nothing that a province counts comes near it.
const COUNT_LIMIT: Decimal = Decimal::whole(1_000_000_000_000);

impl AnswerFault {
    /// A fault with its name and message.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl RawAnswer<'_> {
    /// One decimal of zero or more, within bounds; `of` must be empty.
    pub fn number(&self) -> Result<Decimal, AnswerFault> {
        if !self.of.is_empty() {
            return Err(AnswerFault::new(
                "unexpected-of",
                format!("Cột of có «{}» nhưng tiêu chí này chỉ nhận một số.", self.of),
            ));
        }
        amount("value", self.value)
    }

    /// One whole count of zero or more.
    pub fn count(&self) -> Result<Decimal, AnswerFault> {
        let number = self.number()?;
        if number.scale() > 0 {
            return Err(AnswerFault::new("not-whole", format!("«{}» phải là số nguyên.", self.value)));
        }
        Ok(number)
    }

    /// Two amounts of zero or more.
    pub fn ratio(&self) -> Result<(Decimal, Decimal), AnswerFault> {
        if self.of.is_empty() {
            return Err(AnswerFault::new("missing-of", "Thiếu mẫu số (cột of): tiêu chí này cần hai số.".to_owned()));
        }
        Ok((amount("value", self.value)?, amount("of", self.of)?))
    }

    /// The parts between semicolons, trimmed.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.value.split(';').map(str::trim)
    }
}

fn amount(column: &str, text: &str) -> Result<Decimal, AnswerFault> {
    let value = cchc_text::number::parse(text)
        .map_err(|error| AnswerFault::new("not-a-number", format!("Cột {column} có «{text}»: {error}.")))?;
    if value.is_negative() {
        return Err(AnswerFault::new("negative", format!("Cột {column} có «{text}»: không được âm.")));
    }
    if value > COUNT_LIMIT {
        let limit = COUNT_LIMIT.vietnamese();
        return Err(AnswerFault::new("too-large", format!("Cột {column} có «{text}»: lớn quá mức có thể ({limit}).")));
    }
    Ok(value)
}
