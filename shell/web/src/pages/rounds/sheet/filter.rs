//! Which lines of a sheet are shown.

use super::lines::{Fold, Row, SheetLine};

/// Which lines of a sheet are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Not answered.
    Empty,
    /// Answered, without the evidence or the explanation that they need.
    Unproved,
    /// Changed lately.
    Changed,
    /// Asked back and not answered.
    Asked,
    /// With lost points.
    Lost,
    /// Earning less than a year before.
    Worse,
}

impl Filter {
    /// Every filter, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::All, Self::Empty, Self::Unproved, Self::Changed, Self::Asked, Self::Lost, Self::Worse];

    /// What the address says.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Empty => "chua-nhap",
            Self::Unproved => "thieu-tai-lieu",
            Self::Changed => "moi-sua",
            Self::Asked => "hoi-lai",
            Self::Lost => "mat-diem",
            Self::Worse => "thap-hon",
        }
    }

    /// The filter of a code; all for any other.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.code() == code).unwrap_or_default()
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "Tất cả",
            Self::Empty => "Chưa nhập",
            Self::Unproved => "Thiếu tài liệu",
            Self::Changed => "Mới sửa",
            Self::Asked => "Bị hỏi lại",
            Self::Lost => "Mất điểm",
            Self::Worse => "Thấp hơn năm trước",
        }
    }

    /// Whether a line is shown.
    #[must_use]
    pub fn takes(self, line: &SheetLine) -> bool {
        match self {
            Self::All => true,
            Self::Empty => line.state.0 == "no",
            Self::Unproved => line.state.0 == "part",
            Self::Changed => line.changed,
            Self::Asked => line.state.0 == "ask",
            Self::Lost => line.lost,
            Self::Worse => line.worse,
        }
    }
}

/// How many lines each filter shows.
#[must_use]
pub fn counts(folds: &[Fold]) -> Vec<(Filter, usize)> {
    let lines = || folds.iter().flat_map(Fold::lines_in);
    Filter::ALL.into_iter().map(|filter| (filter, lines().filter(|line| filter.takes(line)).count())).collect()
}

/// Leaves the lines that are shown, and the heads above them.
pub fn narrow(folds: &mut Vec<Fold>, filter: Filter) {
    if filter == Filter::All {
        return;
    }
    for fold in folds.iter_mut() {
        fold.rows.retain(|row| matches!(row, Row::Line(line) if filter.takes(line)));
    }
    folds.retain(|fold| !fold.rows.is_empty());
}

impl Fold {
    /// Its lines.
    pub fn lines_in(&self) -> impl Iterator<Item = &SheetLine> {
        self.rows.iter().filter_map(|row| match row {
            Row::Line(line) => Some(line.as_ref()),
            Row::Head { .. } => None,
        })
    }
}
