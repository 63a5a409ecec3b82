//! The sheet in the order of the form of whoever scores it from outside, as a workbook and as a Word document.

use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use cchc_access::Action;
use cchc_index::ScoredUnit;
use cchc_index::set::Status;
use cchc_index::sheet::Step;
use cchc_papers::WriteError;
use cchc_papers::ministry_form::{self, FormLine, MinistryForm};

use super::of::{SheetOf, names};
use crate::App;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::pages::download::{DOCX, XLSX, download, unwritten};
use crate::pages::publication::figures::Figures;
use crate::pages::rounds::sheet::lines;

/// As a workbook.
pub async fn workbook(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let (of, bytes) = written(&with, &round, &unit, ministry_form::xlsx).await?;
    Ok(download(&format!("bieu-mau-{}-{}.xlsx", of.at.id, of.unit.code), XLSX, bytes))
}

/// As a Word document.
pub async fn word(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let (of, bytes) = written(&with, &round, &unit, ministry_form::docx).await?;
    Ok(download(&format!("bieu-mau-{}-{}.docx", of.at.id, of.unit.code), DOCX, bytes))
}

async fn written(
    with: &With,
    round: &str,
    unit: &str,
    write: fn(&MinistryForm<'_>) -> Result<Vec<u8>, WriteError>,
) -> Result<(SheetOf, Vec<u8>), ErrorPage> {
    let of = SheetOf::find(with, round, unit).await?;
    if of.fields.is_some() {
        // Whoever appraises a field of it reads its lines, not the whole.
        crate::acts::rounds::at::over(with, Action::ViewSheets, &of.unit.code).await?;
    }
    let (lines, scored) = lines(with, &of)?;
    let form = MinistryForm {
        unit: of.unit.name.clone(),
        title: of.at.plan.title.clone(),
        body: of.at.plan.outside.clone().unwrap_or_default(),
        set: &of.set,
        scored: &scored,
        lines,
        mark: if of.set.status == Status::Illustrative {
            "BỘ TIÊU CHÍ MINH HỌA".to_owned()
        } else {
            String::new()
        },
        simulated: with.demonstration,
    };
    let bytes = write(&form).map_err(|error| unwritten(&error))?;
    Ok((of, bytes))
}

fn lines(with: &With, of: &SheetOf) -> Result<(Vec<FormLine>, ScoredUnit), ErrorPage> {
    let (before, name) = (of.before(with), names(with));
    let seen = of.seen(with, &before, false, &name);
    let scored = seen.scored(Step::Own).ok_or_else(ErrorPage::internal)?;
    let figures = Figures::of(&of.set);
    let line = |(index, node, leaf): (usize, &cchc_index::Criterion, &cchc_index::Leaf)| {
        let view = lines::line(&seen, &figures, index, node, leaf);
        // A sheet that is not split has one answering for all of it.
        let whose = view
            .whose
            .map_or_else(|| if view.closed.is_none() { of.unit.name.clone() } else { String::new() }, |(_, name)| name);
        let evidence = view.evidence.iter().map(|proof| proof.text.clone()).collect();
        FormLine { code: view.code, answer: view.answer, note: view.note, evidence, whose }
    };
    let all = of.set.leaves().map(line).collect();
    Ok((all, scored))
}

/// The addresses of the form.
pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .route("/dot-cham/{round}/phieu/{unit}/bieu-mau.xlsx", get(workbook))
        .route("/dot-cham/{round}/phieu/{unit}/bieu-mau.docx", get(word))
}
