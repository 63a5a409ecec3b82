//! Evidence of a line: files, documents by their number, what is used again; and the files themselves.

use axum::Form;
use axum::extract::{FromRequest, Multipart, Path, Request};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::Grant;
use cchc_index::SheetCommand;
use cchc_index::set::{Criterion, Leaf};
use cchc_index::sheet::{Evidence, Proof};
use cchc_ledger::RequestId;
use cchc_papers::media::{media, media_name, opens_in_place};
use cchc_store::CommitError;

use super::of::{SheetOf, evidence, names, proof};
use crate::App;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent, request_of};
use crate::frame::render;
use crate::pages::publication::address::encode;
use crate::pages::publication::figures::Figures;
use crate::pages::rounds::sheet::evidence::{
    ABOUT, AGAIN, About, DATED, EvidencePage, FILE, FILE_PAGE, FILE_SECTION, Forms, NUMBER, PAGE, ProofRow, SECTION,
    Shown,
};
use crate::pages::rounds::sheet::lines;
use crate::pages::rounds::sheet::proof::proof_view;
use crate::store_error::not_committed;
use crate::upload;

/// The line of an address, in a sheet.
struct LineOf {
    of: SheetOf,
    index: usize,
    node: Criterion,
    leaf: Leaf,
}

impl LineOf {
    async fn find(with: &With, round: &str, unit: &str, line: &str) -> Result<Self, ErrorPage> {
        let of = SheetOf::find(with, round, unit).await?;
        let filling = of.filling(with).await.ok();
        let of = of.seen_by(filling.as_ref());
        let found = of.set.criteria.iter().enumerate().find(|(_, node)| node.code == line);
        let found = found.and_then(|(index, node)| Some((index, node.clone(), node.leaf.clone()?)));
        let sees = |leaf: &Leaf| of.fields.as_ref().is_none_or(|fields| fields.contains(&leaf.appraiser));
        match found.filter(|(.., leaf)| sees(leaf)) {
            Some((index, node, leaf)) => Ok(Self { of, index, node, leaf }),
            None => Err(ErrorPage::not_found("Phiếu không có dòng này").way("Phiếu chấm điểm", of.address())),
        }
    }

    fn about(&self) -> About<'_> {
        About {
            round: &self.of.at.id,
            title: &self.of.at.plan.title,
            unit: (&self.of.unit.code, &self.of.unit.name),
            line: (&self.node.code, &self.node.title),
            wanted: (&self.leaf.evidence, self.leaf.evidence_required),
        }
    }

    /// The post in which the visitor answers the line.
    async fn grant(&self, with: &With) -> Result<Grant, ErrorPage> {
        let filling = self.of.filling(with).await?;
        filling.grant(self.of.whose(&self.node.code)).cloned().ok_or_else(ErrorPage::internal)
    }

    /// Whether the visitor may change the line now.
    async fn is_open(&self, with: &With) -> bool {
        let fills = self.of.filling(with).await.is_ok();
        let (before, name) = (self.of.before(with), names(with));
        let seen = self.of.seen(with, &before, fills, &name);
        lines::line(&seen, &Figures::of(&self.of.set), self.index, &self.node, &self.leaf).open
    }

    /// The forms as they are before anything is sent.
    async fn forms(&self, with: &With) -> Result<Forms, ErrorPage> {
        let (about, known) = (self.about(), known(with, self).await?);
        let label = |evidence: &Evidence| (evidence.id.clone(), proof_view(about.round, about.unit.0, evidence).text);
        let known = known.iter().map(label).collect();
        Ok(Forms {
            document: about.document(&fresh()),
            file: about.file(&fresh()),
            again: about.again(&fresh(), known),
        })
    }

    async fn show(&self, with: &With, forms: Forms) -> Result<Response, ErrorPage> {
        let about = self.about();
        let line = self.of.sheet.line(&self.node.code);
        let rows = line.evidence.iter().map(|evidence| row(&about, evidence)).collect();
        let status = if forms.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let open = self.is_open(with).await;
        Ok((status, render(&EvidencePage::new(with, &about, rows, forms, open))?).into_response())
    }

    /// Adds evidence; gives why it was refused.
    async fn attach(
        &self,
        with: &With,
        grant: &Grant,
        sent: &Sent,
        all: Vec<Evidence>,
    ) -> Result<Option<String>, ErrorPage> {
        for (number, evidence) in all.into_iter().enumerate() {
            let command = SheetCommand::Attach { line: self.node.code.clone(), evidence };
            let mut context = context(grant, sent);
            context.request = RequestId(request_of(&context.request.0, &number.to_string()));
            match self.of.commit(with, command, context).await {
                Ok(_) => {}
                Err(CommitError::Refused(refusal)) => return Ok(Some(refusal.to_string())),
                Err(error) => return Err(not_committed(&error)),
            }
        }
        Ok(None)
    }
}

fn row(about: &About<'_>, evidence: &Evidence) -> ProofRow {
    let (shown, size) = match &evidence.proof {
        Proof::File { media, size, hash, .. } => {
            let shown = match media.as_str() {
                "application/pdf" => Shown::Document,
                other if opens_in_place(other) => Shown::Picture,
                _ => Shown::Not,
            };
            (shown, format!("{}, {}, mã băm BLAKE3 {hash}", media_name(media), megabytes(*size)))
        }
        Proof::Document { .. } => (Shown::Not, String::new()),
    };
    ProofRow { proof: proof_view(about.round, about.unit.0, evidence), shown, about: size, request: fresh() }
}

/// `1,2 MB`, `12 kB`.
fn megabytes(bytes: u64) -> String {
    let kilo = bytes.div_ceil(1_000);
    if kilo < 1_000 {
        return format!("{kilo}\u{a0}kB");
    }
    let tenths = kilo / 100;
    format!("{},{}\u{a0}MB", tenths / 10, tenths % 10)
}

/// Evidence of the other lines of the sheet, and of the sheet of a year before, each once.
async fn known(with: &With, line: &LineOf) -> Result<Vec<Evidence>, ErrorPage> {
    let of = &line.of;
    let mut sheets = vec![of.sheet.clone()];
    let year = i64::from(of.at.plan.year).saturating_sub(1);
    for earlier in with.store().round_list_of(&of.unit.code).await? {
        if earlier.year == year && earlier.id != of.at.id {
            sheets.push(with.store().sheet_find(&earlier.id, &of.unit.code).await?);
        }
    }
    let own = of.sheet.line(&line.node.code);
    let mut known: Vec<Evidence> = Vec::new();
    for evidence in sheets.iter().flat_map(|sheet| sheet.lines.values()).flat_map(|line| &line.evidence) {
        let is_new = |known: &[Evidence]| known.iter().all(|one| one.proof != evidence.proof);
        if is_new(&known) && is_new(&own.evidence) {
            known.push(evidence.clone());
        }
    }
    Ok(known)
}

/// The page.
pub async fn page(
    with: With,
    Path((round, unit, line)): Path<(String, String, String)>,
) -> Result<Response, ErrorPage> {
    let line = LineOf::find(&with, &round, &unit, &line).await?;
    let forms = line.forms(&with).await?;
    line.show(&with, forms).await
}

/// Adds what was sent: a file, a document, or evidence of other lines.
pub async fn add(
    with: With,
    Path((round, unit, code)): Path<(String, String, String)>,
    request: Request,
) -> Result<Response, ErrorPage> {
    // Who may not is told so before a file is read.
    let line = LineOf::find(&with, &round, &unit, &code).await?;
    let grant = line.grant(&with).await?;
    let is_file =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if is_file { file(&with, &line, &grant, request).await } else { words(&with, &line, &grant, request).await }
}

async fn file(with: &With, line: &LineOf, grant: &Grant, request: Request) -> Result<Response, ErrorPage> {
    let _turn = upload::turn().await?;
    let multipart = Multipart::from_request(request, &()).await;
    let multipart = multipart.map_err(|_| ErrorPage::bad_request("Biểu mẫu không đọc được"))?;
    let sent = upload::Form::read(multipart).await?;
    let texts = sent.sent();
    let mut form = line.about().file(&fresh()).filled(&texts);
    let Some(file) = sent.file(FILE) else {
        form.refuse(FILE, "chưa chọn tệp");
        return refused(with, line, form, Which::File).await;
    };
    let kind = match media(&file.bytes) {
        Ok(kind) => kind,
        Err(wrong) => {
            form.refuse(FILE, format!("«{}»: {wrong}", file.name));
            return refused(with, line, form, Which::File).await;
        }
    };
    if !line.is_open(with).await || cchc_index::sheet::is_secret(&file.name) {
        // Nothing is kept of a file that could not be attached anyway: the command says why.
        let evidence = evidence(proof(file, kind), texts.text(FILE_SECTION), texts.text(FILE_PAGE));
        if let Some(why) = line.attach(with, grant, &texts, vec![evidence]).await? {
            form.refuse(FILE, why);
        }
        return refused(with, line, form, Which::File).await;
    }
    with.store().file_put(&file.name, file.bytes.clone()).await?;
    let evidence = evidence(proof(file, kind), texts.text(FILE_SECTION), texts.text(FILE_PAGE));
    match line.attach(with, grant, &texts, vec![evidence]).await? {
        None => Ok(Redirect::to(&line.about().address()).into_response()),
        Some(why) => {
            form.refuse(FILE, why);
            refused(with, line, form, Which::File).await
        }
    }
}

/// Which form was refused.
enum Which {
    File,
    Document,
    Again,
}

async fn refused(with: &With, line: &LineOf, form: FormView, which: Which) -> Result<Response, ErrorPage> {
    let mut forms = line.forms(with).await?;
    match which {
        Which::File => forms.file = form,
        Which::Document => forms.document = form,
        Which::Again => forms.again = Some(form),
    }
    line.show(with, forms).await
}

async fn words(with: &With, line: &LineOf, grant: &Grant, request: Request) -> Result<Response, ErrorPage> {
    let Form(sent) = Form::<Sent>::from_request(request, &())
        .await
        .map_err(|_| ErrorPage::bad_request("Biểu mẫu không đọc được"))?;
    let again: Vec<&str> = sent.all(AGAIN).filter(|id| !id.is_empty()).collect();
    let (adding, form, which) = if again.is_empty() {
        let mut form = line.about().document(&fresh()).filled(&sent);
        form.require();
        let dated = form.day(DATED, &sent);
        if form.is_refused() {
            return refused(with, line, form, Which::Document).await;
        }
        let text = |name: &str| cchc_text::nfc(sent.text(name)).into_owned();
        let proof = Proof::Document { number: text(NUMBER), dated, about: text(ABOUT) };
        (vec![evidence(proof, sent.text(SECTION), sent.text(PAGE))], form, Which::Document)
    } else {
        let known = known(with, line).await?;
        let all = known.into_iter().filter(|evidence| again.contains(&evidence.id.as_str())).collect();
        let forms = line.forms(with).await?;
        let form = forms.again.unwrap_or(forms.document).filled(&sent);
        (all, form, Which::Again)
    };
    match line.attach(with, grant, &sent, adding).await? {
        None => Ok(Redirect::to(&line.about().address()).into_response()),
        Some(why) => {
            let mut form = form;
            form.refuse("", why);
            refused(with, line, form, which).await
        }
    }
}

/// Takes evidence away from a line.
pub async fn remove(
    with: With,
    Path((round, unit, code, evidence)): Path<(String, String, String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let line = LineOf::find(&with, &round, &unit, &code).await?;
    let grant = line.grant(&with).await?;
    let command = SheetCommand::Detach { line: line.node.code.clone(), evidence };
    match line.of.commit(&with, command, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&line.about().address()).into_response()),
        Err(error) => Err(not_committed(&error).way("Tài liệu của dòng", line.about().address())),
    }
}

/// The file of a piece of evidence, in place where a browser can.
pub async fn open(with: With, Path((round, unit, id)): Path<(String, String, String)>) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    let sees = |code: &str| {
        let leaf = of.set.criteria.iter().find(|node| node.code == code).and_then(|node| node.leaf.as_ref());
        leaf.is_some_and(|leaf| of.fields.as_ref().is_none_or(|fields| fields.contains(&leaf.appraiser)))
    };
    let lines = of.sheet.lines.iter().filter(|(code, _)| sees(code)).map(|(_, line)| line);
    let signed = of.sheet.submissions.iter().filter_map(|submission| submission.signed.as_ref());
    let found = lines.flat_map(|line| &line.evidence).chain(signed).find(|evidence| evidence.id == id);
    let Some(Proof::File { hash, name, media, .. }) = found.map(|evidence| &evidence.proof) else {
        return Err(ErrorPage::not_found("Phiếu không có tệp này")
            .because("Có thể tệp đã được gỡ khỏi dòng; sổ cái vẫn ghi lần gỡ.")
            .way("Phiếu chấm điểm", of.address()));
    };
    let bytes = with.store().file_get(hash).await?;
    let way = if opens_in_place(media) { "inline" } else { "attachment" };
    let disposition = format!("{way}; filename*=UTF-8''{}", encode(name));
    let policy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (header, value) in [(CONTENT_TYPE, media.as_str()), (CONTENT_DISPOSITION, &disposition)] {
        headers.insert(header, HeaderValue::from_str(value).map_err(|_| ErrorPage::internal())?);
    }
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}

/// The addresses of evidence; files come in with many bytes.
pub fn routes() -> axum::Router<App> {
    use axum::extract::DefaultBodyLimit;
    use axum::routing::{get, post};
    let adding = post(add).layer(DefaultBodyLimit::max(upload::PATIENCE)).get(page);
    axum::Router::new()
        .route("/dot-cham/{round}/phieu/{unit}/dong/{line}/tai-lieu", adding)
        .route("/dot-cham/{round}/phieu/{unit}/dong/{line}/tai-lieu/{evidence}/go", post(remove))
        .route("/dot-cham/{round}/phieu/{unit}/tai-lieu/{evidence}", get(open))
}
