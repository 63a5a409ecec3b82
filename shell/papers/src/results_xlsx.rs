//! Results as a workbook for people: ranking, fields, every line, the set, remarks.
//!
//! Numbers are rounded for reading; where a decimal does not end, its exact form stands beside it.
//! Written in constant memory, so a large round takes no more than a small one.

mod fields;
mod lines;
mod notes;
mod ranking;
pub(crate) mod row;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::look;
use crate::marks::marks;
use crate::package::Package;
use crate::write_error::WriteError;
use row::RowWriter;

/// Writes the results of a package as a workbook; what is simulated, illustrative or partial stands
/// above every table. A partial package has no totals, classes or ranks.
///
/// # Errors
/// [`WriteError::Workbook`] where the workbook could not be made; the temporary folder must be writable.
pub fn write(package: &Package) -> Result<Vec<u8>, WriteError> {
    let mut workbook = look::workbook(&package.about.title, package.about.published_on)?;
    ranking::write(sheet(&mut workbook, "Xếp hạng")?, package)?;
    fields::write(sheet(&mut workbook, "Theo lĩnh vực")?, package)?;
    lines::write(sheet(&mut workbook, "Chi tiết")?, package)?;
    notes::write_set(sheet(&mut workbook, "Bộ tiêu chí")?, package)?;
    notes::write(sheet(&mut workbook, "Ghi chú")?, package)?;
    Ok(workbook.save_to_buffer()?)
}

fn sheet<'w>(workbook: &'w mut Workbook, name: &str) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet_with_constant_memory()?.set_name(name)?;
    look::print_page(sheet);
    Ok(sheet)
}

/// The rows above every table: what it is, who says so, what must not be overlooked.
fn write_title(rows: &mut RowWriter<'_>, package: &Package, what: &str) -> Result<(), XlsxError> {
    rows.line(&format!("{what} – {}", package.about.title), &look::title())?;
    let by: Vec<&str> = [package.about.organiser.as_str(), package.about.decision.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    if !by.is_empty() {
        rows.line(&by.join(", "), &look::plain())?;
    }
    for mark in marks(package) {
        rows.line(mark, &look::mark())?;
    }
    rows.skip();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::package::sample;
    use crate::{Grid, Limits, read_grids};

    fn read(package: &Package) -> BTreeMap<String, Grid> {
        let (grids, findings) = read_grids("kq.xlsx", &write(package).unwrap(), &Limits::default()).unwrap();
        assert_eq!(findings, []);
        grids.into_iter().map(|grid| (grid.sheet.clone(), grid)).collect()
    }

    fn text(grid: &Grid) -> String {
        let rows: Vec<String> = grid.rows.iter().map(|row| row.cells.join(" | ")).collect();
        rows.join("\n")
    }

    #[test]
    fn every_sheet_says_that_it_is_not_real() {
        let sheets = read(&sample::package());
        let names: Vec<&str> = sheets.keys().map(String::as_str).collect();
        assert_eq!(names, ["Bộ tiêu chí", "Chi tiết", "Ghi chú", "Theo lĩnh vực", "Xếp hạng"]);
        for grid in sheets.values() {
            assert!(text(grid).contains("SỐ LIỆU MÔ PHỎNG") && text(grid).contains("BỘ TIÊU CHÍ MINH HỌA"));
        }
    }

    #[test]
    fn ranks_stand_by_group_with_numbers_that_compute() {
        let package = sample::package();
        let sheets = read(&package);
        let grid = &sheets["Xếp hạng"];
        for unit in &package.scored.units {
            let row = grid.rows.iter().find(|row| row.text(Some(1)) == unit.code).unwrap();
            let value: cchc_text::Decimal = row.text(Some(7)).parse().unwrap();
            let printed: cchc_text::Decimal = unit.printed(&package.set).unwrap().parse().unwrap();
            assert_eq!(value, printed);
            assert_eq!(row.text(Some(9)), unit.rank.unwrap().to_string());
        }
    }

    #[test]
    fn every_line_has_its_reason() {
        let package = sample::package();
        let sheets = read(&package);
        let grid = &sheets["Chi tiết"];
        let lines = grid.rows.iter().filter(|row| package.set.find(row.text(Some(3))).is_some());
        assert_eq!(lines.count(), package.scored.units.len() * package.set.leaves().count());
        insta::assert_snapshot!(text(grid));
    }

    #[test]
    fn a_partial_package_has_no_totals_classes_or_ranks() {
        let mut package = sample::package();
        package.about.partial = true;
        let sheets = read(&package);
        let ranking = text(&sheets["Xếp hạng"]);
        assert!(!ranking.contains("Hạng") && !ranking.contains("Điểm đạt"), "{ranking}");
        let fields = text(&sheets["Theo lĩnh vực"]);
        assert!(!fields.contains("%"), "{fields}");
        for unit in &package.scored.units {
            assert!(ranking.contains(&unit.code));
        }
    }

    #[test]
    fn the_same_package_gives_the_same_bytes() {
        assert_eq!(write(&sample::package()).unwrap(), write(&sample::package()).unwrap());
    }

    #[test]
    fn every_unit_of_a_large_round_is_there() {
        let package = sample::package();
        let unit = package.scored.units[0].clone();
        let mut large = package.clone();
        large.scored.units =
            (0..200).map(|number| cchc_index::ScoredUnit { code: format!("U{number}"), ..unit.clone() }).collect();
        let sheets = read(&large);
        assert_eq!(sheets["Xếp hạng"].rows.iter().filter(|row| row.text(Some(1)).starts_with('U')).count(), 200);
    }
}
