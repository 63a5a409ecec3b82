//! What is asked of the history, from an address.

use std::collections::BTreeSet;

use cchc_access::{Action, Reach, Resource, reach};
use cchc_store::history::{Entered, HistoryFilter, What};
use cchc_store::people::PersonFilter;
use cchc_text::fold;
use cchc_units::Version;

use super::{Asked, With};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::pages::history::list::{ENTERED_LATE, filter};
use crate::pages::units::links;

/// Reads it; `action` says how far one sees. A kind may stand with what happened: `person/appointed`.
pub(super) async fn read(with: &With, sent: &Sent, action: Action) -> Result<Asked, ErrorPage> {
    let reached = reach(&with.visitor.viewer, action, with.today);
    let mut form = filter(&units(with, &reached)).filled(sent);
    let mut asked = HistoryFilter::within(reached, with.today);
    let some = |name: &str| Some(sent.text(name)).filter(|text| !text.is_empty());
    asked.what = some("loai").map(|what| match what.split_once('/') {
        Some((kind, name)) => What { kind: kind.to_owned(), name: Some(name.to_owned()) },
        None => What { kind: what.to_owned(), name: None },
    });
    if let Some(stream) = some("chuoi") {
        match stream.parse() {
            Ok(stream) => asked.stream = Some(stream),
            Err(_) => form.refuse("chuoi", "cần dạng loại/mã, như person/… ghi ở trang của một dòng"),
        }
    }
    asked.unit = some("don-vi").map(str::to_owned);
    asked.from = form.day("tu", sent);
    asked.to = form.day("den", sent);
    if asked.from.zip(asked.to).is_some_and(|(from, to)| from > to) {
        form.refuse("den", "trước ngày bắt đầu");
    }
    if sent.text("nhap-bu") == ENTERED_LATE {
        asked.entered = Entered::Late;
    }
    if let Some(text) = some("nguoi") {
        match person(with, text).await? {
            Ok(person) => asked.person = Some(person),
            Err(why) => form.refuse("nguoi", why),
        }
    }
    let asked = (!form.is_refused()).then_some(asked);
    Ok((form, asked))
}

/// The person meant by an id, a login, or a name that only one person has.
async fn person(with: &With, text: &str) -> Result<Result<String, String>, ErrorPage> {
    if text == "system" || fold(text) == fold("Hệ thống") {
        return Ok(Ok("system".to_owned()));
    }
    if let Some(row) = with.store().person_by_login(&fold(text)).await? {
        return Ok(Ok(row.id.0));
    }
    if with.store().person_find(&text.into()).await?.is_some() {
        return Ok(Ok(text.to_owned()));
    }
    let reached = reach(&with.visitor.viewer, Action::SearchPeople, with.today);
    let wanted = PersonFilter { text: text.to_owned(), ..PersonFilter::within(reached, with.today) };
    let found = with.store().person_list(&wanted, None, 2).await?.people;
    Ok(match found.as_slice() {
        [(one, _)] => Ok(one.id.0.clone()),
        [] => Err("không thấy người này; gõ tên đăng nhập".to_owned()),
        _ => Err("nhiều người có tên này; gõ tên đăng nhập".to_owned()),
    })
}

/// Units within reach: those of today in the order of protocol, then those that are gone.
fn units(with: &With, reached: &Reach) -> Vec<(String, String)> {
    let tree = with.units.as_of(with.today);
    let within = |version: &&Version| {
        let above = above(with, version);
        reached.covers(&Resource::of_unit(&version.code, &above))
    };
    let mut units: Vec<(String, String)> = tree
        .iter()
        .map(|node| node.version)
        .filter(within)
        .map(|version| (version.code.clone(), version.name.clone()))
        .collect();
    let mut codes: BTreeSet<String> = units.iter().map(|(code, _)| code.clone()).collect();
    let gone = with.units.all().filter(|version| version.period.to.is_some_and(|to| to < with.today));
    for version in gone.filter(within) {
        if codes.insert(version.code.clone()) {
            units.push((version.code.clone(), format!("{} ({})", version.name, links::period(version))));
        }
    }
    units
}

/// Codes of the units above one, as they are today.
fn above(with: &With, version: &Version) -> Vec<String> {
    let (mut above, mut at) = (Vec::new(), version);
    // A faulty table may have a circle.
    while let Some(parent) = with.units.parent(at, with.today).filter(|parent| !above.contains(&parent.code)) {
        above.push(parent.code.clone());
        at = parent;
    }
    above
}
