//! `/quy-tac`: the rules that everything is computed with; below it every version of each, when it was held
//! to, and who brought it.

use askama::Template;

use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::history::words;
use crate::pages::publication::address::encode;
use crate::site::Site;

/// A version of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number, from 1 in the order in which they became known.
    pub number: usize,
    /// Days of validity: `từ 01/07/2025 đến nay`.
    pub validity: String,
    /// When the system learned it.
    pub known_from: String,
    /// When the system learned better; `None`: it still holds.
    pub known_to: Option<String>,
    /// Legal basis or source.
    pub basis: String,
    /// Who brought it.
    pub who: Link,
    /// Its event in the history; `None`: not for the viewer.
    pub event: Option<String>,
    /// Hash of the content, as packages and events name it.
    pub id: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rule.html")]
pub struct RulePage {
    frame: Frame,
    address: String,
    rows: Vec<VersionRow>,
    /// The page on which the rule itself is read; empty: there is none.
    read: Link,
    /// The way to change it; empty: not for the viewer.
    change: Link,
}

/// A rule in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleRow {
    /// What kind of rule it is.
    pub kind: String,
    /// Its name, leading to its versions.
    pub name: Link,
    /// Days of validity of the version in use.
    pub validity: String,
    /// Since when the system holds to it.
    pub known_from: String,
    /// Legal basis or source.
    pub basis: String,
}

/// The list.
#[derive(Debug, Template)]
#[template(path = "rules.html")]
pub struct RulesPage {
    frame: Frame,
    rows: Vec<RuleRow>,
}

/// Address of the list.
pub const ADDRESS: &str = "/quy-tac";

/// Address of the page of a rule.
#[must_use]
pub fn address(kind: &str, name: &str) -> String {
    format!("{ADDRESS}/{}/{}", encode(kind), encode(name))
}

/// Where a version stands on it.
#[must_use]
pub fn version_address(kind: &str, name: &str, number: usize) -> String {
    format!("{}#ban-{number}", address(kind, name))
}

impl RulesPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, rows: Vec<RuleRow>) -> Self {
        Self { frame: Frame::new(site, Section::Home, "Quy tắc đang dùng").explained("ban-nhap"), rows }
    }
}

impl RulePage {
    /// The page; versions in the order in which they became known.
    #[must_use]
    pub fn new(site: &Site, (kind, name): (&str, &str), mut rows: Vec<VersionRow>, read: Link, change: Link) -> Self {
        let section = match kind {
            "criteria-set" => Section::Sets,
            _ => Section::Units,
        };
        let title = format!("Các bản của {}, {name}", words::rule(kind).to_lowercase());
        let frame = Frame::new(site, section, title).crumb("Quy tắc", ADDRESS).explained("ban-nhap");
        rows.reverse();
        Self { frame, address: address(kind, name), rows, read, change }
    }

    fn in_use(&self) -> usize {
        self.rows.iter().filter(|row| row.known_to.is_none()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn every_version_says_until_when_it_was_held_to() {
        let row = |number, known_to: Option<&str>, event: Option<&str>| VersionRow {
            number,
            known_to: known_to.map(Into::into),
            event: event.map(Into::into),
            ..VersionRow::default()
        };
        let rows = vec![row(1, Some("16/01/2023, 08:05"), Some("/so-cai/ab")), row(2, None, None)];
        let read = Link::new("Đơn vị", "/don-vi");
        let site = sample::site(Vec::new());
        let page = RulePage::new(&site, ("units", "vinh-phuc"), rows, read, Link::default()).render().unwrap();
        assert!(page.find("id=\"ban-2\"").unwrap() < page.find("id=\"ban-1\"").unwrap());
        assert!(page.contains("đang dùng</span>") && page.contains("đến 16/01/2023, 08:05"));
        assert!(page.contains("href=\"/quy-tac/units/vinh-phuc/1\"") && page.contains("href=\"/so-cai/ab\""));
    }

    #[test]
    fn a_name_is_one_segment() {
        assert_eq!(version_address("criteria-set", "a b", 3), "/quy-tac/criteria-set/a%20b#ban-3");
    }
}
