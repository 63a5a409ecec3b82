//! A field of a form: what is asked, how it is answered, what is wrong with the answer.

use std::fmt::Write;

use super::Sent;

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in what is sent, and its id in the page.
    pub name: &'static str,
    /// What is asked for.
    pub label: String,
    /// How to answer; may be empty.
    pub tip: String,
    /// How it is answered.
    pub kind: Kind,
    /// What was typed.
    pub value: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// What a browser may fill in: `username`; empty: nothing.
    pub autocomplete: &'static str,
    /// What is wrong with what was typed.
    pub wrong: Option<String>,
}

/// How a field is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A line.
    Text,
    /// A password: never shown again.
    Password,
    /// A day, typed as `16/01/2023`.
    Day,
    /// Several lines.
    Long,
    /// A file; the kinds that are taken: `.csv,.xlsx`.
    File(&'static str),
    /// One of a list.
    One(Vec<Choice>),
    /// Any of a list.
    Many(Vec<Choice>),
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Field {
    /// A field.
    #[must_use]
    pub fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        let (tip, value) = (String::new(), String::new());
        Self { name, label: label.into(), tip, kind, value, required: false, autocomplete: "", wrong: None }
    }

    /// A line.
    #[must_use]
    pub fn text(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text)
    }

    /// A day.
    #[must_use]
    pub fn day(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Day).tip("Ngày/tháng/năm, ví dụ 03/11/2021.")
    }

    /// Several lines.
    #[must_use]
    pub fn long(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Long)
    }

    /// A password; `autocomplete` is `current-password` or `new-password`.
    #[must_use]
    pub fn password(name: &'static str, label: impl Into<String>, autocomplete: &'static str) -> Self {
        Self { autocomplete, required: true, ..Self::new(name, label, Kind::Password) }
    }

    /// The same field with a word on how to answer.
    #[must_use]
    pub fn tip(self, tip: impl Into<String>) -> Self {
        Self { tip: tip.into(), ..self }
    }

    /// The same field with an answer to begin with.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// The same field, to be answered.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same field, which a browser may fill in.
    #[must_use]
    pub fn autocomplete(self, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..self }
    }

    pub(super) fn fill(&mut self, sent: &Sent) {
        match &mut self.kind {
            Kind::Password | Kind::File(_) => {}
            Kind::Text | Kind::Day | Kind::Long => sent.text(self.name).clone_into(&mut self.value),
            Kind::One(choices) | Kind::Many(choices) => {
                for choice in choices {
                    choice.chosen = sent.all(self.name).any(|value| value == choice.value);
                }
            }
        }
    }

    /// Answers it with what an address says.
    pub fn choose(&mut self, sent: &Sent) {
        self.fill(sent);
    }

    /// Whether nothing is answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Text | Kind::Day | Kind::Long => self.value.trim().is_empty(),
            Kind::One(choices) | Kind::Many(choices) => {
                !choices.iter().any(|choice| choice.chosen && !choice.value.is_empty())
            }
            Kind::Password | Kind::File(_) => false,
        }
    }

    pub(super) fn missing(&self) -> &'static str {
        match self.kind {
            Kind::One(_) | Kind::Many(_) => "chưa chọn",
            Kind::File(_) => "chưa chọn tệp",
            Kind::Text | Kind::Password | Kind::Day | Kind::Long => "chưa điền",
        }
    }

    /// Whether it is answered in several lines.
    #[must_use]
    pub const fn is_long(&self) -> bool {
        matches!(self.kind, Kind::Long)
    }

    /// Whether one of a list is chosen.
    #[must_use]
    pub const fn is_one(&self) -> bool {
        matches!(self.kind, Kind::One(_))
    }

    /// Whether any of a list are chosen.
    #[must_use]
    pub const fn is_many(&self) -> bool {
        matches!(self.kind, Kind::Many(_))
    }

    /// What can be chosen.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::One(choices) | Kind::Many(choices) => choices,
            _ => &[],
        }
    }

    /// The type of the input.
    #[must_use]
    pub const fn input(&self) -> &'static str {
        match self.kind {
            Kind::Password => "password",
            Kind::File(_) => "file",
            _ => "text",
        }
    }

    /// Every further attribute of the control, with a space before each; all of it is written here, none typed.
    #[must_use]
    pub fn attributes(&self) -> String {
        let mut written = String::new();
        if self.required && !self.is_many() {
            written.push_str(" required");
        }
        if !self.autocomplete.is_empty() {
            let _ = write!(written, " autocomplete=\"{}\"", self.autocomplete);
        }
        match self.kind {
            Kind::Day => written.push_str(" inputmode=\"numeric\" size=\"12\""),
            Kind::File(accept) => {
                let _ = write!(written, " accept=\"{accept}\"");
            }
            _ => {}
        }
        let ids = [("loi", self.wrong.is_some()), ("goi", !self.tip.is_empty())];
        let ids: Vec<String> =
            ids.into_iter().filter(|(_, is)| *is).map(|(end, _)| format!("{}-{end}", self.name)).collect();
        if self.wrong.is_some() {
            written.push_str(" aria-invalid=\"true\"");
        }
        if !ids.is_empty() {
            let _ = write!(written, " aria-describedby=\"{}\"", ids.join(" "));
        }
        written
    }
}

impl Choice {
    /// Something that can be chosen.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), chosen: false }
    }

    /// A list of them from values and labels, the one of that value chosen.
    #[must_use]
    pub fn list<V: Into<String>, L: Into<String>>(all: impl IntoIterator<Item = (V, L)>, chosen: &str) -> Vec<Self> {
        let choice = |(value, label): (V, L)| {
            let choice = Self::new(value, label);
            Self { chosen: choice.value == chosen, ..choice }
        };
        all.into_iter().map(choice).collect()
    }
}
