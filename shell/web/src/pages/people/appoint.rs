//! `/nguoi-dung/{id}/bo-nhiem`: a post is given; `/nguoi-dung/{id}/chuc-vu/{post}/sua`: it is corrected.

use cchc_access::{Capacity, Post, PostId, Role};
use cchc_text::date::vietnamese;

use super::person_address;
use crate::form::{Choice, Field, FormView, Kind, Sent};

/// The field of the unit.
pub const UNIT: &str = "don-vi";

/// The form; `units` are codes and names in the order of protocol, `roles` those that may be given.
#[must_use]
pub fn form(request: &str, person: &str, units: &[(String, String)], roles: &[Role]) -> FormView {
    let units = std::iter::once((String::new(), "Chọn đơn vị".to_owned())).chain(units.iter().cloned());
    let roles = Choice::list(roles.iter().map(|role| (role.code(), role.label())), "");
    let capacities = Capacity::ALL.into_iter().filter(|capacity| capacity.belongs_to_post());
    let capacities = Choice::list(capacities.map(|capacity| (capacity.code(), capacity.meaning())), "");
    FormView::new(format!("{}/bo-nhiem", person_address(person)), request, "Ghi chức vụ")
        .field(Field::new("don-vi", "Đơn vị", Kind::One(Choice::list(units, ""))).required())
        .field(Field::text("chuc-vu", "Chức vụ").required().tip("Ví dụ: Phó Chánh Văn phòng."))
        .field(Field::text("chuc-vu-dang", "Chức vụ Đảng").tip("Nếu có, ví dụ: Bí thư chi bộ."))
        .field(
            Field::new("vai-tro", "Vai trò trong hệ thống", Kind::Many(roles))
                .tip("Vai trò quyết định quyền; không chọn thì chức vụ không mang quyền nào."),
        )
        .field(
            Field::text("linh-vuc", "Lĩnh vực được giao thẩm định")
                .tip("Mã cách nhau bằng dấu phẩy; chỉ cho người thẩm định."),
        )
        .field(Field::new("tu-cach", "Tư cách ký", Kind::One(capacities)))
        .field(Field::day("tu-ngay", "Giữ từ ngày").required())
        .field(Field::day("den-ngay", "Đến hết ngày").tip("Bỏ trống: đến khi có quyết định khác."))
        .field(Field::text("van-ban", "Số, ký hiệu quyết định"))
        .field(Field::text("thu-tu", "Thứ tự lễ tân trong đơn vị").tip("Số nhỏ đứng trước."))
}

/// The form that corrects a post: everything but its unit, with what it says now.
#[must_use]
pub fn change(request: &str, person: &str, post: &Post, roles: &[Role]) -> FormView {
    let mut form = form(request, person, &[], roles).filled(&said(post));
    form.action = format!("{}/chuc-vu/{}/sua", person_address(person), post.id);
    form.fields.retain(|field| field.name != UNIT);
    form.button = "Sửa chức vụ";
    form
}

/// A post as the form would send it.
fn said(post: &Post) -> Sent {
    let pairs = [
        ("chuc-vu", post.title.clone()),
        ("chuc-vu-dang", post.party_title.clone().unwrap_or_default()),
        ("linh-vuc", post.fields.join(", ")),
        ("tu-cach", post.capacity.code().to_owned()),
        ("tu-ngay", vietnamese(post.from)),
        ("den-ngay", post.to.map(vietnamese).unwrap_or_default()),
        ("van-ban", post.document.clone()),
        ("thu-tu", post.order.to_string()),
    ];
    let roles = post.roles.iter().map(|role| ("vai-tro", role.code().to_owned()));
    Sent(pairs.into_iter().chain(roles).map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The post that was asked for, under a name that the caller makes, or the form with everything that is wrong.
///
/// # Errors
/// The form to show again.
pub fn read(mut form: FormView, sent: &Sent, id: PostId) -> Result<Post, Box<FormView>> {
    form = form.filled(sent);
    form.require();
    let (from, to) = (form.day("tu-ngay", sent), form.day("den-ngay", sent));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        form.refuse("den-ngay", "trước ngày bắt đầu giữ chức vụ");
    }
    let typed = sent.text("thu-tu");
    let order = if typed.is_empty() { Some(0) } else { typed.parse::<u32>().ok() };
    if order.is_none() {
        form.refuse("thu-tu", "phải là số nguyên, từ 0");
    }
    let roles: Vec<Role> = sent.all("vai-tro").filter_map(Role::from_code).collect();
    let fields: Vec<String> = sent.text("linh-vuc").split([',', ';']).map(str::trim).map(str::to_owned).collect();
    let fields: Vec<String> = fields.into_iter().filter(|field| !field.is_empty()).collect();
    if roles.contains(&Role::Appraiser) && fields.is_empty() {
        form.refuse("linh-vuc", "người thẩm định cần ít nhất một lĩnh vực");
    }
    match (from, order) {
        (Some(from), Some(order)) if !form.is_refused() => Ok(Post {
            id,
            unit: sent.text("don-vi").to_owned(),
            title: cchc_text::tidy(sent.text("chuc-vu")).into_owned(),
            party_title: Some(cchc_text::tidy(sent.text("chuc-vu-dang")).into_owned())
                .filter(|title| !title.is_empty()),
            roles,
            fields,
            capacity: Capacity::from_code(sent.text("tu-cach")).unwrap_or_default(),
            from,
            to,
            document: sent.text("van-ban").to_owned(),
            order,
        }),
        _ => Err(Box::new(form)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;

    fn shown() -> FormView {
        form("r1", "p1", &[("VP.SNV".into(), "Sở Nội vụ".into())], &[Role::UnitOfficer, Role::Appraiser])
    }

    const TYPED: [(&str, &str); 5] = [
        ("don-vi", "VP.SNV"),
        ("chuc-vu", "Chuyên viên"),
        ("vai-tro", "unit-officer"),
        ("tu-cach", "Q"),
        ("tu-ngay", "01/03/2021"),
    ];

    #[test]
    fn what_was_typed_is_a_post() {
        let post = read(shown(), &sent(&TYPED), "post-1".into()).unwrap();
        assert_eq!((post.unit.as_str(), post.title.as_str(), post.capacity), ("VP.SNV", "Chuyên viên", Capacity::Q));
        assert_eq!(
            (post.roles, post.from.to_string().as_str(), post.to),
            (vec![Role::UnitOfficer], "2021-03-01", None)
        );
    }

    #[test]
    fn a_correction_begins_with_what_the_post_says() {
        let post = read(shown(), &sent(&TYPED), "post-1".into()).unwrap();
        let form = change("r2", "p1", &post, &[Role::UnitOfficer]);
        assert!(form.fields.iter().all(|field| field.name != UNIT));
        assert_eq!(form.action, "/nguoi-dung/p1/chuc-vu/post-1/sua");
        let again = read(form, &said(&post), post.id.clone()).unwrap();
        assert_eq!(Post { unit: post.unit.clone(), ..again }, post);
    }

    #[test]
    fn everything_wrong_is_said_at_once_and_what_was_typed_stays() {
        let typed =
            [("tu-ngay", "01/03/2021"), ("den-ngay", "28/02/2021"), ("thu-tu", "nhất"), ("vai-tro", "appraiser")];
        let form = read(shown(), &sent(&typed), "post-1".into()).unwrap_err();
        let wrongs: Vec<&str> =
            form.fields.iter().filter(|field| field.wrong.is_some()).map(|field| field.name).collect();
        assert_eq!(wrongs, ["don-vi", "chuc-vu", "linh-vuc", "den-ngay", "thu-tu"]);
        assert!(form.fields.iter().any(|field| field.value == "nhất"));
    }
}
