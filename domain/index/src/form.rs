//! A criteria set as it is written down: keyed fields that know where they stand.
//!
//! TOML and workbooks are both read into these sections and both written from them, so that one
//! piece of code knows what a set looks like ([`crate::set_form`]) and no file format can lose a field.

use std::collections::BTreeSet;

use cchc_text::{Decimal, Finding, Findings, Place};

/// A set as sections: particulars, unit groups, classes, appraisers and criteria.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetForm {
    /// The particulars: id, title, year, total …
    pub about: Section,
    /// One a unit group.
    pub groups: Vec<Section>,
    /// One a class, from high to low.
    pub classes: Vec<Section>,
    /// One an appraiser field and period.
    pub appraisers: Vec<Section>,
    /// One a node of the tree.
    pub criteria: Vec<Section>,
}

/// Keyed fields that stand together: a table of a TOML file, a row of a worksheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Where it begins.
    pub place: Place,
    /// The fields in the order in which they are written.
    pub fields: Vec<Field>,
}

/// One field: its key, its value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name: `per_day`.
    pub key: String,
    /// What is written there.
    pub value: FieldValue,
    /// Where it stands.
    pub place: Place,
}

/// A row of keyed texts: an option of a choice.
pub type KeyedRow = Vec<(String, String)>;

/// What a field may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// A text, a number or a truth value, as it is written.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// Several rows of keyed texts: the options of a choice.
    Rows(Vec<KeyedRow>),
    /// Keyed fields of their own: the rule of a criterion.
    Section(Section),
}

impl Section {
    /// Adds a text unless it is empty.
    pub fn text(&mut self, key: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.put(key, FieldValue::Text(value));
        }
    }

    /// Adds a list unless it is empty.
    pub fn list(&mut self, key: &str, values: Vec<String>) {
        if !values.is_empty() {
            self.put(key, FieldValue::List(values));
        }
    }

    /// Adds a field.
    pub fn put(&mut self, key: &str, value: FieldValue) {
        self.fields.push(Field { key: key.to_owned(), value, place: self.place.clone() });
    }
}

/// A decimal of a set. Points are small: the dot is the decimal sign, and a comma is read as one too.
///
/// # Errors
/// What is wrong with the text, in Vietnamese.
pub fn set_decimal(text: &str) -> Result<Decimal, cchc_text::number::NumberError> {
    text.parse().or_else(|_| cchc_text::number::parse(text))
}

/// Reads the fields of a section, notes what is wrong, and remembers which keys were asked for.
#[derive(Debug)]
pub struct Reader<'a> {
    section: &'a Section,
    asked: BTreeSet<String>,
    findings: &'a mut Findings,
}

impl<'a> Reader<'a> {
    /// Begins to read a section; what is wrong goes to `findings`.
    pub fn new(section: &'a Section, findings: &'a mut Findings) -> Self {
        Self { section, asked: BTreeSet::new(), findings }
    }

    /// Where the field stands, or the section where it is missing.
    #[must_use]
    pub fn place(&self, key: &str) -> Place {
        self.find(key).map_or_else(|| self.section.place.clone(), |field| field.place.clone())
    }

    /// Notes something wrong with a field.
    pub fn error(&mut self, key: &str, code: &'static str, message: impl Into<String>) {
        let place = self.place(key);
        self.findings.push(Finding::error(code, place, message));
    }

    /// Notes something that is used otherwise than it may be meant.
    pub fn warning(&mut self, key: &str, code: &'static str, message: impl Into<String>) {
        let place = self.place(key);
        self.findings.push(Finding::warning(code, place, message));
    }

    /// A text; empty where the field is missing.
    pub fn text(&mut self, key: &str) -> String {
        match self.take(key) {
            Some(FieldValue::Text(text)) => text.trim().to_owned(),
            None => String::new(),
            Some(_) => {
                self.error(key, "wrong-kind", format!("«{key}» phải là một giá trị, không phải danh sách."));
                String::new()
            }
        }
    }

    /// A text that must be there.
    pub fn required(&mut self, key: &str) -> Option<String> {
        let text = self.text(key);
        if text.is_empty() {
            self.error(key, "missing-field", format!("Thiếu «{key}»."));
            return None;
        }
        Some(text)
    }

    /// A decimal, where there is one.
    pub fn decimal(&mut self, key: &str) -> Option<Decimal> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        self.parse_decimal(key, &text)
    }

    /// A decimal that must be there.
    pub fn required_decimal(&mut self, key: &str) -> Option<Decimal> {
        let text = self.required(key)?;
        self.parse_decimal(key, &text)
    }

    /// A whole number that must be there, within bounds.
    pub fn required_whole(&mut self, key: &str, bounds: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let text = self.required(key)?;
        let value = text.parse().ok().filter(|value| bounds.contains(value));
        if value.is_none() {
            let (low, high) = (bounds.start(), bounds.end());
            self.error(key, "not-whole", format!("«{key}» là «{text}», phải là số nguyên từ {low} đến {high}."));
        }
        value
    }

    /// `true` or `false`; missing is `false`.
    pub fn flag(&mut self, key: &str) -> bool {
        match self.text(key).to_lowercase().as_str() {
            "true" | "có" | "x" | "1" => true,
            "" | "false" | "không" | "0" => false,
            other => {
                let message = format!("«{key}» là «{other}», phải là true/false (hoặc có/không).");
                self.error(key, "not-a-flag", message);
                false
            }
        }
    }

    /// One of the words allowed; missing gives the first.
    pub fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key);
        if text.is_empty() {
            return words.first().map(|(_, value)| *value);
        }
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("«{key}» là «{text}», phải là một trong: {}.", allowed.join(", "));
            self.error(key, "unknown-word", message);
        }
        found
    }

    /// A list; one text counts as a list of one, `a; b` as two.
    pub fn list(&mut self, key: &str) -> Vec<String> {
        match self.take(key) {
            Some(FieldValue::List(values)) => values.iter().map(|value| value.trim().to_owned()).collect(),
            Some(FieldValue::Text(text)) => {
                text.split(';').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
            }
            None => Vec::new(),
            Some(_) => {
                self.error(key, "wrong-kind", format!("«{key}» phải là danh sách giá trị."));
                Vec::new()
            }
        }
    }

    /// Rows of keyed texts that must be there.
    pub fn rows(&mut self, key: &str) -> Vec<KeyedRow> {
        match self.take(key) {
            Some(FieldValue::Rows(rows)) if !rows.is_empty() => rows.clone(),
            Some(FieldValue::List(values)) if values.is_empty() => {
                self.error(key, "missing-field", format!("«{key}» không có dòng nào."));
                Vec::new()
            }
            Some(_) => {
                self.error(key, "wrong-kind", format!("«{key}» phải là các dòng có tên cột."));
                Vec::new()
            }
            None => {
                self.error(key, "missing-field", format!("Thiếu «{key}»."));
                Vec::new()
            }
        }
    }

    /// The fields of a section inside this one.
    pub fn section(&mut self, key: &str) -> Option<&'a Section> {
        match self.take(key) {
            Some(FieldValue::Section(section)) => Some(section),
            None => None,
            Some(_) => {
                self.error(key, "wrong-kind", format!("«{key}» phải là một nhóm tham số."));
                None
            }
        }
    }

    /// Reads an inner section to its end with the same list of findings.
    pub fn nested<T>(&mut self, section: &Section, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let mut inner = Reader::new(section, self.findings);
        let value = read(&mut inner);
        inner.finish();
        value
    }

    /// Notes every key that nobody asked for: most often a misspelt one.
    pub fn finish(self) {
        for field in &self.section.fields {
            if !self.asked.contains(&field.key) {
                let message = format!("Không dùng đến «{}»: có thể viết sai tên.", field.key);
                self.findings.push(Finding::warning("unknown-field", field.place.clone(), message));
            }
        }
    }

    fn parse_decimal(&mut self, key: &str, text: &str) -> Option<Decimal> {
        match set_decimal(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.error(key, "not-a-number", format!("«{key}» là «{text}»: {error}."));
                None
            }
        }
    }

    fn take(&mut self, key: &str) -> Option<&'a FieldValue> {
        self.asked.insert(key.to_owned());
        self.find(key).map(|field| &field.value)
    }

    fn find(&self, key: &str) -> Option<&'a Field> {
        self.section.fields.iter().find(|field| field.key == key)
    }
}
