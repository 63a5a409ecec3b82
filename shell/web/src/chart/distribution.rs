//! Distribution: a dot a unit on one axis, stacked where they would cover each other.
//!
//! Few units: big dots that hold their rank, exactly at their value. Many: small dots gathered into
//! steps of equal width, so that the heap has the form of a histogram and can still be counted. Where a
//! heap would grow too tall, a column stands for it, with its number on top.

use cchc_index::{Exact, trace};

use super::axis::At;
use super::{Axis, Said, Svg, escape};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its value.
    pub value: Exact,
    /// What stands in a big dot: the rank.
    pub label: String,
    /// Its name; shown for the first and the last where the dots are big.
    pub name: String,
    /// Whether it is the one that the page is about: drawn in the accent with a ring.
    pub marked: bool,
}

/// A value from which a class begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// The value.
    pub value: Exact,
    /// Name of the class that begins here.
    pub label: String,
}

/// More units than that are drawn as small dots.
const MOST_BIG: usize = 24;
const HEAD: i64 = 40;
/// A heap of more dots than that is drawn as a column of this height.
const TALLEST: i64 = 20;
const COLUMN: i64 = 170;

struct Form {
    /// Radius in pixels.
    radius: i64,
    /// Pixels from one level to the next.
    rise: i64,
    /// Hundredths of a percent that two dots on one level must keep.
    apart: i64,
}

const BIG: Form = Form { radius: 11, rise: 25, apart: 620 };
const SMALL: Form = Form { radius: 4, rise: 9, apart: 250 };

/// A finished distribution.
#[derive(Debug)]
pub struct Distribution {
    /// The chart.
    pub chart: Svg,
    /// What a mark of it means: `mỗi chấm là một đơn vị`.
    pub key: &'static str,
}

/// The chart with its class thresholds and median.
#[must_use]
pub fn distribution(
    said: Said<'_>,
    axis: &Axis,
    points: &[Point],
    thresholds: &[Threshold],
    median: Option<&Exact>,
) -> Distribution {
    let big = points.len() <= MOST_BIG;
    let form = if big { BIG } else { SMALL };
    let places = if big { stacked(axis, points, form.apart) } else { heaped(axis, points, form.apart) };
    let levels = places.iter().map(|(_, level)| level + 1).max().unwrap_or(1);
    let columns = levels > TALLEST;
    let height = if columns { COLUMN } else { (levels * form.rise).max(40) };
    // A count stands on top of the tallest column.
    let head = if columns { HEAD + 14 } else { HEAD };
    let ground = head + height + 4;
    let mut inside = String::new();
    for threshold in thresholds.iter().filter(|threshold| axis.low < threshold.value && threshold.value < axis.high) {
        let at = axis.at(&threshold.value);
        let label = escape(&threshold.label);
        inside.push_str(&format!(
            "<line class=\"gr\" x1=\"{at}\" x2=\"{at}\" y1=\"0\" y2=\"{ground}\"/><text x=\"{at}\" dx=\"4\" y=\"12\">{label}</text>"
        ));
    }
    if let Some(median) = median {
        inside.push_str(&median_line(axis, median, ground));
    }
    inside.push_str(&format!("<line class=\"ax\" x1=\"0\" x2=\"100%\" y1=\"{ground}\" y2=\"{ground}\"/>"));
    inside.push_str(&axis.labels(ground + 18));
    if columns {
        inside.push_str(&as_columns(&places, levels, ground));
    } else {
        for (point, (at, level)) in points.iter().zip(&places) {
            inside.push_str(&dot(point, *at, ground - form.radius - 3 - level * form.rise, &form, big));
        }
    }
    if big {
        inside.push_str(&ends(points, &places, ground, &form));
    }
    let key = match (columns, big) {
        (true, _) => "chiều cao cột là số đơn vị",
        (false, true) => "mỗi chấm là một đơn vị, số là hạng",
        (false, false) => "mỗi chấm là một đơn vị",
    };
    Distribution { chart: Svg::chart(said, ground + 24, &inside), key }
}

/// A column for each step that has units, its count on top where no taller neighbour stands in the way.
fn as_columns(places: &[(At, i64)], levels: i64, ground: i64) -> String {
    let mut counts: std::collections::BTreeMap<At, i64> = std::collections::BTreeMap::new();
    for (at, level) in places {
        let count = counts.entry(*at).or_default();
        *count = (*count).max(level + 1);
    }
    let tallest_near = |at: At| counts.range(At(at.0 - 600)..=At(at.0 + 600)).map(|(_, count)| *count).max();
    let column = |(at, count): (&At, &i64)| {
        let height = (count * COLUMN / levels).max(2);
        let (left, top) = (At(at.0 - 105), ground - height);
        let number = if tallest_near(*at) == Some(*count) {
            format!("<text class=\"mid\" x=\"{at}\" y=\"{}\">{count}</text>", top - 4)
        } else {
            String::new()
        };
        format!("<rect class=\"fb\" x=\"{left}\" y=\"{top}\" width=\"2.1%\" height=\"{height}\"/>{number}")
    };
    counts.iter().map(column).collect()
}

fn median_line(axis: &Axis, median: &Exact, ground: i64) -> String {
    let at = axis.at(median);
    let (class, shift) = if at.0 > 5_000 { ("em end", -5) } else { ("em", 5) };
    format!(
        "<line class=\"dash\" x1=\"{at}\" x2=\"{at}\" y1=\"20\" y2=\"{ground}\"/>\
         <text class=\"{class}\" x=\"{at}\" dx=\"{shift}\" y=\"30\">trung vị {}</text>",
        trace::fixed(median, 2)
    )
}

fn dot(point: &Point, at: At, y: i64, form: &Form, big: bool) -> String {
    let class = if point.marked { "fs" } else { "fb" };
    let mut text = format!("<circle class=\"{class}\" cx=\"{at}\" cy=\"{y}\" r=\"{}\"/>", form.radius);
    if point.marked {
        text.push_str(&format!("<circle class=\"ring\" cx=\"{at}\" cy=\"{y}\" r=\"{}\"/>", form.radius + 3));
    }
    if big && !point.label.is_empty() {
        let label = escape(&point.label);
        text.push_str(&format!("<text class=\"mid on\" x=\"{at}\" y=\"{}\">{label}</text>", y + 4));
    }
    text
}

/// The names of the first and the last, where there is room beside their dots on the ground.
fn ends(points: &[Point], places: &[(At, i64)], ground: i64, form: &Form) -> String {
    let grounded = || points.iter().zip(places).filter(|(_, (_, level))| *level == 0);
    let y = ground - form.radius + 1;
    let mut text = String::new();
    if let Some((point, (at, _))) = grounded().min_by_key(|(_, (at, _))| *at).filter(|(_, (at, _))| at.0 > 2_800) {
        text.push_str(&format!("<text class=\"end\" x=\"{at}\" dx=\"-16\" y=\"{y}\">{}</text>", escape(&point.name)));
    }
    if let Some((point, (at, _))) = grounded().max_by_key(|(_, (at, _))| *at).filter(|(_, (at, _))| at.0 < 7_200) {
        text.push_str(&format!("<text x=\"{at}\" dx=\"16\" y=\"{y}\">{}</text>", escape(&point.name)));
    }
    text
}

/// Each at its own place, on the lowest level that is free.
fn stacked(axis: &Axis, points: &[Point], apart: i64) -> Vec<(At, i64)> {
    let mut placed: Vec<(At, i64)> = Vec::with_capacity(points.len());
    for point in points {
        let at = axis.at(&point.value);
        let free = |level: i64| placed.iter().all(|(other, taken)| *taken != level || (other.0 - at.0).abs() >= apart);
        let level = (0_i64..).find(|level| free(*level)).unwrap_or(0);
        placed.push((at, level));
    }
    placed
}

/// Each in the middle of its step, on top of those that are there.
fn heaped(axis: &Axis, points: &[Point], step: i64) -> Vec<(At, i64)> {
    let mut heights = std::collections::BTreeMap::new();
    let place = |point: &Point| {
        let index = (axis.at(&point.value).0 / step).min(10_000 / step - 1);
        let height: &mut i64 = heights.entry(index).or_default();
        let level = *height;
        *height += 1;
        (At(index * step + step / 2), level)
    };
    points.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: &str) -> Point {
        let value = Exact::from_fraction(value).unwrap();
        Point { value, label: "1".into(), name: "A & B".into(), marked: false }
    }

    #[test]
    fn no_two_dots_cover_each_other() {
        let axis = Axis::from_zero(&Exact::whole(100));
        let points: Vec<Point> = ["50", "50", "52", "58", "90"].iter().map(|text| point(text)).collect();
        let places = stacked(&axis, &points, BIG.apart);
        assert_eq!(places, [(At(5000), 0), (At(5000), 1), (At(5200), 2), (At(5800), 0), (At(9000), 0)]);
    }

    #[test]
    fn a_heap_holds_every_unit_once() {
        let axis = Axis::from_zero(&Exact::whole(100));
        let points: Vec<Point> = ["0", "1", "99", "100", "100"].iter().map(|text| point(text)).collect();
        let places = heaped(&axis, &points, SMALL.apart);
        assert_eq!(places, [(At(125), 0), (At(125), 1), (At(9875), 0), (At(9875), 1), (At(9875), 2)]);
    }

    #[test]
    fn a_tall_heap_becomes_a_column_with_its_number() {
        let axis = Axis::from_zero(&Exact::whole(100));
        let mut points = vec![point("0"); 100];
        points.push(point("100"));
        let drawn = distribution(Said { id: "p", title: "t", text: "d" }, &axis, &points, &[], None);
        let svg = drawn.chart.to_string();
        assert_eq!(drawn.key, "chiều cao cột là số đơn vị");
        assert_eq!((svg.matches("<rect").count(), svg.matches("<circle").count()), (2, 0));
        assert!(svg.contains(">100</text>") && svg.contains("height=\"170\""));
    }

    #[test]
    fn thresholds_outside_the_axis_are_left_out() {
        let axis =
            Axis { low: Exact::whole(70), high: Exact::whole(100), ticks: vec![Exact::whole(70), Exact::whole(100)] };
        let thresholds = [("Tốt", 80), ("Yếu", 0)]
            .map(|(label, value)| Threshold { value: Exact::whole(value), label: label.into() });
        let median = Exact::whole(85);
        let svg =
            distribution(Said { id: "p", title: "t", text: "d" }, &axis, &[point("85")], &thresholds, Some(&median))
                .chart
                .to_string();
        assert!(svg.contains("Tốt") && !svg.contains("Yếu"));
        assert!(svg.contains("trung vị 85,00") && svg.contains("A &amp; B"));
        assert_eq!(svg.matches("<circle").count(), 1);
    }
}
