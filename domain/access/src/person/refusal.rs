//! Why a person's command was refused.

use cchc_text::date::vietnamese;
use jiff::civil::Date;
use thiserror::Error;

use crate::login::LoginError;

/// Why a person's command was refused; the text is for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PersonRefusal {
    /// There is no such person.
    #[error("không có người dùng này")]
    Missing,
    /// The stream is taken.
    #[error("người dùng này đã có")]
    Exists,
    /// The name can't be one.
    #[error("họ tên phải có từ 1 đến 100 ký tự")]
    Name,
    /// The login can't be one.
    #[error(transparent)]
    Login(#[from] LoginError),
    /// He has no open account.
    #[error("người này không có tài khoản đang mở")]
    NoAccount,
    /// Why is not said.
    #[error("cần ghi lý do hoặc số văn bản")]
    NoReason,
    /// Nobody would be left to run the system.
    #[error("đây là quản trị hệ thống cuối cùng; hãy bổ nhiệm quản trị khác trước")]
    LastAdmin,
    /// He has no such post.
    #[error("người này không có chức vụ {0}")]
    NoPost(String),
    /// The name of the post is taken.
    #[error("mã chức vụ {0} đã dùng cho chức vụ khác")]
    PostExists(String),
    /// A post needs a name and a title.
    #[error("chức vụ cần có mã và tên chức vụ (tối đa 200 ký tự)")]
    Title,
    /// A post needs a unit.
    #[error("chức vụ phải thuộc một đơn vị; chỉ chức vụ quản trị hệ thống được để trống")]
    NoUnit,
    /// There is no such unit.
    #[error("không có đơn vị mang mã {unit} vào ngày {}", vietnamese(*.on))]
    UnknownUnit {
        /// The code.
        unit: String,
        /// The day.
        on: Date,
    },
    /// The unit is no more.
    #[error("đơn vị {unit} không còn vào ngày {}{}", vietnamese(*.on), followed_by(.successors))]
    GoneUnit {
        /// The code.
        unit: String,
        /// The day.
        on: Date,
        /// Codes and names of the units after it.
        successors: Vec<(String, String)>,
    },
    /// A post stays in its unit.
    #[error("không đổi được đơn vị của chức vụ; hãy kết thúc chức vụ này và bổ nhiệm chức vụ mới")]
    OtherUnit,
    /// It signs in a capacity that it can't have of itself.
    #[error("chức vụ chỉ ký với tư cách của mình, TM. hoặc Q.; KT., TL., TUQ. phải do ủy quyền")]
    PostCapacity,
    /// Fields without an appraiser.
    #[error("chỉ người thẩm định mới được phân công lĩnh vực")]
    Fields,
    /// He holds that post already.
    #[error("đã giữ chức vụ «{title}» tại đơn vị này từ ngày {}; thời gian bị chồng nhau", vietnamese(*.from))]
    Overlap {
        /// The title.
        title: String,
        /// First day of the other.
        from: Date,
    },
    /// It ends before it begins.
    #[error("ngày kết thúc {} trước ngày bắt đầu {}", vietnamese(*.to), vietnamese(*.from))]
    Backwards {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// Something was done in it after that.
    #[error("ngày {} còn có việc đã làm với chức vụ này; không kết thúc trước ngày đó, không hủy được", vietnamese(*.0))]
    ActsAfter(Date),
    /// What was ended stays ended.
    #[error("chức vụ đã kết thúc ngày {}; không kéo dài được, hãy bổ nhiệm lại", vietnamese(*.0))]
    Ended(Date),
    /// That capacity is a post's own.
    #[error("chỉ giao được KT., TL., TUQ. hoặc người thay; TM. và Q. đi theo chức vụ")]
    DelegatedCapacity,
    /// A delegation needs a document.
    #[error("giao ký thay hoặc ủy quyền cần ghi số văn bản")]
    NoDocument,
    /// An authorisation is limited in time and content.
    #[error("ký thừa ủy quyền (TUQ.) phải có ngày hết hạn và nêu rõ việc được ủy quyền")]
    Unlimited,
    /// Nothing, or what can't be passed on.
    #[error("chưa nêu việc được giao, hoặc có việc không giao lại được: {0}")]
    NotDelegable(String),
    /// Nobody delegates to himself.
    #[error("không thể giao hoặc bàn giao cho chính chức vụ của mình")]
    Oneself,
    /// The other has no account or is not there.
    #[error("người nhận không có tài khoản đang mở")]
    NoReceiver,
    /// The deputy is of another unit.
    #[error("ký thay (KT.) chỉ giao cho người đang giữ chức vụ tại cùng đơn vị vào ngày {}", vietnamese(*.0))]
    NoDeputy(Date),
    /// It goes beyond the post.
    #[error("thời gian ủy quyền phải nằm trong thời gian giữ chức vụ")]
    BeyondPost,
    /// It would begin or end before the day on which it happens.
    #[error("ngày {} trước ngày ghi nhận {}; nếu nhập bù hãy ghi ngày xảy ra", vietnamese(*.from), vietnamese(*.on))]
    Backdated {
        /// The day asked for.
        from: Date,
        /// The day on which it happens.
        on: Date,
    },
    /// The same is given already.
    #[error("đã có ủy quyền của chức vụ này cho người đó trong thời gian này")]
    DelegationOverlap,
    /// The name of the delegation is taken.
    #[error("mã ủy quyền {0} đã dùng")]
    DelegationExists(String),
    /// He gave no such delegation, or it holds no more.
    #[error("không có ủy quyền {0} đang có hiệu lực")]
    NoDelegation(String),
    /// The other does not hold that post.
    #[error("người nhận không giữ chức vụ {post} vào ngày {}", vietnamese(*.on))]
    NotTheirPost {
        /// The post.
        post: String,
        /// The day.
        on: Date,
    },
    /// There is no open work.
    #[error("chức vụ này không còn việc nào để bàn giao")]
    NothingOpen,
}

impl PersonRefusal {
    /// The legal basis, where the law says so.
    #[must_use]
    pub const fn basis(&self) -> Option<&'static str> {
        match self {
            Self::PostCapacity | Self::DelegatedCapacity => {
                Some("Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.7")
            }
            Self::NoDeputy(_) => Some("Nghị định 30/2020/NĐ-CP, Điều 13 khoản 1"),
            Self::Unlimited => Some("Nghị định 30/2020/NĐ-CP, Điều 13 khoản 3"),
            _ => None,
        }
    }
}

fn followed_by(units: &[(String, String)]) -> String {
    if units.is_empty() {
        return String::new();
    }
    let names: Vec<String> = units.iter().map(|(code, name)| format!("{name} ({code})")).collect();
    format!("; nay là {}", names.join(", "))
}
