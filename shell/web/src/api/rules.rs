//! `/rules`: the versions of a rule, by when they are valid and when the system knew them.

use axum::Json;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Resource};
use cchc_papers::rule_file::RuleKind;
use cchc_store::rules::RuleRow;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::Asked;
use super::caller::Caller;
use super::problem::Problem;
use crate::pages::download;

/// A version of a rule, without its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// Hash of the content, 64 hexadecimal digits.
    #[schema(min_length = 64, max_length = 64)]
    pub id: String,
    /// Number of the event that brought it.
    pub version: u64,
    /// First day of validity; `null`: since ever.
    #[schema(format = Date)]
    pub valid_from: Option<String>,
    /// Last day of validity; `null`: until further notice.
    #[schema(format = Date)]
    pub valid_to: Option<String>,
    /// When the system learned it.
    pub known_from: String,
    /// When the system learned better; `null`: it still holds.
    pub known_to: Option<String>,
    /// Legal basis or source.
    pub basis: String,
    /// Bytes of the content.
    pub size: usize,
}

impl From<&RuleRow> for VersionView {
    fn from(row: &RuleRow) -> Self {
        Self {
            id: row.id.to_string(),
            version: row.version,
            valid_from: row.valid_from.map(|day| day.to_string()),
            valid_to: row.valid_to.map(|day| day.to_string()),
            known_from: row.known_from.to_string(),
            known_to: row.known_to.map(|at| at.to_string()),
            basis: row.basis.clone(),
            size: row.content.len(),
        }
    }
}

/// The versions of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct Versions {
    /// In the order in which they became known.
    pub items: Vec<VersionView>,
}

/// Which versions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionsAsked {
    /// Có hiệu lực vào ngày này.
    #[param(value_type = Option<String>, format = Date, nullable = false)]
    valid: Option<Date>,
    /// Hệ thống đang dùng vào cuối ngày này.
    #[param(value_type = Option<String>, format = Date, nullable = false)]
    known: Option<Date>,
}

/// All versions of a rule, or those that were valid or known on a day.
#[utoipa::path(get, path = "/api/v1/rules/{kind}/{name}/versions", tag = "Quy tắc", operation_id = "rule_versions", summary = "Các bản của một quy tắc: có hiệu lực, được biết khi nào",
    params(("kind" = String, Path, description = "Loại quy tắc: `units`, `departments`, `criteria-set`, `days-off`, `series`, `series-figures`"),
        ("name" = String, Path, description = "Tên quy tắc: `vinh-phuc`"), VersionsAsked),
    responses((status = 200, description = "Các bản", body = Versions)))]
pub async fn versions(
    caller: Caller,
    Path((kind, name)): Path<(String, String)>,
    Asked(asked): Asked<VersionsAsked>,
) -> Result<Json<Versions>, Problem> {
    let rows = rows(&caller, &kind, &name).await?;
    let valid = |row: &&RuleRow| {
        asked
            .valid
            .is_none_or(|day| row.valid_from.is_none_or(|from| from <= day) && row.valid_to.is_none_or(|to| day <= to))
    };
    let known = |row: &&RuleRow| {
        asked.known.is_none_or(|day| row.known_from.date() <= day && row.known_to.is_none_or(|to| to.date() > day))
    };
    Ok(Json(Versions { items: rows.iter().filter(valid).filter(known).map(VersionView::from).collect() }))
}

/// The content of a version, in the written form of its kind: CSV, or TOML for a criteria set.
#[utoipa::path(get, path = "/api/v1/rules/{kind}/{name}/versions/{version}/content", tag = "Quy tắc",
    operation_id = "rule_content", summary = "Nội dung một bản của quy tắc",
    params(("kind" = String, Path, description = "Loại quy tắc: `units`, `departments`, `criteria-set`, `days-off`, `series`, `series-figures`"),
        ("name" = String, Path, description = "Tên quy tắc"),
        ("version" = String, Path, description = "`id` của bản")),
    responses((status = 200, description = "Nội dung: CSV, hoặc TOML nếu là bộ tiêu chí", content((String = "text/csv"), (String = "application/toml")))))]
pub async fn content(
    caller: Caller,
    Path((kind, name, version)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let rows = rows(&caller, &kind, &name).await?;
    let row = rows.into_iter().find(|row| row.id.to_string() == version);
    let row = row.ok_or_else(|| Problem::not_found("Quy tắc này không có bản mang mã đó."))?;
    let form = if row.kind == RuleKind::CriteriaSet.code() { download::TOML } else { download::CSV };
    Ok(([(CONTENT_TYPE, form)], row.content).into_response())
}

async fn rows(caller: &Caller, kind: &str, name: &str) -> Result<Vec<RuleRow>, Problem> {
    let missing = || Problem::not_found(format!("Không có quy tắc «{kind}/{name}»."));
    let action = match RuleKind::from_code(kind).ok_or_else(missing)? {
        RuleKind::Units | RuleKind::Departments => Action::ViewUnits,
        RuleKind::CriteriaSet => Action::ViewSets,
        RuleKind::DaysOff => Action::ViewDaysOff,
        RuleKind::Series | RuleKind::SeriesFigures => Action::ViewSeries,
    };
    caller.grant(action, &Resource::system())?;
    let rows = caller.store().rule_versions(kind, name).await?;
    if rows.is_empty() { Err(missing()) } else { Ok(rows) }
}
