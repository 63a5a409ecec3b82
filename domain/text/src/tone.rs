//! Where the tone stands: `hòa` and `hoà` are one word.
//!
//! Two styles live side by side. They differ in open `oa`, `oe` and `uy` alone: the old style marks the
//! first letter (`hòa`, `khỏe`, `thúy`), the new one the second (`hoà`, `khoẻ`, `thuý`). This system
//! writes the **old style**, as the official texts do: `CỘNG HÒA` in the national title of Nghị định
//! 30/2020/NĐ-CP (Phụ lục I), `Ủy ban nhân dân` in Luật Tổ chức chính quyền địa phương, `Hòa Bình`,
//! `Khánh Hòa`, `Thanh Hóa` in Nghị quyết 202/2025/QH15.

use crate::normal::nfc;
use crate::syllable::{Syllable, parse};

/// The text, in NFC, with the tone of every Vietnamese syllable where the old style has it.
///
/// A tone on the wrong letter is put right too (`hòan` → `hoàn`, `qúy` → `quý`, `cuả` → `của`). Words
/// that are no Vietnamese syllables stay as they are, and so does a tone behind its place on a final
/// `i`, `o`, `u`, `y`: `baú` may be any language's word.
///
/// ```
/// assert_eq!(cchc_text::unify_tones("Uỷ ban thị xã Phú Thọ, HOÀ BÌNH, Noé"), "Ủy ban thị xã Phú Thọ, HÒA BÌNH, Noé");
/// ```
#[must_use]
pub fn unify_tones(text: &str) -> String {
    place_tones(text, |syllable| syllable.old)
}

/// The text, in NFC, with every tone where the new style has it (`hoà`, `khoẻ`, `thuý`); see [`unify_tones`].
#[must_use]
pub fn modern_tones(text: &str) -> String {
    place_tones(text, |syllable| syllable.new)
}

/// Whether two texts are the same but for where tones stand and how letters are composed.
///
/// Case counts; fold it before, where it should not.
#[must_use]
pub fn same_word(one: &str, other: &str) -> bool {
    one == other || unify_tones(one) == unify_tones(other)
}

fn place_tones(text: &str, style: fn(&Syllable) -> usize) -> String {
    let text = nfc(text);
    if text.is_ascii() {
        return text.into_owned();
    }
    let mut placed = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars() {
        if letter.is_alphabetic() || unicode_normalization::char::is_combining_mark(letter) {
            word.push(letter);
            continue;
        }
        push_placed(&mut placed, &word, style);
        word.clear();
        placed.push(letter);
    }
    push_placed(&mut placed, &word, style);
    placed
}

fn push_placed(out: &mut String, word: &str, style: fn(&Syllable) -> usize) {
    match (!word.is_ascii()).then(|| moved(word, style)).flatten() {
        Some(moved) => out.push_str(&moved),
        None => out.push_str(word),
    }
}

// The word with its tone moved; none where it stays.
fn moved(word: &str, style: fn(&Syllable) -> usize) -> Option<String> {
    let syllable = parse(word)?;
    let (tone, place) = syllable.tone?;
    let target = style(&syllable);
    if place == target || (place > target && !may_move_back(&syllable)) {
        return None;
    }
    let mut marked = String::new();
    for (index, letter) in syllable.letters.iter().enumerate() {
        marked.push(*letter);
        if index == target {
            marked.push(tone.mark());
        }
    }
    Some(nfc(&marked).into_owned())
}

// Open `oa oe uy` (the styles differ) and `ia ua ưa` (`cuả` is a common slip).
fn may_move_back(syllable: &Syllable) -> bool {
    let end: Vec<char> = syllable.letters.iter().rev().take(2).flat_map(|letter| letter.to_lowercase()).collect();
    syllable.old != syllable.new || matches!(end.as_slice(), ['a', 'i' | 'u' | 'ư'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAIRS: [(&str, &str); 18] = [
        ("hòa", "hoà"),
        ("Hóa", "Hoá"),
        ("KHỎE", "KHOẺ"),
        ("thúy", "thuý"),
        ("Ủy", "Uỷ"),
        ("tùy", "tuỳ"),
        ("lũy", "luỹ"),
        ("xòe", "xoè"),
        ("hủy", "huỷ"),
        ("tọa", "toạ"),
        ("lóe", "loé"),
        ("Thụy", "Thuỵ"),
        ("òa", "oà"),
        ("nghòa", "nghòa"),
        ("quý", "quý"),
        ("già", "già"),
        ("hoàn", "hoàn"),
        ("thuở", "thuở"),
    ];

    #[test]
    fn knows_both_styles() {
        for (old, new) in PAIRS {
            assert_eq!(unify_tones(new), old);
            assert_eq!(unify_tones(old), old);
            assert_eq!(modern_tones(old), new);
            assert_eq!(modern_tones(new), new);
            assert!(same_word(old, new));
        }
    }

    #[test]
    fn leaves_well_placed_tones_alone() {
        let text = "Quyết định giải quyết khiếu nại, tố cáo; quà, quẻ, quỳnh, giữa, gìn, giếng, mía, mùa, thừa, thuế, \
                    tuần, khuyến, khuỷu, ngoằn ngoèo, khoái, xoáy, ngoáo, rượu, yếu, muỗi, người, hướng, kiều, huýt, \
                    thuở, khuya, xoong, moóc, quạu, quẹo, quốc, quới";
        assert_eq!(unify_tones(text), text);
        assert_eq!(modern_tones(text), text);
    }

    #[test]
    fn puts_misplaced_tones_right() {
        for (wrong, right) in [
            ("hòan", "hoàn"),
            ("qúy", "quý"),
            ("qủa", "quả"),
            ("gìa", "già"),
            ("cuả", "của"),
            ("giưã", "giữa"),
            ("túân", "tuấn"),
        ] {
            assert_eq!(unify_tones(wrong), right);
        }
        assert_eq!(unify_tones("ho\u{300}an"), "hoàn");
    }

    #[test]
    fn leaves_other_languages_alone() {
        let text =
            "Noé, Zoé, Chloé à Nouméa; café, poésie, voilà, baú, più, può, río, también, H21.17, naïve, Škoda, 東京";
        assert_eq!(unify_tones(text), text);
        assert_eq!(modern_tones(text), text);
    }

    #[test]
    fn tells_different_words_apart() {
        assert!(!same_word("hòa", "hóa") && !same_word("hoa", "hòa") && !same_word("Hòa", "hoà"));
        assert!(same_word("Hoa\u{300} Bi\u{300}nh", "Hòa Bình"));
    }

    proptest! {
        #[test]
        fn styles_are_idempotent_and_go_back_and_forth(text in r"[hklqgiutoaeyươn\u{300}\u{301}\u{309} ]{0,10}|\PC{0,16}") {
            let old = unify_tones(&text);
            prop_assert_eq!(unify_tones(&old), old.clone());
            prop_assert_eq!(unify_tones(&modern_tones(&old)), old.clone());
            prop_assert!(same_word(&text, &old) && same_word(&old, &modern_tones(&text)));
            prop_assert_eq!(crate::fold(&old), crate::fold(&text));
        }
    }
}
