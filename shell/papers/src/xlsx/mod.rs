//! Reading XLSX workbooks: looked through first, then streamed cell by cell.

mod cells;
mod guard;
mod parts;
mod tags;
#[cfg(test)]
mod tests;
mod value;

use std::io::Cursor;

use calamine::{Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};
use cchc_text::{Place, Severity};

use crate::clean::Cleaner;
use crate::error::ReadError;
use crate::grid::Grid;
use crate::limits::Limits;
use crate::log::{Log, Told};
use cells::{Sheets, Stop};
use guard::{Archive, PartFacts};

/// Reads every worksheet with content into a grid, in the workbook's order.
pub(crate) fn read(file: &str, bytes: &[u8], limits: &Limits, log: &mut Log) -> Result<Vec<Grid>, ReadError> {
    let (mut archive, facts) = guard::inspect(bytes, limits)?;
    if let Some(other) = other_format(&archive) {
        return Err(ReadError::OtherFormat(other));
    }
    let parts = parts::sheet_parts(&mut archive)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable("workbook", &error))?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut reading = Sheets { limits, log, cleaner: Cleaner::new(limits), cells: 0 };
    let mut grids: Vec<Grid> = Vec::new();
    let mut lost = None;
    for (index, (sheet, part)) in sheets.iter().zip(&parts).enumerate() {
        let place = || Place::cell(file, &sheet.name);
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheets.iter().take(index).any(|earlier| earlier.name == sheet.name) {
            reading.log.add(Severity::Error, "sheet-named-twice", || {
                Told::new(place(), format!("Có hai trang tính tên «{}»; chỉ đọc trang đầu.", sheet.name))
            });
            continue;
        }
        let facts = facts.get(&guard::part_key(part)).cloned().unwrap_or_default();
        let mut grid = Grid { file: file.to_owned(), sheet: sheet.name.clone(), rows: Vec::new() };
        match read_sheet(&mut workbook, &mut reading, &mut grid, &facts) {
            Ok(unread) => tell_unread(&mut archive, part, &unread, &grid, reading.log),
            Err(Stop::Refused(error)) => return Err(error),
            Err(Stop::Broken(error)) => {
                reading.log.add(Severity::Error, "unreadable-sheet", || {
                    Told::new(place(), format!("Trang tính không đọc được nên bị bỏ qua: {error}."))
                        .hint("Mở bằng Excel để sửa rồi lưu lại.")
                });
                lost.get_or_insert_with(|| unreadable(&sheet.name, &error));
                continue;
            }
        }
        if !grid.rows.is_empty() {
            tell_facts(&place, sheet, &facts, reading.log);
            grids.push(grid);
        }
    }
    let Sheets { cleaner, log, .. } = reading;
    cleaner.finish(log);
    // Findings of a file without content would be lost with it.
    match lost {
        Some(error) if grids.is_empty() => Err(error),
        _ => Ok(grids),
    }
}

type Unread = Vec<(u64, String)>;

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    reading: &mut Sheets<'_>,
    grid: &mut Grid,
    facts: &PartFacts,
) -> Result<Unread, Stop> {
    let mut reader = workbook.worksheet_cells_reader(&grid.sheet).map_err(Stop::Broken)?;
    let unread = reading.read(&mut reader, grid)?;
    // After a value it can't read, the reader no longer counts columns: places would be guesses.
    if !unread.is_empty() && facts.unplaced_cells {
        return Err(Stop::Broken(XlsxError::Unexpected("ô không ghi địa chỉ")));
    }
    Ok(unread)
}

fn tell_unread(archive: &mut Archive<'_>, part: &str, unread: &Unread, grid: &Grid, log: &mut Log) {
    let ordinals: Vec<u64> = unread.iter().map(|(ordinal, _)| *ordinal).collect();
    if ordinals.is_empty() {
        return;
    }
    let references = guard::references(archive, part, &ordinals);
    for (index, (_, shown)) in unread.iter().enumerate() {
        let reference = references.get(index).map_or("", String::as_str);
        log.add(Severity::Error, "cell-error", || {
            let place = Place::cell(&grid.file, format!("{}!{reference}", grid.sheet));
            Told::new(place, format!("Ô có giá trị lỗi {shown} nên không được dùng.")).hint("Nhập lại giá trị đúng.")
        });
    }
}

fn tell_facts(place: &impl Fn() -> Place, sheet: &Sheet, facts: &PartFacts, log: &mut Log) {
    if sheet.visible != SheetVisible::Visible {
        log.add(Severity::Note, "hidden-sheet", || Told::new(place(), "Trang tính bị ẩn; vẫn được đọc."));
    }
    if facts.hidden_rows > 0 {
        log.add(Severity::Note, "hidden-rows", || {
            Told::new(place(), format!("Có {} dòng bị ẩn; vẫn được đọc.", facts.hidden_rows))
        });
    }
    if facts.hidden_columns {
        log.add(Severity::Note, "hidden-columns", || Told::new(place(), "Có cột bị ẩn; vẫn được đọc."));
    }
    if facts.merged > 0 {
        log.add(Severity::Note, "merged-cells", || {
            let more = if facts.merged > facts.first_merged.len() as u64 { ", …" } else { "" };
            let ranges = facts.first_merged.join(", ");
            let message =
                format!("Có {} vùng gộp ô ({ranges}{more}); giá trị chỉ tính cho ô đầu của vùng.", facts.merged);
            Told::new(place(), message)
        });
    }
}

/// What an archive without a workbook is.
fn other_format(archive: &Archive<'_>) -> Option<&'static str> {
    let names: Vec<String> = archive.file_names().flatten().map(|name| guard::part_key(&name)).collect();
    let has = |wanted: &str| names.iter().any(|name| name.starts_with(wanted));
    if has("_rels/.rels") && !has("word/") && !has("ppt/") {
        return None;
    }
    Some(match () {
        () if has("word/") => "văn bản Word (.docx)",
        () if has("ppt/") => "bản trình chiếu (.pptx)",
        () if has("mimetype") => "tệp OpenDocument (.ods, .odt)",
        () => "tệp nén thông thường (.zip)",
    })
}

fn unreadable(part: &str, error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted,
        _ => ReadError::Unreadable { part: part.to_owned(), why: error.to_string() },
    }
}
