//! `/people`: who there is, in which posts; entering a person, closing an account.

use axum::Json;
use axum::extract::Path;
use cchc_access::appointing::{authorize_person, authorize_roles};
use cchc_access::person::Contact;
use cchc_access::{Action, Login, Person, PersonCommand, Post, PostId, Resource, Role};
use cchc_ledger::PersonId;
use cchc_store::people::{self, Held, PersonCursor, PersonFilter, PersonRow, PostRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ADDRESS;
use super::ask::{Asked, Key, Sent};
use super::caller::Caller;
use super::paged::{self, Paged};
use super::posts::NewPost;
use super::problem::{Kind, Problem};
use super::write::{Done, Written, context, name_of};

/// A post.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostView {
    /// Id.
    pub id: String,
    /// Code of the unit; empty only for a post that runs the system.
    pub unit: String,
    /// Chức vụ.
    pub title: String,
    /// Chức vụ Đảng.
    pub party_title: Option<String>,
    /// Codes of the roles that come with it.
    pub roles: Vec<&'static str>,
    /// Codes of the fields assigned to an appraiser.
    pub fields: Vec<String>,
    /// How its holder signs: empty as himself, `TM`, `Q`.
    pub capacity: &'static str,
    /// First day.
    #[schema(format = Date)]
    pub from: String,
    /// Last day; `null`: until further notice.
    #[schema(format = Date)]
    pub to: Option<String>,
    /// Number and symbol of the document that appointed.
    pub document: String,
    /// Place in the order of protocol, smallest first.
    pub order: u32,
}

impl From<&Post> for PostView {
    fn from(post: &Post) -> Self {
        Self {
            id: post.id.0.clone(),
            unit: post.unit.clone(),
            title: post.title.clone(),
            party_title: post.party_title.clone(),
            roles: post.roles.iter().map(|role| role.code()).collect(),
            fields: post.fields.clone(),
            capacity: post.capacity.code(),
            from: post.from.to_string(),
            to: post.to.map(|day| day.to_string()),
            document: post.document.clone(),
            order: post.order,
        }
    }
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    /// Id.
    pub id: String,
    /// Họ và tên.
    pub name: String,
    /// Tên đăng nhập; empty: never had an account.
    pub login: String,
    /// `none`, `open`, `closed`.
    pub account: String,
    /// Whether he is invented ("mô phỏng").
    pub simulated: bool,
    /// When he was entered.
    pub registered_at: String,
    /// His posts: in the list those of today, of one person all of them, past and future too.
    pub posts: Vec<PostView>,
    /// Telephone number; `null`: none, or not for the token's owner to see.
    pub phone: Option<String>,
    /// Electronic mail; `null`: none, or not for the token's owner to see.
    pub email: Option<String>,
}

impl PersonView {
    fn new(row: &PersonRow, posts: &[PostRow]) -> Self {
        Self {
            id: row.id.0.clone(),
            name: row.name.clone(),
            login: row.login.clone(),
            account: row.account.clone(),
            simulated: row.simulated,
            registered_at: row.registered_at.to_string(),
            posts: posts.iter().map(|row| PostView::from(&row.post)).collect(),
            phone: None,
            email: None,
        }
    }
}

/// Which people.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleAsked {
    /// Từ trong họ tên hoặc tên đăng nhập, có dấu hay không dấu đều được.
    #[param(nullable = false)]
    text: Option<String>,
    /// Giữ chức vụ tại đơn vị này.
    #[param(nullable = false)]
    unit: Option<String>,
    /// Có vai trò này: `unit-head`.
    #[param(nullable = false, pattern = "^(admin|coordinator|unit-officer|unit-head|appraiser|council|leader)$")]
    role: Option<String>,
    /// Kể cả người đã đóng tài khoản.
    #[param(nullable = false)]
    closed: Option<bool>,
    /// `next` của trang trước.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Số dòng một trang.
    #[param(minimum = 1, maximum = 500, default = 50, nullable = false)]
    limit: Option<u32>,
}

/// People within reach, in the order of protocol.
#[utoipa::path(get, path = "/api/v1/people", tag = "Cán bộ", operation_id = "person_list", summary = "Cán bộ trong phạm vi được xem", params(PeopleAsked),
    responses((status = 200, description = "Một trang cán bộ", body = Paged<PersonView>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PeopleAsked>) -> Result<Json<Paged<PersonView>>, Problem> {
    let mut filter = PersonFilter::within(caller.reach(Action::ViewPeople)?, caller.today);
    filter.unit = asked.unit;
    filter.role = asked.role.as_deref().map(role).transpose()?;
    filter.text = asked.text.unwrap_or_default();
    filter.held = if asked.closed == Some(true) { Held::ClosedToo } else { Held::Present };
    let after = asked.cursor.as_deref().map(str::parse::<PersonCursor>).transpose().map_err(Problem::of_list)?;
    let page = caller.store().person_list(&filter, after.as_ref(), paged::limit(asked.limit)?).await?;
    let items = page.people.iter().map(|(row, posts)| PersonView::new(row, posts)).collect();
    Ok(Json(Paged { items, next: page.next.map(|cursor| cursor.to_string()) }))
}

pub(super) fn role(code: &str) -> Result<Role, Problem> {
    let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    let unknown = || {
        Problem::bad_request(format!("Không có vai trò «{code}».")).hint(format!("Các vai trò: {}.", known.join(", ")))
    };
    Role::from_code(code).ok_or_else(unknown)
}

/// A person with all his posts.
#[utoipa::path(get, path = "/api/v1/people/{id}", tag = "Cán bộ", operation_id = "person_find", summary = "Một cán bộ và mọi chức vụ",
    params(("id" = String, Path, description = "Mã người dùng")),
    responses((status = 200, description = "Cán bộ", body = PersonView)))]
pub async fn one(caller: Caller, Path(id): Path<String>) -> Result<Json<PersonView>, Problem> {
    caller.reach(Action::ViewPeople).or_else(|refused| caller.reach(Action::ViewSelf).map_err(|_| refused))?;
    let (row, posts) = find(&caller, &id).await?;
    let places = places(&caller, &posts).await?;
    let himself = caller.grant(Action::ViewSelf, &Resource::of_person(&row.id)).is_ok();
    if !himself {
        anywhere(&caller, Action::ViewPeople, &row.id, &places)?;
    }
    let mut view = PersonView::new(&row, &posts);
    if himself || anywhere(&caller, Action::ViewContacts, &row.id, &places).is_ok() {
        let contact = caller.store().person_contact(&row.id).await?.unwrap_or_default();
        view.phone = Some(contact.phone).filter(|phone| !phone.is_empty());
        view.email = Some(contact.email).filter(|email| !email.is_empty());
    }
    Ok(Json(view))
}

/// A person and all his posts.
pub(super) async fn find(caller: &Caller, id: &str) -> Result<(PersonRow, Vec<PostRow>), Problem> {
    let person = PersonId::from(id);
    let row = caller.store().person_find(&person).await?;
    let row = row.ok_or_else(|| Problem::not_found(format!("Không có người dùng «{id}».")))?;
    Ok((row, caller.store().post_list_of(&person).await?))
}

/// Posts, each with the codes of the units above it today.
pub(super) async fn places(caller: &Caller, posts: &[PostRow]) -> Result<Vec<(Post, Vec<String>)>, Problem> {
    let mut places = Vec::with_capacity(posts.len());
    for row in posts {
        places.push((row.post.clone(), caller.above(&row.post.unit).await?));
    }
    Ok(places)
}

/// Whether the action reaches the person in any post that he holds today, or wherever he is.
fn anywhere(caller: &Caller, action: Action, person: &PersonId, places: &[(Post, Vec<String>)]) -> Result<(), Problem> {
    let held = places.iter().filter(|(post, _)| post.holds_on(caller.today));
    let mut of_posts = held.map(|(post, above)| Resource::of_unit(&post.unit, above).owned_by(person));
    if of_posts.any(|resource| caller.grant(action, &resource).is_ok()) {
        return Ok(());
    }
    caller.grant(action, &Resource::of_person(person)).map(|_| ())
}

/// A person to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// Họ và tên.
    #[schema(min_length = 1, max_length = 100, example = "Nguyễn Văn An")]
    name: String,
    /// Tên đăng nhập: mở tài khoản ngay; mật khẩu đầu tiên do người quản lý tài khoản cấp ở trang web.
    #[serde(default)]
    #[schema(example = "an.nguyen-van")]
    login: Option<String>,
    /// Chức vụ đầu tiên; chỉ người được thêm cán bộ ở mọi nơi mới được bỏ trống.
    #[serde(default)]
    post: Option<NewPost>,
    /// Lý do.
    #[serde(default)]
    reason: String,
}

/// Enters a person, with a first post where one is given. Telephone and mail are entered on his page, where they
/// are sealed.
#[utoipa::path(post, path = "/api/v1/people", tag = "Cán bộ", operation_id = "person_register", summary = "Thêm cán bộ; điện thoại, thư nhập ở trang web vì được niêm phong", request_body = NewPerson,
    responses((status = 201, description = "Đã thêm", body = Written)))]
pub async fn register(caller: Caller, key: Key, Sent(new): Sent<NewPerson>) -> Result<Done<Written>, Problem> {
    caller.reach(Action::EditPeople)?;
    if let Some(Err(error)) = new.login.as_deref().map(str::parse::<Login>) {
        return Err(Problem::new(Kind::Refused, error.to_string()));
    }
    let person = PersonId(name_of(&caller, &key, "person"));
    let post = new.post.map(|post| post.read(PostId(name_of(&caller, &key, "post")))).transpose()?;
    let mut held = Vec::new();
    if let Some(post) = &post {
        held.push((post.clone(), caller.above(&post.unit).await?));
    }
    let whole = |action| authorize_person(caller.viewer(), action, &person, &held, caller.today);
    let mut entering = whole(Action::EditPeople);
    if new.login.is_some() {
        // Opening an account is managing it.
        entering = entering.and_then(|grant| whole(Action::ManageAccounts).map(|_| grant));
    }
    // Both are asked for before either is done.
    let entering = context(&caller, &key, entering).await?.because(new.reason.clone());
    let stream = people::stream(&person)?;
    let appointing = match held.first() {
        Some((post, above)) => {
            let resource = Resource::of_unit(&post.unit, above).owned_by(&person);
            let granted = authorize_roles(caller.viewer(), Action::Appoint, &post.roles, &resource, caller.today);
            Some(context(&caller, &key.part("post"), granted).await?.because(new.reason))
        }
        None => None,
    };
    let command = PersonCommand::Register {
        name: new.name,
        login: new.login,
        contact: Contact::default(),
        simulated: caller.demonstration,
    };
    let committed = caller.store().commit::<Person>(&stream, command, entering).await;
    let committed = committed.map_err(|error| Problem::of_commit(&error))?;
    if let (Some(post), Some(context)) = (post, appointing) {
        let done = caller.store().commit::<Person>(&stream, PersonCommand::Appoint { post }, context).await;
        done.map_err(|error| {
            let problem = Problem::of_commit(&error);
            let detail = format!("{} Người này đã được thêm với mã {person}, chức vụ thì chưa.", problem.detail);
            Problem { detail: detail.into(), ..problem }.hint("Bổ nhiệm riêng bằng POST /api/v1/people/{id}/posts.")
        })?;
    }
    let location = format!("{ADDRESS}/people/{person}");
    Ok(Done::of(person.0, &committed).made(location))
}

/// Why somebody leaves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// Số, ký hiệu văn bản; có thể trống nếu ghi lý do.
    #[serde(default)]
    document: String,
    /// Lý do; có thể trống nếu ghi văn bản.
    #[serde(default)]
    reason: String,
}

/// He leaves: his account, his posts and what he delegated end this second.
#[utoipa::path(post, path = "/api/v1/people/{id}/close", tag = "Cán bộ", operation_id = "person_close", summary = "Cho thôi việc: tài khoản, chức vụ, ủy quyền dừng ngay",
    params(("id" = String, Path, description = "Mã người dùng")), request_body = Leaving,
    responses((status = 200, description = "Tài khoản đã đóng", body = Written)))]
pub async fn close(
    caller: Caller,
    Path(id): Path<String>,
    key: Key,
    Sent(leaving): Sent<Leaving>,
) -> Result<Done<Written>, Problem> {
    caller.principal(Action::ManageAccounts)?;
    let (row, posts) = find(&caller, &id).await?;
    let places = places(&caller, &posts).await?;
    let granted = authorize_person(caller.viewer(), Action::ManageAccounts, &row.id, &places, caller.today);
    let context = context(&caller, &key, granted).await?.because(leaving.reason);
    let command = PersonCommand::CloseAccount { document: leaving.document };
    let committed = caller.store().commit::<Person>(&people::stream(&row.id)?, command, context).await;
    let committed = committed.map_err(|error| Problem::of_commit(&error))?;
    caller.store().session_close_others(&row.id, "").await?;
    Ok(Done::of(id, &committed))
}
