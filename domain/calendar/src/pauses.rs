//! Times that don't count: waiting for a supplement, for a fee, for another agency's opinion.

use jiff::civil::DateTime;

use crate::ordinal;

/// Pauses of one dossier, put in order once; those that touch or overlap are one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pauses {
    /// Minutes on the scale of [`ordinal::minutes`]: from, to.
    spans: Vec<(i64, i64)>,
}

impl Pauses {
    /// No pause.
    pub const NONE: Self = Self { spans: Vec::new() };

    /// These pauses, each from a moment to a later one; others are left out. Seconds are dropped.
    #[must_use]
    pub fn of(pauses: impl IntoIterator<Item = (DateTime, DateTime)>) -> Self {
        let minutes = |(from, to): (DateTime, DateTime)| (ordinal::minutes(from), ordinal::minutes(to));
        let mut sorted: Vec<(i64, i64)> = pauses.into_iter().map(minutes).filter(|(from, to)| from < to).collect();
        sorted.sort_unstable();
        let mut spans: Vec<(i64, i64)> = Vec::with_capacity(sorted.len());
        for (from, to) in sorted {
            match spans.last_mut().filter(|(_, end)| from <= *end) {
                Some((_, end)) => *end = (*end).max(to),
                None => spans.push((from, to)),
            }
        }
        Self { spans }
    }

    /// The pauses in order, apart from each other.
    pub fn iter(&self) -> impl Iterator<Item = (DateTime, DateTime)> {
        self.spans.iter().filter_map(|&(from, to)| Some((ordinal::moment(from)?, ordinal::moment(to)?)))
    }

    /// What of them lies after a moment, in minutes.
    pub(crate) fn after(&self, start: i64) -> impl Iterator<Item = (i64, i64)> {
        self.spans.iter().filter(move |(_, to)| *to > start).map(move |(from, to)| ((*from).max(start), *to))
    }
}
