//! Appointing, and managing another's account: within reach, and nobody above oneself.

use cchc_ledger::PersonId;
use jiff::civil::Date;

use crate::authorize::rows;
use crate::permission::{PERMISSIONS, gives};
use crate::{Action, Grant, Post, Refusal, Resource, Role, Viewer, authorize};

/// Whether the viewer may give these roles in that unit, or take them there; the thing's owner is the
/// person who gets or loses them.
///
/// # Errors
/// As [`authorize()`]; [`Refusal::Above`] where his role does not give those roles; [`Refusal::Oneself`].
pub fn authorize_roles(
    viewer: &Viewer,
    action: Action,
    roles: &[Role],
    resource: &Resource<'_>,
    on: Date,
) -> Result<Grant, Refusal> {
    authorize(viewer, action, resource, on)?;
    let principal = viewer.principal().ok_or(Refusal::Login(action))?;
    let himself = resource.owner == Some(&principal.person);
    for row in rows(PERMISSIONS, principal, action, on) {
        let (Some(holding), Some(role)) = (row.holding, row.role) else { continue };
        let permitted = gives(role, roles) && (role == Role::Admin || !himself);
        if permitted && row.scope.covers(holding.post, resource) {
            return Ok(Grant::of(principal, &holding));
        }
    }
    Err(if himself { Refusal::Oneself } else { Refusal::Above(roles.to_vec()) })
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::testing::{person_in, post};

    fn on() -> Date {
        date(2021, 10, 14)
    }

    fn appoint(viewer: &Viewer, roles: &[Role], unit: &str, whom: &str) -> Result<Grant, Refusal> {
        let whom = PersonId::from(whom);
        authorize_roles(viewer, Action::Appoint, roles, &Resource::of_unit(unit, &[]).owned_by(&whom), on())
    }

    #[test]
    fn nobody_appoints_above_himself() {
        let head = person_in("a", vec![post("p1", "H37.04", &[Role::UnitHead])]);
        assert!(appoint(&head, &[Role::UnitOfficer], "H37.04", "b").is_ok());
        assert_eq!(appoint(&head, &[Role::Admin], "H37.04", "b"), Err(Refusal::Above(vec![Role::Admin])));
        let both = [Role::UnitOfficer, Role::Leader];
        assert_eq!(appoint(&head, &both, "H37.04", "b"), Err(Refusal::Above(both.to_vec())));
        assert!(matches!(appoint(&head, &[Role::UnitOfficer], "H37.05", "b"), Err(Refusal::OutOfReach(..))));
    }

    #[test]
    fn nobody_but_an_admin_appoints_himself() {
        let coordinator = person_in("a", vec![post("p1", "H37.04", &[Role::Coordinator])]);
        assert!(appoint(&coordinator, &[Role::UnitHead], "H37.09", "b").is_ok());
        assert_eq!(appoint(&coordinator, &[Role::UnitHead], "H37.09", "a"), Err(Refusal::Oneself));
        let admin = person_in("a", vec![post("p1", "", &[Role::Admin])]);
        assert!(appoint(&admin, &[Role::UnitHead, Role::Admin], "H37.09", "a").is_ok());
    }

    #[test]
    fn an_account_is_managed_by_whoever_could_give_all_its_posts() {
        let head = person_in("a", vec![post("p1", "H37.04", &[Role::UnitHead])]);
        let admin = person_in("c", vec![post("p9", "", &[Role::Admin])]);
        let manage = |viewer: &Viewer, posts: &[Post]| {
            let posts: Vec<_> = posts.iter().map(|post| (post.clone(), Vec::new())).collect();
            authorize_person(viewer, Action::ManageAccounts, &PersonId::from("b"), &posts, on())
        };
        let officer = post("p2", "H37.04", &[Role::UnitOfficer]);
        let elsewhere = post("p3", "H37.05", &[Role::UnitOfficer]);
        let runs_it = post("p4", "H37.04", &[Role::Admin]);
        let once = Post { to: Some(date(2020, 12, 31)), ..runs_it.clone() };
        assert_eq!(manage(&head, &[officer.clone(), once]).unwrap().post, Some("p1".into()));
        assert!(matches!(manage(&head, &[officer.clone(), elsewhere.clone()]), Err(Refusal::OutOfReach(..))));
        assert_eq!(manage(&head, &[officer.clone(), runs_it.clone()]), Err(Refusal::Above(vec![Role::Admin])));
        assert!(matches!(manage(&head, &[]), Err(Refusal::OutOfReach(..))));
        assert!(manage(&admin, &[officer, elsewhere, runs_it]).is_ok());
        assert!(manage(&admin, &[]).is_ok());
        assert_eq!(manage(&Viewer::Public, &[]), Err(Refusal::Login(Action::ManageAccounts)));
    }
}
