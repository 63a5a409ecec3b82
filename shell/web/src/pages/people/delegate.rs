//! `/nguoi-dung/{id}/chuc-vu/{post}/uy-quyen`: another acts in a post, within dates and a scope, by a document;
//! `/nguoi-dung/{id}/uy-quyen/{delegation}/ket-thuc`: he does so no more.

use cchc_access::{Action, Actions, Capacity, Delegation, DelegationId, PersonCommand, PostId};
use cchc_ledger::PersonId;

use super::person_address;
use crate::form::{Choice, Field, FormView, Kind, Sent};

/// The form; `receivers` are ids and names with posts, `actions` what the post may do.
#[must_use]
pub fn form(
    request: &str,
    person: &str,
    post: &PostId,
    receivers: &[(String, String)],
    actions: &[Action],
) -> FormView {
    let receivers = std::iter::once((String::new(), "Chọn người nhận".to_owned())).chain(receivers.iter().cloned());
    let capacities = Capacity::ALL.into_iter().filter(|capacity| capacity.is_delegated() && *capacity != Capacity::Own);
    let capacities =
        capacities.map(|capacity| (capacity.code(), format!("{} {}", capacity.label(), capacity.meaning())));
    let substitute = ("OWN", "Thay thế tạm thời, người nhận ký theo tên mình".to_owned());
    let capacities = Choice::list(capacities.chain([substitute]), "TUQ");
    let actions = Choice::list(actions.iter().map(|action| (action.code(), action.label())), "");
    FormView::new(format!("{}/chuc-vu/{post}/uy-quyen", person_address(person)), request, "Ghi ủy quyền")
        .field(Field::new("nguoi-nhan", "Người nhận", Kind::One(Choice::list(receivers, ""))).required())
        .field(Field::new("tu-cach", "Người nhận ký với tư cách", Kind::One(capacities)).required())
        .field(
            Field::new("viec", "Phạm vi", Kind::Many(actions))
                .tip("Không chọn gì: mọi việc mà chức vụ được làm. Với TUQ. phải chọn việc cụ thể."),
        )
        .field(Field::day("tu-ngay", "Từ ngày").required())
        .field(Field::day("den-ngay", "Đến hết ngày").tip("Ủy quyền (TUQ.) phải có thời hạn."))
        .field(Field::text("van-ban", "Số, ký hiệu văn bản").required())
        .may_be_late()
}

/// The form that ends a delegation before its time.
#[must_use]
pub fn end_form(request: &str, person: &str, delegation: &DelegationId) -> FormView {
    let action = format!("{}/uy-quyen/{delegation}/ket-thuc", person_address(person));
    FormView::new(action, request, "Kết thúc ủy quyền")
        .field(Field::day("ngay", "Không còn hiệu lực từ ngày").required())
        .field(Field::text("van-ban", "Số, ký hiệu văn bản"))
        .may_be_late()
}

/// The command that was asked for, or the form with everything that is wrong.
///
/// # Errors
/// The form to show again.
pub fn read_end(mut form: FormView, sent: &Sent, delegation: DelegationId) -> Result<PersonCommand, Box<FormView>> {
    form = form.filled(sent);
    form.require();
    match form.day("ngay", sent) {
        Some(on) => Ok(PersonCommand::EndDelegation { delegation, on, document: sent.text("van-ban").to_owned() }),
        None => Err(Box::new(form)),
    }
}

/// The delegation that was asked for, or the form with everything that is wrong.
///
/// # Errors
/// The form to show again.
pub fn read(mut form: FormView, sent: &Sent, id: DelegationId, from_post: PostId) -> Result<Delegation, Box<FormView>> {
    form = form.filled(sent);
    form.require();
    let (from, to) = (form.day("tu-ngay", sent), form.day("den-ngay", sent));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        form.refuse("den-ngay", "trước ngày bắt đầu");
    }
    let code = sent.text("tu-cach");
    let capacity =
        if code == "OWN" { Some(Capacity::Own) } else { Capacity::from_code(code).filter(|_| !code.is_empty()) };
    let capacity = capacity.filter(|capacity| capacity.is_delegated());
    if capacity == Some(Capacity::Tuq) && sent.text("den-ngay").is_empty() {
        form.refuse("den-ngay", "ủy quyền phải có thời hạn");
    }
    let actions: Vec<Action> = sent.all("viec").filter_map(Action::from_code).collect();
    match (from, capacity) {
        (Some(from), Some(capacity)) if !form.is_refused() => Ok(Delegation {
            id,
            from_post,
            to_person: PersonId::from(sent.text("nguoi-nhan")),
            capacity,
            actions: if actions.is_empty() { Actions::All } else { Actions::Only(actions) },
            from,
            to,
            document: sent.text("van-ban").to_owned(),
            ended: None,
        }),
        _ => {
            if capacity.is_none() && form.fields.iter().any(|field| field.name == "tu-cach" && field.wrong.is_none()) {
                form.refuse("tu-cach", "chưa chọn");
            }
            Err(Box::new(form))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;

    fn shown() -> FormView {
        form("r1", "p1", &"post-1".into(), &[("p2".into(), "Trần Thị B (mô phỏng)".into())], &[Action::ViewDrafts])
    }

    fn typed(more: &[(&str, &str)]) -> Sent {
        let base = [("nguoi-nhan", "p2"), ("tu-ngay", "01/03/2021"), ("van-ban", "12/UQ")];
        sent(&[&base, more].concat())
    }

    #[test]
    fn an_authorisation_has_an_end() {
        let read = |more: &[(&str, &str)]| read(shown(), &typed(more), "d1".into(), "post-1".into());
        let form = read(&[("tu-cach", "TUQ")]).unwrap_err();
        assert_eq!(
            form.fields.iter().find(|field| field.name == "den-ngay").unwrap().wrong.as_deref(),
            Some("ủy quyền phải có thời hạn")
        );
        let given = read(&[("tu-cach", "TUQ"), ("den-ngay", "31/03/2021")]).unwrap();
        assert_eq!((given.capacity, given.actions), (Capacity::Tuq, Actions::All));
        let given = read(&[("tu-cach", "KT"), ("viec", "view-drafts")]).unwrap();
        assert_eq!((given.to, given.actions), (None, Actions::Only(vec![Action::ViewDrafts])));
    }

    #[test]
    fn a_capacity_must_be_one_that_can_be_given() {
        let read = |code| read(shown(), &typed(&[("tu-cach", code)]), "d1".into(), "post-1".into());
        assert_eq!(read("OWN").unwrap().capacity, Capacity::Own);
        for wrong in ["", "TM", "Q", "bịa"] {
            let form = read(wrong).unwrap_err();
            assert!(form.fields.iter().any(|field| field.name == "tu-cach" && field.wrong.is_some()), "{wrong}");
        }
    }
}
