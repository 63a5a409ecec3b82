//! Which agency appraises which field of work: what a plan begins with, by area and day.

use cchc_text::dated::{Cells, Period, rows};
use cchc_text::table::Table;
use cchc_text::{Finding, Findings};
use jiff::civil::Date;

use super::{Assigned, Ranked, Substitute};

/// The columns of the table.
const COLUMNS: [&str; 5] = ["area", "field", "unit", "valid_from", "valid_to"];

/// The agencies of all areas through time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appraisers(pub Vec<Appraiser>);

/// An agency that appraises a field of work for an area, in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appraiser {
    /// Code of the province or district whose round it is.
    pub area: String,
    /// The field of work in the set: `noi-vu`.
    pub field: String,
    /// Code of the agency.
    pub unit: String,
    /// First and last day; `None`: since ever, until further notice.
    pub period: Period,
}

impl Appraisers {
    /// Reads a table with the columns `area`, `field`, `unit`, `valid_from`, `valid_to`, with every finding.
    #[must_use]
    pub fn from_table(table: &Table) -> (Self, Findings) {
        let (rows, findings) = rows(table, &COLUMNS, read);
        (Self(rows), findings)
    }

    /// The agencies of an area on a day, one a field, in the order of the table; none: the area is not known.
    #[must_use]
    pub fn on(&self, area: &str, day: Date) -> Vec<Assigned> {
        let holds = |known: &&Appraiser| known.area == area && known.period.holds(day);
        let mut assigned: Vec<Assigned> = Vec::new();
        for known in self.0.iter().filter(holds) {
            if assigned.iter().all(|one| one.field != known.field) {
                assigned.push(Assigned { field: known.field.clone(), unit: known.unit.clone() });
            }
        }
        assigned
    }
}

fn read(cells: Cells<'_>, findings: &mut Findings) -> Option<Appraiser> {
    let text = |column| cells.text(column).to_owned();
    let period = cells.period(findings)?;
    let read = Appraiser { area: text("area"), field: text("field"), unit: text("unit"), period };
    if [&read.area, &read.field, &read.unit].iter().any(|text| text.is_empty()) {
        let message = "Dòng thiếu địa bàn, lĩnh vực hoặc cơ quan; dòng này không được dùng.";
        findings.push(Finding::error("empty-cell", cells.place("area"), message));
        return None;
    }
    Some(read)
}

/// Who appraises in place of agencies that are themselves scored: of the stand-ins the first that is not the
/// unit scored. A cell for which none is left stays open, and opening the round says so.
#[must_use]
pub fn substitutes(assigned: &[Assigned], units: &[Ranked], stand_ins: &[&str]) -> Vec<Substitute> {
    let own = assigned.iter().filter(|known| units.iter().any(|unit| unit.code == known.unit));
    own.filter_map(|known| {
        let unit = stand_ins.iter().find(|unit| **unit != known.unit)?;
        Some(Substitute { field: known.field.clone(), scored: known.unit.clone(), unit: (*unit).to_owned() })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use cchc_text::table::Row;

    fn table(rows: &[[&str; 5]]) -> Table {
        let row = |(number, cells): (u64, &[&str; 5])| Row { number, cells: cells.map(str::to_owned).to_vec() };
        let rows = (2..).zip(rows).map(row).collect();
        Table { file: "t.csv".into(), sheet: String::new(), columns: COLUMNS.map(str::to_owned).to_vec(), rows }
    }

    #[test]
    fn a_field_has_the_agency_of_the_day() {
        let (read, findings) = Appraisers::from_table(&table(&[
            ["26", "tttt", "STTTT", "", "2025-02-28"],
            ["26", "tttt", "SKHCN", "2025-03-01", ""],
            ["243", "tttt", "243.VHTT", "", ""],
        ]));
        assert_eq!(findings, []);
        let on = |day| read.on("26", day).into_iter().map(|one| one.unit).collect::<Vec<_>>();
        assert_eq!((on(date(2025, 2, 28)), on(date(2025, 3, 1))), (vec!["STTTT".into()], vec!["SKHCN".to_owned()]));
        assert_eq!(read.on("999", date(2025, 3, 1)), []);
    }

    #[test]
    fn what_cannot_be_read_is_said_and_the_rest_is_used() {
        let (read, findings) = Appraisers::from_table(&table(&[
            ["26", "tttt", "STTTT", "hôm nay", ""],
            ["26", "", "SKHCN", "", ""],
            ["26", "khcn", "SKHCN", "", ""],
        ]));
        assert_eq!(findings.iter().map(|one| one.code).collect::<Vec<_>>(), ["bad-date", "empty-cell"]);
        assert_eq!(read.0.len(), 1);
    }

    #[test]
    fn whoever_is_scored_is_appraised_by_another() {
        let assigned = |field: &str, unit: &str| Assigned { field: field.into(), unit: unit.into() };
        let ranked = |code: &str| Ranked { code: code.into(), name: code.into(), group: "so".into() };
        let assigned = [assigned("noi-vu", "SNV"), assigned("vp-ubnd", "VP"), assigned("khcn", "SKHCN")];
        let found = substitutes(&assigned, &[ranked("SNV"), ranked("VP")], &["VP", "SNV"]);
        let found: Vec<_> = found.iter().map(|one| (&*one.field, &*one.scored, &*one.unit)).collect();
        assert_eq!(found, [("noi-vu", "SNV", "VP"), ("vp-ubnd", "VP", "SNV")]);
        assert_eq!(substitutes(&assigned, &[ranked("SNV")], &["SNV"]), []);
    }
}
