//! Who may do what: posts, roles, permissions, scopes, delegation.
//!
//! | to | see |
//! |---|---|
//! | know what a person is and what befalls him | [`person`] |
//! | read posts and delegations | [`post`], [`delegation`], [`role`], [`capacity`] |
//! | look up or add a permission | [`action`], [`permission`] |
//! | ask whether, in which post and capacity | [`authorize()`] |
//! | filter a list by the same rule | [`reach()`] |
//! | appoint, manage accounts | [`appointing`] |
//! | accept a login or a password | [`login`], [`password`] |
//!
//! Pure: no I/O, no clock, no chance, no floats.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::arithmetic_side_effects,
        clippy::float_arithmetic
    )
)]

pub mod action;
pub mod appointing;
pub mod authorize;
pub mod capacity;
pub mod delegation;
pub mod login;
pub mod password;
pub mod permission;
pub mod person;
pub mod post;
pub mod reach;
pub mod refusal;
pub mod resource;
pub mod role;
#[cfg(test)]
mod testing;
pub mod viewer;

pub use action::{Action, Actions};
pub use authorize::{Grant, authorize};
pub use capacity::Capacity;
pub use delegation::{Delegation, DelegationId};
pub use login::Login;
pub use permission::Scope;
pub use person::{Person, PersonCommand, PersonEvent, PersonFacts, PersonRefusal};
pub use post::{Post, PostId};
pub use reach::{Part, Reach, reach};
pub use refusal::Refusal;
pub use resource::Resource;
pub use role::Role;
pub use viewer::{Delegated, Principal, Standing, Viewer};
