//! Appointing, and managing another's account: within reach, and nobody above oneself.

use cchc_ledger::PersonId;
use jiff::civil::Date;

use crate::authorize::rows;
use crate::permission::{PERMISSIONS, Scope, gives};
use crate::{Action, Grant, Post, Refusal, Resource, Role, Viewer, authorize};

/// Whether the viewer may give these roles in that unit, or take them there.
///
/// # Errors
/// As [`authorize()`]; and [`Refusal::Above`] where his role does not give those roles.
pub fn authorize_roles(
    viewer: &Viewer,
    action: Action,
    roles: &[Role],
    resource: &Resource<'_>,
    on: Date,
) -> Result<Grant, Refusal> {
    authorize(viewer, action, resource, on)?;
    let above = || Refusal::Above(roles.to_vec());
    let principal = viewer.principal().ok_or(Refusal::Login(action))?;
    let rows = rows(PERMISSIONS, principal, action, on);
    for row in rows {
        let (Some(holding), Some(role)) = (row.holding, row.role) else { continue };
        let within = row.scope != Scope::Self_ && row.scope.covers(holding.post, resource);
        if within && gives(role, roles) {
            return Ok(Grant::of(principal, &holding));
        }
    }
    Err(above())
}

/// Whether the viewer may do that to a person as a whole (his account, name, contact): he must reach each
/// post that the person holds now or later, and be able to give its roles. Whoever has no such post is
/// reached only from everywhere. One's own account is [`Action::ChangeSelf`].
///
/// Each post comes with the codes of the units above it on that day.
///
/// # Errors
/// As [`authorize_roles`], of the first post that stands in the way.
pub fn authorize_person(
    viewer: &Viewer,
    action: Action,
    person: &PersonId,
    posts: &[(Post, Vec<String>)],
    on: Date,
) -> Result<Grant, Refusal> {
    let mut grant = None;
    for (post, ancestors) in posts.iter().filter(|(post, _)| post.holds_from(on)) {
        let resource = Resource::of_unit(&post.unit, ancestors).owned_by(person);
        let this = authorize_roles(viewer, action, &post.roles, &resource, on)?;
        grant.get_or_insert(this);
    }
    match grant {
        Some(grant) => Ok(grant),
        None => authorize_roles(viewer, action, &[], &Resource::of_person(person), on),
    }
}
