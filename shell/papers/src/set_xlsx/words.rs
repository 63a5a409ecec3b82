//! The Vietnamese words for the enumerations of a criteria set.

use cchc_text::{fold, tidy};

/// Pairs of a key in set files and the word shown for it. No word holds a comma: drop-downs part by it.
pub(super) type Words = &'static [(&'static str, &'static str)];

pub(super) const STATUS: Words = &[
    ("illustrative", "minh họa"),
    ("unconfirmed", "chưa xác nhận"),
    ("observed", "quan sát được"),
    ("official", "chính thức"),
];
pub(super) const RESULT: Words = &[("percent", "phần trăm"), ("points", "điểm")];
pub(super) const RANK_BASIS: Words = &[("unrounded", "kết quả chưa làm tròn"), ("printed", "kết quả đã làm tròn")];
pub(super) const TIES: Words =
    &[("shared", "cùng hạng; bỏ hạng sau (1-2-2-4)"), ("dense", "cùng hạng; không bỏ hạng (1-2-2-3)")];
pub(super) const PART: Words = &[("scored", "trong thang"), ("bonus", "thưởng"), ("penalty", "trừ")];
pub(super) const SOURCE: Words =
    &[("person", "đơn vị tự nhập"), ("metric", "hệ thống đếm"), ("survey", "điều tra"), ("given", "kết quả đã có")];
pub(super) const FLAG: Words = &[("true", "có"), ("false", "không")];
pub(super) const RULE: Words = &[
    ("choice", "chọn một mức"),
    ("proportional", "tỷ lệ"),
    ("bands", "theo bậc"),
    ("count", "đếm số lượng"),
    ("deduct", "trừ dần"),
    ("timeliness", "đúng hạn"),
    ("survey", "điều tra xã hội học"),
    ("rating", "lãnh đạo đánh giá"),
    ("given", "lấy kết quả đã công bố"),
    ("bonus", "điểm thưởng"),
    ("penalty", "điểm trừ"),
];

/// The word shown for a key; the key itself where there is none.
pub(super) fn shown(words: Words, key: &str) -> &str {
    words.iter().find(|(known, _)| *known == key).map_or(key, |(_, word)| word)
}

/// The key that was meant: by its word or itself; case and diacritics don't matter.
pub(super) fn key(words: Words, typed: &str) -> Option<&'static str> {
    let typed = fold(&tidy(typed));
    words.iter().find(|(key, word)| typed == *key || typed == fold(word)).map(|(key, _)| *key)
}

/// The words for a message.
pub(super) fn listed(words: Words) -> String {
    let listed: Vec<String> = words.iter().map(|(_, word)| format!("«{word}»")).collect();
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_index::rule::KINDS;
    use cchc_index::set::words;

    #[test]
    fn every_enumeration_has_all_its_words() {
        fn same<T>(ours: Words, theirs: &[(&str, T)]) {
            let keys = |list: Vec<&str>| {
                let mut list: Vec<String> = list.into_iter().map(str::to_owned).collect();
                list.sort();
                list
            };
            assert_eq!(
                keys(ours.iter().map(|(key, _)| *key).collect()),
                keys(theirs.iter().map(|(key, _)| *key).collect())
            );
        }
        same(STATUS, &words::STATUS);
        same(RESULT, &words::RESULT);
        same(RANK_BASIS, &words::RANK_BASIS);
        same(TIES, &words::TIES);
        same(PART, &words::PART);
        same(SOURCE, &words::SOURCE);
        let kinds: Vec<(&str, ())> = KINDS.iter().map(|kind| (*kind, ())).collect();
        same(RULE, &kinds);
    }

    #[test]
    fn understands_words_and_keys_however_typed() {
        assert_eq!(key(RULE, "Tỷ lệ "), Some("proportional"));
        assert_eq!(key(RULE, "ty le"), Some("proportional"));
        assert_eq!(key(RULE, "Proportional"), Some("proportional"));
        assert_eq!(key(FLAG, "CÓ"), Some("true"));
        assert_eq!(key(RULE, "tỉ số"), None);
    }

    #[test]
    fn words_are_fit_for_drop_downs_and_unlike_one_another() {
        for words in [STATUS, RESULT, RANK_BASIS, TIES, PART, SOURCE, FLAG, RULE] {
            let joined: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            assert!(joined.join(",").chars().count() <= 255 && joined.iter().all(|word| !word.contains(',')));
            for (wanted, word) in words {
                assert_eq!(key(words, word), Some(*wanted));
            }
        }
    }
}
