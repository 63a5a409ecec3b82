//! `/so-cai/xuat/{id}`: a long history being written to a file; the page that offers to do so.

use askama::Template;

use super::ADDRESS;
use crate::form::FormView;
use crate::frame::{Frame, Section};
use crate::site::Site;

/// How far the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It has more rows than are written while one waits; the form has it made.
    Offered(FormView),
    /// It is being made; so many percent.
    Working(i64),
    /// It did not work so far; what went wrong.
    Failing(String),
    /// It is there: so many rows, so many bytes, its hash.
    Done {
        /// Rows.
        rows: String,
        /// Hash of the file.
        hash: String,
        /// Where it is taken away.
        href: String,
    },
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "history/export.html")]
pub struct ExportPage {
    frame: Frame,
    standing: Standing,
    /// The page itself, to be looked at again.
    own: String,
}

impl ExportPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, standing: Standing) -> Self {
        let frame = Frame::new(site, Section::History, "Xuất sổ cái").crumb("Sổ cái", ADDRESS);
        Self { frame, standing, own: site.path.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn each_standing_says_what_to_do() {
        let page = |standing| ExportPage::new(&sample::site(Vec::new()), standing).render().unwrap();
        let offered =
            page(Standing::Offered(FormView::new("/so-cai/xuat", "r1", "Làm ở nền").hide("tu", "01/01/2021")));
        assert!(offered.contains("name=\"tu\" value=\"01/01/2021\"") && offered.contains("Làm ở nền</button>"));
        assert!(page(Standing::Working(40)).contains("40&nbsp;%"));
        assert!(page(Standing::Failing("ổ đĩa <đầy>".into())).contains("ổ đĩa &#60;đầy&#62;"));
        let done = Standing::Done { rows: "60.000".into(), hash: "ab".into(), href: "/so-cai/xuat/1/tep".into() };
        assert!(page(done).contains("href=\"/so-cai/xuat/1/tep\""));
    }
}
