//! The pages, a folder or file for each part of the site.

pub mod account;
pub mod clock;
pub mod day;
pub mod download;
pub mod drafts;
pub mod help;
pub mod history;
pub mod home;
pub mod leader;
pub mod notices;
pub mod people;
pub mod publication;
pub mod rounds;
pub mod rule;
pub mod search;
pub mod series;
pub mod sets;
pub mod system;
pub mod trial;
pub mod units;

use std::sync::Arc;

use cchc_text::{Finding, Severity};

use crate::site::Site;

/// What handlers ask for: the site as it stands.
pub type Shared = Arc<Site>;

pub use download::download;

/// `20 đơn vị`: a count with the word for it, dots between thousands.
#[must_use]
pub fn count(number: usize) -> String {
    cchc_text::number::vietnamese(&number.to_string())
}

/// Class of the style sheet for how much a finding costs.
#[must_use]
pub const fn severity_class(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "late",
        Severity::Warning => "ask",
        Severity::Note => "no",
    }
}

/// The word for how much a finding costs.
#[must_use]
pub const fn severity_word(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "Lỗi",
        Severity::Warning => "Cảnh báo",
        Severity::Note => "Lưu ý",
    }
}
