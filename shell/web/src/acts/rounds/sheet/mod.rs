//! `/dot-cham/{round}/phieu/{unit}`: the sheet of a unit.
//!
//! | file | has |
//! |---|---|
//! | `of.rs` | the sheet of an address, and what one may do with it |
//! | `page.rs` | what is shown |
//! | `parts.rs` | who answers which lines, and how far each is: handed over, gathered, given back |
//! | `record.rs` | what a body outside decided and asks, recorded with its document |
//! | `ministry.rs` | the sheet in the order of the form of whoever scores it |
//! | `evidence.rs` | files and documents that prove a line |
//! | `submit.rs` | proposing, giving back, handing in, the report |
//! | `workbook.rs` | the sheet as a workbook, taken away and brought back |
//! | `save.rs` | answers and notes, line by line or the whole form |

mod evidence;
mod ministry;
pub mod of;
mod page;
mod parts;
mod record;
mod save;
mod submit;
mod workbook;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::App;

/// Bytes of the form of a whole sheet at most: a hundred lines with long notes.
const WHOLE: usize = 4 * 1024 * 1024;

/// The addresses of sheets.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/dot-cham/{round}/phieu/{unit}", get(page::page).post(save::whole))
        .route("/dot-cham/{round}/phieu/{unit}/dong/{line}", post(save::line))
        .layer(DefaultBodyLimit::max(WHOLE))
        .merge(evidence::routes())
        .merge(ministry::routes())
        .merge(parts::routes())
        .merge(record::routes())
        .merge(submit::routes())
        .merge(workbook::routes())
}
