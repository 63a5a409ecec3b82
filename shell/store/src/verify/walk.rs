//! All events, stream by stream, in bounded memory.

use cchc_ledger::{Actor, Envelope, Hash, Moment};

use crate::catalog;
use crate::conn::Conn;
use crate::error::DbError;
use crate::stored::StoredRow;
use crate::table::{Pages, Value, Values, key_text};

/// An event as it was read.
#[derive(Debug)]
pub(crate) struct Read {
    /// Name of the stream as stored, lossy where it is damaged.
    pub stream: String,
    /// Number as stored.
    pub version: i64,
    /// Its key as it is shown.
    pub key: String,
    /// The event, or why its row can't be read as one.
    pub stored: Result<StoredRow, String>,
}

/// A walk through the table `events`.
pub(crate) struct Walk {
    pages: Pages,
}

impl Walk {
    pub(crate) fn new() -> Result<Self, DbError> {
        let table = catalog::table("events").ok_or_else(|| DbError::Unreadable("events".to_owned()))?;
        Ok(Self { pages: Pages::of(table) })
    }

    /// The next events; none: that was all.
    pub(crate) async fn next(&mut self, conn: &mut Conn<'_>) -> Result<Vec<Read>, DbError> {
        Ok(self.pages.next(conn).await?.into_iter().map(read).collect())
    }
}

fn read(row: Values) -> Read {
    let key = row.get(..2).unwrap_or(&row);
    let stream = key.first().map(|value| key_text(std::slice::from_ref(value))).unwrap_or_default();
    let version = match key.get(1) {
        Some(Value::Int(version)) => *version,
        _ => 0,
    };
    Read { stream, version, key: key_text(key), stored: stored(row) }
}

/// Takes the values of a row one after the other.
struct Take(std::iter::Zip<std::slice::Iter<'static, (&'static str, catalog::Kind)>, std::vec::IntoIter<Value>>);

impl Take {
    fn value(&mut self) -> Result<(&'static str, Value), String> {
        self.0.next().map(|((name, _), value)| (*name, value)).ok_or_else(|| "thiếu cột".to_owned())
    }

    fn text(&mut self) -> Result<String, String> {
        match self.value()? {
            (_, Value::Text(text)) => Ok(text),
            (name, _) => Err(format!("cột {name} không đọc được")),
        }
    }

    fn bytes(&mut self) -> Result<Vec<u8>, String> {
        match self.value()? {
            (_, Value::Bytes(bytes)) => Ok(bytes),
            (name, _) => Err(format!("cột {name} không đọc được")),
        }
    }

    fn hash(&mut self) -> Result<Hash, String> {
        let bytes = self.bytes()?;
        Hash::from_slice(&bytes).ok_or_else(|| "một mã băm không đủ 32 byte".to_owned())
    }

    fn int<T: TryFrom<i64>>(&mut self) -> Result<T, String> {
        let (name, number) = match self.value()? {
            (name, Value::Int(number)) => (name, number),
            (name, _) => return Err(format!("cột {name} không đọc được")),
        };
        T::try_from(number).map_err(|_| format!("cột {name} có giá trị không thể có: {number}"))
    }
}

fn stored(row: Values) -> Result<StoredRow, String> {
    let columns = catalog::table("events").map_or(&[][..], |table| table.columns);
    let mut take = Take(columns.iter().zip(row));
    // Struct fields are evaluated in the order in which they are written: that of the columns.
    let (stream, version, name) = (take.text()?, take.int()?, take.text()?);
    let (form, recorded_at, happened_at) = (take.int()?, Moment(take.int()?), Moment(take.int()?));
    let actor = Actor { person: take.text()?, post: take.text()?, unit: take.text()?, capacity: take.text()? };
    let (reason, request, asked, ordinal) = (take.text()?, take.text()?, take.hash()?, take.int()?);
    let cause = take.bytes()?;
    let (previous, hash, payload) = (take.hash()?, take.hash()?, take.bytes()?);
    let envelope = Envelope {
        stream: stream.parse().map_err(|error: cchc_ledger::ids::IdError| error.to_string())?,
        version,
        name,
        form,
        recorded_at,
        happened_at,
        actor,
        reason,
        request,
        asked,
        ordinal,
        cause: match cause.is_empty() {
            true => None,
            false => Some(Hash::from_slice(&cause).ok_or_else(|| "nguyên nhân không phải mã băm".to_owned())?),
        },
        previous,
    };
    Ok(StoredRow { envelope, hash, payload })
}
