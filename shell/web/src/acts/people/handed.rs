//! A handover that was made: how far it is, the list to sign, the record as a Word document.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Capacity, PersonEvent, Post, PostId};
use cchc_ledger::{Moment, PersonId, aggregate};
use cchc_papers::handover::{self as paper, OpenWork};
use cchc_store::jobs;
use cchc_store::kept::FollowUp;
use cchc_store::people::{HANDOVER, WorkItem};
use cchc_text::date::vietnamese;

use super::handover::{party, work_row};
use super::whom::Whom;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::pages::download::{DOCX, XLSX, download, unwritten};
use crate::pages::people::handover::{HandoverListPage, Party, Progress};

/// A handover as it was recorded.
struct Handed {
    giver: Party,
    taker: Party,
    /// In which capacity the giver signs, and for whom.
    capacity: Capacity,
    day: Moment,
    document: String,
    work: Vec<WorkItem>,
    progress: Progress,
    simulated: bool,
}

impl Handed {
    /// The handover of that event; for those who may hand over the post, and for whoever took it.
    async fn find(with: &With, id: &str, version: u64) -> Result<Self, ErrorPage> {
        let whom = Whom::find(with, id).await?;
        let missing = || ErrorPage::not_found("Không có lần bàn giao này").way(whom.row.name.clone(), whom.address());
        let row = with.store().history_event(&whom.stream()?, version).await?.ok_or_else(missing)?;
        let event: PersonEvent =
            aggregate::from_payload(row.envelope.form, &row.payload).map_err(|_| ErrorPage::internal())?;
        let PersonEvent::HandedOver { post, to_person, to_post, items, document } = event else {
            return Err(missing());
        };
        let held = whom.post(post.as_str())?;
        if with.visitor.person() != Some(to_person.as_str()) {
            whom.over_post(with, Action::HandOver, held)?;
        }
        let cause = row.hash;
        let follow_up = FollowUp { kind: HANDOVER, target: row.envelope.stream.to_string(), payload: Vec::new() };
        let job = with.store().job_find(&jobs::id_of(&cause, &follow_up)).await?;
        let work = with.store().handover_list(&cause).await?;
        let progress = match job {
            Some(job) if job.done_at.0 == 0 => {
                let left = usize::try_from(items).unwrap_or(usize::MAX).saturating_sub(work.len());
                Progress { moving: left, wrong: job.error }
            }
            _ => Progress::default(),
        };
        let himself = row.envelope.actor.post == post.0;
        let capacity = Capacity::from_code(&row.envelope.actor.capacity).filter(|_| himself);
        Ok(Self {
            giver: party(with, &whom.row.name, &held.0),
            taker: taker(with, &to_person, &to_post).await?,
            capacity: capacity.unwrap_or(held.0.capacity),
            day: row.envelope.happened_at,
            document,
            work,
            progress,
            simulated: whom.row.simulated,
        })
    }

    fn paper(&self, with: &With) -> paper::Handover {
        let signer = |party: &Party, capacity| paper::Party {
            name: party.name.clone(),
            title: party.post.clone(),
            unit: party.unit.clone(),
            capacity,
            signs_for: String::new(),
        };
        let work = self.work.iter().map(|item| {
            let shown = work_row(item);
            OpenWork {
                kind: shown.kind,
                title: shown.title.label,
                reference: item.stream.clone(),
                since: Some(item.since.date()),
                due: None,
                standing: "đang mở".to_owned(),
            }
        });
        paper::Handover {
            superior: String::new(),
            agency: self.giver.unit.clone(),
            document: self.document.clone(),
            place: String::new(),
            on: self.day.date(),
            giver: signer(&self.giver, self.capacity),
            taker: signer(&self.taker, Capacity::Own),
            work: work.collect(),
            moving: self.progress.moving,
            simulated: self.simulated || with.demonstration,
        }
    }
}

/// Who took it: in the post of that time, or what is left to say of a post that was taken back since.
async fn taker(with: &With, person: &PersonId, post: &PostId) -> Result<Party, ErrorPage> {
    let store = with.store();
    let name = store.person_find(person).await?.map(|row| row.name).unwrap_or_default();
    let held = store.post_list_of(person).await?.into_iter().map(|held| held.post);
    let found: Option<Post> = held.into_iter().find(|held| held.id == *post);
    Ok(found.map_or_else(|| Party { name: name.clone(), ..Party::default() }, |post| party(with, &name, &post)))
}

/// The page: how far it is, then the list to print.
pub async fn page(with: With, Path((id, version)): Path<(String, u64)>) -> Result<Response, ErrorPage> {
    let handed = Handed::find(&with, &id, version).await?;
    let work = handed.work.iter().map(work_row).collect();
    let about = (vietnamese(handed.day.date()), handed.document.clone());
    let address = format!("{}/ban-giao/{version}", crate::pages::people::person_address(&id));
    let capacity = handed.capacity.label();
    let page = HandoverListPage::new(&with, (handed.giver, handed.taker), about, work, handed.progress, &address);
    Ok(render(&page.signed(capacity))?.into_response())
}

/// The record as a Word document.
pub async fn docx(with: With, Path((id, version)): Path<(String, u64)>) -> Result<Response, ErrorPage> {
    let paper = Handed::find(&with, &id, version).await?.paper(&with);
    let bytes = paper::docx(&paper).map_err(|error| unwritten(&error))?;
    Ok(download("bien-ban-ban-giao.docx", DOCX, bytes))
}

/// The list as a workbook.
pub async fn xlsx(with: With, Path((id, version)): Path<(String, u64)>) -> Result<Response, ErrorPage> {
    let paper = Handed::find(&with, &id, version).await?.paper(&with);
    let bytes = paper::xlsx(&paper).map_err(|error| unwritten(&error))?;
    Ok(download("danh-sach-ban-giao.xlsx", XLSX, bytes))
}
