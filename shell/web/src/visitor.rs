//! Who asks: the public, or somebody who is logged in.

use cchc_access::{Action, Reach, Viewer, reach};
use jiff::civil::Date;

/// Who asks, with what the frame of a page says of him.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// What he may do follows from this.
    pub viewer: Viewer,
    /// His name; empty for the public.
    pub name: String,
    /// His first post, as `Chuyên viên, Sở Nội vụ`; empty where he has none.
    pub post: String,
    /// Notices that he has not read.
    pub unread: u32,
    /// Id of the session; empty for the public and for API tokens.
    pub session: String,
}

impl Default for Visitor {
    fn default() -> Self {
        let (name, post, session) = (String::new(), String::new(), String::new());
        Self { viewer: Viewer::Public, name, post, unread: 0, session }
    }
}

impl Visitor {
    /// Whether nobody is logged in.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        matches!(self.viewer, Viewer::Public)
    }

    /// Key of the person's stream, where somebody is logged in.
    #[must_use]
    pub fn person(&self) -> Option<&str> {
        self.viewer.principal().map(|principal| principal.person.as_str())
    }

    /// Whether there is anything on which he may do that: what the navigation shows him.
    #[must_use]
    pub fn may(&self, action: Action, on: Date) -> bool {
        !matches!(reach(&self.viewer, action, on), Reach::Nothing)
    }
}
