//! The parts of a plan, each with a form of its own.

use cchc_index::round::{Plan, Problem};

use crate::pages::rounds::round_address;

/// A part of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Title and year.
    Title,
    /// The groups and their sets.
    Sets,
    /// The units.
    Units,
    /// The last days of the phases.
    Deadlines,
    /// Which agency appraises which field.
    Appraisers,
    /// Who appraises in place of an agency that is scored itself.
    Substitutes,
    /// What does not apply to a unit.
    Presets,
    /// Who answers which lines of a sheet that is split.
    Shares,
}

impl Part {
    /// Every part, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Sets,
        Self::Units,
        Self::Deadlines,
        Self::Appraisers,
        Self::Substitutes,
        Self::Presets,
        Self::Shares,
    ];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Title => "ten",
            Self::Sets => "bo-tieu-chi",
            Self::Units => "don-vi",
            Self::Deadlines => "thoi-han",
            Self::Appraisers => "tham-dinh",
            Self::Substitutes => "thay-the",
            Self::Presets => "khong-ap-dung",
            Self::Shares => "phan-cong",
        }
    }

    /// The part of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Title => "Tên và năm",
            Self::Sets => "Nhóm và bộ tiêu chí",
            Self::Units => "Đơn vị được chấm",
            Self::Deadlines => "Hạn của từng bước",
            Self::Appraisers => "Cơ quan thẩm định",
            Self::Substitutes => "Cơ quan thẩm định thay thế",
            Self::Presets => "Không áp dụng đặt trước",
            Self::Shares => "Phân công trả lời phiếu",
        }
    }

    /// What its form is for.
    #[must_use]
    pub const fn lede(self) -> &'static str {
        match self {
            Self::Title => "Tên in trên mọi văn bản của đợt.",
            Self::Sets => "Mỗi nhóm một bộ tiêu chí đã áp dụng. Khi đợt mở, bản của bộ được giữ cố định.",
            Self::Units => "Đơn vị có trong danh mục hôm nay. Thêm vào một nhóm, hoặc bỏ khỏi đợt.",
            Self::Deadlines => "Ngày cuối của từng bước, tính đến hết ngày. Bước tự chấm điểm phải có hạn.",
            Self::Appraisers => {
                "Mỗi lĩnh vực trong bộ tiêu chí do một cơ quan thẩm định; hoặc cả phiếu do một cơ quan ngoài hệ thống thẩm định, như Bộ Nội vụ chấm tỉnh."
            }
            Self::Substitutes => {
                "Không ai thẩm định đơn vị của chính mình: nơi cơ quan thẩm định cũng được chấm, chọn cơ quan thay thế."
            }
            Self::Shares => {
                "Khi phiếu của một đơn vị được chia cho nhiều cơ quan: mỗi lĩnh vực, tiêu chí do cơ quan nào trả lời. Dòng để trống theo dòng trên nó; không dòng nào trên nó được giao thì chính đơn vị trả lời."
            }
            Self::Presets => {
                "Tiêu chí hoặc cả lĩnh vực không áp dụng cho một đơn vị: điểm tối đa của đơn vị giảm tương ứng."
            }
        }
    }

    /// The part of a plan in which something is settled.
    #[must_use]
    pub fn settles(problem: &Problem, plan: &Plan) -> Self {
        match problem {
            Problem::NoUnits | Problem::NoGroup(_) => Self::Units,
            Problem::NoSet(_) => Self::Sets,
            Problem::NoDeadline(_) | Problem::Disorder(_) => Self::Deadlines,
            Problem::NoAppraiser(field, _) if plan.appraisers.iter().any(|known| known.field == *field) => {
                Self::Substitutes
            }
            Problem::NoAppraiser(..) => Self::Appraisers,
            Problem::OwnAppraiser(..) => Self::Substitutes,
            Problem::UnknownPreset(..) => Self::Presets,
            Problem::UnknownShare(..) | Problem::SharedTwice(..) => Self::Shares,
        }
    }
}

/// Address of the plan of a round.
#[must_use]
pub fn plan_address(round: &str) -> String {
    format!("{}/ke-hoach", round_address(round))
}

/// Address of the form of a part.
#[must_use]
pub fn part_address(round: &str, part: Part) -> String {
    format!("{}/{}", plan_address(round), part.code())
}
