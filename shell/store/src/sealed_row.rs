//! Rows that no event explains (sessions, passwords, jobs) carry a seal: a hash over all their other columns.

use cchc_ledger::Hash;

use crate::conn::Arg;

const PURPOSE: &str = "cchc ledger row seal 1";

/// The seal of a row: its table and its values in the order of the columns.
#[must_use]
pub fn seal(table: &str, values: &[Arg<'_>]) -> Hash {
    let numbers: Vec<[u8; 8]> = values
        .iter()
        .map(|value| match value {
            Arg::Int(number) => number.to_le_bytes(),
            Arg::Text(_) | Arg::Bytes(_) => [0; 8],
        })
        .collect();
    let mut parts: Vec<&[u8]> = vec![table.as_bytes()];
    for (value, number) in values.iter().zip(&numbers) {
        parts.push(match value {
            Arg::Int(_) => number,
            Arg::Text(text) => text.as_bytes(),
            Arg::Bytes(bytes) => bytes,
        });
    }
    Hash::of_parts(PURPOSE, &parts)
}
