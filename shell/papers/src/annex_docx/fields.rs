//! The second table: the share of points that every unit reached in each field.

use cchc_index::Exact;
use cchc_index::score::share;
use cchc_index::set::Criterion;
use cchc_text::number;

use super::Annex;
use crate::docx::{Block, Cell, Form, Grid, Page, text};

/// Fields beside one another on an upright page.
const UPRIGHT_FIELDS: usize = 4;
/// Fields beside one another at all; more go into a further table.
const LYING_FIELDS: usize = 9;
const NUMBER_WIDTH: usize = 560;

/// How the pages with the table lie; none where there is nothing to tell beyond the ranking.
pub(super) fn page(annex: &Annex<'_>) -> Option<Page> {
    let count = annex.package.set.fields().count();
    match count {
        _ if annex.package.about.partial => None,
        0 | 1 => None,
        _ if count <= UPRIGHT_FIELDS => Some(Page::Upright),
        _ => Some(Page::Lying),
    }
}

/// The head and as many tables as the fields need.
pub(super) fn blocks(annex: &Annex<'_>, width: usize) -> Vec<Block> {
    let fields: Vec<(usize, &Criterion)> = annex.package.set.fields().collect();
    let head = "Kết quả theo lĩnh vực (% so với điểm tối đa áp dụng của lĩnh vực)";
    let mut blocks = vec![text(Form::Head, head)];
    for (index, some) in fields.chunks(LYING_FIELDS).enumerate() {
        if index > 0 {
            blocks.push(text(Form::Remark, ""));
        }
        blocks.push(table(annex, some, width));
    }
    blocks
}

fn table(annex: &Annex<'_>, fields: &[(usize, &Criterion)], width: usize) -> Block {
    let name = (width - NUMBER_WIDTH).min(if fields.len() > UPRIGHT_FIELDS { 3_200 } else { 3_000 });
    let each = (width - NUMBER_WIDTH - name).checked_div(fields.len()).unwrap_or_default();
    let mut widths = vec![NUMBER_WIDTH, name];
    widths.extend(fields.iter().map(|_| each));
    let mut header = vec!["TT".to_owned(), "Đơn vị".to_owned()];
    header.extend(fields.iter().map(|(_, field)| format!("{} ({}\u{a0}điểm)", field.title, field.max.vietnamese())));
    let rows = (1..).zip(&annex.units).map(|(number, unit): (usize, _)| {
        let mut row = vec![Cell::middle(number.to_string()), Cell::left(annex.name(unit))];
        row.extend(fields.iter().map(|(index, _)| Cell::middle(percent(unit.nodes.get(*index).and_then(share)))));
        row
    });
    Grid { widths, header, rows: rows.collect(), size: 22 }.block()
}

fn percent(share: Option<Exact>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| number::vietnamese(&(&share * &Exact::whole(100)).fixed(2)))
}
