//! The minutes of the council (biên bản họp Hội đồng thẩm định) as a Word document: each disputed line, what both
//! sides say, the conclusion.
//!
//! In the form of Nghị định 30/2020/NĐ-CP (Phụ lục III, mẫu biên bản).

use cchc_text::date;
use jiff::civil::Date;

use crate::docx::{self, Block, Cell, Form, Grid, LYING_WIDTH, Page, Pages, UPRIGHT_WIDTH, side_by_side, text};
use crate::signature::{self, Party};
use crate::write_error::WriteError;

const HALF: usize = UPRIGHT_WIDTH / 2;
const SIMULATED: &str = "SỐ LIỆU MÔ PHỎNG";
const WIDTHS: [usize; 7] = [600, 2_000, 2_886, 1_900, 2_500, 2_500, 1_900];

/// What the minutes say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CouncilMinutes {
    /// The agency above; may be empty.
    pub superior: String,
    /// The agency that runs the round.
    pub agency: String,
    /// Number and symbol; empty: dotted, to be filled in by hand.
    pub number: String,
    /// The day.
    pub on: Option<Date>,
    /// What it is about: `Chỉ số CCHC năm 2022 của các sở, ban, ngành`.
    pub about: String,
    /// How many units are scored.
    pub units: usize,
    /// The disputed lines, in the order of units and criteria.
    pub lines: Vec<MinuteLine>,
    /// Who chairs; dotted where empty.
    pub chair: Party,
    /// Who writes; dotted where empty.
    pub secretary: Party,
    /// Whether people or numbers are invented; then it says so on top.
    pub simulated: bool,
}

/// A disputed line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MinuteLine {
    /// The unit.
    pub unit: String,
    /// Code and title of the criterion.
    pub criterion: String,
    /// What the unit answers, with its points.
    pub own: String,
    /// What the appraisals decided and why.
    pub appraised: String,
    /// What the unit says to it.
    pub explained: String,
    /// What the council concludes, with points; empty: it has not.
    pub conclusion: String,
    /// Why.
    pub reason: String,
}

/// Writes the minutes; the same minutes give the same bytes.
///
/// # Errors
/// [`WriteError::Document`] where the document could not be packed.
pub fn docx(minutes: &CouncilMinutes) -> Result<Vec<u8>, WriteError> {
    let mut blocks = Vec::new();
    if minutes.simulated {
        blocks.push(text(Form::Mark, SIMULATED));
    }
    let number = if minutes.number.is_empty() { "……/BB-HĐ" } else { &minutes.number };
    blocks.push(signature::head(&minutes.superior, &minutes.agency, format!("Số: {number}"), None));
    blocks.extend([text(Form::Text, ""), text(Form::Title, "BIÊN BẢN")]);
    blocks.push(text(Form::Number, &format!("Họp Hội đồng thẩm định {}", minutes.about)));
    blocks.push(text(Form::Text, ""));
    blocks.extend(opening(minutes));
    let parts = vec![
        Pages { page: Page::Upright, blocks },
        Pages {
            page: Page::Lying,
            blocks: vec![text(Form::Head, "Các nội dung còn ý kiến khác nhau"), table(minutes)],
        },
        Pages { page: Page::Upright, blocks: closing(minutes) },
    ];
    let foot = if minutes.simulated { SIMULATED } else { "" };
    docx::write(&format!("Biên bản Hội đồng thẩm định – {}", minutes.about), foot, parts)
}

fn opening(minutes: &CouncilMinutes) -> Vec<Block> {
    let day = minutes.on.map_or_else(|| "ngày …… tháng …… năm ………".to_owned(), date::long);
    let open = minutes.lines.iter().filter(|line| line.conclusion.is_empty()).count();
    let open = if open == 0 { String::new() } else { format!(", {open} nội dung chưa kết luận") };
    [
        format!("Thời gian bắt đầu: …… giờ ……, {day}."),
        "Địa điểm: ………………………………………………………………".to_owned(),
        format!("Chủ trì: {}.", named(&minutes.chair)),
        format!("Thư ký: {}.", named(&minutes.secretary)),
        "Thành phần tham dự: ………………………………………………………………".to_owned(),
        format!(
            "Nội dung: Hội đồng xem xét kết quả thẩm định của {} đơn vị; {} nội dung còn ý kiến khác nhau{open}, như bảng sau.",
            minutes.units,
            minutes.lines.len()
        ),
    ]
    .map(|line| text(Form::Text, &line))
    .into()
}

fn named(party: &Party) -> String {
    let parts = [party.name.as_str(), party.title.as_str()].into_iter().filter(|part| !part.is_empty());
    let named = parts.collect::<Vec<_>>().join(", ");
    if named.is_empty() { "………………………………………………".to_owned() } else { named }
}

fn table(minutes: &CouncilMinutes) -> Block {
    if minutes.lines.is_empty() {
        return text(Form::Text, "Không có nội dung nào còn ý kiến khác nhau.");
    }
    let row = |(number, line): (usize, &MinuteLine)| {
        let conclusion =
            if line.conclusion.is_empty() { "………………".to_owned() } else { line.conclusion.clone() };
        let reason = if line.reason.is_empty() { String::new() } else { format!(" ({})", line.reason) };
        vec![
            Cell::middle(number.to_string()),
            Cell::left(&line.unit),
            Cell::left(&line.criterion),
            Cell::left(&line.own),
            Cell::left(&line.appraised),
            Cell::left(&line.explained),
            Cell::left(format!("{conclusion}{reason}")).bold(),
        ]
    };
    debug_assert_eq!(WIDTHS.iter().sum::<usize>(), LYING_WIDTH);
    let header =
        ["TT", "Đơn vị", "Tiêu chí", "Đơn vị tự chấm", "Cơ quan thẩm định", "Đơn vị giải trình", "Hội đồng kết luận"];
    Grid {
        widths: WIDTHS.to_vec(),
        header: header.map(str::to_owned).to_vec(),
        rows: (1..).zip(&minutes.lines).map(row).collect(),
        size: 22,
    }
    .block()
}

fn closing(minutes: &CouncilMinutes) -> Vec<Block> {
    let (secretary, chair) =
        (signature::column("Thư ký", &minutes.secretary), signature::column("Chủ trì", &minutes.chair));
    vec![
        text(Form::Text, "Các thành viên dự họp thống nhất kết luận trên. Cuộc họp kết thúc vào …… giờ …… cùng ngày."),
        text(Form::Text, "Biên bản đã đọc cho mọi người dự họp nghe, đồng ý và ký tên."),
        text(Form::Text, ""),
        side_by_side((HALF, &secretary), (HALF, &chair)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    #[test]
    fn each_disputed_line_stands_with_both_sides_and_the_conclusion() {
        let line = |conclusion: &str| MinuteLine {
            unit: "Xã A & B".into(),
            criterion: "1.1 Kế hoạch".into(),
            own: "9 / 10: 9 điểm".into(),
            appraised: "Lần 1: 8 điểm, thiếu một việc".into(),
            explained: "Việc xong ngày 30/12".into(),
            conclusion: conclusion.into(),
            reason: "có biên bản".into(),
        };
        let minutes = CouncilMinutes {
            agency: "Sở Nội vụ".into(),
            about: "Chỉ số thử".into(),
            units: 3,
            lines: vec![line("9 điểm"), line("")],
            simulated: true,
            ..CouncilMinutes::default()
        };
        let bytes = docx(&minutes).unwrap();
        assert_eq!(bytes, docx(&minutes).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        for wanted in [
            "BIÊN BẢN",
            "Xã A &amp; B",
            "9 điểm (có biên bản)",
            "SỐ LIỆU MÔ PHỎNG",
            "1 nội dung chưa kết luận",
            "THƯ KÝ",
        ] {
            assert!(xml.contains(wanted), "{wanted} not in {xml}");
        }
    }
}
