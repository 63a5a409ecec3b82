//! Keys of the history said in names.

use std::collections::{BTreeMap, BTreeSet};

use cchc_access::{Action, Capacity};
use cchc_ledger::{Actor, StreamId};
use cchc_store::history::HistoryRow;
use jiff::civil::Date;

use super::With;
use crate::acts::rounds::list::unit_name;
use crate::error::ErrorPage;
use crate::list::Link;
use crate::pages::history::words;
use crate::pages::publication::address::encode;
use crate::pages::{drafts, people, rounds};

/// Names of persons and titles of posts, each asked for once.
#[derive(Debug, Default)]
pub(super) struct Names {
    persons: BTreeMap<String, String>,
    posts: BTreeMap<String, String>,
}

impl Names {
    /// Asks for what these rows need and is not known yet.
    pub(super) async fn learn(&mut self, with: &With, rows: &[HistoryRow]) -> Result<(), ErrorPage> {
        let actors = rows.iter().map(|row| row.actor.person.as_str());
        let subjects = rows.iter().filter(|row| row.stream.kind() == "person").map(|row| row.stream.key());
        self.learn_persons(with, actors.chain(subjects)).await?;
        for row in rows {
            self.learn_post(with, &row.actor.post).await?;
        }
        Ok(())
    }

    /// Asks for what who acted needs.
    pub(super) async fn learn_actor(&mut self, with: &With, actor: &Actor) -> Result<(), ErrorPage> {
        self.learn_persons(with, std::iter::once(actor.person.as_str())).await?;
        self.learn_post(with, &actor.post).await
    }

    /// Asks for what a stream needs.
    pub(super) async fn learn_stream(&mut self, with: &With, stream: &StreamId) -> Result<(), ErrorPage> {
        let person = (stream.kind() == "person").then(|| stream.key());
        self.learn_persons(with, person.into_iter()).await
    }

    async fn learn_persons<'a>(
        &mut self,
        with: &With,
        persons: impl Iterator<Item = &'a str>,
    ) -> Result<(), ErrorPage> {
        let new = persons.filter(|person| *person != Actor::SYSTEM && !self.persons.contains_key(*person));
        let new: BTreeSet<String> = new.map(str::to_owned).collect();
        if !new.is_empty() {
            let new: Vec<String> = new.into_iter().collect();
            self.persons.extend(with.store().person_names(&new).await?);
        }
        Ok(())
    }

    async fn learn_post(&mut self, with: &With, post: &str) -> Result<(), ErrorPage> {
        if !post.is_empty() && !self.posts.contains_key(post) {
            let found = with.store().post_find(post).await?;
            self.posts.insert(post.to_owned(), found.map(|row| row.post.title).unwrap_or_default());
        }
        Ok(())
    }

    /// Name of a person; the id where nobody has it.
    pub(super) fn person<'a>(&'a self, id: &'a str) -> &'a str {
        if id == Actor::SYSTEM { "Hệ thống" } else { self.persons.get(id).map_or(id, String::as_str) }
    }

    /// Who acted, leading to his page.
    pub(super) fn who(&self, with: &With, actor: &Actor) -> Link {
        let known = self.persons.contains_key(&actor.person) && with.visitor.may(Action::ViewPeople, with.today);
        let href = if known { people::person_address(&actor.person) } else { String::new() };
        Link::new(self.person(&actor.person), href)
    }

    /// Title of the post in which somebody acted; empty: none, or it is not known any more.
    pub(super) fn title(&self, actor: &Actor) -> &str {
        self.posts.get(&actor.post).map_or("", String::as_str)
    }

    /// Name of the unit for which somebody acted, on that day.
    pub(super) fn unit<'a>(&self, with: &'a With, actor: &'a Actor, on: Date) -> &'a str {
        with.units.on(&actor.unit, on).map_or(actor.unit.as_str(), |unit| unit.name.as_str())
    }

    /// `Chuyên viên, Sở Nội vụ`.
    pub(super) fn post(&self, with: &With, actor: &Actor, on: Date) -> String {
        let parts = [self.title(actor), self.unit(with, actor, on)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// `TUQ.`; empty: his own.
    pub(super) fn capacity(&self, actor: &Actor) -> String {
        Capacity::from_code(&actor.capacity).map_or_else(|| actor.capacity.clone(), |known| known.label().to_owned())
    }

    /// What something happened to, leading to its page where the viewer may see that.
    pub(super) fn subject(&self, with: &With, stream: &StreamId) -> Link {
        let key = stream.key();
        let may = |action| with.visitor.may(action, with.today);
        let link = |label: String, action: Action, href: String| {
            if may(action) { Link::new(label, href) } else { Link::text(label) }
        };
        match stream.kind() {
            "person" => link(self.person(key).to_owned(), Action::ViewPeople, people::person_address(key)),
            "draft" => {
                link(format!("Bản nháp {key}"), Action::ViewDrafts, format!("{}/{}", drafts::ADDRESS, encode(key)))
            }
            "rule" => rule(with, key),
            "round" => link(format!("Đợt {key}"), Action::ViewRounds, rounds::round_address(key)),
            "sheet" => {
                let (round, unit) = key.split_once('/').unwrap_or((key, ""));
                let name = unit_name(with, unit);
                link(format!("Phiếu của {name}, đợt {round}"), Action::ViewSheets, rounds::sheet_address(round, unit))
            }
            "thread" => {
                let (round, line) = key.split_once('/').unwrap_or((key, ""));
                let href = rounds::run::threads::thread_address(round, line);
                link(format!("Hỏi đáp về tiêu chí {line}, đợt {round}"), Action::ViewRounds, href)
            }
            _ => Link::text(stream.as_str()),
        }
    }
}

/// A rule, leading to the page of its versions.
fn rule(with: &With, key: &str) -> Link {
    let (kind, name) = key.split_once('/').unwrap_or((key, ""));
    let title = with.sets.iter().find(|set| kind == "criteria-set" && set.id == name).map(|set| set.title.as_str());
    let label = title.map_or_else(|| format!("{}: {name}", words::rule(kind)), str::to_owned);
    Link::new(label, crate::pages::rule::address(kind, name))
}
