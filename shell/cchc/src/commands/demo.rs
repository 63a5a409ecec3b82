//! `cchc demo`: builds the demonstration and serves it on this machine.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use cchc_papers::package;
use cchc_store::Store;
use cchc_web::{App, Publication};
use jiff::civil::Date;

use crate::clock::{self, DemoClock};
use crate::demo::story::Scene;
use crate::demo::{self, story};
use crate::outgoing::Outgoing;
use crate::place::{Nature, Place};
use crate::server::{self, Beside};
use crate::{data, files, progress, say, world};

/// How often the story is looked at for what the clock has passed.
const LOOK_AT_STORY: Duration = Duration::from_secs(1);

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Cổng; 0: chọn cổng còn trống.
    #[arg(long, default_value_t = 8021)]
    port: u16,
    /// Cảnh: three-tier, Vĩnh Phúc còn cấp huyện (16/01/2023); two-tier, Phú Thọ không còn cấp huyện (14/12/2026).
    #[arg(long, value_enum, default_value = "three-tier", value_name = "CẢNH")]
    scene: Scene,
    /// Ngày của bản trình diễn; điều xảy ra sau ngày này chưa hiện ra. Ngày sớm hơn lần trước: dựng lại từ đầu.
    /// Mặc định: ngày của cảnh, hoặc đi tiếp từ lần chạy trước.
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    now: Option<Date>,
    /// Gói kết quả cần xem thêm; dùng được nhiều lần.
    #[arg(long, value_name = "TỆP.zip")]
    package: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// Serves until it is told to stop.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    super::serve::log();
    let packages = args.package.iter().map(|path| verified(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(args, packages))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(args: &Args, packages: Vec<Publication>) -> anyhow::Result<()> {
    let listener = server::listen("127.0.0.1", args.port).await?;
    let clock = DemoClock::starting(args.now.unwrap_or_else(|| args.scene.day()));
    let _lock = args.place.lock("cchc demo")?;
    let store = open(args, &clock).await?;
    let steps = story::steps(args.scene);
    let bar = progress::bar("Dựng bản trình diễn");
    let watch = bar.watch();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    story::tell(&store, &clock, &steps, |told, all| watch(count(told), count(all))).await?;
    bar.finish();
    let app = App::demonstration(store.clone(), world::load(&store).await?);
    demo::publish(&app, packages)?;
    // Nothing leaves the demonstration.
    app.remind_by(data::ways(false, false));
    let moved = clock.clone();
    app.moved_by(move |day| moved.advance_to(day));
    server::refresh(app.clone()).await?;
    demo::province::publish(&app);
    let mut beside = Beside::start(&app, Outgoing::default());
    let (telling, shared) = (app.clone(), std::sync::Arc::new(steps));
    beside.every(LOOK_AT_STORY, move || {
        let (app, clock, steps) = (telling.clone(), clock.clone(), std::sync::Arc::clone(&shared));
        async move {
            story::tell(app.store(), &clock, &steps, |_, _| ()).await?;
            demo::province::publish(&app);
            Ok(())
        }
    });
    let address = format!("http://{}", listener.local_addr()?);
    let accounts = demo::accounts(&app).await?;
    // Whoever started it may have stopped listening; the pages are served all the same.
    let said = greeting(&address, store.now().date(), args.scene, &accounts);
    let _ = std::io::stdout().lock().write_all(said.as_bytes());
    if let Some(token) = demo::token(&store).await? {
        say::line(&format!("API: {address}{}  token: {token}", cchc_web::api::ADDRESS));
    }
    drop(store);
    server::serve(listener, app, beside).await
}

/// Opens the data of the demonstration; what was told beyond the day asked for, or of another scene, is built anew.
async fn open(args: &Args, clock: &DemoClock) -> anyhow::Result<Store> {
    let place = &args.place;
    let store = place.open(Nature::Demonstration, clock.clone().clock()).await?;
    let told = store.last_recorded().await?;
    let is_same = story::mark(&store, args.scene).await?;
    match told {
        None => return Ok(store),
        Some(told) if is_same && told <= clock.now() => return Ok(store),
        // Nobody asked for a day: it goes on where it was.
        Some(told) if is_same && args.now.is_none() => {
            clock.advance(told);
            return Ok(store);
        }
        Some(_) => {}
    }
    store.close().await;
    if place.url.is_some() {
        bail!(
            "dữ liệu trình diễn trong PostgreSQL là của cảnh khác hoặc đã đi quá ngày này: xóa cơ sở dữ liệu đó rồi chạy lại"
        );
    }
    for name in ["cchc.db", "cchc.db-wal", "cchc.db-shm"] {
        remove(&place.folder.join(name))?;
    }
    let store = place.open(Nature::Demonstration, clock.clock()).await?;
    story::mark(&store, args.scene).await?;
    Ok(store)
}

fn remove(path: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("không xóa được {}", path.display()))
        }
        _ => Ok(()),
    }
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

/// Where it runs, since when it thinks it is, what to open, and whose part one may take.
fn greeting(address: &str, today: Date, scene: Scene, accounts: &str) -> String {
    let day = cchc_text::date::vietnamese(today);
    let to_open = match scene {
        Scene::ThreeTier => THREE_TIER,
        Scene::TwoTier => TWO_TIER,
    };
    let pages: String = to_open.iter().map(|(path, what)| format!("  {address}{path:<44} {what}\n")).collect();
    format!(
        "Bản trình diễn chạy tại {address} (ngày {day}).\nMở trong trình duyệt:\n{pages}\
         Vào vai người mô phỏng tại {address}/dang-nhap:\n{accounts}Dừng: Ctrl+C.\n"
    )
}

const THREE_TIER: &[(&str, &str)] = &[
    ("/", "trang đầu"),
    ("/dang-nhap", "vào vai: đầu mối, thủ trưởng, thẩm định, điều phối…"),
    ("/cong-bo/vinh-phuc-2021-huyen", "xếp hạng 9 huyện, thành phố (mô phỏng)"),
    ("/cong-bo/par-2020-provinces", "PAR Index 2020"),
    ("/don-vi?ngay=2021-10-14", "136 xã, phường, thị trấn ngày 14/10/2021"),
    ("/chi-so/cham-thu", "chấm thử tệp của mình"),
];

const TWO_TIER: &[(&str, &str)] = &[
    ("/", "trang đầu"),
    ("/dang-nhap", "vào vai: đầu mối, thủ trưởng, thẩm định, điều phối…"),
    ("/cong-bo/qd766-2026-10-units", "chỉ số 766 của hai đơn vị thật"),
    ("/don-vi", "sở, ban, ngành và 36 xã, phường"),
    ("/chi-so/cham-thu", "chấm thử tệp của mình"),
];
