use axum::http::StatusCode;
use cchc_ledger::PersonId;

use crate::common::served::served;
use crate::{person, refused_to, twice};

const PAGE: &str = "/nguoi-dung/dau-moi.243";

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_corrected_within_reach() {
    let served = served().await;
    let address = format!("{PAGE}/doi-ten");
    let values = [("ten", "Hoàng Văn Mới (mô phỏng)")];
    refused_to(&served, &["thu-truong.244", "dieu-phoi", "dau-moi.243"], &address, &values, "dau-moi.243").await;
    let head = served.as_person("thu-truong.243").await;
    twice(&served, &head, &address, &values, "dau-moi.243").await;
    assert_eq!(person(&served, "dau-moi.243").await.0.name, "Hoàng Văn Mới (mô phỏng)");
    assert_eq!(served.post(&head, &address, &[("ten", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_sealed_seen_by_some_and_erased_for_good() {
    let served = served().await;
    let address = format!("{PAGE}/lien-he");
    let values = [("dien-thoai", "0912000111"), ("thu", "moi@example.vn")];
    refused_to(&served, &["thu-truong.244", "dau-moi.243"], &address, &values, "dau-moi.243").await;
    let head = served.as_person("thu-truong.243").await;
    twice(&served, &head, &address, &values, "dau-moi.243").await;
    let sees = |login: &'static str| {
        let served = &served;
        async move { served.get(&served.as_person(login).await, PAGE).await.text().contains("0912000111") }
    };
    assert!(sees("thu-truong.243").await && sees("dau-moi.243").await && sees("lanh-dao").await);
    assert!(!sees("thu-truong.244").await && !sees("hoi-dong").await);
    let state = person(&served, "dau-moi.243").await.0;
    let stored = serde_json::to_string(&state).unwrap();
    assert!(!stored.contains("0912000111") && !stored.contains("moi@example.vn"));
    let subject = state.contact.phone.unwrap().subject;
    assert_eq!(state.contact.email.unwrap().subject, subject);

    let erase = format!("{PAGE}/xoa-lien-he");
    refused_to(&served, &["thu-truong.244", "dieu-phoi"], &erase, &[("ly-do", "thử")], "dau-moi.243").await;
    assert_eq!(served.post(&head, &erase, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(served.store().subject_key_find(&subject).await.unwrap().is_some());
    twice(&served, &head, &erase, &[("ly-do", "theo yêu cầu")], "dau-moi.243").await;
    assert!(served.store().subject_key_find(&subject).await.unwrap().is_none());
    assert!(!sees("thu-truong.243").await);
    let (_, version) = person(&served, "dau-moi.243").await;
    let event = served.store().history_event(&"person/dau-moi.243".parse().unwrap(), version).await.unwrap().unwrap();
    assert_eq!((event.envelope.name.as_str(), event.envelope.reason.as_str()), ("contact-set", "theo yêu cầu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasing_sent_again_spares_what_was_written_since() {
    let served = served().await;
    let admin = served.as_person("quan-tri").await;
    let contact = |phone| [("dien-thoai", phone), ("yeu-cau", phone)];
    let erase = [("ly-do", "thử"), ("yeu-cau", "xoa")];
    served.post(&admin, &format!("{PAGE}/lien-he"), &contact("0912000111")).await;
    served.post(&admin, &format!("{PAGE}/xoa-lien-he"), &erase).await;
    served.post(&admin, &format!("{PAGE}/lien-he"), &contact("0912000222")).await;
    served.post(&admin, &format!("{PAGE}/xoa-lien-he"), &erase).await;
    let now = served.store().person_contact(&PersonId::from("dau-moi.243")).await.unwrap().unwrap();
    assert_eq!(now.phone, "0912000222");
}
