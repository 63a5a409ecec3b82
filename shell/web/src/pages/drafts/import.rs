//! `/don-vi/nhap`, `/chi-so/bo-tieu-chi/nhap`, `/lich/nhap`, `/chuoi-so-lieu/nhap`: a file becomes a draft.

use askama::Template;
use cchc_access::Action;
use cchc_papers::rule_file::RuleKind;
use cchc_text::Findings;

use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::site::Site;

/// What a file changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Import {
    /// Administrative units, or departments.
    Units,
    /// A criteria set.
    Set,
    /// Days off.
    DaysOff,
    /// Figures that others publish of the province, or the series that there are.
    Series,
}

/// Name of the field by which text in TCVN3 or VNI may be converted.
pub const OLD_TEXT: &str = "bang-ma-cu";

/// The page.
#[derive(Debug, Template)]
#[template(path = "drafts/import.html")]
pub struct ImportPage {
    frame: Frame,
    import: Import,
    form: FormView,
    /// What was found in the file, where nothing of it could be used.
    findings: Findings,
}

impl Import {
    /// Every kind of file.
    pub const ALL: [Self; 4] = [Self::Units, Self::Set, Self::DaysOff, Self::Series];

    /// The kinds of rules that its files hold.
    #[must_use]
    pub const fn kinds(self) -> &'static [RuleKind] {
        match self {
            Self::Units => &[RuleKind::Units, RuleKind::Departments],
            Self::Set => &[RuleKind::CriteriaSet],
            Self::DaysOff => &[RuleKind::DaysOff],
            Self::Series => &[RuleKind::SeriesFigures, RuleKind::Series],
        }
    }

    /// Address of its form.
    #[must_use]
    pub const fn address(self) -> &'static str {
        match self {
            Self::Units => "/don-vi/nhap",
            Self::Set => "/chi-so/bo-tieu-chi/nhap",
            Self::DaysOff => "/lich/nhap",
            Self::Series => "/chuoi-so-lieu/nhap",
        }
    }

    /// What its page is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Units => "Nhập tệp đơn vị",
            Self::Set => "Nhập bộ tiêu chí",
            Self::DaysOff => "Nhập lịch nghỉ",
            Self::Series => "Nhập chuỗi số liệu",
        }
    }

    /// The way to its form, for whoever may hand such a file in.
    #[must_use]
    pub fn way(self, site: &Site) -> Option<Link> {
        let actions = self.kinds().iter().filter_map(|kind| Action::proposing(kind.code()));
        let may = actions.into_iter().any(|action| site.visitor.may(action, site.today));
        may.then(|| Link::new(self.title(), self.address()))
    }

    const fn section(self) -> Section {
        match self {
            Self::Units => Section::Units,
            Self::Set => Section::Sets,
            Self::DaysOff | Self::Series => Section::Drafts,
        }
    }

    const fn accept(self) -> &'static str {
        match self {
            Self::Units | Self::DaysOff | Self::Series => ".csv,.xlsx,.txt",
            Self::Set => ".toml,.xlsx",
        }
    }

    /// The columns, or the form, of the file.
    const fn tip(self) -> &'static str {
        match self {
            Self::Units => {
                "CSV hoặc XLSX, cả danh sách. Đơn vị hành chính: code, name, level, type, parent, valid_from, valid_to, \
                 successor, legal_basis, confidence. Sở, ban, ngành: order, code, symbol, name, province, valid_from, \
                 valid_to, successor, confidence."
            }
            Self::Set => "TOML hoặc XLSX, như tệp tải về từ trang của bộ tiêu chí.",
            Self::DaysOff => "CSV hoặc XLSX, cả lịch. Các cột: date, weekday, kind, name, source, confidence.",
            Self::Series => {
                "CSV hoặc XLSX, cả bảng. Số liệu: series, area (mã tỉnh), area_name, year, value, unit, rank, of (số tỉnh \
                 được xếp hạng), source, confidence; hoặc tên cột tiếng Việt: chuỗi, mã tỉnh, tên tỉnh, năm, giá trị, đơn \
                 vị tính, hạng, trên, nguồn, độ tin cậy. Danh mục chuỗi: code, title, short, publisher, better, unit, low, high, \
                 source."
            }
        }
    }

    /// The form; `names` are the rules that a file of this kind may replace, with what they are called.
    #[must_use]
    pub fn form(self, request: &str, names: &[(String, String)]) -> FormView {
        let form = FormView::new(self.address(), request, "Xem lỗi và khác biệt")
            .field(Field::new("tep", "Tệp", Kind::File(self.accept())).required().tip(self.tip()));
        let form = match names {
            [] => form,
            [(only, _)] => form.hide("ten", only.clone()),
            names => {
                let first = names.first().map_or("", |(name, _)| name);
                let choices = Choice::list(names.iter().cloned(), first);
                form.field(Field::new("ten", "Thay cho", Kind::One(choices)).required())
            }
        };
        let form = if self == Self::Set {
            form
        } else {
            let convert = Choice::new("chuyen", "Chuyển chữ TCVN3 (ABC), VNI sang Unicode");
            let tip = "Chỉ chọn khi tệp soạn bằng phông .VnTime, VNI-Times: hệ thống báo chữ ấy đọc thành gì trước khi áp dụng.";
            form.field(Field::new(OLD_TEXT, "Bảng mã cũ", Kind::Many(vec![convert])).tip(tip))
        };
        form.field(Field::day("hieu-luc-tu", "Có hiệu lực từ ngày").tip("Bỏ trống: như bản đang dùng."))
            .field(Field::day("hieu-luc-den", "Đến hết ngày").tip("Bỏ trống: đến khi có bản khác."))
            .field(Field::text("can-cu", "Căn cứ").required().tip("Số, ký hiệu văn bản, hoặc nguồn của tệp."))
            .field(Field::long("ly-do", "Lý do thay đổi"))
    }
}

impl ImportPage {
    /// The page; `findings` where nothing of the file could be used.
    #[must_use]
    pub fn new(site: &Site, import: Import, form: FormView, findings: Findings) -> Self {
        let frame = Frame::new(site, import.section(), import.title()).crumb("Bản nháp", super::ADDRESS);
        Self { frame: frame.explained("ban-nhap"), import, form, findings }
    }
}

#[cfg(test)]
mod tests {
    use cchc_text::{Finding, Place};

    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn each_kind_of_file_has_its_form_and_nothing_changes_yet() {
        let site = sample::site(Vec::new());
        for import in Import::ALL {
            let page = ImportPage::new(&site, import, import.form("r1", &[]), Vec::new()).render().unwrap();
            assert!(
                page.contains(&format!(
                    "action=\"{}\" method=\"post\" enctype=\"multipart/form-data\"",
                    import.address()
                ))
            );
            assert!(page.contains("Chưa đổi gì ngay") && page.contains(&format!("accept=\"{}\"", import.accept())));
            assert!(page.contains("name=\"yeu-cau\" value=\"r1\"") && page.contains("/tro-giup#ban-nhap"));
        }
    }

    #[test]
    fn one_rule_is_not_asked_for_several_are() {
        let one = Import::Units.form("r1", &[("vinh-phuc".into(), "Vĩnh Phúc".into())]);
        assert_eq!(one.hidden, [("ten", "vinh-phuc".to_owned())]);
        let two = [("a".into(), "A".into()), ("b".into(), "B".into())];
        assert!(Import::Units.form("r1", &two).fields.iter().any(|field| field.name == "ten"));
    }

    #[test]
    fn a_file_of_which_nothing_can_be_used_is_told_in_full() {
        let site = sample::site(Vec::new());
        let mut form = Import::Units.form("r1", &[]);
        form.refuse("tep", "không đọc được");
        let findings = vec![Finding::error("a", Place::line("x.csv", 1), "Thiếu cột code")];
        let page = ImportPage::new(&site, Import::Units, form, findings).render().unwrap();
        assert!(page.contains("<a href=\"#tep\">Tệp: không đọc được</a>") && page.contains("Thiếu cột code"));
    }
}
