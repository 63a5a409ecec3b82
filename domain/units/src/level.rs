//! Levels of units, in protocol order.

use std::fmt;

use serde::Serialize;

/// The level of a unit; the order of the variants is the protocol order under one parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Level {
    /// A province or centrally run city: `tinh`.
    #[serde(rename = "tinh")]
    Province,
    /// A department of the province: `so`.
    #[serde(rename = "so")]
    Department,
    /// A district, town or city under the province (until 30/6/2025): `huyen`.
    #[serde(rename = "huyen")]
    District,
    /// A commune, ward or township: `xa`.
    #[serde(rename = "xa")]
    Commune,
}

impl Level {
    /// Every level, in protocol order.
    pub const ALL: [Self; 4] = [Self::Province, Self::Department, Self::District, Self::Commune];

    /// The word in the files: `huyen`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Province => "tinh",
            Self::Department => "so",
            Self::District => "huyen",
            Self::Commune => "xa",
        }
    }

    /// The word on a page: `cấp huyện`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Province => "cấp tỉnh",
            Self::Department => "sở, ban, ngành",
            Self::District => "cấp huyện",
            Self::Commune => "cấp xã",
        }
    }

    /// The level of that word; letter case doesn't matter.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code().eq_ignore_ascii_case(code))
    }

    /// Whether an administrative unit of level `self` may stand above one of level `child`.
    pub(crate) fn may_hold(self, child: Self) -> bool {
        child == Self::Department || (self != Self::Department && self < child)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The Vietnamese word for a type of the files: `thi_tran` → `thị trấn`; an unknown type is itself.
#[must_use]
pub fn type_label(code: &str) -> &str {
    match code {
        "tinh" => "tỉnh",
        "thanh_pho" => "thành phố",
        "thi_xa" => "thị xã",
        "quan" => "quận",
        "huyen" => "huyện",
        "phuong" => "phường",
        "thi_tran" => "thị trấn",
        "xa" => "xã",
        "dac_khu" => "đặc khu",
        "so" => "sở, ban, ngành",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_levels() {
        for level in Level::ALL {
            assert_eq!(Level::from_code(level.code()), Some(level));
        }
        assert_eq!(Level::from_code("XA"), Some(Level::Commune));
        assert_eq!(Level::from_code("phuong"), None);
    }

    #[test]
    fn who_may_stand_above_whom() {
        assert!(Level::Province.may_hold(Level::Commune));
        assert!(Level::District.may_hold(Level::Department), "an office of a district");
        assert!(!Level::Commune.may_hold(Level::District));
        assert!(!Level::Department.may_hold(Level::Commune));
        assert!(!Level::District.may_hold(Level::District));
    }
}
