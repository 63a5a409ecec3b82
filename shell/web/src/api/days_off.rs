//! `GET /days-off`: days off of a year, and weekend days that are worked.

use axum::Json;
use cchc_access::{Action, Resource};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::Asked;
use super::caller::Caller;
use super::problem::Problem;

/// A day off, or a weekend day that is worked.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayOffView {
    /// The day.
    #[schema(format = Date)]
    pub date: String,
    /// `holiday`, `holiday_on_weekend`, `compensation_day_off`, `swap_day_off`, `makeup_working_day`.
    pub kind: &'static str,
    /// Whether people work on it.
    pub works: bool,
    /// What people call it.
    pub name: String,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub confidence: String,
}

/// The days off of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct YearOff {
    /// The year.
    pub year: i16,
    /// Whether the days off of the year are known at all; `false`: an empty list means nothing.
    pub known: bool,
    /// The days, in order.
    pub items: Vec<DayOffView>,
}

/// Which year.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct YearAsked {
    /// Năm; không ghi thì là năm nay.
    #[param(minimum = 1900, maximum = 2999, nullable = false)]
    year: Option<i16>,
}

/// Days off of a year.
#[utoipa::path(get, path = "/api/v1/days-off", tag = "Lịch nghỉ", operation_id = "day_off_list", summary = "Ngày nghỉ, ngày làm bù của một năm", params(YearAsked),
    responses((status = 200, description = "Ngày nghỉ trong năm", body = YearOff)))]
pub async fn list(caller: Caller, Asked(asked): Asked<YearAsked>) -> Result<Json<YearOff>, Problem> {
    caller.grant(Action::ViewDaysOff, &Resource::system())?;
    let year = asked.year.unwrap_or(caller.today.year());
    if !(1900..=2999).contains(&year) {
        return Err(Problem::bad_request("year phải từ 1900 đến 2999."));
    }
    let rows = caller.days_off.rows().filter(|row| row.date.year() == year);
    let items = rows.map(|row| DayOffView {
        date: row.date.to_string(),
        kind: row.kind.code(),
        works: row.kind.works(),
        name: row.name.clone(),
        source: row.source.clone(),
        confidence: row.confidence.clone(),
    });
    Ok(Json(YearOff { year, known: caller.days_off.covers(year), items: items.collect() }))
}
