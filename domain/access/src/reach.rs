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
    /// Some: what lies in any of the parts.
    Some(Part),
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
            return Self::Some(part);
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
            Self::Some(part) => {
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
