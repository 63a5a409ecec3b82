//! `/cong-bo/…`: published results.
//!
//! | address | page |
//! |---|---|
//! | `/cong-bo` | [`list`] |
//! | `/cong-bo/so-sanh?truoc=&sau=` | [`compare`], and [`choose`] without two of them |
//! | `/cong-bo/{id}?nhom=&huyen=` | [`ranking`]; of partly known packages [`partial`] |
//! | `/cong-bo/{id}/don-vi/{code}` | [`mod@unit`]; of codes that are no more [`gone`] |
//! | `/cong-bo/{id}/don-vi/{code}/thu-tinh` | [`what_if`] |
//! | `/cong-bo/{id}/tieu-chi`, `…/{code}` | [`criteria`], [`criterion`] |
//! | `/cong-bo/{id}/linh-vuc` | [`fields`] |
//! | `/cong-bo/{id}/phat-hien` | [`findings`] |
//! | `/cong-bo/{id}/so-sanh` | [`choose`] |
//! | `/cong-bo/{id}/goi.zip` … | [`files`] |
//!
//! What the pages show is computed by pure functions: [`figures`], [`group`], [`classes`], [`ties`],
//! [`losses`], [`lines`], [`spread`], [`matching`], [`checks`].

pub mod address;
pub mod answer;
pub mod checks;
pub mod choose;
pub mod classes;
pub mod compare;
pub mod criteria;
pub mod criterion;
pub mod fields;
pub mod figures;
pub mod files;
pub mod findings;
pub mod gone;
pub mod group;
pub mod lines;
pub mod list;
pub mod losses;
pub mod matching;
pub mod partial;
pub mod published;
pub mod ranking;
pub mod register;
#[cfg(test)]
pub(crate) mod sample;
pub mod shown;
pub mod spread;
pub mod ties;
pub mod unit;
pub mod what_if;

use axum::Router;
use axum::routing::get;

/// The routes below `/cong-bo`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(list::page))
        .route("/so-sanh", get(compare::page))
        .route("/{id}", get(ranking::page))
        .route("/{id}/don-vi/{code}", get(unit::page))
        .route("/{id}/don-vi/{code}/thu-tinh", get(what_if::page))
        .route("/{id}/don-vi/{code}/phieu-diem.docx", get(files::sheet))
        .route("/{id}/tieu-chi", get(criteria::page))
        .route("/{id}/tieu-chi/{code}", get(criterion::page))
        .route("/{id}/linh-vuc", get(fields::page))
        .route("/{id}/phat-hien", get(findings::page))
        .route("/{id}/so-sanh", get(choose::of))
        .route("/{id}/{file}", get(files::file))
}
