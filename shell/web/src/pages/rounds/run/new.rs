//! `/dot-cham/moi`: a round is planned, from nothing or after an earlier one.

use askama::Template;
use cchc_index::round::{Deadline, Plan};

use super::Offer;
use super::parts::year;
use crate::form::{Choice, Field, FormView, Kind, Sent};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::rounds::ADDRESS;
use crate::site::Site;

/// Address of the page.
pub const NEW: &str = "/dot-cham/moi";
/// Name of the field that says which round is followed.
pub const AFTER: &str = "tu";

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/run/new.html")]
pub struct NewPage {
    frame: Frame,
    form: FormView,
    earlier: Vec<Link>,
    after: Option<Link>,
}

impl NewPage {
    /// The page; `earlier` are rounds that can be followed, `after` is the one that is.
    #[must_use]
    pub fn new(site: &Site, form: FormView, earlier: Vec<Link>, after: Option<Link>) -> Self {
        Self {
            frame: Frame::new(site, Section::Rounds, "Lập đợt chấm điểm").crumb("Đợt chấm điểm", ADDRESS),
            form,
            earlier,
            after,
        }
    }
}

/// The form for a new round; `organisers` are codes and names.
#[must_use]
pub fn form(request: &str, organisers: &[(String, String)], offer: &Offer, this_year: i16) -> FormView {
    let sets = Choice::list(offer.sets.iter().map(|set| (set.value(), set.label())), "");
    let units = [("tat-ca", "Mọi đơn vị trực thuộc ở cấp của nhóm"), ("", "Chưa thêm, chọn sau")];
    let form = begun(request, organisers, &organiser(organisers), "", this_year)
        .field(Field::new("nhom", "Nhóm và bộ tiêu chí", Kind::Many(sets)).required())
        .field(Field::new("moi-don-vi", "Đơn vị được chấm", Kind::One(Choice::list(units, "tat-ca"))));
    ended(form, &[])
}

/// The form for a round that follows an earlier one: groups, units, appraisers come from there.
#[must_use]
pub fn form_after(request: &str, organisers: &[(String, String)], round: &str, next: &Plan) -> FormView {
    let form = begun(request, organisers, &next.organiser, &next.title, next.year).hide(AFTER, round);
    ended(form, &next.deadlines)
}

/// Who is chosen where there is no choice.
fn organiser(organisers: &[(String, String)]) -> String {
    match organisers {
        [(code, _)] => code.clone(),
        _ => String::new(),
    }
}

fn begun(request: &str, organisers: &[(String, String)], organiser: &str, title: &str, year: i16) -> FormView {
    let units = std::iter::once((String::new(), "Chọn đơn vị".to_owned())).chain(organisers.iter().cloned());
    FormView::new(NEW, request, "Lập đợt")
        .field(
            Field::text("ten", "Tên đợt")
                .required()
                .value(title)
                .tip("Ví dụ: Chỉ số CCHC năm 2022 của các xã, phường, thị trấn."),
        )
        .field(Field::text("nam", "Năm được chấm").required().value(year.to_string()).tip("Bốn chữ số, ví dụ 2022."))
        .field(Field::new("co-quan", "Cơ quan tổ chức", Kind::One(Choice::list(units, organiser))).required())
}

fn ended(form: FormView, known: &[Deadline]) -> FormView {
    super::parts::deadline_fields(form, known)
}

/// What the form says of title, year and last days; what is wrong is marked.
pub fn read(form: &mut FormView, sent: &Sent) -> (String, Option<i16>, Vec<Deadline>) {
    let deadlines = super::parts::deadlines(form, sent);
    let title = cchc_text::tidy(sent.text("ten")).into_owned();
    if title.chars().count() > 300 {
        form.refuse("ten", "dài quá 300 ký tự");
    }
    (title, year(form, sent), deadlines)
}
