//! The list of people: narrowed, page by page, as a file.

use std::fmt::Write;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Reach, Resource, Role, reach};
use cchc_papers::people_xlsx;
use cchc_store::people::{ContactRow, Held, PersonCursor, PersonFilter, PersonRow, PostRow};
use serde::Deserialize;

use super::choices;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::{Link, Paging, address, counted};
use crate::pages::download::{XLSX, download, unwritten};
use crate::pages::people::list::{self as page, AccountState, PeoplePage, Ways};
use crate::pages::people::{ADDRESS, person_address};

/// People on one page.
const ROWS: u32 = 50;
/// People read at a time for a file.
const PIECE: u32 = 1_000;
/// People in one file at most.
const MOST: usize = 50_000;

/// What may be asked of the list; names as in the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Asked {
    don_vi: String,
    vai_tro: String,
    ten: String,
    thoi: String,
    sau: String,
}

impl Asked {
    fn filter(&self, with: &With, reach: Reach) -> PersonFilter {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        PersonFilter {
            unit: some(&self.don_vi),
            role: Role::from_code(&self.vai_tro),
            text: self.ten.trim().to_owned(),
            held: if self.thoi == "co" { Held::ClosedToo } else { Held::Present },
            ..PersonFilter::within(reach, with.today)
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 4] {
        [("don-vi", &self.don_vi), ("vai-tro", &self.vai_tro), ("ten", &self.ten), ("thoi", &self.thoi)]
    }

    fn sent(&self) -> Sent {
        Sent(self.pairs().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

/// How far the visitor may do that; the page that refuses where that is nowhere.
fn reached(with: &With, action: Action) -> Result<Reach, ErrorPage> {
    let reached = reach(&with.visitor.viewer, action, with.today);
    if reached.is_nothing() {
        with.grant(action, &Resource::system())?;
    }
    Ok(reached)
}

/// The page.
pub async fn page(with: With, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    let filter = asked.filter(&with, reached(&with, Action::ViewPeople)?);
    let after = if asked.sau.is_empty() { None } else { Some(asked.sau.parse::<PersonCursor>()?) };
    let found = with.store().person_list(&filter, after.as_ref(), ROWS).await?;
    let rows: Vec<page::PersonRow> = found.people.iter().map(|(person, posts)| row(&with, person, posts)).collect();
    let next = found.next.map(|next| next.to_string());
    let whole = after.is_none() && next.is_none();
    let paging = Paging {
        count: counted(u64::try_from(rows.len()).unwrap_or(u64::MAX)),
        // The list is read forwards alone: back means back to its beginning.
        before: after.is_some().then(|| address(ADDRESS, &asked.pairs())),
        after: next.map(|next| address(ADDRESS, &[asked.pairs().as_slice(), &[("sau", &next)]].concat())),
    };
    let units = choices::units(&with, Action::ViewPeople);
    let form = page::filter(&units).filled(&asked.sent());
    let part = if whole { page::Part::Whole } else { page::Part::One };
    Ok(render(&PeoplePage::new(&with, form, rows, paging, ways(&with, &asked), part))?.into_response())
}

fn row(with: &With, person: &PersonRow, posts: &[PostRow]) -> page::PersonRow {
    page::PersonRow {
        name: Link::new(person.name.clone(), person_address(person.id.as_str())),
        login: person.login.clone(),
        posts: posts.iter().map(|held| choices::post_label(with, &held.post)).collect(),
        roles: roles(posts),
        account: AccountState::from_code(&person.account),
    }
}

/// Each role once, in the order of the posts.
fn roles(posts: &[PostRow]) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for role in posts.iter().flat_map(|held| &held.post.roles) {
        if !labels.contains(&role.label()) {
            labels.push(role.label());
        }
    }
    labels.join(", ")
}

fn ways(with: &With, asked: &Asked) -> Ways {
    let may = |action| with.visitor.may(action, with.today);
    let mut acts = Vec::new();
    if may(Action::EditPeople) {
        acts.push(Link::new("Thêm người dùng", format!("{ADDRESS}/them")));
    }
    if may(Action::EditPeople) && may(Action::Appoint) && may(Action::ManageAccounts) {
        acts.push(Link::new("Nhập từ tệp", format!("{ADDRESS}/nhap")));
    }
    let export = if may(Action::ExportPeople) {
        address(&format!("{ADDRESS}/xuat.xlsx"), &asked.pairs())
    } else {
        String::new()
    };
    Ways { acts, export }
}

/// The list as a workbook: telephone and address only of those whose contact the visitor may see.
pub async fn export(with: With, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    let filter = asked.filter(&with, reached(&with, Action::ExportPeople)?);
    let mut people = Vec::new();
    let mut after = None;
    loop {
        let piece = with.store().person_list(&filter, after.as_ref(), PIECE).await?;
        people.extend(piece.people);
        after = piece.next;
        if people.len() > MOST {
            return Err(too_many(&asked));
        }
        if after.is_none() {
            break;
        }
    }
    let lines = lines(&with, people).await?;
    let rows = lines.iter().map(Line::row);
    let remarks = remarks(&with, &asked);
    let remarks: Vec<&str> = remarks.iter().map(String::as_str).collect();
    let bytes = people_xlsx::write(&remarks, rows).map_err(|error| unwritten(&error))?;
    Ok(download("nguoi-dung.xlsx", XLSX, bytes))
}

fn too_many(asked: &Asked) -> ErrorPage {
    ErrorPage::unusable("Danh sách quá dài để xuất một lần")
        .because(format!("Một tệp có tối đa {} người.", counted_most()))
        .because("Lọc theo đơn vị hoặc vai trò rồi xuất từng phần.")
        .way("Quay lại danh sách", address(ADDRESS, &asked.pairs()))
}

fn counted_most() -> String {
    cchc_text::number::vietnamese(&MOST.to_string())
}

fn remarks(with: &With, asked: &Asked) -> Vec<String> {
    let mut told = format!("Chức vụ giữ ngày {}", cchc_text::date::vietnamese(with.today));
    if !asked.don_vi.is_empty() {
        let unit = with.units.find(&asked.don_vi, with.today);
        let _ = write!(told, "; đơn vị: {}", unit.map_or(asked.don_vi.as_str(), |unit| unit.name.as_str()));
    }
    if let Some(role) = Role::from_code(&asked.vai_tro) {
        let _ = write!(told, "; vai trò: {}", role.label());
    }
    if !asked.ten.is_empty() {
        let _ = write!(told, "; tên có «{}»", asked.ten);
    }
    let mut remarks = vec![told];
    if with.demonstration {
        remarks.push("DỮ LIỆU MÔ PHỎNG: người trong danh sách không có thật.".to_owned());
    }
    remarks
}

/// A line of the file, with the texts that it shows.
struct Line {
    person: PersonRow,
    post: Option<PostRow>,
    unit: String,
    roles: String,
    contact: ContactRow,
}

impl Line {
    fn row(&self) -> people_xlsx::PersonRow<'_> {
        let post = self.post.as_ref().map(|held| &held.post);
        people_xlsx::PersonRow {
            name: &self.person.name,
            login: &self.person.login,
            account: AccountState::from_code(&self.person.account).label(),
            unit: &self.unit,
            title: post.map_or("", |post| &post.title),
            party_title: post.and_then(|post| post.party_title.as_deref()).unwrap_or_default(),
            roles: &self.roles,
            from: post.map(|post| post.from),
            to: post.and_then(|post| post.to),
            phone: &self.contact.phone,
            email: &self.contact.email,
        }
    }
}

async fn lines(with: &With, people: Vec<(PersonRow, Vec<PostRow>)>) -> Result<Vec<Line>, ErrorPage> {
    let contacts = reach(&with.visitor.viewer, Action::ViewContacts, with.today);
    let above = above(with);
    let mut lines = Vec::new();
    for (person, posts) in people {
        let sees = posts.iter().any(|held| {
            let above = above.get(held.post.unit.as_str()).map_or(&[][..], Vec::as_slice);
            contacts.covers(&Resource::of_unit(&held.post.unit, above).owned_by(&person.id))
        });
        let sees = sees || contacts.covers(&Resource::of_person(&person.id));
        let contact = if sees {
            with.store().person_contact(&person.id).await?.unwrap_or_default()
        } else {
            ContactRow::default()
        };
        let line = |post: Option<PostRow>| Line {
            unit: post.as_ref().map(|held| choices::unit_name(with, &held.post)).unwrap_or_default(),
            roles: post.as_ref().map(|held| roles(std::slice::from_ref(held))).unwrap_or_default(),
            person: person.clone(),
            contact: contact.clone(),
            post,
        };
        if posts.is_empty() {
            lines.push(line(None));
        }
        lines.extend(posts.into_iter().map(|post| line(Some(post))));
    }
    Ok(lines)
}

/// The codes above each unit of today.
fn above(with: &With) -> std::collections::HashMap<&str, Vec<String>> {
    let (mut path, mut above): (Vec<String>, _) = (Vec::new(), std::collections::HashMap::new());
    for node in with.units.as_of(with.today).iter() {
        path.truncate(node.depth);
        above.insert(node.version.code.as_str(), path.clone());
        path.push(node.version.code.clone());
    }
    above
}
