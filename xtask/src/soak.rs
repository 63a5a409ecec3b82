//! `cargo xtask soak`: what was acknowledged survives, however programs and servers die.

use std::path::Path;

use anyhow::Result;

use crate::command::{self, cargo, program};
use crate::install;
use crate::metadata::Metadata;
use crate::postgres::{self, Cluster, Durability};

/// How long the part takes that every test runs.
pub const SECONDS: u64 = 60;

/// Builds `cchc-soak` and runs it with a PostgreSQL that it may kill and start again.
///
/// It gets `--seconds N --program <itself>` and, where one part alone is wanted, `--only NAME`; in its environment:
/// `CCHC_TEST_POSTGRES_URL`, and for `pg_ctl -D $CCHC_SOAK_PGDATA start`: `CCHC_SOAK_PGDATA`, `CCHC_SOAK_PGBIN` (folder of
/// `pg_ctl`), `CCHC_SOAK_PGPORT`, `CCHC_SOAK_PGUSER` (the user who must run the server; empty for the same user). A start
/// right after a SIGKILL may fail until the children of the killed server are gone, within about a second: try again.
pub fn run(root: &Path, seconds: u64, only: Option<&str>) -> Result<()> {
    install::soak(root)?;
    command::run(&mut cargo(root, &["build", "--package", "cchc-soak", "--locked"]))?;
    let binary = Metadata::load(root)?.target_directory.join("debug").join("cchc-soak").to_string_lossy().into_owned();
    let cluster = Cluster::start(root, Durability::Full)?;
    let arguments = arguments(seconds, &binary, only);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut soak = program(root, &binary, &arguments);
    soak.env(postgres::URL, cluster.url())
        .env("CCHC_SOAK_PGDATA", cluster.data())
        .env("CCHC_SOAK_PGBIN", cluster.programs())
        .env("CCHC_SOAK_PGPORT", cluster.port().to_string())
        .env("CCHC_SOAK_PGUSER", cluster.owner());
    command::run(&mut soak)
}

fn arguments(seconds: u64, binary: &str, only: Option<&str>) -> Vec<String> {
    let mut words = vec!["--seconds".to_string(), seconds.to_string(), "--program".to_string(), binary.to_string()];
    words.extend(only.iter().flat_map(|name| ["--only".to_string(), name.to_string()]));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_named_only_when_asked_for() {
        assert_eq!(arguments(60, "/t/cchc-soak", None), ["--seconds", "60", "--program", "/t/cchc-soak"]);
        assert_eq!(arguments(5, "x", Some("disk-full"))[4..], ["--only", "disk-full"]);
    }
}
