//! `/drafts`: prepared changes of rules.

use axum::Json;
use axum::extract::Path;
use cchc_access::{Action, Grant, Refusal, Resource, authorize};
use cchc_ledger::StreamId;
use cchc_ledger::draft::{Draft, DraftCommand, Standing};
use cchc_store::drafts::{DraftFilter, DraftRow};
use cchc_store::list::Place;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Asked, Key, Sent};
use super::caller::Caller;
use super::paged::{self, Paged};
use super::problem::Problem;
use super::write::{Done, Written, context};

/// A prepared change, without its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftView {
    /// Id.
    pub id: String,
    /// Kind of rule: `units`, `departments`, `criteria-set`, `days-off`, `series`, `series-figures`.
    pub kind: String,
    /// Name of the rule.
    pub name: String,
    /// `open`, `applied`, `discarded`.
    pub standing: String,
    /// Id of the post whose work it is.
    pub holder: String,
    /// Code of the unit for which it was prepared.
    pub unit: String,
    /// Id of who prepared it.
    pub opened_by: String,
    /// When.
    pub opened_at: String,
    /// When it was applied or discarded.
    pub closed_at: Option<String>,
    /// Errors found.
    pub errors: i64,
    /// Warnings found.
    pub warnings: i64,
    /// The difference in a sentence.
    pub summary: String,
}

impl From<DraftRow> for DraftView {
    fn from(row: DraftRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            name: row.name,
            standing: row.standing,
            holder: row.holder,
            unit: row.unit,
            opened_by: row.opened_by,
            opened_at: row.opened_at.to_string(),
            closed_at: (row.closed_at.0 != 0).then(|| row.closed_at.to_string()),
            errors: row.errors,
            warnings: row.warnings,
            summary: row.summary,
        }
    }
}

/// A prepared change with its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeDraft {
    /// The draft.
    pub draft: DraftView,
    /// The new content, in the written form of its kind.
    pub content: String,
    /// First day of validity; empty: since ever.
    pub valid_from: String,
    /// Last day of validity; empty: until further notice.
    pub valid_to: String,
    /// Legal basis or source.
    pub basis: String,
    /// Id of the version with which it was compared.
    pub replaces: Option<String>,
}

/// Which drafts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DraftsAsked {
    /// `open`, `applied`, `discarded`: đang mở, đã áp dụng, đã bỏ.
    #[param(nullable = false, pattern = "^(open|applied|discarded)$")]
    standing: Option<String>,
    /// Loại quy tắc.
    #[param(nullable = false)]
    kind: Option<String>,
    /// Lập cho đơn vị này.
    #[param(nullable = false)]
    unit: Option<String>,
    /// `next` của trang trước.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Số dòng một trang.
    #[param(minimum = 1, maximum = 500, default = 50, nullable = false)]
    limit: Option<u32>,
}

/// Drafts within reach, the newest first.
#[utoipa::path(get, path = "/api/v1/drafts", tag = "Bản nháp", operation_id = "draft_list", summary = "Bản nháp trong phạm vi được xem, mới trước", params(DraftsAsked),
    responses((status = 200, description = "Một trang bản nháp", body = Paged<DraftView>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<DraftsAsked>) -> Result<Json<Paged<DraftView>>, Problem> {
    let mut filter = DraftFilter::within(caller.reach(Action::ViewDrafts)?, caller.today);
    filter.standing = match asked.standing.as_deref() {
        None => None,
        Some("open") => Some(Standing::Open),
        Some("applied") => Some(Standing::Applied),
        Some("discarded") => Some(Standing::Discarded),
        Some(other) => return Err(Problem::bad_request(format!("standing không thể là «{other}»."))),
    };
    filter.kind = asked.kind;
    filter.unit = asked.unit;
    let place = Place { cursor: asked.cursor.as_deref(), size: paged::limit(asked.limit)? };
    let page = caller.store().draft_list(&filter, place).await.map_err(Problem::of_list)?;
    Ok(Json(Paged { items: page.rows.into_iter().map(DraftView::from).collect(), next: page.after }))
}

/// A draft with its content.
#[utoipa::path(get, path = "/api/v1/drafts/{id}", tag = "Bản nháp", operation_id = "draft_find", summary = "Một bản nháp và nội dung",
    params(("id" = String, Path, description = "Mã bản nháp")),
    responses((status = 200, description = "Bản nháp", body = WholeDraft)))]
pub async fn one(caller: Caller, Path(id): Path<String>) -> Result<Json<WholeDraft>, Problem> {
    let (row, draft) = find(&caller, &id).await?;
    let change = draft.change.ok_or_else(|| missing(&id))?;
    Ok(Json(WholeDraft {
        draft: row.into(),
        content: change.content,
        valid_from: change.valid_from,
        valid_to: change.valid_to,
        basis: change.basis,
        replaces: change.replaces.map(|hash| hash.to_string()),
    }))
}

fn missing(id: &str) -> Problem {
    Problem::not_found(format!("Không có bản nháp «{id}»."))
}

/// A draft that may be seen.
async fn find(caller: &Caller, id: &str) -> Result<(DraftRow, Draft), Problem> {
    caller.reach(Action::ViewDrafts)?;
    let (row, draft) = caller.store().draft_find(id).await?.ok_or_else(|| missing(id))?;
    let above = caller.above(&row.unit).await?;
    caller.grant(Action::ViewDrafts, &place(&row, &above))?;
    Ok((row, draft))
}

fn place<'a>(row: &'a DraftRow, above: &'a [String]) -> Resource<'a> {
    if row.unit.is_empty() { Resource::system() } else { Resource::of_unit(&row.unit, above) }
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Lý do; bỏ bản nháp thì phải ghi.
    #[serde(default)]
    reason: String,
}

/// Applies a draft; the change of the rule follows by itself.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/apply", tag = "Bản nháp", operation_id = "draft_apply", summary = "Áp dụng bản nháp; quy tắc tự đổi theo sau đó",
    params(("id" = String, Path, description = "Mã bản nháp")), request_body = Decision,
    responses((status = 200, description = "Đã áp dụng", body = Written)))]
pub async fn apply(
    caller: Caller,
    Path(id): Path<String>,
    key: Key,
    Sent(decision): Sent<Decision>,
) -> Result<Done<Written>, Problem> {
    let (row, _) = find(&caller, &id).await?;
    let granted = applying(&caller, &row);
    decide(&caller, &id, &key, granted, DraftCommand::Apply, decision.reason).await
}

/// Gives a draft up: whoever may apply it, and who prepared it.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/discard", tag = "Bản nháp", operation_id = "draft_discard", summary = "Bỏ bản nháp",
    params(("id" = String, Path, description = "Mã bản nháp")), request_body = Decision,
    responses((status = 200, description = "Đã bỏ", body = Written)))]
pub async fn discard(
    caller: Caller,
    Path(id): Path<String>,
    key: Key,
    Sent(decision): Sent<Decision>,
) -> Result<Done<Written>, Problem> {
    let (row, _) = find(&caller, &id).await?;
    let own = caller.visitor.person() == Some(row.opened_by.as_str());
    let granted = match applying(&caller, &row) {
        Err(refused) if own => {
            let above = caller.above(&row.unit).await?;
            let action = Action::proposing(&row.kind).ok_or(refused);
            action.and_then(|action| authorize(caller.viewer(), action, &place(&row, &above), caller.today))
        }
        granted => granted,
    };
    decide(&caller, &id, &key, granted, DraftCommand::Discard, decision.reason).await
}

fn applying(caller: &Caller, row: &DraftRow) -> Result<Grant, Refusal> {
    let action = Action::applying(&row.kind).unwrap_or(Action::ManageSystem);
    authorize(caller.viewer(), action, &Resource::system(), caller.today)
}

async fn decide(
    caller: &Caller,
    id: &str,
    key: &Key,
    granted: Result<Grant, Refusal>,
    command: DraftCommand,
    reason: String,
) -> Result<Done<Written>, Problem> {
    let context = context(caller, key, granted).await?.because(reason);
    let stream = StreamId::new("draft", id).map_err(|_| missing(id))?;
    let committed = caller.store().commit::<Draft>(&stream, command, context).await;
    Ok(Done::of(id.to_owned(), &committed.map_err(|error| Problem::of_commit(&error))?))
}
