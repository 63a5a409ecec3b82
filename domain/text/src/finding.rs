//! A finding: what is wrong with an input, and where, said to the person who can put it right.

use std::fmt;

use serde::Serialize;

/// One remark on an input: what, where, and what to do about it. The text is Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much of the input is lost to it.
    pub severity: Severity,
    /// A stable name for programs, such as `unknown-criterion`.
    pub code: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What is wrong, one sentence.
    pub message: String,
    /// How to put it right, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// How much of the input a finding costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; everything was used.
    Note,
    /// Used, but probably not as meant.
    Warning,
    /// This part could not be used.
    Error,
}

/// Where a finding stands: as much as is known of file, line, cell, unit and criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// Name of the file, without its folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line of a text file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Cell of a workbook: `Tiêu chí!C12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// Code of the unit concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Code of the criterion concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
}

/// A list of findings, in the order in which they were met.
pub type Findings = Vec<Finding>;

impl Finding {
    /// A part of the input that could not be used.
    #[must_use]
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, place, message: message.into(), hint: None }
    }

    /// Used, but probably not as meant.
    #[must_use]
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, place, message: message.into(), hint: None }
    }

    /// Worth knowing.
    #[must_use]
    pub fn note(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, code, place, message: message.into(), hint: None }
    }

    /// The same finding with a way to put it right.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl Place {
    /// A line of a text file, from 1.
    #[must_use]
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self { file: Some(file.into()), line: Some(line), ..Self::default() }
    }

    /// A cell of a workbook, as `Sheet!A1`.
    #[must_use]
    pub fn cell(file: impl Into<String>, cell: impl Into<String>) -> Self {
        Self { file: Some(file.into()), cell: Some(cell.into()), ..Self::default() }
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }

    /// The same place, of this unit.
    #[must_use]
    pub fn of_unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// The same place, of this criterion.
    #[must_use]
    pub fn of_criterion(mut self, criterion: impl Into<String>) -> Self {
        self.criterion = Some(criterion.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(file) = &self.file {
            parts.push(file.clone());
        }
        if let Some(line) = self.line {
            parts.push(format!("dòng {line}"));
        }
        if let Some(cell) = &self.cell {
            parts.push(format!("ô {cell}"));
        }
        if let Some(unit) = &self.unit {
            parts.push(format!("đơn vị {unit}"));
        }
        if let Some(criterion) = &self.criterion {
            parts.push(format!("tiêu chí {criterion}"));
        }
        f.write_str(&parts.join(", "))
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "lưu ý",
            Self::Warning => "cảnh báo",
            Self::Error => "lỗi",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        let colon = if place.is_empty() { "" } else { ": " };
        write!(f, "[{}] {place}{colon}{}", self.severity, self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " {hint}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_and_what() {
        let place = Place::line("so-lieu.csv", 3).of_unit("H21.17").of_criterion("2.1");
        let finding = Finding::error("zero-denominator", place, "Mẫu số bằng 0.").hint("Ghi na nếu không áp dụng.");
        assert_eq!(
            finding.to_string(),
            "[lỗi] so-lieu.csv, dòng 3, đơn vị H21.17, tiêu chí 2.1: Mẫu số bằng 0. Ghi na nếu không áp dụng."
        );
    }
}
