//! The API of the demonstration against its own description: schemathesis, with a fixed seed and a limit of time.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{self, program};
use crate::demo::Demo;
use crate::install;
use crate::metadata::Metadata;

/// After so many seconds the run has failed.
const LIMIT: &str = "120";
/// What is checked, how often, from which seed.
const SETTINGS: &str = "xtask/schemathesis.toml";

/// Starts the demonstration and tests every operation that its description names.
pub fn run(root: &Path) -> Result<()> {
    let programs = install::python(root)?;
    let demo = Demo::start(root)?;
    let api = demo.api()?;
    // It leaves files where it runs.
    let place = Metadata::load(root)?.target_directory.join("xtask/api");
    fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
    let schemathesis = programs.join("schemathesis").to_string_lossy().into_owned();
    let settings = root.join(SETTINGS).to_string_lossy().into_owned();
    let description = format!("{}/openapi.json", api.url);
    let words = [LIMIT, &schemathesis, "--config-file", &settings, "run", &description];
    let result = command::run_and_read(program(&place, "timeout", &words).env("CCHC_API_TOKEN", &api.token));
    demo.stop();
    let tested = operations_tested(&result?);
    if tested == 0 {
        bail!("no operation of the API was tested");
    }
    println!("{tested} operations tested");
    Ok(())
}

/// The count of the closing line `Tested: 12`.
fn operations_tested(text: &str) -> u64 {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("Tested:"));
    lines.filter_map(|rest| rest.trim().parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_says_how_many_were_tested() {
        assert_eq!(operations_tested("API Operations:\n  Selected: 14/15\n  Tested: 12\n"), 12);
        assert_eq!(operations_tested("  Selected: 0/0\n"), 0);
    }
}
