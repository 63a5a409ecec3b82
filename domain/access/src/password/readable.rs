//! Passwords that a machine makes and a person types: letters that can't be taken for one another.

/// Letters of a made password: 80 bits.
pub const MADE: usize = 16;

/// 32 letters, five bits each.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters between two hyphens.
const GROUP: usize = 4;

/// Random bytes as a password: a letter of each byte, in groups of four (`a9a9-hijk-bcde-fghi`).
#[must_use]
pub fn readable(bytes: &[u8; MADE]) -> String {
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied().map_or('a', char::from);
    let groups: Vec<String> = bytes.chunks(GROUP).map(|group| group.iter().map(letter).collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_readable_and_will_do() {
        let password = readable(&[0, 31, 32, 255, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(password, "a9a9-hijk-bcde-fghi");
        assert_eq!(super::super::findings(&password, "quan-tri", "Quản trị"), []);
        assert!("l1o0".bytes().all(|letter| !LETTERS.contains(&letter)));
    }
}
