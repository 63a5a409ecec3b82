//! The sheet of an address, and what the visitor may do with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use cchc_access::{Action, Grant};
use cchc_calendar::DaysOff;
use cchc_index::round::Ranked;
use cchc_index::sheet::{Evidence, Proof};
use cchc_index::{CriteriaSet, Sheet, SheetCommand, SheetRefusal};
use cchc_ledger::{Context, Hash, Moment};
use cchc_store::threads::ThreadRow;
use cchc_store::{CommitError, Committed, sheets};

use crate::acts::rounds::at::{RoundAt, over};
use crate::acts::rounds::list::unit_name;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::pages::rounds::sheet::before::Before;
use crate::pages::rounds::sheet::lines::Seen;
use crate::pages::rounds::sheet_address;
use crate::upload::File;

/// The sheet of a unit in a round.
pub struct SheetOf {
    /// The round.
    pub at: RoundAt,
    /// Whose sheet it is.
    pub unit: Ranked,
    /// The set by which it is scored.
    pub set: Arc<CriteriaSet>,
    /// The sheet.
    pub sheet: Sheet,
    /// The fields of work that the visitor may see; `None`: all.
    pub fields: Option<Vec<String>>,
    days_off: DaysOff,
    threads: BTreeMap<(String, String), ThreadRow>,
    mine: Option<Vec<String>>,
}

/// In which posts the visitor may answer lines of a sheet.
pub struct Filling {
    /// As somebody of the unit itself: any line.
    pub whole: Option<Grant>,
    /// As somebody of units that share the sheet: their lines, by code of the unit.
    pub parts: Vec<(String, Grant)>,
}

impl Filling {
    /// The post in which he answers the lines of a unit. For a line that is none of his the sheet says so.
    #[must_use]
    pub fn grant(&self, whose: &str) -> Option<&Grant> {
        let own = self.parts.iter().find(|(unit, _)| unit == whose).or(self.parts.first());
        self.whole.as_ref().or(own.map(|(_, grant)| grant))
    }
}

impl SheetOf {
    /// The sheet of an address, for whoever may see it or shares it, or the lines that his agency appraises.
    ///
    /// # Errors
    /// Who may not look, learns nothing; 404 where the round does not score that unit.
    pub async fn find(with: &With, round: &str, unit: &str) -> Result<Self, ErrorPage> {
        let at = RoundAt::find(with, round).await?;
        let mut whole = over(with, Action::ViewSheets, unit).await;
        for sharing in at.plan.sharing(unit) {
            if whole.is_ok() {
                break;
            }
            // The refusal that is told is that of the sheet itself.
            whole = over(with, Action::ViewSheets, sharing).await.or(whole);
        }
        let fields = match whole {
            Ok(_) => None,
            Err(refused) => {
                let fields = appraised(with, &at, unit).await?;
                if fields.is_empty() {
                    return Err(refused);
                }
                Some(fields)
            }
        };
        let unit = at.unit(unit)?.clone();
        let set = Arc::clone(at.set_of(&unit)?);
        let sheet = with.store().sheet_find(&at.id, &unit.code).await?;
        let days_off = at.days_off();
        Ok(Self { at, unit, set, sheet, fields, days_off, threads: BTreeMap::new(), mine: None })
    }

    /// In which posts the visitor may answer lines of it.
    ///
    /// # Errors
    /// The page that says why he may answer none.
    pub async fn filling(&self, with: &With) -> Result<Filling, ErrorPage> {
        let whole = self.own(with, Action::FillSheets).await;
        let mut parts = Vec::new();
        for unit in self.at.plan.sharing(&self.unit.code) {
            if let Ok(grant) = over(with, Action::FillSheets, unit).await {
                parts.push((unit.to_owned(), grant));
            }
        }
        match whole {
            Err(refused) if parts.is_empty() => Err(refused),
            whole => Ok(Filling { whole: whole.ok(), parts }),
        }
    }

    /// The unit that answers a line: one that shares the sheet, else the unit itself.
    #[must_use]
    pub fn whose(&self, line: &str) -> &str {
        let found =
            self.set.find(line).and_then(|(index, _)| self.at.plan.shared_with(&self.unit.code, &self.set, index));
        found.unwrap_or(&self.unit.code)
    }

    /// The same, seen by whoever answers lines of it: of some units alone, or of all.
    #[must_use]
    pub fn seen_by(mut self, filling: Option<&Filling>) -> Self {
        let parts = filling.filter(|filling| filling.whole.is_none());
        self.mine = parts.map(|filling| filling.parts.iter().map(|(unit, _)| unit.clone()).collect());
        self
    }

    /// Whether the visitor may do that to the sheet as somebody of the unit.
    ///
    /// # Errors
    /// The page that says why not.
    pub async fn own(&self, with: &With, action: Action) -> Result<Grant, ErrorPage> {
        over(with, action, &self.unit.code).await
    }

    /// Whether other units answer lines of it.
    #[must_use]
    pub fn is_split(&self) -> bool {
        !self.at.plan.sharing(&self.unit.code).is_empty()
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        sheet_address(&self.at.id, &self.unit.code)
    }

    /// Commits a command to its stream.
    ///
    /// # Errors
    /// As [`cchc_store::Store::commit`].
    pub async fn commit(
        &self,
        with: &With,
        command: SheetCommand,
        context: Context,
    ) -> Result<Committed, CommitError<SheetRefusal>> {
        let stream = sheets::stream(&self.at.id, &self.unit.code);
        let stream = stream.map_err(|error| CommitError::Constraint(error.to_string()))?;
        with.store().commit::<Sheet>(&stream, command, context).await
    }

    /// The same with what was asked about its criteria, for pages that show it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn with_threads(mut self, with: &With) -> Result<Self, ErrorPage> {
        self.threads = with.store().thread_answers(&self.at.id).await?;
        Ok(self)
    }

    /// The sheet as it stands now.
    ///
    /// # Errors
    /// What the store says.
    pub async fn again(&mut self, with: &With) -> Result<(), ErrorPage> {
        self.sheet = with.store().sheet_find(&self.at.id, &self.unit.code).await?;
        Ok(())
    }

    /// The codes of the lines that stand in the way of handing in: empty ones, unproved ones.
    #[must_use]
    pub fn missing(&self) -> (Vec<String>, Vec<String>) {
        self.sheet.missing(&self.at.plan, &self.set, &self.unit.code)
    }

    /// What the unit answered and earned a year before, where that was published.
    #[must_use]
    pub fn before(&self, with: &With) -> Before {
        let year = self.at.plan.year.saturating_sub(1);
        let known = with
            .publications
            .iter()
            .find(|publication| publication.package.set.year == year && publication.unit(&self.unit.code).is_some());
        known.map(|publication| Before::of_unit(publication, &self.unit.code)).unwrap_or_default()
    }

    /// What its page is made from; `fills`: whether the visitor may answer its lines.
    #[must_use]
    pub fn seen<'a>(
        &'a self,
        with: &With,
        before: &'a Before,
        fills: bool,
        name: &'a (dyn Fn(&str) -> String + Sync),
    ) -> Seen<'a> {
        Seen {
            id: &self.at.id,
            round: &self.at.round,
            plan: &self.at.plan,
            unit: &self.unit,
            set: &self.set,
            sheet: &self.sheet,
            days_off: &self.days_off,
            before,
            today: with.today,
            since: Moment::start_of(with.today),
            fills,
            mine: self.mine.as_deref(),
            fields: self.fields.as_deref(),
            threads: &self.threads,
            name,
        }
    }
}

/// The fields of work of a unit that the visitor's agency appraises.
///
/// # Errors
/// What the store says.
pub async fn appraised(with: &With, at: &RoundAt, unit: &str) -> Result<Vec<String>, ErrorPage> {
    let Some(set) = at.plan.unit(unit).and_then(|ranked| at.sets.get(&ranked.group)) else { return Ok(Vec::new()) };
    let mut fields: Vec<&str> = set.leaves().map(|(_, _, leaf)| leaf.appraiser.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    let mut asked: BTreeMap<&str, bool> = BTreeMap::new();
    let mut own = Vec::new();
    for field in fields {
        let Some(agency) = at.plan.appraiser(field, unit) else { continue };
        let may = match asked.get(agency) {
            Some(may) => *may,
            None => over(with, Action::AppraiseLines, agency).await.is_ok(),
        };
        asked.insert(agency, may);
        if may {
            own.push(field.to_owned());
        }
    }
    Ok(own)
}

/// Evidence under a name that follows from what it is: the same again is the same.
#[must_use]
pub fn evidence(proof: Proof, section: &str, page: &str) -> Evidence {
    let whole = serde_json::to_vec(&proof).unwrap_or_default();
    let id = Hash::of(&whole).to_string().chars().take(16).collect();
    Evidence { id, proof, section: cchc_text::nfc(section).into_owned(), page: cchc_text::nfc(page).into_owned() }
}

/// A file as evidence; whether it is kept is another matter.
#[must_use]
pub fn proof(file: &File, media: &str) -> Proof {
    let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    Proof::File { hash: Hash::of(&file.bytes), name: file.name.clone(), size, media: media.to_owned() }
}

/// The name of a unit by its code.
pub fn names(with: &With) -> impl Fn(&str) -> String {
    |code| unit_name(with, code)
}
