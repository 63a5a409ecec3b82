//! Invented answers for real units: plausible, repeatable, never anyone's result.

use cchc_calendar::DaysOff;
use cchc_index::rule::{
    BandValue, Bands, Choice, Deduct, Given, Measure, Proportional, Rating, Rule, Survey, Timeliness,
};
use cchc_index::set::Part;
use cchc_index::{CriteriaSet, Criterion, Leaf};
use cchc_text::Decimal;
use cchc_text::table::{Row, Table};
use cchc_units::{Level, Version};
use jiff::ToSpan;

use super::dice::Dice;

/// One row for each unit and leaf, in the form of an input file.
pub fn answers(set: &CriteriaSet, units: &[&Version], days_off: &DaysOff) -> Table {
    let mut rows = Vec::new();
    for unit in units {
        for (index, node, leaf) in set.leaves().filter(|(_, node, _)| node.part == Part::Scored) {
            let one = One { set, unit, index, node, leaf, days_off };
            let (value, of) = one.answer();
            let number = u64::try_from(rows.len()).unwrap_or(u64::MAX).saturating_add(2);
            let group = unit.level.code().to_owned();
            rows.push(Row {
                number,
                cells: vec![unit.code.clone(), unit.name.clone(), group, node.code.clone(), value, of],
            });
        }
    }
    let columns = ["unit", "unit_name", "group", "criterion", "value", "of"].map(str::to_owned).to_vec();
    Table { file: format!("mo-phong-{}.csv", set.id), sheet: String::new(), columns, rows }
}

struct One<'a> {
    set: &'a CriteriaSet,
    unit: &'a Version,
    index: usize,
    node: &'a Criterion,
    leaf: &'a Leaf,
    days_off: &'a DaysOff,
}

impl One<'_> {
    fn answer(&self) -> (String, String) {
        if self.leaf.may_be_na && self.is_not_applicable() {
            return ("na".to_owned(), String::new());
        }
        match &self.leaf.rule {
            Rule::Proportional(rule) => self.proportional(rule),
            Rule::Bands(rule) => self.bands(rule),
            Rule::Survey(rule) => self.survey(rule),
            Rule::Choice(rule) => (self.choice(rule), String::new()),
            Rule::Rating(rule) => (self.rating(rule), String::new()),
            Rule::Timeliness(rule) => (self.timeliness(rule), String::new()),
            Rule::Deduct(rule) => (self.deduct(rule), String::new()),
            Rule::Given(rule) => (self.given(rule), String::new()),
            Rule::Count(rule) => (self.count(rule.each, rule.cap), String::new()),
            Rule::Bonus(rule) => (self.count(rule.0.each, rule.0.cap), String::new()),
            Rule::Penalty(_) => ("0".to_owned(), String::new()),
        }
    }

    fn dice(&self, what: &str) -> Dice {
        Dice::named(&[&self.set.year.to_string(), &self.unit.code, &self.node.code, what])
    }

    /// How well the unit does here, per mille: its own level, its level in this field, and chance.
    fn quality(&self) -> u64 {
        let field = self.set.criteria.get(self.set.field_of(self.index)).map_or("", |field| field.title.as_str());
        let year = self.set.year.to_string();
        let own = Dice::named(&[&self.unit.code, "mức chung"]).between(430, 980);
        let this_year = Dice::named(&[&year, &self.unit.code, "mức năm"]).between(0, 90);
        let mut in_field = Dice::named(&[&year, &self.unit.code, field]);
        // Now and then a unit neglects a whole field: that is what floors are for.
        let neglected = if in_field.happens(45) { 320 } else { 0 };
        let in_field = in_field.between(0, 240);
        let weak = match field {
            "Cải cách thể chế" => 110,
            "Hiện đại hóa hành chính" => 60,
            _ => 0,
        };
        let chance = self.dice("chất lượng").between(0, 200);
        (own + this_year + in_field + chance).saturating_sub(250 + weak + neglected).clamp(120, 1000)
    }

    /// Offices without procedures of their own, and now and then a criterion that doesn't arise.
    fn is_not_applicable(&self) -> bool {
        let without_procedures = ["VP.VPUBND", "VP.TTr", "VP.BDT"].contains(&self.unit.code.as_str());
        let about_procedures = ["dossiers.", "procedures."].iter().any(|kind| self.leaf.metric.starts_with(kind));
        (without_procedures && about_procedures) || self.dice("không áp dụng").happens(60)
    }

    /// A count that is the same wherever its metric is asked for.
    fn size(&self) -> u64 {
        let metric = self.leaf.metric.rsplit('/').next().unwrap_or_default();
        let name = if metric.is_empty() { self.node.code.as_str() } else { metric };
        let mut dice = Dice::named(&[&self.set.year.to_string(), &self.unit.code, "số đếm", name]);
        let (low, high) = match (metric.split('.').next().unwrap_or_default(), self.unit.level) {
            ("dossiers", Level::Commune) => (600, 4_200),
            ("dossiers", Level::District) => (4_000, 14_000),
            ("dossiers", _) => (250, 6_500),
            ("documents" | "files", _) => (400, 3_000),
            ("survey", _) => (90, 300),
            (_, Level::Commune) => (18, 60),
            _ => (20, 140),
        };
        dice.between(low, high)
    }

    fn share_of(&self, ratio: u64) -> (String, String) {
        let of = self.size();
        ((of * ratio.min(1000) / 1000).to_string(), of.to_string())
    }

    fn proportional(&self, rule: &Proportional) -> (String, String) {
        let quality = self.quality();
        let full_at = per_mille(rule.full_at).max(1);
        let ratio = match rule.floor.map(per_mille) {
            None => full_at * (quality + 60) / 1000,
            Some(floor) if self.dice("dưới sàn").happens((1000 - quality) / 5) => floor.saturating_sub(20),
            Some(floor) => floor + full_at.saturating_sub(floor) * quality / 1000,
        };
        self.share_of(ratio)
    }

    fn bands(&self, rule: &Bands) -> (String, String) {
        let steps = u64::try_from(rule.bands.len()).unwrap_or(1);
        let wanted = (1000 - self.quality()) * steps / 1000;
        let at = usize::try_from(wanted).unwrap_or(0).min(rule.bands.len().saturating_sub(1));
        let Some(band) = rule.bands.get(at) else { return ("0".to_owned(), String::new()) };
        match rule.value {
            BandValue::Number => (band.from.to_string(), String::new()),
            BandValue::Ratio => {
                let of = self.size();
                // Rounded up, so that the threshold is reached.
                let least = (of * per_mille(band.from)).div_ceil(1000);
                (least.to_string(), of.to_string())
            }
        }
    }

    fn survey(&self, rule: &Survey) -> (String, String) {
        let answered = self.size();
        let share = 700 + self.quality() * 270 / 1000;
        match rule.measure {
            Measure::Share => self.share_of(share),
            Measure::Mean => ((answered + answered * 4 * share / 1000).to_string(), answered.to_string()),
        }
    }

    fn choice(&self, rule: &Choice) -> String {
        let mut dice = self.dice("lựa chọn");
        let quality = self.quality();
        let first = rule.options.iter().position(|_| dice.happens(quality));
        let last = rule.options.len().saturating_sub(1);
        rule.options.get(first.unwrap_or(last)).map(|option| option.id.clone()).unwrap_or_default()
    }

    fn rating(&self, rule: &Rating) -> String {
        let mut dice = self.dice("đánh giá");
        let quality = self.quality();
        let level = |dice: &mut Dice| {
            let at = if dice.happens(quality * 6 / 10) { 0 } else { usize::from(!dice.happens(quality)) + 1 };
            rule.levels.get(at.min(rule.levels.len().saturating_sub(1))).map(|level| level.id.clone())
        };
        (0..4).filter_map(|_| level(&mut dice)).collect::<Vec<_>>().join("; ")
    }

    fn timeliness(&self, rule: &Timeliness) -> String {
        let quality = self.quality();
        let dates = rule.due.iter().map(|due| {
            let mut dice = self.dice(&due.to_string());
            let written = due.in_year(self.set.year);
            let due = self.days_off.next_working_day(written).map_or(written, |found| found.date);
            if dice.happens((1000 - quality) / 12) {
                return String::new();
            }
            let late = dice.happens((1000 - quality) / 2);
            let days = if late { dice.between(1, 12) } else { dice.between(0, 6) };
            let days = i64::try_from(days).unwrap_or(0).days();
            let done = if late { due.checked_add(days) } else { due.checked_sub(days) };
            done.unwrap_or(due).to_string()
        });
        let dates: Vec<String> = dates.collect();
        // A lone empty place would read as "not reported": say that it was not done.
        if dates.iter().all(String::is_empty) { "-".to_owned() } else { dates.join("; ") }
    }

    fn deduct(&self, rule: &Deduct) -> String {
        let most = whole(rule.start, rule.each).min(4);
        let mut dice = self.dice("vi phạm");
        let quality = self.quality();
        (0..most).filter(|_| dice.happens((1000 - quality) / 2)).count().to_string()
    }

    fn given(&self, rule: &Given) -> String {
        let full_at = rule.full_at.unwrap_or(self.node.max);
        let hundredths = per_mille(full_at) * (560 + self.quality() * 420 / 1000) / 10_000;
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    fn count(&self, each: Decimal, cap: Decimal) -> String {
        let enough = whole(cap, each).max(1);
        ((enough * (self.quality() + 80) + 500) / 1000).to_string()
    }
}

/// A decimal × 1000, rounded down.
fn per_mille(value: Decimal) -> u64 {
    let thousandths = value.mantissa() * 1000 / 10_i128.pow(u32::from(value.scale()));
    u64::try_from(thousandths).unwrap_or(0)
}

/// How many times `each` goes into `total`, rounded up.
fn whole(total: Decimal, each: Decimal) -> u64 {
    per_mille(total).div_ceil(per_mille(each).max(1))
}
