//! Appraisal: by criterion and by unit, pasted, as a workbook; who may, what is refused, what is told.

#[path = "../common/mod.rs"]
mod common;

mod explaining;
mod grids;
mod pastes;
mod results;
mod stage;
