//! `/nguoi-dung/{id}/doi-ten`, `…/lien-he`, `…/xoa-lien-he`: name and contact of a person.

use cchc_store::people::ContactRow;

use super::person_address;
use super::register::is_mail;
use crate::form::{Field, FormView, Sent};

/// The form that corrects the name.
#[must_use]
pub fn rename(request: &str, person: &str, name: &str) -> FormView {
    FormView::new(format!("{}/doi-ten", person_address(person)), request, "Sửa họ tên")
        .field(Field::text("ten", "Họ và tên").required().value(name))
}

/// The form that replaces telephone and address, with those of now.
#[must_use]
pub fn contact(request: &str, person: &str, now: &ContactRow) -> FormView {
    FormView::new(format!("{}/lien-he", person_address(person)), request, "Ghi liên hệ")
        .field(Field::text("dien-thoai", "Điện thoại").value(&now.phone))
        .field(
            Field::text("thu", "Thư công vụ")
                .value(&now.email)
                .tip("Điện thoại và thư được niêm phong, chỉ người có quyền mới xem được."),
        )
}

/// The contact that was typed; what is wrong with it is marked in the form.
pub fn read_contact(form: &mut FormView, sent: &Sent) -> ContactRow {
    let email = sent.text("thu");
    if !is_mail(email) {
        form.refuse("thu", "thiếu dấu @");
    }
    ContactRow { phone: sent.text("dien-thoai").to_owned(), email: email.to_owned() }
}

/// The form that erases telephone and address for good, out of what was recorded before too.
#[must_use]
pub fn erase(request: &str, person: &str) -> FormView {
    FormView::new(format!("{}/xoa-lien-he", person_address(person)), request, "Xóa vĩnh viễn")
        .field(Field::text("ly-do", "Lý do").required().tip("Ghi vào sổ cái: ai xóa, lúc nào, vì sao."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;

    #[test]
    fn a_contact_may_be_empty_but_an_address_must_be_one() {
        let read = |typed: &[(&str, &str)]| {
            let sent = sent(typed);
            let mut form = contact("r1", "p1", &ContactRow::default()).filled(&sent);
            (read_contact(&mut form, &sent), form.is_refused())
        };
        assert_eq!(read(&[]), (ContactRow::default(), false));
        assert!(read(&[("thu", "an")]).1);
        assert_eq!(read(&[("dien-thoai", " 0912 000 111 ")]).0.phone, "0912 000 111");
    }
}
