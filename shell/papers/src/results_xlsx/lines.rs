//! «Chi tiết»: every line of every unit, with its reason.

use std::collections::HashMap;

use cchc_index::answer::Answer;
use cchc_index::{Criterion, Exact, ScoredUnit, UnitInput, because};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::row::{Cell, RowWriter, exact_points};
use super::write_title;
use crate::input_file::by_code;
use crate::package::Package;

const HEAD: [&str; 11] = [
    "Mã đơn vị",
    "Đơn vị",
    "Lĩnh vực",
    "Mã tiêu chí",
    "Tiêu chí",
    "Số liệu",
    "Điểm",
    "Điểm chính xác",
    "Điểm tối đa",
    "Áp dụng",
    "Vì sao",
];

type Published<'a> = HashMap<(&'a str, &'a str), Exact>;

pub(super) fn write(sheet: &mut Worksheet, package: &Package) -> Result<(), XlsxError> {
    let widths = [11.0, 26.0, 24.0, 10.0, 44.0, 18.0, 9.0, 14.0, 9.0, 9.0, 60.0, 11.0];
    let mut rows = RowWriter::new(sheet, &widths, package.set.result_decimals)?;
    write_title(&mut rows, package, "Chi tiết")?;
    let published: Published<'_> = package
        .published
        .iter()
        .filter(|figure| !figure.criterion.is_empty())
        .filter_map(|figure| Some(((figure.unit.as_str(), figure.criterion.as_str()), Exact::from(figure.points?))))
        .collect();
    let mut head = HEAD.to_vec();
    head.extend((!published.is_empty()).then_some("Điểm công bố"));
    let header = rows.head(&head, 32.0)?;
    let leaves: Vec<Leaf<'_>> = package
        .set
        .leaves()
        .map(|(index, node, _)| Leaf {
            index,
            node,
            max: Exact::from(node.max),
            field: package.set.criteria.get(package.set.field_of(index)).map_or("", |field| field.title.as_str()),
        })
        .collect();
    let inputs = by_code(&package.inputs);
    for unit in &package.scored.units {
        let input = inputs.get(unit.code.as_str()).copied();
        for leaf in &leaves {
            line(&mut rows, package, unit, input, leaf, &published)?;
        }
    }
    rows.one_table(header, head.len() as u16, 2)
}

/// What is the same for all units at one criterion.
struct Leaf<'a> {
    index: usize,
    node: &'a Criterion,
    max: Exact,
    field: &'a str,
}

fn line(
    rows: &mut RowWriter<'_>,
    package: &Package,
    unit: &ScoredUnit,
    input: Option<&UnitInput>,
    leaf: &Leaf<'_>,
    published: &Published<'_>,
) -> Result<(), XlsxError> {
    let Some(score) = unit.nodes.get(leaf.index) else { return Ok(()) };
    let answer = input.and_then(|input| input.answers.get(leaf.index)).unwrap_or(&Answer::NotReported);
    let unknown = package.about.partial && *answer == Answer::NotReported;
    let typed = input.and_then(|input| input.texts.get(leaf.index)?.as_ref()).map(|text| text.shown());
    let typed = typed.filter(|text| !text.is_empty());
    let missing = if package.about.partial { "không công bố" } else { "chưa báo cáo" };
    let (reason, exact) = if unknown {
        (String::new(), String::new())
    } else {
        (because(&package.set, leaf.index, answer, &package.days_off).join("\n"), exact_points(&score.points))
    };
    let mut cells = vec![
        Cell::Text(&unit.code),
        Cell::Text(&unit.name),
        Cell::Text(leaf.field),
        Cell::Text(&leaf.node.code),
        Cell::Text(&leaf.node.title),
        typed.as_deref().map_or(Cell::Grey(missing), Cell::Text),
        if unknown || !score.applicable { Cell::Empty } else { Cell::Points(&score.points) },
        Cell::Grey(&exact),
        Cell::Points(&leaf.max),
        if unknown { Cell::Empty } else { Cell::Centre(if score.applicable { "có" } else { "không" }) },
        Cell::Text(&reason),
    ];
    if !published.is_empty() {
        let figure = published.get(&(unit.code.as_str(), leaf.node.code.as_str()));
        cells.push(figure.map_or(Cell::Empty, Cell::Points));
    }
    rows.row(&cells)
}
