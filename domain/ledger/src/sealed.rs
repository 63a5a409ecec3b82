//! Personal data that can go: encrypted with the key of the person whom it concerns.
//!
//! Events and states hold a [`Sealed`]; when the subject's key is deleted, nobody can read it any more,
//! and the chain still holds. Keys and nonces are made by the shell.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::SubjectId;

/// The key of one subject: 32 random bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct SubjectKey(pub [u8; 32]);

impl std::fmt::Debug for SubjectKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SubjectKey(…)")
    }
}

/// A sealed text: whose it is, and bytes that only the subject's key opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Whose data it is.
    pub subject: SubjectId,
    /// 24 bytes, hexadecimal.
    nonce: String,
    /// Ciphertext with its tag, hexadecimal.
    bytes: String,
}

/// Why a sealed text can't be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealError {
    /// The key is another one, or the bytes were changed.
    #[error("không mở được dữ liệu cá nhân: khóa không khớp hoặc dữ liệu đã bị sửa")]
    Broken,
}

/// What is shown in place of data whose key is gone.
pub const ERASED: &str = "đã xóa";

/// Seals a text. `nonce` must be random and used once.
///
/// # Errors
/// [`SealError::Broken`] where the text is too long for the cipher (256 GB).
pub fn seal(subject: &SubjectId, key: &SubjectKey, nonce: [u8; 24], text: &str) -> Result<Sealed, SealError> {
    let payload = Payload { msg: text.as_bytes(), aad: subject.as_str().as_bytes() };
    let bytes = cipher(key).encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Broken)?;
    Ok(Sealed { subject: subject.clone(), nonce: to_hex(&nonce), bytes: to_hex(&bytes) })
}

impl Sealed {
    /// Opens it; with no key left, [`ERASED`].
    ///
    /// # Errors
    /// [`SealError::Broken`] where the key does not fit or the bytes were changed.
    pub fn open(&self, key: Option<&SubjectKey>) -> Result<String, SealError> {
        let Some(key) = key else { return Ok(ERASED.to_owned()) };
        let nonce: [u8; 24] = from_hex(&self.nonce).and_then(|bytes| bytes.try_into().ok()).ok_or(SealError::Broken)?;
        let bytes = from_hex(&self.bytes).ok_or(SealError::Broken)?;
        let payload = Payload { msg: &bytes, aad: self.subject.as_str().as_bytes() };
        let plain = cipher(key).decrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Broken)?;
        String::from_utf8(plain).map_err(|_| SealError::Broken)
    }
}

fn cipher(key: &SubjectKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(key.0))
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_key_opens_and_a_lost_key_erases() {
        let (subject, key) = (SubjectId::from("p1"), SubjectKey([7; 32]));
        let sealed = seal(&subject, &key, [1; 24], "0912 345 678").unwrap();
        assert!(!serde_json::to_string(&sealed).unwrap().contains("0912"));
        assert_eq!(sealed.open(Some(&key)).unwrap(), "0912 345 678");
        assert_eq!(sealed.open(Some(&SubjectKey([8; 32]))), Err(SealError::Broken));
        assert_eq!(sealed.open(None).unwrap(), ERASED);
        let moved = Sealed { subject: SubjectId::from("p2"), ..sealed };
        assert_eq!(moved.open(Some(&key)), Err(SealError::Broken));
    }

    #[test]
    fn changed_bytes_do_not_open() {
        let key = SubjectKey([7; 32]);
        let sealed = seal(&SubjectId::from("p1"), &key, [1; 24], "a").unwrap();
        for bytes in ["", "0", "zz", "00"] {
            let changed = Sealed { bytes: bytes.to_owned(), ..sealed.clone() };
            assert_eq!(changed.open(Some(&key)), Err(SealError::Broken), "{bytes}");
        }
    }
}
