//! From uploaded files to a publication on the shelf. Pure but for the shelf.

use std::sync::Arc;

use cchc_index::{CriteriaSet, Inputs, set_form, toml_form};
use cchc_papers::package::{About, Package};
use cchc_papers::{Limits, input_file, set_file};
use cchc_text::{Findings, Severity};
use jiff::civil::Date;

use super::Refusal;
use crate::site::{Origin, Publication, Site};
use crate::upload::File;

/// The set that inputs are scored with.
pub struct Chosen {
    /// The set.
    pub set: CriteriaSet,
    /// What was noticed when it was read.
    pub findings: Findings,
}

/// The set of a file.
pub fn read_set(file: &File) -> Result<Chosen, Refusal> {
    let read = set_file::read(&file.name, &file.bytes, &Limits::default());
    let (set, findings) = read.map_err(|error| Refusal::unreadable("tep-bo", &error))?;
    let usable = set.filter(|_| findings.iter().all(|finding| finding.severity != Severity::Error));
    usable.map(|set| Chosen { set, findings: findings.clone() }).ok_or_else(|| Refusal {
        findings,
        ..Refusal::new(
            "tep-bo",
            "Bộ tiêu chí trong tệp có lỗi nên chưa dùng để chấm được.",
            "Sửa các lỗi dưới đây rồi gửi lại; số liệu chưa được chấm.",
        )
    })
}

/// Scores a file and puts the result on the shelf; the same files give the same id.
pub fn score(site: &Site, chosen: Chosen, file: &File) -> Result<Arc<Publication>, Refusal> {
    let Chosen { set, mut findings } = chosen;
    let id = id_of(&set, file);
    if let Some(known) = site.shelf.find(&id) {
        return Ok(known);
    }
    let read = input_file::read(&set, &file.name, &file.bytes, &Limits::default());
    let (inputs, more) = read.map_err(|error| Refusal::unreadable("so-lieu", &error))?;
    findings.extend(more);
    if inputs.units.is_empty() {
        return Err(Refusal {
            findings,
            ..Refusal::new(
                "so-lieu",
                "Không đọc được đơn vị nào trong tệp số liệu.",
                "Tệp cần có các cột unit, criterion, value (và of nếu quy tắc hỏi hai số). Tải mẫu nhập ở trang của bộ tiêu chí.",
            )
        });
    }
    let about = about(site, &id, &set, &inputs, &file.name);
    let package = Package::build(about, set, inputs, site.days_off.as_ref().clone(), Vec::new());
    let publication = Arc::new(Publication::visiting(id, Origin::Tried, package, findings));
    site.shelf.keep(Arc::clone(&publication));
    Ok(publication)
}

/// `thu-` and twelve digits of the hash of set and inputs.
fn id_of(set: &CriteriaSet, file: &File) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [toml_form::write(&set_form::to_form(set)).as_bytes(), file.name.as_bytes(), &file.bytes] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    let digits: String = hasher.finalize().to_hex().chars().take(12).collect();
    format!("thu-{digits}")
}

fn about(site: &Site, id: &str, set: &CriteriaSet, inputs: &Inputs, file: &str) -> About {
    let day = Date::new(set.year, 12, 31).map_or(site.today, |end| end.min(site.today));
    let known = inputs.units.iter().any(|unit| site.units.on(&unit.code, day).is_some());
    About {
        id: id.to_owned(),
        title: format!("Chấm thử tệp {file}"),
        units_as_of: known.then_some(day),
        note: "Kết quả chấm thử, không phải kết quả được công bố. Chỉ giữ tạm trong bộ nhớ máy chủ.".to_owned(),
        source: format!("Tệp {file} do người xem gửi lên"),
        ..About::default()
    }
}
