//! Style sheets, scripts and pictures, built into the program and served under names that change with
//! their content, so that a browser keeps them for good.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;

use crate::error::ErrorPage;

/// The files of `static/`: read from there in a development build, built in otherwise.
#[derive(Embed)]
#[folder = "static/"]
struct Files;

/// The parts of the one style sheet, in the order in which they apply.
const STYLE_PARTS: [&str; 11] = [
    "tokens.css",
    "base.css",
    "frame.css",
    "table.css",
    "status.css",
    "form.css",
    "fold.css",
    "publication.css",
    "sheet.css",
    "appraise.css",
    "print.css",
];

/// A file as it is served.
struct Asset {
    name: &'static str,
    kind: &'static str,
    address: String,
    content: Cow<'static, [u8]>,
}

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    let style: Vec<u8> = STYLE_PARTS.iter().flat_map(|part| content(part).into_owned()).collect();
    [
        Asset::new("cchc.css", "text/css; charset=utf-8", Cow::Owned(style)),
        Asset::new("dau.svg", "image/svg+xml", content("dau.svg")),
        Asset::new("phieu.js", "text/javascript; charset=utf-8", content("phieu.js")),
    ]
});

impl Asset {
    fn new(name: &'static str, kind: &'static str, content: Cow<'static, [u8]>) -> Self {
        let hash = blake3::hash(&content).to_hex();
        let short: String = hash.chars().take(12).collect();
        Self { name, kind, address: format!("/tinh/{short}-{name}"), content }
    }
}

fn content(name: &str) -> Cow<'static, [u8]> {
    Files::get(name).map(|file| file.data).unwrap_or_default()
}

/// Address of a served file; empty for a name that is not served.
#[must_use]
pub fn address(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| asset.address.as_str())
}

/// `GET /tinh/{name}`: a built-in file.
///
/// # Errors
/// [`ErrorPage`] 404 for any other name.
pub async fn serve(Path(name): Path<String>) -> Result<Response, ErrorPage> {
    let asset = ASSETS.iter().find(|asset| asset.address.strip_prefix("/tinh/") == Some(name.as_str()));
    let Some(asset) = asset else { return Err(ErrorPage::not_found("Không có tệp này")) };
    let headers = [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    let content: &'static [u8] = &asset.content;
    Ok((headers, content).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_style_sheet_is_there() {
        for part in STYLE_PARTS {
            assert!(!content(part).is_empty(), "{part}");
        }
        assert!(address("cchc.css").ends_with("-cchc.css"));
        assert!(address("phieu.js").ends_with("-phieu.js") && !content("phieu.js").is_empty());
        assert_eq!(address("khac.css"), "");
    }
}
