//! The forms of what is done to a running round.

use cchc_index::round::{Phase, Plan, Ranked};

use crate::form::{Choice, Field, FormView, Kind};

/// The unit.
pub const UNIT: &str = "don-vi";
/// The phase.
pub const PHASE: &str = "buoc";
/// The last day.
pub const UNTIL: &str = "den-ngay";
/// The units that are no more.
pub const FROM: &str = "tu";
/// The unit that took over.
pub const INTO: &str = "vao";
/// Its group.
pub const GROUP: &str = "nhom";
/// Who appraises it in place of an agency that is part of it.
pub const INSTEAD: &str = "thay";

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The next phase begins.
    Advance,
    /// A unit gets more time.
    Extend,
    /// A unit may correct its sheet.
    Reopen,
    /// Units became one.
    Merge,
}

impl Act {
    /// The act of the end of an address.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Advance, Self::Extend, Self::Reopen, Self::Merge].into_iter().find(|act| act.code() == code)
    }

    /// The end of its address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Advance => "buoc",
            Self::Extend => "gia-han",
            Self::Reopen => "mo-lai",
            Self::Merge => "sap-nhap",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Advance => "Chuyển bước",
            Self::Extend => "Gia hạn cho một đơn vị",
            Self::Reopen => "Mở lại phiếu của một đơn vị",
            Self::Merge => "Sáp nhập đơn vị giữa đợt",
        }
    }

    /// What its button says.
    #[must_use]
    pub const fn button(self) -> &'static str {
        match self {
            Self::Advance => "Chuyển bước",
            Self::Extend => "Gia hạn",
            Self::Reopen => "Mở lại phiếu",
            Self::Merge => "Sáp nhập",
        }
    }

    /// What it does.
    #[must_use]
    pub const fn lede(self) -> &'static str {
        match self {
            Self::Advance => "Bước trước được khóa và không quay lại được; từng phiếu vẫn mở lại được khi có lý do.",
            Self::Extend => "Chỉ đơn vị này có hạn mới; mọi đơn vị khác giữ hạn chung. Lý do vào sổ cái.",
            Self::Reopen => "Đơn vị sửa và nộp lại được tới hết ngày ghi dưới đây dù bước đã qua. Lý do vào sổ cái.",
            Self::Merge => {
                "Phiếu của các đơn vị cũ chuyển sang đơn vị mới theo từng dòng, ghi rõ nguồn; dòng mà các đơn vị cũ khai khác nhau để trống cho đơn vị mới chọn."
            }
        }
    }
}

fn reason() -> Field {
    Field::long("ly-do", "Lý do").required().tip("Ghi cả số, ký hiệu văn bản nếu có. Mọi người xem sổ cái đều thấy.")
}

fn units(units: &[Ranked]) -> Field {
    let all = std::iter::once((String::new(), "Chọn đơn vị".to_owned()))
        .chain(units.iter().map(|unit| (unit.code.clone(), unit.name.clone())));
    Field::new(UNIT, "Đơn vị", Kind::One(Choice::list(all, ""))).required()
}

fn phases(from: impl Fn(Phase) -> bool, chosen: Option<Phase>) -> Field {
    let all = Phase::ALL.into_iter().filter(|phase| from(*phase)).map(|phase| (phase.code(), phase.label()));
    let chosen = chosen.map_or("", Phase::code);
    Field::new(PHASE, "Bước", Kind::One(Choice::list(all, chosen))).required()
}

/// Which phase begins.
#[must_use]
pub fn advance(form: FormView, now: Option<Phase>) -> FormView {
    form.field(phases(|phase| now.is_none_or(|now| phase > now), now.and_then(Phase::next)))
        .field(Field::long("ly-do", "Ghi chú").tip("Ví dụ: theo lịch, hoặc số văn bản chuyển bước sớm."))
}

/// Who gets more time, in which phase, until when.
#[must_use]
pub fn extend(form: FormView, all: &[Ranked], now: Option<Phase>) -> FormView {
    form.field(units(all))
        .field(phases(|phase| now.is_none_or(|now| phase >= now), now))
        .field(Field::day(UNTIL, "Hạn mới, đến hết ngày").required())
        .field(reason())
}

/// Whose sheet is reopened, until when.
#[must_use]
pub fn reopen(form: FormView, all: &[Ranked]) -> FormView {
    form.field(units(all)).field(Field::day(UNTIL, "Mở đến hết ngày").required()).field(reason())
}

/// Which units became which.
#[must_use]
pub fn merge(form: FormView, plan: &Plan, today: &[(String, String)], agencies: &[(String, String)]) -> FormView {
    let from = plan.units.iter().map(|unit| Choice::new(&unit.code, &unit.name)).collect();
    let first = |label: &str| std::iter::once((String::new(), label.to_owned()));
    let into = Choice::list(first("Chọn đơn vị").chain(today.iter().cloned()), "");
    let groups = plan.groups.iter().map(|group| (group.code.clone(), group.code.clone()));
    let groups = Choice::list(first("Như đơn vị cũ đầu tiên").chain(groups), "");
    let instead = Choice::list(first("Không cần").chain(agencies.iter().cloned()), "");
    form.field(Field::new(FROM, "Các đơn vị được sáp nhập", Kind::Many(from)).required())
        .field(
            Field::new(INTO, "Đơn vị mới", Kind::One(into))
                .required()
                .tip("Đơn vị phải có trong danh mục hôm nay; đơn vị nhận sáp nhập giữ mã cũ thì chọn cả ở trên."),
        )
        .field(Field::new(GROUP, "Nhóm của đơn vị mới", Kind::One(groups)))
        .field(
            Field::day(UNTIL, "Đơn vị mới rà soát, nộp lại đến hết ngày")
                .required()
                .tip("Phiếu của đơn vị mới mở tới ngày này, ở bất kỳ bước nào."),
        )
        .field(
            Field::new(INSTEAD, "Cơ quan thẩm định thay thế", Kind::One(instead))
                .tip("Cần khi đơn vị mới gồm cả cơ quan thẩm định: không ai thẩm định đơn vị của chính mình."),
        )
        .field(reason())
}
