//! `cargo xtask shots`: the README's screenshots, taken anew from the demonstration.

use std::path::Path;

use anyhow::Result;

use crate::command::{self, program};
use crate::demo::Demo;
use crate::install;

/// Writes `docs/shots/*.png`; which pages, and how, stands in `e2e/shots.mjs`.
pub fn run(root: &Path) -> Result<()> {
    install::browser(root)?;
    let demo = Demo::start(root)?;
    let mut command = program(&root.join("e2e"), "node", &["shots.mjs", "../docs/shots"]);
    let result = command::run(command.env("CCHC_URL", demo.url()));
    demo.stop();
    result
}
