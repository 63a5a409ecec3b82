//! What the tests need and this machine lacks: installed through apt-get, npm and pip, each with the reason said first.

mod apt;
mod needs;
mod node;
mod python;

use std::path::{Path, PathBuf};

use anyhow::Result;

/// Installs everything that is missing; an error says what could not be had and how to get it.
pub fn run(root: &Path) -> Result<()> {
    let all = [needs::RUST_TESTS, needs::BROWSER_TESTS, needs::API_TESTS, needs::SOAK_TESTS].concat();
    needs::meet(root, &all)?;
    node::prepare(root)?;
    python::prepare(root)?;
    Ok(())
}

/// What the Rust tests need: PostgreSQL. Silent where it is present.
pub fn postgres(root: &Path) -> Result<()> {
    needs::meet(root, &needs::missing(needs::RUST_TESTS))
}

/// What the kill tests need beside PostgreSQL: strace. Silent where it is present.
pub fn soak(root: &Path) -> Result<()> {
    needs::meet(root, &needs::missing(needs::SOAK_TESTS))
}

/// What the browser tests need.
pub fn browser(root: &Path) -> Result<()> {
    needs::meet(root, needs::BROWSER_TESTS)?;
    node::prepare(root)
}

/// What the tests of the API need; gives back the folder of the Python programs.
pub fn python(root: &Path) -> Result<PathBuf> {
    needs::meet(root, &needs::missing(needs::API_TESTS))?;
    python::prepare(root)
}
