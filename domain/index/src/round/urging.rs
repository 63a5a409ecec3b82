//! Reminding units of what is due (đôn đốc).

use cchc_ledger::Moment;
use serde::{Deserialize, Serialize};

use super::{Round, RoundEvent, RoundRefusal};

/// Longest reminder, in characters.
const LONGEST: usize = 4000;

/// A way that a reminder goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Notices in the product.
    Notice,
    /// Electronic mail.
    Mail,
    /// The province's gateway to SMS or Zalo.
    Gateway,
    /// Copied by hand, into the units' Zalo group.
    Copied,
}

/// A unit that is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urged {
    /// Its code.
    pub unit: String,
    /// What it lacks, in words: `9 / 48 dòng: 1.1, 3.2`.
    pub lacks: String,
    /// Its name, where the round does not have it: of a unit that shares the sheet of another.
    #[serde(default)]
    pub name: String,
}

/// When a unit was last reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urging {
    /// When.
    pub at: Moment,
    /// How often so far.
    pub times: u32,
    /// By which ways.
    pub channels: Vec<Channel>,
}

impl Channel {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Notice, Self::Mail, Self::Gateway, Self::Copied];

    /// The code in data and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Mail => "mail",
            Self::Gateway => "gateway",
            Self::Copied => "copied",
        }
    }

    /// The way of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Notice => "Thông báo trong phần mềm",
            Self::Mail => "Thư điện tử công vụ",
            Self::Gateway => "SMS, Zalo qua cổng của tỉnh",
            Self::Copied => "Chép tay vào nhóm Zalo",
        }
    }
}

impl Round {
    pub(super) fn urge(
        &self,
        units: Vec<Urged>,
        channels: Vec<Channel>,
        text: String,
    ) -> Result<Vec<RoundEvent>, RoundRefusal> {
        self.running()?;
        let plan = self.plan()?;
        if units.is_empty() {
            return Err(RoundRefusal::NobodyUrged);
        }
        let shares = |unit: &str| plan.shares.iter().any(|share| share.unit == unit);
        let is_known = |urged: &&Urged| plan.unit(&urged.unit).is_some() || shares(&urged.unit);
        if let Some(unknown) = units.iter().find(|urged| !is_known(urged)) {
            return Err(RoundRefusal::UnknownUnit(unknown.unit.clone()));
        }
        if channels.is_empty() {
            return Err(RoundRefusal::NoChannel);
        }
        let text = cchc_text::nfc(&text).trim().to_owned();
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(RoundRefusal::Text(LONGEST));
        }
        Ok(vec![RoundEvent::Urged { units, channels, text }])
    }

    pub(super) fn take_urged(&mut self, units: &[Urged], channels: &[Channel], at: Moment) {
        for urged in units {
            let times = self.urged.get(&urged.unit).map_or(0, |known| known.times).saturating_add(1);
            self.urged.insert(urged.unit.clone(), Urging { at, times, channels: channels.to_vec() });
        }
    }
}
