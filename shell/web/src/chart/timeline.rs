//! Time line: steps one below the other on one scale of days, each up to its last day, with today across all.

use cchc_text::date::vietnamese;
use jiff::civil::Date;

use super::{At, Said, Svg, escape};

/// Pixels above the first step: the day of today stands there.
const HEAD: i64 = 20;
const ROW: i64 = 40;
/// Days before the first last day where nothing says when it began, at least.
const FEWEST_DAYS: i64 = 14;

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is over.
    Done,
    /// It runs.
    Running,
    /// It runs though its last day is over.
    Late,
    /// It has not begun.
    ToCome,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// Its last day.
    pub until: Option<Date>,
    /// How far it is.
    pub how: How,
}

impl How {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Done => "xong",
            Self::Running => "đang chạy",
            Self::Late => "quá hạn",
            Self::ToCome => "chưa tới",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Done => "fb",
            Self::Late => "fs",
            Self::Running | Self::ToCome => "fp",
        }
    }
}

/// The days that a chart covers.
struct Scale {
    low: Date,
    days: i64,
}

impl Scale {
    /// From some days before the first last day to the last one, today within it.
    fn of(steps: &[Step], today: Option<Date>) -> Option<Self> {
        let ends = || steps.iter().filter_map(|step| step.until);
        let (first, last) = (ends().min()?, ends().max()?);
        let before = (days(first, last) / 4).max(FEWEST_DAYS);
        let low = first.saturating_sub(jiff::Span::new().days(before));
        let low = today.map_or(low, |today| low.min(today));
        let high = today.map_or(last, |today| last.max(today));
        Some(Self { low, days: days(low, high).max(1) })
    }

    fn at(&self, day: Date) -> At {
        At((days(self.low, day) * 10_000 / self.days).clamp(0, 10_000))
    }
}

fn days(from: Date, to: Date) -> i64 {
    to.since(from).map_or(0, |span| i64::from(span.get_days()))
}

/// The chart; today is shown where it is given. `None`: no step has a last day.
#[must_use]
pub fn timeline(id: &str, steps: &[Step], today: Option<Date>) -> Option<Svg> {
    let scale = Scale::of(steps, today)?;
    let now = today.map(|today| scale.at(today));
    let (mut rows, mut from, mut y) = (String::new(), At(0), HEAD);
    for step in steps {
        rows.push_str(&row(step, y, (from, now), &scale));
        from = step.until.map_or(from, |until| from.max(scale.at(until)));
        y += ROW;
    }
    // Below the names of the steps, which it may cross.
    let mark = today.zip(now).map_or_else(String::new, |(today, at)| {
        let anchor = if at < At(1_500) {
            ""
        } else if at > At(8_500) {
            " end"
        } else {
            " mid"
        };
        format!(
            "<line class=\"ls\" x1=\"{at}\" x2=\"{at}\" y1=\"16\" y2=\"{y}\"/>\
             <text class=\"em{anchor}\" x=\"{at}\" y=\"11\">hôm nay {}</text>",
            vietnamese(today)
        )
    });
    let said: Vec<String> =
        steps.iter().map(|step| format!("{}: {}, {}", step.label, until(step), step.how.label())).collect();
    let now = today.map_or_else(String::new, |today| format!(" Hôm nay {}.", vietnamese(today)));
    let text = format!("{}.{now}", said.join("; "));
    Some(Svg::chart(Said { id, title: "Các bước theo thời gian", text: &text }, y, &format!("{mark}{rows}")))
}

fn until(step: &Step) -> String {
    step.until.map_or_else(|| "không đặt hạn".to_owned(), |until| format!("hạn {}", vietnamese(until)))
}

/// A step: its name and day above, its bar on a thin track below; what runs is filled up to today.
fn row(step: &Step, y: i64, (from, now): (At, Option<At>), scale: &Scale) -> String {
    let (text, bar) = (y + 13, y + 20);
    let label = escape(&step.label);
    let strong = if matches!(step.how, How::Running | How::Late) { " class=\"em\"" } else { "" };
    let drawn = step.until.map_or_else(String::new, |until| {
        let width = At((scale.at(until).0 - from.0).max(50));
        let bar = |class: &str, width: At| {
            format!("<rect class=\"{class}\" x=\"{from}\" y=\"{bar}\" width=\"{width}\" height=\"10\"/>")
        };
        let gone = now.filter(|now| step.how == How::Running && *now > from);
        let gone = gone.map_or_else(String::new, |now| bar("fb", At((now.0 - from.0).min(width.0))));
        format!("{}{gone}", bar(step.how.class(), width))
    });
    format!(
        "<rect class=\"fl\" x=\"0\" y=\"{}\" width=\"100%\" height=\"2\"/>{drawn}\
         <text{strong} x=\"0\" y=\"{text}\">{label}</text>\
         <text class=\"end\" x=\"100%\" y=\"{text}\">{}, {}</text>",
        bar + 4,
        until(step),
        step.how.label()
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn step(label: &str, until: Option<Date>, how: How) -> Step {
        Step { label: label.to_owned(), until, how }
    }

    #[test]
    fn steps_stand_on_one_scale_of_days_with_today_across() {
        let steps = [
            step("Tự chấm điểm", Some(date(2022, 1, 11)), How::Done),
            step("Thẩm định", Some(date(2022, 2, 20)), How::Running),
            step("Hội đồng", None, How::ToCome),
        ];
        let svg = timeline("b", &steps, Some(date(2022, 1, 31))).unwrap().to_string();
        // 54 days from 28/12/2021: 14 before the first last day, 40 to the last.
        assert!(svg.contains("<rect class=\"fb\" x=\"0%\" y=\"40\" width=\"25.92%\""), "{svg}");
        assert!(svg.contains("<rect class=\"fp\" x=\"25.92%\""), "{svg}");
        assert!(svg.contains("x1=\"62.96%\"") && svg.contains("hôm nay 31/01/2022"), "{svg}");
        assert!(svg.contains("Hội đồng: không đặt hạn, chưa tới. Hôm nay 31/01/2022.</desc>"), "{svg}");
    }

    #[test]
    fn without_any_last_day_there_is_no_line() {
        assert_eq!(timeline("b", &[step("Hội đồng", None, How::ToCome)], Some(date(2022, 1, 31))), None);
    }

    #[test]
    fn today_beyond_the_last_day_is_still_on_the_line() {
        let steps = [step("Tự chấm", Some(date(2022, 1, 11)), How::Late)];
        let svg = timeline("b", &steps, Some(date(2022, 3, 1))).unwrap().to_string();
        assert!(svg.contains("x1=\"100%\"") && svg.contains("class=\"fs\""), "{svg}");
    }
}
