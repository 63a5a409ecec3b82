//! The rows of a file are carried out; what fails is said, the others go on.

use cchc_access::person::PasswordChange;
use cchc_access::{Grant, Person, PersonCommand};
use cchc_ledger::{Actor, Context, RequestId};
use cchc_papers::accounts::Issued;
use cchc_store::people::{self, ContactRow};
use cchc_text::{Finding, Findings};

use super::reading::{Read, Row, Standing};
use crate::acts::people::{identity, once};
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::pages::people::import as page;
use crate::store_error::not_committed;

/// What was made.
#[derive(Default)]
pub struct Made {
    /// Every row, with what became of it.
    pub rows: Vec<page::Row>,
    /// The accounts with a password to hand out.
    pub issued: Vec<Issued>,
    /// What could not be done.
    pub findings: Findings,
}

/// Carries out the rows, in the order of the file.
///
/// # Errors
/// What ends everything: nothing can be written. What went before stays; the same file goes on from there.
pub async fn apply(with: &With, read: Read) -> Result<Made, ErrorPage> {
    let mut made = Made::default();
    for row in read.rows {
        let mut shown = row.shown(with);
        match enter(with, &row).await {
            Ok(password) => {
                shown.standing = told(row.standing, password.is_some()).to_owned();
                shown.password = password.unwrap_or_default();
            }
            Err(error) if error.status.is_client_error() => {
                shown.standing = "chưa xong".to_owned();
                let message = format!("{}: {}", row.account.name, error.because.join(" "));
                made.findings.push(Finding::error("not-entered", row.account.place.clone(), message));
            }
            Err(error) => return Err(error),
        }
        if !shown.password.is_empty() {
            made.issued.push(issued(with, &row, &shown));
        }
        made.rows.push(shown);
    }
    Ok(made)
}

const fn told(standing: Standing, has_password: bool) -> &'static str {
    match (standing, has_password) {
        (Standing::New, true) => "đã tạo",
        (Standing::New, false) => "đã tạo, mật khẩu đã hiện ở lần gửi trước",
        (Standing::Known, true) => "đã tạo ở lần gửi trước",
        (Standing::Known, false) => "đã nhập trước đây",
    }
}

fn issued(with: &With, row: &Row, shown: &page::Row) -> Issued {
    let unit = with.units.find(&row.account.unit, with.today);
    Issued {
        name: row.account.name.clone(),
        unit: unit.map_or_else(|_| row.account.unit.clone(), |unit| unit.name.clone()),
        title: row.account.title.clone(),
        login: shown.login.clone(),
        password: shown.password.clone(),
    }
}

/// Enters a person with post and account. Whoever was entered before is not entered again; what was
/// interrupted goes on.
async fn enter(with: &With, row: &Row) -> Result<Option<String>, ErrorPage> {
    let (store, account) = (with.store(), &row.account);
    let stream = people::stream(&row.person)?;
    if row.standing == Standing::New {
        let contact = ContactRow { phone: account.phone.clone(), email: account.email.clone() };
        let command = PersonCommand::Register {
            name: account.name.clone(),
            login: Some(account.login.as_str().to_owned()),
            contact: identity::sealed(with, &row.person, &contact).await?,
            simulated: with.demonstration,
        };
        let done = store.commit::<Person>(&stream, command, context(&row.grants.enter, row, "nguoi")).await;
        done.map_err(|error| not_committed(&error))?;
    }
    let (person, _) = store.peek::<Person>(&stream).await?;
    if let Some(grant) = row.grants.appoint.as_ref().filter(|_| person.posts.is_empty()) {
        let command = PersonCommand::Appoint { post: row.post() };
        let done = store.commit::<Person>(&stream, command, context(grant, row, "chuc-vu")).await;
        done.map_err(|error| not_committed(&error))?;
    }
    let Some(grant) = row.grants.account.as_ref().filter(|_| person.is_open()) else { return Ok(None) };
    let context = context(grant, row, "mat-khau");
    if person.password_changed.is_some() {
        return once::again(with, &row.person, &context).await;
    }
    once::give(with, &row.person, PasswordChange::First, context).await
}

/// A command of a row, in the name of the grant: the same row is the same request.
fn context(grant: &Grant, row: &Row, what: &str) -> Context {
    let request = RequestId(format!("nhap.{}.{what}", row.person));
    let actor = grant.actor().unwrap_or_else(Actor::system);
    Context::new(actor, request).because(format!("nhập từ tệp: {}", row.account.place))
}
