//! Rows of the files to versions, with every finding of a single row.

use std::collections::{BTreeMap, BTreeSet};

use cchc_text::date::vietnamese;
use cchc_text::table::{Row, Table};
use cchc_text::{Finding, Findings, Place};
use jiff::civil::Date;

use crate::level::Level;
use crate::period::Period;
use crate::version::{UnitId, Version};

/// The columns of a table of administrative units.
pub const UNIT_COLUMNS: [&str; 10] =
    ["code", "name", "level", "type", "parent", "valid_from", "valid_to", "successor", "legal_basis", "confidence"];

/// The columns of a table of departments: level and type are `so`, `province` is the parent.
pub const DEPARTMENT_COLUMNS: [&str; 9] =
    ["order", "code", "symbol", "name", "province", "valid_from", "valid_to", "successor", "confidence"];

/// Columns without which a table is still read.
const OPTIONAL: [&str; 5] = ["type", "legal_basis", "confidence", "order", "symbol"];

/// A row that could be read, and where its cells stand.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub version: Version,
    pub at: Places,
}

/// Where the cells stand that are checked against other rows.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub parent: Place,
    pub start: Place,
    pub successor: Place,
}

/// What was read of all tables.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The rows that could be read, in the order of the files.
    pub drafts: Vec<Draft>,
    /// Every code that some row bears, also a row that could not be read.
    pub codes: BTreeSet<String>,
    pub findings: Findings,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Units,
    Departments,
}

impl Reading {
    /// Reads a table of units or, where it has a column `province` and none `level`, of departments.
    pub(crate) fn add(&mut self, table: &Table) {
        let form = if table.column("level").is_none() && table.column("province").is_some() {
            Form::Departments
        } else {
            Form::Units
        };
        let columns: &[&'static str] = if form == Form::Units { &UNIT_COLUMNS } else { &DEPARTMENT_COLUMNS };
        let missing: Vec<_> = columns.iter().copied().filter(|name| table.column(name).is_none()).collect();
        self.findings.extend(missing.iter().map(|name| missing_column(table, name, columns)));
        let readable = missing.iter().all(|name| OPTIONAL.contains(name));
        let names = columns.iter().chain(&OPTIONAL);
        let columns: Columns = names.filter_map(|&name| Some((name, table.column(name)?))).collect();
        for (row, position) in table.rows.iter().zip(1_u32..) {
            let mut reader = RowReader { table, columns: &columns, row, findings: &mut self.findings };
            let code = reader.text("code");
            if !code.is_empty() {
                self.codes.insert(code.clone());
            }
            if readable {
                self.drafts.extend(reader.draft(form, code, position));
            }
        }
    }
}

fn missing_column(table: &Table, name: &str, columns: &[&str]) -> Finding {
    let place = Place::file(table.file.clone());
    let finding = if OPTIONAL.contains(&name) {
        Finding::warning("missing-column", place, format!("Thiếu cột «{name}»."))
    } else {
        Finding::error("missing-column", place, format!("Thiếu cột «{name}»; không đọc được bảng này."))
    };
    finding.hint(format!("Các cột cần có: {}.", columns.join(", ")))
}

/// Where the columns stand: looked up once a table.
type Columns = BTreeMap<&'static str, usize>;

struct RowReader<'a> {
    table: &'a Table,
    columns: &'a Columns,
    row: &'a Row,
    findings: &'a mut Findings,
}

impl RowReader<'_> {
    fn column(&self, name: &str) -> Option<usize> {
        self.columns.get(name).copied()
    }

    /// The cell in NFC and trimmed; says so where it had to be converted.
    fn text(&mut self, column: &str) -> String {
        let raw = self.row.text(self.column(column)).trim();
        let text = cchc_text::nfc(raw);
        if text != raw {
            let message = format!("«{text}» viết bằng dấu tổ hợp rời (NFD); đã chuyển sang dấu dựng sẵn (NFC).");
            self.findings.push(Finding::note("decomposed-text", self.place(column), message));
        }
        text.into_owned()
    }

    fn place(&self, column: &str) -> Place {
        let place = self.table.place(self.row, self.column(column).unwrap_or_default());
        let code = self.row.text(self.column("code")).trim();
        if code.is_empty() { place } else { place.of_unit(cchc_text::nfc(code)) }
    }

    fn error(&mut self, code: &'static str, column: &str, message: String, hint: &str) {
        let finding = Finding::error(code, self.place(column), message);
        self.findings.push(if hint.is_empty() { finding } else { finding.hint(hint) });
    }

    fn draft(&mut self, form: Form, code: String, position: u32) -> Option<Draft> {
        let code = self.checked_code(code);
        let name = self.name();
        let level = if form == Form::Units { self.level() } else { Some(Level::Department) };
        let kind = if form == Form::Units { self.text("type") } else { "so".to_owned() };
        let parent_column = if form == Form::Units { "parent" } else { "province" };
        let parent = Some(self.text(parent_column)).filter(|parent| !parent.is_empty());
        let period = self.period();
        let successors = self.successors();
        let symbol = Some(self.text("symbol")).filter(|symbol| !symbol.is_empty());
        let order = self.order(position);
        let (legal_basis, confidence) = (self.text("legal_basis"), self.text("confidence"));
        let (code, name, level, period) = (code?, name?, level?, period?);
        let at = Places {
            parent: self.place(parent_column),
            start: self.place("valid_from"),
            successor: self.place("successor"),
        };
        let version = Version {
            unit: UnitId { code: code.clone(), founded: period.from },
            code,
            symbol,
            name,
            level,
            kind,
            parent,
            period,
            successors,
            legal_basis,
            confidence,
            order,
            place: self.place("code"),
        };
        Some(Draft { version, at })
    }

    fn checked_code(&mut self, code: String) -> Option<String> {
        if code.is_empty() {
            self.error("no-code", "code", "Dòng không có mã đơn vị; dòng này không được dùng.".to_owned(), "");
            return None;
        }
        if code.contains(|letter: char| letter.is_whitespace() || matches!(letter, '@' | ';')) {
            let message = format!("Mã «{code}» có dấu cách, @ hoặc ;. Dòng này không được dùng.");
            self.error("bad-code", "code", message, "Mã viết liền, ví dụ 08707 hoặc VP.STC.");
            return None;
        }
        Some(code)
    }

    fn name(&mut self) -> Option<String> {
        let name = self.text("name");
        if name.is_empty() {
            self.error("no-name", "name", "Đơn vị không có tên; dòng này không được dùng.".to_owned(), "");
            return None;
        }
        Some(name)
    }

    fn level(&mut self) -> Option<Level> {
        let text = self.text("level");
        let level = Level::from_code(&text);
        if level.is_none() {
            let message = format!("Không có cấp «{text}»; dòng này không được dùng.");
            self.error("unknown-level", "level", message, "Các cấp: tinh, so, huyen, xa.");
        }
        level
    }

    fn period(&mut self) -> Option<Period> {
        let (from, to) = (self.date("valid_from"), self.date("valid_to"));
        let period = Period { from: from?, to: to? };
        if period.end() < period.start() {
            let (from, to) = (vietnamese(period.start()), vietnamese(period.end()));
            let message = format!("Ngày kết thúc {to} trước ngày bắt đầu {from}; dòng này không được dùng.");
            self.error("ends-before-start", "valid_to", message, "Xem lại valid_from và valid_to.");
            return None;
        }
        Some(period)
    }

    /// `None`: no date. `Some(None)`: an empty cell.
    #[expect(clippy::option_option, reason = "an empty cell is an answer, a bad date is none")]
    fn date(&mut self, column: &str) -> Option<Option<Date>> {
        let text = self.text(column);
        if text.is_empty() {
            return Some(None);
        }
        match cchc_text::date::parse(&text) {
            Ok(date) => Some(Some(date)),
            Err(error) => {
                let message = format!("«{text}» ở cột {column}: {error}; dòng này không được dùng.");
                self.error("bad-date", column, message, "Để trống nếu không giới hạn.");
                None
            }
        }
    }

    /// Codes separated by `;`, each once.
    fn successors(&mut self) -> Vec<String> {
        let text = self.text("successor");
        let mut codes: Vec<String> = Vec::new();
        for code in text.split(';').map(str::trim).filter(|code| !code.is_empty()) {
            if !codes.iter().any(|known| known == code) {
                codes.push(code.to_owned());
            }
        }
        codes
    }

    fn order(&mut self, position: u32) -> u32 {
        let text = self.text("order");
        if text.is_empty() {
            return position;
        }
        text.parse().unwrap_or_else(|_| {
            let message = format!("«{text}» không phải là số thứ tự; đơn vị xếp theo thứ tự trong tệp.");
            self.findings.push(Finding::warning("bad-order", self.place("order"), message));
            position
        })
    }
}
