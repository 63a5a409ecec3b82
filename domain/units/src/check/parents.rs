//! The unit above: known, there all the time, of a higher level, no cycle.

use std::collections::BTreeSet;

use cchc_text::{Finding, Findings};
use jiff::civil::Date;

use crate::check::codes::with_leading_zero;
use crate::codes::Codes;
use crate::level::Level;
use crate::period::listed;
use crate::read::Draft;

/// No real chain is longer (province, district, commune, and offices of each).
const DEEPEST: usize = 16;

/// Checks every parent; one that can't be used is taken away, so that every unit has a place.
pub(crate) fn check(drafts: &mut [Draft], codes: &Codes, known: &BTreeSet<String>, findings: &mut Findings) {
    for draft in &mut *drafts {
        let Some(parent) = draft.version.parent.clone() else {
            findings.extend(top_without_being_a_province(draft));
            continue;
        };
        if !codes.contains(&parent) {
            findings.push(unknown(draft, &parent, known));
            draft.version.parent = None;
        }
    }
    for draft in &*drafts {
        let Some(parent) = &draft.version.parent else { continue };
        let period = draft.version.period;
        let holders: Vec<_> = codes.of(parent).collect();
        if !period.is_covered_by(holders.iter().map(|(period, _)| *period)) {
            let periods: Vec<_> = holders.iter().map(|(period, _)| *period).collect();
            let message = format!(
                "Đơn vị cấp trên «{parent}» ({}) không có mặt suốt thời gian của «{}» ({period}).",
                listed(&periods),
                draft.version.name
            );
            findings.push(
                Finding::error("parent-not-valid", draft.at.parent.clone(), message)
                    .hint("Tách dòng này theo ngày, hoặc sửa thời gian của đơn vị cấp trên."),
            );
        }
        let levels =
            holders.iter().filter_map(|(_, position)| drafts.get(*position)).map(|holder| holder.version.level);
        if let Some(level) = levels.into_iter().find(|level| !level.may_hold(draft.version.level)) {
            let message =
                format!("Đơn vị «{parent}» ({}) không thể đứng trên {}.", level.label(), draft.version.level.label());
            findings.push(
                Finding::warning("parent-level", draft.at.parent.clone(), message)
                    .hint("Xem lại cột level và cột đơn vị cấp trên."),
            );
        }
    }
    cut_cycles(drafts, codes, findings);
}

fn top_without_being_a_province(draft: &Draft) -> Option<Finding> {
    let level = draft.version.level;
    (level != Level::Province).then(|| {
        let message = format!("«{}» ({}) không có đơn vị cấp trên.", draft.version.name, level.label());
        Finding::warning("no-parent", draft.at.parent.clone(), message).hint("Ghi mã tỉnh hoặc mã huyện.")
    })
}

fn unknown(draft: &Draft, parent: &str, known: &BTreeSet<String>) -> Finding {
    let place = draft.at.parent.clone();
    if known.contains(parent) {
        let message = format!(
            "Dòng của đơn vị cấp trên «{parent}» không dùng được, nên «{}» đứng ngoài cây.",
            draft.version.name
        );
        return Finding::error("unknown-parent", place, message).hint("Sửa dòng của đơn vị cấp trên trước.");
    }
    let finding = Finding::error("unknown-parent", place, format!("Không có đơn vị cấp trên mang mã «{parent}»."));
    match with_leading_zero(parent, known) {
        Some(padded) => finding.hint(format!("Có phải «{padded}»? Mã mất số 0 ở đầu.")),
        None => finding.hint("Thêm dòng của đơn vị ấy, hoặc sửa mã."),
    }
}

/// A cycle stands on the day on which the last of its versions begins, so looking upwards from each
/// version on its first day finds every one.
fn cut_cycles(drafts: &mut [Draft], codes: &Codes, findings: &mut Findings) {
    let mut cut = Vec::new();
    let mut told: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    for (start, draft) in drafts.iter().enumerate() {
        let chain = chain_above(start, draft.version.period.start(), drafts, codes);
        if chain.last() == Some(&start) {
            cut.push(start);
            if told.insert(chain.iter().copied().collect()) {
                let names: Vec<_> = [start]
                    .iter()
                    .chain(&chain)
                    .filter_map(|&position| drafts.get(position))
                    .map(|d| d.version.code.as_str())
                    .collect();
                let message = format!("Quan hệ cấp trên đi vòng: {}.", names.join(" → "));
                findings.push(
                    Finding::error("parent-cycle", draft.at.parent.clone(), message)
                        .hint("Một đơn vị không thể đứng trên chính nó: sửa cột đơn vị cấp trên."),
                );
            }
        } else if chain.len() >= DEEPEST && chain.iter().collect::<BTreeSet<_>>().len() == chain.len() {
            cut.push(start);
            let message = format!("«{}» có trên {DEEPEST} cấp trên nó.", draft.version.name);
            findings.push(
                Finding::error("too-deep", draft.at.parent.clone(), message).hint("Xem lại cột đơn vị cấp trên."),
            );
        }
    }
    for position in cut {
        if let Some(draft) = drafts.get_mut(position) {
            draft.version.parent = None;
        }
    }
}

/// The versions above `start` on that day, nearest first: to the top, back to `start`, or [`DEEPEST`].
fn chain_above(start: usize, on: Date, drafts: &[Draft], codes: &Codes) -> Vec<usize> {
    let above = |position: usize| {
        let parent = drafts.get(position)?.version.parent.as_deref()?;
        codes.at(parent, on)
    };
    let mut chain = Vec::new();
    let mut next = above(start);
    while let Some(position) = next.filter(|_| chain.len() < DEEPEST) {
        chain.push(position);
        next = if position == start { None } else { above(position) };
    }
    chain
}
