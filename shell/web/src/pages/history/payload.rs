//! What an event says, as a list of terms: read from its stored bytes, whatever kind it is.

use cchc_access::{Action, Capacity, Role};
use cchc_ledger::SubjectId;
use cchc_ledger::sealed::{Sealed, SubjectKey};
use serde_json::Value;

use super::words;

/// A text longer than this is shown by its beginning; the whole is in the file.
const SHOWN: usize = 2_000;
/// What stands in place of personal data that the viewer may not see.
pub const SEALED: &str = "dữ liệu cá nhân, đã niêm phong";

/// Names in payloads and what they are called, in the order in which they are shown.
const NAMES: [(&str, &str); 42] = [
    ("name", "Tên"),
    ("login", "Tên đăng nhập"),
    ("contact", "Liên hệ"),
    ("phone", "Điện thoại"),
    ("email", "Thư công vụ"),
    ("simulated", "Mô phỏng"),
    ("how", "Nhân dịp"),
    ("post", "Chức vụ"),
    ("id", "Mã"),
    ("unit", "Đơn vị"),
    ("title", "Chức vụ"),
    ("party_title", "Chức vụ Đảng"),
    ("roles", "Vai trò"),
    ("fields", "Lĩnh vực"),
    ("capacity", "Tư cách"),
    ("from", "Từ ngày"),
    ("to", "Đến hết ngày"),
    ("on", "Từ ngày"),
    ("document", "Văn bản"),
    ("order", "Thứ tự"),
    ("delegation", "Ủy quyền"),
    ("from_post", "Chức vụ của người giao"),
    ("to_person", "Người nhận"),
    ("to_post", "Chức vụ của người nhận"),
    ("actions", "Phạm vi"),
    ("only", "Chỉ"),
    ("ended", "Chấm dứt từ"),
    ("items", "Số việc"),
    ("content", "Nội dung"),
    ("valid_from", "Hiệu lực từ"),
    ("valid_to", "Hiệu lực đến"),
    ("basis", "Căn cứ"),
    ("replaces", "Thay phiên bản"),
    ("change", "Thay đổi"),
    ("kind", "Loại"),
    ("file", "Mã băm của tệp"),
    ("file_name", "Tên tệp"),
    ("errors", "Lỗi"),
    ("warnings", "Cảnh báo"),
    ("summary", "Tóm tắt"),
    ("holder", "Chức vụ giữ việc"),
    ("reason", "Lý do"),
];

/// A term of the list: what, as a path of names, and its value in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// `Chức vụ › Đơn vị`.
    pub label: String,
    /// The value.
    pub value: String,
    /// Whether it runs over several lines.
    pub is_long: bool,
}

/// A subject with his key; `None`: it was erased.
pub type Key = (SubjectId, Option<SubjectKey>);

/// What a sealed text says to whoever looks; `None`: it stays sealed for him.
pub type Open<'a> = &'a dyn Fn(&Sealed) -> Option<String>;

/// Opens a sealed text with the keys that were asked for; without keys it stays sealed.
#[must_use]
pub fn open(sealed: &Sealed, keys: Option<&[Key]>) -> Option<String> {
    let (_, key) = keys?.iter().find(|(subject, _)| *subject == sealed.subject)?;
    sealed.open(key.as_ref()).ok()
}

/// The subjects whose personal data a payload holds, each once.
#[must_use]
pub fn subjects(payload: &[u8]) -> Vec<SubjectId> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_slice::<Value>(payload) {
        collect(&value, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut Vec<SubjectId>) {
    if let Some(sealed) = sealed(value) {
        if !found.contains(&sealed.subject) {
            found.push(sealed.subject);
        }
        return;
    }
    match value {
        Value::Object(map) => map.values().for_each(|inner| collect(inner, found)),
        Value::Array(all) => all.iter().for_each(|inner| collect(inner, found)),
        _ => {}
    }
}

fn sealed(value: &Value) -> Option<Sealed> {
    value.get("nonce").and_then(|_| serde_json::from_value(value.clone()).ok())
}

/// The terms of a payload in the order of their names here; one term with the bytes as text where it can't be read.
#[must_use]
pub fn terms(payload: &[u8], open: Open<'_>) -> Vec<Term> {
    let Ok(value) = serde_json::from_slice::<Value>(payload) else {
        return vec![Term::new("Nội dung".to_owned(), String::from_utf8_lossy(payload).into_owned())];
    };
    let mut terms = Vec::new();
    // The outermost name is that of the event itself, which the page says already.
    match value {
        Value::Object(outer) if outer.len() == 1 => {
            outer.values().for_each(|inner| walk("", "", inner, open, &mut terms))
        }
        Value::String(_) => {}
        other => walk("", "", &other, open, &mut terms),
    }
    terms
}

fn walk(path: &str, name: &str, value: &Value, open: Open<'_>, terms: &mut Vec<Term>) {
    match value {
        Value::Object(map) if map.contains_key("nonce") && map.contains_key("bytes") => {
            let plain = sealed(value).and_then(|sealed| open(&sealed));
            terms.push(Term::new(path.to_owned(), plain.unwrap_or_else(|| SEALED.to_owned())));
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(name, _)| place(name));
            for (name, value) in entries {
                let label = label(name);
                let path = if path.is_empty() { label.to_owned() } else { format!("{path} › {label}") };
                walk(&path, name, value, open, terms);
            }
        }
        Value::Array(all) if all.iter().all(|one| !one.is_object() && !one.is_array()) => {
            let words: Vec<String> = all.iter().map(|one| word(name, one)).collect();
            let words = if words.is_empty() { "không".to_owned() } else { words.join(", ") };
            terms.push(Term::new(path.to_owned(), words));
        }
        Value::Array(all) => {
            for (index, value) in all.iter().enumerate() {
                walk(&format!("{path} {}", index.saturating_add(1)), name, value, open, terms);
            }
        }
        other => terms.push(Term::new(path.to_owned(), word(name, other))),
    }
}

/// A value in words; codes that have words are said in them.
fn word(name: &str, value: &Value) -> String {
    match value {
        Value::Null => "không".to_owned(),
        Value::Bool(true) => "có".to_owned(),
        Value::Bool(false) => "không".to_owned(),
        Value::String(text) => match (name, text.as_str()) {
            ("capacity", code) => {
                Capacity::from_code(code).map_or_else(|| code.to_owned(), |capacity| capacity.meaning().to_owned())
            }
            (_, "") => "trống".to_owned(),
            ("roles", code) => Role::from_code(code).map_or_else(|| code.to_owned(), |role| role.label().to_owned()),
            ("only", code) => {
                Action::from_code(code).map_or_else(|| code.to_owned(), |action| action.label().to_owned())
            }
            ("how", "first") => "lần đầu".to_owned(),
            ("how", "own") => "tự đổi".to_owned(),
            ("how", "reset") => "được đặt lại".to_owned(),
            ("actions", "all") => "mọi việc của chức vụ".to_owned(),
            ("kind", code) => words::rule(code).to_owned(),
            (_, text) => text.parse().map_or_else(|_| text.to_owned(), cchc_text::date::vietnamese),
        },
        other => other.to_string(),
    }
}

/// Where a name is shown: as listed, then those that have no word.
fn place(name: &str) -> usize {
    NAMES.iter().position(|(known, _)| *known == name).unwrap_or(NAMES.len())
}

/// What a name of a payload is called.
fn label(name: &str) -> &str {
    NAMES.iter().find(|(known, _)| *known == name).map_or(name, |(_, label)| label)
}

impl Term {
    fn new(label: String, value: String) -> Self {
        let is_long = value.contains('\n');
        let mut shown: String = value.chars().take(SHOWN).collect();
        let rest = value.chars().count().saturating_sub(SHOWN);
        if rest > 0 {
            shown.push_str(&format!("… (còn {} ký tự)", cchc_text::number::vietnamese(&rest.to_string())));
        }
        Self { label, value: shown, is_long }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(payload: &str) -> Vec<(String, String)> {
        terms(payload.as_bytes(), &|_| None).into_iter().map(|term| (term.label, term.value)).collect()
    }

    #[test]
    fn names_and_values_are_said_in_words() {
        let found = pairs(
            r#"{"appointed":{"post":{"title":"Chuyên viên","from":"2021-03-01","roles":["admin","mới"],"capacity":"Q","to":null}}}"#,
        );
        let expected = [
            ("Chức vụ › Chức vụ", "Chuyên viên"),
            ("Chức vụ › Vai trò", "Quản trị, mới"),
            ("Chức vụ › Tư cách", "quyền, được giao giữ chức vụ tạm thời"),
            ("Chức vụ › Từ ngày", "01/03/2021"),
            ("Chức vụ › Đến hết ngày", "không"),
        ];
        assert_eq!(found, expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
        assert_eq!(pairs(r#""applied""#), []);
    }

    #[test]
    fn personal_data_stays_sealed() {
        let found =
            pairs(r#"{"contact-set":{"contact":{"phone":{"subject":"s","nonce":"00","bytes":"ff"},"email":null}}}"#);
        assert!(found.contains(&("Liên hệ › Điện thoại".into(), "dữ liệu cá nhân, đã niêm phong".into())));
        assert!(!format!("{found:?}").contains("ff"));
    }

    #[test]
    fn whoever_may_see_personal_data_sees_it_until_it_is_erased() {
        let (subject, key) = (SubjectId::from("s"), SubjectKey([7; 32]));
        let phone = cchc_ledger::sealed::seal(&subject, &key, [1; 24], "0912 345 678").unwrap();
        let payload = serde_json::json!({"contact-set": {"contact": {"phone": phone, "email": null}}}).to_string();
        assert_eq!(subjects(payload.as_bytes()), std::slice::from_ref(&subject));
        let shown = |keys: Option<&[Key]>| terms(payload.as_bytes(), &|sealed| open(sealed, keys))[0].value.clone();
        assert_eq!(shown(None), SEALED);
        assert_eq!(shown(Some(&[(subject.clone(), Some(key))])), "0912 345 678");
        assert_eq!(shown(Some(&[(subject.clone(), None)])), cchc_ledger::sealed::ERASED);
        assert_eq!(shown(Some(&[(subject, Some(SubjectKey([8; 32])))])), SEALED);
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let text = "dòng\\n".repeat(1000);
        let found = terms(format!(r#"{{"published":{{"content":"{text}"}}}}"#).as_bytes(), &|_| None);
        assert!(found[0].is_long && found[0].value.ends_with("… (còn 3.000 ký tự)"));
    }

    #[test]
    fn what_can_not_be_read_is_shown_as_it_is() {
        assert_eq!(pairs("không phải JSON"), [("Nội dung".to_owned(), "không phải JSON".to_owned())]);
    }
}
