//! What a route needs of whoever asks, and whether he has it: computed by `cchc_access` alone.

use cchc_access::appointing::{authorize_person, authorize_roles};
use cchc_access::{Action, Grant, Post, Refusal, Resource, Role, Viewer, authorize, reach};
use cchc_ledger::PersonId;
use jiff::civil::Date;

use super::common::rounds::AGENCY;

/// What a route needs.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// Somebody who is logged in; what he gets is his own.
    LoggedIn(Action),
    /// The action on what is his own.
    Own(Action),
    /// The action on anything at all: lists, forms.
    Somewhere(Action),
    /// The action on a thing of the whole system.
    System(Action),
    /// The action on the target's unit.
    Unit(Action),
    /// The action on the agency that appraises in the rounds of the tests.
    Agency(Action),
    /// The action on what was said for the target's unit by the target: his draft, his events.
    Said(Action),
    /// The action on the target through any post of his.
    Seen(Action),
    /// The action on the target as a whole.
    Whole(Action),
    /// The action on a new person with a first post in the target's unit, as a whole.
    Newcomer(Action),
    /// The action on the target's post.
    OfPost(Action),
    /// Giving the target these roles in his unit, or taking them there.
    Roles(Role),
    /// All of these.
    All(&'static [Needs]),
    /// Any of these.
    Any(&'static [Needs]),
}

/// Whom and what a request is about.
pub struct Target {
    /// The person.
    pub person: PersonId,
    /// His post, in the unit.
    pub post: Post,
    /// The units above his.
    pub above: Vec<String>,
}

impl Needs {
    /// Whether the viewer has it.
    pub fn has(&self, viewer: &Viewer, target: &Target, on: Date) -> Result<(), Refusal> {
        let may = |action, resource: &Resource<'_>| authorize(viewer, action, resource, on);
        let Target { person, post, above } = target;
        let place = Resource::of_unit(&post.unit, above);
        let nobody = PersonId::from("");
        let me = viewer.principal().map_or(&nobody, |principal| &principal.person);
        let done = |granted: Result<Grant, Refusal>| granted.map(|_| ());
        match *self {
            Self::Nothing => Ok(()),
            Self::LoggedIn(action) => {
                if viewer.principal().is_some() {
                    Ok(())
                } else {
                    Err(Refusal::Login(action))
                }
            }
            Self::Own(action) => done(may(action, &Resource::of_person(me))),
            Self::Somewhere(action) => {
                if reach(viewer, action, on).is_nothing() {
                    done(may(action, &Resource::system()))
                } else {
                    Ok(())
                }
            }
            Self::System(action) => done(may(action, &Resource::system())),
            Self::Unit(action) => done(may(action, &place)),
            Self::Agency(action) => done(may(action, &Resource::of_unit(AGENCY, &["26".to_owned()]))),
            Self::Said(action) | Self::OfPost(action) => done(may(action, &place.owned_by(person))),
            Self::Seen(action) => {
                done(may(action, &place.owned_by(person)).or_else(|_| may(action, &Resource::of_person(person))))
            }
            Self::Whole(action) => done(authorize_person(viewer, action, person, &[(post.clone(), above.clone())], on)),
            Self::Newcomer(action) => {
                let first = Post { roles: vec![Role::UnitOfficer], ..post.clone() };
                done(authorize_person(viewer, action, &PersonId::from("moi"), &[(first, above.clone())], on))
            }
            Self::Roles(role) => done(authorize_roles(viewer, Action::Appoint, &[role], &place.owned_by(person), on)),
            Self::All(all) => all.iter().try_for_each(|needs| needs.has(viewer, target, on)),
            Self::Any(any) => {
                let mut last = Ok(());
                for needs in any {
                    last = needs.has(viewer, target, on);
                    if last.is_ok() {
                        break;
                    }
                }
                last
            }
        }
    }
}
