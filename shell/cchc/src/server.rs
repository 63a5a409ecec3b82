//! The running server: pages, and beside them what keeps them true (rules, jobs, the order of events).

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use cchc_store::Store;
use cchc_web::{App, results};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::outgoing::Outgoing;
use crate::{work, world};

/// How often the rules are compared with the store.
const LOOK_AT_RULES: Duration = Duration::from_secs(1);
/// How often events that wait get their position (PostgreSQL).
const ORDER_EVENTS: Duration = Duration::from_millis(50);

/// Opens the port; an error says what to do.
pub async fn listen(host: &str, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((host, port))
        .await
        .with_context(|| format!("không mở được cổng {port} ở {host}: có chương trình khác đang dùng? Thử --port 0"))
}

/// What runs beside the pages until the server stops.
pub struct Beside {
    tasks: JoinSet<()>,
    stop: watch::Sender<()>,
}

impl Beside {
    /// Starts what every server needs.
    pub fn start(app: &App, outgoing: Outgoing) -> Self {
        let outgoing = Arc::new(outgoing);
        let mut beside = Self { tasks: JoinSet::new(), stop: watch::channel(()).0 };
        let (rules, jobs, order) = (app.clone(), app.clone(), app.store().clone());
        beside.every(LOOK_AT_RULES, move || refresh(rules.clone()));
        beside.every(work::PAUSE, move || work::some(jobs.clone(), Arc::clone(&outgoing)));
        if app.store().is_postgres() {
            beside.every(ORDER_EVENTS, move || sequence(order.clone()));
        }
        beside
    }

    /// Does something again and again, a pause between; what fails is logged and tried again.
    pub fn every<F, W>(&mut self, pause: Duration, work: F)
    where
        F: Fn() -> W + Send + 'static,
        W: Future<Output = anyhow::Result<()>> + Send,
    {
        let mut stop = self.stop.subscribe();
        self.tasks.spawn(async move {
            loop {
                if let Err(error) = work().await {
                    tracing::error!(error = format!("{error:#}"), "beside the pages");
                }
                tokio::select! { () = tokio::time::sleep(pause) => {}, _ = stop.changed() => return }
            }
        });
    }

    /// Lets each finish what it is doing.
    pub async fn finish(mut self) {
        drop(self.stop);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Takes newer rules in, and results that were published since.
pub async fn refresh(app: App) -> anyhow::Result<()> {
    if app.store().rule_mark().await? != app.world().mark {
        app.replace_world(world::load(app.store()).await?);
    }
    Ok(results::refresh(&app).await?)
}

async fn sequence(store: Store) -> anyhow::Result<()> {
    store.sequence().await?;
    Ok(())
}

/// Serves until it is told to stop; then requests under way are answered and what waits is written.
pub async fn serve(listener: TcpListener, app: App, beside: Beside) -> anyhow::Result<()> {
    let router = cchc_web::router(app.clone());
    let pages = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, pages).with_graceful_shutdown(stopped()).await?;
    beside.finish().await;
    let store = app.store().clone();
    drop(app);
    store.close().await;
    Ok(())
}

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
