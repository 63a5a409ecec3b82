//! The one table of who may do what. A new permission is a row here and nothing else.

use crate::{Action, Post, Resource, Role};

/// How far a permission goes from the post that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everything.
    All,
    /// The post's unit and every unit below it.
    Subtree,
    /// The post's unit alone.
    OwnUnit,
    /// The fields assigned to the post, of every unit.
    Fields,
    /// What is the person's own.
    Self_,
}

use Action as A;
use Role as R;
use Scope as S;

/// A row: whoever holds a post with this role may do this, that far.
pub type Permission = (Role, Action, Scope);

/// What the public may do, and so everybody.
pub const PUBLIC: &[Action] = &[A::ViewUnits, A::ViewSets, A::ViewDaysOff, A::ViewSeries];

/// What everybody who is logged in may do, with or without a post.
pub const EVERYBODY: &[(Action, Scope)] = &[
    (A::ViewSelf, S::Self_),
    (A::ChangeSelf, S::Self_),
    (A::ViewNotices, S::Self_),
    // What he himself did, whatever his posts are now.
    (A::ViewHistory, S::Self_),
];

/// What roles may do.
///
/// The admin runs the system and does not touch what is measured: criteria sets are the standing agency's.
pub const PERMISSIONS: &[Permission] = &[
    // Admin
    (R::Admin, A::SearchPeople, S::All),
    (R::Admin, A::ViewPeople, S::All),
    (R::Admin, A::ViewContacts, S::All),
    (R::Admin, A::EditPeople, S::All),
    (R::Admin, A::ExportPeople, S::All),
    (R::Admin, A::ManageAccounts, S::All),
    (R::Admin, A::Appoint, S::All),
    (R::Admin, A::Delegate, S::All),
    (R::Admin, A::HandOver, S::All),
    (R::Admin, A::ViewDrafts, S::All),
    (R::Admin, A::ProposeUnits, S::All),
    (R::Admin, A::ProposeDepartments, S::All),
    (R::Admin, A::ProposeSets, S::All),
    (R::Admin, A::ProposeDaysOff, S::All),
    (R::Admin, A::ProposeSeries, S::All),
    (R::Admin, A::ApplyUnits, S::All),
    (R::Admin, A::ApplyDepartments, S::All),
    (R::Admin, A::ApplyDaysOff, S::All),
    (R::Admin, A::ApplySeries, S::All),
    (R::Admin, A::ViewRounds, S::All),
    (R::Admin, A::ViewHistory, S::All),
    (R::Admin, A::ExportHistory, S::All),
    (R::Admin, A::ManageTokens, S::All),
    (R::Admin, A::ManageSystem, S::All),
    // Coordinator
    (R::Coordinator, A::SearchPeople, S::All),
    (R::Coordinator, A::ViewPeople, S::All),
    (R::Coordinator, A::ViewContacts, S::All),
    (R::Coordinator, A::EditPeople, S::OwnUnit),
    (R::Coordinator, A::ExportPeople, S::All),
    (R::Coordinator, A::Appoint, S::All),
    (R::Coordinator, A::Delegate, S::Self_),
    (R::Coordinator, A::HandOver, S::Self_),
    (R::Coordinator, A::ViewDrafts, S::All),
    (R::Coordinator, A::ProposeUnits, S::All),
    (R::Coordinator, A::ProposeDepartments, S::All),
    (R::Coordinator, A::ProposeSets, S::All),
    (R::Coordinator, A::ProposeDaysOff, S::All),
    (R::Coordinator, A::ProposeSeries, S::All),
    (R::Coordinator, A::ApplyUnits, S::All),
    (R::Coordinator, A::ApplyDepartments, S::All),
    (R::Coordinator, A::ApplySets, S::All),
    (R::Coordinator, A::ApplyDaysOff, S::All),
    (R::Coordinator, A::ApplySeries, S::All),
    (R::Coordinator, A::ViewRounds, S::All),
    (R::Coordinator, A::RunRounds, S::All),
    (R::Coordinator, A::ViewBoards, S::All),
    (R::Coordinator, A::ViewSheets, S::All),
    (R::Coordinator, A::DecideLines, S::All),
    (R::Coordinator, A::PublishRounds, S::All),
    (R::Coordinator, A::AskThreads, S::All),
    (R::Coordinator, A::ViewHistory, S::All),
    (R::Coordinator, A::ExportHistory, S::All),
    (R::Coordinator, A::ManageTokens, S::Self_),
    // Unit officer
    (R::UnitOfficer, A::SearchPeople, S::All),
    (R::UnitOfficer, A::ViewPeople, S::All),
    (R::UnitOfficer, A::ViewContacts, S::OwnUnit),
    (R::UnitOfficer, A::Delegate, S::Self_),
    (R::UnitOfficer, A::HandOver, S::Self_),
    (R::UnitOfficer, A::ViewDrafts, S::OwnUnit),
    (R::UnitOfficer, A::ProposeUnits, S::OwnUnit),
    (R::UnitOfficer, A::ProposeDepartments, S::OwnUnit),
    (R::UnitOfficer, A::ViewRounds, S::All),
    (R::UnitOfficer, A::RunRounds, S::OwnUnit),
    (R::UnitOfficer, A::ViewBoards, S::OwnUnit),
    (R::UnitOfficer, A::ViewSheets, S::Subtree),
    (R::UnitOfficer, A::FillSheets, S::OwnUnit),
    (R::UnitOfficer, A::AskThreads, S::All),
    (R::UnitOfficer, A::ViewHistory, S::OwnUnit),
    (R::UnitOfficer, A::ManageTokens, S::Self_),
    // Unit head
    (R::UnitHead, A::SearchPeople, S::All),
    (R::UnitHead, A::ViewPeople, S::All),
    (R::UnitHead, A::ViewContacts, S::Subtree),
    (R::UnitHead, A::EditPeople, S::OwnUnit),
    (R::UnitHead, A::ExportPeople, S::Subtree),
    (R::UnitHead, A::ManageAccounts, S::OwnUnit),
    (R::UnitHead, A::Appoint, S::OwnUnit),
    (R::UnitHead, A::Delegate, S::Self_),
    (R::UnitHead, A::HandOver, S::Self_),
    (R::UnitHead, A::HandOver, S::OwnUnit),
    (R::UnitHead, A::ViewDrafts, S::OwnUnit),
    (R::UnitHead, A::ProposeUnits, S::OwnUnit),
    (R::UnitHead, A::ProposeDepartments, S::OwnUnit),
    (R::UnitHead, A::ViewRounds, S::All),
    (R::UnitHead, A::RunRounds, S::OwnUnit),
    (R::UnitHead, A::ViewBoards, S::OwnUnit),
    (R::UnitHead, A::ViewSheets, S::Subtree),
    (R::UnitHead, A::FillSheets, S::OwnUnit),
    (R::UnitHead, A::SubmitSheets, S::OwnUnit),
    (R::UnitHead, A::AppraiseLines, S::OwnUnit),
    (R::UnitHead, A::DecideLines, S::OwnUnit),
    (R::UnitHead, A::PublishRounds, S::OwnUnit),
    (R::UnitHead, A::AskThreads, S::All),
    (R::UnitHead, A::ViewHistory, S::Subtree),
    (R::UnitHead, A::ExportHistory, S::Subtree),
    (R::UnitHead, A::ManageTokens, S::Self_),
    // Appraiser
    (R::Appraiser, A::SearchPeople, S::All),
    (R::Appraiser, A::ViewPeople, S::All),
    (R::Appraiser, A::ViewContacts, S::OwnUnit),
    (R::Appraiser, A::Delegate, S::Self_),
    (R::Appraiser, A::HandOver, S::Self_),
    (R::Appraiser, A::ViewDrafts, S::OwnUnit),
    (R::Appraiser, A::ProposeSets, S::OwnUnit),
    (R::Appraiser, A::ViewRounds, S::All),
    (R::Appraiser, A::ViewBoards, S::All),
    // Of the cells that his agency appraises in a round, whosever the sheet.
    (R::Appraiser, A::AppraiseLines, S::OwnUnit),
    (R::Appraiser, A::AskThreads, S::All),
    (R::Appraiser, A::ViewHistory, S::OwnUnit),
    // Council
    (R::Council, A::SearchPeople, S::All),
    (R::Council, A::ViewPeople, S::All),
    (R::Council, A::ViewRounds, S::All),
    (R::Council, A::ViewBoards, S::All),
    (R::Council, A::ViewSheets, S::All),
    (R::Council, A::DecideLines, S::All),
    (R::Council, A::ViewHistory, S::All),
    // Leader
    (R::Leader, A::SearchPeople, S::All),
    (R::Leader, A::ViewPeople, S::All),
    (R::Leader, A::ViewContacts, S::All),
    (R::Leader, A::ExportPeople, S::All),
    (R::Leader, A::Delegate, S::Self_),
    (R::Leader, A::HandOver, S::Self_),
    (R::Leader, A::ViewDrafts, S::All),
    (R::Leader, A::ViewRounds, S::All),
    (R::Leader, A::ViewBoards, S::All),
    (R::Leader, A::ViewSheets, S::All),
    (R::Leader, A::PublishRounds, S::All),
    (R::Leader, A::ViewHistory, S::All),
    (R::Leader, A::ExportHistory, S::All),
];

/// Which roles one may give to others, or take from them, by one's own role.
///
/// Without it whoever appoints in his unit could make himself an admin.
pub const GIVES: &[(Role, &[Role])] = &[
    (R::Admin, &Role::ALL),
    (R::Coordinator, &[R::UnitOfficer, R::UnitHead, R::Appraiser, R::Council]),
    (R::UnitHead, &[R::UnitOfficer]),
];

impl Scope {
    /// What people call it, after "trong phạm vi".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "toàn hệ thống",
            Self::Subtree => "đơn vị mình và các đơn vị trực thuộc",
            Self::OwnUnit => "đơn vị mình",
            Self::Fields => "lĩnh vực được phân công",
            Self::Self_ => "của chính mình",
        }
    }

    /// Whether the thing lies within it, apart from [`Scope::Self_`], seen from a post.
    #[must_use]
    pub(crate) fn covers(self, post: &Post, resource: &Resource<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Subtree => !post.unit.is_empty() && resource.lies_under(&post.unit),
            Self::OwnUnit => !post.unit.is_empty() && resource.unit == Some(post.unit.as_str()),
            Self::Fields => resource.field.is_some_and(|field| post.fields.iter().any(|own| own == field)),
            Self::Self_ => false,
        }
    }
}

/// The roles that have the action at all, with how far, in the order of the table.
#[must_use]
pub fn roles_for(action: Action) -> Vec<(Role, Scope)> {
    let rows = PERMISSIONS.iter().filter(|(_, permitted, _)| *permitted == action);
    rows.map(|(role, _, scope)| (*role, *scope)).collect()
}

/// Whether a role may give all these roles.
#[must_use]
pub fn gives(role: Role, roles: &[Role]) -> bool {
    let given = GIVES.iter().find(|(giver, _)| *giver == role);
    given.is_some_and(|(_, given)| roles.iter().all(|wanted| given.contains(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_somebodys_and_no_row_stands_twice() {
        for action in Action::ALL {
            let everybodys = PUBLIC.contains(action) || EVERYBODY.iter().any(|(own, _)| own == action);
            assert!(everybodys || !roles_for(*action).is_empty(), "{action}");
            assert!(!PUBLIC.contains(action) || roles_for(*action).is_empty(), "{action}: the public may anyway");
        }
        for row in PERMISSIONS {
            assert_eq!(PERMISSIONS.iter().filter(|other| *other == row).count(), 1, "{row:?}");
        }
    }

    #[test]
    fn the_system_is_the_admins_and_the_sets_are_the_coordinators() {
        assert_eq!(roles_for(A::ManageSystem), [(R::Admin, S::All)]);
        assert_eq!(roles_for(A::ApplySets), [(R::Coordinator, S::All)]);
    }

    #[test]
    fn nobody_but_an_admin_makes_an_admin_or_himself_more() {
        for role in Role::ALL {
            assert_eq!(gives(role, &[R::Admin]), role == R::Admin, "{role}");
            assert!(role == R::Admin || !gives(role, &[role]), "{role}");
        }
        assert!(gives(R::UnitHead, &[]) && !gives(R::UnitHead, &[R::UnitOfficer, R::Leader]));
        assert!(!gives(R::UnitOfficer, &[]));
    }
}
