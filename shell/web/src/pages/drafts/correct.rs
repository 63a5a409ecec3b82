//! `/don-vi/{code}/dinh-chinh?ngay=`: one unit is corrected, which becomes a draft as a file would.

use askama::Template;
use cchc_papers::rule_file::RuleKind;
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

/// What was typed of a version, in the words of the file in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The code; it can't be corrected here: another code is another unit.
    pub code: String,
    /// Columns and their new texts; days as ISO dates, empty where open.
    pub fields: Vec<(&'static str, String)>,
    /// Legal basis, or the source.
    pub basis: String,
}

/// The form, filled with the version as it is in force; sent to the page of the unit on a day when it holds.
#[must_use]
pub fn form(request: &str, version: &Version, kind: RuleKind) -> FormView {
    let known = CONFIDENCE.iter().any(|(code, _)| *code == version.confidence);
    let other = (!known).then_some((version.confidence.as_str(), version.confidence.as_str()));
    let confidence = Choice::list(CONFIDENCE.into_iter().chain(other), &version.confidence);
    let day = |day: Option<jiff::civil::Date>| day.map(cchc_text::date::vietnamese).unwrap_or_default();
    let (address, query) = split(&links::version(version, version.period.end()));
    let form = FormView::new(format!("{address}/dinh-chinh?{query}"), request, "Xem khác biệt")
        .field(Field::text("ten", "Tên đầy đủ").required().value(version.name.clone()));
    let parent = version.parent.clone().unwrap_or_default();
    let form = match kind {
        RuleKind::Departments => form
            .field(Field::text("ky-hieu", "Ký hiệu").value(version.symbol.clone().unwrap_or_default()))
            .field(Field::text("tren", "Mã tỉnh").required().value(parent)),
        _ => {
            let levels = Choice::list(Level::ALL.map(|level| (level.code(), level.label())), version.level.code());
            form.field(Field::new("cap", "Cấp", Kind::One(levels)).required())
                .field(
                    Field::text("loai", "Loại").value(version.kind.clone()).tip("Như trong tệp: phuong, xa, thi-tran…"),
                )
                .field(Field::text("tren", "Mã đơn vị cấp trên").value(parent))
        }
    };
    let open = "Bỏ trống: từ khi dữ liệu bắt đầu.";
    form.field(Field::day("tu-ngay", "Có từ ngày").value(day(version.period.from)).tip(open))
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
pub fn read(mut form: FormView, sent: &Sent, version: &Version, kind: RuleKind) -> Result<Correction, Box<FormView>> {
    form = form.filled(sent);
    form.require();
    let (from, to) = (form.day("tu-ngay", sent), form.day("den-ngay", sent));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        form.refuse("den-ngay", "trước ngày bắt đầu");
    }
    if form.is_refused() {
        return Err(Box::new(form));
    }
    let iso = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let typed = |name: &str| cchc_text::tidy(sent.text(name)).into_owned();
    let mut fields = vec![
        ("name", typed("ten")),
        ("valid_from", iso(from)),
        ("valid_to", iso(to)),
        ("successor", typed("ke-tuc")),
        ("confidence", typed("do-tin-cay")),
    ];
    match kind {
        RuleKind::Departments => fields.extend([("symbol", typed("ky-hieu")), ("province", typed("tren"))]),
        _ => fields.extend([
            ("level", typed("cap")),
            ("type", typed("loai")),
            ("parent", typed("tren")),
            ("legal_basis", typed("can-cu")),
        ]),
    }
    Ok(Correction { code: version.code.clone(), fields, basis: typed("can-cu") })
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
        let form = form("r1", version, RuleKind::Units);
        let page = CorrectPage::new(&site, version, form.clone(), Vec::new()).render().unwrap();
        assert!(page.contains(&format!("value=\"{}\"", version.name)) && page.contains("/dinh-chinh?ngay="));
        let typed = sent(&[("ten", ""), ("cap", "xa"), ("tu-ngay", "01/07/2025"), ("den-ngay", "30/06/2025")]);
        let form = read(form, &typed, version, RuleKind::Units).unwrap_err();
        let wrongs: Vec<&str> =
            form.fields.iter().filter(|field| field.wrong.is_some()).map(|field| field.name).collect();
        assert_eq!(wrongs, ["ten", "den-ngay", "can-cu", "do-tin-cay", "ly-do"]);
    }

    #[test]
    fn what_was_typed_are_columns_of_the_file() {
        let site = sample::site(Vec::new());
        let version = site.units.all().next().unwrap();
        let typed = [
            ("ten", "Xã  Mới"),
            ("cap", "xa"),
            ("tren", "26"),
            ("can-cu", "1/NQ"),
            ("do-tin-cay", "press"),
            ("ly-do", "sai tên"),
            ("tu-ngay", "1/7/2025"),
        ];
        for kind in [RuleKind::Units, RuleKind::Departments] {
            let correction = read(form("r1", version, kind), &sent(&typed), version, kind).unwrap();
            assert_eq!(correction.code, version.code);
            assert!(correction.fields.iter().all(|(column, _)| kind.columns().contains(column)), "{kind:?}");
            let text =
                |name| correction.fields.iter().find(|(column, _)| *column == name).map(|(_, text)| text.as_str());
            assert_eq!(
                (text("name"), text("valid_from"), text("valid_to")),
                (Some("Xã Mới"), Some("2025-07-01"), Some(""))
            );
        }
    }
}
