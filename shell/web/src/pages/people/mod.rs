//! People: list, page, and the forms that enter them, give posts, delegate, hand over.

pub mod account;
pub mod appoint;
pub mod delegate;
pub mod end_post;
pub mod handover;
pub mod identity;
pub mod import;
pub mod list;
pub mod person;
pub mod register;

use askama::Template;

use crate::form::FormView;
use crate::frame::{Frame, Section};
use crate::site::Site;

/// The list; below it lie the pages of persons.
pub const ADDRESS: &str = "/nguoi-dung";

/// A page that is one form about a person.
#[derive(Debug, Template)]
#[template(path = "people/form.html")]
pub struct PersonFormPage {
    frame: Frame,
    /// What the form is for, a sentence.
    lede: String,
    form: FormView,
}

impl PersonFormPage {
    /// The page; `person` is name and id, `None` where he is yet to be entered.
    #[must_use]
    pub fn new(
        site: &Site,
        title: &str,
        lede: impl Into<String>,
        person: Option<(&str, &str)>,
        form: FormView,
    ) -> Self {
        let frame = Frame::new(site, Section::People, title).crumb("Người dùng", ADDRESS);
        let frame = match person {
            Some((name, id)) => frame.crumb(name, person_address(id)),
            None => frame,
        };
        Self { frame, lede: lede.into(), form }
    }
}

/// Address of a person's page.
#[must_use]
pub fn person_address(id: &str) -> String {
    format!("{ADDRESS}/{}", crate::pages::publication::address::encode(id))
}
