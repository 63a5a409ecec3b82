//! Reading the two tables, with every finding at once.

use cchc_text::number;
use cchc_text::table::{Row, Table};
use cchc_text::{Decimal, Finding, Findings, Place};

use super::{Better, CONFIDENCES, FIGURE_COLUMNS, Figure, Figures, LIST_COLUMNS, Series, SeriesList};

/// Without these a row of the table of series says nothing.
const LIST_REQUIRED: [&str; 3] = ["code", "title", "better"];
/// Without these a row of the table of figures says nothing.
const FIGURE_REQUIRED: [&str; 4] = ["series", "area", "year", "value"];
/// The years of figures: none of these series is older, and a later year is a slip of the hand.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

impl SeriesList {
    /// Reads the rows of a table with the columns of [`LIST_COLUMNS`].
    ///
    /// A row that can't be read is left out and reported; so are codes that stand twice and missing columns.
    #[must_use]
    pub fn from_table(table: &Table) -> (Self, Findings) {
        let mut findings = missing_columns(table, &LIST_COLUMNS, &LIST_REQUIRED);
        let mut list = Self::default();
        for row in &table.rows {
            let cells = Cells { table, row };
            let Some(series) = cells.series(&mut findings) else { continue };
            if list.find(&series.code).is_some() {
                let message = format!("Chuỗi «{}» đã có ở dòng trên; dòng này không được dùng.", series.code);
                findings.push(Finding::error("duplicate-series", cells.place("code"), message));
                continue;
            }
            list.0.push(series);
        }
        (list, findings)
    }
}

impl Figures {
    /// Reads the rows of a table with the columns of [`FIGURE_COLUMNS`]; `list` are the series that there are.
    ///
    /// Values have a decimal comma or a dot. A row that can't be read is left out and reported; so are repeated and
    /// contradicting rows, values outside the scale, ranks beyond the number of those ranked.
    #[must_use]
    pub fn from_table(table: &Table, list: &SeriesList) -> (Self, Findings) {
        let mut findings = missing_columns(table, &FIGURE_COLUMNS, &FIGURE_REQUIRED);
        let mut figures = Self::default();
        for row in &table.rows {
            let cells = Cells { table, row };
            let Some(figure) = cells.figure(list, &mut findings) else { continue };
            match figures.0.binary_search_by(|known| known.key().cmp(&figure.key())) {
                Err(place) => figures.0.insert(place, figure),
                Ok(known) => findings.extend(figures.0.get(known).map(|known| cells.repeated(known, &figure))),
            }
        }
        (figures, findings)
    }
}

fn missing_columns(table: &Table, columns: &[&str], required: &[&str]) -> Findings {
    let missing = columns.iter().filter(|name| table.column(name).is_none());
    let finding = |name: &&str| {
        let (place, message) = (Place::file(table.file.clone()), format!("Bảng chuỗi số liệu thiếu cột «{name}»."));
        if required.contains(name) {
            Finding::error("missing-column", place, message)
        } else {
            Finding::warning("missing-column", place, message)
        }
    };
    missing.map(|name| finding(name).hint(format!("Các cột cần có: {}.", columns.join(", ")))).collect()
}

/// The cells of a row by their columns.
struct Cells<'a> {
    table: &'a Table,
    row: &'a Row,
}

impl Cells<'_> {
    fn text(&self, name: &str) -> &str {
        self.row.text(self.table.column(name)).trim()
    }

    fn own(&self, name: &str) -> String {
        cchc_text::nfc(self.text(name)).into_owned()
    }

    fn place(&self, name: &str) -> Place {
        self.table.place(self.row, self.table.column(name).unwrap_or_default())
    }

    /// A text that has to be there.
    fn needed(&self, name: &str, findings: &mut Findings) -> Option<String> {
        let text = self.own(name);
        if text.is_empty() {
            findings.push(Finding::error("empty-cell", self.place(name), format!("Cột «{name}» bỏ trống.")));
            return None;
        }
        Some(text)
    }

    fn number(&self, name: &str, findings: &mut Findings) -> Option<Decimal> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        number::parse(text)
            .map_err(|error| {
                findings.push(Finding::error("bad-number", self.place(name), format!("«{text}»: {error}.")))
            })
            .ok()
    }

    fn count(&self, name: &str, findings: &mut Findings) -> Option<u32> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let count = text.parse().ok().filter(|count| *count > 0);
        if count.is_none() {
            let message = format!("«{text}» không phải là số thứ tự: chỉ viết chữ số, từ 1.");
            findings.push(Finding::error("bad-rank", self.place(name), message));
        }
        count
    }

    fn series(&self, findings: &mut Findings) -> Option<Series> {
        let (code, title) = (self.needed("code", findings), self.needed("title", findings));
        let word = self.text("better");
        let better = Better::from_code(word);
        if better.is_none() {
            let message = format!("Không có chiều «{word}».");
            let finding = Finding::error("unknown-direction", self.place("better"), message);
            findings.push(finding.hint("higher: càng cao càng tốt; lower: càng thấp càng tốt."));
        }
        let (low, high) = (self.number("low", findings), self.number("high", findings));
        if let (Some(least), Some(most)) = (low, high)
            && least >= most
        {
            let message =
                format!("Thang từ {} đến {}: cận dưới phải nhỏ hơn cận trên.", least.vietnamese(), most.vietnamese());
            findings.push(Finding::error("empty-scale", self.place("low"), message));
            return None;
        }
        let (short, publisher) = (self.own("short"), self.own("publisher"));
        let (unit, source) = (self.own("unit"), self.own("source"));
        Some(Series { code: code?, title: title?, short, publisher, better: better?, unit, low, high, source })
    }

    fn figure(&self, list: &SeriesList, findings: &mut Findings) -> Option<Figure> {
        let (code, area) = (self.needed("series", findings), self.needed("area", findings));
        let series = code.as_deref().and_then(|code| list.find(code));
        if let (Some(code), None) = (&code, series) {
            let known = list.all().iter().map(|series| series.code.as_str()).collect::<Vec<_>>().join(", ");
            let finding = Finding::error("unknown-series", self.place("series"), format!("Không có chuỗi «{code}»."));
            findings.push(finding.hint(format!("Các chuỗi: {known}.")));
        }
        let (year, value) = (self.year(findings), self.value(series, findings));
        let (rank, of) = (self.count("rank", findings), self.count("of", findings));
        if let (Some(rank), Some(of)) = (rank, of)
            && rank > of
        {
            let message = format!("Hạng {rank} lớn hơn số được xếp hạng ({of}).");
            findings.push(Finding::error("rank-beyond", self.place("rank"), message));
            return None;
        }
        let unit = self.own("unit");
        if let Some(series) = series.filter(|series| !unit.is_empty() && series.unit != unit) {
            let message = format!("Đơn vị tính «{unit}» khác của chuỗi «{}» («{}»).", series.code, series.unit);
            findings.push(Finding::warning("other-unit", self.place("unit"), message));
        }
        let source = self.own("source");
        if source.is_empty() {
            let finding = Finding::warning("no-source", self.place("source"), "Giá trị không ghi nguồn.");
            findings.push(finding.hint("Ghi văn bản công bố, hoặc địa chỉ trang đã đọc."));
        }
        let confidence = self.confidence(findings);
        let area_name = self.own("area_name");
        let (series, area, year, value) = (series?.code.clone(), area?, year?, value?);
        Some(Figure { series, area, area_name, year, value, unit, rank, of, source, confidence })
    }

    fn year(&self, findings: &mut Findings) -> Option<i16> {
        let text = self.text("year");
        let year = text.parse().ok().filter(|year| YEARS.contains(year));
        if year.is_none() {
            let message = format!("«{text}» không phải là năm từ {} đến {}.", YEARS.start(), YEARS.end());
            findings.push(Finding::error("bad-year", self.place("year"), message));
        }
        year
    }

    fn value(&self, series: Option<&Series>, findings: &mut Findings) -> Option<Decimal> {
        if self.text("value").is_empty() {
            findings.push(Finding::error("empty-cell", self.place("value"), "Cột «value» bỏ trống."));
        }
        let value = self.number("value", findings)?;
        let Some(series) = series else { return Some(value) };
        let beyond = series.low.is_some_and(|low| value < low) || series.high.is_some_and(|high| high < value);
        if !beyond {
            return Some(value);
        }
        let bound = |bound: Option<Decimal>| bound.map_or_else(|| "…".to_owned(), Decimal::vietnamese);
        let message = format!(
            "{} nằm ngoài thang của «{}» (từ {} đến {}).",
            value.vietnamese(),
            series.code,
            bound(series.low),
            bound(series.high)
        );
        findings.push(Finding::error("outside-scale", self.place("value"), message));
        None
    }

    fn confidence(&self, findings: &mut Findings) -> String {
        let word = self.own("confidence");
        if CONFIDENCES.contains(&word.as_str()) {
            return word;
        }
        let said = if word.is_empty() {
            "Giá trị không ghi độ tin cậy".to_owned()
        } else {
            format!("Không có độ tin cậy «{word}»")
        };
        let finding = Finding::warning(
            "unknown-confidence",
            self.place("confidence"),
            format!("{said}; sẽ hiện là «chưa xác nhận»."),
        );
        findings.push(finding.hint(format!("Các mức: {}.", CONFIDENCES.join(", "))));
        "unconfirmed".to_owned()
    }

    fn repeated(&self, known: &Figure, other: &Figure) -> Finding {
        let of = format!("«{}», «{}», năm {}", other.series, other.area, other.year);
        if known == other {
            let message = format!("Dòng này lặp lại dòng đã có của {of}; chỉ tính một lần.");
            return Finding::note("duplicate-figure", self.place("series"), message);
        }
        let message = format!("{of} đã có giá trị {}; dòng khác này không được dùng.", known.value.vietnamese());
        Finding::error("contradicting-figure", self.place("value"), message)
            .hint("Giữ một trong hai dòng, theo nguồn chắc chắn hơn.")
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{figures, list, read_list};

    #[test]
    fn a_real_row_is_read_with_either_sign() {
        let rows =
            "par-index,25,Phú Thọ,2020,\"85,74\",%,10,63,nguồn,verified\npar-index,26,,2020,85.74,%,,,nguồn,press";
        let (figures, findings) = figures(rows);
        assert_eq!(findings, []);
        let [first, second] = figures.all() else { panic!("{figures:?}") };
        assert_eq!((first.value, first.rank, first.of), (second.value, Some(10), Some(63)));
    }

    #[test]
    fn reports_everything_at_once() {
        let rows = "par-index,25,,2020,85.740,%,10,63,s,verified\n\
            par-index,25,,2020,85.74,%,10,63,s,verified\n\
            par-index,25,,2020,85.74,%,10,63,s,verified\n\
            par-index,25,,2020,85.75,%,10,63,s,verified\n\
            pari,25,,2020,85,%,,,s,verified\n\
            par-index,25,,20201,85,%,,,s,verified\n\
            par-index,25,,2021,101,%,,,s,verified\n\
            par-index,25,,2021,\"1.234\",%,,,s,verified\n\
            par-index,25,,2022,85,%,64,63,s,verified\n\
            par-index,25,,2023,85,%,0,63,s,verified\n\
            par-index,,,2024,,%,,,,chắc";
        let (figures, findings) = figures(rows);
        let found: Vec<_> = findings.iter().map(|finding| (finding.place.line.unwrap(), finding.code)).collect();
        let expected = [
            (2, "bad-number"),
            (4, "duplicate-figure"),
            (5, "contradicting-figure"),
            (6, "unknown-series"),
            (7, "bad-year"),
            (8, "outside-scale"),
            (9, "bad-number"),
            (10, "rank-beyond"),
            (11, "bad-rank"),
            (12, "empty-cell"),
            (12, "empty-cell"),
            (12, "no-source"),
            (12, "unknown-confidence"),
        ];
        assert_eq!(found, expected);
        assert_eq!(figures.all().iter().map(|figure| figure.year).collect::<Vec<_>>(), [2020, 2023]);
    }

    #[test]
    fn series_without_direction_or_with_an_empty_scale_are_left_out() {
        let (list, findings) =
            read_list("a,A,,B,up,%,0,100,s\nb,B,,B,higher,%,100,100,s\nc,C,,B,lower,,,,s\nc,C,,B,lower,,,,s");
        let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["unknown-direction", "empty-scale", "duplicate-series"]);
        assert_eq!(list.all().iter().map(|series| series.code.as_str()).collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn what_is_written_back_reads_the_same() {
        let (figures, _) =
            figures("papi,26,Vĩnh Phúc,2019,\"43,5\",điểm,,,s,simulated\npar-index,26,,2019,1,%,1,2,s,press");
        assert_eq!(super::Figures::from_table(&figures.to_table("x"), &list()), (figures, vec![]));
        assert_eq!(super::SeriesList::from_table(&list().to_table("x")), (list(), vec![]));
    }
}
