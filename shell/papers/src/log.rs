//! Findings as they are met: every one counted, the first of each kind told in full.

use std::collections::BTreeMap;

use cchc_text::{Finding, Findings, Place, Severity, number};

/// Findings of one code that are told one by one; the rest are counted.
const TOLD: u64 = 200;

/// Collects findings on one file in bounded memory.
#[derive(Debug)]
pub(crate) struct Log {
    file: String,
    findings: Findings,
    counts: BTreeMap<&'static str, (Severity, u64)>,
}

impl Log {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), findings: Findings::new(), counts: BTreeMap::new() }
    }

    /// Adds a finding, which is built only where it will be told.
    pub(crate) fn add(&mut self, severity: Severity, code: &'static str, finding: impl FnOnce() -> Told) {
        let (worst, count) = self.counts.entry(code).or_insert((severity, 0));
        *worst = severity.max(*worst);
        *count += 1;
        if *count <= TOLD {
            let Told { place, message, hint } = finding();
            self.findings.push(Finding { severity, code, place, message, hint: hint.map(str::to_owned) });
        }
    }

    /// All findings in the order they were met, then how many more of a kind there were.
    pub(crate) fn finish(mut self) -> Findings {
        for (code, (severity, count)) in self.counts {
            if let Some(more) = count.checked_sub(TOLD).filter(|more| *more > 0) {
                let message = format!("Còn {} chỗ khác như vậy.", number::vietnamese(&more.to_string()));
                self.findings.push(Finding { severity, code, place: Place::file(&self.file), message, hint: None });
            }
        }
        self.findings
    }
}

/// What a finding says.
pub(crate) struct Told {
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) hint: Option<&'static str>,
}

impl Told {
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_it_no_longer_tells() {
        let mut log = Log::new("a.csv");
        for line in 1..=1_234 {
            log.add(Severity::Warning, "short-row", || Told::new(Place::line("a.csv", line), "Thiếu ô."));
        }
        let findings = log.finish();
        assert_eq!(findings.len(), 201);
        assert_eq!(findings.last().unwrap().message, "Còn 1.034 chỗ khác như vậy.");
        assert_eq!(findings.last().unwrap().severity, Severity::Warning);
    }
}
