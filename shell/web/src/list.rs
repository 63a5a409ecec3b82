//! What lists of records share: links, the ways to the pages before and after, the count.

use cchc_text::number;

use crate::pages::publication::address::encode;

/// More rows than this are not counted.
pub const COUNTED: u64 = 10_000;

/// A word that leads somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads; empty: nowhere.
    pub href: String,
}

/// Which part of a long list is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// How many rows there are in all: `1.601`, `10.000+`.
    pub count: String,
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
}

impl Link {
    /// A word that leads to that address.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }

    /// A word that leads nowhere.
    #[must_use]
    pub fn text(label: impl Into<String>) -> Self {
        Self::new(label, "")
    }
}

impl Paging {
    /// A list that is shown whole.
    #[must_use]
    pub fn whole(rows: usize) -> Self {
        Self { count: counted(u64::try_from(rows).unwrap_or(u64::MAX)), before: None, after: None }
    }
}

/// A count as it is shown: `1.601`; `10.000+` where it was not counted to its end.
#[must_use]
pub fn counted(rows: u64) -> String {
    if rows > COUNTED {
        return format!("{}+", number::vietnamese(&COUNTED.to_string()));
    }
    number::vietnamese(&rows.to_string())
}

/// An address with a query: pairs with an empty value are left out, values are encoded.
#[must_use]
pub fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = given.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_ends_somewhere() {
        assert_eq!([0, 1601, COUNTED, COUNTED + 1].map(counted), ["0", "1.601", "10.000", "10.000+"]);
    }

    #[test]
    fn an_address_keeps_what_was_asked() {
        assert_eq!(address("/so-cai", &[("loai", ""), ("tu", "")]), "/so-cai");
        let full = address("/so-cai", &[("loai", "rule"), ("ten", "Sở & ban")]);
        assert_eq!(full, "/so-cai?loai=rule&ten=S%E1%BB%9F%20%26%20ban");
    }
}
