//! The tags of an XML part, read as a stream in bounded memory.
//!
//! It decides nothing about the content; it lets [`super::guard`] look at a part before a full XML
//! reader is trusted with it. What workbooks never hold (document types, control characters,
//! giant tags) is refused.

use std::io::{self, Read};

/// The longest tag accepted, in bytes; real ones stay below a thousand.
const LONGEST_TAG: usize = 65_536;

/// One tag, with what stands between its angle brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    content: &'a str,
}

impl<'a> Tag<'a> {
    /// The element's name without its namespace prefix; `None` for an end tag.
    pub(super) fn start(self) -> Option<&'a str> {
        if self.content.starts_with('/') {
            return None;
        }
        let name = self.content.split(|mark: char| mark.is_ascii_whitespace() || mark == '/').next()?;
        Some(name.rsplit(':').next().unwrap_or(name))
    }

    /// All attributes as written: name and raw value.
    pub(super) fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.content.split_once(|mark: char| mark.is_ascii_whitespace()).map_or("", |(_, rest)| rest);
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
            let (value, tail) = after.get(1..)?.split_once(quote)?;
            rest = tail;
            Some((name.trim(), value))
        })
    }

    /// The raw value of an attribute, its namespace prefix ignored.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(key, _)| key.rsplit(':').next() == Some(name)).map(|(_, value)| value)
    }

    /// Whether a boolean attribute is set.
    pub(super) fn flag(self, name: &str) -> bool {
        matches!(self.attribute(name), Some("1" | "true"))
    }
}

/// Why a part can't be trusted.
#[derive(Debug)]
pub(super) enum TagError {
    /// The bytes could not be inflated or read.
    Io(io::Error),
    /// Something no workbook holds.
    Refused(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    Tag { quote: Option<u8> },
    Until { ending: &'static [u8], met: usize },
}

/// Calls `each` for every tag of a part; an error of `each` ends the reading.
pub(super) fn each_tag<E: From<TagError>>(
    mut part: impl Read,
    mut each: impl FnMut(Tag<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut chunk = vec![0_u8; 65_536];
    let mut tag: Vec<u8> = Vec::new();
    let mut state = State::Text;
    loop {
        let count = match part.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(TagError::Io(error).into()),
        };
        for byte in chunk.iter().take(count).copied() {
            if byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') {
                return Err(TagError::Refused("có ký tự điều khiển").into());
            }
            state = match state {
                State::Text if byte == b'<' => State::Tag { quote: None },
                State::Text => State::Text,
                State::Tag { quote: None } if byte == b'>' => {
                    let content = std::str::from_utf8(&tag).map_err(|_| TagError::Refused("thẻ không phải UTF-8"))?;
                    each(Tag { content })?;
                    tag.clear();
                    State::Text
                }
                State::Tag { quote } => {
                    tag.push(byte);
                    in_tag(&mut tag, quote, byte)?
                }
                State::Until { ending, met } => past(ending, met, byte),
            };
        }
    }
    if state == State::Text { Ok(()) } else { Err(TagError::Refused("bị cắt cụt").into()) }
}

fn in_tag(tag: &mut Vec<u8>, quote: Option<u8>, byte: u8) -> Result<State, TagError> {
    let special: Option<&'static [u8]> = match tag.as_slice() {
        b"!--" => Some(b"-->"),
        b"![CDATA[" => Some(b"]]>"),
        b"?" => Some(b"?>"),
        [b'!', b'D' | b'd', ..] => return Err(TagError::Refused("có khai báo DOCTYPE")),
        _ => None,
    };
    if let Some(ending) = special {
        tag.clear();
        return Ok(State::Until { ending, met: 0 });
    }
    if tag.len() > LONGEST_TAG {
        return Err(TagError::Refused("có thẻ dài bất thường"));
    }
    let quote = match quote {
        Some(open) if open == byte => None,
        None if matches!(byte, b'"' | b'\'') => Some(byte),
        unchanged => unchanged,
    };
    Ok(State::Tag { quote })
}

/// One step of looking for `-->`, `]]>` or `?>`: only a repeated first byte can overlap itself.
fn past(ending: &'static [u8], met: usize, byte: u8) -> State {
    if ending.get(met) == Some(&byte) {
        let met = met + 1;
        return if met == ending.len() { State::Text } else { State::Until { ending, met } };
    }
    let met = if ending.first() == Some(&byte) { met.clamp(1, ending.len() - 1) } else { 0 };
    State::Until { ending, met }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl From<TagError> for String {
        fn from(error: TagError) -> Self {
            format!("{error:?}")
        }
    }

    fn tags(xml: &str) -> Result<Vec<String>, String> {
        let mut tags = Vec::new();
        each_tag(xml.as_bytes(), |tag| {
            tags.push(tag.content.to_owned());
            Ok::<(), String>(())
        })?;
        Ok(tags)
    }

    #[test]
    fn finds_tags_past_comments_cdata_and_quotes() {
        let xml = "<?xml version='1.0'?><a x=\"1>2\"><!-- <no> it's ---><![CDATA[<no>]]]><b/></a>";
        assert_eq!(tags(xml).unwrap(), ["a x=\"1>2\"", "b/", "/a"]);
    }

    #[test]
    fn refuses_what_workbooks_never_hold() {
        for xml in ["<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "<a>\0</a>", "<a", "<!-- open", "<a x='>"] {
            assert!(tags(xml).is_err(), "{xml}");
        }
        assert!(tags(&format!("<a x='{}'>", "y".repeat(LONGEST_TAG))).is_err());
    }

    #[test]
    fn reads_names_and_attributes() {
        let tag = Tag { content: "x:row r = \"3\"\n hidden='1' r:id=\"rId1\" /" };
        assert_eq!(tag.start(), Some("row"));
        assert_eq!((tag.attribute("r"), tag.attribute("id"), tag.flag("hidden")), (Some("3"), Some("rId1"), true));
        assert_eq!(Tag { content: "/x:row " }.start(), None);
    }

    proptest! {
        #[test]
        fn never_panics(xml in "[<>/!\\-\\[\\]CDATAa\"'= ?]{0,80}") {
            let mut seen = 0;
            let _ = each_tag(xml.as_bytes(), |tag| {
                seen += tag.attributes().count() + tag.start().map_or(0, str::len);
                Ok::<(), String>(())
            });
            prop_assert!(seen <= xml.len() * 2);
        }
    }
}
