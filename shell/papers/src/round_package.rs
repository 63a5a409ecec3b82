//! The package of a round: what its sheets say after the council, as anybody can recompute it.

use std::collections::BTreeMap;

use cchc_calendar::DaysOff;
use cchc_index::round::{Phase, Plan, Round};
use cchc_index::sheet::{Step, input};
use cchc_index::{CriteriaSet, Inputs, Sheet};
use jiff::civil::Date;

use crate::package::{About, Package};

/// What is said of a publication beside its numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars {
    /// What the packages of the round are called together in addresses: `vp-2022`.
    pub series: String,
    /// Who publishes, as printed.
    pub organiser: String,
    /// Number and symbol of the decision.
    pub decision: String,
    /// Its date.
    pub on: Option<Date>,
    /// Whether the numbers are invented for the demonstration.
    pub simulated: bool,
    /// A remark for the reader.
    pub note: String,
}

/// The package of one group of a round, out of the sheets of its units by code; a unit without a sheet has
/// nothing reported. `None`: the round has no plan.
#[must_use]
pub fn round_package(
    round: &Round,
    group: &str,
    set: &CriteriaSet,
    sheets: &BTreeMap<String, Sheet>,
    particulars: &Particulars,
) -> Option<Package> {
    let plan = round.plan.as_ref()?;
    let empty = Sheet::default();
    let units = plan.units.iter().filter(|unit| unit.group == group);
    let inputs = units.map(|unit| {
        let sheet = sheets.get(&unit.code).unwrap_or(&empty);
        input(sheet, plan, set, &unit.code, Step::After(Phase::Council))
    });
    let mut units: Vec<_> = inputs.collect();
    // As a reader of the package gets them.
    units.sort_by(|a, b| a.code.cmp(&b.code));
    let days_off = DaysOff::of(round.days_off.iter().cloned());
    Some(Package::build(about(plan, group, set, particulars), set.clone(), Inputs { units }, days_off, Vec::new()))
}

/// The units of several packages of one set in one package, ranked among one another: the communes of a province
/// out of what its districts published. `None`: there is no package, or their sets are not the same.
#[must_use]
pub fn together(packages: &[&Package], about: About) -> Option<Package> {
    let first = packages.first()?;
    if packages.iter().any(|package| package.set != first.set) {
        return None;
    }
    let mut units: Vec<_> = packages.iter().flat_map(|package| package.inputs.units.iter().cloned()).collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    let days_off = DaysOff::of(packages.iter().flat_map(|package| package.days_off.rows().cloned()));
    Some(Package::build(about, first.set.clone(), Inputs { units }, days_off, Vec::new()))
}

fn about(plan: &Plan, group: &str, set: &CriteriaSet, particulars: &Particulars) -> About {
    let title = match set.group(group) {
        Some(known) if plan.groups.len() > 1 => format!("{}: {}", plan.title, known.name),
        _ => plan.title.clone(),
    };
    About {
        id: format!("{}-{group}", particulars.series),
        title,
        series: particulars.series.clone(),
        organiser: particulars.organiser.clone(),
        decision: particulars.decision.clone(),
        published_on: particulars.on,
        units_as_of: Date::new(plan.year, 12, 31).ok(),
        simulated: particulars.simulated,
        note: particulars.note.clone(),
        ..About::default()
    }
}

#[cfg(test)]
mod tests {
    use cchc_index::AnswerText;
    use cchc_index::round::{Group, Preset, Ranked};
    use cchc_index::sheet::{Decision, Line, LinePoints};
    use cchc_ledger::{Hash, Moment};
    use jiff::civil::date;

    use super::*;
    use crate::package::{limits, read, sample, write};

    fn ranked(code: &str) -> Ranked {
        Ranked { code: code.into(), name: format!("Sở {code}"), group: "so".into() }
    }

    fn round() -> Round {
        let plan = Plan {
            title: "Chỉ số CCHC năm 2021".into(),
            year: 2021,
            organiser: "26".into(),
            groups: vec![Group { code: "so".into(), set: "thu".into(), version: Hash([1; 32]) }],
            units: ["U2", "U1", "U3"].map(ranked).to_vec(),
            deadlines: Vec::new(),
            appraisers: Vec::new(),
            substitutes: Vec::new(),
            presets: vec![Preset { unit: "U1".into(), criterion: "1.2".into(), reason: "không có TTHC".into() }],
            shares: Vec::new(),
            outside: None,
        };
        Round { plan: Some(plan), days_off: Vec::new(), ..Round::default() }
    }

    fn sheet(lines: &[(&str, &str, &str)]) -> Sheet {
        let line = |(code, value, of): &(&str, &str, &str)| {
            ((*code).to_owned(), Line { answer: AnswerText::new(value, of), ..Line::default() })
        };
        Sheet { lines: lines.iter().map(line).collect(), ..Sheet::default() }
    }

    #[test]
    fn what_districts_published_makes_one_ranking() {
        let whole = sample::package();
        let one = |code: &str| {
            let units = whole.inputs.units.iter().filter(|unit| unit.code == code).cloned().collect();
            let (about, set) = (whole.about.clone(), whole.set.clone());
            Package::build(about, set, Inputs { units }, whole.days_off.clone(), Vec::new())
        };
        let (second, first) = (one("U2"), one("U1"));
        let joined = together(&[&second, &first], whole.about.clone()).unwrap();
        assert_eq!(joined.scored.units, whole.scored.units);
        assert_eq!((joined.inputs, joined.days_off), (whole.inputs.clone(), whole.days_off.clone()));
        let mut other = one("U1");
        other.set.year = 1999;
        assert!(together(&[&second, &other], About::default()).is_none());
        assert!(together(&[], About::default()).is_none());
    }

    #[test]
    fn what_the_council_decided_is_published_and_recomputed_by_anybody() {
        let mut second = sheet(&[("1.1", "19", "24"), ("1.2", "co", "")]);
        second.lines.get_mut("1.1").unwrap().decisions.push(Decision {
            phase: Phase::Council,
            by: "26".into(),
            answer: AnswerText::decided("1".parse().unwrap()),
            points: LinePoints { points: "1".into(), applicable: true },
            reason: "biên bản họp".into(),
            at: Moment(0),
            recorded: None,
        });
        let sheets = BTreeMap::from([("U1".to_owned(), sheet(&[("1.1", "5", "16")])), ("U2".to_owned(), second)]);
        let particulars = Particulars {
            series: "vp-2021".into(),
            decision: "12/QĐ-UBND".into(),
            on: Some(date(2022, 3, 31)),
            ..Particulars::default()
        };
        let package = round_package(&round(), "so", &sample::set(), &sheets, &particulars).unwrap();
        let bytes = write(&package).unwrap();
        let verified = read(&bytes, &limits()).unwrap();
        assert!(verified.holds(), "{:?}", verified.differences);
        let result = |code: &str| {
            let units = |package: &Package| package.scored.units.iter().find(|unit| unit.code == code).cloned();
            assert_eq!(units(&package), units(&verified.package), "{code}");
            units(&package).unwrap()
        };
        let points = |code: &str, criterion: &str| {
            let index = package.set.find(criterion).unwrap().0;
            result(code).nodes[index].points.fraction()
        };
        assert_eq!(points("U2", "1.1"), "1", "the points of the council stand, whatever was answered");
        let preset = package.set.find("1.2").unwrap().0;
        assert!(!result("U1").nodes[preset].applicable, "what is preset does not apply");
        assert_eq!(verified.package.scored.units.len(), 3, "a unit without a sheet is there");
        assert_eq!(verified.package.about.id, "vp-2021-so");
    }
}
