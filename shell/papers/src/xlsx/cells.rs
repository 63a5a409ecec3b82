//! The cells of one worksheet, as a stream: text, places and findings.

use calamine::{DataRef, XlsxCellFormulaMetadataRecord, XlsxCellReader, XlsxError, XlsxFormulaMetadata};
use cchc_text::Severity;
use cchc_text::table::Row;

use super::value::{date_text, error_text, number_text, unmistakable};
use crate::clean::Cleaner;
use crate::error::ReadError;
use crate::grid::Grid;
use crate::limits::Limits;
use crate::log::{Log, Told};

type Cell<'a> = XlsxCellFormulaMetadataRecord<'a>;

/// Why reading a worksheet ended early.
pub(super) enum Stop {
    /// The whole file is refused.
    Refused(ReadError),
    /// Only this worksheet is lost.
    Broken(XlsxError),
}

/// Reads worksheets of one file into grids.
pub(super) struct Sheets<'a> {
    pub(super) limits: &'a Limits,
    pub(super) log: &'a mut Log,
    pub(super) cleaner: Cleaner,
    /// Cells taken so far, in all sheets.
    pub(super) cells: u64,
}

impl Sheets<'_> {
    /// Fills the grid; gives the cells that could not be read, by their position in the stream.
    pub(super) fn read<R: std::io::Read + std::io::Seek>(
        &mut self,
        reader: &mut XlsxCellReader<'_, R>,
        grid: &mut Grid,
    ) -> Result<Vec<(u64, String)>, Stop> {
        let mut unread = Vec::new();
        let mut ordinal = 0;
        loop {
            match reader.next_cell_with_formula_metadata() {
                Ok(None) => return Ok(unread),
                Ok(Some(cell)) => self.take(&cell, grid)?,
                Err(error) => {
                    let why = wrong_value(&error).ok_or(Stop::Broken(error))?;
                    unread.push((ordinal, why));
                }
            }
            ordinal += 1;
        }
    }

    fn take(&mut self, cell: &Cell<'_>, grid: &mut Grid) -> Result<(), Stop> {
        let number = u64::from(cell.pos.0) + 1;
        let column = cell.pos.1 as usize;
        let text = self.text(cell, grid, number, column);
        if text.is_empty() {
            return Ok(());
        }
        if column >= self.limits.columns {
            self.log.add(Severity::Error, "too-many-columns", || {
                let message = format!("Ô nằm ngoài {} cột đầu nên không được đọc.", self.limits.columns);
                Told::new(grid.place(number, column), message)
            });
            return Ok(());
        }
        let index = match grid.rows.last() {
            Some(last) if last.number == number => grid.rows.len() - 1,
            _ => self.row(grid, number)?,
        };
        let place = grid.place(number, column);
        let Some(row) = grid.rows.get_mut(index) else { return Ok(()) };
        if row.cells.len() <= column {
            self.cells += (column + 1 - row.cells.len()) as u64;
            if self.cells > self.limits.cells {
                return Err(Stop::Refused(ReadError::TooManyCells { limit: self.limits.cells }));
            }
            row.cells.resize(column + 1, String::new());
        }
        match row.cells.get_mut(column) {
            Some(slot) if slot.is_empty() => *slot = text,
            _ => self.log.add(Severity::Error, "cell-given-twice", || {
                Told::new(place, "Sổ tính ghi ô này hai lần; chỉ dùng giá trị đầu.")
            }),
        }
        Ok(())
    }

    /// The position of the row of that number, made where it isn't there yet.
    fn row(&self, grid: &mut Grid, number: u64) -> Result<usize, Stop> {
        match grid.rows.binary_search_by_key(&number, |row| row.number) {
            Ok(index) => Ok(index),
            Err(_) if grid.rows.len() as u64 >= self.limits.rows => {
                Err(Stop::Refused(ReadError::TooManyRows { limit: self.limits.rows }))
            }
            Err(index) => {
                grid.rows.insert(index, Row { number, cells: Vec::new() });
                Ok(index)
            }
        }
    }

    fn text(&mut self, cell: &Cell<'_>, grid: &Grid, number: u64, column: usize) -> String {
        let place = || grid.place(number, column);
        let text = match &cell.value {
            DataRef::Empty if cell.formula.is_some() => {
                self.log.add(Severity::Error, "formula-without-value", || {
                    Told::new(place(), format!("Ô chứa công thức{} mà chưa có kết quả.", formula(cell)))
                        .hint("Mở và lưu lại bằng Excel để tính, hoặc dán giá trị (Paste Special › Values).")
                });
                return String::new();
            }
            DataRef::Error(error) => {
                self.tell_error(error_text(error), place);
                return String::new();
            }
            DataRef::Empty => return String::new(),
            DataRef::Int(value) => value.to_string(),
            DataRef::Float(value) => match number_text(*value) {
                Some(text) => unmistakable(text),
                None => {
                    self.tell_error("số vô hạn", place);
                    return String::new();
                }
            },
            DataRef::Bool(value) => value.to_string(),
            DataRef::DateTime(date) => match date_text(*date) {
                Some(text) => text,
                None => {
                    let serial = number_text(date.as_f64()).unwrap_or_default();
                    self.log.add(Severity::Error, "wrong-date", || {
                        Told::new(place(), format!("Ô định dạng ngày nhưng giá trị {serial} không phải ngày."))
                    });
                    return String::new();
                }
            },
            DataRef::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
            DataRef::DurationIso(text) | DataRef::String(text) => self.cleaner.clean(text, self.log, place),
            DataRef::SharedString(text) => self.cleaner.clean(text, self.log, place),
        };
        if cell.formula.is_some() {
            self.log.add(Severity::Warning, "formula", || {
                let shown: String = text.chars().take(60).collect();
                let message = format!("Ô chứa công thức{}; dùng kết quả đã lưu «{shown}».", formula(cell));
                Told::new(place(), message).hint("Dán giá trị (Paste Special › Values) để chắc chắn kết quả không cũ.")
            });
        }
        text
    }

    fn tell_error(&mut self, shown: &str, place: impl FnOnce() -> cchc_text::Place) {
        self.log.add(Severity::Error, "cell-error", || {
            Told::new(place(), format!("Ô có giá trị lỗi {shown} nên không được dùng."))
                .hint("Sửa công thức hoặc nhập giá trị đúng.")
        });
    }
}

/// The formula as it can be told: ` =A1/B1`, or nothing where it is shared with another cell.
fn formula(cell: &Cell<'_>) -> String {
    match &cell.formula {
        Some(XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. })
            if !formula.is_empty() =>
        {
            let cut = if formula.chars().count() > 60 { "…" } else { "" };
            format!(" ={}{cut}", formula.chars().take(60).collect::<String>())
        }
        _ => String::new(),
    }
}

/// What is wrong with the value of a single cell; `None` where the XML itself is broken.
///
/// After these errors the reader stands inside the cell and goes on with the next one.
fn wrong_value(error: &XlsxError) -> Option<String> {
    match error {
        XlsxError::CellError(value) => Some(value.chars().take(40).collect()),
        XlsxError::ParseFloat(_) => Some("(số viết sai)".to_owned()),
        XlsxError::CellTAttribute(_) => Some("(kiểu ô lạ)".to_owned()),
        XlsxError::Unrecognized { .. } => Some("(giá trị lạ)".to_owned()),
        XlsxError::Unexpected("Cell string index not found in shared strings table") => {
            Some("(thiếu văn bản dùng chung)".to_owned())
        }
        _ => None,
    }
}
