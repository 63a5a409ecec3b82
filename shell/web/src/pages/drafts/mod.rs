//! Changes of rules before they are applied: import, correction, findings, difference, decision.

pub mod correct;
pub mod draft;
pub mod import;
pub mod list;

/// The list; below it lie the pages of drafts.
pub const ADDRESS: &str = "/ban-nhap";
