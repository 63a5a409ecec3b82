//! The read tables of people, brought up to date event by event.

use cchc_access::person::Contact;
use cchc_access::{Delegation, Person, PersonEvent, Post};
use cchc_ledger::{Moment, StoredEvent};
use cchc_text::{collate, fold};

use super::rows::{day_text, json};
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::subjects;

pub(super) async fn project(
    person: &Person,
    conn: &mut Conn<'_>,
    stored: &StoredEvent<'_, PersonEvent>,
) -> Result<(), DbError> {
    use PersonEvent as E;
    let id = stored.envelope.stream.key();
    let at = stored.envelope.recorded_at;
    match stored.event {
        E::Registered { name, contact, simulated } => {
            register(conn, id, at, *simulated).await?;
            rename(conn, id, name).await?;
            set_contact(conn, id, contact).await
        }
        E::Renamed { name } => rename(conn, id, name).await,
        E::ContactSet { contact } => set_contact(conn, id, contact).await,
        E::AccountOpened { login } => set_account(conn, id, &person.name, "open", login).await,
        E::AccountClosed { login, .. } => set_account(conn, id, &person.name, "closed", login).await,
        E::PasswordChanged { .. } => {
            let sql = "UPDATE persons SET password_changed_at = $2 WHERE id = $1";
            conn.run(sql, &[Arg::Text(id), Arg::Int(at.0)]).await.map(|_| ())
        }
        E::Appointed { post } | E::PostChanged { post } => put_post(conn, id, post).await,
        E::PostEnded { post, to, .. } => {
            let to = to.to_string();
            let sql = "UPDATE posts SET to_day = $3 WHERE person = $1 AND post = $2";
            conn.run(sql, &[Arg::Text(id), Arg::Text(post.as_str()), Arg::Text(&to)]).await.map(|_| ())
        }
        E::PostCancelled { post } => {
            take_roles(conn, id, post.as_str()).await?;
            let sql = "DELETE FROM posts WHERE person = $1 AND post = $2";
            conn.run(sql, &[Arg::Text(id), Arg::Text(post.as_str())]).await.map(|_| ())
        }
        E::Delegated { delegation } => put_delegation(conn, id, delegation).await,
        E::DelegationEnded { delegation, on, .. } => {
            let on = on.to_string();
            let sql = "UPDATE delegations SET ended_day = $3 WHERE giver = $1 AND id = $2";
            conn.run(sql, &[Arg::Text(id), Arg::Text(delegation.as_str()), Arg::Text(&on)]).await.map(|_| ())
        }
        E::HandedOver { .. } => Ok(()),
    }
}

async fn register(conn: &mut Conn<'_>, id: &str, at: Moment, simulated: bool) -> Result<(), DbError> {
    let sql = "INSERT INTO persons (id, name, folded, name_key, login, account, simulated, subject, phone, email, \
        registered_at, password_changed_at) VALUES ($1, '', '', $2, '', 'none', $3, '', '', '', $4, 0)";
    let args = [Arg::Text(id), Arg::Bytes(&[]), Arg::Int(i64::from(simulated)), Arg::Int(at.0)];
    conn.run(sql, &args).await.map(|_| ())
}

async fn rename(conn: &mut Conn<'_>, id: &str, name: &str) -> Result<(), DbError> {
    let row = conn.row("SELECT login FROM persons WHERE id = $1", &[Arg::Text(id)]).await?;
    let login = row.map_or_else(|| Ok(String::new()), |row| row.text(0))?;
    let (folded, key) = (searched(name, &login), sort_key(name));
    let sql = "UPDATE persons SET name = $2, folded = $3, name_key = $4 WHERE id = $1";
    let args = [Arg::Text(id), Arg::Text(name), Arg::Text(&folded), Arg::Bytes(&key)];
    conn.run(sql, &args).await.map(|_| ())
}

async fn set_account(
    conn: &mut Conn<'_>,
    id: &str,
    name: &str,
    account: &'static str,
    login: &str,
) -> Result<(), DbError> {
    let folded = searched(name, login);
    let sql = "UPDATE persons SET account = $2, login = $3, folded = $4 WHERE id = $1";
    let args = [Arg::Text(id), Arg::Text(account), Arg::Text(login), Arg::Text(&folded)];
    conn.run(sql, &args).await.map(|_| ())
}

async fn set_contact(conn: &mut Conn<'_>, id: &str, contact: &Contact) -> Result<(), DbError> {
    let sealed = contact.phone.as_ref().or(contact.email.as_ref());
    let subject = sealed.map_or("", |sealed| sealed.subject.as_str());
    // One subject a person: what is another's would not go when that other goes.
    let own = |sealed: &&cchc_ledger::sealed::Sealed| sealed.subject.as_str() == subject;
    let phone = subjects::open(conn, contact.phone.as_ref().filter(own)).await?;
    let email = subjects::open(conn, contact.email.as_ref().filter(own)).await?;
    let sql = "UPDATE persons SET subject = $2, phone = $3, email = $4 WHERE id = $1";
    let args = [Arg::Text(id), Arg::Text(subject), Arg::Text(&phone), Arg::Text(&email)];
    conn.run(sql, &args).await.map(|_| ())
}

async fn put_post(conn: &mut Conn<'_>, id: &str, post: &Post) -> Result<(), DbError> {
    let (roles, fields) = (json(&post.roles)?, json(&post.fields)?);
    let (from, to) = (day_text(Some(post.from)), day_text(post.to));
    let name = post.id.as_str();
    let args = [
        Arg::Text(id),
        Arg::Text(name),
        Arg::Text(&post.unit),
        Arg::Text(&post.title),
        Arg::Text(post.party_title.as_deref().unwrap_or("")),
        Arg::Text(&roles),
        Arg::Text(&fields),
        Arg::Text(post.capacity.code()),
        Arg::Text(&from),
        Arg::Text(&to),
        Arg::Text(&post.document),
        Arg::Int(i64::from(post.order)),
    ];
    let sql = "INSERT INTO posts (person, post, unit, title, party_title, roles, fields, capacity, from_day, to_day, \
        document, sort_order) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
        ON CONFLICT (person, post) DO UPDATE SET unit = excluded.unit, title = excluded.title, \
        party_title = excluded.party_title, roles = excluded.roles, fields = excluded.fields, \
        capacity = excluded.capacity, from_day = excluded.from_day, to_day = excluded.to_day, \
        document = excluded.document, sort_order = excluded.sort_order";
    conn.run(sql, &args).await?;
    take_roles(conn, id, name).await?;
    for role in &post.roles {
        let sql = "INSERT INTO post_roles (role, person, post) VALUES ($1, $2, $3)";
        conn.run(sql, &[Arg::Text(role.code()), Arg::Text(id), Arg::Text(name)]).await?;
    }
    Ok(())
}

async fn take_roles(conn: &mut Conn<'_>, id: &str, post: &str) -> Result<(), DbError> {
    let sql = "DELETE FROM post_roles WHERE person = $1 AND post = $2";
    conn.run(sql, &[Arg::Text(id), Arg::Text(post)]).await.map(|_| ())
}

async fn put_delegation(conn: &mut Conn<'_>, id: &str, given: &Delegation) -> Result<(), DbError> {
    let actions = json(&given.actions)?;
    let (from, to, ended) = (day_text(Some(given.from)), day_text(given.to), day_text(given.ended));
    let args = [
        Arg::Text(id),
        Arg::Text(given.id.as_str()),
        Arg::Text(given.from_post.as_str()),
        Arg::Text(given.to_person.as_str()),
        Arg::Text(given.capacity.code()),
        Arg::Text(&actions),
        Arg::Text(&from),
        Arg::Text(&to),
        Arg::Text(&ended),
        Arg::Text(&given.document),
    ];
    let sql = "INSERT INTO delegations (giver, id, from_post, receiver, capacity, actions, from_day, to_day, \
        ended_day, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    conn.run(sql, &args).await.map(|_| ())
}

/// What is searched: the name and the login, without diacritics.
fn searched(name: &str, login: &str) -> String {
    format!("{} {login}", fold(name))
}

/// The given name first, as lists of people are sorted here.
fn sort_key(name: &str) -> Vec<u8> {
    match name.rsplit_once(' ') {
        Some((before, given)) => collate::key(&format!("{given} {before}")),
        None => collate::key(name),
    }
}
