//! Files of a set: itself as TOML and XLSX, and the form in which its inputs are filled in.

use axum::extract::{Path, State};
use axum::response::Response;
use cchc_index::{CriteriaSet, set_form, toml_form};

use crate::error::ErrorPage;
use crate::pages::{Shared, download};

/// One file of the set.
pub async fn file(State(site): State<Shared>, Path((id, file)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let set = super::find(&site, &id)?;
    match file.as_str() {
        "bo-tieu-chi.toml" => Ok(toml(set)),
        "mau-nhap.csv" => Ok(template_csv(set)),
        _ => Err(ErrorPage::not_found("Không có tệp này")
            .way("Trang của bộ tiêu chí", format!("/chi-so/bo-tieu-chi/{}", set.id))),
    }
}

fn toml(set: &CriteriaSet) -> Response {
    let text = toml_form::write(&set_form::to_form(set));
    download(&format!("{}.toml", set.id), download::TOML, text.into_bytes())
}

/// One row a line of the set, for one unit still to be named.
fn template_csv(set: &CriteriaSet) -> Response {
    let columns = ["unit", "unit_name", "group", "criterion", "value", "of", "title", "asks"];
    let group = set.groups.first().map_or("", |group| group.code.as_str());
    let row = |node: &cchc_index::Criterion, leaf: &cchc_index::Leaf| {
        ["", "", group, &node.code, "", "", &node.title, &leaf.rule.asks()].map(str::to_owned)
    };
    let rows: Vec<_> = set.leaves().map(|(_, node, leaf)| row(node, leaf)).collect();
    download(&format!("mau-nhap-{}.csv", set.id), download::CSV, cchc_papers::write_csv_for_excel(&columns, &rows))
}
