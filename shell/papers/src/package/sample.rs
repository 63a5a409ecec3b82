//! A small package for tests: one field, bonus and penalty, two units.

use cchc_calendar::DaysOff;
use cchc_index::check::load;
use cchc_index::{CriteriaSet, read_inputs, toml_form};
use cchc_text::Severity;
use cchc_text::table::Table;

use super::parts::read_table;
use super::{About, Package, PublishedFigure};

const SET: &str = r#"
id = "thu-2021"
title = "Bộ thử"
year = 2021
status = "illustrative"
status_note = "Chỉ để thử."
total = "10"
result = "percent"
result_decimals = 2
rank_basis = "unrounded"
ties = "shared"

[[group]]
code = "so"
name = "Sở, ban, ngành"

[[group]]
code = "huyen"
name = "UBND cấp huyện"

[[class]]
name = "Tốt"
from = "80"
floor = "50"

[[class]]
name = "Yếu"
from = "0"

[[criterion]]
code = "1"
title = "Cải cách thủ tục hành chính"
max = "10"

[[criterion]]
code = "1.1"
title = "Hồ sơ đúng hạn"
max = "8"
rule = { kind = "proportional", full_at = "1", if_empty = "not_applicable" }
source = "person"

[[criterion]]
code = "1.2"
title = "Có kế hoạch"
max = "2"
rule = { kind = "choice", options = [
  { id = "co", label = "Có", points = "2" },
  { id = "khong", label = "Không", points = "0" },
] }
source = "person"
may_be_na = true

[[criterion]]
code = "C"
title = "Điểm thưởng"
max = "1"
part = "bonus"

[[criterion]]
code = "C.1"
title = "Sáng kiến"
max = "1"
rule = { kind = "bonus", each = "0.5", cap = "1" }
source = "person"

[[criterion]]
code = "T"
title = "Điểm trừ"
max = "2"
part = "penalty"

[[criterion]]
code = "T.1"
title = "Kỷ luật"
max = "2"
rule = { kind = "penalty", each = "0.5", cap = "2" }
source = "person"
"#;

const INPUT: &str = "unit,unit_name,group,criterion,value,of\n\
                     U1,Sở Một,so,1.1,5,16\nU1,Sở Một,so,1.2,na,\nU1,Sở Một,so,C.1,2,\n\
                     U2,Sở Hai,so,1.1,19,24\nU2,Sở Hai,so,1.2,co,\n";

const DAYS: &str = "date,weekday,kind,name,source,confidence\n\
                    2021-01-01,Fri,holiday,\"Tết Dương lịch, nghỉ\",Bộ luật Lao động,verified\n";

/// The set of the sample.
pub(crate) fn set() -> CriteriaSet {
    let (form, mut findings) = toml_form::read("set.toml", SET);
    let (set, more) = load(&form);
    findings.extend(more);
    findings.retain(|finding| finding.severity == Severity::Error);
    assert_eq!(findings, []);
    set.unwrap()
}

/// A CSV text as a table.
pub(crate) fn table(text: &str) -> Table {
    read_table("input.csv", text.as_bytes(), 1_000_000).unwrap()
}

/// The days off of the sample.
pub(crate) fn days_off() -> DaysOff {
    DaysOff::from_table(&table(DAYS)).0
}

/// A package of the sample set over these input rows (with a header).
pub(crate) fn package_of(input: &str) -> Package {
    let set = set();
    let (inputs, _) = read_inputs(&set, &[table(input)]);
    let about = About {
        id: "thu".into(),
        title: "Kết quả thử năm 2021".into(),
        organiser: "UBND tỉnh".into(),
        published_on: Some("2022-01-31".parse().unwrap()),
        simulated: true,
        ..About::default()
    };
    let published = vec![PublishedFigure {
        unit: "U1".into(),
        criterion: String::new(),
        label: "Tổng điểm, \"cũ\"".into(),
        points: Some("32.3".parse().unwrap()),
        class: String::new(),
    }];
    Package::build(about, set, inputs, days_off(), published)
}

/// The sample package.
pub(crate) fn package() -> Package {
    package_of(INPUT)
}
