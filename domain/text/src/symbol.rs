//! Number and symbol of a document (số, ký hiệu): `2866/QĐ-UBND`, `30/2020/NĐ-CP`, `37-NQ/TW`, as people write
//! them, brought into one form.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.3; the Party's documents put the type before the slash.
//! Which abbreviations are types of documents is data and handed in ([`Types`]): with them a reversed symbol
//! (`566/SNV-TTr`) and a lost hyphen (`2866/QĐUBND`) are understood.

mod find;
mod read;

use std::fmt;

use thiserror::Error;

pub use find::{Found, find};
pub use read::parse;

/// Abbreviations of types of documents: `QĐ`, `NQ`, `TTr`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Types(Vec<String>);

impl Types {
    /// The types of these abbreviations; empty ones are left out, the longest are tried first.
    #[must_use]
    pub fn new<'a>(abbreviations: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all: Vec<String> = abbreviations.into_iter().map(read::clean).filter(|one| !one.is_empty()).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.chars().count()));
        all.dedup();
        Self(all)
    }

    /// The abbreviation as it is properly written, whatever the case: `qđ` is `QĐ`, `TTR` is `TTr`.
    fn known(&self, text: &str) -> Option<&str> {
        let lower = text.to_lowercase();
        // `TTr` and `TTR` differ in nothing but case; what is written exactly so comes first.
        let exact = self.0.iter().find(|one| *one == text);
        exact.or_else(|| self.0.iter().find(|one| one.to_lowercase() == lower)).map(String::as_str)
    }

    /// A type with which the text begins, and what is left of it: `QĐUBND` is `QĐ` and `UBND`.
    fn prefix<'t>(&self, text: &'t str) -> Option<(&str, &'t str)> {
        let found = self.0.iter().find_map(|one| Some((one.as_str(), text.strip_prefix(one.as_str())?)));
        found.filter(|(_, rest)| rest.chars().count() >= 2)
    }
}

/// The number and symbol of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol {
    /// The running number.
    pub number: u32,
    /// A letter behind the number, in lower case (`30c/NQ-CP`); empty: none.
    pub letter: String,
    /// The year that stands in the number, as in normative documents (`30/2020/NĐ-CP`).
    pub year: Option<i16>,
    /// Abbreviation of the type; empty: a letter (công văn), or a law (`63/2020/QH14`).
    pub kind: String,
    /// Who issues it, and who drafted it, as abbreviated: `UBND`, `CP`, `BNV-CCHC`.
    pub issuer: String,
    /// How it is written.
    pub form: Form,
}

/// How a symbol is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Type, then issuer: `2866/QĐ-UBND`.
    Plain,
    /// Issuer, then type, a local habit: `566/SNV-TTr`.
    Reversed,
    /// The Party's: `37-NQ/TW`.
    Party,
}

/// Why a text is no number and symbol. The message is Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SymbolError {
    /// It does not begin with a number.
    #[error("số, ký hiệu phải bắt đầu bằng số (ví dụ đúng: 2866/QĐ-UBND)")]
    NoNumber,
    /// There is nothing behind the number.
    #[error("thiếu ký hiệu sau số (ví dụ đúng: 2866/QĐ-UBND)")]
    NoSymbol,
    /// It has a sign that no symbol has.
    #[error("có ký tự không dùng trong số, ký hiệu (ví dụ đúng: 30/2020/NĐ-CP)")]
    Sign,
    /// It is too long for a symbol.
    #[error("số, ký hiệu quá dài (nhiều nhất {LONGEST} ký tự)")]
    TooLong,
}

/// Longest symbol, in characters.
pub const LONGEST: usize = 60;

impl fmt::Display for Symbol {
    /// The one form: `2866/QĐ-UBND`, `566/SNV-TTr`, `37-NQ/TW`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, letter, kind, issuer, .. } = self;
        // A number of one digit has a zero before it (Nghị định 30/2020/NĐ-CP, Phụ lục I); both are the same.
        write!(out, "{number:02}{letter}")?;
        if self.form == Form::Party {
            return write!(out, "-{kind}/{issuer}");
        }
        if let Some(year) = self.year {
            write!(out, "/{year}")?;
        }
        match self.form {
            _ if kind.is_empty() => write!(out, "/{issuer}"),
            Form::Reversed => write!(out, "/{issuer}-{kind}"),
            _ => write!(out, "/{kind}-{issuer}"),
        }
    }
}

#[cfg(test)]
mod tests;
