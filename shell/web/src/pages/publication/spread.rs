//! How the results of a group are spread: the chart and its table.

use cchc_index::{Exact, trace};

use super::group::Group;
use super::shown::Shown;
use crate::chart::distribution::{Point, Threshold, distribution};
use crate::chart::{Axis, Said, Svg};

/// The distribution of a group's results.
#[derive(Debug)]
pub struct Spread {
    /// The chart.
    pub chart: Svg,
    /// What a mark of it means, and from where to where the axis goes.
    pub key: String,
    /// How many units lie between two ticks.
    pub steps: Vec<Step>,
}

/// One step of the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `80 – dưới 85`.
    pub label: String,
    /// How many values lie in it.
    pub count: usize,
}

/// The axis on which a group's results stand.
#[must_use]
pub fn axis_of(shown: &Shown<'_>, group: &Group<'_>) -> Axis {
    let most = if shown.figures.is_percent { Exact::whole(100) } else { Exact::from(shown.set().total) };
    Axis::around(group.results(), &most)
}

/// The spread of a group; none where no unit has a result.
#[must_use]
pub fn spread(shown: &Shown<'_>, group: &Group<'_>, axis: &Axis) -> Option<Spread> {
    let median = group.median()?;
    let figures = &shown.figures;
    let with_result = group.units.iter().filter_map(|unit| Some((unit, unit.result.as_ref()?)));
    let points: Vec<Point> = with_result
        .map(|(unit, value)| Point {
            value: value.clone(),
            label: unit.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            name: shown.name(unit),
            marked: false,
        })
        .collect();
    let threshold =
        |class: &cchc_index::set::Class| Threshold { value: Exact::from(class.from), label: class.name.clone() };
    let thresholds: Vec<Threshold> = shown.set().classes.iter().map(threshold).collect();
    let (first, last) = (group.results().max()?, group.results().min()?);
    let text = format!(
        "Kết quả từ {} đến {}, trung vị {}. Bảng bên cạnh và bảng xếp hạng có đủ số.",
        figures.result(last),
        figures.result(first),
        figures.result(&median)
    );
    let title = format!("Phân bố kết quả của {} đơn vị: {}", points.len(), group.name);
    let said = Said { id: "phan-bo", title: &title, text: &text };
    let drawn = distribution(said, axis, &points, &thresholds, Some(&median));
    Some(Spread {
        key: format!("{}; {}", drawn.key, axis.in_words()),
        chart: drawn.chart,
        steps: steps(axis, group.results()),
    })
}

/// Counts values between the ticks of an axis; the last step takes its upper end in.
#[must_use]
pub fn steps<'v>(axis: &Axis, values: impl Iterator<Item = &'v Exact>) -> Vec<Step> {
    let values: Vec<&Exact> = values.collect();
    let last = axis.ticks.len().saturating_sub(2);
    let step = |(index, ends): (usize, &[Exact])| {
        let (Some(from), Some(to)) = (ends.first(), ends.get(1)) else {
            return Step { label: String::new(), count: 0 };
        };
        let holds = |value: &&&Exact| **value >= from && (**value < to || (index == last && **value == to));
        let upper = if index == last { trace::short(to) } else { format!("dưới {}", trace::short(to)) };
        Step { label: format!("{} – {upper}", trace::short(from)), count: values.iter().filter(holds).count() }
    };
    axis.ticks.windows(2).enumerate().map(step).rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_lies_in_one_step() {
        let axis = Axis::from_zero(&Exact::whole(100));
        let values = [0, 19, 20, 99, 100].map(Exact::whole);
        let steps = steps(&axis, values.iter());
        let counted: Vec<(&str, usize)> = steps.iter().map(|step| (step.label.as_str(), step.count)).collect();
        let expected =
            [("80 – 100", 2), ("60 – dưới 80", 0), ("40 – dưới 60", 0), ("20 – dưới 40", 1), ("0 – dưới 20", 2)];
        assert_eq!(counted, expected);
    }
}
