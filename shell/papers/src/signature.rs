//! How one signs: capacity, for whom, title, room, name.
//!
//! Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.7.

use cchc_access::Capacity;

use crate::docx::{Block, Line, Look, UPRIGHT_WIDTH, side_by_side};

const SIZE: usize = 26;
/// The name of the country stands in 12 or 13 points; in 12 it keeps to one line.
const COUNTRY: usize = 24;
/// Width of the left column of the head; the motto of the republic needs the wider right one.
const LEFT: usize = 3_900;

/// Somebody who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Họ và tên.
    pub name: String,
    /// Chức vụ.
    pub title: String,
    /// Name of the unit.
    pub unit: String,
    /// In which capacity he signs.
    pub capacity: Capacity,
    /// For whom or for what body, where the capacity needs one: `Giám đốc`; empty: dotted.
    pub signs_for: String,
}

/// The head of a document: the agency and what stands below it, the republic and what stands below it.
///
/// Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.1 to II.4.
pub(crate) fn head(superior: &str, agency: &str, below_agency: String, below_motto: Option<Line>) -> Block {
    let mut left = Vec::new();
    if !superior.is_empty() {
        left.push((Look::Plain, SIZE, superior.to_uppercase()));
    }
    left.push((Look::Underlined, SIZE, agency.to_uppercase()));
    left.push((Look::Plain, SIZE, below_agency));
    let mut right = vec![
        (Look::Bold, COUNTRY, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned()),
        (Look::Underlined, SIZE, "Độc lập - Tự do - Hạnh phúc".to_owned()),
    ];
    right.extend(below_motto);
    side_by_side((LEFT, &left), (UPRIGHT_WIDTH - LEFT, &right))
}

/// The column of one who signs, from the heading to the name.
pub(crate) fn column(heading: &str, party: &Party) -> Vec<Line> {
    let mut lines = vec![(Look::Bold, SIZE, heading.to_uppercase())];
    lines.extend(titles(party).into_iter().map(|title| (Look::Bold, SIZE, title)));
    lines.push((Look::Room, 24, "(Ký, ghi rõ họ tên)".to_owned()));
    lines.push((Look::Bold, 28, party.name.clone()));
    lines
}

/// `KT. GIÁM ĐỐC` above `PHÓ GIÁM ĐỐC`; `Q. GIÁM ĐỐC`; `GIÁM ĐỐC`.
pub(crate) fn titles(party: &Party) -> Vec<String> {
    let title = party.title.to_uppercase();
    let whom = if party.signs_for.is_empty() { "……………".to_owned() } else { party.signs_for.to_uppercase() };
    match party.capacity {
        Capacity::Own => vec![title],
        Capacity::Q => vec![format!("{} {title}", party.capacity.label())],
        Capacity::Tm | Capacity::Kt | Capacity::Tl | Capacity::Tuq => {
            vec![format!("{} {whom}", party.capacity.label()), title]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capacity_is_printed_in_its_form() {
        let party = |capacity, signs_for: &str| Party {
            title: "Phó Giám đốc".into(),
            capacity,
            signs_for: signs_for.into(),
            ..Party::default()
        };
        let told = Capacity::ALL.map(|capacity| titles(&party(capacity, "Giám đốc")).join(" / "));
        assert_eq!(
            told,
            [
                "PHÓ GIÁM ĐỐC",
                "TM. GIÁM ĐỐC / PHÓ GIÁM ĐỐC",
                "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC",
                "TL. GIÁM ĐỐC / PHÓ GIÁM ĐỐC",
                "TUQ. GIÁM ĐỐC / PHÓ GIÁM ĐỐC",
                "Q. PHÓ GIÁM ĐỐC",
            ]
        );
        assert_eq!(titles(&party(Capacity::Tuq, ""))[0], "TUQ. ……………");
    }
}
