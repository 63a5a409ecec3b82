//! A result package: everything that is needed to recompute a published ranking, and the result.
//!
//! One package holds one criteria set, the inputs of its units, the days off that were used, what was
//! published elsewhere for comparison, and the result. Anyone can recompute it without a connection.
//!
//! As a file it is a zip archive of texts, written byte for byte the same each time:
//!
//! | part | what |
//! |---|---|
//! | `DOC-TOI.txt` | what this is and how to check it, for a person |
//! | `manifest.json` | format, program, particulars, BLAKE3 of every other part |
//! | `set.toml` | the criteria set |
//! | `input.csv` | the answers of all units, by unit code and in the order of the set |
//! | `days-off.csv` | the days off that moved due dates |
//! | `published.csv` | figures that were published elsewhere, where there are any |
//! | `result.json` | every point as an exact fraction: what is recomputed and compared |
//! | `result.csv` | the ranking, for a spreadsheet |
//!
//! The archive's comment is the seal: `b3:` and the BLAKE3 of all bytes of the file before it.

mod archive;
mod compare;
mod difference;
mod error;
mod manifest;
mod parts;
mod read;
mod readme;
mod result_file;
#[cfg(test)]
pub(crate) mod sample;
mod seal;
#[cfg(test)]
mod tests;
mod write;

use cchc_calendar::DaysOff;
use cchc_index::{CriteriaSet, Inputs, Scored, score};
use cchc_text::Decimal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use difference::Difference;
pub use error::PackageError;
pub use read::{Verified, limits, read};
pub use seal::{grouped, hash, short};
pub use write::write;

/// The version of the file's format; a later one is refused.
pub const FORMAT: u32 = 1;

/// A package in memory: what goes in, and the result computed from it.
#[derive(Debug, Clone)]
pub struct Package {
    /// What it is and who stands for it.
    pub about: About,
    /// The criteria set.
    pub set: CriteriaSet,
    /// The answers of all units.
    pub inputs: Inputs,
    /// The days off that moved due dates.
    pub days_off: DaysOff,
    /// Figures that were published elsewhere and stand beside the recomputed ones.
    pub published: Vec<PublishedFigure>,
    /// The result, computed from the four above.
    pub scored: Scored,
}

/// The particulars of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// Short name in addresses: `vinh-phuc-2021-huyen`.
    pub id: String,
    /// Title in Vietnamese.
    pub title: String,
    /// Packages of one round stand together: `vinh-phuc-2021`; empty where it stands alone.
    pub series: String,
    /// Who publishes.
    pub organiser: String,
    /// Number and symbol of the decision; empty where there is none.
    pub decision: String,
    /// The day of publication.
    pub published_on: Option<Date>,
    /// The day on which units are looked up by their codes; none: codes of another register.
    pub units_as_of: Option<Date>,
    /// Whether the numbers are invented for the demonstration ("mô phỏng").
    pub simulated: bool,
    /// Whether only some lines are known: then no total, class or rank is computed from them.
    pub partial: bool,
    /// A remark for the reader.
    pub note: String,
    /// Where the figures were read.
    pub source: String,
}

/// A figure that was published elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFigure {
    /// Code of the unit.
    pub unit: String,
    /// Code of the criterion or group; empty for the total.
    pub criterion: String,
    /// What the figure is called where it was published.
    pub label: String,
    /// Points as printed.
    pub points: Option<Decimal>,
    /// The class as printed; empty where none was.
    pub class: String,
}

impl Package {
    /// Computes the result and puts everything together.
    #[must_use]
    pub fn build(
        about: About,
        set: CriteriaSet,
        inputs: Inputs,
        days_off: DaysOff,
        published: Vec<PublishedFigure>,
    ) -> Self {
        let scored = score(&set, &inputs, &days_off);
        Self { about, set, inputs, days_off, published, scored }
    }

    /// The published figure of a unit: for a criterion or group code, or for the total (empty code).
    #[must_use]
    pub fn published_figure(&self, unit: &str, criterion: &str) -> Option<&PublishedFigure> {
        self.published.iter().find(|figure| figure.unit == unit && figure.criterion == criterion)
    }
}
