//! Whether one may, and in which post and capacity one then acts.

use cchc_ledger::{Actor, PersonId};
use jiff::civil::Date;

use crate::permission::{EVERYBODY, PERMISSIONS, PUBLIC, Permission, Scope};
use crate::viewer::Holding;
use crate::{Action, Capacity, DelegationId, PostId, Principal, Refusal, Resource, Standing, Viewer};

/// One may, and acts so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who; `None`: the public.
    pub person: Option<PersonId>,
    /// In which post; `None`: for himself alone. The giver's post where it is delegated.
    pub post: Option<PostId>,
    /// Code of the unit of that post; empty where none.
    pub unit: String,
    /// How he signs.
    pub capacity: Capacity,
    /// By which delegation.
    pub delegation: Option<DelegationId>,
}

/// Whether the viewer may do that to that thing on that day; in his own post first, then by delegation,
/// then for himself alone.
///
/// # Errors
/// The refusal says which roles would do and whom to ask.
pub fn authorize(viewer: &Viewer, action: Action, resource: &Resource<'_>, on: Date) -> Result<Grant, Refusal> {
    authorize_by(PERMISSIONS, viewer, action, resource, on)
}

pub(crate) fn authorize_by(
    table: &[Permission],
    viewer: &Viewer,
    action: Action,
    resource: &Resource<'_>,
    on: Date,
) -> Result<Grant, Refusal> {
    let Some(principal) = viewer.principal() else {
        return if PUBLIC.contains(&action) { Ok(Grant::public()) } else { Err(Refusal::Login(action)) };
    };
    if PUBLIC.contains(&action) {
        return Ok(Grant::himself(principal));
    }
    if principal.standing == Standing::Closed {
        return Err(Refusal::Closed);
    }
    if !principal.token.include(action) {
        return Err(Refusal::Token(action));
    }
    let rows = rows(table, principal, action, on);
    let covers = |row: &Row<'_>| match (row.scope, row.holding) {
        (Scope::Self_, _) => resource.owner == Some(&principal.person),
        (scope, Some(holding)) => scope.covers(holding.post, resource),
        (scope, None) => scope == Scope::All,
    };
    match rows.iter().find(|row| covers(row)) {
        Some(row) => {
            Ok(row.holding.map_or_else(|| Grant::himself(principal), |holding| Grant::of(principal, &holding)))
        }
        None => Err(Refusal::nearest(action, &rows)),
    }
}

/// A permission that the principal has, and where from; no holding: everybody has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) holding: Option<Holding<'a>>,
    pub(crate) role: Option<crate::Role>,
    pub(crate) scope: Scope,
}

/// What he has of an action on that day, token and standing apart. What is one's own can't be delegated.
pub(crate) fn rows<'a>(table: &[Permission], principal: &'a Principal, action: Action, on: Date) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for holding in principal.holdings(on) {
        let delegated = holding.delegation.is_some();
        let lets = |given: &crate::Delegation| action.is_delegable() && given.actions.include(action);
        if holding.delegation.is_some_and(|given| !lets(given)) {
            continue;
        }
        let own = table.iter().filter(|(role, permitted, _)| *permitted == action && holding.post.has(*role));
        let own = own.filter(|(_, _, scope)| !delegated || *scope != Scope::Self_);
        rows.extend(own.map(|(role, _, scope)| Row { holding: Some(holding), role: Some(*role), scope: *scope }));
    }
    let everybodys = EVERYBODY.iter().filter(|(permitted, _)| *permitted == action);
    rows.extend(everybodys.map(|(_, scope)| Row { holding: None, role: None, scope: *scope }));
    rows
}

impl Refusal {
    pub(crate) fn nearest(action: Action, rows: &[Row<'_>]) -> Self {
        if rows.iter().all(|row| row.holding.is_none()) {
            return Self::Role(action);
        }
        let mut scopes: Vec<Scope> = rows.iter().map(|row| row.scope).collect();
        scopes.sort_unstable();
        scopes.dedup();
        Self::OutOfReach(action, scopes)
    }
}

impl Grant {
    fn public() -> Self {
        Self { person: None, post: None, unit: String::new(), capacity: Capacity::Own, delegation: None }
    }

    fn himself(principal: &Principal) -> Self {
        Self { person: Some(principal.person.clone()), ..Self::public() }
    }

    pub(crate) fn of(principal: &Principal, holding: &Holding<'_>) -> Self {
        Self {
            person: Some(principal.person.clone()),
            post: Some(holding.post.id.clone()),
            unit: holding.post.unit.clone(),
            capacity: holding.capacity(),
            delegation: holding.delegation.map(|delegation| delegation.id.clone()),
        }
    }

    /// The actor of the commands that follow; `None` for the public, who says nothing.
    #[must_use]
    pub fn actor(&self) -> Option<Actor> {
        Some(Actor {
            person: self.person.as_ref()?.0.clone(),
            post: self.post.as_ref().map_or_else(String::new, |post| post.0.clone()),
            unit: self.unit.clone(),
            capacity: self.capacity.code().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::testing::{person_in, post};
    use crate::{Actions, Delegated, Delegation, Post, Role};

    fn on() -> Date {
        date(2021, 10, 14)
    }

    fn may(viewer: &Viewer, action: Action, unit: &str, above: &[&str]) -> Result<Grant, Refusal> {
        let above: Vec<String> = above.iter().map(|unit| (*unit).to_owned()).collect();
        authorize(viewer, action, &Resource::of_unit(unit, &above), on())
    }

    fn delegated(post: Post, capacity: Capacity, actions: Actions) -> Delegated {
        let delegation = Delegation {
            id: "u1".into(),
            from_post: post.id.clone(),
            to_person: "a".into(),
            capacity,
            actions,
            from: date(2021, 10, 1),
            to: Some(date(2021, 10, 31)),
            document: "12/UQ-SNV".to_owned(),
            ended: None,
        };
        Delegated { delegation, post }
    }

    fn with(viewer: Viewer, given: Delegated) -> Viewer {
        let Viewer::Person(principal) = viewer else { return viewer };
        Viewer::Person(Principal { delegated: vec![given], ..principal })
    }

    #[test]
    fn the_public_sees_units_and_sets_and_is_asked_to_log_in() {
        assert_eq!(may(&Viewer::Public, Action::ViewSets, "H37", &[]).unwrap().actor(), None);
        assert_eq!(may(&Viewer::Public, Action::ViewHistory, "H37", &[]), Err(Refusal::Login(Action::ViewHistory)));
    }

    #[test]
    fn the_own_unit_the_units_below_and_no_other() {
        let officer = person_in("a", vec![post("p1", "H37.04", &[Role::UnitOfficer])]);
        let head = person_in("a", vec![post("p1", "H37.04", &[Role::UnitHead])]);
        let history = Action::ViewHistory;
        assert!(may(&officer, history, "H37.04", &["H37"]).is_ok());
        assert!(may(&officer, history, "H37.04.01", &["H37.04", "H37"]).is_err());
        assert!(may(&head, history, "H37.04.01", &["H37.04", "H37"]).is_ok());
        let other = may(&head, history, "H37.05", &["H37"]);
        assert_eq!(other, Err(Refusal::OutOfReach(history, vec![Scope::Subtree, Scope::Self_])));
    }

    #[test]
    fn ones_own_needs_no_post() {
        let (me, other) = (PersonId::from("a"), PersonId::from("b"));
        let viewer = person_in("a", Vec::new());
        let granted = authorize(&viewer, Action::ChangeSelf, &Resource::of_person(&me), on()).unwrap();
        assert_eq!(granted.actor(), Some(Actor::person("a")));
        let refused = authorize(&viewer, Action::ChangeSelf, &Resource::of_person(&other), on());
        assert_eq!(refused, Err(Refusal::Role(Action::ChangeSelf)));
    }

    #[test]
    fn a_post_counts_from_its_first_to_its_last_day() {
        let last = Post { to: Some(date(2021, 10, 13)), ..post("p1", "H37.04", &[Role::UnitOfficer]) };
        assert_eq!(
            may(&person_in("a", vec![last]), Action::ViewDrafts, "H37.04", &[]),
            Err(Refusal::Role(Action::ViewDrafts))
        );
    }

    #[test]
    fn one_acts_in_ones_own_post_first_and_else_as_the_delegation_says() {
        let head = post("p9", "H37.04", &[Role::UnitHead]);
        let mine = Post { capacity: Capacity::Q, ..post("p1", "H37.04", &[Role::UnitOfficer]) };
        let viewer = with(person_in("a", vec![mine]), delegated(head, Capacity::Kt, Actions::All));
        let own = may(&viewer, Action::ViewHistory, "H37.04", &[]).unwrap();
        assert_eq!((own.post, own.capacity, own.delegation), (Some("p1".into()), Capacity::Q, None));
        let actor = may(&viewer, Action::ExportHistory, "H37.04", &[]).unwrap().actor().unwrap();
        assert_eq!((actor.person.as_str(), actor.post.as_str(), actor.capacity.as_str()), ("a", "p9", "KT"));
    }

    #[test]
    fn a_delegation_goes_no_further_than_it_says() {
        let head = || post("p9", "H37.04", &[Role::UnitHead]);
        let viewer = |actions| with(person_in("a", Vec::new()), delegated(head(), Capacity::Tuq, actions));
        let exports = viewer(Actions::Only(vec![Action::ExportHistory]));
        assert!(may(&exports, Action::ExportHistory, "H37.04", &[]).is_ok());
        assert_eq!(may(&exports, Action::Appoint, "H37.04", &[]), Err(Refusal::Role(Action::Appoint)));
        let all = viewer(Actions::All);
        assert!(may(&all, Action::Appoint, "H37.04", &[]).is_ok());
        let himself = PersonId::from("a");
        let passed_on = authorize(&all, Action::Delegate, &Resource::of_person(&himself), on());
        assert_eq!(passed_on, Err(Refusal::Role(Action::Delegate)));
        assert!(may(&all, Action::HandOver, "H37.04", &[]).is_err());
    }

    #[test]
    fn a_delegation_ends_with_the_givers_post() {
        let gone = Post { to: Some(date(2021, 10, 13)), ..post("p9", "H37.04", &[Role::UnitHead]) };
        let viewer = with(person_in("a", Vec::new()), delegated(gone, Capacity::Kt, Actions::All));
        assert!(may(&viewer, Action::Appoint, "H37.04", &[]).is_err());
    }

    #[test]
    fn who_left_and_a_narrow_token_are_refused() {
        let Viewer::Person(admin) = person_in("a", vec![post("p1", "", &[Role::Admin])]) else { panic!("a person") };
        let left = Viewer::Person(Principal { standing: Standing::Closed, ..admin.clone() });
        assert_eq!(may(&left, Action::ManageSystem, "H37", &[]), Err(Refusal::Closed));
        let token = Actions::Only(vec![Action::ViewHistory]);
        let token = Viewer::Person(Principal { token, ..admin });
        assert!(may(&token, Action::ViewHistory, "H37", &[]).is_ok());
        assert_eq!(may(&token, Action::ManageSystem, "H37", &[]), Err(Refusal::Token(Action::ManageSystem)));
    }
}
