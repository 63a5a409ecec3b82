//! The search box: units, sets, people within reach. All persons are invented.
#![allow(missing_docs)]

mod common;

use cchc_web::pages::search::{SETS, UNITS, set_items, unit_items};
use common::served::{Served, served, world};
use jiff::civil::date;

async fn indexed() -> Served {
    let served = served().await;
    let world = world();
    served.store().search_replace(UNITS, unit_items(&world, date(2024, 5, 15))).await.unwrap();
    served.store().search_replace(SETS, set_items(&world)).await.unwrap();
    served
}

#[tokio::test(flavor = "multi_thread")]
async fn units_and_sets_are_found_without_diacritics() {
    let served = indexed().await;
    let found = served.get("", "/tim?q=vinh+yen").await.text();
    let city = found.find("href=\"/don-vi/243?ngay=2024-12-31\"").or_else(|| found.find("href=\"/don-vi/243")).unwrap();
    assert!(found[city..].contains("Thành phố Vĩnh Yên") && found.contains("Phường Vĩnh Yên"), "of today and to come");
    assert!(served.get("", "/tim?q=vp-2021").await.text().contains("/chi-so/bo-tieu-chi/vp-2021-huyen"));
    assert!(served.get("", "/tim?q=khong+co+gi").await.text().contains("Không thấy gì có «khong co gi»"));
    assert!(served.get("", "/tim?q=%3Cb%3E").await.text().contains("«&#60;b&#62;»"));
    assert!(served.get("", "/tim").await.text().contains("không cần gõ dấu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_those_who_may_look_for_them() {
    let served = indexed().await;
    let address = "/tim?q=hoang+van+moi";
    for who in ["", "khong-chuc-vu"] {
        let cookie = if who.is_empty() { String::new() } else { served.as_person(who).await };
        let page = served.get(&cookie, address).await.text();
        assert!(page.contains("Không thấy gì") && !page.contains("Hoàng Văn Mối"), "{who}");
    }
    let cookie = served.as_person("tham-dinh").await;
    let page = served.get(&cookie, address).await.text();
    assert!(page.contains("<a class=\"v\" href=\"/nguoi-dung/dau-moi.243\">Hoàng Văn Mối (mô phỏng)</a>"), "{page}");
    assert!(page.contains("Thành phố Vĩnh Yên"));
}
