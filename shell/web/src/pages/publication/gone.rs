//! A unit code that the publication doesn't have: where that unit went, or whence it came.

use cchc_units::Version;
use jiff::civil::Date;

use super::shown::Shown;
use crate::error::ErrorPage;

/// The page that says why there is no such unit here, with links to those that took over.
#[must_use]
pub fn unit_not_found(shown: &Shown<'_>, code: &str) -> ErrorPage {
    let page = ErrorPage::not_found("Công bố này không có đơn vị ấy");
    let page = match shown.about().units_as_of {
        Some(on) => explained(shown, page, code, on),
        None => page.because(format!("Trong «{}» không có đơn vị nào mang mã «{code}».", shown.about().title)),
    };
    page.way("Xem mọi đơn vị của công bố này", shown.href())
}

fn explained(shown: &Shown<'_>, page: ErrorPage, code: &str, on: Date) -> ErrorPage {
    let day = cchc_text::date::vietnamese(on);
    if let Ok(version) = shown.site.units.find(code, on) {
        return page
            .because(format!("Ngày {day}, mã «{code}» là {}, nhưng đơn vị này không được chấm ở đây.", version.name));
    }
    let versions: Vec<&Version> = shown.site.units.all().filter(|version| version.code == code).collect();
    let earlier =
        versions.iter().filter(|version| version.period.end() < on).max_by_key(|version| version.period.end());
    let later =
        versions.iter().filter(|version| version.period.start() > on).min_by_key(|version| version.period.start());
    if let Some(version) = earlier {
        let last = version.period.end();
        let successors = shown.site.units.successors_at(code, last, on).unwrap_or_default();
        let names: Vec<&str> = successors.iter().map(|successor| successor.name.as_str()).collect();
        let until = cchc_text::date::vietnamese(last);
        let sentence = if names.is_empty() {
            format!("{} (mã «{code}») kết thúc sau ngày {until}; đến {day} không có đơn vị kế tục.", version.name)
        } else {
            format!("{} (mã «{code}») có đến ngày {until}; ngày {day} đã thành {}.", version.name, names.join(", "))
        };
        return linked(shown, page.because(sentence), &successors);
    }
    if let Some(version) = later {
        let first = version.period.start();
        let origins = shown.site.units.predecessors_at(code, on, first).unwrap_or_default();
        let names: Vec<&str> = origins.iter().map(|origin| origin.name.as_str()).collect();
        let from = cchc_text::date::vietnamese(first);
        let made_of = if names.is_empty() { String::new() } else { format!(" từ {}", names.join(", ")) };
        let sentence = format!(
            "{} (mã «{code}») chỉ có từ ngày {from}{made_of}; công bố này tính đơn vị ngày {day}.",
            version.name
        );
        return linked(shown, page.because(sentence), &origins);
    }
    let page = page.because(format!("Danh mục đơn vị không có mã «{code}»."));
    match shown.site.units.find(code, on).err().and_then(|error| error.hint()) {
        Some(hint) => page.because(hint),
        None => page,
    }
}

fn linked(shown: &Shown<'_>, page: ErrorPage, versions: &[&Version]) -> ErrorPage {
    let here = versions.iter().filter(|version| shown.publication.unit(&version.code).is_some());
    here.fold(page, |page, version| page.way(version.name.clone(), shown.unit_href(&version.code)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{publication, rows, site};
    use super::*;

    fn asked(on: &str, code: &str) -> (String, Vec<String>) {
        let site = site(vec![publication("p", on, &[rows("X1", "1", "1", "1"), rows("X3", "1", "1", "1")].concat())]);
        let shown = Shown::new(&site, &site.publications[0]);
        let page = unit_not_found(&shown, code);
        (page.because.join(" "), page.ways.into_iter().map(|way| way.href).collect())
    }

    #[test]
    fn a_code_that_is_no_more_leads_to_who_took_over() {
        let (said, ways) = asked("2025-12-31", "X2");
        assert_eq!(said, "Xã Hai (mã «X2») có đến ngày 30/06/2025; ngày 31/12/2025 đã thành Xã Mới.");
        assert_eq!(ways, ["/cong-bo/p/don-vi/X1", "/cong-bo/p"]);
        assert!(asked("2025-12-31", "X4").0.contains("không có đơn vị kế tục"));
    }

    #[test]
    fn a_unit_that_was_not_scored_and_one_that_never_was() {
        assert!(asked("2021-12-31", "X2").0.contains("Ngày 31/12/2021, mã «X2» là Xã Hai, nhưng"));
        assert!(asked("2021-12-31", "X9").0.contains("Danh mục đơn vị không có mã «X9»."));
        assert!(asked("", "X9").0.contains("không có đơn vị nào mang mã «X9»"));
    }
}
