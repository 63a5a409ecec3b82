//! Two columns without lines: the head of a document, the signatures at its end.

use docx_rs::{
    AlignmentType, LineSpacing, Paragraph, Run, Table, TableAlignmentType, TableCell, TableLayoutType, TableRow,
    VAlignType, WidthType,
};

use super::{Block, printable};

/// How a line of a column looks; all are centred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Upright.
    Plain,
    /// Bold.
    Bold,
    /// Bold, with a line below as long as the words (the motto, the name of the agency).
    Underlined,
    /// Room for a signature.
    Room,
}

/// A line: its look, its size in half points, its words.
pub(crate) type Line = (Look, usize, String);

/// Two columns of these widths, from the top.
pub(crate) fn side_by_side(left: (usize, &[Line]), right: (usize, &[Line])) -> Block {
    let cell = |(width, lines): (usize, &[Line])| {
        let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Top);
        lines.iter().fold(cell, |cell, line| cell.add_paragraph(paragraph(line)))
    };
    let table = Table::without_borders(vec![TableRow::new(vec![cell(left), cell(right)])])
        .set_grid(vec![left.0, right.0])
        .width(left.0 + right.0, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center);
    Block::Grid(Box::new(table))
}

fn paragraph((look, size, words): &Line) -> Paragraph {
    let run = Run::new().add_text(printable(words)).size(*size);
    let run = match look {
        Look::Plain | Look::Room => run,
        Look::Bold => run.bold(),
        Look::Underlined => run.bold().underline("single"),
    };
    let after = if *look == Look::Room { 1_200 } else { 0 };
    let paragraph = Paragraph::new().add_run(run).align(AlignmentType::Center).keep_next(true);
    paragraph.line_spacing(LineSpacing::new().before(0).after(after))
}
