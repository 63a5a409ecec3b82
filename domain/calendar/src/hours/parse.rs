//! Reading the table of office hours, with every finding at once.

use cchc_text::table::Table;
use cchc_text::{Finding, Findings};
use jiff::civil::Date;

use crate::hours::{HOURS_COLUMNS, HoursRow, OfficeHours, OpenHours};
use cchc_text::dated::{Cells, rows};

/// The weekdays as files write them, Monday first.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl OfficeHours {
    /// Reads a table with the columns of [`HOURS_COLUMNS`]; a row that can't be read is left out and reported.
    ///
    /// Weekdays are `Mon`, `Mon-Fri` or `Mon Wed Sat`; hours `07:30`.
    #[must_use]
    pub fn from_table(table: &Table) -> (Self, Findings) {
        let mut known: Vec<HoursRow> = Vec::new();
        let (_, findings) = rows(table, &HOURS_COLUMNS, |cells, findings| {
            let row = read(cells, findings)?;
            let others = || known.iter().filter(|other| meet(&row, other));
            if others().any(|other| row.from < other.to && other.from < row.to) {
                let message = "Giờ này chồng lên giờ đã có của cùng ngày; dòng này không được dùng.";
                findings.push(Finding::error("overlapping-hours", cells.place("from"), message));
                return None;
            }
            if most_at_once(&row, &others().collect::<Vec<_>>()) >= OpenHours::MOST {
                let message =
                    format!("Một ngày có nhiều nhất {} khoảng giờ; dòng này không được dùng.", OpenHours::MOST);
                findings.push(Finding::error("too-many-hours", cells.place("from"), message));
                return None;
            }
            known.push(row);
            Some(())
        });
        (Self { rows: known }, findings)
    }
}

/// How many of the rows that meet a row hold on one day on which it holds: most hold where one of them begins.
fn most_at_once(row: &HoursRow, others: &[&HoursRow]) -> usize {
    let begins = || others.iter().copied().chain([row]).map(|one| one.period.from.unwrap_or(Date::MIN));
    let days = begins().filter(|day| row.period.holds(*day));
    let on = |weekday: usize, day: Date| {
        let holds = |other: &&&HoursRow| other.weekdays.get(weekday) == Some(&true) && other.period.holds(day);
        others.iter().filter(holds).count()
    };
    let open = |weekday: &usize| row.weekdays.get(*weekday) == Some(&true);
    days.flat_map(|day| (0..row.weekdays.len()).filter(open).map(move |weekday| on(weekday, day))).max().unwrap_or(0)
}

/// Whether two rows can hold on the same day.
fn meet(one: &HoursRow, other: &HoursRow) -> bool {
    let weekday = one.weekdays.iter().zip(&other.weekdays).any(|(one, other)| *one && *other);
    let before =
        |one: &HoursRow, other: &HoursRow| one.period.to.zip(other.period.from).is_some_and(|(to, from)| to < from);
    one.unit == other.unit && weekday && !before(one, other) && !before(other, one)
}

fn read(cells: Cells<'_>, findings: &mut Findings) -> Option<HoursRow> {
    let weekdays = weekdays(cells.text("weekdays"));
    if weekdays.is_none() {
        let message =
            format!("«{}» không phải là các ngày trong tuần; dòng này không được dùng.", cells.text("weekdays"));
        let finding = Finding::error("bad-weekdays", cells.place("weekdays"), message);
        findings.push(finding.hint("Ví dụ đúng: Mon-Fri, Sat, Mon Wed Fri."));
    }
    let (from, to) = (clock(cells, "from", findings), clock(cells, "to", findings));
    let (from, to) = (from?, to?);
    if from >= to {
        let message = "Giờ đóng cửa phải sau giờ mở cửa; dòng này không được dùng.";
        findings.push(Finding::error("empty-hours", cells.place("to"), message));
        return None;
    }
    Some(HoursRow {
        unit: cells.text("unit").to_owned(),
        weekdays: weekdays?,
        from,
        to,
        period: cells.period(findings)?,
        source: cells.text("source").to_owned(),
        confidence: cells.text("confidence").to_owned(),
    })
}

fn weekdays(text: &str) -> Option<[bool; 7]> {
    let mut open = [false; 7];
    let index = |word: &str| WEEKDAYS.iter().position(|known| word.trim().eq_ignore_ascii_case(known));
    for word in text.split_whitespace() {
        let (first, last) = match word.split_once('-') {
            Some((first, last)) => (index(first)?, index(last)?),
            None => (index(word)?, index(word)?),
        };
        open.get_mut(first..=last)?.fill(true);
    }
    open.contains(&true).then_some(open)
}

fn clock(cells: Cells<'_>, column: &str, findings: &mut Findings) -> Option<u16> {
    let text = cells.text(column);
    let minutes = minutes(text);
    if minutes.is_none() {
        let message = format!("«{text}» không phải là giờ (ví dụ đúng: 07:30); dòng này không được dùng.");
        findings.push(Finding::error("bad-hour", cells.place(column), message));
    }
    minutes
}

/// Minutes after midnight of `07:30`.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str, most: u16| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u16>().ok())?.filter(|number| *number <= most)
    };
    let (hours, minutes) = (number(hours, 23)?, number(minutes, 59)?);
    Some(hours.saturating_mul(60).saturating_add(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_text::table::Row;
    use jiff::civil::{Weekday, date};

    fn read(lines: &[&str]) -> (OfficeHours, Findings) {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        let rows = lines.iter().zip(2..).map(|(line, number)| Row { number, cells: cells(line) }).collect();
        let columns = HOURS_COLUMNS.map(str::to_owned).to_vec();
        OfficeHours::from_table(&Table { file: "gio.csv".into(), columns, rows, ..Table::default() })
    }

    #[test]
    fn a_unit_has_its_own_hours_while_they_hold() {
        let (hours, findings) = read(&[
            ",Mon-Fri,07:30,11:30,,,x,high",
            ",Mon-Fri,13:30,17:00,,,x,high",
            "H1,Mon-Fri,08:00,12:00,2026-01-01,2026-06-30,x,high",
            "H1,Sat,08:00,11:00,2026-01-01,2026-06-30,x,high",
        ]);
        assert_eq!(findings, []);
        let on = |unit: &str, day: jiff::civil::Date| hours.on(unit, day, day.weekday()).spans().collect::<Vec<_>>();
        assert_eq!(on("H1", date(2026, 6, 30)), [(480, 720)]);
        assert_eq!(on("H1", date(2026, 6, 27)), [(480, 660)]);
        assert_eq!(on("H1", date(2026, 7, 1)), [(450, 690), (810, 1020)]);
        assert_eq!(on("H2", date(2026, 6, 27)), []);
        assert!(hours.has("H1") && !hours.has("H2"));
        assert_eq!(hours.on("", date(2026, 6, 27), Weekday::Friday).minutes(), 450);
    }

    #[test]
    fn four_spans_a_day_are_counted_day_by_day_and_while_they_hold() {
        let (hours, findings) = read(&[
            ",Mon,07:30,11:30,,,x,high",
            ",Tue,07:30,11:30,,,x,high",
            ",Wed,07:30,11:30,,,x,high",
            ",Thu,07:30,11:30,,,x,high",
            ",Mon-Fri,13:30,15:00,2025-01-01,2025-06-30,x,high",
            ",Mon-Fri,13:30,16:00,2025-07-01,2025-12-31,x,high",
            ",Mon-Fri,16:00,17:00,,,x,high",
        ]);
        assert_eq!(findings, []);
        assert_eq!(hours.rows().count(), 7);
        let (hours, findings) = read(&[
            ",Mon,07:00,08:00,,,x,high",
            ",Mon,09:00,10:00,,,x,high",
            ",Mon,11:00,12:00,2025-07-01,,x,high",
            ",Mon,13:00,14:00,,,x,high",
            ",Mon-Fri,15:00,16:00,2025-01-01,,x,high",
        ]);
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["too-many-hours"]);
        assert_eq!(hours.rows().count(), 4);
    }

    #[test]
    fn reports_everything_at_once() {
        let (hours, findings) = read(&[
            ",Mon-Fri,07:30,11:30,,,x,high",
            ",Fri,11:00,12:00,,,x,high",
            ",Fri-Mon,11:00,12:00,,,x,high",
            ",,25:00,12h,,,x,high",
            ",Sat,12:00,11:00,,,x,high",
            ",Sat,08:00,11:00,01/13/2026,,x,high",
        ]);
        let found: Vec<_> = findings.iter().map(|finding| (finding.place.line.unwrap(), finding.code)).collect();
        let expected = [
            (3, "overlapping-hours"),
            (4, "bad-weekdays"),
            (5, "bad-weekdays"),
            (5, "bad-hour"),
            (5, "bad-hour"),
            (6, "empty-hours"),
            (7, "bad-date"),
        ];
        assert_eq!(found, expected);
        assert_eq!(hours.rows().count(), 1);
    }
}
