//! Which lines agencies appraise of each unit, and how far they are: from the plan, the sets and the counts that
//! the store keeps of each sheet; no sheet is read.

use std::collections::{BTreeMap, HashMap};

use cchc_index::CriteriaSet;
use cchc_index::round::{Phase, message};
use cchc_index::set::{Leaf, Source};
use cchc_index::sheet::{SheetStanding, Tally};
use cchc_store::sheets::{SheetRow, Tallies};
use cchc_text::date::vietnamese;
use jiff::civil::Date;

use crate::acts::rounds::at::RoundAt;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::With;
use crate::list::{Link, address};
use crate::pages::rounds::appraise::criteria_address;
use crate::pages::rounds::run::agencies::{AgencyRow, Work};

/// Lines that wait for a decision of an agency, of each unit: code of the unit, then of the agency.
pub struct Cells(HashMap<String, BTreeMap<String, u32>>);

impl Cells {
    /// The lines of every unit, by its set, less what is preset for it.
    #[must_use]
    pub fn of(at: &RoundAt) -> Self {
        let common: HashMap<&str, BTreeMap<&str, u32>> =
            at.sets.iter().map(|(group, set)| (group.as_str(), by_field(leaves(set).map(|(_, leaf)| leaf)))).collect();
        let mut all = HashMap::with_capacity(at.plan.units.len());
        for unit in &at.plan.units {
            let own = at.plan.presets.iter().any(|preset| preset.unit == unit.code).then(|| {
                let applies = |set: &CriteriaSet, index: usize| at.plan.preset(&unit.code, set, index).is_none();
                let set = at.sets.get(&unit.group);
                let left = set.into_iter().flat_map(|set| leaves(set).filter(|(index, _)| applies(set, *index)));
                by_field(left.map(|(_, leaf)| leaf))
            });
            let mut agencies: BTreeMap<String, u32> = BTreeMap::new();
            for (field, lines) in own.as_ref().or_else(|| common.get(unit.group.as_str())).into_iter().flatten() {
                if let Some(agency) = at.plan.appraiser(field, &unit.code) {
                    let known = agencies.entry(agency.to_owned()).or_default();
                    *known = known.saturating_add(*lines);
                }
            }
            all.insert(unit.code.clone(), agencies);
        }
        Self(all)
    }

    /// How many lines of a unit any agency decides.
    #[must_use]
    pub fn lines(&self, unit: &str) -> u32 {
        self.0.get(unit).map_or(0, |agencies| agencies.values().fold(0, |sum, lines| sum.saturating_add(*lines)))
    }
}

/// The lines that units answer themselves: nobody waits for an agency at the others.
fn leaves(set: &CriteriaSet) -> impl Iterator<Item = (usize, &Leaf)> {
    let all = set.leaves().map(|(index, _, leaf)| (index, leaf));
    all.filter(|(_, leaf)| matches!(leaf.source, Source::Person | Source::Metric))
}

fn by_field<'a>(leaves: impl Iterator<Item = &'a Leaf>) -> BTreeMap<&'a str, u32> {
    let mut fields: BTreeMap<&str, u32> = BTreeMap::new();
    for leaf in leaves {
        let known = fields.entry(leaf.appraiser.as_str()).or_default();
        *known = known.saturating_add(1);
    }
    fields
}

/// Every agency that appraises in the round, those that are late first.
#[must_use]
pub fn rows(
    with: &With,
    at: &RoundAt,
    cells: &Cells,
    sheets: &[SheetRow],
    phases: &BTreeMap<String, Tallies>,
) -> Vec<AgencyRow> {
    let mut agencies: BTreeMap<&str, [Work; 2]> = BTreeMap::new();
    let none = Tallies::new();
    for sheet in sheets {
        let handed_in = sheet.standing == SheetStanding::Submitted;
        let tallies = phases.get(&sheet.unit).unwrap_or(&none);
        let tally = |phase: Phase, agency: &str| tallies.get(&phase).and_then(|tallies| tallies.get(agency)).copied();
        let over = |phase: Phase| at.round.until(&sheet.unit, phase).is_some_and(|until| until < with.today);
        for (agency, lines) in cells.0.get(&sheet.unit).into_iter().flatten() {
            let tally = tally(Phase::FirstAppraisal, agency).unwrap_or_default();
            let done = tally.done.min(*lines);
            let work = &mut agencies.entry(agency).or_default()[0];
            work.add(Tally { of: *lines, done, asked: tally.asked }, handed_in, over(Phase::FirstAppraisal));
        }
        for (agency, tally) in tallies.get(&Phase::SecondAppraisal).into_iter().flatten() {
            agencies.entry(agency).or_default()[1].add(*tally, handed_in, over(Phase::SecondAppraisal));
        }
    }
    let desk = criteria_address(&at.id);
    let mut rows: Vec<AgencyRow> = agencies
        .into_iter()
        .map(|(agency, works)| {
            let name = unit_name(with, agency);
            let desk = Link::new("Bàn thẩm định", address(&desk, &[("co-quan", agency)]));
            AgencyRow::new(name, desk, works, at.round.phase())
        })
        .collect();
    rows.sort_by_key(|row| (!row.is_late, row.left == 0));
    rows
}

/// A text to copy to all agencies that still have lines to decide in the phase that runs; empty: none has.
#[must_use]
pub fn text(with: &With, at: &RoundAt, rows: &[AgencyRow]) -> String {
    let Some(phase) = at.round.phase() else { return String::new() };
    let owing = rows.iter().filter(|row| row.left > 0);
    let list: Vec<String> =
        owing.map(|row| format!("{} ({} dòng của {} đơn vị)", row.name, row.left, row.units)).collect();
    if list.is_empty() {
        return String::new();
    }
    let until = at.plan.deadline(phase).map_or_else(|| "chưa đặt".to_owned(), |until: Date| vietnamese(until));
    let ways = with.app.ways();
    let text = ways.messages.on("urge-agencies", with.today).unwrap_or_default();
    let text = if text.is_empty() { "«{đợt}», {bước}: {danh sách}." } else { text };
    let organiser = unit_name(with, &at.plan.organiser);
    let step = phase.label().to_lowercase();
    let values = [
        ("đợt", at.plan.title.as_str()),
        ("bước", &step),
        ("hạn", &until),
        ("cơ quan", &organiser),
        ("danh sách", &list.join("; ")),
    ];
    message::fill(text, &values)
}
