//! Two tables of days off side by side: which days come, go or change, and what that does to due dates.

use std::collections::BTreeSet;

use cchc_text::date::vietnamese;
use cchc_text::{Difference, Finding, Findings, Line, Place};
use jiff::civil::Date;

use crate::day_off::{DayOff, weekday_label};
use crate::days_off::DaysOff;

/// Compares days off, row by row: a row is known by its day and kind.
///
/// Consequences are the years whose holidays are no more or newly known, and how many days change from
/// working to free and back.
#[must_use]
pub fn difference(old: &DaysOff, new: &DaysOff) -> Difference {
    let lines = |days: &DaysOff| days.rows().map(line).collect::<Vec<_>>();
    let mut difference = Difference::of(&lines(old), &lines(new), "ngày");
    difference.consequences.extend(years(old, new));
    difference.consequences.extend(turned(old, new));
    difference
}

fn line(row: &DayOff) -> Line {
    let line = Line {
        kin: row.date.to_string(),
        key: format!("{}:{}", row.date, row.kind.code()),
        what: format!("{}, {}", weekday_label(row.date.weekday()), vietnamese(row.date)),
        parts: Vec::new(),
    };
    line.part("loại", row.kind.label())
        .part("tên", row.name.as_str())
        .part("nguồn", row.source.as_str())
        .part("độ tin cậy", row.confidence.as_str())
}

fn years(old: &DaysOff, new: &DaysOff) -> Findings {
    let listed = |one: &DaysOff, other: &DaysOff| {
        let years = one.covered_years().filter(|year| !other.covers(*year));
        years.map(|year| year.to_string()).collect::<Vec<_>>().join(", ")
    };
    let mut findings = Findings::new();
    let (lost, gained) = (listed(old, new), listed(new, old));
    if !lost.is_empty() {
        let message =
            format!("Không còn biết ngày nghỉ lễ, tết của năm {lost}: hạn trong năm ấy sẽ tính như không có ngày lễ.");
        let finding = Finding::warning("year-lost", Place::default(), message);
        findings.push(finding.hint("Tệp tải lên thay toàn bộ lịch: giữ cả các dòng của những năm trước."));
    }
    if !gained.is_empty() {
        let message = format!("Có thêm ngày nghỉ lễ, tết của năm {gained}.");
        findings.push(Finding::note("year-added", Place::default(), message));
    }
    findings
}

/// How many days turn from working to free, and from free to working.
fn turned(old: &DaysOff, new: &DaysOff) -> Option<Finding> {
    let days: BTreeSet<Date> = old.rows().chain(new.rows()).map(|row| row.date).collect();
    let turned: Vec<Date> = days.into_iter().filter(|day| old.is_working(*day) != new.is_working(*day)).collect();
    let first = *turned.first()?;
    let free = turned.iter().filter(|day| old.is_working(**day)).count();
    let worked = turned.len().saturating_sub(free);
    let message = format!(
        "{free} ngày làm việc thành ngày nghỉ, {worked} ngày nghỉ thành ngày làm việc, sớm nhất là {}: hạn tính qua các ngày này sẽ khác.",
        vietnamese(first)
    );
    Some(Finding::note("days-turned", Place::default(), message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_text::table::{Row, Table};

    use crate::COLUMNS;

    fn days(rows: &[&str]) -> DaysOff {
        let columns = COLUMNS.map(str::to_owned).to_vec();
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        let rows = rows.iter().zip(2..).map(|(line, number)| Row { number, cells: cells(line) }).collect();
        let (days, findings) =
            DaysOff::from_table(&Table { file: "ngay.csv".into(), sheet: String::new(), columns, rows });
        assert_eq!(findings, []);
        days
    }

    const OLD: [&str; 3] = [
        "2025-01-01,Wed,holiday,Tết Dương lịch,A,high",
        "2026-01-01,Thu,holiday,Tết Dương lịch,A,high",
        "2026-01-02,Fri,swap_day_off,Hoán đổi,A,press",
    ];

    #[test]
    fn tells_days_and_what_they_do_to_due_dates() {
        let new =
            ["2026-01-01,Thu,holiday,Tết Dương lịch 2026,A,high", "2026-01-10,Sat,makeup_working_day,Làm bù,A,press"];
        let difference = difference(&days(&OLD), &days(&new));
        assert_eq!(difference.summary, "Thêm 1 ngày, sửa 1 (tên 1), bỏ 2.");
        assert_eq!(difference.changes[0].what, "thứ Năm, 01/01/2026");
        let told: Vec<String> = difference.consequences.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "[cảnh báo] Không còn biết ngày nghỉ lễ, tết của năm 2025: hạn trong năm ấy sẽ tính như không có ngày lễ. Tệp tải lên thay toàn bộ lịch: giữ cả các dòng của những năm trước.",
                "[lưu ý] 0 ngày làm việc thành ngày nghỉ, 3 ngày nghỉ thành ngày làm việc, sớm nhất là 01/01/2025: hạn tính qua các ngày này sẽ khác.",
            ]
        );
    }

    #[test]
    fn another_kind_of_the_same_day_is_a_change_of_it() {
        let mut new = OLD;
        new[2] = "2026-01-02,Fri,holiday,Hoán đổi,A,press";
        let difference = difference(&days(&OLD), &days(&new));
        assert_eq!(difference.summary, "Thêm 0 ngày, sửa 1 (loại 1), bỏ 0.");
        assert_eq!(difference.changes[0].before.as_deref(), Some("nghỉ hoán đổi"));
        assert_eq!(difference.consequences, []);
    }

    #[test]
    fn a_new_year_is_said() {
        let difference = difference(&days(&OLD[..1]), &days(&OLD));
        let codes: Vec<_> = difference.consequences.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["year-added", "days-turned"]);
        assert!(difference.consequences[1].message.starts_with("2 ngày làm việc thành ngày nghỉ, 0 ngày"));
        assert!(super::difference(&days(&OLD), &days(&OLD)).is_empty());
    }
}
