//! `/chi-so/bo-tieu-chi`

mod common;

use axum::http::StatusCode;
use cchc_papers::{Limits, set_file};
use common::{SETS, get, set, site};

#[tokio::test]
async fn every_set_is_listed_with_how_sure_it_is() {
    let page = get(&site(), "/chi-so/bo-tieu-chi").await.text();
    for id in SETS {
        assert!(page.contains(&format!("/chi-so/bo-tieu-chi/{id}\"")), "{id}");
    }
    for words in ["Minh họa, không phải văn bản", "Chưa xác nhận bằng văn bản", "Quan sát được từ số liệu công bố"]
    {
        assert!(page.contains(words), "{words}");
    }
    let at = |id: &str| page.find(&format!("/{id}\"")).unwrap();
    assert!(at("pt-2026-so") < at("pt-2026-xa") && at("pt-2026-xa") < at("vp-2021-so"), "latest first, by level");
}

#[tokio::test]
async fn every_set_is_shown_whole() {
    let site = site();
    for id in SETS {
        let page = get(&site, &format!("/chi-so/bo-tieu-chi/{id}?mo=tat-ca")).await;
        assert_eq!(page.status, StatusCode::OK, "{id}");
        let text = page.text();
        for (_, node, _) in set(id).leaves() {
            assert!(text.contains(&format!("id=\"tc-{}\"", node.code)), "{id} {}", node.code);
        }
    }
}

#[tokio::test]
async fn a_rule_stands_there_in_words_and_an_example_says_so() {
    let page = get(&site(), "/chi-so/bo-tieu-chi/vp-2021-xa").await.text();
    assert!(page.contains("Minh họa: bộ tiêu chí này là ví dụ"));
    assert!(page.contains("Hạn 31/01: đúng hạn được điểm tối đa"));
}

#[tokio::test]
async fn the_files_of_a_set_read_back_as_the_same_set() {
    let site = site();
    for id in SETS {
        for (file, kind) in [("bo-tieu-chi.toml", "application/toml"), ("bo-tieu-chi.xlsx", "spreadsheetml")] {
            let answer = get(&site, &format!("/chi-so/bo-tieu-chi/{id}/{file}")).await;
            assert!(answer.header("content-type").contains(kind));
            let (read, _) = set_file::read(file, &answer.bytes, &Limits::default()).unwrap();
            assert_eq!(read.as_ref(), Some(&set(id)), "{id} {file}");
        }
    }
}

#[tokio::test]
async fn the_form_for_inputs_names_the_units_of_the_year() {
    let site = site();
    let file = get(&site, "/chi-so/bo-tieu-chi/vp-2021-huyen/mau-nhap.csv").await.text();
    assert!(file.contains("243,Thành phố Vĩnh Yên,huyen,") && !file.contains("Phường"));
    let national = get(&site, "/chi-so/bo-tieu-chi/qd766-2022/mau-nhap.csv").await.text();
    assert!(!national.contains("Vĩnh Yên"));
    let workbook = get(&site, "/chi-so/bo-tieu-chi/vp-2021-huyen/mau-nhap.xlsx").await;
    assert!(workbook.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn two_sets_side_by_side() {
    let site = site();
    let page = get(&site, "/chi-so/bo-tieu-chi/so-sanh?cu=vp-2021-so&moi=pt-2026-so").await.text();
    let all = cchc_index::compare::compare(&set("vp-2021-so"), &set("pt-2026-so"));
    let summary = cchc_index::compare::summary(&all);
    assert!(page.contains(&format!("giữ <b>{}</b> dòng", summary.kept)));
    assert!(page.contains(&format!("bỏ <b>{}</b>, thêm <b>{}</b>", summary.dropped, summary.added)));
    let added = get(&site, "/chi-so/bo-tieu-chi/so-sanh?cu=vp-2021-so&moi=pt-2026-so&loc=them").await.text();
    assert_eq!(added.matches("chưa có").count(), summary.added);
    let same = get(&site, "/chi-so/bo-tieu-chi/so-sanh?cu=vp-2021-so&moi=vp-2021-so").await.text();
    assert!(same.contains("Không có dòng nào thuộc loại này"));
}

#[tokio::test]
async fn an_unknown_set_leads_to_the_known_ones() {
    let site = site();
    for address in ["/chi-so/bo-tieu-chi/vp-2022-xa", "/chi-so/bo-tieu-chi/so-sanh?cu=vp-2022-xa&moi=vp-2021-xa"] {
        let page = get(&site, address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        assert!(page.text().contains("/chi-so/bo-tieu-chi/vp-2021-xa"));
    }
    assert_eq!(get(&site, "/chi-so/bo-tieu-chi/vp-2021-xa/mau.doc").await.status, StatusCode::NOT_FOUND);
}
