//! A statement put together from this crate's own pieces of text; values only ever get a numbered place.

use crate::conn::{Arg, Conn, Row, built};
use crate::error::DbError;

/// A statement being put together.
#[derive(Debug)]
pub(crate) struct Query<'a> {
    text: String,
    args: Vec<Arg<'a>>,
}

impl<'a> Query<'a> {
    /// Begins with a piece of text.
    pub(crate) fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), args: Vec::new() }
    }

    /// Adds a piece of text.
    pub(crate) fn add(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds the next numbered place, with its value.
    pub(crate) fn bind(&mut self, arg: Arg<'a>) -> &mut Self {
        self.args.push(arg);
        self.text.push('$');
        self.text.push_str(&self.args.len().to_string());
        self
    }

    /// Adds `($1, $2, …)`; a list of nothing is `(NULL)`, in which nothing is.
    pub(crate) fn list(&mut self, texts: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let mut before = "(";
        for text in texts {
            self.add(before).bind(Arg::Text(text));
            before = ", ";
        }
        self.add(if before == "(" { "(NULL)" } else { ")" })
    }

    /// The same statement behind a word: `EXPLAIN `.
    pub(crate) fn before(mut self, text: &'static str) -> Self {
        self.text.insert_str(0, text);
        self
    }

    /// The answer; for answers that are known to be small.
    pub(crate) async fn rows(self, conn: &mut Conn<'_>) -> Result<Vec<Row>, DbError> {
        conn.rows_text(built(self.text), &self.args).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_get_numbered_places() {
        let mut query = Query::new("SELECT a FROM t WHERE b IN ");
        query.list(["x", "y"]).add(" AND c = ").bind(Arg::Int(7)).add(" AND d IN ").list([]);
        assert_eq!(query.text, "SELECT a FROM t WHERE b IN ($1, $2) AND c = $3 AND d IN (NULL)");
        assert_eq!(query.args, [Arg::Text("x"), Arg::Text("y"), Arg::Int(7)]);
    }
}
