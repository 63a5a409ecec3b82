//! What can go wrong when a unit is asked for.

use cchc_text::date::vietnamese;
use jiff::civil::Date;
use thiserror::Error;

use crate::nearest::Suggestion;
use crate::period::{Period, listed};
use crate::version::UnitId;

/// Why a question about a unit has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnitError {
    /// No unit ever bore the code.
    #[error("Không có đơn vị nào mang mã «{code}».")]
    UnknownCode {
        /// What was asked for.
        code: String,
        /// Codes and names near it, the nearest first.
        nearest: Vec<Suggestion>,
    },
    /// Some unit bears the code, but not on that day.
    #[error("Mã «{code}» không có hiệu lực ngày {}.", vietnamese(*on))]
    NotValidOn {
        /// What was asked for.
        code: String,
        /// The day.
        on: Date,
        /// When it is borne, in the order of time.
        periods: Vec<Period>,
    },
    /// There is no unit of that identity.
    #[error("Không có đơn vị «{id}».")]
    UnknownUnit {
        /// What was asked for.
        id: UnitId,
        /// Codes and names near it, the nearest first.
        nearest: Vec<Suggestion>,
    },
    /// The period ends before it begins.
    #[error("Ngày đến {} trước ngày đi {}.", vietnamese(*to), vietnamese(*from))]
    Backwards {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
}

impl UnitError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownCode { nearest, .. } | Self::UnknownUnit { nearest, .. } if nearest.is_empty() => None,
            Self::UnknownCode { nearest, .. } | Self::UnknownUnit { nearest, .. } => {
                let names: Vec<_> = nearest.iter().map(ToString::to_string).collect();
                Some(format!("Có phải: {}?", names.join("; ")))
            }
            Self::NotValidOn { periods, .. } => Some(format!("Mã này có hiệu lực {}.", listed(periods))),
            Self::Backwards { .. } => Some("Đổi chỗ hai ngày; để xem đơn vị từ đâu mà có, hỏi nguồn gốc.".to_owned()),
        }
    }
}
