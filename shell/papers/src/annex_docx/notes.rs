//! The notes below the ranking: how results, ties and classes came about, said from the set itself.

use cchc_index::class::{fields_below_floor, followed};
use cchc_index::score::share;
use cchc_index::set::{Class, CriteriaSet, Part, RankBasis, ResultBasis, Ties};
use cchc_index::{Exact, ScoredUnit};
use cchc_text::number;

use super::Annex;
use crate::docx::{Block, Form, led, sentence, text};

/// Stands behind the class of a unit that a field keeps out of a higher one.
pub(super) const FLOOR_MARK: &str = "(*)";
/// Units whose fields are told one by one; of more, the table by field tells.
const UNITS_TOLD: usize = 10;

/// The notes, numbered.
pub(super) fn blocks(annex: &Annex<'_>) -> Vec<Block> {
    let set = &annex.package.set;
    let about = &annex.package.about;
    let mut notes = Vec::new();
    if !about.partial {
        notes.extend([result_note(set), rank_note(set)]);
        if !set.classes.is_empty() {
            notes.push(class_note(set));
        }
        notes.extend(floor_notes(annex));
    }
    notes.push(format!("Bộ tiêu chí: {} ({}).", set.title, set.id));
    notes.extend([sentence(&set.status_note), sentence(&about.note)]);
    notes.push(
        "Bộ tiêu chí, số liệu và kết quả có trong gói kết quả đã công bố; ai cũng tính lại được bằng lệnh \
         «cchc index verify»."
            .to_owned(),
    );
    let numbered = (1..).zip(notes.into_iter().filter(|note| !note.is_empty()));
    let line = |(number, note): (usize, String)| match number {
        1 => led("Ghi chú: ", &format!("1. {note}")),
        _ => text(Form::Remark, &format!("{number}. {note}")),
    };
    numbered.map(line).collect()
}

fn result_note(set: &CriteriaSet) -> String {
    let scale = match set.result {
        ResultBasis::Percent => "100".to_owned(),
        ResultBasis::Points => set.total.vietnamese(),
    };
    let has = |part: Part| set.criteria.iter().any(|node| node.part == part);
    let bonus = if has(Part::Bonus) { " + điểm thưởng" } else { "" };
    let penalty = if has(Part::Penalty) { " − điểm trừ" } else { "" };
    let lines = match set.line_decimals {
        Some(decimals) => format!("điểm từng tiêu chí làm tròn đến {decimals} chữ số thập phân"),
        None => "các bước tính ở giữa không làm tròn".to_owned(),
    };
    format!(
        "Kết quả = điểm đạt ÷ điểm tối đa áp dụng × {scale}{bonus}{penalty}, làm tròn đến {} chữ số thập phân; {lines}. \
         Điểm tối đa áp dụng không gồm điểm của tiêu chí được công nhận «Không áp dụng».",
        set.result_decimals
    )
}

fn rank_note(set: &CriteriaSet) -> String {
    let basis = match set.rank_basis {
        RankBasis::Unrounded => "chưa làm tròn",
        RankBasis::Printed => "đã làm tròn",
    };
    let titles: Vec<String> = set
        .tie_break
        .iter()
        .map(|code| set.find(code).map_or_else(|| code.clone(), |(_, node)| format!("«{}»", node.title)))
        .collect();
    let parted = match titles.as_slice() {
        [] => String::new(),
        titles => format!(", bằng nhau thì xét lần lượt tỷ lệ điểm của {}", titles.join(", ")),
    };
    let ties = match set.ties {
        Ties::Shared => "1, 2, 2, 4",
        Ties::Dense => "1, 2, 2, 3",
    };
    format!("Xếp hạng theo kết quả {basis}{parted}; các đơn vị vẫn bằng nhau thì cùng hạng ({ties}).")
}

fn class_note(set: &CriteriaSet) -> String {
    let unit = match set.result {
        ResultBasis::Percent => "\u{a0}%",
        ResultBasis::Points => "\u{a0}điểm",
    };
    let classes: Vec<String> = set
        .classes
        .iter()
        .map(|class| {
            let floor = class
                .floor
                .map(|floor| format!(" và không lĩnh vực nào dưới {}\u{a0}% điểm tối đa áp dụng", floor.vietnamese()));
            format!("{} từ {}{unit}{}", class.name, class.from.vietnamese(), floor.unwrap_or_default())
        })
        .collect();
    format!("Xếp loại: {}.", classes.join("; "))
}

/// What [`FLOOR_MARK`] means, and of each unit why, unless there are too many.
fn floor_notes(annex: &Annex<'_>) -> Vec<String> {
    let set = &annex.package.set;
    let held: Vec<(&ScoredUnit, &Class)> =
        annex.units.iter().filter_map(|unit| Some((*unit, held_back_from(set, unit)?))).collect();
    if held.is_empty() {
        return Vec::new();
    }
    let general = format!(
        "Dấu {FLOOR_MARK}: kết quả đủ để xếp loại cao hơn nhưng có lĩnh vực chưa đạt mức tối thiểu của loại đó."
    );
    let each = |(unit, class): &(&ScoredUnit, &Class)| {
        format!("{} chưa được xếp loại {}: {}.", annex.name(unit), class.name, fields_below(set, unit, class))
    };
    let told = if held.len() > UNITS_TOLD { &[] } else { held.as_slice() };
    std::iter::once(general).chain(told.iter().map(each)).collect()
}

/// The class that a unit's result alone would give, where a field below its floor keeps the unit out of it.
pub(super) fn held_back_from<'s>(set: &'s CriteriaSet, unit: &ScoredUnit) -> Option<&'s Class> {
    let result = followed(set, unit.result.as_ref()?);
    let reached = set.classes.iter().position(|class| result >= Exact::from(class.from))?;
    let is_given = unit.class.is_some_and(|given| given <= reached);
    set.classes.get(reached).filter(|_| !is_given)
}

/// The fields below the floor with what they reached.
fn fields_below(set: &CriteriaSet, unit: &ScoredUnit, class: &Class) -> String {
    let field = |index: usize| {
        let percent = &share(unit.nodes.get(index)?)? * &Exact::whole(100);
        let title = &set.criteria.get(index)?.title;
        // Rounded as in the table, unless that would lift it to the floor.
        let is_lifted = class.floor.is_some_and(|floor| percent.rounded(2) >= Exact::from(floor));
        let shown = if is_lifted { percent.cut(3) } else { percent.fixed(2) };
        Some(format!("«{title}» đạt {}", number::percent(&shown)))
    };
    let fields: Vec<String> = fields_below_floor(set, class, &unit.nodes).into_iter().filter_map(field).collect();
    fields.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;

    #[test]
    fn say_what_the_set_says() {
        let mut set = sample::set();
        let expected = "Kết quả = điểm đạt ÷ điểm tối đa áp dụng × 100 + điểm thưởng − điểm trừ, làm tròn đến 2 chữ số \
                        thập phân; các bước tính ở giữa không làm tròn. Điểm tối đa áp dụng không gồm điểm của tiêu chí \
                        được công nhận «Không áp dụng».";
        assert_eq!(result_note(&set), expected);
        set.tie_break = vec!["1.1".into()];
        assert!(rank_note(&set).contains("tỷ lệ điểm của «Hồ sơ đúng hạn»; các"), "{}", rank_note(&set));
        let expected =
            "Xếp loại: Tốt từ 80\u{a0}% và không lĩnh vực nào dưới 50\u{a0}% điểm tối đa áp dụng; Yếu từ 0\u{a0}%.";
        assert_eq!(class_note(&set), expected);
    }

    #[test]
    fn name_the_field_that_kept_a_unit_out_of_a_class() {
        let mut package = sample::package();
        package.set.classes[0].floor = Some("84".parse().unwrap());
        let package = crate::package::Package::build(
            package.about,
            package.set,
            package.inputs,
            package.days_off,
            package.published,
        );
        let annex = Annex::new(&package, "so", &|_| None).unwrap();
        let notes = floor_notes(&annex);
        assert!(notes[0].starts_with("Dấu (*): "));
        let expected = "Sở Hai chưa được xếp loại Tốt: «Cải cách thủ tục hành chính» đạt 83,33\u{a0}%.";
        assert_eq!(notes[1..], [expected]);
    }
}
