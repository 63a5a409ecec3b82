//! `/so-cai/chuoi/{stream}`: everything that happened to one thing, in order.

use askama::Template;
use cchc_ledger::StreamId;

use super::ADDRESS;
use super::list::EventRow;
use crate::frame::{Frame, Section};
use crate::list::{Link, Paging};
use crate::pages::publication::address;
use crate::site::Site;

/// The page.
#[derive(Debug, Template)]
#[template(path = "history/stream.html")]
pub struct StreamPage {
    frame: Frame,
    id: String,
    subject: Link,
    rows: Vec<EventRow>,
    paging: Paging,
}

/// Address of what happened to one thing.
#[must_use]
pub fn address(stream: &StreamId) -> String {
    format!("{ADDRESS}/chuoi/{}", encode(stream))
}

/// A stream as the end of an address: its parts stay parts.
pub(super) fn encode(stream: &StreamId) -> String {
    stream.as_str().split('/').map(address::encode).collect::<Vec<_>>().join("/")
}

impl StreamPage {
    /// The page, the first event first; `subject` leads to the thing itself.
    #[must_use]
    pub fn new(site: &Site, id: &StreamId, subject: Link, rows: Vec<EventRow>, paging: Paging) -> Self {
        let frame = Frame::new(site, Section::History, subject.label.clone()).crumb("Sổ cái", ADDRESS);
        Self { frame, id: id.to_string(), subject, rows, paging }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn it_names_the_thing_and_leads_there() {
        let id: StreamId = "rule/units/vĩnh?phúc".parse().unwrap();
        assert_eq!(address(&id), "/so-cai/chuoi/rule/units/v%C4%A9nh%3Fph%C3%BAc");
        let rows = vec![EventRow { what: Link::new("Ban hành", "/so-cai/dong/1/x/y"), ..EventRow::default() }];
        let site = sample::site(Vec::new());
        let subject = Link::new("Đơn vị <1>", "/quy-tac/units/x");
        let page = StreamPage::new(&site, &id, subject, rows, Paging::whole(1)).render().unwrap();
        assert!(page.contains("<h1>Đơn vị &#60;1&#62;</h1>") && page.contains("href=\"/quy-tac/units/x\""));
        assert!(page.contains("rule/units/vĩnh?phúc") && page.contains("/so-cai/dong/1/x/y"));
    }
}
