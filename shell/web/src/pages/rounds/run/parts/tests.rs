use std::collections::BTreeMap;

use cchc_index::round::{Assigned, Group, Phase, Ranked};

use super::super::{OfferedSet, OfferedUnit};
use super::*;
use crate::form::testing::sent;

fn plan() -> Plan {
    let unit = |code: &str| Ranked { code: code.into(), name: format!("Đơn vị {code}"), group: "so".into() };
    Plan {
        title: "Đợt".into(),
        year: 2022,
        organiser: "26".into(),
        groups: vec![Group { code: "so".into(), set: "thu".into(), version: Hash::default() }],
        units: vec![unit("A"), unit("B")],
        deadlines: Vec::new(),
        appraisers: vec![Assigned { field: "noi-vu".into(), unit: "A".into() }],
        substitutes: Vec::new(),
        presets: Vec::new(),
        shares: Vec::new(),
        outside: None,
    }
}

fn offer() -> Offer {
    let set = |name: &str, group: &str| OfferedSet {
        name: name.into(),
        version: Hash([1; 32]),
        title: "Bộ".into(),
        year: 2022,
        group: (group.into(), group.into()),
    };
    let unit = |code: &str| OfferedUnit { code: code.into(), name: code.into(), label: code.into(), group: "so" };
    Offer {
        sets: vec![set("thu", "so"), set("thu-2", "so"), set("xa", "xa")],
        units: ["C", "A", "B"].map(unit).to_vec(),
        agencies: ["A", "B"].map(|code| (code.into(), code.into())).to_vec(),
    }
}

fn change(part: Part, values: &[(&str, &str)]) -> Result<Plan, Box<FormView>> {
    let (plan, offer, unit) = (plan(), offer(), |code: &str| code.to_owned());
    let changing = Changing {
        round: "r",
        plan: &plan,
        sets: &BTreeMap::new(),
        offer: &offer,
        unit: &unit,
        scored: "",
        proposed: vec![],
    };
    let seen = seen(&plan);
    let mut all = vec![(SEEN, seen.as_str())];
    all.extend_from_slice(values);
    let sent = sent(&all);
    changing.read(part, changing.form(part, "1").0.filled(&sent), &sent)
}

fn wrong(part: Part, values: &[(&str, &str)]) -> Vec<String> {
    let form = *change(part, values).unwrap_err();
    form.wrongs.into_iter().chain(form.fields.into_iter().filter_map(|field| field.wrong)).collect()
}

#[test]
fn last_days_are_in_the_order_of_the_phases() {
    let plan = change(Part::Deadlines, &[("han-tu-cham", "18/01/2023"), ("han-giai-trinh", "2023-02-25")]).unwrap();
    assert_eq!(plan.deadline(Phase::Explaining).unwrap().to_string(), "2023-02-25");
    let early = [("han-tu-cham", "18/01/2023"), ("han-tham-dinh-1", "17/01/2023")];
    assert_eq!(wrong(Part::Deadlines, &early), ["trước hạn của bước Tự chấm điểm, 18/01/2023"]);
    assert_eq!(wrong(Part::Deadlines, &[]), ["chưa điền"]);
}

#[test]
fn a_group_has_one_set_in_its_version_in_force() {
    let plan = change(Part::Sets, &[("nhom", "so|thu"), ("nhom", "xa|xa")]).unwrap();
    assert_eq!((plan.groups.len(), plan.groups[0].version), (2, Hash([1; 32])));
    assert_eq!(wrong(Part::Sets, &[("nhom", "so|thu"), ("nhom", "so|thu-2")]).len(), 1);
    assert_eq!(wrong(Part::Sets, &[("nhom", "so|khong-co")]).len(), 1);
}

#[test]
fn units_come_and_go_in_the_order_of_protocol() {
    let plan = change(Part::Units, &[("them", "C"), ("bo", "B")]).unwrap();
    let codes: Vec<&str> = plan.units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(codes, ["C", "A"]);
    assert_eq!(wrong(Part::Units, &[("them", "D")]).len(), 1, "a unit that is not there today");
}

#[test]
fn nobody_stands_in_for_himself_and_what_was_changed_meanwhile_is_said() {
    assert_eq!(wrong(Part::Substitutes, &[("co-quan.noi-vu.A", "A")]), ["A không thể thay thế chính mình."]);
    let plan = change(Part::Substitutes, &[("co-quan.noi-vu.A", "B")]).unwrap();
    assert_eq!(plan.appraiser("noi-vu", "A"), Some("B"));
    let (old, offer, unit) = (plan, offer(), |code: &str| code.to_owned());
    let changing = Changing {
        round: "r",
        plan: &old,
        sets: &BTreeMap::new(),
        offer: &offer,
        unit: &unit,
        scored: "",
        proposed: vec![],
    };
    let late = sent(&[(SEEN, "khac"), ("ten", "Tên mới"), ("nam", "2022")]);
    assert!(changing.read(Part::Title, changing.form(Part::Title, "1").0, &late).is_err());
}
