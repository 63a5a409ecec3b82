//! Another's account: opened, closed, its password reset.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use cchc_access::person::PasswordChange;
use cchc_access::{Action, Login, PersonCommand};

use super::asking::{Asking, commit, part, refused};
use super::once;
use super::whom::Whom;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::pages::people::account as page;

/// Logins tried before somebody has to think of one himself.
const OFFERS: u32 = 20;

fn opening<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede = "Mật khẩu dùng một lần hiện ra ngay sau khi mở; người dùng phải đổi khi đăng nhập lần đầu.".to_owned();
    Asking { with, whom, title: "Mở tài khoản", lede }
}

/// The form that opens an account.
pub async fn open_form(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    whom.as_a_whole(&with, Action::ManageAccounts)?;
    let login = if whom.row.login.is_empty() { offer(&with, &whom.row.name).await? } else { whom.row.login.clone() };
    opening(&with, &whom).show(page::open(&fresh(), &id, &login))
}

/// A login for a name that nobody has; empty where there is none to offer.
async fn offer(with: &With, name: &str) -> Result<String, ErrorPage> {
    for nth in 0..OFFERS {
        let Some(login) = Login::suggest(name, nth) else { break };
        if with.store().person_by_login(login.as_str()).await?.is_none() {
            return Ok(login.as_str().to_owned());
        }
    }
    Ok(String::new())
}

/// Opens an account, again or for the first time, and shows its one-time password.
pub async fn open(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let grant = whom.as_a_whole(&with, Action::ManageAccounts)?;
    let mut form = page::open(&fresh(), &id, "").filled(&sent);
    form.require();
    let (asking, login) = (opening(&with, &whom), sent.text("login"));
    if form.is_refused() {
        return asking.show(form);
    }
    let context = context(&grant, &sent);
    let command = PersonCommand::OpenAccount { login: login.to_owned() };
    if let Err(error) = commit(&with, &whom, command, context.clone()).await {
        return asking.show(refused(error, form)?);
    }
    let password = once::give(&with, &whom.row.id, PasswordChange::First, part(context, "mat-khau")).await?;
    once::show(&with, &whom, login, password, "")
}

fn closing<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede = format!(
        "{} mất quyền ngay: phiên đăng nhập và mã truy cập hết hiệu lực, chức vụ kết thúc hôm nay, ủy quyền đã giao và đã nhận chấm dứt. Việc còn mở thì bàn giao trước.",
        whom.row.name
    );
    Asking { with, whom, title: "Cho thôi và đóng tài khoản", lede }
}

/// The form that closes an account.
pub async fn close_form(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    whom.as_a_whole(&with, Action::ManageAccounts)?;
    closing(&with, &whom).show(page::close(&fresh(), &id))
}

/// Closes an account: he is the public from this second on.
pub async fn close(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let grant = whom.as_a_whole(&with, Action::ManageAccounts)?;
    let form = page::close(&fresh(), &id).filled(&sent);
    let command = PersonCommand::CloseAccount { document: sent.text("van-ban").to_owned() };
    closing(&with, &whom).carry_out(command, &grant, &sent, form).await
}

fn resetting<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede =
        format!("{} sẽ bị đăng xuất khỏi mọi thiết bị; mật khẩu dùng một lần hiện ra ở trang sau.", whom.row.name);
    Asking { with, whom, title: "Đặt lại mật khẩu", lede }
}

/// The form that resets a password.
pub async fn reset_form(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    whom.as_a_whole(&with, Action::ManageAccounts)?;
    resetting(&with, &whom).show(page::reset(&fresh(), &id))
}

/// Resets a password and shows the new one.
pub async fn reset(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let grant = whom.as_a_whole(&with, Action::ManageAccounts)?;
    let mut form = page::reset(&fresh(), &id).filled(&sent);
    form.require();
    if !whom.row.is_open() {
        form.refuse("", "người này không có tài khoản đang mở");
    }
    if form.is_refused() {
        return resetting(&with, &whom).show(form);
    }
    let password = once::give(&with, &whom.row.id, PasswordChange::Reset, context(&grant, &sent)).await?;
    once::show(&with, &whom, &whom.row.login, password, "")
}
