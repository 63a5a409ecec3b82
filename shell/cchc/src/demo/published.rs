//! Real published results, as `data/published` holds them.

use cchc_calendar::DaysOff;
use cchc_index::{CriteriaSet, read_inputs};
use cchc_papers::package::{About, Package, PublishedFigure};
use cchc_web::Publication;
use jiff::civil::Date;
use serde::Deserialize;

use super::Dated;
use crate::data;

#[derive(Deserialize)]
struct File {
    publication: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    set: String,
    input: String,
    published: Option<String>,
    visible_from: Date,
    #[serde(flatten)]
    about: About,
}

/// The publications of `data/published/publications.toml`, scored.
pub fn all(days_off: &DaysOff) -> anyhow::Result<Vec<Dated>> {
    let file: File = toml::from_str(&data::text("published/publications.toml"))?;
    file.publication.into_iter().map(|entry| dated(entry, days_off)).collect()
}

fn dated(entry: Entry, days_off: &DaysOff) -> anyhow::Result<Dated> {
    let set: CriteriaSet =
        data::set(&entry.set).ok_or_else(|| anyhow::anyhow!("không có bộ tiêu chí «{}»", entry.set))?;
    let (inputs, mut findings) = read_inputs(&set, &[data::table(&format!("published/{}", entry.input))]);
    if entry.about.partial {
        // The note of a partial publication says what is missing; it is not the reader's to mend.
        findings.retain(|finding| finding.code != "not-reported");
    }
    let figures = entry.published.as_deref().map(figures).unwrap_or_default();
    let package = Package::build(entry.about, set, inputs, days_off.clone(), figures);
    Ok(Dated { visible_from: entry.visible_from, publication: Publication::new(package, findings) })
}

fn figures(name: &str) -> Vec<PublishedFigure> {
    let table = data::table(&format!("published/{name}"));
    let column = |name: &str| table.column(name);
    let (unit, criterion, label) = (column("unit"), column("criterion"), column("label"));
    let (points, class) = (column("points"), column("class"));
    let figure = |row: &cchc_text::table::Row| PublishedFigure {
        unit: row.text(unit).to_owned(),
        criterion: row.text(criterion).to_owned(),
        label: row.text(label).to_owned(),
        points: row.text(points).parse().ok(),
        class: row.text(class).to_owned(),
    };
    table.rows.iter().map(figure).collect()
}
