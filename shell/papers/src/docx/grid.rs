//! Tables with a header row that repeats on every page; no row is torn between two.

use docx_rs::{
    AlignmentType, LineSpacing, Paragraph, Run, Table, TableAlignmentType, TableCell, TableCellMargins,
    TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::{Block, printable};

/// One cell of a table.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    align: AlignmentType,
    bold: bool,
}

impl Cell {
    /// Text from the left.
    pub(crate) fn left(text: impl Into<String>) -> Self {
        Self { text: text.into(), align: AlignmentType::Left, bold: false }
    }

    /// Text in the middle.
    pub(crate) fn middle(text: impl Into<String>) -> Self {
        Self { align: AlignmentType::Center, ..Self::left(text) }
    }

    /// The same cell in bold.
    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// A table: widths in twentieths of a point, a header, rows.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    /// One width a column.
    pub(crate) widths: Vec<usize>,
    /// The names of the columns.
    pub(crate) header: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Size of the letters in half points.
    pub(crate) size: usize,
}

impl Grid {
    /// The table as it stands on a page.
    pub(crate) fn block(self) -> Block {
        let header = self.header.iter().map(|name| Cell::middle(name.clone()).bold()).collect();
        let rows = std::iter::once(&header).chain(&self.rows).map(|cells| self.row(cells)).collect();
        let table = Table::new(rows)
            .set_grid(self.widths.clone())
            .width(self.widths.iter().sum(), WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .align(TableAlignmentType::Center)
            .margins(TableCellMargins::new().margin(30, 60, 30, 60));
        Block::Grid(Box::new(table))
    }

    fn row(&self, cells: &[Cell]) -> TableRow {
        let cells = cells.iter().zip(&self.widths).map(|(cell, width)| {
            let run = Run::new().add_text(printable(&cell.text)).size(self.size);
            let run = if cell.bold { run.bold() } else { run };
            let spacing = LineSpacing::new().before(0).after(0);
            let paragraph = Paragraph::new().add_run(run).align(cell.align).line_spacing(spacing);
            TableCell::new().width(*width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(paragraph)
        });
        TableRow::new(cells.collect()).cant_split()
    }
}
