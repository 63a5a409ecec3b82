//! The table of days off: what it holds, and what it covers.

use std::collections::{BTreeMap, BTreeSet};

use cchc_text::table::{Row, Table};
use jiff::civil::Date;

use crate::day_off::{DayKind, DayOff, is_weekend};
use crate::read::COLUMNS;

/// The dated days off, sorted, each row once.
///
/// Built by [`DaysOff::from_table`]. All rows of one date agree on whether it is worked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaysOff {
    days: BTreeMap<Date, BTreeSet<DayOff>>,
    years: BTreeSet<i16>,
}

impl DaysOff {
    /// The days off of these rows; a row that contradicts an earlier one is left out.
    #[must_use]
    pub fn of(rows: impl IntoIterator<Item = DayOff>) -> Self {
        let mut days = Self::default();
        for row in rows {
            // What was read from a table has no contradictions.
            let _ = days.admit(row);
        }
        days
    }

    /// Whether people work on that day: the dated rows decide, else Monday to Friday.
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        self.on(date).next().map_or(!is_weekend(date), |row| row.kind.works())
    }

    /// The rows of that day: why it is off, or why it is worked.
    pub fn on(&self, date: Date) -> impl Iterator<Item = &DayOff> {
        self.days.get(&date).into_iter().flatten()
    }

    /// Whether the table knows the holidays of that year: at least one row of it is a public holiday.
    ///
    /// A swapped day alone doesn't count: the exchange for 5/1/2019 lies in 2018.
    #[must_use]
    pub fn covers(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// The years that the table covers, ascending.
    pub fn covered_years(&self) -> impl Iterator<Item = i16> {
        self.years.iter().copied()
    }

    /// Every row, by date; equal rows once.
    pub fn rows(&self) -> impl Iterator<Item = &DayOff> {
        self.days.values().flatten()
    }

    /// The same rows as a table, to be written back; reading it gives the same days off.
    #[must_use]
    pub fn to_table(&self, file: &str) -> Table {
        let rows = self.rows().zip(2_u64..).map(|(row, number)| Row { number, cells: row.cells().to_vec() }).collect();
        Table {
            file: file.to_owned(),
            sheet: String::new(),
            columns: COLUMNS.iter().map(|&column| column.to_owned()).collect(),
            rows,
        }
    }

    /// Takes a row in, unless the day's other rows say the opposite or it is there already.
    pub(crate) fn admit(&mut self, row: DayOff) -> Result<(), Refused> {
        let rows = self.days.entry(row.date).or_default();
        if let Some(other) = rows.iter().find(|other| other.kind.works() != row.kind.works()) {
            return Err(Refused::Contradicts(other.kind));
        }
        let year = row.date.year();
        let covers = matches!(row.kind, DayKind::Holiday | DayKind::HolidayOnWeekend);
        if !rows.insert(row) {
            return Err(Refused::Repeats);
        }
        if covers {
            self.years.insert(year);
        }
        Ok(())
    }
}

/// Why a row was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The very same row is there.
    Repeats,
    /// A row of this kind stands for the same day and says the opposite.
    Contradicts(DayKind),
}
