//! The kinds of rules that come as files.

use cchc_units::{DEPARTMENT_COLUMNS, UNIT_COLUMNS};

/// A kind of rule; its code stands in the rule's stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleKind {
    /// Administrative units.
    Units,
    /// Departments of a province.
    Departments,
    /// A criteria set.
    CriteriaSet,
    /// Days off.
    DaysOff,
}

impl RuleKind {
    /// Every kind, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Units, Self::Departments, Self::CriteriaSet, Self::DaysOff];

    /// The code in data: `criteria-set`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Departments => "departments",
            Self::CriteriaSet => "criteria-set",
            Self::DaysOff => "days-off",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people call it: `danh mục đơn vị hành chính`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Units => "danh mục đơn vị hành chính",
            Self::Departments => "danh mục sở, ban, ngành",
            Self::CriteriaSet => "bộ tiêu chí",
            Self::DaysOff => "lịch nghỉ",
        }
    }

    /// Name of a file of such content: `vinh-phuc.csv`.
    #[must_use]
    pub fn file_name(self, name: &str) -> String {
        let ending = if self == Self::CriteriaSet { "toml" } else { "csv" };
        format!("{name}.{ending}")
    }

    /// The columns of the written form, in their order; none for a criteria set.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Units => &UNIT_COLUMNS,
            Self::Departments => &DEPARTMENT_COLUMNS,
            Self::CriteriaSet => &[],
            Self::DaysOff => &cchc_calendar::COLUMNS,
        }
    }

    /// The columns without which a table is none of this kind.
    pub(super) const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Units => &["code", "name", "level", "parent", "valid_from", "valid_to", "successor"],
            Self::Departments => &["code", "name", "province", "valid_from", "valid_to", "successor"],
            Self::CriteriaSet => &[],
            Self::DaysOff => &["date", "kind"],
        }
    }

    /// The columns that hold days.
    pub(super) const fn days(self) -> &'static [&'static str] {
        match self {
            Self::Units | Self::Departments => &["valid_from", "valid_to"],
            Self::CriteriaSet => &[],
            Self::DaysOff => &["date"],
        }
    }
}
