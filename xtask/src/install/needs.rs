//! The list of what must be on the machine, each with its reason and how it is known to be there.

use std::path::Path;

use anyhow::{Result, bail};

use super::apt;
use crate::command::{self, find, program};
use crate::postgres;

/// Something that must be on the machine.
#[derive(Clone, Copy)]
pub struct Need {
    what: &'static str,
    why: &'static str,
    packages: &'static [&'static str],
    present: fn() -> bool,
}

/// For the Rust tests.
pub const RUST_TESTS: &[Need] = &[Need {
    what: "PostgreSQL 15 or later",
    why: "the store is tested on it; the tests start a server of their own",
    packages: &["postgresql-15"],
    present: || postgres::programs().is_some(),
}];

/// For the browser tests.
pub const BROWSER_TESTS: &[Need] = &[
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

/// For the tests of the API.
pub const API_TESTS: &[Need] = &[Need {
    what: "Python 3 with venv",
    why: "it runs schemathesis, which tests the API against its own description",
    packages: &["python3", "python3-venv"],
    present: || command::succeeds(&mut program(Path::new("/"), "python3", &["-c", "import ensurepip, venv"])),
}];

/// For the kill tests of the ledger.
pub const SOAK_TESTS: &[Need] = &[Need {
    what: "strace",
    why: "it makes the disk fail under a program that runs",
    packages: &["strace"],
    present: || find("strace").is_some(),
}];

/// Those that are not there.
pub fn missing(needs: &[Need]) -> Vec<Need> {
    needs.iter().filter(|need| !(need.present)()).copied().collect()
}

/// Says what is there and what is missing, and installs the latter.
pub fn meet(root: &Path, needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    for need in needs {
        if missing.iter().any(|other| other.what == need.what) {
            println!("missing: {} ({}); installing {}", need.what, need.why, need.packages.join(", "));
        } else {
            println!("present: {}", need.what);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    apt::install(root, &packages)?;
    match missing.iter().find(|need| !(need.present)()) {
        Some(need) => bail!("{} is still missing after installing {}", need.what, need.packages.join(", ")),
        None => Ok(()),
    }
}

fn fonts_for_vietnamese() -> usize {
    let text = command::read(&mut program(Path::new("/"), "fc-list", &[":lang=vi", "family"]));
    text.unwrap_or_default().lines().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Need = Need { what: "here", why: "a test", packages: &["no-such-package"], present: || true };
    const GONE: Need = Need { what: "gone", present: || false, ..HERE };

    #[test]
    fn what_is_there_is_not_installed() {
        assert!(meet(Path::new("/"), &[HERE, HERE]).is_ok());
        let missing = missing(&[HERE, GONE, HERE]);
        assert_eq!(missing.iter().map(|need| need.what).collect::<Vec<_>>(), ["gone"]);
    }
}
