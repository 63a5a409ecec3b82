//! What an action is done to, as far as access needs it.

use cchc_ledger::PersonId;

/// What an action is done to: to whom it belongs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resource<'a> {
    /// Code of the unit to which it belongs.
    pub unit: Option<&'a str>,
    /// Codes of the units above that unit on that day, in any order.
    pub ancestors: &'a [String],
    /// Whose own it is.
    pub owner: Option<&'a PersonId>,
    /// Code of its field.
    pub field: Option<&'a str>,
}

impl<'a> Resource<'a> {
    /// A thing of the whole system: no unit's, nobody's.
    #[must_use]
    pub const fn system() -> Self {
        Self { unit: None, ancestors: &[], owner: None, field: None }
    }

    /// A thing of a unit, with the units above it.
    #[must_use]
    pub const fn of_unit(unit: &'a str, ancestors: &'a [String]) -> Self {
        Self { unit: Some(unit), ancestors, owner: None, field: None }
    }

    /// A thing of a person's own.
    #[must_use]
    pub const fn of_person(owner: &'a PersonId) -> Self {
        Self { unit: None, ancestors: &[], owner: Some(owner), field: None }
    }

    /// The same thing, a person's own.
    #[must_use]
    pub const fn owned_by(self, owner: &'a PersonId) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// The same thing, of a field.
    #[must_use]
    pub const fn in_field(self, field: &'a str) -> Self {
        Self { field: Some(field), ..self }
    }

    /// Whether it lies in that unit or below it.
    #[must_use]
    pub fn lies_under(&self, unit: &str) -> bool {
        self.unit == Some(unit) || self.unit.is_some() && self.ancestors.iter().any(|above| above == unit)
    }
}
