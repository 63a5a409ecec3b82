//! How large a file may be before it is refused unread.

/// Bounds on a file that comes from outside; [`Limits::default`] suits a province's workbooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself: 50 MB.
    pub file_bytes: usize,
    /// Bytes of all parts of a workbook together once inflated: 300 MB. Counted while inflating,
    /// so that a directory which lies about sizes changes nothing.
    pub inflated_bytes: u64,
    /// How many times larger than its compressed form a part may become: 200. Parts that inflate
    /// to less than 4 MB are exempt: short repetitive XML compresses better than that.
    pub inflation: u64,
    /// Parts in a workbook: 1,000.
    pub entries: usize,
    /// Rows with content in one table: 500,000.
    pub rows: u64,
    /// Columns of one table: 500.
    pub columns: usize,
    /// Cells of all tables of a file, blanks before the last filled cell of a row counted: 5,000,000.
    pub cells: u64,
    /// Characters in one cell: 32,767, as in Excel.
    pub cell_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 50_000_000,
            inflated_bytes: 300_000_000,
            inflation: 200,
            entries: 1_000,
            rows: 500_000,
            columns: 500,
            cells: 5_000_000,
            cell_chars: 32_767,
        }
    }
}
