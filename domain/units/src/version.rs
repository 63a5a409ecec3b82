//! A unit's identity and one version of it.

use std::fmt;
use std::str::FromStr;

use cchc_text::Place;
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::level::Level;
use crate::period::Period;

/// Which unit: the code that it has borne all its life, and the day on which it came into being.
///
/// A code alone names no unit: `08740` was phường Trưng Nhị, then Hai Bà Trưng, then Phúc Yên. The
/// text, for addresses and files, is `08740@2025-01-01`, and `08740` for the unit that was there
/// before the record. The order of ids means nothing to a reader: lists go by protocol order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId {
    /// The code.
    pub code: String,
    /// Its first day; `None` is since before the record.
    pub founded: Option<Date>,
}

/// Why a text is no [`UnitId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnitIdError {
    /// There is no code before the `@`.
    #[error("thiếu mã đơn vị (ví dụ đúng: 08740@2025-01-01)")]
    NoCode,
    /// What stands after the `@` is no date.
    #[error("sau @ phải là ngày lập đơn vị (ví dụ đúng: 08740@2025-01-01)")]
    BadDate,
}

/// A unit as it was during one period: one row of the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Which unit it is a version of.
    pub unit: UnitId,
    /// The code (statistical office's for administrative units, `VP.STC` for departments).
    pub code: String,
    /// The abbreviation in document numbers: `STC`; departments only.
    pub symbol: Option<String>,
    /// The full name, type included: `Phường Tích Sơn`.
    pub name: String,
    /// The level.
    pub level: Level,
    /// The type as the file says it: `phuong`; see [`type_label`](crate::type_label).
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of the unit above it; `None` at the top.
    pub parent: Option<String>,
    /// The days on which this version holds.
    pub period: Period,
    /// Codes that take over on the day after the last one, as the file says them.
    pub successors: Vec<String>,
    /// The decision, as the file says it: see [`Version::start_basis`] and [`Version::end_basis`].
    pub legal_basis: String,
    /// How sure the row is: `open-data`, `press`, `inferred`, `unconfirmed` …
    pub confidence: String,
    /// Its place among its siblings: the column `order`, else the order of the file.
    pub order: u32,
    /// Where the row stands.
    pub place: Place,
}

impl Version {
    /// The decision that began this version; empty where the row doesn't say.
    ///
    /// A row that has ended gives the decision that ended it, one that has not the decision that
    /// began it, and `A -> B` gives both.
    #[must_use]
    pub fn start_basis(&self) -> &str {
        match (self.legal_basis.split_once("->"), self.period.to) {
            (Some((start, _)), _) => start.trim(),
            (None, None) => &self.legal_basis,
            (None, Some(_)) => "",
        }
    }

    /// The decision that ended this version; empty where the row doesn't say.
    #[must_use]
    pub fn end_basis(&self) -> &str {
        match (self.legal_basis.split_once("->"), self.period.to) {
            (Some((_, end)), _) => end.trim(),
            (None, Some(_)) => &self.legal_basis,
            (None, None) => "",
        }
    }

    /// Whether it is an office of a district (phòng, ban): it has the level of a department, and its code is that
    /// of the district with a dot and its own sign: `243.NV`.
    #[must_use]
    pub fn is_office(&self) -> bool {
        let own = |above: &String| self.code.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('.'));
        self.level == Level::Department && self.parent.as_ref().is_some_and(own)
    }

    /// What people call its level: `cấp huyện`.
    #[must_use]
    pub fn level_label(&self) -> &'static str {
        if self.is_office() { "phòng, ban cấp huyện" } else { self.level.label() }
    }

    /// The name without its type: `Kim Long` for `Thị trấn Kim Long`.
    #[must_use]
    pub fn proper_name(&self) -> &str {
        let label = crate::type_label(&self.kind);
        let length = label.chars().count();
        let Some((split, _)) = self.name.char_indices().nth(length) else { return &self.name };
        let (head, tail) = self.name.split_at(split);
        if head.to_lowercase() == label && tail.starts_with(' ') { tail.trim_start() } else { &self.name }
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        self.founded.map_or(Ok(()), |date| write!(f, "@{date}"))
    }
}

impl FromStr for UnitId {
    type Err = UnitIdError;

    fn from_str(text: &str) -> Result<Self, UnitIdError> {
        let (code, founded) = match text.split_once('@') {
            None => (text, None),
            Some((code, date)) => (code, Some(date.parse().map_err(|_| UnitIdError::BadDate)?)),
        };
        if code.is_empty() {
            return Err(UnitIdError::NoCode);
        }
        Ok(Self { code: code.to_owned(), founded })
    }
}

impl Serialize for UnitId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_text_and_back() {
        for text in ["08740", "08740@2025-01-01", "VP.SNN&PTNT", "VP.SKHĐT@2025-03-01"] {
            assert_eq!(text.parse::<UnitId>().unwrap().to_string(), text);
        }
        assert_eq!("@2025-01-01".parse::<UnitId>(), Err(UnitIdError::NoCode));
        assert_eq!("".parse::<UnitId>(), Err(UnitIdError::NoCode));
        assert_eq!("08740@hôm nay".parse::<UnitId>(), Err(UnitIdError::BadDate));
    }

    fn version(name: &str, kind: &str, legal_basis: &str, to: Option<Date>) -> Version {
        Version {
            unit: "1".parse().unwrap(),
            code: "1".into(),
            symbol: None,
            name: name.into(),
            level: Level::Commune,
            kind: kind.into(),
            parent: None,
            period: Period { from: None, to },
            successors: vec![],
            legal_basis: legal_basis.into(),
            confidence: String::new(),
            order: 0,
            place: Place::default(),
        }
    }

    #[test]
    fn a_name_without_its_type() {
        assert_eq!(version("Thị trấn Kim Long", "thi_tran", "", None).proper_name(), "Kim Long");
        assert_eq!(version("Xã Kim Long", "thi_tran", "", None).proper_name(), "Xã Kim Long");
        assert_eq!(version("Xã", "xa", "", None).proper_name(), "Xã");
        assert_eq!(version("Xãn An", "xa", "", None).proper_name(), "Xãn An");
    }

    #[test]
    fn an_office_of_a_district_is_no_department_of_the_province() {
        let mut office = version("Phòng Nội vụ", "so", "", None);
        (office.code, office.parent, office.level) = ("243.NV".into(), Some("243".into()), Level::Department);
        assert_eq!((office.is_office(), office.level_label()), (true, "phòng, ban cấp huyện"));
        (office.code, office.parent) = ("VP.SNV".into(), Some("26".into()));
        assert_eq!((office.is_office(), office.level_label()), (false, "sở, ban, ngành"));
        (office.code, office.parent) = ("2434.NV".into(), Some("243".into()));
        assert!(!office.is_office());
    }

    #[test]
    fn which_decision_began_and_which_ended() {
        let bases = |version: &Version| (version.start_basis().to_owned(), version.end_basis().to_owned());
        let both = |start: &str, end: &str| (start.to_owned(), end.to_owned());
        let ended = "2025-06-30".parse().ok();
        assert_eq!(bases(&version("X", "xa", "1287 -> 1676", ended)), both("1287", "1676"));
        assert_eq!(bases(&version("X", "xa", "1676", ended)), both("", "1676"));
        assert_eq!(bases(&version("X", "xa", "1676", None)), both("1676", ""));
    }
}
