//! `/nguoi-dung/{id}/chuc-vu/{post}/ket-thuc`: the last day of a post is set; `…/huy`: a post entered by
//! mistake never was.

use cchc_access::{PersonCommand, PostId};

use super::person_address;
use crate::form::{Field, FormView, Sent};

/// The form.
#[must_use]
pub fn form(request: &str, person: &str, post: &PostId) -> FormView {
    let action = format!("{}/chuc-vu/{post}/ket-thuc", person_address(person));
    FormView::new(action, request, "Kết thúc chức vụ")
        .field(
            Field::day("ngay-cuoi", "Ngày cuối cùng giữ chức vụ")
                .required()
                .tip("Quyền hết ngay khi qua ngày này. Việc còn mở thì bàn giao trước."),
        )
        .field(Field::text("van-ban", "Số, ký hiệu quyết định"))
        .may_be_late()
}

/// The form that takes back a post entered by mistake.
#[must_use]
pub fn cancel_form(request: &str, person: &str, post: &PostId) -> FormView {
    let action = format!("{}/chuc-vu/{post}/huy", person_address(person));
    FormView::new(action, request, "Hủy chức vụ ghi nhầm").field(
        Field::text("ly-do", "Lý do")
            .required()
            .tip("Ghi vào sổ cái. Chỉ hủy được khi chưa làm việc gì với chức vụ này; nếu đã làm thì kết thúc."),
    )
}

/// The command that was asked for, or the form with everything that is wrong.
///
/// # Errors
/// The form to show again.
pub fn read(mut form: FormView, sent: &Sent, post: PostId) -> Result<PersonCommand, Box<FormView>> {
    form = form.filled(sent);
    form.require();
    match form.day("ngay-cuoi", sent) {
        Some(to) => Ok(PersonCommand::EndPost { post, to, document: sent.text("van-ban").to_owned() }),
        None => Err(Box::new(form)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;

    #[test]
    fn a_day_is_needed_and_must_be_one() {
        let post = PostId::from("post-1");
        let read = |typed| read(form("r1", "p1", &post), &sent(&[("ngay-cuoi", typed)]), post.clone());
        let command = read("31/12/2021").unwrap();
        let to = "2021-12-31".parse().unwrap();
        assert_eq!(command, PersonCommand::EndPost { post: post.clone(), to, document: String::new() });
        assert_eq!(read("").unwrap_err().fields[0].wrong.as_deref(), Some("chưa điền"));
        assert!(read("31/11/2021").unwrap_err().fields[0].wrong.is_some());
    }
}
