//! `/chi-so/cham-thu` and `/chi-so/kiem-chung`

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use cchc_papers::package;
use common::{get, par_2020, post, send, site};

const INPUT: &[u8] = "unit,criterion,value\nA,total,80.5\nB,total,1.234\nC,tong,70\n".as_bytes();

#[tokio::test]
async fn a_file_is_scored_and_the_result_has_pages() {
    let site = site();
    let form = get(&site, "/chi-so/cham-thu?bo=qd766-total").await.text();
    assert!(form.contains("value=\"qd766-total\" selected") && form.contains("giữ tạm trong bộ nhớ máy chủ"));
    let answer =
        post(&site, "/chi-so/cham-thu", &[("bo", None, b"qd766-total"), ("so-lieu", Some("tong.csv"), INPUT)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let address = answer.header("location").to_owned();
    assert!(address.starts_with("/cong-bo/thu-") && address.len() == "/cong-bo/thu-".len() + 12, "{address}");
    let ranking = get(&site, &address).await;
    assert_eq!(ranking.status, StatusCode::OK);
    assert!(ranking.text().contains("80,50"));
    let findings = get(&site, &format!("{address}/phat-hien")).await.text();
    assert!(findings.contains("tong.csv, dòng 3") && findings.contains("«tong»"), "every finding, with its place");
}

#[tokio::test]
async fn the_same_files_give_the_same_id_and_others_another() {
    let site = site();
    let send = async |content: &[u8]| {
        let parts = [("bo", None, &b"qd766-total"[..]), ("so-lieu", Some("a.csv"), content)];
        post(&site, "/chi-so/cham-thu", &parts).await.header("location").to_owned()
    };
    let (first, again, other) =
        (send(INPUT).await, send(INPUT).await, send(b"unit,criterion,value\nA,total,80\n").await);
    assert_eq!(first, again);
    assert_ne!(first, other);
    assert_eq!(site.shelf.all().len(), 2);
}

#[tokio::test]
async fn an_own_set_is_used_instead_of_the_chosen_one() {
    let site = site();
    let set = get(&site, "/chi-so/bo-tieu-chi/qd766-total/bo-tieu-chi.xlsx").await.bytes;
    let parts =
        [("so-lieu", Some("a.csv"), INPUT), ("bo", None, b"vp-2021-xa"), ("tep-bo", Some("bo.xlsx"), set.as_slice())];
    let answer = post(&site, "/chi-so/cham-thu", &parts).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let broken = "id = \"x\"\ntitle = 3\n[[criterion]]\ncode = \"1\"\n";
    let parts = [("so-lieu", Some("a.csv"), INPUT), ("tep-bo", Some("bo.toml"), broken.as_bytes())];
    let answer = post(&site, "/chi-so/cham-thu", &parts).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Bộ tiêu chí trong tệp có lỗi") && answer.text().contains("bo.toml, dòng"));
}

#[tokio::test]
async fn what_can_not_be_read_is_said_at_the_form() {
    let site = site();
    let cases: [(&[u8], &str); 5] = [
        (b"", "Tệp trống"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "Excel cũ"),
        (b"\x89PNG\r\n\x1a\n\0\0", "không phải"),
        (b"ten,diem\nA,1\n", "Không đọc được đơn vị nào"),
        (b"unit,criterion,value\n", "Không đọc được đơn vị nào"),
    ];
    for (content, said) in cases {
        let parts = [("bo", None, &b"qd766-2022"[..]), ("so-lieu", Some("a.csv"), content)];
        let answer = post(&site, "/chi-so/cham-thu", &parts).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.text().contains(said), "{said}");
        assert!(answer.text().contains("value=\"qd766-2022\" selected"), "the choice stays: {said}");
    }
    let nothing = post(&site, "/chi-so/cham-thu", &[("bo", None, b"qd766-2022"), ("so-lieu", Some(""), b"")]).await;
    assert!(nothing.text().contains("Chưa chọn tệp số liệu"));
    let no_set = post(&site, "/chi-so/cham-thu", &[("bo", None, b"khac"), ("so-lieu", Some("a.csv"), INPUT)]).await;
    assert!(no_set.text().contains("Chưa chọn bộ tiêu chí"));
}

#[tokio::test]
async fn too_large_is_said_in_words() {
    let site = site();
    let large = vec![b' '; 50_000_001];
    let answer = post(&site, "/chi-so/cham-thu", &[("so-lieu", Some("a.csv"), &large)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("tối đa 50 MB"));
}

#[tokio::test]
async fn a_form_that_breaks_off_loses_nothing() {
    let request = Request::post("/chi-so/cham-thu")
        .header("content-type", "multipart/form-data; boundary=ranh")
        .body(Body::from("--ranh\r\nContent-Disposition: form-data; name=\"so-lieu\"; filename=\"a\"\r\n\r\nx"))
        .unwrap();
    let answer = send(&site(), request).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("Tệp gửi lên chưa trọn"));
}

#[tokio::test]
async fn a_package_is_verified_and_can_be_opened() {
    let site = site();
    let file = package::write(&par_2020().package).unwrap();
    let answer = post(&site, "/chi-so/kiem-chung", &[("goi", Some("par.zip"), &file)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let page = answer.text();
    assert!(page.contains("Khớp hoàn toàn") && page.contains(&package::hash(&file)));
    let id = site.shelf.all()[0].id().to_owned();
    assert!(id.starts_with("goi-") && page.contains(&format!("/cong-bo/{id}")));
    assert_eq!(get(&site, &format!("/cong-bo/{id}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_changed_package_is_not_and_stays_off_the_shelf() {
    let site = site();
    let mut file = package::write(&par_2020().package).unwrap();
    let last = file.len() - 1;
    file[last] = if file[last] == b'0' { b'1' } else { b'0' };
    let answer = post(&site, "/chi-so/kiem-chung", &[("goi", Some("par.zip"), &file)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Không khớp") && answer.text().contains("Niêm phong không khớp"));
    assert!(site.shelf.all().is_empty());
    for (content, said) in [(&b"unit,criterion"[..], "không phải tệp nén"), (&b""[..], "không phải tệp nén")]
    {
        let answer = post(&site, "/chi-so/kiem-chung", &[("goi", Some("a.zip"), content)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(said), "{said}: {}", answer.text());
    }
}
