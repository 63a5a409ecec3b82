//! The form as a Word document, on pages that lie on their side.

use cchc_index::trace::short;

use super::{COLUMNS, MinistryForm, rows};
use crate::docx::{self, Cell, Form, Grid, Page, Pages, text};
use crate::write_error::WriteError;

/// Number and list of the documents stand in one column: paper is narrow.
const WIDTHS: [usize; 8] = [850, 3_736, 800, 1_800, 900, 2_900, 1_700, 1_600];
const SIZE: usize = 20;

/// Writes the form as a Word document; the same form gives the same bytes.
///
/// # Errors
/// [`WriteError::Document`] where the document could not be packed.
pub fn docx(form: &MinistryForm<'_>) -> Result<Vec<u8>, WriteError> {
    let (all, documents) = rows(form);
    let mut table: Vec<Vec<Cell>> = Vec::with_capacity(all.len());
    for row in &all {
        let points = match (row.points(), row.score) {
            (Some(points), _) => short(points),
            (None, Some(score)) if !score.applicable => "KAD".to_owned(),
            _ => String::new(),
        };
        let evidence = row.text(|line| {
            let numbered = row.numbers.iter().zip(&line.evidence);
            numbered.map(|(number, document)| format!("[{number}] {document}")).collect::<Vec<_>>().join("; ")
        });
        let cells = [
            Cell::middle(&row.node.code),
            Cell::left(&row.node.title),
            Cell::middle(row.node.max.vietnamese()),
            Cell::left(row.text(|line| line.answer.clone())),
            Cell::middle(points),
            Cell::left(evidence),
            Cell::left(row.text(|line| line.note.clone())),
            Cell::left(row.text(|line| line.whose.clone())),
        ];
        let is_leaf = row.node.leaf.is_some();
        table.push(cells.into_iter().map(|cell| if is_leaf { cell } else { cell.bold() }).collect());
    }
    let empty = || Cell::left("");
    table.push(vec![
        empty(),
        Cell::left("Tổng cộng").bold(),
        Cell::middle(short(&form.scored.applicable_max)).bold(),
        empty(),
        Cell::middle(short(&form.scored.total)).bold(),
        empty(),
        empty(),
        empty(),
    ]);
    let header = COLUMNS.iter().filter(|name| **name != "Tài liệu kiểm chứng số");
    let header = header.map(|name| (*name).to_owned()).collect();
    let mark = form.mark();
    let mut blocks = Vec::new();
    if !mark.is_empty() {
        blocks.push(text(Form::Mark, &mark));
    }
    blocks.push(text(Form::Title, &form.heading()));
    blocks.push(text(Form::Below, &form.below()));
    blocks.push(Grid { widths: WIDTHS.to_vec(), header, rows: table, size: SIZE }.block());
    if !documents.is_empty() {
        blocks.push(text(Form::Title, "Danh mục tài liệu kiểm chứng"));
        blocks.extend(
            (1..).zip(&documents).map(|(number, document)| text(Form::Text, &format!("[{number}] {document}"))),
        );
    }
    docx::write(&form.heading(), &mark, vec![Pages { page: Page::Lying, blocks }])
}
