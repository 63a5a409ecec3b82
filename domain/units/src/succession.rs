//! From one version to the next: who takes over, on which day, and how.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::read::Draft;
use crate::version::{UnitId, Version};

/// One version takes over from another on a day, the day after the other's last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    pub before: usize,
    pub after: usize,
    pub on: Date,
}

/// How a unit passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Passage {
    /// The same unit goes on in a new version: renamed, of another type, under another parent.
    Continued,
    /// It alone becomes a new unit, under another code.
    Succeeded,
    /// With others it becomes a new unit.
    Merged,
    /// It is taken in by a unit that goes on.
    Absorbed,
    /// It becomes several units, this being one of them.
    Split,
    /// It ends and nobody takes over.
    Ended,
}

impl Passage {
    /// The word on a page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Continued => "vẫn là đơn vị ấy",
            Self::Succeeded => "chuyển thành",
            Self::Merged => "hợp nhất thành",
            Self::Absorbed => "nhập vào",
            Self::Split => "tách thành",
            Self::Ended => "kết thúc",
        }
    }
}

/// The links between versions, from both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Succession {
    outgoing: BTreeMap<usize, Vec<Link>>,
    incoming: BTreeMap<usize, Vec<Link>>,
}

impl Succession {
    pub(crate) fn new(links: &[Link]) -> Self {
        let mut succession = Self::default();
        for &link in links {
            succession.outgoing.entry(link.before).or_default().push(link);
            succession.incoming.entry(link.after).or_default().push(link);
        }
        succession
    }

    /// Who takes over from a version; all on one day.
    pub(crate) fn after(&self, version: usize) -> &[Link] {
        self.outgoing.get(&version).map_or(&[], Vec::as_slice)
    }

    /// From whom a version took over: on its first day, or later what it absorbed.
    pub(crate) fn before(&self, version: usize) -> &[Link] {
        self.incoming.get(&version).map_or(&[], Vec::as_slice)
    }

    /// Those that a version began from.
    pub(crate) fn founders(&self, version: usize, first_day: Date) -> impl Iterator<Item = Link> {
        self.before(version).iter().copied().filter(move |link| link.on == first_day)
    }

    /// Gives each version its unit: a sole predecessor under its own code is the same unit.
    pub(crate) fn identify(&self, drafts: Vec<Draft>) -> Vec<Version> {
        let mut versions: Vec<Version> = drafts.into_iter().map(|draft| draft.version).collect();
        let mut in_time: Vec<usize> = (0..versions.len()).collect();
        in_time.sort_by_key(|&position| versions.get(position).map(|version| version.period.start()));
        for position in in_time {
            if let Some(unit) = self.same_unit_before(position, &versions)
                && let Some(version) = versions.get_mut(position)
            {
                version.unit = unit;
            }
        }
        versions
    }

    fn same_unit_before(&self, position: usize, versions: &[Version]) -> Option<UnitId> {
        let version = versions.get(position)?;
        let mut founders = self.founders(position, version.period.start());
        let before = versions.get(founders.next()?.before)?;
        (founders.next().is_none() && before.code == version.code).then(|| before.unit.clone())
    }

    /// How a unit passes on along a link.
    pub(crate) fn passage(&self, link: Link, versions: &[Version]) -> Option<Passage> {
        let (before, after) = (versions.get(link.before)?, versions.get(link.after)?);
        Some(if before.unit == after.unit {
            Passage::Continued
        } else if after.period.start() < link.on {
            Passage::Absorbed
        } else if self.founders(link.after, link.on).nth(1).is_some() {
            Passage::Merged
        } else if self.after(link.before).len() > 1 {
            Passage::Split
        } else {
            Passage::Succeeded
        })
    }
}
