//! The forms of the parts of a plan: what each asks, and the plan that what was sent makes of the old one.

mod agencies;
mod scope;
mod sharing;
mod times;

use cchc_index::round::Plan;
use cchc_ledger::Hash;

use super::Offer;
use super::form::SelectRow;
use super::part::{Part, part_address};
use crate::form::{FormView, Sent};

pub use agencies::{FIELD, needed, pair};
pub use scope::groups;
pub use sharing::SCORED;
pub use times::{deadline_fields, deadlines, year};

/// Name of the hidden field that says which plan was seen.
pub const SEEN: &str = "ban";

/// What names fields of work and units on these pages.
pub type Naming<'a> = &'a (dyn Fn(&str) -> String + Sync);

/// A plan about to be changed, with all that its forms need.
pub struct Changing<'a> {
    /// Key of the round.
    pub round: &'a str,
    /// The plan as it stands.
    pub plan: &'a Plan,
    /// The sets of its groups that can be read, by code of the group.
    pub sets: &'a std::collections::BTreeMap<String, std::sync::Arc<cchc_index::CriteriaSet>>,
    /// What can be chosen.
    pub offer: &'a Offer,
    /// Names of units.
    pub unit: Naming<'a>,
    /// Code of the unit whose sheet is split; empty: none.
    pub scored: &'a str,
    /// How it would be split by fields of work.
    pub proposed: Vec<cchc_index::round::Share>,
}

/// A few letters that say which plan was seen.
#[must_use]
pub fn seen(plan: &Plan) -> String {
    let bytes = serde_json::to_vec(plan).unwrap_or_default();
    Hash::of(&bytes).to_string().chars().take(16).collect()
}

impl Changing<'_> {
    /// The form of a part with what the plan says.
    #[must_use]
    pub fn form(&self, part: Part, request: &str) -> (FormView, Vec<SelectRow>) {
        let form = FormView::new(part_address(self.round, part), request, "Ghi").hide(SEEN, seen(self.plan));
        match part {
            Part::Title => (times::title(form, &self.plan.title, self.plan.year), Vec::new()),
            Part::Deadlines => (times::deadline_fields(form, &self.plan.deadlines), Vec::new()),
            Part::Sets => (scope::sets(form, self), Vec::new()),
            Part::Units => (scope::units(form, self), Vec::new()),
            Part::Presets => (scope::presets(form, self), Vec::new()),
            Part::Appraisers => (agencies::outside(form, self), agencies::appraisers(self)),
            Part::Shares => (sharing::form(form, self), sharing::rows(self)),
            Part::Substitutes => (form, agencies::substitutes(self)),
        }
    }

    /// The plan that was asked for, or the form with everything that is wrong.
    ///
    /// # Errors
    /// The form to show again.
    pub fn read(&self, part: Part, mut form: FormView, sent: &Sent) -> Result<Plan, Box<FormView>> {
        let mut plan = self.plan.clone();
        match part {
            Part::Title => times::read_title(&mut plan, &mut form, sent),
            Part::Deadlines => plan.deadlines = deadlines(&mut form, sent),
            Part::Sets => scope::read_sets(&mut plan, &mut form, sent, self.offer),
            Part::Units => scope::read_units(&mut plan, &mut form, sent, self.offer),
            Part::Presets => scope::read_presets(&mut plan, &mut form, sent, self),
            Part::Appraisers => agencies::read_appraisers(&mut plan, &mut form, sent, self),
            Part::Shares => sharing::read(&mut plan, sent, self),
            Part::Substitutes => agencies::read_substitutes(&mut plan, &mut form, sent, self),
        }
        if !form.is_refused() && *self.plan != plan && sent.text(SEEN) != seen(self.plan) {
            form.refuse("", "Kế hoạch vừa được người khác sửa. Xem lại phần này rồi gửi lần nữa.");
        }
        if form.is_refused() { Err(Box::new(form)) } else { Ok(plan) }
    }
}

#[cfg(test)]
mod tests;
