//! What can be asked of a person.

use cchc_ledger::PersonId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Contact, PasswordChange};
use crate::{Delegation, DelegationId, Post, PostId};

/// What can be asked of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonCommand {
    /// Enters him.
    Register {
        /// Họ và tên.
        name: String,
        /// Opens an account at once, where given.
        login: Option<String>,
        /// Telephone and address, sealed.
        contact: Contact,
        /// Whether he is invented.
        simulated: bool,
    },
    /// Corrects the name.
    Rename {
        /// Họ và tên.
        name: String,
    },
    /// Replaces telephone and address.
    SetContact {
        /// The new ones, sealed.
        contact: Contact,
    },
    /// Lets him log in, again or under another login.
    OpenAccount {
        /// The login.
        login: String,
    },
    /// He leaves: his account, his posts and what he delegated end this second.
    CloseAccount {
        /// Number and symbol of the document; may be empty where the context has a reason.
        document: String,
    },
    /// His password was changed; it is kept elsewhere.
    RecordPasswordChange {
        /// On which occasion.
        how: PasswordChange,
    },
    /// Gives him a post.
    Appoint {
        /// The post.
        post: Post,
    },
    /// Corrects a post: everything but its name and unit.
    ChangePost {
        /// The post as it is to be.
        post: Post,
    },
    /// Sets the last day of a post.
    EndPost {
        /// Which.
        post: PostId,
        /// Its last day.
        to: Date,
        /// Number and symbol of the document; may be empty.
        document: String,
    },
    /// A post entered by mistake, in which nothing was done, never was; the reason stands in the context.
    CancelPost {
        /// Which.
        post: PostId,
    },
    /// Has another act in a post of his.
    Delegate {
        /// The delegation.
        delegation: Delegation,
    },
    /// Ends a delegation before its last day.
    EndDelegation {
        /// Which.
        delegation: DelegationId,
        /// First day on which it holds no more.
        on: Date,
        /// Number and symbol of the document; may be empty.
        document: String,
    },
    /// Passes all open work of a post on; the moving itself follows.
    HandOver {
        /// His post.
        post: PostId,
        /// Who takes it.
        to_person: PersonId,
        /// In which post.
        to_post: PostId,
        /// Number and symbol of the record of handover; may be empty.
        document: String,
    },
}
