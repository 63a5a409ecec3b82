//! What a post lets its holder do in the system.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A role; it comes with a post and goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs the system: people, accounts, jobs. No points, no criteria.
    Admin,
    /// The standing agency of the reform: sets, rounds, rules.
    Coordinator,
    /// Enters the data of his unit.
    UnitOfficer,
    /// Signs for his unit and manages its people.
    UnitHead,
    /// Appraises the fields assigned to his post.
    Appraiser,
    /// Member of the council that settles disputes.
    Council,
    /// Decides and publishes.
    Leader,
}

impl Role {
    /// Every role, in the order in which lists show them.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::Coordinator,
        Self::UnitOfficer,
        Self::UnitHead,
        Self::Appraiser,
        Self::Council,
        Self::Leader,
    ];

    /// The code in data: `unit-officer`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Coordinator => "coordinator",
            Self::UnitOfficer => "unit-officer",
            Self::UnitHead => "unit-head",
            Self::Appraiser => "appraiser",
            Self::Council => "council",
            Self::Leader => "leader",
        }
    }

    /// The role of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Admin => "Quản trị",
            Self::Coordinator => "Điều phối (cơ quan thường trực CCHC)",
            Self::UnitOfficer => "Cán bộ đầu mối",
            Self::UnitHead => "Thủ trưởng đơn vị",
            Self::Appraiser => "Người thẩm định",
            Self::Council => "Hội đồng",
            Self::Leader => "Lãnh đạo",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_is_stored_and_leads_back() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.code()));
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("Quản trị"), None);
    }
}
