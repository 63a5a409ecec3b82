//! Who runs the server: PostgreSQL refuses root, so root hands it to a user with fewer rights.

use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{self, program};

/// Users that root may hand it to, the first that exists: the one of Debian's package, then the one without rights.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// The user of the server.
pub enum Owner {
    /// Who runs this program.
    Same,
    /// Another, by name, user number and group number.
    Other(&'static str, u32, u32),
}

impl Owner {
    /// The user of this process; for root, one without its rights.
    pub fn of_this_process(root: &Path) -> Result<Self> {
        if id(root, &["-u"])? != 0 {
            return Ok(Self::Same);
        }
        for name in UNPRIVILEGED {
            if let (Ok(user), Ok(group)) = (id(root, &["-u", name]), id(root, &["-g", name])) {
                return Ok(Self::Other(name, user, group));
            }
        }
        bail!("PostgreSQL refuses to run as root, and there is no user {}", UNPRIVILEGED.join(" or "))
    }

    /// The name of the other user; empty for the same.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Other(name, ..) => name,
        }
    }

    /// Lets a command run as this user.
    pub fn take(&self, command: &mut Command) {
        if let Self::Other(_, user, group) = self {
            command.uid(*user).gid(*group);
        }
    }

    /// Makes a new folder that this user alone may enter; an error where it exists already.
    pub fn make_folder(&self, folder: &Path) -> Result<()> {
        let made = DirBuilder::new().mode(0o700).create(folder);
        made.with_context(|| format!("cannot make {}", folder.display()))?;
        if let Self::Other(_, user, group) = self {
            chown(folder, Some(*user), Some(*group))
                .with_context(|| format!("cannot give away {}", folder.display()))?;
        }
        Ok(())
    }
}

fn id(root: &Path, arguments: &[&str]) -> Result<u32> {
    let text = command::read(&mut program(root, "id", arguments))?;
    text.trim().parse().with_context(|| format!("`id` answered {text:?}"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn the_server_never_runs_as_root() {
        let owner = Owner::of_this_process(Path::new("/")).unwrap();
        let mut command = program(Path::new("/"), "id", &["-u"]);
        owner.take(&mut command);
        assert_ne!(command::read(&mut command).unwrap().trim(), "0");
    }

    #[test]
    fn its_folder_is_new_and_its_own() {
        let folder = std::env::temp_dir().join(format!("cchc-owner-{}", std::process::id()));
        let owner = Owner::of_this_process(Path::new("/")).unwrap();
        owner.make_folder(&folder).unwrap();
        let made = folder.metadata().unwrap();
        assert_eq!(made.mode() & 0o777, 0o700);
        assert_ne!(made.uid(), 0);
        assert!(owner.make_folder(&folder).is_err());
        std::fs::remove_dir(&folder).unwrap();
    }
}
