//! Addresses of units, and words about them.

use cchc_text::date::vietnamese;
use cchc_units::{Level, Version, type_label};
use jiff::civil::Date;

/// Address of the unit that bears the code on that day.
pub fn unit(code: &str, day: Date) -> String {
    format!("/don-vi/{}?ngay={day}", path_segment(code))
}

/// Address of a version: on its last day where it has ended, else today.
pub fn version(version: &Version, today: Date) -> String {
    unit(&version.code, day_within(version, today))
}

/// A day on which the version holds, as near to the wished one as there is.
pub fn day_within(version: &Version, wished: Date) -> Date {
    wished.clamp(version.period.start(), version.period.end())
}

/// How sure a row is, in words; nothing where nothing need be said.
pub fn doubt(confidence: &str) -> &str {
    match confidence {
        "" | "open-data" | "official" => "",
        "press" => "Theo báo chí, chưa đối chiếu văn bản",
        "inferred" => "Suy ra từ các dòng khác, chưa đối chiếu văn bản",
        "unconfirmed" => "Chưa xác nhận bằng văn bản",
        other => other,
    }
}

/// `phường, cấp xã`.
pub fn kind(version: &Version) -> String {
    let (label, level) = (type_label(&version.kind), version.level_label());
    if label.is_empty() || version.level == Level::Department || version.level == Level::Province {
        return level.to_owned();
    }
    format!("{label}, {level}")
}

/// `từ 01/01/2025 đến 30/06/2025`, `đến 31/12/2024`, `từ 01/07/2025 đến nay`.
pub fn period(version: &Version) -> String {
    match (version.period.from, version.period.to) {
        (Some(from), None) => format!("từ {} đến nay", vietnamese(from)),
        _ => version.period.to_string(),
    }
}

/// The code as one segment of an address.
fn path_segment(code: &str) -> String {
    let mut segment = String::with_capacity(code.len());
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@') {
            segment.push(char::from(byte));
        } else {
            segment.push_str(&format!("%{byte:02X}"));
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_becomes_one_segment() {
        let day = "2021-10-14".parse().unwrap();
        assert_eq!(unit("08740", day), "/don-vi/08740?ngay=2021-10-14");
        assert_eq!(unit("VP.SNN&PTNT", day), "/don-vi/VP.SNN%26PTNT?ngay=2021-10-14");
        assert_eq!(unit("a/b?đ", day), "/don-vi/a%2Fb%3F%C4%91?ngay=2021-10-14");
    }
}
