//! Running a round: `/dot-cham/moi`, its plan, its board, what its coordinator does.
//!
//! | file | has |
//! |---|---|
//! | `offer.rs` | what a plan can be made of |
//! | `asking.rs` | a form about a round: carried out, shown again |
//! | `new.rs` | a round is planned |
//! | `board.rs` | its page: the board, or what a unit sees |
//! | `agencies.rs` | which lines agencies appraise, and how far they are |
//! | `lead.rs` | the next phase, more time, reopening, mergers |
//! | `urge.rs` | units are reminded |
//! | `threads.rs` | questions and answers |
//! | `plan.rs` | the plan, changed part by part, opened |

mod agencies;
mod asking;
mod board;
mod lead;
mod new;
mod offer;
mod plan;
mod threads;
mod urge;

use axum::Router;
use axum::routing::{get, post};

pub use board::page as board;

use crate::App;
use crate::pages::rounds::run::new::NEW;

/// The addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(NEW, get(new::form).post(new::take))
        .route("/dot-cham/{round}/ke-hoach", get(plan::page))
        .route("/dot-cham/{round}/ke-hoach/{part}", get(plan::part).post(plan::change))
        .route("/dot-cham/{round}/mo", post(plan::open))
        .route("/dot-cham/{round}/nhac", get(urge::form).post(urge::take))
        .route("/dot-cham/{round}/hoi-dap", get(threads::all))
        .route("/dot-cham/{round}/hoi-dap/{line}", get(threads::one).post(threads::ask))
        .route("/dot-cham/{round}/hoi-dap/{line}/tra-loi", post(threads::answer))
        .route("/dot-cham/{round}/viec/{act}", get(lead::form).post(lead::take))
}
