//! Long lists: a page of them, and where the next one begins.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::Problem;

/// Rows of a page where nothing is asked for.
pub const USUAL: u32 = 50;
/// Rows of a page at most.
pub const MOST: u32 = 500;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Paged<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What to give as `cursor` for the next page; `null`: this is the last one.
    pub next: Option<String>,
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageAsked {
    /// `next` của trang trước; không có thì là trang đầu.
    #[param(nullable = false)]
    pub cursor: Option<String>,
    /// Số dòng một trang.
    #[param(minimum = 1, maximum = 500, default = 50, nullable = false)]
    pub limit: Option<u32>,
}

/// The number of rows that was asked for.
///
/// # Errors
/// 400 where it is none, or too large.
pub fn limit(asked: Option<u32>) -> Result<u32, Problem> {
    match asked.unwrap_or(USUAL) {
        limit if (1..=MOST).contains(&limit) => Ok(limit),
        _ => Err(Problem::bad_request(format!("limit phải từ 1 đến {MOST}."))),
    }
}

/// The page of a list in memory, after the row that the cursor names.
///
/// # Errors
/// 400 where no row is called so.
pub fn page<'r, T>(
    rows: &'r [T],
    name: impl Fn(&T) -> String,
    cursor: Option<&str>,
    size: u32,
) -> Result<(&'r [T], Option<String>), Problem> {
    let start = match cursor {
        None => 0,
        Some(cursor) => match rows.iter().position(|row| name(row) == cursor) {
            Some(position) => position.saturating_add(1),
            None => return Err(Problem::bad_request("cursor không thuộc danh sách này; mở lại danh sách từ đầu.")),
        },
    };
    let rest = rows.get(start..).unwrap_or_default();
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    match rest.split_at_checked(size) {
        Some((page, more)) if !more.is_empty() => Ok((page, page.last().map(name))),
        _ => Ok((rest, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_to_the_end() {
        let rows = [1, 2, 3, 4];
        let name = |row: &i32| row.to_string();
        assert_eq!(page(&rows, name, None, 2).unwrap(), (&rows[..2], Some("2".to_owned())));
        assert_eq!(page(&rows, name, Some("2"), 2).unwrap(), (&rows[2..], None));
        assert_eq!(page(&rows, name, Some("4"), 2).unwrap(), (&rows[4..], None));
        assert!(page(&rows, name, Some("5"), 2).is_err());
        assert!(limit(Some(0)).is_err() && limit(Some(501)).is_err());
        assert_eq!(limit(None).unwrap(), 50);
    }
}
