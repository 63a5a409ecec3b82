//! What the report says: result by field, lines below their maximum, lines without evidence, proposals.

use cchc_index::Exact;
use cchc_index::score::share;
use cchc_index::set::Source;
use cchc_index::trace::{fixed, short};
use cchc_text::number;

use super::SelfReport;
use crate::docx::{Block, Cell, Form, Grid, sentence, text};

const FIELDS: [usize; 5] = [800, 4_754, 1_250, 1_250, 1_300];
const LOSSES: [usize; 5] = [900, 3_454, 900, 900, 3_200];
const SIZE: usize = 24;

/// The parts in their order.
pub(super) fn blocks(report: &SelfReport<'_>) -> Vec<Block> {
    let mut blocks = vec![text(Form::Head, "I. KẾT QUẢ TỰ CHẤM ĐIỂM")];
    blocks.push(text(Form::Text, &result(report)));
    blocks.push(fields(report));
    blocks.push(text(Form::Head, "II. TIÊU CHÍ CHƯA ĐẠT ĐIỂM TỐI ĐA"));
    blocks.extend(losses(report));
    blocks.push(text(Form::Head, "III. GIẢI TRÌNH TIÊU CHÍ KHÔNG CÓ TÀI LIỆU KIỂM CHỨNG"));
    blocks.extend(unproved(report));
    blocks.push(text(Form::Head, "IV. KIẾN NGHỊ, ĐỀ XUẤT"));
    let proposals = report.proposals.trim();
    if proposals.is_empty() {
        blocks.push(text(Form::Text, "Không có."));
    }
    blocks.extend(proposals.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| text(Form::Text, line)));
    let closing = format!(
        "Trên đây là kết quả tự chấm điểm của {}; bảng điểm chi tiết và tài liệu kiểm chứng ở phụ lục kèm theo.",
        report.agency
    );
    blocks.push(text(Form::Text, &closing));
    blocks
}

/// The result in a sentence; survey and given values come later.
fn result(report: &SelfReport<'_>) -> String {
    let scored = report.scored;
    let (points, max) = (short(&scored.total), short(&scored.applicable_max));
    let result = scored.printed(report.set).map_or_else(|| "chưa có".to_owned(), |text| number::vietnamese(&text));
    let later = report.set.leaves().any(|(_, _, leaf)| matches!(leaf.source, Source::Survey | Source::Given));
    let later = if later {
        " Điểm điều tra xã hội học và điểm lấy từ nguồn khác do cơ quan tổ chức đưa vào sau."
    } else {
        ""
    };
    format!("Tự chấm {points} trên {max} điểm tối đa áp dụng, kết quả {result}.{later}")
}

fn fields(report: &SelfReport<'_>) -> Block {
    let rows = report.set.fields().filter_map(|(index, node)| {
        let score = report.scored.nodes.get(index)?;
        let share = share(score).map(|share| format!("{}\u{a0}%", fixed(&(&share * &Exact::whole(100)), 2)));
        Some(vec![
            Cell::middle(&node.code),
            Cell::left(&node.title),
            Cell::middle(short(&score.max)),
            Cell::middle(short(&score.points)),
            Cell::middle(share.unwrap_or_else(|| "KAD".to_owned())),
        ])
    });
    let header = ["Mã", "Lĩnh vực", "Điểm tối đa", "Tự chấm", "Tỷ lệ"].map(str::to_owned).to_vec();
    Grid { widths: FIELDS.to_vec(), header, rows: rows.collect(), size: SIZE }.block()
}

fn losses(report: &SelfReport<'_>) -> Vec<Block> {
    let rows: Vec<Vec<Cell>> = own_lines(report)
        .filter(|(_, _, score)| score.applicable && score.points != score.max)
        .map(|(node, _, score)| {
            let line = report.line(&node.code);
            let said = line.map(|line| [line.answer.as_str(), line.note.as_str()]).unwrap_or_default();
            let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
            let said = if said.is_empty() { "Chưa chấm".to_owned() } else { said.join("; ") };
            vec![
                Cell::middle(&node.code),
                Cell::left(&node.title),
                Cell::middle(short(&score.max)),
                Cell::middle(short(&score.points)),
                Cell::left(said),
            ]
        })
        .collect();
    if rows.is_empty() {
        return vec![text(Form::Text, "Mọi tiêu chí tự chấm đều đạt điểm tối đa.")];
    }
    let header = ["Mã", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Số liệu, giải trình"].map(str::to_owned).to_vec();
    vec![Grid { widths: LOSSES.to_vec(), header, rows, size: SIZE }.block()]
}

fn unproved(report: &SelfReport<'_>) -> Vec<Block> {
    let lines: Vec<Block> = own_lines(report)
        .filter(|(_, leaf, _)| leaf.evidence_required)
        .filter_map(|(node, _, _)| Some((node, report.line(&node.code)?)))
        .filter(|(_, line)| line.evidence.is_empty() && !line.note.is_empty())
        .map(|(node, line)| text(Form::Text, &format!("- {} {}: {}", node.code, node.title, sentence(&line.note))))
        .collect();
    if lines.is_empty() { vec![text(Form::Text, "Không có.")] } else { lines }
}

/// The lines that the unit answers itself, with their points.
pub(super) fn own_lines<'a>(
    report: &'a SelfReport<'_>,
) -> impl Iterator<Item = (&'a cchc_index::Criterion, &'a cchc_index::Leaf, &'a cchc_index::NodeScore)> {
    let own = report.set.leaves().filter(|(_, _, leaf)| matches!(leaf.source, Source::Person | Source::Metric));
    own.filter_map(|(index, node, leaf)| Some((node, leaf, report.scored.nodes.get(index)?)))
}
