//! Why nothing at all could be read from a file.

use cchc_text::{Finding, Place, number};
use thiserror::Error;

/// Nothing could be read. The text is a Vietnamese sentence; [`ReadError::hint`] says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// No bytes, or white space only.
    #[error("Tệp trống, không có nội dung.")]
    Empty,
    /// More bytes than allowed.
    #[error("Tệp lớn {} MB, vượt giới hạn {} MB.", megabytes(*bytes), megabytes(*limit))]
    TooLarge {
        /// Size of the file.
        bytes: u64,
        /// The bound.
        limit: u64,
    },
    /// Inflates to more than allowed: a zip bomb or an absurd workbook.
    #[error("Nội dung nén của tệp bung ra quá lớn (phần «{part}»); giới hạn là {} MB và {inflation} lần.", megabytes(*limit))]
    Bomb {
        /// Name of the part inside the workbook.
        part: String,
        /// Bound on the sum of inflated bytes.
        limit: u64,
        /// Bound on inflated over compressed size.
        inflation: u64,
    },
    /// More parts inside the workbook than allowed.
    #[error("Tệp nén chứa {} thành phần, vượt giới hạn {}.", grouped(*entries as u64), grouped(*limit as u64))]
    TooManyEntries {
        /// How many there are.
        entries: usize,
        /// The bound.
        limit: usize,
    },
    /// More rows than allowed in one table.
    #[error("Một bảng có hơn {} dòng dữ liệu, vượt giới hạn.", grouped(*limit))]
    TooManyRows {
        /// The bound.
        limit: u64,
    },
    /// More cells than allowed in all tables.
    #[error("Tệp có hơn {} ô dữ liệu, vượt giới hạn.", grouped(*limit))]
    TooManyCells {
        /// The bound.
        limit: u64,
    },
    /// The name says workbook, the bytes are no zip archive.
    #[error("Tệp có đuôi .xlsx nhưng nội dung không phải sổ tính Excel.")]
    NotAZip,
    /// A broken or truncated zip archive.
    #[error("Tệp Excel bị hỏng hoặc tải về chưa đủ: {0}.")]
    BrokenZip(String),
    /// A zip archive that is no XLSX workbook; what it seems to be.
    #[error("Tệp không phải sổ tính .xlsx mà là {0}.")]
    OtherFormat(&'static str),
    /// Protected by a password.
    #[error("Sổ tính được đặt mật khẩu nên không đọc được.")]
    Encrypted,
    /// Excel 97–2003.
    #[error("Tệp ở định dạng Excel cũ (.xls), không đọc được.")]
    OldExcel,
    /// A web page or XML sheet that carries a workbook's name.
    #[error("Tệp là trang web (HTML hoặc XML) được đặt đuôi của Excel.")]
    Html,
    /// Neither a workbook nor text.
    #[error("Tệp không phải văn bản CSV cũng không phải sổ tính .xlsx.")]
    Binary,
    /// A part of the workbook is not the XML it should be.
    #[error("Phần «{part}» trong sổ tính không đọc được: {why}.")]
    Unreadable {
        /// Name of the part or worksheet.
        part: String,
        /// Technical reason.
        why: String,
    },
    /// Everything is in order, but no cell has content.
    #[error("Tệp không có ô dữ liệu nào.")]
    NoData,
}

impl ReadError {
    /// A stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-file",
            Self::TooLarge { .. } => "file-too-large",
            Self::Bomb { .. } => "zip-bomb",
            Self::TooManyEntries { .. } => "too-many-entries",
            Self::TooManyRows { .. } => "too-many-rows",
            Self::TooManyCells { .. } => "too-many-cells",
            Self::NotAZip => "not-a-workbook",
            Self::BrokenZip(_) => "broken-zip",
            Self::OtherFormat(_) => "other-format",
            Self::Encrypted => "encrypted",
            Self::OldExcel => "old-excel",
            Self::Html => "html-as-excel",
            Self::Binary => "not-text",
            Self::Unreadable { .. } => "unreadable-xml",
            Self::NoData => "no-data",
        }
    }

    /// What the person who sent the file can do.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoData => "Kiểm tra lại đã chọn đúng tệp và đã lưu dữ liệu.",
            Self::TooLarge { .. } => "Tách thành nhiều tệp, bỏ hình ảnh và các trang tính không dùng.",
            Self::Bomb { .. } | Self::TooManyEntries { .. } => {
                "Chép riêng vùng dữ liệu sang một sổ tính mới rồi lưu lại dạng .xlsx."
            }
            Self::TooManyRows { .. } | Self::TooManyCells { .. } => {
                "Xóa các dòng, cột thừa hoặc tách dữ liệu thành nhiều tệp."
            }
            Self::NotAZip | Self::Binary | Self::OtherFormat(_) => {
                "Mở tệp bằng Excel hoặc LibreOffice, chọn Lưu thành (Save As) dạng .xlsx hoặc CSV UTF-8."
            }
            Self::BrokenZip(_) | Self::Unreadable { .. } => {
                "Tải hoặc chép lại tệp; nếu vẫn lỗi, mở bằng Excel để sửa rồi lưu lại dạng .xlsx."
            }
            Self::Encrypted => "Bỏ mật khẩu trong Excel (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi lưu lại.",
            Self::OldExcel => {
                "Mở bằng Excel hoặc LibreOffice, chọn Lưu thành (Save As) › Excel Workbook (.xlsx) rồi gửi lại."
            }
            Self::Html => "Mở tệp bằng Excel, chọn Lưu thành (Save As) › Excel Workbook (.xlsx) rồi gửi lại.",
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

fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    number::vietnamese(&format!("{}.{}", tenths / 10, tenths % 10)).trim_end_matches(",0").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_sizes_as_vietnamese_read_them() {
        let error = ReadError::TooLarge { bytes: 61_234_567, limit: 50_000_000 };
        assert_eq!(error.to_string(), "Tệp lớn 61,2 MB, vượt giới hạn 50 MB.");
        assert_eq!(
            ReadError::TooManyRows { limit: 500_000 }.to_string(),
            "Một bảng có hơn 500.000 dòng dữ liệu, vượt giới hạn."
        );
    }

    #[test]
    fn becomes_a_finding_with_a_way_out() {
        let finding = ReadError::OldExcel.finding("a.xls");
        assert_eq!(finding.code, "old-excel");
        assert!(finding.to_string().starts_with("[lỗi] a.xls: Tệp ở định dạng Excel cũ"));
        assert!(finding.hint.unwrap().contains(".xlsx"));
    }
}
