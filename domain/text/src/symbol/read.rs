//! A text that is a number and symbol, read.

use super::{Form, LONGEST, Symbol, SymbolError, Types};
use crate::tidy;

/// Reads a number and symbol with whatever dashes, spaces and letters it is written; types in any case, an issuer
/// in small letters alone in capitals (`TTg` stays).
///
/// # Errors
/// The first thing that makes it none.
pub fn parse(text: &str, types: &Types) -> Result<Symbol, SymbolError> {
    let text = clean(text);
    if text.chars().count() > LONGEST {
        return Err(SymbolError::TooLong);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let number: u32 = number.parse().map_err(|_| SymbolError::NoNumber)?;
    let (letter, rest) = letter(rest);
    if rest.chars().any(|sign| !is_part(sign)) {
        return Err(SymbolError::Sign);
    }
    let symbol = |year, kind: &str, issuer: &str, form| {
        let small = !issuer.chars().any(char::is_uppercase);
        let issuer = if small { issuer.to_uppercase() } else { issuer.to_owned() };
        let kind = kind.to_owned();
        Symbol { number, letter: letter.clone(), year, kind, issuer, form }
    };
    if let Some((kind, issuer)) = rest.strip_prefix('-').and_then(|rest| rest.split_once('/')) {
        let kind = types.known(kind).unwrap_or(kind);
        return sound(symbol(None, kind, issuer, Form::Party));
    }
    let (year, rest) = year(rest.trim_start_matches(['/', '-']));
    let parts: Vec<&str> = rest.split(['-', '/']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => Err(SymbolError::NoSymbol),
        [kind, issuer @ ..] if !issuer.is_empty() && types.known(kind).is_some() => {
            let kind = types.known(kind).unwrap_or_default();
            Ok(symbol(year, kind, &issuer.join("-"), Form::Plain))
        }
        [issuer @ .., kind] if !issuer.is_empty() && types.known(kind).is_some() => {
            let kind = types.known(kind).unwrap_or_default();
            Ok(symbol(year, kind, &issuer.join("-"), Form::Reversed))
        }
        [joined] => match types.prefix(joined).filter(|_| !is_parliament(joined)) {
            Some((kind, issuer)) => Ok(symbol(year, kind, issuer, Form::Plain)),
            None => Ok(symbol(year, "", joined, Form::Plain)),
        },
        all => Ok(symbol(year, "", &all.join("-"), Form::Plain)),
    }
}

/// `QH14`: the National Assembly of a term, no type of document.
fn is_parliament(text: &str) -> bool {
    text.strip_prefix("QH").is_some_and(|term| !term.is_empty() && term.bytes().all(|sign| sign.is_ascii_digit()))
}

fn sound(symbol: Symbol) -> Result<Symbol, SymbolError> {
    let is_empty = symbol.kind.is_empty() || symbol.issuer.is_empty();
    if is_empty { Err(SymbolError::NoSymbol) } else { Ok(symbol) }
}

/// Composed letters, one kind of dash, the Vietnamese Đ, no spaces; `Số:` before it is dropped.
pub(super) fn clean(text: &str) -> String {
    let text = tidy(text);
    let text = ["Số", "số", "SỐ"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let text = text.trim_start_matches(':').trim();
    text.chars().filter(|sign| !sign.is_whitespace()).map(plain).collect()
}

/// Dashes of every kind are a hyphen; Eth and the African D, which look like Đ, are Đ.
pub(super) const fn plain(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        _ => sign,
    }
}

/// Whether a sign may stand behind the number.
pub(super) fn is_part(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '/' | '-' | '&' | '.')
}

/// A single letter behind the number, in lower case: of `c/NQ-CP` the `c`.
fn letter(text: &str) -> (String, &str) {
    let mut signs = text.chars();
    match (signs.next(), signs.clone().next()) {
        (Some(letter), Some('/' | '-')) if letter.is_alphabetic() => (letter.to_lowercase().collect(), signs.as_str()),
        _ => (String::new(), text),
    }
}

/// The year behind the number: of `2020/NĐ-CP` 2020; of `QĐ-UBND` none.
fn year(text: &str) -> (Option<i16>, &str) {
    let found = text.split_once(['/', '-']).and_then(|(year, rest)| {
        let is_year = year.len() == 4 && year.bytes().all(|sign| sign.is_ascii_digit());
        let year: i16 = year.parse().ok().filter(|year| is_year && (1945..=2200).contains(year))?;
        Some((Some(year), rest))
    });
    found.unwrap_or((None, text))
}
