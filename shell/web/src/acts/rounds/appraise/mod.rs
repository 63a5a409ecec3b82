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

use cchc_access::Action;
use cchc_index::round::{Phase, Standing};

use self::desk::{Above, Desk};
use super::at::RoundAt;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::list::{Link, address};
use crate::pages::rounds::appraise::given::given_address;
use crate::pages::rounds::appraise::publish::publish_address;
use crate::pages::rounds::appraise::{council_address, criteria_address, explain_address};
use crate::pages::rounds::sheet::parts::OF_UNIT;
use crate::pages::rounds::sheet_address;
use crate::{App, upload};

/// The pages of appraisal to which the page of a round leads its visitor.
///
/// # Errors
/// What the store says.
pub async fn ways(with: &With, at: &RoundAt) -> Result<Vec<Link>, ErrorPage> {
    if at.round.standing == Standing::Planned {
        return Ok(Vec::new());
    }
    let mut ways = parts(with, at);
    if at.plan.outside.is_none() && Desk::of(with, at).await?.may_look().is_ok() {
        ways.push(Link::new("Thẩm định theo tiêu chí", criteria_address(&at.id)));
    }
    if at.round.phase().is_none_or(|phase| phase >= Phase::Explaining) {
        let above = Above::of(with);
        let shares =
            |unit: &str| at.plan.sharing(unit).into_iter().any(|sharing| above.may(with, Action::FillSheets, sharing));
        let own =
            at.plan.units.iter().filter(|unit| above.may(with, Action::FillSheets, &unit.code) || shares(&unit.code));
        ways.extend(
            own.map(|unit| Link::new(format!("Giải trình của {}", unit.name), explain_address(&at.id, &unit.code))),
        );
    }
    let organising = [
        (Action::RunRounds, "Nhập kết quả điều tra", given_address(&at.id)),
        (Action::DecideLines, "Hội đồng", council_address(&at.id)),
        (Action::PublishRounds, "Công bố", publish_address(&at.id)),
    ];
    for (action, label, href) in organising {
        // What a body outside decides is recorded at the sheet; no council of ours does.
        if at.plan.outside.is_some() && action == Action::DecideLines {
            continue;
        }
        if at.organising(with, action).await.is_ok() {
            ways.push(Link::new(label, href));
        }
    }
    Ok(ways)
}

/// The sheets of others in which the visitor answers lines.
fn parts(with: &With, at: &RoundAt) -> Vec<Link> {
    let above = Above::of(with);
    let mut ways = Vec::new();
    for scored in &at.plan.units {
        for unit in at.plan.sharing(&scored.code) {
            if above.may(with, Action::FillSheets, unit) {
                let href = address(&sheet_address(&at.id, &scored.code), &[(OF_UNIT, unit)]);
                ways.push(Link::new(format!("Phần việc trong phiếu của {}", scored.name), href));
            }
        }
    }
    ways
}

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
