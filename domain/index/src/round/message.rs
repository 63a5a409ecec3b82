//! Texts of reminders: dated templates, and a text made of one.

use cchc_text::Findings;
use cchc_text::dated::{Cells, Period, rows};
use cchc_text::table::Table;
use jiff::civil::Date;

/// The columns of the table.
const COLUMNS: [&str; 4] = ["code", "valid_from", "valid_to", "text"];

/// The templates through time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages(pub Vec<Message>);

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What for: `urge-unit`.
    pub code: String,
    /// First and last day; `None`: since ever, until further notice.
    pub period: Period,
    /// The text; names in braces stand for what differs: `{đơn vị}`.
    pub text: String,
}

impl Messages {
    /// Reads a table with the columns `code`, `valid_from`, `valid_to`, `text`, with every finding.
    #[must_use]
    pub fn from_table(table: &Table) -> (Self, Findings) {
        let (rows, findings) = rows(table, &COLUMNS, read);
        (Self(rows), findings)
    }

    /// The template of that code on a day: the last one that holds.
    #[must_use]
    pub fn on(&self, code: &str, day: Date) -> Option<&str> {
        let holds = |known: &&Message| known.code == code && known.period.holds(day);
        self.0.iter().rev().find(holds).map(|known| known.text.as_str())
    }
}

fn read(cells: Cells<'_>, findings: &mut Findings) -> Option<Message> {
    let period = cells.period(findings)?;
    let text = cchc_text::nfc(cells.text("text")).into_owned();
    Some(Message { code: cells.text("code").to_owned(), period, text })
}

/// The text with values in place of the names in braces; a name that has no value stays.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, behind)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name.trim())?;
            Some((*value, behind))
        });
        match known {
            Some((value, behind)) => {
                filled.push_str(value);
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use cchc_text::table::Row;

    #[test]
    fn what_differs_is_filled_in_and_nothing_twice() {
        let filled = fill("{đơn vị} còn {còn thiếu}, {khác}", &[("đơn vị", "Xã {còn thiếu}"), ("còn thiếu", "9 dòng")]);
        assert_eq!(filled, "Xã {còn thiếu} còn 9 dòng, {khác}");
        assert_eq!(fill("{", &[]), "{");
    }

    #[test]
    fn a_template_is_that_of_the_day() {
        let row = |number, cells: [&str; 4]| Row { number, cells: cells.map(str::to_owned).to_vec() };
        let rows = vec![row(2, ["a", "", "2023-12-31", "cũ"]), row(3, ["a", "2024-01-01", "", "mới"])];
        let columns = COLUMNS.map(str::to_owned).to_vec();
        let (read, findings) = Messages::from_table(&Table { file: "t".into(), sheet: String::new(), columns, rows });
        assert_eq!(findings, []);
        assert_eq!(read.on("a", date(2023, 5, 1)), Some("cũ"));
        assert_eq!((read.on("a", date(2024, 5, 1)), read.on("b", date(2024, 5, 1))), (Some("mới"), None));
    }
}
