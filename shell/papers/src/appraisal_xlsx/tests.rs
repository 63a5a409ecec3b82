use super::*;
use crate::Limits;

fn paper(set: &CriteriaSet) -> AppraisalPaper<'_> {
    let row = |unit: &str, decided: &str, closed: Option<&str>| PaperRow {
        unit: unit.into(),
        name: format!("Xã {unit}"),
        answer: "5 / 16".into(),
        points: "2,63".into(),
        decided: decided.into(),
        reason: "theo báo cáo".into(),
        mark: format!("dau-{unit}"),
        closed: closed.map(str::to_owned),
        ..PaperRow::default()
    };
    let rows = vec![row("08707", "chấp nhận", None), row("08710", "", None), row("0100", "x", Some("chưa nộp phiếu"))];
    AppraisalPaper { set, round: "xa-2023", title: "Chỉ số", code: "1.1", rows }
}

#[test]
fn what_was_decided_comes_back_with_what_it_relied_on() {
    let package = crate::package::sample::package();
    let bytes = write(&paper(&package.set)).unwrap();
    assert_eq!(bytes, write(&paper(&package.set)).unwrap(), "equal content, equal bytes");
    let (rows, findings) = read(("xa-2023", "1.1"), "a.xlsx", &bytes, &Limits::default()).unwrap();
    assert_eq!(findings, []);
    assert_eq!(rows.len(), 2, "an empty decision says nothing: {rows:?}");
    assert_eq!(
        (rows[0].unit.as_str(), rows[0].value.as_str(), rows[0].mark.as_str()),
        ("08707", "chấp nhận", "dau-08707")
    );
    assert_eq!(rows[0].place.to_string(), "a.xlsx, ô Thẩm định!E2, đơn vị 08707");
}

#[test]
fn a_workbook_of_another_criterion_or_round_gives_nothing() {
    let package = crate::package::sample::package();
    let bytes = write(&paper(&package.set)).unwrap();
    for about in [("xa-2024", "1.1"), ("xa-2023", "1.2")] {
        let (rows, findings) = read(about, "a.xlsx", &bytes, &Limits::default()).unwrap();
        assert_eq!((rows.len(), findings[0].code), (0, "wrong-sheet"));
    }
}
