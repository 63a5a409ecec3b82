//! Sorting as a Vietnamese dictionary does: keys of bytes that any program and database can compare.
//!
//! Order of letters: a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z. Of tones:
//! ngang, huyền, hỏi, ngã, sắc, nặng (a à ả ã á ạ). Of case: lower before upper. Source: Vũ Xuân Lương,
//! "Quy tắc sắp xếp đơn vị từ vựng trong từ điển tiếng Việt" (Trung tâm Từ điển học Vietlex).
//!
//! Letters of the whole text decide first, then tones, then case, as in the Unicode collation
//! algorithm: `Bà Rịa` stands before `Ba Vì`. (Some dictionaries decide tone by tone after each
//! syllable; lists of names are not sorted so here.) Spaces sort before signs, signs before digits,
//! digits before letters, other scripts last. Digits are characters, not numbers: `10` before `9`.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::syllable::Tone;
use crate::tone::unify_tones;

/// The sorting key of a text: compare keys as bytes, and texts come in Vietnamese order.
///
/// Levels, each ended by a zero byte: letters, tones and other marks, case, and at last the text itself in
/// NFC, so that only texts with the same NFC share a key. Where a tone stands (`hòa`, `hoà`) does not
/// matter before that last level.
///
/// ```
/// let mut names = ["Đất", "dân", "Ân", "an", "ánh"];
/// names.sort_by_key(|name| cchc_text::collate::key(name));
/// assert_eq!(names, ["an", "ánh", "Ân", "dân", "Đất"]);
/// ```
#[must_use]
pub fn key(text: &str) -> Vec<u8> {
    let mut letters = Vec::new();
    let mut marks = Vec::new();
    let mut cases = Vec::new();
    let unified = unify_tones(text);
    let parts: Vec<char> = unified.nfd().collect();
    for part in parts.chunk_by(|_, next| is_combining_mark(*next)) {
        let Some((base, its_marks)) = part.split_first() else { continue };
        let mut lowered = base.to_lowercase();
        let lower = lowered.next().unwrap_or(*base);
        let hat = its_marks.iter().copied().find(|mark| letter_rank(lower, Some(*mark)).is_some());
        push_letter(&mut letters, lower, hat);
        its_marks
            .iter()
            .copied()
            .filter(|mark| Some(*mark) != hat)
            .chain(lowered)
            .for_each(|mark| push_mark(&mut marks, mark));
        marks.push(NO_MARK);
        cases.push(if lower == *base { LOWER } else { UPPER });
    }
    let levels = [letters, marks, cases, crate::nfc(text).into_owned().into_bytes()];
    levels.join(&0)
}

/// Compares two texts by their [`key`]s.
#[must_use]
pub fn compare(one: &str, other: &str) -> Ordering {
    key(one).cmp(&key(other))
}

const NO_MARK: u8 = 1;
const OTHER_MARK: u8 = 7;
const LOWER: u8 = 1;
const UPPER: u8 = 2;

const SPACE: u8 = 0x02;
const SIGN: u8 = 0x03;
const DIGIT: u8 = 0x10;
const LETTER: u8 = 0x20;
const OTHER: u8 = 0xf0;

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

// A weight starts with a byte above zero and its length follows from that byte, so no key of a text is
// mistaken for the beginning of a longer one.
fn push_letter(key: &mut Vec<u8>, letter: char, hat: Option<char>) {
    if letter.is_whitespace() {
        return key.push(SPACE);
    }
    if let Some(digit) = letter.to_digit(10) {
        return key.push(DIGIT.saturating_add(u8::try_from(digit).unwrap_or(0)));
    }
    if let Some(rank) = letter_rank(letter, hat) {
        return key.push(LETTER.saturating_add(rank));
    }
    key.push(if letter.is_alphanumeric() { OTHER } else { SIGN });
    push_code(key, letter);
}

fn push_mark(key: &mut Vec<u8>, mark: char) {
    match Tone::of_mark(mark) {
        Some(Tone::Grave) => key.push(2),
        Some(Tone::Hook) => key.push(3),
        Some(Tone::Tilde) => key.push(4),
        Some(Tone::Acute) => key.push(5),
        Some(Tone::Dot) => key.push(6),
        None => {
            key.push(OTHER_MARK);
            push_code(key, mark);
        }
    }
}

fn push_code(key: &mut Vec<u8>, letter: char) {
    key.extend(u32::from(letter).to_be_bytes().iter().skip(1));
}

fn letter_rank(base: char, hat: Option<char>) -> Option<u8> {
    let letter = match (base, hat) {
        (_, None) => base,
        ('a', Some('\u{306}')) => 'ă',
        ('a', Some('\u{302}')) => 'â',
        ('e', Some('\u{302}')) => 'ê',
        ('o', Some('\u{302}')) => 'ô',
        ('o', Some('\u{31b}')) => 'ơ',
        ('u', Some('\u{31b}')) => 'ư',
        _ => return None,
    };
    ALPHABET.chars().position(|known| known == letter).and_then(|rank| u8::try_from(rank).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(sorted: &str) {
        let words: Vec<&str> = sorted.split('|').map(str::trim).collect();
        for pair in words.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{} < {}", pair[0], pair[1]);
        }
        let mut shuffled = words.clone();
        shuffled.reverse();
        shuffled.sort_by_key(|word| key(word));
        assert_eq!(shuffled, words);
    }

    #[test]
    fn letters_in_vietnamese_order() {
        check("a|ă|â|b|c|d|đ|e|ê|f|g|h|i|j|k|l|m|n|o|ô|ơ|p|q|r|s|t|u|ư|v|w|x|y|z");
        check("a|A|à|À|ả|ã|á|ạ|ă|ằ|ẳ|ẵ|ắ|ặ|â|ầ|ẩ|ẫ|ấ|ậ|b");
        check("o|ò|ỏ|õ|ó|ọ|ô|ồ|ổ|ỗ|ố|ộ|ơ|ờ|ở|ỡ|ớ|ợ|u|ù|ủ|ũ|ú|ụ|ư|ừ|ử|ữ|ứ|ự|y|ỳ|ỷ|ỹ|ý|ỵ");
    }

    #[test]
    fn letters_then_tones_then_case() {
        check("ác|ách|ang|áng|anh|ảnh|ánh");
        check("ba|bà|bả|hai|hài|hại");
        check("Bà Rịa|Ba Vì");
        // The styles of one word stand together; only the last level parts them.
        check("hoa|hoà|hòa|hỏa|hoá|hóa|họa|hoàn");
        check("Bình Xuyên|Lập Thạch|Phúc Yên|Sông Lô|Tam Dương|Tam Đảo|Vĩnh Tường|Vĩnh Yên|Yên Lạc");
    }

    #[test]
    fn spaces_signs_digits_letters_other_scripts() {
        check("|an bình|an-bình|an1|an2|anh|東");
        check("-|1|10|9|a|z|я|東");
    }

    #[test]
    fn foreign_marks_stay_with_their_letter() {
        check("muller|müller|mulles");
        check("senor|señor|senos");
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_share_a_key(text in r"[a-zA-ZăâêôơưđĐẾỰòáạ\u{300}\u{302}\u{31b} 0-9.-]{0,12}|\PC{0,16}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(key(&text), key(&decomposed));
        }

        #[test]
        fn order_is_total(one in r"[aâđhoyuà ̉Aà]{0,5}|\PC{0,6}", other in r"[aâđhoyuà ̉Aà]{0,5}|\PC{0,6}", third in r"[aâđhoyuà ̉Aà]{0,5}") {
            prop_assert_eq!(compare(&one, &other), compare(&other, &one).reverse());
            prop_assert_eq!(compare(&one, &other) == Ordering::Equal, crate::nfc(&one) == crate::nfc(&other));
            if compare(&one, &other) != Ordering::Greater && compare(&other, &third) != Ordering::Greater {
                prop_assert_ne!(compare(&one, &third), Ordering::Greater);
            }
        }

        #[test]
        fn a_beginning_sorts_first(text in r"[a-yăâđêôơư]{1,8}", more in r"[a-yăâđêôơư ]{1,4}") {
            prop_assert_eq!(compare(&text, &format!("{text}{more}")), Ordering::Less);
        }
    }
}
