//! `/trinh-dien`: the clock of the demonstration.

use askama::Template;
use cchc_text::date::vietnamese;

use crate::form::{Field, FormView};
use crate::frame::{Frame, Section};
use crate::site::Site;

/// Its address; the form is sent there too.
pub const ADDRESS: &str = "/trinh-dien";
/// Name of the field with the new day.
pub const DAY: &str = "ngay";

/// The page.
#[derive(Debug, Template)]
#[template(path = "clock.html")]
pub struct ClockPage {
    frame: Frame,
    form: FormView,
    today: String,
}

/// The form.
#[must_use]
pub fn form(request: &str) -> FormView {
    FormView::new(ADDRESS, request, "Chuyển tới ngày này").field(Field::day(DAY, "Ngày mới").required())
}

impl ClockPage {
    /// The page with a form made by [`form`].
    #[must_use]
    pub fn new(site: &Site, form: FormView) -> Self {
        Self {
            frame: Frame::new(site, Section::Home, "Đồng hồ trình diễn"), form, today: vietnamese(site.today)
        }
    }
}
