//! Every list: each combination of what can be asked has its index; pages lose and repeat nothing.
#![allow(missing_docs)]

mod common;
mod many;

use cchc_access::{Part, Reach};
use cchc_ledger::draft::Standing;
use cchc_ledger::{Moment, PersonId, StreamId};
use cchc_store::drafts::DraftFilter;
use cchc_store::history::{self, Entered, HistoryFilter, HistoryOrder, HistoryRow, What};
use cchc_store::list::{Ask, COUNTED, LISTS, List, Place as At, Served, Within};
use cchc_store::{Arg, DbError, Store};
use common::Place;
use jiff::civil::{Date, date};
use many::{EVENTS, events};

on_every_engine!(
    every_combination_has_its_index,
    pages_lead_through_everything_and_back,
    counting_ends_at_ten_thousand,
    what_the_list_does_not_know_is_refused,
    days_begin_at_midnight_in_vietnam,
    an_export_reads_everything_once,
);

const DAY: &str = "2021-10-14";

fn today() -> Date {
    date(2021, 10, 14)
}

/// Own rows, a unit alone, and a unit with what lies below it.
fn within() -> Reach {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    let owner = Some(PersonId::from("p3"));
    Reach::from(Part { subtrees: texts(&["u1"]), units: texts(&["u9"]), fields: Vec::new(), owner })
}

fn reaches() -> [Reach; 3] {
    [Reach::All, Reach::SelfOnly(PersonId::from("p3")), within()]
}

fn value(name: &str) -> Arg<'static> {
    match name {
        "stream" => Arg::Text("draft/d5"),
        "person" => Arg::Text("p3"),
        "unit" => Arg::Text("u2"),
        "kind" => Arg::Text("draft"),
        "name" => Arg::Text("opened"),
        "holder" => Arg::Text("post-2"),
        "standing" => Arg::Text("open"),
        "late" | "unread" => Arg::Int(1),
        "from" => Arg::Int(many::START),
        "before" => Arg::Int(many::START + 1_000_000_000),
        name => panic!("no value to ask «{name}» for"),
    }
}

/// Every choice of at most three filters.
fn choices(list: &List) -> Vec<Vec<&'static str>> {
    let names: Vec<_> = list.filters.iter().map(|filter| filter.name).collect();
    let mut choices = vec![Vec::new()];
    for name in names {
        let more: Vec<_> = choices.iter().filter(|choice: &&Vec<_>| choice.len() < 3).cloned().collect();
        choices.extend(more.into_iter().map(|mut choice| {
            choice.push(name);
            choice
        }));
    }
    choices
}

async fn every_combination_has_its_index(place: Place) {
    let store = &place.store;
    events(store).await;
    many::drafts(store).await;
    many::notices(store).await;
    many::analyze(store).await;
    let mut seen = 0;
    for list in LISTS {
        for choice in choices(list) {
            for reach in &reaches() {
                let sorts: std::collections::BTreeSet<_> = list.sorts.iter().map(|sort| sort.name).collect();
                for sort in sorts {
                    let given: Vec<_> = choice.iter().map(|name| (*name, value(name))).collect();
                    let ask = Ask { sort, given, within: Within { reach, day: DAY } };
                    let known = |needs: &str| needs.is_empty() || choice.contains(&needs);
                    if !list.sorts.iter().any(|one| one.name == sort && known(one.needs)) {
                        continue;
                    }
                    for cursor in [None, Some(a_cursor(store, list, &ask).await)] {
                        let plan = store.list_plan(list, &ask, cursor.as_deref()).await.unwrap();
                        check(store, list, &ask, &plan);
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 1_000, "only {seen} plans were read");
}

/// A cursor of the order that the ask would get.
async fn a_cursor(store: &Store, list: &'static List, ask: &Ask<'_>) -> String {
    let given = |needs: &str| needs.is_empty() || ask.given.iter().any(|(name, _)| *name == needs);
    let sort = list.sorts.iter().find(|one| one.name == ask.sort && given(one.needs)).unwrap();
    let given = ask.given.iter().filter(|(name, _)| *name == sort.needs).copied().collect();
    let wide = Ask { sort: ask.sort, given, within: Within { reach: &Reach::All, day: DAY } };
    let page = store.list_page(list, &wide, At { cursor: None, size: 1 }, |_| Ok(())).await.unwrap();
    page.after.expect("more than one row")
}

fn check(store: &Store, list: &List, ask: &Ask<'_>, plan: &[String]) {
    let told = || format!("{} {} {:?} {:?}: {plan:#?}", list.table, ask.sort, ask.given, ask.within.reach);
    let has = |text: &str| plan.iter().any(|line| line.contains(text));
    if store.is_postgres() {
        if has("One-Time Filter: false") {
            // It sees by itself that there is nothing.
            return;
        }
        assert!(has("Index"), "{}", told());
        assert!(!has(&format!("Seq Scan on {}", list.table)), "{}", told());
        assert!(!has("Sort") && !has("Bitmap"), "{}", told());
        return;
    }
    assert!(!has("TEMP B-TREE"), "{}", told());
    let served = |name: &str| list.filters.iter().find(|filter| filter.name == name).unwrap().served;
    let asked: Vec<_> = ask.given.iter().map(|(name, _)| served(name)).collect();
    let looked = asked.iter().all(|served| matches!(served, Served::Looked(_)));
    let scan = format!("SCAN {}", list.table);
    let narrowed = !matches!(ask.within.reach, Reach::All) && list.table == "events";
    for line in plan.iter().filter(|line| line.starts_with(&scan)) {
        // Reading in the order of an index is right where nothing narrows the rows, or where it holds no others.
        let in_order = looked && !narrowed && line.contains("USING") && line.contains("INDEX");
        assert!(in_order || line.ends_with("INDEX events_late"), "{}", told());
    }
    if let ([served], Reach::All) = (asked.as_slice(), ask.within.reach) {
        let index = match served {
            Served::Few("events_pkey") => "sqlite_autoindex_events_1",
            Served::Few(index) | Served::Many(index) | Served::Each(index, ..) => index,
            Served::Looked(_) => return,
        };
        assert!(has(index), "{}", told());
    }
}

fn what(kind: &str, name: Option<&str>) -> Option<What> {
    Some(What { kind: kind.to_owned(), name: name.map(str::to_owned) })
}

/// Everything, by pages of that size, to the end and back to the beginning.
async fn there_and_back(store: &Store, filter: &HistoryFilter, size: u32) -> Vec<HistoryRow> {
    let mut pages = vec![store.history_page(filter, At { cursor: None, size }).await.unwrap()];
    assert_eq!(pages[0].before, None);
    while let Some(after) = pages.last().unwrap().after.clone() {
        let at = At { cursor: Some(&after), size };
        pages.push(store.history_page(filter, at).await.unwrap());
    }
    for number in (1..pages.len()).rev() {
        let at = At { cursor: pages[number].before.as_deref(), size };
        assert!(at.cursor.is_some());
        let back = store.history_page(filter, at).await.unwrap();
        assert_eq!(back.rows, pages[number - 1].rows);
        assert_eq!((back.before.is_some(), back.after.is_some()), (number > 1, true));
    }
    pages.into_iter().flat_map(|page| page.rows).collect()
}

async fn pages_lead_through_everything_and_back(place: Place) {
    let store = &place.store;
    events(store).await;
    let sees = HistoryFilter::within;
    let all = there_and_back(store, &sees(Reach::All, today()), 1_000).await;
    assert_eq!(all.len(), EVENTS);
    assert!(all.is_sorted_by(|one, other| many::key(one) > many::key(other)));
    let below = ["u1", "u2", "u3", "u9"];
    let is_within = |row: &&HistoryRow| below.contains(&row.actor.unit.as_str()) || row.actor.person == "p3";
    let expected = |test: &dyn Fn(&&HistoryRow) -> bool| -> Vec<HistoryRow> {
        all.iter().filter(|row| test(row)).cloned().collect()
    };
    for (size, order) in [(13, HistoryOrder::Newest), (100, HistoryOrder::Oldest)] {
        let turned = |mut rows: Vec<HistoryRow>| {
            if order == HistoryOrder::Oldest {
                rows.reverse();
            }
            rows
        };
        let few = HistoryFilter {
            order,
            from: Some(date(2021, 10, 14)),
            to: Some(date(2021, 10, 14)),
            ..sees(within(), today())
        };
        let of_day = |row: &&HistoryRow| row.recorded_at.date() == today();
        let got = there_and_back(store, &few, size).await;
        assert_eq!(got, turned(expected(&|row| is_within(row) && of_day(row))));
        assert!(got.len() > 50, "{}", got.len());
        let kind = HistoryFilter { what: what("person", None), ..few.clone() };
        let of_kind = |row: &&HistoryRow| is_within(row) && of_day(row) && row.stream.kind() == "person";
        let got = there_and_back(store, &kind, size).await;
        assert_eq!(got, turned(expected(&of_kind)));
        assert!(!got.is_empty());
        let named = HistoryFilter { what: what("person", Some("opened")), ..kind.clone() };
        let named_rows = expected(&|row| of_kind(row) && row.name == "opened");
        assert_eq!(there_and_back(store, &named, size).await, turned(named_rows));
        let unit = HistoryFilter { unit: Some("u2".to_owned()), ..few.clone() };
        let of_unit = expected(&|row| of_day(row) && row.actor.unit == "u2");
        assert_eq!(there_and_back(store, &unit, size).await, turned(of_unit));
        let other = HistoryFilter { unit: Some("u8".to_owned()), ..few.clone() };
        let own = expected(&|row| of_day(row) && row.actor.unit == "u8" && row.actor.person == "p3");
        assert_eq!(there_and_back(store, &other, size).await, turned(own));
        let late = HistoryFilter { entered: Entered::Late, order, ..sees(Reach::All, today()) };
        let got = there_and_back(store, &late, size).await;
        assert_eq!(got, turned(expected(&|row| row.happened_at < row.recorded_at)));
        assert!(!got.is_empty());
        let stream: StreamId = "draft/d5".parse().unwrap();
        let one = HistoryFilter { stream: Some(stream.clone()), order, ..sees(Reach::All, today()) };
        let got = there_and_back(store, &one, 2).await;
        assert_eq!(got, turned(expected(&|row| row.stream == stream)));
        assert!(got.len() > 2);
    }
    let nothing = there_and_back(store, &sees(Reach::Nothing, today()), 10).await;
    assert!(nothing.is_empty());
}

async fn counting_ends_at_ten_thousand(place: Place) {
    let store = &place.store;
    events(store).await;
    let all = HistoryFilter::within(Reach::All, today());
    assert_eq!(store.history_count(&all).await.unwrap(), COUNTED + 1);
    let mut expected = [0; 2];
    for row in there_and_back(store, &all, 1_000).await {
        let below = ["u1", "u2", "u3", "u9"].contains(&row.actor.unit.as_str());
        expected[0] += u64::from(below || row.actor.person == "p3");
        expected[1] += u64::from(row.actor.unit == "u2");
    }
    let some = HistoryFilter::within(within(), today());
    assert_eq!(store.history_count(&some).await.unwrap(), expected[0]);
    let unit = HistoryFilter { unit: Some("u2".to_owned()), ..some };
    assert_eq!(store.history_count(&unit).await.unwrap(), expected[1]);
    assert_eq!(store.history_count(&HistoryFilter::within(Reach::Nothing, today())).await.unwrap(), 0);
    many::drafts(store).await;
    let held = DraftFilter { holder: Some("post-2".to_owned()), ..DraftFilter::within(Reach::All, today()) };
    let open = DraftFilter { standing: Some(Standing::Open), ..held.clone() };
    let mut page = store.draft_list(&held, At { cursor: None, size: 1_000 }).await.unwrap();
    assert_eq!(store.draft_count(&held).await.unwrap(), page.rows.len() as u64);
    assert!(page.rows.is_sorted_by(|one, other| (one.opened_at, &one.id) > (other.opened_at, &other.id)));
    page.rows.retain(|row| row.standing == "open");
    assert_eq!(store.draft_list(&open, At { cursor: None, size: 1_000 }).await.unwrap().rows, page.rows);
    assert!(!page.rows.is_empty());
}

async fn what_the_list_does_not_know_is_refused(place: Place) {
    let store = &place.store;
    events(store).await;
    let newest = HistoryFilter::within(Reach::All, today());
    let page = store.history_page(&newest, At { cursor: None, size: 10 }).await.unwrap();
    let oldest = HistoryFilter { order: HistoryOrder::Oldest, ..newest.clone() };
    let after = page.after.unwrap();
    for (filter, cursor) in [(&oldest, after.as_str()), (&newest, "s.newest..1"), (&newest, "'; --")] {
        let refused = store.history_page(filter, At { cursor: Some(cursor), size: 10 }).await;
        assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?}");
    }
    let within = Within { reach: &Reach::All, day: DAY };
    let unknown = Ask { sort: "newest", given: vec![("payload", Arg::Text("x"))], within };
    assert!(matches!(store.list_count(&history::LIST, &unknown).await, Err(DbError::Refused(_))));
    let unknown = Ask { sort: "payload", given: Vec::new(), within };
    assert!(matches!(store.list_count(&history::LIST, &unknown).await, Err(DbError::Refused(_))));
}

async fn days_begin_at_midnight_in_vietnam(place: Place) {
    use cchc_ledger::draft::{Draft, DraftCommand};
    let store = &place.store;
    let midnight = Moment::start_of(date(2021, 10, 15)).0;
    place.hand.turn(midnight - 1 - common::START);
    let stream: StreamId = "draft/a".parse().unwrap();
    let opened = DraftCommand::Open { change: Box::new(many::change()) };
    store.commit::<Draft>(&stream, opened, common::context("r1")).await.unwrap();
    place.hand.turn(1);
    let moved = DraftCommand::Reassign { holder: "post-2".to_owned() };
    store.commit::<Draft>(&stream, moved, common::context("r2").because("bàn giao (mô phỏng)")).await.unwrap();
    let names = |from: i8, to: i8| {
        let filter = HistoryFilter {
            from: Some(date(2021, 10, from)),
            to: Some(date(2021, 10, to)),
            ..HistoryFilter::within(Reach::All, today())
        };
        async move {
            let page = store.history_page(&filter, At { cursor: None, size: 10 }).await.unwrap();
            page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        }
    };
    assert_eq!(names(14, 14).await, ["opened"]);
    assert_eq!(names(15, 15).await, ["reassigned"]);
    assert_eq!(names(14, 15).await, ["reassigned", "opened"]);
    assert_eq!(names(16, 16).await, Vec::<String>::new());
    let event = store.history_event(&stream, 2).await.unwrap().unwrap();
    assert_eq!((event.envelope.reason.as_str(), event.envelope.version), ("bàn giao (mô phỏng)", 2));
    assert_eq!(store.history_event(&stream, 3).await.unwrap(), None);
    let (row, draft) = store.draft_find("a").await.unwrap().unwrap();
    assert_eq!((row.holder, draft.holder.as_str()), ("post-2".to_owned(), "post-2"));
    assert_eq!(*draft.change.unwrap(), many::change());
    assert!(store.draft_find("b").await.unwrap().is_none());
    assert!(store.draft_find("không có").await.unwrap().is_none());
}

async fn an_export_reads_everything_once(place: Place) {
    let store = &place.store;
    events(store).await;
    let mut export = store.history_export(HistoryFilter::within(Reach::All, today()));
    let mut rows = export.next().await.unwrap();
    assert_eq!(rows.len(), 1_000);
    loop {
        let more = export.next().await.unwrap();
        if more.is_empty() {
            break;
        }
        rows.extend(more);
    }
    assert_eq!(rows.len(), EVENTS);
    assert!(rows.is_sorted_by(|one, other| many::key(one) > many::key(other)));
}
