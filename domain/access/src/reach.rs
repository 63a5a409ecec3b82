//! How far one's permission goes: the data from which the store makes its predicate.
//!
//! `authorize(viewer, action, thing, day).is_ok() == reach(viewer, action, day).covers(thing)`, always.

use cchc_ledger::PersonId;
use jiff::civil::Date;

use crate::authorize::rows;
use crate::permission::{PERMISSIONS, PUBLIC, Permission, Scope};
use crate::{Action, Resource, Standing, Viewer};

/// How far an action goes for a viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everything there is.
    All,
    /// What lies in any of the parts.
    Within(Part),
    /// What is the person's own, and nothing else.
    SelfOnly(PersonId),
    /// Nothing.
    Nothing,
}

/// Parts of what there is; a thing is reached when any of them has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// These units and all units below them.
    pub subtrees: Vec<String>,
    /// These units alone.
    pub units: Vec<String>,
    /// These fields, of every unit.
    pub fields: Vec<String>,
    /// This person's own.
    pub owner: Option<PersonId>,
}

/// How far the action goes for the viewer on that day.
#[must_use]
pub fn reach(viewer: &Viewer, action: Action, on: Date) -> Reach {
    reach_by(PERMISSIONS, viewer, action, on)
}

pub(crate) fn reach_by(table: &[Permission], viewer: &Viewer, action: Action, on: Date) -> Reach {
    if PUBLIC.contains(&action) {
        return Reach::All;
    }
    let Some(principal) = viewer.principal() else { return Reach::Nothing };
    if principal.standing == Standing::Closed || !principal.token.include(action) {
        return Reach::Nothing;
    }
    let mut part = Part::default();
    for row in rows(table, principal, action, on) {
        match (row.scope, row.holding) {
            (Scope::All, _) => return Reach::All,
            (Scope::Self_, _) => part.owner = Some(principal.person.clone()),
            (Scope::Subtree, Some(holding)) => part.subtrees.push(holding.post.unit.clone()),
            (Scope::OwnUnit, Some(holding)) => part.units.push(holding.post.unit.clone()),
            (Scope::Fields, Some(holding)) => part.fields.extend_from_slice(&holding.post.fields),
            (_, None) => {}
        }
    }
    part.into()
}

impl From<Part> for Reach {
    fn from(mut part: Part) -> Self {
        for list in [&mut part.subtrees, &mut part.units, &mut part.fields] {
            list.retain(|code| !code.is_empty());
            list.sort_unstable();
            list.dedup();
        }
        part.units.retain(|unit| !part.subtrees.contains(unit));
        if !(part.subtrees.is_empty() && part.units.is_empty() && part.fields.is_empty()) {
            return Self::Within(part);
        }
        part.owner.map_or(Self::Nothing, Self::SelfOnly)
    }
}

impl Reach {
    /// Whether the thing is within it.
    #[must_use]
    pub fn covers(&self, resource: &Resource<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::SelfOnly(person) => resource.owner == Some(person),
            Self::Within(part) => {
                let within = |codes: &[String], code: Option<&str>| codes.iter().any(|own| code == Some(own.as_str()));
                within(&part.units, resource.unit)
                    || within(&part.fields, resource.field)
                    || part.subtrees.iter().any(|root| resource.lies_under(root))
                    || part.owner.is_some() && resource.owner == part.owner.as_ref()
            }
        }
    }

    /// Whether there is nothing in it, whatever the data.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::*;
    use crate::authorize::authorize_by;
    use crate::{Actions, Capacity, Delegated, Delegation, Post, Principal, Role};

    const UNITS: [&str; 4] = ["tinh", "huyen", "xa", ""];
    const PEOPLE: [&str; 2] = ["a", "b"];

    fn scope() -> impl Strategy<Value = Scope> {
        select(vec![Scope::All, Scope::Subtree, Scope::OwnUnit, Scope::Fields, Scope::Self_])
    }

    fn action() -> impl Strategy<Value = Action> {
        select(Action::ALL)
    }

    fn day() -> impl Strategy<Value = Date> {
        (1i8..=9).prop_map(|day| date(2021, 10, day))
    }

    fn actions() -> impl Strategy<Value = Actions> {
        let some = subsequence(Action::ALL.to_vec(), 0..Action::ALL.len());
        prop_oneof![Just(Actions::All), some.prop_map(Actions::Only)]
    }

    prop_compose! {
        fn post()(
            unit in select(UNITS.to_vec()),
            roles in subsequence(Role::ALL.to_vec(), 0..=3),
            fields in subsequence(vec!["I".to_owned(), "II".to_owned()], 0..=2),
            from in day(),
            to in proptest::option::of(day()),
            order in 0u32..3,
        ) -> Post {
            Post {
                id: format!("post-{order}").as_str().into(),
                unit: unit.to_owned(),
                title: "Chuyên viên".to_owned(),
                party_title: None,
                roles,
                fields,
                capacity: Capacity::Own,
                from,
                to,
                document: String::new(),
                order,
            }
        }
    }

    prop_compose! {
        fn delegated()(post in post(), actions in actions(), from in day(), ended in proptest::option::of(day())) -> Delegated {
            let delegation = Delegation {
                id: "u".into(),
                from_post: post.id.clone(),
                to_person: "a".into(),
                capacity: Capacity::Kt,
                actions,
                from,
                to: None,
                document: "1/UQ".to_owned(),
                ended,
            };
            Delegated { delegation, post }
        }
    }

    prop_compose! {
        fn viewer()(
            posts in proptest::collection::vec(post(), 0..3),
            delegated in proptest::collection::vec(delegated(), 0..3),
            standing in select(vec![Standing::Open, Standing::Open, Standing::Open, Standing::Closed]),
            token in actions(),
            known in 0..8,
        ) -> Viewer {
            if known == 0 {
                return Viewer::Public;
            }
            Viewer::Person(Principal { person: "a".into(), standing, posts, delegated, token })
        }
    }

    /// A thing of a unit of the tree tinh > huyen > xa, or of none.
    fn thing() -> impl Strategy<Value = (Option<&'static str>, Option<&'static str>, Option<&'static str>)> {
        let unit = proptest::option::of(select(vec!["tinh", "huyen", "xa"]));
        (unit, proptest::option::of(select(PEOPLE.to_vec())), proptest::option::of(select(vec!["I", "II"])))
    }

    fn above(unit: Option<&str>) -> Vec<String> {
        match unit {
            Some("xa") => vec!["huyen".to_owned(), "tinh".to_owned()],
            Some("huyen") => vec!["tinh".to_owned()],
            _ => Vec::new(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn one_may_exactly_what_one_reaches(
            table in proptest::collection::vec((select(Role::ALL.to_vec()), action(), scope()), 0..60),
            shipped in any::<bool>(),
            viewer in viewer(),
            action in action(),
            (unit, owner, field) in thing(),
            on in day(),
        ) {
            let ancestors = above(unit);
            let owner = owner.map(PersonId::from);
            let resource = Resource { unit, ancestors: &ancestors, owner: owner.as_ref(), field };
            let table = if shipped { PERMISSIONS } else { &table };
            let granted = authorize_by(table, &viewer, action, &resource, on);
            let reach = reach_by(table, &viewer, action, on);
            prop_assert_eq!(granted.is_ok(), reach.covers(&resource), "{:?} {:?}", granted, reach);
            prop_assert!(!reach.is_nothing() || granted.is_err());
        }

        #[test]
        fn the_closed_have_what_the_public_has(viewer in viewer(), action in action(), on in day()) {
            let Viewer::Person(principal) = viewer else { return Ok(()) };
            let closed = Viewer::Person(Principal { standing: Standing::Closed, ..principal });
            prop_assert_eq!(reach(&closed, action, on), reach(&Viewer::Public, action, on));
        }

        #[test]
        fn without_a_post_there_is_nothing_but_ones_own(action in action(), on in day()) {
            let reached = reach(&Viewer::Person(Principal::new("a".into())), action, on);
            let own = Reach::SelfOnly("a".into());
            prop_assert!(PUBLIC.contains(&action) || reached == own || reached.is_nothing(), "{:?}", reached);
        }
    }

    #[test]
    fn a_unit_within_a_subtree_is_not_named_twice() {
        let part = Part {
            subtrees: vec!["a".to_owned(), "a".to_owned()],
            units: vec!["b".to_owned(), "a".to_owned(), String::new()],
            ..Part::default()
        };
        let Reach::Within(part) = Reach::from(part) else { panic!("something is left") };
        assert_eq!((part.subtrees, part.units), (vec!["a".to_owned()], vec!["b".to_owned()]));
    }
}
