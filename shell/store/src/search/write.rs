//! What can be found, brought up to date.

use std::collections::BTreeMap;

use super::{SearchItem, words};
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::store::Store;

impl Store {
    /// Makes these the things of that kind that can be found, and no others; what is already so is left alone.
    ///
    /// # Errors
    /// What the engine says; nothing is changed then.
    pub async fn search_replace(&self, kind: &str, items: Vec<SearchItem>) -> Result<(), DbError> {
        let kind = kind.to_owned();
        self.write(move |conn| {
            let (kind, items) = (kind.clone(), items.clone());
            Box::pin(async move { replace(conn, &kind, &items).await })
        })
        .await
    }

    /// Makes one thing found as it is now.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn search_put(&self, kind: &str, item: SearchItem) -> Result<(), DbError> {
        let kind = kind.to_owned();
        self.write(move |conn| {
            let (kind, item) = (kind.clone(), item.clone());
            Box::pin(async move {
                remove(conn, &kind, &item.key).await?;
                insert(conn, &kind, &item).await
            })
        })
        .await
    }

    /// Makes a thing found no more.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn search_remove(&self, kind: &str, key: &str) -> Result<(), DbError> {
        let (kind, key) = (kind.to_owned(), key.to_owned());
        self.write(move |conn| {
            let (kind, key) = (kind.clone(), key.clone());
            Box::pin(async move { remove(conn, &kind, &key).await })
        })
        .await
    }
}

/// Writes only what differs: a changed unit is not a reason to write thousands of others.
async fn replace(conn: &mut Conn<'_>, kind: &str, items: &[SearchItem]) -> Result<(), DbError> {
    let rows = conn.rows("SELECT key, seal FROM search_items WHERE kind = $1", &[Arg::Text(kind)]).await?;
    let mut stored = BTreeMap::new();
    for row in &rows {
        stored.insert(row.text(0)?, row.bytes(1)?);
    }
    // Of two with one key the last stands, as in `search_put`.
    let wanted: BTreeMap<&str, &SearchItem> = items.iter().map(|item| (item.key.as_str(), item)).collect();
    for key in stored.keys().filter(|key| !wanted.contains_key(key.as_str())) {
        remove(conn, kind, key).await?;
    }
    for (key, item) in wanted {
        match stored.get(key) {
            Some(sealed) if sealed.as_slice() == Written::of(item).seal(kind, item).as_bytes() => {}
            Some(_) => {
                remove(conn, kind, key).await?;
                insert(conn, kind, item).await?;
            }
            None => insert(conn, kind, item).await?,
        }
    }
    Ok(())
}

async fn remove(conn: &mut Conn<'_>, kind: &str, key: &str) -> Result<(), DbError> {
    let args = [Arg::Text(kind), Arg::Text(key)];
    conn.run("DELETE FROM search_words WHERE kind = $1 AND key = $2", &args).await?;
    conn.run("DELETE FROM search_items WHERE kind = $1 AND key = $2", &args).await?;
    Ok(())
}

/// The folded words of a thing.
struct Written {
    words: Vec<String>,
    joined: String,
}

impl Written {
    fn of(item: &SearchItem) -> Self {
        let words = words(&format!("{} {} {}", item.title, item.subtitle, item.also));
        Self { joined: words.join(" "), words }
    }

    fn values<'a>(&'a self, kind: &'a str, item: &'a SearchItem) -> [Arg<'a>; 7] {
        let texts = [kind, &item.key, &item.title, &item.subtitle, &item.href, &self.joined];
        let [kind, key, title, subtitle, href, words] = texts.map(Arg::Text);
        [kind, key, title, subtitle, href, words, Arg::Int(item.place)]
    }

    fn seal(&self, kind: &str, item: &SearchItem) -> cchc_ledger::Hash {
        seal("search_items", &self.values(kind, item))
    }
}

async fn insert(conn: &mut Conn<'_>, kind: &str, item: &SearchItem) -> Result<(), DbError> {
    let written = Written::of(item);
    let sealed = written.seal(kind, item);
    let mut args = written.values(kind, item).to_vec();
    args.push(Arg::Bytes(sealed.as_bytes()));
    let sql = "INSERT INTO search_items (kind, key, title, subtitle, href, words, place, seal) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    conn.run(sql, &args).await?;
    for word in &written.words {
        let values = [Arg::Text(word), Arg::Text(kind), Arg::Text(&item.key)];
        let sealed = seal("search_words", &values);
        let [word, kind, key] = values;
        let args = [word, kind, key, Arg::Bytes(sealed.as_bytes())];
        conn.run("INSERT INTO search_words (word, kind, key, seal) VALUES ($1, $2, $3, $4)", &args).await?;
    }
    Ok(())
}
