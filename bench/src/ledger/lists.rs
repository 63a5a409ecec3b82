//! A page of a list over a million rows, filtered and sorted, at the server.

use std::time::Instant;

use cchc_access::Reach;
use cchc_ledger::Moment;
use cchc_ledger::draft::Standing;
use cchc_store::Store;
use cchc_store::drafts::DraftFilter;
use cchc_store::history::HistoryFilter;
use cchc_store::list::Place;

use super::engine::Place as Engine;
use crate::report::Report;

/// A page is asked for so often, each time further on.
const ASKED: usize = 200;
/// Rows of a page.
const SIZE: u32 = 50;
/// Allowed for a page, in milliseconds.
const ALLOWED: f64 = 20.0;

/// Measures lists of drafts and of history.
pub async fn measure(engine: &Engine, store: &Store, report: &mut Report) -> anyhow::Result<()> {
    let on = Moment(super::engine::micros()).date();
    let drafts = |change: fn(&mut DraftFilter)| {
        let mut filter = DraftFilter::within(Reach::All, on);
        change(&mut filter);
        filter
    };
    let lists = [
        ("bản nháp, mới nhất trước", drafts(|_| {})),
        ("bản nháp đang mở", drafts(|filter| filter.standing = Some(Standing::Open))),
        ("bản nháp của một đơn vị", drafts(|filter| filter.unit = Some("243".to_owned()))),
        (
            "bản nháp mở của một chức vụ",
            drafts(|filter| {
                filter.standing = Some(Standing::Open);
                filter.holder = Some("p-7".to_owned());
            }),
        ),
    ];
    for (what, filter) in lists {
        let mut pages = Pages::default();
        for _ in 0..ASKED {
            let begun = Instant::now();
            let place = Place { cursor: pages.next.as_deref(), size: SIZE };
            let page = store.draft_list(&filter, place).await?;
            pages.took(begun, page.rows.len(), page.after);
        }
        pages.report(report, &format!("{}: trang {what}, 1 triệu dòng, p95", engine.name));
    }
    let mut filter = HistoryFilter::within(Reach::All, on);
    filter.unit = Some("243".to_owned());
    let mut pages = Pages::default();
    for _ in 0..ASKED {
        let begun = Instant::now();
        let page = store.history_page(&filter, Place { cursor: pages.next.as_deref(), size: SIZE }).await?;
        pages.took(begun, page.rows.len(), page.after);
    }
    pages.report(report, &format!("{}: trang sổ cái của một đơn vị, 1 triệu dòng, p95", engine.name));
    Ok(())
}

/// The pages of one list, one after the other.
#[derive(Default)]
struct Pages {
    times: Vec<f64>,
    rows: usize,
    next: Option<String>,
}

impl Pages {
    fn took(&mut self, begun: Instant, rows: usize, next: Option<String>) {
        self.times.push(super::millis(begun.elapsed()));
        self.rows += rows;
        self.next = next;
    }

    fn report(mut self, report: &mut Report, what: &str) {
        self.times.sort_by(f64::total_cmp);
        if self.rows == 0 {
            return report.note(&format!("{what}: không có dòng nào"));
        }
        report.budget(what, self.times[self.times.len() * 95 / 100], ALLOWED);
    }
}
