//! What a criterion asks in a workbook: in words, with the cell in which it is answered.

use std::fmt::Write as _;

use cchc_index::rule::Rule;
use cchc_index::{CriteriaSet, Criterion, Leaf};
use rust_xlsxwriter::{DataValidation, Format, Worksheet, XlsxError};

use crate::look;

/// What an inline list of a drop-down may hold.
const LIST_CHARS: usize = 255;
/// Ranges of one drop-down; Excel bounds the text that lists them.
const RANGES: usize = 500;

/// What one criterion asks.
pub(crate) struct Asks<'a> {
    pub node: &'a Criterion,
    pub leaf: &'a Leaf,
    pub max: String,
    pub asked: String,
    pub how: String,
    pub rule: String,
}

/// What the leaves of a set ask, in its order.
pub(crate) fn asks(set: &CriteriaSet) -> Vec<Asks<'_>> {
    let one = |(_, node, leaf): (usize, _, _)| {
        let (node, leaf): (&Criterion, &Leaf) = (node, leaf);
        Asks {
            node,
            leaf,
            max: node.max.vietnamese(),
            asked: asked(node, leaf),
            how: how(leaf),
            rule: leaf.rule.in_words(node.max),
        }
    };
    set.leaves().map(one).collect()
}

/// What is asked, with numerator and denominator told apart.
fn asked(node: &Criterion, leaf: &Leaf) -> String {
    match leaf.input.split_once(" | ") {
        Some((value, of)) => format!("value: {}\nof: {}", value.trim(), of.trim()),
        None if leaf.input.is_empty() => node.title.clone(),
        None => leaf.input.clone(),
    }
}

/// What the cells take: for choices each id with its label.
fn how(leaf: &Leaf) -> String {
    let mut how = match &leaf.rule {
        Rule::Choice(choice) => {
            let options: Vec<String> =
                choice.options.iter().map(|option| format!("{}: {}", option.id, option.label)).collect();
            format!("value: một trong các mã\n{}", options.join("\n"))
        }
        rule => rule.asks(),
    };
    if leaf.may_be_na {
        let _infallible = write!(how, "\nna: không áp dụng");
    }
    how
}

/// Ids and several dates must stay as typed, a single date is shown as one, numbers are numbers.
pub(crate) fn value_format(leaf: &Leaf) -> Format {
    let open = look::cell().set_unlocked().set_background_color(look::PALE);
    match &leaf.rule {
        Rule::Choice(_) | Rule::Rating(_) => open.set_num_format("@"),
        Rule::Timeliness(rule) if rule.due.len() > 1 => open.set_num_format("@"),
        Rule::Timeliness(_) => open.set_num_format("dd/mm/yyyy"),
        _ => open,
    }
}

/// Whether the rule counts two numbers: shown by what it asks.
pub(crate) fn takes_of(rule: &Rule) -> bool {
    rule.asks().contains("of:")
}

/// The drop-down of a choice in one column of these rows.
pub(crate) fn drop_down(sheet: &mut Worksheet, asks: &Asks<'_>, column: u16, rows: &[u32]) -> Result<(), XlsxError> {
    let Rule::Choice(choice) = &asks.leaf.rule else { return Ok(()) };
    let mut ids: Vec<&str> = choice.options.iter().map(|option| option.id.as_str()).collect();
    ids.extend(asks.leaf.may_be_na.then_some("na"));
    if ids.join(",").chars().count() > LIST_CHARS || ids.iter().any(|id| id.contains(',')) {
        return Ok(());
    }
    let hint: String = asks.how.chars().take(LIST_CHARS).collect();
    let list = DataValidation::new()
        .allow_list_strings(&ids)?
        .set_input_title(format!("Tiêu chí {}", asks.node.code).chars().take(32).collect::<String>())?
        .set_input_message(hint)?
        .set_error_title("Không có lựa chọn này")?
        .set_error_message("Hãy chọn một mã trong danh sách.")?;
    for rows in rows.chunks(RANGES) {
        let Some(first) = rows.first() else { continue };
        let ranges: Vec<String> = rows.iter().map(|row| rust_xlsxwriter::row_col_to_cell(*row, column)).collect();
        sheet.add_data_validation(*first, column, *first, column, &list.clone().set_multi_range(ranges.join(" ")))?;
    }
    Ok(())
}
