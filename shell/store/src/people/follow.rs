//! What follows from what happened to a person: notices, and jobs that move work and end delegations.

use cchc_access::{Person, PersonEvent};
use cchc_ledger::{Actor, Envelope, Hash, PersonId, RequestId};
use serde::{Deserialize, Serialize};

use super::departure::{Departure, END_DELEGATIONS};
use super::handover::{HANDOVER, Handover};
use crate::kept::FollowUp;

/// The job that tells a person something; its payload is a [`Notice`].
pub const NOTIFY: &str = "notify";

/// Something that a person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Whom.
    pub to: PersonId,
    /// What for: `appointed`, `delegated`, `handed-over`.
    pub kind: String,
    /// The sentence.
    pub text: String,
    /// The page on which one sees more.
    pub link: String,
}

pub(super) fn follow_ups(person: &Person, envelope: &Envelope, event: &PersonEvent) -> Vec<FollowUp> {
    use PersonEvent as E;
    let own = PersonId::from(envelope.stream.key());
    match event {
        E::Appointed { post } => {
            let text = format!("Bạn được giao chức vụ {}{}.", post.title, by(&post.document));
            notify(own, "appointed", text)
        }
        E::Delegated { delegation } => {
            let post = person.post(&delegation.from_post).map_or("", |post| post.title.as_str());
            let text = format!("{} giao bạn làm thay {post}{}.", person.name, by(&delegation.document));
            notify(delegation.to_person.clone(), "delegated", text)
        }
        E::HandedOver { post, to_person, to_post, items, document } => {
            let handover = Handover {
                post: post.clone(),
                to_post: to_post.clone(),
                document: document.clone(),
                actor: envelope.actor.clone(),
            };
            let text = format!("{} bàn giao cho bạn {items} việc{}.", person.name, by(document));
            let mut jobs = notify(to_person.clone(), "handed-over", text);
            jobs.extend(job(HANDOVER, envelope.stream.as_str(), &handover));
            jobs
        }
        E::AccountClosed { document, .. } => {
            let departure = Departure { person: own, document: document.clone(), actor: envelope.actor.clone() };
            job(END_DELEGATIONS, envelope.stream.as_str(), &departure).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn by(document: &str) -> String {
    if document.is_empty() { String::new() } else { format!(" theo {document}") }
}

fn notify(to: PersonId, kind: &str, text: String) -> Vec<FollowUp> {
    let notice = Notice { to: to.clone(), kind: kind.to_owned(), text, link: "/tai-khoan".to_owned() };
    job(NOTIFY, to.as_str(), &notice).into_iter().collect()
}

fn job<T: Serialize>(kind: &'static str, target: &str, payload: &T) -> Option<FollowUp> {
    // Texts alone: writing them as JSON can't fail.
    let payload = serde_json::to_vec(payload).ok()?;
    Some(FollowUp { kind, target: target.to_owned(), payload })
}

/// The request id of a command that a job sends: the same however often the job runs.
pub(super) fn request(cause: &Hash, target: &str) -> RequestId {
    let parts = [cause.as_bytes().as_slice(), target.as_bytes()];
    RequestId(Hash::of_parts("cchc follow-up request 1", &parts).to_string())
}

/// Who acts in a job: whoever set it off.
pub(super) fn context(actor: &Actor, cause: Hash, target: &str, reason: String) -> cchc_ledger::Context {
    cchc_ledger::Context::new(actor.clone(), request(&cause, target)).caused_by(cause).because(reason)
}
