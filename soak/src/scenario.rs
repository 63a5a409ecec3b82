//! The scenarios, one file each.

mod disk_full;
mod failing_fsync;
mod kill_client;
mod kill_server;
mod kill_sqlite;
mod races;

use std::pin::Pin;

use crate::run::{Means, Report};

/// What a scenario is at work on.
type Running = Pin<Box<dyn Future<Output = anyhow::Result<Report>>>>;

/// A scenario.
pub struct Scenario {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does.
    pub run: fn(Means) -> Running,
}

/// All of them, in the order in which they run.
pub const SCENARIOS: [Scenario; 6] = [
    Scenario { name: "kill-sqlite", run: |means| Box::pin(kill_sqlite::run(means)) },
    Scenario { name: "disk-full", run: |means| Box::pin(disk_full::run(means)) },
    Scenario { name: "failing-fsync", run: |means| Box::pin(failing_fsync::run(means)) },
    Scenario { name: "races", run: |means| Box::pin(races::run(means)) },
    Scenario { name: "kill-postgres-client", run: |means| Box::pin(kill_client::run(means)) },
    Scenario { name: "kill-postgres-server", run: |means| Box::pin(kill_server::run(means)) },
];
