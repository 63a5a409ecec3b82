//! The history as a workbook: at once where it is short, as a job where it is long.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::Action;
use cchc_ledger::{Hash, PersonId};
use cchc_papers::WriteError;
use cchc_papers::history_xlsx::{HistoryRow as Line, HistoryWriter};
use cchc_store::history::{HistoryFilter, HistoryOrder, HistoryRow};
use cchc_store::jobs::Job;
use cchc_store::list::Place;
use cchc_store::people::Notice;
use cchc_text::date::vietnamese;
use serde::{Deserialize, Serialize};

use super::names::Names;
use super::{With, asked, given};
use crate::App;
use crate::acts::with::{fresh, request};
use crate::error::ErrorPage;
use crate::form::{FormView, REQUEST, Sent};
use crate::frame::render;
use crate::pages::download::{XLSX, download};
use crate::pages::history::export::{ExportPage, Standing};
use crate::pages::history::{ADDRESS, words};
use crate::session;

/// The job that writes a long history to a file.
pub const EXPORT: &str = "export-history";
/// What a person waits for has at most so many rows.
pub const AT_ONCE: u64 = 50_000;
/// Where a long history is offered as a job.
pub const OFFER: &str = "/so-cai/xuat";
/// The name of the file.
const NAME: &str = "so-cai.xlsx";

/// What the job knows: who asked, for what; then the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Order {
    person: String,
    asked: Vec<(String, String)>,
    file: Option<Hash>,
    rows: u64,
}

/// A short history as a file; a long one is offered as a job.
pub async fn file(with: With, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    let wanted = wanted(&with, &sent).await?;
    let mut writing = Writing::new(&with, &sent)?;
    let mut rows = with.store().history_export(wanted);
    loop {
        let some = rows.next().await?;
        if some.is_empty() {
            break;
        }
        writing.push(&with, &some).await?;
        if writing.rows > AT_ONCE {
            return offered(&with, &sent);
        }
    }
    Ok(download(NAME, XLSX, writing.finish().await?))
}

/// The offer of a long history as a job.
pub async fn offer(with: With, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    wanted(&with, &sent).await?;
    offered(&with, &sent)
}

fn offered(with: &With, sent: &Sent) -> Result<Response, ErrorPage> {
    let mut form = FormView::new(OFFER, fresh(), "Ghi tệp ở nền");
    form.hidden = hidden(sent);
    Ok(render(&ExportPage::new(with, Standing::Offered(form)))?.into_response())
}

/// What was asked for, once more, in a form that is sent.
fn hidden(sent: &Sent) -> Vec<(&'static str, String)> {
    let names = ["loai", "chuoi", "nguoi", "don-vi", "tu", "den", "nhap-bu"];
    let value = |name| (name, sent.text(name).to_owned());
    names.into_iter().map(value).filter(|(_, value)| !value.is_empty()).collect()
}

/// What is to be exported: as far as the viewer may export, not only see.
async fn wanted(with: &With, sent: &Sent) -> Result<HistoryFilter, ErrorPage> {
    with.principal(Action::ExportHistory)?;
    if !with.visitor.may(Action::ExportHistory, with.today) {
        with.grant(Action::ExportHistory, &cchc_access::Resource::system())?;
    }
    let (_, wanted) = asked::read(with, sent, Action::ExportHistory).await?;
    wanted.ok_or_else(|| ErrorPage::unusable("Điều kiện lọc chưa đúng").way("Sửa điều kiện lọc", ADDRESS))
}

/// Has a long history written as a job.
pub async fn queue(with: With, Form(sent): Form<Sent>) -> Result<Redirect, ErrorPage> {
    wanted(&with, &sent).await?;
    let person = with.principal(Action::ExportHistory)?.person.0.clone();
    let asked = given(&sent).into_iter().filter(|(name, _)| *name != REQUEST);
    let asked = asked.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let order = Order { person: person.clone(), asked, ..Order::default() };
    let asked_by = format!("{person}/{}", request(&sent).0);
    let id = with.store().job_add(EXPORT, &asked_by, written(&order)?).await?;
    Ok(Redirect::to(&address(&id)))
}

fn written(order: &Order) -> Result<Vec<u8>, ErrorPage> {
    serde_json::to_vec(order).map_err(|_| ErrorPage::internal())
}

fn address(id: &str) -> String {
    format!("{ADDRESS}/xuat/{id}")
}

/// The viewer's own job of that id.
async fn own(with: &With, id: &str) -> Result<(Job, Order), ErrorPage> {
    let person = with.principal(Action::ExportHistory)?.person.as_str();
    let nothing = || ErrorPage::not_found("Không có tệp xuất này").way("Sổ cái", ADDRESS);
    let job = with.store().job_find(id).await?.filter(|job| job.kind == EXPORT).ok_or_else(nothing)?;
    let order: Order = serde_json::from_slice(&job.payload).map_err(|_| nothing())?;
    // Somebody else's is as if it were not there.
    if order.person == person { Ok((job, order)) } else { Err(nothing()) }
}

/// How far the file is.
pub async fn progress(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let (job, order) = own(&with, &id).await?;
    let standing = match order.file {
        Some(hash) => Standing::Done {
            rows: cchc_text::number::vietnamese(&order.rows.to_string()),
            hash: hash.to_string(),
            href: format!("{}/tep", address(&id)),
        },
        None if job.error.is_empty() => Standing::Working(job.progress),
        None => Standing::Failing(job.error),
    };
    Ok(render(&ExportPage::new(&with, standing))?.into_response())
}

/// The file.
pub async fn take(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let (_, order) = own(&with, &id).await?;
    // Whoever may not export any more does not get what he had written when he could.
    wanted(&with, &Sent(order.asked)).await?;
    let hash = order.file.ok_or_else(|| ErrorPage::not_found("Tệp chưa xong").way("Xem tiến độ", address(&id)))?;
    Ok(download(NAME, XLSX, with.store().file_get(&hash).await?))
}

/// Does the job: writes the file as whoever asked may export it now, keeps it by its content, tells him.
///
/// # Errors
/// A sentence for the job; it is then tried again.
pub async fn run(app: &App, job: &mut Job) -> Result<(), String> {
    let mut order: Order = serde_json::from_slice(&job.payload).map_err(|error| error.to_string())?;
    if order.file.is_none() {
        let (hash, rows) = write(app, job, &order).await.map_err(|error| sentence(&error))?;
        (order.file, order.rows) = (Some(hash), rows);
        job.payload = serde_json::to_vec(&order).map_err(|error| error.to_string())?;
    }
    let notice = Notice {
        to: PersonId::from(order.person.as_str()),
        kind: EXPORT.to_owned(),
        text: format!("Tệp xuất sổ cái đã xong: {} dòng.", cchc_text::number::vietnamese(&order.rows.to_string())),
        link: address(&job.id),
    };
    let cause = Hash::of(job.id.as_bytes());
    app.store().notice_put(&cause, notice, "").await.map(|_| ()).map_err(|error| error.to_string())
}

fn sentence(error: &ErrorPage) -> String {
    std::iter::once(error.title.as_str()).chain(error.because.iter().map(String::as_str)).collect::<Vec<_>>().join(". ")
}

async fn write(app: &App, job: &mut Job, order: &Order) -> Result<(Hash, u64), ErrorPage> {
    let mut site = app.site();
    let person = PersonId::from(order.person.as_str());
    site.visitor = session::of_person(app, &site, &person).await?.unwrap_or_default();
    let with = With { app: app.clone(), site: std::sync::Arc::new(site) };
    let sent = Sent(order.asked.clone());
    let wanted = wanted(&with, &sent).await?;
    let span = span(&with, &wanted).await?;
    let mut writing = Writing::new(&with, &sent)?;
    let mut rows = with.store().history_export(wanted);
    loop {
        let some = rows.next().await?;
        let Some(last) = some.last() else { break };
        let percent = span.percent(last.recorded_at.0);
        writing.push(&with, &some).await?;
        // The lease is kept as long as rows come; written now and then, not for each thousand rows.
        if percent > job.progress || writing.rows.is_multiple_of(50_000) {
            with.store().job_progress(job, percent.min(99)).await?;
        }
    }
    let rows = writing.rows;
    let file = with.store().file_put(NAME, writing.finish().await?).await?;
    Ok((file.hash, rows))
}

/// From the newest row to the oldest one, in microseconds: how far one is is seen by the time that one has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    newest: i64,
    oldest: i64,
}

async fn span(with: &With, wanted: &HistoryFilter) -> Result<Span, ErrorPage> {
    let first = Place { cursor: None, size: 1 };
    let newest = with.store().history_page(wanted, first).await?.rows;
    let other = HistoryFilter { order: HistoryOrder::Oldest, ..wanted.clone() };
    let oldest = with.store().history_page(&other, first).await?.rows;
    let at = |rows: &[HistoryRow]| rows.first().map_or(0, |row| row.recorded_at.0);
    Ok(Span { newest: at(&newest), oldest: at(&oldest) })
}

impl Span {
    fn percent(self, reached: i64) -> i64 {
        let whole = i128::from(self.newest) - i128::from(self.oldest);
        let done = i128::from(self.newest) - i128::from(reached);
        let percent = (done.saturating_mul(100)).checked_div(whole).unwrap_or(100);
        i64::try_from(percent.clamp(0, 100)).unwrap_or(100)
    }
}

/// A workbook being written.
struct Writing {
    writer: HistoryWriter,
    names: Names,
    rows: u64,
}

impl Writing {
    fn new(with: &With, sent: &Sent) -> Result<Self, ErrorPage> {
        let asked: Vec<String> = hidden(sent).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let narrowed = format!("Lọc: {}", if asked.is_empty() { "không".to_owned() } else { asked.join("; ") });
        let by = format!("Xuất ngày {}, người xuất: {}", vietnamese(with.today), with.visitor.name);
        let mut remarks = vec![by.as_str(), narrowed.as_str()];
        if with.demonstration {
            remarks.insert(0, "SỐ LIỆU MÔ PHỎNG: bản trình diễn, không phải dữ liệu thật");
        }
        Ok(Self { writer: HistoryWriter::new(&remarks).map_err(failed)?, names: Names::default(), rows: 0 })
    }

    async fn push(&mut self, with: &With, rows: &[HistoryRow]) -> Result<(), ErrorPage> {
        self.names.learn(with, rows).await?;
        for row in rows {
            let kind = row.stream.kind();
            let line = Line {
                version: row.version,
                recorded: row.recorded_at.local(),
                happened: row.happened_at.local(),
                person: self.names.person(&row.actor.person),
                post: self.names.title(&row.actor),
                unit: self.names.unit(with, &row.actor, row.recorded_at.date()),
                capacity: &self.names.capacity(&row.actor),
                kind: words::kind(kind),
                stream: row.stream.as_str(),
                event: words::event(kind, &row.name),
                reason: &row.reason,
                hash: &row.hash.to_string(),
            };
            self.writer.push(&line).map_err(failed)?;
            self.rows = self.rows.saturating_add(1);
        }
        Ok(())
    }

    /// Packs the file beside the requests: it takes a while.
    async fn finish(self) -> Result<Vec<u8>, ErrorPage> {
        let packed = tokio::task::spawn_blocking(move || self.writer.finish()).await;
        packed.map_err(|_| ErrorPage::internal())?.map_err(failed)
    }
}

fn failed(error: WriteError) -> ErrorPage {
    tracing::error!(%error, "history as a workbook");
    ErrorPage::internal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_one_is_is_seen_by_the_time_reached() {
        let span = Span { newest: 1_000, oldest: 0 };
        assert_eq!([1_000, 750, 0, -5].map(|reached| span.percent(reached)), [0, 25, 100, 100]);
        assert_eq!(Span { newest: i64::MAX, oldest: i64::MIN }.percent(0), 49);
        assert_eq!(Span { newest: 5, oldest: 5 }.percent(5), 100);
    }

    #[test]
    fn an_order_keeps_what_was_asked() {
        let order = Order { person: "a".into(), asked: vec![("tu".into(), "01/01/2021".into())], ..Order::default() };
        let read: Order = serde_json::from_slice(&written(&order).unwrap()).unwrap();
        assert_eq!(read, order);
    }
}
