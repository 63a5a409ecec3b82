//! Charts: SVG made on the server. x is in percent, y and text in pixels, so that a chart widens with
//! its page and its text stays readable; colours are classes of the style sheet.
//!
//! | chart | shows |
//! |---|---|
//! | [`bars`] | one unit against the median and the best of its group |
//! | [`dots`] | one value, or two years, on the scale of a table column |
//! | [`distribution`] | where all units stand, a dot each |
//! | [`timeline`] | steps with their last days, and today |
//! | [`line`](line::line) | how one number went, year by year |
//!
//! No floats: positions are exact fractions until they are written.

pub mod axis;
pub mod bars;
pub mod distribution;
pub mod dots;
pub mod line;
pub mod timeline;

use std::fmt;

use askama::filters::HtmlSafe;

pub use axis::{At, Axis};

/// Finished SVG: everything that came from outside is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Svg(String);

impl HtmlSafe for Svg {}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a chart is called and what it says, for those who can't see it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Unique in the page; letters, digits and hyphens.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What it shows, in a sentence with its numbers.
    pub text: &'a str,
}

impl Svg {
    /// A chart with name and description.
    fn chart(said: Said<'_>, height: i64, inside: &str) -> Self {
        let Said { id, title, text } = said;
        let (title, text) = (escape(title), escape(text));
        Self(format!(
            "<svg class=\"c\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{text}</desc>{inside}</svg>"
        ))
    }

    /// A drawing beside the number that it shows: nothing new for those who can't see it.
    fn beside(height: i64, inside: &str) -> Self {
        Self(format!("<svg class=\"c\" height=\"{height}\" aria-hidden=\"true\" focusable=\"false\">{inside}</svg>"))
    }
}

/// Text for use between tags and in attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_is_escaped() {
        let said = Said { id: "x", title: "a<b>", text: "\"c\" & d" };
        let svg = Svg::chart(said, 10, "").to_string();
        assert!(svg.contains("<title id=\"x-t\">a&lt;b&gt;</title><desc id=\"x-d\">&quot;c&quot; &amp; d</desc>"));
    }
}
