//! What proves a line (tài liệu kiểm chứng).

use cchc_ledger::Hash;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::SheetRefusal;

/// A piece of evidence at a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its name within the sheet.
    pub id: String,
    /// What it is.
    pub proof: Proof,
    /// The section that proves the line: `Mục II.3`.
    pub section: String,
    /// The page: `5`, `5-7`.
    pub page: String,
}

/// A file, or a document by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// A file.
    File {
        /// Hash of its content.
        hash: Hash,
        /// Its name.
        name: String,
        /// Its bytes.
        size: u64,
        /// Its type, as its content says: `application/pdf`.
        media: String,
    },
    /// A document.
    Document {
        /// Number and symbol: `15/KH-UBND`.
        number: String,
        /// Its date.
        dated: Option<Date>,
        /// What it is about (trích yếu).
        about: String,
    },
}

/// Words that mark a document as a state secret.
const SECRET: [&str; 3] = ["tuyệt mật", "tối mật", "mật"];
/// Longest text of a part of it, in characters.
const LONGEST: usize = 500;

impl Evidence {
    /// What can't be taken.
    ///
    /// # Errors
    /// Where a part is missing or too long, or the document is marked as secret.
    pub(super) fn check(&self) -> Result<(), SheetRefusal> {
        let (name, about) = match &self.proof {
            Proof::File { name, .. } => (name, ""),
            Proof::Document { number, about, .. } => (number, about.as_str()),
        };
        if self.id.is_empty() || name.trim().is_empty() {
            return Err(SheetRefusal::NoDocument);
        }
        let parts = [name.as_str(), about, &self.section, &self.page];
        if parts.iter().any(|part| part.chars().count() > LONGEST) {
            return Err(SheetRefusal::TooLong(LONGEST));
        }
        if parts.iter().any(|part| is_secret(part)) {
            return Err(SheetRefusal::Secret);
        }
        Ok(())
    }
}

/// Whether a text marks its document as secret: `Mật`, `(TỐI MẬT)`, `15/BC-UBND (Mật)`.
#[must_use]
pub fn is_secret(text: &str) -> bool {
    let text = cchc_text::nfc(text).to_lowercase();
    let mut parts = text.split(|letter: char| !letter.is_alphabetic() && letter != ' ').map(str::trim);
    parts.any(|part| SECRET.contains(&part) || part.strip_prefix("độ ").is_some_and(|rest| SECRET.contains(&rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_secrecy_is_seen_and_an_honest_word_is_not_one() {
        for marked in ["Mật", "15/BC-UBND (Mật)", "TỐI MẬT", "Độ mật: Mật", "Báo cáo [tuyệt mật]", "Ma\u{323}\u{302}t"]
        {
            assert!(is_secret(marked), "{marked}");
        }
        for plain in ["Kế hoạch bảo mật thông tin", "15/KH-UBND", "mật độ dân số", "Bí mật nhà nước: tuyên truyền"]
        {
            assert!(!is_secret(plain), "{plain}");
        }
    }
}
