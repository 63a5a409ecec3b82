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
    /// Mã đơn vị; chỉ chức vụ quản trị hệ thống được bỏ trống.
    #[schema(example = "08707")]
    unit: String,
    /// Chức vụ.
    #[schema(min_length = 1, max_length = 200, example = "Công chức Văn phòng – Thống kê")]
    title: String,
    /// Chức vụ Đảng.
    #[serde(default)]
    party_title: Option<String>,
    /// Mã các vai trò: `unit-officer`.
    #[serde(default)]
    roles: Vec<String>,
    /// Mã các lĩnh vực của người thẩm định.
    #[serde(default)]
    fields: Vec<String>,
    /// Tư cách ký: trống là ký với tư cách của mình, `TM`, `Q`.
    #[serde(default)]
    capacity: String,
    /// Từ ngày.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Đến hết ngày; không có thì cho đến khi có quyết định khác.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Số, ký hiệu văn bản bổ nhiệm.
    #[serde(default)]
    document: String,
    /// Thứ tự, nhỏ trước.
    #[serde(default)]
    #[schema(maximum = 2147483647)]
    order: u32,
    /// Lý do.
    #[serde(default)]
    reason: String,
}

impl NewPost {
    /// The post under that name.
    ///
    /// # Errors
    /// 400 for a role or capacity that there is not.
    pub(super) fn read(self, id: PostId) -> Result<Post, Problem> {
        let roles: Vec<Role> = self.roles.iter().map(|code| role(code)).collect::<Result<_, _>>()?;
        let unknown = || Problem::bad_request(format!("Không có tư cách ký «{}».", self.capacity));
        let capacity = Capacity::from_code(&self.capacity).ok_or_else(unknown)?;
        Ok(Post {
            id,
            unit: self.unit,
            title: self.title,
            party_title: self.party_title,
            roles,
            fields: self.fields,
            capacity,
            from: self.from,
            to: self.to,
            document: self.document,
            order: self.order,
        })
    }
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
    let reason = new.reason.clone();
    let post = new.read(PostId(name_of(&caller, &key, "post")))?;
    let above = caller.above(&post.unit).await?;
    let resource = Resource::of_unit(&post.unit, &above).owned_by(&row.id);
    let granted = authorize_roles(caller.viewer(), Action::Appoint, &post.roles, &resource, caller.today);
    let context = context(&caller, &key, granted).await?.because(reason);
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
    /// Ngày cuối giữ chức vụ.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// Số, ký hiệu văn bản.
    #[serde(default)]
    document: String,
    /// Lý do.
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
