//! VNI-Windows: a base letter, then one letter that stands for its marks (`aù` is `á`, `oä` is `ộ`).

use unicode_normalization::UnicodeNormalization;

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const HOOK: char = '\u{309}';
const TILDE: char = '\u{303}';
const DOT: char = '\u{323}';
const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';

// Letters that are one character in VNI; their capitals are the capitals of both sides.
const LETTERS: [(char, char); 9] =
    [('ô', 'ơ'), ('ö', 'ư'), ('ñ', 'đ'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('í', 'í'), ('ò', 'ị'), ('î', 'ỵ')];

// The letter behind a base, the bases (in Unicode) that it may follow, and the marks that it stands for.
const MARKS: [(char, &str, &[char]); 17] = [
    ('ø', "aeouyơư", &[GRAVE]),
    ('û', "aeouyơư", &[HOOK]),
    ('õ', "aeouyơư", &[TILDE]),
    ('ù', "aeouyơư", &[ACUTE]),
    ('ï', "aeouơư", &[DOT]),
    ('â', "aeo", &[CIRCUMFLEX]),
    ('à', "aeo", &[CIRCUMFLEX, GRAVE]),
    ('å', "aeo", &[CIRCUMFLEX, HOOK]),
    ('ã', "aeo", &[CIRCUMFLEX, TILDE]),
    ('á', "aeo", &[CIRCUMFLEX, ACUTE]),
    ('ä', "aeo", &[CIRCUMFLEX, DOT]),
    ('ê', "a", &[BREVE]),
    ('è', "a", &[BREVE, GRAVE]),
    ('ú', "a", &[BREVE, HOOK]),
    ('ü', "a", &[BREVE, TILDE]),
    ('é', "a", &[BREVE, ACUTE]),
    ('ë', "a", &[BREVE, DOT]),
];

/// Converts; what is no letter of VNI, or a mark behind a letter that can't carry it, stays.
pub(super) fn decode(text: &str) -> String {
    let mut unicode = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(legacy) = letters.next() {
        let base = letter(legacy);
        unicode.push(base);
        if let Some(marks) = letters.peek().and_then(|mark| marks_on(lower(base), *mark)) {
            unicode.extend(marks);
            letters.next();
        }
    }
    unicode.nfc().collect()
}

/// The text, in NFC, with Vietnamese letters as VNI has them; all else stays.
pub(super) fn encode(text: &str) -> String {
    let mut legacy = String::with_capacity(text.len());
    for letter in text.chars() {
        match encoded(lower(letter)) {
            Some((base, mark)) => {
                let cased = |part: char| if letter.is_uppercase() { upper(part) } else { part };
                legacy.push(cased(base));
                legacy.extend(mark.map(cased));
            }
            None => legacy.push(letter),
        }
    }
    legacy
}

/// Whether the letter, behind a vowel, is a mark of VNI that no other language writes there.
pub(super) fn is_telling_mark(before: char, letter: char) -> bool {
    "âåãäêïõøû".contains(lower(letter)) && marks_on(lower(self::letter(before)), letter).is_some()
}

// The Unicode letter of a letter that VNI writes as one character; any other letter itself.
fn letter(legacy: char) -> char {
    match LETTERS.iter().find(|(known, _)| *known == lower(legacy)) {
        Some((_, found)) if legacy.is_uppercase() => upper(*found),
        Some((_, found)) => *found,
        None => legacy,
    }
}

fn encoded(small: char) -> Option<(char, Option<char>)> {
    if let Some((legacy, _)) = LETTERS.iter().find(|(_, letter)| *letter == small) {
        return Some((*legacy, None));
    }
    MARKS.iter().find_map(|(mark, bases, marks)| {
        let base = bases.chars().find(|base| std::iter::once(*base).chain(marks.iter().copied()).nfc().eq([small]))?;
        let legacy = LETTERS.iter().find(|(_, letter)| *letter == base).map_or(base, |(legacy, _)| *legacy);
        Some((legacy, Some(*mark)))
    })
}

fn marks_on(base: char, mark: char) -> Option<&'static [char]> {
    MARKS.iter().find(|(known, bases, _)| *known == lower(mark) && bases.contains(base)).map(|(_, _, marks)| *marks)
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn upper(letter: char) -> char {
    letter.to_uppercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The published chart, spelled out: Unicode and VNI side by side.
    const CHART: &str = "à aø ả aû ã aõ á aù ạ aï ă aê ằ aè ẳ aú ẵ aü ắ aé ặ aë â aâ ầ aà ẩ aå ẫ aã ấ aá ậ aä đ ñ \
        è eø ẻ eû ẽ eõ é eù ẹ eï ê eâ ề eà ể eå ễ eã ế eá ệ eä ì ì ỉ æ ĩ ó í í ị ò \
        ò oø ỏ oû õ oõ ó où ọ oï ô oâ ồ oà ổ oå ỗ oã ố oá ộ oä ơ ô ờ ôø ở ôû ỡ ôõ ớ ôù ợ ôï \
        ù uø ủ uû ũ uõ ú uù ụ uï ư ö ừ öø ử öû ữ öõ ứ öù ự öï ỳ yø ỷ yû ỹ yõ ý yù ỵ î";

    #[test]
    fn agrees_with_the_chart() {
        let cells: Vec<&str> = CHART.split_whitespace().collect();
        assert_eq!(cells.len(), 2 * 67);
        for pair in cells.chunks(2) {
            assert_eq!(encode(pair[0]), pair[1]);
            assert_eq!(decode(pair[1]), pair[0]);
            assert_eq!(encode(&pair[0].to_uppercase()), pair[1].to_uppercase());
            assert_eq!(decode(&pair[1].to_uppercase()), pair[0].to_uppercase());
        }
    }

    #[test]
    fn takes_the_case_of_the_base() {
        assert_eq!(decode("Aù aÙ Öù"), "Á á Ứ");
    }

    #[test]
    fn leaves_marks_without_a_base() {
        assert_eq!(decode("ù bø ië yï"), "ù bø ië yï");
    }
}
