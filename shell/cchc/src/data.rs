//! The reference data shipped inside the program: the files of the folder `data/`.

use std::sync::LazyLock;

use cchc_calendar::{DaysOff, Law, OfficeHours};
use cchc_index::CriteriaSet;
use cchc_index::round::{Appraisers, Messages};
use cchc_papers::{Limits, read_tables, set_file};
use cchc_text::table::Table;
use cchc_units::Registry;
use cchc_web::Ways;
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "../../data"]
struct Files;

/// The text of a shipped file. A missing one is a mistake in the program, not in any input.
pub fn text(name: &str) -> String {
    let file = Files::get(name).unwrap_or_else(|| panic!("không có tệp {name} trong chương trình"));
    String::from_utf8_lossy(&file.data).into_owned()
}

/// The ids of the shipped criteria sets, in alphabetical order.
pub fn set_ids() -> Vec<String> {
    let name = |path: &str| path.strip_prefix("criteria/")?.strip_suffix(".toml").map(str::to_owned);
    let mut ids: Vec<String> = Files::iter().filter_map(|path| name(&path)).collect();
    ids.sort();
    ids
}

/// The shipped set of that id.
pub fn set(id: &str) -> Option<CriteriaSet> {
    let file = Files::get(&format!("criteria/{id}.toml"))?;
    set_file::read(&format!("{id}.toml"), &file.data, &Limits::default()).ok()?.0
}

/// The shipped days off.
pub fn days_off() -> DaysOff {
    static DAYS_OFF: LazyLock<DaysOff> =
        LazyLock::new(|| DaysOff::from_table(&table("calendar/days-off-2019-2026.csv")).0);
    DAYS_OFF.clone()
}

/// The days off of the law.
pub fn law() -> Law {
    Law::from_table(&table("calendar/statutory-days.csv")).0
}

/// The office hours of units that have none of their own, and those that are known.
pub fn office_hours() -> OfficeHours {
    OfficeHours::from_table(&table("calendar/office-hours.csv")).0
}

/// The files of units, in the order of protocol.
const UNITS: [&str; 3] =
    ["units/units-vinh-phuc.csv", "units/departments-vinh-phuc.csv", "units/district-offices-vinh-phuc.csv"];

/// The shipped units: Vĩnh Phúc with its departments and the offices of its districts, and what became of them
/// in Phú Thọ.
pub fn units() -> Registry {
    Registry::from_tables(&UNITS.map(table)).0
}

/// Which agency appraises which field of work, by area and day.
pub fn appraisers() -> Appraisers {
    Appraisers::from_table(&table("units/appraisers.csv")).0
}

/// How units are reminded, with the shipped texts.
pub fn ways(mail: bool, gateway: bool) -> Ways {
    Ways { mail, gateway, messages: Messages::from_table(&table("messages/messages.csv")).0 }
}

/// A shipped CSV file as a table.
pub fn table(name: &str) -> Table {
    let read = read_tables(name, text(name).as_bytes(), &Limits::default());
    let tables = read.map(|(tables, _)| tables).unwrap_or_default();
    tables.into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use cchc_index::series::{Figures, SeriesList};
    use jiff::civil::date;

    use super::*;

    #[test]
    fn whoever_appraises_is_a_unit_of_his_days_and_every_field_of_a_set_has_one() {
        let (appraisers, units) = (appraisers(), units());
        for row in &appraisers.0 {
            for day in [row.period.from.unwrap_or(date(2021, 1, 1)), row.period.to.unwrap_or(date(2026, 12, 31))] {
                assert!(units.find(&row.unit, day).is_ok(), "{row:?} on {day}");
                assert!(units.find(&row.area, day).is_ok(), "{row:?} on {day}");
            }
        }
        let days = [("vp-2021-so", "26", date(2022, 1, 4)), ("pt-2026-xa", "25", date(2026, 12, 14))];
        let tree = units.as_of(date(2021, 12, 31));
        let districts = tree.ranked(cchc_units::Level::District).map(|unit| unit.code.clone());
        let of_districts = districts.map(|code| ("vp-2021-xa", code, date(2022, 1, 4)));
        for (set, area, day) in days.map(|(set, area, day)| (set, area.to_owned(), day)).into_iter().chain(of_districts)
        {
            let assigned = appraisers.on(&area, day);
            for (_, node, leaf) in super::set(set).unwrap().leaves() {
                let one = assigned.iter().filter(|known| known.field == leaf.appraiser).count();
                assert_eq!(one, 1, "{set} {area} {}: {}", node.code, leaf.appraiser);
            }
        }
    }

    #[test]
    fn everything_shipped_reads_without_findings() {
        assert_eq!(set_ids().len(), 10);
        for id in set_ids() {
            let bytes = text(&format!("criteria/{id}.toml"));
            let (set, findings) = set_file::read(&id, bytes.as_bytes(), &Limits::default()).unwrap();
            assert!(set.is_some() && findings.is_empty(), "{id}: {findings:?}");
        }
        let (days_off, findings) = DaysOff::from_table(&table("calendar/days-off-2019-2026.csv"));
        assert!(findings.is_empty() && days_off.covers(2026));
        let (series, findings) = SeriesList::from_table(&table("series/series.csv"));
        assert_eq!(findings, []);
        for (file, simulated) in [("series/figures.csv", false), ("series/simulated-vinh-phuc.csv", true)] {
            let (figures, findings) = Figures::from_table(&table(file), &series);
            assert_eq!(findings, [], "{file}");
            assert!(figures.all().iter().all(|figure| figure.is_simulated() == simulated), "{file}");
        }
        assert_eq!(Law::from_table(&table("calendar/statutory-days.csv")).1, []);
        assert_eq!(OfficeHours::from_table(&table("calendar/office-hours.csv")).1, []);
        assert_eq!(Registry::from_tables(&UNITS.map(table)).1, []);
        assert_eq!(Messages::from_table(&table("messages/messages.csv")).1, []);
        assert_eq!(Appraisers::from_table(&table("units/appraisers.csv")).1, []);
    }
}
