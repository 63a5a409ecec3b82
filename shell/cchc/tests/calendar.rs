//! `cchc calendar` as a person runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn cchc(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_cchc")).arg("calendar").args(arguments).current_dir(root).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn told(arguments: &[&str]) -> String {
    let output = cchc(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", complained(&output));
    said(&output)
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn days_of_a_period() {
    let text = told(&["days", "--from", "2019-01-01", "--to", "2050-12-31", "--format", "csv"]);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("date,kind,name"));
    assert_eq!(lines.next(), Some("2019-01-01,holiday,Tết Dương lịch"));
    for line in [
        "2019-01-05,makeup_work,Làm bù cho ngày 31/12/2018",
        "2019-04-14,holiday,Giỗ Tổ Hùng Vương",
        "2019-04-15,compensation,Nghỉ bù Giỗ Tổ Hùng Vương",
        "2030-02-01,holiday,Tết Nguyên đán (ngày cuối năm âm lịch)",
        "2030-02-02,holiday,Tết Nguyên đán (mùng 1)",
        "2050-09-03,holiday,Quốc khánh",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}");
    }
    assert!(text.contains("2026-08-31,swap_off,"));
}

#[test]
fn days_say_how_sure_they_are() {
    let text = told(&["days", "--from", "27/08/2027", "--to", "2027-09-05"]);
    assert_eq!(
        text,
        "02/09/2027  nghỉ lễ, tết: Quốc khánh (theo luật, Bộ luật Lao động 2019, Điều 112)\n\
         03/09/2027  nghỉ lễ, tết: Quốc khánh (dự kiến, Bộ luật Lao động 2019, Điều 112)\n"
    );
    let decided = file(
        "days-2027.csv",
        "date,weekday,kind,name,source,confidence\n2027-09-01,Wed,holiday,Quốc khánh,TB 1,high\n",
    );
    let text = told(&["days", "--from", "2027-08-27", "--to", "2027-09-05", "--days-off", decided.to_str().unwrap()]);
    assert!(text.contains("01/09/2027") && text.contains("đã công bố, TB 1") && !text.contains("03/09"), "{text}");
}

#[test]
fn a_due_date_and_why() {
    let start = ["due", "--from", "2025-01-24T09:30", "--limit"];
    let with = |rest: &[&str]| told(&[&start, rest].concat());
    assert_eq!(with(&["3wd"]), "2025-02-05T17:00\n");
    assert_eq!(with(&["03 ngày làm việc"]), "2025-02-05T17:00\n");
    assert_eq!(with(&["16wh", "--convention", "exact"]), "2025-02-04T10:30\n");
    let paused = ["3wd", "--pause", "2025-02-03T10:00..2025-02-04T09:00", "--pause", "2025-02-05..2025-02-06"];
    assert_eq!(with(&paused), "2025-02-07T17:00\n");
    let text = with(&["3wd", "--explain"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "2025-02-05T17:00");
    assert!(lines[1].starts_with("3 ngày làm việc từ 09:30 ngày 24/01/2025"), "{text}");
    assert_eq!(lines[2], "  24/01/2025, thứ Sáu: ngày tiếp nhận, không tính");
    assert_eq!(lines[14], "  05/02/2025, thứ Tư: ngày làm việc thứ 3");
    let text = told(&["due", "--from", "2027-02-01", "--limit", "5wd"]);
    assert!(text.starts_with("2027-02-15T17:00\nDự kiến: chưa có quyết định về ngày nghỉ 05/02/2027"), "{text}");
}

#[test]
fn a_unit_keeps_its_own_hours() {
    let rows = "unit,weekdays,from,to,valid_from,valid_to,source,confidence\n\
                ,Mon-Fri,07:30,11:30,,,a,high\nH21,Mon-Fri,08:00,12:00,2025-01-01,,b,high\n";
    let hours = file("hours.csv", rows);
    let due = |unit: &[&str]| {
        let start = ["due", "--from", "2025-11-10T09:00", "--limit", "1wd", "--hours", hours.to_str().unwrap()];
        told(&[&start, unit].concat())
    };
    assert_eq!(due(&[]), "2025-11-11T11:30\n");
    assert_eq!(due(&["--unit", "H21"]), "2025-11-11T12:00\n");
    let output = cchc(&["due", "--from", "2025-11-10", "--limit", "1wd", "--unit", "KHONG.CO"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("KHONG.CO"));
    let output = cchc(&["due", "--from", "2025-11-10", "--limit", "1wd", "--unit", "VP.SNV"]);
    assert_eq!(said(&output), "2025-11-11T17:00\n");
    assert!(complained(&output).contains("giờ chung"));
}

#[test]
fn due_dates_of_a_file() {
    let input = file(
        "due.csv",
        "start,limit\n2025-01-24T09:30,3wd\n24/01/2025 09:30,trong ngày\n2025-01-24,0wd\nx,1d\n1990-01-01,1d\n",
    );
    let output = cchc(&["due", "--input", input.to_str().unwrap(), "--format", "csv"]);
    assert_eq!(
        said(&output),
        "start,limit,due\n2025-01-24T09:30,3wd,2025-02-05T17:00\n24/01/2025 09:30,trong ngày,2025-01-24T17:00\n\
         2025-01-24,0wd,\nx,1d,\n1990-01-01,1d,\n"
    );
    assert_eq!(output.status.code(), Some(1));
    let complaints = complained(&output);
    assert!(complaints.contains("due.csv, dòng 4") && complaints.contains("lớn hơn 0"), "{complaints}");
    assert!(complaints.contains("3 lỗi"), "{complaints}");
    let wrong = file("due-wrong.csv", "a,b\n1,2\n");
    assert_eq!(cchc(&["due", "--input", wrong.to_str().unwrap()]).status.code(), Some(2));
}

#[test]
fn lunar_dates() {
    assert_eq!(told(&["lunar", "2030-02-02"]), "2030-01-01\n");
    assert_eq!(told(&["lunar", "22/12/2033"]), "2033-11+-01\n");
    let text = told(&["lunar", "--from", "1950-01-01", "--to", "2100-12-31", "--format", "csv"]);
    assert_eq!(text.lines().count(), 55_153);
    assert!(text.starts_with("date,lunar\n1950-01-01,1949-11-13\n"), "{}", &text[..60]);
    let output = cchc(&["lunar", "2200-01-01"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("31/12/2199"));
}

#[test]
fn what_can_not_be_counted_is_refused() {
    for (arguments, reason) in [
        (&["due", "--from", "2025-01-24", "--limit", "8 giờ"][..], "giờ làm việc"),
        (&["due", "--from", "1994-01-24", "--limit", "1wd"], "1995"),
        (&["due", "--from", "2025-01-24", "--limit", "1wd", "--pause", "2025-01-25"], "TỪ..ĐẾN"),
        (&["due", "--from", "2025-01-24"], "--limit"),
        (&["days", "--from", "1990-01-01"], "01/01/1995"),
        (&["days", "--from", "2025-02-01", "--to", "2025-01-01"], "đứng sau"),
    ] {
        let output = cchc(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(complained(&output).contains(reason), "{}", complained(&output));
    }
}
