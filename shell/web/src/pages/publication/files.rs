//! Files of a publication to take away, each made when it is first asked for and then kept.

use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use cchc_papers::package::{self, Package};
use cchc_papers::{results_csv, results_xlsx};

use super::shown::{Shown, find};
use crate::Publication;
use crate::error::ErrorPage;
use crate::pages::download::{CSV, XLSX, ZIP, download};
use crate::pages::{Shared, count};

/// The files that were made so far.
#[derive(Debug, Default)]
pub struct Files {
    made: [OnceLock<Result<Bytes, String>>; FILES.len()],
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

fn write_package(package: &Package) -> Result<Vec<u8>, String> {
    package::write(package).map_err(|error| error.to_string())
}

/// A file that can be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// What it is.
    pub label: &'static str,
    /// Where it is.
    pub href: String,
    /// `XLSX 63 KB`; that it could not be made.
    pub size: String,
}

/// The file of that name.
pub async fn file(State(site): State<Shared>, Path((id, name)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let publication = find(&site, &id)?;
    let kind = FILES.iter().find(|kind| kind.name == name).ok_or_else(|| unknown(&site, &publication, &name))?;
    let made = in_background(&publication, kind.name).await?;
    match made {
        Ok(bytes) => Ok(download(&format!("{id}-{}", kind.name), kind.media_type, bytes.to_vec())),
        Err(reason) => Err(ErrorPage::unusable("Không làm được tệp này")
            .because(reason)
            .way("Về trang kết quả", Shown::new(&site, &publication).href())),
    }
}

fn unknown(site: &crate::Site, publication: &Publication, name: &str) -> ErrorPage {
    let shown = Shown::new(site, publication);
    let page = ErrorPage::not_found("Công bố này không có trang hoặc tệp ấy")
        .because(format!("Ở «{}» không có «{name}».", publication.package.about.title));
    page.way("Xem kết quả", shown.href())
}

/// Makes a large file without holding up other requests.
async fn in_background(publication: &Arc<Publication>, name: &'static str) -> Result<Result<Bytes, String>, ErrorPage> {
    let publication = Arc::clone(publication);
    tokio::task::spawn_blocking(move || made(&publication, name)).await.map_err(|_| ErrorPage::internal())
}

/// Makes every file that was not made yet, so that a page can say how large they are.
///
/// # Errors
/// [`ErrorPage`] 500 where the making itself broke down.
pub async fn ready(publication: &Arc<Publication>) -> Result<(), ErrorPage> {
    for kind in &FILES {
        // Whether it could be made is said beside its name.
        let _ = in_background(publication, kind.name).await?;
    }
    Ok(())
}

/// The bytes of a file, made now where they were not yet.
fn made(publication: &Publication, name: &str) -> Result<Bytes, String> {
    let slots = FILES.iter().zip(&publication.files.made);
    let Some((kind, slot)) = slots.into_iter().find(|(kind, _)| kind.name == name) else {
        return Err("Không có tệp này.".to_owned());
    };
    slot.get_or_init(|| (kind.make)(&publication.package).map(Bytes::from)).clone()
}

/// The files of a publication with their sizes.
#[must_use]
pub fn downloads(shown: &Shown<'_>) -> Vec<Download> {
    let one = |kind: &Kind| {
        let ending = kind.name.rsplit('.').next().unwrap_or_default().to_uppercase();
        let size = match made(shown.publication, kind.name) {
            Ok(bytes) => format!("{ending}\u{a0}{}\u{a0}KB", count(bytes.len().div_ceil(1024))),
            Err(reason) => reason,
        };
        Download { label: kind.label, href: format!("{}/{}", shown.href(), kind.name), size }
    };
    FILES.iter().map(one).collect()
}

/// The BLAKE3 hash of the package, in groups of four; none where the package can't be made.
#[must_use]
pub fn hash(publication: &Publication) -> Option<String> {
    let bytes = made(publication, PACKAGE).ok()?;
    Some(package::grouped(&package::hash(&bytes)))
}
