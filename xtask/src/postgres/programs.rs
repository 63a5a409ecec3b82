//! Where the programs of PostgreSQL lie: Debian keeps them out of the path, one folder a version.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{find, program, read};

/// The version that the product promises; what is older is not used.
const VERSION: u32 = 15;
/// Debian's folder of versions.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb` and `pg_ctl`: of version 15, else of the next later one on this machine.
pub fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let on_path = find("initdb").and_then(|path| path.canonicalize().ok()?.parent().map(Path::to_path_buf));
    let complete = versions.chain(on_path).filter(|folder| folder.join("pg_ctl").is_file());
    choose(complete.filter_map(|folder| Some((version(&folder)?, folder))))
}

fn version(folder: &Path) -> Option<u32> {
    let initdb = folder.join("initdb");
    major(&read(&mut program(Path::new("/"), &initdb.to_string_lossy(), &["--version"])).ok()?)
}

/// 15 of `initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` and of `initdb (PostgreSQL) 15beta1`.
fn major(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("(PostgreSQL) ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn choose(found: impl Iterator<Item = (u32, PathBuf)>) -> Option<PathBuf> {
    let fit = found.filter(|(version, _)| *version >= VERSION);
    fit.min_by_key(|(version, _)| *version).map(|(_, folder)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_the_program_says() {
        assert_eq!(major("initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("initdb (PostgreSQL) 17beta1\n"), Some(17));
        assert_eq!(major("initdb 15\n"), None);
    }

    #[test]
    fn the_promised_version_is_preferred_and_older_ones_are_refused() {
        let choose = |versions: &[u32]| choose(versions.iter().map(|version| (*version, version.to_string().into())));
        assert_eq!(choose(&[17, 15, 14]), Some("15".into()));
        assert_eq!(choose(&[17, 16]), Some("16".into()));
        assert_eq!(choose(&[14, 9]), None);
    }
}
