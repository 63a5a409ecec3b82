//! The Vietnamese syllable: onset, rhyme, tone; whether a word is one, and where its tone belongs.
//!
//! What stands here is spelling, not a dictionary: `nghia` fits, `ngia` does not. It tells Vietnamese
//! words from others, which the placing of tones and the detection of old encodings build on.

use unicode_normalization::UnicodeNormalization;

use crate::normal::nfc;

/// A tone that is written with a mark, in the order of the dictionaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Huyền: `à`.
    Grave,
    /// Hỏi: `ả`.
    Hook,
    /// Ngã: `ã`.
    Tilde,
    /// Sắc: `á`.
    Acute,
    /// Nặng: `ạ`.
    Dot,
}

impl Tone {
    /// The tone of a combining mark.
    #[must_use]
    pub const fn of_mark(mark: char) -> Option<Self> {
        match mark {
            '\u{300}' => Some(Self::Grave),
            '\u{309}' => Some(Self::Hook),
            '\u{303}' => Some(Self::Tilde),
            '\u{301}' => Some(Self::Acute),
            '\u{323}' => Some(Self::Dot),
            _ => None,
        }
    }

    /// The combining mark of the tone.
    #[must_use]
    pub const fn mark(self) -> char {
        match self {
            Self::Grave => '\u{300}',
            Self::Hook => '\u{309}',
            Self::Tilde => '\u{303}',
            Self::Acute => '\u{301}',
            Self::Dot => '\u{323}',
        }
    }
}

/// Whether the word, in any case and normal form, is spelled as one Vietnamese syllable.
///
/// ```
/// use cchc_text::syllable::is_syllable;
/// assert!(is_syllable("Nghĩa") && is_syllable("QUYẾT") && is_syllable("hoà"));
/// assert!(!is_syllable("Ngĩa") && !is_syllable("café") && !is_syllable("cápt"));
/// ```
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    parse(word).is_some()
}

/// A syllable taken apart.
pub(crate) struct Syllable {
    /// The letters as written, without the tone.
    pub(crate) letters: Vec<char>,
    /// The tone and the position of the letter that carries it.
    pub(crate) tone: Option<(Tone, usize)>,
    /// The position where the old style puts the tone (`hòa`).
    pub(crate) old: usize,
    /// The position where the new style puts the tone (`hoà`).
    pub(crate) new: usize,
}

/// Takes a word apart; none where it is not spelled as a Vietnamese syllable.
pub(crate) fn parse(word: &str) -> Option<Syllable> {
    let mut letters = Vec::new();
    let mut tone = None;
    for (place, written) in nfc(word).chars().enumerate() {
        let (letter, its_tone) = without_tone(written);
        if let Some(found) = its_tone {
            if tone.is_some() || !is_vowel(letter) {
                return None;
            }
            tone = Some((found, place));
        }
        letters.push(letter);
    }
    let plain: String = letters.iter().flat_map(|letter| letter.to_lowercase()).collect();
    let (onset, (old, new)) = ONSETS.iter().find_map(|onset| {
        let rhyme = plain.strip_prefix(onset)?;
        let places = rhyme_places(rhyme)?;
        (is_spelled(onset, rhyme) && tone_fits(rhyme, tone.map(|(tone, _)| tone))).then_some((*onset, places))
    })?;
    let start = onset.chars().count();
    Some(Syllable { letters, tone, old: start.saturating_add(old), new: start.saturating_add(new) })
}

/// A letter without its tone, and the tone: `ế` gives `ê` and sắc.
pub(crate) fn without_tone(letter: char) -> (char, Option<Tone>) {
    if letter.is_ascii() {
        return (letter, None);
    }
    let tone = std::iter::once(letter).nfd().find_map(Tone::of_mark);
    let mut rest = std::iter::once(letter).nfd().filter(|part| Tone::of_mark(*part).is_none()).nfc();
    match (tone, rest.next(), rest.next()) {
        (Some(_), Some(bare), None) => (bare, tone),
        _ => (letter, None),
    }
}

/// Whether the letter, without its tone, is a Vietnamese vowel letter.
pub(crate) fn is_vowel(letter: char) -> bool {
    "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".contains(letter)
}

// Longer onsets first; `gi` and `qu` swallow the vowel letter that belongs to them.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "qu", "ch", "kh", "ph", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

// Rhymes by the letter that carries the tone, counted from 0: old style, new style, rhymes.
const RHYMES: [(usize, usize, &str); 4] = [
    (
        0,
        0,
        "a e ê i o ô ơ u ư y ia ua ưa ai ao au ay âu ây eo êu iu oi ôi ơi ui ưi ưu \
         ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât \
         ec em en eng ep et êch êm ên ênh êp êt ich im in inh ip it \
         oc om on ong op ot ôc ôm ôn ông ôp ôt ơm ơn ơp ơt uc um un ung up ut ưc ưm ưn ưng ưt ych ynh yt",
    ),
    (
        1,
        1,
        "iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu uôc uôi uôm uôn uông uôt ươc ươi ươm ươn ương ươp ươt ươu \
         oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oen oeo oet ooc oong \
         uân uâng uât uây uê uêch uên uênh uơ uya uych uyn uynh uyp uyt uyu",
    ),
    (2, 2, "uyên uyêt"),
    (0, 1, "oa oe uy"),
];

fn rhyme_places(rhyme: &str) -> Option<(usize, usize)> {
    RHYMES.iter().find(|(_, _, list)| list.split(' ').any(|known| known == rhyme)).map(|(old, new, _)| (*old, *new))
}

fn is_spelled(onset: &str, rhyme: &str) -> bool {
    let front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    let fits = match onset {
        "k" | "gh" | "ngh" => front,
        "c" | "ng" => !front,
        "g" => !front || rhyme.starts_with('i'),
        "gi" => !rhyme.starts_with(['i', 'y']),
        "qu" => !rhyme.starts_with(['o', 'u', 'ư']),
        _ => true,
    };
    fits && match rhyme {
        "ych" | "ynh" | "yt" => onset == "qu",
        // No French or Italian name (Noé, Moè) passes for a Vietnamese word.
        "oe" => ["", "ch", "đ", "h", "kh", "l", "ng", "nh", "s", "t", "x"].contains(&onset),
        _ if rhyme.starts_with("yê") => ["", "qu"].contains(&onset),
        _ if rhyme.starts_with("iê") => !onset.is_empty(),
        _ => true,
    }
}

// A syllable that ends in a stop has the tone sắc or nặng, or is written without any.
fn tone_fits(rhyme: &str, tone: Option<Tone>) -> bool {
    let stopped = rhyme.ends_with(['c', 'p', 't']) || rhyme.ends_with("ch");
    !stopped || matches!(tone, None | Some(Tone::Acute | Tone::Dot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_words_of_official_texts() {
        let text = "Ủy ban nhân dân tỉnh Vĩnh Phúc ban hành Kế hoạch cải cách hành chính năm hai nghìn không trăm hai mươi \
                    mốt cộng hòa xã hội chủ nghĩa Việt Nam độc lập tự do hạnh phúc quyết định về việc phê duyệt đề án xác \
                    định chỉ số giải quyết thủ tục khuyến khích doanh nghiệp nguyên tắc khuya khuỷu giếng gìn giữ quý quốc \
                    thuở huơ ngoéo xoong nghiêng yêu ướt uống oanh Đắc Lắc hươu rượu tuần xuân huênh khuếch khoáng hoẵng";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
            assert!(is_syllable(&word.to_uppercase()), "{word}");
            assert!(is_syllable(&word.nfd().collect::<String>()), "{word}");
        }
    }

    #[test]
    fn refuses_what_is_not_vietnamese() {
        for word in [
            "",
            "b",
            "café",
            "naïve",
            "déjà",
            "Noé",
            "Zoé",
            "über",
            "señor",
            "ngi",
            "ce",
            "ka",
            "qa",
            "quu",
            "bàt",
            "hóá",
            "kilômét",
            "Wi",
            "fax",
            "ấ1",
            "a b",
            "ń",
            "yy",
            "iêu",
            "giy",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn no_rhyme_stands_twice() {
        let mut all: Vec<&str> = RHYMES.iter().flat_map(|(_, _, list)| list.split_whitespace()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(RHYMES.iter().all(|(_, new, list)| list.split(' ').all(|rhyme| rhyme.chars().count() > *new)));
    }
}
