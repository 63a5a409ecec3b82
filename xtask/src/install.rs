//! What the browser tests need and this machine lacks: installed through apt-get and npm, each with the reason said first.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{self, find, program};

/// Something that must be on the machine.
struct Need {
    what: &'static str,
    why: &'static str,
    packages: &'static [&'static str],
    present: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need {
        what: "Chromium",
        why: "the pages are tested in a browser",
        packages: &["chromium"],
        present: || ["chromium", "chromium-browser", "google-chrome"].iter().any(|name| find(name).is_some()),
    },
    Need {
        what: "a font with all Vietnamese letters",
        why: "what a page shows is looked at as a person sees it",
        packages: &["fontconfig", "fonts-croscore", "fonts-dejavu-core"],
        present: || fonts_for_vietnamese() > 0,
    },
    Need {
        what: "Node.js and npm",
        why: "they run the browser tests",
        packages: &["nodejs", "npm"],
        present: || find("node").is_some() && find("npm").is_some(),
    },
    Need {
        what: "LibreOffice Writer and Calc",
        why: "they open the DOCX and XLSX files that we write, as an office would",
        packages: &["libreoffice-writer-nogui", "libreoffice-calc-nogui"],
        present: || {
            let parts = ["libswlo.so", "libsclo.so"];
            find("libreoffice").is_some()
                && parts.iter().all(|part| Path::new("/usr/lib/libreoffice/program").join(part).is_file())
        },
    },
    Need {
        what: "poppler-utils",
        why: "its pdftotext and pdfinfo read what was printed",
        packages: &["poppler-utils"],
        present: || find("pdftotext").is_some() && find("pdfinfo").is_some(),
    },
];

/// Playwright's own lowest version.
const OLDEST_NODE: u64 = 18;

/// Installs what is missing; an error says what could not be had and how to get it.
pub fn run(root: &Path) -> Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.present)()).collect();
    for need in NEEDS {
        if missing.iter().any(|other| other.what == need.what) {
            println!("missing: {} ({}); installing {}", need.what, need.why, need.packages.join(", "));
        } else {
            println!("present: {}", need.what);
        }
    }
    if !missing.is_empty() {
        let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
        install_packages(root, &packages)?;
        if let Some(need) = missing.iter().find(|need| !(need.present)()) {
            bail!("{} is still missing after installing {}", need.what, need.packages.join(", "));
        }
    }
    check_node(root)?;
    install_modules(&root.join("e2e"))
}

fn fonts_for_vietnamese() -> usize {
    let text = command::read(&mut program(Path::new("/"), "fc-list", &[":lang=vi", "family"]));
    text.unwrap_or_default().lines().count()
}

fn install_packages(root: &Path, packages: &[&str]) -> Result<()> {
    if find("apt-get").is_none() {
        bail!("this machine has no apt-get; install by hand what {} gives on Debian 12", packages.join(", "));
    }
    let rights = Rights::of_this_user(root, packages)?;
    let known = packages.iter().all(|name| command::succeeds(&mut program(root, "apt-cache", &["show", name])));
    if !known {
        println!("the package lists don't know all of them: renewing the lists");
        command::run(&mut rights.apt(root, &["update", "-qq"]))?;
    }
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    let first = command::run(&mut rights.apt(root, &arguments));
    if first.is_err() && known {
        println!("that failed; the lists may be old: renewing them and trying once more");
        command::run(&mut rights.apt(root, &["update", "-qq"]))?;
        return command::run(&mut rights.apt(root, &arguments));
    }
    first
}

/// How this user may install packages.
enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn of_this_user(root: &Path, packages: &[&str]) -> Result<Self> {
        let user = command::read(&mut program(root, "id", &["-u"]))?;
        match (user.trim(), find("sudo")) {
            ("0", _) => Ok(Self::Root),
            (_, Some(_)) => Ok(Self::Sudo),
            (_, None) => bail!("not root and no sudo; as root run: apt-get install {}", packages.join(" ")),
        }
    }

    /// Never asks: no standard input, no dialogs; sudo fails at once where it would want a password and nobody is there.
    fn apt(&self, root: &Path, arguments: &[&str]) -> Command {
        const QUIET: [&str; 3] = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        let unattended = std::env::var_os("CI").is_some();
        let words: Vec<&str> = match self {
            Self::Root => QUIET.to_vec(),
            Self::Sudo if unattended => [&["sudo", "-n"], &QUIET[..]].concat(),
            Self::Sudo => [&["sudo"], &QUIET[..]].concat(),
        };
        let mut command = program(root, words[0], &words[1..]);
        command.args(arguments);
        command
    }
}

fn check_node(root: &Path) -> Result<()> {
    let version = command::read(&mut program(root, "node", &["--version"]))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u64>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js {} is too old: {OLDEST_NODE} or later is needed", version.trim());
    }
    println!("Node.js {}", version.trim());
    Ok(())
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

    #[test]
    fn apt_never_asks() {
        let command = Rights::Root.apt(Path::new("/"), &["update"]);
        let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        assert_eq!(words, ["DEBIAN_FRONTEND=noninteractive", "apt-get", "update"]);
        assert!(Rights::Sudo.apt(Path::new("/"), &[]).get_program() == "sudo");
    }
}
