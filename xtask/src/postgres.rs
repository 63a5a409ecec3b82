//! A PostgreSQL server for tests: its own cluster in a temporary folder on a free port, gone afterwards whatever happened.
//!
//! `pg_ctl` starts the server, and a guard waits beside it: a shell whose standard input is a pipe that this program holds.
//! When the pipe closes (the value is dropped, or this program ended in any way, Ctrl+C and SIGKILL included), the guard
//! stops whichever server runs on the folder and deletes the folder.

mod owner;
mod programs;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::command::{self, program};
use crate::install;

use owner::Owner;
pub use programs::programs;

/// The variable by which tests find the server.
pub const URL: &str = "CCHC_TEST_POSTGRES_URL";
/// The superuser of the cluster.
const USER: &str = "cchc";

/// What a commit has to survive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: the tests of a few minutes, as fast as may be.
    None,
    /// The death of the server or of the machine, as in real use.
    Full,
}

/// A running server; it ends with this value.
pub struct Cluster {
    guard: Child,
    owner: Owner,
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes a cluster and starts its server; installs PostgreSQL where it is missing.
    ///
    /// Everyone on this machine may connect while it runs, as superuser `cchc` without a password.
    /// An error holds the last lines that the server wrote.
    pub fn start(root: &Path, durability: Durability) -> Result<Self> {
        install::postgres(root)?;
        let began = Instant::now();
        let programs = programs().context("PostgreSQL is missing")?;
        let owner = Owner::of_this_process(root)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("cchc-postgres-{port}"));
        owner.make_folder(&folder)?;
        let guard = guard(&owner, &programs, &folder)?;
        let cluster = Self { guard, owner, programs, folder, port };
        cluster.initialise(durability)?;
        cluster.launch()?;
        println!("PostgreSQL ready after {} ms: {}", began.elapsed().as_millis(), cluster.url());
        Ok(cluster)
    }

    /// Where tests connect: `postgres://cchc@127.0.0.1:<port>/postgres`.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The data folder; the port and all other settings stand in it.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Where `pg_ctl` lies.
    pub fn programs(&self) -> &Path {
        &self.programs
    }

    /// The name of the user who must run the server; empty where that is who runs this.
    pub fn owner(&self) -> &str {
        self.owner.name()
    }

    fn initialise(&self, durability: Durability) -> Result<()> {
        let data = self.data();
        let mut initdb = self.tool("initdb");
        initdb.arg("-D").arg(&data).args(["--username", USER, "--auth", "trust", "--encoding", "UTF8"]);
        // Texts in the order of a language, as on most servers: what relies on the order of bytes shows here.
        initdb.args(["--locale", "C", "--locale-provider", "icu", "--icu-locale", "vi", "--no-sync"]);
        command::read(&mut initdb)?;
        let place = data.join("postgresql.conf");
        let mut file = OpenOptions::new().append(true).open(&place).context("cannot write postgresql.conf")?;
        Ok(file.write_all(settings(self.port, durability).as_bytes())?)
    }

    fn launch(&self) -> Result<()> {
        let log = self.folder.join("log");
        let mut start = self.tool("pg_ctl");
        start.arg("-D").arg(self.data()).arg("-l").arg(&log).args(["-w", "-t", "60", "start"]);
        if let Err(error) = command::read(&mut start) {
            bail!("{error:#}\n{}", last_lines(&fs::read_to_string(&log).unwrap_or_default()));
        }
        Ok(())
    }

    fn tool(&self, name: &str) -> Command {
        tool(&self.owner, &self.programs, &self.folder, name)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The guard ends once its input is closed; what it could not delete as its user is deleted here.
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Starts a cluster, runs a command with its address in `CCHC_TEST_POSTGRES_URL`, and stops it.
pub fn run_with(root: &Path, words: &[String]) -> Result<()> {
    let (name, arguments) = words.split_first().context("say which command")?;
    let cluster = Cluster::start(root, Durability::None)?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut asked = program(&std::env::current_dir()?, name, &arguments);
    command::forget_this_package(&mut asked);
    command::run(asked.env(URL, cluster.url()).stdin(Stdio::inherit()))
}

/// A program of PostgreSQL, as the owner, and deaf to the settings of this user's own servers.
fn tool(owner: &Owner, programs: &Path, folder: &Path, name: &str) -> Command {
    let mut command = program(folder, &programs.join(name).to_string_lossy(), &[]);
    for (key, _) in std::env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("PG")) {
        command.env_remove(key);
    }
    owner.take(&mut command);
    command.env("LC_ALL", "C");
    command
}

/// Waits for the end of its input, then clears up; in a process group of its own, which Ctrl+C does not reach.
fn guard(owner: &Owner, programs: &Path, folder: &Path) -> Result<Child> {
    const SCRIPT: &str = r#"cat > /dev/null; "$1/pg_ctl" -D "$2/data" -m immediate -w stop; rm -rf "$2""#;
    let mut command = program(Path::new("/"), "sh", &["-c", SCRIPT, "guard"]);
    command.arg(programs).arg(folder).process_group(0);
    owner.take(&mut command);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().context("cannot start the shell that guards PostgreSQL")
}

/// The lines added to postgresql.conf.
fn settings(port: u16, durability: Durability) -> String {
    let mut text = format!(
        "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\n\
         timezone = 'UTC'\nlog_timezone = 'UTC'\n"
    );
    if durability == Durability::None {
        text.push_str("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n");
    }
    text
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durability_is_given_up_for_quick_tests_alone() {
        let (quick, durable) = (settings(5444, Durability::None), settings(5444, Durability::Full));
        for line in ["fsync = off", "synchronous_commit = off", "full_page_writes = off"] {
            assert!(quick.lines().any(|given| given == line), "{line}");
            assert!(!durable.contains(line.split(' ').next().unwrap()), "{line}");
        }
        for text in [quick, durable] {
            assert!(text.starts_with("port = 5444\nlisten_addresses = '127.0.0.1'\n"), "{text}");
        }
    }

    #[test]
    fn the_guard_clears_up_when_its_input_ends() {
        let folder = std::env::temp_dir().join(format!("cchc-guard-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let mut guard = guard(&Owner::Same, Path::new("/no/such/folder"), &folder).unwrap();
        assert!(guard.try_wait().unwrap().is_none() && folder.is_dir());
        drop(guard.stdin.take());
        assert!(guard.wait().unwrap().success());
        assert!(!folder.exists());
    }

    #[test]
    fn a_log_is_cut_to_its_end() {
        let text: String = (1..=30).map(|number| format!("{number}\n")).collect();
        assert!(last_lines(&text).starts_with("11\n") && last_lines(&text).ends_with("30"));
    }
}
