//! A small round, written down.

use std::collections::BTreeMap;
use std::sync::Arc;

use cchc_ledger::{Actor, Context, Envelope, Hash, Moment, RequestId, StoredEvent, StreamId};
use jiff::civil::{Date, date};

use super::*;
use crate::CriteriaSet;

/// Two departments, two criteria in one field each, appraised by one another.
pub const SET: &str = r#"
id = "thu-so"
title = "Bộ thử (minh họa)"
year = 2022
status = "illustrative"
status_note = "để thử"
legal_basis = ""
source = "để thử"
total = "20"
result = "percent"
result_decimals = 2
rank_basis = "unrounded"
ties = "shared"

[[group]]
code = "so"
name = "Sở"

[[class]]
name = "Tốt"
from = "80"

[[class]]
name = "Khá"
from = "0"

[[criterion]]
code = "1"
title = "Chỉ đạo"
max = "10"

[[criterion]]
code = "1.1"
title = "Kế hoạch"
max = "10"
rule = { kind = "proportional", full_at = "1", if_empty = "not_applicable" }
input = "việc đã làm | việc được giao"
evidence = "Báo cáo"
evidence_required = true
appraiser = "noi-vu"
source = "person"
may_be_na = true

[[criterion]]
code = "2"
title = "Thể chế"
max = "10"

[[criterion]]
code = "2.1"
title = "Văn bản"
max = "6"
rule = { kind = "count", each = "2", cap = "6" }
input = "văn bản"
appraiser = "tu-phap"
source = "person"

[[criterion]]
code = "2.2"
title = "Hài lòng"
max = "4"
rule = { kind = "survey", measure = "share", if_empty = "not_applicable" }
input = "người hài lòng | người được hỏi"
appraiser = "noi-vu"
source = "survey"
"#;

pub fn set() -> Arc<CriteriaSet> {
    let (form, findings) = crate::toml_form::read("thu.toml", SET);
    assert_eq!(findings, []);
    let mut findings = Vec::new();
    let set = crate::set_form::from_form(&form, &mut findings);
    assert_eq!(findings, []);
    Arc::new(set.unwrap())
}

pub fn version() -> Hash {
    Hash::of(SET.as_bytes())
}

pub fn facts() -> RoundFacts {
    RoundFacts { sets: BTreeMap::from([(version(), set())]) }
}

pub fn plan() -> Plan {
    let unit = |code: &str, name: &str| Ranked { code: code.into(), name: name.into(), group: "so".into() };
    Plan {
        title: "Chỉ số CCHC 2022".into(),
        year: 2022,
        organiser: "26".into(),
        groups: vec![Group { code: "so".into(), set: "thu-so".into(), version: version() }],
        units: vec![unit("SNV", "Sở Nội vụ"), unit("STP", "Sở Tư pháp"), unit("STC", "Sở Tài chính")],
        deadlines: [
            (Phase::SelfScoring, date(2023, 1, 18)),
            (Phase::FirstAppraisal, date(2023, 2, 15)),
            (Phase::Explaining, date(2023, 2, 25)),
        ]
        .map(|(phase, until)| Deadline { phase, until })
        .to_vec(),
        appraisers: [("noi-vu", "SNV"), ("tu-phap", "STP")]
            .map(|(field, unit)| Assigned { field: field.into(), unit: unit.into() })
            .to_vec(),
        substitutes: [("noi-vu", "SNV", "STP"), ("tu-phap", "STP", "SNV")]
            .map(|(field, scored, unit)| Substitute { field: field.into(), scored: scored.into(), unit: unit.into() })
            .to_vec(),
        presets: Vec::new(),
        shares: Vec::new(),
        outside: None,
    }
}

/// A round brought along by commands on days of 2023.
#[derive(Default)]
pub struct Told {
    pub round: Round,
    version: u64,
}

pub fn context(on: Date, reason: &str) -> Context {
    let mut context = Context::new(Actor::person("p"), RequestId("r".into())).because(reason);
    context.recorded_at = Moment::start_of(on);
    context
}

pub fn envelope(stream: &str, version: u64, context: &Context) -> Envelope {
    Envelope {
        stream: stream.parse::<StreamId>().unwrap(),
        version,
        name: String::new(),
        form: 1,
        recorded_at: context.recorded_at,
        happened_at: context.happened(),
        actor: context.actor.clone(),
        reason: context.reason.clone(),
        request: context.request.to_string(),
        asked: Hash::default(),
        ordinal: 0,
        cause: None,
        previous: Hash::default(),
    }
}

impl Told {
    pub fn ask(&mut self, on: Date, reason: &str, command: RoundCommand) -> Result<usize, RoundRefusal> {
        let context = context(on, reason);
        let events = self.round.decide(command, &facts(), &context)?;
        for event in &events {
            self.version += 1;
            let envelope = envelope("round/r", self.version, &context);
            self.round.apply(&StoredEvent { envelope: &envelope, event });
        }
        Ok(events.len())
    }

    pub fn opened() -> Self {
        let mut told = Self::default();
        told.ask(date(2023, 1, 2), "", RoundCommand::Plan { plan: Box::new(plan()) }).unwrap();
        told.ask(date(2023, 1, 3), "", RoundCommand::Open { days_off: Vec::new() }).unwrap();
        told
    }

    pub fn in_phase(to: Phase) -> Self {
        let mut told = Self::opened();
        told.ask(date(2023, 1, 19), "", RoundCommand::Advance { to }).unwrap();
        told
    }
}
