//! One draft: what was found, what differs, and the decision.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Grant, Resource};
use cchc_ledger::StreamId;
use cchc_ledger::draft::{Change, Draft, DraftCommand, Standing};
use cchc_papers::rule_file::{Content, RuleKind};
use cchc_store::CommitError;
use cchc_store::drafts::DraftRow;
use cchc_store::rules::RuleRow;
use cchc_text::Findings;
use jiff::civil::Date;

use super::known::Known;
use super::prepare::{Compared, compare, errors};
use super::reading::{ToRead, findings_of};
use crate::acts::with::{With, context, fresh};
use crate::acts::words::{minute, person, validity};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::list::Link;
use crate::pages::download;
use crate::pages::drafts::ADDRESS;
use crate::pages::drafts::draft::{Difference, DraftPage, DraftView, apply_form, discard_form};
use crate::pages::history::words;
use crate::store_error::not_committed;
use crate::upload::File;

mod ended;

/// A draft with all that is known of it.
struct Seen {
    row: DraftRow,
    change: Change,
    kind: RuleKind,
    standing: Standing,
    /// The version that it replaces, whether it still holds or not.
    old: Option<RuleRow>,
    /// Whether the rule has changed since.
    stale: bool,
    compared: Compared,
}

impl Seen {
    /// The draft of that id, for whoever may see it.
    async fn load(with: &With, id: &str) -> Result<Self, ErrorPage> {
        let found = with.store().draft_find(id).await?;
        let Some((row, draft)) = found else { return Err(missing(with)) };
        let above = with.above(&row.unit).await?;
        let resource = if row.unit.is_empty() { Resource::system() } else { Resource::of_unit(&row.unit, &above) };
        with.grant(Action::ViewDrafts, &resource)?;
        let Some(change) = draft.change.map(|change| *change) else { return Err(missing(with)) };
        let Some(kind) = RuleKind::from_code(&change.kind) else { return Err(ErrorPage::internal()) };
        let versions = with.store().rule_versions(&change.kind, &change.name).await?;
        let old = versions.into_iter().rfind(|row| Some(row.id) == change.replaces);
        let at = if draft.standing == Standing::Open { with.now } else { row.closed_at };
        let known = Known::at(with, at).await?;
        let in_force = known.valid(kind, &change.name, period(&change)).map(|row| row.id);
        let stale = draft.standing == Standing::Open && in_force != change.replaces;
        let compared = found_in(with, known, old.as_ref(), kind, &change).await?;
        Ok(Self { row, change, kind, standing: draft.standing, old, stale, compared })
    }

    /// Whether the content is that of the version in force, said on the same basis.
    fn is_nothing_new(&self) -> bool {
        self.compared.difference.is_empty() && self.old.as_ref().is_some_and(|old| old.basis == self.change.basis)
    }

    /// Who may apply it.
    fn applying(&self, with: &With) -> Result<Grant, ErrorPage> {
        let Some(action) = Action::applying(self.kind.code()) else { return Err(ErrorPage::internal()) };
        with.grant(action, &Resource::system())
    }

    /// Who may give it up: whoever may apply it, and who prepared it.
    async fn discarding(&self, with: &With) -> Result<Grant, ErrorPage> {
        let refused = match self.applying(with) {
            Ok(grant) => return Ok(grant),
            Err(refused) => refused,
        };
        let Some(action) = Action::proposing(self.kind.code()) else { return Err(refused) };
        if with.visitor.person() != Some(&self.row.opened_by) {
            return Err(refused);
        }
        let above = with.above(&self.row.unit).await?;
        with.grant(action, &Resource::of_unit(&self.row.unit, &above))
    }

    /// Why it can't be applied now; `None`: it can, by whoever may.
    fn obstacle(&self) -> Option<String> {
        let errors = errors(&self.compared.findings).max(self.change.errors);
        if self.stale {
            let message = "Quy tắc đã thay đổi sau khi bản nháp này được lập. Nhập lại tệp, hoặc sửa lại, để so với \
                           bản hiện hành; bản nháp này chỉ còn để xem.";
            return Some(message.to_owned());
        }
        if errors > 0 {
            return Some(format!("Còn {errors} lỗi trong nội dung."));
        }
        self.is_nothing_new().then(|| "Không có gì khác với bản đang dùng.".to_owned())
    }

    async fn view(&self, with: &With) -> Result<DraftView, ErrorPage> {
        let refused = self.applying(with).err().map(|page| page.because.join(" "));
        let changes = self.compared.difference.changes.iter();
        let change = &self.change;
        let file = match change.file {
            Some(_) => Link::new(change.file_name.clone(), format!("{ADDRESS}/{}/tep", self.row.id)),
            None => Link::default(),
        };
        let (from, to) = period(change);
        Ok(DraftView {
            id: self.row.id.clone(),
            what: format!("{}, {}", words::rule(&change.kind), change.name),
            summary: change.summary.clone(),
            who: person(with, &self.row.opened_by).await?,
            when: minute(self.row.opened_at),
            standing: self.row.standing.clone(),
            validity: validity(from, to),
            basis: change.basis.clone(),
            file,
            rule: Link::new("các bản của quy tắc này", crate::pages::rule::address(&change.kind, &change.name)),
            findings: self.compared.findings.clone(),
            differences: changes.map(Difference::from).collect(),
            obstacle: self.obstacle().or(refused),
            may_discard: self.discarding(with).await.is_ok(),
            ended: ended::of(with, &self.row, change, self.standing).await?,
        })
    }

    async fn show(
        &self,
        with: &With,
        apply: FormView,
        discard: FormView,
        status: StatusCode,
    ) -> Result<Response, ErrorPage> {
        let page = DraftPage::new(with, self.view(with).await?, apply, discard);
        Ok((status, render(&page)?).into_response())
    }
}

/// What is found in the content: the file as it came says where each thing stands.
async fn found_in(
    with: &With,
    known: Known,
    old: Option<&RuleRow>,
    kind: RuleKind,
    change: &Change,
) -> Result<Compared, ErrorPage> {
    let new = Content { kind, name: &change.name, text: &change.content };
    let (findings, known) = match &change.file {
        Some(hash) => {
            let file = File { name: change.file_name.clone(), bytes: with.store().file_get(hash).await? };
            findings_of(known, ToRead { kind, name: change.name.clone(), file }, &change.content).await?
        }
        None => (Findings::new(), known),
    };
    Ok(compare(&known, old, new, findings))
}

fn period(change: &Change) -> (Option<Date>, Option<Date>) {
    (change.valid_from.parse().ok(), change.valid_to.parse().ok())
}

fn missing(with: &With) -> ErrorPage {
    let page = ErrorPage::not_found("Không có bản nháp này");
    if with.visitor.may(Action::ViewDrafts, with.today) { page.way("Mọi bản nháp", ADDRESS) } else { page }
}

/// The page.
pub async fn page(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    with.principal(Action::ViewDrafts)?;
    let seen = Seen::load(&with, &id).await?;
    let request = fresh();
    seen.show(&with, apply_form(&id, &request), discard_form(&id, &request), StatusCode::OK).await
}

/// The file as it came.
pub async fn file(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    with.principal(Action::ViewDrafts)?;
    let seen = Seen::load(&with, &id).await?;
    let Some(hash) = seen.change.file else {
        return Err(ErrorPage::not_found("Bản nháp này không có tệp kèm theo"));
    };
    let bytes = with.store().file_get(&hash).await?;
    Ok(download(&seen.change.file_name, "application/octet-stream", bytes))
}

/// Applies it; the change of the rule follows by itself.
pub async fn apply(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    with.principal(Action::ViewDrafts)?;
    let seen = Seen::load(&with, &id).await?;
    let grant = seen.applying(&with)?;
    let context = context(&grant, &sent).because(sent.text("ghi-chu"));
    let request = fresh();
    let mut form = apply_form(&id, &request).filled(&sent);
    if let (Standing::Open, Some(obstacle)) = (seen.standing, seen.obstacle()) {
        form.refuse("", obstacle);
        return seen.show(&with, form, discard_form(&id, &request), StatusCode::CONFLICT).await;
    }
    match with.store().commit::<Draft>(&stream(&id)?, DraftCommand::Apply, context).await {
        Ok(_) => Ok(Redirect::to(&format!("{ADDRESS}/{id}")).into_response()),
        Err(CommitError::Refused(refusal)) => {
            form.refuse("", refusal.to_string());
            let seen = Seen::load(&with, &id).await?;
            seen.show(&with, form, discard_form(&id, &request), StatusCode::CONFLICT).await
        }
        Err(error) => Err(not_committed(&error)),
    }
}

/// Gives it up, with a reason.
pub async fn discard(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    with.principal(Action::ViewDrafts)?;
    let seen = Seen::load(&with, &id).await?;
    let grant = seen.discarding(&with).await?;
    let request = fresh();
    let mut form = discard_form(&id, &request).filled(&sent);
    form.require();
    if form.is_refused() {
        let status = form.status();
        return seen.show(&with, apply_form(&id, &request), form, status).await;
    }
    match with.store().commit::<Draft>(&stream(&id)?, DraftCommand::Discard, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(ADDRESS).into_response()),
        Err(CommitError::Refused(refusal)) => {
            form.refuse("", refusal.to_string());
            seen.show(&with, apply_form(&id, &request), form, StatusCode::CONFLICT).await
        }
        Err(error) => Err(not_committed(&error)),
    }
}

fn stream(id: &str) -> Result<StreamId, ErrorPage> {
    StreamId::new("draft", id).map_err(|_| ErrorPage::not_found("Không có bản nháp này"))
}
