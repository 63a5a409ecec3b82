//! `cchc index convert`: a criteria set between TOML and XLSX, nothing lost.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use cchc_index::{set_form::to_form, toml_form};
use cchc_papers::set_xlsx;

use crate::files;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Mã bộ có sẵn, hoặc tệp TOML, XLSX.
    set: String,
    /// Tệp đích, đuôi .toml hoặc .xlsx.
    #[arg(long, value_name = "TỆP")]
    out: PathBuf,
}

/// Converts by the ending of the output file.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let set = files::sound_set(&args.set)?;
    let bytes = match args.out.extension().and_then(|ending| ending.to_str()) {
        Some("toml") => toml_form::write(&to_form(&set)).into_bytes(),
        Some("xlsx") => set_xlsx::write(&set)?,
        _ => bail!("tệp đích phải có đuôi .toml hoặc .xlsx"),
    };
    files::write(&args.out, &bytes)?;
    println!("Đã ghi {} ({} dòng chấm).", args.out.display(), set.leaves().count());
    Ok(ExitCode::SUCCESS)
}
