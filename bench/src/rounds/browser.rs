//! The sheet in a browser on a slow machine: Chromium, driven by `e2e/interactive.mjs`, its processor throttled.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;

use super::{ROUND, Stage};
use crate::report::Report;

/// How many times slower than this machine.
const SLOWED: &str = "4";

impl Stage {
    /// From asking for the sheet to a page that answers; a row says so where there is no browser.
    pub(super) async fn interactive(&self, report: &mut Report) -> anyhow::Result<()> {
        let e2e = Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e");
        if !e2e.join("node_modules/playwright-core").exists() {
            report.note(
                "phiếu 100 dòng trong trình duyệt: không đo, chưa cài gói Node (cargo xtask test --only install)",
            );
            return Ok(());
        }
        let first = self.units.first().context("không có đơn vị")?.code.clone();
        let cookie = self.session(&first).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}/dot-cham/{ROUND}/phieu/{first}", listener.local_addr()?);
        let router = self.router.clone();
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        let run = tokio::task::spawn_blocking(move || {
            let mut node = Command::new("node");
            node.arg("interactive.mjs").args([&address, &cookie, SLOWED]).current_dir(&e2e).stderr(Stdio::inherit());
            node.output()
        });
        let run = run.await?;
        server.abort();
        let Ok(output) = run else {
            report.note("phiếu 100 dòng trong trình duyệt: không đo, máy này không có Node.js");
            return Ok(());
        };
        let text = String::from_utf8(output.stdout)?;
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["none"] => report.note("phiếu 100 dòng trong trình duyệt: không đo, máy này không có Chromium"),
            [median, p95] => {
                let what = format!("phiếu 100 dòng đến khi dùng được, Chromium chậm {SLOWED} lần");
                report.plain(&format!("{what}, trung vị"), median.parse()?);
                report.plain(&format!("{what}, p95"), p95.parse()?);
            }
            _ => bail!("interactive.mjs: {text}"),
        }
        Ok(())
    }
}
