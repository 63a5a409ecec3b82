//! What can happen to a round.

use cchc_calendar::DayOff;
use cchc_ledger::Event;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Channel, Phase, Plan, Publication, Ranked, Share, Substitute, Urged};

/// What happened to a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundEvent {
    /// It was made, or planned otherwise.
    Planned {
        /// The whole plan.
        plan: Box<Plan>,
    },
    /// Self-scoring began.
    Opened {
        /// The days off that move due dates.
        days_off: Vec<DayOff>,
    },
    /// A later phase began.
    Advanced {
        /// Which.
        to: Phase,
    },
    /// A unit got more time.
    Extended {
        /// Which unit.
        unit: String,
        /// In which phase.
        phase: Phase,
        /// The last day.
        until: Date,
    },
    /// A unit may correct its sheet.
    Reopened {
        /// Which unit.
        unit: String,
        /// The last day.
        until: Date,
    },
    /// Units became one.
    Merged {
        /// Codes of the units that are no more.
        from: Vec<String>,
        /// The unit that took over.
        into: Ranked,
        /// Who appraises it where the agency of a field is now part of it.
        #[serde(default)]
        substitutes: Vec<Substitute>,
    },
    /// The sheet of a unit was split otherwise.
    Shared {
        /// Whose sheet.
        scored: String,
        /// All its shares from now on.
        shares: Vec<Share>,
    },
    /// Units were reminded of what is due.
    Urged {
        /// Which, each with what it lacked.
        units: Vec<Urged>,
        /// By which ways.
        channels: Vec<Channel>,
        /// What they were told.
        text: String,
    },
    /// The result was published.
    Published {
        /// What was published.
        publication: Publication,
    },
}

impl Event for RoundEvent {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        match self {
            Self::Planned { .. } => "planned",
            Self::Opened { .. } => "opened",
            Self::Advanced { .. } => "advanced",
            Self::Extended { .. } => "extended",
            Self::Reopened { .. } => "reopened",
            Self::Merged { .. } => "merged",
            Self::Shared { .. } => "shared",
            Self::Urged { .. } => "urged",
            Self::Published { .. } => "published",
        }
    }
}
