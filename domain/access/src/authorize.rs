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
