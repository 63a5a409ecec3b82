//! What a form offers: units, roles, people, actions.

use std::collections::BTreeMap;

use cchc_access::permission::{PERMISSIONS, gives};
use cchc_access::{Action, Part, Post, Reach, Resource, Role, reach};
use cchc_store::people::{PersonFilter, PersonRow, PostRow};

use crate::acts::with::With;
use crate::error::ErrorPage;

/// People offered in one form at most.
const MOST: u32 = 1_000;

/// The units of today on which the visitor may do that: codes and names, in the order of protocol. A name that
/// several bear is followed by the unit above.
#[must_use]
pub fn units(with: &With, action: Action) -> Vec<(String, String)> {
    let reached = reach(&with.visitor.viewer, action, with.today);
    let tree = with.units.as_of(with.today);
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    tree.iter().for_each(|node| *bearers.entry(node.version.name.as_str()).or_default() += 1);
    let (mut above, mut names): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut units = Vec::new();
    for node in tree.iter() {
        above.truncate(node.depth);
        names.truncate(node.depth);
        let version = node.version;
        if reached.covers(&Resource::of_unit(&version.code, &above)) {
            let twice = bearers.get(version.name.as_str()).is_some_and(|bearers| *bearers > 1);
            let label = match names.last().filter(|_| twice) {
                Some(parent) => format!("{} ({parent})", version.name),
                None => version.name.clone(),
            };
            units.push((version.code.clone(), label));
        }
        above.push(version.code.clone());
        names.push(&version.name);
    }
    units
}

/// The roles that the visitor may give anywhere, with those that are there already.
#[must_use]
pub fn roles(with: &With, already: &[Role]) -> Vec<Role> {
    let Some(principal) = with.visitor.viewer.principal() else { return already.to_vec() };
    let holdings = principal.holdings(with.today);
    let may = |role: &Role| {
        already.contains(role)
            || holdings.iter().any(|holding| holding.post.roles.iter().any(|own| gives(*own, &[*role])))
    };
    Role::ALL.into_iter().filter(may).collect()
}

/// Who holds a post today in that unit or below it, and may log in, with his posts; in the order of protocol.
///
/// # Errors
/// What the store says.
pub async fn colleagues(with: &With, unit: &str) -> Result<Vec<(PersonRow, Vec<PostRow>)>, ErrorPage> {
    let within = if unit.is_empty() {
        Reach::All
    } else {
        Reach::Within(Part { subtrees: vec![unit.to_owned()], ..Part::default() })
    };
    let page = with.store().person_list(&PersonFilter::within(within, with.today), None, MOST).await?;
    Ok(page.people.into_iter().filter(|(person, posts)| person.is_open() && !posts.is_empty()).collect())
}

/// What may be delegated of what a post lets its holder do.
#[must_use]
pub fn actions(post: &Post) -> Vec<Action> {
    let has = |action: &Action| PERMISSIONS.iter().any(|(role, of, _)| of == action && post.roles.contains(role));
    Action::ALL.iter().copied().filter(|action| action.is_delegable() && has(action)).collect()
}

/// A post in a list of choices: `Chuyên viên, Sở Nội vụ`.
#[must_use]
pub fn post_label(with: &With, post: &Post) -> String {
    if post.unit.is_empty() { post.title.clone() } else { format!("{}, {}", post.title, unit_name(with, post)) }
}

/// The name of a post's unit: of today, of the last day of a post that has ended (its code may be another's by
/// now), else of the day on which it began; empty where it has none.
#[must_use]
pub fn unit_name(with: &With, post: &Post) -> String {
    let on = post.to.map_or(with.today, |to| to.min(with.today));
    let found = with.units.find(&post.unit, on).or_else(|_| with.units.find(&post.unit, post.from));
    found.map_or_else(|_| post.unit.clone(), |unit| unit.name.clone())
}
