//! What narrows the rows of an appraiser, how many each leaves, and which may be accepted at once.

use cchc_index::round::Phase;
use cchc_text::date::vietnamese;

use super::super::at::RoundAt;
use super::cells::{Cell, State};
use crate::list::{Link, address};
use crate::pages::publication::shown::Tab;

/// Every filter: what stands in the address, what it is called.
const FILTERS: [(&str, &str); 7] = [
    ("", "Tất cả"),
    ("chua", "Chưa quyết định"),
    ("giai-trinh", "Không đồng ý"),
    ("lech", "Lệch số hệ thống"),
    ("thieu", "Không có tài liệu"),
    ("hoi", "Đang hỏi"),
    ("chua-nop", "Chưa nộp"),
];

/// Rows that are ticked where one chooses quickly.
pub const QUICK: &str = "khop";

/// Whether a row is left by a filter.
#[must_use]
pub fn holds(filter: &str, cell: &Cell, phase: Phase) -> bool {
    let state = cell.state(phase);
    match filter {
        "chua" => state.waits() || state == State::Asked,
        "giai-trinh" => cell.line.explained.as_ref().is_some_and(|said| !said.agrees),
        "lech" => state != State::Preset && cell.line.is_disputed(),
        "thieu" => !matches!(state, State::Preset | State::NotSubmitted | State::Elsewhere) && !cell.is_proved(),
        "hoi" => state == State::Asked,
        "chua-nop" => state == State::NotSubmitted,
        _ => true,
    }
}

/// Whether a row waits, is proved, and says what the register says: nothing speaks against accepting it.
#[must_use]
pub fn is_quick(cell: &Cell, phase: Phase) -> bool {
    cell.grant.is_some() && cell.state(phase).waits() && cell.is_proved() && !cell.line.is_disputed() && {
        cell.line.explained.as_ref().is_none_or(|said| said.agrees) && !cell.before(phase).is_empty()
    }
}

/// The filters with their counts; what leaves nothing is left out, unless it is asked for.
#[must_use]
pub fn tabs(cells: &[Cell], phase: Phase, path: &str, group: &str, current: &str) -> Vec<Tab> {
    let tab = |(filter, label): (&str, &str)| {
        let count = cells.iter().filter(|cell| holds(filter, cell, phase)).count();
        (count > 0 || filter.is_empty() || filter == current).then(|| Tab {
            label: format!("{label}\u{a0}{count}"),
            href: address(path, &[("nhom", group), ("loc", filter)]),
            current: filter == current,
        })
    };
    FILTERS.into_iter().filter_map(tab).collect()
}

/// What ticks every row that nothing speaks against.
#[must_use]
pub fn quick(cells: &[Cell], phase: Phase, path: &str, group: &str) -> Option<Link> {
    let count = cells.iter().filter(|cell| is_quick(cell, phase)).count();
    let label = format!("{count} dòng chưa quyết định, có tài liệu, khớp số hệ thống");
    let href = address(path, &[("nhom", group), ("loc", "chua"), ("chon", QUICK)]);
    (count > 0).then(|| Link::new(label, href))
}

/// How far the rows are, and until when.
#[must_use]
pub fn lede(at: &RoundAt, cells: &[Cell], phase: Phase) -> String {
    let count = |test: &dyn Fn(State) -> bool| cells.iter().filter(|cell| test(cell.state(phase))).count();
    let decided = count(&State::is_decided);
    let (asked, absent) = (count(&|state| state == State::Asked), count(&|state| state == State::NotSubmitted));
    let waiting = count(&State::waits);
    let until =
        at.plan.deadline(phase).map(|until| format!(" Hạn {}: {}.", phase.label().to_lowercase(), vietnamese(until)));
    let absent = if absent > 0 { format!("; {absent} chưa nộp phiếu") } else { String::new() };
    format!(
        "{} dòng. Đã quyết định {decided}, đang hỏi {asked}, còn {waiting}{absent}.{}",
        cells.len(),
        until.unwrap_or_default()
    )
}
