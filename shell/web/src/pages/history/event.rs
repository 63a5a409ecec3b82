//! `/so-cai/{hash}`: an event, everything that is stored of it, and its neighbours in the stream.

use askama::Template;
use cchc_ledger::{Envelope, Hash, Moment};
use cchc_text::date::vietnamese;

use super::payload::{self, Term};
use super::{ADDRESS, words};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::site::Site;

/// What the envelope says of others in keys, said in names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// Who acted.
    pub who: Link,
    /// In which post, with its unit; empty: for himself, or the program.
    pub post: String,
    /// What it happened to.
    pub subject: Link,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "history/event.html")]
pub struct EventPage {
    frame: Frame,
    named: Named,
    recorded: String,
    happened: Option<String>,
    capacity: String,
    reason: String,
    terms: Vec<Term>,
    /// Envelope and hashes, as stored.
    stored: Vec<(&'static str, String)>,
    before: Option<String>,
    after: Option<String>,
    cause: Option<String>,
}

/// Address of an event.
#[must_use]
pub fn address(hash: &Hash) -> String {
    format!("{ADDRESS}/{hash}")
}

/// A moment as pages show it: `16/01/2023, 08:05:09`.
#[must_use]
pub fn clock(moment: Moment) -> String {
    let local = moment.local();
    format!("{}, {:02}:{:02}:{:02}", vietnamese(local.date()), local.hour(), local.minute(), local.second())
}

impl EventPage {
    /// The page of an event; `after` is the hash of the next one of its stream.
    #[must_use]
    pub fn new(
        site: &Site,
        envelope: &Envelope,
        (hash, after): (&Hash, Option<&Hash>),
        payload: &[u8],
        named: Named,
    ) -> Self {
        let what = words::event(envelope.stream.kind(), &envelope.name);
        let first = envelope.previous == Hash::default();
        let stored = vec![
            ("Chuỗi", envelope.stream.to_string()),
            ("Số thứ tự trong chuỗi", envelope.version.to_string()),
            ("Loại sự kiện", format!("{}, dạng {}", envelope.name, envelope.form)),
            ("Mã yêu cầu", envelope.request.clone()),
            ("Mã băm của yêu cầu", envelope.asked.to_string()),
            ("Mã băm dòng trước", if first { "dòng đầu của chuỗi".to_owned() } else { envelope.previous.to_string() }),
            ("Mã băm dòng này", hash.to_string()),
        ];
        Self {
            frame: Frame::new(site, Section::History, what).crumb("Sổ cái", ADDRESS),
            named,
            recorded: clock(envelope.recorded_at),
            happened: envelope.entered_late().then(|| clock(envelope.happened_at)),
            capacity: envelope.actor.capacity.clone(),
            reason: envelope.reason.clone(),
            terms: payload::terms(payload),
            stored,
            before: (!first).then(|| address(&envelope.previous)),
            after: after.map(address),
            cause: envelope.cause.as_ref().map(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use cchc_ledger::Actor;

    use super::*;
    use crate::pages::publication::sample;

    fn envelope(previous: Hash, happened: i64) -> Envelope {
        Envelope {
            stream: "draft/1".parse().unwrap(),
            version: 2,
            name: "discarded".into(),
            form: 1,
            recorded_at: Moment(1_000_000),
            happened_at: Moment(happened),
            actor: Actor { capacity: "TUQ".into(), ..Actor::system() },
            reason: "nhầm <tệp>".into(),
            request: "r1".into(),
            asked: Hash::of(b"a"),
            ordinal: 0,
            cause: None,
            previous,
        }
    }

    fn page(envelope: &Envelope, after: Option<&Hash>) -> String {
        let named = Named { who: Link::text("Hệ thống"), ..Named::default() };
        let site = sample::site(Vec::new());
        EventPage::new(&site, envelope, (&Hash::of(b"this"), after), br#"{"x":{"name":"An"}}"#, named).render().unwrap()
    }

    #[test]
    fn everything_stored_is_shown_with_its_neighbours() {
        let (previous, next) = (Hash::of(b"before"), Hash::of(b"after"));
        let page = page(&envelope(previous, 1_000_000), Some(&next));
        for part in [Hash::of(b"this").to_string(), address(&previous), address(&next), "nhầm &#60;tệp&#62;".into()]
        {
            assert!(page.contains(&part), "{part}");
        }
        assert!(
            page.contains("<h1>Bỏ bản nháp</h1>") && page.contains("01/01/1970, 07:00:01") && !page.contains("nhập bù")
        );
    }

    #[test]
    fn the_first_of_a_stream_has_none_before_it() {
        let page = page(&envelope(Hash::default(), 0), None);
        assert!(page.contains("dòng đầu của chuỗi") && page.contains("nhập bù"));
        assert!(!page.contains("rel=\"prev\"") && !page.contains("rel=\"next\""));
    }
}
