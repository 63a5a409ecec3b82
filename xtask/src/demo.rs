//! The demonstration as a server on a free port: built, started, waited for, and always stopped.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command::{self, cargo, program};
use crate::metadata::Metadata;

/// How long the first page may take on a slow machine, with a development build.
const PATIENCE: Duration = Duration::from_secs(120);
/// What it says goes here, for whoever looks into a failure.
const LOG: &str = "e2e/out/demo.log";

/// A running demonstration; it ends with this value.
pub struct Demo {
    server: Child,
    address: SocketAddr,
    log: PathBuf,
}

/// Where the API is, and what opens it.
#[derive(Debug, PartialEq, Eq)]
pub struct Api {
    /// `http://127.0.0.1:<port>/api/v1`
    pub url: String,
    /// A token of the demonstration.
    pub token: String,
}

/// A data folder of its own, without what an earlier run left there.
fn fresh_data(beside: &Path) -> Result<String> {
    let data = beside.join("demo-data");
    match fs::remove_dir_all(&data) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot empty {}", data.display()));
        }
        _ => {}
    }
    Ok(data.display().to_string())
}

impl Demo {
    /// Builds `cchc` as for development, starts `cchc demo` and waits for its first page.
    ///
    /// An error holds the last lines that the server wrote.
    pub fn start(root: &Path) -> Result<Self> {
        command::run(&mut cargo(root, &["build", "--package", "cchc", "--locked"]))?;
        let binary = Metadata::load(root)?.target_directory.join("debug").join("cchc");
        let log = root.join(LOG);
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder)?;
        }
        let output = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let port = address.port().to_string();
        let data = fresh_data(binary.parent().unwrap_or(root))?;
        let words = ["demo", "--port", &port, "--data", &data];
        let mut command = program(root, &binary.to_string_lossy(), &words);
        let command = command.stdout(output.try_clone()?).stderr(output).stdin(Stdio::null());
        println!("$ cchc demo --port {port}  (log: {LOG})");
        let server = command.spawn().with_context(|| format!("cannot start {}", binary.display()))?;
        let mut demo = Self { server, address, log };
        demo.wait_until_ready()?;
        Ok(demo)
    }

    /// Address of its first page, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The API as the demonstration says it when it starts; an error where it says nothing.
    pub fn api(&self) -> Result<Api> {
        let said = fs::read_to_string(&self.log).with_context(|| format!("cannot read {}", self.log.display()))?;
        said.lines().find_map(api).with_context(|| format!("the demonstration names no API and token (see {LOG})"))
    }

    /// Ends the server; dropping the value does the same.
    pub fn stop(self) {}

    fn wait_until_ready(&mut self) -> Result<()> {
        let log = &self.log;
        let start = Instant::now();
        loop {
            if let Some(status) = self.server.try_wait()? {
                bail!("the demonstration ended with {status} before its first page\n{}", last_lines(log));
            }
            match first_page(self.address) {
                Some(status) if status < 400 => {
                    println!("ready after {} ms: {}", start.elapsed().as_millis(), self.url());
                    return Ok(());
                }
                Some(status) => bail!("the first page answered {status}\n{}", last_lines(log)),
                None if start.elapsed() > PATIENCE => {
                    bail!("no page within {} s\n{}", PATIENCE.as_secs(), last_lines(log))
                }
                None => thread::sleep(Duration::from_millis(100)),
            }
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The status of `/`; nothing while no one answers.
fn first_page(address: SocketAddr) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head).ok()?.strip_prefix("HTTP/1.1 ")?.parse().ok()
}

/// Reads `API: http://127.0.0.1:8021/api/v1  token: abc`.
fn api(line: &str) -> Option<Api> {
    let (url, token) = line.trim().strip_prefix("API:")?.split_once("token:")?;
    let (url, token) = (url.trim(), token.trim());
    (url.starts_with("http") && !token.is_empty()).then(|| Api { url: url.into(), token: token.into() })
}

fn last_lines(log: &PathBuf) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_api_is_read() {
        let read = api("API: http://127.0.0.1:8021/api/v1  token: cchc_abc\n");
        assert_eq!(read, Some(Api { url: "http://127.0.0.1:8021/api/v1".into(), token: "cchc_abc".into() }));
        for other in ["http://127.0.0.1:8021/", "API: http://x/api/v1", "API: http://x/api/v1  token:", "API: token: a"]
        {
            assert_eq!(api(other), None, "{other}");
        }
    }

    #[test]
    fn the_first_page_is_known_by_its_status() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 1024]).unwrap();
            stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").unwrap();
        });
        assert_eq!(first_page(address), Some(503));
        server.join().unwrap();
        assert_eq!(first_page(address), None);
    }
}
