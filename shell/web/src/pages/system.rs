//! `/he-thong`: how the server is doing, for whoever runs it.

use askama::Template;
use cchc_text::number::vietnamese;

use crate::form::request_of;
use crate::frame::{Frame, Section};
use crate::site::Site;

/// The page; below it lie its buttons.
pub const ADDRESS: &str = "/he-thong";

/// A job.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobRow {
    /// Its id.
    pub id: String,
    /// What it does, in words.
    pub what: String,
    /// When it is due, or was done: `16/01/2023 08:05`.
    pub at: String,
    /// How it stands: `đang chờ`, `đang làm`, `đã dừng`.
    pub standing: &'static str,
    /// Class of the style sheet for that.
    pub class: &'static str,
    /// How far it is, in percent.
    pub progress: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong last; empty: nothing.
    pub error: String,
    /// Whether it waits for a person.
    pub is_given_up: bool,
}

/// How the server is doing: labels and values.
pub type Facts = Vec<(&'static str, String)>;

/// The page.
#[derive(Debug, Template)]
#[template(path = "system.html")]
pub struct SystemPage {
    frame: Frame,
    /// Why nothing can be written; `None`: it can.
    halted: Option<String>,
    facts: Facts,
    /// Place and hash of the last event: what `--anchor` takes.
    anchor: String,
    open: Vec<JobRow>,
    /// How many are open in all.
    open_total: u64,
    done: Vec<JobRow>,
    request: String,
}

/// What the page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct System {
    /// How the server is doing.
    pub facts: Facts,
    /// Place and hash of the last event.
    pub anchor: String,
    /// The first jobs that wait.
    pub open: Vec<JobRow>,
    /// How many wait in all.
    pub open_total: u64,
    /// The jobs that were done last.
    pub done: Vec<JobRow>,
}

/// What a kind of job does, in words; the kind itself where it has none.
#[must_use]
pub fn job(kind: &str) -> &str {
    match kind {
        "notify" => "Gửi thông báo",
        "handover" => "Chuyển việc theo bàn giao",
        "end-delegations" => "Chấm dứt ủy quyền của người thôi việc",
        "publish-draft" => "Ban hành bản nháp đã áp dụng",
        "rule-changed" => "Cập nhật theo quy tắc mới",
        "export-history" => "Xuất sổ cái",
        other => other,
    }
}

/// A size as people read it: `1,5 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["B", "KB", "MB", "GB"];
    let (mut whole, mut tenth, mut unit) = (bytes, 0, 0_usize);
    while whole >= 1024 && unit < 3 {
        tenth = (whole % 1024).saturating_mul(10) / 1024;
        whole /= 1024;
        unit = unit.saturating_add(1);
    }
    let unit = UNITS.get(unit).copied().unwrap_or_default();
    let whole = vietnamese(&whole.to_string());
    if tenth == 0 { format!("{whole} {unit}") } else { format!("{whole},{tenth} {unit}") }
}

impl SystemPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, system: System, request: &str) -> Self {
        let System { facts, anchor, open, open_total, done } = system;
        let frame = Frame::new(site, Section::System, "Hệ thống");
        let (halted, request) = (site.banner.clone(), request.to_owned());
        Self { frame, halted, facts, anchor, open, open_total, done, request }
    }

    fn request_of(&self, what: &str) -> String {
        request_of(&self.request, what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn a_job_that_was_given_up_can_be_tried_again() {
        let waiting = JobRow { id: "j1".into(), what: "Gửi thông báo".into(), ..JobRow::default() };
        let stuck = JobRow { id: "j2".into(), error: "hỏng <1>".into(), is_given_up: true, ..waiting.clone() };
        let system = System { open: vec![waiting, stuck], open_total: 300, ..System::default() };
        let page = SystemPage::new(&sample::site(Vec::new()), system, "r1").render().unwrap();
        assert_eq!(page.matches("Thử lại</button>").count(), 1);
        assert!(page.contains("action=\"/he-thong/viec/j2/thu-lai\"") && page.contains("hỏng &#60;1&#62;"));
        assert!(page.contains("<b>300</b> việc"));
    }

    #[test]
    fn with_nothing_to_do_it_says_so() {
        let page = SystemPage::new(&sample::site(Vec::new()), System::default(), "r1").render().unwrap();
        assert!(page.contains("Không có việc nào đang chờ") && !page.contains("<table"));
    }

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!([0, 1023, 1024, 1536, 5_368_709_120].map(size), ["0 B", "1.023 B", "1 KB", "1,5 KB", "5 GB"]);
    }
}
