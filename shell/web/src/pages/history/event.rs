//! `/so-cai/dong/{number}/{stream}`: an event, everything that is stored of it, and its neighbours in the stream.

use askama::Template;
use cchc_access::Capacity;
use cchc_ledger::{Envelope, Hash, Moment, StreamId};
use cchc_text::date::vietnamese;

use super::payload::Term;
use super::{ADDRESS, words};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::history::stream::encode;
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
    ways: Ways,
}

/// Where one gets from an event; what the viewer may not see is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Everything that happened to the same thing.
    pub stream: String,
    /// The event before it in its stream.
    pub before: Option<String>,
    /// The event after it in its stream.
    pub after: Option<String>,
    /// The event that set it off.
    pub cause: Option<Link>,
    /// The events that it set off.
    pub effects: Vec<Link>,
}

/// Address of an event.
#[must_use]
pub fn address(stream: &StreamId, version: u64) -> String {
    format!("{ADDRESS}/dong/{version}/{}", encode(stream))
}

/// A moment as pages show it: `16/01/2023, 08:05:09`.
#[must_use]
pub fn clock(moment: Moment) -> String {
    let local = moment.local();
    format!("{}, {:02}:{:02}:{:02}", vietnamese(local.date()), local.hour(), local.minute(), local.second())
}

impl EventPage {
    /// The page of an event; `terms` are what its payload says.
    #[must_use]
    pub fn new(site: &Site, envelope: &Envelope, hash: &Hash, terms: Vec<Term>, named: Named, ways: Ways) -> Self {
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
            capacity: Capacity::from_code(&envelope.actor.capacity).map(said).unwrap_or_default(),
            reason: envelope.reason.clone(),
            terms,
            stored,
            ways,
        }
    }
}

/// `TUQ. (thừa ủy quyền)`; empty: one's own.
fn said(capacity: Capacity) -> String {
    if capacity == Capacity::Own { String::new() } else { format!("{} ({})", capacity.label(), capacity.meaning()) }
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

    fn page(envelope: &Envelope, ways: Ways) -> String {
        let named = Named { who: Link::text("Hệ thống"), ..Named::default() };
        let terms = crate::pages::history::payload::terms(br#"{"x":{"name":"An"}}"#, &|_| None);
        EventPage::new(&sample::site(Vec::new()), envelope, &Hash::of(b"this"), terms, named, ways).render().unwrap()
    }

    #[test]
    fn everything_stored_is_shown_with_its_neighbours() {
        let envelope = envelope(Hash::of(b"before"), 1_000_000);
        let ways = Ways {
            before: Some(address(&envelope.stream, 1)),
            after: Some(address(&envelope.stream, 3)),
            cause: Some(Link::new("Áp dụng bản nháp", "/so-cai/dong/2/draft/0")),
            effects: vec![Link::new("Ban hành", "/so-cai/dong/1/rule/units/x")],
            ..Ways::default()
        };
        let page = page(&envelope, ways);
        let hash = Hash::of(b"this").to_string();
        for part in [&hash, "/so-cai/dong/1/draft/1", "/so-cai/dong/3/draft/1", "nhầm &#60;tệp&#62;", "TUQ. ("] {
            assert!(page.contains(part), "{part}");
        }
        assert!(page.contains("/so-cai/dong/2/draft/0") && page.contains("/so-cai/dong/1/rule/units/x"));
        assert!(
            page.contains("<h1>Bỏ bản nháp</h1>") && page.contains("01/01/1970, 07:00:01") && !page.contains("nhập bù")
        );
    }

    #[test]
    fn the_first_of_a_stream_has_none_before_it() {
        let page = page(&envelope(Hash::default(), 0), Ways::default());
        assert!(page.contains("dòng đầu của chuỗi") && page.contains("nhập bù"));
        assert!(!page.contains("rel=\"prev\"") && !page.contains("rel=\"next\""));
    }
}
