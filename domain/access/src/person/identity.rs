//! Who one is: name and contact.

use cchc_ledger::sealed::Sealed;
use cchc_text::tidy;
use serde::{Deserialize, Serialize};

use super::{Account, Person, PersonEvent, PersonRefusal};
use crate::Login;

/// Longest name, in characters.
const LONGEST_NAME: usize = 100;

/// Telephone and address of a person, each sealed with his key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Telephone number.
    #[serde(default)]
    pub phone: Option<Sealed>,
    /// Electronic mail.
    #[serde(default)]
    pub email: Option<Sealed>,
}

/// On which occasion a password was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordChange {
    /// The first one, made by the system.
    First,
    /// By himself.
    Own,
    /// By whoever manages his account.
    Reset,
}

impl Person {
    pub(super) fn register(
        &self,
        name: &str,
        login: Option<&str>,
        contact: Contact,
        simulated: bool,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        if self.id.is_some() {
            return Err(PersonRefusal::Exists);
        }
        let mut events = vec![PersonEvent::Registered { name: accepted(name)?, contact, simulated }];
        if let Some(login) = login {
            events.push(PersonEvent::AccountOpened { login: login.parse::<Login>()?.into() });
        }
        Ok(events)
    }

    pub(super) fn rename(&self, name: &str) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let name = accepted(name)?;
        Ok(if name == self.name { Vec::new() } else { vec![PersonEvent::Renamed { name }] })
    }

    pub(super) fn set_contact(&self, contact: Contact) -> Vec<PersonEvent> {
        if contact == self.contact { Vec::new() } else { vec![PersonEvent::ContactSet { contact }] }
    }

    pub(super) fn record_password_change(&self, how: PasswordChange) -> Result<Vec<PersonEvent>, PersonRefusal> {
        match self.account {
            Account::Open(_) => Ok(vec![PersonEvent::PasswordChanged { how }]),
            Account::None | Account::Closed(_) => Err(PersonRefusal::NoAccount),
        }
    }
}

fn accepted(name: &str) -> Result<String, PersonRefusal> {
    let name = tidy(name);
    let holds = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if holds { Ok(name.into_owned()) } else { Err(PersonRefusal::Name) }
}
