//! Two states of the tables side by side.

use std::collections::BTreeSet;

use cchc_text::{Decimal, Difference, Finding, Line, Place};

use super::{Figure, Figures, Series, SeriesList};

/// Compares the series; `figures` are those in use, of which some may lose their series.
#[must_use]
pub fn list_difference(old: &SeriesList, new: &SeriesList, figures: &Figures) -> Difference {
    let lines = |list: &SeriesList| list.0.iter().map(series_line).collect::<Vec<_>>();
    let mut difference = Difference::of(&lines(old), &lines(new), "chuỗi");
    let lost = |figure: &&Figure| old.find(&figure.series).is_some() && new.find(&figure.series).is_none();
    let count = figures.0.iter().filter(lost).count();
    if count > 0 {
        let message = format!("{count} giá trị đang có không còn chuỗi nào và sẽ không hiện ra nữa.");
        difference.consequences.push(Finding::warning("figures-lost", Place::default(), message));
    }
    difference
}

/// Compares the figures, row by row: a row is known by series, area, year.
///
/// Consequences are the years that are no more known.
#[must_use]
pub fn figures_difference(old: &Figures, new: &Figures) -> Difference {
    let lines = |figures: &Figures| figures.0.iter().map(figure_line).collect::<Vec<_>>();
    let mut difference = Difference::of(&lines(old), &lines(new), "giá trị");
    let years = |figures: &Figures| figures.0.iter().map(|figure| figure.year).collect::<BTreeSet<_>>();
    let lost: Vec<String> = years(old).difference(&years(new)).map(ToString::to_string).collect();
    if !lost.is_empty() {
        let message = format!("Không còn giá trị nào của năm {}.", lost.join(", "));
        let finding = Finding::warning("year-lost", Place::default(), message);
        difference
            .consequences
            .push(finding.hint("Tệp tải lên thay toàn bộ bảng: giữ cả các dòng của những năm trước."));
    }
    difference
}

fn series_line(series: &Series) -> Line {
    let bound = |bound: Option<Decimal>| bound.map(Decimal::vietnamese).unwrap_or_default();
    Line { kin: series.code.clone(), key: series.code.clone(), what: series.title.clone(), parts: Vec::new() }
        .part("tên", series.title.as_str())
        .part("tên ngắn", series.short.as_str())
        .part("cơ quan công bố", series.publisher.as_str())
        .part("chiều", series.better.label())
        .part("đơn vị tính", series.unit.as_str())
        .part("thang từ", bound(series.low))
        .part("thang đến", bound(series.high))
        .part("nguồn", series.source.as_str())
}

fn figure_line(figure: &Figure) -> Line {
    let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    let key = format!("{}/{}/{}", figure.series, figure.area, figure.year);
    let what = format!("{}, mã {}, năm {}", figure.series, figure.area, figure.year);
    Line { kin: key.clone(), key, what, parts: Vec::new() }
        .part("giá trị", figure.value.vietnamese())
        .part("đơn vị tính", figure.unit.as_str())
        .part("hạng", count(figure.rank))
        .part("trên", count(figure.of))
        .part("tên tỉnh", figure.area_name.as_str())
        .part("nguồn", figure.source.as_str())
        .part("độ tin cậy", figure.confidence.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{figures, list, read_list};
    use super::*;

    #[test]
    fn tells_what_changes_and_which_year_goes() {
        let old = figures("par-index,26,,2019,80,%,20,63,s,press\npar-index,26,,2020,81,%,20,63,s,press").0;
        let new = figures("par-index,26,,2020,\"81,5\",%,20,63,s,press\npar-index,26,,2021,82,%,9,63,s,press").0;
        let difference = figures_difference(&old, &new);
        assert_eq!(difference.summary, "Thêm 1 giá trị, sửa 1 (giá trị 1), bỏ 1.");
        assert_eq!(difference.changes[0].after.as_deref(), Some("81,5"));
        assert_eq!(difference.consequences[0].code, "year-lost");
        assert!(figures_difference(&new, &new).is_empty());
    }

    #[test]
    fn a_series_with_figures_does_not_go_unnoticed() {
        let figures = figures("papi,26,,2019,43,điểm,,,s,press").0;
        let without = read_list("par-index,Chỉ số CCHC,PAR Index,Bộ Nội vụ,higher,%,0,100,s").0;
        let codes: Vec<_> =
            list_difference(&list(), &without, &figures).consequences.iter().map(|one| one.code).collect();
        assert_eq!(codes, ["figures-lost"]);
        assert!(list_difference(&list(), &list(), &figures).is_empty());
    }
}
