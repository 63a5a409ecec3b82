//! `/chi-so/bo-tieu-chi/so-sanh?cu=&moi=`: two sets side by side.

use askama::Template;
use axum::Extension;
use axum::extract::Query;
use cchc_index::compare::{Difference, compare};
use cchc_index::set::Status;
use cchc_index::{CriteriaSet, Criterion};
use serde::Deserialize;

use crate::frame::{Frame, ILLUSTRATIVE, Page, Section, render};
use crate::pages::Shared;
use crate::site::Site;

/// What may be asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Id of the earlier set.
    cu: String,
    /// Id of the later set.
    moi: String,
    /// Which lines to show: the word of a [`Case`]; empty: all that differ.
    loc: String,
}

/// The comparison, or the form that asks for two sets.
pub async fn page(Extension(site): Extension<Shared>, Query(asked): Query<Asked>) -> Page {
    let frame = Frame::new(&site, Section::Sets, "So sánh hai bộ tiêu chí").crumb("Bộ tiêu chí", "/chi-so/bo-tieu-chi");
    if asked.cu.is_empty() && asked.moi.is_empty() {
        return render(&ComparePage { frame, site: &site, asked, compared: None, offers: offers(&site) });
    }
    let (before, after) = (super::find(&site, &asked.cu)?, super::find(&site, &asked.moi)?);
    let illustrative = [before, after].iter().any(|set| set.status == Status::Illustrative);
    let frame = if illustrative { frame.mark(ILLUSTRATIVE) } else { frame };
    let compared = Some(Compared::new(before, after, &asked));
    render(&ComparePage { frame, site: &site, asked, compared, offers: Vec::new() })
}

#[derive(Template)]
#[template(path = "sets/compare.html")]
struct ComparePage<'a> {
    frame: Frame,
    site: &'a Site,
    asked: Asked,
    compared: Option<Compared<'a>>,
    /// Ids of sets for the same units in two years, the earlier one first.
    offers: Vec<(&'a str, &'a str)>,
}

fn offers(site: &Site) -> Vec<(&str, &str)> {
    let group = |set: &CriteriaSet| set.groups.first().map(|group| group.code.clone());
    let sets = site.sets_latest_first();
    let earlier = |after: &CriteriaSet| {
        sets.iter().find(|set| set.year < after.year && group(set) == group(after)).map(|set| set.id.as_str())
    };
    sets.iter().filter_map(|after| Some((earlier(after)?, after.id.as_str()))).collect()
}

/// Two sets and what came of the comparison.
struct Compared<'a> {
    before: &'a CriteriaSet,
    after: &'a CriteriaSet,
    tabs: Vec<Tab>,
    shown: Vec<Row<'a>>,
    kept: usize,
    points: usize,
    rule: usize,
    params: usize,
    dropped: usize,
    added: usize,
}

struct Tab {
    label: &'static str,
    href: String,
    count: usize,
    current: bool,
}

struct Row<'a> {
    title: &'a str,
    before: Option<Side<'a>>,
    after: Option<Side<'a>>,
    words: Vec<&'static str>,
    change: Option<String>,
    rises: bool,
}

/// A line as one of the two sets has it.
struct Side<'a> {
    node: &'a Criterion,
    href: String,
    rule: String,
}

/// Which lines a tab shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Differs,
    Added,
    Dropped,
    Points,
    Rule,
    Params,
    Same,
}

impl Case {
    const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Differs, "", "Mọi khác biệt"),
        (Self::Added, "them", "Thêm mới"),
        (Self::Dropped, "bo", "Bỏ đi"),
        (Self::Points, "diem", "Đổi điểm"),
        (Self::Rule, "quy-tac", "Đổi loại quy tắc"),
        (Self::Params, "nguong", "Đổi ngưỡng, mức"),
        (Self::Same, "giong", "Giữ nguyên"),
    ];

    fn holds(self, difference: &Difference) -> bool {
        let kept = difference.before.is_some() && difference.after.is_some();
        let changes = difference.changes;
        let same = kept && !changes.points && !changes.rule && !changes.params;
        match self {
            Self::Differs => !same,
            Self::Added => difference.before.is_none(),
            Self::Dropped => difference.after.is_none(),
            Self::Points => kept && changes.points,
            Self::Rule => kept && changes.rule,
            Self::Params => kept && changes.params,
            Self::Same => same,
        }
    }
}

impl<'a> Compared<'a> {
    fn new(before: &'a CriteriaSet, after: &'a CriteriaSet, asked: &Asked) -> Self {
        let differences = compare(before, after);
        let count = |case: Case| differences.iter().filter(|difference| case.holds(difference)).count();
        let current =
            Case::ALL.iter().find(|(_, word, _)| *word == asked.loc).map_or(Case::Differs, |(case, ..)| *case);
        let tab = |(case, word, label): (Case, &str, &'static str)| {
            let filter = if word.is_empty() { String::new() } else { format!("&loc={word}") };
            let href = format!("?cu={}&moi={}{filter}", before.id, after.id);
            Tab { label, href, count: count(case), current: case == current }
        };
        let shown = differences.iter().filter(|difference| current.holds(difference));
        Self {
            before,
            after,
            tabs: Case::ALL.into_iter().map(tab).collect(),
            shown: shown.map(|difference| Row::new(before, after, difference)).collect(),
            kept: differences.len() - count(Case::Added) - count(Case::Dropped),
            points: count(Case::Points),
            rule: count(Case::Rule),
            params: count(Case::Params),
            dropped: count(Case::Dropped),
            added: count(Case::Added),
        }
    }
}

impl<'a> Row<'a> {
    fn new(before: &'a CriteriaSet, after: &'a CriteriaSet, difference: &Difference) -> Self {
        let side =
            |set: &'a CriteriaSet, at: Option<usize>| at.and_then(|index| Side::new(set, set.criteria.get(index)?));
        let (old, new) = (side(before, difference.before), side(after, difference.after));
        let changes = difference.changes;
        let mut words = Vec::new();
        let both = old.is_some() && new.is_some();
        let said = [
            (old.is_none(), "thêm mới"),
            (new.is_none(), "bỏ đi"),
            (both && changes.points, "đổi điểm"),
            (both && changes.rule, "đổi loại quy tắc"),
            (both && changes.params, "đổi ngưỡng, mức"),
            (both && changes.asked, "đổi cách hỏi, minh chứng"),
            (both && changes.code, "đổi mã"),
        ];
        words.extend(said.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word));
        let moved =
            old.as_ref().zip(new.as_ref()).filter(|_| changes.points).map(|(old, new)| (old.node.max, new.node.max));
        Self {
            title: new.as_ref().or(old.as_ref()).map_or("", |side| side.node.title.as_str()),
            change: moved.map(|(old, new)| format!("{} → {}", old.vietnamese(), new.vietnamese())),
            rises: moved.is_some_and(|(old, new)| new > old),
            before: old,
            after: new,
            words,
        }
    }

    /// Whether the rule needs saying on both sides.
    fn rule_differs(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(old), Some(new)) => old.rule != new.rule,
            _ => true,
        }
    }
}

impl<'a> Side<'a> {
    fn new(set: &'a CriteriaSet, node: &'a Criterion) -> Option<Self> {
        let rule = node.leaf.as_ref()?.rule.in_words(node.max);
        Some(Self { node, href: format!("/chi-so/bo-tieu-chi/{}?mo=tat-ca#tc-{}", set.id, node.code), rule })
    }
}
