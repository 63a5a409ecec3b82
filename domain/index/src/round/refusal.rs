//! Why a round refuses.

use cchc_text::date::vietnamese;
use jiff::civil::Date;
use thiserror::Error;

use super::{Phase, Problem};

/// Why a round refuses; the text is for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RoundRefusal {
    /// There is none.
    #[error("không có đợt chấm điểm này")]
    Missing,
    /// It runs or is over: the plan stands.
    #[error("đợt đã mở: bộ tiêu chí, đơn vị và phân công thẩm định không đổi được nữa")]
    Frozen,
    /// It does not run.
    #[error("đợt chưa mở hoặc đã công bố")]
    NotRunning,
    /// What stands in the way of opening.
    #[error("đợt chưa mở được: {}", all(.0))]
    Problems(Vec<Problem>),
    /// Phases go forward alone.
    #[error("đợt không quay lại bước trước; mở lại phiếu của từng đơn vị nếu cần")]
    Backwards,
    /// The phase is over.
    #[error("bước «{0}» đã qua; mở lại phiếu của đơn vị nếu cần")]
    PhaseOver(Phase),
    /// It is no later than what holds.
    #[error("hạn mới phải sau hạn đang có, {}", vietnamese(*.0))]
    NoLater(Date),
    /// The day is over.
    #[error("ngày {} đã qua", vietnamese(*.0))]
    Past(Date),
    /// A body outside needs a name.
    #[error("tên cơ quan thẩm định bên ngoài phải có từ 1 đến 200 ký tự")]
    Outside,
    /// What is wrong with the shares.
    #[error("chưa phân công được: {}", all(.0))]
    Shares(Vec<Problem>),
    /// Such an act needs a reason.
    #[error("cần ghi lý do")]
    NoReason,
    /// No such unit is scored.
    #[error("đợt này không chấm đơn vị {0}")]
    UnknownUnit(String),
    /// There is no such group.
    #[error("đợt này không có nhóm {0}")]
    UnknownGroup(String),
    /// A unit stands twice.
    #[error("đơn vị {0} có hai lần")]
    Twice(String),
    /// A merger needs the units that are no more.
    #[error("chưa chọn đơn vị được sáp nhập")]
    NothingMerged,
    /// Nobody would appraise a field of the unit that took over.
    #[error("lĩnh vực {0} của đơn vị mới chưa có cơ quan thẩm định; chọn cơ quan thay thế")]
    NobodyAppraises(String),
    /// Nobody is reminded.
    #[error("chưa chọn đơn vị để đôn đốc")]
    NobodyUrged,
    /// A reminder goes some way.
    #[error("chưa chọn cách gửi")]
    NoChannel,
    /// A reminder says something.
    #[error("nội dung đôn đốc phải có từ 1 đến {0} ký tự")]
    Text(usize),
    /// A round needs a title.
    #[error("tên đợt phải có từ 1 đến 300 ký tự")]
    Title,
    /// A round needs somebody who runs it.
    #[error("chưa chọn cơ quan tổ chức đợt")]
    NoOrganiser,
    /// The council has not decided.
    #[error("chỉ công bố được sau bước Hội đồng")]
    NotDecided,
    /// Every group is published.
    #[error("kết quả công bố còn thiếu nhóm {0}")]
    NoPackage(String),
    /// A publication needs a decision.
    #[error("cần số, ký hiệu quyết định công bố")]
    NoDecision,
}

fn all(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
