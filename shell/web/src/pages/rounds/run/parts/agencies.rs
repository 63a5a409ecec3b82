//! Who appraises, and who in his place.

use std::collections::BTreeSet;

use cchc_index::round::{Assigned, Plan, Substitute};
use cchc_index::set::Source;

use super::Changing;
use crate::form::{Field, FormView, Sent};
use crate::pages::rounds::run::form::SelectRow;

/// Beginning of the names of the choices: `co-quan.noi-vu`.
pub const FIELD: &str = "co-quan.";

/// The fields of work that somebody has to appraise, each once, in the order of the sets.
fn fields(changing: &Changing<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let leaves = changing.sets.values().flat_map(|set| set.leaves());
    let asked = leaves.filter(|(_, _, leaf)| matches!(leaf.source, Source::Person | Source::Metric));
    let names = asked.map(|(_, _, leaf)| leaf.appraiser.clone()).filter(|field| !field.is_empty());
    let mut fields: Vec<String> = names.filter(|field| seen.insert(field.clone())).collect();
    let planned = changing.plan.appraisers.iter().map(|known| known.field.clone());
    fields.extend(planned.filter(|field| seen.insert(field.clone())));
    fields
}

pub(super) fn appraisers(changing: &Changing<'_>) -> Vec<SelectRow> {
    let assigned = |field: &str| changing.plan.appraisers.iter().find(|known| known.field == field);
    let row = |field: String| {
        let agency = assigned(&field).map_or("", |known| known.unit.as_str());
        SelectRow::new(format!("{FIELD}{field}"), label(changing, &field), &changing.offer.agencies, agency)
    };
    fields(changing).into_iter().map(row).collect()
}

/// A field of work as the set explains it: `noi-vu (Sở Nội vụ)`.
fn label(changing: &Changing<'_>, field: &str) -> String {
    let mut known = changing.sets.values().flat_map(|set| &set.appraisers).filter(|known| known.field == field);
    let name = known.next().map(|known| known.unit.as_str());
    name.map_or_else(|| format!("Lĩnh vực {field}"), |name| format!("Lĩnh vực {field} (trong bộ tiêu chí: {name})"))
}

/// Name of the field that names a body outside.
const OUTSIDE: &str = "ben-ngoai";

/// The same form with the body outside that appraises in place of all agencies here.
pub(super) fn outside(form: FormView, changing: &Changing<'_>) -> FormView {
    let known = changing.plan.outside.clone().unwrap_or_default();
    form.field(Field::text(OUTSIDE, "Cơ quan ngoài hệ thống thẩm định cả đợt").value(known).tip(
        "Ví dụ Bộ Nội vụ. Khi có, ở đây chỉ ghi lại kết quả kèm văn bản của cơ quan ấy, không ai trong hệ thống thẩm định; các lĩnh vực dưới đây không cần chọn.",
    ))
}

pub(super) fn read_appraisers(plan: &mut Plan, form: &mut FormView, sent: &Sent, changing: &Changing<'_>) {
    let outside = cchc_text::tidy(sent.text(OUTSIDE)).into_owned();
    if outside.chars().count() > 200 {
        form.refuse(OUTSIDE, "dài quá 200 ký tự");
    }
    plan.outside = Some(outside).filter(|body| !body.is_empty());
    let chosen = |field: &str| sent.text(&format!("{FIELD}{field}")).to_owned();
    let all = fields(changing).into_iter().map(|field| Assigned { unit: chosen(&field), field });
    plan.appraisers = all.filter(|assigned| !assigned.unit.is_empty()).collect();
    // Whoever appraises now need not be stood in for any more.
    plan.substitutes.retain(|known| plan.appraisers.iter().any(|assigned| assigned.field == known.field));
}

/// The cells that need a substitute: field, unit that is scored.
#[must_use]
pub fn needed(plan: &Plan) -> Vec<(String, String)> {
    let own = plan.appraisers.iter().filter(|known| plan.unit(&known.unit).is_some());
    let mut needed: Vec<(String, String)> = own.map(|known| (known.field.clone(), known.unit.clone())).collect();
    for known in &plan.substitutes {
        let cell = (known.field.clone(), known.scored.clone());
        if !needed.contains(&cell) {
            needed.push(cell);
        }
    }
    needed
}

/// Name of the choice of a substitute.
#[must_use]
pub fn pair(field: &str, scored: &str) -> String {
    format!("{FIELD}{field}.{scored}")
}

pub(super) fn substitutes(changing: &Changing<'_>) -> Vec<SelectRow> {
    let row = |(field, scored): (String, String)| {
        let known = changing.plan.substitutes.iter().find(|known| known.field == field && known.scored == scored);
        let label = format!("{}, lĩnh vực {field}", (changing.unit)(&scored));
        let chosen = known.map_or("", |known| known.unit.as_str());
        let others: Vec<(String, String)> =
            changing.offer.agencies.iter().filter(|(code, _)| *code != scored).cloned().collect();
        SelectRow::new(pair(&field, &scored), label, &others, chosen)
    };
    needed(changing.plan).into_iter().map(row).collect()
}

pub(super) fn read_substitutes(plan: &mut Plan, form: &mut FormView, sent: &Sent, changing: &Changing<'_>) {
    let mut found = Vec::new();
    for (field, scored) in needed(changing.plan) {
        let unit = sent.text(&pair(&field, &scored)).to_owned();
        if unit == scored {
            form.refuse("", format!("{} không thể thay thế chính mình.", (changing.unit)(&scored)));
        } else if !unit.is_empty() {
            found.push(Substitute { field, scored, unit });
        }
    }
    plan.substitutes = found;
}
