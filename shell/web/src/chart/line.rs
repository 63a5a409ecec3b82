//! A line of values by year: how one number went.

use cchc_index::Exact;

use super::{At, Axis, Said, Svg, escape};

/// A value of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The year.
    pub year: i16,
    /// The value.
    pub value: Exact,
    /// The value as it is printed.
    pub label: String,
}

/// How large it is drawn, and whether its values and years stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// In a row of a table: the line alone.
    Small,
    /// With its values and years.
    Large,
}

/// Left and right of the first and last mark, in hundredths of a percent: room for their labels.
const SIDE: i64 = 700;

/// The line through the marks, in the order of their years; dashed where years between are missing.
#[must_use]
pub fn line(said: Said<'_>, marks: &[Mark], size: Size) -> Svg {
    let (height, above, below) = match size {
        Size::Small => (18, 4, 4),
        Size::Large => (110, 24, 28),
    };
    let y = |mark: &Mark| i64::from(place(marks, mark)) * (height - above - below) / 10_000 + above;
    let x = |mark: &Mark| across(marks, mark.year);
    let mut inside = String::new();
    for pair in marks.windows(2) {
        let [from, to] = pair else { continue };
        let class = if to.year - from.year == 1 { "lb" } else { "dash" };
        let (x1, x2, y1, y2) = (x(from), x(to), y(from), y(to));
        inside.push_str(&format!("<line class=\"{class}\" x1=\"{x1}\" x2=\"{x2}\" y1=\"{y1}\" y2=\"{y2}\"/>"));
    }
    for mark in marks {
        let (x, y) = (x(mark), y(mark));
        inside.push_str(&format!("<circle class=\"fb\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"));
        if size == Size::Large {
            let (label, over, under) = (escape(&mark.label), y - 9, height - 4);
            inside.push_str(&format!(
                "<text class=\"mid em\" x=\"{x}\" y=\"{over}\">{label}</text><text class=\"mid\" x=\"{x}\" y=\"{under}\">{}</text>",
                mark.year
            ));
        }
    }
    Svg::chart(said, height, &inside)
}

/// From the top, in ten thousandths of the height: the greatest value stands at 0.
fn place(marks: &[Mark], mark: &Mark) -> i16 {
    let (Some(least), Some(most)) =
        (marks.iter().map(|mark| &mark.value).min(), marks.iter().map(|mark| &mark.value).max())
    else {
        return 0;
    };
    if least == most {
        return 5_000;
    }
    let axis = Axis { low: least.clone(), high: most.clone(), ticks: Vec::new() };
    i16::try_from(10_000 - axis.at(&mark.value).0).unwrap_or(0)
}

fn across(marks: &[Mark], year: i16) -> At {
    let (first, last) = (marks.first().map_or(year, |mark| mark.year), marks.last().map_or(year, |mark| mark.year));
    let years = i64::from(last - first);
    let Some(share) = (i64::from(year - first) * (10_000 - 2 * SIDE)).checked_div(years) else { return At(5_000) };
    At(SIDE + share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(year: i16, value: i64) -> Mark {
        Mark { year, value: Exact::whole(value), label: value.to_string() }
    }

    const SAID: Said<'static> = Said { id: "x", title: "PAR Index", text: "2018: 70" };

    #[test]
    fn the_greatest_stands_on_top_and_a_missing_year_is_dashed() {
        let svg = line(SAID, &[mark(2018, 70), mark(2019, 80), mark(2021, 75)], Size::Small).to_string();
        assert_eq!(svg.matches("<line class=\"lb\"").count(), 1);
        assert_eq!(svg.matches("<line class=\"dash\"").count(), 1);
        assert!(svg.contains("cy=\"14\"") && svg.contains("cy=\"4\"") && svg.contains("cy=\"9\""), "{svg}");
        assert!(svg.contains("<title id=\"x-t\">PAR Index</title><desc id=\"x-d\">2018: 70</desc>"));
        assert!(!svg.contains("<text"));
    }

    #[test]
    fn one_value_and_equal_values_stand_in_the_middle() {
        let one = line(SAID, &[mark(2020, 85)], Size::Large).to_string();
        assert!(one.contains("cx=\"50%\"") && one.contains(">2020</text>"), "{one}");
        let equal = line(SAID, &[mark(2019, 5), mark(2020, 5)], Size::Small).to_string();
        assert_eq!(equal.matches("cy=\"9\"").count(), 2, "{equal}");
        assert!(line(SAID, &[], Size::Large).to_string().contains("</svg>"));
    }
}
