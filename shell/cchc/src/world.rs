//! The rules in the store as the pages use them.

use std::sync::Arc;

use cchc_index::series::Figures;
use cchc_papers::rule_file::{Content, RuleKind, criteria_set, days_off, figures, registry, series_list};
use cchc_store::Store;
use cchc_store::rules::RuleRow;
use cchc_text::{Findings, Severity};
use cchc_web::World;

use crate::data;

/// Loads what is known now.
pub async fn load(store: &Store) -> anyhow::Result<World> {
    let mark = store.rule_mark().await?;
    let rows = store.rule_list(store.now()).await?;
    let contents = contents(&rows);
    let (units, findings) = registry(&contents);
    say(&findings);
    let of = |kind| contents.iter().copied().filter(move |content| content.kind == kind);
    let days_off = of(RuleKind::DaysOff).next().map(days_off).unwrap_or_default();
    say(&days_off.1);
    let sets = of(RuleKind::CriteriaSet).filter_map(|content| {
        let (set, findings) = criteria_set(content);
        say(&findings);
        set.map(Arc::new)
    });
    let series = of(RuleKind::Series).next().map(series_list).unwrap_or_default();
    say(&series.1);
    let all_figures = of(RuleKind::SeriesFigures).map(|content| {
        let (figures, findings) = figures(content, &series.0);
        say(&findings);
        figures
    });
    let all_figures = all_figures.reduce(Figures::with).unwrap_or_default();
    let (series, figures) = (Arc::new(series.0), Arc::new(all_figures));
    let (days_off, appraisers) = (Arc::new(days_off.0), Arc::new(data::appraisers()));
    Ok(World { mark, units, sets: sets.collect(), days_off, series, figures, appraisers })
}

/// The stored contents, the kinds in the order of protocol: units before departments.
pub fn contents(rows: &[RuleRow]) -> Vec<Content<'_>> {
    let known = rows
        .iter()
        .filter_map(|row| Some(Content { kind: RuleKind::from_code(&row.kind)?, name: &row.name, text: &row.content }));
    let (units, others): (Vec<_>, Vec<_>) = known.partition(|content| content.kind == RuleKind::Units);
    units.into_iter().chain(others).collect()
}

/// What was applied had no errors; one that shows up now is a change of the program, and is told.
fn say(findings: &Findings) {
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        tracing::error!(%finding, "a stored rule");
    }
}
