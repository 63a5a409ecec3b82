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
    /// The series that others publish of a province.
    Series,
    /// What they say, year by year.
    SeriesFigures,
}

impl RuleKind {
    /// Every kind, in the order in which pages list them.
    pub const ALL: [Self; 6] =
        [Self::Units, Self::Departments, Self::CriteriaSet, Self::DaysOff, Self::Series, Self::SeriesFigures];

    /// The code in data: `criteria-set`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Departments => "departments",
            Self::CriteriaSet => "criteria-set",
            Self::DaysOff => "days-off",
            Self::Series => "series",
            Self::SeriesFigures => "series-figures",
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
            Self::Series => "danh mục chuỗi số liệu",
            Self::SeriesFigures => "bảng số liệu của các chuỗi",
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
            Self::Series => &cchc_index::series::LIST_COLUMNS,
            Self::SeriesFigures => &cchc_index::series::FIGURE_COLUMNS,
        }
    }

    /// The columns without which a table is none of this kind.
    pub(super) const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Units => &["code", "name", "level", "parent", "valid_from", "valid_to", "successor"],
            Self::Departments => &["code", "name", "province", "valid_from", "valid_to", "successor"],
            Self::CriteriaSet => &[],
            Self::DaysOff => &["date", "kind"],
            Self::Series => &["code", "title", "better"],
            Self::SeriesFigures => &["series", "area", "year", "value"],
        }
    }

    /// The columns that hold days.
    pub(super) const fn days(self) -> &'static [&'static str] {
        match self {
            Self::Units | Self::Departments => &["valid_from", "valid_to"],
            Self::CriteriaSet | Self::Series | Self::SeriesFigures => &[],
            Self::DaysOff => &["date"],
        }
    }

    /// The two columns by which a row is named: see [`RowKey`](super::RowKey).
    pub(super) const fn row_key(self) -> (&'static str, &'static str) {
        match self {
            Self::Units | Self::Departments | Self::CriteriaSet => ("code", "valid_from"),
            Self::DaysOff => ("date", "kind"),
            Self::Series => ("code", ""),
            Self::SeriesFigures => ("area", "year"),
        }
    }
}
