//! The history as a workbook: who, in which post, when recorded, when happened, what, why.
//!
//! ```
//! # use cchc_papers::history_xlsx::HistoryWriter;
//! let mut writer = HistoryWriter::new(&["Từ ngày 01/01/2021"])?;
//! // for every row as it comes from the store: writer.push(&row)?;
//! let bytes = writer.finish()?;
//! # Ok::<(), cchc_papers::WriteError>(())
//! ```

use std::io::{Seek, Write};

use jiff::civil::DateTime;

use crate::list_xlsx::{Column, ListWriter, Value};
use crate::write_error::WriteError;

/// What marks an event that was entered after it happened.
pub const ENTERED_LATE: &str = "nhập bù";

const COLUMNS: [Column; 13] = [
    Column { name: "Số trong chuỗi", width: 9.0 },
    Column { name: "Ghi lúc", width: 19.0 },
    Column { name: "Xảy ra lúc", width: 19.0 },
    Column { name: "Nhập bù", width: 9.0 },
    Column { name: "Người", width: 22.0 },
    Column { name: "Chức vụ", width: 22.0 },
    Column { name: "Đơn vị", width: 24.0 },
    Column { name: "Tư cách", width: 8.0 },
    Column { name: "Loại", width: 16.0 },
    Column { name: "Đối tượng", width: 28.0 },
    Column { name: "Sự kiện", width: 24.0 },
    Column { name: "Lý do", width: 30.0 },
    Column { name: "Mã băm", width: 68.0 },
];

/// One event. Times are clock readings in Vietnam; an event that happened before it was recorded is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow<'a> {
    /// Its number among the events of the same thing, from 1.
    pub version: u64,
    /// When it was recorded.
    pub recorded: DateTime,
    /// When it happened.
    pub happened: DateTime,
    /// Who said it.
    pub person: &'a str,
    /// In which post.
    pub post: &'a str,
    /// For which unit.
    pub unit: &'a str,
    /// In which capacity: `TUQ.`.
    pub capacity: &'a str,
    /// Kind of thing.
    pub kind: &'a str,
    /// Which thing.
    pub stream: &'a str,
    /// What happened.
    pub event: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Hash of the event, in hexadecimal.
    pub hash: &'a str,
}

/// Writes the history row by row, in constant memory.
pub struct HistoryWriter(ListWriter);

impl HistoryWriter {
    /// Begins the file; `remarks` say what was asked for.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where the temporary folder can't be written.
    pub fn new(remarks: &[&str]) -> Result<Self, WriteError> {
        ListWriter::new("Sổ cái", "Sổ cái", remarks, &COLUMNS).map(Self)
    }

    /// Adds an event.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where the temporary file could not be written.
    pub fn push(&mut self, row: &HistoryRow<'_>) -> Result<(), WriteError> {
        let late = if row.happened < row.recorded { ENTERED_LATE } else { "" };
        self.0.push(&[
            Value::Whole(row.version),
            Value::Moment(row.recorded),
            Value::Moment(row.happened),
            Value::Text(late),
            Value::Text(row.person),
            Value::Text(row.post),
            Value::Text(row.unit),
            Value::Text(row.capacity),
            Value::Text(row.kind),
            Value::Text(row.stream),
            Value::Text(row.event),
            Value::Text(row.reason),
            Value::Text(row.hash),
        ])
    }

    /// The file as bytes.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where it could not be packed.
    pub fn finish(self) -> Result<Vec<u8>, WriteError> {
        self.0.finish()
    }

    /// Writes the file to where it is kept.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] where it could not be written.
    pub fn finish_to<W: Write + Seek + Send>(self, place: W) -> Result<(), WriteError> {
        self.0.finish_to(place)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{Limits, read_grids};

    #[test]
    fn what_was_entered_late_is_marked() {
        let recorded = date(2021, 3, 2).at(8, 0, 0, 0);
        let row = HistoryRow {
            version: 7,
            recorded,
            happened: recorded,
            person: "Nguyễn Văn An (mô phỏng)",
            post: "Phó Giám đốc",
            unit: "Sở Nội vụ",
            capacity: "TUQ.",
            kind: "Quy tắc",
            stream: "rule/units/vinh-phuc",
            event: "Ban hành",
            reason: "Nghị quyết 202",
            hash: "0a1b",
        };
        let late = HistoryRow { version: 8, happened: date(2021, 3, 1).at(17, 30, 0, 0), ..row.clone() };
        let mut writer = HistoryWriter::new(&["Loại: Quy tắc"]).unwrap();
        writer.push(&row).unwrap();
        writer.push(&late).unwrap();
        let (grids, findings) = read_grids("so-cai.xlsx", &writer.finish().unwrap(), &Limits::default()).unwrap();
        assert_eq!(findings, []);
        let text: Vec<String> = grids[0].rows.iter().map(|row| row.cells.join(" | ")).collect();
        insta::assert_snapshot!(text.join("\n"));
    }
}
