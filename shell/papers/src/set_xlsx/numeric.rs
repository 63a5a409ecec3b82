//! Cells that a worksheet holds as numbers or dates where a code should stand.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Xlsx};

/// What the worksheet made of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numeric {
    Number,
    Date,
}

/// The numeric cells of these columns (from 0), by row (from 1) and column.
///
/// For bytes that [`crate::read_grids`] has read: it has looked through them first. What can't be
/// read a second time gives no cells.
pub(crate) fn numeric_cells(bytes: &[u8], sheet: &str, columns: &[usize]) -> HashMap<(u64, usize), Numeric> {
    let mut found = HashMap::new();
    let Ok(mut workbook) = calamine::open_workbook_from_rs::<Xlsx<_>, _>(Cursor::new(bytes)) else { return found };
    let Ok(mut cells) = workbook.worksheet_cells_reader(sheet) else { return found };
    while let Ok(Some(cell)) = cells.next_cell() {
        let (row, column) = cell.get_position();
        let kind = match cell.get_value() {
            DataRef::Int(_) | DataRef::Float(_) => Numeric::Number,
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) => Numeric::Date,
            _ => continue,
        };
        if columns.contains(&(column as usize)) {
            found.insert((u64::from(row) + 1, column as usize), kind);
        }
    }
    found
}
