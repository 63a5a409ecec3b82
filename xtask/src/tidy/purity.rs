//! The domain is pure: no clock, no floats, no files, no network, no threads, no environment.

use super::{Finding, Repo};
use crate::rust_code;

/// Modules of the standard library that touch the world or keep global state.
const WORLD: &[&str] = &["env", "fs", "net", "os", "process", "thread"];

/// Looks at every Rust file below domain/; floats are permitted in tests, the clock nowhere.
pub fn check(repo: &Repo) -> Vec<Finding> {
    repo.texts("domain/", &["rs"]).flat_map(|(path, text)| look(path, text)).collect()
}

fn look(path: &str, source: &str) -> Vec<Finding> {
    let code = rust_code::code(source);
    let mut findings: Vec<Finding> = clock_calls(&code)
        .map(|line| Finding::new(path, line, "a clock is read", "take the date or time as an argument"))
        .collect();
    if rust_code::is_test_file(path) {
        return findings;
    }
    let code = rust_code::without_tests(&code);
    let remedy = "count in whole numbers, Decimal or exact fractions";
    findings.extend(floats(&code).map(|(line, what)| Finding::new(path, line, format!("a float: `{what}`"), remedy)));
    let remedy = "move it to shell/ and pass the result in";
    findings.extend(outside(&code).map(|(line, what)| Finding::new(path, line, format!("`std::{what}`"), remedy)));
    findings
}

fn clock_calls(code: &str) -> impl Iterator<Item = usize> {
    let lines: Vec<&str> = code.lines().collect();
    rust_code::words(code).filter_map(move |(line, at, word)| {
        let after = lines[line - 1][at + word.len()..].trim_start();
        (word == "now" && after.starts_with('(')).then_some(line)
    })
}

fn floats(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().flat_map(|(index, line)| floats_of(line).into_iter().map(move |found| (index + 1, found)))
}

/// Float types and float literals of one line; `0..5`, `pair.0.1`, `1.max(2)` and `0x1e5` are none.
fn floats_of(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut skip_to = 0;
    for (_, at, word) in rust_code::words(line) {
        if at < skip_to {
            continue;
        }
        if word.ends_with("f32") || word.ends_with("f64") {
            let number = word.trim_end_matches("f32").trim_end_matches("f64");
            if number.chars().all(|c| c.is_ascii_digit() || c == '_') {
                found.push(word);
            }
            continue;
        }
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let before = &line[..at];
        let end = at + word.len();
        let (digits, after) = (word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_'), &line[end..]);
        let tuple_index = before.ends_with('.') && !before.ends_with("..");
        if tuple_index {
            skip_to = end + after.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(after.len());
        } else if digits.starts_with(['e', 'E']) {
            found.push(word);
        } else if digits.is_empty() && has_fraction(after) {
            let length = 1 + after[1..].find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(after.len() - 1);
            found.push(&line[at..end + length]);
            skip_to = end + length;
        }
    }
    found
}

/// Whether what follows whole digits makes them a float: a dot that begins neither a range nor a method.
fn has_fraction(after: &str) -> bool {
    let Some(rest) = after.strip_prefix('.') else { return false };
    !rest.starts_with(|c: char| c == '.' || c == '_' || c.is_alphabetic())
}

fn outside(code: &str) -> impl Iterator<Item = (usize, String)> {
    let mut path = Vec::<String>::new();
    let mut group_of_std = false;
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (line, at, word) in rust_code::words(code) {
        let before = lines[line - 1][..at].trim_end();
        let after = lines[line - 1][at + word.len()..].trim_start();
        if word == "use" {
            group_of_std = false;
        }
        if word == "std" && after.starts_with("::{") {
            group_of_std = true;
        }
        let in_std = before.ends_with("std::") || group_of_std && (before.is_empty() || before.ends_with(['{', ',']));
        if in_std && WORLD.contains(&word) {
            path.push(word.to_string());
            found.push((line, word.to_string()));
        }
        if after.starts_with(';') {
            group_of_std = false;
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(usize, String)> {
        look("domain/x/src/a.rs", source).into_iter().map(|f| (f.line, f.wrong)).collect()
    }

    #[test]
    fn clocks_are_found_in_tests_too() {
        assert_eq!(found("fn a() {\n    Zoned::now ();\n}").len(), 1);
        assert_eq!(look("domain/x/tests/a.rs", "fn a() { now() }").len(), 1);
        assert_eq!(found("fn a(now: Date) { known(now) } // now()"), []);
    }

    #[test]
    fn floats_of_every_form_are_found() {
        for source in
            ["a: f64", "b as f32", "1.5", "x(1., 2)", "1e5", "2E-3", "3f64", "0..1.5", "1_000.25_f64", "[1.0; 3]"]
        {
            assert_eq!(floats_of(source).len(), 1, "{source}: {:?}", floats_of(source));
        }
    }

    #[test]
    fn what_only_looks_like_a_float_is_none() {
        for source in
            ["0..5", "0..=5", "pair.0.1", "1.max(2)", "0x1e5", "1_u64", "a1e5", "to_f64ish", "deny(float_arithmetic)"]
        {
            assert_eq!(floats_of(source), Vec::<&str>::new(), "{source}");
        }
    }

    #[test]
    fn floats_in_texts_and_tests_are_let_be() {
        assert_eq!(found("/// 1.5\nconst A: &str = \"1.5\";\n#[cfg(test)]\nmod tests { const B: f64 = 1.5; }\n"), []);
    }

    #[test]
    fn the_world_is_found_in_paths_and_groups() {
        assert_eq!(found("use std::fs;"), [(1, "`std::fs`".to_string())]);
        assert_eq!(found("use std::{\n    env,\n    fmt, process::exit,\n};").len(), 2);
        assert_eq!(found("use std::fmt;\nfn env() {}\nlet x = {env};"), []);
    }
}
