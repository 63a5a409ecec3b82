//! Budgets as ratios: measured ÷ allowed. See the README.

mod due;
mod inputs;
mod ledger;
mod report;
mod rounds;
mod server;

use std::hint::black_box;
use std::path::Path;

use cchc_calendar::DaysOff;
use cchc_index::set_form::to_form;
use cchc_index::{CriteriaSet, Inputs, because, check, score, toml_form};
use cchc_papers::package::{self, About, Package};
use cchc_papers::{Limits, input_file, results_xlsx, set_file, set_xlsx};
use report::{Report, median_of};

fn main() -> anyhow::Result<()> {
    let program = std::env::args().nth(1).map(std::path::PathBuf::from);
    let mut report = Report::default();
    // `CCHC_BENCH_ONLY=ledger`, `=rounds`, `=due`: one part while working on it.
    let only = std::env::var("CCHC_BENCH_ONLY").unwrap_or_default();
    if only.is_empty() || only == "ledger" {
        ledger::measure(&mut report)?;
    }
    if only.is_empty() || only == "rounds" {
        rounds::measure(&mut report)?;
    }
    if only == "due" {
        due::measure(&mut report)?;
    }
    if !only.is_empty() {
        report.print();
        return Ok(());
    }
    domain(&mut report)?;
    due::measure(&mut report)?;
    if let Some(program) = program {
        server::measure(&program, &mut report)?;
    }
    report.print();
    Ok(())
}

fn data(name: &str) -> anyhow::Result<Vec<u8>> {
    Ok(std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../data").join(name))?)
}

fn set(id: &str) -> anyhow::Result<CriteriaSet> {
    let file = format!("{id}.toml");
    let (set, _) = set_file::read(&file, &data(&format!("criteria/{file}"))?, &Limits::default())?;
    set.ok_or_else(|| anyhow::anyhow!("không đọc được {file}"))
}

fn domain(report: &mut Report) -> anyhow::Result<()> {
    let set = set("vp-2021-so")?;
    let days_off = days_off()?;
    let small = inputs::of(&set, 200);
    let large = inputs::of(&set, 10_000);

    let small_time = median_of(41, || black_box(score(&set, &small, &days_off)));
    report.budget("chấm 200 × 100, không diễn giải", small_time, 20.0);
    let large_time = median_of(5, || black_box(score(&set, &large, &days_off)));
    report.against("chấm 10.000 × 100, so với 50 lần 200 × 100", large_time, small_time * 50.0);
    report.plain("diễn giải 200 × 100 dòng", median_of(5, || traces(&set, &small, &days_off)));

    let text = toml_form::write(&to_form(&set));
    report.plain("đọc và kiểm tra bộ 100 dòng (TOML)", median_of(21, || read_set(&text)));
    let workbook = set_xlsx::write(&set)?;
    report.plain(
        "đọc và kiểm tra bộ 100 dòng (XLSX)",
        median_of(11, || black_box(set_file::read("bo.xlsx", &workbook, &Limits::default()).is_ok())),
    );
    files(report, &set, &small, &days_off)
}

fn files(report: &mut Report, set: &CriteriaSet, inputs: &Inputs, days_off: &DaysOff) -> anyhow::Result<()> {
    let about = About { id: "do".to_owned(), title: "Đo hiệu năng".to_owned(), ..About::default() };
    let package = Package::build(about, set.clone(), inputs.clone(), days_off.clone(), Vec::new());
    let bytes = package::write(&package)?;
    report.size("gói kết quả 200 × 100", bytes.len());
    report.plain("ghi gói 200 × 100", median_of(7, || black_box(package::write(&package).is_ok())));
    report.plain(
        "kiểm chứng gói 200 × 100",
        median_of(7, || black_box(package::read(&bytes, &Limits::default()).is_ok_and(|verified| verified.holds()))),
    );
    let csv = input_file::write_csv(set, inputs);
    let read = |name: &str, bytes: &[u8]| black_box(input_file::read(set, name, bytes, &Limits::default()).is_ok());
    report.plain("đọc số liệu 200 × 100 (CSV)", median_of(7, || read("so-lieu.csv", csv.as_bytes())));
    let workbook = input_file::template_xlsx(set, &inputs::units(200))?;
    report.plain("đọc số liệu 200 × 100 (XLSX)", median_of(5, || read("so-lieu.xlsx", &workbook)));
    report.plain("ghi bảng điểm 200 × 100 (XLSX)", median_of(5, || black_box(results_xlsx::write(&package).is_ok())));
    Ok(())
}

fn traces(set: &CriteriaSet, inputs: &Inputs, days_off: &DaysOff) -> usize {
    let lines = inputs.units.iter().flat_map(|unit| set.leaves().map(move |(index, _, _)| (unit, index)));
    lines.map(|(unit, index)| because(set, index, &unit.answers[index], days_off).len()).sum()
}

fn read_set(text: &str) -> usize {
    let (form, syntax) = toml_form::read("bo.toml", text);
    let (set, findings) = check::load(&form);
    black_box(set);
    syntax.len() + findings.len()
}

fn days_off() -> anyhow::Result<DaysOff> {
    let bytes = data("calendar/days-off-2019-2026.csv")?;
    let (tables, _) = cchc_papers::read_tables("days-off.csv", &bytes, &Limits::default())?;
    let table = tables.first().ok_or_else(|| anyhow::anyhow!("không có bảng ngày nghỉ"))?;
    Ok(DaysOff::from_table(table).0)
}
