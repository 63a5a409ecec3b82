//! The reference data shipped inside the program: the files of the folder `data/`.

use std::sync::LazyLock;

use cchc_calendar::DaysOff;
use cchc_index::CriteriaSet;
use cchc_papers::{Limits, read_tables, set_file};
use cchc_text::table::Table;
use cchc_units::Registry;
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

/// The shipped units: Vĩnh Phúc and its departments, and what became of them in Phú Thọ.
pub fn units() -> Registry {
    let tables = [table("units/units-vinh-phuc.csv"), table("units/departments-vinh-phuc.csv")];
    Registry::from_tables(&tables).0
}

/// A shipped CSV file as a table.
pub fn table(name: &str) -> Table {
    let read = read_tables(name, text(name).as_bytes(), &Limits::default());
    let tables = read.map(|(tables, _)| tables).unwrap_or_default();
    tables.into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_shipped_reads_without_findings() {
        assert_eq!(set_ids().len(), 9);
        for id in set_ids() {
            let bytes = text(&format!("criteria/{id}.toml"));
            let (set, findings) = set_file::read(&id, bytes.as_bytes(), &Limits::default()).unwrap();
            assert!(set.is_some() && findings.is_empty(), "{id}: {findings:?}");
        }
        let (days_off, findings) = DaysOff::from_table(&table("calendar/days-off-2019-2026.csv"));
        assert!(findings.is_empty() && days_off.covers(2026));
        let tables = [table("units/units-vinh-phuc.csv"), table("units/departments-vinh-phuc.csv")];
        assert_eq!(Registry::from_tables(&tables).1, []);
    }
}
