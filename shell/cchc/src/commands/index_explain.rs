//! `cchc index explain`: the points of one unit, line by line, down to what was reported.

use std::process::ExitCode;

use anyhow::bail;
use cchc_index::set::Part;
use cchc_index::{Criterion, Exact, ScoredUnit, UnitInput, because};
use cchc_papers::package::{About, Package};

use crate::commands::index_score::Scoring;
use crate::say;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scoring: Scoring,
    /// Mã đơn vị.
    #[arg(long)]
    unit: String,
    /// Chỉ tiêu chí này và các tiêu chí con của nó.
    #[arg(long)]
    criterion: Option<String>,
}

/// Explains; what concerns other units is left out.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (package, mut findings) = args.scoring.run(About::default())?;
    let Some(unit) = package.scored.units.iter().find(|unit| unit.code == args.unit) else {
        let near = near_codes(&package, &args.unit);
        bail!("số liệu không có đơn vị «{}»{near}", args.unit);
    };
    let set = &package.set;
    let root = match &args.criterion {
        None => None,
        Some(code) => match set.find(code) {
            Some((index, _)) => Some(index),
            None => bail!("bộ {} không có tiêu chí «{code}»", set.id),
        },
    };
    if root.is_none() {
        println!("{}", headline(&package, unit));
    }
    let input = package.inputs.units.iter().find(|input| input.code == unit.code);
    for (index, node) in set.criteria.iter().enumerate() {
        if root.is_none_or(|root| is_below(&package, index, root)) {
            print_node(&package, unit, input, index, node);
        }
    }
    findings.retain(|finding| finding.place.unit.as_ref().is_none_or(|code| *code == args.unit));
    say::findings(&findings);
    Ok(ExitCode::SUCCESS)
}

fn number(value: &Exact) -> String {
    cchc_index::trace::short(value)
}

fn headline(package: &Package, unit: &ScoredUnit) -> String {
    let set = &package.set;
    let result = unit.printed(set).map_or_else(|| "–".to_owned(), |text| cchc_text::number::vietnamese(&text));
    let rank = unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let class = unit.class_name(set).unwrap_or("–");
    let outside = if unit.bonus.is_zero() && unit.penalty.is_zero() {
        String::new()
    } else {
        format!(", thưởng {}, trừ {}", number(&unit.bonus), number(&unit.penalty))
    };
    let (total, max) = (number(&unit.total), number(&unit.applicable_max));
    format!("{} {}: {total} / {max} điểm{outside} → kết quả {result}, loại {class}, hạng {rank}", unit.code, unit.name)
}

fn is_below(package: &Package, index: usize, root: usize) -> bool {
    let parent = |at: &usize| package.set.criteria.get(*at).and_then(|node| node.parent);
    std::iter::successors(Some(index), parent).any(|at| at == root)
}

fn print_node(package: &Package, unit: &ScoredUnit, input: Option<&UnitInput>, index: usize, node: &Criterion) {
    let set = &package.set;
    let Some(score) = unit.nodes.get(index) else { return };
    let indent = "  ".repeat(set.depth(index));
    let sign = match node.part {
        Part::Scored => "",
        Part::Bonus => "+ ",
        Part::Penalty => "− ",
    };
    let points = match score.applicable {
        true => format!("{sign}{} / {}", number(&score.points), number(&score.max)),
        false => "không áp dụng".to_owned(),
    };
    println!("{indent}{} {}: {points}", node.code, node.title);
    if let (Some(leaf), Some(answer)) = (&node.leaf, input.and_then(|input| input.answers.get(index))) {
        println!("{indent}    Quy tắc: {}", leaf.rule.in_words(node.max));
        for step in because(set, index, answer, &package.days_off) {
            println!("{indent}    {step}");
        }
    }
}

fn near_codes(package: &Package, code: &str) -> String {
    let wanted = cchc_text::fold(code);
    let is_near = |unit: &&ScoredUnit| {
        let (code, name) = (cchc_text::fold(&unit.code), cchc_text::fold(&unit.name));
        code.contains(&wanted) || wanted.contains(&code) || name.contains(&wanted)
    };
    let near: Vec<String> = package
        .scored
        .units
        .iter()
        .filter(is_near)
        .take(5)
        .map(|unit| format!("{} {}", unit.code, unit.name))
        .collect();
    if near.is_empty() { String::new() } else { format!("; có phải: {}?", near.join("; ")) }
}
