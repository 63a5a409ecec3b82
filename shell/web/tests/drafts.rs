//! Files and corrections become drafts, drafts become versions of rules. All persons are invented.
#![allow(missing_docs)]

mod common;

use axum::http::StatusCode;
use cchc_access::Reach;
use cchc_store::drafts::{DraftFilter, DraftRow, PUBLISH};
use cchc_store::list::Place;
use common::served::{Served, served};
use common::{Answer, data};

const UNITS: &str = "units/units-vinh-phuc.csv";
const DEPARTMENTS: &str = "units/departments-vinh-phuc.csv";
const DAYS: &str = "calendar/days-off-2019-2026.csv";

async fn with_rules() -> Served {
    let served = served().await;
    served.publish("units", "vinh-phuc", UNITS).await;
    served.publish("departments", "vinh-phuc", DEPARTMENTS).await;
    served.publish("days-off", "viet-nam", DAYS).await;
    served.publish("criteria-set", "vp-2021-xa", "criteria/vp-2021-xa.toml").await;
    served
}

fn shipped(name: &str) -> String {
    std::fs::read_to_string(data(name)).unwrap()
}

/// A form with a file, sent by the bearer of the cookie.
async fn upload(served: &Served, cookie: &str, address: &str, file: (&str, &[u8]), texts: &[(&str, &str)]) -> Answer {
    let (name, bytes) = file;
    served.post_file(cookie, address, texts, ("tep", name, bytes)).await
}

/// A file of units that replaces the shipped one.
async fn units(served: &Served, cookie: &str, request: &str, content: &str) -> Answer {
    let texts = [("yeu-cau", request), ("ten", "units/vinh-phuc"), ("can-cu", "1/NQ-MP")];
    upload(served, cookie, "/don-vi/nhap", ("don-vi.csv", content.as_bytes()), &texts).await
}

fn renamed() -> String {
    let old = shipped(UNITS);
    let new = old.replacen("Phường Tích Sơn", "Phường Tích Sơn Mới", 1);
    assert_ne!(old, new);
    new
}

/// Where the answer leads; shows the page where it does not.
fn leads(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

async fn drafts(served: &Served) -> Vec<DraftRow> {
    let day = served.store().now().date();
    let all = DraftFilter::within(Reach::All, day);
    served.store().draft_list(&all, Place { cursor: None, size: 50 }).await.unwrap().rows
}

/// Does the jobs that publish drafts, as the server does beside the pages.
async fn publish(served: &Served) -> usize {
    let mut done = 0;
    while let Some(job) = served.store().job_take().await.unwrap() {
        let outcome = if job.kind == PUBLISH { served.store().draft_publish(&job).await } else { Ok(()) };
        done += usize::from(job.kind == PUBLISH && outcome.is_ok());
        served.store().job_put(job, outcome).await.unwrap();
    }
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_refused_and_nothing_is_kept() {
    let served = with_rules().await;
    for address in ["/don-vi/nhap", "/chi-so/bo-tieu-chi/nhap", "/lich/nhap", "/ban-nhap"] {
        assert_eq!(served.get("", address).await.status, StatusCode::UNAUTHORIZED, "{address}");
        let council = served.as_person("hoi-dong").await;
        assert_eq!(served.get(&council, address).await.status, StatusCode::FORBIDDEN, "{address}");
        let admin = served.as_person("quan-tri").await;
        assert_eq!(served.get(&admin, address).await.status, StatusCode::OK, "{address}");
    }
    for who in ["", "hoi-dong", "lanh-dao", "khong-chuc-vu", "tham-dinh"] {
        let cookie = if who.is_empty() { String::new() } else { served.as_person(who).await };
        let status = units(&served, &cookie, "r1", &renamed()).await.status;
        assert!(matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN), "{who}: {status}");
    }
    assert_eq!(drafts(&served).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_compared_applied_and_becomes_a_version() {
    let served = with_rules().await;
    let officer = served.as_person("dieu-phoi").await;
    let draft = leads(&units(&served, &officer, "r1", &renamed()).await);
    let page = served.get(&officer, &draft).await.text();
    for said in [
        "<td role=\"cell\" class=\"full\" data-label=\"Bản nháp\"><b>Phường Tích Sơn Mới</b>",
        "1/NQ-MP",
        "don-vi.csv",
        "Thêm 0 đơn vị, sửa 1",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(served.get(&officer, &format!("{draft}/tep")).await.bytes, renamed().into_bytes());
    let list = served.get(&officer, "/ban-nhap?loai=units&tinh-trang=open").await.text();
    assert!(list.contains(&format!("href=\"{draft}\"")) && list.contains("Trần Thị Điều (mô phỏng)"));

    let applied =
        served.post(&officer, &format!("{draft}/ap-dung"), &[("yeu-cau", "r2"), ("ghi-chu", "đã soát")]).await;
    assert_eq!(leads(&applied), draft);
    assert!(served.get(&officer, &draft).await.text().contains("Đang áp dụng"));
    assert_eq!(publish(&served).await, 1);
    let page = served.get(&officer, &draft).await.text();
    assert!(page.contains("Đã áp dụng") && page.contains("href=\"/quy-tac/units/vinh-phuc#ban-2\""), "{page}");
    assert!(page.contains("Phường Tích Sơn Mới"), "the difference stays to be read");

    let versions = served.store().rule_versions("units", "vinh-phuc").await.unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].known_to, Some(versions[1].known_from));
    assert!(versions[1].content.contains("Phường Tích Sơn Mới") && versions[1].basis == "1/NQ-MP");
    let rule = served.get(&officer, "/quy-tac/units/vinh-phuc").await.text();
    assert!(rule.contains("Trần Thị Điều (mô phỏng)") && rule.contains("href=\"/so-cai/"), "{rule}");
    let public = served.get("", "/quy-tac/units/vinh-phuc").await.text();
    assert!(!public.contains("Trần Thị Điều") && public.contains("Sở Nội vụ") && !public.contains("/so-cai/"));
    let content = served.get("", "/quy-tac/units/vinh-phuc/2").await;
    assert_eq!(content.text(), versions[1].content);
    assert_eq!(served.get("", "/quy-tac/units/vinh-phuc/3").await.status, StatusCode::NOT_FOUND);
    assert!(served.get("", "/quy-tac").await.text().contains("href=\"/quy-tac/units/vinh-phuc\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_twice_is_one_draft_and_one_version() {
    let served = with_rules().await;
    let admin = served.as_person("quan-tri").await;
    let draft = leads(&units(&served, &admin, "r1", &renamed()).await);
    assert_eq!(leads(&units(&served, &admin, "r1", &renamed()).await), draft);
    assert_ne!(leads(&units(&served, &admin, "r2", &renamed()).await), draft, "another form is another draft");
    assert_eq!(drafts(&served).await.len(), 2);
    for _ in 0..2 {
        let values = [("yeu-cau", "r3")];
        assert_eq!(leads(&served.post(&admin, &format!("{draft}/ap-dung"), &values).await), draft);
    }
    assert_eq!(publish(&served).await, 1);
    assert_eq!(served.store().rule_versions("units", "vinh-phuc").await.unwrap().len(), 2);
    let without = upload(&served, &admin, "/don-vi/nhap", ("a.csv", b"code"), &[("ten", "units/vinh-phuc")]).await;
    assert_eq!(without.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_yesterdays_rule_is_refused() {
    let served = with_rules().await;
    let admin = served.as_person("quan-tri").await;
    let first = leads(&units(&served, &admin, "r1", &renamed()).await);
    let second = leads(&units(&served, &admin, "r2", &renamed().replace("Mới", "Khác")).await);
    leads(&served.post(&admin, &format!("{first}/ap-dung"), &[("yeu-cau", "r3")]).await);
    publish(&served).await;
    let refused = served.post(&admin, &format!("{second}/ap-dung"), &[("yeu-cau", "r4")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("Quy tắc đã thay đổi sau khi bản nháp này được lập"), "{}", refused.text());
    assert_eq!(publish(&served).await, 0);
    assert_eq!(served.store().rule_versions("units", "vinh-phuc").await.unwrap().len(), 2);
    let again = served.post(&admin, &format!("{first}/ap-dung"), &[("yeu-cau", "r5")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what is closed stays closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_of_a_file_is_shown_at_once_and_keeps_it_from_being_applied() {
    let served = with_rules().await;
    let admin = served.as_person("quan-tri").await;
    let broken = format!("{}1,Xã Một,xa,xa,26,ngày mai,,,,press\n2,Xã Hai,khu,xa,99999,,,,,press\n", shipped(UNITS));
    let draft = leads(&units(&served, &admin, "r1", &broken).await);
    let page = served.get(&admin, &draft).await.text();
    let lines = broken.lines().count();
    for line in [lines - 1, lines] {
        assert!(page.contains(&format!("don-vi.csv, dòng {line}")), "{line}: {page}");
    }
    assert!(drafts(&served).await[0].errors >= 2);
    let refused = served.post(&admin, &format!("{draft}/ap-dung"), &[("yeu-cau", "r2")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(publish(&served).await, 0);

    // Nothing of it can be used: no draft, but the reason.
    let other = shipped(DAYS);
    let answer = units(&served, &admin, "r3", &other).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("lịch nghỉ") && answer.text().contains("1/NQ-MP"), "{}", answer.text());
    let empty =
        upload(&served, &admin, "/lich/nhap", ("", b""), &[("yeu-cau", "r4"), ("ten", "days-off/viet-nam")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("chưa chọn tệp") && empty.text().contains("Có 2 chỗ cần sửa"), "{}", empty.text());
    assert_eq!(drafts(&served).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_changes_its_own_rows_alone_and_who_may_applies() {
    let served = with_rules().await;
    let officer = served.as_person("dau-moi.243").await;
    let others = units(&served, &officer, "r1", &renamed()).await;
    assert_eq!(others.status, StatusCode::FORBIDDEN);
    assert!(others.text().contains("đơn vị khác"), "{}", others.text());
    let own = shipped(UNITS).replacen("Thành phố Vĩnh Yên", "Thành phố Vĩnh Yên (mô phỏng)", 1);
    assert_ne!(own, shipped(UNITS));
    let draft = leads(&units(&served, &officer, "r2", &own).await);
    let page = served.get(&officer, &draft).await.text();
    assert!(page.contains("Chưa áp dụng được") && page.contains(&format!("action=\"{draft}/bo\"")), "{page}");
    let refused = served.post(&officer, &format!("{draft}/ap-dung"), &[("yeu-cau", "r3")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let neighbour = served.as_person("thu-truong.244").await;
    assert_eq!(served.get(&neighbour, &draft).await.status, StatusCode::FORBIDDEN);
    assert_eq!(served.get("", &draft).await.status, StatusCode::UNAUTHORIZED);
    assert!(!served.get(&neighbour, "/ban-nhap").await.text().contains(&draft));

    let without = served.post(&officer, &format!("{draft}/bo"), &[("yeu-cau", "r4"), ("ly-do", " ")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    leads(&served.post(&officer, &format!("{draft}/bo"), &[("yeu-cau", "r5"), ("ly-do", "nhầm tệp")]).await);
    let page = served.get(&officer, &draft).await.text();
    assert!(page.contains("Đã bỏ") && page.contains("nhầm tệp"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_unit_is_put_right_by_a_form() {
    let served = with_rules().await;
    let officer = served.as_person("dau-moi.08707").await;
    let unit = served.get(&officer, "/don-vi/08707?ngay=2024-05-15").await.text();
    assert!(unit.contains("href=\"/don-vi/08707/dinh-chinh?ngay=2024-05-15\""), "{unit}");
    assert!(!served.get("", "/don-vi/08707?ngay=2024-05-15").await.text().contains("dinh-chinh"));
    let address = "/don-vi/08707/dinh-chinh?ngay=2024-05-15";
    let form = served.get(&officer, address).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    assert_eq!(served.get(&officer, "/don-vi/243/dinh-chinh?ngay=2024-05-15").await.status, StatusCode::FORBIDDEN);
    assert_eq!(served.get("", address).await.status, StatusCode::UNAUTHORIZED);

    let version = common::served::world().units.find("08707", "2024-05-15".parse().unwrap()).unwrap().clone();
    let day = |day: Option<jiff::civil::Date>| day.map(cchc_text::date::vietnamese).unwrap_or_default();
    let (from, to, successors) = (day(version.period.from), day(version.period.to), version.successors.join(";"));
    let typed = |request: &'static str, name: &'static str, parent: &'static str| {
        vec![
            ("yeu-cau", request.to_owned()),
            ("ten", if name.is_empty() { version.name.clone() } else { name.to_owned() }),
            ("cap", version.level.code().to_owned()),
            ("loai", version.kind.clone()),
            ("tren", if parent.is_empty() { version.parent.clone().unwrap_or_default() } else { parent.to_owned() }),
            ("tu-ngay", from.clone()),
            ("den-ngay", to.clone()),
            ("ke-tuc", successors.clone()),
            ("can-cu", version.legal_basis.clone()),
            ("do-tin-cay", version.confidence.clone()),
            ("ly-do", "sai tên".to_owned()),
        ]
    };
    let send = async |values: Vec<(&'static str, String)>| {
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        served.post(&officer, address, &values).await
    };
    let same = send(typed("r1", "", "")).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same.text().contains("Không có gì khác"), "{}", same.text());
    let wrong = send(typed("r2", "", "99999")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("99999"), "{}", wrong.text());
    assert_eq!(drafts(&served).await, []);

    let draft = leads(&send(typed("r3", "Phường Thử", "")).await);
    let page = served.get(&officer, &draft).await.text();
    assert!(page.contains("<b>Phường Thử</b>") && page.contains("sửa 1 (tên 1)"), "{page}");
    let coordinator = served.as_person("dieu-phoi").await;
    leads(&served.post(&coordinator, &format!("{draft}/ap-dung"), &[("yeu-cau", "r4")]).await);
    publish(&served).await;
    let versions = served.store().rule_versions("units", "vinh-phuc").await.unwrap();
    assert!(versions[1].content.contains("Phường Thử"));
    assert_eq!(versions[1].content.lines().count(), versions[0].content.lines().count());
}

#[tokio::test(flavor = "multi_thread")]
async fn sets_and_days_off_take_the_same_way() {
    let served = with_rules().await;
    let admin = served.as_person("quan-tri").await;
    let coordinator = served.as_person("dieu-phoi").await;
    let set = shipped("criteria/vp-2021-xa.toml");
    let title = "title = \"Bộ tiêu chí thử (mô phỏng)\"";
    let first = set.lines().find(|line| line.starts_with("title = ")).unwrap();
    let changed = set.replacen(first, title, 1);
    let texts = [("yeu-cau", "r1"), ("can-cu", "2/QĐ-MP")];
    let file = ("bo.toml", changed.as_bytes());
    let draft = leads(&upload(&served, &admin, "/chi-so/bo-tieu-chi/nhap", file, &texts).await);
    let page = served.get(&admin, &draft).await.text();
    assert!(page.contains("<b>Bộ tiêu chí thử (mô phỏng)</b>"), "{page}");
    // The system's admin prepares, whoever answers for the sets applies.
    let refused = served.post(&admin, &format!("{draft}/ap-dung"), &[("yeu-cau", "r2")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    leads(&served.post(&coordinator, &format!("{draft}/ap-dung"), &[("yeu-cau", "r3")]).await);

    let texts = [("yeu-cau", "r4"), ("ten", "days-off/viet-nam"), ("can-cu", "3/TB-MP")];
    let days = format!("{}2026-12-31,Thu,holiday,Ngày thử (mô phỏng),thử,low\n", shipped(DAYS));
    let draft = leads(&upload(&served, &admin, "/lich/nhap", ("lich.csv", days.as_bytes()), &texts).await);
    leads(&served.post(&admin, &format!("{draft}/ap-dung"), &[("yeu-cau", "r5")]).await);
    assert_eq!(publish(&served).await, 2);
    assert_eq!(served.store().rule_versions("criteria-set", "vp-2021-xa").await.unwrap().len(), 2);
    assert_eq!(served.store().rule_versions("days-off", "viet-nam").await.unwrap().len(), 2);

    // A new set is a new rule, under its own id.
    let new = changed.replacen("id = \"vp-2021-xa\"", "id = \"mp-2027-xa\"", 1);
    let texts = [("yeu-cau", "r6"), ("can-cu", "4/QĐ-MP")];
    let draft = leads(&upload(&served, &admin, "/chi-so/bo-tieu-chi/nhap", ("bo.toml", new.as_bytes()), &texts).await);
    leads(&served.post(&coordinator, &format!("{draft}/ap-dung"), &[("yeu-cau", "r7")]).await);
    publish(&served).await;
    assert_eq!(served.store().rule_versions("criteria-set", "mp-2027-xa").await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_that_overlaps_is_refused_before_anything_is_kept() {
    let served = with_rules().await;
    let admin = served.as_person("quan-tri").await;
    let (renamed, address) = (renamed(), "/don-vi/nhap");
    let texts = |from: &'static str, to: &'static str| {
        [("yeu-cau", "r1"), ("ten", "units/vinh-phuc"), ("can-cu", "x"), ("hieu-luc-tu", from), ("hieu-luc-den", to)]
    };
    let file = ("don-vi.csv", renamed.as_bytes());
    let overlapping = upload(&served, &admin, address, file, &texts("01/01/2025", "")).await;
    assert_eq!(overlapping.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(overlapping.text().contains("chồng lên bản đang dùng"), "{}", overlapping.text());
    let backwards = upload(&served, &admin, address, file, &texts("01/01/2025", "31/12/2024")).await;
    assert!(backwards.text().contains("trước ngày bắt đầu"));
    assert_eq!(drafts(&served).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn text_in_an_old_encoding_is_converted_once_somebody_agrees() {
    use cchc_text::legacy::{Encoding, from_unicode};
    let served = with_rules().await;
    let admin = served.as_person("quan-tri").await;
    let old = from_unicode(&renamed(), Encoding::Vni);
    let refused = leads(&units(&served, &admin, "r1", &old).await);
    let page = served.get(&admin, &refused).await.text();
    assert!(page.contains("VNI") && page.contains("lỗi trong nội dung"), "{page}");
    let texts = [("yeu-cau", "r2"), ("ten", "units/vinh-phuc"), ("can-cu", "1/NQ-MP"), ("bang-ma-cu", "chuyen")];
    let file = ("don-vi.csv", old.as_bytes());
    let draft = leads(&upload(&served, &admin, "/don-vi/nhap", file, &texts).await);
    let page = served.get(&admin, &draft).await.text();
    assert!(
        page.contains("<b>Phường Tích Sơn Mới</b>") && page.contains("Thêm 0 đơn vị, sửa 1 (tên 1), bỏ 0"),
        "{page}"
    );
    assert!(page.contains("đã chuyển từ bảng mã VNI"), "{page}");
    leads(&served.post(&admin, &format!("{draft}/ap-dung"), &[("yeu-cau", "r3")]).await);
    assert_eq!(publish(&served).await, 1);
}
