//! Running other programs: said before it is done, never with a standard input, and a failure names the command.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// A program with its arguments, to be run in `folder`.
pub fn program(folder: &Path, name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

/// The cargo that runs this program.
pub fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let name = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = program(folder, &name, arguments);
    forget_this_package(&mut command);
    command
}

/// What cargo set for this package must not leak into the build of others.
pub fn forget_this_package(command: &mut Command) {
    for (key, _) in std::env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("CARGO_PKG_")) {
        command.env_remove(key);
    }
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
}

/// Runs it with its output as it is; an error names the command and how it ended.
pub fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs it, shows its output while it comes, and returns it (standard output, then standard error).
pub fn run_and_read(command: &mut Command) -> Result<String> {
    announce(command);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    let errors = child.stderr.take().map(|stream| thread::spawn(move || relay(stream, std::io::stderr())));
    let mut text = match child.stdout.take() {
        Some(stream) => relay(stream, std::io::stdout())?,
        None => String::new(),
    };
    if let Some(errors) = errors {
        let said = errors.join().map_err(|_| anyhow::anyhow!("reading the errors of {} broke", shown(command)))?;
        text.push_str(&said?);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(text)
}

/// Runs it quietly and returns its standard output; what it wrote to standard error is part of the error.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}\n{}", shown(command), output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether it runs and succeeds; nothing is shown.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Where the shell would find a program of this name.
pub fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn announce(command: &Command) {
    println!("$ {}", shown(command));
}

/// The command as a person would type it: a program by its name, without its folder.
fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn relay(from: impl Read, mut to: impl Write) -> Result<String> {
    let mut text = String::new();
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        program(Path::new("/"), "sh", &["-c", script])
    }

    #[test]
    fn output_is_returned_whole_and_a_failure_names_the_command() {
        assert_eq!(run_and_read(&mut sh("echo một; echo hai >&2")).unwrap(), "một\nhai\n");
        let error = run_and_read(&mut sh("exit 3")).unwrap_err().to_string();
        assert!(error.contains("sh -c exit 3") && error.contains('3'), "{error}");
    }

    #[test]
    fn no_program_waits_for_input() {
        assert_eq!(read(&mut sh("cat; echo end")).unwrap(), "end\n");
    }

    #[test]
    fn programs_are_found_on_the_path() {
        assert!(find("sh").is_some());
        assert!(find("no-such-program-here").is_none());
    }
}
