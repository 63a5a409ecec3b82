//! Bars: shares of a unit, field by field, with the median and the best of its group.

use cchc_index::Exact;

use super::axis::At;
use super::{Said, Svg, escape};

/// One bar; all shares from 0 to 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// Its share; none where it does not apply.
    pub share: Option<Exact>,
    /// The median of the group.
    pub median: Option<Exact>,
    /// The best of the group.
    pub best: Option<Exact>,
    /// Whether it lies below the floor of the class: drawn in the accent, and said.
    pub below: bool,
}

/// Height of a row with a label of one line, and of each further line of the label.
const ROW: i64 = 44;
const LINE: i64 = 15;
/// Letters that a line of a label holds on a phone.
const LETTERS: usize = 46;

/// The bars one below the other, with the floor of the next class as a broken line where there is one.
#[must_use]
pub fn bars(said: Said<'_>, bars: &[Bar], floor: Option<&Exact>) -> Svg {
    let mut inside = String::new();
    let mut bottom = 0;
    for bar in bars {
        let lines = wrapped(&bar.label);
        inside.push_str(&one(bar, &lines, bottom));
        bottom += ROW + LINE * (i64::try_from(lines.len()).unwrap_or(1) - 1).max(0);
    }
    if let Some(floor) = floor {
        let at = At::of_share(floor);
        inside.push_str(&format!("<line class=\"dash\" x1=\"{at}\" x2=\"{at}\" y1=\"18\" y2=\"{}\"/>", bottom - 4));
    }
    for tick in 0..=5_i64 {
        let (at, value) = (At(tick * 2_000), tick * 20);
        let (class, unit) = match tick {
            0 => ("", ""),
            5 => (" class=\"end\"", "\u{a0}%"),
            _ => (" class=\"mid\"", ""),
        };
        inside.push_str(&format!("<text{class} x=\"{at}\" y=\"{}\">{value}{unit}</text>", bottom + 12));
    }
    Svg::chart(said, bottom + 18, &inside)
}

/// The label in lines that fit on a phone, broken between words.
fn wrapped(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn one(bar: &Bar, lines: &[String], top: i64) -> String {
    let mut text = String::new();
    let mut top = top;
    for (index, line) in lines.iter().enumerate() {
        top += if index == 0 { 0 } else { LINE };
        text.push_str(&format!("<text class=\"em\" x=\"0\" y=\"{}\">{}</text>", top + 13, escape(line)));
    }
    let Some(share) = &bar.share else {
        text.push_str(&format!("<text x=\"0\" y=\"{}\">không áp dụng</text>", top + 30));
        return text;
    };
    let class = if bar.below { "fs" } else { "fb" };
    text.push_str(&format!(
        "<rect class=\"fl\" x=\"0\" y=\"{y}\" width=\"100%\" height=\"8\"/>\
         <rect class=\"{class}\" x=\"0\" y=\"{y}\" width=\"{}\" height=\"8\"/>",
        At::of_share(share),
        y = top + 22
    ));
    if let Some(median) = &bar.median {
        let (at, y) = (At::of_share(median), top + 17);
        text.push_str(&format!(
            "<svg x=\"{at}\" overflow=\"visible\" aria-hidden=\"true\"><rect class=\"md\" x=\"-2\" y=\"{y}\" width=\"4\" height=\"18\"/></svg>"
        ));
    }
    if let Some(best) = &bar.best {
        let (at, y) = (At::of_share(best), top + 26);
        text.push_str(&format!("<circle class=\"fp\" cx=\"{at}\" cy=\"{y}\" r=\"4\"/>"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_break_between_words_and_lose_nothing() {
        let label = "3. Cải cách thủ tục hành chính và thực hiện cơ chế một cửa, một cửa liên thông";
        let lines = wrapped(label);
        assert_eq!(lines, ["3. Cải cách thủ tục hành chính và thực hiện cơ", "chế một cửa, một cửa liên thông"]);
        assert_eq!(lines.join(" "), label);
    }

    #[test]
    fn draws_what_applies_and_says_what_does_not() {
        let half = Exact::from_fraction("1/2");
        let rows = [
            Bar { label: "1. Thể chế".into(), share: half.clone(), median: half.clone(), best: half, below: true },
            Bar { label: "2. <Khác>".into(), share: None, median: None, best: None, below: false },
        ];
        let svg = bars(Said { id: "b", title: "t", text: "d" }, &rows, Some(&Exact::ONE)).to_string();
        assert!(svg.contains("<rect class=\"fs\" x=\"0\" y=\"22\" width=\"50%\""));
        assert!(svg.contains("2. &lt;Khác&gt;") && svg.contains("không áp dụng"));
        assert!(svg.contains("<line class=\"dash\" x1=\"100%\""));
        assert_eq!(svg.matches("class=\"fp\"").count(), 1);
    }
}
