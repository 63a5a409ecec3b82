//! The seal of a package, and its hash as people and programs write it.

/// What a hash begins with: BLAKE3.
const PREFIX: &str = "b3:";
/// Length of a hash as text.
pub(super) const HASH_CHARS: usize = 67;
/// Length of the record that ends a zip archive, without its comment.
const END_RECORD: usize = 22;

/// The hash of these bytes for programs: `b3:` and 64 hexadecimal digits.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    format!("{PREFIX}{}", blake3::hash(bytes).to_hex())
}

/// The whole hash in groups of four, to be read aloud or compared on paper: `b3:7c1e 09d4 …`.
#[must_use]
pub fn grouped(hash: &str) -> String {
    let digits: Vec<char> = hash.strip_prefix(PREFIX).unwrap_or(hash).chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    format!("{PREFIX}{}", groups.join(" "))
}

/// The first four groups, to recognise a package by: `b3:7c1e 09d4 55aa 0b12 …`.
#[must_use]
pub fn short(hash: &str) -> String {
    let digits = hash.strip_prefix(PREFIX).unwrap_or(hash);
    let first: String = digits.chars().take(16).collect();
    format!("{} …", grouped(&first))
}

/// What stands in place of the seal until it is known.
pub(super) fn placeholder() -> String {
    format!("{PREFIX}{}", "0".repeat(HASH_CHARS - PREFIX.len()))
}

/// Puts the seal over the placeholder at the end of the bytes.
pub(super) fn put(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len().saturating_sub(HASH_CHARS));
    let seal = hash(&bytes);
    bytes.extend_from_slice(seal.as_bytes());
    bytes
}

/// The seal as it stands in the file and as it should be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seal {
    /// The comment at the end; empty where there is none of a seal's length.
    pub(super) written: String,
    /// The hash of what stands before it.
    pub(super) computed: String,
}

impl Seal {
    /// Finds the seal of a file. It must be the comment of the record that ends the archive.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let unsealed = || Self { written: String::new(), computed: hash(bytes) };
        let Some((sealed, comment)) = bytes.len().checked_sub(HASH_CHARS).and_then(|at| bytes.split_at_checked(at))
        else {
            return unsealed();
        };
        let record = sealed.len().checked_sub(END_RECORD).and_then(|at| sealed.get(at..)).unwrap_or_default();
        if !record.starts_with(b"PK\x05\x06") || !record.ends_with(&(HASH_CHARS as u16).to_le_bytes()) {
            return unsealed();
        }
        Self { written: String::from_utf8_lossy(comment).into_owned(), computed: hash(sealed) }
    }

    pub(super) fn holds(&self) -> bool {
        self.written == self.computed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_for_programs_and_for_people() {
        let hash = hash(b"");
        assert_eq!(hash, "b3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
        assert_eq!(hash.len(), HASH_CHARS);
        assert_eq!(short(&hash), "b3:af13 49b9 f5f9 a1a6 …");
        assert!(grouped(&hash).ends_with(" e41f 3262"));
        assert_eq!(grouped(&hash).replace(' ', ""), hash);
    }

    #[test]
    fn is_looked_for_at_the_end_alone() {
        let mut bytes = b"PK\x05\x06".to_vec();
        bytes.extend([0; 16]);
        bytes.extend((HASH_CHARS as u16).to_le_bytes());
        bytes.extend(placeholder().bytes());
        let sealed = put(bytes);
        assert!(Seal::of(&sealed).holds());
        assert!(!Seal::of(&[&sealed[..], b" "].concat()).holds());
        assert!(!Seal::of(&[b" ", &sealed[..]].concat()).holds());
        assert_eq!(Seal::of(b"PK").written, "");
    }
}
