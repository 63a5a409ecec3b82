//! A site made from the shipped data, and requests to it.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod rounds;
pub mod served;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use cchc_calendar::DaysOff;
use cchc_index::{CriteriaSet, check, read_inputs, toml_form};
use cchc_ledger::Moment;
use cchc_papers::package::{About, Package};
use cchc_papers::{Limits, read_tables};
use cchc_text::table::Table;
use cchc_units::Registry;
use cchc_web::{Publication, Site, World};
use tower::ServiceExt;

/// The shipped data.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(name)
}

pub fn tables(name: &str) -> Vec<Table> {
    let bytes = fs::read(data(name)).unwrap();
    read_tables(name, &bytes, &Limits::default()).unwrap().0
}

pub fn set(id: &str) -> CriteriaSet {
    let text = fs::read_to_string(data(&format!("criteria/{id}.toml"))).unwrap();
    check::load(&toml_form::read(id, &text).0).0.unwrap()
}

pub fn days_off() -> DaysOff {
    DaysOff::from_table(&tables("calendar/days-off-2019-2026.csv")[0]).0
}

/// PAR Index 2020, as it was published.
pub fn par_2020() -> Publication {
    let set = set("par-2020-province");
    let (inputs, findings) = read_inputs(&set, &tables("published/par-2020-provinces.csv"));
    let about = About {
        id: "par-2020-provinces".into(),
        title: "Chỉ số CCHC năm 2020".into(),
        organiser: "Bộ Nội vụ".into(),
        ..About::default()
    };
    Publication::new(Package::build(about, set, inputs, days_off(), vec![]), findings)
}

pub fn site() -> Arc<Site> {
    let (units, findings) = Registry::from_tables(
        &[tables("units/units-vinh-phuc.csv"), tables("units/departments-vinh-phuc.csv")].concat(),
    );
    assert_eq!(findings, []);
    let world = World {
        mark: 1,
        units,
        sets: SETS.iter().map(|id| Arc::new(set(id))).collect(),
        days_off: Arc::new(days_off()),
        appraisers: Arc::default(),
        series: Arc::default(),
        figures: Arc::default(),
    };
    let now = Moment::of("2026-01-16T08:05:00".parse().unwrap());
    let mut site = Site::new(now, Arc::new(world), vec![Arc::new(par_2020())], Arc::default());
    site.demonstration = true;
    Arc::new(site)
}

pub const SETS: [&str; 10] = [
    "bnv-2022-tinh",
    "vp-2021-so",
    "vp-2021-huyen",
    "vp-2021-xa",
    "pt-2026-so",
    "pt-2026-xa",
    "par-2020-province",
    "qd766-2022",
    "qd766-total",
    "nd61-2018",
];

/// An answer, read to the end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn send(site: &Arc<Site>, request: Request<Body>) -> Answer {
    let response = cchc_web::public(Arc::clone(site)).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

pub async fn get(site: &Arc<Site>, address: &str) -> Answer {
    send(site, Request::get(address).body(Body::empty()).unwrap()).await
}

/// One part of a form: its name, the file name if it is a file, and the content.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

pub async fn post(site: &Arc<Site>, address: &str, parts: &[Part<'_>]) -> Answer {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.extend(format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--ranh--\r\n");
    let request = Request::post(address)
        .header("host", "localhost")
        .header("origin", "http://localhost")
        .header("content-type", "multipart/form-data; boundary=ranh")
        .body(Body::from(body))
        .unwrap();
    send(site, request).await
}
