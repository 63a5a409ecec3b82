//! Node.js is recent enough, and exactly the locked packages of `e2e/` lie there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{self, program};

/// Playwright's own lowest version.
const OLDEST: u64 = 18;

/// Checks the version and installs the packages that are missing.
pub fn prepare(root: &Path) -> Result<()> {
    let version = command::read(&mut program(root, "node", &["--version"]))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u64>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        bail!("Node.js {} is too old: {OLDEST} or later is needed", version.trim());
    }
    println!("Node.js {}", version.trim());
    install_modules(&root.join("e2e"))
}

/// `npm ci`, unless exactly the locked versions lie there already.
fn install_modules(e2e: &Path) -> Result<()> {
    let lock = fs::read_to_string(e2e.join("package-lock.json")).context("cannot read e2e/package-lock.json")?;
    let wrong: Vec<String> = locked(&lock)?
        .into_iter()
        .filter(|(folder, version)| installed_version(&e2e.join(folder)).as_ref() != Some(version))
        .map(|(folder, version)| format!("{} {version}", folder.trim_start_matches("node_modules/")))
        .collect();
    if wrong.is_empty() {
        println!("present: the Node packages of e2e/");
        return Ok(());
    }
    println!("missing: {} (to drive the browser and to check accessibility); npm ci", wrong.join(", "));
    command::run(&mut program(e2e, "npm", &["ci", "--no-audit", "--no-fund"]))
}

/// Folder and version of every package that is wanted on each machine.
fn locked(lock: &str) -> Result<Vec<(String, String)>> {
    let lock: Value = serde_json::from_str(lock).context("e2e/package-lock.json is not JSON")?;
    let packages = lock["packages"].as_object().context("e2e/package-lock.json names no packages")?;
    let wanted = packages.iter().filter(|(folder, entry)| !folder.is_empty() && entry["optional"] != true);
    Ok(wanted.filter_map(|(folder, entry)| Some((folder.clone(), entry["version"].as_str()?.to_string()))).collect())
}

fn installed_version(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("package.json")).ok()?;
    let package: Value = serde_json::from_str(&text).ok()?;
    Some(package["version"].as_str()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_says_what_must_lie_there() {
        let lock = r#"{"packages": {"": {"name": "e2e"}, "node_modules/a": {"version": "1.2.3"},
            "node_modules/b": {"version": "2.0.0", "optional": true}}}"#;
        assert_eq!(locked(lock).unwrap(), [("node_modules/a".to_string(), "1.2.3".to_string())]);
        assert!(locked("{}").is_err());
    }

    #[test]
    fn a_folder_without_a_package_has_no_version() {
        assert_eq!(installed_version(Path::new("/no/such/folder")), None);
    }
}
