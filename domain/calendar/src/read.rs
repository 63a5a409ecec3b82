//! Reading the table of days off, with every finding at once.

use cchc_text::date::{parse, vietnamese};
use cchc_text::table::{Row, Table};
use cchc_text::{Finding, Findings, Place};

use crate::day_off::{DayKind, DayOff, is_weekend, weekday_code};
use crate::days_off::{DaysOff, Refused};

/// The columns of the table, in their order.
pub const COLUMNS: [&str; 6] = ["date", "weekday", "kind", "name", "source", "confidence"];

/// Without these two a row says nothing.
const REQUIRED: [&str; 2] = ["date", "kind"];

impl DaysOff {
    /// Reads the rows of a table with the columns of [`COLUMNS`]; dates are `2021-02-10` or `10/02/2021`.
    ///
    /// A row that can't be read is left out and reported; so are contradictions, repeated rows and
    /// weekdays that are not those of their date. Without `date` or `kind` nothing can be read.
    #[must_use]
    pub fn from_table(table: &Table) -> (Self, Findings) {
        let mut days = Self::default();
        let mut findings = missing_columns(table);
        if REQUIRED.iter().any(|name| table.column(name).is_none()) {
            return (days, findings);
        }
        for row in &table.rows {
            let Some(day) = read_row(table, row, &mut findings) else { continue };
            let date = vietnamese(day.date);
            let place = table.place(row, table.column("date").unwrap_or_default());
            match days.admit(day) {
                Ok(()) => {}
                Err(Refused::Repeats) => findings.push(Finding::note(
                    "duplicate-day-off",
                    place,
                    format!("Dòng này lặp lại một dòng đã có của ngày {date}; chỉ tính một lần."),
                )),
                Err(Refused::Contradicts(kind)) => findings.push(
                    Finding::error(
                        "contradicting-day-off",
                        place,
                        format!(
                            "Ngày {date} đã được ghi là «{}»; dòng nói ngược lại này không được dùng.",
                            kind.code()
                        ),
                    )
                    .hint("Giữ một trong hai dòng, theo văn bản mới nhất."),
                ),
            }
        }
        (days, findings)
    }
}

fn missing_columns(table: &Table) -> Findings {
    let missing = COLUMNS.iter().filter(|name| table.column(name).is_none());
    missing
        .map(|name| {
            let place = Place::file(table.file.clone());
            let message = format!("Bảng ngày nghỉ thiếu cột «{name}».");
            let finding = if REQUIRED.contains(name) {
                Finding::error("missing-column", place, message)
            } else {
                Finding::warning("missing-column", place, message)
            };
            finding.hint(format!("Các cột cần có: {}.", COLUMNS.join(", ")))
        })
        .collect()
}

fn read_row(table: &Table, row: &Row, findings: &mut Findings) -> Option<DayOff> {
    let text = |name: &str| row.text(table.column(name)).trim();
    let place = |name: &str| table.place(row, table.column(name).unwrap_or_default());
    let date = parse(text("date"));
    if let Err(error) = &date {
        findings.push(Finding::error("bad-date", place("date"), format!("«{}»: {error}.", text("date"))));
    }
    let kind = DayKind::from_code(text("kind"));
    if kind.is_none() {
        let known = DayKind::ALL.map(DayKind::code).join(", ");
        findings.push(
            Finding::error("unknown-day-kind", place("kind"), format!("Không có loại ngày «{}».", text("kind")))
                .hint(format!("Các loại: {known}.")),
        );
    }
    let (date, kind) = (date.ok()?, kind?);
    let weekday = weekday_code(date.weekday());
    let written = text("weekday");
    if !written.is_empty() && !written.eq_ignore_ascii_case(weekday) {
        let message = format!("Ngày {} là «{weekday}», không phải «{written}».", vietnamese(date));
        findings.push(Finding::warning("wrong-weekday", place("weekday"), message).hint("Xem lại ngày của dòng này."));
    }
    if kind.belongs_on_weekend() != is_weekend(date) {
        let where_it_is = if is_weekend(date) { "thứ Bảy hoặc Chủ nhật" } else { "ngày trong tuần" };
        let message = format!("«{}» mà ngày {} lại là {where_it_is}.", kind.code(), vietnamese(date));
        findings.push(
            Finding::warning("unlikely-day-kind", place("kind"), message).hint("Xem lại ngày và loại của dòng này."),
        );
    }
    let own = |name: &str| text(name).to_owned();
    Some(DayOff { date, kind, name: own("name"), source: own("source"), confidence: own("confidence") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (DaysOff, Findings) {
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let columns = lines.next().unwrap();
        let rows = lines.zip(2..).map(|(cells, number)| Row { number, cells }).collect();
        DaysOff::from_table(&Table { file: "ngay-nghi.csv".into(), sheet: String::new(), columns, rows })
    }

    #[test]
    fn reports_everything_at_once() {
        let (days, findings) = read(
            "date,weekday,kind,name,source,confidence\n\
             2021-02-30,Tue,holiday,a,s,high\n\
             32/02/2021,Wed,tet,a,s,high\n\
             2021-02-10,Thu,holiday,a,s,high\n\
             2021-02-10,Wed,makeup_working_day,a,s,high\n\
             2021-02-10,,holiday,a,s,high\n\
             2021-02-13,Sat,holiday,a,s,high",
        );
        let found: Vec<_> = findings.iter().map(|finding| (finding.place.line.unwrap(), finding.code)).collect();
        let expected = [
            (2, "bad-date"),
            (3, "bad-date"),
            (3, "unknown-day-kind"),
            (4, "wrong-weekday"),
            (5, "unlikely-day-kind"),
            (5, "contradicting-day-off"),
            (6, "duplicate-day-off"),
            (7, "unlikely-day-kind"),
        ];
        assert_eq!(found, expected);
        assert_eq!(days.rows().count(), 2);
        assert!(!days.is_working("2021-02-10".parse().unwrap()));
    }

    #[test]
    fn a_table_without_dates_gives_nothing_but_says_so() {
        let (days, findings) = read("ngày,kind\n2021-02-10,holiday");
        assert_eq!(days, DaysOff::default());
        let missing: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(missing.len(), 5);
        assert_eq!(missing[0], "Bảng ngày nghỉ thiếu cột «date».");
    }

    #[test]
    fn two_holidays_on_one_day_are_both_kept() {
        let (days, findings) =
            read("date,kind,name,weekday,source,confidence\n2023-05-01,holiday,a,,,\n2023-05-01,holiday,b,,,");
        assert!(findings.is_empty());
        assert_eq!(days.rows().count(), 2);
    }
}
