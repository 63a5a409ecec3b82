//! Criteria sets by version, read once: a version's content never changes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use cchc_index::{CriteriaSet, set_form, toml_form};
use cchc_ledger::Hash;

use crate::conn::{Arg, Conn};
use crate::error::DbError;

/// Sets that are kept read; a province has a few a year.
const KEPT: usize = 64;
static READ: Mutex<BTreeMap<Hash, Arc<CriteriaSet>>> = Mutex::new(BTreeMap::new());

/// The set of that name and version; `None` where there is none, or it can't be read.
pub async fn find(conn: &mut Conn<'_>, name: &str, version: &Hash) -> Result<Option<Arc<CriteriaSet>>, DbError> {
    let known = READ.lock().unwrap_or_else(PoisonError::into_inner).get(version).map(Arc::clone);
    if known.is_some() {
        return Ok(known);
    }
    let sql = "SELECT content FROM rule_versions WHERE kind = 'criteria-set' AND name = $1 AND id = $2 LIMIT 1";
    let Some(row) = conn.row(sql, &[Arg::Text(name), Arg::Bytes(version.as_bytes())]).await? else { return Ok(None) };
    let content = row.bytes(0)?;
    // A row that does not hold what its version says is damage, and `verify` names it.
    if Hash::of(&content) != *version {
        return Ok(None);
    }
    let Some(set) = read(name, &content) else { return Ok(None) };
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if read.len() >= KEPT {
        read.clear();
    }
    Ok(Some(Arc::clone(read.entry(*version).or_insert(set))))
}

fn read(name: &str, content: &[u8]) -> Option<Arc<CriteriaSet>> {
    let text = std::str::from_utf8(content).ok()?;
    let (form, mut findings) = toml_form::read(name, text);
    let set = set_form::from_form(&form, &mut findings)?;
    let broken = findings.iter().any(|finding| finding.severity == cchc_text::Severity::Error);
    (!broken).then(|| Arc::new(set))
}
