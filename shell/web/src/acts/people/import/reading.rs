//! What a file says: people to enter, whom of them there is already, whom this visitor may not enter.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use cchc_access::{Capacity, Post};
use cchc_ledger::PersonId;
use cchc_papers::accounts::{self, Around, NewAccount};
use cchc_papers::{Limits, OldText};
use cchc_text::{Finding, Findings};

use crate::acts::people::asking::id;
use crate::acts::people::choices;
use crate::acts::people::register::{Grants, grants};
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::pages::people::import as page;
use crate::upload::File;

/// Rows of one file at most: each password takes a core for some milliseconds.
const MOST: usize = 500;

/// What a file says.
pub struct Read {
    /// Rows that can be entered.
    pub rows: Vec<Row>,
    /// Everything that is wrong or worth knowing.
    pub findings: Findings,
}

/// A person to enter.
pub struct Row {
    /// His id: made of what the row says of him and his post.
    pub person: PersonId,
    /// The row.
    pub account: NewAccount,
    /// In whose name.
    pub grants: Grants,
    /// Whether he is there already.
    pub standing: Standing,
}

/// Whether somebody was entered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// He is new.
    New,
    /// The same row was sent before.
    Known,
}

impl Row {
    /// His first post.
    #[must_use]
    pub fn post(&self) -> Post {
        post(&self.person, &self.account)
    }

    /// The row as pages show it.
    #[must_use]
    pub fn shown(&self, with: &With) -> page::Row {
        let roles: Vec<&str> = self.account.roles.iter().map(|role| role.label()).collect();
        let standing = match self.standing {
            Standing::New => "tạo người, chức vụ, tài khoản",
            Standing::Known => "đã nhập trước đây, không tạo lại",
        };
        page::Row {
            name: self.account.name.clone(),
            login: self.account.login.as_str().to_owned(),
            post: choices::post_label(with, &self.post()),
            roles: roles.join(", "),
            standing: standing.to_owned(),
            password: String::new(),
        }
    }
}

fn post(person: &PersonId, account: &NewAccount) -> Post {
    Post {
        id: id(&["accounts post", person.as_str()]).as_str().into(),
        unit: account.unit.clone(),
        title: account.title.clone(),
        party_title: Some(account.party_title.clone()).filter(|title| !title.is_empty()),
        roles: account.roles.clone(),
        fields: account.fields.clone(),
        capacity: Capacity::Own,
        from: account.from,
        to: account.to,
        document: account.document.clone(),
        order: 0,
    }
}

/// The id of each row's person: two rows that say the same are two people, in the order of the file.
fn ids(accounts: &[NewAccount]) -> Vec<PersonId> {
    let mut seen: BTreeMap<[&str; 3], usize> = BTreeMap::new();
    let each = accounts.iter().map(|account| {
        let key = [account.name.as_str(), account.unit.as_str(), account.title.as_str()];
        let nth = seen.entry(key).or_default();
        *nth = nth.saturating_add(1);
        let nth = nth.to_string();
        PersonId(id(&["accounts", key[0], key[1], key[2], &nth]))
    });
    each.collect()
}

impl Read {
    /// Reads a file against the units and logins of now.
    ///
    /// # Errors
    /// What the store says; what is wrong with the file is a finding.
    pub async fn file(with: &With, file: File) -> Result<Self, ErrorPage> {
        // A login that a row of this very file got before is that row's own, not taken.
        let own: BTreeSet<PersonId> = ids(&parse(with, &file, &BTreeSet::new()).accounts).into_iter().collect();
        let (mut taken, mut free) = (BTreeSet::new(), BTreeSet::new());
        let parsed = loop {
            let parsed = parse(with, &file, &taken);
            let unknown: Vec<String> = parsed
                .asked
                .iter()
                .filter(|login| !taken.contains(*login) && !free.contains(*login))
                .cloned()
                .collect();
            if unknown.is_empty() {
                break parsed;
            }
            for login in unknown {
                let holder = with.store().person_by_login(&login).await?;
                let strange = holder.is_some_and(|holder| !own.contains(&holder.id));
                let _ = if strange { taken.insert(login) } else { free.insert(login) };
            }
        };
        let mut read = Self { rows: Vec::new(), findings: parsed.findings };
        if parsed.accounts.len() > MOST {
            let message = format!("Tệp có {} người; mỗi lần nhập tối đa {MOST}.", parsed.accounts.len());
            let finding = Finding::error("too-many-people", cchc_text::Place::file(file.name), message);
            read.findings.push(finding.hint("Hãy chia tệp thành nhiều phần."));
            return Ok(read);
        }
        let people = ids(&parsed.accounts);
        for (person, account) in people.into_iter().zip(parsed.accounts) {
            read.row(with, person, account).await?;
        }
        Ok(read)
    }

    async fn row(&mut self, with: &With, person: PersonId, account: NewAccount) -> Result<(), ErrorPage> {
        let known = with.store().person_find(&person).await?.is_some();
        let held = (account.unit.as_str(), account.roles.as_slice());
        match grants(with, &person, Some(account.login.as_str()), Some(held)).await {
            Ok(grants) => {
                let standing = if known { Standing::Known } else { Standing::New };
                self.rows.push(Row { person, account, grants, standing });
            }
            Err(refused) if refused.status.is_client_error() => {
                let message = format!("{}: {}", account.name, refused.because.join(" "));
                self.findings.push(Finding::error("not-permitted", account.place, message));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// A file as it reads while some logins are taken, and which logins it asked for.
struct Parsed {
    accounts: Vec<NewAccount>,
    findings: Findings,
    asked: BTreeSet<String>,
}

fn parse(with: &With, file: &File, taken: &BTreeSet<String>) -> Parsed {
    let asked = RefCell::new(BTreeSet::new());
    let is_taken = |login: &str| {
        asked.borrow_mut().insert(login.to_owned());
        taken.contains(login)
    };
    let around = Around { units: &with.units, today: with.today, is_taken: &is_taken, old_text: OldText::Refused };
    let (accounts, findings) = accounts::read(&file.name, &file.bytes, &around, &Limits::default());
    Parsed { accounts, findings, asked: asked.into_inner() }
}
