//! Due dates with pauses, without explanations.

use cchc_calendar::{Calendar, Convention, DaysOff, Law, Limit, OfficeHours, Pauses, Schedule};
use cchc_papers::{Limits, read_tables};
use cchc_text::table::Table;
use jiff::ToSpan;
use jiff::civil::{DateTime, date};

use crate::data;
use crate::report::{Report, median_of};

/// How many due dates are counted together.
const COUNT: i64 = 10_000;
/// What they may take: 200 ns each, in milliseconds.
const ALLOWED: f64 = 2.0;

/// Limits of three kinds, from ten thousand moments of ten years, each with three pauses.
pub fn measure(report: &mut Report) -> anyhow::Result<()> {
    let law = Law::from_table(&table("statutory-days.csv")?).0;
    let calendar = Calendar::new(&law, &DaysOff::from_table(&table("days-off-2019-2026.csv")?).0);
    let hours = OfficeHours::from_table(&table("office-hours.csv")?).0;
    let make = || Schedule::new(&calendar, &hours, "");
    report.plain("lịch làm việc của một đơn vị, 1995–2100", median_of(7, make));
    let schedule = make();
    let dossiers: Vec<(DateTime, Pauses)> = (0..COUNT).map(dossier).collect();
    for text in ["15wd", "16wh", "20d"] {
        let limit: Limit = text.parse()?;
        let due =
            |(start, pauses): &(DateTime, Pauses)| schedule.due(*start, limit, Convention::NextDay, pauses).is_ok();
        let time = median_of(21, || dossiers.iter().filter(|dossier| due(dossier)).count());
        report.budget(&format!("10.000 hạn {text}, mỗi hạn ba lần tạm dừng"), time, ALLOWED);
    }
    Ok(())
}

/// A moment and three pauses after it, spread without a dice.
fn dossier(number: i64) -> (DateTime, Pauses) {
    let start = date(2018, 1, 1).at(0, 0, 0, 0) + (number * 7919 % (3650 * 1440)).minutes();
    let pause = |from: i64, to: i64| (start + from.minutes(), start + to.minutes());
    (start, Pauses::of([pause(2000, 5000), pause(9000, 12_000), pause(20_000, 26_000)]))
}

fn table(name: &str) -> anyhow::Result<Table> {
    let (tables, _) = read_tables(name, &data(&format!("calendar/{name}"))?, &Limits::default())?;
    tables.into_iter().next().ok_or_else(|| anyhow::anyhow!("không có bảng trong {name}"))
}
