//! Reading the table of statutory days, with every finding at once.

use cchc_text::table::Table;
use cchc_text::{Finding, Findings};
use jiff::civil::Date;

use crate::law::{LAW_COLUMNS, Law, LawRow, LawRule, Side};
use cchc_text::dated::{Cells, rows};

impl Law {
    /// Reads a table with the columns of [`LAW_COLUMNS`]; a row that can't be read is left out and reported.
    #[must_use]
    pub fn from_table(table: &Table) -> (Self, Findings) {
        let (rows, findings) = rows(table, &LAW_COLUMNS, read);
        (Self { rows }, findings)
    }
}

fn read(cells: Cells<'_>, findings: &mut Findings) -> Option<LawRow> {
    let text = |column: &str| cells.text(column).to_owned();
    let rule = LawRule::parse(cells.text("rule"));
    if rule.is_none() {
        let message = format!("Không có loại quy tắc «{}»; dòng này không được dùng.", cells.text("rule"));
        let finding = Finding::error("unknown-law-rule", cells.place("rule"), message);
        findings.push(
            finding.hint(
                "Các loại: solar 04-30, lunar 03-10, new-year 1+4, beside 09-02 after, compensation, day-hours 8.",
            ),
        );
    }
    let period = cells.period(findings)?;
    Some(LawRow {
        code: text("code"),
        name: text("name"),
        rule: rule?,
        period,
        basis: text("basis"),
        confidence: text("confidence"),
    })
}

impl LawRule {
    /// The rule of a text like `solar 04-30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["solar", day] => solar(day).map(|(month, day)| Self::Solar { month, day }),
            ["lunar", day] => {
                let (month, day) = pair(day, '-')?;
                let known = (1..=12).contains(&month) && (1..=30).contains(&day);
                known.then_some(Self::Lunar { month, day })
            }
            ["new-year", days] => {
                let (last, first) = pair(days, '+')?;
                (last < 10 && first < 10).then_some(Self::NewYear { last, first })
            }
            ["beside", day, side] => {
                let default = match *side {
                    "before" => Side::Before,
                    "after" => Side::After,
                    _ => return None,
                };
                solar(day).map(|(month, day)| Self::Beside { month, day, default })
            }
            ["compensation"] => Some(Self::Compensation),
            ["day-hours", hours] => {
                let hours: u16 = hours.parse().ok().filter(|hours| (1..=24).contains(hours))?;
                Some(Self::DayLength { minutes: hours.saturating_mul(60) })
            }
            _ => None,
        }
    }
}

/// A month and day that some year has.
fn solar(text: &str) -> Option<(i8, i8)> {
    let (month, day) = pair(text, '-')?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(2000, month, day).ok().map(|_| (month, day))
}

fn pair(text: &str, sign: char) -> Option<(u8, u8)> {
    let (first, second) = text.split_once(sign)?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    Some((number(first)?, number(second)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_text::table::Row;

    #[test]
    fn reads_every_kind() {
        let known = [
            ("solar 04-30", LawRule::Solar { month: 4, day: 30 }),
            ("lunar 03-10", LawRule::Lunar { month: 3, day: 10 }),
            ("new-year 1+4", LawRule::NewYear { last: 1, first: 4 }),
            ("beside 09-02 after", LawRule::Beside { month: 9, day: 2, default: Side::After }),
            ("beside  09-02 before", LawRule::Beside { month: 9, day: 2, default: Side::Before }),
            ("compensation", LawRule::Compensation),
            ("day-hours 8", LawRule::DayLength { minutes: 480 }),
        ];
        for (text, rule) in known {
            assert_eq!(LawRule::parse(text), Some(rule), "{text}");
        }
        let unknown = ["", "solar", "solar 13-01", "solar 02-30", "solar +1-01", "lunar 13-01", "new-year 1-4"];
        for text in unknown.into_iter().chain(["beside 09-02", "beside 09-02 now", "day-hours 25", "day-hours x"]) {
            assert_eq!(LawRule::parse(text), None, "{text}");
        }
    }

    #[test]
    fn reports_everything_at_once() {
        let row = |number, text: &str| Row { number, cells: text.split(',').map(str::to_owned).collect() };
        let rows = vec![
            row(2, "a,A,solar 1/1,,,x,high"),
            row(3, "b,B,solar 01-01,2021-02-30,,x,high"),
            row(4, "c,C,solar 01-01,2021-01-02,2021-01-01,x,high"),
            row(5, "d,D,solar 01-01,2021-01-01,,x,high"),
        ];
        let columns = LAW_COLUMNS.map(str::to_owned).to_vec();
        let (law, findings) = Law::from_table(&Table { file: "luat.csv".into(), rows, columns, ..Table::default() });
        let found: Vec<_> = findings.iter().map(|finding| (finding.place.line.unwrap(), finding.code)).collect();
        assert_eq!(found, [(2, "unknown-law-rule"), (3, "bad-date"), (4, "empty-period")]);
        assert_eq!(law.rows().count(), 1);
        let (law, findings) = Law::from_table(&Table { file: "luat.csv".into(), ..Table::default() });
        assert_eq!((law.rows().count(), findings.len(), findings[0].code), (0, 1, "missing-column"));
    }
}
