//! Options with points: what choice and rating have in common.

use cchc_text::Decimal;

use crate::form::{FieldValue, Reader, Section, set_decimal};
use crate::trace::plain;

/// One option of a choice, one level of a rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is typed: `co`.
    pub id: String,
    /// What is read.
    pub label: String,
    /// What it earns.
    pub points: Decimal,
}

/// Reads the rows `id`, `label`, `points`.
pub fn read_options(key: &str, params: &mut Reader<'_>) -> Option<Vec<ChoiceOption>> {
    let rows = params.rows(key);
    let mut options = Vec::new();
    for (number, row) in (1_usize..).zip(&rows) {
        let get = |name: &str| row.iter().find(|(key, _)| key == name).map_or("", |(_, text)| text.trim());
        let (id, label) = (get("id"), get("label"));
        let points = set_decimal(get("points"));
        if id.is_empty() || label.is_empty() {
            params.error(key, "missing-field", format!("«{key}» dòng {number}: thiếu id hoặc label."));
            continue;
        }
        let Ok(points) = points else {
            let message = format!("«{key}» dòng {number} («{id}»): points là «{}», không phải số.", get("points"));
            params.error(key, "not-a-number", message);
            continue;
        };
        options.push(ChoiceOption { id: id.to_owned(), label: label.to_owned(), points });
    }
    (!rows.is_empty() && options.len() == rows.len()).then_some(options)
}

/// Writes what [`read_options`] reads.
pub fn write_options(key: &str, options: &[ChoiceOption], params: &mut Section) {
    let rows = options.iter().map(|option| {
        vec![
            ("id".to_owned(), option.id.clone()),
            ("label".to_owned(), option.label.clone()),
            ("points".to_owned(), option.points.to_string()),
        ]
    });
    params.put(key, FieldValue::Rows(rows.collect()));
}

/// What is wrong with the options, given the criterion's maximum.
#[must_use]
pub fn check_options(options: &[ChoiceOption], max: Decimal) -> Vec<String> {
    let mut wrong = Vec::new();
    for (index, option) in options.iter().enumerate() {
        if options.iter().take(index).any(|earlier| earlier.id == option.id) {
            wrong.push(format!("lựa chọn «{}» có hai lần.", option.id));
        }
        if option.points > max || option.points.is_negative() {
            wrong.push(format!("lựa chọn «{}» cho {} điểm, ngoài 0–{}.", option.id, plain(option.points), plain(max)));
        }
        if option.id.contains(';') || option.id == "na" || option.id == "-" {
            wrong.push(format!("mã lựa chọn «{}» không dùng được (có dấu ; hoặc trùng từ dành riêng).", option.id));
        }
    }
    if options.iter().map(|option| option.points).max() != Some(max) {
        wrong.push(format!("không lựa chọn nào đạt điểm tối đa {}.", plain(max)));
    }
    wrong
}

/// The position of the option of that id; letter case doesn't matter.
#[must_use]
pub fn position(options: &[ChoiceOption], id: &str) -> Option<u16> {
    let exact = options.iter().position(|option| option.id == id);
    let index = exact.or_else(|| options.iter().position(|option| option.id.to_lowercase() == id.to_lowercase()))?;
    u16::try_from(index).ok()
}

/// The ids that may be typed, for a message.
#[must_use]
pub fn ids(options: &[ChoiceOption]) -> String {
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    ids.join(", ")
}
