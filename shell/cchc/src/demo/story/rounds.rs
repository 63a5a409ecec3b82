//! The rounds of the demonstration: which there are, and when what happens in them.

use std::collections::BTreeMap;

use cchc_index::copy::next_set;
use cchc_index::round::{Deadline, Group, Plan, Preset, Ranked, next_plan, substitutes};
use cchc_index::set_form::to_form;
use cchc_index::{CriteriaSet, toml_form};
use cchc_ledger::Hash;
use cchc_ledger::Moment;
use cchc_units::{Level, Registry};
use jiff::civil::{Date, date};

use super::script::{Days, Script, Set};
use super::{Act, Scene, Step};
use crate::data;
use crate::rules::Shipped;

/// When the sets of 2022 were copied from those of 2021.
const COPIED: Date = date(2022, 12, 19);
/// Whose sheet of 2021 was wrong, and when that was told.
const CORRECTED: (&str, Date) = ("251", date(2022, 5, 9));
/// Offices without administrative procedures of their own.
const WITHOUT_PROCEDURES: [&str; 2] = ["VP.TTr", "VP.BDT"];
/// What districts did: the last day of self-scoring, and whether appraisal began at once.
const DISTRICTS: [(&str, Date, bool); 9] = [
    ("243", date(2023, 1, 10), true),
    ("244", date(2023, 1, 11), true),
    ("246", date(2023, 1, 12), false),
    ("247", date(2023, 1, 18), false),
    ("248", date(2023, 1, 13), false),
    ("249", date(2023, 1, 18), false),
    ("251", date(2023, 1, 18), false),
    ("252", date(2023, 1, 17), false),
    ("253", date(2023, 1, 13), false),
];

/// Everything that happens in the rounds of a scene, and the sets that are copied for them.
pub fn steps(scene: Scene) -> Vec<Step> {
    let units = data::units();
    match scene {
        Scene::ThreeTier => three_tier(&units),
        Scene::TwoTier => two_tier(&units).steps(),
    }
}

/// Vĩnh Phúc: 2021 is over, 2022 runs, for communes by the districts.
fn three_tier(units: &Registry) -> Vec<Step> {
    let [so, huyen, xa] = ["vp-2021-so", "vp-2021-huyen", "vp-2021-xa"].map(shipped);
    let mut steps = Vec::new();
    let [new_so, new_huyen, new_xa] = [&so, &huyen, &xa].map(copied);
    for set in [&new_so, &new_huyen, &new_xa] {
        steps.push(Step { at: Moment::of(COPIED.at(9, 0, 0, 0)), what: Act::Rule(entered(set)) });
    }
    let before = first_round(units, so, huyen);
    let sets = [("vp-2021-so", &new_so), ("vp-2021-huyen", &new_huyen)];
    let sets = sets.map(|(old, new)| (old.to_owned(), (new.set.id.clone(), new.version)));
    let now = |unit: &Ranked| {
        let known = units.on(&unit.code, COPIED)?;
        Some(Ranked { name: known.name.clone(), ..unit.clone() })
    };
    let plan = next_plan(&before.plan, 2022, &BTreeMap::from(sets), now).plan;
    steps.extend(before.steps());
    let province = Script {
        id: "vp-2022".to_owned(),
        series: "vinh-phuc-2022".to_owned(),
        plan,
        sets: vec![new_so, new_huyen],
        days: Days::of_2022(date(2023, 1, 18)),
        organiser_name: "UBND tỉnh Vĩnh Phúc".to_owned(),
        corrected: None,
    };
    steps.extend(province.steps());
    for (district, until, is_quick) in DISTRICTS {
        let before = district_round(units, district, &xa);
        let sets = [(xa.set.id.clone(), (new_xa.set.id.clone(), new_xa.version))];
        let mut plan = next_plan(&before.plan, 2022, &BTreeMap::from(sets), now).plan;
        let days = if is_quick { Days::quick(until) } else { Days::of_2022(until) };
        plan.deadlines = deadlines(&days);
        let (id, series) = (format!("vp-2022-{district}"), format!("vinh-phuc-2022-{district}"));
        let organiser_name = before.organiser_name.clone();
        steps.extend(before.steps());
        steps.extend(
            Script { id, series, plan, sets: vec![new_xa.clone()], days, organiser_name, corrected: None }.steps(),
        );
    }
    steps.extend(super::ministry::steps(units));
    steps
}

/// Departments and districts in 2021, published in the spring of 2022.
fn first_round(units: &Registry, so: Set, huyen: Set) -> Script {
    let days = Days::of_2021();
    let ranked = [Level::Department, Level::District].map(|level| ranked(units, level, None, date(2021, 12, 31)));
    let ranked = ranked.concat();
    let presets = WITHOUT_PROCEDURES.map(|unit| Preset {
        unit: unit.to_owned(),
        criterion: "3".to_owned(),
        reason: "Cơ quan không có thủ tục hành chính giải quyết cho người dân, tổ chức (mô phỏng)".to_owned(),
    });
    let mut plan = plan("Chỉ số CCHC năm 2021 tỉnh Vĩnh Phúc", 2021, "VP.SNV", "26", ranked, &days);
    plan.presets = presets.to_vec();
    plan.groups = vec![group("so", &so), group("huyen", &huyen)];
    let (id, series) = ("vp-2021".to_owned(), "vinh-phuc-2021".to_owned());
    let corrected = Some(CORRECTED).map(|(unit, day)| (unit.to_owned(), day));
    Script {
        id,
        series,
        plan,
        sets: vec![so, huyen],
        days,
        organiser_name: "UBND tỉnh Vĩnh Phúc".to_owned(),
        corrected,
    }
}

/// The communes of a district in 2021, appraised by its own offices.
fn district_round(units: &Registry, district: &str, set: &Set) -> Script {
    let days = Days::of_2021();
    let name = units.find(district, days.planned).map(|unit| unit.name.clone()).unwrap_or_default();
    let title = format!("Chỉ số CCHC năm 2021 của các xã, phường, thị trấn thuộc {name}");
    let ranked = ranked(units, Level::Commune, Some(district), date(2021, 12, 31));
    let mut plan = plan(&title, 2021, district, district, ranked, &days);
    plan.groups = vec![group("xa", set)];
    let (id, series) = (format!("vp-2021-{district}"), format!("vinh-phuc-2021-{district}"));
    let organiser_name = format!("UBND {}", name.replace("Huyện", "huyện").replace("Thành phố", "thành phố"));
    Script { id, series, plan, sets: vec![set.clone()], days, organiser_name, corrected: None }
}

/// Phú Thọ in 2026: no districts; departments and the 36 communes on the ground of Vĩnh Phúc.
fn two_tier(units: &Registry) -> Script {
    let days = Days::of_2026();
    let [so, xa] = ["pt-2026-so", "pt-2026-xa"].map(shipped);
    let ranked = [Level::Department, Level::Commune].map(|level| ranked(units, level, None, days.planned));
    let mut plan = plan("Chỉ số CCHC năm 2026 tỉnh Phú Thọ", 2026, "PT.SNV", "25", ranked.concat(), &days);
    plan.groups = vec![group("so", &so), group("xa", &xa)];
    let (id, series) = ("pt-2026".to_owned(), "phu-tho-2026".to_owned());
    Script {
        id,
        series,
        plan,
        sets: vec![so, xa],
        days,
        organiser_name: "UBND tỉnh Phú Thọ".to_owned(),
        corrected: None,
    }
}

/// A plan without its groups; who appraises is the assignment of its area, the office and the department of home
/// affairs standing in for whoever is scored himself.
fn plan(title: &str, year: i16, organiser: &str, area: &str, units: Vec<Ranked>, days: &Days) -> Plan {
    let appraisers = data::appraisers().on(area, days.planned);
    let of = |field: &str| appraisers.iter().find(|known| known.field == field).map(|known| known.unit.as_str());
    let stand_ins: Vec<&str> = ["vp-ubnd", "noi-vu"].into_iter().filter_map(of).collect();
    let substitutes = substitutes(&appraisers, &units, &stand_ins);
    Plan {
        title: title.to_owned(),
        year,
        organiser: organiser.to_owned(),
        groups: Vec::new(),
        units,
        deadlines: deadlines(days),
        appraisers,
        substitutes,
        presets: Vec::new(),
        shares: Vec::new(),
        outside: None,
    }
}

fn deadlines(days: &Days) -> Vec<Deadline> {
    days.deadlines().map(|(phase, until)| Deadline { phase, until }).to_vec()
}

/// The units of a level, of one district or of all.
fn ranked(units: &Registry, level: Level, district: Option<&str>, on: Date) -> Vec<Ranked> {
    let tree = units.as_of(on);
    let wanted = tree.ranked(level).filter(|unit| district.is_none_or(|above| unit.parent.as_deref() == Some(above)));
    let one = |unit: &cchc_units::Version| Ranked {
        code: unit.code.clone(),
        name: unit.name.clone(),
        group: level.code().to_owned(),
    };
    wanted.map(one).collect()
}

pub(super) fn group(code: &str, set: &Set) -> Group {
    Group { code: code.to_owned(), set: set.set.id.clone(), version: set.version }
}

/// A shipped set with its version: the hash of its text, as it was entered.
pub(super) fn shipped(id: &str) -> Set {
    let text = data::text(&format!("criteria/{id}.toml"));
    // A shipped set that can't be read is a mistake in the program, and a test of `data` finds it.
    let set = data::set(id).unwrap_or_else(|| panic!("không có bộ tiêu chí {id} trong chương trình"));
    Set { version: Hash::of(text.as_bytes()), text, set }
}

/// The product's own copy of last year's set.
fn copied(set: &Set) -> Set {
    let set: CriteriaSet = next_set(&set.set, set.set.year.saturating_add(1));
    let text = toml_form::write(&to_form(&set));
    Set { version: Hash::of(text.as_bytes()), text, set }
}

fn entered(set: &Set) -> Shipped {
    Shipped {
        kind: "criteria-set",
        name: set.set.id.clone(),
        content: set.text.clone(),
        basis: format!("{} (mô phỏng)", set.set.source),
    }
}
