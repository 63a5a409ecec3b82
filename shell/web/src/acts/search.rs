//! The search box: units and sets by the index, people by the list that knows who may see whom.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, reach};
use cchc_store::people::{PersonFilter, PersonRow, PostRow};
use cchc_store::search::CANDIDATES;

use super::with::With;
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::address;
use crate::pages::people;
use crate::pages::search::{Group, Hit, SETS, SHOWN, SearchPage, UNITS};

/// Letters of what is looked for, at most; the rest is not looked at.
const LONGEST: usize = 200;

/// What was found.
pub async fn page(with: With, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    let q: String = sent.text("q").chars().take(LONGEST).collect();
    let mut groups = Vec::new();
    if !q.is_empty() {
        let units = indexed(&with, &q, UNITS).await?;
        groups.push(Group::new("Đơn vị", "don-vi", units, address("/don-vi", &[("ten", &q)])));
        let sets = indexed(&with, &q, SETS).await?;
        groups.push(Group::new("Bộ tiêu chí", "bo-tieu-chi", sets, "/chi-so/bo-tieu-chi".to_owned()));
        groups.extend(people(&with, &q).await?);
    }
    Ok(render(&SearchPage::new(&with, &q, groups))?.into_response())
}

async fn indexed(with: &With, q: &str, kind: &str) -> Result<Vec<Hit>, ErrorPage> {
    let found = with.store().search(q, &[kind], usize::try_from(CANDIDATES).unwrap_or(SHOWN)).await?;
    let hit = |found: cchc_store::search::Hit| Hit { label: found.title, href: found.href, detail: found.subtitle };
    Ok(found.into_iter().map(hit).collect())
}

/// People within reach, for those who may look for them.
async fn people(with: &With, q: &str) -> Result<Option<Group>, ErrorPage> {
    let reached = reach(&with.visitor.viewer, Action::SearchPeople, with.today);
    if reached.is_nothing() {
        return Ok(None);
    }
    let wanted = PersonFilter { text: q.to_owned(), ..PersonFilter::within(reached, with.today) };
    let limit = u32::try_from(SHOWN).unwrap_or(u32::MAX).saturating_add(1);
    let found = with.store().person_list(&wanted, None, limit).await?.people;
    let hits = found.iter().map(|(person, posts)| hit(with, person, posts)).collect();
    Ok(Some(Group::new("Cán bộ", "can-bo", hits, address(people::ADDRESS, &[("ten", q)]))))
}

fn hit(with: &With, person: &PersonRow, posts: &[PostRow]) -> Hit {
    let post = |row: &PostRow| {
        let unit = with.units.find(&row.post.unit, with.today);
        format!("{}, {}", row.post.title, unit.map_or(row.post.unit.as_str(), |unit| unit.name.as_str()))
    };
    let posts: Vec<String> = posts.iter().map(post).collect();
    let may = with.visitor.may(Action::ViewPeople, with.today);
    Hit {
        label: person.name.clone(),
        href: if may { people::person_address(person.id.as_str()) } else { String::new() },
        detail: if posts.is_empty() { "không giữ chức vụ".to_owned() } else { posts.join("; ") },
    }
}
