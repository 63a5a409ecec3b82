//! The day that a page is asked for: `?ngay=2021-10-14` or `?ngay=14/10/2021`.

use jiff::civil::Date;

use crate::error::ErrorPage;
use crate::site::Site;

/// Reads the day; nothing typed means today.
///
/// # Errors
/// What is wrong with it, in Vietnamese.
pub fn read(site: &Site, typed: &str) -> Result<Date, String> {
    if typed.trim().is_empty() {
        return Ok(site.today);
    }
    cchc_text::date::parse(typed).map_err(|error| format!("«{}» {error}.", typed.trim()))
}

/// Reads the day of a page that can't be shown without it.
///
/// # Errors
/// [`ErrorPage`] 400 that says how to write a day.
pub fn required(site: &Site, typed: &str) -> Result<Date, ErrorPage> {
    read(site, typed).map_err(|wrong| ErrorPage::bad_request("Không hiểu ngày trong địa chỉ").because(wrong))
}
