//! The result of a round as it would be published, and publishing it by a decision.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Grant};
use cchc_index::round::{Phase, Standing};
use cchc_index::sheet::{SheetStanding, Step, input};
use cchc_index::{CriteriaSet, Exact, Inputs, ScoredUnit, Sheet, score, trace};
use cchc_papers::Particulars;
use cchc_text::date::vietnamese;

use super::super::at::RoundAt;
use super::cells::Cell;
use super::council::disputed;
use super::desk::Desk;
use super::grid::Asked;
use super::shown::difference;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::publication::address::publication;
use crate::pages::rounds::appraise::publish::{
    DECISION, Group, NOTE, ON, Open, PublishPage, Published, Row, form, publish_address,
};
use crate::pages::rounds::appraise::unit_address;
use crate::publishing::{PublishError, publish as make_public};

/// Names that are told of one kind of thing that is open; the rest is counted.
const NAMED: usize = 40;

/// A round with its sheets, by whoever publishes it.
struct Publishing {
    at: RoundAt,
    grant: Grant,
    sheets: BTreeMap<String, Sheet>,
}

impl Publishing {
    async fn find(with: &With, id: &str) -> Result<Self, ErrorPage> {
        let at = RoundAt::find(with, id).await?;
        let grant = at.organising(with, Action::PublishRounds).await?;
        let mut sheets = BTreeMap::new();
        for unit in &at.plan.units {
            sheets.insert(unit.code.clone(), with.store().sheet_find(&at.id, &unit.code).await?);
        }
        Ok(Self { at, grant, sheets })
    }

    /// Why nothing can be published now; empty: it can.
    fn closed(&self) -> String {
        match self.at.round.standing {
            Standing::Running(Phase::Council) | Standing::Published => String::new(),
            Standing::Planned | Standing::Running(_) => "Chỉ công bố được sau bước Hội đồng: chỉ xem trước.".to_owned(),
        }
    }

    /// The units of a group at a step, ranked.
    fn scored(&self, group: &str, set: &CriteriaSet, step: Step) -> Vec<ScoredUnit> {
        let empty = Sheet::default();
        let units = self.at.plan.units.iter().filter(|unit| unit.group == group);
        let one = |code: &str| input(self.sheets.get(code).unwrap_or(&empty), &self.at.plan, set, code, step);
        let inputs = Inputs { units: units.map(|unit| one(&unit.code)).collect() };
        score(set, &inputs, &self.at.days_off()).units
    }

    fn groups(&self) -> Vec<Group> {
        let group = |group: &cchc_index::round::Group| {
            let set = self.at.sets.get(&group.code)?;
            let own: BTreeMap<String, Option<Exact>> =
                self.scored(&group.code, set, Step::Own).into_iter().map(|unit| (unit.code, unit.result)).collect();
            let print = |result: &Exact| trace::fixed(result, set.result_decimals);
            let row = |unit: ScoredUnit| {
                let before = own.get(&unit.code).and_then(Option::as_ref);
                let change = before.zip(unit.result.as_ref()).map(|(before, now)| difference(before, now));
                Row {
                    rank: unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
                    name: Link::new(&unit.name, unit_address(&self.at.id, &unit.code)),
                    own: before.map_or_else(|| "–".to_owned(), print),
                    result: unit.result.as_ref().map_or_else(|| "–".to_owned(), print),
                    change: change.unwrap_or_default(),
                    class: unit.class.and_then(|at| Some(set.classes.get(at)?.name.clone())).unwrap_or_default(),
                }
            };
            let name = set.group(&group.code).map_or_else(|| group.code.clone(), |known| known.name.clone());
            let after = Step::After(Phase::Council);
            Some(Group { name, rows: self.scored(&group.code, set, after).into_iter().map(row).collect() })
        };
        self.at.plan.groups.iter().filter_map(group).collect()
    }

    /// What is still open: sheets not handed in, disputes without a conclusion, lines that nobody appraised,
    /// values that are missing.
    fn open(&self, disputes: &[Cell]) -> Vec<Open> {
        let units = &self.at.plan.units;
        let sheet = |code: &str| self.sheets.get(code);
        let absent = units
            .iter()
            .filter(|unit| sheet(&unit.code).is_none_or(|sheet| sheet.standing != SheetStanding::Submitted));
        let undecided = disputes.iter().filter(|cell| !cell.state(Phase::Council).is_decided());
        let line =
            |cell: &Cell| format!("{}: {}", cell.unit.name, cell.node().map_or("", |(node, _)| node.code.as_str()));
        let counted = |test: &dyn Fn(&cchc_index::Leaf, &cchc_index::sheet::Line) -> bool| -> Vec<String> {
            let of = |unit: &cchc_index::round::Ranked| {
                let set = self.at.sets.get(&unit.group)?;
                let sheet = sheet(&unit.code)?;
                let lines = set.leaves().filter(|(index, node, leaf)| {
                    self.at.plan.preset(&unit.code, set, *index).is_none() && test(leaf, &sheet.line(&node.code))
                });
                let codes: Vec<&str> = lines.map(|(_, node, _)| node.code.as_str()).collect();
                let named = if codes.len() <= 5 { codes.join(", ") } else { format!("{} dòng", codes.len()) };
                (!codes.is_empty()).then(|| format!("{}: {named}", unit.name))
            };
            units.iter().filter_map(of).collect()
        };
        let is_given = |leaf: &cchc_index::Leaf| {
            matches!(leaf.source, cchc_index::set::Source::Survey | cchc_index::set::Source::Given)
        };
        let all = [
            ("Đơn vị chưa nộp phiếu, tính theo những gì đã nhập", absent.map(|unit| unit.name.clone()).collect(), true),
            ("Nội dung tranh chấp Hội đồng chưa kết luận", undecided.map(line).collect(), true),
            (
                "Giá trị điều tra hoặc lấy từ nơi khác chưa nhập",
                counted(&|leaf, line| is_given(leaf) && line.given.is_none() && line.decisions.is_empty()),
                true,
            ),
            (
                "Dòng chưa ai thẩm định, tính theo điểm tự chấm",
                counted(&|leaf, line| !is_given(leaf) && line.decisions.is_empty()),
                false,
            ),
        ];
        let open = |(what, which, is_grave): (&str, Vec<String>, bool)| {
            let (mut shown, rest) = (which, NAMED);
            if let Some(more) = shown.len().checked_sub(rest).filter(|more| *more > 0) {
                shown.truncate(rest);
                shown.push(format!("và {more} nơi khác"));
            }
            (!shown.is_empty()).then(|| Open { what: what.to_owned(), which: shown, is_grave })
        };
        all.into_iter().filter_map(open).collect()
    }

    fn published(&self, with: &With) -> Vec<Published> {
        let results = with.app.results();
        let one = |result: &cchc_index::round::Publication| {
            let link = |packed: &cchc_index::round::Packed| {
                let set = self.at.sets.get(&packed.group);
                let name = set.and_then(|set| Some(set.group(&packed.group)?.name.clone()));
                let name = name.unwrap_or_else(|| packed.group.clone());
                // The same package may stand in several decisions: the last that holds it is the one shown.
                let held = results.all.iter().find(|held| held.package == packed.package);
                held.map_or_else(|| Link::text(&name), |held| Link::new(&name, publication(held.publication.id())))
            };
            Published {
                decision: format!("Quyết định số {} ngày {}", result.decision, vietnamese(result.on)),
                links: result.packages.iter().map(link).collect(),
            }
        };
        self.at.round.results.iter().rev().map(one).collect()
    }

    /// What the packages are called together in addresses: as before where it was published before.
    fn series(&self, with: &With) -> String {
        let packed = self.at.round.results.iter().flat_map(|result| &result.packages);
        let known: Vec<_> = packed.map(|packed| packed.package).collect();
        let results = with.app.results();
        let held = results.all.iter().find(|held| known.contains(&held.package));
        let series = held.map(|held| held.publication.package.about.series.clone());
        series.filter(|series| !series.is_empty()).unwrap_or_else(|| self.at.id.clone())
    }

    async fn show(&self, with: &With, form: FormView, done: bool) -> Result<Response, ErrorPage> {
        let desk = Desk::of(with, &self.at).await?;
        let disputes = disputed(with, &self.at, &desk).await?;
        let about = (self.at.id.as_str(), self.at.plan.title.as_str());
        let status = form.status();
        let preview = (self.groups(), self.open(&disputes));
        let page = PublishPage::new(with, about, preview, self.published(with), (form, self.closed()), done);
        Ok((status, render(&page)?).into_response())
    }
}

/// The page.
pub async fn page(with: With, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    let publishing = Publishing::find(&with, &id).await?;
    let form = form(&publishing.at.id, &fresh(), vietnamese(with.today));
    publishing.show(&with, form, asked.ghi.is_some()).await
}

/// Publishes.
pub async fn publish(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let publishing = Publishing::find(&with, &id).await?;
    let at = &publishing.at;
    let mut form = form(&at.id, sent.text(crate::form::REQUEST), vietnamese(with.today)).filled(&sent);
    form.require();
    let on = form.day(ON, &sent);
    if on.is_some_and(|on| on > with.today) {
        form.refuse(ON, "không thể sau hôm nay");
    }
    if !publishing.closed().is_empty() {
        form.refuse("", publishing.closed());
    }
    let (Some(on), false) = (on, form.is_refused()) else {
        return publishing.show(&with, form, false).await;
    };
    let particulars = Particulars {
        series: publishing.series(&with),
        organiser: unit_name(&with, &at.plan.organiser),
        decision: cchc_text::nfc(sent.text(DECISION)).into_owned(),
        on: Some(on),
        simulated: with.demonstration,
        note: cchc_text::nfc(sent.text(NOTE)).into_owned(),
    };
    match make_public(with.store(), &at.id, &particulars, on, context(&publishing.grant, &sent)).await {
        Ok(_) => {
            // The public page is there at once; every server looks for it anyway.
            if let Err(error) = crate::results::refresh(&with.app).await {
                tracing::warn!(%error, "results of rounds");
            }
            Ok(Redirect::to(&address(&publish_address(&at.id), &[("ghi", "1")])).into_response())
        }
        Err(PublishError::Store(error)) => Err(error.into()),
        Err(wrong) => {
            form.refuse("", wrong.to_string());
            publishing.show(&with, form, false).await
        }
    }
}
