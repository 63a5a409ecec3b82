//! Proposing, giving back, handing in; the self-score report.

use axum::Form;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Capacity, Grant};
use cchc_index::sheet::{SheetStanding, Step, Submission};
use cchc_index::{SheetCommand, SheetRefusal};
use cchc_papers::media::media;
use cchc_papers::pdf_signer;
use cchc_papers::self_report::{self, Party, ReportLine, SelfReport};
use cchc_store::CommitError;

use super::of::{SheetOf, evidence, names, proof};
use crate::App;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::download::{DOCX, download, unwritten};
use crate::pages::publication::figures::Figures;
use crate::pages::rounds::sheet::lines::{self, SheetLine};
use crate::pages::rounds::sheet::submit::{self, DATED, Forms, NUMBER, PROPOSALS, SIGNED, SIGNER, SubmitPage};
use crate::store_error::not_committed;
use crate::upload;

/// The page.
pub async fn page(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    show(&with, &of, None).await
}

/// Which form is shown again.
enum Again {
    HandIn(FormView),
    GiveBack(FormView),
    Propose(FormView),
}

async fn show(with: &With, of: &SheetOf, again: Option<Again>) -> Result<Response, ErrorPage> {
    let address = of.address();
    let mut forms = Forms::default();
    let closed = closed(with, of);
    if closed.is_none() {
        if submit::may_propose(of.sheet.standing) && of.own(with, Action::FillSheets).await.is_ok() {
            forms.propose = Some(submit::propose(&address, &fresh()));
        }
        if of.own(with, Action::SubmitSheets).await.is_ok() {
            forms.hand_in = Some(submit::hand_in(&address, &fresh()));
            let proposed = of.sheet.standing == SheetStanding::Proposed;
            forms.give_back = proposed.then(|| submit::give_back(&address, &fresh()));
        }
    }
    let refused = again.is_some();
    match again {
        Some(Again::HandIn(form)) => forms.hand_in = Some(form),
        Some(Again::GiveBack(form)) => forms.give_back = Some(form),
        Some(Again::Propose(form)) => forms.propose = Some(form),
        None => {}
    }
    let (before, name) = (of.before(with), names(with));
    let seen = of.seen(with, &before, false, &name);
    let missing = of.missing();
    let undelivered = of.sheet.undelivered(&of.at.plan, &of.set, &of.unit.code);
    let undelivered = undelivered.iter().map(|code| name(code)).collect();
    let page = SubmitPage::new(with, &seen, missing, closed, forms).ok_or_else(ErrorPage::internal)?;
    let page = page.waiting_for(undelivered);
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, render(&page)?).into_response())
}

/// Why nothing can be handed in today; `None`: it can.
fn closed(with: &With, of: &SheetOf) -> Option<String> {
    let may = of.at.round.may_fill(&of.unit.code, with.today);
    (!may).then(|| "Đợt không ở bước tự chấm điểm, hoặc đã hết hạn của đơn vị. Đề nghị cơ quan tổ chức gia hạn hoặc mở lại phiếu.".to_owned())
}

/// The officer proposes it to the head.
pub async fn propose(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    let grant = of.own(&with, Action::FillSheets).await?;
    let form = submit::propose(&of.address(), &fresh());
    match of.commit(&with, SheetCommand::Propose, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&format!("{}/nop", of.address())).into_response()),
        Err(error) => show(&with, &of, Some(Again::Propose(refused(error, form)?))).await,
    }
}

/// The head gives it back to the officer.
pub async fn give_back(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    let grant = of.own(&with, Action::SubmitSheets).await?;
    let mut form = submit::give_back(&of.address(), &fresh()).filled(&sent);
    form.require();
    if form.is_refused() {
        return show(&with, &of, Some(Again::GiveBack(form))).await;
    }
    match of.commit(&with, SheetCommand::Return, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&of.address()).into_response()),
        Err(error) => show(&with, &of, Some(Again::GiveBack(refused(error, form)?))).await,
    }
}

/// The head hands it in.
pub async fn hand_in(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    multipart: Multipart,
) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    let grant = of.own(&with, Action::SubmitSheets).await?;
    let _turn = upload::turn().await?;
    let files = upload::Form::read(multipart).await?;
    let sent = files.sent();
    let mut form = submit::hand_in(&of.address(), &fresh()).filled(&sent);
    form.require();
    let dated = form.day(DATED, &sent);
    let (Some(dated), false) = (dated, form.is_refused()) else {
        return show(&with, &of, Some(Again::HandIn(form))).await;
    };
    let (mut signed, mut signer) = (None, sent.text(SIGNER).to_owned());
    if let Some(file) = files.file(SIGNED) {
        if media(&file.bytes) != Ok("application/pdf") {
            form.refuse(SIGNED, format!("«{}» không phải tệp PDF", file.name));
            return show(&with, &of, Some(Again::HandIn(form))).await;
        }
        if let Some(name) = pdf_signer::signer(&file.bytes) {
            signer = name;
        }
        // Nothing is kept of a report that can't be handed in anyway: the command says why.
        let complete = of.missing() == (Vec::new(), Vec::new());
        if complete && closed(&with, &of).is_none() {
            with.store().file_put(&file.name, file.bytes.clone()).await?;
        }
        signed = Some(evidence(proof(file, "application/pdf"), "", ""));
    }
    let text = |name: &str| cchc_text::nfc(sent.text(name)).into_owned();
    let submission = Submission { number: text(NUMBER), dated, signed, signer, proposals: text(PROPOSALS) };
    let context = match form.clone().happened(&sent, context(&grant, &sent)) {
        Ok(context) => context,
        Err(form) => return show(&with, &of, Some(Again::HandIn(*form))).await,
    };
    match of.commit(&with, SheetCommand::Submit { submission }, context).await {
        Ok(_) => Ok(Redirect::to(&of.address()).into_response()),
        Err(error) => show(&with, &of, Some(Again::HandIn(refused(error, form)?))).await,
    }
}

/// The form with what the sheet said against it.
fn refused(error: CommitError<SheetRefusal>, mut form: FormView) -> Result<FormView, ErrorPage> {
    match error {
        CommitError::Refused(refusal) => {
            let field = match refusal {
                SheetRefusal::NoNumber => NUMBER,
                SheetRefusal::Future => DATED,
                SheetRefusal::Secret => SIGNED,
                _ => "",
            };
            form.refuse(field, refusal.to_string());
            Ok(form)
        }
        error => Err(not_committed(&error)),
    }
}

/// The self-score report as a Word document.
pub async fn report(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    if of.fields.is_some() {
        // Whoever appraises a field of it reads its lines, not the report of the whole.
        crate::acts::rounds::at::over(&with, Action::ViewSheets, &of.unit.code).await?;
    }
    let (before, name) = (of.before(&with), names(&with));
    let seen = of.seen(&with, &before, false, &name);
    let scored = seen.scored(Step::Own).ok_or_else(ErrorPage::internal)?;
    let figures = Figures::of(&of.set);
    let lines = of.set.leaves().map(|(index, node, leaf)| said(&lines::line(&seen, &figures, index, node, leaf)));
    let last = of.sheet.submissions.last();
    let above = with.above(&of.unit.code).await?;
    let head = of.own(&with, Action::SubmitSheets).await.ok();
    let report = SelfReport {
        superior: above.first().map(|code| unit_name(&with, code)).unwrap_or_default(),
        agency: of.unit.name.clone(),
        number: last.map(|last| last.number.clone()).unwrap_or_default(),
        place: String::new(),
        on: last.map(|last| last.dated),
        to: unit_name(&with, &of.at.plan.organiser),
        about: of.at.plan.title.clone(),
        set: &of.set,
        scored: &scored,
        lines: lines.collect(),
        proposals: last.map(|last| last.proposals.clone()).unwrap_or_default(),
        signer: party(&with, head.as_ref(), &of.unit.name, last.map_or("", |last| last.signer.as_str())),
        mark: illustrative(&of),
        simulated: with.demonstration,
    };
    let bytes = self_report::docx(&report).map_err(|error| unwritten(&error))?;
    Ok(download(&format!("bao-cao-tu-cham-{}-{}.docx", of.at.id, of.unit.code), DOCX, bytes))
}

fn illustrative(of: &SheetOf) -> String {
    let is = of.set.status == cchc_index::set::Status::Illustrative;
    if is { "BỘ TIÊU CHÍ MINH HỌA".to_owned() } else { String::new() }
}

fn said(line: &SheetLine) -> ReportLine {
    ReportLine {
        code: line.code.clone(),
        answer: line.answer.clone(),
        note: line.note.clone(),
        evidence: line.evidence.iter().map(|proof| proof.text.clone()).collect(),
    }
}

/// Who signs: the head who looks, in his capacity; else dotted, with the name that the last report had.
fn party(with: &With, grant: Option<&Grant>, unit: &str, signer: &str) -> Party {
    let holding = grant.and_then(|grant| {
        let principal = with.visitor.viewer.principal()?;
        let holdings = principal.holdings(with.today);
        holdings
            .into_iter()
            .find(|holding| Some(&holding.post.id) == grant.post.as_ref())
            .map(|holding| holding.post.title.clone())
    });
    match (holding, grant) {
        (Some(title), Some(grant)) => Party {
            name: with.visitor.name.clone(),
            title,
            unit: unit.to_owned(),
            capacity: grant.capacity,
            signs_for: if grant.capacity == Capacity::Tm { unit.to_owned() } else { String::new() },
        },
        _ => Party {
            name: signer.to_owned(),
            title: "Thủ trưởng đơn vị".to_owned(),
            unit: unit.to_owned(),
            ..Party::default()
        },
    }
}

/// The addresses of handing in.
pub fn routes() -> axum::Router<App> {
    use axum::extract::DefaultBodyLimit;
    use axum::routing::{get, post};
    let handing = post(hand_in).layer(DefaultBodyLimit::max(upload::PATIENCE)).get(page);
    axum::Router::new()
        .route("/dot-cham/{round}/phieu/{unit}/nop", handing)
        .route("/dot-cham/{round}/phieu/{unit}/trinh", post(propose))
        .route("/dot-cham/{round}/phieu/{unit}/tra-lai", post(give_back))
        .route("/dot-cham/{round}/phieu/{unit}/bao-cao.docx", get(report))
}
