//! Appraisal: by criterion across all units, by unit, by the council.
//!
//! | file | has |
//! |---|---|
//! | `desk.rs` | what a visitor may see and decide |
//! | `cells.rs` | one criterion of one unit, with everything a decision needs |
//! | `shown.rs` | a cell as a row |
//! | `filter.rs` | what narrows the rows, what may be accepted at once |
//! | `deciding.rs` | decisions as a form sends them, and what became of each |
//! | `criteria.rs` | the criteria with how far each is |
//! | `grid.rs` | one criterion of all units |
//! | `unit.rs` | all criteria of one unit |
//! | `explain.rs` | what a unit says to the first appraisal |
//! | `given.rs` | values that units don't report |
//! | `council.rs` | what is disputed, the council's conclusions and minutes |
//! | `publish.rs` | the result as it would be published, and publishing it |
//! | `pasted.rs`, `paste.rs` | a column from Excel, a workbook: shown before it is recorded |

mod cells;
mod council;
mod criteria;
mod deciding;
mod desk;
mod explain;
mod filter;
mod given;
mod grid;
mod paste;
mod pasted;
mod publish;
mod shown;
mod unit;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::error::ErrorPage;
use crate::{App, upload};

/// What is said where a file can't be written: a fault of the program.
fn unwritten(error: &cchc_papers::WriteError) -> ErrorPage {
    tracing::error!(%error, "a file of a round");
    ErrorPage::internal()
}

/// Bytes of a form of 200 rows with reasons, or of a pasted table of 200 × 100 cells.
const LARGE: usize = 4 * 1024 * 1024;

/// The addresses of appraisal.
pub fn routes() -> Router<App> {
    let large = || DefaultBodyLimit::max(LARGE);
    let files = || DefaultBodyLimit::max(upload::PATIENCE);
    Router::new()
        .route("/dot-cham/{round}/tieu-chi", get(criteria::page))
        .route("/dot-cham/{round}/tieu-chi/{line}", get(grid::page).merge(post(grid::decide).layer(large())))
        .route("/dot-cham/{round}/tieu-chi/{line}/dan", post(paste::paste).layer(large()))
        .route("/dot-cham/{round}/tieu-chi/{line}/tep", post(paste::file).layer(files()))
        .route("/dot-cham/{round}/tieu-chi/{line}/bang.xlsx", get(paste::workbook))
        .route("/dot-cham/{round}/tham-dinh/{unit}", get(unit::page).merge(post(unit::decide).layer(large())))
        .route("/dot-cham/{round}/tham-dinh/{unit}/con-lai", post(unit::accept_rest))
        .route("/dot-cham/{round}/nhap-ket-qua", get(given::page).merge(post(given::look).layer(files())))
        .route("/dot-cham/{round}/nhap-ket-qua/ap-dung", post(given::apply).layer(large()))
        .route("/dot-cham/{round}/nhap-ket-qua/mau.csv", get(given::template))
        .route("/dot-cham/{round}/hoi-dong", get(council::page).merge(post(council::decide).layer(large())))
        .route("/dot-cham/{round}/hoi-dong/bien-ban.docx", get(council::minutes))
        .route("/dot-cham/{round}/cong-bo", get(publish::page).post(publish::publish))
        .route("/dot-cham/{round}/giai-trinh/{unit}", get(explain::page).merge(post(explain::explain).layer(large())))
}
