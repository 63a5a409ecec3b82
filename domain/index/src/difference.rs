//! Two criteria sets field by field, as a change is shown before it is applied.
//!
//! Leaves are matched as [`compare()`] does; headings, classes, groups and
//! appraisers by their code or name.

use cchc_text::{Difference, Finding, Line, Place};

use crate::compare::compare;
use crate::form::{FieldValue, Section};
use crate::rule::params_to_text;
use crate::set::{CriteriaSet, Criterion};
use crate::set_form::to_form;

/// The part of a line that tells how a leaf is scored.
const RULE: &str = "cách chấm";

/// The words for the keys of a set's form.
const WORDS: [(&str, &str); 34] = [
    ("id", "mã bộ tiêu chí"),
    ("title", "tên"),
    ("year", "năm"),
    ("status", "tình trạng"),
    ("status_note", "giải thích tình trạng"),
    ("legal_basis", "căn cứ"),
    ("source", "nguồn"),
    ("total", "tổng điểm"),
    ("result", "kết quả tính theo"),
    ("line_decimals", "số lẻ từng dòng"),
    ("result_decimals", "số lẻ kết quả"),
    ("rank_basis", "xếp hạng theo"),
    ("ties", "khi bằng điểm"),
    ("tie_break", "phân định khi bằng điểm"),
    ("code", "mã"),
    ("name", "tên"),
    ("from", "từ"),
    ("floor", "sàn mỗi lĩnh vực"),
    ("field", "lĩnh vực thẩm định"),
    ("unit", "cơ quan thẩm định"),
    ("valid_from", "từ ngày"),
    ("valid_to", "đến ngày"),
    ("max", "điểm tối đa"),
    ("parent", "tiêu chí cha"),
    ("part", "phần"),
    ("api_code", "mã trao đổi"),
    ("note", "ghi chú"),
    ("rule", RULE),
    ("input", "số liệu nhập"),
    ("evidence", "tài liệu kiểm chứng"),
    ("evidence_required", "bắt buộc kiểm chứng"),
    ("appraiser", "thẩm định"),
    ("metric", "số đo"),
    ("may_be_na", "có thể không áp dụng"),
];

/// Compares two sets; the summary counts what the set says of itself, its lists and every node of its tree.
#[must_use]
pub fn difference(before: &CriteriaSet, after: &CriteriaSet) -> Difference {
    let matched = compare(before, after);
    let mut old_keys: Vec<String> = before.criteria.iter().map(own_key).collect();
    let mut recoded = 0_usize;
    for pair in &matched {
        let (Some(old), Some(new)) = (pair.before, pair.after) else { continue };
        let Some(key) = after.criteria.get(new).map(own_key) else { continue };
        recoded = recoded.saturating_add(usize::from(pair.changes.code));
        if let Some(old) = old_keys.get_mut(old) {
            *old = key;
        }
    }
    // What is no counterpart of a leaf must not be taken for one by its code.
    let gone = matched.iter().filter(|pair| pair.after.is_none()).filter_map(|pair| pair.before);
    for position in gone {
        if let Some(key) = old_keys.get_mut(position) {
            key.insert_str(0, "old ");
        }
    }
    let new_keys: Vec<String> = after.criteria.iter().map(own_key).collect();
    let mut difference = Difference::of(&lines(before, &old_keys), &lines(after, &new_keys), "mục");
    for change in &mut difference.changes {
        change.key = change.key.trim_start_matches("old ").to_owned();
    }
    if recoded > 0 {
        let message = format!("{recoded} tiêu chí đổi mã: tệp số liệu lập theo mã cũ sẽ không khớp.");
        let finding = Finding::note("recoded", Place::default(), message);
        difference.consequences.push(finding.hint("Tải lại mẫu nhập số liệu của bộ tiêu chí mới."));
    }
    difference
}

fn own_key(node: &Criterion) -> String {
    let kind = if node.leaf.is_some() { "leaf" } else { "node" };
    format!("{kind} {}", node.code)
}

fn lines(set: &CriteriaSet, keys: &[String]) -> Vec<Line> {
    let form = to_form(set);
    let mut lines = vec![line(&form.about, "about".to_owned(), "Bộ tiêu chí".to_owned())];
    let lists =
        [(&form.groups, "code", "Nhóm"), (&form.classes, "name", "Xếp loại"), (&form.appraisers, "field", "Thẩm định")];
    for (sections, key, label) in lists {
        lines.extend(sections.iter().map(|section| {
            let name = text(section, key);
            let since = text(section, "valid_from");
            line(section, format!("{label} {name} {since}"), format!("{label} «{name}»"))
        }));
    }
    for ((section, node), key) in form.criteria.iter().zip(&set.criteria).zip(keys) {
        let mut line = line(section, key.clone(), format!("{} {}", node.code, node.title));
        if let (Some(leaf), Some((_, rule))) = (&node.leaf, line.parts.iter_mut().find(|(part, _)| part == RULE)) {
            // Words for people, parameters for what words leave out.
            *rule = format!("{} ({rule})", leaf.rule.in_words(node.max));
        }
        lines.push(line);
    }
    lines
}

fn line(section: &Section, key: String, what: String) -> Line {
    let mut line = Line { kin: key.clone(), key, what, parts: Vec::new() };
    for field in &section.fields {
        let word = WORDS.iter().find(|(key, _)| *key == field.key).map_or(field.key.as_str(), |(_, word)| word);
        let text = match &field.value {
            FieldValue::Text(text) => text.clone(),
            FieldValue::List(values) => values.join("; "),
            FieldValue::Rows(rows) => {
                let row = |row: &Vec<(String, String)>| {
                    row.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" = ")
                };
                rows.iter().map(row).collect::<Vec<_>>().join("; ")
            }
            FieldValue::Section(inner) => params_to_text(inner).replace('\n', "; "),
        };
        line = line.part(word, text);
    }
    line
}

fn text<'a>(section: &'a Section, key: &str) -> &'a str {
    section.fields.iter().find(|field| field.key == key).map_or("", |field| match &field.value {
        FieldValue::Text(text) => text,
        FieldValue::List(_) | FieldValue::Rows(_) | FieldValue::Section(_) => "",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check, toml_form};

    const SET: &str = r#"
id = "thu"
title = "Bộ thử"
year = 2026
total = "3"
result_decimals = 2
[[class]]
name = "Tốt"
from = "80"
[[criterion]]
code = "1"
title = "Lĩnh vực"
max = "3"
[[criterion]]
code = "1.1"
title = "Sáng kiến"
max = "2"
rule = { kind = "count", each = "1", cap = "2" }
[[criterion]]
code = "1.2"
title = "Báo cáo"
max = "1"
rule = { kind = "count", each = "1", cap = "1" }
"#;

    fn set(text: &str) -> CriteriaSet {
        check::load(&toml_form::read("bo.toml", text).0).0.unwrap()
    }

    fn told(after: &str) -> (String, Vec<String>, Vec<&'static str>) {
        let difference = difference(&set(SET), &set(after));
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let changes = difference.changes.iter();
        let changes = changes.map(|c| format!("{}, {}: {} → {}", c.what, c.part, text(&c.before), text(&c.after)));
        (difference.summary, changes.collect(), difference.consequences.iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn tells_particulars_lists_and_rules() {
        let after = SET
            .replace("\"80\"", "\"85\"")
            .replace("Bộ thử", "Bộ thử 2")
            .replace("each = \"1\", cap = \"2\"", "each = \"0.5\", cap = \"2\"");
        let (summary, changes, consequences) = told(&after);
        assert_eq!(summary, "Thêm 0 mục, sửa 3 (tên 1, từ 1, cách chấm 1), bỏ 0.");
        assert_eq!(changes[..2], ["Bộ tiêu chí, tên: Bộ thử → Bộ thử 2", "Xếp loại «Tốt», từ: 80 → 85"]);
        assert!(
            changes[2].starts_with("1.1 Sáng kiến, cách chấm: ") && changes[2].contains("each = 0.5"),
            "{changes:?}"
        );
        assert_eq!(consequences, [""; 0]);
    }

    #[test]
    fn a_leaf_is_followed_to_its_new_code() {
        let after = SET.replace("code = \"1.1\"", "code = \"1.3\"").replace("code = \"1.2\"", "code = \"1.1\"");
        let (summary, changes, consequences) = told(&after);
        assert_eq!(summary, "Thêm 0 mục, sửa 2 (mã 2), bỏ 0.");
        assert_eq!(changes, ["1.3 Sáng kiến, mã: 1.1 → 1.3", "1.1 Báo cáo, mã: 1.2 → 1.1"]);
        assert_eq!(consequences, ["recoded"]);
    }

    #[test]
    fn another_leaf_under_an_old_code_is_another() {
        let after = SET.replace("title = \"Báo cáo\"", "title = \"Kiểm tra\"");
        let (summary, changes, _) = told(&after);
        assert_eq!(summary, "Thêm 1 mục, sửa 0, bỏ 1.");
        assert!(changes[0].starts_with("1.2 Kiểm tra") && changes[1].starts_with("1.2 Báo cáo"), "{changes:?}");
        assert!(difference(&set(SET), &set(SET)).is_empty());
    }
}
