//! Dots on the scale of a table column: one value, or a value before and after.

use cchc_index::Exact;

use super::axis::At;
use super::{Axis, Svg};

const ROW: i64 = 20;

/// The scale above the column: tick labels at the ends and in between.
#[must_use]
pub fn scale(axis: &Axis) -> Svg {
    Svg::beside(16, &axis.labels(12))
}

/// One value; `marked` puts it in the accent, and gives it another form: a diamond instead of a dot.
#[must_use]
pub fn one(axis: &Axis, value: &Exact, marked: bool) -> Svg {
    let at = axis.at(value);
    let mark = if marked { diamond(&at.to_string()) } else { dot(&at.to_string()) };
    Svg::beside(ROW, &format!("{}{mark}", grid(axis)))
}

/// Two values: hollow before, full after (a diamond in the accent where it fell), a line between them.
/// A broken line where the two are not the same unit.
#[must_use]
pub fn pair(axis: &Axis, before: Option<&Exact>, after: &Exact, broken: bool) -> Svg {
    let fell = before.is_some_and(|before| before > after);
    let to = axis.at(after);
    let mark = if fell { diamond(&to.to_string()) } else { dot(&to.to_string()) };
    let start = before.map(|before| axis.at(before)).map_or_else(String::new, |from| {
        let class = match (broken, fell) {
            (true, _) => "dash",
            (false, true) => "ls",
            (false, false) => "lb",
        };
        format!(
            "<line class=\"{class}\" x1=\"{from}\" x2=\"{to}\" y1=\"10\" y2=\"10\"/>\
             <circle class=\"fp\" cx=\"{from}\" cy=\"10\" r=\"3.5\"/>"
        )
    });
    Svg::beside(ROW, &format!("{}{start}{mark}", grid(axis)))
}

/// A bar from 0: how much of the greatest in its column.
#[must_use]
pub fn bar(value: &Exact, greatest: &Exact, marked: bool) -> Svg {
    let width = super::At::of_share(&value.over(greatest).unwrap_or(Exact::ZERO));
    let class = if marked { "fs" } else { "fb" };
    Svg::beside(12, &format!("<rect class=\"{class}\" width=\"{width}\" height=\"12\"/>"))
}

fn dot(at: &str) -> String {
    format!("<circle class=\"fb\" cx=\"{at}\" cy=\"10\" r=\"5\"/>")
}

fn diamond(at: &str) -> String {
    format!("<svg x=\"{at}\" y=\"10\" overflow=\"visible\"><path class=\"fs\" d=\"M0-6 6 0 0 6-6 0z\"/></svg>")
}

fn grid(axis: &Axis) -> String {
    let inner = axis.ticks.iter().skip(1).take(axis.ticks.len().saturating_sub(2));
    inner.map(|tick| format!("<line class=\"gr\" x1=\"{0}\" x2=\"{0}\" y1=\"-8\" y2=\"28\"/>", axis.at(tick))).collect()
}

/// A share of a row's maximum as a bar, with a mark where the group stands; both from 0 to 1.
#[must_use]
pub fn share(own: Option<&Exact>, group: Option<&Exact>) -> Svg {
    let width = own.map_or(At(0), At::of_share);
    let mark = group.map(At::of_share).map(|at| format!("<rect class=\"md\" x=\"{at}\" width=\"4\" height=\"14\"/>"));
    let mark = mark.unwrap_or_default();
    let inside = format!(
        "<rect class=\"fl\" y=\"2\" width=\"100%\" height=\"10\"/><rect class=\"fb\" y=\"2\" width=\"{width}\" height=\"10\"/>{mark}"
    );
    Svg::beside(14, &inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_has_another_form_not_only_another_colour() {
        let axis = Axis::from_zero(&Exact::whole(100));
        let (low, high) = (Exact::whole(20), Exact::whole(80));
        let fell = pair(&axis, Some(&high), &low, false).to_string();
        assert!(fell.contains("<path class=\"fs\"") && fell.contains("class=\"ls\""));
        let rose = pair(&axis, Some(&low), &high, false).to_string();
        assert!(rose.contains("<circle class=\"fb\" cx=\"80%\"") && rose.contains("<circle class=\"fp\" cx=\"20%\""));
        assert!(pair(&axis, Some(&low), &high, true).to_string().contains("class=\"dash\""));
        assert!(!pair(&axis, None, &high, false).to_string().contains("class=\"fp\""));
    }

    #[test]
    fn a_bar_starts_at_zero() {
        let bar = bar(&Exact::ONE, &Exact::whole(4), false).to_string();
        assert!(bar.contains("<rect class=\"fb\" width=\"25%\""));
    }
}
