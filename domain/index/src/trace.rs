//! Numbers of a trace as an officer reads them: `19,969…`, `81,33 %`, `1.601`.

use cchc_text::{Decimal, number};

use crate::exact::Exact;

/// Exact where it ends within four decimals, else cut to three with an ellipsis.
#[must_use]
pub fn short(value: &Exact) -> String {
    value
        .terminating(4)
        .map_or_else(|| format!("{}…", number::vietnamese(&value.cut(3))), |text| number::vietnamese(&text))
}

/// The decimal as it stands.
#[must_use]
pub fn plain(value: Decimal) -> String {
    value.vietnamese()
}

/// A ratio as a percentage: `94,5 %`.
#[must_use]
pub fn percent(ratio: &Exact) -> String {
    format!("{}\u{a0}%", short(&(ratio * &Exact::whole(100))))
}

/// Rounded to so many decimals: `81,33`.
#[must_use]
pub fn fixed(value: &Exact, decimals: u8) -> String {
    number::vietnamese(&value.fixed(decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_what_was_cut() {
        assert_eq!(short(&Exact::from_fraction("13060/654").unwrap()), "19,969…");
        assert_eq!(short(&Exact::from_fraction("49/20").unwrap()), "2,45");
        assert_eq!(short(&Exact::from_fraction("1601").unwrap()), "1.601");
        assert_eq!(percent(&Exact::from_fraction("945/1000").unwrap()), "94,5\u{a0}%");
    }
}
