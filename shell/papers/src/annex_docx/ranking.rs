//! The first table: points, result, class and rank of every unit.

use cchc_index::ScoredUnit;
use cchc_index::set::ResultBasis;
use cchc_text::number;

use super::notes::{FLOOR_MARK, held_back_from};
use super::{Annex, points};
use crate::docx::{Block, Cell, Grid, UPRIGHT_WIDTH};

/// One column beside number and name.
struct Column {
    name: &'static str,
    width: usize,
    cell: fn(&Annex<'_>, &ScoredUnit) -> String,
}

const NUMBER_WIDTH: usize = 560;

/// The table of the ranking.
pub(super) fn block(annex: &Annex<'_>) -> Block {
    let columns = columns(annex);
    let taken: usize = columns.iter().map(|column| column.width).sum();
    let mut widths = vec![NUMBER_WIDTH, UPRIGHT_WIDTH.saturating_sub(NUMBER_WIDTH + taken)];
    widths.extend(columns.iter().map(|column| column.width));
    let mut header = vec!["TT".to_owned(), "Đơn vị".to_owned()];
    header.extend(columns.iter().map(|column| column.name.to_owned()));
    let rows = (1..).zip(&annex.units).map(|(number, unit): (usize, _)| {
        let mut row = vec![Cell::middle(number.to_string()), Cell::left(annex.name(unit))];
        row.extend(columns.iter().map(|column| Cell::middle((column.cell)(annex, unit))));
        row
    });
    Grid { widths, header, rows: rows.collect(), size: 24 }.block()
}

fn columns(annex: &Annex<'_>) -> Vec<Column> {
    let published = Column { name: "Điểm đã công bố", width: 1_100, cell: published_points };
    let has_published = annex.units.iter().any(|unit| !published_points(annex, unit).is_empty());
    if annex.package.about.partial {
        let class = Column { name: "Xếp loại đã công bố", width: 1_700, cell: published_class };
        return vec![published, class];
    }
    let result = match annex.package.set.result {
        ResultBasis::Percent => "Kết quả (%)",
        ResultBasis::Points => "Kết quả (điểm)",
    };
    let mut columns = vec![
        Column { name: "Điểm đạt", width: 1_000, cell: |_, unit| number::vietnamese(&unit.total.fixed(2)) },
        Column {
            name: "Điểm tối đa áp dụng",
            width: 1_150,
            cell: |_, unit| number::vietnamese(&unit.applicable_max.fixed(2)),
        },
    ];
    if annex.units.iter().any(|unit| !unit.bonus.is_zero() || !unit.penalty.is_zero()) {
        columns.push(Column { name: "Thưởng (+), trừ (−)", width: 1_000, cell: beside });
    }
    columns.push(Column { name: result, width: 1_000, cell: printed });
    if has_published {
        columns.push(published);
    }
    if !annex.package.set.classes.is_empty() {
        columns.push(Column { name: "Xếp loại", width: 1_200, cell: class });
    }
    columns.push(Column { name: "Hạng", width: 720, cell: rank });
    columns
}

/// Bonus and penalty: `+1 −0,5`.
fn beside(_: &Annex<'_>, unit: &ScoredUnit) -> String {
    let signed = |sign: &str, value| format!("{sign}{}", points(value));
    match (unit.bonus.is_zero(), unit.penalty.is_zero()) {
        (true, true) => String::new(),
        (false, true) => signed("+", &unit.bonus),
        (true, false) => signed("−", &unit.penalty),
        (false, false) => format!("{} {}", signed("+", &unit.bonus), signed("−", &unit.penalty)),
    }
}

fn printed(annex: &Annex<'_>, unit: &ScoredUnit) -> String {
    unit.printed(&annex.package.set).map_or_else(|| "–".to_owned(), |text| number::vietnamese(&text))
}

fn class(annex: &Annex<'_>, unit: &ScoredUnit) -> String {
    let name = unit.class_name(&annex.package.set).unwrap_or("–");
    let is_held = held_back_from(&annex.package.set, unit).is_some();
    if is_held { format!("{name}\u{a0}{FLOOR_MARK}") } else { name.to_owned() }
}

fn rank(_: &Annex<'_>, unit: &ScoredUnit) -> String {
    unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string())
}

fn published_points(annex: &Annex<'_>, unit: &ScoredUnit) -> String {
    let figure = annex.package.published_figure(&unit.code, "");
    figure.and_then(|figure| figure.points).map(|points| points.vietnamese()).unwrap_or_default()
}

fn published_class(annex: &Annex<'_>, unit: &ScoredUnit) -> String {
    annex.package.published_figure(&unit.code, "").map(|figure| figure.class.clone()).unwrap_or_default()
}
