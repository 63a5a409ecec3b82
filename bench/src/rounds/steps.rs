//! The round through its later steps: appraised, explained, appraised again, concluded; then what is asked of it.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::Context as _;
use cchc_index::round::{Phase, RoundCommand};
use cchc_index::set::Source;
use cchc_index::sheet::Verdict;
use cchc_index::{AnswerText, SheetCommand};
use cchc_papers::{Particulars, annex_docx, package, results_xlsx, round_package};

use super::{AGENCY, ROUND, Stage, context, millis};
use crate::report::{Report, median_of};

/// Units of which the first appraisal lowers a line, one in so many.
const LOWERED: usize = 4;
/// Inputs after which the round is recomputed.
const INPUTS: usize = 15;

impl Stage {
    /// Agencies decide every line of every unit.
    pub(super) async fn appraised(&self, report: &mut Report) -> anyhow::Result<()> {
        let lowered = self.ratio()?;
        let mut times = Vec::new();
        for (number, unit) in self.units.iter().enumerate() {
            let lines = self.answers(unit).into_iter().map(|(code, _)| {
                let verdict = if code == lowered && number.is_multiple_of(LOWERED) {
                    Verdict::Answer(AnswerText::new("1", "1000"))
                } else {
                    Verdict::Accept
                };
                (code, verdict)
            });
            let start = Instant::now();
            self.decide(&unit.code, SheetCommand::AppraiseMany { lines: lines.collect() }, "lan-1").await?;
            times.push(millis(start));
        }
        times.sort_by(f64::total_cmp);
        report.plain("thẩm định cả phiếu 100 dòng trong một lệnh, trung vị", times[times.len() / 2]);
        Ok(())
    }

    /// Units disagree, agencies look again, the council concludes: all five steps have something in them.
    pub(super) async fn disputed(&self) -> anyhow::Result<()> {
        let line = self.ratio()?;
        let lowered = || self.units.iter().step_by(LOWERED).map(|unit| unit.code.as_str());
        let again =
            || SheetCommand::Appraise { line: line.clone(), verdict: Verdict::Answer(AnswerText::new("1", "1000")) };
        self.round(RoundCommand::Advance { to: Phase::Explaining }, "giai-trinh").await?;
        for unit in lowered() {
            let text = "có biên bản (mô phỏng)".to_owned();
            self.sheet(unit, SheetCommand::Explain { line: line.clone(), agrees: false, text }, "giai-trinh").await?;
        }
        self.round(RoundCommand::Advance { to: Phase::SecondAppraisal }, "lan-2").await?;
        for unit in lowered() {
            self.decide(unit, again(), "lan-2").await?;
        }
        self.round(RoundCommand::Advance { to: Phase::Council }, "hoi-dong").await?;
        for unit in lowered().skip(1) {
            self.decide(unit, again(), "hoi-dong").await?;
        }
        Ok(())
    }

    /// The pages of a round in which all five steps were gone through.
    pub(super) async fn pages(&self, report: &mut Report) -> anyhow::Result<()> {
        let first = self.units.first().context("không có đơn vị")?.code.clone();
        let steps = "200 × 100 × 5 bước";
        let sheet = format!("/dot-cham/{ROUND}/phieu/{first}");
        self.page(report, &first, &sheet, &format!("phiếu, {steps}"), 60.0).await?;
        let grid = format!("/dot-cham/{ROUND}/tieu-chi/{}", self.ratio()?);
        self.page(report, "tham-dinh", &grid, &format!("lưới một tiêu chí, {steps}"), 60.0).await?;
        let board = format!("/dot-cham/{ROUND}");
        self.page(report, "dieu-phoi", &board, &format!("bảng tiến độ, {steps}"), 100.0).await?;
        let publish = format!("/dot-cham/{ROUND}/cong-bo");
        self.page(report, "dieu-phoi", &publish, "tính lại cả đợt, xem trước xếp hạng", 1_000.0).await
    }

    /// A conclusion of the council is recorded, then the whole round computed anew and shown.
    pub(super) async fn recomputed(&self, report: &mut Report) -> anyhow::Result<()> {
        let (line, cookie) = (self.ratio()?, self.session("dieu-phoi").await?);
        let unit = &self.units.get(1).context("không có đơn vị")?.code;
        let publish = format!("/dot-cham/{ROUND}/cong-bo");
        let mut times = Vec::new();
        for input in 0..INPUTS {
            let answer = AnswerText::new(&format!("{}", 100 + input), "1000");
            let command = SheetCommand::Appraise { line: line.clone(), verdict: Verdict::Answer(answer) };
            let start = Instant::now();
            self.decide(unit, command, &format!("so-{input}")).await?;
            self.ask(&cookie, &publish).await?;
            times.push(millis(start));
        }
        times.sort_by(f64::total_cmp);
        report.plain("một kết luận mới rồi tính lại cả đợt, trung vị", times[times.len() / 2]);
        report.budget("một kết luận mới rồi tính lại cả đợt, p95", times[times.len() * 95 / 100], 1_000.0);
        Ok(())
    }

    /// The package of the round and the annexes of its group, out of 200 sheets.
    pub(super) async fn papers(&self, report: &mut Report) -> anyhow::Result<()> {
        let start = Instant::now();
        let round = self.store.round_find(ROUND).await?.context("không có đợt")?;
        let mut sheets = BTreeMap::new();
        for unit in &self.units {
            sheets.insert(unit.code.clone(), self.store.sheet_find(ROUND, &unit.code).await?);
        }
        report.plain("đọc 200 phiếu 100 dòng qua năm bước", millis(start));
        let particulars = Particulars { series: ROUND.to_owned(), ..Particulars::default() };
        let made = || round_package(&round, "so", &self.set, &sheets, &particulars);
        let package = made().context("đợt không có kế hoạch")?;
        report.plain("gói kết quả từ 200 phiếu: tính điểm", median_of(7, made));
        report.plain("gói kết quả từ 200 phiếu: ghi tệp", median_of(7, || package::write(&package).is_ok()));
        report.size("gói kết quả từ 200 phiếu", package::write(&package)?.len());
        for group in annex_docx::groups(&package) {
            let write = || annex_docx::write(&package, group, |_| None);
            report.plain("phụ lục DOCX của nhóm 200 đơn vị", median_of(5, || write().is_ok()));
            report.size("phụ lục DOCX của nhóm 200 đơn vị", write()?.len());
        }
        report.plain("bảng điểm XLSX của nhóm 200 đơn vị", median_of(5, || results_xlsx::write(&package).is_ok()));
        report.size("bảng điểm XLSX của nhóm 200 đơn vị", results_xlsx::write(&package)?.len());
        Ok(())
    }

    /// A line with two counts that units answer.
    pub(super) fn ratio(&self) -> anyhow::Result<String> {
        let mut leaves = self.set.leaves();
        let found = leaves.find(|(_, _, leaf)| leaf.source == Source::Person && leaf.rule.kind() == "proportional");
        Ok(found.context("bộ tiêu chí không có dòng tỷ lệ")?.1.code.clone())
    }

    async fn decide(&self, unit: &str, command: SheetCommand, request: &str) -> anyhow::Result<()> {
        let stream = cchc_store::sheets::stream(ROUND, unit)?;
        let context = context(AGENCY, &format!("{unit}.{request}"));
        self.store.commit::<cchc_index::Sheet>(&stream, command, context).await?;
        Ok(())
    }
}
