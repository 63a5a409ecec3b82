//! Numbers as Vietnamese read them: decimal comma, dots between thousands.

/// Turns a canonical decimal text (`-1601.5`) into the Vietnamese form (`-1.601,5`).
#[must_use]
pub fn vietnamese(canonical: &str) -> String {
    let (sign, digits) = canonical.strip_prefix('-').map_or(("", canonical), |rest| ("-", rest));
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (index, digit) in integer.chars().enumerate() {
        let left = integer.len().saturating_sub(index);
        if index > 0 && left.checked_rem(3) == Some(0) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{fraction}")
}
