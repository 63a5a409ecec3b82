//! A Python environment of our own below `target/`, with exactly the packages of `xtask/requirements.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{self, program};
use crate::metadata::Metadata;

/// The list of packages, each with its version.
const LIST: &str = "xtask/requirements.txt";
/// A copy of the list, written last: what it names is installed.
const DONE: &str = "installed.txt";

/// Makes the environment unless it is there with the same packages; gives back the folder of its programs.
pub fn prepare(root: &Path) -> Result<PathBuf> {
    let list = fs::read_to_string(root.join(LIST)).with_context(|| format!("cannot read {LIST}"))?;
    let place = Metadata::load(root)?.target_directory.join("xtask");
    let environment = place.join("venv");
    if holds(&environment, &list) {
        println!("present: the Python packages of {LIST}");
        return Ok(environment.join("bin"));
    }
    println!("missing: the Python packages of {LIST} (to test the API); pip install");
    fs::create_dir_all(&place)?;
    command::run(program(root, "python3", &["-m", "venv", "--clear"]).arg(&environment))?;
    let pip = environment.join("bin/pip").to_string_lossy().into_owned();
    let arguments = ["install", "--quiet", "--no-deps", "--disable-pip-version-check", "--requirement", LIST];
    command::run(&mut program(root, &pip, &arguments))?;
    fs::write(environment.join(DONE), &list)?;
    Ok(environment.join("bin"))
}

fn holds(environment: &Path, list: &str) -> bool {
    fs::read_to_string(environment.join(DONE)).is_ok_and(|done| done == list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_has_one_version() {
        let list = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("requirements.txt")).unwrap();
        let packages: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(packages.iter().any(|line| line.starts_with("schemathesis==")));
        for line in packages {
            let pinned = line.split_once("==").is_some_and(|(name, version)| {
                !name.is_empty() && version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains('*')
            });
            assert!(pinned, "{line}");
        }
    }

    #[test]
    fn an_environment_holds_what_it_was_made_for() {
        let folder = std::env::temp_dir().join(format!("cchc-venv-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        assert!(!holds(&folder, "a==1\n"));
        fs::write(folder.join(DONE), "a==1\n").unwrap();
        assert!(holds(&folder, "a==1\n") && !holds(&folder, "a==2\n"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
