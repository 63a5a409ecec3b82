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

#[cfg(test)]
mod tests {
    use cchc_ledger::SubjectId;
    use cchc_ledger::sealed::{SubjectKey, seal};

    use super::*;
    use crate::PersonCommand as C;
    use crate::person::testing::{Story, register};

    #[test]
    fn he_is_entered_once_with_or_without_an_account() {
        let mut story = Story::new();
        assert_eq!(story.ask(C::Rename { name: "An".to_owned() }), Err(PersonRefusal::Missing));
        assert_eq!(story.ask(register(None)), Ok(vec!["registered"]));
        assert_eq!((story.person.id.as_ref().unwrap().as_str(), &story.person.account), ("a", &Account::None));
        assert!(story.person.simulated);
        assert_eq!(story.ask(register(None)), Err(PersonRefusal::Exists));
        assert_eq!(
            Story::new().ask(register(Some("an"))).unwrap_err().to_string().split(':').next(),
            Some("tên đăng nhập «an» không hợp lệ")
        );
        assert_eq!(Story::new().ask(register(Some("an.nguyen-van"))), Ok(vec!["registered", "account-opened"]));
    }

    #[test]
    fn a_name_is_one_clean_line() {
        let mut story = Story::with(Vec::new());
        let name = |name: &str| C::Rename { name: name.to_owned() };
        assert_eq!(story.ask(name(" Trần  Văn\tAn ")), Ok(vec!["renamed"]));
        assert_eq!(story.person.name, "Trần Văn An");
        assert_eq!(story.ask(name("Trần Văn An")), Ok(vec![]));
        for wrong in ["", " \u{200b}", &"a".repeat(101)] {
            assert_eq!(story.ask(name(wrong)), Err(PersonRefusal::Name));
        }
    }

    #[test]
    fn a_contact_is_kept_sealed_and_can_go() {
        let mut story = Story::with(Vec::new());
        let phone = seal(&SubjectId::from("a"), &SubjectKey([7; 32]), [1; 24], "0912 345 678").unwrap();
        let contact = Contact { phone: Some(phone), email: None };
        assert_eq!(story.ask(C::SetContact { contact: contact.clone() }), Ok(vec!["contact-set"]));
        assert_eq!(story.person.contact, contact);
        assert_eq!(story.ask(C::SetContact { contact }), Ok(vec![]));
        assert_eq!(story.ask(C::SetContact { contact: Contact::default() }), Ok(vec!["contact-set"]));
        assert_eq!(story.person.contact, Contact::default());
    }

    #[test]
    fn a_password_is_only_noted() {
        let mut story = Story::with(Vec::new());
        assert_eq!(story.ask(C::RecordPasswordChange { how: PasswordChange::Own }), Ok(vec!["password-changed"]));
        assert_eq!(story.person.password_changed.unwrap().date(), story.day);
        let mut nobody = Story::new();
        nobody.ask(register(None)).unwrap();
        assert_eq!(nobody.ask(C::RecordPasswordChange { how: PasswordChange::Reset }), Err(PersonRefusal::NoAccount));
    }
}
