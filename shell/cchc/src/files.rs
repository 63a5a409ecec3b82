//! Files of the command line: read whole, written whole or not at all.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use cchc_calendar::{DaysOff, OfficeHours};
use cchc_index::{CriteriaSet, Inputs};
use cchc_papers::{Limits, ReadError, input_file, read_tables, set_file};
use cchc_text::table::Table;
use cchc_text::{Findings, Severity};
use cchc_units::Registry;

use crate::{data, say};

/// The bytes of a file and its name without the folder.
pub fn read(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let limit = u64::try_from(Limits::default().file_bytes).unwrap_or(u64::MAX);
    let size = std::fs::metadata(path).with_context(|| format!("không mở được tệp {}", path.display()))?.len();
    if size > limit {
        return Err(refused(path, &ReadError::TooLarge { bytes: size, limit }));
    }
    let bytes = std::fs::read(path).with_context(|| format!("không đọc được tệp {}", path.display()))?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok((name, bytes))
}

/// Why nothing could be read from a file, with what to do about it.
pub fn refused(path: &Path, error: &ReadError) -> anyhow::Error {
    let text = format!("{}: {error}", path.display());
    anyhow::anyhow!("{} {}", text, error.hint())
}

/// A shipped set by its id, or a file with one. Findings are said; a set with errors is refused.
pub fn sound_set(name: &str) -> anyhow::Result<CriteriaSet> {
    let (set, findings) = any_set(name)?;
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    say::findings(&findings);
    match set {
        Some(set) if errors == 0 => Ok(set),
        _ => bail!("bộ tiêu chí {name} còn {errors} lỗi: sửa rồi chấm lại"),
    }
}

/// A shipped set by its id, or a file with one, sound or not.
pub fn any_set(name: &str) -> anyhow::Result<(Option<CriteriaSet>, Findings)> {
    if let Some(set) = data::set(name) {
        return Ok((Some(set), Findings::new()));
    }
    let path = Path::new(name);
    if !path.exists() {
        let ids = data::set_ids().join(", ");
        bail!("không có bộ tiêu chí «{name}» trong chương trình, cũng không có tệp tên đó. Các bộ có sẵn: {ids}");
    }
    let (file, bytes) = read(path)?;
    set_file::read(&file, &bytes, &Limits::default()).map_err(|error| refused(path, &error))
}

/// The answers of a CSV or XLSX file.
pub fn inputs(set: &CriteriaSet, path: &Path) -> anyhow::Result<(Inputs, Findings)> {
    let (file, bytes) = read(path)?;
    let (inputs, findings) =
        input_file::read(set, &file, &bytes, &Limits::default()).map_err(|error| refused(path, &error))?;
    if inputs.units.is_empty() {
        say::findings(&findings);
        bail!("không đọc được dòng nào từ {}", path.display());
    }
    Ok((inputs, findings))
}

/// The days off of a file, or the shipped ones.
pub fn days_off(path: Option<&Path>) -> anyhow::Result<DaysOff> {
    let Some(path) = path else { return Ok(data::days_off()) };
    let (table, mut findings) = first_table(path)?;
    let (days_off, more) = DaysOff::from_table(&table);
    findings.extend(more);
    say::findings(&findings);
    if days_off.rows().next().is_none() {
        bail!("không đọc được ngày nghỉ nào từ {}", path.display());
    }
    Ok(days_off)
}

/// The office hours of a file, or the shipped ones.
pub fn office_hours(path: Option<&Path>) -> anyhow::Result<OfficeHours> {
    let Some(path) = path else { return Ok(data::office_hours()) };
    let (table, mut findings) = first_table(path)?;
    let (hours, more) = OfficeHours::from_table(&table);
    findings.extend(more);
    say::findings(&findings);
    if hours.rows().next().is_none() {
        bail!("không đọc được giờ làm việc nào từ {}", path.display());
    }
    Ok(hours)
}

/// The first table of a CSV or XLSX file, with what was found while reading it.
pub fn first_table(path: &Path) -> anyhow::Result<(Table, Findings)> {
    let (file, bytes) = read(path)?;
    let (tables, findings) = read_tables(&file, &bytes, &Limits::default()).map_err(|error| refused(path, &error))?;
    let table = tables.into_iter().next().with_context(|| format!("{} không có bảng nào", path.display()))?;
    Ok((table, findings))
}

/// Writes a file whole: under another name first, so that a full disk leaves the old one.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let unfinished = path.with_extension("dang-ghi");
    let written = std::fs::write(&unfinished, bytes).and_then(|()| std::fs::rename(&unfinished, path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("không ghi được tệp {}", path.display()))
}

/// Writes to a file, or to the standard output; a workbook never to a terminal.
pub fn write_out(out: Option<&Path>, bytes: &[u8], binary: Binary) -> anyhow::Result<()> {
    if let Some(path) = out {
        return write(path, bytes);
    }
    let stdout = std::io::stdout();
    if binary == Binary::Yes && stdout.is_terminal() {
        bail!("kết quả là tệp nhị phân: thêm --out TỆP, hoặc chuyển hướng đầu ra");
    }
    match stdout.lock().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("không ghi được đầu ra"),
        _ => Ok(()),
    }
}

/// Whether the bytes are for a program rather than for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// A workbook, an archive.
    Yes,
    /// Text.
    No,
}

/// Units from CSV or XLSX files read together.
pub fn units(paths: &[std::path::PathBuf]) -> anyhow::Result<(Registry, Findings)> {
    let (mut tables, mut findings) = (Vec::new(), Findings::new());
    for path in paths {
        let (file, bytes) = read(path)?;
        let (read, more) = read_tables(&file, &bytes, &Limits::default()).map_err(|error| refused(path, &error))?;
        tables.extend(read);
        findings.extend(more);
    }
    let (units, more) = Registry::from_tables(&tables);
    findings.extend(more);
    Ok((units, findings))
}
