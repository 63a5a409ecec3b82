//! `/dot-cham`: the rounds and each of them.

mod common;

use common::rounds::plan;
use common::served::served;

#[tokio::test(flavor = "multi_thread")]
async fn officials_see_the_rounds_and_the_public_does_not() {
    let served = served().await;
    served.open_round("xa-2023", plan("243", &[("08707", "Phường Tích Sơn")])).await;
    assert_eq!(served.get("", "/dot-cham").await.status, 401);
    let officer = served.as_person("dau-moi.08707").await;
    let list = served.get(&officer, "/dot-cham").await;
    assert!(list.text().contains("Tự chấm điểm</span>") && list.text().contains("/dot-cham/xa-2023"));
    let round = served.get(&officer, "/dot-cham/xa-2023").await;
    assert!(round.text().contains("Tự chấm điểm đến 20/05/2024"));
    assert_eq!(served.get(&officer, "/dot-cham/khong-co").await.status, 404);
}
