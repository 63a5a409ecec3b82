//! Where a page begins, as a text for addresses: opaque to everybody else.

use super::Sort;
use crate::catalog::Kind;
use crate::error::DbError;
use crate::table::Value;

/// On which side of the row the page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Behind it.
    After,
    /// Before it.
    Before,
}

/// A row of an order, and the side on which the page lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) way: Way,
    pub(crate) at: Vec<Value>,
}

impl Cursor {
    /// The text: `s` or `t`, name and condition of the order, the values.
    pub(crate) fn text(sort: &Sort, way: Way, at: &[Value]) -> String {
        let way = if way == Way::After { 's' } else { 't' };
        let mut text = format!("{way}.{}.{}", sort.name, sort.needs);
        for value in at {
            text.push('.');
            match value {
                Value::Int(number) => text.push_str(&number.to_string()),
                Value::Text(plain) => hex(&mut text, plain.as_bytes()),
                Value::Bytes(bytes) => hex(&mut text, bytes),
                Value::Raw(_) | Value::Damaged(_) => {}
            }
        }
        text
    }

    /// Reads a text of that order.
    ///
    /// # Errors
    /// [`DbError::Refused`] where it is none.
    pub(crate) fn read(text: &str, sort: &Sort) -> Result<Self, DbError> {
        let wrong = || DbError::Refused("vị trí trang không hợp lệ; mở lại danh sách từ đầu".to_owned());
        let parts: Vec<&str> = text.split('.').collect();
        let [way, name, needs, values @ ..] = parts.as_slice() else { return Err(wrong()) };
        let way = match *way {
            "s" => Way::After,
            "t" => Way::Before,
            _ => return Err(wrong()),
        };
        if (*name, *needs) != (sort.name, sort.needs) || values.len() != sort.columns.len() {
            return Err(wrong());
        }
        let value = |(text, (_, kind)): (&&str, &(&str, Kind))| match kind {
            Kind::Int => text.parse().ok().map(Value::Int),
            Kind::Text => unhex(text).and_then(|bytes| String::from_utf8(bytes).ok()).map(Value::Text),
            Kind::Bytes => unhex(text).map(Value::Bytes),
        };
        let at: Option<Vec<Value>> = values.iter().zip(sort.columns).map(value).collect();
        // A text of PostgreSQL can't hold this character.
        let holds = |at: &Vec<Value>| !at.iter().any(|value| matches!(value, Value::Text(text) if text.contains('\0')));
        Ok(Self { way, at: at.filter(holds).ok_or_else(wrong)? })
    }
}

fn hex(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        text.extend([byte >> 4, byte & 15].iter().filter_map(|digit| char::from_digit(u32::from(*digit), 16)));
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.as_bytes().chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::list::{Lead, Order};

    const SORT: Sort = Sort {
        name: "newest",
        needs: "",
        columns: &[("a", Kind::Int), ("b", Kind::Text), ("c", Kind::Bytes)],
        order: Order::Falling,
        lead: Lead::Any,
    };

    proptest! {
        #[test]
        fn what_was_written_is_read(
            number in any::<i64>(),
            text in "[^\0]*",
            bytes in proptest::collection::vec(any::<u8>(), 0..9),
            after in any::<bool>(),
        ) {
            let way = if after { Way::After } else { Way::Before };
            let at = vec![Value::Int(number), Value::Text(text), Value::Bytes(bytes)];
            let written = Cursor::text(&SORT, way, &at);
            prop_assert_eq!(Cursor::read(&written, &SORT).unwrap(), Cursor { way, at });
        }

        #[test]
        fn whatever_is_sent_does_no_harm(text in ".*", start in "[st]\\.newest\\.\\.") {
            let _ = Cursor::read(&text, &SORT);
            let _ = Cursor::read(&format!("{start}{text}"), &SORT);
        }
    }

    #[test]
    fn what_is_of_another_order_is_refused() {
        for text in ["", "s", "x.newest..1.61.00", "s.oldest..1.61.00", "s.newest..1.61", "s.newest..1.6.00"] {
            assert!(Cursor::read(text, &SORT).is_err(), "{text}");
        }
        for text in ["s.newest..x.61.00", "s.newest..1.00.00", "s.newest..1.ff.00", "s.newest..1.61.00.00"] {
            assert!(Cursor::read(text, &SORT).is_err(), "{text}");
        }
        assert!(Cursor::read("s.newest..1.61.00", &SORT).is_ok());
    }
}
