//! The drafts that one may see.

use axum::extract::Query;
use axum::response::Html;
use cchc_access::{Action, Resource, reach};
use cchc_ledger::draft::Standing;
use cchc_store::drafts::{DraftFilter, DraftRow as Row, standing};
use cchc_store::list::Place;

use crate::acts::with::With;
use crate::acts::words::{minute, person};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::{Link, Paging, address, counted};
use crate::pages::drafts::ADDRESS;
use crate::pages::drafts::import::Import;
use crate::pages::drafts::list::{DraftRow, DraftsPage, filter};
use crate::pages::history::words;

/// Rows of a page.
const ROWS: u32 = 50;
/// Where a page begins, in its address.
const PLACE: &str = "trang";

/// The list.
pub async fn page(with: With, Query(asked): Query<Sent>) -> Result<Html<String>, ErrorPage> {
    if !with.visitor.may(Action::ViewDrafts, with.today) {
        with.grant(Action::ViewDrafts, &Resource::system())?;
    }
    let (store, reach) = (with.store(), reach(&with.visitor.viewer, Action::ViewDrafts, with.today));
    let mut wanted = DraftFilter::within(reach, with.today);
    let (kind, standing) = (asked.text("loai"), asked.text("tinh-trang"));
    wanted.kind = (!kind.is_empty()).then(|| kind.to_owned());
    wanted.standing = standing_of(standing);
    let cursor = Some(asked.text(PLACE)).filter(|text| !text.is_empty());
    let page = store.draft_list(&wanted, Place { cursor, size: ROWS }).await?;
    let count = store.draft_count(&wanted).await?;
    let at = |cursor: Option<String>| {
        cursor.map(|cursor| address(ADDRESS, &[("loai", kind), ("tinh-trang", standing), (PLACE, &cursor)]))
    };
    let paging = Paging { count: counted(count), before: at(page.before), after: at(page.after) };
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in &page.rows {
        rows.push(shown(&with, row).await?);
    }
    let ways = Import::ALL.into_iter().filter_map(|import| import.way(&with)).collect();
    render(&DraftsPage::new(&with, filter().filled(&asked), rows, paging, ways))
}

fn standing_of(code: &str) -> Option<Standing> {
    let all = [Standing::Open, Standing::Applied, Standing::Discarded];
    all.into_iter().find(|one| standing(*one) == code)
}

async fn shown(with: &With, row: &Row) -> Result<DraftRow, ErrorPage> {
    let what = format!("{}, {}", words::rule(&row.kind), row.name);
    let count = |number: i64| u32::try_from(number).unwrap_or_default();
    Ok(DraftRow {
        what: Link::new(what, format!("{ADDRESS}/{}", row.id)),
        summary: row.summary.clone(),
        who: person(with, &row.opened_by).await?,
        when: minute(row.opened_at),
        errors: count(row.errors),
        warnings: count(row.warnings),
        standing: row.standing.clone(),
    })
}
