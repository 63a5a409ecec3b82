//! `cchc demo`: builds the demonstration and serves it on this machine.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use cchc_papers::package;
use cchc_web::Publication;
use jiff::civil::Date;

use crate::{clock, demo, files};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Cổng; 0: chọn cổng còn trống.
    #[arg(long, default_value_t = 8021)]
    port: u16,
    /// Ngày của bản trình diễn (mặc định: hôm nay); kết quả công bố sau ngày này chưa hiện ra.
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    now: Option<Date>,
    /// Gói kết quả cần xem thêm; dùng được nhiều lần.
    #[arg(long, value_name = "TỆP.zip")]
    package: Vec<PathBuf>,
}

/// Serves until it is told to stop.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    tracing_subscriber::fmt().with_target(false).with_writer(std::io::stderr).init();
    let packages = args.package.iter().map(|path| verified(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let today = args.now.unwrap_or_else(clock::today);
    let site = demo::site(today, packages)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(Arc::new(site), args.port))?;
    Ok(ExitCode::SUCCESS)
}

/// A package is shown only when it holds.
fn verified(path: &Path) -> anyhow::Result<Publication> {
    let (_, bytes) = files::read(path)?;
    let verified = package::read(&bytes, &package::limits()).with_context(|| format!("gói {}", path.display()))?;
    if !verified.holds() {
        bail!("gói {} không khớp: xem cchc index verify {}", path.display(), path.display());
    }
    Ok(Publication::new(verified.package, verified.findings))
}

async fn serve(site: Arc<cchc_web::Site>, port: u16) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| format!("không mở được cổng {port}: có chương trình khác đang dùng? Thử --port 0"))?;
    let address = format!("http://{}", listener.local_addr()?);
    // Whoever started it may have stopped listening; the pages are served all the same.
    let _ = std::io::stdout().lock().write_all(greeting(&address, site.today).as_bytes());
    axum::serve(listener, cchc_web::router(site)).with_graceful_shutdown(stopped()).await?;
    Ok(())
}

/// Where it runs, since when it thinks it is, and what to open.
fn greeting(address: &str, today: Date) -> String {
    let day = cchc_text::date::vietnamese(today);
    let pages: String = TO_OPEN.iter().map(|(path, what)| format!("  {address}{path:<44} {what}\n")).collect();
    format!("Bản trình diễn chạy tại {address} (ngày {day}).\nMở trong trình duyệt:\n{pages}Dừng: Ctrl+C.\n")
}

const TO_OPEN: [(&str, &str); 6] = [
    ("/", "trang đầu"),
    ("/cong-bo/vinh-phuc-2021-huyen", "xếp hạng 9 huyện, thành phố (mô phỏng)"),
    ("/cong-bo/qd766-2026-10-units", "chỉ số 766 của hai đơn vị thật"),
    ("/cong-bo/par-2020-provinces", "PAR Index 2020"),
    ("/don-vi?ngay=2021-10-14", "136 xã, phường, thị trấn ngày 14/10/2021"),
    ("/chi-so/cham-thu", "chấm thử tệp của mình"),
];

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! { _ = interrupted => {}, _ = ended.recv() => {} }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}
