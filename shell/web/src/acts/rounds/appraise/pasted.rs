//! A column copied from Excel: unit, answer, reason a line; or answers alone, in the order of the page.

use cchc_text::{fold, nfc};

/// A line of what was pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Where it stands: `dòng 3`.
    pub place: String,
    /// The position of its row on the page; `None`: there is none, and `name` says what stood there.
    pub row: Option<usize>,
    /// What stands for the unit.
    pub name: String,
    /// What counts.
    pub value: String,
    /// The denominator; may be empty.
    pub of: String,
    /// Why.
    pub reason: String,
    /// What the decision relied on; empty: what stands now.
    pub mark: String,
    /// What is wrong with the line itself.
    pub wrong: String,
}

/// Cells of a line that are taken: unit, answer, denominator, reason.
const CELLS: usize = 4;
/// What may stand above the codes of units.
const HEADS: [&str; 6] = ["don vi", "ma don vi", "ten don vi", "ma", "unit", "don vi duoc cham"];

/// Reads what was pasted; `known` are code and name of each row, in the order of the page.
#[must_use]
pub fn read(text: &str, known: &[(String, String)], takes_of: bool) -> Vec<Said> {
    let known: Vec<(String, String)> = known.iter().map(|(code, name)| (fold(code), fold(name))).collect();
    let lines = text.lines().enumerate().map(|(at, line)| (at.saturating_add(1), nfc(line).into_owned()));
    let lines: Vec<(usize, Vec<String>)> = lines
        .map(|(at, line)| (at, line.split('\t').map(|cell| cell.trim().trim_matches('"').to_owned()).collect()))
        .collect();
    let filled = |cells: &[String]| cells.iter().any(|cell| !cell.is_empty());
    let find = |cells: &[String]| find(&known, cells.first().map_or("", String::as_str));
    let named = lines.iter().any(|(_, cells)| find(cells).is_some());
    if !named {
        let mut lines: &[(usize, Vec<String>)] = &lines;
        while let [rest @ .., (_, last)] = lines {
            if filled(last) {
                break;
            }
            lines = rest;
        }
        return lines.iter().enumerate().map(|(row, line)| in_order(row, line, known.len(), takes_of)).collect();
    }
    let is_head = |at: usize, cells: &[String]| {
        at == 0 && cells.first().is_some_and(|first| HEADS.contains(&fold(first).as_str()))
    };
    let lines = lines.iter().enumerate().filter(|(at, (_, cells))| filled(cells) && !is_head(*at, cells));
    lines
        .map(|(_, (number, cells))| {
            let row = find(cells);
            let name = cells.first().cloned().unwrap_or_default();
            let said = cells_of(*number, cells.get(1..).unwrap_or_default(), takes_of);
            let wrong = match row {
                None => format!("không có đơn vị «{name}» trên trang này"),
                Some(_) => said.wrong.clone(),
            };
            Said { row, name, wrong, ..said }
        })
        .collect()
}

/// A line without a unit: the row of that position.
fn in_order(row: usize, (number, cells): &(usize, Vec<String>), rows: usize, takes_of: bool) -> Said {
    let said = cells_of(*number, cells, takes_of);
    if row < rows {
        return Said { row: Some(row), ..said };
    }
    let wrong = format!("trang chỉ có {rows} dòng; ghi mã đơn vị ở ô đầu nếu thứ tự khác");
    Said { name: format!("dòng thứ {}", row.saturating_add(1)), wrong, ..said }
}

/// Answer, denominator and reason of a line.
fn cells_of(number: usize, cells: &[String], takes_of: bool) -> Said {
    let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
    let value = cell(0);
    let (value, of, rest): (String, String, usize) = match value.split_once('/').filter(|_| takes_of) {
        Some((value, of)) => (value.trim().to_owned(), of.trim().to_owned(), 1),
        None if takes_of && is_count(&cell(1)) => (value, cell(1), 2),
        None => (value, String::new(), 1),
    };
    let extra: Vec<&str> = cells.iter().skip(rest.saturating_add(1)).map(String::as_str).collect();
    let extra: Vec<&str> = extra.into_iter().filter(|cell| !cell.is_empty()).collect();
    let wrong = match extra.as_slice() {
        [] => String::new(),
        [first, ..] => format!(
            "có {} ô thừa (ô đầu: «{}»); mỗi dòng nhận nhiều nhất {CELLS} ô: đơn vị, câu trả lời, mẫu số, lý do",
            extra.len(),
            first.chars().take(40).collect::<String>()
        ),
    };
    Said { place: format!("dòng {number}"), value, of, reason: cell(rest), wrong, ..Said::default() }
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && cchc_text::number::parse(text).is_ok()
}

/// The row of a unit by its code or name, however it is written; none where two units bear the name.
fn find(known: &[(String, String)], text: &str) -> Option<usize> {
    let text = fold(text);
    if text.is_empty() {
        return None;
    }
    let by_code = known.iter().position(|(code, _)| *code == text);
    by_code.or_else(|| {
        let mut named = known.iter().enumerate().filter(|(_, (_, name))| *name == text).map(|(at, _)| at);
        named.next().filter(|_| named.next().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<(String, String)> {
        [("08707", "Phường Tích Sơn"), ("08710", "Xã Đồng Tĩnh"), ("VP.SNV", "Sở Nội vụ")]
            .map(|(code, name)| (code.to_owned(), name.to_owned()))
            .to_vec()
    }

    #[test]
    fn units_are_found_by_code_and_by_name_however_it_is_written() {
        let text = "Đơn vị\tKết quả\n08707\t653/654\tkhớp\nxa đồng tĩnh\t5\t6\tthiếu\nSo\u{309}\u{31b} No\u{323}\u{302}i vu\u{323}\t1 / 2\n";
        let said = read(text, &known(), true);
        let told: Vec<_> =
            said.iter().map(|said| (said.row, said.value.as_str(), said.of.as_str(), said.reason.as_str())).collect();
        assert_eq!(told[..2], [(Some(0), "653", "654", "khớp"), (Some(1), "5", "6", "thiếu")]);
        assert_eq!(said.len(), 3);
        assert_eq!(said[0].place, "dòng 2");
    }

    #[test]
    fn answers_alone_follow_the_order_of_the_page() {
        let said = read("du\n\nthieu\tvì sao\n\n", &known(), false);
        let told: Vec<_> = said.iter().map(|said| (said.row, said.value.as_str())).collect();
        assert_eq!(told, [(Some(0), "du"), (Some(1), ""), (Some(2), "thieu")]);
        let more = read("1\n2\n3\n4", &known(), false);
        assert!(more[3].row.is_none() && more[3].wrong.contains("chỉ có 3 dòng"), "{more:?}");
    }

    #[test]
    fn a_table_of_200_by_100_is_told_line_by_line_and_nothing_is_lost() {
        let line = |at: usize| {
            let cells: Vec<String> = (0..100).map(|column| format!("chữ {at}.{column}")).collect();
            cells.join("\t")
        };
        let text = (0..200).map(line).collect::<Vec<_>>().join("\n");
        let said = read(&format!("08707\t1\n{text}"), &known(), false);
        assert_eq!(said.len(), 201);
        assert!(said[1..].iter().all(|said| said.wrong.contains("không có đơn vị")));
        let said = read(&text, &known(), false);
        assert!(said[0].wrong.contains("98 ô thừa") && said[0].value == "chữ 0.0", "{:?}", said[0]);
    }
}
