//! A package always verifies; a changed byte never does; a changed number is named.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::archive::pack;
use super::manifest::Manifest;
use super::parts::{DAYS_OFF, INPUT, MANIFEST, PUBLISHED, README, RESULT_CSV, RESULT_JSON, SET};
use super::write::all_parts;
use super::*;

/// The sample package with one text changed in one part, and every hash and the seal right again.
fn forged(part: &str, from: &str, to: &str) -> Vec<u8> {
    forged_in(&sample::package(), part, |text| {
        assert!(text.contains(from), "{text}");
        text.replacen(from, to, 1)
    })
}

fn forged_in(package: &Package, part: &str, change: impl FnOnce(String) -> String) -> Vec<u8> {
    let mut parts = all_parts(package).unwrap();
    let (_, bytes) = parts.iter_mut().find(|(name, _)| *name == part).unwrap();
    *bytes = change(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
    sealed(package, parts)
}

fn sealed(package: &Package, mut parts: Vec<(&'static str, Vec<u8>)>) -> Vec<u8> {
    let others = parts.iter().filter(|(name, _)| *name != MANIFEST);
    let hashes: BTreeMap<String, String> = others.map(|(name, bytes)| ((*name).to_owned(), hash(bytes))).collect();
    if let Some((_, manifest)) = parts.iter_mut().find(|(name, _)| *name == MANIFEST) {
        *manifest = Manifest::new(&package.about, hashes).write().unwrap();
    }
    pack(&parts).unwrap()
}

fn differences(bytes: &[u8]) -> Vec<String> {
    read(bytes, &limits()).unwrap().differences.iter().map(ToString::to_string).collect()
}

#[test]
fn a_package_comes_back_as_it_was() {
    let package = sample::package();
    let bytes = write(&package).unwrap();
    let verified = read(&bytes, &limits()).unwrap();
    assert!(verified.holds(), "{:?}", verified.differences);
    assert_eq!(verified.lines, 8);
    assert_eq!(verified.hash, hash(&bytes));
    let again = &verified.package;
    assert_eq!((&again.about, &again.published), (&package.about, &package.published));
    assert_eq!((&again.set, &again.inputs), (&package.set, &package.inputs));
    assert_eq!((&again.days_off, &again.scored), (&package.days_off, &package.scored));
    assert_eq!(write(again).unwrap(), bytes);
}

#[test]
fn a_unit_without_a_usable_row_is_kept_and_nothing_is_said_of_it() {
    let package =
        sample::package_of("unit,unit_name,group,criterion,value,of\nU1,Sở Một,so,1.1,5,16\nU3,Sở Ba,so,9.9,1,\n");
    let verified = read(&write(&package).unwrap(), &limits()).unwrap();
    assert_eq!(verified.package.inputs, package.inputs);
    assert_eq!(verified.package.inputs.units[1].name, "Sở Ba");
    assert!(verified.findings.iter().all(|finding| finding.code == "not-reported"), "{:?}", verified.findings);
}

#[test]
fn any_changed_byte_is_noticed() {
    let bytes = write(&sample::package()).unwrap();
    let holds = |bytes: &[u8]| read(bytes, &limits()).is_ok_and(|verified| verified.holds());
    assert!(holds(&bytes));
    for at in 0..bytes.len() {
        for mask in [1 << (at % 8), 0xff, 0x20] {
            let mut changed = bytes.clone();
            changed[at] ^= mask;
            assert!(!holds(&changed), "byte {at} of {}, mask {mask}", bytes.len());
        }
    }
}

#[test]
fn a_cut_or_longer_file_is_noticed() {
    let bytes = write(&sample::package()).unwrap();
    let holds = |bytes: &[u8]| read(bytes, &limits()).is_ok_and(|verified| verified.holds());
    for end in 0..bytes.len() {
        assert!(!holds(&bytes[..end]), "{end}");
    }
    for more in [&b"\0"[..], b"x", &bytes] {
        assert!(!holds(&[&bytes[..], more].concat()));
        assert!(!holds(&[more, &bytes[..]].concat()));
    }
}

#[test]
fn a_changed_result_is_named_though_every_hash_is_right() {
    let line = forged(RESULT_JSON, r#""code":"1.1","points":"19/3""#, r#""code":"1.1","points":"22/3""#);
    let expected = "result.json, đơn vị U2, tiêu chí 1.1: Điểm công bố là «7.333333», tính lại là «6.333333».";
    assert_eq!(differences(&line), [expected]);
    let class = differences(&forged(RESULT_JSON, "\"Yếu\"", "\"Tốt\""));
    assert_eq!(class, ["result.json, đơn vị U1: Xếp loại công bố là «Tốt», tính lại là «Yếu»."]);
    let ranking = differences(&forged(RESULT_CSV, "83.33", "93.33"));
    assert_eq!(ranking, ["result.csv, đơn vị U2: Cột percent công bố là «93.33», tính lại là «83.33»."]);
}

#[test]
fn a_changed_input_is_named_by_what_it_changes() {
    let changed = differences(&forged(INPUT, "1.1,19,24", "1.1,18,24"));
    let expected = "result.json, đơn vị U2, tiêu chí 1.1: Điểm công bố là «6.333333», tính lại là «6».";
    assert_eq!(changed[0], expected);
    assert!(changed.contains(&"result.json, đơn vị U2: Kết quả công bố là «83.333333», tính lại là «80».".into()));
    let renamed = differences(&forged(INPUT, "Sở Hai", "Sở Ba"));
    assert!(renamed[0].contains("Hai"), "{renamed:?}");
    let set = differences(&forged(SET, "max = \"8\"", "max = \"9\""));
    assert!(set[0].starts_with("result.json, đơn vị U2, tiêu chí 1.1: Điểm công bố là «6.333333»"), "{set:?}");
    let class = differences(&forged(SET, "from = \"80\"", "from = \"90\""));
    assert_eq!(class[0], "result.json, đơn vị U2: Xếp loại công bố là «Tốt», tính lại là «Yếu».");
}

#[test]
fn a_changed_day_off_is_noticed_where_it_decides() {
    let mut set = sample::set();
    let (form, _) = cchc_index::toml_form::read("set.toml", TIMELY);
    set.criteria = cchc_index::check::load(&form).0.unwrap().criteria;
    let input = "unit,unit_name,group,criterion,value,of\nU1,,so,1,2021-03-16,\n";
    let (inputs, _) = cchc_index::read_inputs(&set, &[sample::table(input)]);
    let days = "date,weekday,kind,name,source,confidence\n2021-03-15,Mon,holiday,Lễ,,\n";
    let (days, _) = DaysOff::from_table(&sample::table(days));
    let package = Package::build(About::default(), set, inputs, days, Vec::new());
    assert!(read(&write(&package).unwrap(), &limits()).unwrap().holds());
    let forged = forged_in(&package, DAYS_OFF, |text| text.replace("2021-03-15,Mon", "2021-03-17,Wed"));
    assert!(differences(&forged)[0].starts_with("result.json, đơn vị U1, tiêu chí 1: Điểm công bố là"));
}

const TIMELY: &str = r#"
id = "han"
title = "Hạn"
year = 2021
status = "illustrative"
total = "1"
result = "percent"
result_decimals = 2
rank_basis = "unrounded"
ties = "shared"
[[criterion]]
code = "1"
title = "Báo cáo đúng hạn"
max = "1"
rule = { kind = "timeliness", due = ["03-15"], per_day = "0.5", zero_after_days = 5 }
source = "person"
"#;

#[test]
fn parts_that_are_missing_strange_or_broken_are_told() {
    let package = sample::package();
    let without = |name: &str| {
        let mut parts = all_parts(&package).unwrap();
        parts.retain(|(part, _)| *part != name);
        read(&pack(&parts).unwrap(), &limits())
    };
    for name in [SET, INPUT, DAYS_OFF, MANIFEST] {
        assert!(matches!(without(name), Err(PackageError::Missing { part }) if part == name));
    }
    for name in [README, RESULT_JSON, RESULT_CSV, PUBLISHED] {
        let codes: Vec<_> = without(name).unwrap().differences.iter().map(|d| (d.code, d.part.clone())).collect();
        assert_eq!(codes, [("missing-part", name.to_owned())]);
    }
    let mut parts = all_parts(&package).unwrap();
    parts.push(("../ke-gian.exe", b"MZ".to_vec()));
    let strange = differences(&sealed(&package, parts));
    assert_eq!(strange, ["../ke-gian.exe: Thành phần này không thuộc gói; không được đọc."]);
    let broken = differences(&forged(RESULT_JSON, "\"units\":[", "\"units\":{"));
    assert_eq!(broken, ["result.json: Không đọc được thành phần này: không đúng cấu trúc ở dòng 1."]);
    let broken = read(&forged(SET, "title =", "title "), &limits()).unwrap_err();
    assert!(broken.to_string().starts_with("Không đọc được «set.toml»: [lỗi] set.toml, dòng 2"), "{broken}");
}

#[test]
fn a_part_that_is_not_in_the_manifest_is_noticed() {
    let mut parts = all_parts(&sample::package()).unwrap();
    let published = parts.iter_mut().find(|(name, _)| *name == PUBLISHED).unwrap();
    published.1.extend(b"U2,,x,1,\n");
    let told = differences(&pack(&parts).unwrap());
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("published.csv: Mã băm không khớp: manifest.json ghi «b3:"));
}

#[test]
fn a_file_without_seal_is_read_but_does_not_hold() {
    let mut bytes = write(&sample::package()).unwrap();
    bytes.truncate(bytes.len() - seal::HASH_CHARS);
    let at = bytes.len() - 2;
    bytes[at] = 0;
    assert_eq!(differences(&bytes), ["Gói không có niêm phong ở cuối tệp: không phải tệp nguyên gốc."]);
}

#[test]
fn a_result_that_was_not_computed_is_not_written() {
    let mut package = sample::package();
    package.scored.units[0].rank = Some(2);
    let error = write(&package).unwrap_err();
    assert_eq!(error.code(), "not-reproducible");
    assert!(error.to_string().contains("đơn vị U2: Hạng công bố là «2», tính lại là «1»"), "{error}");
}

#[test]
fn a_partial_package_verifies_without_totals() {
    let mut package = sample::package();
    package.about.partial = true;
    package.published.clear();
    let bytes = write(&package).unwrap();
    let verified = read(&bytes, &limits()).unwrap();
    assert!(verified.holds() && verified.package.about.partial);
    let claimed = forged_in(&package, RESULT_JSON, |text| text.replacen("\"rank\":null", "\"rank\":1", 1));
    assert_eq!(differences(&claimed), ["result.json, đơn vị U2: Hạng công bố là «1», tính lại là (không có)."]);
}

/// One row of an input file: anything that people may send.
fn row() -> impl Strategy<Value = String> {
    let unit = prop::sample::select(vec!["U1", "U2", "H21.17", "Xã Đồng Tĩnh"]);
    let name = prop::sample::select(vec!["", "Sở Một", "\"Sở «Hai», mới\"", "=1+1", " Sở Ba"]);
    let group = prop::sample::select(vec!["", "so", "huyen", "la"]);
    let code = prop::sample::select(vec!["1", "1.1", "1.1", "1.1", "1.2", "1.2", "C.1", "T.1", "9.9", ""]);
    let value = prop_oneof![
        prop::sample::select(vec!["na", "", "co", "khong", "KHÔNG ÁP DỤNG", "-1", "1.234", "\"1,5\"", "\"a\nb\""])
            .prop_map(str::to_owned),
        (0..2_000_u32).prop_map(|number| number.to_string()),
    ];
    let of = prop_oneof![Just(String::new()), (0..2_000_u32).prop_map(|number| number.to_string())];
    (unit, name, group, code, value, of)
        .prop_map(|(unit, name, group, code, value, of)| format!("{unit},{name},{group},{code},{value},{of}\n"))
}

fn any_package() -> impl Strategy<Value = Package> {
    let places = prop::option::of(0..4_u8);
    let rows = prop::collection::vec(row(), 0..24);
    (rows, places, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(rows, places, printed, points, partial)| {
        let mut set = sample::set();
        set.line_decimals = places;
        if printed {
            (set.rank_basis, set.ties) = (cchc_index::set::RankBasis::Printed, cchc_index::set::Ties::Dense);
            set.tie_break = vec!["1.1".into()];
        }
        if points {
            set.result = cchc_index::set::ResultBasis::Points;
        }
        let input = format!("unit,unit_name,group,criterion,value,of\n{}", rows.concat());
        let (inputs, _) = cchc_index::read_inputs(&set, &[sample::table(&input)]);
        let about = About { partial, title: "Thử".into(), ..About::default() };
        Package::build(about, set, inputs, sample::days_off(), Vec::new())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_package_always_verifies(package in any_package()) {
        let bytes = write(&package).unwrap();
        let verified = read(&bytes, &limits()).unwrap();
        prop_assert!(verified.holds());
        prop_assert_eq!(&verified.package.scored.units, &package.scored.units);
        prop_assert_eq!(write(&verified.package).unwrap(), bytes);
    }

    #[test]
    fn a_changed_byte_never_does(package in any_package(), at in any::<prop::sample::Index>(), mask in 1..=255_u8) {
        let mut bytes = write(&package).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= mask;
        prop_assert!(!read(&bytes, &limits()).is_ok_and(|verified| verified.holds()));
    }

    #[test]
    fn bytes_from_outside_never_break_it(mut bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        bytes.splice(0..0, *b"PK\x03\x04");
        prop_assert!(read(&bytes, &limits()).is_err());
    }
}
