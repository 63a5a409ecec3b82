//! What is said on the error stream: refusals and findings.

use std::io::Write;

use cchc_text::{Finding, Severity};

/// Says why nothing could be done, with each cause on a line of its own.
pub fn error(error: &anyhow::Error) {
    eprintln!("Lỗi: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  {cause}");
    }
}

/// Lists findings, the gravest kind counted first.
pub fn findings(findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    let mut stream = std::io::stderr().lock();
    for finding in findings {
        // A closed error stream is no reason to stop the work itself.
        let _ = writeln!(stream, "{finding}");
    }
    let _ = writeln!(stream, "{}", summary(findings));
}

/// `2 lỗi, 1 cảnh báo, 0 lưu ý`.
pub fn summary(findings: &[Finding]) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    format!("{} lỗi, {} cảnh báo, {} lưu ý.", count(Severity::Error), count(Severity::Warning), count(Severity::Note))
}

/// A line for whoever started the program; he may have stopped listening.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
