//! The communes of the whole province in one ranking, out of what its districts published.

use cchc_papers::package::{About, Package};
use cchc_papers::together;
use cchc_web::{App, Publication};
use jiff::civil::Date;

/// So many districts publish.
const DISTRICTS: usize = 9;
/// The years in which districts scored their communes.
const YEARS: [i16; 2] = [2021, 2022];

/// Shows the ranking of a year once all districts have published theirs.
pub fn publish(app: &App) {
    for year in YEARS {
        let id = format!("vinh-phuc-{year}-xa");
        let set = format!("vp-{year}-xa");
        if app.site().lookup(&id).is_some() {
            continue;
        }
        let results = app.results();
        let held = results.all.iter().filter(|held| held.publication.replaced_by.is_none());
        let of_districts: Vec<_> = held.filter(|held| held.publication.package.set.id == set).collect();
        if of_districts.len() < DISTRICTS {
            continue;
        }
        let last = of_districts.iter().map(|held| held.from).max().unwrap_or(Date::MIN);
        // In the order of their codes, however they came.
        let mut packages: Vec<&Package> = of_districts.iter().map(|held| &held.publication.package).collect();
        packages.sort_by(|a, b| a.about.id.cmp(&b.about.id));
        if let Some(package) = together(&packages, about(id, year, last)) {
            app.publish(last, Publication::new(package, Vec::new()));
        }
    }
}

fn about(id: String, year: i16, published_on: Date) -> About {
    About {
        id,
        title: format!("Chỉ số CCHC năm {year} của UBND xã, phường, thị trấn tỉnh Vĩnh Phúc"),
        series: format!("vinh-phuc-{year}"),
        organiser: "UBND tỉnh Vĩnh Phúc".to_owned(),
        published_on: Some(published_on),
        units_as_of: Date::new(year, 12, 31).ok(),
        simulated: true,
        note: format!(
            "Gộp từ kết quả mà {DISTRICTS} huyện, thành phố đã công bố. {}",
            super::simulated_years::INVENTED
        ),
        source: "Mô phỏng".to_owned(),
        ..About::default()
    }
}
