//! Series of figures that others publish of a province year by year: PAR Index, SIPAS, PAPI, PCI.
//!
//! Nothing here is computed: a figure is a row with its source. Which series there are, who publishes them and
//! which direction is better are rows as well.

mod difference;
mod read;

use cchc_text::Decimal;
use cchc_text::table::{Row, Table};

pub use difference::{figures_difference, list_difference};

use crate::Exact;

/// The columns of the table of series, in their order.
pub const LIST_COLUMNS: [&str; 9] = ["code", "title", "short", "publisher", "better", "unit", "low", "high", "source"];
/// The columns of the table of figures, in their order.
pub const FIGURE_COLUMNS: [&str; 10] =
    ["series", "area", "area_name", "year", "value", "unit", "rank", "of", "source", "confidence"];
/// How sure a figure may be. What none of these says is shown as unconfirmed.
pub const CONFIDENCES: [&str; 8] =
    ["verified", "high", "open-data", "corroborated", "press", "unconfirmed", "illustrative", "simulated"];

/// A series: what it measures, on which scale, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its code: `par-index`.
    pub code: String,
    /// What people call it: `Chỉ số cải cách hành chính cấp tỉnh (PAR Index)`.
    pub title: String,
    /// Its name where there is little room: `PAR Index`; may be empty.
    pub short: String,
    /// Who publishes it.
    pub publisher: String,
    /// Which direction is better.
    pub better: Better,
    /// What its values are counted in: `%`, `điểm`; may be empty.
    pub unit: String,
    /// The lowest value of the scale, where it has one.
    pub low: Option<Decimal>,
    /// The highest value of the scale, where it has one.
    pub high: Option<Decimal>,
    /// Where that was read.
    pub source: String,
}

/// Which direction of a series is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Better {
    /// More is better.
    #[default]
    Higher,
    /// Less is better.
    Lower,
}

/// What a series says of an area in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Code of the series.
    pub series: String,
    /// Code of the province, as it was in that year.
    pub area: String,
    /// Its name in that year, for areas that the units in use don't know; may be empty.
    pub area_name: String,
    /// The year that is measured.
    pub year: i16,
    /// The value.
    pub value: Decimal,
    /// What it is counted in, where it is not the unit of the series; may be empty.
    pub unit: String,
    /// Its rank among the areas, 1 is the best.
    pub rank: Option<u32>,
    /// How many were ranked.
    pub of: Option<u32>,
    /// Where it was read.
    pub source: String,
    /// How sure it is: one of [`CONFIDENCES`].
    pub confidence: String,
}

/// The series in the order of their file, each code once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeriesList(Vec<Series>);

/// Figures sorted by series, area, year, at most one of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures(Vec<Figure>);

impl Better {
    /// The word in the file: `higher`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }

    /// The word on a page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Higher => "càng cao càng tốt",
            Self::Lower => "càng thấp càng tốt",
        }
    }

    /// The direction of that word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Higher, Self::Lower].into_iter().find(|one| one.code() == code)
    }
}

impl Series {
    /// The row as text, in the order of [`LIST_COLUMNS`].
    #[must_use]
    pub fn cells(&self) -> [String; 9] {
        let bound = |bound: Option<Decimal>| bound.map(|bound| bound.to_string()).unwrap_or_default();
        [
            self.code.clone(),
            self.title.clone(),
            self.short.clone(),
            self.publisher.clone(),
            self.better.code().to_owned(),
            self.unit.clone(),
            bound(self.low),
            bound(self.high),
            self.source.clone(),
        ]
    }

    /// The name where there is little room.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.short.is_empty() { &self.title } else { &self.short }
    }

    /// Whether the change from one value to another is for the better; nothing where they are equal.
    #[must_use]
    pub fn improved(&self, from: Decimal, to: Decimal) -> Option<bool> {
        let change = &Exact::from(to) - &Exact::from(from);
        (!change.is_zero()).then(|| change.is_negative() == (self.better == Better::Lower))
    }
}

impl Figure {
    /// The row as text, in the order of [`FIGURE_COLUMNS`].
    #[must_use]
    pub fn cells(&self) -> [String; 10] {
        let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
        [
            self.series.clone(),
            self.area.clone(),
            self.area_name.clone(),
            self.year.to_string(),
            self.value.to_string(),
            self.unit.clone(),
            count(self.rank),
            count(self.of),
            self.source.clone(),
            self.confidence.clone(),
        ]
    }

    /// Whether it was made up: a reader must be told beside the number.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.confidence == "simulated"
    }

    fn key(&self) -> (&str, &str, i16) {
        (&self.series, &self.area, self.year)
    }
}

impl SeriesList {
    /// The series in the order of their file.
    #[must_use]
    pub fn all(&self) -> &[Series] {
        &self.0
    }

    /// The series of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Series> {
        self.0.iter().find(|series| series.code == code)
    }

    /// The same rows as a table, to be written back; reading it gives the same series.
    #[must_use]
    pub fn to_table(&self, file: &str) -> Table {
        table(file, &LIST_COLUMNS, self.0.iter().map(|series| series.cells().to_vec()))
    }
}

impl Figures {
    /// All figures, by series, area, year.
    #[must_use]
    pub fn all(&self) -> &[Figure] {
        &self.0
    }

    /// The figures of a series, by area and year.
    pub fn of(&self, series: &str) -> impl Iterator<Item = &Figure> {
        self.0.iter().filter(move |figure| figure.series == series)
    }

    /// These figures with those of another table; where both have one, the first stays.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        for other in others.0 {
            if let Err(place) = self.0.binary_search_by(|known| known.key().cmp(&other.key())) {
                self.0.insert(place, other);
            }
        }
        self
    }

    /// The same rows as a table, to be written back; reading it gives the same figures.
    #[must_use]
    pub fn to_table(&self, file: &str) -> Table {
        table(file, &FIGURE_COLUMNS, self.0.iter().map(|figure| figure.cells().to_vec()))
    }
}

fn table(file: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let rows = rows.zip(2_u64..).map(|(cells, number)| Row { number, cells }).collect();
    let columns = columns.iter().map(|&column| column.to_owned()).collect();
    Table { file: file.to_owned(), sheet: String::new(), columns, rows }
}

#[cfg(test)]
mod testing;
