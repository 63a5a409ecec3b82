//! `POST /drafts`: new content of a rule is read, compared with what is in force, and put down as a draft.

use axum::http::StatusCode;
use cchc_ledger::StreamId;
use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_papers::OldText;
use cchc_papers::rule_file::{Content, RuleKind, criteria_set};
use cchc_store::drafts::DraftRow;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ADDRESS;
use super::ask::{Key, Sent};
use super::caller::Caller;
use super::problem::{Kind, Problem};
use super::write::{Done, Written, context, name_of};
use crate::acts::drafts::{Known, New, ToRead, changed, errors, may_propose, read_file};
use crate::upload::File;

/// New content of a rule.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    /// Loại quy tắc: `units`, `departments`, `criteria-set`, `days-off`, `series`, `series-figures`.
    #[schema(pattern = "^(units|departments|criteria-set|days-off|series|series-figures)$", example = "days-off")]
    kind: String,
    /// Tên quy tắc: `vinh-phuc`; với bộ tiêu chí là mã của chính bộ ấy.
    name: String,
    /// Nội dung mới, toàn bộ: CSV, hoặc TOML nếu là bộ tiêu chí.
    content: String,
    /// Căn cứ pháp lý hoặc nguồn.
    #[schema(min_length = 1)]
    basis: String,
    /// Có hiệu lực từ ngày; cùng `valid_to` bỏ trống thì thay bản đang dùng.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<Date>,
    /// Có hiệu lực đến hết ngày.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    valid_to: Option<Date>,
    /// Ghi chú.
    #[serde(default)]
    reason: String,
}

/// Prepares a change of a rule. Content with errors is not kept: 422 with every finding.
#[utoipa::path(post, path = "/api/v1/drafts", tag = "Bản nháp", operation_id = "draft_open",
    summary = "Lập bản nháp: nội dung mới của một quy tắc", request_body = NewDraft,
    responses((status = 201, description = "Đã lập bản nháp", body = Written)))]
pub async fn open(caller: Caller, key: Key, Sent(sent): Sent<NewDraft>) -> Result<Done<Written>, Problem> {
    let known_kind = RuleKind::from_code(&sent.kind);
    let kind = known_kind.ok_or_else(|| Problem::bad_request(format!("Không có loại quy tắc «{}».", sent.kind)))?;
    let reason = sent.reason.clone();
    let id = name_of(&caller, &key, "draft");
    // What it is compared with may have changed since this very request was carried out.
    if let Some((row, draft)) = caller.store().draft_find(&id).await? {
        return again(&sent, row, draft);
    }
    may_propose(&caller, kind).map_err(Problem::of_page)?;
    let (new, known) = read(&caller, kind, sent).await?;
    let (grant, change, compared) = changed(&caller, &known, new).map_err(Problem::of_page)?;
    if errors(&compared.findings) > 0 {
        return Err(Problem::findings("Nội dung còn lỗi; chưa lập bản nháp.", compared.findings));
    }
    if compared.difference.is_empty() {
        return Err(Problem::new(Kind::Refused, "Không có gì khác với bản đang dùng."));
    }
    let context = context(&caller, &key, Ok(grant)).await?.because(reason);
    let stream = StreamId::new("draft", &id).map_err(|error| Problem::bad_request(error.to_string()))?;
    let command = DraftCommand::Open { change: Box::new(change) };
    let committed = caller.store().commit::<Draft>(&stream, command, context).await;
    let committed = committed.map_err(|error| Problem::of_commit(&error))?;
    Ok(Done::of(id.clone(), &committed).made(format!("{ADDRESS}/drafts/{id}")))
}

/// The content as it would be kept.
async fn read(caller: &Caller, kind: RuleKind, sent: NewDraft) -> Result<(New, Known), Problem> {
    let refused = |detail: String| Problem::new(Kind::Refused, detail);
    if sent.basis.trim().is_empty() {
        return Err(refused("Cần ghi căn cứ hoặc nguồn (basis).".to_owned()));
    }
    if let (Some(from), Some(to)) = (sent.valid_from, sent.valid_to)
        && to < from
    {
        return Err(refused(format!("valid_to {to} trước valid_from {from}.")));
    }
    let known = Known::at(caller, caller.now).await?;
    let is_known = known.of(kind).any(|row| row.name == sent.name);
    if kind != RuleKind::CriteriaSet && !is_known {
        return Err(refused(format!("Không có {} nào tên «{}».", kind.label(), sent.name)));
    }
    let file = File { name: kind.file_name(&sent.name), bytes: sent.content.into_bytes() };
    let what = ToRead { kind, name: sent.name, file };
    let ((text, findings), known, ToRead { name, .. }) =
        read_file(known, what, OldText::Refused).await.map_err(Problem::of_page)?;
    let Some(content) = text else {
        return Err(Problem::findings("Không đọc được nội dung; chưa lập bản nháp.", findings));
    };
    if kind == RuleKind::CriteriaSet {
        let set = criteria_set(Content { kind, name: &name, text: &content }).0;
        if set.as_ref().is_none_or(|set| set.id != name) {
            let found = set.map(|set| set.id).unwrap_or_default();
            return Err(refused(format!("Nội dung là bộ tiêu chí «{found}», không phải «{name}».")));
        }
        cchc_store::rules::stream(kind.code(), &name).map_err(|error| refused(error.to_string()))?;
    }
    let valid = match ((sent.valid_from, sent.valid_to), known.current(kind, &name, caller.today)) {
        ((None, None), Some(row)) => (row.valid_from, row.valid_to),
        (valid, _) => valid,
    };
    if known.overlapping(kind, &name, valid).is_some_and(|row| (row.valid_from, row.valid_to) != valid) {
        return Err(refused("Thời gian hiệu lực chồng lên một bản đang dùng; bỏ trống để thay bản ấy.".to_owned()));
    }
    Ok((New { kind, name, content, valid, basis: sent.basis, file: None, findings }, known))
}

/// The answer of the time when this request was carried out.
fn again(sent: &NewDraft, row: DraftRow, draft: Draft) -> Result<Done<Written>, Problem> {
    let same = |change: &Change| {
        let day = |day: Option<Date>, kept: &str| day.is_none_or(|day| day.to_string() == kept);
        (change.kind.as_str(), change.name.as_str(), change.basis.as_str()) == (&sent.kind, &sent.name, &sent.basis)
            && day(sent.valid_from, &change.valid_from)
            && day(sent.valid_to, &change.valid_to)
            && is_content(&sent.content, change)
    };
    if !draft.change.as_deref().is_some_and(same) {
        return Err(Problem::new(Kind::KeyReused, "Mã này đã gửi kèm một nội dung khác; việc lần này chưa được làm."));
    }
    let value = Written {
        stream: format!("draft/{}", row.id),
        version: 1,
        recorded_at: Some(row.opened_at.to_string()),
        id: row.id,
    };
    let location = format!("{ADDRESS}/drafts/{}", value.id);
    Ok(Done { status: StatusCode::CREATED, value, repeated: true, location })
}

/// Whether what was sent reads as what was kept.
fn is_content(sent: &str, change: &Change) -> bool {
    use cchc_papers::Limits;
    use cchc_papers::rule_file::{Upload, read};
    let Some(kind) = RuleKind::from_code(&change.kind) else { return false };
    let name = kind.file_name(&change.name);
    let upload = Upload { name: &name, bytes: sent.as_bytes(), old_text: OldText::Refused };
    read(kind, upload, &[], &Limits::default()).0.as_deref() == Some(change.content.as_str())
}
