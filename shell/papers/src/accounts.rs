//! Many accounts at once: a workbook to fill in, what it says, and the first passwords to hand out.
//!
//! | sheet of the template | holds |
//! |---|---|
//! | Tài khoản | one row a person with his post |
//! | Hướng dẫn | what each column takes; not read |
//! | Đơn vị, Vai trò | the codes to choose from; not read |

mod columns;
mod issued;
mod read;
mod row;
mod template;
#[cfg(test)]
mod tests;

use cchc_access::{Login, Role};
use cchc_text::Place;
use jiff::civil::Date;

pub use issued::{Issued, write_issued};
pub use read::{Around, read};
pub use template::template;

/// Rows that a file may have: larger ones are no list of people of one province.
pub const MOST_ROWS: usize = 5_000;

/// A person to enter with an account and a first post. The row had no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Where the row stands.
    pub place: Place,
    /// Họ và tên.
    pub name: String,
    /// The login: as it was typed in, else suggested and free.
    pub login: Login,
    /// Code of the unit; empty only for a post that has no other role than running the system.
    pub unit: String,
    /// Chức vụ.
    pub title: String,
    /// Chức vụ Đảng; may be empty.
    pub party_title: String,
    /// Roles, each once.
    pub roles: Vec<Role>,
    /// Fields assigned to an appraiser.
    pub fields: Vec<String>,
    /// First day of the post.
    pub from: Date,
    /// Last day of the post.
    pub to: Option<Date>,
    /// Number and symbol of the document that appointed; may be empty.
    pub document: String,
    /// Telephone number; may be empty.
    pub phone: String,
    /// Electronic mail; may be empty.
    pub email: String,
}
