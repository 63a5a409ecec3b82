//! Packages of Debian through apt-get, which never asks and starts no database server of its own.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{self, find, program};

/// While this file is there, installing PostgreSQL makes and starts no cluster: the tests make their own.
const NO_CLUSTER: &str = "/etc/postgresql-common/createcluster.d/cchc-tests.conf";

/// Installs the packages; renews the lists of packages first where they do not know all of them.
pub fn install(root: &Path, packages: &[&str]) -> Result<()> {
    if find("apt-get").is_none() {
        bail!("this machine has no apt-get; install by hand what {} gives on Debian 12", packages.join(", "));
    }
    let rights = Rights::of_this_user(root, packages)?;
    if !packages.iter().any(|name| name.starts_with("postgresql")) {
        return fetch(root, &rights, packages);
    }
    const FORBID: &str = "mkdir -p \"${0%/*}\" && echo 'create_main_cluster = false' > \"$0\"";
    command::run(&mut rights.command(root, &["sh", "-c", FORBID, NO_CLUSTER]))?;
    let fetched = fetch(root, &rights, packages);
    command::run(&mut rights.command(root, &["rm", "-f", NO_CLUSTER]))?;
    fetched
}

fn fetch(root: &Path, rights: &Rights, packages: &[&str]) -> Result<()> {
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

    /// Never asks: no standard input, no dialogs.
    fn apt(&self, root: &Path, arguments: &[&str]) -> Command {
        let mut command = self.command(root, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command.args(arguments);
        command
    }

    /// As root; sudo fails at once where it would want a password and nobody is there.
    fn command(&self, root: &Path, words: &[&str]) -> Command {
        let unattended = std::env::var_os("CI").is_some();
        let before: &[&str] = match self {
            Self::Root => &[],
            Self::Sudo if unattended => &["sudo", "-n"],
            Self::Sudo => &["sudo"],
        };
        let words = [before, words].concat();
        program(root, words[0], &words[1..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apt_never_asks() {
        let command = Rights::Root.apt(Path::new("/"), &["update"]);
        let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        assert_eq!(words, ["DEBIAN_FRONTEND=noninteractive", "apt-get", "update"]);
        assert!(Rights::Sudo.apt(Path::new("/"), &[]).get_program() == "sudo");
    }
}
