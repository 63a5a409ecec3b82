//! The content of rules: from an uploaded file to the one written form that is stored, and back.
//!
//! | kind | written form |
//! |---|---|
//! | units, departments | CSV, the columns in their order, rows as in the file, days as `2025-07-01` |
//! | days off | CSV, by day |
//! | series | CSV, rows as in the file |
//! | figures of series | CSV, by series, area, year, with a decimal dot |
//! | criteria set | TOML, as [`cchc_index::toml_form::write`] gives it |
//!
//! Equal content gives equal bytes, so that its hash names it.

mod columns;
mod content;
mod correct;
mod kind;
mod read;
mod series;
#[cfg(test)]
mod tests;

pub use content::{Content, criteria_set, days_off, difference, registry, tables};
pub use correct::{RowKey, correct};
pub use kind::RuleKind;
pub use read::{Upload, read};
pub use series::{figures, series_list};
