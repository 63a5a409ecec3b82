//! Files of a publication to take away, each made once, when its page or it itself is first asked for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::response::Response;
use cchc_papers::package::{self, Package};
use cchc_papers::{annex_docx, results_csv, results_xlsx, unit_docx};
use serde::Deserialize;

use super::shown::{Shown, find};
use super::{address, gone};
use crate::error::ErrorPage;
use crate::pages::download::{CSV, DOCX, XLSX, ZIP, download};
use crate::pages::{Shared, count};
use crate::{Publication, Site};

/// The files that were made so far.
#[derive(Debug, Default)]
pub struct Files {
    made: [OnceLock<Made>; FILES.len()],
    /// Whether the making began.
    begun: AtomicBool,
    /// One annex for each group, by its code.
    annexes: OnceLock<Vec<(String, Made)>>,
}

/// The bytes of a file, or the sentence that says why there are none.
type Made = Result<Bytes, String>;

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The group of an annex; the first one where none is asked for.
    nhom: Option<String>,
}

/// A kind of file: its name, what it is, and how it is made.
struct Kind {
    name: &'static str,
    label: &'static str,
    media_type: &'static str,
    make: fn(&Package) -> Result<Vec<u8>, String>,
}

const FILES: [Kind; 4] = [
    Kind {
        name: "bang-diem.xlsx",
        label: "Bảng điểm chi tiết",
        media_type: XLSX,
        make: |package| results_xlsx::write(package).map_err(|error| error.to_string()),
    },
    Kind {
        name: "du-lieu.csv",
        label: "Dữ liệu mở: từng dòng điểm và vì sao",
        media_type: CSV,
        make: |package| Ok(results_csv::lines_csv(package)),
    },
    Kind {
        name: "xep-hang.csv",
        label: "Dữ liệu mở: bảng kết quả",
        media_type: CSV,
        make: |package| Ok(results_csv::write(package)),
    },
    Kind { name: PACKAGE, label: "Gói kết quả, để tính lại", media_type: ZIP, make: write_package },
];

const PACKAGE: &str = "goi.zip";
const ANNEX: &str = "phu-luc.docx";

fn write_package(package: &Package) -> Result<Vec<u8>, String> {
    package::write(package).map_err(|error| error.to_string())
}

/// A file that can be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// What it is.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// `XLSX 63 KB`; that it could not be made.
    pub size: String,
}

/// The file of that name.
pub async fn file(
    Extension(site): Extension<Shared>,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let publication = find(&site, &id)?;
    if name == ANNEX {
        let group = asked.nhom.as_deref();
        let here = Arc::clone(&site);
        let all = in_background(&publication, move |publication| annexes(&here, publication).to_vec()).await?;
        let found = all.iter().find(|(code, _)| group.is_none_or(|group| group == code));
        let (code, made) = found.ok_or_else(|| unknown(&site, &publication, &name))?;
        let name = if all.len() > 1 { format!("{id}-{code}-{ANNEX}") } else { format!("{id}-{ANNEX}") };
        return send(&site, &publication, &name, DOCX, made.clone());
    }
    let kind = FILES.iter().find(|kind| kind.name == name).ok_or_else(|| unknown(&site, &publication, &name))?;
    let bytes = in_background(&publication, |publication| made(publication, kind.name)).await?;
    send(&site, &publication, &format!("{id}-{name}"), kind.media_type, bytes)
}

/// `/cong-bo/{id}/don-vi/{code}/phieu-diem.docx`: the sheet of one unit.
pub async fn sheet(
    Extension(site): Extension<Shared>,
    Path((id, code)): Path<(String, String)>,
) -> Result<Response, ErrorPage> {
    let publication = find(&site, &id)?;
    let shown = Shown::new(&site, &publication);
    let unit = publication.unit(&code).ok_or_else(|| gone::unit_not_found(&shown, &code))?;
    let made = unit_docx::write(&publication.package, &unit.code, &shown.name(unit));
    let made = made.map(Bytes::from).map_err(|error| error.to_string());
    send(&site, &publication, &format!("{id}-{code}-phieu-diem.docx"), DOCX, made)
}

fn send(
    site: &Site,
    publication: &Publication,
    name: &str,
    media_type: &'static str,
    made: Made,
) -> Result<Response, ErrorPage> {
    let refused = |reason: String| {
        let page = ErrorPage::unusable("Không làm được tệp này").because(reason);
        page.way("Về trang kết quả", Shown::new(site, publication).href())
    };
    made.map(|bytes| download(name, media_type, bytes.to_vec())).map_err(refused)
}

fn unknown(site: &Site, publication: &Publication, name: &str) -> ErrorPage {
    let shown = Shown::new(site, publication);
    let page = ErrorPage::not_found("Công bố này không có trang hoặc tệp ấy")
        .because(format!("Ở «{}» không có «{name}».", publication.package.about.title));
    page.way("Xem kết quả", shown.href())
}

/// Makes the package, whose hash a page shows, and begins to make the other files, without holding up
/// other requests.
///
/// # Errors
/// [`ErrorPage`] 500 where the making itself broke down.
pub async fn ready(site: &Shared, publication: &Arc<Publication>) -> Result<(), ErrorPage> {
    if !publication.files.begun.swap(true, Ordering::Relaxed) {
        let (site, publication) = (Arc::clone(site), Arc::clone(publication));
        tokio::task::spawn_blocking(move || {
            annexes(&site, &publication);
            for kind in &FILES {
                // Whether it could be made is said where it is asked for.
                let _ = made(&publication, kind.name);
            }
        });
    }
    in_background(publication, |publication| drop(made(publication, PACKAGE))).await
}

async fn in_background<T: Send + 'static>(
    publication: &Arc<Publication>,
    make: impl FnOnce(&Publication) -> T + Send + 'static,
) -> Result<T, ErrorPage> {
    let publication = Arc::clone(publication);
    tokio::task::spawn_blocking(move || make(&publication)).await.map_err(|_| ErrorPage::internal())
}

/// The bytes of a file, made now where they were not yet.
fn made(publication: &Publication, name: &str) -> Made {
    let slots = FILES.iter().zip(&publication.files.made);
    let Some((kind, slot)) = slots.into_iter().find(|(kind, _)| kind.name == name) else {
        return Err("Không có tệp này.".to_owned());
    };
    slot.get_or_init(|| (kind.make)(&publication.package).map(Bytes::from)).clone()
}

/// The annexes of all groups, made now where they were not yet.
fn annexes<'p>(site: &Site, publication: &'p Publication) -> &'p [(String, Made)] {
    publication.files.annexes.get_or_init(|| {
        let shown = Shown::new(site, publication);
        let name = |code: &str| shown.publication.unit(code).map(|unit| shown.name(unit));
        let annex = |code: &str| {
            let made = annex_docx::write(&publication.package, code, name);
            (code.to_owned(), made.map(Bytes::from).map_err(|error| error.to_string()))
        };
        annex_docx::groups(&publication.package).into_iter().map(annex).collect()
    })
}

/// The files of a publication, with their sizes as far as they are made.
#[must_use]
pub fn downloads(shown: &Shown<'_>) -> Vec<Download> {
    let files = &shown.publication.files;
    let file = |label: String, path: String, made: Option<&Made>| {
        let name = path.split('?').next().unwrap_or_default();
        let ending = name.rsplit('.').next().unwrap_or_default().to_uppercase();
        let size = match made {
            Some(Ok(bytes)) => format!("{ending}\u{a0}{}\u{a0}KB", count(bytes.len().div_ceil(1024))),
            Some(Err(reason)) => reason.clone(),
            None => ending,
        };
        Download { label, href: format!("{}/{path}", shown.href()), size }
    };
    let groups = annex_docx::groups(shown.package());
    let annex = |code: &&str| {
        let made = files.annexes.get().and_then(|all| all.iter().find(|(known, _)| known == code));
        let made = made.map(|(_, made)| made);
        let group = shown.set().group(code).map_or(*code, |group| group.name.as_str());
        match groups.len() {
            1 => file("Phụ lục, theo mẫu quyết định".to_owned(), ANNEX.to_owned(), made),
            _ => file(format!("Phụ lục: {group}"), format!("{ANNEX}?nhom={}", address::encode(code)), made),
        }
    };
    let slots = FILES.iter().zip(&files.made);
    let others = slots.map(|(kind, slot)| file(kind.label.to_owned(), kind.name.to_owned(), slot.get()));
    groups.iter().map(annex).chain(others).collect()
}

/// The BLAKE3 hash of the package, in groups of four; none where the package can't be made.
#[must_use]
pub fn hash(publication: &Publication) -> Option<String> {
    let bytes = made(publication, PACKAGE).ok()?;
    Some(package::grouped(&package::hash(&bytes)))
}
