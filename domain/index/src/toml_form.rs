//! Criteria sets as TOML: a file that a person can read, correct and compare line by line.

use cchc_text::{Finding, Findings, Place};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::form::{FieldValue, Section, SetForm};

/// Reads TOML text into a form; what could not be read is a finding with its line.
#[must_use]
pub fn read(file: &str, text: &str) -> (SetForm, Findings) {
    let source = Source { file, text, starts: line_starts(text) };
    let mut findings = Findings::new();
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let place = source.place(error.span().map_or(0, |span| span.start));
        let message = format!("Sai cú pháp TOML ({}).", error.message().trim().replace('\n', "; "));
        findings.push(Finding::error("toml-syntax", place, message));
    }
    let mut form = SetForm::default();
    form.about.place = Place::file(file);
    for (key, value) in ordered(table.get_ref()) {
        let list = match key {
            "group" => &mut form.groups,
            "class" => &mut form.classes,
            "appraiser" => &mut form.appraisers,
            "criterion" => &mut form.criteria,
            _ => {
                source.field(&mut form.about, key, value, &mut findings);
                continue;
            }
        };
        match value.get_ref().as_array() {
            Some(items) => list.extend(items.iter().filter_map(|item| source.section(key, item, &mut findings))),
            None => {
                let message = format!("«{key}» phải viết thành các bảng [[{key}]].");
                findings.push(Finding::error("wrong-kind", source.place(value.span().start), message));
            }
        }
    }
    for section in &mut form.criteria {
        name_criterion(section);
    }
    (form, findings)
}

/// Writes a form as TOML; [`read`] gives it back.
#[must_use]
pub fn write(form: &SetForm) -> String {
    let mut text = String::new();
    write_section(&mut text, &form.about);
    let lists = [
        ("group", &form.groups),
        ("class", &form.classes),
        ("appraiser", &form.appraisers),
        ("criterion", &form.criteria),
    ];
    for (name, sections) in lists {
        for section in sections {
            text.push_str(&format!("\n[[{name}]]\n"));
            write_section(&mut text, section);
        }
    }
    text
}

/// Every finding on a criterion names it.
fn name_criterion(section: &mut Section) {
    let code = section.fields.iter().find(|field| field.key == "code").map(|field| field.value.clone());
    let Some(FieldValue::Text(code)) = code else { return };
    section.place.criterion = Some(code.clone());
    for field in &mut section.fields {
        field.place.criterion = Some(code.clone());
        if let FieldValue::Section(inner) = &mut field.value {
            inner.place.criterion = Some(code.clone());
            inner.fields.iter_mut().for_each(|field| field.place.criterion = Some(code.clone()));
        }
    }
}

struct Source<'a> {
    file: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

impl Source<'_> {
    fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= offset.min(self.text.len()));
        Place::line(self.file, u64::try_from(line).unwrap_or(u64::MAX))
    }

    fn section(&self, name: &str, item: &Spanned<DeValue<'_>>, findings: &mut Findings) -> Option<Section> {
        let place = self.place(item.span().start);
        let Some(table) = item.get_ref().as_table() else {
            findings.push(Finding::error("wrong-kind", place, format!("Mỗi «{name}» phải là một bảng.")));
            return None;
        };
        let mut section = Section { place, fields: Vec::new() };
        for (key, value) in ordered(table) {
            self.field(&mut section, key, value, findings);
        }
        Some(section)
    }

    fn field(&self, section: &mut Section, key: &str, value: &Spanned<DeValue<'_>>, findings: &mut Findings) {
        let place = self.place(value.span().start);
        let read = match value.get_ref() {
            DeValue::Array(items) => self.array(key, items.iter(), findings),
            DeValue::Table(_) => self.section(key, value, findings).map(FieldValue::Section),
            scalar => scalar_text(scalar).map(FieldValue::Text),
        };
        match read {
            Some(value) => section.fields.push(crate::form::Field { key: key.to_owned(), value, place }),
            None => findings.push(Finding::error("wrong-kind", place, format!("Không hiểu giá trị của «{key}»."))),
        }
    }

    fn array<'i, 's: 'i>(
        &self,
        key: &str,
        items: impl Iterator<Item = &'i Spanned<DeValue<'s>>>,
        findings: &mut Findings,
    ) -> Option<FieldValue> {
        let (mut texts, mut rows) = (Vec::new(), Vec::new());
        for item in items {
            if let Some(table) = item.get_ref().as_table() {
                rows.push(self.row(key, table, findings));
            } else {
                texts.push(scalar_text(item.get_ref())?);
            }
        }
        match (texts.is_empty(), rows.is_empty()) {
            (_, true) => Some(FieldValue::List(texts)),
            (true, false) => Some(FieldValue::Rows(rows)),
            (false, false) => None,
        }
    }

    fn row(&self, key: &str, table: &DeTable<'_>, findings: &mut Findings) -> Vec<(String, String)> {
        let mut cells = Vec::new();
        for (name, value) in ordered(table) {
            match scalar_text(value.get_ref()) {
                Some(text) => cells.push((name.to_owned(), text)),
                None => {
                    let place = self.place(value.span().start);
                    let message = format!("«{key}.{name}» phải là một giá trị.");
                    findings.push(Finding::error("wrong-kind", place, message));
                }
            }
        }
        cells
    }
}

/// The entries of a table in the order of the file.
fn ordered<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t str, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter().map(|(key, value)| (key.get_ref().as_ref(), value)).collect()
}

/// A number keeps its digits: no float is ever made of it.
fn scalar_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => (number.radix() == 10).then(|| number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Datetime(day) => Some(day.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at.saturating_add(1));
    std::iter::once(0).chain(after_breaks).collect()
}

fn write_section(text: &mut String, section: &Section) {
    for field in &section.fields {
        text.push_str(&format!("{} = {}\n", field.key, written(&field.key, &field.value)));
    }
}

fn written(key: &str, value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) if is_bare(key, text) => text.clone(),
        FieldValue::Text(text) => quoted(text),
        FieldValue::List(values) => {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            format!("[{}]", values.join(", "))
        }
        FieldValue::Rows(rows) => {
            let rows: Vec<String> = rows.iter().map(|row| format!("  {},\n", inline_row(row))).collect();
            format!("[\n{}]", rows.concat())
        }
        FieldValue::Section(section) => {
            let fields: Vec<String> = section
                .fields
                .iter()
                .map(|field| format!("{} = {}", field.key, written(&field.key, &field.value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

fn inline_row(row: &[(String, String)]) -> String {
    let cells: Vec<String> = row.iter().map(|(key, text)| format!("{key} = {}", quoted(text))).collect();
    format!("{{ {} }}", cells.join(", "))
}

/// Years, day counts and truth values stand without quotation marks.
fn is_bare(key: &str, text: &str) -> bool {
    let whole = matches!(key, "year" | "zero_after_days" | "line_decimals" | "result_decimals");
    let plain_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    (whole && (plain_whole || text == "0")) || text == "true" || text == "false"
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
