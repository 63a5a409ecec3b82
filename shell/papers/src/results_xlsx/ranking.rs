//! «Xếp hạng»: one table a group.

use cchc_index::ScoredUnit;
use cchc_index::set::ResultBasis;
use cchc_text::Decimal;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::row::{Cell, RowWriter, exact_form};
use super::write_title;
use crate::look;
use crate::package::{Package, PublishedFigure};

pub(super) fn write(sheet: &mut Worksheet, package: &Package) -> Result<(), XlsxError> {
    let decimals = package.set.result_decimals;
    let widths = [6.0, 12.0, 40.0, 11.0, 12.0, 10.0, 10.0, 12.0, 14.0, 8.0, 22.0, 12.0, 14.0];
    let mut rows = RowWriter::new(sheet, &widths, decimals)?;
    let totals = Totals::of(package);
    write_title(&mut rows, package, if package.about.partial { "Đơn vị" } else { "Xếp hạng" })?;
    for units in package.scored.units.chunk_by(|a, b| a.group == b.group) {
        let Some(first) = units.first() else { continue };
        rows.line(&group_name(package, first), &look::heading())?;
        if package.about.partial {
            partial(&mut rows, units, &totals)?
        } else {
            full(&mut rows, package, units, &totals)?
        }
        rows.skip();
    }
    Ok(())
}

/// The published totals, by unit.
struct Totals<'a>(std::collections::HashMap<&'a str, &'a PublishedFigure>);

impl<'a> Totals<'a> {
    fn of(package: &'a Package) -> Self {
        let totals = package.published.iter().filter(|figure| figure.criterion.is_empty());
        Self(totals.map(|figure| (figure.unit.as_str(), figure)).collect())
    }

    /// Points and class as printed.
    fn shown(&self, unit: &str) -> (String, &'a str) {
        let figure = self.0.get(unit).copied();
        let points = figure.and_then(|figure| figure.points).map(|points: Decimal| points.to_string());
        (points.unwrap_or_default(), figure.map_or("", |figure| figure.class.as_str()))
    }
}

fn group_name(package: &Package, unit: &ScoredUnit) -> String {
    match package.set.group(&unit.group) {
        Some(group) => group.name.clone(),
        None if unit.group.is_empty() => "Các đơn vị".to_owned(),
        None => unit.group.clone(),
    }
}

fn full(
    rows: &mut RowWriter<'_>,
    package: &Package,
    units: &[ScoredUnit],
    totals: &Totals<'_>,
) -> Result<(), XlsxError> {
    let set = &package.set;
    let result = match set.result {
        ResultBasis::Percent => "Kết quả (%)",
        ResultBasis::Points => "Kết quả (điểm)",
    };
    let mut head = vec![
        "TT",
        "Mã",
        "Đơn vị",
        "Điểm đạt",
        "Điểm tối đa áp dụng",
        "Thưởng",
        "Trừ",
        result,
        "Xếp loại",
        "Hạng",
        "Kết quả chính xác",
    ];
    let published = !totals.0.is_empty();
    if published {
        head.extend(["Kết quả công bố", "Xếp loại công bố"]);
    }
    rows.head(&head, 32.0)?;
    for (number, unit) in (1..).zip(units) {
        let printed = unit.printed(set).unwrap_or_default();
        let exact = unit.result.as_ref().map(|result| exact_form(result, set.result_decimals)).unwrap_or_default();
        let (points, class) = totals.shown(&unit.code);
        let mut cells = vec![
            Cell::Whole(number),
            Cell::Text(&unit.code),
            Cell::Strong(&unit.name),
            Cell::Total(&unit.total),
            Cell::Total(&unit.applicable_max),
            Cell::Total(&unit.bonus),
            Cell::Total(&unit.penalty),
            if printed.is_empty() { Cell::Centre("không có") } else { Cell::Result(&printed) },
            Cell::Centre(unit.class_name(set).unwrap_or("")),
            unit.rank.map_or(Cell::Empty, |rank| Cell::Whole(rank.into())),
            Cell::Grey(&exact),
        ];
        if published {
            cells.extend([if points.is_empty() { Cell::Empty } else { Cell::Result(&points) }, Cell::Centre(class)]);
        }
        rows.row(&cells)?;
    }
    Ok(())
}

/// Only some lines are known: what was published stands there, and nothing is computed.
fn partial(rows: &mut RowWriter<'_>, units: &[ScoredUnit], totals: &Totals<'_>) -> Result<(), XlsxError> {
    rows.head(&["TT", "Mã", "Đơn vị", "Kết quả công bố", "Xếp loại công bố"], 32.0)?;
    // The order of the results would tell ranks after all.
    let mut units: Vec<&ScoredUnit> = units.iter().collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    for (number, unit) in (1..).zip(units) {
        let (points, class) = totals.shown(&unit.code);
        let points = if points.is_empty() { Cell::Empty } else { Cell::Result(&points) };
        rows.row(&[
            Cell::Whole(number),
            Cell::Text(&unit.code),
            Cell::Strong(&unit.name),
            points,
            Cell::Centre(class),
        ])?;
    }
    Ok(())
}
