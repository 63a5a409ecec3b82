use axum::http::StatusCode;
use cchc_ledger::StreamId;
use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_papers::{Limits, read_grids};
use cchc_store::people::HANDOVER;

use crate::common::served::{Served, actor, served};
use crate::{refused_to, twice};

const GIVE: &str = "/nguoi-dung/dau-moi.243/chuc-vu/dau-moi.243-1/ban-giao";
const VALUES: [(&str, &str); 2] = [("nguoi-nhan", "thu-truong.243/thu-truong.243-1"), ("van-ban", "07/BB-MP")];

async fn draft(served: &Served, name: &str) {
    let change = Change {
        kind: "units".into(),
        name: "vinh-phuc".into(),
        content: "a".into(),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "thử".into(),
        replaces: None,
        file: None,
        file_name: String::new(),
        errors: 0,
        warnings: 0,
        summary: format!("Sửa {name}"),
    };
    let command = DraftCommand::Open { change: Box::new(change) };
    let stream = StreamId::new("draft", name).unwrap();
    served.store().commit::<Draft>(&stream, command, served.context(actor("dau-moi.243", "243"))).await.unwrap();
}

/// Carries out the handovers that wait; other jobs are put away.
async fn work(served: &Served) {
    while let Some(mut job) = served.store().job_take().await.unwrap() {
        let outcome = if job.kind == HANDOVER { served.store().handover_run(&mut job).await } else { Ok(()) };
        served.store().job_put(job, outcome).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_open_work_passes_on_with_a_list_to_sign() {
    let served = served().await;
    draft(&served, "mot").await;
    draft(&served, "hai").await;
    refused_to(&served, &["thu-truong.244", "dau-moi.08707", "dieu-phoi"], GIVE, &VALUES, "dau-moi.243").await;
    let officer = served.as_person("dau-moi.243").await;
    let before = served.get(&officer, GIVE).await.text();
    assert!(before.contains("<b>2</b> việc đang mở") && before.contains("Sửa hai"));
    let unchosen = served.post(&officer, GIVE, &[]).await;
    assert_eq!(unchosen.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = twice(&served, &officer, GIVE, &VALUES, "dau-moi.243").await;
    let list = sent.header("location").to_owned();
    let moving = served.get(&officer, &list).await.text();
    assert!(moving.contains("Còn 2 việc đang được chuyển"), "{moving}");
    work(&served).await;
    let page = served.get(&officer, &list).await.text();
    assert!(!page.contains("đang được chuyển") && page.contains("Sửa mot") && page.contains("Sửa hai"));
    assert!(page.contains("NGƯỜI NHẬN") && page.contains("Nguyễn Văn Yên") && page.contains("07/BB-MP"));
    assert!(served.get(&officer, GIVE).await.text().contains("không còn việc nào đang mở"));
    let docx = served.get(&officer, &format!("{list}/bien-ban.docx")).await;
    assert!(docx.status == StatusCode::OK && docx.bytes.starts_with(b"PK"));
    let xlsx = served.get(&officer, &format!("{list}/danh-sach.xlsx")).await;
    let (grids, _) = read_grids("ds.xlsx", &xlsx.bytes, &Limits::default()).unwrap();
    assert!(format!("{grids:?}").contains("Sửa hai"));

    // Whoever took the work sees the list; a stranger does not.
    let taker = served.as_person("thu-truong.243").await;
    assert_eq!(served.get(&taker, &list).await.status, StatusCode::OK);
    let stranger = served.as_person("thu-truong.244").await;
    for address in [list.clone(), format!("{list}/bien-ban.docx"), format!("{list}/danh-sach.xlsx")] {
        assert_eq!(served.get(&stranger, &address).await.status, StatusCode::FORBIDDEN, "{address}");
    }
    for missing in ["/nguoi-dung/dau-moi.243/ban-giao/1", "/nguoi-dung/dau-moi.243/ban-giao/99"] {
        assert_eq!(served.get(&officer, missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}
