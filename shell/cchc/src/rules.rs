//! The shipped rules enter the store by commands, and are served from there.
//!
//! A rule that the store already has is left alone: what a province corrected is never overwritten.

use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Actor, Context, Hash, RequestId};
use cchc_store::{Store, rules};

use crate::data;

/// Name of the units and departments that are shipped.
pub const UNITS: &str = "vinh-phuc";
/// Name of the offices of the districts that are shipped.
pub const OFFICES: &str = "vinh-phuc-phong";
/// Name of the days off that are shipped.
pub const DAYS_OFF: &str = "viet-nam";
/// Name of the series that are shipped, and of their figures.
pub const SERIES: &str = "cap-tinh";
/// Name of the invented figures of the demonstration.
const SIMULATED: &str = "mo-phong";

/// A rule to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipped {
    /// Kind of rule.
    pub kind: &'static str,
    /// Name within the kind.
    pub name: String,
    /// Content in the written form of its kind.
    pub content: String,
    /// Where it comes from.
    pub basis: String,
}

/// What the demonstration has beside what is shipped: invented figures, which no province is to find in its store.
pub fn simulated() -> Vec<Shipped> {
    let rule = one("series-figures", SIMULATED, "series/simulated-vinh-phuc.csv".to_owned());
    vec![Shipped {
        basis: "số liệu mô phỏng của bản trình diễn, không phải kết quả thật".to_owned(), ..rule
    }]
}

fn one(kind: &'static str, name: &str, file: String) -> Shipped {
    Shipped {
        kind,
        name: name.to_owned(),
        content: data::text(&file),
        basis: format!("tệp data/{file} kèm chương trình, nguồn ghi từng dòng"),
    }
}

/// Everything that is shipped.
pub fn shipped() -> Vec<Shipped> {
    let mut all = vec![
        one("units", UNITS, "units/units-vinh-phuc.csv".to_owned()),
        one("departments", UNITS, "units/departments-vinh-phuc.csv".to_owned()),
        one("departments", OFFICES, "units/district-offices-vinh-phuc.csv".to_owned()),
        one("days-off", DAYS_OFF, "calendar/days-off-2019-2026.csv".to_owned()),
        one("series", SERIES, "series/series.csv".to_owned()),
        one("series-figures", SERIES, "series/figures.csv".to_owned()),
    ];
    all.extend(data::set_ids().iter().map(|id| one("criteria-set", id, format!("criteria/{id}.toml"))));
    all
}

/// Enters what the store does not have yet; gives back how many.
pub async fn enter_missing(store: &Store) -> anyhow::Result<usize> {
    let mut entered = 0;
    for rule in shipped() {
        let stream = rules::stream(rule.kind, &rule.name)?;
        let (_, version) = store.peek::<Rule>(&stream).await?;
        if version == 0 {
            enter(store, &rule, None).await?;
            entered += 1;
        }
    }
    Ok(entered)
}

/// Enters a version of a rule; the same content again is nothing new.
pub async fn enter(store: &Store, rule: &Shipped, replaces: Option<Hash>) -> anyhow::Result<()> {
    let stream = rules::stream(rule.kind, &rule.name)?;
    let id = Hash::of(rule.content.as_bytes());
    let request = RequestId(format!("shipped:{}/{}:{id}", rule.kind, rule.name));
    let context = Context::new(Actor::system(), request).because("dữ liệu kèm chương trình");
    let command = RuleCommand::Publish {
        content: rule.content.clone(),
        valid_from: None,
        valid_to: None,
        basis: rule.basis.clone(),
        replaces,
    };
    store.commit::<Rule>(&stream, command, context).await?;
    Ok(())
}
