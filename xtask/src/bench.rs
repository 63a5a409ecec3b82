//! `cargo xtask bench`: builds what is measured in release and prints the budgets as ratios.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::command::{self, cargo, program};

/// Allowed for a clean release build of the demonstration on two cores.
const CLEAN_BUILD: Duration = Duration::from_secs(8 * 60);
/// Allowed for a development build after a change in the innermost crate that pages use.
const NEXT_BUILD: Duration = Duration::from_secs(15);

/// Measures; with `with_builds` also how long building takes, in a folder of its own.
pub fn run(root: &Path, with_builds: bool) -> Result<()> {
    command::run(&mut cargo(
        root,
        &["build", "--release", "--locked", "--package", "cchc", "--package", "cchc-bench"],
    ))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let release = root.join(target).join("release");
    let bench = release.join("cchc-bench").display().to_string();
    command::run(&mut program(root, &bench, &[&release.join("cchc").display().to_string()]))?;
    if with_builds {
        builds(root)?;
    }
    Ok(())
}

fn builds(root: &Path) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("cchc-bench-{}", std::process::id()));
    let timed = |arguments: &[&str]| -> Result<Duration> {
        let start = Instant::now();
        command::run(cargo(root, arguments).env("CARGO_TARGET_DIR", &folder))?;
        Ok(start.elapsed())
    };
    let clean = timed(&["build", "--release", "--locked", "--package", "cchc"])?;
    timed(&["build", "--locked", "--package", "cchc"])?;
    let touched = root.join("shell/web/src/router.rs");
    let text = std::fs::read(&touched).with_context(|| format!("cannot read {}", touched.display()))?;
    std::fs::write(&touched, text)?;
    let next = timed(&["build", "--locked", "--package", "cchc"])?;
    // The folder holds nothing but what was just measured.
    let _ = std::fs::remove_dir_all(&folder);
    row("dựng bản release từ đầu", clean, CLEAN_BUILD);
    row("dựng lại bản phát triển sau một thay đổi", next, NEXT_BUILD);
    Ok(())
}

fn row(what: &str, measured: Duration, allowed: Duration) {
    let ratio = measured.as_secs_f64() / allowed.as_secs_f64();
    println!("| {what} | {} s | {} s | {ratio:.2} |", measured.as_secs(), allowed.as_secs());
}
