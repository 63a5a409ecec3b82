//! `/criteria-sets`: criteria sets, as JSON and as the file that people edit.

use axum::Json;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Resource};
use cchc_index::set::{Criterion, words};
use cchc_index::{CriteriaSet, set_form, toml_form};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::Asked;
use super::caller::Caller;
use super::paged::{self, PageAsked, Paged};
use super::problem::Problem;
use crate::pages::download;

/// A criteria set, without its criteria.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetView {
    /// Id, as in addresses.
    #[schema(example = "vp-2021-xa")]
    pub id: String,
    /// Title.
    pub title: String,
    /// The year that is scored.
    pub year: i16,
    /// `official`, `observed`, `unconfirmed`, `illustrative`.
    pub status: &'static str,
    /// The decision that issued it.
    pub legal_basis: String,
    /// Where it was read.
    pub source: String,
    /// The total, as decimal text.
    #[schema(example = "100")]
    pub total: String,
    /// `percent`, `points`.
    pub result: &'static str,
    /// Decimals of the result.
    pub result_decimals: u8,
    /// Codes of the groups of units that it is for.
    pub groups: Vec<String>,
    /// How many nodes it has.
    pub criteria: usize,
}

impl From<&CriteriaSet> for SetView {
    fn from(set: &CriteriaSet) -> Self {
        Self {
            id: set.id.clone(),
            title: set.title.clone(),
            year: set.year,
            status: words::of(&words::STATUS, set.status),
            legal_basis: set.legal_basis.clone(),
            source: set.source.clone(),
            total: set.total.to_string(),
            result: words::of(&words::RESULT, set.result),
            result_decimals: set.result_decimals,
            groups: set.groups.iter().map(|group| group.code.clone()).collect(),
            criteria: set.criteria.len(),
        }
    }
}

/// A class (xếp loại).
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassView {
    /// Name.
    pub name: String,
    /// The result from which it is given, as decimal text.
    pub from: String,
    /// The percentage of its maximum that every field must reach.
    pub floor: Option<String>,
}

/// A node of the tree of criteria.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionView {
    /// Code, unique in the set.
    #[schema(example = "3.4.1")]
    pub code: String,
    /// Code of the node above.
    pub parent: Option<String>,
    /// `scored`, `bonus`, `penalty`.
    pub part: &'static str,
    /// Title.
    pub title: String,
    /// Points at most, as decimal text.
    pub max: String,
    /// Remark.
    pub note: String,
    /// The clause.
    pub legal_basis: String,
    /// How it is scored; `null` for a node with children.
    pub leaf: Option<LeafView>,
}

/// What a leaf asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeafView {
    /// What is asked.
    pub input: String,
    /// Documents that prove it.
    pub evidence: String,
    /// `person`, `metric`, `survey`, `given`.
    pub source: &'static str,
    /// Name of the count.
    pub metric: String,
    /// Whether it may be "Không áp dụng".
    pub may_be_na: bool,
}

impl CriterionView {
    fn new(set: &CriteriaSet, node: &Criterion) -> Self {
        let leaf = node.leaf.as_ref().map(|leaf| LeafView {
            input: leaf.input.clone(),
            evidence: leaf.evidence.clone(),
            source: words::of(&words::SOURCE, leaf.source),
            metric: leaf.metric.clone(),
            may_be_na: leaf.may_be_na,
        });
        Self {
            code: node.code.clone(),
            parent: node.parent.and_then(|index| set.criteria.get(index)).map(|parent| parent.code.clone()),
            part: words::of(&words::PART, node.part),
            title: node.title.clone(),
            max: node.max.to_string(),
            note: node.note.clone(),
            legal_basis: node.legal_basis.clone(),
            leaf,
        }
    }
}

/// A criteria set with its criteria. Its rules stand in full in `?format=toml`.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeSet {
    /// The set.
    pub set: SetView,
    /// The classes from high to low.
    pub classes: Vec<ClassView>,
    /// All nodes, parents before their children.
    pub criteria: Vec<CriterionView>,
}

/// Criteria sets, the latest year first.
#[utoipa::path(get, path = "/api/v1/criteria-sets", tag = "Bộ tiêu chí", operation_id = "set_list", summary = "Các bộ tiêu chí, năm mới trước", params(PageAsked),
    responses((status = 200, description = "Một trang bộ tiêu chí", body = Paged<SetView>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PageAsked>) -> Result<Json<Paged<SetView>>, Problem> {
    caller.grant(Action::ViewSets, &Resource::system())?;
    let size = paged::limit(asked.limit)?;
    let sets = caller.sets_latest_first();
    let (sets, next) = paged::page(&sets, |set| set.id.clone(), asked.cursor.as_deref(), size)?;
    Ok(Json(Paged { items: sets.iter().map(|set| SetView::from(*set)).collect(), next }))
}

/// In which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FormAsked {
    /// `json`, hoặc `toml`: tệp để soạn, đủ mọi quy tắc chấm.
    #[param(nullable = false, pattern = "^(json|toml)$")]
    format: Option<String>,
}

/// A criteria set.
#[utoipa::path(get, path = "/api/v1/criteria-sets/{id}", tag = "Bộ tiêu chí", operation_id = "set_find", summary = "Một bộ tiêu chí",
    params(("id" = String, Path, description = "Mã bộ tiêu chí"), FormAsked),
    responses((status = 200, description = "Bộ tiêu chí", content((WholeSet = "application/json"), (String = "application/toml")))))]
pub async fn one(caller: Caller, Path(id): Path<String>, Asked(asked): Asked<FormAsked>) -> Result<Response, Problem> {
    caller.grant(Action::ViewSets, &Resource::system())?;
    let set = caller.set(&id).ok_or_else(|| Problem::not_found(format!("Không có bộ tiêu chí «{id}».")))?;
    match asked.format.as_deref() {
        Some("toml") => {
            let text = toml_form::write(&set_form::to_form(set));
            Ok(([(CONTENT_TYPE, download::TOML)], text).into_response())
        }
        None | Some("json") => Ok(Json(whole(set)).into_response()),
        Some(other) => Err(Problem::bad_request(format!("Không có dạng «{other}»; format là json hoặc toml."))),
    }
}

fn whole(set: &CriteriaSet) -> WholeSet {
    let class = |class: &cchc_index::set::Class| ClassView {
        name: class.name.clone(),
        from: class.from.to_string(),
        floor: class.floor.map(|floor| floor.to_string()),
    };
    WholeSet {
        set: set.into(),
        classes: set.classes.iter().map(class).collect(),
        criteria: set.criteria.iter().map(|node| CriterionView::new(set, node)).collect(),
    }
}
