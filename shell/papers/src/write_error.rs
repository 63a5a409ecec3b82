//! Why a file could not be written.

use rust_xlsxwriter::XlsxError;
use thiserror::Error;

/// Nothing was written. The text is a Vietnamese sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WriteError {
    /// The workbook could not be made: a cell too long for Excel, no room for a temporary file.
    #[error("Không ghi được sổ tính: {0}.")]
    Workbook(String),
    /// A rule whose parameters can't be written in one cell and read back as they were.
    #[error(
        "Tham số quy tắc của tiêu chí {criterion} không ghi được vào một ô của sổ tính mà giữ nguyên nội dung \
         (có xuống dòng hoặc dấu ; trong giá trị). Dùng tệp TOML cho bộ tiêu chí này."
    )]
    Parameters {
        /// Code of the criterion.
        criterion: String,
    },
    /// The document could not be packed.
    #[error("Không ghi được văn bản Word: {0}.")]
    Document(String),
    /// No unit is of the group that was asked for.
    #[error("Không có đơn vị nào thuộc nhóm «{group}».")]
    NoUnits {
        /// Code of the group.
        group: String,
    },
    /// No unit has the code that was asked for.
    #[error("Không có đơn vị nào mang mã «{unit}».")]
    NoUnit {
        /// Code of the unit.
        unit: String,
    },
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error.to_string())
    }
}
