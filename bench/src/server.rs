//! The server as a user meets it: first page, pages, memory.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::report::Report;

/// The pages asked for, each so many times.
const PAGES: [&str; 10] = [
    "/",
    "/cong-bo",
    "/cong-bo/vinh-phuc-2021-huyen",
    "/cong-bo/vinh-phuc-2021-xa",
    "/cong-bo/vinh-phuc-2021-xa/don-vi/08707",
    "/cong-bo/vinh-phuc-2021-xa/linh-vuc",
    "/cong-bo/vinh-phuc-2021-xa/tieu-chi/1.1.1",
    "/cong-bo/so-sanh?truoc=vinh-phuc-2021-xa&sau=vinh-phuc-2024-xa",
    "/don-vi?ngay=2021-10-14",
    "/chi-so/bo-tieu-chi/vp-2021-so",
];
const ASKED: usize = 60;

/// Starts the demonstration, asks for pages and stops it.
pub fn measure(program: &Path, report: &mut Report) -> anyhow::Result<()> {
    let start = Instant::now();
    let mut server = Server::start(program)?;
    server.get("/")?;
    report.budget("khởi động đến trang đầu tiên", millis(start.elapsed()), 300.0);
    report.megabytes("bộ nhớ khi nghỉ", server.megabytes()?, 100.0);
    let mut times = Vec::new();
    for page in PAGES {
        server.get(page)?;
        let mut own = Vec::new();
        for _ in 0..ASKED {
            let start = Instant::now();
            server.get(page)?;
            own.push(millis(start.elapsed()));
        }
        own.sort_by(f64::total_cmp);
        report.budget(&format!("trang {page}, p95"), own[own.len() * 95 / 100], 20.0);
        times.extend(own);
    }
    times.sort_by(f64::total_cmp);
    report.plain("mọi trang, trung vị", times[times.len() / 2]);
    report.budget("mọi trang, p95", times[times.len() * 95 / 100], 20.0);
    report.megabytes("bộ nhớ sau khi tải các trang", server.megabytes()?, 400.0);
    Ok(())
}

struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(program: &Path) -> anyhow::Result<Self> {
        // A folder of its own; each measurement begins with an empty one.
        let data = std::env::temp_dir().join(format!("cchc-bench-demo-{}", std::process::id()));
        let mut process = Command::new(program)
            // A day on which every address above is public.
            .args(["demo", "--now", "2026-11-24", "--port", "0", "--data"])
            .arg(&data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("không chạy được {}", program.display()))?;
        let output = process.stdout.take().context("không có đầu ra")?;
        for line in BufReader::new(output).lines() {
            if let Some(address) =
                line?.split_whitespace().find_map(|word| word.strip_prefix("http://").map(str::to_owned))
            {
                return Ok(Self { process, address });
            }
        }
        bail!("bản trình diễn dừng trước khi nói địa chỉ")
    }

    fn get(&mut self, path: &str) -> anyhow::Result<usize> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        if !answer.starts_with(b"HTTP/1.0 200") && !answer.starts_with(b"HTTP/1.1 200") {
            bail!("trang {path} trả về: {}", String::from_utf8_lossy(&answer[..answer.len().min(60)]));
        }
        Ok(answer.len())
    }

    /// Resident memory, as the system counts it.
    fn megabytes(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("không có VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
