//! The rules of the store as they were known at a moment.

use cchc_ledger::Moment;
use cchc_papers::rule_file::{Content, RuleKind};
use cchc_store::DbError;
use cchc_store::rules::RuleRow;
use jiff::civil::Date;

use crate::acts::with::With;
use crate::pages::history::words;

/// Every version that was held to at that moment.
pub struct Known(Vec<RuleRow>);

impl Known {
    /// The rules as known at a moment.
    ///
    /// # Errors
    /// What the store says.
    pub async fn at(with: &With, moment: Moment) -> Result<Self, DbError> {
        with.store().rule_list(moment).await.map(Self)
    }

    /// The versions of the rules of a kind.
    pub fn of(&self, kind: RuleKind) -> impl Iterator<Item = &RuleRow> {
        self.0.iter().filter(move |row| row.kind == kind.code())
    }

    /// `units/vinh-phuc` with `Đơn vị hành chính, vinh-phuc`, a rule each.
    #[must_use]
    pub fn names(&self, kinds: &[RuleKind]) -> Vec<(String, String)> {
        let rows = kinds.iter().flat_map(|kind| self.of(*kind));
        let mut names: Vec<_> = rows.map(|row| (format!("{}/{}", row.kind, row.name), called(row))).collect();
        names.dedup();
        names
    }

    /// The version of a rule that holds on a day; where none does, the last one.
    #[must_use]
    pub fn current(&self, kind: RuleKind, name: &str, on: Date) -> Option<&RuleRow> {
        let rows = || self.of(kind).filter(|row| row.name == name);
        let holds =
            |row: &&RuleRow| row.valid_from.is_none_or(|from| from <= on) && row.valid_to.is_none_or(|to| on <= to);
        rows().find(holds).or_else(|| rows().last())
    }

    /// The version of a rule with that validity.
    #[must_use]
    pub fn valid(&self, kind: RuleKind, name: &str, (from, to): (Option<Date>, Option<Date>)) -> Option<&RuleRow> {
        self.of(kind).filter(|row| row.name == name && (row.valid_from, row.valid_to) == (from, to)).last()
    }

    /// A version of a rule with a day in that period.
    #[must_use]
    pub fn overlapping(
        &self,
        kind: RuleKind,
        name: &str,
        (from, to): (Option<Date>, Option<Date>),
    ) -> Option<&RuleRow> {
        let before =
            |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(end), Some(start)) if end < start);
        let mut rows = self.of(kind).filter(|row| row.name == name);
        rows.find(|row| !before(row.valid_to, from) && !before(to, row.valid_from))
    }

    /// What is used together with a rule: units beside departments, series beside their figures.
    #[must_use]
    pub fn beside(&self, kind: RuleKind, name: &str) -> Vec<Content<'_>> {
        let together: &[RuleKind] = match kind {
            RuleKind::Units | RuleKind::Departments => &[RuleKind::Units, RuleKind::Departments],
            RuleKind::Series => &[RuleKind::SeriesFigures],
            RuleKind::SeriesFigures => &[RuleKind::Series],
            RuleKind::CriteriaSet | RuleKind::DaysOff => &[],
        };
        let rows = together.iter().copied().flat_map(|one| self.of(one).map(move |row| (one, row)));
        rows.filter(|(one, row)| (*one, row.name.as_str()) != (kind, name))
            .map(|(one, row)| content(one, row))
            .collect()
    }
}

/// The content of a version.
#[must_use]
pub fn content(kind: RuleKind, row: &RuleRow) -> Content<'_> {
    Content { kind, name: &row.name, text: &row.content }
}

/// `Đơn vị hành chính, vinh-phuc`.
fn called(row: &RuleRow) -> String {
    format!("{}, {}", words::rule(&row.kind), row.name)
}
