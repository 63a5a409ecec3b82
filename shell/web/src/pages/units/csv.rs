//! `/don-vi/cay.csv?ngay=`: the tree of a day as a file.

use axum::Extension;
use axum::extract::Query as UrlQuery;
use axum::response::{IntoResponse, Response};

use super::Query;
use crate::error::ErrorPage;
use crate::pages::{Shared, day, download};

/// The tree of the day: `code,name,level,type,parent`, in protocol order.
pub async fn file(Extension(site): Extension<Shared>, UrlQuery(query): UrlQuery<Query>) -> Result<Response, ErrorPage> {
    let day = day::required(&site, &query.ngay)?;
    let tree = site.units.as_of(day);
    let row = |node: &cchc_units::Node<'_>| {
        let version = node.version;
        let parent = version.parent.clone().unwrap_or_default();
        [version.code.clone(), version.name.clone(), version.level.to_string(), version.kind.clone(), parent]
    };
    let rows: Vec<_> = tree.iter().map(row).collect();
    let bytes = cchc_papers::write_csv_for_excel(&["code", "name", "level", "type", "parent"], &rows);
    Ok(download(&format!("don-vi-{day}.csv"), download::CSV, bytes).into_response())
}
