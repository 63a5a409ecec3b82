//! Who takes over: known, there on the day after, no cycle.

use std::collections::{BTreeMap, BTreeSet};

use cchc_text::date::vietnamese;
use cchc_text::{Finding, Findings};

use crate::check::codes::with_leading_zero;
use crate::codes::Codes;
use crate::period::listed;
use crate::read::Draft;
use crate::succession::Link;

/// A successor that is there, but not on the day after.
struct Unresolved<'a> {
    before: &'a Draft,
    code: &'a str,
}

/// Finds who takes over from whom, and reports every successor that can't.
pub(crate) fn resolve(drafts: &[Draft], codes: &Codes, known: &BTreeSet<String>, findings: &mut Findings) -> Vec<Link> {
    let mut links = Vec::new();
    let mut unresolved = Vec::new();
    for (before, draft) in drafts.iter().enumerate() {
        let version = &draft.version;
        let Some(on) = version.period.day_after() else {
            findings.extend(successor_of_the_living(draft));
            continue;
        };
        for code in &version.successors {
            match codes.at(code, on) {
                Some(after) => links.push(Link { before, after, on }),
                None if codes.contains(code) => unresolved.push(Unresolved { before: draft, code }),
                None => findings.push(unknown(draft, code, known)),
            }
        }
    }
    report_unresolved(&unresolved, codes, findings);
    report_undeclared(drafts, codes, &links, findings);
    links
}

fn successor_of_the_living(draft: &Draft) -> Option<Finding> {
    let version = &draft.version;
    (!version.successors.is_empty()).then(|| {
        let message =
            format!("«{}» còn hiệu lực mà đã có đơn vị kế tục «{}».", version.name, version.successors.join("; "));
        Finding::warning("successor-without-end", draft.at.successor.clone(), message)
            .hint("Ghi ngày kết thúc vào valid_to, hoặc để trống successor.")
    })
}

fn unknown(draft: &Draft, code: &str, known: &BTreeSet<String>) -> Finding {
    let place = draft.at.successor.clone();
    if known.contains(code) {
        let message = format!("Dòng của đơn vị kế tục «{code}» không dùng được.");
        return Finding::error("unknown-successor", place, message).hint("Sửa dòng của đơn vị kế tục trước.");
    }
    let finding = Finding::error("unknown-successor", place, format!("Không có đơn vị kế tục mang mã «{code}»."));
    match with_leading_zero(code, known) {
        Some(padded) => finding.hint(format!("Có phải «{padded}»? Mã mất số 0 ở đầu.")),
        None => finding.hint("Thêm dòng của đơn vị ấy, hoặc sửa mã; nhiều đơn vị kế tục cách nhau bằng dấu ;."),
    }
}

fn report_unresolved(unresolved: &[Unresolved], codes: &Codes, findings: &mut Findings) {
    let circular = codes_in_cycles(unresolved);
    for Unresolved { before, code } in unresolved {
        let version = &before.version;
        let place = before.at.successor.clone();
        if circular.contains(version.code.as_str()) && circular.contains(code) && version.code != *code {
            let message = format!("Quan hệ kế tục đi vòng giữa «{}» và «{code}».", version.code);
            findings.push(
                Finding::error("succession-cycle", place, message)
                    .hint("Đơn vị kế tục phải còn hiệu lực sau ngày đơn vị trước kết thúc."),
            );
            continue;
        }
        let day = version.period.day_after().map(vietnamese).unwrap_or_default();
        let periods: Vec<_> = codes.of(code).map(|(period, _)| period).collect();
        let message = format!("Đơn vị kế tục «{code}» không có hiệu lực ngày {day} ({}).", listed(&periods));
        findings
            .push(Finding::error("successor-not-valid", place, message).hint(
                "Đơn vị kế tục phải có mặt ngay ngày hôm sau: sửa valid_from của nó hoặc valid_to của dòng này.",
            ));
    }
}

/// The codes left when those that nothing leads to, or that lead to nothing, are taken away in turn.
fn codes_in_cycles<'a>(unresolved: &[Unresolved<'a>]) -> BTreeSet<&'a str> {
    let edges: BTreeSet<(&str, &str)> = unresolved
        .iter()
        .map(|edge| (edge.before.version.code.as_str(), edge.code))
        .filter(|(from, to)| from != to)
        .collect();
    let forward = peel(edges.iter().copied());
    peel(edges.iter().map(|&(from, to)| (to, from)).filter(|(to, from)| forward.contains(to) && forward.contains(from)))
}

/// Takes away, again and again, what no edge leads to.
fn peel<'a>(edges: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeSet<&'a str> {
    let mut after: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut incoming: BTreeMap<&str, usize> = BTreeMap::new();
    for (from, to) in edges {
        after.entry(from).or_default().push(to);
        incoming.entry(from).or_default();
        let count = incoming.entry(to).or_default();
        *count = count.saturating_add(1);
    }
    let mut free: Vec<&str> = incoming.iter().filter(|(_, count)| **count == 0).map(|(code, _)| *code).collect();
    while let Some(code) = free.pop() {
        incoming.remove(code);
        for to in after.get(code).into_iter().flatten() {
            let Some(count) = incoming.get_mut(to) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                free.push(to);
            }
        }
    }
    incoming.into_keys().collect()
}

/// Warns of a version that follows the other of its code without a gap while no row says that it takes over.
fn report_undeclared(drafts: &[Draft], codes: &Codes, links: &[Link], findings: &mut Findings) {
    let succeeding: BTreeSet<(usize, jiff::civil::Date)> = links.iter().map(|link| (link.after, link.on)).collect();
    for versions in codes.each() {
        let mut day_after = None;
        for (period, position) in versions {
            let follows = day_after == Some(period.start()) && !succeeding.contains(&(position, period.start()));
            if let Some(draft) = drafts.get(position).filter(|_| follows) {
                let message = format!(
                    "«{}» nối tiếp phiên bản trước của mã «{}» nhưng phiên bản trước không ghi đơn vị kế tục; được coi là đơn vị mới.",
                    draft.version.name, draft.version.code
                );
                findings.push(
                    Finding::warning("undeclared-continuation", draft.at.start.clone(), message)
                        .hint("Nếu vẫn là đơn vị ấy, ghi mã này vào cột successor của phiên bản trước."),
                );
            }
            day_after = period.day_after();
        }
    }
}
