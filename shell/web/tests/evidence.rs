//! `/dot-cham/{round}/phieu/{unit}/dong/{line}/tai-lieu`: what proves a line.

mod common;

use common::rounds::plan;
use common::served::{Served, served};

const SHEET: &str = "/dot-cham/xa-2023/phieu/08707";
const LINE: &str = "/dot-cham/xa-2023/phieu/08707/dong/1.1.1/tai-lieu";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

async fn stage() -> (Served, String) {
    let served = served().await;
    served.open_round("xa-2023", plan("243", &[("08707", "Phường Tích Sơn")])).await;
    let officer = served.as_person("dau-moi.08707").await;
    (served, officer)
}

async fn proofs(served: &Served, line: &str) -> usize {
    served.store().sheet_find("xa-2023", "08707").await.unwrap().line(line).evidence.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_kept_shown_in_place_and_taken_away() {
    let (served, officer) = stage().await;
    let texts = [("yeu-cau", "r1"), ("muc-cua-tep", "Mục II"), ("trang-cua-tep", "3")];
    let sent = served.post_file(&officer, LINE, &texts, ("tep", "Ke hoach.pdf", PDF)).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(served.post_file(&officer, LINE, &texts, ("tep", "Ke hoach.pdf", PDF)).await.status, 303, "twice");
    assert_eq!(proofs(&served, "1.1.1").await, 1);
    let page = served.get(&officer, LINE).await.text();
    assert!(page.contains("Ke hoach.pdf, Mục II") && page.contains("type=\"application/pdf\""), "{page}");
    let id = served.store().sheet_find("xa-2023", "08707").await.unwrap().line("1.1.1").evidence[0].id.clone();
    let file = served.get(&officer, &format!("{SHEET}/tai-lieu/{id}")).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "application/pdf"));
    assert!(file.header("content-disposition").starts_with("inline"));
    assert_eq!(file.bytes, PDF);
    let other = served.as_person("thu-truong.244").await;
    assert_eq!(served.get(&other, &format!("{SHEET}/tai-lieu/{id}")).await.status, 403);
    assert_eq!(served.post(&officer, &format!("{LINE}/{id}/go"), &[("yeu-cau", "r2")]).await.status, 303);
    assert_eq!(proofs(&served, "1.1.1").await, 0);
    assert_eq!(served.get(&officer, &format!("{SHEET}/tai-lieu/{id}")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_document_or_a_state_secret_is_refused() {
    let (served, officer) = stage().await;
    let script = served.post_file(&officer, LINE, &[], ("tep", "bao-cao.pdf", b"<html><script>")).await;
    assert_eq!(script.status, 422);
    assert!(script.text().contains("không phải PDF"), "{}", script.text());
    let secret = served.post_file(&officer, LINE, &[], ("tep", "15-BC (Mật).pdf", PDF)).await;
    assert_eq!(secret.status, 422);
    assert!(secret.text().contains("độ mật"), "{}", secret.text());
    let marked = [("yeu-cau", "r3"), ("so-ky-hieu", "15/BC-UBND"), ("trich-yeu", "Tuyệt mật")];
    let words = served.post(&officer, LINE, &marked).await;
    assert_eq!(words.status, 422);
    assert!(words.text().contains("15/BC-UBND"), "what was typed stays");
    assert_eq!(proofs(&served, "1.1.1").await, 0);
    let files = std::fs::read_dir(served.store().folder().join("files")).map_or(0, Iterator::count);
    assert_eq!(files, 0, "nothing of it is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_named_and_used_again_at_another_line() {
    let (served, officer) = stage().await;
    let empty = served.post(&officer, LINE, &[("yeu-cau", "r4"), ("ngay", "31/02/2023")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Có 2 chỗ cần sửa"), "{}", empty.text());
    let named =
        [("yeu-cau", "r5"), ("so-ky-hieu", "15/KH-UBND"), ("ngay", "20/01/2023"), ("muc", "Mục II"), ("trang", "3")];
    assert_eq!(served.post(&officer, LINE, &named).await.status, 303);
    assert!(served.get(&officer, SHEET).await.text().contains("15/KH-UBND, 20/01/2023, Mục II, tr.\u{a0}3"));
    let other = LINE.replace("1.1.1", "1.1.2");
    let id = served.store().sheet_find("xa-2023", "08707").await.unwrap().line("1.1.1").evidence[0].id.clone();
    assert!(served.get(&officer, &other).await.text().contains("Dùng lại"));
    assert_eq!(served.post(&officer, &other, &[("yeu-cau", "r6"), ("dung-lai", &id)]).await.status, 303);
    assert_eq!(proofs(&served, "1.1.2").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_unit_adds_evidence() {
    let (served, _) = stage().await;
    for login in ["dau-moi.243", "dieu-phoi", "tham-dinh"] {
        let other = served.as_person(login).await;
        assert_eq!(served.post_file(&other, LINE, &[], ("tep", "a.pdf", PDF)).await.status, 403, "{login}");
    }
    assert_eq!(served.post_file("", LINE, &[], ("tep", "a.pdf", PDF)).await.status, 401);
    assert_eq!(proofs(&served, "1.1.1").await, 0);
}
