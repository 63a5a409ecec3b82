//! Series of the province: handed in, looked at, applied, shown. All figures of Vĩnh Phúc are invented.
#![allow(missing_docs)]

mod common;

use axum::http::StatusCode;
use cchc_store::drafts::PUBLISH;
use common::data;
use common::served::served;

const ADDRESS: &str = "/chuoi-so-lieu/nhap";
const HEAD: &str = "series,area,area_name,year,value,unit,rank,of,source,confidence\n";

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_handed_in_with_all_findings_compared_and_applied() {
    let served = served().await;
    served.publish("series", "cap-tinh", "series/series.csv").await;
    served.publish("series-figures", "cap-tinh", "series/figures.csv").await;
    let coordinator = served.as_person("dieu-phoi").await;
    let texts = |request: &'static str| {
        [("yeu-cau", request), ("ten", "series-figures/cap-tinh"), ("can-cu", "1/BC-MP (mô phỏng)")]
    };

    let wrong = format!("{HEAD}par-index,25,,2020,\"1.234\",%,64,63,s,press\npar-index,25,,3020,85,%,,,s,press\n");
    let answer = served.post_file(&coordinator, ADDRESS, &texts("r1"), ("tep", "a.csv", wrong.as_bytes())).await;
    let page = match answer.status {
        StatusCode::SEE_OTHER => served.get(&coordinator, answer.header("location")).await.text(),
        _ => answer.text(),
    };
    assert!(page.contains("không rõ là 1234") && page.contains("Hạng 64 lớn hơn"), "{page}");

    let right = std::fs::read_to_string(data("series/figures.csv")).unwrap()
        + "par-index,25,Tỉnh Phú Thọ,2021,\"86,5\",%,9,63,mô phỏng,simulated\n";
    let answer = served.post_file(&coordinator, ADDRESS, &texts("r2"), ("tep", "b.csv", right.as_bytes())).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let draft = answer.header("location").to_owned();
    let page = served.get(&coordinator, &draft).await.text();
    assert!(page.contains("Thêm 1 giá trị") && page.contains("par-index, mã 25, năm 2021"), "{page}");
    let applied = served.post(&coordinator, &format!("{draft}/ap-dung"), &[("yeu-cau", "r3")]).await;
    assert_eq!(applied.status, StatusCode::SEE_OTHER, "{}", applied.text());
    while let Some(job) = served.store().job_take().await.unwrap() {
        let outcome = if job.kind == PUBLISH { served.store().draft_publish(&job).await } else { Ok(()) };
        served.store().job_put(job, outcome).await.unwrap();
    }
    let versions = served.store().rule_versions("series-figures", "cap-tinh").await.unwrap();
    assert!(versions[1].content.ends_with("par-index,25,Tỉnh Phú Thọ,2021,86.5,%,9,63,mô phỏng,simulated\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_and_the_public_see_the_provinces_series_and_take_them_away() {
    let served = served().await;
    let leader = served.as_person("lanh-dao").await;
    let page = served.get(&leader, "/mot-trang").await.text();
    for said in ["href=\"/chuoi-so-lieu#papi\"", "mô phỏng</span>", "<title id=\"tom-tat-pci-26-t\">PCI"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let public = served.get("", "/chuoi-so-lieu").await.text();
    assert!(public.contains("Tỉnh Vĩnh Phúc") && public.contains("Số liệu mô phỏng"), "{public}");
    assert!(!public.contains(ADDRESS));
    let coordinator = served.as_person("dieu-phoi").await;
    assert!(served.get(&coordinator, "/chuoi-so-lieu").await.text().contains(ADDRESS));
    let csv = served.get("", "/chuoi-so-lieu/so-lieu.csv").await.text();
    assert!(csv.contains("series,area,area_name,year") && csv.contains("simulated"), "{csv}");
    let workbook = served.get("", "/chuoi-so-lieu/so-lieu.xlsx").await;
    assert!(workbook.status == StatusCode::OK && workbook.bytes.starts_with(b"PK"));
}
