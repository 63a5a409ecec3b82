//! What can be asked of a round.

use cchc_calendar::DayOff;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Channel, Phase, Plan, Publication, Ranked, Share, Substitute, Urged};

/// What can be asked of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundCommand {
    /// Makes it, or changes what is planned before it is opened.
    Plan {
        /// The whole plan.
        plan: Box<Plan>,
    },
    /// Opens self-scoring; sets, units and appraisers are frozen.
    Open {
        /// The days off of the scored year and of the years beside it, as they are known.
        days_off: Vec<DayOff>,
    },
    /// Goes on to a later phase.
    Advance {
        /// Which.
        to: Phase,
    },
    /// Gives one unit more time; the reason stands in the context.
    Extend {
        /// Which unit.
        unit: String,
        /// In which phase.
        phase: Phase,
        /// The last day.
        until: Date,
    },
    /// Lets one unit correct its sheet though the phase is over; the reason stands in the context.
    Reopen {
        /// Which unit.
        unit: String,
        /// The last day.
        until: Date,
    },
    /// Units became one in the middle of the round; the reason, the resolution, stands in the context.
    Merge {
        /// Codes of the units that are no more.
        from: Vec<String>,
        /// The unit that took over.
        into: Ranked,
        /// The last day on which it may go through what it took over and hand it in.
        until: Option<Date>,
        /// Who appraises it where the agency of a field is now part of it.
        substitutes: Vec<Substitute>,
    },
    /// Splits the sheet of a unit otherwise in the middle of the round; the reason stands in the context.
    Share {
        /// Whose sheet.
        scored: String,
        /// All its shares from now on.
        shares: Vec<Share>,
    },
    /// Reminds units of what is due.
    Urge {
        /// Which, each with what it lacks in words.
        units: Vec<Urged>,
        /// By which ways.
        channels: Vec<Channel>,
        /// What they are told; `{đơn vị}` and `{còn thiếu}` stand for each one's own.
        text: String,
    },
    /// Publishes the result; again, with a new decision, after a correction.
    Publish {
        /// What is published.
        publication: Publication,
    },
}
