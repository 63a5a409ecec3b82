//! Folding for search: the same letters whatever the diacritics and the case.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text without diacritics, in lower case: `Hồ sơ Đất` becomes `ho so dat`.
///
/// What is stored for search and what is asked go through this same function, whatever the database,
/// so no database's own rules matter. Letters are decomposed (NFD), every combining mark is dropped,
/// `đ` becomes `d`, case is lowered; digits, spaces and other scripts' base letters stay. Folding twice
/// changes nothing more.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare = text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    // Lowering may bring in a mark again (Turkish İ), so decompose once more; then compose what is left.
    let plain: String = bare.nfd().filter(|letter| !is_combining_mark(*letter)).map(without_stroke).collect();
    plain.nfc().collect()
}

fn without_stroke(letter: char) -> char {
    if letter == 'đ' { 'd' } else { letter }
}

/// A name for addresses and files: folded ASCII letters and digits, all else one hyphen.
///
/// `Hồ sơ số 12/QĐ-UBND` becomes `ho-so-so-12-qd-ubnd`. Letters of other scripts are dropped, so the
/// slug of a text without any Latin letter or digit is empty.
#[must_use]
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_every_vietnamese_letter() {
        let lower = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
        let bare: String = [("a", 18), ("e", 12), ("i", 6), ("o", 18), ("u", 12), ("y", 6), ("d", 1)]
            .map(|(x, n)| x.repeat(n))
            .concat();
        assert_eq!(fold(lower), bare);
        assert_eq!(fold(&lower.to_uppercase()), bare);
        assert_eq!(fold(&lower.nfd().collect::<String>()), bare);
    }

    #[test]
    fn keeps_what_is_no_diacritic() {
        for (text, folded) in [
            ("Quyết định số 766/QĐ-TTg", "quyet dinh so 766/qd-ttg"),
            ("Straße", "straße"),
            ("한국", "한국"),
            ("İ", "i"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn makes_slugs() {
        for (text, expected) in [
            ("Hồ sơ", "ho-so"),
            ("  Sở Nội vụ – Phú Thọ ", "so-noi-vu-phu-tho"),
            ("Đường 30/4", "duong-30-4"),
            ("H21.17", "h21-17"),
            ("---", ""),
            ("国", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    proptest! {
        #[test]
        fn folding_and_slugging_twice_change_nothing(text in r"\PC{0,24}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded);
            let slug_once = slug(&text);
            prop_assert_eq!(slug(&slug_once), slug_once.clone());
            prop_assert!(slug_once.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}
