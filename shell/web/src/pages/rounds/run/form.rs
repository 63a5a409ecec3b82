//! A form about a round: one thing a page.

use askama::Template;

use crate::form::{Choice, FormView};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::rounds::ADDRESS;
use crate::site::Site;

/// One of several alike things that are chosen together: `co-quan.noi-vu`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectRow {
    /// Its name in what is sent, and its id in the page.
    pub name: String,
    /// What is chosen.
    pub label: String,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/run/form.html")]
pub struct FormPage {
    frame: Frame,
    lede: String,
    notes: Vec<String>,
    form: FormView,
    selects: Vec<SelectRow>,
    others: Vec<(Link, bool)>,
}

impl FormPage {
    /// The page; `round` is title and address of the round that it is about.
    #[must_use]
    pub fn new(site: &Site, title: &str, lede: impl Into<String>, round: Option<(&str, &str)>, form: FormView) -> Self {
        let mut frame = Frame::new(site, Section::Rounds, title).crumb("Đợt chấm điểm", ADDRESS);
        if let Some((title, address)) = round {
            frame = frame.crumb(title, address);
        }
        Self { frame, lede: lede.into(), notes: Vec::new(), form, selects: Vec::new(), others: Vec::new() }
    }

    /// The same page beside others like it: each with whether it is this one.
    #[must_use]
    pub fn beside(self, others: Vec<(Link, bool)>) -> Self {
        Self { others, ..self }
    }

    /// The same page with remarks above the form.
    #[must_use]
    pub fn noting(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }

    /// The same page with alike things to choose, after the fields.
    #[must_use]
    pub fn choosing(self, selects: Vec<SelectRow>) -> Self {
        Self { selects, ..self }
    }
}

impl SelectRow {
    /// A row with that choice made; nothing may be chosen too.
    #[must_use]
    pub fn new(name: String, label: String, offered: &[(String, String)], chosen: &str) -> Self {
        let mut choices = vec![Choice::new("", "Chưa chọn")];
        if !chosen.is_empty() && offered.iter().all(|(code, _)| code != chosen) {
            choices.push(Choice { chosen: true, ..Choice::new(chosen, chosen) });
        }
        choices.extend(Choice::list(offered.iter().cloned(), chosen));
        Self { name, label, choices }
    }
}
