//! Pages: what a person sees in the browser. Everything shown comes from [`Site`].
//!
//! | to | see |
//! |---|---|
//! | find a page by its address | [`mod@router`] |
//! | know what the pages show | [`site`], [`shelf`] |
//! | see how every page begins and ends | [`frame`] |
//! | turn a refusal into a page | [`error`] |
//! | take an uploaded file | [`upload`] |
//! | serve style sheets | [`assets`] |
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

pub mod assets;
pub mod chart;
pub mod error;
pub mod frame;
mod headers;
pub mod pages;
pub mod router;
pub mod shelf;
pub mod site;
pub mod upload;

pub use router::router;
pub use shelf::Shelf;
pub use site::{Publication, Site};
