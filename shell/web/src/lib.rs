//! Pages: what a person sees in the browser. Everything shown comes from [`Site`].
//!
//! | to | see |
//! |---|---|
//! | find a page by its address | [`mod@router`] |
//! | know what lives as long as the server | [`app`] |
//! | know what a request sees | [`site`], [`visitor`], [`shelf`] |
//! | see how every page begins and ends | [`frame`] |
//! | show a form, read what it sent | [`form`] |
//! | show a part of a long list | [`list`] |
//! | publish a round, show what rounds published | [`publishing`], [`results`] |
//! | see what people do | [`acts`] |
//! | see what programs do | [`api`] |
//! | turn a refusal into a page | [`error`] |
//! | take an uploaded file | [`upload`] |
//! | serve style sheets | [`assets`] |
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

pub mod acts;
pub mod api;
pub mod app;
pub mod assets;
pub mod chart;
pub mod cookies;
pub mod error;
pub mod form;
pub mod frame;
mod headers;
pub mod list;
pub mod pages;
pub mod publishing;
pub mod results;
pub mod router;
pub mod session;
pub mod shelf;
pub mod site;
mod store_error;
pub mod upload;
pub mod visitor;

pub use app::{App, Ways};
pub use router::{public, router};
pub use shelf::Shelf;
pub use site::{Publication, Site, World};
pub use visitor::Visitor;
