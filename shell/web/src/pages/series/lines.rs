//! Which figures are a province's own: through mergers, by the units of the day.

use cchc_access::Viewer;
use cchc_index::series::{Figure, Series};
use cchc_units::{Level, Version};
use jiff::civil::Date;

use crate::site::Site;

/// Whose figures a line shows, seen from a province of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The province's.
    Own,
    /// Those of a province that became part of it.
    Former,
    /// Another's.
    Other,
}

/// The figures of one series and one area, by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The series.
    pub series: &'a Series,
    /// Code of the area.
    pub code: &'a str,
    /// Name of the area in those years.
    pub area: String,
    /// Whose they are.
    pub whose: Whose,
    /// The figures, at least one.
    pub figures: Vec<&'a Figure>,
}

/// The province of whoever asks: that of his posts today, else the first there is.
#[must_use]
pub fn province(site: &Site) -> Option<&Version> {
    let posts = match &site.visitor.viewer {
        Viewer::Person(principal) => principal.posts.as_slice(),
        Viewer::Public => &[],
    };
    let held = posts.iter().filter(|post| post.holds_on(site.today));
    let mut of_posts = held.filter_map(|post| above(site, &post.unit));
    of_posts.next().or_else(|| site.units.as_of(site.today).ranked(Level::Province).next())
}

/// The province of a unit.
fn above<'a>(site: &'a Site, unit: &str) -> Option<&'a Version> {
    let mut unit = site.units.find(unit, site.today).ok()?;
    // Deeper than that no tree is; a circle ends here.
    for _ in 0..8 {
        if unit.level == Level::Province {
            return Some(unit);
        }
        unit = site.units.parent(unit, site.today)?;
    }
    None
}

/// The lines of a series: the province's own first, then those of former provinces, then others'.
#[must_use]
pub fn lines<'a>(site: &'a Site, province: Option<&Version>, series: &'a Series) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for figure in site.figures.of(&series.code) {
        let (whose, area) = whose(site, province, figure);
        match lines.iter_mut().find(|line| (line.code, line.whose) == (figure.area.as_str(), whose)) {
            Some(line) => line.figures.push(figure),
            None => lines.push(Line { series, code: &figure.area, area, whose, figures: vec![figure] }),
        }
    }
    lines.sort_by_key(|line| line.whose);
    lines
}

/// Whose a figure is, and the name of its area at the end of its year.
fn whose(site: &Site, province: Option<&Version>, figure: &Figure) -> (Whose, String) {
    let named = if figure.area_name.is_empty() { &figure.area } else { &figure.area_name };
    let Some(on) = Date::new(figure.year, 12, 31).ok().map(|day| day.min(site.today)) else {
        return (Whose::Other, named.clone());
    };
    let Some(province) = province else { return (Whose::Other, named.clone()) };
    match site.units.find(&figure.area, on) {
        Ok(then) if then.unit == province.unit => (Whose::Own, then.name.clone()),
        Ok(then) => {
            let became = site.units.successors_at(&figure.area, on, site.today).unwrap_or_default();
            let whose = if became.iter().any(|one| one.unit == province.unit) { Whose::Former } else { Whose::Other };
            (whose, then.name.clone())
        }
        // The units in use begin later; the same code is what the province was made of.
        Err(_) if figure.area == province.code => (Whose::Former, named.clone()),
        Err(_) => (Whose::Other, named.clone()),
    }
}
