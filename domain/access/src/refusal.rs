//! Why one may not, and who may.

use std::fmt;

use crate::permission::{Scope, roles_for};
use crate::{Action, Role};

/// Why one may not, in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The public may not; who logs in perhaps may.
    Login(Action),
    /// The account is closed.
    Closed,
    /// The token is not good for it, though its owner may.
    Token(Action),
    /// None of one's posts has it.
    Role(Action),
    /// One has it, but not for this: how far it goes.
    OutOfReach(Action, Vec<Scope>),
    /// One may appoint and manage accounts, but not where these roles are concerned.
    Above(Vec<Role>),
    /// Nobody but an admin appoints himself or manages his own account as another's.
    Oneself,
}

impl Refusal {
    /// The roles that would do, in the order of the table.
    #[must_use]
    pub fn needed(&self) -> Vec<Role> {
        let (Self::Login(action) | Self::Role(action) | Self::OutOfReach(action, _)) = self else {
            return Vec::new();
        };
        let mut roles: Vec<Role> = Vec::new();
        for (role, _) in roles_for(*action) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Login(_) => "Hãy đăng nhập.".to_owned(),
            Self::Closed => "Nếu đây là nhầm lẫn, hãy liên hệ quản trị hệ thống.".to_owned(),
            Self::Token(_) => "Hãy tạo mã truy cập API có quyền này.".to_owned(),
            Self::Role(action) | Self::OutOfReach(action, _) => asking(*action),
            Self::Above(_) | Self::Oneself => "Hãy nhờ quản trị hệ thống.".to_owned(),
        }
    }
}

/// Whom to ask: the nearest first.
fn asking(action: Action) -> String {
    let rows = roles_for(action);
    let near =
        rows.iter().any(|(role, scope)| *role == Role::UnitHead && matches!(scope, Scope::OwnUnit | Scope::Subtree));
    let far = |wanted: Role| rows.iter().any(|(role, scope)| *role == wanted && *scope == Scope::All);
    let mut asked = Vec::new();
    if near {
        asked.push("thủ trưởng đơn vị có liên quan");
    }
    if far(Role::Coordinator) {
        asked.push("cơ quan thường trực CCHC");
    }
    if far(Role::Admin) {
        asked.push("quản trị hệ thống");
    }
    if asked.is_empty() {
        return "Chỉ chính người đó làm được việc này.".to_owned();
    }
    format!("Hãy nhờ {}.", asked.join(" hoặc "))
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Login(action) => write!(out, "Cần đăng nhập để {action}."),
            Self::Closed => out.write_str("Tài khoản này đã đóng."),
            Self::Token(action) => write!(out, "Mã truy cập API này không có quyền {action}."),
            Self::Role(action) => {
                let roles = self.needed();
                if roles.is_empty() {
                    return write!(out, "Bạn không có quyền {action} của người khác.");
                }
                write!(out, "Bạn chưa có quyền {action}. Cần vai trò: {}.", list(&roles))
            }
            Self::OutOfReach(action, scopes) => {
                let scopes: Vec<&str> = scopes.iter().map(|scope| scope.label()).collect();
                write!(out, "Quyền {action} của bạn chỉ trong phạm vi: {}.", scopes.join("; "))
            }
            Self::Oneself => {
                out.write_str("Bạn không tự bổ nhiệm, tự kết thúc chức vụ hay tự quản lý tài khoản của mình.")
            }
            Self::Above(roles) => {
                write!(
                    out,
                    "Vai trò của bạn không được giao, thu hồi hoặc quản lý tài khoản có vai trò: {}.",
                    list(roles)
                )
            }
        }
    }
}

impl std::error::Error for Refusal {}

fn list(roles: &[Role]) -> String {
    let labels: Vec<&str> = roles.iter().map(|role| role.label()).collect();
    labels.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_which_role_and_whom_to_ask() {
        let refusal = Refusal::Role(Action::ManageAccounts);
        assert_eq!(
            refusal.to_string(),
            "Bạn chưa có quyền quản lý tài khoản. Cần vai trò: Quản trị, Thủ trưởng đơn vị."
        );
        assert_eq!(refusal.hint(), "Hãy nhờ thủ trưởng đơn vị có liên quan hoặc quản trị hệ thống.");
        let sets = Refusal::Role(Action::ApplySets);
        assert_eq!(sets.hint(), "Hãy nhờ cơ quan thường trực CCHC.");
    }

    #[test]
    fn a_refusal_says_how_far_one_may_go() {
        let refusal = Refusal::OutOfReach(Action::ViewHistory, vec![Scope::OwnUnit, Scope::Self_]);
        assert_eq!(refusal.to_string(), "Quyền xem sổ cái của bạn chỉ trong phạm vi: đơn vị mình; của chính mình.");
        assert_eq!(Refusal::OutOfReach(Action::ViewNotices, vec![Scope::Self_]).needed(), []);
    }
}
