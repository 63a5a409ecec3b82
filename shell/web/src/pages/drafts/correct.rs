//! `/don-vi/{code}/sua?ngay=`: one unit is corrected, which becomes a draft as a file would.

use askama::Template;
use cchc_text::{Finding, Findings, Place};
use cchc_units::{Level, Version};

use crate::form::{Choice, Field, FormView, Kind, Sent};
use crate::frame::{Frame, Section};
use crate::pages::units::links;
use crate::site::Site;

/// How sure a row may be, with the word for each.
const CONFIDENCE: [(&str, &str); 5] = [
    ("official", "theo văn bản"),
    ("open-data", "theo dữ liệu mở"),
    ("press", "theo báo chí"),
    ("inferred", "suy ra từ các dòng khác"),
    ("unconfirmed", "chưa xác nhận"),
];

/// The page.
#[derive(Debug, Template)]
#[template(path = "drafts/correct.html")]
pub struct CorrectPage {
    frame: Frame,
    form: FormView,
    findings: Findings,
}

/// What was typed of a version, in the words of the file of units; days as ISO dates, empty where open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The code; it can't be corrected here: another code is another unit.
    pub code: String,
    /// The name.
    pub name: String,
    /// The level: `xa`.
    pub level: Level,
    /// The type: `phuong`.
    pub kind: String,
    /// Code of the unit above; may be empty.
    pub parent: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Codes that take over, with `;` between.
    pub successors: String,
    /// Legal basis.
    pub legal_basis: String,
    /// How sure it is.
    pub confidence: String,
    /// Why it is corrected.
    pub reason: String,
}

/// The form, filled with the version as it is in force; sent to the page of the unit on a day when it holds.
#[must_use]
pub fn form(request: &str, version: &Version) -> FormView {
    let levels = Choice::list(Level::ALL.map(|level| (level.code(), level.label())), version.level.code());
    let known = CONFIDENCE.iter().any(|(code, _)| *code == version.confidence);
    let other = (!known).then_some((version.confidence.as_str(), version.confidence.as_str()));
    let confidence = Choice::list(CONFIDENCE.into_iter().chain(other), &version.confidence);
    let day = |day: Option<jiff::civil::Date>| day.map(cchc_text::date::vietnamese).unwrap_or_default();
    let (address, query) = split(&links::version(version, version.period.end()));
    FormView::new(format!("{address}/sua?{query}"), request, "Xem khác biệt")
        .field(Field::text("ten", "Tên đầy đủ").required().value(version.name.clone()))
        .field(Field::new("cap", "Cấp", Kind::One(levels)).required())
        .field(Field::text("loai", "Loại").value(version.kind.clone()).tip("Như trong tệp: phuong, xa, thi-tran…"))
        .field(Field::text("tren", "Mã đơn vị cấp trên").value(version.parent.clone().unwrap_or_default()))
        .field(
            Field::day("tu-ngay", "Có từ ngày")
                .value(day(version.period.from))
                .tip("Bỏ trống: từ khi dữ liệu bắt đầu."),
        )
        .field(Field::day("den-ngay", "Đến hết ngày").value(day(version.period.to)).tip("Bỏ trống: đến nay."))
        .field(
            Field::text("ke-tuc", "Mã đơn vị kế tục")
                .value(version.successors.join(";"))
                .tip("Nhiều mã cách nhau bằng dấu ;"),
        )
        .field(Field::text("can-cu", "Căn cứ").required().value(version.legal_basis.clone()))
        .field(Field::new("do-tin-cay", "Độ tin cậy", Kind::One(confidence)).required())
        .field(Field::long("ly-do", "Lý do sửa").required())
}

/// What was typed, or the form with everything that is wrong.
///
/// # Errors
/// The form to show again.
pub fn read(mut form: FormView, sent: &Sent, code: &str) -> Result<Correction, Box<FormView>> {
    form = form.filled(sent);
    form.require();
    let (from, to) = (form.day("tu-ngay", sent), form.day("den-ngay", sent));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        form.refuse("den-ngay", "trước ngày bắt đầu");
    }
    let iso = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    match Level::from_code(sent.text("cap")) {
        Some(level) if !form.is_refused() => Ok(Correction {
            code: code.to_owned(),
            name: cchc_text::tidy(sent.text("ten")).into_owned(),
            level,
            kind: sent.text("loai").to_owned(),
            parent: sent.text("tren").to_owned(),
            from: iso(from),
            to: iso(to),
            successors: sent.text("ke-tuc").to_owned(),
            legal_basis: sent.text("can-cu").to_owned(),
            confidence: sent.text("do-tin-cay").to_owned(),
            reason: sent.text("ly-do").to_owned(),
        }),
        _ => Err(Box::new(form)),
    }
}

/// The path and the query of an address.
fn split(address: &str) -> (String, String) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    (path.to_owned(), query.to_owned())
}

impl CorrectPage {
    /// The page; `findings` where the registry of units refuses what was typed.
    #[must_use]
    pub fn new(site: &Site, version: &Version, form: FormView, findings: Findings) -> Self {
        let frame = Frame::new(site, Section::Units, format!("Sửa {}", version.name))
            .crumb("Đơn vị", "/don-vi")
            .crumb(version.name.clone(), links::version(version, site.today))
            .explained("ban-nhap");
        Self { frame, form, findings }
    }
}

impl Correction {
    /// A finding that nothing was corrected, where everything is as it is in force.
    #[must_use]
    pub fn nothing_new(&self) -> Finding {
        let message = format!("Không có gì khác với bản đang dùng của đơn vị {}.", self.code);
        Finding::note("nothing-new", Place::default().of_unit(self.code.clone()), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;
    use crate::pages::publication::sample;

    #[test]
    fn the_form_begins_with_what_is_in_force_and_says_what_is_wrong() {
        let site = sample::site(Vec::new());
        let version = site.units.all().next().unwrap();
        let form = form("r1", version);
        let page = CorrectPage::new(&site, version, form.clone(), Vec::new()).render().unwrap();
        assert!(page.contains(&format!("value=\"{}\"", version.name)) && page.contains("/sua?ngay="));
        let typed = sent(&[("ten", ""), ("cap", "xa"), ("tu-ngay", "01/07/2025"), ("den-ngay", "30/06/2025")]);
        let form = read(form, &typed, &version.code).unwrap_err();
        let wrongs: Vec<&str> =
            form.fields.iter().filter(|field| field.wrong.is_some()).map(|field| field.name).collect();
        assert_eq!(wrongs, ["ten", "den-ngay", "can-cu", "do-tin-cay", "ly-do"]);
    }

    #[test]
    fn what_was_typed_is_a_row_of_the_file() {
        let site = sample::site(Vec::new());
        let version = site.units.all().next().unwrap();
        let typed = [
            ("ten", "Xã  Mới"),
            ("cap", "xa"),
            ("can-cu", "1/NQ"),
            ("do-tin-cay", "press"),
            ("ly-do", "sai tên"),
            ("tu-ngay", "1/7/2025"),
        ];
        let correction = read(form("r1", version), &sent(&typed), &version.code).unwrap();
        assert_eq!(
            (correction.name.as_str(), correction.level, correction.from.as_str()),
            ("Xã Mới", Level::Commune, "2025-07-01")
        );
        assert_eq!((correction.code.as_str(), correction.to.as_str()), (version.code.as_str(), ""));
    }
}
