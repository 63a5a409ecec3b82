//! Each request is explained by its first event, and each event's request is there.

use super::report::Work;
use crate::catalog::Kind::{Int, Text};
use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::table::{Value, key_text};

const UNASKED: &str = "SELECT e.actor, e.request, e.stream, e.version FROM events e LEFT JOIN requests r \
    ON r.actor = e.actor AND r.request = e.request AND r.asked = e.asked AND r.stream = e.stream \
    AND r.version = e.version - e.ordinal WHERE r.actor IS NULL LIMIT $1";
const UNANSWERED: &str = "SELECT r.actor, r.request, r.stream, r.version FROM requests r LEFT JOIN events e \
    ON e.stream = r.stream AND e.version = r.version AND e.actor = r.actor AND e.request = r.request \
    AND e.asked = r.asked AND e.ordinal = 0 WHERE e.stream IS NULL LIMIT $1";
const REQUEST: &str = "SELECT asked, stream, version FROM requests WHERE actor = $1 AND request = $2";

/// Asks the engine for what does not fit; it answers without a row where all is well.
pub(crate) async fn check(conn: &mut Conn<'_>, work: &mut Work) -> Result<(), DbError> {
    for (sql, event_without) in [(UNASKED, true), (UNANSWERED, false)] {
        let rows = match conn.rows(sql, &[Arg::Int(work.findings.room())]).await {
            Ok(rows) => rows,
            Err(error) => {
                work.findings.unreadable("requests", error)?;
                continue;
            }
        };
        for row in &rows {
            let (actor, request) = (Value::read(row, 0, Text), Value::read(row, 1, Text));
            let event = key_text(&[Value::read(row, 2, Text), Value::read(row, 3, Int)]);
            let key = key_text(&[actor.clone(), request.clone()]);
            let what = match (event_without, there(conn, &actor, &request).await?) {
                (false, _) => format!("yêu cầu không ứng với sự kiện {event} mà nó ghi"),
                (true, None) => format!("thiếu yêu cầu đã tạo ra sự kiện {event}"),
                (true, Some(_)) => format!("yêu cầu ghi khác với sự kiện {event}: mã nội dung, luồng hoặc số thứ tự"),
            };
            work.findings.add("requests", key, what);
        }
    }
    Ok(())
}

async fn there(conn: &mut Conn<'_>, actor: &Value, request: &Value) -> Result<Option<Row>, DbError> {
    match (actor.arg(), request.arg()) {
        (Some(actor), Some(request)) => conn.row(REQUEST, &[actor, request]).await,
        _ => Ok(None),
    }
}
