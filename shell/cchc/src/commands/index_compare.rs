//! `cchc index compare`: two criteria sets side by side.

use std::process::ExitCode;

use cchc_index::Criterion;
use cchc_index::compare::{Changes, Difference, compare, summary};

use crate::files;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Bộ cũ: mã bộ có sẵn hoặc tệp.
    before: String,
    /// Bộ mới: mã bộ có sẵn hoặc tệp.
    after: String,
}

/// Lists what was added, dropped, or scores differently.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (before, after) = (files::sound_set(&args.before)?, files::sound_set(&args.after)?);
    let differences = compare(&before, &after);
    for difference in &differences {
        let old = difference.before.and_then(|index| before.criteria.get(index));
        let new = difference.after.and_then(|index| after.criteria.get(index));
        if let Some(line) = line(difference, old, new) {
            println!("{line}");
        }
    }
    let counts = summary(&differences);
    println!(
        "Giữ {} (đổi điểm {}, đổi quy tắc {}), bỏ {}, thêm {}.",
        counts.kept, counts.points, counts.rule, counts.dropped, counts.added
    );
    Ok(ExitCode::SUCCESS)
}

fn line(difference: &Difference, old: Option<&Criterion>, new: Option<&Criterion>) -> Option<String> {
    match (old, new) {
        (Some(old), None) => Some(format!("- {} {} ({} điểm)", old.code, old.title, old.max.vietnamese())),
        (None, Some(new)) => Some(format!("+ {} {} ({} điểm)", new.code, new.title, new.max.vietnamese())),
        (Some(old), Some(new)) if difference.changes != Changes::default() => {
            Some(format!("~ {} → {} {}: {}", old.code, new.code, new.title, changed(difference.changes, old, new)))
        }
        _ => None,
    }
}

fn changed(changes: Changes, old: &Criterion, new: &Criterion) -> String {
    let kind = |node: &Criterion| node.leaf.as_ref().map_or("", |leaf| leaf.rule.kind());
    let mut parts = Vec::new();
    if changes.points {
        parts.push(format!("điểm {} → {}", old.max.vietnamese(), new.max.vietnamese()));
    }
    if changes.rule {
        parts.push(format!("quy tắc {} → {}", kind(old), kind(new)));
    }
    if changes.params {
        parts.push("tham số quy tắc".to_owned());
    }
    if changes.asked {
        parts.push("dữ liệu hỏi, tài liệu, thẩm định hoặc nguồn".to_owned());
    }
    if changes.title {
        parts.push("cách viết tên".to_owned());
    }
    if parts.is_empty() { "đổi mã".to_owned() } else { parts.join("; ") }
}
