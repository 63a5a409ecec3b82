//! Passwords that the program makes: said once, to be changed at the first login.

use anyhow::Context as _;
use cchc_access::person::PasswordChange;
use cchc_access::{Person, PersonCommand, password};
use cchc_ledger::{Actor, Context, PersonId, RequestId};
use cchc_store::credentials::Chosen;
use cchc_store::people::{self, FirstAdmin};
use cchc_store::{Store, secret};

/// Gives a person a first password and has it said before it is noted that he has one: whoever is interrupted
/// in between gives another the next time, and what was said last is the one that holds.
pub async fn give(store: &Store, person: &PersonId, say: impl FnOnce(&str)) -> anyhow::Result<()> {
    let password = password::readable(&secret::random::<{ password::MADE }>()?);
    store.credential_set(person, &password, Chosen::Another).await?;
    say(&password);
    let request = RequestId(format!("first-password:{person}"));
    let context = Context::new(Actor::system(), request).because("mật khẩu đầu tiên");
    let command = PersonCommand::RecordPasswordChange { how: PasswordChange::First };
    store.commit::<Person>(&people::stream(person)?, command, context).await.context("ghi nhận mật khẩu đầu tiên")?;
    Ok(())
}

/// Makes the first admin where there is nobody yet, and says how he logs in.
pub async fn first_admin(store: &Store, address: &str) -> anyhow::Result<()> {
    let wanted =
        FirstAdmin { name: "Quản trị hệ thống".to_owned(), login: "quan-tri".to_owned(), simulated: false };
    let Some(person) = store.first_admin(&wanted).await? else { return Ok(()) };
    let login = store.person_find(&person).await?.map_or(wanted.login, |row| row.login);
    give(store, &person, |password| {
        crate::say::line(&format!(
            "Lần chạy đầu tiên: đã tạo tài khoản quản trị.\n  Trang đăng nhập: {address}/dang-nhap\n  \
             Tên đăng nhập:   {login}\n  Mật khẩu:        {password}\nMật khẩu này chỉ hiện một lần; hệ thống yêu \
             cầu đổi khi đăng nhập."
        ));
    })
    .await
}
