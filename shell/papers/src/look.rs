//! How our worksheets look: one typeface, thin lines, a frozen header, pages that print well.

use cchc_text::Decimal;
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

const GREY: Color = Color::RGB(0x6B_6B6B);
/// Ground of the topmost rows of a tree.
pub(crate) const PALE: Color = Color::RGB(0xF3_EFE8);
const LINE: Color = Color::RGB(0xC9_C4BC);
const HEAD: Color = Color::RGB(0xE4_DED3);
const ACCENT: Color = Color::RGB(0xA6_2B1F);
const A4: u8 = 9;

/// A workbook with its title; a fixed day instead of the clock, so that equal content gives equal bytes.
pub(crate) fn workbook(title: &str, day: Option<Date>) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let day = day.and_then(excel_day).map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_author("cchc").set_creation_datetime(&day));
    Ok(workbook)
}

/// The day for a date cell; none before 1900, which Excel doesn't know.
pub(crate) fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()));
    ExcelDateTime::from_ymd(year.ok()?, month.ok()?, day.ok()?).ok()
}

/// Text without lines around it: titles, remarks.
pub(crate) fn plain() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(11)
}

/// A cell of a table: text that wraps, from the top.
pub(crate) fn cell() -> Format {
    plain().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_border_color(LINE)
}

/// A cell of a remark; off the number that may stand before it.
pub(crate) fn grey() -> Format {
    cell().set_font_color(GREY).set_align(FormatAlign::Left).set_indent(1)
}

/// A cell that stays text whatever is typed: `1.10` keeps its zero.
pub(crate) fn code() -> Format {
    cell().set_num_format("@")
}

/// A number: right aligned, in the form given.
pub(crate) fn number(form: &str) -> Format {
    cell().set_align(FormatAlign::Right).set_num_format(form)
}

/// A column's name.
pub(crate) fn head() -> Format {
    cell().set_bold().set_background_color(HEAD).set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Center)
}

/// The title of a sheet.
pub(crate) fn title() -> Format {
    plain().set_bold().set_font_size(14)
}

/// A heading within a sheet.
pub(crate) fn heading() -> Format {
    plain().set_bold().set_font_size(12)
}

/// What the reader must not overlook: simulated, illustrative.
pub(crate) fn mark() -> Format {
    plain().set_bold().set_font_color(ACCENT)
}

/// A remark.
pub(crate) fn remark() -> Format {
    plain().set_italic().set_font_color(GREY)
}

/// A4 landscape, one page wide, page numbers, the header row on each page and always in sight.
pub(crate) fn page(sheet: &mut Worksheet, header_row: u32, fixed_columns: u16) -> Result<(), XlsxError> {
    print_page(sheet);
    sheet.set_repeat_rows(header_row, header_row)?;
    sheet.set_freeze_panes(header_row.saturating_add(1), fixed_columns)?;
    Ok(())
}

/// A4 landscape, one page wide, page numbers.
pub(crate) fn print_page(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&A&RTrang &P/&N");
}

/// The height that the texts of a row need in columns of these widths; none where one line is enough.
///
/// Excel finds it by itself when it opens a file, LibreOffice doesn't: the texts would lie over one another.
pub(crate) fn row_height<'t>(cells: impl IntoIterator<Item = (&'t str, f64)>) -> Option<f64> {
    const POINTS_A_LINE: f64 = 14.5;
    const EXCEL_LIMIT: f64 = 409.0;
    let lines = cells.into_iter().map(|(text, width)| lines_of(text, width)).max().unwrap_or(1);
    (lines > 1).then(|| (lines as f64 * POINTS_A_LINE + 1.5).min(EXCEL_LIMIT))
}

/// How many lines a text takes when it is broken between words.
fn lines_of(text: &str, width: f64) -> usize {
    // Widths count digits; letters are narrower, bold ones and capitals less so.
    let room = (width * 1.2) as usize;
    let room = room.max(4);
    let lines = text.lines().map(|line| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ').map(|word| word.chars().count()) {
            let with_space = if used == 0 { word } else { used + 1 + word };
            if with_space <= room {
                used = with_space;
                continue;
            }
            lines += usize::from(used > 0) + word.saturating_sub(1) / room;
            used = word.saturating_sub(1) % room + 1;
        }
        lines
    });
    lines.sum::<usize>().max(1)
}

/// The number for a cell, where a worksheet holds it exactly: at most 15 digits.
pub(crate) fn exact_number(text: &str) -> Option<f64> {
    let value: Decimal = text.parse().ok()?;
    if value.mantissa().unsigned_abs() >= 10_u128.pow(15) {
        return None;
    }
    value.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_for_numbers_only_what_a_worksheet_holds() {
        assert_eq!(exact_number("0.25"), Some(0.25));
        assert_eq!(exact_number("999999999999999"), Some(999_999_999_999_999.0));
        assert_eq!(exact_number("0.123456789012"), Some(0.123_456_789_012));
        for text in ["1234567890123456", "1,5", "", "H1", "NaN", "1e5"] {
            assert_eq!(exact_number(text), None, "{text}");
        }
    }

    #[test]
    fn rows_are_as_high_as_their_longest_text() {
        assert_eq!(row_height([("ngắn", 10.0), ("", 5.0)]), None);
        assert_eq!(lines_of("một hai ba bốn", 7.0), 2);
        assert_eq!(lines_of("một\nhai", 7.0), 2);
        assert_eq!(lines_of("aaaaaaaaaaaaaaaaaaaa", 7.0), 3);
        assert_eq!(lines_of("aa aaaaaaaaaaaaaaaaaaaa", 7.0), 4);
        assert_eq!(row_height([("một\nhai\nba", 10.0)]), Some(45.0));
        assert_eq!(row_height([("a\n".repeat(99).as_str(), 10.0)]), Some(409.0));
    }

    #[test]
    fn knows_days_as_excel_does() {
        assert!(excel_day(jiff::civil::date(2026, 11, 3)).is_some());
        assert!(excel_day(jiff::civil::date(1899, 1, 1)).is_none());
    }
}
