//! The page of a person, with what this visitor may do to him.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Post, Reach, reach};
use cchc_store::history::HistoryFilter;
use cchc_store::list::Place;
use cchc_store::people::DelegationRow;

use super::posts::anywhere;
use super::whom::Whom;
use crate::acts::account::{delegation_row, post_row};
use crate::acts::with::With;
use crate::acts::words::minute;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::account::own;
use crate::pages::history;
use crate::pages::people::list::AccountState;
use crate::pages::people::person::{Did, Person, PersonPage};
use crate::pages::people::person_address;

/// Deeds shown.
const DEEDS: u32 = 10;

/// The page.
pub async fn page(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let contact = match whom.reached(&with, Action::ViewContacts) {
        Ok(_) => with.store().person_contact(&whom.row.id).await?.unwrap_or_default(),
        Err(_) => cchc_store::people::ContactRow::default(),
    };
    let sees = whom.reached(&with, Action::ViewContacts).is_ok();
    let contact = if sees { vec![("Điện thoại", contact.phone), ("Thư", contact.email)] } else { Vec::new() };
    let (did, history) = deeds(&with, &whom).await?;
    let person = Person {
        name: whom.row.name.clone(),
        simulated: whom.row.simulated,
        login: whom.row.login.clone(),
        account: AccountState::from_code(&whom.row.account),
        contact,
        posts: posts(&with, &whom),
        delegations: delegations(&with, &whom).await?,
        did,
        history,
        acts: acts(&with, &whom),
    };
    Ok(render(&PersonPage::new(&with, person))?.into_response())
}

/// His posts: those of today, those to come, those that ended.
fn posts(with: &With, whom: &Whom) -> Vec<own::PostRow> {
    let order = |post: &Post| (!post.holds_on(with.today), !post.holds_from(with.today));
    let mut held: Vec<&(Post, Vec<String>)> = whom.posts.iter().collect();
    held.sort_by_key(|(post, _)| order(post));
    let row = |held: &(Post, Vec<String>)| own::PostRow { acts: on_post(with, whom, held), ..post_row(with, &held.0) };
    held.into_iter().map(row).collect()
}

fn on_post(with: &With, whom: &Whom, held: &(Post, Vec<String>)) -> Vec<Link> {
    let post = &held.0;
    let link = |label: &str, act: &str| Link::new(label, format!("{}/chuc-vu/{}/{act}", whom.address(), post.id));
    let (begun, over) = (post.from <= with.today, !post.holds_from(with.today));
    let mut acts = Vec::new();
    if whom.over_post(with, Action::HandOver, held).is_ok() && begun {
        acts.push(link("Bàn giao", "ban-giao"));
    }
    if over {
        return acts;
    }
    if whom.over_post(with, Action::Delegate, held).is_ok() && whom.row.is_open() {
        acts.push(link("Ủy quyền", "uy-quyen"));
    }
    if whom.over_roles(with, &post.roles, held).is_ok() {
        acts.extend([link("Sửa", "sua"), link("Kết thúc", "ket-thuc"), link("Hủy", "huy")]);
    }
    acts
}

async fn delegations(with: &With, whom: &Whom) -> Result<Vec<own::DelegationRow>, ErrorPage> {
    let rows = with.store().delegation_list(Some(&whom.row.id), &Reach::All, with.today).await?;
    let shown = rows.iter().map(|row| {
        let shown = delegation_row(with, row);
        own::DelegationRow {
            from: Link::new(shown.from.label, person_address(row.giver.as_str())),
            to: Link::new(shown.to.label, person_address(row.delegation.to_person.as_str())),
            acts: on_delegation(with, whom, row),
            ..shown
        }
    });
    Ok(shown.collect())
}

/// A delegation is ended by whoever could have given it; that is on the page of the giver.
fn on_delegation(with: &With, whom: &Whom, row: &DelegationRow) -> Vec<Link> {
    let Some(held) = whom.posts.iter().find(|(post, _)| row.giver == whom.row.id && post.id == row.post.id) else {
        return Vec::new();
    };
    if whom.over_post(with, Action::Delegate, held).is_err() {
        return Vec::new();
    }
    vec![Link::new("Kết thúc", format!("{}/uy-quyen/{}/ket-thuc", whom.address(), row.delegation.id))]
}

fn acts(with: &With, whom: &Whom) -> Vec<Link> {
    let link = |label: &str, act: &str| Link::new(label, format!("{}/{act}", whom.address()));
    let mut acts = Vec::new();
    if anywhere(with).is_ok() {
        acts.push(link("Bổ nhiệm", "bo-nhiem"));
    }
    if whom.as_a_whole(with, Action::EditPeople).is_ok() {
        acts.push(link("Sửa họ tên", "doi-ten"));
        if whom.reached(with, Action::ViewContacts).is_ok() {
            acts.push(link("Sửa liên hệ", "lien-he"));
        }
        acts.push(link("Xóa vĩnh viễn liên hệ", "xoa-lien-he"));
    }
    if whom.as_a_whole(with, Action::ManageAccounts).is_ok() {
        if whom.row.is_open() {
            acts.extend([link("Đặt lại mật khẩu", "mat-khau"), link("Cho thôi", "tai-khoan/dong")]);
        } else {
            acts.push(link("Mở tài khoản", "tai-khoan/mo"));
        }
    }
    acts
}

/// What he did last, as far as the visitor may see it, and where all of it is.
async fn deeds(with: &With, whom: &Whom) -> Result<(Vec<Did>, String), ErrorPage> {
    let reached = reach(&with.visitor.viewer, Action::ViewHistory, with.today);
    let filter = HistoryFilter { person: Some(whom.row.id.0.clone()), ..HistoryFilter::within(reached, with.today) };
    let page = with.store().history_page(&filter, Place { cursor: None, size: DEEDS }).await?;
    let mut did = Vec::new();
    for row in page.rows {
        let what = history::words::event(row.stream.kind(), &row.name).to_owned();
        did.push(Did {
            at: minute(row.recorded_at),
            what: Link::new(what, history::event::address(&row.stream, row.version)),
            post: post(whom, &row.actor.post),
        });
    }
    let all = address(history::ADDRESS, &[("nguoi", whom.row.id.as_str())]);
    Ok((did, all))
}

/// The title of the post in which something was done; of another's, by delegation, its name in the system.
fn post(whom: &Whom, id: &str) -> String {
    let own = whom.posts.iter().find(|(post, _)| post.id.as_str() == id);
    own.map_or_else(
        || if id.is_empty() { String::new() } else { "làm thay".to_owned() },
        |(post, _)| post.title.clone(),
    )
}
