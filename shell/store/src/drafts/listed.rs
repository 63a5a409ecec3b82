//! Drafts in lists, and one with all that it changes.

use cchc_access::Reach;
use cchc_ledger::draft::{Draft, Standing};
use cchc_ledger::{Moment, StreamId};
use jiff::civil::Date;

use super::{DraftRow, standing};
use crate::catalog::Kind::{Int, Text};
use crate::conn::{Arg, Row};
use crate::error::DbError;
use crate::list::{Ask, Filter, Lead, List, Order, Page, Place, Served, Sort, Test, Within};
use crate::reach::Columns;
use crate::store::Store;

const STANDINGS: &[&str] = &["open", "applied", "discarded"];
const ORDER: &[(&str, crate::catalog::Kind)] = &[("opened_at", Int), ("id", Text)];

/// What can be asked of the drafts.
pub static LIST: List = List {
    table: "drafts",
    columns: &[
        "id",
        "kind",
        "name",
        "standing",
        "holder",
        "unit",
        "opened_by",
        "opened_at",
        "closed_at",
        "errors",
        "warnings",
        "summary",
    ],
    key: &[("id", Text)],
    filters: &[
        Filter {
            name: "holder",
            test: Test::Equal("holder"),
            served: Served::Each("drafts_holder", "standing", STANDINGS),
        },
        Filter { name: "unit", test: Test::Equal("unit"), served: Served::Few("drafts_unit") },
        Filter { name: "standing", test: Test::Equal("standing"), served: Served::Many("drafts_standing") },
        Filter {
            name: "kind",
            test: Test::Equal("kind"),
            served: Served::Looked("there are few kinds of rules, and drafts of each"),
        },
    ],
    sorts: &[
        Sort { name: "newest", needs: "", columns: ORDER, order: Order::Falling, lead: Lead::Any },
        Sort { name: "oldest", needs: "", columns: ORDER, order: Order::Rising, lead: Lead::Any },
    ],
    owners: Columns { unit: Some("unit"), owner: None, field: None },
    looked: Columns { unit: Some("COALESCE(unit, '')"), owner: None, field: None },
};

/// Which drafts are listed.
#[derive(Debug, Clone)]
pub struct DraftFilter {
    /// How far the viewer sees: drafts prepared for a unit.
    pub reach: Reach,
    /// On which day units lie below one another.
    pub on: Date,
    /// Those alone that stand so.
    pub standing: Option<Standing>,
    /// The work of this post.
    pub holder: Option<String>,
    /// Prepared for this unit.
    pub unit: Option<String>,
    /// Of this kind of rule.
    pub kind: Option<String>,
    /// Which end comes first.
    pub order: DraftOrder,
}

/// Which end of the drafts comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DraftOrder {
    /// What was opened last.
    #[default]
    Newest,
    /// What was opened first.
    Oldest,
}

impl DraftFilter {
    /// Everything within reach, the newest first.
    #[must_use]
    pub fn within(reach: Reach, on: Date) -> Self {
        Self { reach, on, standing: None, holder: None, unit: None, kind: None, order: DraftOrder::Newest }
    }

    fn ask<'a>(&'a self, day: &'a str) -> Ask<'a> {
        let texts = [
            ("holder", self.holder.as_deref()),
            ("unit", self.unit.as_deref()),
            ("standing", self.standing.map(standing)),
            ("kind", self.kind.as_deref()),
        ];
        let given = texts.into_iter().filter_map(|(name, value)| Some((name, Arg::Text(value?)))).collect();
        let sort = match self.order {
            DraftOrder::Newest => "newest",
            DraftOrder::Oldest => "oldest",
        };
        Ask { sort, given, within: Within { reach: &self.reach, day } }
    }
}

impl DraftRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text(0)?,
            kind: row.text(1)?,
            name: row.text(2)?,
            standing: row.text(3)?,
            holder: row.text(4)?,
            unit: row.text(5)?,
            opened_by: row.text(6)?,
            opened_at: Moment(row.int(7)?),
            closed_at: Moment(row.int(8)?),
            errors: row.int(9)?,
            warnings: row.int(10)?,
            summary: row.text(11)?,
        })
    }
}

impl Store {
    /// A page of the drafts.
    ///
    /// # Errors
    /// A cursor that is none of this list's; what the engine says.
    pub async fn draft_list(&self, filter: &DraftFilter, place: Place<'_>) -> Result<Page<DraftRow>, DbError> {
        let day = filter.on.to_string();
        self.list_page(&LIST, &filter.ask(&day), place, DraftRow::read).await
    }

    /// How many drafts there are; above [`crate::list::COUNTED`] they are not counted to the end.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn draft_count(&self, filter: &DraftFilter) -> Result<u64, DbError> {
        let day = filter.on.to_string();
        self.list_count(&LIST, &filter.ask(&day)).await
    }

    /// A draft as the list shows it, and with all that it changes. Whether the viewer may see it is for the
    /// caller to ask.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn draft_find(&self, id: &str) -> Result<Option<(DraftRow, Draft)>, DbError> {
        let sql = "SELECT id, kind, name, standing, holder, unit, opened_by, opened_at, closed_at, errors, warnings, \
            summary FROM drafts WHERE id = $1";
        let Ok(stream) = StreamId::new("draft", id) else { return Ok(None) };
        let mut reader = self.reader().await?;
        let Some(row) = reader.conn().row(sql, &[Arg::Text(id)]).await? else { return Ok(None) };
        let state = crate::append::peek::<Draft>(&mut reader.conn(), &stream).await?.state;
        Ok(Some((DraftRow::read(&row)?, state)))
    }
}
