//! Names of things in the ledger. The shell makes new ones; the domain only reads them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest key of a stream, in bytes.
const LONGEST_KEY: usize = 200;

/// A text that can't name a thing of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("«{0}» không phải mã hợp lệ: cần dạng loại/khóa, không có khoảng trắng, tối đa 200 ký tự")]
pub struct IdError(pub String);

/// A stream of events: `person/0193…`, `rule/criteria-set/vp-2021-huyen`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StreamId(String);

impl StreamId {
    /// The stream of a kind of aggregate and a key.
    ///
    /// # Errors
    /// [`IdError`] where the kind or the key has white space, control characters, or is empty or too long.
    pub fn new(kind: &str, key: &str) -> Result<Self, IdError> {
        format!("{kind}/{key}").parse()
    }

    /// The kind of aggregate.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.0.split_once('/').map_or("", |(kind, _)| kind)
    }

    /// The key within the kind.
    #[must_use]
    pub fn key(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, key)| key)
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for StreamId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError(text.to_owned());
        let (kind, key) = text.split_once('/').ok_or_else(wrong)?;
        let plain = |text: &str| !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control());
        let kind_holds = kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if !kind_holds || !plain(kind) || !plain(key) || key.len() > LONGEST_KEY {
            return Err(wrong());
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for StreamId {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<StreamId> for String {
    fn from(stream: StreamId) -> Self {
        stream.0
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id! {
    /// A person: the key of the stream `person/…`.
    PersonId
}
text_id! {
    /// What a client calls one request, so that sending it twice does it once.
    RequestId
}
text_id! {
    /// Whose personal data it is.
    SubjectId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_has_a_kind_and_a_key() {
        let stream = StreamId::new("rule", "criteria-set/vp-2021-huyen").unwrap();
        assert_eq!((stream.kind(), stream.key()), ("rule", "criteria-set/vp-2021-huyen"));
        for wrong in ["", "rule", "rule/", "/a", "Rule/a", "rule/a b", "rule/a\n"] {
            assert!(wrong.parse::<StreamId>().is_err(), "{wrong}");
        }
        assert!(StreamId::new("rule", &"a".repeat(201)).is_err());
    }
}
