//! `/dot-cham`: rounds, the sheets in them, appraisal, the council, publication.
//!
//! | file | has |
//! |---|---|
//! | `appraise/` | appraisal, the council, publication |
//! | `at.rs` | the round of an address, its sets, and what one may do in it |
//! | `list.rs` | the rounds |
//! | `run/` | planning and running it |
//! | `sheet/` | the sheet of a unit |

mod appraise;
pub mod at;
pub mod list;
mod run;
pub mod sheet;

use axum::Router;
use axum::routing::get;

use crate::App;
use crate::pages::rounds::ADDRESS;

/// The addresses below `/dot-cham`.
pub fn routes() -> Router<App> {
    Router::new()
        .route(ADDRESS, get(list::page))
        .route("/dot-cham/{round}", get(run::board))
        .merge(appraise::routes())
        .merge(run::routes())
        .merge(sheet::routes())
}
