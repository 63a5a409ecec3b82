//! In which capacity one signs: the letters before the title.
//!
//! Source: Nghị định 30/2020/NĐ-CP, Điều 13 and Phụ lục I, Phần I, mục II.7.

use serde::{Deserialize, Serialize};

/// The capacity in which a person acts and signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Capacity {
    /// In his own post, as its holder.
    #[default]
    #[serde(rename = "")]
    Own,
    /// For a body that decides together.
    Tm,
    /// In place of the head, as his deputy.
    Kt,
    /// By order of the head.
    Tl,
    /// By authorisation of the head, limited in time and content.
    Tuq,
    /// Holding the post provisionally.
    Q,
}

impl Capacity {
    /// Every capacity.
    pub const ALL: [Self; 6] = [Self::Own, Self::Tm, Self::Kt, Self::Tl, Self::Tuq, Self::Q];

    /// The code in data and in an actor: `TUQ`; empty for [`Capacity::Own`].
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Tm => "TM",
            Self::Kt => "KT",
            Self::Tl => "TL",
            Self::Tuq => "TUQ",
            Self::Q => "Q",
        }
    }

    /// The capacity of a code, with or without its full stop.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let bare = code.strip_suffix('.').unwrap_or(code);
        Self::ALL.into_iter().find(|capacity| capacity.code() == bare)
    }

    /// As it is printed before the title: `TUQ.`; empty for [`Capacity::Own`].
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Tm => "TM.",
            Self::Kt => "KT.",
            Self::Tl => "TL.",
            Self::Tuq => "TUQ.",
            Self::Q => "Q.",
        }
    }

    /// What it means.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Own => "ký theo chức vụ của mình",
            Self::Tm => "thay mặt tập thể lãnh đạo hoặc cơ quan",
            Self::Kt => "ký thay người đứng đầu",
            Self::Tl => "ký thừa lệnh người đứng đầu",
            Self::Tuq => "ký thừa ủy quyền người đứng đầu",
            Self::Q => "quyền, được giao giữ chức vụ tạm thời",
        }
    }

    /// Whether a post itself may carry it; the others come from another's post, by delegation.
    #[must_use]
    pub const fn belongs_to_post(self) -> bool {
        matches!(self, Self::Own | Self::Tm | Self::Q)
    }

    /// Whether it can be given by delegation. [`Capacity::Own`] is then a substitute who signs for himself.
    #[must_use]
    pub const fn is_delegated(self) -> bool {
        matches!(self, Self::Own | Self::Kt | Self::Tl | Self::Tuq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_is_stored_and_leads_back() {
        for capacity in Capacity::ALL {
            assert_eq!(serde_json::to_string(&capacity).unwrap(), format!("\"{}\"", capacity.code()));
            assert_eq!(Capacity::from_code(capacity.code()), Some(capacity));
            assert_eq!(Capacity::from_code(capacity.label()), Some(capacity));
            assert_eq!(capacity.label().trim_end_matches('.'), capacity.code());
            assert!(capacity.belongs_to_post() || capacity.is_delegated());
        }
        assert_eq!(Capacity::from_code("tm"), None);
    }
}
