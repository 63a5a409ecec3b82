//! A criteria set as a workbook that an officer edits: lossless both ways.
//!
//! | sheet | holds |
//! |---|---|
//! | Thông tin | the particulars: name, value, key |
//! | Tiêu chí | one row a node of the tree |
//! | Xếp loại, Nhóm đơn vị, Cơ quan thẩm định | one row an entry |
//! | Hướng dẫn | what each column and each rule takes; not read |
//!
//! It is the same [`cchc_index::form::SetForm`] as the TOML file; only the names differ: Vietnamese
//! ones are shown, and the keys of the TOML file are understood as well.

mod columns;
mod guide;
mod numeric;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub(crate) use numeric::numeric_cells;
pub use read::read_form;
pub use write::write;
