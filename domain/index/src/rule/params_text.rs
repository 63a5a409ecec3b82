//! The parameters of a rule as the text of one worksheet cell.
//!
//! ```text
//! per_day = 0.05
//! due = 03-15; 06-15
//! options:
//!   co | Đã ban hành | 0.5
//!   khong | Chưa ban hành | 0
//! ```
//! A line `key = value` is one value, several values are parted by `; `; below `key:` each line is a
//! row, its columns parted by ` | `: id, label, points, or for bands from, points.

use cchc_text::{Finding, Place};

use crate::form::{FieldValue, KeyedRow, Section};

const OPTION_COLUMNS: [&str; 3] = ["id", "label", "points"];
const BAND_COLUMNS: [&str; 2] = ["from", "points"];

/// Writes parameters as the text of one cell; [`params_from_text`] reads it back.
#[must_use]
pub fn params_to_text(params: &Section) -> String {
    let mut lines = Vec::new();
    for field in &params.fields {
        match &field.value {
            FieldValue::Text(text) => lines.push(format!("{} = {text}", field.key)),
            FieldValue::List(values) => lines.push(format!("{} = {}", field.key, values.join("; "))),
            FieldValue::Rows(rows) => {
                lines.push(format!("{}:", field.key));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|(_, text)| text.replace('|', "\\|")).collect();
                    lines.push(format!("  {}", cells.join(" | ")));
                }
            }
            FieldValue::Section(_) => {}
        }
    }
    lines.join("\n")
}

/// Reads the text of one cell; what could not be read is a finding at `place`.
///
/// # Errors
/// The findings, when a line is neither `key = value`, `key:` nor a row below one.
pub fn params_from_text(text: &str, place: &Place) -> Result<Section, Vec<Finding>> {
    let mut params = Section { place: place.clone(), fields: Vec::new() };
    let mut findings = Vec::new();
    let mut open: Option<(String, Vec<KeyedRow>)> = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let key = line.strip_suffix(':').map(str::trim).filter(|key| is_key(key));
        if let Some(key) = key {
            close(&mut params, open.take());
            open = Some((key.to_owned(), Vec::new()));
            continue;
        }
        let pair = line.split_once('=').map(|(key, value)| (key.trim(), value.trim())).filter(|(key, _)| is_key(key));
        if let Some((key, value)) = pair {
            close(&mut params, open.take());
            params.put(key, FieldValue::Text(value.to_owned()));
            continue;
        }
        match &mut open {
            Some((_, rows)) => rows.push(row(line)),
            None => {
                let message = format!("Không hiểu dòng tham số «{line}».");
                let finding = Finding::error("bad-parameter", place.clone(), message);
                findings.push(finding.hint("Mỗi dòng viết: tên = giá trị."));
            }
        }
    }
    close(&mut params, open);
    if findings.is_empty() { Ok(params) } else { Err(findings) }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn close(params: &mut Section, open: Option<(String, Vec<KeyedRow>)>) {
    if let Some((key, rows)) = open {
        params.put(&key, FieldValue::Rows(rows));
    }
}

fn row(line: &str) -> KeyedRow {
    let hidden = line.replace("\\|", "\u{0}");
    let cells: Vec<String> = hidden.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect();
    let columns: &[&str] = if cells.len() <= BAND_COLUMNS.len() { &BAND_COLUMNS } else { &OPTION_COLUMNS };
    columns.iter().map(|column| (*column).to_owned()).zip(cells).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_which_line_is_not_understood() {
        let place = Place::cell("bo.xlsx", "Tiêu chí!F7");
        let findings = params_from_text("per_day = 0.05\nhạn: 31/01", &place).unwrap_err();
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().contains("ô Tiêu chí!F7"));
        assert!(findings[0].to_string().contains("hạn: 31/01"));
    }

    #[test]
    fn a_bar_in_a_label_survives() {
        let mut params = Section::default();
        let cells = [("id", "co"), ("label", "Có | một phần"), ("points", "1")];
        let row = cells.map(|(key, text)| (key.to_owned(), text.to_owned())).to_vec();
        params.put("options", FieldValue::Rows(vec![row]));
        assert_eq!(params_from_text(&params_to_text(&params), &Place::default()).unwrap(), params);
    }
}
