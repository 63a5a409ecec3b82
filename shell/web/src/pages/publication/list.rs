//! `/cong-bo`: every publication, by year and round, each with its finding.

use std::cmp::Reverse;

use askama::Template;
use axum::Extension;
use cchc_text::date::vietnamese;

use super::shown::Shown;
use crate::frame::{Frame, Page, Section, render};
use crate::pages::{Shared, count};
use crate::{Publication, Site};

/// The page.
pub async fn page(Extension(site): Extension<Shared>) -> Page {
    render(&List {
        frame: Frame::new(&site, Section::Publications, "Công bố"),
        years: years(&site),
        comparable: site.publications.iter().filter(|publication| !publication.package.about.partial).count() > 1,
    })
}

#[derive(Template)]
#[template(path = "publication/list.html")]
struct List {
    frame: Frame,
    years: Vec<Year>,
    comparable: bool,
}

#[derive(Debug)]
struct Year {
    year: i16,
    items: Vec<Item>,
}

/// A publication in a list.
#[derive(Debug)]
pub struct Item {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What came out, in a sentence.
    pub finding: String,
    /// What its numbers are not.
    pub marks: Vec<&'static str>,
    /// Who published it, and when.
    pub particulars: String,
    /// The result that replaced it, with its page.
    pub replaced_by: Option<(String, String)>,
}

fn years(site: &Site) -> Vec<Year> {
    let mut publications: Vec<&Publication> = site.publications.iter().map(AsRef::as_ref).collect();
    publications.sort_by_key(|publication| Reverse(publication.package.set.year));
    let year_of = |publication: &&Publication| publication.package.set.year;
    let mut years: Vec<Year> = Vec::new();
    for same in publications.chunk_by(|one, other| year_of(one) == year_of(other)) {
        let mut same = same.to_vec();
        // The packages of one round stand together, whichever came first.
        let place = |publication: &Publication| {
            let series = &publication.package.about.series;
            let first =
                |other: &std::sync::Arc<Publication>| !series.is_empty() && other.package.about.series == *series;
            site.publications.iter().position(|other| first(other) || other.id() == publication.id())
        };
        same.sort_by_key(|publication| place(publication));
        let year = same.first().map_or(0, year_of);
        years.push(Year { year, items: same.into_iter().map(|publication| item(site, publication)).collect() });
    }
    years
}

/// A publication with its finding.
#[must_use]
pub fn item(site: &Site, publication: &Publication) -> Item {
    let shown = Shown::new(site, publication);
    let about = shown.about();
    let marks = [about.simulated.then_some("mô phỏng"), about.partial.then_some("một phần số liệu")];
    let day = about.published_on.map(|day| format!("Công bố ngày {}", vietnamese(day)));
    let parts: Vec<String> =
        [Some(about.organiser.clone()), day].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Item {
        title: about.title.clone(),
        href: shown.href(),
        finding: if about.partial { partial(&shown) } else { finding(&shown) },
        marks: marks.into_iter().flatten().collect(),
        particulars: parts.join(" · "),
        replaced_by: shown.replaced_by(),
    }
}

/// Who is first in each group, and the median.
fn finding(shown: &Shown<'_>) -> String {
    let of = |group: super::group::Group<'_>| {
        let first = group.units.first()?;
        let result = shown.figures.said(first.result.as_ref()?);
        let median = shown.figures.said(&group.median()?);
        let units = count(group.units.len());
        Some(format!("{} đứng đầu {units} đơn vị với {result}; trung vị {median}.", shown.name(first)))
    };
    let all: Vec<String> = shown.groups().into_iter().filter_map(of).collect();
    if all.is_empty() { "Chưa đơn vị nào có kết quả.".to_owned() } else { all.join(" ") }
}

fn partial(shown: &Shown<'_>) -> String {
    let units = count(shown.package().scored.units.len());
    format!("{units} đơn vị; chỉ tính lại những dòng có số liệu công bố, không tính tổng.")
}
