//! Small words: Roman numbers, sentences, texts that a document can hold.

/// The number of an annex: `I`, `II`, `III` … to 39.
pub(crate) fn roman(number: usize) -> String {
    let tens = "X".repeat(number / 10);
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    format!("{tens}{}", ones.get(number % 10).copied().unwrap_or_default())
}

/// The text without signs that XML can't hold; line breaks become spaces.
pub(crate) fn printable(text: &str) -> String {
    let keep = |c: char| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c };
    text.chars().map(keep).collect()
}

/// The text with a full stop, unless it ends a sentence already.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_annexes() {
        assert_eq!([1, 4, 9, 10, 14, 39].map(roman), ["I", "IV", "IX", "X", "XIV", "XXXIX"]);
    }

    #[test]
    fn ends_sentences_once() {
        assert_eq!(["a", "a.", " a… ", ""].map(sentence), ["a.", "a.", "a…", ""]);
        assert_eq!(printable("a\u{1}\nb"), "a  b");
    }
}
