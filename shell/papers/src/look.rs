//! How our worksheets look: one typeface, thin lines, a frozen header, pages that print well.

use cchc_text::Decimal;
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Grey of keys and remarks.
pub(crate) const GREY: Color = Color::RGB(0x6B_6B6B);
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
    fn knows_days_as_excel_does() {
        assert!(excel_day(jiff::civil::date(2026, 11, 3)).is_some());
        assert!(excel_day(jiff::civil::date(1899, 1, 1)).is_none());
    }
}
