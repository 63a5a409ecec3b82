//! Whether a password will do: long enough, not one of those tried first, not one's own name.
//!
//! No rules on kinds of characters and no expiry: they make passwords worse, not better (NIST SP 800-63B).

mod readable;

use cchc_text::{Finding, Place, fold, nfc};

pub use readable::{MADE, readable};

/// Fewest characters, after NFC.
pub const SHORTEST: usize = 10;
/// Most characters, after NFC; hashing more costs the server for nothing.
pub const LONGEST: usize = 200;

/// So few letters are no better for being repeated.
const FEW: usize = 4;

/// What people choose first, as [`bare`] leaves it; digits at the end are cut before comparing.
const COMMON: &[&str] = &[
    "",
    "abc",
    "abcd",
    "abcde",
    "abcdef",
    "abcdefgh",
    "admin",
    "administrator",
    "anhyeuem",
    "asdfghjkl",
    "baomat",
    "cchc",
    "caicachhanhchinh",
    "chaoban",
    "changeme",
    "emyeuanh",
    "hanoi",
    "hanoivietnam",
    "hochiminh",
    "iloveyou",
    "khongbiet",
    "khongcomatkhau",
    "letmein",
    "matkhau",
    "matkhaumoi",
    "matkhaucuatoi",
    "motcua",
    "motcualienthong",
    "nguyenvana",
    "password",
    "passw",
    "phutho",
    "qazwsx",
    "qazwsxedc",
    "qwer",
    "qwert",
    "qwerty",
    "qwertyui",
    "qwertyuiop",
    "quantri",
    "quantrihethong",
    "quenmatkhau",
    "saigon",
    "sonoivu",
    "tinhphutho",
    "test",
    "toiyeuem",
    "toiyeuvietnam",
    "ubnd",
    "user",
    "vietnam",
    "vinhphuc",
    "vietnamvodich",
    "welcome",
    "xinchao",
    "yeuem",
    "zaqwsx",
];

/// What speaks against a password; empty: it will do. The texts do not repeat it.
#[must_use]
pub fn findings(password: &str, login: &str, name: &str) -> Vec<Finding> {
    let password = nfc(password);
    let length = password.chars().count();
    let mut findings = Vec::new();
    let mut error = |code, message: String, hint: &str| {
        findings.push(Finding::error(code, Place::default(), message).hint(hint));
    };
    if length < SHORTEST {
        let hint = "Một câu ngắn dễ nhớ, có dấu cách, là mật khẩu tốt.";
        error("password-short", format!("Mật khẩu có {length} ký tự; cần ít nhất {SHORTEST}."), hint);
    }
    if length > LONGEST {
        error("password-long", format!("Mật khẩu có {length} ký tự; nhiều nhất {LONGEST}."), "Hãy rút ngắn.");
    }
    let plain = bare(&password);
    if length > 0 && (is_common(&plain) || is_monotonous(&password)) {
        error("password-common", "Mật khẩu này quá dễ đoán.".to_owned(), "Hãy ghép vài từ không liên quan đến nhau.");
    }
    if is_own(&plain, login, name) {
        let hint = "Hãy dùng những từ không liên quan đến bạn.";
        error("password-own-name", "Mật khẩu trùng với tên đăng nhập hoặc họ tên.".to_owned(), hint);
    }
    findings
}

/// Letters and digits alone, without diacritics, small.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn without_number(plain: &str) -> &str {
    plain.trim_matches(|letter: char| letter.is_ascii_digit())
}

fn is_common(plain: &str) -> bool {
    let rest = without_number(plain);
    (COMMON.contains(&rest) && !is_long_number(plain)) || is_repeated(rest) || is_repeated(plain)
}

/// A few letters, or a common word, again and again.
fn is_repeated(plain: &str) -> bool {
    let letters: Vec<char> = plain.chars().collect();
    let again = |length: usize| {
        let word: String = letters.iter().take(length).collect();
        let mut words = letters.chunks(length).map(|word| word.iter().collect::<String>());
        (length <= FEW || COMMON.contains(&word.as_str())) && words.all(|other| other == word)
    };
    let half = letters.len().checked_div(2).unwrap_or(0);
    (1..=half).any(again)
}

/// Digits alone may do when there are many and no pattern; [`is_monotonous`] sees to the pattern.
fn is_long_number(plain: &str) -> bool {
    plain.chars().all(|letter| letter.is_ascii_digit()) && plain.len() >= 16
}

/// One to three different characters, or each one step from the one before.
fn is_monotonous(password: &str) -> bool {
    let letters: Vec<char> = password.chars().collect();
    let mut distinct = letters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let step = |pair: &[char]| match pair {
        [first, second] => {
            let distance = i64::from(u32::from(*second)).saturating_sub(i64::from(u32::from(*first)));
            // From 9 one goes on to 0.
            distance.abs() <= 1 || matches!((first, second), ('9', '0') | ('0', '9'))
        }
        _ => true,
    };
    distinct.len() <= 3 || letters.windows(2).all(step)
}

/// Whether nothing is left of it but the login or the name and a number.
fn is_own(plain: &str, login: &str, name: &str) -> bool {
    let rest = without_number(plain);
    let turned: String = fold(name).split_whitespace().rev().collect();
    [bare(login), bare(name), bare(&turned)]
        .iter()
        .any(|own| !own.is_empty() && (plain == own || (!rest.is_empty() && rest == without_number(own))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(password: &str) -> Vec<&'static str> {
        findings(password, "an.nguyen-van", "Nguyễn Văn An").iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn length_counts_letters_as_people_see_them() {
        assert_eq!(codes("trời mưa"), ["password-short"]);
        assert_eq!(codes("trời mưa to"), [] as [&str; 0]);
        let loose = "tro\u{31b}\u{300}i mu\u{31b}a";
        assert_eq!(codes(loose), ["password-short"]);
        assert_eq!(codes(&"cây lúa ".repeat(26)), ["password-long"]);
        assert_eq!(codes(""), ["password-short"]);
    }

    #[test]
    fn what_is_tried_first_will_not_do() {
        for common in [
            "Matkhau@123456",
            "mật khẩu 2024",
            "1234567890",
            "9876543210",
            "aaaaaaaaaaaa",
            "abababababab",
            "Admin@12345",
            "vietnam2025!",
            "Qwertyuiop",
            "20211231012",
            "abcdefghijkl",
            "!@#$%^&*()",
            "matkhau matkhau",
            "hoa1hoa1hoa1",
        ] {
            assert_eq!(codes(common), ["password-common"], "{common}");
        }
        for own in ["NguyenVanAn1", "an.nguyen-van", "Nguyễn Văn An", "An Văn Nguyễn 90"] {
            assert_eq!(codes(own), ["password-own-name"], "{own}");
        }
    }

    #[test]
    fn kinds_of_characters_do_not_matter() {
        for good in ["con trâu đi trước", "ba cây chụm lại", "correct horse battery", "8264019375530172"] {
            assert_eq!(codes(good), [] as [&str; 0], "{good}");
        }
    }

    #[test]
    fn every_common_one_is_written_as_it_is_compared() {
        for common in COMMON {
            assert_eq!(without_number(&bare(common)), *common);
        }
    }

    proptest! {
        #[test]
        fn nothing_of_it_is_repeated(password in r"[a-zéôưđ]{7,9}") {
            let findings = findings(&password, "a.b", "B A");
            prop_assert!(!findings.is_empty());
            for finding in findings {
                prop_assert!(!finding.message.contains(&password));
                prop_assert!(!finding.hint.unwrap_or_default().contains(&password));
            }
        }
    }
}
