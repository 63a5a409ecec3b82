//! What holds of every registry.

mod common;

use std::collections::BTreeSet;

use cchc_text::table::{Row, Table};
use cchc_units::{EventKind, Registry, Step, UNIT_COLUMNS, UnitId, Version};
use common::{read, shipped, table};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::Index;

type Act = (u8, Index, Index);

/// Rows of a province in which, each New Year from 2001 on, units are renamed, merged, absorbed, split …
fn rows(years: &[Vec<Act>]) -> String {
    let mut live: Vec<(String, Option<Date>)> = (100..106).map(|code| (code.to_string(), None)).collect();
    let mut done = vec!["1,Tỉnh A,tinh,tinh,,,,,,".to_owned()];
    let mut fresh = 200;
    let mut write = |(code, from): &(String, Option<Date>), to: Option<Date>, successor: &str| {
        let text = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        done.push(format!("{code},Xã {code} {},xa,xa,1,{},{},{successor},,", text(*from), text(*from), text(to)));
    };
    for (acts, year) in years.iter().zip(2001_i16..) {
        let on = date(year, 1, 1);
        let last = on.yesterday().ok();
        let mut calm = std::mem::take(&mut live);
        let mut next = Vec::new();
        let mut new = || {
            fresh += 1;
            fresh.to_string()
        };
        for (act, one, other) in acts {
            if calm.is_empty() {
                break;
            }
            let unit = calm.remove(one.index(calm.len()));
            let partner = (!calm.is_empty()).then(|| other.index(calm.len()));
            match (act % 7, partner) {
                (0, _) => write(&unit, last, ""),
                (1, _) => {
                    write(&unit, last, &unit.0);
                    next.push((unit.0, Some(on)));
                }
                (2, Some(partner)) => {
                    let partner = calm.remove(partner);
                    write(&unit, last, &partner.0);
                    next.push(partner);
                }
                (3 | 4, Some(partner)) => {
                    let partner = calm.remove(partner);
                    let into = if act % 7 == 3 { unit.0.clone() } else { new() };
                    write(&unit, last, &into);
                    write(&partner, last, &into);
                    next.push((into, Some(on)));
                }
                (5, _) => {
                    let (left, right) = (new(), new());
                    write(&unit, last, &format!("{left}; {right}"));
                    next.extend([(left, Some(on)), (right, Some(on))]);
                }
                (6, _) => {
                    let off = new();
                    write(&unit, last, &format!("{};{off}", unit.0));
                    next.extend([(unit.0, Some(on)), (off, Some(on))]);
                }
                _ => next.push(unit),
            }
        }
        live = calm;
        live.extend(next);
    }
    for unit in &live {
        write(unit, None, "");
    }
    done.join("\n")
}

fn any_rows() -> impl Strategy<Value = String> {
    let act = (any::<u8>(), any::<Index>(), any::<Index>());
    prop::collection::vec(prop::collection::vec(act, 0..4), 0..6).prop_map(|years| rows(&years))
}

fn any_day() -> impl Strategy<Value = Date> {
    (1999_i16..2008, 0_i64..2).prop_map(|(year, back)| date(year, 1, 1) - jiff::Span::new().days(back))
}

fn sound(rows: &str) -> Registry {
    let (registry, findings) = read(rows);
    assert!(findings.is_empty(), "{rows}\n{findings:#?}");
    registry
}

type Key = (Date, UnitId, Option<UnitId>);

fn keys(steps: &[Step]) -> BTreeSet<Key> {
    steps.iter().map(|step| (step.on, step.before.unit.clone(), step.after.map(|after| after.unit.clone()))).collect()
}

fn units(versions: &[&Version]) -> BTreeSet<UnitId> {
    versions.iter().map(|version| version.unit.clone()).collect()
}

/// Every version of the day stands in the tree once, right below its parent.
fn check_tree(registry: &Registry, on: Date) {
    let tree = registry.as_of(on);
    let standing: BTreeSet<_> = registry.all().filter(|version| version.period.contains(on)).map(|v| &v.unit).collect();
    let listed: BTreeSet<_> = tree.iter().map(|node| &node.version.unit).collect();
    assert_eq!((standing, tree.nodes.len()), (listed.clone(), listed.len()));
    let mut above: Vec<&str> = Vec::new();
    for node in &tree {
        above.truncate(node.depth);
        let parent = registry.parent(node.version, on).map(|parent| parent.code.as_str());
        assert_eq!(above.last().copied(), parent, "{}", node.version.code);
        above.push(&node.version.code);
    }
}

fn check_composition(registry: &Registry, [a, b, c]: [Date; 3]) {
    for node in &registry.as_of(a) {
        let code = &node.version.code;
        let whole = keys(&registry.trace(code, a, c).unwrap());
        let mut parts = keys(&registry.trace(code, a, b).unwrap());
        let mut arrived = BTreeSet::new();
        for between in registry.successors_at(code, a, b).unwrap() {
            parts.extend(keys(&registry.trace(&between.code, b, c).unwrap()));
            arrived.extend(units(&registry.successors_at(&between.code, b, c).unwrap()));
        }
        assert_eq!(whole, parts);
        assert_eq!(units(&registry.successors_at(code, a, c).unwrap()), arrived);
    }
}

fn check_both_ways(registry: &Registry, from: Date, to: Date) {
    let forward: BTreeSet<(UnitId, UnitId)> = registry
        .as_of(from)
        .iter()
        .flat_map(|node| {
            let arrived = units(&registry.successors_at(&node.version.code, from, to).unwrap());
            arrived.into_iter().map(|unit| (node.version.unit.clone(), unit))
        })
        .collect();
    let backward: BTreeSet<(UnitId, UnitId)> = registry
        .as_of(to)
        .iter()
        .flat_map(|node| {
            let began = units(&registry.predecessors_at(&node.version.code, from, to).unwrap());
            began.into_iter().map(|unit| (unit, node.version.unit.clone()))
        })
        .collect();
    assert_eq!(forward, backward);
}

fn check_histories(registry: &Registry) {
    for version in registry.all() {
        let events = registry.history(&version.unit).unwrap();
        assert!(events.is_sorted_by_key(|event| event.on), "{events:?}");
        let beginnings = events.iter().filter(|event| {
            use EventKind::{Follows, FormedFrom, Founded, OnRecord, SplitFrom};
            matches!(event.kind, OnRecord | Founded | FormedFrom { .. } | Follows { .. } | SplitFrom { .. })
        });
        assert_eq!(beginnings.count(), 1);
        let periods: Vec<_> = registry.versions(&version.unit).map(|version| version.period).collect();
        assert!(periods.windows(2).all(|pair| pair[0].day_after() == pair[1].from), "a unit's life has no gap");
        assert_eq!(version.unit.to_string().parse::<UnitId>().unwrap(), version.unit);
    }
}

#[test]
fn the_shipped_registry_is_sound() {
    let registry = shipped();
    let days = ["2019-01-01", "2021-10-14", "2023-04-10", "2024-12-31", "2025-01-01", "2025-03-01", "2025-07-01"];
    let days = days.map(common::day);
    for window in days.windows(3) {
        check_tree(&registry, window[1]);
        check_composition(&registry, [window[0], window[1], window[2]]);
        check_both_ways(&registry, window[0], window[2]);
    }
    check_composition(&registry, [days[0], days[4], days[6]]);
    check_histories(&registry);
}

proptest! {
    #[test]
    fn a_code_names_one_version_a_day(rows in any_rows(), on in any_day()) {
        let registry = sound(&rows);
        for version in registry.all() {
            let bearers = registry.all().filter(|other| other.code == version.code && other.period.contains(on));
            let bearers: Vec<_> = bearers.collect();
            prop_assert!(bearers.len() <= 1);
            prop_assert_eq!(registry.find(&version.code, on).ok(), bearers.first().copied());
        }
        check_tree(&registry, on);
        check_histories(&registry);
    }

    #[test]
    fn steps_compose(rows in any_rows(), mut days in prop::array::uniform3(any_day())) {
        days.sort_unstable();
        let registry = sound(&rows);
        check_composition(&registry, days);
        check_both_ways(&registry, days[0], days[2]);
    }

    #[test]
    fn the_order_of_rows_changes_no_identity(
        (plain, shuffled) in any_rows().prop_flat_map(|rows| {
            let lines: Vec<String> = rows.lines().map(str::to_owned).collect();
            (Just(rows), Just(lines).prop_shuffle())
        })
    ) {
        let facts = |registry: &Registry| -> BTreeSet<_> {
            registry.all().map(|version| (version.unit.clone(), version.name.clone(), version.successors.clone())).collect()
        };
        prop_assert_eq!(facts(&sound(&plain)), facts(&sound(&shuffled.join("\n"))));
    }

    #[test]
    fn no_row_is_lost_silently_whatever_it_says(
        cells in prop::collection::vec(
            (
                "[1-5]|0[1-3]|x y|",
                "Xã|",
                "tinh|so|huyen|xa|ap",
                "[1-6]?",
                "|200[0-3]-01-01|2002-99-01",
                "|200[0-3]-12-31|200[0-1]-06-30",
                "|[1-6]|[1-6];[1-6]",
            ),
            0..14,
        ),
        on in any_day(),
    ) {
        let rows: Vec<Row> = cells
            .into_iter()
            .zip(2..)
            .map(|((code, name, level, parent, from, to, successor), number)| {
                let cells = [&*code, &*name, &*level, "xa", &*parent, &*from, &*to, &*successor, "", ""];
                Row { number, cells: cells.map(str::to_owned).to_vec() }
            })
            .collect();
        let written: BTreeSet<u64> = rows.iter().map(|row| row.number).collect();
        let columns = UNIT_COLUMNS.map(str::to_owned).to_vec();
        let (registry, findings) = Registry::from_tables(&[Table { file: "t.csv".into(), columns, rows, ..Table::default() }]);
        let used = registry.all().filter_map(|version| version.place.line);
        let told: BTreeSet<u64> = used.chain(findings.iter().filter_map(|finding| finding.place.line)).collect();
        prop_assert_eq!(told, written);
        check_tree(&registry, on);
        for version in registry.all() {
            let _ = registry.history(&version.unit).unwrap();
            prop_assert!(registry.origins(&version.code, version.period.start()).is_ok());
            prop_assert!(registry.trace(&version.code, version.period.start(), Date::MAX).is_ok());
        }
    }

    #[test]
    fn any_table_is_read_without_panic(text in "(code|name|level|parent|valid_to|[a-z,\";0-9\n]){0,40}") {
        let header = "code,name,level,type,parent,valid_from,valid_to,successor\n";
        let csv = text.replace('"', "");
        let (registry, _) = Registry::from_tables(&[table("t.csv", &format!("{header}{csv}"))]);
        check_tree(&registry, date(2021, 10, 14));
    }
}
