//! «Theo lĩnh vực»: units × fields, points and then their share.

use std::collections::HashMap;

use cchc_index::score::share;
use cchc_index::{Criterion, Exact, NodeScore};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::row::{Cell, RowWriter};
use super::write_title;
use crate::package::Package;

pub(super) fn write(sheet: &mut Worksheet, package: &Package) -> Result<(), XlsxError> {
    let fields: Vec<(usize, &Criterion)> = package.set.fields().collect();
    let columns = if package.about.partial { fields.len() } else { 2 * fields.len() };
    let mut widths = vec![12.0, 36.0];
    widths.extend(std::iter::repeat_n(11.0, columns));
    let mut rows = RowWriter::new(sheet, &widths, 1)?;
    write_title(
        &mut rows,
        package,
        if package.about.partial { "Điểm công bố theo lĩnh vực" } else { "Theo lĩnh vực" },
    )?;
    let mut head = vec!["Mã".to_owned(), "Đơn vị".to_owned()];
    let points =
        |field: &Criterion| format!("{}. {} (điểm, tối đa {})", field.code, field.title, field.max.vietnamese());
    head.extend(fields.iter().map(|(_, field)| points(field)));
    if !package.about.partial {
        head.extend(fields.iter().map(|(_, field)| format!("{}. {} (%)", field.code, field.title)));
    }
    let header = rows.head(&head, 112.0)?;
    if package.about.partial {
        published(&mut rows, package, &fields)?
    } else {
        computed(&mut rows, package, &fields)?
    }
    rows.one_table(header, head.len() as u16, 2)
}

fn computed(rows: &mut RowWriter<'_>, package: &Package, fields: &[(usize, &Criterion)]) -> Result<(), XlsxError> {
    let percent = |node: &NodeScore| share(node).map(|share| (&share * &Exact::whole(100)).fixed(1));
    for unit in &package.scored.units {
        let nodes: Vec<Option<&NodeScore>> =
            fields.iter().map(|(index, _)| unit.nodes.get(*index).filter(|node| node.applicable)).collect();
        let shares: Vec<Option<String>> = nodes.iter().map(|node| node.and_then(percent)).collect();
        let mut cells = vec![Cell::Text(&unit.code), Cell::Strong(&unit.name)];
        cells.extend(
            nodes.iter().map(|node| node.map_or(Cell::Centre("không áp dụng"), |node| Cell::Total(&node.points))),
        );
        cells.extend(shares.iter().map(|share| share.as_ref().map_or(Cell::Empty, |share| Cell::Result(share))));
        rows.row(&cells)?;
    }
    Ok(())
}

/// Sums of the lines that are known would look like fields: only published figures stand here.
fn published(rows: &mut RowWriter<'_>, package: &Package, fields: &[(usize, &Criterion)]) -> Result<(), XlsxError> {
    let figures: HashMap<(&str, &str), Exact> = package
        .published
        .iter()
        .filter_map(|figure| Some(((figure.unit.as_str(), figure.criterion.as_str()), Exact::from(figure.points?))))
        .collect();
    let mut units: Vec<_> = package.scored.units.iter().collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    for unit in units {
        let mut cells = vec![Cell::Text(&unit.code), Cell::Strong(&unit.name)];
        let figures = fields.iter().map(|(_, field)| figures.get(&(unit.code.as_str(), field.code.as_str())));
        cells.extend(figures.map(|figure| figure.map_or(Cell::Grey("không công bố"), Cell::Points)));
        rows.row(&cells)?;
    }
    Ok(())
}
