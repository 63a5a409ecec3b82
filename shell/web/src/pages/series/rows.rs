//! Figures as they are printed, each with its change and how sure it is.

use cchc_index::Exact;
use cchc_index::series::{Figure, Series};
use cchc_text::number;

use super::lines::{Line, Whose};
use crate::chart::line::{Mark, Size, line};
use crate::chart::{Said, Svg};

/// A figure as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// The year.
    pub year: i16,
    /// The value with its unit.
    pub value: String,
    /// `10 / 63`; empty: not known.
    pub rank: String,
    /// Against the year before; none where that is not known.
    pub change: Option<Change>,
    /// Where it was read.
    pub source: String,
    /// How sure it is, in words.
    pub confidence: &'static str,
    /// Whether a reader must be warned of it.
    pub doubtful: bool,
}

/// What changed since the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// By how much: `2,5`.
    pub by: String,
    /// Classes of the style sheet: which way, and red where that is worse.
    pub class: &'static str,
    /// The word for those who don't see it.
    pub word: &'static str,
}

/// A line as it is shown: chart and table.
#[derive(Debug)]
pub struct LineView {
    /// Code of the series.
    pub code: String,
    /// Name of the area.
    pub area: String,
    /// Whose it is.
    pub whose: Whose,
    /// The chart.
    pub chart: Svg,
    /// Its rows, the last year first.
    pub rows: Vec<FigureRow>,
}

impl FigureRow {
    /// Whether the source is an address.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.source.starts_with("http://") || self.source.starts_with("https://")
    }
}

impl LineView {
    /// The line, drawn large or small; its chart is named after `place` in the page.
    #[must_use]
    pub fn new(found: &Line<'_>, place: &str, size: Size) -> Self {
        let series = found.series;
        let mut rows: Vec<FigureRow> = Vec::with_capacity(found.figures.len());
        let mut before: Option<&Figure> = None;
        for figure in &found.figures {
            rows.push(row(series, before, figure));
            before = Some(figure);
        }
        rows.reverse();
        let marks: Vec<Mark> = found.figures.iter().map(|figure| mark(figure)).collect();
        let told = marks.iter().map(|mark| format!("năm {}: {}", mark.year, value(series, &mark.label)));
        let invented =
            if found.figures.iter().any(|figure| figure.is_simulated()) { " Số liệu mô phỏng." } else { "" };
        let text = format!("{}.{invented}", told.collect::<Vec<_>>().join("; "));
        let title = format!("{}, {}", series.name(), found.area);
        let id = format!("{place}-{}-{}", series.code, found.code);
        let chart = line(Said { id: &plain(&id), title: &title, text: &text }, &marks, size);
        Self { code: series.code.clone(), area: found.area.clone(), whose: found.whose, chart, rows }
    }
}

/// Letters, digits and hyphens alone.
fn plain(id: &str) -> String {
    id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
}

fn mark(figure: &Figure) -> Mark {
    Mark { year: figure.year, value: Exact::from(figure.value), label: figure.value.vietnamese() }
}

fn value(series: &Series, number: &str) -> String {
    if series.unit.is_empty() { number.to_owned() } else { format!("{number}\u{a0}{}", series.unit) }
}

fn row(series: &Series, before: Option<&Figure>, figure: &Figure) -> FigureRow {
    let unit = if figure.unit.is_empty() { &series.unit } else { &figure.unit };
    let number = figure.value.vietnamese();
    let rank = match (figure.rank, figure.of) {
        (Some(rank), Some(of)) => format!("{rank}\u{a0}/\u{a0}{of}"),
        (Some(rank), None) => rank.to_string(),
        (None, _) => String::new(),
    };
    let (confidence, doubtful) = confidence(&figure.confidence);
    FigureRow {
        year: figure.year,
        value: if unit.is_empty() { number } else { format!("{number}\u{a0}{unit}") },
        rank,
        change: before.filter(|before| comparable(before, figure)).map(|before| change(series, before, figure)),
        source: figure.source.clone(),
        confidence,
        doubtful,
    }
}

/// Whether two figures are of years that follow on each other, in one unit, and both real or both invented.
fn comparable(before: &Figure, figure: &Figure) -> bool {
    i32::from(figure.year) - i32::from(before.year) == 1
        && before.unit == figure.unit
        && before.is_simulated() == figure.is_simulated()
}

fn change(series: &Series, before: &Figure, figure: &Figure) -> Change {
    let by = &Exact::from(figure.value) - &Exact::from(before.value);
    let better = series.improved(before.value, figure.value);
    let (class, word) = match (by.is_negative(), better) {
        (_, None) => ("", "không đổi"),
        (true, Some(true)) => ("down", "giảm"),
        (true, Some(false)) => ("down son", "giảm"),
        (false, Some(true)) => ("up", "tăng"),
        (false, Some(false)) => ("up son", "tăng"),
    };
    let by = if by.is_negative() { &Exact::ZERO - &by } else { by };
    Change { by: number::vietnamese(&by.terminating(12).unwrap_or_else(|| by.cut(4))), class, word }
}

/// How sure a figure is, in words, and whether to warn of it.
fn confidence(code: &str) -> (&'static str, bool) {
    match code {
        "verified" => ("đã đối chiếu nguồn", false),
        "high" | "open-data" => ("đọc tại nguồn", false),
        "corroborated" => ("có nguồn thứ hai", false),
        "press" => ("theo báo chí", false),
        "illustrative" => ("minh họa", true),
        "simulated" => ("mô phỏng", true),
        _ => ("chưa xác nhận", true),
    }
}
