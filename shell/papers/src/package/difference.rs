//! What does not hold in a package: what stands there, and what was recomputed.

use std::fmt;

use cchc_text::{Finding, Place};

use super::parts::RESULT_JSON;

/// One thing that a package states and that could not be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// A stable name for programs: `seal`, `part-hash`, `missing-part`, `unexpected-part`, `unreadable-part`,
    /// `missing-unit`, `unexpected-unit`, `repeated`, `value`.
    pub code: &'static str,
    /// Name of the part where the statement stands; empty for the seal of the whole file.
    pub part: String,
    /// Code of the unit, where it concerns one.
    pub unit: String,
    /// Code of the criterion, where it concerns one.
    pub criterion: String,
    /// What is compared, in Vietnamese: `điểm`.
    pub what: String,
    /// What stands in the package; empty where nothing does.
    pub published: String,
    /// What was recomputed; empty where nothing should be there.
    pub recomputed: String,
}

impl Difference {
    pub(super) fn of_part(code: &'static str, part: &str) -> Self {
        Self { code, part: part.to_owned(), ..Self::default() }
    }

    pub(super) fn seal(published: &str, recomputed: &str) -> Self {
        Self::of_part("seal", "").values(published, recomputed)
    }

    pub(super) fn result(code: &'static str, unit: &str) -> Self {
        Self { unit: unit.to_owned(), ..Self::of_part(code, RESULT_JSON) }
    }

    pub(super) fn value(unit: &str, criterion: &str, what: &str, published: &str, recomputed: &str) -> Self {
        let of_unit = Self::result("value", unit);
        Self { criterion: criterion.to_owned(), what: what.to_owned(), ..of_unit }.values(published, recomputed)
    }

    pub(super) fn values(mut self, published: &str, recomputed: &str) -> Self {
        (self.published, self.recomputed) = (published.to_owned(), recomputed.to_owned());
        self
    }

    /// The same as an error finding on the package.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let part = if self.part.is_empty() { Place::default() } else { Place::file(self.part.clone()) };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let place = Place { unit: some(&self.unit), criterion: some(&self.criterion), ..part };
        Finding::error(self.code, place, self.message())
    }

    fn message(&self) -> String {
        let (published, recomputed) = (shown(&self.published), shown(&self.recomputed));
        let what = &self.what;
        match self.code {
            "seal" if self.published.is_empty() => {
                "Gói không có niêm phong ở cuối tệp: không phải tệp nguyên gốc.".to_owned()
            }
            "seal" => format!("Niêm phong không khớp, tệp đã bị thay đổi: ghi {published}, tính lại {recomputed}."),
            "part-hash" => format!("Mã băm không khớp: manifest.json ghi {published}, tính lại {recomputed}."),
            "missing-part" => "Thiếu thành phần này trong gói.".to_owned(),
            "unexpected-part" => "Thành phần này không thuộc gói; không được đọc.".to_owned(),
            "unreadable-part" => format!("Không đọc được thành phần này: {}.", self.published),
            "missing-unit" => "Đơn vị có số liệu nhưng không có trong kết quả công bố.".to_owned(),
            "unexpected-unit" => "Đơn vị có trong kết quả công bố nhưng không có số liệu.".to_owned(),
            "repeated" => format!("{what} xuất hiện hai lần."),
            _ => format!("{what} công bố là {published}, tính lại là {recomputed}."),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.finding().place.to_string();
        let colon = if place.is_empty() { "" } else { ": " };
        write!(f, "{place}{colon}{}", self.message())
    }
}

fn shown(text: &str) -> String {
    if text.is_empty() { "(không có)".to_owned() } else { format!("«{text}»") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_unit_criterion_and_both_values() {
        let difference = Difference::value("H21.17", "2.1", "Điểm", "19.98", "19.97");
        assert_eq!(
            difference.to_string(),
            "result.json, đơn vị H21.17, tiêu chí 2.1: Điểm công bố là «19.98», tính lại là «19.97»."
        );
        assert!(Difference::seal("", "b3:1").to_string().starts_with("Gói không có niêm phong"));
    }
}
