//! `/cong-bo`

mod common;

use std::sync::Arc;

use axum::http::StatusCode;
use cchc_index::read_inputs;
use cchc_papers::package::{About, Package, PublishedFigure, hash, limits, read};
use cchc_papers::{Limits, read_tables};
use cchc_web::{Publication, Site};
use common::{days_off, get, set, site as shipped, tables};

/// Communes of Phúc Yên and Vĩnh Yên in 2021, and phường Phúc Yên in 2026, everything reported alike.
fn communes(id: &str, on: &str, codes: &[(&str, &str)]) -> Publication {
    let set = set("vp-2021-xa");
    let mut text = "unit,criterion,value,of\n".to_owned();
    for (code, on_time) in codes {
        text.push_str(&format!("{code},3.4.1,{on_time},1000\n{code},1.1.1,2021-02-05,\n"));
    }
    let inputs = read_inputs(&set, &read_tables("t.csv", text.as_bytes(), &Limits::default()).unwrap().0);
    let about = About {
        id: id.into(),
        title: format!("Chỉ số thử {id}"),
        units_as_of: on.parse().ok(),
        simulated: true,
        ..About::default()
    };
    Publication::new(Package::build(about, set, inputs.0, days_off(), vec![]), inputs.1)
}

/// The two units of Gia Lai: a few lines known, some figures published.
fn partial() -> Publication {
    let set = set("qd766-2022");
    let (inputs, findings) = read_inputs(&set, &tables("published/qd766-2026-10-units.csv"));
    let figure = |criterion: &str, points: &str, class: &str| PublishedFigure {
        unit: "H21.17".into(),
        criterion: criterion.into(),
        label: "Tổng điểm công bố".into(),
        points: points.parse().ok(),
        class: class.into(),
    };
    let published = vec![figure("", "79.27", "Khá"), figure("2.1", "19.97", ""), figure("1.2", "3.67", "")];
    let about = About { id: "gia-lai".into(), title: "Gia Lai".into(), partial: true, ..About::default() };
    Publication::new(Package::build(about, set, inputs, days_off(), published), findings)
}

fn site() -> Arc<Site> {
    let mut site = Arc::into_inner(shipped()).unwrap();
    let before = communes("xa-2021", "2021-12-31", &[("08734", "990"), ("08737", "970"), ("08707", "990")]);
    let after = communes("xa-2026", "2026-12-31", &[("08740", "1000")]);
    site.publications.extend([before, after, partial()].map(Arc::new));
    Arc::new(site)
}

async fn page(address: &str) -> String {
    let answer = get(&site(), address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    answer.text()
}

/// The text of a page without its tags.
fn words(page: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    for letter in page.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => words.push(letter),
            _ => {}
        }
    }
    words
}

#[tokio::test]
async fn the_list_says_what_came_out() {
    let list = words(&page("/cong-bo").await);
    assert!(list.contains("Quảng Ninh đứng đầu 10 đơn vị với 91,05"), "{list}");
    assert!(list.contains("mô phỏng") && list.contains("2 đơn vị; chỉ tính lại những dòng có số liệu công bố"));
}

#[tokio::test]
async fn a_ranking_leads_with_its_finding_and_explains_ties() {
    let ranking = page("/cong-bo/xa-2021").await;
    let said = words(&ranking);
    assert!(said.contains("Phường Tích Sơn, Phường Trưng Trắc đứng đầu"), "{said}");
    assert!(said.contains("kết quả bằng nhau") && said.contains("cùng hạng"));
    assert!(said.contains("Mô phỏng") && said.contains("Minh họa"));
    let first = ranking.find("Phường Tích Sơn</a>").unwrap();
    assert!(first < ranking.find("Phường Trưng Trắc</a>").unwrap(), "protocol order within a tie");
}

#[tokio::test]
async fn a_district_ranks_its_own_communes_beside_the_province() {
    let html = page("/cong-bo/xa-2021?huyen=244").await;
    assert!(html.contains("/don-vi/08734\"") && !html.contains("/don-vi/08707\""));
    let of_phuc_yen = words(&html);
    assert!(of_phuc_yen.contains("Hạngtrong huyện") && of_phuc_yen.contains("Hạngtoàn tỉnh"));
    assert_eq!(get(&site(), "/cong-bo/xa-2021?huyen=999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_unit_shows_every_line_with_its_working_out() {
    let unit = page("/cong-bo/xa-2021/don-vi/08737").await;
    let said = words(&unit);
    assert!(said.contains("970 / 1.000 × 3,5 = 3,395"), "{said}");
    assert!(said.contains("chưa báo cáo") && said.contains("Mất điểm ở đâu"));
    assert!(unit.contains("role=\"img\"") && unit.contains("<desc"));
    let leaves = set("vp-2021-xa").leaves().count();
    assert_eq!(unit.matches("<b>Cách tính.</b>").count(), leaves);
    let open = page("/cong-bo/xa-2021/don-vi/08737?in=1").await;
    assert_eq!(open.matches("<details").count(), open.matches(" open><summary>").count(), "all folds print");
}

#[tokio::test]
async fn a_partial_package_shows_no_total_of_its_own() {
    let unit = words(&page("/cong-bo/gia-lai/don-vi/H21.17").await);
    assert!(unit.contains("653 / 654 × 20 = 19,969… → 19,97") && unit.contains("khớp điểm công bố"));
    assert!(unit.contains("khác điểm công bố") && unit.contains("không công bố"));
    assert!(unit.contains("Đã công bố: 79,27, xếp loại Khá"));
    assert!(!unit.contains("Xếp hạng") && !unit.contains("Mất điểm"), "{unit}");
    let whole = words(&page("/cong-bo/gia-lai").await);
    assert!(whole.contains("1 dòng khớp") && whole.contains("1 dòng khác"));
    assert_eq!(get(&site(), "/cong-bo/gia-lai/linh-vuc").await.status, StatusCode::NOT_FOUND);
    let compared = get(&site(), "/cong-bo/so-sanh?truoc=gia-lai&sau=xa-2026").await;
    assert_eq!(compared.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn criteria_and_one_criterion() {
    let all = words(&page("/cong-bo/xa-2021/tieu-chi").await);
    assert!(all.contains("Đơn vị mất điểm") && all.contains("3 / 3"));
    let one = page("/cong-bo/xa-2021/tieu-chi/3.4.1").await;
    assert!(one.find("Phường Tích Sơn").unwrap() < one.find("Phường Hùng Vương").unwrap_or(usize::MAX));
    assert!(words(&one).contains("990 / 1.000 × 3,5"));
    let parent = words(&page("/cong-bo/xa-2021/tieu-chi/3?xep=thu-tu").await);
    assert!(parent.contains("Gồm") && parent.contains("3.4."));
    assert_eq!(get(&site(), "/cong-bo/xa-2021/tieu-chi/99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_heat_map_holds_a_number_in_each_cell() {
    let heat = page("/cong-bo/xa-2021/linh-vuc").await;
    let cells = heat.matches("/don-vi/08734#").count();
    assert_eq!(cells, set("vp-2021-xa").fields().count());
    assert!(words(&heat).contains("Trung vị"));
}

#[tokio::test]
async fn year_on_year_across_a_merger() {
    let compared = words(&page("/cong-bo/so-sanh?truoc=xa-2021&sau=xa-2026").await);
    assert!(compared.contains("Ngắt chuỗi.") && compared.contains("Sáp nhập từ"), "{compared}");
    assert!(compared.contains("Đơn vị không còn (3)") && compared.contains("Phường Phúc Yên"));
    let backwards = get(&site(), "/cong-bo/so-sanh?truoc=xa-2026&sau=xa-2021").await;
    assert_eq!(backwards.status, StatusCode::SEE_OTHER);
    assert_eq!(backwards.header("location"), "/cong-bo/so-sanh?truoc=xa-2021&sau=xa-2026");
    assert!(page("/cong-bo/so-sanh").await.contains("<select"));
}

#[tokio::test]
async fn files_leave_with_their_names_and_the_package_verifies() {
    let site = site();
    let zip = get(&site, "/cong-bo/xa-2021/goi.zip").await;
    assert_eq!(zip.header("content-disposition"), "attachment; filename=\"xa-2021-goi.zip\"");
    assert!(read(&zip.bytes, &limits()).unwrap().holds());
    let page = get(&site, "/cong-bo/xa-2021").await.text();
    let shown = page.replace(' ', "");
    assert!(shown.contains(&hash(&zip.bytes)), "the hash of the file as it is served");
    let csv = get(&site, "/cong-bo/xa-2021/du-lieu.csv").await;
    assert!(csv.text().contains("08734,3.4.1"));
    let xlsx = get(&site, "/cong-bo/xa-2021/bang-diem.xlsx").await;
    assert!(xlsx.bytes.starts_with(b"PK"));
    for docx in ["phu-luc.docx", "phu-luc.docx?nhom=xa", "don-vi/08734/phieu-diem.docx"] {
        let file = get(&site, &format!("/cong-bo/xa-2021/{docx}")).await;
        assert!(file.bytes.starts_with(b"PK") && file.header("content-type").contains("wordprocessingml"), "{docx}");
    }
    assert_eq!(get(&site, "/cong-bo/xa-2021/phu-luc.docx?nhom=so").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, "/cong-bo/xa-2021/khong-co.pdf").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_not_there_leads_on() {
    let site = site();
    let unknown = get(&site, "/cong-bo/khong-co").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text().contains("khong-co") && unknown.text().contains("href=\"/cong-bo\""));
    let gone = get(&site, "/cong-bo/xa-2026/don-vi/08737").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.text().contains("/cong-bo/xa-2026/don-vi/08740"), "{}", words(&gone.text()));
}

#[tokio::test]
async fn nothing_in_a_page_asks_for_inline_styles_or_scripts() {
    for address in ["/cong-bo/xa-2021", "/cong-bo/xa-2021/don-vi/08734", "/cong-bo/xa-2021/linh-vuc"] {
        let page = page(address).await;
        assert!(!page.contains(" style=") && !page.contains("<script") && !page.contains(" onclick"), "{address}");
    }
}
