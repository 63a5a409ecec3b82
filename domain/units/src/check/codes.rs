//! Codes that a spreadsheet took for numbers.

use std::collections::BTreeSet;

use cchc_text::{Finding, Findings};

use crate::read::Draft;

/// The code with the zero that a spreadsheet drops, where a row bears it: `8707` → `08707`.
pub(crate) fn with_leading_zero(code: &str, known: &BTreeSet<String>) -> Option<String> {
    let padded = format!("0{code}");
    (code.bytes().all(|byte| byte.is_ascii_digit()) && known.contains(&padded)).then_some(padded)
}

/// Warns of rows whose own code seems to have lost its zero.
pub(crate) fn check(drafts: &[Draft], known: &BTreeSet<String>, findings: &mut Findings) {
    for Draft { version, .. } in drafts {
        let Some(padded) = with_leading_zero(&version.code, known) else { continue };
        let message = format!("Mã «{}» có lẽ mất số 0 ở đầu: trong tệp có mã «{padded}».", version.code);
        findings.push(
            Finding::warning("lost-leading-zero", version.place.clone(), message)
                .hint("Định dạng cột mã là văn bản rồi ghi lại mã."),
        );
    }
}
