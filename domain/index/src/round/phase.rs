//! The phases of a round, in their order.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A phase of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Units score themselves and hand in evidence.
    SelfScoring,
    /// The specialised agencies appraise, each its fields.
    FirstAppraisal,
    /// Units explain what they do not agree with.
    Explaining,
    /// The agencies appraise what was explained.
    SecondAppraisal,
    /// The council decides what is still disputed.
    Council,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 5] =
        [Self::SelfScoring, Self::FirstAppraisal, Self::Explaining, Self::SecondAppraisal, Self::Council];

    /// The code in data and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SelfScoring => "self-scoring",
            Self::FirstAppraisal => "first-appraisal",
            Self::Explaining => "explaining",
            Self::SecondAppraisal => "second-appraisal",
            Self::Council => "council",
        }
    }

    /// The phase of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::SelfScoring => "Tự chấm điểm",
            Self::FirstAppraisal => "Thẩm định lần 1",
            Self::Explaining => "Giải trình",
            Self::SecondAppraisal => "Thẩm định lần 2",
            Self::Council => "Hội đồng",
        }
    }

    /// The phase after it; `None` after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| *phase > self)
    }

    /// Whether agencies or the council decide in it.
    #[must_use]
    pub const fn appraises(self) -> bool {
        matches!(self, Self::FirstAppraisal | Self::SecondAppraisal | Self::Council)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_is_stored_and_leads_back() {
        for phase in Phase::ALL {
            assert_eq!(serde_json::to_string(&phase).unwrap(), format!("\"{}\"", phase.code()));
            assert_eq!(Phase::from_code(phase.code()), Some(phase));
        }
        assert_eq!(Phase::from_code("Tự chấm điểm"), None);
    }

    #[test]
    fn each_phase_is_followed_by_the_next() {
        let all: Vec<Phase> = std::iter::successors(Some(Phase::SelfScoring), |phase| phase.next()).collect();
        assert_eq!(all, Phase::ALL);
    }
}
