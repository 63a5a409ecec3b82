//! The ledger's pages: who sees which events, filters, one event, one thing, the file. All persons are invented.
#![allow(missing_docs)]

mod common;

use axum::http::StatusCode;
use cchc_access::person::{Contact, PasswordChange};
use cchc_access::{PersonCommand as C, Post, Role};
use cchc_ledger::{Actor, SubjectId};
use cchc_papers::{Limits, read_grids};
use cchc_store::subjects::seal_text;
use cchc_web::acts::history::export;
use common::served::{Served, actor, post, served};

/// What is said for the city 243, for the ward 08707 below it, for the city 244.
async fn told() -> Served {
    let served = served().await;
    let changed = || C::RecordPasswordChange { how: PasswordChange::Reset };
    served.person("dau-moi.243", changed(), actor("thu-truong.243", "243")).await;
    served.person("dau-moi.08707", changed(), actor("dau-moi.08707", "08707")).await;
    served.person("thu-truong.244", changed(), actor("thu-truong.244", "244")).await;
    served
}

const OF_243: &str = "/so-cai/dong/4/person/dau-moi.243";
const OF_08707: &str = "/so-cai/dong/4/person/dau-moi.08707";
const OF_244: &str = "/so-cai/dong/4/person/thu-truong.244";

#[tokio::test(flavor = "multi_thread")]
async fn each_role_sees_as_far_as_it_reaches_in_lists_and_one_by_one() {
    let served = told().await;
    let cases = [
        ("quan-tri", [true, true, true]),
        ("dieu-phoi", [true, true, true]),
        ("hoi-dong", [true, true, true]),
        ("lanh-dao", [true, true, true]),
        // The unit's head sees what lies below, its officer the unit alone.
        ("thu-truong.243", [true, true, false]),
        ("dau-moi.243", [true, false, false]),
        ("dau-moi.08707", [false, true, false]),
        ("thu-truong.244", [false, false, true]),
        ("tham-dinh", [false, false, false]),
        ("khong-chuc-vu", [false, false, false]),
    ];
    for (login, seen) in cases {
        let cookie = served.as_person(login).await;
        let list = served.get(&cookie, "/so-cai").await;
        assert_eq!(list.status, StatusCode::OK, "{login}");
        for (address, seen) in [OF_243, OF_08707, OF_244].into_iter().zip(seen) {
            assert_eq!(list.text().contains(address), seen, "{login}: {address} in the list");
            let one = served.get(&cookie, address).await;
            let wanted = if seen { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(one.status, wanted, "{login}: {address}");
            let thing = address.replace("/dong/4/", "/chuoi/");
            let wanted = if seen { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(served.get(&cookie, &thing).await.status, wanted, "{login}: {thing}");
        }
    }
    for address in ["/so-cai", OF_243, "/so-cai/chuoi/person/dau-moi.243", "/so-cai.xlsx", "/so-cai/xuat/1"] {
        assert_eq!(served.get("", address).await.status, StatusCode::UNAUTHORIZED, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_says_everything_and_leads_on() {
    let served = told().await;
    let cookie = served.as_person("quan-tri").await;
    let page = served.get(&cookie, OF_243).await.text();
    for part in [
        "<h1>Đổi mật khẩu</h1>",
        "Nguyễn Văn Yên (mô phỏng)</a>, Thủ trưởng đơn vị (mô phỏng), Thành phố Vĩnh Yên",
        "href=\"/nguoi-dung/dau-moi.243\">Hoàng Văn Mối (mô phỏng)</a>",
        "<dd>mô phỏng</dd>",
        "được đặt lại",
        "href=\"/so-cai/dong/3/person/dau-moi.243\" rel=\"prev\"",
        "href=\"/so-cai/chuoi/person/dau-moi.243\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // What lies beside it and is not for the viewer has no way to it.
    let head = served.get(&served.as_person("thu-truong.243").await, OF_243).await.text();
    assert!(!head.contains("rel=\"prev\""));
    for wrong in ["/so-cai/dong/9/person/dau-moi.243", "/so-cai/dong/1/person/nobody", "/so-cai/dong/1/x", "/so-cai/x"]
    {
        assert_eq!(served.get(&cookie, wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_entered_late_is_marked_and_can_be_asked_for() {
    let served = told().await;
    let late = Post {
        id: "muon".into(),
        title: "Thư ký (mô phỏng)".to_owned(),
        ..post("dau-moi.243", "243", Role::UnitOfficer)
    };
    let context = served.context(actor("thu-truong.243", "243"));
    let at = served.store().now().plus_seconds(-3600);
    let stream = "person/dau-moi.243".parse().unwrap();
    let command = C::Appoint { post: late };
    served.store().commit::<cchc_access::Person>(&stream, command, context.happened_at(at)).await.unwrap();
    let cookie = served.as_person("quan-tri").await;
    let all = served.get(&cookie, "/so-cai").await.text();
    assert_eq!(all.matches("class=\"st ask\">nhập bù</span>").count(), 1);
    let late = served.get(&cookie, "/so-cai?nhap-bu=co").await.text();
    assert!(late.contains("<b>1</b> dòng") && late.contains("/so-cai/dong/5/person/dau-moi.243"));
    let one = served.get(&cookie, "/so-cai/dong/5/person/dau-moi.243").await.text();
    assert!(one.contains("nhập bù</span> Việc xảy ra lúc 15/05/2024"), "{one}");
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_and_say_what_is_wrong() {
    let served = told().await;
    let cookie = served.as_person("quan-tri").await;
    let count = async |query: &str| {
        let page = served.get(&cookie, &format!("/so-cai?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        let text = page.text();
        text.split_once("class=\"lede\"><b>").map_or(0, |(_, rest)| rest[..rest.find('<').unwrap()].parse().unwrap())
    };
    assert_eq!(count("").await, 10 * 2 + 9 + 3);
    assert_eq!(count("loai=rule").await, 0);
    assert_eq!(count("loai=person%2Fpassword-changed").await, 3);
    assert_eq!(count("don-vi=243").await, 1);
    assert_eq!(count("nguoi=thu-truong.243").await, 1);
    assert_eq!(count("nguoi=nguyen+van+yen").await, 1);
    assert_eq!(count("nguoi=H%E1%BB%87+th%E1%BB%91ng").await, 29);
    assert_eq!(count("chuoi=person%2Fdau-moi.243").await, 4);
    assert_eq!(count("tu=15%2F05%2F2024&den=15%2F05%2F2024").await, 32);
    assert_eq!(count("tu=16%2F05%2F2024").await, 0);
    for wrong in ["tu=31%2F02%2F2024", "nguoi=khong+ai", "nguoi=van", "chuoi=x", "tu=02%2F01%2F2024&den=01%2F01%2F2024"]
    {
        let page = served.get(&cookie, &format!("/so-cai?{wrong}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.text().contains("class=\"err\""), "{wrong}");
    }
    assert_eq!(served.get(&cookie, "/so-cai?vi-tri=x").await.status, StatusCode::CONFLICT);
    let page = served.get(&cookie, "/so-cai").await.text();
    assert!(page.contains("<option value=\"243\">Thành phố Vĩnh Yên</option>"));
    let officer = served.get(&served.as_person("dau-moi.08707").await, "/so-cai").await.text();
    assert!(officer.contains("<option value=\"08707\">") && !officer.contains("<option value=\"243\">"));
}

#[tokio::test(flavor = "multi_thread")]
async fn long_lists_go_by_pages_that_keep_the_filter() {
    let served = told().await;
    for _ in 0..60 {
        let command = C::RecordPasswordChange { how: PasswordChange::Own };
        served.person("dau-moi.243", command, Actor::person("dau-moi.243")).await;
    }
    let cookie = served.as_person("quan-tri").await;
    let first = served.get(&cookie, "/so-cai?nguoi=dau-moi.243").await.text();
    let (_, rest) = first.split_once("rel=\"next\"").map(|(before, _)| before.rsplit_once("href=\"").unwrap()).unwrap();
    let next = rest.trim_end_matches("\" ").replace("&#38;", "&").replace("&amp;", "&");
    assert!(next.contains("nguoi=dau-moi.243"), "{next}");
    let second = served.get(&cookie, &next).await.text();
    assert_eq!(second.matches("<th role=\"rowheader\"").count(), 10);
    assert!(second.contains("rel=\"prev\"") && !second.contains("rel=\"next\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_is_opened_for_those_alone_who_may_see_it() {
    let served = told().await;
    let subject = SubjectId::from("dau-moi.243");
    let key = served.store().subject_key_make(&subject).await.unwrap();
    let phone = seal_text(&subject, &key, "0912 345 678").unwrap();
    let contact = Contact { phone: Some(phone), ..Contact::default() };
    served.person("dau-moi.243", C::SetContact { contact }, actor("dau-moi.08707", "08707")).await;
    let address = "/so-cai/dong/5/person/dau-moi.243";
    for (login, opened) in [("quan-tri", true), ("thu-truong.243", true), ("hoi-dong", false), ("dau-moi.08707", false)]
    {
        let page = served.get(&served.as_person(login).await, address).await.text();
        assert_eq!(page.contains("0912 345 678"), opened, "{login}");
        assert_eq!(page.contains("đã niêm phong"), !opened, "{login}");
    }
    served.store().subject_erase(&subject).await.unwrap();
    let page = served.get(&served.as_person("quan-tri").await, address).await.text();
    assert!(page.contains("đã xóa") && !page.contains("0912"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_holds_what_one_may_export() {
    let served = told().await;
    let rows = async |login: &str, address: &str| {
        let answer = served.get(&served.as_person(login).await, address).await;
        assert_eq!(answer.status, StatusCode::OK, "{login}: {}", answer.text());
        let (grids, _) = read_grids("so-cai.xlsx", &answer.bytes, &Limits::default()).unwrap();
        let rows = grids[0].rows.iter().map(|row| row.cells.join(" | "));
        rows.filter(|row| row.contains("person/")).collect::<Vec<_>>()
    };
    let all = rows("quan-tri", "/so-cai.xlsx").await;
    assert_eq!(all.len(), 32);
    let one = "Nguyễn Văn Yên (mô phỏng) | Thủ trưởng đơn vị (mô phỏng) | Thành phố Vĩnh Yên";
    assert!(all.iter().any(|row| row.contains(one)), "{all:#?}");
    assert_eq!(rows("quan-tri", "/so-cai.xlsx?don-vi=243").await.len(), 1);
    let below = rows("thu-truong.243", "/so-cai.xlsx").await;
    assert_eq!(below.len(), 2, "its own and what lies below: {below:#?}");
    for login in ["dau-moi.243", "hoi-dong", "khong-chuc-vu"] {
        let cookie = served.as_person(login).await;
        assert_eq!(served.get(&cookie, "/so-cai.xlsx").await.status, StatusCode::FORBIDDEN, "{login}");
        assert!(!served.get(&cookie, "/so-cai").await.text().contains("so-cai.xlsx"), "{login}");
        assert_eq!(served.post(&cookie, "/so-cai/xuat", &[]).await.status, StatusCode::FORBIDDEN, "{login}");
    }
    let wrong = served.get(&served.as_person("quan-tri").await, "/so-cai.xlsx?tu=x").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_file_is_written_by_a_job_for_whoever_asked() {
    let served = told().await;
    let cookie = served.as_person("quan-tri").await;
    let sent = [("don-vi", "243"), ("yeu-cau", "r1")];
    let queued = served.post(&cookie, "/so-cai/xuat", &sent).await;
    assert_eq!(queued.status, StatusCode::SEE_OTHER);
    let address = queued.header("location").to_owned();
    assert_eq!(served.post(&cookie, "/so-cai/xuat", &sent).await.header("location"), address, "sent twice");
    assert!(served.get(&cookie, &address).await.text().contains("Đang ghi tệp: <b>0&nbsp;%</b>"));
    assert_eq!(served.get(&cookie, &format!("{address}/tep")).await.status, StatusCode::NOT_FOUND);

    let job = async || {
        loop {
            let job = served.store().job_take().await.unwrap().unwrap();
            if job.kind == export::EXPORT {
                return job;
            }
            served.store().job_put(job, Ok(())).await.unwrap();
        }
    };
    let mut taken = job().await;
    export::run(&served.app, &mut taken).await.unwrap();
    served.store().job_put(taken, Ok(())).await.unwrap();
    let page = served.get(&cookie, &address).await.text();
    assert!(page.contains("Tệp đã xong: <b>1</b> dòng"), "{page}");
    let file = served.get(&cookie, &format!("{address}/tep")).await;
    assert!(read_grids("so-cai.xlsx", &file.bytes, &Limits::default()).is_ok());
    assert!(served.get(&cookie, "/thong-bao").await.text().contains(&address));
    // It is nobody else's, whatever he may do.
    let other = served.as_person("dieu-phoi").await;
    assert_eq!(served.get(&other, &address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(served.get(&other, &format!("{address}/tep")).await.status, StatusCode::NOT_FOUND);
}
