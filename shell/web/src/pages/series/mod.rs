//! `/chuoi-so-lieu`: what others publish of the province year by year; its short form on the leader's page.

mod files;
mod lines;
mod rows;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::response::Html;
use axum::routing::get;
use axum::{Extension, Router};
use cchc_text::Decimal;

pub use lines::{Line, Whose, lines, province};
pub use rows::{Change, FigureRow, LineView};

use crate::chart::line::Size;
use crate::error::ErrorPage;
use crate::frame::{Frame, SIMULATED, Section, render};
use crate::list::Link;
use crate::pages::Shared;
use crate::pages::drafts::import::Import;
use crate::site::Site;

/// The page.
pub const ADDRESS: &str = "/chuoi-so-lieu";
/// The table behind it, as CSV and as a workbook.
pub const CSV: &str = "/chuoi-so-lieu/so-lieu.csv";
/// The same as a workbook.
pub const XLSX: &str = "/chuoi-so-lieu/so-lieu.xlsx";

/// The addresses.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(ADDRESS, get(page)).route(CSV, get(files::csv)).route(XLSX, get(files::xlsx))
}

/// A series with its lines.
#[derive(Debug)]
pub struct SeriesView {
    /// Its code, by which the leader's page leads to it.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Who publishes it, in which direction it is better, on which scale.
    pub about: String,
    /// The province's lines, and those of former provinces.
    pub lines: Vec<LineView>,
    /// Other provinces'.
    pub others: Vec<LineView>,
}

/// A series in a row.
#[derive(Debug)]
pub struct SeriesRow {
    /// Its short name, leading to it.
    pub name: Link,
    /// Who publishes it.
    pub publisher: String,
    /// The line.
    pub line: LineView,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "series/page.html")]
pub struct SeriesPage {
    frame: Frame,
    province: String,
    series: Vec<SeriesView>,
    years: Option<(i16, i16)>,
    invented: bool,
    change: Link,
}

/// The page.
pub async fn page(Extension(site): Extension<Shared>) -> Result<Html<String>, ErrorPage> {
    render(&SeriesPage::new(&site))
}

impl SeriesPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site) -> Self {
        let province = province(site);
        let series: Vec<SeriesView> = site.series.all().iter().map(|series| view(site, province, series)).collect();
        let shown = || series.iter().flat_map(|one| one.lines.iter().chain(&one.others)).flat_map(|line| &line.rows);
        let years = shown().map(|row| row.year).min().zip(shown().map(|row| row.year).max());
        let invented = shown().any(|row| row.confidence == "mô phỏng");
        let mut frame = Frame::new(site, Section::Leader, "Chuỗi số liệu của tỉnh").explained("chuoi-so-lieu");
        if invented {
            frame = frame.mark(SIMULATED);
        }
        let name = province.map(|province| province.name.clone()).unwrap_or_default();
        let change = Import::Series.way(site).unwrap_or_default();
        Self { frame, province: name, series, years, invented, change }
    }
}

fn view(site: &Site, province: Option<&cchc_units::Version>, series: &cchc_index::series::Series) -> SeriesView {
    let (others, own): (Vec<_>, Vec<_>) =
        lines(site, province, series).into_iter().partition(|line| line.whose == Whose::Other);
    let drawn = |lines: Vec<Line<'_>>| lines.iter().map(|line| LineView::new(line, "bieu-do", Size::Large)).collect();
    let mut about = vec![series.publisher.clone(), series.better.label().to_owned()];
    if let (Some(low), Some(high)) = (series.low, series.high) {
        let said = |bound: Decimal| bound.vietnamese();
        about.push(format!("thang từ {} đến {} {}", said(low), said(high), series.unit));
    }
    about.retain(|part| !part.is_empty());
    SeriesView {
        code: series.code.clone(),
        title: series.title.clone(),
        about: about.join("; "),
        lines: drawn(own),
        others: drawn(others),
    }
}

/// The series of the province in a row each: its own figures, or where there are none those of former provinces.
#[must_use]
pub fn in_rows(site: &Site) -> Vec<SeriesRow> {
    let province = province(site);
    let mut rows = Vec::new();
    for series in site.series.all() {
        let found = lines(site, province, series);
        let own = found.iter().any(|line| line.whose == Whose::Own);
        let wanted = if own { Whose::Own } else { Whose::Former };
        rows.extend(found.iter().filter(|line| line.whose == wanted).map(|line| SeriesRow {
            name: Link::new(series.name(), format!("{ADDRESS}#{}", series.code)),
            publisher: series.publisher.clone(),
            line: LineView::new(line, "tom-tat", Size::Small),
        }));
    }
    rows
}
