//! How the server is doing, and jobs that were given up tried again.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use cchc_access::{Action, Resource};
use cchc_store::jobs::Job;
use cchc_store::standing::Standing;
use cchc_text::number::vietnamese;

use super::with::{With, fresh};
use super::words::minute;
use crate::App;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::pages::system::{ADDRESS, Facts, JobRow, System, SystemPage, job as what, size};

/// Jobs that are shown.
const OPEN: u32 = 100;
/// Jobs that are shown of those done last.
const DONE: u32 = 10;

/// The addresses below `/he-thong`.
pub fn routes() -> Router<App> {
    Router::new().route(ADDRESS, get(page)).route("/he-thong/viec/{id}/thu-lai", post(retry))
}

/// The page.
pub async fn page(with: With) -> Result<Response, ErrorPage> {
    with.grant(Action::ManageSystem, &Resource::system())?;
    let store = with.store();
    let (position, hash) = store.log_end().await?;
    let standing = store.standing().await?;
    let open = store.job_list(OPEN).await?.into_iter().filter(|job| job.done_at.0 == 0);
    let system = System {
        facts: facts(&with, &standing, position),
        anchor: if position > 0 { format!("{position}:{hash}") } else { String::new() },
        open: open.map(|job| shown(&with, job)).collect(),
        open_total: standing.jobs_open,
        done: store.job_recent(DONE).await?.into_iter().map(|job| shown(&with, job)).collect(),
    };
    Ok(render(&SystemPage::new(&with, system, &fresh()))?.into_response())
}

fn facts(with: &With, standing: &Standing, position: u64) -> Facts {
    let count = |number: u64| vietnamese(&number.to_string());
    let engine = if with.store().is_postgres() { "PostgreSQL" } else { "SQLite" };
    let mut facts = vec![
        ("Sổ cái", format!("{} dòng", count(position))),
        ("Cơ sở dữ liệu", format!("{engine}, {}, lược đồ số {}", size(standing.database), standing.schema)),
        ("Tệp đã lưu", format!("{} tệp, {}", count(standing.files), size(standing.files_size))),
        ("Việc chưa xong", count(standing.jobs_open)),
        ("Việc đã dừng vì lỗi", count(standing.jobs_given_up)),
        ("Phiên bản chương trình", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    if standing.events_waiting > 0 {
        facts.insert(1, ("Đang chờ vào sổ cái", format!("{} dòng", count(standing.events_waiting))));
    }
    facts
}

fn shown(with: &With, job: Job) -> JobRow {
    let (standing, class) = match &job {
        job if job.done_at.0 > 0 => ("xong", "ok"),
        job if job.is_given_up() => ("đã dừng", "late"),
        job if job.leased_until > with.now => ("đang làm", "part"),
        job if !job.error.is_empty() => ("sẽ thử lại", "ask"),
        _ => ("đang chờ", "no"),
    };
    JobRow {
        what: what(&job.kind).to_owned(),
        at: minute(if job.done_at.0 > 0 { job.done_at } else { job.due_at }),
        standing,
        class,
        progress: job.progress,
        attempts: job.attempts,
        is_given_up: job.is_given_up(),
        error: job.error,
        id: job.id,
    }
}

/// Has a job that was given up tried again.
pub async fn retry(with: With, Path(id): Path<String>) -> Result<Redirect, ErrorPage> {
    with.grant(Action::ManageSystem, &Resource::system())?;
    if with.store().job_find(&id).await?.is_none() {
        return Err(ErrorPage::not_found("Không có việc này").way("Hệ thống", ADDRESS));
    }
    // One that is on its way again already needs nothing more.
    with.store().job_retry(&id).await?;
    Ok(Redirect::to(ADDRESS))
}
