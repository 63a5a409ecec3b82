//! The versions of one code: repeated, overlapping, with a gap between them.

use cchc_text::date::vietnamese;
use cchc_text::{Finding, Findings};

use crate::codes::Codes;
use crate::period::Period;
use crate::read::Draft;

/// Keeps the rows of which no two share a day under one code; the earlier row of the file stands.
pub(crate) fn admit(drafts: Vec<Draft>, findings: &mut Findings) -> (Vec<Draft>, Codes) {
    let mut codes = Codes::default();
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let version = &draft.version;
        match codes.admit(&version.code, version.period, kept.len()) {
            Ok(()) => kept.push(draft),
            Err(other) => findings.extend(kept.get(other).map(|other| clash(&draft, other))),
        }
    }
    (kept, codes)
}

fn clash(draft: &Draft, other: &Draft) -> Finding {
    let (version, stands) = (&draft.version, &other.version);
    let same = version.name == stands.name
        && version.level == stands.level
        && version.kind == stands.kind
        && version.parent == stands.parent
        && version.period == stands.period
        && version.successors == stands.successors;
    if same {
        let message =
            format!("Dòng lặp lại: «{}» ({}) đã có ở {}; chỉ tính một lần.", version.name, version.code, stands.place);
        return Finding::warning("duplicate-row", version.place.clone(), message).hint("Xóa một trong hai dòng.");
    }
    let message = format!(
        "Mã «{}» có hai phiên bản trùng thời gian: «{}» ({}) và «{}» ({}) ở {}; dòng này không được dùng.",
        version.code, version.name, version.period, stands.name, stands.period, stands.place
    );
    Finding::error("overlap", draft.at.start.clone(), message)
        .hint("Một mã, một ngày chỉ có một phiên bản: sửa valid_from hoặc valid_to.")
}

/// Warns of days between two versions of a code on which nothing bears it.
pub(crate) fn gaps(drafts: &[Draft], codes: &Codes, findings: &mut Findings) {
    for versions in codes.each() {
        let mut before: Option<Period> = None;
        for (period, position) in versions {
            let missing = before.and_then(Period::day_after).filter(|&day| day < period.start());
            if let (Some(first), Some(draft), Ok(last)) = (missing, drafts.get(position), period.start().yesterday()) {
                let message = format!(
                    "Mã «{}» không có phiên bản nào từ {} đến {}.",
                    draft.version.code,
                    vietnamese(first),
                    vietnamese(last)
                );
                findings.push(
                    Finding::warning("gap", draft.at.start.clone(), message)
                        .hint("Thêm phiên bản còn thiếu, hoặc sửa ngày của hai phiên bản kề nhau."),
                );
            }
            before = Some(period);
        }
    }
}
