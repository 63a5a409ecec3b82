//! `/units`: units and departments on a day, and what happened to them.

use axum::Json;
use axum::extract::Path;
use cchc_access::{Action, Resource};
use cchc_text::fold;
use cchc_units::{Event, Level, UnitError, UnitId, Version};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::Asked;
use super::caller::Caller;
use super::paged::{self, Paged};
use super::problem::Problem;

/// A unit as it was in a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView {
    /// Code in that period.
    #[schema(example = "08707")]
    pub code: String,
    /// The unit itself: codes are used again for other units, this is not.
    #[schema(example = "08740@2025-01-01")]
    pub id: String,
    /// Ký hiệu in document numbers; departments only.
    pub symbol: Option<String>,
    /// Name.
    #[schema(example = "Phường Tích Sơn")]
    pub name: String,
    /// `tinh`, `so`, `huyen`, `xa`.
    pub level: &'static str,
    /// Type as the source writes it: `phuong`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of the unit above.
    pub parent: Option<String>,
    /// First day; `null`: since before the record.
    #[schema(format = Date)]
    pub valid_from: Option<String>,
    /// Last day; `null`: until further notice.
    #[schema(format = Date)]
    pub valid_to: Option<String>,
    /// Codes of the units after it.
    pub successors: Vec<String>,
    /// The decisions.
    pub legal_basis: String,
    /// How sure the row is.
    pub confidence: String,
}

impl From<&Version> for UnitView {
    fn from(version: &Version) -> Self {
        Self {
            code: version.code.clone(),
            id: version.unit.to_string(),
            symbol: version.symbol.clone(),
            name: version.name.clone(),
            level: version.level.code(),
            kind: version.kind.clone(),
            parent: version.parent.clone(),
            valid_from: version.period.from.map(|day| day.to_string()),
            valid_to: version.period.to.map(|day| day.to_string()),
            successors: version.successors.clone(),
            legal_basis: version.legal_basis.clone(),
            confidence: version.confidence.clone(),
        }
    }
}

/// Which units.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitsAsked {
    /// Ngày; không ghi thì là hôm nay.
    #[param(value_type = Option<String>, format = Date, nullable = false)]
    day: Option<Date>,
    /// Thuộc cấp này: `tinh`, `so`, `huyen`, `xa`.
    #[param(nullable = false, pattern = "^(tinh|so|huyen|xa)$")]
    level: Option<String>,
    /// Trực thuộc đơn vị mang mã này.
    #[param(nullable = false)]
    parent: Option<String>,
    /// Từ trong tên hoặc mã, có dấu hay không dấu đều được.
    #[param(nullable = false)]
    text: Option<String>,
    /// `next` của trang trước.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Số dòng một trang.
    #[param(minimum = 1, maximum = 500, default = 50, nullable = false)]
    limit: Option<u32>,
}

/// Units on a day, in the order of protocol.
#[utoipa::path(get, path = "/api/v1/units", tag = "Đơn vị", operation_id = "unit_list", summary = "Đơn vị vào một ngày, theo thứ tự", params(UnitsAsked),
    responses((status = 200, description = "Một trang đơn vị", body = Paged<UnitView>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<UnitsAsked>) -> Result<Json<Paged<UnitView>>, Problem> {
    caller.grant(Action::ViewUnits, &Resource::system())?;
    let size = paged::limit(asked.limit)?;
    let level = match &asked.level {
        None => None,
        Some(code) => Some(Level::from_code(code).ok_or_else(|| unknown_level(code))?),
    };
    let words: Vec<String> =
        fold(asked.text.as_deref().unwrap_or_default()).split_whitespace().map(Into::into).collect();
    let tree = caller.units.as_of(asked.day.unwrap_or(caller.today));
    let wanted = |version: &&Version| {
        let folded = fold(&format!("{} {}", version.name, version.code));
        level.is_none_or(|level| version.level == level)
            && asked.parent.as_deref().is_none_or(|parent| version.parent.as_deref() == Some(parent))
            && words.iter().all(|word| folded.contains(word.as_str()))
    };
    let rows: Vec<&Version> = tree.iter().map(|node| node.version).filter(wanted).collect();
    let (rows, next) = paged::page(&rows, |row| row.unit.to_string(), asked.cursor.as_deref(), size)?;
    Ok(Json(Paged { items: rows.iter().map(|row| UnitView::from(*row)).collect(), next }))
}

fn unknown_level(code: &str) -> Problem {
    let known: Vec<&str> = Level::ALL.iter().map(|level| level.code()).collect();
    Problem::bad_request(format!("Không có cấp «{code}».")).hint(format!("Các cấp: {}.", known.join(", ")))
}

/// On which day.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DayAsked {
    /// Ngày tra mã; không ghi thì là hôm nay.
    #[param(value_type = Option<String>, format = Date, nullable = false)]
    day: Option<Date>,
}

/// The unit that bears a code on a day.
#[utoipa::path(get, path = "/api/v1/units/{code}", tag = "Đơn vị", operation_id = "unit_find", summary = "Đơn vị mang một mã vào một ngày",
    params(("code" = String, Path, description = "Mã đơn vị, hoặc đích danh đơn vị: `08740@2025-01-01`"), DayAsked),
    responses((status = 200, description = "Đơn vị", body = UnitView)))]
pub async fn one(
    caller: Caller,
    Path(code): Path<String>,
    Asked(asked): Asked<DayAsked>,
) -> Result<Json<UnitView>, Problem> {
    caller.grant(Action::ViewUnits, &Resource::system())?;
    Ok(Json(find(&caller, &code, asked.day)?.into()))
}

/// Something that happened to a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitEvent {
    /// The day; `null`: before the record.
    #[schema(format = Date)]
    pub on: Option<String>,
    /// What happened, one sentence in Vietnamese.
    pub sentence: String,
    /// The decision.
    pub legal_basis: String,
    /// How sure it is.
    pub confidence: String,
    /// What happened, for programs: `kind` and what belongs to it (other units, old and new name).
    #[schema(value_type = Object)]
    pub details: serde_json::Value,
}

impl From<&Event> for UnitEvent {
    fn from(event: &Event) -> Self {
        Self {
            on: event.on.map(|day| day.to_string()),
            sentence: event.sentence(),
            legal_basis: event.legal_basis.clone(),
            confidence: event.confidence.clone(),
            details: serde_json::to_value(&event.kind).unwrap_or_default(),
        }
    }
}

/// A unit's history.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitHistory {
    /// The unit itself.
    pub id: String,
    /// Its versions in the order of time.
    pub versions: Vec<UnitView>,
    /// What happened to it, in the order of time.
    pub events: Vec<UnitEvent>,
}

/// What happened to the unit that bears a code on a day.
#[utoipa::path(get, path = "/api/v1/units/{code}/history", tag = "Đơn vị", operation_id = "unit_history", summary = "Lịch sử của một đơn vị",
    params(("code" = String, Path, description = "Mã đơn vị, hoặc đích danh đơn vị: `08740@2025-01-01`"), DayAsked),
    responses((status = 200, description = "Các bản và sự kiện", body = UnitHistory)))]
pub async fn history(
    caller: Caller,
    Path(code): Path<String>,
    Asked(asked): Asked<DayAsked>,
) -> Result<Json<UnitHistory>, Problem> {
    caller.grant(Action::ViewUnits, &Resource::system())?;
    let id = &find(&caller, &code, asked.day)?.unit;
    let events = caller.units.history(id).map_err(|error| refused(&error))?;
    Ok(Json(UnitHistory {
        id: id.to_string(),
        versions: caller.units.versions(id).map(UnitView::from).collect(),
        events: events.iter().map(UnitEvent::from).collect(),
    }))
}

fn find<'a>(caller: &'a Caller, code: &str, day: Option<Date>) -> Result<&'a Version, Problem> {
    let on = day.unwrap_or(caller.today);
    if code.contains('@') {
        let id: UnitId = code.parse().map_err(|error| Problem::bad_request(format!("Mã «{code}»: {error}.")))?;
        let versions: Vec<&Version> = caller.units.versions(&id).collect();
        let held = versions.iter().find(|version| version.period.contains(on)).or(versions.last());
        let missing = || refused(&UnitError::UnknownUnit { id: id.clone(), nearest: Vec::new() });
        return held.copied().ok_or_else(missing);
    }
    caller.units.find(code, on).map_err(|error| refused(&error))
}

fn refused(error: &UnitError) -> Problem {
    let problem = Problem::not_found(error.to_string());
    match error.hint() {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}
