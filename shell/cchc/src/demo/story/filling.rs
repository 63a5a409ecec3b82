//! A unit fills its sheet, proves it and hands it in.

use cchc_access::Role;
use cchc_index::sheet::{SheetCommand, Submission};
use cchc_ledger::Actor;
use jiff::ToSpan;
use jiff::civil::Date;

use super::Step;
use super::answers::own_lines;
use super::script::{Unit, working};
use crate::demo::dice::Dice;
use crate::demo::extras::actor;

/// Out of a thousand heads, so many sign on the day after, and so many give the sheet back first.
const LATER: u64 = 400;
const GIVEN_BACK: u64 = 120;
/// Why a head gives it back.
const RETURNED: &str = "Đề nghị rà soát lại số liệu giải quyết TTHC trước khi ký (mô phỏng)";

/// In two turns: what is at hand, then the rest; beside it what the registers count; then the head signs.
pub fn steps(unit: &Unit<'_>) -> Vec<Step> {
    let (first, last) = unit.worked;
    let lines = own_lines(&unit.script.plan, unit.set, &unit.ranked.code);
    let share = Dice::named(&[&unit.script.id, &unit.ranked.code, "phần đầu"]).between(25, 75);
    let split = lines.len().saturating_mul(usize::try_from(share).unwrap_or(50)) / 100;
    let mut steps: Vec<Step> = counted(unit, &lines).into_iter().collect();
    for (day, part) in [(first, lines.get(..split)), (last, lines.get(split..))] {
        let part = part.unwrap_or_default();
        let fill = SheetCommand::FillMany { lines: unit.answers.filled(part) };
        let prove = SheetCommand::AttachMany { lines: unit.answers.proved(part) };
        steps.push(by(unit, day, 9, Role::UnitOfficer, fill, ""));
        steps.push(by(unit, day, 14, Role::UnitOfficer, prove, ""));
    }
    steps.extend(handing_in(unit, last));
    steps
}

fn by(unit: &Unit<'_>, day: Date, hour: i8, role: Role, command: SheetCommand, reason: &str) -> Step {
    unit.act(day, hour, actor(&unit.ranked.code, role, day), command, reason)
}

/// What the registers count, imported when the round is opened.
fn counted(unit: &Unit<'_>, lines: &[String]) -> Option<Step> {
    let lines = unit.answers.counted(lines);
    let source = "nhập từ bảng tổng hợp của cơ quan tổ chức đợt (mô phỏng)".to_owned();
    let system = Actor { unit: unit.script.plan.organiser.clone(), ..Actor::system() };
    let is_any = !lines.is_empty();
    is_any.then(|| unit.act(unit.script.days.opened, 9, system, SheetCommand::CountMany { lines, source }, ""))
}

/// The officer proposes; the head signs on that day, on the next one, or only after a second look.
fn handing_in(unit: &Unit<'_>, last: Date) -> Vec<Step> {
    let mut steps = vec![by(unit, last, 15, Role::UnitOfficer, SheetCommand::Propose, "")];
    let next = working(last.saturating_add(1.days()));
    let mut dice = Dice::named(&[&unit.script.id, &unit.ranked.code, "ký"]);
    let (is_back, is_later) = (dice.happens(GIVEN_BACK), dice.happens(LATER));
    let is_in_time = next <= unit.script.days.filled;
    if is_back && is_in_time {
        steps.push(by(unit, last, 16, Role::UnitHead, SheetCommand::Return, RETURNED));
        steps.push(by(unit, next, 9, Role::UnitOfficer, SheetCommand::Propose, ""));
    }
    let (day, hour) = if is_in_time && (is_back || is_later) { (next, 10) } else { (last, 17) };
    let number = Dice::named(&[&unit.script.id, &unit.ranked.code, "báo cáo"]).between(3, 60);
    let submission = Submission {
        number: format!("{number}/BC-{} (mô phỏng)", unit.answers.symbol),
        dated: day,
        signed: None,
        signer: String::new(),
        proposals: String::new(),
    };
    steps.push(by(unit, day, hour, Role::UnitHead, SheetCommand::Submit { submission }, ""));
    steps
}
