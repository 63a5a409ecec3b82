//! What becomes of a sheet that was handed in: agencies decide and ask back, the unit explains, the council decides.

use std::collections::BTreeMap;

use cchc_access::Role;
use cchc_index::sheet::{SheetCommand, Verdict};
use cchc_ledger::Actor;
use jiff::ToSpan;
use jiff::civil::Date;

use super::Step;
use super::answers::given_lines;
use super::script::{Unit, working};
use crate::demo::dice::Dice;
use crate::demo::extras::actor;

/// Out of a thousand lines, so many are asked back.
const ASKED: u64 = 25;
/// Out of a thousand lines, so many get other points.
const CUT: u64 = 20;
/// Out of a thousand changes, so many with which the unit agrees.
const AGREED: u64 = 600;

const QUESTION: &str = "Đề nghị bổ sung văn bản chứng minh số liệu của dòng này (mô phỏng).";
const ANSWERED: &str = "Đơn vị đã gửi bổ sung bản chụp văn bản qua trục liên thông (mô phỏng).";
const COUNTED: &str = "Lấy theo số liệu tổng hợp: tài liệu của đơn vị chưa chứng minh được phần chênh lệch (mô phỏng).";
const CUT_BECAUSE: &str = "Văn bản kiểm chứng ban hành sau thời hạn, chỉ tính một nửa số điểm (mô phỏng).";
const EXPLANATION: &str = "Đơn vị đã gửi văn bản đúng hạn qua trục liên thông, kèm ảnh chụp nhật ký gửi (mô phỏng).";

/// A line that is not simply accepted.
struct Changed<'a> {
    line: &'a str,
    verdict: Verdict,
    reason: &'static str,
}

/// The steps of a unit from first appraisal on.
pub fn steps(unit: &Unit<'_>) -> Vec<Step> {
    let days = &unit.script.days;
    let mut steps = Vec::new();
    for (agency, lines) in by_agency(unit) {
        let appraiser = actor(&agency, Role::Appraiser, days.appraised);
        steps.extend(first(unit, &appraiser, &lines));
    }
    let given = given_lines(&unit.script.plan, unit.set, &unit.ranked.code);
    if !given.is_empty() {
        let organiser = Actor { unit: unit.script.plan.organiser.clone(), ..Actor::system() };
        let source = "nhập từ kết quả điều tra xã hội học (mô phỏng)".to_owned();
        let command = SheetCommand::GiveMany { lines: unit.answers.given(&given), source };
        steps.push(unit.act(days.again, 14, organiser, command, ""));
    }
    steps
}

/// The lines of the unit by the agency that appraises them.
fn by_agency<'a>(unit: &'a Unit<'_>) -> BTreeMap<String, Vec<&'a str>> {
    let plan = &unit.script.plan;
    let own = super::answers::own_lines(plan, unit.set, &unit.ranked.code);
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (_, node, leaf) in unit.set.leaves().filter(|(_, node, _)| own.contains(&node.code)) {
        if let Some(agency) = plan.appraiser(&leaf.appraiser, &unit.ranked.code) {
            found.entry(agency.to_owned()).or_default().push(&node.code);
        }
    }
    found
}

fn first(unit: &Unit<'_>, appraiser: &Actor, lines: &[&str]) -> Vec<Step> {
    let days = &unit.script.days;
    let (mut accepted, mut asked, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        let mut dice = dice(unit, line);
        if let Some(counted) = unit.answers.disputed(line) {
            changed.push(Changed { line, verdict: Verdict::Answer(counted), reason: COUNTED });
        } else if dice.happens(ASKED) {
            asked.push(*line);
        } else if let (true, Some(half)) = (dice.happens(CUT), half(unit, line)) {
            changed.push(Changed { line, verdict: half, reason: CUT_BECAUSE });
        } else {
            accepted.push(((*line).to_owned(), Verdict::Accept));
        }
    }
    let mut steps = Vec::new();
    let day = day_of(unit, appraiser);
    let appraise = |day, hour, lines: Vec<_>, reason: &str| {
        let command = SheetCommand::AppraiseMany { lines };
        unit.act(day, hour, appraiser.clone(), command, reason)
    };
    if !accepted.is_empty() {
        steps.push(appraise(day, 9, accepted, ""));
    }
    for line in asked {
        let until = working(day.saturating_add(7.days()));
        let (question, asked) = (QUESTION.to_owned(), line.to_owned());
        let command = SheetCommand::AskBack { line: asked, question, until };
        steps.push(unit.act(day, 10, appraiser.clone(), command, ""));
        if dice(unit, line).below(3) > 0 {
            let officer = actor(&unit.ranked.code, Role::UnitOfficer, day);
            let note = SheetCommand::Note { line: line.to_owned(), text: ANSWERED.to_owned() };
            steps.push(unit.act(working(day.saturating_add(2.days())), 15, officer, note, ""));
        }
        let last = days.explained.saturating_sub(1.days());
        steps.push(appraise(last, 14, vec![(line.to_owned(), Verdict::Accept)], ""));
    }
    for change in changed {
        steps.push(appraise(day, 11, vec![(change.line.to_owned(), change.verdict.clone())], change.reason));
        steps.extend(disagreement(unit, appraiser, &change));
    }
    steps
}

/// The unit agrees, or it explains: then the agency gives in, or the council decides.
fn disagreement(unit: &Unit<'_>, appraiser: &Actor, change: &Changed<'_>) -> Vec<Step> {
    let days = &unit.script.days;
    let mut dice = Dice::named(&[&unit.script.id, &unit.ranked.code, change.line, "giải trình"]);
    let agrees = dice.happens(AGREED);
    let (line, text) = (change.line.to_owned(), if agrees { String::new() } else { EXPLANATION.to_owned() });
    let officer = actor(&unit.ranked.code, Role::UnitOfficer, days.explained);
    let mut steps = vec![unit.act(days.explained, 9, officer, SheetCommand::Explain { line, agrees, text }, "")];
    if agrees {
        return steps;
    }
    let answers = unit.answers.given(std::slice::from_ref(&change.line.to_owned()));
    let Some(own) = answers.into_iter().next() else { return steps };
    let (day, by, reason) = if dice.happens(500) {
        (days.again, appraiser.clone(), "Chấp nhận giải trình của đơn vị (mô phỏng).")
    } else {
        (days.council, council(unit), "Hội đồng thống nhất theo giải trình của đơn vị, biên bản họp (mô phỏng).")
    };
    let command = SheetCommand::AppraiseMany { lines: vec![(own.0, Verdict::Answer(own.1))] };
    steps.push(unit.act(day, 10, by, command, reason));
    steps
}

/// Who speaks for the council: of a district its head; nobody decides of his own unit.
pub fn council(unit: &Unit<'_>) -> Actor {
    let (plan, day) = (&unit.script.plan, unit.script.days.council);
    if plan.organiser == unit.ranked.code {
        let office = plan.appraisers.iter().find(|known| known.field == "vp-ubnd");
        return actor(office.map_or("", |known| known.unit.as_str()), Role::Appraiser, day);
    }
    actor(&plan.organiser, if plan.organiser.contains('.') { Role::Council } else { Role::UnitHead }, day)
}

/// The day on which the agency comes to this unit.
fn day_of(unit: &Unit<'_>, appraiser: &Actor) -> Date {
    let days = &unit.script.days;
    let mut dice = Dice::named(&[&unit.script.id, &unit.ranked.code, &appraiser.unit, "ngày thẩm định"]);
    let span = u64::try_from((days.explained - days.appraised).get_days()).unwrap_or(1);
    let after = i64::try_from(dice.below((span / 3).max(1))).unwrap_or(0);
    working(days.appraised.saturating_add(after.days()))
}

fn dice(unit: &Unit<'_>, line: &str) -> Dice {
    Dice::named(&[&unit.script.id, &unit.ranked.code, line, "thẩm định"])
}

/// Half of the points that a line can have.
fn half(unit: &Unit<'_>, line: &str) -> Option<Verdict> {
    let (_, node) = unit.set.find(line)?;
    let scale = usize::from(node.max.scale());
    let tenths = node.max.mantissa().checked_mul(5)?;
    let digits = format!("{tenths:0width$}", width = scale + 2);
    let (whole, rest) = digits.split_at(digits.len().checked_sub(scale + 1)?);
    format!("{whole}.{rest}").parse().ok().map(Verdict::Points)
}
