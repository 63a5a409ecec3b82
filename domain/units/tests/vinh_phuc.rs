//! The shipped files: Vĩnh Phúc, its departments, and Phú Thọ after 1/7/2025.

mod common;

use cchc_units::{EventKind, Level, Passage, Registry, UnitError, UnitId, Version};
use common::{DEPARTMENTS, OFFICES, UNITS, day, shipped, table};

fn ids(versions: &[&Version]) -> Vec<String> {
    versions.iter().map(|version| version.unit.to_string()).collect()
}

fn sentences(registry: &Registry, id: &str) -> Vec<String> {
    let events = registry.history(&id.parse().unwrap()).unwrap();
    events.iter().map(|event| format!("{} {}", event.day(), event.sentence()).trim().to_owned()).collect()
}

#[test]
fn counts_on_the_known_days() {
    let registry = shipped();
    let counts = |on| {
        let tree = registry.as_of(day(on));
        Level::ALL.map(|level| tree.count(level))
    };
    assert_eq!(counts("2021-10-14"), [1, 19, 9, 136]);
    assert_eq!(counts("2023-04-10"), [1, 19, 9, 136]);
    assert_eq!(counts("2024-12-31"), [1, 19, 9, 136]);
    assert_eq!(counts("2025-01-01"), [1, 19, 9, 121]);
    assert_eq!(counts("2025-03-01"), [1, 14, 9, 121]);
    assert_eq!(counts("2025-07-01"), [1, 14, 0, 36]);
}

#[test]
fn three_communes_changed_type_in_2023() {
    let registry = shipped();
    for (code, before, after) in [
        ("08725", "Xã Định Trung", "Phường Định Trung"),
        ("08878", "Xã Kim Long", "Thị trấn Kim Long"),
        ("09043", "Xã Tam Hồng", "Thị trấn Tam Hồng"),
    ] {
        assert_eq!(registry.find(code, day("2023-04-09")).unwrap().name, before);
        assert_eq!(registry.find(code, day("2023-04-10")).unwrap().name, after);
        assert!(registry.same_unit(code, day("2023-04-09"), day("2023-04-10")).unwrap());
    }
}

#[test]
fn protocol_order_of_two_and_three_tiers() {
    let registry = shipped();
    let tree = registry.as_of(day("2021-10-14"));
    let codes: Vec<_> = tree.iter().map(|node| (node.depth, node.version.code.as_str())).collect();
    assert_eq!(codes[..3], [(0, "26"), (1, "VP.VPUBND"), (1, "VP.TTr")]);
    assert_eq!(codes[18..22], [(1, "VP.BDT"), (1, "VP.BQLKCN"), (1, "243"), (2, "08707")]);
    let district = codes.iter().position(|node| node.1 == "244").unwrap();
    assert_eq!(codes[district - 1], (2, "08731"));
    assert_eq!(codes[district + 1], (2, "08734"));

    let tree = registry.as_of(day("2025-07-01"));
    let codes: Vec<_> = tree.iter().map(|node| (node.depth, node.version.code.as_str())).collect();
    assert_eq!(codes[..2], [(0, "25"), (1, "PT.VPUBND")]);
    assert_eq!(codes[14..17], [(1, "PT.BQLKCN"), (1, "08707"), (1, "08716")]);
    assert_eq!(tree.children("25").count(), 50);
}

#[test]
fn one_code_three_units() {
    let registry = shipped();
    let units: Vec<_> = registry.units_of_code("08740").into_iter().map(ToString::to_string).collect();
    assert_eq!(units, ["08740", "08740@2025-01-01", "08740@2025-07-01"]);
    assert!(!registry.same_unit("08740", day("2024-12-31"), day("2025-01-01")).unwrap());

    let steps = registry.trace("08734", day("2021-10-14"), day("2025-07-01")).unwrap();
    let path: Vec<_> = steps
        .iter()
        .map(|step| (step.on.to_string(), step.before.name.as_str(), step.passage, step.after.unwrap().name.as_str()))
        .collect();
    assert_eq!(
        path,
        [
            ("2025-01-01".into(), "Phường Trưng Trắc", Passage::Merged, "Phường Hai Bà Trưng"),
            ("2025-07-01".into(), "Phường Hai Bà Trưng", Passage::Merged, "Phường Phúc Yên"),
        ]
    );
    assert_eq!(
        [steps[0].legal_basis, steps[1].legal_basis],
        ["1287/NQ-UBTVQH15 (14/11/2024)", "1676/NQ-UBTVQH15 (2025)"]
    );

    assert_eq!(
        sentences(&registry, "08740@2025-01-01"),
        [
            "01/01/2025 Thành lập trên cơ sở hợp nhất Phường Trưng Trắc và Phường Trưng Nhị.",
            "01/07/2025 Cùng đơn vị khác hợp nhất thành Phường Phúc Yên.",
        ]
    );
    assert_eq!(
        ids(&registry.predecessors_at("08740", day("2021-10-14"), day("2025-07-01")).unwrap()),
        ["08734", "08737", "08740", "08743", "08755", "08758"]
    );
    assert_eq!(registry.origins("08740", day("2025-07-01")).unwrap().len(), 7);
}

#[test]
fn the_same_unit_through_a_new_type() {
    let registry = shipped();
    assert_eq!(
        sentences(&registry, "08725"),
        [
            "Có từ trước khi dữ liệu bắt đầu.",
            "10/04/2023 Chuyển từ xã thành phường: Phường Định Trung.",
            "01/07/2025 Cùng đơn vị khác hợp nhất thành Phường Vĩnh Phúc.",
        ]
    );
    let unit = registry.unit(&"08725".parse().unwrap()).unwrap();
    assert_eq!((unit.earlier.len(), unit.last.name.as_str()), (1, "Phường Định Trung"));
}

#[test]
fn a_department_absorbs_and_stays_itself() {
    let registry = shipped();
    assert_eq!(
        sentences(&registry, "VP.STC"),
        [
            "Có từ trước khi dữ liệu bắt đầu.",
            "01/03/2025 Nhận sáp nhập Sở Kế hoạch và Đầu tư.",
            "01/07/2025 Chuyển thành Sở Tài chính.",
        ]
    );
    assert_eq!(sentences(&registry, "VP.SKHĐT")[1], "01/03/2025 Sáp nhập vào Sở Tài chính.");
    assert_eq!(
        sentences(&registry, "VP.SNNMT@2025-03-01")[0],
        "01/03/2025 Thành lập trên cơ sở hợp nhất Sở Nông nghiệp và Phát triển nông thôn và Sở Tài nguyên và Môi trường."
    );
    assert_eq!(sentences(&registry, "VP.SDTTG@2025-03-01")[0], "01/03/2025 Thành lập từ Ban Dân tộc.");
    assert!(registry.same_unit("VP.STC", day("2025-02-28"), day("2025-03-01")).unwrap());
    let before = registry.predecessors_at("VP.STC", day("2025-02-28"), day("2025-03-01")).unwrap();
    assert_eq!(ids(&before), ["VP.SKHĐT", "VP.STC"]);
    let not_yet = registry.predecessors_at("VP.STC", day("2025-01-01"), day("2025-02-28")).unwrap();
    assert_eq!(ids(&not_yet), ["VP.STC"]);
    let now = registry.successors_at("VP.SKHĐT", day("2021-10-14"), day("2026-11-24")).unwrap();
    assert_eq!(ids(&now), ["PT.STC@2025-07-01"]);
    let department = registry.find("VP.STC", day("2025-03-01")).unwrap();
    assert_eq!((department.level, department.kind.as_str()), (Level::Department, "so"));
    assert_eq!(department.symbol.as_deref(), Some("STC"));
    assert_eq!(registry.parent(department, day("2025-03-01")).unwrap().name, "Tỉnh Vĩnh Phúc");
}

#[test]
fn districts_end_without_a_successor() {
    let registry = shipped();
    let steps = registry.trace("246", day("2021-10-14"), day("2025-07-01")).unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!((steps[0].on, steps[0].after, steps[0].passage), (day("2025-07-01"), None, Passage::Ended));
    assert!(registry.successors_at("246", day("2021-10-14"), day("2025-07-01")).unwrap().is_empty());
    let events = registry.history(&"246".parse().unwrap()).unwrap();
    assert_eq!(events.last().unwrap().kind, EventKind::Ended);
}

#[test]
fn the_province_becomes_another() {
    let registry = shipped();
    let steps = registry.trace("26", day("2021-10-14"), day("2025-07-01")).unwrap();
    assert_eq!((steps[0].passage, steps[0].after.unwrap().code.as_str()), (Passage::Succeeded, "25"));
    assert!(registry.trace("26", day("2021-10-14"), day("2025-06-30")).unwrap().is_empty());
}

#[test]
fn every_commune_of_2021_arrives_in_2025() {
    let registry = shipped();
    let (then, now) = (day("2021-10-14"), day("2025-07-01"));
    let mut reached = std::collections::BTreeSet::new();
    for node in registry.as_of(then).into_iter().filter(|node| node.version.level == Level::Commune) {
        let arrived = registry.successors_at(&node.version.code, then, now).unwrap();
        assert_eq!(arrived.len(), 1, "{}", node.version.code);
        reached.insert(&arrived[0].unit);
    }
    assert_eq!(reached.len(), 36);
}

#[test]
fn a_wrong_question_gets_a_hint() {
    let registry = shipped();
    let error = registry.find("8707", day("2021-10-14")).unwrap_err();
    assert_eq!(error.to_string(), "Không có đơn vị nào mang mã «8707».");
    assert!(error.hint().unwrap().starts_with("Có phải: 08707 Phường"), "{:?}", error.hint());

    let error = registry.find("tich son", day("2021-10-14")).unwrap_err();
    assert_eq!(error.hint().unwrap(), "Có phải: 08707 Phường Tích Sơn?");

    let error = registry.find("08734", day("2025-01-01")).unwrap_err();
    assert_eq!(error.to_string(), "Mã «08734» không có hiệu lực ngày 01/01/2025.");
    assert_eq!(error.hint().unwrap(), "Mã này có hiệu lực đến 31/12/2024.");

    let error = registry.trace("26", day("2025-07-01"), day("2021-10-14")).unwrap_err();
    assert!(matches!(error, UnitError::Backwards { .. }));

    let nobody: UnitId = "08740@2024-01-01".parse().unwrap();
    assert!(matches!(registry.history(&nobody), Err(UnitError::UnknownUnit { .. })));
    assert_eq!(registry.find("zzzzzzzzzzzzzzzz", day("2021-10-14")).unwrap_err().hint(), None);
}

#[test]
fn districts_have_their_offices_until_they_end_and_the_province_has_none_of_them() {
    let files = [("units", UNITS), ("departments", DEPARTMENTS), ("offices", OFFICES)];
    let (registry, findings) = Registry::from_tables(&files.map(|(name, text)| table(name, text)));
    assert!(findings.is_empty(), "{findings:#?}");
    let ranked = |on| registry.as_of(day(on)).ranked(Level::Department).count();
    assert_eq!((ranked("2021-10-14"), ranked("2025-07-01")), (19, 14));
    let offices = |on| registry.as_of(day(on)).iter().filter(|node| node.version.is_office()).count();
    assert_eq!((offices("2021-10-14"), offices("2025-06-30"), offices("2025-07-01")), (63, 63, 0));
    let tree = registry.as_of(day("2023-01-16"));
    let of_city: Vec<&str> = tree.children("243").take(2).map(|unit| unit.code.as_str()).collect();
    assert_eq!(of_city, ["243.NV", "243.TP"], "offices stand before communes");
    assert_eq!(registry.full_name("243.NV", day("2023-01-16")), "Phòng Nội vụ, Thành phố Vĩnh Yên");
    assert_eq!(registry.full_name("VP.SNV", day("2023-01-16")), "Sở Nội vụ");
    assert_eq!(registry.full_name("khong-co", day("2023-01-16")), "khong-co");
}
