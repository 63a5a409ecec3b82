//! The documents that a text refers to.

use std::ops::Range;

use jiff::civil::Date;

use super::{Form, Symbol, Types, parse, read};
use crate::date;

/// A document that a text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where the symbol stands, in bytes of the text.
    pub at: Range<usize>,
    /// Its number and symbol.
    pub symbol: Symbol,
    /// The date behind it (`ngày 15/7/2021`, `ngày 15 tháng 7 năm 2021`); `None`: none, or not to the day.
    pub dated: Option<Date>,
}

/// Every document that a text refers to by number and symbol, in order; a date of the form `15/07/2021`, a
/// fraction, a share is none.
///
/// The text is read as it is: places are those of the text that was handed in.
#[must_use]
pub fn find(text: &str, types: &Types) -> Vec<Found> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(start) = next_number(text, from) {
        let end = end_of(text, start);
        from = end;
        let Some(word) = text.get(start..end) else { break };
        let word = word.trim_end_matches(['.', '-', '/', '&', ',']);
        let Some(symbol) = parse(word, types).ok().filter(is_meant) else { continue };
        let end = start.saturating_add(word.len());
        let dated = text.get(end..).and_then(dated);
        all.push(Found { at: start..end, symbol, dated });
    }
    all
}

/// Whether it is a symbol and not something that looks like one: `3/4`, `12-NQ`, `2/9-THPT`.
fn is_meant(symbol: &Symbol) -> bool {
    let has_letters = |text: &str| text.chars().filter(|sign| sign.is_uppercase()).count() >= 2;
    let begins = symbol.issuer.chars().next().is_some_and(char::is_alphabetic);
    let known = !symbol.kind.is_empty() || symbol.year.is_some() || symbol.issuer.contains('-');
    begins && has_letters(&symbol.issuer) && (known || symbol.form == Form::Party)
}

/// Where the next number begins that no letter or digit stands before.
fn next_number(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut before = text.get(..from).and_then(|before| before.chars().next_back());
    for (offset, sign) in rest.char_indices() {
        let is_inside =
            before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '/' | '-' | '.' | ','));
        if sign.is_ascii_digit() && !is_inside {
            return Some(from.saturating_add(offset));
        }
        before = Some(sign);
    }
    None
}

/// Where a symbol that begins here ends: at the first sign that none has.
fn end_of(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let is_part = |sign: char| read::is_part(read::plain(sign)) || unicode_normalization::char::is_combining_mark(sign);
    let length = rest.find(|sign: char| !is_part(sign)).unwrap_or(rest.len());
    start.saturating_add(length)
}

/// The date right behind a symbol.
fn dated(rest: &str) -> Option<Date> {
    let rest = crate::tidy(rest.get(..floor(rest, 120))?).into_owned();
    let rest = rest.trim_start_matches(',').trim_start();
    let rest = rest.strip_prefix("ngày")?.trim_start();
    let number = rest.find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '/' | '-' | '.')));
    let number = rest.get(..number.unwrap_or(rest.len()))?.trim_end_matches(['.', '-', '/']);
    if let Ok(day) = date::parse(number) {
        return Some(day);
    }
    let words: Vec<&str> = rest.split(' ').take(5).collect();
    let words = format!("ngày {}", words.join(" "));
    date::parse(words.trim_end_matches(|sign: char| !sign.is_ascii_digit())).ok()
}

/// The greatest place of a letter's begin at or before so many bytes.
fn floor(text: &str, bytes: usize) -> usize {
    (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
