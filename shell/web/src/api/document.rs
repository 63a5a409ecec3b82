//! `/api/v1/openapi.json`: the API describes itself (OpenAPI 3.1).

use std::sync::OnceLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response as Answer};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi as _};

use super::problem::{Kind, PROBLEM_JSON, Problem};
use super::{
    days_off, draft_open, drafts, events, ledger, me, notices, people, posts, publications, rules, sets, units,
};

/// Name of the way in: a token.
const TOKEN: &str = "token";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "cchc",
        description = "API của hệ thống đo và điều hành cải cách hành chính. Ngày theo ISO (2026-01-16), số thập phân \
            là văn bản có dấu chấm. Mọi lỗi là application/problem+json (RFC 9457). Mọi POST cần tiêu đề \
            Idempotency-Key: gửi lại cùng mã thì không làm hai lần.",
        contact(),
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        me::me,
        units::list,
        units::one,
        units::history,
        sets::list,
        sets::one,
        days_off::list,
        rules::versions,
        rules::content,
        people::list,
        people::register,
        people::one,
        people::close,
        posts::appoint,
        posts::end,
        drafts::list,
        drafts::one,
        draft_open::open,
        drafts::apply,
        drafts::discard,
        notices::list,
        notices::read,
        events::feed,
        ledger::head,
        publications::list,
        publications::one
    ),
    components(schemas(Problem)),
    modifiers(&Common)
)]
struct Described;

/// What all operations have in common: the token, the name of the request, every kind of problem.
struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_with(Components::new);
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("cchc_…").build();
        components.security_schemes.insert(TOKEN.to_owned(), SecurityScheme::Http(bearer).into());
        for kind in Kind::ALL {
            components.responses.entry(name(kind)).or_insert_with(|| problem(kind).into());
        }
        // Public operations take a token too, so the empty requirement stands beside it.
        let token = SecurityRequirement::new::<_, [&str; 0], &str>(TOKEN, []);
        document.security = Some(vec![token, SecurityRequirement::default()]);
        for (path, item) in &mut document.paths.paths {
            let takes_name = path.contains('{');
            if let Some(read) = &mut item.get {
                fails(read, &[Kind::BadRequest, Kind::Login, Kind::Forbidden, Kind::Internal, Kind::ReadOnly]);
                if takes_name {
                    fails(read, &[Kind::NotFound]);
                }
            }
            if let Some(write) = &mut item.post {
                named(write);
                fails(write, &WRITING);
                if takes_name {
                    fails(write, &[Kind::NotFound]);
                }
            }
        }
    }
}

/// How an operation that changes something can fail.
const WRITING: [Kind; 9] = [
    Kind::BadRequest,
    Kind::Login,
    Kind::Forbidden,
    Kind::Conflict,
    Kind::TooLarge,
    Kind::MediaType,
    Kind::Refused,
    Kind::Internal,
    Kind::ReadOnly,
];

/// Kinds of one status share a response.
fn name(kind: Kind) -> String {
    format!("problem-{}", kind.status().as_u16())
}

fn problem(kind: Kind) -> Response {
    let same: Vec<&str> = Kind::ALL.into_iter().filter(|other| name(*other) == name(kind)).map(Kind::title).collect();
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(same.join("; ")).content(PROBLEM_JSON, content).build()
}

fn fails(operation: &mut Operation, kinds: &[Kind]) {
    for kind in kinds {
        let reference = RefOr::Ref(Ref::from_response_name(name(*kind)));
        operation.responses.responses.insert(kind.status().as_str().to_owned(), reference);
    }
}

/// Every POST names its request, and says whether it was done before.
fn named(operation: &mut Operation) {
    let text = |longest| ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(longest));
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some("Mã riêng của yêu cầu này, ví dụ một UUID; gửi lại thì giữ nguyên."))
        .schema(Some(text(100).pattern(Some("^[!-~]+$")).build()))
        .build();
    operation.parameters.get_or_insert_with(Vec::new).push(RefOr::<Parameter>::T(key));
    for (status, response) in &mut operation.responses.responses {
        if let (true, RefOr::T(response)) = (status.starts_with('2'), response) {
            let header = HeaderBuilder::new()
                .schema(Some(Schema::Object(ObjectBuilder::new().schema_type(Type::String).build())))
                .description(Some("«true»: yêu cầu này đã được làm trước đó; đây là câu trả lời của lần ấy."))
                .build();
            response.headers.insert("Idempotency-Replayed".to_owned(), header.into());
        }
    }
}

/// The document.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut document = Described::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document
}

/// The operations by address: method, address, operation.
#[must_use]
pub fn operations(document: &OpenApi) -> Vec<(&'static str, &str, &Operation)> {
    let mut found = Vec::new();
    for (path, item) in &document.paths.paths {
        found.extend(item.get.as_ref().map(|operation| ("GET", path.as_str(), operation)));
        found.extend(item.post.as_ref().map(|operation| ("POST", path.as_str(), operation)));
    }
    found
}

/// The document as JSON.
pub async fn json() -> Answer {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| openapi().to_pretty_json().unwrap_or_default());
    ([(CONTENT_TYPE, "application/json")], text.as_str()).into_response()
}
