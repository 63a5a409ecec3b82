//! Why a sheet refuses.

use cchc_text::date::vietnamese;
use jiff::civil::Date;
use thiserror::Error;

/// Why a sheet refuses; the text is for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetRefusal {
    /// The unit is not scored in this round, or there is no such round.
    #[error("đợt này không chấm đơn vị này")]
    NotScored,
    /// The round knows of no such merger.
    #[error("đợt này không có việc sáp nhập ấy")]
    NotMerged,
    /// The round does not run.
    #[error("đợt chưa mở hoặc đã công bố")]
    NotRunning,
    /// Another unit's sheet.
    #[error("chỉ người của đơn vị được sửa phiếu của đơn vị")]
    NotOwn,
    /// A line of the part of another unit.
    #[error("dòng {0} không thuộc phần việc của đơn vị bạn")]
    OthersLine(String),
    /// The unit has no part of this sheet.
    #[error("{0} không được phân công dòng nào trong phiếu này")]
    NoShare(String),
    /// The part was not handed over.
    #[error("{0} chưa giao phần việc")]
    NotDelivered(String),
    /// A body outside appraises, nobody here.
    #[error("phiếu này do {0} thẩm định: ở đây chỉ ghi kết quả kèm văn bản của cơ quan ấy")]
    AppraisedOutside(String),
    /// Agencies here appraise.
    #[error("phiếu này do các cơ quan trong hệ thống thẩm định, không ghi kết quả từ bên ngoài")]
    AppraisedHere,
    /// What is recorded needs its document.
    #[error("cần số, ký hiệu văn bản của cơ quan thẩm định")]
    NoDocumentNumber,
    /// The document is of a day to come.
    #[error("ngày văn bản không thể sau hôm nay")]
    FutureDocument,
    /// The last day is over.
    #[error("đã hết hạn tự chấm điểm ({}); đề nghị cơ quan tổ chức gia hạn hoặc mở lại phiếu", vietnamese(*.0))]
    Closed(Date),
    /// It was handed in.
    #[error("phiếu đã nộp; chỉ sửa được dòng bị hỏi lại, hoặc khi phiếu được mở lại")]
    Submitted,
    /// It was not handed in.
    #[error("đơn vị chưa nộp phiếu")]
    NotSubmitted,
    /// The set has no such line.
    #[error("bộ tiêu chí không có dòng {0}")]
    UnknownLine(String),
    /// The unit does not report that.
    #[error("dòng {0} lấy từ điều tra hoặc nơi khác, đơn vị không tự chấm")]
    NotReported(String),
    /// The unit reports that itself.
    #[error("dòng {0} do đơn vị tự chấm")]
    Reported(String),
    /// It does not apply to the unit.
    #[error("dòng {line} không áp dụng cho đơn vị{}", in_brackets(.reason))]
    Preset {
        /// The line.
        line: String,
        /// Why; may be empty.
        reason: String,
    },
    /// Another changed the line meanwhile.
    #[error("dòng {line} vừa được người khác sửa thành «{theirs}»; chọn giữ giá trị nào")]
    Conflict {
        /// The line.
        line: String,
        /// What stands there now.
        theirs: String,
    },
    /// The line that is decided of changed since it was seen.
    #[error("dòng {line} vừa thay đổi: đơn vị trả lời «{answer}»{}; xem lại rồi quyết định", in_words(.decided))]
    Moved {
        /// The line.
        line: String,
        /// What the unit answers now.
        answer: String,
        /// What is decided of it now; empty: nothing.
        decided: String,
    },
    /// The rule can't read the answer.
    #[error("dòng {line}: {why}")]
    Unreadable {
        /// The line.
        line: String,
        /// What is wrong.
        why: String,
    },
    /// Some lines can't be taken.
    #[error("{} dòng chưa nhận được: {}", .0.len(), lines(.0))]
    Lines(Vec<(String, Box<SheetRefusal>)>),
    /// A text is too long.
    #[error("nội dung dài quá {0} ký tự")]
    TooLong(usize),
    /// Evidence needs a name or a number.
    #[error("tài liệu kiểm chứng phải có tên tệp, hoặc số, ký hiệu văn bản")]
    NoDocument,
    /// State secrets are not kept here.
    #[error("tài liệu mang dấu độ mật không được đưa lên hệ thống này (Luật Bảo vệ bí mật nhà nước)")]
    Secret,
    /// Something is missing.
    #[error("{}", incomplete(.empty, .unproved, .undelivered))]
    Incomplete {
        /// Lines without an answer or a word why.
        empty: Vec<String>,
        /// Lines without evidence or a word why.
        unproved: Vec<String>,
        /// Units that share the sheet and have not handed their part over.
        undelivered: Vec<String>,
    },
    /// The report needs a number.
    #[error("cần số, ký hiệu báo cáo tự chấm điểm")]
    NoNumber,
    /// The report is of a day to come.
    #[error("ngày báo cáo không thể sau hôm nay")]
    Future,
    /// Such an act needs a reason.
    #[error("cần ghi lý do")]
    NoReason,
    /// A value from elsewhere needs its source.
    #[error("cần ghi nguồn của giá trị")]
    NoSource,
    /// Nobody appraises now.
    #[error("đợt không ở bước thẩm định")]
    NoAppraisal,
    /// Nobody appraises his own unit.
    #[error("không ai thẩm định đơn vị của chính mình")]
    OwnUnit,
    /// Another agency appraises that field.
    #[error("lĩnh vực {field} của đơn vị này do {agency} thẩm định")]
    OthersField {
        /// The field.
        field: String,
        /// Code of the agency.
        agency: String,
    },
    /// Nobody appraises that field.
    #[error("lĩnh vực {0} chưa phân công thẩm định")]
    NobodysField(String),
    /// There is no question.
    #[error("chưa ghi câu hỏi")]
    NoQuestion,
    /// The day is over.
    #[error("ngày {} đã qua", vietnamese(*.0))]
    PastDay(Date),
    /// Units do not explain now.
    #[error("đợt không ở bước giải trình, hoặc đã hết hạn giải trình")]
    NoExplaining,
    /// The line was not appraised.
    #[error("dòng {0} chưa được thẩm định")]
    NotDecided(String),
}

fn in_brackets(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" ({reason})") }
}

fn in_words(decided: &str) -> String {
    if decided.is_empty() { String::new() } else { format!(", kết luận đang có là «{decided}»") }
}

fn lines(wrong: &[(String, Box<SheetRefusal>)]) -> String {
    wrong.iter().map(|(_, refusal)| refusal.to_string()).collect::<Vec<_>>().join("; ")
}

fn incomplete(empty: &[String], unproved: &[String], undelivered: &[String]) -> String {
    let part = |what: &str, codes: &[String]| {
        (!codes.is_empty()).then(|| format!("{} {what}: {}", codes.len(), codes.join(", ")))
    };
    let parts = [
        part("dòng chưa chấm", empty),
        part("dòng chưa có tài liệu kiểm chứng hoặc giải trình", unproved),
        part("đơn vị chưa giao phần việc", undelivered),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
