//! Why nothing at all could be read from a package, or none be written.

use cchc_text::{Finding, Place, number};
use thiserror::Error;

use super::FORMAT;

/// Nothing could be read or written. The text is a Vietnamese sentence; [`PackageError::hint`] says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PackageError {
    /// More bytes than allowed.
    #[error("Gói lớn {} byte, vượt giới hạn {} byte.", grouped(*bytes), grouped(*limit))]
    TooLarge {
        /// Size of the file.
        bytes: u64,
        /// The bound.
        limit: u64,
    },
    /// Another kind of file.
    #[error("Tệp không phải gói kết quả: không phải tệp nén .zip.")]
    NotAZip,
    /// A broken or truncated archive; the technical reason.
    #[error("Gói bị hỏng hoặc tải về chưa đủ: {0}.")]
    Broken(String),
    /// More parts than a package can have.
    #[error("Tệp nén chứa {entries} thành phần, gói kết quả có nhiều nhất {limit}.")]
    TooManyEntries {
        /// How many there are.
        entries: usize,
        /// The bound.
        limit: usize,
    },
    /// Two parts of one name, or two that share their bytes.
    #[error("Gói có hai thành phần trùng tên hoặc chồng lên nhau: không biết đọc thành phần nào.")]
    Ambiguous,
    /// A part inflates to more than allowed.
    #[error("Thành phần «{part}» bung ra quá lớn; giới hạn là {} byte và {inflation} lần.", grouped(*limit))]
    Bomb {
        /// Its name.
        part: &'static str,
        /// Bound on the sum of inflated bytes.
        limit: u64,
        /// Bound on inflated over compressed size.
        inflation: u64,
    },
    /// A part without which nothing can be recomputed is not there.
    #[error("Gói thiếu thành phần «{part}».")]
    Missing {
        /// Its name.
        part: &'static str,
    },
    /// Written by a later version of the program.
    #[error("Gói có định dạng phiên bản {format}; chương trình này chỉ đọc được đến phiên bản {FORMAT}.")]
    LaterFormat {
        /// The version in the manifest.
        format: u64,
    },
    /// A part that is not what it should be; the reason.
    #[error("Không đọc được «{part}»: {why}")]
    Unreadable {
        /// Its name.
        part: &'static str,
        /// The reason, a sentence.
        why: String,
    },
    /// More rows than allowed.
    #[error("«{part}» có hơn {} dòng, vượt giới hạn.", grouped(*limit))]
    TooManyRows {
        /// Its name.
        part: &'static str,
        /// The bound.
        limit: u64,
    },
    /// What was to be written would not verify; the first difference.
    #[error("Không lập được gói: đọc lại không cho cùng kết quả ({0}).")]
    NotReproducible(String),
}

impl PackageError {
    /// A stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "package-too-large",
            Self::NotAZip => "not-a-package",
            Self::Broken(_) => "broken-package",
            Self::TooManyEntries { .. } => "too-many-entries",
            Self::Ambiguous => "ambiguous-package",
            Self::Bomb { .. } => "zip-bomb",
            Self::Missing { .. } => "missing-part",
            Self::LaterFormat { .. } => "later-format",
            Self::Unreadable { .. } => "unreadable-part",
            Self::TooManyRows { .. } => "too-many-rows",
            Self::NotReproducible(_) => "not-reproducible",
        }
    }

    /// What the person can do.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotAZip => "Chọn đúng tệp .zip do lệnh «cchc index package» hoặc trang công bố tạo ra.",
            Self::LaterFormat { .. } => "Cập nhật chương trình cchc rồi kiểm tra lại.",
            Self::NotReproducible(_) => {
                "Kiểm tra bộ tiêu chí bằng «cchc index check» và sửa hết lỗi trước khi lập gói."
            }
            Self::TooLarge { .. }
            | Self::Broken(_)
            | Self::TooManyEntries { .. }
            | Self::Ambiguous
            | Self::Bomb { .. }
            | Self::Missing { .. }
            | Self::Unreadable { .. }
            | Self::TooManyRows { .. } => "Tải lại gói từ nơi công bố; đừng giải nén rồi nén lại.",
        }
    }

    /// The same as an error finding on the file as a whole.
    #[must_use]
    pub fn finding(&self, file: &str) -> Finding {
        Finding::error(self.code(), Place::file(file), self.to_string()).hint(self.hint())
    }
}

fn grouped(number: u64) -> String {
    number::vietnamese(&number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_and_what_to_do() {
        let finding = PackageError::LaterFormat { format: 2 }.finding("ket-qua.zip");
        assert_eq!(
            finding.to_string(),
            "[lỗi] ket-qua.zip: Gói có định dạng phiên bản 2; chương trình này chỉ đọc được đến phiên bản 1. \
             Cập nhật chương trình cchc rồi kiểm tra lại."
        );
        let large = PackageError::TooLarge { bytes: 60_000_000, limit: 50_000_000 };
        assert_eq!(large.to_string(), "Gói lớn 60.000.000 byte, vượt giới hạn 50.000.000 byte.");
    }
}
