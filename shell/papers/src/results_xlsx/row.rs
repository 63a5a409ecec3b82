//! Rows one after the other, as constant memory wants them, and what their cells hold.

use cchc_index::Exact;
use cchc_text::number;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use crate::look;

/// Decimals of points in a cell; more are told beside it.
const DECIMALS: u8 = 4;
/// The longest exact fraction that is still read by anyone.
const FRACTION_CHARS: usize = 40;

/// The formats of a table's cells.
pub(crate) struct Formats {
    pub(crate) text: Format,
    pub(crate) centre: Format,
    pub(crate) points: Format,
    pub(crate) total: Format,
    pub(crate) result: Format,
    pub(crate) strong: Format,
    pub(crate) head: Format,
    pub(crate) grey: Format,
}

impl Formats {
    /// `decimals` of the result.
    pub(crate) fn new(decimals: u8) -> Self {
        let zeros = "0".repeat(usize::from(decimals));
        let form = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{zeros}") };
        Self {
            text: look::cell(),
            centre: look::cell().set_align(FormatAlign::Center),
            points: look::number("#,##0.00##"),
            total: look::number("#,##0.00"),
            result: look::number(&form).set_bold(),
            strong: look::cell().set_bold(),
            head: look::head(),
            grey: look::grey(),
        }
    }
}

/// A cell's content.
pub(crate) enum Cell<'a> {
    Empty,
    Text(&'a str),
    Grey(&'a str),
    Strong(&'a str),
    Centre(&'a str),
    Whole(u64),
    /// Rounded to [`DECIMALS`] where it doesn't end before.
    Points(&'a Exact),
    /// The same, shown with two decimals: columns of totals are read from top to bottom.
    Total(&'a Exact),
    /// Rounded text, as the set prints it.
    Result(&'a str),
}

impl Cell<'_> {
    /// What may take several lines.
    fn words(&self) -> &str {
        match self {
            Self::Text(text) | Self::Grey(text) | Self::Strong(text) | Self::Centre(text) => text,
            Self::Empty | Self::Whole(_) | Self::Points(_) | Self::Total(_) | Self::Result(_) => "",
        }
    }
}

/// Writes one row after the other.
pub(crate) struct RowWriter<'a> {
    sheet: &'a mut Worksheet,
    widths: Vec<f64>,
    formats: Formats,
    next: u32,
}

impl<'a> RowWriter<'a> {
    pub(crate) fn new(sheet: &'a mut Worksheet, widths: &[f64], result_decimals: u8) -> Result<Self, XlsxError> {
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Self { sheet, widths: widths.to_vec(), formats: Formats::new(result_decimals), next: 0 })
    }

    /// A text over the whole width.
    pub(crate) fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.next, 0, text, format)?;
        self.next += 1;
        Ok(())
    }

    pub(crate) fn skip(&mut self) {
        self.next += 1;
    }

    /// The names of the columns; gives the row.
    pub(crate) fn head<T: AsRef<str>>(&mut self, names: &[T], height: f64) -> Result<u32, XlsxError> {
        let row = self.next;
        self.sheet.set_row_height(row, height)?;
        for (column, name) in (0..).zip(names) {
            self.sheet.write_string_with_format(row, column, name.as_ref(), &self.formats.head)?;
        }
        self.next += 1;
        Ok(row)
    }

    /// A sheet of one table: its header stays in sight, stands on every page and filters.
    pub(crate) fn one_table(&mut self, header: u32, columns: u16, fixed: u16) -> Result<(), XlsxError> {
        self.sheet.set_repeat_rows(header, header)?.set_freeze_panes(header + 1, fixed)?;
        if self.next > header + 1 && columns > 0 {
            self.sheet.autofilter(header, 0, self.next - 1, columns - 1)?;
        }
        Ok(())
    }

    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let texts = cells.iter().map(Cell::words).zip(self.widths.iter().copied());
        if let Some(height) = look::row_height(texts) {
            self.sheet.set_row_height(self.next, height)?;
        }
        for (column, cell) in (0..).zip(cells) {
            self.cell(column, cell)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        let (row, formats) = (self.next, &self.formats);
        match cell {
            Cell::Empty | Cell::Text("") | Cell::Grey("") => self.sheet.write_blank(row, column, &formats.text)?,
            Cell::Text(text) => self.sheet.write_string_with_format(row, column, *text, &formats.text)?,
            Cell::Grey(text) => self.sheet.write_string_with_format(row, column, *text, &formats.grey)?,
            Cell::Strong(text) => self.sheet.write_string_with_format(row, column, *text, &formats.strong)?,
            Cell::Centre(text) => self.sheet.write_string_with_format(row, column, *text, &formats.centre)?,
            Cell::Whole(value) => self.sheet.write_number_with_format(row, column, *value as f64, &formats.centre)?,
            Cell::Points(points) => number_or_text(self.sheet, row, column, &points.fixed(DECIMALS), &formats.points)?,
            Cell::Total(points) => number_or_text(self.sheet, row, column, &points.fixed(DECIMALS), &formats.total)?,
            Cell::Result(text) => number_or_text(self.sheet, row, column, text, &formats.result)?,
        };
        Ok(())
    }
}

fn number_or_text<'s>(
    sheet: &'s mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<&'s mut Worksheet, XlsxError> {
    match look::exact_number(text) {
        Some(value) => sheet.write_number_with_format(row, column, value, format),
        None => sheet.write_string_with_format(row, column, text, format),
    }
}

/// The exact form of points that a cell shows rounded: the fraction, or more decimals where that is long.
pub(crate) fn exact_form(points: &Exact, shown_decimals: u8) -> String {
    if points.terminating(shown_decimals).is_some() {
        return String::new();
    }
    if let Some(text) = points.terminating(12) {
        return number::vietnamese(&text);
    }
    let fraction = points.fraction();
    if fraction.len() <= FRACTION_CHARS { fraction } else { format!("{}…", number::vietnamese(&points.cut(12))) }
}

/// The same for points of a line.
pub(crate) fn exact_points(points: &Exact) -> String {
    exact_form(points, DECIMALS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_forms_are_shown_where_a_cell_rounds() {
        let exact = |text: &str| Exact::from_fraction(text).unwrap();
        assert_eq!(exact_points(&exact("5/2")), "");
        assert_eq!(exact_points(&exact("13060/654")), "6530/327");
        assert_eq!(exact_points(&exact("1.3453125")), "1,3453125");
        assert_eq!(exact_form(&exact("81.335"), 2), "81,335");
        let long = &Exact::from_fraction("1/100000000000000000003").unwrap() + &exact("2/3000000000000000000007");
        assert!(exact_points(&(&long + &exact("1/3"))).starts_with("0,333333333333…"));
    }
}
