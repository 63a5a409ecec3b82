//! What follows from what happened to a round: units are told, sheets are carried over.

use cchc_access::Role;
use cchc_index::round::{Channel, message};
use cchc_index::{Round, RoundEvent, Sheet, SheetCommand};
use cchc_ledger::{Actor, Context, Envelope, Hash, RequestId};
use serde::{Deserialize, Serialize};

use crate::error::DbError;
use crate::jobs::Job;
use crate::kept::FollowUp;
use crate::people::{Notice, PostRow};
use crate::sheets;
use crate::store::Store;

/// The job that tells the people of a unit something; its payload is a [`Telling`].
pub const TELL: &str = "tell-unit";
/// The job that sends electronic mail to the people of a unit; its payload is a [`Sending`].
pub const MAIL: &str = "mail";
/// The job that sends a short text to the people of a unit; its payload is a [`Sending`].
pub const GATEWAY: &str = "gateway";
/// The job that carries sheets over to a unit that others became; its payload is a [`TakeOver`].
pub const TAKE_OVER: &str = "take-over";

/// Whose people are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Heads and officers of a unit.
    Unit(String),
    /// Those who run a round; its id.
    Organiser(String),
}

/// What the people of a unit are told in the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// Whose people.
    pub to: Audience,
    /// What for: `urged`, `asked`.
    pub kind: String,
    /// The sentence.
    pub title: String,
    /// More of it.
    pub text: String,
    /// The page on which one sees more.
    pub link: String,
}

/// What the people of a unit are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// Code of the unit.
    pub unit: String,
    /// What it is about.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Sheets to carry over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeOver {
    round: String,
    unit: String,
    from: Vec<String>,
    actor: Actor,
    reason: String,
}

impl Telling {
    /// The job that tells it, once for each target.
    #[must_use]
    pub fn job(&self, target: &str) -> Option<FollowUp> {
        job(TELL, target, self)
    }
}

fn job<T: Serialize>(kind: &'static str, target: &str, payload: &T) -> Option<FollowUp> {
    // Texts alone: writing them as JSON can't fail.
    let payload = serde_json::to_vec(payload).ok()?;
    Some(FollowUp { kind, target: target.to_owned(), payload })
}

pub(super) fn follow_ups(round: &Round, envelope: &Envelope, event: &RoundEvent) -> Vec<FollowUp> {
    let id = envelope.stream.key();
    match event {
        RoundEvent::Merged { from, into, .. } => {
            let payload = TakeOver {
                round: id.to_owned(),
                unit: into.code.clone(),
                from: from.clone(),
                actor: envelope.actor.clone(),
                reason: envelope.reason.clone(),
            };
            job(TAKE_OVER, &into.code, &payload).into_iter().collect()
        }
        RoundEvent::Urged { units, channels, text } => {
            let Some(plan) = &round.plan else { return Vec::new() };
            let mut jobs = Vec::new();
            for urged in units {
                let other = if urged.name.is_empty() { &urged.unit } else { &urged.name };
                let name = plan.unit(&urged.unit).map_or(other.as_str(), |unit| unit.name.as_str());
                // Who shares the sheet of another is led to that sheet, and to its own lines in it.
                let shared = plan.shares.iter().find(|share| share.unit == urged.unit);
                let link = match shared.filter(|_| plan.unit(&urged.unit).is_none()) {
                    Some(share) => format!("/dot-cham/{id}/phieu/{}?cua={}", share.scored, urged.unit),
                    None => format!("/dot-cham/{id}/phieu/{}", urged.unit),
                };
                let text = message::fill(text, &[("đơn vị", name), ("còn thiếu", &urged.lacks)]);
                let title = format!("Đôn đốc: {}.", plan.title.trim_end_matches('.'));
                let sending = Sending { unit: urged.unit.clone(), subject: title.clone(), text: text.clone() };
                let telling =
                    Telling { to: Audience::Unit(urged.unit.clone()), kind: "urged".to_owned(), title, text, link };
                jobs.extend(channels.iter().filter_map(|channel| match channel {
                    Channel::Notice => telling.job(&urged.unit),
                    Channel::Mail => job(MAIL, &urged.unit, &sending),
                    Channel::Gateway => job(GATEWAY, &urged.unit, &sending),
                    Channel::Copied => None,
                }));
            }
            jobs
        }
        _ => Vec::new(),
    }
}

impl Store {
    /// Does a job of kind [`TELL`]: each person is told once.
    ///
    /// # Errors
    /// A sentence for the job.
    pub async fn telling_run(&self, job: &Job) -> Result<(), String> {
        let telling: Telling = serde_json::from_slice(&job.payload).map_err(|error| error.to_string())?;
        let people = self.audience(&telling.to).await.map_err(|error| error.to_string())?;
        for post in people {
            let Telling { kind, title, text, link, .. } = telling.clone();
            let notice = Notice { to: post.person, kind, text: title, link };
            self.notice_put(&job.cause, notice, &text).await.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    async fn audience(&self, to: &Audience) -> Result<Vec<PostRow>, DbError> {
        match to {
            Audience::Unit(unit) => self.unit_people(unit).await,
            Audience::Organiser(round) => {
                let plan = self.round_find(round).await?.and_then(|round| round.plan);
                let Some(plan) = plan else { return Ok(Vec::new()) };
                let own = self.unit_people(&plan.organiser).await?;
                // A province runs its rounds by the standing agency.
                if own.is_empty() { self.role_people(Role::Coordinator).await } else { Ok(own) }
            }
        }
    }

    /// Who answers for a unit today and may log in: its heads and officers, in the order of protocol.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn unit_people(&self, unit: &str) -> Result<Vec<PostRow>, DbError> {
        let posts = self.post_list(unit, self.now().date()).await?;
        let answers =
            |row: &PostRow| row.post.roles.iter().any(|role| matches!(role, Role::UnitHead | Role::UnitOfficer));
        Ok(posts.into_iter().filter(|row| row.open && answers(row)).collect())
    }

    /// Does a job of kind [`TAKE_OVER`].
    ///
    /// # Errors
    /// A sentence for the job.
    pub async fn take_over_run(&self, job: &Job) -> Result<(), String> {
        let TakeOver { round, unit, from, actor, reason } =
            serde_json::from_slice(&job.payload).map_err(|error| error.to_string())?;
        let stream = sheets::stream(&round, &unit).map_err(|error| error.to_string())?;
        let request = Hash::of_parts("cchc take over request 1", &[job.cause.as_bytes(), unit.as_bytes()]);
        let context = Context::new(actor, RequestId(request.to_string())).caused_by(job.cause).because(reason);
        let done = self.commit::<Sheet>(&stream, SheetCommand::TakeOver { from }, context).await;
        done.map(|_| ()).map_err(|error| error.to_string())
    }
}
