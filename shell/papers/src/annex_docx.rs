//! The annex of a decision (phụ lục) as a Word document: ranking, notes, results by field.

mod fields;
mod notes;
mod ranking;

use cchc_index::{Exact, ScoredUnit};
use cchc_text::{date, number};

use crate::docx::{self, Form, Page, Pages, roman, text};
use crate::marks::all_marks;
use crate::package::Package;
use crate::write_error::WriteError;

/// The groups of units of a package, in the order of its ranking: each has an annex of its own.
#[must_use]
pub fn groups(package: &Package) -> Vec<&str> {
    let mut groups: Vec<&str> = package.scored.units.iter().map(|unit| unit.group.as_str()).collect();
    groups.dedup();
    groups
}

/// Writes the annex of one group; it is numbered (`Phụ lục II`) where there are several groups.
///
/// `look_up_name` gives the full name of a unit by its code; where it gives none, the name of the input
/// stands, else the code. Number and day of the decision are dotted where the package doesn't say them.
/// The same package gives the same bytes.
///
/// # Errors
/// [`WriteError::NoUnits`] where no unit is of that group.
pub fn write(
    package: &Package,
    group: &str,
    look_up_name: impl Fn(&str) -> Option<String>,
) -> Result<Vec<u8>, WriteError> {
    let annex = Annex::new(package, group, &look_up_name)?;
    let mut upright = annex.heading();
    upright.push(ranking::block(&annex));
    let mut parts = Vec::new();
    match fields::page(&annex) {
        Some(Page::Upright) => {
            upright.extend(fields::blocks(&annex, docx::UPRIGHT_WIDTH));
            upright.extend(notes::blocks(&annex));
            parts.push(Pages { page: Page::Upright, blocks: upright });
        }
        lying => {
            upright.extend(notes::blocks(&annex));
            parts.push(Pages { page: Page::Upright, blocks: upright });
            if lying.is_some() {
                let blocks = fields::blocks(&annex, docx::LYING_WIDTH);
                parts.push(Pages { page: Page::Lying, blocks });
            }
        }
    }
    docx::write(&package.about.title, &all_marks(package), parts)
}

/// What all parts of an annex are made from.
struct Annex<'a> {
    package: &'a Package,
    number: String,
    group: &'a str,
    units: Vec<&'a ScoredUnit>,
    look_up_name: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Annex<'a> {
    fn new(
        package: &'a Package,
        group: &'a str,
        look_up_name: &'a dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, WriteError> {
        let units: Vec<&ScoredUnit> = package.scored.units.iter().filter(|unit| unit.group == group).collect();
        if units.is_empty() {
            return Err(WriteError::NoUnits { group: group.to_owned() });
        }
        let groups = groups(package);
        let position = groups.iter().position(|other| *other == group).filter(|_| groups.len() > 1);
        let number = position.map(|at| format!(" {}", roman(at + 1))).unwrap_or_default();
        Ok(Self { package, number, group, units, look_up_name })
    }

    fn name(&self, unit: &ScoredUnit) -> String {
        let given = if unit.name.is_empty() { &unit.code } else { &unit.name };
        (self.look_up_name)(&unit.code).unwrap_or_else(|| given.clone())
    }

    fn heading(&self) -> Vec<docx::Block> {
        let about = &self.package.about;
        let mut blocks = docx::marked(self.package);
        blocks.push(text(Form::Number, &format!("Phụ lục{}", self.number)));
        blocks.push(text(Form::Title, &about.title.to_uppercase()));
        if !self.number.is_empty() {
            let named = self.package.set.group(self.group).map(|group| group.name.as_str());
            let name = named.unwrap_or(if self.group.is_empty() { "chưa xếp nhóm" } else { self.group });
            blocks.push(text(Form::Title, &format!("NHÓM: {}", name.to_uppercase())));
        }
        blocks.push(text(Form::Below, &enclosed_with(self.package)));
        blocks
    }
}

/// `(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2022 của …)`, dotted where not known.
fn enclosed_with(package: &Package) -> String {
    let about = &package.about;
    let organiser = about.organiser.trim();
    let of_committee = ["UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân"].iter().any(|start| organiser.starts_with(start));
    let (decision, day) = if about.decision.is_empty() {
        let symbol = if of_committee { "QĐ-UBND" } else { "QĐ-………" };
        (format!("………/{symbol}"), None)
    } else {
        (about.decision.trim_start_matches("Quyết định số ").to_owned(), about.published_on)
    };
    let day = day.map_or_else(|| "ngày …… tháng …… năm ………".to_owned(), date::long);
    let organiser = if organiser.is_empty() { "…………………………" } else { organiser };
    format!("(Kèm theo Quyết định số {decision} {day} của {organiser})")
}

/// Rounded to two decimals, as Vietnamese read it: `81,30` becomes `81,3`.
fn points(value: &Exact) -> String {
    number::vietnamese(&value.rounded(2).text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;
    use std::io::{Cursor, Read};

    fn document(bytes: &[u8]) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        xml
    }

    #[test]
    fn holds_marks_ranking_and_notes_and_the_same_bytes() {
        let package = sample::package();
        let names = |code: &str| (code == "U2").then(|| "Sở Nội vụ & Lao động <\"hai\">".to_owned());
        let bytes = write(&package, "so", names).unwrap();
        assert_eq!(bytes, write(&package, "so", names).unwrap());
        let xml = document(&bytes);
        for wanted in [
            "SỐ LIỆU MÔ PHỎNG – BỘ TIÊU CHÍ MINH HỌA",
            ">Phụ lục<",
            "KẾT QUẢ THỬ NĂM 2021",
            "(Kèm theo Quyết định số ………/QĐ-UBND ngày …… tháng …… năm ……… của UBND tỉnh)",
            "Sở Nội vụ &amp; Lao động &lt;&quot;hai&quot;&gt;",
            ">83,33<",
            "<w:cantSplit /><w:tblHeader />",
        ] {
            assert!(xml.contains(wanted), "{wanted} not in {xml}");
        }
        assert!(!xml.contains("paraId"));
    }

    #[test]
    fn several_groups_are_numbered() {
        let mut package =
            sample::package_of("unit,unit_name,group,criterion,value,of\nU1,,so,1.1,5,16\nU2,Huyện A,huyen,1.1,1,2\n");
        package.about.decision = "12/QĐ-UBND".into();
        assert_eq!(groups(&package), ["so", "huyen"]);
        let xml = document(&write(&package, "huyen", |_| None).unwrap());
        assert!(xml.contains(">Phụ lục II<") && xml.contains("NHÓM: UBND CẤP HUYỆN"), "{xml}");
        assert!(xml.contains("Quyết định số 12/QĐ-UBND ngày 31 tháng 01 năm 2022"));
        assert_eq!(write(&package, "xa", |_| None), Err(WriteError::NoUnits { group: "xa".into() }));
    }

    #[test]
    fn a_partial_package_shows_published_figures_alone() {
        let mut package = sample::package();
        package.about.partial = true;
        let xml = document(&write(&package, "so", |_| None).unwrap());
        assert!(xml.contains(">32,3<") && !xml.contains(">83,33<") && !xml.contains(">Hạng<"));
    }
}
