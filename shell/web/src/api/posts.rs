//! `/people/{id}/posts`: giving a post, ending one.

use axum::extract::Path;
use cchc_access::appointing::authorize_roles;
use cchc_access::{Action, Capacity, Person, PersonCommand, Post, PostId, Resource, Role};
use cchc_store::people;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ADDRESS;
use super::ask::{Key, Sent};
use super::caller::Caller;
use super::people::{find, role};
use super::problem::Problem;
use super::write::{Done, Written, context, name_of};

/// A post to give.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPost {
    /// Code of the unit; empty only for a post that runs the system.
    #[schema(example = "08707")]
    unit: String,
    /// Chức vụ.
    #[schema(min_length = 1, max_length = 200, example = "Công chức Văn phòng – Thống kê")]
    title: String,
    /// Chức vụ Đảng.
    #[serde(default)]
    party_title: Option<String>,
    /// Codes of the roles: `unit-officer`.
    #[serde(default)]
    roles: Vec<String>,
    /// Codes of the fields of an appraiser.
    #[serde(default)]
    fields: Vec<String>,
    /// How its holder signs: empty as himself, `TM`, `Q`.
    #[serde(default)]
    capacity: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Last day; without it until further notice.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Number and symbol of the document that appoints.
    #[serde(default)]
    document: String,
    /// Place in the order of protocol, smallest first.
    #[serde(default)]
    #[schema(maximum = 2147483647)]
    order: u32,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Gives a person a post.
#[utoipa::path(post, path = "/api/v1/people/{id}/posts", tag = "Cán bộ", operation_id = "post_appoint", summary = "Bổ nhiệm",
    params(("id" = String, Path, description = "Mã người dùng")), request_body = NewPost,
    responses((status = 201, description = "Đã bổ nhiệm", body = Written)))]
pub async fn appoint(
    caller: Caller,
    Path(id): Path<String>,
    key: Key,
    Sent(new): Sent<NewPost>,
) -> Result<Done<Written>, Problem> {
    caller.principal(Action::Appoint)?;
    let (row, _) = find(&caller, &id).await?;
    let roles: Vec<Role> = new.roles.iter().map(|code| role(code)).collect::<Result<_, _>>()?;
    let unknown = || Problem::bad_request(format!("Không có tư cách ký «{}».", new.capacity));
    let capacity = Capacity::from_code(&new.capacity).ok_or_else(unknown)?;
    let above = caller.above(&new.unit).await?;
    let resource = Resource::of_unit(&new.unit, &above).owned_by(&row.id);
    let granted = authorize_roles(caller.viewer(), Action::Appoint, &roles, &resource, caller.today);
    let context = context(&caller, &key, granted).await?.because(new.reason);
    let post = Post {
        id: PostId(name_of(&caller, &key, "post")),
        unit: new.unit,
        title: new.title,
        party_title: new.party_title,
        roles,
        fields: new.fields,
        capacity,
        from: new.from,
        to: new.to,
        document: new.document,
        order: new.order,
    };
    let name = post.id.0.clone();
    let command = PersonCommand::Appoint { post };
    let committed = caller.store().commit::<Person>(&people::stream(&row.id)?, command, context).await;
    let committed = committed.map_err(|error| Problem::of_commit(&error))?;
    Ok(Done::of(name, &committed).made(format!("{ADDRESS}/people/{}", row.id)))
}

/// When a post ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostEnd {
    /// The last day.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// Number and symbol of the document.
    #[serde(default)]
    document: String,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Sets the last day of a post.
#[utoipa::path(post, path = "/api/v1/people/{id}/posts/{post}/end", tag = "Cán bộ", operation_id = "post_end", summary = "Kết thúc một chức vụ",
    params(("id" = String, Path, description = "Mã người dùng"), ("post" = String, Path, description = "Mã chức vụ")),
    request_body = PostEnd, responses((status = 200, description = "Chức vụ đã có ngày kết thúc", body = Written)))]
pub async fn end(
    caller: Caller,
    Path((id, post)): Path<(String, String)>,
    key: Key,
    Sent(end): Sent<PostEnd>,
) -> Result<Done<Written>, Problem> {
    caller.principal(Action::Appoint)?;
    let (row, posts) = find(&caller, &id).await?;
    let held = posts.iter().map(|row| &row.post).find(|held| held.id.0 == post);
    let held = held.ok_or_else(|| Problem::not_found("Người này không có chức vụ đó."))?;
    let above = caller.above(&held.unit).await?;
    let resource = Resource::of_unit(&held.unit, &above).owned_by(&row.id);
    let granted = authorize_roles(caller.viewer(), Action::Appoint, &held.roles, &resource, caller.today);
    let context = context(&caller, &key, granted).await?.because(end.reason);
    let command = PersonCommand::EndPost { post: held.id.clone(), to: end.to, document: end.document };
    let committed = caller.store().commit::<Person>(&people::stream(&row.id)?, command, context).await;
    let committed = committed.map_err(|error| Problem::of_commit(&error))?;
    Ok(Done::of(post, &committed))
}
