//! Decisions as a form sends them, and what became of each: every sheet is a stream of its own, so one row may be
//! refused while the others are recorded.

use std::collections::BTreeMap;

use cchc_index::input::AnswerText;
use cchc_index::sheet::Verdict;
use cchc_index::{Sheet, SheetCommand};
use cchc_ledger::{Context, RequestId};
use cchc_store::{Store, sheets};
use cchc_text::date;
use jiff::civil::Date;
use tokio::task::JoinSet;

use super::super::at::RoundAt;
use super::cells::Cell;
use crate::acts::with::request;
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::pages::rounds::appraise::row::{ACCEPT, ANSWER, ASK, COUNTED, POINTS, Typed, field};

/// The button that decides of all chosen rows at once.
pub const ALL: &str = "chung";

/// What was sent, and what became of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was typed into each row, with what is wrong with it; a row that was recorded has nothing left.
    pub typed: BTreeMap<String, Typed>,
    /// Rows that were recorded.
    pub done: usize,
    /// What is wrong with the form as a whole.
    pub wrongs: Vec<String>,
}

impl Outcome {
    /// Whether everything that was asked for was done, and nothing else was typed.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.wrongs.is_empty() && self.typed.values().all(|typed| *typed == Typed::default())
    }
}

/// A line with what is decided of it and what that relies on.
type Seen = (String, Verdict, String);

/// A command of one row.
struct Wanted {
    key: String,
    round: String,
    unit: String,
    command: SheetCommand,
    context: Context,
}

/// Carries out what a form asks of these cells.
///
/// # Errors
/// What the store says of an address.
pub async fn carry_out(store: &Store, at: &RoundAt, cells: &[Cell], sent: &Sent) -> Result<Outcome, ErrorPage> {
    let mut outcome = Outcome { typed: typed(cells, sent), ..Outcome::default() };
    let many = sent.text(field::ACT) == ALL;
    let asked: Vec<(&Cell, Typed)> = cells.iter().filter_map(|cell| asked_of(cell, &outcome, sent, many)).collect();
    if asked.is_empty() {
        let wrong = if many { "Chưa chọn dòng nào." } else { "Chưa ghi quyết định ở dòng nào." };
        outcome.wrongs.push(wrong.to_owned());
        return Ok(outcome);
    }
    if many && sent.text(field::ALL_VERDICT).is_empty() {
        outcome.wrongs.push("Chưa chọn quyết định cho các dòng đã chọn.".to_owned());
        return Ok(outcome);
    }
    let until = until(sent, &asked, &mut outcome);
    let mut wanted = Vec::new();
    for (cell, asked) in asked {
        match want(at, cell, &asked, sent, until) {
            Ok(command) => wanted.push(command),
            Err(wrong) => refuse(&mut outcome, &cell.key, &asked, wrong),
        }
    }
    for (key, answer) in run(store, wanted).await {
        match answer {
            Ok(()) => {
                outcome.done = outcome.done.saturating_add(1);
                outcome.typed.remove(&key);
            }
            Err(wrong) => refuse(&mut outcome, &key, &Typed::default(), wrong),
        }
    }
    Ok(outcome)
}

/// What was typed into each row.
fn typed(cells: &[Cell], sent: &Sent) -> BTreeMap<String, Typed> {
    let given: BTreeMap<&str, &str> = sent.0.iter().rev().map(|(name, value)| (name.as_str(), value.trim())).collect();
    let chosen: Vec<&str> = sent.all(field::CHOSEN).collect();
    let of = |cell: &Cell| {
        let text =
            |name: &str| given.get(format!("{name}.{}", cell.key).as_str()).copied().unwrap_or_default().to_owned();
        let typed = Typed {
            verdict: text(field::VERDICT),
            value: text(field::VALUE),
            of: text(field::OF),
            reason: text(field::REASON),
            chosen: chosen.contains(&cell.key.as_str()),
            wrong: None,
        };
        (cell.key.clone(), typed)
    };
    cells.iter().map(of).filter(|(_, typed)| *typed != Typed::default()).collect()
}

/// What is asked of one cell: by its own row, or by the one decision of many.
fn asked_of<'c>(cell: &'c Cell, outcome: &Outcome, sent: &Sent, many: bool) -> Option<(&'c Cell, Typed)> {
    let typed = outcome.typed.get(&cell.key)?;
    if !many {
        let own = |typed: &Typed| Typed {
            reason: if typed.reason.is_empty() {
                sent.text(field::ALL_REASON).to_owned()
            } else {
                typed.reason.clone()
            },
            ..typed.clone()
        };
        return (!typed.verdict.is_empty()).then(|| (cell, own(typed)));
    }
    typed.chosen.then(|| {
        let all = Typed {
            verdict: sent.text(field::ALL_VERDICT).to_owned(),
            value: sent.text(field::ALL_VALUE).to_owned(),
            reason: sent.text(field::ALL_REASON).to_owned(),
            ..Typed::default()
        };
        (cell, all)
    })
}

/// The last day to answer, where something is asked back.
fn until(sent: &Sent, asked: &[(&Cell, Typed)], outcome: &mut Outcome) -> Option<Date> {
    if !asked.iter().any(|(_, typed)| typed.verdict == ASK) {
        return None;
    }
    match date::parse(sent.text(field::UNTIL)) {
        Ok(day) => Some(day),
        Err(wrong) => {
            outcome.wrongs.push(format!("Hạn trả lời câu hỏi: {wrong}."));
            None
        }
    }
}

fn refuse(outcome: &mut Outcome, key: &str, asked: &Typed, wrong: String) {
    let typed = outcome.typed.entry(key.to_owned()).or_insert_with(|| asked.clone());
    typed.wrong = Some(wrong);
}

/// The command of a row; or what is wrong with it.
fn want(at: &RoundAt, cell: &Cell, asked: &Typed, sent: &Sent, until: Option<Date>) -> Result<Wanted, String> {
    let actor = cell.grant.as_ref().and_then(cchc_access::Grant::actor).ok_or_else(|| not_his(at, cell))?;
    let (node, _) = cell.node().ok_or("không có tiêu chí này")?;
    let mark = sent.text(&format!("{}.{}", field::MARK, cell.key)).to_owned();
    let line = node.code.clone();
    let (command, reason) = if asked.verdict == ASK {
        let until = until.ok_or("cần hạn trả lời")?;
        (SheetCommand::AskBack { line, question: asked.reason.clone(), until }, "")
    } else {
        let lines = vec![(line, verdict(cell, asked)?, mark.clone())];
        (SheetCommand::AppraiseSeen { lines }, asked.reason.as_str())
    };
    let id = RequestId(format!("{}.{}.{mark}", request(sent), cell.key));
    Ok(Wanted {
        key: cell.key.clone(),
        round: at.id.clone(),
        unit: cell.unit.code.clone(),
        command,
        context: Context::new(actor, id).because(reason),
    })
}

fn not_his(at: &RoundAt, cell: &Cell) -> String {
    if !at.round.phase().is_some_and(cchc_index::round::Phase::appraises) {
        return "đợt không ở bước thẩm định".to_owned();
    }
    let field = cell.node().map_or("", |(_, leaf)| leaf.appraiser.as_str());
    match at.plan.appraiser(field, &cell.unit.code) {
        Some(agency) => format!("lĩnh vực {field} của đơn vị này do {agency} thẩm định"),
        None => format!("lĩnh vực {field} chưa phân công thẩm định"),
    }
}

/// What a row decides.
fn verdict(cell: &Cell, asked: &Typed) -> Result<Verdict, String> {
    match asked.verdict.as_str() {
        ACCEPT => Ok(Verdict::Accept),
        COUNTED => {
            let counted = cell.line.counted.as_ref().ok_or("hệ thống chưa có số ở dòng này")?;
            Ok(Verdict::Answer(counted.answer.clone()))
        }
        ANSWER => {
            let text = AnswerText::new(&cchc_text::nfc(&asked.value), &cchc_text::nfc(&asked.of));
            if text.is_empty() { Err("chưa ghi câu trả lời".to_owned()) } else { Ok(Verdict::Answer(text)) }
        }
        POINTS => {
            let points = cchc_text::number::parse(&cchc_text::nfc(&asked.value));
            points.map(Verdict::Points).map_err(|wrong| format!("số điểm «{}»: {wrong}", asked.value))
        }
        other => Err(format!("không có quyết định «{other}»")),
    }
}

/// Carries out all, at once; the store groups them.
async fn run(store: &Store, wanted: Vec<Wanted>) -> Vec<(String, Result<(), String>)> {
    let mut running = JoinSet::new();
    for one in wanted {
        let store = store.clone();
        running.spawn(async move {
            let done = match sheets::stream(&one.round, &one.unit) {
                Ok(stream) => match store.commit::<Sheet>(&stream, one.command, one.context).await {
                    Ok(_) => Ok(()),
                    Err(wrong) => Err(wrong.to_string()),
                },
                Err(wrong) => Err(wrong.to_string()),
            };
            (one.key, done.map_err(|wrong| plain(&wrong)))
        });
    }
    running.join_all().await
}

/// Accepts the chosen lines of one sheet in one act for each agency in whose name he decides: all, or none.
///
/// # Errors
/// What the store says of an address.
pub async fn accept_rest(store: &Store, at: &RoundAt, cells: &[Cell], sent: &Sent) -> Result<Outcome, ErrorPage> {
    let chosen: Vec<&str> = sent.all(field::CHOSEN).collect();
    let mut agencies: BTreeMap<String, (Vec<&Cell>, Vec<Seen>)> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| chosen.contains(&cell.key.as_str())) {
        let Some(grant) = &cell.grant else { continue };
        let mark = sent.text(&format!("{}.{}", field::MARK, cell.key)).to_owned();
        let (of, lines) = agencies.entry(grant.unit.clone()).or_default();
        of.push(cell);
        lines.push((cell.key.clone(), Verdict::Accept, mark));
    }
    let mut outcome = Outcome::default();
    if agencies.is_empty() {
        outcome.wrongs.push("Chưa chọn dòng nào.".to_owned());
    }
    for (agency, (of, lines)) in agencies {
        let first = of.first().and_then(|cell| Some((cell.grant.as_ref()?.actor()?, &cell.unit.code)));
        let Some((actor, unit)) = first else { continue };
        let count = lines.len();
        let context = Context::new(actor, RequestId(format!("{}.{agency}", request(sent))));
        let command = SheetCommand::AppraiseSeen { lines };
        match store.commit::<Sheet>(&sheets::stream(&at.id, unit)?, command, context).await {
            Ok(_) => outcome.done = outcome.done.saturating_add(count),
            Err(wrong) => outcome.wrongs.push(wrong.to_string()),
        }
    }
    Ok(outcome)
}

/// A refusal of one line, without counting it.
fn plain(wrong: &str) -> String {
    wrong.strip_prefix("1 dòng chưa nhận được: ").unwrap_or(wrong).to_owned()
}
