//! Addresses of a publication's pages.

/// `/cong-bo/{id}`.
#[must_use]
pub fn publication(id: &str) -> String {
    format!("/cong-bo/{}", encode(id))
}

/// `/cong-bo/{id}/don-vi/{code}`.
#[must_use]
pub fn unit(id: &str, code: &str) -> String {
    format!("{}/don-vi/{}", publication(id), encode(code))
}

/// `/cong-bo/{id}/tieu-chi/{code}`.
#[must_use]
pub fn criterion(id: &str, code: &str) -> String {
    format!("{}/tieu-chi/{}", publication(id), encode(code))
}

/// Text as a part of an address: any unit code is taken, also one with a slash or a blank.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The id of a criterion's line in the page of a unit: code with what is no letter or digit made a hyphen.
#[must_use]
pub fn anchor(code: &str) -> String {
    let letter = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    format!("d-{}", code.chars().map(letter).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_code_makes_an_address() {
        assert_eq!(unit("vp-2021", "VP.SNV"), "/cong-bo/vp-2021/don-vi/VP.SNV");
        assert_eq!(unit("a b", "x/y?"), "/cong-bo/a%20b/don-vi/x%2Fy%3F");
        assert_eq!(criterion("p", "Đ1"), "/cong-bo/p/tieu-chi/%C4%901");
        assert_eq!(anchor("4.5a"), "d-4-5a");
    }
}
