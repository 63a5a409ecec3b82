use axum::http::StatusCode;
use cchc_index::round::Phase;

use super::stage::{CHOICE, RATIO, ROUND, Stage, errors, ok};

/// What the preview would send.
fn hidden(text: &str) -> Vec<(String, String)> {
    let form = text.split("<form action=").find(|part| part.contains("name=\"viec\"")).unwrap_or_default();
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    inputs
        .map(|part| (part.split('"').next().unwrap().to_owned(), part.split('"').nth(2).unwrap().to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_is_shown_before_it_is_recorded_and_each_error_is_told() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let text = "08707\t8/10\tMột việc chưa xong\nPhu\u{31b}\u{300}ng Lie\u{302}n Ba\u{309}o\tnhiều\n08713\t1/2\n99999\t1/2\n08707\t1/2\n";
    let tail = format!("/tieu-chi/{RATIO}/dan");
    let before = stage.served.store().log_end().await.unwrap();
    let page = stage.post(&tail, &[("noi-dung", text), ("la", "tra-loi")]).await;
    assert_eq!((page.status, stage.served.store().log_end().await.unwrap()), (StatusCode::OK, before));
    let told = page.text();
    for said in [
        "<b>1</b> dòng sẽ ghi",
        "<b>4</b> dòng có lỗi",
        "nhiều",
        "đơn vị chưa nộp phiếu",
        "không có đơn vị «99999»",
        "hai dòng",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(told.contains("99999\t1/2"), "what was pasted stays");
    let sent = hidden(&told);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ok(&stage.post(&format!("/tieu-chi/{RATIO}"), &sent).await);
    assert_eq!(stage.line("08707", RATIO).await.decisions[0].reason, "Một việc chưa xong");
    assert!(stage.line("08710", RATIO).await.decisions.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn text_in_200_by_100_cells_is_told_and_stays() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let line = |row: usize| (0..100).map(|column| format!("chữ {row}.{column}")).collect::<Vec<_>>().join("\t");
    let text: String = (0..200).map(line).collect::<Vec<_>>().join("\n");
    let page = stage.post(&format!("/tieu-chi/{CHOICE}/dan"), &[("noi-dung", &text), ("la", "tra-loi")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = page.text();
    assert!(told.contains("<b>200</b> dòng có lỗi") && told.contains("chữ 199.99"), "{}", errors(&page));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_goes_and_comes_back_and_what_moved_is_asked() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let book = stage.get(&format!("/tieu-chi/{CHOICE}/bang.xlsx")).await;
    assert!(book.bytes.starts_with(b"PK"));
    // As somebody fills it in: the same columns as CSV.
    let (grids, _) = cchc_papers::read_grids("a.xlsx", &book.bytes, &cchc_papers::Limits::default()).unwrap();
    let rows = grids[0].rows.iter().map(|row| {
        let mut cells = row.cells.clone();
        cells.resize(14, String::new());
        if cells[0] == "08707" {
            (cells[4], cells[6]) = ("thieu".to_owned(), "Thiếu phụ lục".to_owned());
        }
        if cells[0] == "08710" {
            cells[4] = "chấp nhận".to_owned();
        }
        cells
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let header: Vec<&str> = rows[0].iter().map(String::as_str).collect();
    let csv = cchc_papers::write_csv(&header, &rows[1..]);
    let seen = super::stage::mark(&stage.get(&format!("/tieu-chi/{CHOICE}")).await, "08710");
    ok(&stage
        .post(
            &format!("/tieu-chi/{CHOICE}"),
            &[("yeu-cau", "r"), ("q.08710", "nhan"), ("l.08710", "khớp"), ("s.08710", &seen)],
        )
        .await);
    let path = format!("/dot-cham/{ROUND}/tieu-chi/{CHOICE}/tep");
    let page = stage.served.post_file(&stage.appraiser, &path, &[], ("tep", "bang.csv", csv.as_ref())).await;
    let told = page.text();
    assert!(told.contains("<b>1</b> dòng sẽ ghi"), "{told}");
    let foreign = stage
        .served
        .post_file(&stage.appraiser, &path.replace("1.1.2", "1.1.3"), &[], ("tep", "bang.csv", csv.as_ref()))
        .await;
    assert!(foreign.status == StatusCode::UNPROCESSABLE_ENTITY && foreign.text().contains("không phải 1.1.3"));
    let sent = hidden(&told);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ok(&stage.post(&format!("/tieu-chi/{CHOICE}"), &sent).await);
    assert_eq!(stage.line("08707", CHOICE).await.decisions[0].answer.value, "thieu");
}
