//! `cchc`: the command line. Reads arguments and files, calls the domain, prints.
//!
//! | to | see |
//! |---|---|
//! | find a command | [`commands`], one file each |
//! | know what is shipped inside the program | [`data`] |
//! | see how the demonstration is made | [`demo`] |
//! | know where the time enters | [`clock`] |
//! | know where the data is | [`place`], [`rules`], [`world`] |
//! | see what a server does | [`server`], [`work`] |

mod clock;
mod commands;
mod data;
mod demo;
mod files;
mod first_password;
mod outgoing;
mod place;
mod progress;
mod rules;
mod say;
mod server;
mod work;
mod world;

use clap::Parser;

use crate::commands::Command;

/// Đo và điều hành cải cách hành chính của một tỉnh.
#[derive(Debug, Parser)]
#[command(name = "cchc", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> std::process::ExitCode {
    match Cli::parse().command.run() {
        Ok(code) => code,
        Err(error) => {
            say::error(&error);
            std::process::ExitCode::from(2)
        }
    }
}
