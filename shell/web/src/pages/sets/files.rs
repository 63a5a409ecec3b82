//! Files of a set: itself as TOML and XLSX, and the form in which its inputs are filled in.

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use cchc_index::{CriteriaSet, set_form, toml_form};
use cchc_papers::input_file::{TemplateUnit, template_csv, template_xlsx};
use cchc_papers::{WriteError, set_xlsx};
use cchc_units::Level;
use jiff::civil::Date;

use crate::error::ErrorPage;
use crate::pages::{Shared, download};
use crate::site::Site;

/// One file of the set.
pub async fn file(
    Extension(site): Extension<Shared>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, ErrorPage> {
    let set = super::find(&site, &id)?;
    let units = || template_units(&site, set);
    match file.as_str() {
        "bo-tieu-chi.toml" => {
            let text = toml_form::write(&set_form::to_form(set));
            Ok(download(&format!("{id}.toml"), download::TOML, text.into_bytes()))
        }
        "bo-tieu-chi.xlsx" => workbook(&id, &format!("{id}.xlsx"), set_xlsx::write(set)),
        "mau-nhap.csv" => Ok(download(&format!("mau-nhap-{id}.csv"), download::CSV, template_csv(set, &units()))),
        "mau-nhap.xlsx" => workbook(&id, &format!("mau-nhap-{id}.xlsx"), template_xlsx(set, &units())),
        _ => Err(ErrorPage::not_found("Không có tệp này").way("Trang của bộ tiêu chí", page_of(&id))),
    }
}

fn workbook(id: &str, name: &str, written: Result<Vec<u8>, WriteError>) -> Result<Response, ErrorPage> {
    match written {
        Ok(bytes) => Ok(download(name, download::XLSX, bytes)),
        Err(error) => Err(ErrorPage::unusable("Không ghi được bộ này thành sổ tính Excel")
            .because(error.to_string())
            .way("Tải dạng TOML ở trang của bộ tiêu chí", page_of(id))),
    }
}

fn page_of(id: &str) -> String {
    format!("/chi-so/bo-tieu-chi/{id}")
}

/// The units that a set of the province asks, at the end of its year; for other sets one row to be named.
fn template_units(site: &Site, set: &CriteriaSet) -> Vec<TemplateUnit> {
    let levels: Vec<Level> = set.groups.iter().filter_map(|group| Level::from_code(&group.code)).collect();
    let local = !levels.contains(&Level::Province) && levels.len() == set.groups.len();
    let day = Date::new(set.year, 12, 31).map_or(site.today, |end| end.min(site.today));
    let tree = site.units.as_of(day);
    let asked = Level::ALL.into_iter().filter(|level| local && levels.contains(level));
    let asked = asked.flat_map(|level| tree.ranked(level));
    let units: Vec<TemplateUnit> = asked
        .map(|version| TemplateUnit {
            code: version.code.clone(),
            name: version.name.clone(),
            group: version.level.code().to_owned(),
        })
        .collect();
    if units.is_empty() { vec![TemplateUnit::default()] } else { units }
}
