//! Passwords that the program makes: said once, to be changed at the first login.

use anyhow::Context as _;
use cchc_access::person::PasswordChange;
use cchc_access::{Person, PersonCommand};
use cchc_ledger::{Actor, Context, PersonId, RequestId};
use cchc_store::credentials::Chosen;
use cchc_store::people::{self, FirstAdmin};
use cchc_store::{Store, secret};

/// Letters that can't be taken for one another; 32 of them, five bits each.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of a password: 80 bits.
const LENGTH: usize = 16;
/// Letters between two hyphens.
const GROUP: usize = 4;

/// Gives a person a first password and has it said before it is noted that he has one: whoever is interrupted
/// in between gives another the next time, and what was said last is the one that holds.
pub async fn give(store: &Store, person: &PersonId, say: impl FnOnce(&str)) -> anyhow::Result<()> {
    let password = readable(&secret::random::<LENGTH>()?);
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

fn readable(bytes: &[u8]) -> String {
    let mut password = String::new();
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 && index.is_multiple_of(GROUP) {
            password.push('-');
        }
        let letter = LETTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'a');
        password.push(char::from(letter));
    }
    password
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_readable_and_will_do() {
        let password = readable(&[0, 31, 32, 255, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(password, "a9a9-hijk-bcde-fghi");
        assert_eq!(cchc_access::password::findings(&password, "quan-tri", "Quản trị"), []);
        assert!("l1o0".bytes().all(|letter| !LETTERS.contains(&letter)));
    }
}
