//! TCVN3 (TCVN 5712:1993, VN3; "ABC"): one byte a letter, seen as the Windows-1252 letter of that byte.

use crate::syllable::without_tone;

// Legacy letter ↔ Unicode letter, row by row: base, huyền, hỏi, ngã, sắc, nặng. Bases in ASCII stand for
// themselves.
const ROWS: [(&str, &str); 14] = [
    ("µ¶·¸¹", "àảãáạ"),
    ("¨»¼½¾Æ", "ăằẳẵắặ"),
    ("©ÇÈÉÊË", "âầẩẫấậ"),
    ("ÌÎÏÐÑ", "èẻẽéẹ"),
    ("ªÒÓÔÕÖ", "êềểễếệ"),
    ("×ØÜÝÞ", "ìỉĩíị"),
    ("ßáâãä", "òỏõóọ"),
    ("«åæçèé", "ôồổỗốộ"),
    ("¬êëìíî", "ơờởỡớợ"),
    ("ïñòóô", "ùủũúụ"),
    ("\u{ad}õö÷øù", "ưừửữứự"),
    ("úûüýþ", "ỳỷỹýỵ"),
    ("®", "đ"),
    ("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ"),
];

/// The Unicode letter of a legacy letter.
pub(super) fn letter(legacy: char) -> Option<char> {
    if legacy.is_ascii() {
        return None;
    }
    pairs().find(|(known, _)| *known == legacy).map(|(_, unicode)| unicode)
}

/// Converts, and raises the small letters of words written in capitals (see [`super::to_unicode`]).
pub(super) fn decode(text: &str) -> String {
    let converted = letters_of(text);
    let words = || converted.split(|letter: char| !letter.is_alphabetic());
    let heading =
        !converted.contains(|letter: char| letter.is_ascii_lowercase()) && words().any(|word| is_capitals(word, 2));
    let capitals_needed = if heading { 1 } else { 2 };
    let mut raised = String::with_capacity(converted.len());
    let mut word = String::new();
    for letter in converted.chars().map(Some).chain([None]) {
        if let Some(letter) = letter.filter(|letter| letter.is_alphabetic()) {
            word.push(letter);
            continue;
        }
        raised.push_str(&if is_capitals(&word, capitals_needed) { word.to_uppercase() } else { word.clone() });
        word.clear();
        raised.extend(letter);
    }
    raised
}

// The letters, one by one; a capital and its own small letter with a tone are one letter (`Aµ` is `À`).
fn letters_of(text: &str) -> String {
    let mut converted = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(legacy) = rest.next() {
        let unicode = letter(legacy).unwrap_or(legacy);
        let mut ahead = rest.clone();
        match ahead.next().and_then(|toned| capital_with_tone(unicode, toned)) {
            // `MOãC` is MOÓC, in a capital font.
            Some('Ò' | 'Ó') if ahead.clone().next().is_some_and(|next| matches!(next, 'C' | 'N')) => {
                converted.push(unicode)
            }
            Some(capital) => {
                converted.push(capital);
                rest = ahead;
            }
            None => converted.push(unicode),
        }
    }
    converted
}

fn capital_with_tone(capital: char, legacy: char) -> Option<char> {
    let toned = letter(legacy)?;
    let (bare, tone) = without_tone(toned);
    (tone.is_some() && capital.is_uppercase() && lower(capital) == bare).then(|| toned.to_uppercase().next())?
}

/// The letters as TCVN3 has them; a capital with a tone becomes the small letter that capital fonts show large.
pub(super) fn encode(text: &str) -> String {
    text.chars().map(|letter| legacy(letter).or_else(|| legacy(lower(letter))).unwrap_or(letter)).collect()
}

fn legacy(letter: char) -> Option<char> {
    pairs().find(|(_, unicode)| *unicode == letter).map(|(legacy, _)| legacy)
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    ROWS.iter().flat_map(|(legacy, unicode)| legacy.chars().zip(unicode.chars()))
}

// A word of a capital font: capitals, and accented letters that only look small.
fn is_capitals(word: &str, capitals_needed: usize) -> bool {
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    let accented = word.chars().any(|letter| !letter.is_ascii() && letter.is_lowercase());
    capitals >= capitals_needed && accented && !word.contains(|letter: char| letter.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_code_chart_of_the_standard() {
        let chart = "ĂÂÊÔƠƯĐăâêôơưđ______àảãáạ_ằẳẵắ_______ặầẩẫấậè_ẻẽéẹềểễếệìỉ___ĩíịò_ỏõóọồổỗốộờởỡớợù_ủũúụừửữứựỳỷỹýỵ";
        assert_eq!(chart.chars().count(), 0xfe - 0xa1 + 1);
        for (byte, unicode) in (0xa1_u8..=0xfe).zip(chart.chars()) {
            assert_eq!(letter(char::from(byte)), (unicode != '_').then_some(unicode), "{byte:#x}");
        }
        assert!(ROWS.iter().all(|(legacy, unicode)| legacy.chars().count() == unicode.chars().count()));
    }

    #[test]
    fn reads_a_capital_and_a_tone_as_one_letter() {
        assert_eq!(decode("Aµo ¹t, £Õ, UÞ, Y\u{fd} kiÕn"), "Ào ạt, Ế, Uị, Ý kiến");
        assert_eq!(decode("MOãC, XOßNG"), "MOÓC, XOÒNG");
    }

    #[test]
    fn raises_words_of_capital_fonts_only() {
        assert_eq!(decode("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        assert_eq!(decode("Së NéI Vô"), "SỞ NỘI VỤ");
        assert_eq!(decode("Së TNMT, Sè 12/Q§-UBND"), "Sở TNMT, Số 12/QĐ-UBND");
        assert_eq!(decode("UBND tØnh, Së Y tÕ"), "UBND tỉnh, Sở Y tế");
    }
}
