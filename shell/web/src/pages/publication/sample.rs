//! What the tests of these pages share: a small set, publications of it, a register with a merger.

use std::sync::Arc;

use cchc_calendar::DaysOff;
use cchc_index::{CriteriaSet, check, read_inputs, toml_form};
use cchc_ledger::Moment;
use cchc_papers::package::{About, Package};
use cchc_papers::{Limits, read_tables};
use cchc_units::Registry;

use crate::{Publication, Site, World};

const SET: &str = r#"
id = "mau"
title = "Bộ mẫu"
year = 2021
status = "official"
total = "100"
result = "percent"
result_decimals = 2
rank_basis = "unrounded"
ties = "shared"

[[group]]
code = "xa"
name = "UBND cấp xã"

[[class]]
name = "Tốt"
from = "80"
floor = "70"

[[class]]
name = "Khá"
from = "60"

[[criterion]]
code = "1"
title = "Thể chế"
max = "60"

[[criterion]]
code = "1.1"
title = "Ban hành"
max = "40"
rule = { kind = "given", component = "a", if_empty = "zero" }

[[criterion]]
code = "1.2"
title = "Rà soát"
max = "20"
may_be_na = true
rule = { kind = "given", component = "b", if_empty = "zero" }

[[criterion]]
code = "2"
title = "Thủ tục"
max = "40"

[[criterion]]
code = "2.1"
title = "Đúng hạn"
max = "40"
rule = { kind = "proportional", if_empty = "zero" }
"#;

const UNITS: &str = "code,name,level,type,parent,valid_from,valid_to,successor,legal_basis,confidence
T,Tỉnh T,tinh,tinh,,,,,,
H1,Huyện Một,huyen,huyen,T,,2025-06-30,,,
H2,Huyện Hai,huyen,huyen,T,,2025-06-30,,,
X3,Xã Ba,xa,xa,H1,,2025-06-30,X3,,
X1,Xã Mốt,xa,xa,H1,,2025-06-30,X1,,
X2,Xã Hai,xa,xa,H2,,2025-06-30,X1,,
X4,Xã Bốn,xa,xa,H2,,2025-06-30,,,
X3,Phường Ba,xa,phuong,T,2025-07-01,,,,
X1,Xã Mới,xa,xa,T,2025-07-01,,,,
";

/// The small set: fields 1 (60 points: 40 + 20) and 2 (40 points).
pub fn set() -> CriteriaSet {
    let (set, findings) = check::load(&toml_form::read("mau.toml", SET).0);
    // There is no class below 60, so that a unit can be without one.
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["classes-gap"]);
    set.unwrap()
}

/// Xã Mốt and Xã Hai merge on 1/7/2025 under the code of the first; Xã Ba goes on as a ward; Xã Bốn ends.
pub fn registry() -> Registry {
    Registry::from_tables(&read_tables("don-vi.csv", UNITS.as_bytes(), &Limits::default()).unwrap().0).0
}

/// A publication of rows `unit,criterion,value,of`, as of a day.
pub fn publication(id: &str, on: &str, rows: &str) -> Publication {
    let set = set();
    let text = format!("unit,criterion,value,of\n{rows}");
    let tables = read_tables("so-lieu.csv", text.as_bytes(), &Limits::default()).unwrap().0;
    let (inputs, findings) = read_inputs(&set, &tables);
    let about = About { id: id.into(), title: id.into(), units_as_of: on.parse().ok(), ..About::default() };
    Publication::new(Package::build(about, set, inputs, DaysOff::default(), Vec::new()), findings)
}

/// Rows of one unit: what it got at 1.1 and 1.2, and so many of 1000 at 2.1.
pub fn rows(unit: &str, first: &str, second: &str, of_thousand: &str) -> String {
    format!("{unit},1.1,{first},\n{unit},1.2,{second},\n{unit},2.1,{of_thousand},1000\n")
}

/// A site with these publications.
pub fn site(publications: Vec<Publication>) -> Site {
    let (sets, days_off) = (vec![Arc::new(set())], Arc::new(DaysOff::default()));
    let world = World {
        mark: 1,
        units: registry(),
        sets,
        days_off,
        appraisers: Arc::default(),
        series: Arc::default(),
        figures: Arc::default(),
    };
    Site::new(
        Moment::of("2026-01-16T08:05:00".parse().unwrap()),
        Arc::new(world),
        publications.into_iter().map(Arc::new).collect(),
        Arc::default(),
    )
}
