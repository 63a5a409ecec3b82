//! The detailed score sheet of one unit (bảng điểm chi tiết) as a Word document.

use cchc_index::trace::short;
use cchc_index::{ScoredUnit, UnitInput};
use cchc_text::number;

use crate::docx::{self, Cell, Form, Grid, Page, Pages, text};
use crate::input_file::by_code;
use crate::marks::all_marks;
use crate::package::Package;
use crate::results_csv::reasons;
use crate::write_error::WriteError;

/// Code, criterion, maximum, points, working: together the width of an upright page.
const WIDTHS: [usize; 5] = [880, 3_674, 900, 900, 3_000];

/// Writes the sheet of one unit: every criterion with its points and how they came about.
///
/// `name` is the full name of the unit. Where only some lines are known, groups have no points.
///
/// # Errors
/// [`WriteError::NoUnit`] where the package has no unit of that code.
pub fn write(package: &Package, code: &str, name: &str) -> Result<Vec<u8>, WriteError> {
    let unit = package.scored.units.iter().find(|unit| unit.code == code);
    let unit = unit.ok_or_else(|| WriteError::NoUnit { unit: code.to_owned() })?;
    let input = by_code(&package.inputs).get(code).copied();
    let mut blocks = docx::marked(package);
    blocks.push(text(Form::Title, "BẢNG ĐIỂM CHI TIẾT"));
    blocks.push(text(Form::Title, &name.to_uppercase()));
    blocks.push(text(Form::Below, &format!("({})", package.about.title)));
    blocks.extend(summary(package, unit).iter().map(|line| text(Form::Text, line)));
    let header = ["Mã", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Cách tính"].map(str::to_owned).to_vec();
    blocks.push(Grid { widths: WIDTHS.to_vec(), header, rows: rows(package, unit, input), size: 22 }.block());
    docx::write(name, &all_marks(package), vec![Pages { page: Page::Upright, blocks }])
}

fn summary(package: &Package, unit: &ScoredUnit) -> Vec<String> {
    let mut lines = vec![format!("Mã đơn vị: {}", unit.code)];
    if package.about.partial {
        return lines;
    }
    let result = unit.printed(&package.set).map_or_else(|| "không có".to_owned(), |text| number::vietnamese(&text));
    let class = unit.class_name(&package.set).unwrap_or("không có");
    let rank = unit.rank.map_or_else(|| "không có".to_owned(), |rank| rank.to_string());
    lines.push(format!("Điểm đạt: {} trên {} điểm tối đa áp dụng", short(&unit.total), short(&unit.applicable_max)));
    lines.push(format!("Kết quả: {result} – Xếp loại: {class} – Hạng: {rank}"));
    lines
}

fn rows(package: &Package, unit: &ScoredUnit, input: Option<&UnitInput>) -> Vec<Vec<Cell>> {
    let set = &package.set;
    let rows = set.criteria.iter().zip(&unit.nodes).enumerate().map(|(index, (node, score))| {
        let said = input.and_then(|input| input.texts.get(index)).is_some_and(Option::is_some);
        if node.leaf.is_some() {
            let (earned, why) = if package.about.partial && !said {
                (String::new(), "Không công bố".to_owned())
            } else {
                (short(&score.points), reasons(package, input, index).join("; "))
            };
            let earned = if score.applicable { earned } else { "KAD".to_owned() };
            return vec![
                Cell::left(&node.code),
                Cell::left(&node.title),
                Cell::middle(node.max.vietnamese()),
                Cell::middle(earned),
                Cell::left(why),
            ];
        }
        let earned = if package.about.partial { String::new() } else { short(&score.points) };
        let cells = [Cell::left(&node.code), Cell::left(&node.title), Cell::middle(node.max.vietnamese())];
        cells.into_iter().chain([Cell::middle(earned), Cell::left("")]).map(Cell::bold).collect()
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;

    #[test]
    fn every_criterion_has_a_row() {
        let package = sample::package();
        let bytes = write(&package, "U1", "Sở Một").unwrap();
        assert_eq!(bytes, write(&package, "U1", "Sở Một").unwrap());
        let unit = &package.scored.units[1];
        let rows = rows(&package, unit, by_code(&package.inputs).get("U1").copied());
        assert_eq!(rows.len(), package.set.criteria.len());
        assert_eq!(summary(&package, unit)[2], "Kết quả: 32,25 – Xếp loại: Yếu – Hạng: 2");
        assert_eq!(write(&package, "U9", "").unwrap_err(), WriteError::NoUnit { unit: "U9".into() });
    }
}
