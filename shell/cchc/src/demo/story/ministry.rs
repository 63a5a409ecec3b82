//! The province's own sheet, scored by its ministry: split among departments, gathered, handed in.
//!
//! On the day on which the demonstration begins most departments have handed their part over, one is late, and
//! one got its part back. What the ministry answers is left to whoever looks: nobody invents its decisions.

use cchc_access::Role;
use cchc_index::round::{Deadline, Phase, Plan, Ranked, RoundCommand, shares_by_field};
use cchc_index::sheet::{SheetCommand, Submission};
use cchc_units::Registry;
use jiff::civil::{Date, date};

use super::answers::Answers;
use super::rounds::{group, shipped};
use super::script::step;
use super::{Act, Step};
use crate::data;
use crate::demo::extras::actor;

const ROUND: &str = "bnv-2022";
const PROVINCE: &str = "26";
const PLANNED: Date = date(2022, 12, 27);
const OPENED: Date = date(2023, 1, 3);
const FILLED: Date = date(2023, 1, 12);
const REOPENED: Date = date(2023, 1, 13);
const HANDED_IN: Date = date(2023, 1, 19);
const APPRAISED: Date = date(2023, 1, 30);
/// Which department hands its part over on which day; who is not here, on the last of them.
const DELIVERED: [(&str, Date); 5] = [
    ("VP.STP", date(2023, 1, 9)),
    ("VP.SNV", date(2023, 1, 10)),
    ("VP.STTTT", date(2023, 1, 11)),
    ("VP.SKHĐT", date(2023, 1, 11)),
    ("VP.STC", date(2023, 1, 17)),
];
const LAST: Date = date(2023, 1, 12);
/// Whose part was given back, when, and when it is handed over again.
const SENT_BACK: (&str, Date, Date) = ("VP.SKHĐT", date(2023, 1, 13), date(2023, 1, 18));
const WHY: &str = "Số vốn giải ngân chưa khớp báo cáo của Kho bạc, đề nghị rà soát (mô phỏng)";
const LATE: &str = "Còn một cơ quan chưa giao phần việc; bộ đồng ý nhận bổ sung (mô phỏng)";

/// Everything that happens to the province's own sheet.
pub fn steps(units: &Registry) -> Vec<Step> {
    let set = shipped("bnv-2022-tinh");
    let Ok(province) = units.find(PROVINCE, PLANNED) else { return Vec::new() };
    let assigned = data::appraisers().on(PROVINCE, PLANNED);
    let deadlines = [(Phase::SelfScoring, FILLED), (Phase::FirstAppraisal, date(2023, 3, 3))];
    let plan = Plan {
        title: "Chỉ số CCHC năm 2022 của tỉnh Vĩnh Phúc do Bộ Nội vụ chấm".to_owned(),
        year: 2022,
        organiser: PROVINCE.to_owned(),
        groups: vec![group("tinh", &set)],
        units: vec![Ranked { code: PROVINCE.to_owned(), name: province.name.clone(), group: "tinh".to_owned() }],
        deadlines: deadlines.map(|(phase, until)| Deadline { phase, until }).to_vec(),
        appraisers: Vec::new(),
        substitutes: Vec::new(),
        presets: Vec::new(),
        shares: shares_by_field(&set.set, PROVINCE, &assigned),
        outside: Some("Bộ Nội vụ".to_owned()),
    };
    let days_off = super::script::days_off(plan.year);
    let mut steps = vec![
        round(PLANNED, 9, RoundCommand::Plan { plan: Box::new(plan.clone()) }, ""),
        round(OPENED, 8, RoundCommand::Open { days_off }, ""),
    ];
    let answers = Answers::of(&set.set, province);
    for unit in plan.sharing(PROVINCE) {
        let own = plan.own_lines(PROVINCE, &set.set);
        let own = own.filter(|(index, ..)| plan.shared_with(PROVINCE, &set.set, *index) == Some(unit));
        let lines: Vec<String> = own.map(|(_, node, _)| node.code.clone()).collect();
        steps.extend(part(unit, &lines, &answers));
    }
    let reopen = RoundCommand::Reopen { unit: PROVINCE.to_owned(), until: date(2023, 1, 20) };
    steps.push(round(REOPENED, 8, reopen, LATE));
    let (unit, back, again) = SENT_BACK;
    let send_back = SheetCommand::SendBack { unit: unit.to_owned() };
    steps.push(sheet(back, 10, (PROVINCE, Role::UnitOfficer), send_back, WHY));
    let deliver = SheetCommand::Deliver { unit: unit.to_owned() };
    steps.push(sheet(again, 10, (unit, Role::UnitOfficer), deliver, ""));
    steps.extend(handed_in());
    steps.push(round(APPRAISED, 8, RoundCommand::Advance { to: Phase::FirstAppraisal }, ""));
    steps
}

/// A department answers and proves its lines, the late one in two turns, and hands them over.
fn part(unit: &str, lines: &[String], answers: &Answers) -> Vec<Step> {
    let day = DELIVERED.iter().find(|(known, _)| *known == unit).map_or(LAST, |(_, day)| *day);
    let done = if day > FILLED { lines.len() / 2 } else { lines.len() };
    let mut steps = Vec::new();
    for (day, part) in [(day.min(LAST), lines.get(..done)), (day, lines.get(done..))] {
        let part = part.unwrap_or_default();
        if part.is_empty() {
            continue;
        }
        let fill = SheetCommand::FillMany { lines: answers.filled(part) };
        let prove = SheetCommand::AttachMany { lines: answers.proved(part) };
        steps.push(sheet(day, 9, (unit, Role::UnitOfficer), fill, ""));
        steps.push(sheet(day, 14, (unit, Role::UnitOfficer), prove, ""));
    }
    let deliver = SheetCommand::Deliver { unit: unit.to_owned() };
    steps.push(sheet(day, 16, (unit, Role::UnitOfficer), deliver, ""));
    steps
}

/// Gathered, proposed and signed.
fn handed_in() -> Vec<Step> {
    let submission = Submission {
        number: "8/BC-UBND (mô phỏng)".to_owned(),
        dated: HANDED_IN,
        signed: None,
        signer: String::new(),
        proposals: String::new(),
    };
    vec![
        sheet(HANDED_IN, 9, (PROVINCE, Role::UnitOfficer), SheetCommand::Propose, ""),
        sheet(HANDED_IN, 15, (PROVINCE, Role::UnitHead), SheetCommand::Submit { submission }, ""),
    ]
}

fn round(day: Date, hour: i8, command: RoundCommand, reason: &str) -> Step {
    let by = actor(PROVINCE, Role::UnitOfficer, day);
    step(day, hour, Act::Round(ROUND.to_owned(), by, command, reason.to_owned()))
}

fn sheet(day: Date, hour: i8, (unit, role): (&str, Role), command: SheetCommand, reason: &str) -> Step {
    let (round, scored, by) = (ROUND.to_owned(), PROVINCE.to_owned(), actor(unit, role, day));
    step(day, hour, Act::Sheet { round, unit: scored, by, command, reason: reason.to_owned() })
}
