//! The two cookies: the session, and the browser that was here before.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};

/// Name of the cookie that holds the session's secret.
pub const SESSION: &str = "cchc-phien";
/// Name of the cookie by which a browser is known again when logging in.
pub const DEVICE: &str = "cchc-may";
/// How long a browser is known, in seconds.
const DEVICE_SECONDS: i64 = 180 * 24 * 3600;

/// How a cookie may travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// Over HTTPS alone.
    Secure,
    /// Over HTTP too: a server that is reached on its own machine.
    Plain,
}

/// The value of a cookie; empty where there is none.
#[must_use]
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value).next().unwrap_or_default()
}

/// Gives the browser the secret of its session; it goes when the browser is closed.
pub fn give_session(headers: &mut HeaderMap, secret: &str, travel: Travel) {
    set(headers, &format!("{SESSION}={secret}; Path=/; HttpOnly; SameSite=Lax{}", suffix(travel)));
}

/// Takes the session from the browser.
pub fn take_session(headers: &mut HeaderMap, travel: Travel) {
    set(headers, &format!("{SESSION}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", suffix(travel)));
}

/// Gives the browser what it is known by at the next login.
pub fn give_device(headers: &mut HeaderMap, secret: &str, travel: Travel) {
    let lasting = format!("Path=/dang-nhap; HttpOnly; SameSite=Lax; Max-Age={DEVICE_SECONDS}");
    set(headers, &format!("{DEVICE}={secret}; {lasting}{}", suffix(travel)));
}

const fn suffix(travel: Travel) -> &'static str {
    match travel {
        Travel::Secure => "; Secure",
        Travel::Plain => "",
    }
}

fn set(headers: &mut HeaderMap, cookie: &str) {
    // Secrets are hexadecimal digits; anything else can't be sent and is left out.
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; cchc-phien=abc;cchc-may=x=y"));
        assert_eq!(value(&headers, SESSION), "abc");
        assert_eq!(value(&headers, DEVICE), "x=y");
        assert_eq!(value(&headers, "phien"), "");
    }

    #[test]
    fn cookies_are_closed_to_scripts_and_to_other_sites() {
        let mut headers = HeaderMap::new();
        give_session(&mut headers, "abc", Travel::Secure);
        take_session(&mut headers, Travel::Plain);
        let lines: Vec<&str> = headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();
        assert_eq!(lines[0], "cchc-phien=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(lines[1], "cchc-phien=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
