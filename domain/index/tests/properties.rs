//! What must hold for any input: bounds, sums, and that the order of rows never matters.

mod shared;

use std::sync::LazyLock;

use cchc_calendar::DaysOff;
use cchc_index::rank::compare;
use cchc_index::set::Part;
use cchc_index::{CriteriaSet, Exact, because, read_inputs, score};
use cchc_text::table::{Row, Table};
use proptest::prelude::*;
use proptest::sample::select;
use shared::load;

static SETS: LazyLock<Vec<CriteriaSet>> =
    LazyLock::new(|| ["vp-2021-xa", "pt-2026-so", "qd766-2022", "nd61-2018"].map(load).to_vec());

/// Texts that people type, sound and not.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..3000_u32).prop_map(|count| count.to_string()),
        1 => select(vec!["", "na", "-", "co", "khong", "day", "phan", "tot", "xuat-sac;tot", "0", "1", "2", "0,5", "81.33"])
            .prop_map(str::to_owned),
        1 => select(vec!["2021-01-31", "15/03/2021;;2021-09-20;", "2026-02-30", ";;;;", "1.234", "-5", "1e5", "𝟙", "9".repeat(40).leak()])
            .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

fn rows(set: usize) -> impl Strategy<Value = (usize, Vec<Row>)> {
    let codes: Vec<String> = SETS[set].criteria.iter().map(|node| node.code.clone()).collect();
    let unit = select(vec!["A", "B", "C", "08734"]);
    let row = (unit, select(codes), cell(), cell());
    prop::collection::vec(row, 0..300).prop_map(move |rows| {
        let rows = rows
            .into_iter()
            .zip(2..)
            .map(|((unit, code, value, of), number)| Row { number, cells: vec![unit.to_owned(), code, value, of] });
        (set, rows.collect())
    })
}

fn table(rows: Vec<Row>) -> Table {
    let columns = ["unit", "criterion", "value", "of"].map(str::to_owned).to_vec();
    Table { file: "so-lieu.csv".to_owned(), sheet: String::new(), columns, rows }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn points_stay_within_bounds_and_add_up((set, rows) in (0..4_usize).prop_flat_map(rows)) {
        let set = &SETS[set];
        let (inputs, _) = read_inputs(set, &[table(rows)]);
        let days_off = DaysOff::default();
        let scored = score(set, &inputs, &days_off);
        for unit in &scored.units {
            for (index, (node, criterion)) in unit.nodes.iter().zip(&set.criteria).enumerate() {
                prop_assert!(node.points >= Exact::ZERO && node.points <= Exact::from(criterion.max));
                prop_assert!(node.max <= Exact::from(criterion.max) && node.points <= node.max);
                let children: Vec<_> = set.children(Some(index)).map(|(child, _)| unit.nodes[child].clone()).collect();
                if !children.is_empty() && criterion.part == Part::Scored {
                    let points: Vec<Exact> = children.iter().map(|child| child.points.clone()).collect();
                    let maxima: Vec<Exact> = children.iter().map(|child| child.max.clone()).collect();
                    prop_assert_eq!(&node.points, &Exact::sum(&points));
                    prop_assert_eq!(&node.max, &Exact::sum(&maxima));
                }
            }
            let bound = Exact::whole(100);
            prop_assert!(unit.result.as_ref().is_none_or(|result| *result >= Exact::ZERO && *result <= bound));
            prop_assert_eq!(unit.rank.is_some(), unit.result.is_some());
            let input = inputs.units.iter().find(|input| input.code == unit.code).unwrap();
            for (index, _, _) in set.leaves() {
                prop_assert!(!because(set, index, &input.answers[index], &days_off).is_empty());
            }
        }
        for pair in scored.units.windows(2) {
            prop_assert!(compare(set, &pair[0], &pair[1]).is_le() || pair[0].group != pair[1].group);
        }
    }

    #[test]
    fn the_order_of_rows_never_matters((set, rows) in (0..4_usize).prop_flat_map(rows), seed in any::<u64>()) {
        let set = &SETS[set];
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|row| row.number.wrapping_mul(seed | 1).rotate_left(17));
        let score = |rows| {
            let (inputs, findings) = read_inputs(set, &[table(rows)]);
            (score(set, &inputs, &DaysOff::default()), findings.len())
        };
        let (before, after) = (score(rows), score(shuffled));
        prop_assert!(before == after, "{} and {} findings", before.1, after.1);
    }
}
