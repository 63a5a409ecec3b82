//! How one signs: capacity, for whom, title, room, name.
//!
//! Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.7.

use cchc_access::Capacity;

use super::Party;
use crate::docx::{Line, Look};

const SIZE: usize = 26;

/// The column of one who signs, from the heading to the name.
pub(super) fn column(heading: &str, party: &Party) -> Vec<Line> {
    let mut lines = vec![(Look::Bold, SIZE, heading.to_uppercase())];
    lines.extend(titles(party).into_iter().map(|title| (Look::Bold, SIZE, title)));
    lines.push((Look::Room, 24, "(Ký, ghi rõ họ tên)".to_owned()));
    lines.push((Look::Bold, 28, party.name.clone()));
    lines
}

/// `KT. GIÁM ĐỐC` above `PHÓ GIÁM ĐỐC`; `Q. GIÁM ĐỐC`; `GIÁM ĐỐC`.
pub(super) fn titles(party: &Party) -> Vec<String> {
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
