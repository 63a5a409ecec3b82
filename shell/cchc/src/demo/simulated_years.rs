//! A simulated year of Vĩnh Phúc beside those that have rounds in the ledger: real units, invented numbers, the
//! illustrative sets.
//!
//! 2024 repeats the sets of 2021 for the units that remained after the mergers of 01/01/2025, so that a
//! comparison across mergers has something to compare.

use cchc_calendar::DaysOff;
use cchc_index::{CriteriaSet, read_inputs};
use cchc_papers::package::{About, Package};
use cchc_units::{Level, Registry, Version};
use cchc_web::Publication;
use jiff::civil::{Date, date};

use super::{Dated, simulate};
use crate::data;

/// What is said of every invented number.
pub const INVENTED: &str = "Tên đơn vị là thật. Số liệu do chương trình sinh ra từ một hạt giống cố định để trình diễn, không phải kết quả của đơn vị nào.";

struct Year {
    year: i16,
    units_as_of: Date,
    published_on: Date,
}

const YEAR: Year = Year { year: 2024, units_as_of: date(2025, 1, 1), published_on: date(2025, 3, 31) };

const GROUPS: [(Level, &str, &str); 3] = [
    (Level::Department, "vp-2021-so", "các sở, ban, ngành tỉnh Vĩnh Phúc"),
    (Level::District, "vp-2021-huyen", "UBND huyện, thành phố tỉnh Vĩnh Phúc"),
    (Level::Commune, "vp-2021-xa", "UBND xã, phường, thị trấn tỉnh Vĩnh Phúc"),
];

/// Three packages, one a group.
pub fn all(units: &Registry, days_off: &DaysOff) -> anyhow::Result<Vec<Dated>> {
    let mut dated = Vec::new();
    for (level, set, whose) in GROUPS {
        let set = data::set(set).ok_or_else(|| anyhow::anyhow!("không có bộ tiêu chí «{set}»"))?;
        let package = package(&YEAR, level, &reissued(set, YEAR.year), whose, units, days_off);
        dated.push(Dated { visible_from: YEAR.published_on, publication: package });
    }
    Ok(dated)
}

/// A province re-issues its set almost every year: the same content under another year.
fn reissued(mut set: CriteriaSet, year: i16) -> CriteriaSet {
    let (old, new) = (set.year.to_string(), year.to_string());
    set.id = set.id.replace(&old, &new);
    set.title = set.title.replace(&old, &new);
    set.year = year;
    set
}

fn package(
    year: &Year,
    level: Level,
    set: &CriteriaSet,
    whose: &str,
    units: &Registry,
    days_off: &DaysOff,
) -> Publication {
    let tree = units.as_of(year.units_as_of);
    let scored: Vec<&Version> = tree.ranked(level).collect();
    let table = simulate::answers(set, &scored, days_off);
    let (inputs, findings) = read_inputs(set, &[table]);
    let about = About {
        id: format!("vinh-phuc-{}-{}", year.year, level.code()),
        title: format!("Chỉ số CCHC năm {} của {whose}", year.year),
        series: format!("vinh-phuc-{}", year.year),
        organiser: "UBND tỉnh Vĩnh Phúc".to_owned(),
        published_on: Some(year.published_on),
        units_as_of: Some(year.units_as_of),
        simulated: true,
        note: INVENTED.to_owned(),
        source: "Mô phỏng".to_owned(),
        ..About::default()
    };
    Publication::new(Package::build(about, set.clone(), inputs, days_off.clone(), Vec::new()), findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_units_are_scored_without_findings() {
        let dated = all(&data::units(), &data::days_off()).unwrap();
        let sizes: Vec<usize> = dated.iter().map(|one| one.publication.package.scored.units.len()).collect();
        assert_eq!(sizes, [19, 9, 121]);
        for one in &dated {
            let package = &one.publication.package;
            assert_eq!(one.publication.findings, [], "{}", package.about.id);
            assert_eq!(package.scored.findings, [], "{}", package.about.id);
            let classes: std::collections::BTreeSet<_> =
                package.scored.units.iter().map(|unit| unit.class_name(&package.set)).collect();
            assert!(classes.len() > 1 && !classes.contains(&None), "{}: {classes:?}", package.about.id);
        }
    }
}
