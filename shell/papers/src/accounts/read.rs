//! The filled-in workbook: people to enter, and everything that is wrong, cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use cchc_access::Login;
use cchc_text::table::Table;
use cchc_text::{Finding, Findings, Place, fold};
use cchc_units::Registry;
use jiff::civil::Date;

use super::columns::{self, GUIDE_SHEET, ROLES_SHEET, UNITS_SHEET};
use super::row::{Cells, Typed};
use super::{MOST_ROWS, NewAccount};
use crate::{Limits, OldText, read_tables};

/// What a file is read against.
pub struct Around<'a> {
    /// The units through time.
    pub units: &'a Registry,
    /// The day of entering: where a row says no first day.
    pub today: Date,
    /// Whether a login is taken already.
    pub is_taken: &'a dyn Fn(&str) -> bool,
    /// What becomes of text in TCVN3 or VNI.
    pub old_text: OldText,
}

/// Reads the people of a CSV or XLSX file. A row with an error gives no account; the others do.
#[must_use]
pub fn read(name: &str, bytes: &[u8], around: &Around<'_>, limits: &Limits) -> (Vec<NewAccount>, Findings) {
    let (mut tables, mut findings) = match read_tables(name, bytes, limits) {
        Ok(read) => read,
        Err(error) => {
            let message = format!("Không đọc được tệp: {error}");
            return (Vec::new(), vec![Finding::error("unreadable", Place::file(name), message)]);
        }
    };
    around.old_text.treat(&mut tables, &mut findings);
    if findings.iter().any(|finding| finding.code == "old-encoding") {
        return (Vec::new(), findings);
    }
    tables.iter_mut().for_each(columns::named);
    let is_list = |table: &Table| table.column("name").is_some() && table.column("title").is_some();
    let (lists, others): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(is_list);
    let ours = |table: &Table| [GUIDE_SHEET, ROLES_SHEET, UNITS_SHEET].contains(&table.sheet.as_str());
    findings.extend(others.iter().filter(|table| !table.sheet.is_empty() && !ours(table)).map(|table| {
        let message = format!("Trang tính «{}» không có cột Họ và tên và Chức vụ nên không được đọc.", table.sheet);
        Finding::note("unused-sheet", Place::cell(name, table.sheet.clone()), message)
    }));
    let rows: usize = lists.iter().map(|table| table.rows.len()).sum();
    if rows == 0 || rows > MOST_ROWS {
        findings.push(wrong_size(name, rows));
        return (Vec::new(), findings);
    }
    for table in &lists {
        tell_unknown(table, &mut findings);
    }
    let cells = lists.iter().flat_map(|table| table.rows.iter().map(move |row| Cells { table, row }));
    let typed: Vec<Typed> = cells.map(|cells| Typed::read(cells, around, &mut findings)).collect();
    tell_namesakes(&typed, &mut findings);
    let accounts = logins(typed, around, &mut findings);
    (accounts, findings)
}

fn wrong_size(name: &str, rows: usize) -> Finding {
    if rows == 0 {
        let finding = Finding::error("empty", Place::file(name), "Tệp không có dòng nào có cột Họ và tên và Chức vụ.");
        return finding.hint("Tải mẫu và điền vào trang «Tài khoản».");
    }
    let message = format!("Tệp có {rows} dòng, nhiều hơn {MOST_ROWS}.");
    Finding::error("too-many-rows", Place::file(name), message).hint("Chia thành nhiều tệp.")
}

fn tell_unknown(table: &Table, findings: &mut Findings) {
    for (index, column) in table.columns.iter().enumerate() {
        let known = columns::COLUMNS.iter().any(|known| table.column(known.key) == Some(index));
        let Some(first) = table.rows.iter().find(|row| !known && !row.text(Some(index)).is_empty()) else { continue };
        let message = format!("Cột «{column}» không được dùng.");
        findings.push(Finding::warning("unknown-column", table.place(first, index), message));
    }
}

/// Two rows of one name in one unit: the same person twice, or two people.
fn tell_namesakes(typed: &[Typed], findings: &mut Findings) {
    let mut seen: BTreeMap<(String, &str), &Place> = BTreeMap::new();
    for one in typed.iter().filter(|one| !one.name.is_empty()) {
        if let Some(earlier) = seen.insert((fold(&one.name), &one.unit), &one.place) {
            let message = format!("«{}» ở đơn vị {} đã có ở {earlier}.", one.name, one.unit);
            findings.push(Finding::warning("same-name", one.place.clone(), message).hint(
                "Nếu là một người có hai chức vụ, chỉ nhập một dòng; chức vụ thứ hai thêm ở trang của người ấy.",
            ));
        }
    }
}

/// Gives every row without a login a free one; logins that were typed in come first.
fn logins(typed: Vec<Typed>, around: &Around<'_>, findings: &mut Findings) -> Vec<NewAccount> {
    let mut used: BTreeMap<Login, Place> = BTreeMap::new();
    let mut clashing: BTreeSet<usize> = BTreeSet::new();
    for (at, one) in typed.iter().enumerate() {
        let Some(login) = &one.login else { continue };
        if (around.is_taken)(login.as_str()) {
            let finding = Finding::error(
                "login-taken",
                one.login_place.clone(),
                format!("Tên đăng nhập «{login}» đã có người dùng."),
            );
            findings.push(finding.hint("Bỏ trống để hệ thống đặt tên khác, hoặc chọn tên khác."));
            clashing.insert(at);
        }
        if let Some(earlier) = used.get(login) {
            let message = format!("Tên đăng nhập «{login}» đã dùng ở {earlier}.");
            findings.push(Finding::error("duplicate-login", one.login_place.clone(), message));
            clashing.insert(at);
            continue;
        }
        used.insert(login.clone(), one.login_place.clone());
    }
    let mut accounts = Vec::new();
    for (at, one) in typed.into_iter().enumerate() {
        if clashing.contains(&at) {
            continue;
        }
        let login = one.login.clone().or_else(|| offer(&one.name, &used, around));
        if login.is_none() && one.is_sound {
            let message = format!("Không đặt được tên đăng nhập từ «{}».", one.name);
            findings.push(Finding::error("no-login", one.login_place.clone(), message).hint("Ghi tên đăng nhập."));
        }
        let Some(login) = login else { continue };
        used.entry(login.clone()).or_insert_with(|| one.place.clone());
        accounts.extend(one.account(login));
    }
    accounts
}

fn offer(name: &str, used: &BTreeMap<Login, Place>, around: &Around<'_>) -> Option<Login> {
    let most = u32::try_from(MOST_ROWS).unwrap_or(u32::MAX);
    let offers = (0..most).map_while(|nth| Login::suggest(name, nth));
    offers.into_iter().find(|login| !used.contains_key(login) && !(around.is_taken)(login.as_str()))
}
