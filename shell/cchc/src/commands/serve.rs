//! `cchc serve`: the server of a province.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use cchc_web::App;

use crate::place::{Nature, Place};
use crate::server::{self, Beside};
use crate::{clock, data, first_password, outgoing, rules, world};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Cổng; 0: chọn cổng còn trống.
    #[arg(long, env = "CCHC_PORT", default_value_t = 8020)]
    port: u16,
    /// Địa chỉ mạng để nghe; mặc định chỉ máy này.
    #[arg(long, env = "CCHC_HOST", default_value = "127.0.0.1", value_name = "ĐỊA CHỈ")]
    host: String,
    /// Người dùng vào qua HTTPS (một proxy đứng trước): cookie chỉ đi qua HTTPS, trình duyệt nhớ điều đó.
    #[arg(long, env = "CCHC_HTTPS")]
    https: bool,
    #[command(flatten)]
    outgoing: outgoing::Reminding,
    #[command(flatten)]
    place: Place,
}

/// What is logged goes to the error stream.
pub fn log() {
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_target(false).with_ansi(colours).with_writer(std::io::stderr).init();
}

/// Serves until it is told to stop.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    log();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(args))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(args: &Args) -> anyhow::Result<()> {
    let listener = server::listen(&args.host, args.port).await?;
    // On PostgreSQL several servers may share a database; on SQLite the folder has one writer.
    let _lock = args.place.lock("cchc serve")?;
    let store = args.place.open(Nature::Real, clock::real()).await?;
    rules::enter_missing(&store).await?;
    let app = App::new(store.clone(), world::load(&store).await?);
    if args.https {
        app.behind_https();
    }
    let outgoing = args.outgoing.open()?;
    app.remind_by(data::ways(outgoing.mail.is_some(), outgoing.gateway.is_some()));
    let beside = Beside::start(&app, outgoing);
    let address = format!("http://{}", listener.local_addr()?);
    let greeting = format!("cchc chạy tại {address}. Dữ liệu: {}. Dừng: Ctrl+C.\n", args.place.shown());
    // Whoever started it may have stopped listening; the pages are served all the same.
    let _ = std::io::stdout().lock().write_all(greeting.as_bytes());
    first_password::first_admin(&store, &address).await?;
    drop(store);
    server::serve(listener, app, beside).await
}
