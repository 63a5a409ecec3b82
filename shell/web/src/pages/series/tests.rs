use std::sync::Arc;

use askama::Template;
use cchc_index::series::{FIGURE_COLUMNS, Figures, LIST_COLUMNS, SeriesList};
use cchc_papers::{Limits, read_tables};
use cchc_text::table::Table;
use cchc_units::Registry;
use jiff::civil::{Date, date};

use super::*;
use crate::pages::publication::sample;

const LIST: &str = "par,Chỉ số CCHC,PAR Index,Bộ Nội vụ,higher,%,0,100,s\nwait,Ngày chờ,,Bộ,lower,ngày,,,s\n";
/// Two provinces of which one became part of the other, and its code is the new one's.
const UNITS: &str = "26,Tỉnh Cũ,tinh,tinh,,,2025-06-30,25,,press\n25,Tỉnh Mới,tinh,tinh,,2025-07-01,,,,press\n\
    VP.A,Sở A,so,so,26,,2025-06-30,25.A,,press\n25.A,Sở A,so,so,25,2025-07-01,,,,press\n";

fn table(columns: &[&str], rows: &str) -> Table {
    let text = format!("{}\n{rows}", columns.join(","));
    read_tables("a.csv", text.as_bytes(), &Limits::default()).unwrap().0.remove(0)
}

/// What is known of these figures on a day.
fn site(figures: &str, today: Date) -> Site {
    let mut site = sample::site(Vec::new());
    let (series, findings) = SeriesList::from_table(&table(&LIST_COLUMNS, LIST));
    assert_eq!(findings, []);
    let (figures, findings) = Figures::from_table(&table(&FIGURE_COLUMNS, figures), &series);
    assert_eq!(findings, []);
    let columns =
        ["code", "name", "level", "type", "parent", "valid_from", "valid_to", "successor", "legal_basis", "confidence"];
    let world = Arc::get_mut(&mut site.world).unwrap();
    world.units = Registry::from_tables(&[table(&columns, UNITS)]).0;
    (world.series, world.figures) = (Arc::new(series), Arc::new(figures));
    site.today = today;
    site
}

const FIGURES: &str = "par,26,,2019,80,%,20,63,s,press\npar,26,,2020,82.5,%,18,63,s,press\n\
    par,26,,2022,81,%,,,s,simulated\npar,25,Tỉnh Nhỏ,2020,85.74,%,10,63,http://vi.du/a,verified\n\
    wait,26,,2019,5,ngày,,,s,press\nwait,26,,2020,4,ngày,,,s,press\n";

fn told(site: &Site) -> Vec<(String, Whose, Vec<i16>)> {
    let line = |line: Line<'_>| (line.area, line.whose, line.figures.iter().map(|figure| figure.year).collect());
    lines(site, province(site), &site.series.all()[0]).into_iter().map(line).collect()
}

#[test]
fn before_the_merger_the_other_province_is_another_and_after_it_both_are_former() {
    let before = site(FIGURES, date(2023, 1, 16));
    let own = ("Tỉnh Cũ".to_owned(), Whose::Own, vec![2019, 2020, 2022]);
    assert_eq!(told(&before), [own, ("Tỉnh Nhỏ".to_owned(), Whose::Other, vec![2020])]);
    let after = site(FIGURES, date(2026, 1, 16));
    let mut told = told(&after);
    told.sort();
    let former = |name: &str, years: &[i16]| (name.to_owned(), Whose::Former, years.to_vec());
    assert_eq!(told, [former("Tỉnh Cũ", &[2019, 2020, 2022]), former("Tỉnh Nhỏ", &[2020])]);
}

#[test]
fn a_row_is_the_last_year_with_its_change_and_its_mark() {
    let site = site(FIGURES, date(2023, 1, 16));
    let rows = in_rows(&site);
    let [par, wait] = rows.as_slice() else { panic!("{rows:?}") };
    let first = &par.line.rows[0];
    // A simulated value after a gap has no change against a real one.
    assert_eq!(
        (first.year, first.value.as_str(), first.change.as_ref(), first.doubtful),
        (2022, "81\u{a0}%", None, true)
    );
    let second = &par.line.rows[1];
    assert_eq!((second.rank.as_str(), second.change.as_ref().unwrap().by.as_str()), ("18\u{a0}/\u{a0}63", "2,5"));
    // Fewer days are better: no red.
    assert_eq!(wait.line.rows[0].change.as_ref().unwrap().class, "down");
    assert_eq!((wait.name.label.as_str(), par.name.href.as_str()), ("Ngày chờ", "/chuoi-so-lieu#par"));
}

#[test]
fn the_page_marks_what_is_invented_and_leads_to_sources() {
    let page = SeriesPage::new(&site(FIGURES, date(2023, 1, 16))).render().unwrap();
    for said in [
        "mô phỏng</span>",
        "Có số liệu mô phỏng",
        "từ 2019 đến 2022",
        "href=\"http://vi.du/a\"",
        "Tỉnh khác đã có số liệu",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("<desc id=\"bieu-do-par-26-d\">năm 2019: 80\u{a0}%"), "{page}");
    assert!(!page.contains("Nhập số liệu"));
    let nothing = SeriesPage::new(&site("", date(2023, 1, 16))).render().unwrap();
    assert!(nothing.contains("Chưa có số liệu nào được nhập"), "{nothing}");
}
