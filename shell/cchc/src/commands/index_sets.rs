//! `cchc index sets`: the shipped criteria sets.

use std::process::ExitCode;

use cchc_index::set::{Status, words};

use crate::data;

/// Arguments: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Lists the shipped sets with how sure each is.
pub fn run(_args: &Args) -> anyhow::Result<ExitCode> {
    for set in data::set_ids().iter().filter_map(|id| data::set(id)) {
        let sure = match set.status {
            Status::Official => "chính thức",
            Status::Observed => "quan sát từ số liệu công bố",
            Status::Unconfirmed => "chưa xác nhận",
            Status::Illustrative => "minh họa, không phải văn bản pháp luật",
        };
        println!("{:<18} {} điểm, {} dòng chấm — {}", set.id, set.total.vietnamese(), set.leaves().count(), set.title);
        println!("{:<18} {sure} ({})", "", words::of(&words::STATUS, set.status));
    }
    Ok(ExitCode::SUCCESS)
}
