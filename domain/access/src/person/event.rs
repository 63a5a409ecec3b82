//! What can happen to a person.

use cchc_ledger::{Event, PersonId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Contact, PasswordChange};
use crate::{Delegation, DelegationId, Post, PostId};

/// What happened to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonEvent {
    /// He was entered.
    Registered {
        /// Họ và tên.
        name: String,
        /// Telephone and address, sealed.
        #[serde(default)]
        contact: Contact,
        /// Whether he is invented.
        #[serde(default)]
        simulated: bool,
    },
    /// His name was corrected.
    Renamed {
        /// Họ và tên.
        name: String,
    },
    /// Telephone and address were replaced.
    ContactSet {
        /// The new ones, sealed.
        contact: Contact,
    },
    /// He may log in, under this login.
    AccountOpened {
        /// The login.
        login: String,
    },
    /// He may not log in any more. His sessions and tokens end; what others delegated to him is to be ended.
    AccountClosed {
        /// The login; empty where he had none.
        login: String,
        /// Number and symbol of the document.
        document: String,
    },
    /// His password was changed.
    PasswordChanged {
        /// On which occasion.
        how: PasswordChange,
    },
    /// He was given a post.
    Appointed {
        /// The post.
        post: Post,
    },
    /// A post was corrected.
    PostChanged {
        /// The post as it is.
        post: Post,
    },
    /// A post has a last day.
    PostEnded {
        /// Which.
        post: PostId,
        /// Its last day.
        to: Date,
        /// Number and symbol of the document.
        document: String,
    },
    /// A post never was.
    PostCancelled {
        /// Which.
        post: PostId,
    },
    /// Another acts in a post of his.
    Delegated {
        /// The delegation.
        delegation: Delegation,
    },
    /// A delegation was ended before its last day.
    DelegationEnded {
        /// Which.
        delegation: DelegationId,
        /// First day on which it holds no more.
        on: Date,
        /// Number and symbol of the document.
        document: String,
    },
    /// All open work of a post was passed on; a queued command each moves it.
    HandedOver {
        /// His post.
        post: PostId,
        /// Who takes it.
        to_person: PersonId,
        /// In which post.
        to_post: PostId,
        /// How many items there were.
        items: u32,
        /// Number and symbol of the record of handover.
        document: String,
    },
}

impl Event for PersonEvent {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::Renamed { .. } => "renamed",
            Self::ContactSet { .. } => "contact-set",
            Self::AccountOpened { .. } => "account-opened",
            Self::AccountClosed { .. } => "account-closed",
            Self::PasswordChanged { .. } => "password-changed",
            Self::Appointed { .. } => "appointed",
            Self::PostChanged { .. } => "post-changed",
            Self::PostEnded { .. } => "post-ended",
            Self::PostCancelled { .. } => "post-cancelled",
            Self::Delegated { .. } => "delegated",
            Self::DelegationEnded { .. } => "delegation-ended",
            Self::HandedOver { .. } => "handed-over",
        }
    }
}

impl PersonEvent {
    /// What it is called in lists: `bổ nhiệm chức vụ`.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "thêm người dùng",
            Self::Renamed { .. } => "sửa họ tên",
            Self::ContactSet { .. } => "sửa thông tin liên hệ",
            Self::AccountOpened { .. } => "mở tài khoản",
            Self::AccountClosed { .. } => "đóng tài khoản",
            Self::PasswordChanged { .. } => "đổi mật khẩu",
            Self::Appointed { .. } => "bổ nhiệm chức vụ",
            Self::PostChanged { .. } => "sửa chức vụ",
            Self::PostEnded { .. } => "kết thúc chức vụ",
            Self::PostCancelled { .. } => "hủy chức vụ nhập nhầm",
            Self::Delegated { .. } => "ủy quyền",
            Self::DelegationEnded { .. } => "chấm dứt ủy quyền",
            Self::HandedOver { .. } => "bàn giao công việc",
        }
    }
}
