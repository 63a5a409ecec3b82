//! What is worth knowing about a publication as a whole, beyond what scoring itself noticed.

use std::collections::HashMap;

use cchc_index::Exact;
use cchc_index::answer::Answer;
use cchc_index::set::Part;
use cchc_papers::package::Package;
use cchc_text::{Finding, Findings, Place};

use super::register::Register;
use crate::Publication;

/// All findings of a publication: of reading, of scoring, of its inputs, units and published figures.
#[must_use]
pub fn findings(publication: &Publication, register: &Register<'_>) -> Findings {
    let package = &publication.package;
    let mut findings: Findings = publication.all_findings().cloned().collect();
    let said = findings.iter().any(|finding| finding.code == "not-reported");
    if !package.about.partial && !said {
        not_reported(package, &mut findings);
    }
    unknown_units(package, register, &mut findings);
    unequal_figures(package, &mut findings);
    findings
}

fn not_reported(package: &Package, findings: &mut Findings) {
    let set = &package.set;
    for unit in &package.inputs.units {
        let missing: Vec<&str> = set
            .leaves()
            .filter(|(index, node, _)| {
                node.part == Part::Scored
                    && unit.answers.get(*index).is_none_or(|answer| *answer == Answer::NotReported)
            })
            .map(|(_, node, _)| node.code.as_str())
            .collect();
        if !missing.is_empty() {
            let message = format!("Chưa báo cáo {} tiêu chí, tính 0 điểm: {}.", missing.len(), missing.join(", "));
            findings.push(Finding::warning("not-reported", Place::default().of_unit(unit.code.clone()), message));
        }
    }
}

fn unknown_units(package: &Package, register: &Register<'_>, findings: &mut Findings) {
    let Some(on) = package.about.units_as_of else { return };
    let on = cchc_text::date::vietnamese(on);
    for unit in package.scored.units.iter().filter(|unit| register.version(&unit.code).is_none()) {
        let message = format!("Danh mục đơn vị không có mã này vào ngày {on}: không biết huyện và thứ tự của đơn vị.");
        findings.push(Finding::warning("unknown-unit", Place::default().of_unit(unit.code.clone()), message));
    }
}

fn unequal_figures(package: &Package, findings: &mut Findings) {
    let units: HashMap<&str, usize> =
        package.inputs.units.iter().enumerate().map(|(index, unit)| (unit.code.as_str(), index)).collect();
    for figure in package.published.iter().filter(|figure| !figure.criterion.is_empty()) {
        let place = Place::default().of_unit(figure.unit.clone()).of_criterion(figure.criterion.clone());
        let Some((index, _)) = package.set.find(&figure.criterion) else { continue };
        let answer =
            units.get(figure.unit.as_str()).and_then(|unit| package.inputs.units.get(*unit)?.answers.get(index));
        let known = answer.is_some_and(|answer| *answer != Answer::NotReported);
        let scored = package.scored.units.iter().find(|unit| unit.code == figure.unit);
        let points = scored.and_then(|unit| Some(&unit.nodes.get(index)?.points));
        if let (true, Some(published), Some(points)) = (known, figure.points, points)
            && *points != Exact::from(published)
        {
            let message = format!(
                "Điểm tính lại {} khác điểm đã công bố {}.",
                cchc_index::trace::short(points),
                published.vietnamese()
            );
            findings.push(Finding::warning("differs-from-published", place, message));
        }
    }
}
