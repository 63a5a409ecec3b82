//! The history: who said what, in which post, when, why.

pub mod event;
pub mod export;
pub mod list;
pub mod payload;
pub mod stream;
pub mod words;

/// The list; below it lie the pages of events, by their hash.
pub const ADDRESS: &str = "/so-cai";
