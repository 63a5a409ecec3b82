//! What can be done: a verb on a kind of thing. A new action is one line here and its rows in
//! [`crate::permission`].

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident $code:literal $label:literal;)*) => {
        /// A verb on a kind of thing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum Action {
            $($(#[$doc])* $name,)*
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code in data and tokens: `view-history`. A code that was once stored stays.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What people call it, as it stands after "quyền": `xem sổ cái`.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

actions! {
    /// Units and departments, their history.
    ViewUnits "view-units" "xem danh mục đơn vị";
    /// Criteria sets.
    ViewSets "view-sets" "xem bộ tiêu chí";
    /// Days off.
    ViewDaysOff "view-days-off" "xem lịch nghỉ";
    /// Series of figures that others publish of the province.
    ViewSeries "view-series" "xem chuỗi số liệu";

    /// The own account, sessions, posts.
    ViewSelf "view-self" "xem tài khoản của mình";
    /// The own password, contact, sessions.
    ChangeSelf "change-self" "sửa tài khoản của mình";
    /// The own notices.
    ViewNotices "view-notices" "xem thông báo của mình";

    /// Names and posts of officials, by search.
    SearchPeople "search-people" "tìm cán bộ";
    /// Names and posts of officials, as a list and a page each.
    ViewPeople "view-people" "xem danh sách cán bộ";
    /// Telephone numbers and addresses.
    ViewContacts "view-contacts" "xem thông tin liên hệ của cán bộ";
    /// Enter a person, correct a name or a contact.
    EditPeople "edit-people" "sửa thông tin cán bộ";
    /// The list of people as a file.
    ExportPeople "export-people" "xuất danh sách cán bộ";
    /// Open and close accounts, reset passwords, end another's sessions.
    ManageAccounts "manage-accounts" "quản lý tài khoản";
    /// Give, change and end posts.
    Appoint "appoint" "bổ nhiệm, thay đổi và kết thúc chức vụ";
    /// Have another act in a post.
    Delegate "delegate" "ủy quyền, giao ký thay";
    /// Pass on all open work of a post.
    HandOver "hand-over" "bàn giao công việc";

    /// Prepared changes.
    ViewDrafts "view-drafts" "xem bản nháp";
    /// Prepare a change of administrative units.
    ProposeUnits "propose-units" "đề xuất thay đổi đơn vị hành chính";
    /// Prepare a change of departments.
    ProposeDepartments "propose-departments" "đề xuất thay đổi sở, ban, ngành";
    /// Prepare a change of a criteria set.
    ProposeSets "propose-sets" "đề xuất thay đổi bộ tiêu chí";
    /// Prepare a change of days off.
    ProposeDaysOff "propose-days-off" "đề xuất thay đổi lịch nghỉ";
    /// Prepare a change of series or of their figures.
    ProposeSeries "propose-series" "đề xuất thay đổi chuỗi số liệu";
    /// Put a change of administrative units in force.
    ApplyUnits "apply-units" "áp dụng thay đổi đơn vị hành chính";
    /// Put a change of departments in force.
    ApplyDepartments "apply-departments" "áp dụng thay đổi sở, ban, ngành";
    /// Put a change of a criteria set in force.
    ApplySets "apply-sets" "áp dụng thay đổi bộ tiêu chí";
    /// Put a change of days off in force.
    ApplyDaysOff "apply-days-off" "áp dụng thay đổi lịch nghỉ";
    /// Put a change of series or of their figures in force.
    ApplySeries "apply-series" "áp dụng thay đổi chuỗi số liệu";

    /// Rounds: what is scored, by when, who appraises.
    ViewRounds "view-rounds" "xem các đợt chấm điểm";
    /// Plan, open and lead a round; urge, extend, reopen; enter what units don't report.
    RunRounds "run-rounds" "tổ chức đợt chấm điểm";
    /// How far the units of a round are.
    ViewBoards "view-boards" "xem tiến độ chấm điểm của các đơn vị";
    /// The sheet of a unit.
    ViewSheets "view-sheets" "xem phiếu chấm điểm";
    /// Answer the lines of a sheet, prove and explain them.
    FillSheets "fill-sheets" "nhập phiếu tự chấm điểm";
    /// Hand a sheet in, or give it back to the officer.
    SubmitSheets "submit-sheets" "nộp phiếu tự chấm điểm";
    /// See the lines that one's agency appraises in a round, decide of them, ask back.
    AppraiseLines "appraise-lines" "thẩm định các dòng của phiếu";
    /// Settle what is still disputed, for the council.
    DecideLines "decide-lines" "ghi kết luận của Hội đồng";
    /// Publish the result of a round.
    PublishRounds "publish-rounds" "công bố kết quả đợt chấm điểm";
    /// Ask how a criterion is scored, in the thread that all units see.
    AskThreads "ask-threads" "hỏi về tiêu chí";

    /// What was said, by whom, when.
    ViewHistory "view-history" "xem sổ cái";
    /// The same as a file or a feed.
    ExportHistory "export-history" "xuất sổ cái";

    /// Tokens for programs.
    ManageTokens "manage-tokens" "quản lý mã truy cập API";
    /// Jobs, settings, standing of the system.
    ManageSystem "manage-system" "quản trị hệ thống";
}

impl Action {
    /// The action of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.code() == code)
    }

    /// What preparing a change of that kind of rule is: `criteria-set`.
    #[must_use]
    pub fn proposing(kind: &str) -> Option<Self> {
        match kind {
            "units" => Some(Self::ProposeUnits),
            "departments" => Some(Self::ProposeDepartments),
            "criteria-set" => Some(Self::ProposeSets),
            "days-off" => Some(Self::ProposeDaysOff),
            "series" | "series-figures" => Some(Self::ProposeSeries),
            _ => None,
        }
    }

    /// What putting a change of that kind of rule in force is.
    #[must_use]
    pub fn applying(kind: &str) -> Option<Self> {
        match kind {
            "units" => Some(Self::ApplyUnits),
            "departments" => Some(Self::ApplyDepartments),
            "criteria-set" => Some(Self::ApplySets),
            "days-off" => Some(Self::ApplyDaysOff),
            "series" | "series-figures" => Some(Self::ApplySeries),
            _ => None,
        }
    }

    /// Whether another may be asked to do it in one's post. What was delegated is not passed on
    /// (Nghị định 30/2020/NĐ-CP, Điều 13 khoản 3).
    #[must_use]
    pub const fn is_delegable(self) -> bool {
        !matches!(
            self,
            Self::Delegate
                | Self::HandOver
                | Self::ManageTokens
                | Self::ViewSelf
                | Self::ChangeSelf
                | Self::ViewNotices
        )
    }
}

/// A code that is no action's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("không có quyền mang mã «{0}»")]
pub struct UnknownAction(pub String);

impl TryFrom<String> for Action {
    type Error = UnknownAction;
    fn try_from(code: String) -> Result<Self, UnknownAction> {
        Self::from_code(&code).ok_or(UnknownAction(code))
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.code().to_owned()
    }
}

impl fmt::Display for Action {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

/// Which actions a delegation or a token is good for, out of those that its giver has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actions {
    /// All.
    #[default]
    All,
    /// These alone.
    Only(Vec<Action>),
}

impl Actions {
    /// Whether the action is among them.
    #[must_use]
    pub fn include(&self, action: Action) -> bool {
        match self {
            Self::All => true,
            Self::Only(actions) => actions.contains(&action),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_labels_are_each_ones_own() {
        for action in Action::ALL {
            assert_eq!(Action::from_code(action.code()), Some(*action));
            assert_eq!(Action::ALL.iter().filter(|other| other.label() == action.label()).count(), 1, "{action}");
            let json = serde_json::to_string(action).unwrap();
            assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), *action);
        }
        assert!(serde_json::from_str::<Action>("\"fly\"").is_err());
    }

    #[test]
    fn every_kind_of_rule_is_proposed_and_applied() {
        for kind in ["units", "departments", "criteria-set", "days-off", "series", "series-figures"] {
            assert_ne!(Action::proposing(kind).unwrap(), Action::applying(kind).unwrap());
        }
        assert_eq!((Action::proposing("person"), Action::applying("person")), (None, None));
    }
}
