//! Rounds of the tests: by the shipped sets, opened on the morning of 15/05/2024.

use cchc_index::round::{Assigned, Deadline, Group, Phase, Plan, Ranked};
use cchc_index::set::Source;
use cchc_index::{CriteriaSet, Round, RoundCommand, Sheet, SheetCommand};
use cchc_ledger::{Context, Hash};
use cchc_store::rounds;
use cchc_store::sheets;
use jiff::civil::{Date, date};

use super::served::{Served, actor};
use super::{data, set};

/// The agency that appraises every field.
pub const AGENCY: &str = "VP.STP";
/// The last day of self-scoring.
pub const LAST_DAY: Date = date(2024, 5, 20);

/// A plan by the shipped set of communes.
pub fn plan(organiser: &str, units: &[(&str, &str)]) -> Plan {
    let content = std::fs::read(data("criteria/vp-2021-xa.toml")).unwrap();
    let mut fields: Vec<String> = set("vp-2021-xa").leaves().map(|(_, _, leaf)| leaf.appraiser.clone()).collect();
    fields.sort();
    fields.dedup();
    Plan {
        title: format!("Chỉ số CCHC do {organiser} chấm (mô phỏng)"),
        year: 2023,
        organiser: organiser.to_owned(),
        groups: vec![Group { code: "xa".to_owned(), set: "vp-2021-xa".to_owned(), version: Hash::of(&content) }],
        units: units
            .iter()
            .map(|(code, name)| Ranked { code: (*code).to_owned(), name: (*name).to_owned(), group: "xa".to_owned() })
            .collect(),
        deadlines: vec![
            Deadline { phase: Phase::SelfScoring, until: LAST_DAY },
            Deadline { phase: Phase::FirstAppraisal, until: date(2024, 5, 30) },
            Deadline { phase: Phase::Explaining, until: date(2024, 6, 5) },
        ],
        appraisers: fields.into_iter().map(|field| Assigned { field, unit: AGENCY.to_owned() }).collect(),
        substitutes: Vec::new(),
        presets: Vec::new(),
        shares: Vec::new(),
        outside: None,
    }
}

impl Served {
    /// Opens a round of that plan.
    pub async fn open_round(&self, id: &str, plan: Plan) {
        if self.store().round_sets(&plan).await.unwrap().is_empty() {
            self.publish("criteria-set", "vp-2021-xa", "criteria/vp-2021-xa.toml").await;
        }
        let by = actor("dieu-phoi", &plan.organiser.clone());
        self.of_round(id, RoundCommand::Plan { plan: Box::new(plan) }, self.context(by.clone())).await;
        self.of_round(id, RoundCommand::Open { days_off: Vec::new() }, self.context(by)).await;
    }

    /// Goes on to a phase.
    pub async fn go_to(&self, id: &str, to: Phase) {
        self.of_round(id, RoundCommand::Advance { to }, self.context(actor("dieu-phoi", "VP.SNV"))).await;
    }

    /// Has something happen to a round.
    pub async fn of_round(&self, id: &str, command: RoundCommand, context: Context) {
        self.store().commit::<Round>(&rounds::stream(id).unwrap(), command, context).await.unwrap();
    }

    /// Has something happen to a sheet, by somebody of a unit.
    pub async fn of_sheet(&self, id: &str, unit: &str, command: SheetCommand, by: &str) {
        let context = self.context(actor("thu", by));
        self.store().commit::<Sheet>(&sheets::stream(id, unit).unwrap(), command, context).await.unwrap();
    }
}

/// The codes of the lines that a unit answers itself.
pub fn own_lines(set: &CriteriaSet) -> Vec<String> {
    let own = set.leaves().filter(|(_, _, leaf)| matches!(leaf.source, Source::Person | Source::Metric));
    own.map(|(_, node, _)| node.code.clone()).collect()
}
