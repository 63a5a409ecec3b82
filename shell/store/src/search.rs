//! The search box: an inverted index of folded words, the same on both engines.
//!
//! Every word that is asked for must be there, the last one as the beginning of a word. The index finds
//! at most [`CANDIDATES`] things, in the order of their words, by ranges alone; what is shown first is
//! decided here: what is written as it was asked for, with its diacritics, before what is only alike.
//!
//! What can be found is handed in by the program: units and sets when a rule changes
//! ([`Store::search_replace`]), single things when they change ([`Store::search_put`]). The store can't
//! read rules, so no event explains these rows; they are sealed. People are not in it: they are found by
//! [`Store::person_list`], which knows who may see whom.

mod rank;
mod write;

use cchc_text::fold;

use crate::conn::Arg;
use crate::error::DbError;
use crate::list::build::plan;
use crate::query::Query;
use crate::store::Store;

/// At most so many things are compared with what was asked for.
pub const CANDIDATES: i64 = 200;
/// More words than this are not looked at.
const MOST_WORDS: usize = 8;
/// Letters of a word, at most, that count.
const LONGEST_WORD: usize = 40;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchItem {
    /// Its key within its kind: the code of a unit.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of that name.
    pub subtitle: String,
    /// Its page.
    pub href: String,
    /// Other words under which it is found: codes, short names, earlier names.
    pub also: String,
    /// Its place among equally good ones, the smallest first (protocol order).
    pub place: i64,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What kind of thing: `unit`, `criteria-set`.
    pub kind: String,
    /// Its key within its kind.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of that name.
    pub subtitle: String,
    /// Its page.
    pub href: String,
    place: i64,
}

/// The words of a text, folded; letters and digits make words, all else divides them.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: String = word.chars().take(LONGEST_WORD).collect();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// What the index is asked for.
struct Found<'a> {
    last: &'a str,
    end: String,
    whole: &'a [String],
    kinds: &'a [&'a str],
}

impl<'a> Found<'a> {
    fn new(last: &'a str, whole: &'a [String], kinds: &'a [&'a str]) -> Self {
        Self { last, end: format!("{last}{}", char::MAX), whole, kinds }
    }

    fn query(&self) -> Query<'_> {
        let mut query = Query::new("SELECT w.kind, w.key, i.title, i.subtitle, i.href, i.place FROM search_words w ");
        query.add("JOIN search_items i ON i.kind = w.kind AND i.key = w.key WHERE w.word >= ");
        query.bind(Arg::Text(self.last)).add(" AND w.word < ").bind(Arg::Text(&self.end));
        // Written so that no engine goes by the kind instead, and sorts.
        query.add(" AND COALESCE(w.kind, '') IN ").list(self.kinds.iter().copied());
        for word in self.whole {
            query.add(" AND EXISTS (SELECT 1 FROM search_words x WHERE x.word = ").bind(Arg::Text(word));
            query.add(" AND x.kind = w.kind AND x.key = w.key)");
        }
        query.add(" ORDER BY w.word, w.kind, w.key LIMIT ").bind(Arg::Int(CANDIDATES));
        query
    }
}

impl Store {
    /// What fits the words best, at most so many, of those kinds that the viewer may see.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn search(&self, text: &str, kinds: &[&str], limit: usize) -> Result<Vec<Hit>, DbError> {
        let mut words = words(text);
        words.truncate(MOST_WORDS);
        let Some((last, whole)) = words.split_last() else { return Ok(Vec::new()) };
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        let found = Found::new(last, whole, kinds);
        let mut reader = self.reader().await?;
        let rows = found.query().rows(&mut reader.conn()).await?;
        let mut hits: Vec<Hit> = Vec::new();
        for row in &rows {
            let hit = Hit {
                kind: row.text(0)?,
                key: row.text(1)?,
                title: row.text(2)?,
                subtitle: row.text(3)?,
                href: row.text(4)?,
                place: row.int(5)?,
            };
            // Two words of one thing may begin alike.
            if !hits.iter().any(|known| (&known.kind, &known.key) == (&hit.kind, &hit.key)) {
                hits.push(hit);
            }
        }
        rank::sort(&mut hits, text);
        hits.truncate(limit);
        Ok(hits)
    }

    /// The plan of a search: which indexes answer. PostgreSQL is asked which ones could.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn search_plan(&self, text: &str, kinds: &[&str]) -> Result<Vec<String>, DbError> {
        let words = words(text);
        let Some((last, whole)) = words.split_last() else { return Ok(Vec::new()) };
        let found = Found::new(last, whole, kinds);
        let mut reader = self.reader().await?;
        plan(&mut reader.conn(), found.query()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_stand_once() {
        assert_eq!(words("UBND phường Phú Thọ (phu tho), H21.17"), ["ubnd", "phuong", "phu", "tho", "h21", "17"]);
        assert_eq!(words(" — ! "), Vec::<String>::new());
        assert_eq!(words(&"dài".repeat(100)).concat().chars().count(), LONGEST_WORD);
    }
}
