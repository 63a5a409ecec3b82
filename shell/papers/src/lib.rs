//! What comes in and leaves as a file. Pure functions over bytes: the caller reads and writes them.
//!
//! | to | use |
//! |---|---|
//! | read CSV and XLSX with a header | [`read_tables`] |
//! | read them cell by cell | [`read_grids`], [`Grid`] |
//! | know why nothing could be read | [`ReadError`] |
//! | bound what is read | [`Limits`] |
//! | convert TCVN3 and VNI, once somebody agreed | [`OldText`] |
//! | write CSV | [`write_csv`], [`write_csv_for_excel`] |
//! | put a result together, write, read and verify it | [`package`] |
//! | make the package of a round out of its sheets | [`round_package()`] |
//! | write results for programs | [`results_json`], [`results_csv`] |
//! | write the annex of a decision, the score sheet of a unit | [`annex_docx`], [`unit_docx`] |
//! | say what is not real or not official | [`marks`](marks::marks) |
//! | read and check a criteria set, TOML or XLSX | [`set_file`] |
//! | write it as a workbook to edit | [`set_xlsx`] |
//! | read and write inputs, make templates for them | [`input_file`] |
//! | take the sheet of a unit away and bring it back | [`sheet_xlsx`] |
//! | take one criterion of all units away and bring its decisions back | [`appraisal_xlsx`] |
//! | read the content of a rule, compare and correct it | [`rule_file`] |
//! | enter many people at once, hand out their first passwords | [`accounts`] |
//! | write the history, the people, any long list | [`history_xlsx`], [`people_xlsx`], [`list_xlsx`] |
//! | write the record of a handover | [`handover`] |
//! | write the minutes of the council | [`council_minutes`] |
//! | write the self-score report of a unit | [`self_report`] |
//! | write a sheet in the order of the form of whoever scores it from outside | [`ministry_form`] |
//! | know why nothing could be written | [`WriteError`] |
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

mod asks;
mod clean;
mod docx;
mod error;
mod grid;
mod limits;
mod log;
mod look;
mod old_encoding;
mod read;
mod signature;
mod text;
mod write_csv;
mod write_error;
mod xlsx;
mod zipped;

pub use error::ReadError;
pub use grid::Grid;
pub use limits::Limits;
pub use old_encoding::OldText;
pub use read::{read_grids, read_tables};
pub use round_package::{Particulars, round_package, together};
pub use write_csv::{write_csv, write_csv_for_excel};
pub use write_error::WriteError;

pub mod accounts;
pub mod annex_docx;
pub mod appraisal_xlsx;
pub mod council_minutes;
pub mod handover;
pub mod history_xlsx;
pub mod input_file;
pub mod list_xlsx;
pub mod marks;
pub mod media;
pub mod ministry_form;
pub mod package;
pub mod pdf_signer;
pub mod people_xlsx;
pub mod results_csv;
pub mod results_json;
pub mod results_xlsx;
pub mod round_package;
pub mod rule_file;
pub mod self_report;
pub mod set_file;
pub mod set_xlsx;
pub mod sheet_xlsx;
pub mod unit_docx;
