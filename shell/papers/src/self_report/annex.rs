//! The annex: every line with its answer, its points and its evidence, on a page that lies on its side.

use cchc_index::trace::short;

use super::SelfReport;
use super::body::own_lines;
use crate::docx::{Block, Cell, Form, Grid, text};

const WIDTHS: [usize; 7] = [900, 4_286, 1_000, 1_800, 1_000, 3_300, 2_000];
const SIZE: usize = 22;

pub(super) fn blocks(report: &SelfReport<'_>) -> Vec<Block> {
    let rows = own_lines(report).map(|(node, _, score)| {
        let line = report.line(&node.code);
        let points = if score.applicable { short(&score.points) } else { "KAD".to_owned() };
        vec![
            Cell::middle(&node.code),
            Cell::left(&node.title),
            Cell::middle(node.max.vietnamese()),
            Cell::left(line.map_or("", |line| line.answer.as_str())),
            Cell::middle(points),
            Cell::left(line.map(|line| line.evidence.join("; ")).unwrap_or_default()),
            Cell::left(line.map_or("", |line| line.note.as_str())),
        ]
    });
    let header = ["Mã", "Tiêu chí", "Điểm tối đa", "Số liệu", "Tự chấm", "Tài liệu kiểm chứng", "Giải trình"];
    let header = header.map(str::to_owned).to_vec();
    vec![
        text(Form::Number, "Phụ lục"),
        text(Form::Title, "BẢNG TỰ CHẤM ĐIỂM CHI TIẾT"),
        text(Form::Below, &format!("({}, {})", report.agency, report.about)),
        Grid { widths: WIDTHS.to_vec(), header, rows: rows.collect(), size: SIZE }.block(),
    ]
}
