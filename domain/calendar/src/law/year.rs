//! The statutory days of one year, before anything is decided.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::law::{Law, LawRow, LawRule, Side};
use crate::lunar::LunarDate;

/// The days that one row gives in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statutory<'a> {
    /// The row.
    pub row: &'a LawRow,
    /// The days and what each is called, ascending.
    pub days: Vec<(Date, String)>,
    /// Whether a decision chooses the days each year; then these are what is to be expected.
    pub chosen: bool,
    /// Where the days lie that a decision may name instead, first and last.
    pub within: (Date, Date),
}

/// A decision moves the days of the lunar new year by no more than this.
const NEW_YEAR_REACH: i64 = 9;

impl Law {
    /// The days off of a year by the law in force on each of them.
    #[must_use]
    pub fn statutory(&self, year: i16) -> Vec<Statutory<'_>> {
        self.rows.iter().filter_map(|row| statutory(row, year)).collect()
    }
}

fn statutory(row: &LawRow, year: i16) -> Option<Statutory<'_>> {
    let anchor = anchor(row.rule, year).filter(|anchor| row.period.holds(*anchor))?;
    let shifted = |days: i64| anchor.checked_add(days.days()).ok();
    Some(match row.rule {
        LawRule::NewYear { last, first } => Statutory {
            row,
            days: (i64::from(last).saturating_neg()..i64::from(first))
                .filter_map(|offset| Some((shifted(offset)?, new_year_name(&row.name, offset))))
                .collect(),
            chosen: true,
            within: (shifted(NEW_YEAR_REACH.saturating_neg())?, shifted(NEW_YEAR_REACH)?),
        },
        LawRule::Beside { default, .. } => {
            let offset = match default {
                Side::Before => -1,
                Side::After => 1,
            };
            let days = vec![(shifted(offset)?, row.name.clone())];
            Statutory { row, days, chosen: true, within: (shifted(-1)?, shifted(1)?) }
        }
        _ => Statutory { row, days: vec![(anchor, row.name.clone())], chosen: false, within: (anchor, anchor) },
    })
}

/// The day that a rule turns around, in that year.
fn anchor(rule: LawRule, year: i16) -> Option<Date> {
    match rule {
        LawRule::Solar { month, day } | LawRule::Beside { month, day, .. } => Date::new(year, month, day).ok(),
        LawRule::Lunar { month, day } => LunarDate { year, month, leap: false, day }.to_day(),
        LawRule::NewYear { .. } => LunarDate::new_year(year),
        LawRule::Compensation | LawRule::DayLength { .. } => None,
    }
}

/// `Tết Nguyên đán (mùng 1)`.
fn new_year_name(name: &str, offset: i64) -> String {
    match offset {
        -1 => format!("{name} (ngày cuối năm âm lịch)"),
        ..-1 => format!("{name} ({} ngày trước mùng 1)", offset.unsigned_abs()),
        _ => format!("{name} (mùng {})", offset.saturating_add(1)),
    }
}
