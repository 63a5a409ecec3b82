//! Secrets that a client holds: 256 random bits, of which only the hash is kept here.

use cchc_ledger::Hash;

use crate::error::DbError;

/// A secret for a client, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new one with that prefix.
    ///
    /// # Errors
    /// Where the machine has no randomness.
    pub fn new(prefix: &str) -> Result<Self, DbError> {
        let bytes = random::<32>()?;
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self(format!("{prefix}{digits}")))
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash(&self.0)
    }
}

/// What is kept of a secret that a client shows.
#[must_use]
pub fn hash(shown: &str) -> Hash {
    Hash::of_parts("cchc secret 1", &[shown.as_bytes()])
}

/// Random bytes of the machine.
///
/// # Errors
/// Where the machine has none.
pub fn random<const N: usize>() -> Result<[u8; N], DbError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| DbError::Refused(format!("máy không có số ngẫu nhiên: {error}")))?;
    Ok(bytes)
}

/// A short id that is no secret.
#[must_use]
pub fn short_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}
