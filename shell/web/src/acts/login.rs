//! Logging in and out; in the demonstration, taking the part of a simulated person.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Form;
use axum::extract::{ConnectInfo, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::Role;
use cchc_ledger::PersonId;
use cchc_store::attempts::{Allowed, Try};
use cchc_store::credentials::Checked;
use cchc_text::fold;
use serde::Deserialize;

use super::with::{With, fresh};
use crate::cookies;
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::account::login::{AFTER, LoginPage, Part, Simulated, form as login_form, local, refused};
use crate::pages::account::own;

/// One sentence for whatever was wrong: it tells nobody which logins there are.
const WRONG: &str = "tên đăng nhập hoặc mật khẩu chưa đúng";

/// What may be asked of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Where to go after.
    ve: String,
}

/// The form.
pub async fn form(with: With, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    show(&with, login_form(&fresh(), &asked.ve)).await
}

async fn show(with: &With, form: FormView) -> Result<Response, ErrorPage> {
    let status = form.status();
    let parts = if with.demonstration { simulated(with).await? } else { Vec::new() };
    Ok((status, render(&LoginPage::new(with, form, parts))?).into_response())
}

/// Takes login and password.
pub async fn enter(
    with: With,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let password = sent.raw("password");
    if sent.text("login").is_empty() || password.is_empty() {
        return show(&with, refused(&fresh(), &sent, WRONG)).await;
    }
    let store = with.store();
    let login = fold(sent.text("login"));
    let person = store.person_by_login(&login).await?.filter(|row| row.is_open());
    let tried = Try {
        login,
        address: address(connection.as_deref(), &headers),
        device: cookies::value(&headers, cookies::DEVICE).to_owned(),
        person: person.as_ref().map(|row| PersonId(row.id.0.clone())),
    };
    if let Allowed::Wait(seconds) = store.attempt_reserve(&tried).await? {
        let why = format!("đã sai nhiều lần; thử lại sau {seconds} giây");
        let mut response = show(&with, refused(&fresh(), &sent, &why)).await?;
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds.max(1).unsigned_abs()));
        return Ok(response);
    }
    let checked = store.credential_check(tried.person.as_ref(), password).await?;
    let (Some(person), Checked::Right | Checked::MustChange) = (&tried.person, checked) else {
        return show(&with, refused(&fresh(), &sent, WRONG)).await;
    };
    let device = store.attempt_succeeded(&tried, person).await?;
    let after = if checked == Checked::MustChange { own::ADDRESS } else { local(sent.text(AFTER)) };
    let mut response = opened(&with, person, &tried.address, &headers, after).await?;
    cookies::give_device(response.headers_mut(), &device.0, with.app.travel());
    Ok(response)
}

/// Takes the part of a simulated person: only in the demonstration, and only of simulated ones.
pub async fn take_part(
    with: With,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    if !with.demonstration {
        return Err(ErrorPage::not_found("Không có trang này"));
    }
    let row = with.store().person_by_login(sent.text("login")).await?;
    let Some(row) = row.filter(|row| row.simulated && row.is_open()) else {
        return Err(ErrorPage::not_found("Không có người mô phỏng này").way("Đăng nhập", "/dang-nhap"));
    };
    let from = address(connection.as_deref(), &headers);
    opened(&with, &row.id, &from, &headers, local(sent.text(AFTER))).await
}

async fn opened(
    with: &With,
    person: &PersonId,
    address: &str,
    headers: &HeaderMap,
    after: &str,
) -> Result<Response, ErrorPage> {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    // The session of before, if there is one, ends: its secret is not used again.
    close_current(with).await?;
    let secret = with.store().session_open(person, address, agent).await?;
    let mut response = Redirect::to(after).into_response();
    cookies::give_session(response.headers_mut(), &secret.0, with.app.travel());
    Ok(response)
}

async fn close_current(with: &With) -> Result<(), ErrorPage> {
    if let (Some(person), false) = (with.visitor.person(), with.visitor.session.is_empty()) {
        with.store().session_close(&PersonId::from(person), &with.visitor.session).await?;
    }
    Ok(())
}

/// Ends the session.
pub async fn leave(with: With) -> Result<Response, ErrorPage> {
    close_current(&with).await?;
    let mut response = Redirect::to("/").into_response();
    cookies::take_session(response.headers_mut(), with.app.travel());
    Ok(response)
}

/// The network address of who asks: of the connection; behind a proxy that is trusted, what the proxy says.
fn address(connection: Option<&ConnectInfo<SocketAddr>>, headers: &HeaderMap) -> String {
    let Some(ConnectInfo(peer)) = connection else { return String::new() };
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim).filter(|last| !last.is_empty());
    match last {
        // A proxy on this very machine says for whom it asks; anybody else could say what he likes.
        Some(last) if peer.ip().is_loopback() => last.to_owned(),
        _ => peer.ip().to_string(),
    }
}

/// The simulated people by role, those with a post today.
async fn simulated(with: &With) -> Result<Vec<Part>, ErrorPage> {
    let people = with.store().simulated_list(with.today).await?;
    let mut by_role: BTreeMap<usize, Vec<Simulated>> = BTreeMap::new();
    for (login, name, title, unit, roles) in people {
        let unit = with.units.full_name(&unit, with.today);
        let order = Role::ALL.iter().position(|role| roles.contains(role)).unwrap_or(Role::ALL.len());
        by_role.entry(order).or_default().push(Simulated { login, name, post: format!("{title}, {unit}") });
    }
    let label = |order: usize| Role::ALL.get(order).map_or("Không có vai trò", |role| role.label());
    Ok(by_role.into_iter().map(|(order, people)| Part { role: label(order).to_owned(), people }).collect())
}
