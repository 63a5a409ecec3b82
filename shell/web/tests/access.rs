mod common;
#[path = "access/routes.rs"]
mod routes;
use common::served::served;
#[tokio::test(flavor = "multi_thread")]
async fn print() {
    let served = served().await;
    let router = cchc_web::router(served.app.clone());
    let text = format!("{router:?}");
    println!("{}", &text[..1500.min(text.len())]);
    for (m, p) in routes::of(&router) {
        println!("{m} {p}");
    }
}
