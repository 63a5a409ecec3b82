//! `GET /events`: the plain feed of what was recorded, by position.

use axum::Json;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LINK};
use axum::response::{IntoResponse, Response};
use cchc_access::Action;
use cchc_store::log::{Entry, LARGEST_PAGE};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use super::ADDRESS;
use super::ask::Asked;
use super::caller::Caller;
use super::problem::{Kind, Problem};

/// An event with its place in the one order.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Its place in the one order, from 1.
    pub position: u64,
    /// The stream.
    #[schema(example = "rule/criteria-set/vp-2021-xa")]
    pub stream: String,
    /// Its number in the stream, from 1.
    pub version: u64,
    /// What happened.
    #[schema(example = "published")]
    pub name: String,
    /// Version of the written form of the payload.
    pub form: u16,
    /// When it was recorded.
    pub recorded_at: String,
    /// When it happened; earlier than `recorded_at`: entered late ("nhập bù").
    pub happened_at: String,
    /// Id of who said it; `system`: the program.
    pub person: String,
    /// Id of the post in which he said it.
    pub post: String,
    /// Code of the unit for which he said it.
    pub unit: String,
    /// How he signed.
    pub capacity: String,
    /// Why.
    pub reason: String,
    /// Hash of the event that set this off.
    pub cause: Option<String>,
    /// Hash of the event before it in the stream.
    pub previous: String,
    /// Its own hash.
    pub hash: String,
    /// What was said, byte for byte as it is stored and hashed: an object, or a text where the name says it all.
    #[schema(value_type = serde_json::Value)]
    pub payload: Box<RawValue>,
}

impl EventView {
    fn new(entry: Entry) -> Result<Self, Problem> {
        let envelope = entry.stored.envelope;
        let payload = String::from_utf8(entry.stored.payload).ok().and_then(|text| RawValue::from_string(text).ok());
        let payload = payload.ok_or_else(|| {
            tracing::error!(stream = envelope.stream.as_str(), envelope.version, "a payload is no JSON");
            Problem::new(Kind::Internal, format!("Sự kiện ở vị trí {} không đọc được.", entry.position))
        })?;
        Ok(Self {
            position: entry.position,
            stream: envelope.stream.into(),
            version: envelope.version,
            name: envelope.name,
            form: envelope.form,
            recorded_at: envelope.recorded_at.to_string(),
            happened_at: envelope.happened_at.to_string(),
            person: envelope.actor.person,
            post: envelope.actor.post,
            unit: envelope.actor.unit,
            capacity: envelope.actor.capacity,
            reason: envelope.reason,
            cause: envelope.cause.map(|cause| cause.to_string()),
            previous: envelope.previous.to_string(),
            hash: entry.stored.hash.to_string(),
            payload,
        })
    }
}

/// A piece of the feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feed {
    /// The events within reach, in order.
    pub items: Vec<EventView>,
    /// What to give as `after` next: everything up to it was looked at. When it is what was given, nothing
    /// new was recorded.
    pub next: u64,
}

/// Which events.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FeedAsked {
    /// Sau vị trí này; 0: từ đầu.
    #[param(minimum = 0, maximum = 9223372036854775807_i64, default = 0, nullable = false)]
    after: Option<u64>,
    /// Nhiều nhất bao nhiêu.
    #[param(minimum = 1, maximum = 1000, default = 100, nullable = false)]
    limit: Option<u32>,
}

/// The name of JSON, an object a line.
const LINES: &str = "application/x-ndjson";

/// What was recorded after a position, within reach. With `Accept: application/x-ndjson` an event a line; the
/// header `Link: <…>; rel="next"` says where it goes on.
#[utoipa::path(get, path = "/api/v1/events", tag = "Sổ cái", operation_id = "event_feed", summary = "Dòng sự kiện theo vị trí, trong phạm vi được xem", params(FeedAsked),
    responses((status = 200, description = "Các sự kiện theo thứ tự", content((Feed = "application/json"), (EventView = "application/x-ndjson")))))]
pub async fn feed(caller: Caller, headers: HeaderMap, Asked(asked): Asked<FeedAsked>) -> Result<Response, Problem> {
    let reached = caller.reach(Action::ExportHistory)?;
    let after = asked.after.unwrap_or(0);
    if i64::try_from(after).is_err() {
        return Err(Problem::bad_request("after quá lớn."));
    }
    let limit = asked.limit.unwrap_or(100);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(Problem::bad_request(format!("limit phải từ 1 đến {LARGEST_PAGE}.")));
    }
    let page = caller.store().feed_within(&reached, caller.today, after, limit).await?;
    let next = page.next;
    let items = page.entries.into_iter().map(EventView::new).collect::<Result<Vec<_>, _>>()?;
    let link = [(LINK, format!("<{ADDRESS}/events?after={next}&limit={limit}>; rel=\"next\""))];
    let wants_lines =
        headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains(LINES));
    if !wants_lines {
        return Ok((link, Json(Feed { items, next })).into_response());
    }
    let mut text = String::new();
    for event in &items {
        let line = serde_json::to_string(event);
        text.push_str(&line.map_err(|error| Problem::new(Kind::Internal, error.to_string()))?);
        text.push('\n');
    }
    Ok((link, [(CONTENT_TYPE, LINES)], text).into_response())
}
