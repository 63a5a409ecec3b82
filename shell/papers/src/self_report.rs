//! The self-score report of a unit (báo cáo tự chấm điểm) as a Word document, ready for its number and signature.
//!
//! In the form of Nghị định 30/2020/NĐ-CP (Phụ lục III, mẫu báo cáo): result by field, what did not reach its
//! maximum and why, what has no evidence and why, proposals; every line with its evidence in an annex.

mod annex;
mod body;
#[cfg(test)]
mod tests;

use cchc_index::{CriteriaSet, ScoredUnit};
use cchc_text::date;
use jiff::civil::Date;

use crate::docx::{self, Form, Look, Page, Pages, UPRIGHT_WIDTH, side_by_side, text};
use crate::signature;
pub use crate::signature::Party;
use crate::write_error::WriteError;

const SIMULATED: &str = "SỐ LIỆU MÔ PHỎNG";
const HALF: usize = UPRIGHT_WIDTH / 2;

/// What the report says.
#[derive(Debug, Clone)]
pub struct SelfReport<'a> {
    /// The agency above; may be empty.
    pub superior: String,
    /// The unit that reports.
    pub agency: String,
    /// Number and symbol: `12/BC-SNV`; empty: dotted, to be filled in by hand.
    pub number: String,
    /// Where: `Vĩnh Yên`; empty: dotted.
    pub place: String,
    /// Its date; `None`: dotted.
    pub on: Option<Date>,
    /// To whom: `Sở Nội vụ`.
    pub to: String,
    /// What it reports on: `Chỉ số CCHC năm 2022 của các sở, ban, ngành`.
    pub about: String,
    /// The set, with the year that is scored.
    pub set: &'a CriteriaSet,
    /// How the unit scores itself.
    pub scored: &'a ScoredUnit,
    /// What it says at the lines; a line that is not here is empty.
    pub lines: Vec<ReportLine>,
    /// Its proposals; may be empty.
    pub proposals: String,
    /// Who signs.
    pub signer: Party,
    /// What stands in a frame on top and at the foot of each page; empty: nothing.
    pub mark: String,
    /// Whether people or numbers are invented; then it says so on top.
    pub simulated: bool,
}

/// What the unit says at a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportLine {
    /// Code of the criterion.
    pub code: String,
    /// The answer in words: `9 / 10`.
    pub answer: String,
    /// What it says to it, and in place of evidence.
    pub note: String,
    /// The evidence in words: `15/KH-SNV, mục II, trang 3`.
    pub evidence: Vec<String>,
}

/// Writes the report; the same report gives the same bytes.
///
/// # Errors
/// [`WriteError::Document`] where the document could not be packed.
pub fn docx(report: &SelfReport<'_>) -> Result<Vec<u8>, WriteError> {
    let mut blocks = Vec::new();
    let mark = mark(report);
    if !mark.is_empty() {
        blocks.push(text(Form::Mark, &mark));
    }
    let number = if report.number.is_empty() { "……/BC-……" } else { &report.number };
    let place = if report.place.is_empty() { "……………" } else { &report.place };
    let day = report.on.map_or_else(|| "ngày …… tháng …… năm ………".to_owned(), date::long);
    let when = (Look::Plain, 26, format!("{place}, {day}"));
    blocks.push(signature::head(&report.superior, &report.agency, format!("Số: {number}"), Some(when)));
    blocks.extend([text(Form::Text, ""), text(Form::Title, "BÁO CÁO")]);
    blocks.push(text(Form::Number, &format!("Kết quả tự chấm điểm {}", report.about)));
    blocks.push(text(Form::Below, &format!("Kính gửi: {}", report.to)));
    blocks.extend(body::blocks(report));
    let receivers = [
        (Look::Bold, 24, "Nơi nhận:".to_owned()),
        (Look::Plain, 22, format!("- {};", report.to)),
        (Look::Plain, 22, "- Lưu: VT.".to_owned()),
    ];
    let mut signer: Vec<_> =
        signature::titles(&report.signer).into_iter().map(|title| (Look::Bold, 26, title)).collect();
    signer.push((Look::Room, 24, String::new()));
    signer.push((Look::Bold, 28, report.signer.name.clone()));
    blocks.extend([text(Form::Text, ""), side_by_side((HALF, &receivers), (HALF, &signer))]);
    let pages = vec![Pages { page: Page::Upright, blocks }, Pages { page: Page::Lying, blocks: annex::blocks(report) }];
    docx::write(&format!("Báo cáo tự chấm điểm – {}", report.agency), &mark, pages)
}

fn mark(report: &SelfReport<'_>) -> String {
    let simulated = if report.simulated { SIMULATED } else { "" };
    let parts = [simulated, report.mark.as_str()].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" – ")
}

impl SelfReport<'_> {
    fn line(&self, code: &str) -> Option<&ReportLine> {
        self.lines.iter().find(|line| line.code == code)
    }
}
