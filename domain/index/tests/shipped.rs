//! The shipped criteria sets and the published figures that they must reproduce.

mod shared;

use std::collections::BTreeMap;

use cchc_calendar::DaysOff;
use cchc_index::compare::{Summary, compare, summary};
use cchc_index::rule::KINDS;
use cchc_index::set_form::to_form;
use cchc_index::{Exact, Inputs, check, read_inputs, score, toml_form};
use cchc_text::table::{Row, Table};
use shared::{load, text};

const IDS: [&str; 10] = [
    "bnv-2022-tinh",
    "nd61-2018",
    "par-2020-province",
    "pt-2026-so",
    "pt-2026-xa",
    "qd766-2022",
    "qd766-total",
    "vp-2021-huyen",
    "vp-2021-so",
    "vp-2021-xa",
];

fn table(name: &str) -> Table {
    let source = text(name);
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().zip(2..).map(|(record, number)| {
        let cells = record.unwrap().iter().map(str::to_owned).collect();
        Row { number, cells }
    });
    Table { file: name.to_owned(), sheet: String::new(), columns, rows: rows.collect() }
}

#[test]
fn every_set_is_sound_and_survives_writing() {
    for id in IDS {
        let set = load(id);
        assert_eq!(set.id, id);
        let written = toml_form::write(&to_form(&set));
        let (form, syntax) = toml_form::read("again.toml", &written);
        assert_eq!(syntax, []);
        assert_eq!(check::load(&form), (Some(set), vec![]), "{id} reads back");
        assert_eq!(text(&format!("criteria/{id}.toml")), written, "{id}.toml is in the written form");
    }
}

#[test]
fn provincial_sets_are_complete_and_use_every_kind_of_rule() {
    let mut kinds = BTreeMap::new();
    let shapes =
        [("vp-2021-so", 100), ("vp-2021-huyen", 105), ("vp-2021-xa", 71), ("pt-2026-so", 117), ("pt-2026-xa", 104)];
    for (id, leaves) in shapes {
        let set = load(id);
        assert_eq!(set.leaves().count(), leaves, "{id}");
        assert!(set.title.contains("minh họa"));
        for (_, _, leaf) in set.leaves() {
            *kinds.entry(leaf.rule.kind()).or_insert(0) += 1;
        }
    }
    assert_eq!(kinds.keys().copied().collect::<Vec<_>>(), {
        let mut all = KINDS.to_vec();
        all.sort_unstable();
        all
    });
}

#[test]
fn sets_compare_by_title() {
    let so = summary(&compare(&load("vp-2021-so"), &load("pt-2026-so")));
    assert_eq!(so, Summary { kept: 80, points: 53, rule: 5, dropped: 20, added: 37 });
    let xa = summary(&compare(&load("vp-2021-xa"), &load("pt-2026-xa")));
    assert_eq!(xa, Summary { kept: 46, points: 36, rule: 3, dropped: 25, added: 58 });
}

#[test]
fn index_766_gives_every_published_line() {
    let set = load("qd766-2022");
    let (inputs, _) = read_inputs(&set, &[table("published/qd766-2026-10-units.csv")]);
    let scored = score(&set, &inputs, &DaysOff::default());
    let published = table("published/qd766-2026-10-units.published.csv");
    let mut compared = 0;
    for row in &published.rows {
        let (unit, criterion) = (row.text(published.column("unit")), row.text(published.column("criterion")));
        let points = Exact::from_fraction(row.text(published.column("points"))).unwrap();
        let at = inputs.units.iter().position(|known| known.code == unit).unwrap();
        let Some((index, _)) = set.find(criterion).filter(|(index, _)| inputs.units[at].texts[*index].is_some()) else {
            continue;
        };
        let scored = scored.units.iter().find(|known| known.code == unit).unwrap();
        assert_eq!(scored.nodes[index].points, points, "{unit} {criterion}");
        compared += 1;
    }
    assert_eq!(compared, 22, "every line with counts and published points");
}

#[test]
fn par_index_2020_gives_totals_and_ranks() {
    let set = load("par-2020-province");
    let (inputs, findings): (Inputs, _) = read_inputs(&set, &[table("published/par-2020-provinces.csv")]);
    assert_eq!(findings, []);
    let scored = score(&set, &inputs, &DaysOff::default());
    let hundredth = Exact::from_fraction("1/100").unwrap();
    let published = table("published/par-2020-provinces.published.csv");
    for (row, rank) in published.rows.iter().zip(1..) {
        let unit = scored.units.iter().find(|unit| unit.code == row.text(published.column("unit"))).unwrap();
        assert_eq!(unit.rank, Some(rank), "{}: the file lists them by rank", unit.code);
        let total = Exact::from_fraction(row.text(published.column("points"))).unwrap();
        let off = unit.result.as_ref().unwrap() - &total;
        assert!(off <= hundredth && off >= &Exact::ZERO - &hundredth, "{}", unit.code);
    }
}

#[test]
fn totals_of_provinces_rank_as_published() {
    let set = load("qd766-total");
    let (inputs, findings) = read_inputs(&set, &[table("published/qd766-2026-10-provinces.csv")]);
    assert_eq!(findings, []);
    let scored = score(&set, &inputs, &DaysOff::default());
    assert_eq!(scored.units.len(), 34);
    let first = &scored.units[0];
    assert_eq!((first.name.as_str(), first.printed(&set).as_deref()), ("Đồng Tháp", Some("68.80")));
    let phu_tho = scored.units.iter().find(|unit| unit.code == "H44").unwrap();
    assert_eq!((phu_tho.rank, phu_tho.class_name(&set)), (Some(19), Some("Trung bình")));
}
