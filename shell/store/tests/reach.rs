//! The predicate of SQL says what `Reach::covers` says, for random people in a random tree, on every engine.
#![allow(missing_docs)]

mod common;
mod story;

use std::collections::BTreeSet;

use cchc_access::{Action, Part, PersonCommand as C, Post, Principal, Reach, Resource, Role, Viewer, reach};
use cchc_store::people::{Held, PersonFilter};
use cchc_store::units::UnitRow;
use common::Place;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use story::{DAY, act, id, post, register};

on_every_engine!(a_list_has_what_the_viewer_reaches, delegations_are_listed_within_reach);

const CODES: [&str; 7] = ["u0", "u1", "u2", "u3", "u4", "u5", "u6"];
const PEOPLE: usize = 14;

fn day() -> impl Strategy<Value = Date> {
    (1i8..=9).prop_map(|day| date(2021, 10, day))
}

/// A tree that changes on the fifth: each unit lies below one with a smaller number, or is not there.
fn tree() -> impl Strategy<Value = Vec<UnitRow>> {
    let of_unit = |number: usize| {
        let parent = proptest::option::weighted(0.8, 0..number.max(1));
        (proptest::option::of(parent.clone()), proptest::option::of(parent)).prop_map(move |(before, after)| {
            let row = |parent: Option<usize>| UnitRow {
                code: CODES[number].to_owned(),
                name: CODES[number].to_owned(),
                parent: parent.filter(|_| number > 0).map(|parent| CODES[parent].to_owned()).unwrap_or_default(),
                place: u32::try_from(number).unwrap(),
                ..UnitRow::default()
            };
            let before = before.map(|parent| UnitRow { to: Some(date(2021, 10, 4)), ..row(parent) });
            let after = after.map(|parent| UnitRow { from: Some(date(2021, 10, 5)), ..row(parent) });
            before.into_iter().chain(after).collect::<Vec<_>>()
        })
    };
    (0..CODES.len()).map(of_unit).collect::<Vec<_>>().prop_map(|units| units.concat())
}

prop_compose! {
    fn held()(
        unit in select(CODES.to_vec()),
        roles in subsequence(Role::ALL.to_vec(), 0..=2),
        from in day(),
        to in proptest::option::of(day()),
    ) -> Post {
        let to = to.filter(|to| *to >= from);
        Post { from, to, ..post("", unit, &roles) }
    }
}

/// Everything that reach can be, that of the shipped permissions too.
fn reaches() -> impl Strategy<Value = Reach> {
    let codes = || subsequence(CODES.to_vec(), 0..=2).prop_map(|codes| codes.into_iter().map(str::to_owned).collect());
    let owner = proptest::option::of((0..PEOPLE).prop_map(|number| id(&format!("p{number}"))));
    let part = (codes(), codes(), owner)
        .prop_map(|(subtrees, units, owner)| Reach::from(Part { subtrees, units, fields: Vec::new(), owner }));
    let shipped =
        (proptest::collection::vec(held(), 0..3), select(Action::ALL), day()).prop_map(|(posts, action, on)| {
            reach(&Viewer::Person(Principal { posts, ..Principal::new("p0".into()) }), action, on)
        });
    prop_oneof![4 => part, 3 => shipped, 1 => Just(Reach::All), 1 => Just(Reach::Nothing)]
}

fn sample<T>(runner: &mut TestRunner, strategy: &impl Strategy<Value = T>) -> T
where
    T: std::fmt::Debug,
{
    strategy.new_tree(runner).unwrap().current()
}

async fn a_list_has_what_the_viewer_reaches(place: Place) {
    let store = &place.store;
    // Units are asked for at appointment; each is there on some day before the tree of the test comes.
    let always = CODES.map(|code| UnitRow { code: code.to_owned(), ..UnitRow::default() });
    store.units_replace("units/tinh", always.to_vec()).await.unwrap();
    let mut runner = TestRunner::deterministic();
    let mut posts: Vec<Vec<Post>> = Vec::new();
    for number in 0..PEOPLE {
        let person = format!("p{number}");
        register(store, &person, &format!("Người {number} (mô phỏng)"), None).await;
        let wanted = sample(&mut runner, &proptest::collection::vec(held(), 0..3));
        let named = wanted.into_iter().enumerate().map(|(index, post)| {
            let name = format!("{person}-{index}");
            Post { id: name.as_str().into(), title: name, ..post }
        });
        let named: Vec<Post> = named.collect();
        for post in &named {
            act(store, &person, C::Appoint { post: post.clone() }).await;
        }
        posts.push(named);
    }
    let (mut some, mut below) = (0, 0);
    for _ in 0..40 {
        store.units_replace("units/tinh", sample(&mut runner, &tree())).await.unwrap();
        for _ in 0..5 {
            let (reached, on) = (sample(&mut runner, &reaches()), sample(&mut runner, &day()));
            let mut expected = BTreeSet::new();
            for (number, posts) in posts.iter().enumerate() {
                let person = id(&format!("p{number}"));
                let mut covered = reached.covers(&Resource::of_person(&person));
                for post in posts.iter().filter(|post| post.holds_on(on)) {
                    let above = store.unit_ancestors(&post.unit, on).await.unwrap();
                    let thing = Resource::of_unit(&post.unit, &above).owned_by(&person);
                    covered |= reached.covers(&thing);
                    below +=
                        usize::from(reached.covers(&thing) && !reached.covers(&Resource::of_unit(&post.unit, &[])));
                }
                if covered {
                    expected.insert(person.0);
                }
            }
            let filter = PersonFilter { held: Held::ClosedToo, ..PersonFilter::within(reached.clone(), on) };
            let page = store.person_list(&filter, None, 100).await.unwrap();
            let listed: BTreeSet<String> = page.people.iter().map(|(person, _)| person.id.0.clone()).collect();
            assert_eq!(listed.len(), page.people.len());
            assert_eq!(listed, expected, "{reached:?} {on}");
            some += usize::from(!expected.is_empty() && expected.len() < PEOPLE);
        }
    }
    // The samples do try what is neither nothing nor everything, and units below others.
    assert!(some > 40 && below > 20, "{some} {below}");
}

async fn delegations_are_listed_within_reach(place: Place) {
    let store = &place.store;
    story::units(store).await;
    for (who, unit) in [("a", "huyen"), ("b", "huyen"), ("c", "xa-1"), ("d", "xa-1")] {
        register(store, who, who, Some(&format!("{who}-login"))).await;
        act(store, who, C::Appoint { post: post(&format!("post-{who}"), unit, &[Role::UnitHead]) }).await;
    }
    act(store, "a", C::Delegate { delegation: story::delegation("u1", "post-a", "b") }).await;
    act(store, "c", C::Delegate { delegation: story::delegation("u2", "post-c", "d") }).await;
    let listed = |reached: Reach| async move {
        let rows = store.delegation_list(None, &reached, DAY).await.unwrap();
        rows.into_iter().map(|row| row.delegation.id.0).collect::<Vec<_>>()
    };
    let part = |subtrees: &[&str], units: &[&str], owner: Option<&str>| {
        let texts = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Reach::from(Part { subtrees: texts(subtrees), units: texts(units), fields: Vec::new(), owner: owner.map(id) })
    };
    assert_eq!(listed(Reach::All).await, ["u1", "u2"]);
    assert_eq!(listed(part(&["tinh"], &[], None)).await, ["u1", "u2"]);
    assert_eq!(listed(part(&[], &["huyen"], None)).await, ["u1"]);
    assert_eq!(listed(part(&["xa-1"], &[], None)).await, ["u2"]);
    assert_eq!(listed(part(&[], &[], Some("c"))).await, ["u2"]);
    assert!(listed(Reach::Nothing).await.is_empty());
}
