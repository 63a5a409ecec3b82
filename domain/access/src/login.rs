//! A login: what one types beside the password.

use std::fmt;
use std::str::FromStr;

use cchc_text::slug;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Shortest login, in characters.
const SHORTEST: usize = 3;
/// Longest login, in characters.
const LONGEST: usize = 40;

/// A login: 3 to 40 small letters without diacritics, digits, dots and hyphens; a letter or digit at both ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

/// A text that can't be a login.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "tên đăng nhập «{0}» không hợp lệ: từ 3 đến 40 ký tự, chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối, bắt đầu và kết thúc bằng chữ hoặc số"
)]
pub struct LoginError(pub String);

impl Login {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What to offer for a name: the given name, a dot, the rest: `Nguyễn Văn An` gives `an.nguyen-van`.
    ///
    /// `nth` is 0 at first and grows while the offer is taken: `an.nguyen-van2`. `None` where the name has
    /// no letter to make one of.
    #[must_use]
    pub fn suggest(name: &str, nth: u32) -> Option<Self> {
        let words = slug(name);
        let offer = match words.rsplit_once('-') {
            Some((before, given)) => format!("{given}.{before}"),
            None => words,
        };
        let number = if nth == 0 { String::new() } else { nth.saturating_add(1).to_string() };
        let room = LONGEST.saturating_sub(number.len());
        let cut: String = offer.chars().take(room).collect();
        let cut = cut.trim_end_matches(['.', '-']);
        if cut.is_empty() {
            return None;
        }
        let missing = SHORTEST.saturating_sub(cut.len().saturating_add(number.len()));
        format!("{cut}{}{number}", "0".repeat(missing)).parse().ok()
    }
}

impl FromStr for Login {
    type Err = LoginError;
    fn from_str(text: &str) -> Result<Self, LoginError> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let bytes = text.as_bytes();
        let ends = bytes.first().is_some_and(|byte| plain(*byte)) && bytes.last().is_some_and(|byte| plain(*byte));
        let inside = bytes.iter().all(|byte| plain(*byte) || matches!(byte, b'.' | b'-'));
        if ends && inside && (SHORTEST..=LONGEST).contains(&bytes.len()) {
            return Ok(Self(text.to_owned()));
        }
        Err(LoginError(text.chars().take(60).collect()))
    }
}

impl TryFrom<String> for Login {
    type Error = LoginError;
    fn try_from(text: String) -> Result<Self, LoginError> {
        text.parse()
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tells_logins_from_other_texts() {
        for good in ["an.nguyen-van", "abc", "007", "a-1", &"a".repeat(40)] {
            assert_eq!(good.parse::<Login>().map(String::from).as_deref(), Ok(good));
        }
        for bad in ["", "ab", "An.nguyen", "ân.nguyen", "a b c", ".abc", "abc-", "a@b.c", &"a".repeat(41)] {
            assert!(bad.parse::<Login>().is_err(), "{bad}");
        }
    }

    #[test]
    fn offers_the_given_name_first() {
        let offer = |name, nth| Login::suggest(name, nth).map(String::from);
        assert_eq!(offer("Nguyễn Văn An", 0).as_deref(), Some("an.nguyen-van"));
        assert_eq!(offer("Nguyễn Văn An", 1).as_deref(), Some("an.nguyen-van2"));
        assert_eq!(offer("Đỗ Ý", 0).as_deref(), Some("y.do"));
        assert_eq!(offer("Ý", 0).as_deref(), Some("y00"));
        assert_eq!(offer("国", 0), None);
    }

    proptest! {
        #[test]
        fn every_offer_is_a_login_and_no_two_are_the_same(name in r"[\PC]{0,80}", nth in 0u32..200) {
            let (first, second) = (Login::suggest(&name, nth), Login::suggest(&name, nth + 1));
            prop_assert_eq!(first.is_some(), !slug(&name).is_empty());
            prop_assert!(first.is_none() || first != second);
            if let Some(login) = first {
                prop_assert_eq!(login.as_str().parse::<Login>(), Ok(login.clone()));
            }
        }
    }
}
