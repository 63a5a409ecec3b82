//! A list of any length as a workbook: rows are pushed one by one and leave memory at once.
//!
//! Past a million rows a new sheet begins. Equal rows give equal bytes.

use std::io::{Seek, Write};

use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::look;
use crate::write_error::WriteError;

/// Rows of one sheet, title and header counted; Excel's limit is 1,048,576.
const SHEET_ROWS: u32 = 1_000_000;
/// Rows that get a height of their own: each is kept in memory to the end, and nobody pages further by eye.
const HIGH_ROWS: usize = 20_000;
/// The longest text of a cell; what is longer is cut and ends with `…`.
const CELL_CHARS: usize = 32_000;

/// A column of a list: its name and its width in characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// The name in the header.
    pub name: &'static str,
    /// Width in characters.
    pub width: f64,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// A text; empty: an empty cell. It is never run as a formula.
    Text(&'a str),
    /// A whole number.
    Whole(u64),
    /// A day, shown as `03/11/2021`.
    Day(Date),
    /// A clock reading, shown as `03/11/2021 08:30:00`.
    Moment(DateTime),
}

/// Writes a list row by row; [`ListWriter::finish`] gives the file.
pub struct ListWriter {
    workbook: Workbook,
    about: About,
    formats: Formats,
    sheets: usize,
    next: u32,
    header: u32,
    high: usize,
    limit: u32,
}

/// What stands above the rows of every sheet.
#[derive(Debug, Clone)]
struct About {
    title: String,
    remarks: Vec<String>,
    sheet: String,
    columns: Vec<Column>,
}

struct Formats {
    text: Format,
    whole: Format,
    day: Format,
    moment: Format,
}

impl ListWriter {
    /// Begins a list; `remarks` stand below the title on every sheet: the filter, the day, who asked.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where the sheet could not be begun; the temporary folder must be writable.
    pub fn new(title: &str, sheet: &str, remarks: &[&str], columns: &[Column]) -> Result<Self, WriteError> {
        let about = About {
            title: title.to_owned(),
            remarks: remarks.iter().map(|text| (*text).to_owned()).collect(),
            sheet: sheet.to_owned(),
            columns: columns.to_vec(),
        };
        let day = look::cell().set_align(FormatAlign::Center);
        let formats = Formats {
            text: look::cell(),
            whole: look::cell().set_align(FormatAlign::Center),
            day: day.clone().set_num_format("dd/mm/yyyy"),
            moment: day.set_num_format("dd/mm/yyyy hh:mm:ss"),
        };
        let workbook = look::workbook(title, None)?;
        let mut writer = Self { workbook, about, formats, sheets: 0, next: 0, header: 0, high: 0, limit: SHEET_ROWS };
        writer.begin_sheet()?;
        Ok(writer)
    }

    /// Adds a row, one value a column.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where the temporary file could not be written.
    pub fn push(&mut self, values: &[Value<'_>]) -> Result<(), WriteError> {
        if self.next >= self.limit {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        let row = self.next;
        let (formats, columns) = (&self.formats, &self.about.columns);
        let sheet = self.workbook.worksheet_from_index(self.sheets.saturating_sub(1))?;
        let texts = values.iter().zip(columns).map(|(value, column)| (value.words(), column.width));
        if let Some(height) = look::row_height(texts).filter(|_| self.high < HIGH_ROWS) {
            sheet.set_row_height(row, height)?;
            self.high += 1;
        }
        for (at, value) in (0..).zip(values.iter().take(columns.len())) {
            write_value(sheet, row, at, *value, formats)?;
        }
        self.next += 1;
        Ok(())
    }

    /// The file as bytes.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where it could not be packed.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        self.end_sheet()?;
        Ok(self.workbook.save_to_buffer()?)
    }

    /// Writes the file to where it is kept.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where it could not be written.
    pub fn finish_to<W: Write + Seek + Send>(mut self, place: W) -> Result<(), WriteError> {
        self.end_sheet()?;
        Ok(self.workbook.save_to_writer(place)?)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let About { title, remarks, sheet: name, columns } = &self.about;
        let name = if self.sheets == 1 { name.clone() } else { format!("{name} {}", self.sheets) };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name(name)?;
        for (at, column) in (0..).zip(columns) {
            sheet.set_column_width(at, column.width)?;
        }
        sheet.write_string_with_format(0, 0, title, &look::title())?;
        let mut row = 1;
        for remark in remarks {
            sheet.write_string_with_format(row, 0, remark, &look::remark())?;
            row += 1;
        }
        let header = row + 1;
        sheet.set_row_height(header, 32)?;
        for (at, column) in (0..).zip(columns) {
            sheet.write_string_with_format(header, at, column.name, &look::head())?;
        }
        look::page(sheet, header, 0)?;
        (self.header, self.next) = (header, header + 1);
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let last_column = u16::try_from(self.about.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        let sheet = self.workbook.worksheet_from_index(self.sheets.saturating_sub(1))?;
        if self.next > self.header + 1 {
            sheet.autofilter(self.header, 0, self.next - 1, last_column)?;
        }
        Ok(())
    }
}

impl<'a> Value<'a> {
    /// What may take several lines.
    const fn words(self) -> &'a str {
        match self {
            Self::Text(text) => text,
            Self::Whole(_) | Self::Day(_) | Self::Moment(_) => "",
        }
    }
}

fn write_value(sheet: &mut Worksheet, row: u32, at: u16, value: Value<'_>, formats: &Formats) -> Result<(), XlsxError> {
    match value {
        Value::Text("") => sheet.write_blank(row, at, &formats.text)?,
        Value::Text(text) => sheet.write_string_with_format(row, at, fitting(text), &formats.text)?,
        // Past 15 digits a worksheet would round.
        Value::Whole(number) => match look::exact_number(&number.to_string()) {
            Some(number) => sheet.write_number_with_format(row, at, number, &formats.whole)?,
            None => sheet.write_string_with_format(row, at, number.to_string(), &formats.whole)?,
        },
        Value::Day(day) => match look::excel_day(day) {
            Some(cell) => sheet.write_datetime_with_format(row, at, &cell, &formats.day)?,
            None => sheet.write_string_with_format(row, at, cchc_text::date::vietnamese(day), &formats.day)?,
        },
        Value::Moment(moment) => match excel_moment(moment) {
            Some(cell) => sheet.write_datetime_with_format(row, at, &cell, &formats.moment)?,
            None => sheet.write_string_with_format(row, at, moment.to_string(), &formats.moment)?,
        },
    };
    Ok(())
}

fn excel_moment(moment: DateTime) -> Option<ExcelDateTime> {
    let (hour, minute) = (u16::try_from(moment.hour()).ok()?, u8::try_from(moment.minute()).ok()?);
    look::excel_day(moment.date())?.and_hms(hour, minute, f64::from(moment.second())).ok()
}

/// A text that a cell can hold.
fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    if text.chars().count() <= CELL_CHARS {
        return text.into();
    }
    text.chars().take(CELL_CHARS).chain(['…']).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{Limits, read_grids};

    const COLUMNS: [Column; 3] = [
        Column { name: "Số", width: 8.0 },
        Column { name: "Nội dung", width: 20.0 },
        Column { name: "Lúc", width: 18.0 },
    ];

    fn write(limit: u32, rows: u64) -> Vec<u8> {
        let mut list = ListWriter::new("Danh sách thử", "Thử", &["Đến ngày 01/03/2021"], &COLUMNS).unwrap();
        list.limit = limit;
        for number in 0..rows {
            let moment = Value::Moment(date(2021, 3, 1).at(8, 30, 5, 0));
            list.push(&[Value::Whole(number), Value::Text("=1+1"), moment]).unwrap();
        }
        list.finish().unwrap()
    }

    #[test]
    fn rows_past_the_limit_go_to_another_sheet() {
        let (grids, findings) = read_grids("a.xlsx", &write(6, 5), &Limits::default()).unwrap();
        assert_eq!(findings, []);
        let sheets: Vec<_> = grids.iter().map(|grid| (grid.sheet.as_str(), grid.rows.len())).collect();
        // Title, remark, header, and two rows each; one in the last.
        assert_eq!(sheets, [("Thử", 5), ("Thử 2", 5), ("Thử 3", 4)]);
        assert_eq!(grids[0].rows[3].cells, ["0", "=1+1", "2021-03-01T08:30:05"]);
        assert_eq!(grids[2].rows[3].cells[0], "4");
        assert_eq!(grids[2].rows[1].cells[0], "Đến ngày 01/03/2021");
    }

    #[test]
    fn equal_rows_give_equal_bytes_wherever_they_go() {
        assert_eq!(write(100, 3), write(100, 3));
        let mut list = ListWriter::new("Danh sách thử", "Thử", &[], &COLUMNS).unwrap();
        list.push(&[Value::Whole(u64::MAX), Value::Text(""), Value::Day(date(1850, 1, 1))]).unwrap();
        let mut place = std::io::Cursor::new(Vec::new());
        list.finish_to(&mut place).unwrap();
        let (grids, _) = read_grids("a.xlsx", place.get_ref(), &Limits::default()).unwrap();
        assert_eq!(grids[0].rows[2].cells, ["18446744073709551615", "", "01/01/1850"]);
    }

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_visibly() {
        assert_eq!(fitting("ngắn"), "ngắn");
        let cut = fitting(&"ư".repeat(40_000)).into_owned();
        assert!(cut.ends_with('…') && cut.chars().count() == CELL_CHARS + 1);
    }
}
