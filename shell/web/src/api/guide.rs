//! `/tro-giup/api`: the operations for a person to read, made from the document that programs read.

use askama::Template;
use axum::Extension;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterIn};

use super::document;
use super::problem::Kind;
use crate::frame::{Frame, Page, Section, render};
use crate::pages::Shared;

/// Where the page is.
pub const ADDRESS: &str = "/tro-giup/api";

/// The page.
pub async fn page(Extension(site): Extension<Shared>) -> Page {
    render(&GuidePage { frame: Frame::new(&site, Section::Help, "API"), groups: groups(), problems: &Kind::ALL })
}

#[derive(Template)]
#[template(path = "api_guide.html")]
struct GuidePage {
    frame: Frame,
    groups: Vec<Group>,
    problems: &'static [Kind],
}

/// Operations on one kind of thing.
struct Group {
    name: String,
    operations: Vec<Described>,
}

/// An operation.
struct Described {
    method: &'static str,
    path: String,
    summary: String,
    /// Names of what may stand after the `?`.
    query: Vec<String>,
}

fn groups() -> Vec<Group> {
    let document = document::openapi();
    let mut groups: Vec<Group> = Vec::new();
    for (method, path, operation) in document::operations(&document) {
        let name = operation.tags.iter().flatten().next().cloned().unwrap_or_default();
        let described = Described {
            method,
            path: path.to_owned(),
            summary: operation.summary.clone().unwrap_or_default(),
            query: query(operation),
        };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.operations.push(described),
            None => groups.push(Group { name, operations: vec![described] }),
        }
    }
    groups
}

fn query(operation: &Operation) -> Vec<String> {
    let given = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter.name.clone()),
        _ => None,
    });
    given.collect()
}
