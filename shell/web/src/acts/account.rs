//! One's own account: sessions, password, API tokens.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use cchc_access::{Action, Actions, Person, PersonCommand, Principal, Reach, Resource, person, reach};
use cchc_ledger::{Actor, Context};
use cchc_store::credentials::{Checked, Chosen};
use cchc_store::people;
use cchc_text::date::vietnamese;
use jiff::civil::Date;

use super::with::{With, fresh, request};
use super::words::minute;
use crate::App;
use crate::error::ErrorPage;
use crate::form::{Choice, FormView, Sent};
use crate::frame::render;
use crate::list::Link;
use crate::pages::account::own::{
    ADDRESS, Account, AccountPage, DelegationRow, PostRow, SessionRow, TokenRow, password_form, token_form,
};
use crate::pages::units::links;
use crate::store_error::not_committed;

/// A token lasts at most so many days.
const LONGEST_TOKEN: i64 = 366;

/// The addresses below `/tai-khoan`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(page))
        .route("/mat-khau", post(change_password))
        .route("/phien/{id}/thu-hoi", post(close_session))
        .route("/phien-khac/thu-hoi", post(close_others))
        .route("/ma-truy-cap", post(make_token))
        .route("/ma-truy-cap/{id}/thu-hoi", post(close_token))
}

/// The page.
pub async fn page(with: With) -> Result<Response, ErrorPage> {
    let request = fresh();
    show(&with, &request, password_form(&request), None, None).await
}

async fn show(
    with: &With,
    request: &str,
    password: FormView,
    token: Option<FormView>,
    fresh_token: Option<String>,
) -> Result<Response, ErrorPage> {
    let principal = with.principal(Action::ViewSelf)?;
    let account = Account { fresh_token, ..account(with, principal).await? };
    let refused = token.as_ref().is_some_and(FormView::is_refused);
    let status = if refused { token.as_ref().map(FormView::status) } else { None };
    let status = status.unwrap_or_else(|| password.status());
    let token = match token {
        Some(form) => Some(form),
        None if with.visitor.may(Action::ManageTokens, with.today) => Some(token_form(request, choices(with))),
        None => None,
    };
    Ok((status, render(&AccountPage::new(with, account, password, token, request))?).into_response())
}

/// What a token can be good for: what its owner may do himself.
fn choices(with: &With) -> Vec<Choice> {
    let may = |action: &&Action| !matches!(reach(&with.visitor.viewer, **action, with.today), Reach::Nothing);
    let own = Action::ALL.iter().filter(may);
    own.map(|action| Choice {
        value: action.code().to_owned(),
        label: action.label().to_owned(),
        chosen: action.code().starts_with("view-"),
    })
    .collect()
}

async fn account(with: &With, principal: &Principal) -> Result<Account, ErrorPage> {
    let (store, id) = (with.store(), &principal.person);
    let row = store.person_find(id).await?;
    let mut posts: Vec<PostRow> = Vec::new();
    for post in store.post_list_of(id).await? {
        posts.push(post_row(with, &post.post));
    }
    posts.sort_by_key(|post| !post.holds);
    let mut sessions: Vec<SessionRow> = store
        .session_list(id)
        .await?
        .into_iter()
        .map(|session| SessionRow {
            current: session.id == with.visitor.session,
            id: session.id,
            device: device(&session.agent),
            address: session.address,
            began: minute(session.opened_at),
            used: minute(session.seen_at),
        })
        .collect();
    sessions.sort_by_key(|session| !session.current);
    let tokens = store.token_list(id).await?.into_iter().map(|token| TokenRow {
        id: token.id,
        name: token.name,
        scope: scope(&token.scope),
        made: minute(token.created_at),
        until: vietnamese(token.expires_at.date()),
        used: if token.used_at.0 == 0 { String::new() } else { minute(token.used_at) },
    });
    Ok(Account {
        name: with.visitor.name.clone(),
        login: row.map(|row| row.login).unwrap_or_default(),
        posts,
        delegations: delegations(with, principal).await?,
        sessions,
        tokens: tokens.collect(),
        fresh_token: None,
    })
}

/// A post as lists show it.
#[must_use]
pub fn post_row(with: &With, post: &cchc_access::Post) -> PostRow {
    let title = match &post.party_title {
        Some(party) => format!("{}, {party}", post.title),
        None => post.title.clone(),
    };
    let roles: Vec<&str> = post.roles.iter().map(|role| role.label()).collect();
    PostRow {
        title,
        unit: unit_link(with, &post.unit, post.from),
        roles: roles.join(", "),
        period: period(post.from, post.to),
        document: post.document.clone(),
        holds: post.holds_on(with.today),
        acts: Vec::new(),
    }
}

/// A unit as it was on a day, with the way to its page.
#[must_use]
pub fn unit_link(with: &With, code: &str, on: Date) -> Link {
    let day = on.max(with.today.min(on));
    match with.units.find(code, day) {
        Ok(version) => Link::new(version.name.clone(), links::version(version, day)),
        Err(_) => Link::text(code),
    }
}

/// `từ 01/03/2021 đến 31/03/2021`.
#[must_use]
pub fn period(from: Date, to: Option<Date>) -> String {
    let end = to.map_or_else(|| "nay".to_owned(), vietnamese);
    format!("từ {} đến {end}", vietnamese(from))
}

/// What a delegation or a token is good for.
#[must_use]
pub fn scope(actions: &Actions) -> String {
    match actions {
        Actions::All => "mọi việc".to_owned(),
        Actions::Only(list) => list.iter().map(|action| action.label()).collect::<Vec<_>>().join(", "),
    }
}

async fn delegations(with: &With, principal: &Principal) -> Result<Vec<DelegationRow>, ErrorPage> {
    let rows = with.store().delegation_list(None, &Reach::SelfOnly(principal.person.clone()), with.today).await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        shown.push(delegation_row(with, &row));
    }
    Ok(shown)
}

/// A delegation as lists show it.
#[must_use]
pub fn delegation_row(with: &With, row: &people::DelegationRow) -> DelegationRow {
    let delegation = &row.delegation;
    let to = delegation.ended.and_then(|day| day.yesterday().ok()).or(delegation.to);
    DelegationRow {
        from: Link::text(format!("{}, {}", row.giver_name, row.post.title)),
        to: Link::text(row.receiver_name.clone()),
        capacity: format!("{} ({})", delegation.capacity.label(), delegation.capacity.meaning()),
        scope: scope(&delegation.actions),
        period: period(delegation.from, to),
        document: delegation.document.clone(),
        holds: delegation.holds_on(with.today),
        acts: Vec::new(),
    }
}

/// `Firefox, Windows`: as far as the browser says.
fn device(agent: &str) -> String {
    let browsers = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("Mac OS", "macOS"), ("Linux", "Linux")];
    let find =
        |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "không rõ trình duyệt".to_owned(),
    }
}

/// Changes one's password; other sessions end.
pub async fn change_password(with: With, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let principal = with.principal(Action::ChangeSelf)?;
    let (store, id) = (with.store(), principal.person.clone());
    let (old, new) = (sent.raw("mat-khau-cu"), sent.raw("mat-khau-moi"));
    let mut form = password_form(&fresh());
    let row = store.person_find(&id).await?;
    let login = row.map(|row| row.login).unwrap_or_default();
    if new != sent.raw("mat-khau-lai") {
        form.refuse("mat-khau-lai", "không giống mật khẩu mới ở trên");
    }
    for finding in cchc_access::password::findings(new, &login, &with.visitor.name) {
        form.refuse("mat-khau-moi", finding.message);
    }
    if !form.is_refused() && store.credential_check(Some(&id), old).await? == Checked::Wrong {
        form.refuse("mat-khau-cu", "chưa đúng");
    }
    if form.is_refused() {
        let request = fresh();
        return show(&with, &request, form, None, None).await;
    }
    store.credential_set(&id, new, Chosen::Himself).await?;
    let command = PersonCommand::RecordPasswordChange { how: person::PasswordChange::Own };
    let context = Context::new(own_actor(&with, principal), request(&sent));
    store.commit::<Person>(&people::stream(&id)?, command, context).await.map_err(|error| not_committed(&error))?;
    store.session_close_others(&id, &with.visitor.session).await?;
    Ok(Redirect::to(ADDRESS).into_response())
}

/// Who acts on his own account: himself, in no post.
fn own_actor(with: &With, principal: &Principal) -> Actor {
    let grant = with.grant(Action::ChangeSelf, &Resource::of_person(&principal.person));
    grant.ok().and_then(|grant| grant.actor()).unwrap_or_else(|| Actor::person(principal.person.as_str()))
}

/// Ends one of one's sessions.
pub async fn close_session(with: With, Path(id): Path<String>) -> Result<Redirect, ErrorPage> {
    let principal = with.principal(Action::ChangeSelf)?;
    with.store().session_close(&principal.person, &id).await?;
    Ok(Redirect::to(ADDRESS))
}

/// Ends all of one's sessions but this one.
pub async fn close_others(with: With) -> Result<Redirect, ErrorPage> {
    let principal = with.principal(Action::ChangeSelf)?;
    with.store().session_close_others(&principal.person, &with.visitor.session).await?;
    Ok(Redirect::to(ADDRESS))
}

/// Makes an API token; its secret is shown once.
pub async fn make_token(with: With, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let principal = with.principal(Action::ManageTokens)?;
    with.grant(Action::ManageTokens, &Resource::of_person(&principal.person))?;
    let page_request = fresh();
    let mut form = token_form(&page_request, choices(&with)).filled(&sent);
    form.require();
    let until = form.day("den-ngay", &sent);
    let days = until.map(|until| i64::from((until - with.today).get_days()));
    match days {
        Some(days) if days < 0 => form.refuse("den-ngay", "đã qua"),
        Some(days) if days > LONGEST_TOKEN => form.refuse("den-ngay", "tối đa một năm kể từ hôm nay"),
        _ => {}
    }
    let may: Vec<String> = choices(&with).into_iter().map(|choice| choice.value).collect();
    let chosen = sent.all("viec").filter(|code| may.iter().any(|known| known == code));
    let scope = Actions::Only(chosen.filter_map(Action::from_code).collect());
    let password = password_form(&page_request);
    let (Some(days), false) = (days, form.is_refused()) else {
        return show(&with, &page_request, password, Some(form), None).await;
    };
    let id = &principal.person;
    let (_, secret) = with.store().token_add(id, sent.text("ten-ma"), &scope, days.saturating_add(1)).await?;
    show(&with, &page_request, password, None, Some(secret.0)).await
}

/// Ends one of one's tokens.
pub async fn close_token(with: With, Path(id): Path<String>) -> Result<Redirect, ErrorPage> {
    let principal = with.principal(Action::ManageTokens)?;
    with.store().token_close(&principal.person, &id).await?;
    Ok(Redirect::to(ADDRESS))
}
