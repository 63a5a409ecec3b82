//! Appraisal: by criterion and by unit, pasted, as a workbook; who may, what is refused, what is told.

#[path = "../common/mod.rs"]
mod common;

mod boards;
mod explaining;
mod grids;
mod many;
mod pastes;
mod results;
mod stage;
