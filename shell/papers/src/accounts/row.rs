//! One row of the workbook.

use cchc_access::{Login, Role};
use cchc_text::date::{parse, vietnamese};
use cchc_text::table::{Row, Table};
use cchc_text::{Finding, Findings, Place, fold, tidy};
use jiff::civil::Date;

use super::NewAccount;
use super::columns::shown;
use super::read::Around;

/// Longest name, as a person's name may be.
const LONGEST_NAME: usize = 100;
/// Digits of a telephone number in Vietnam, and of one abroad with its country.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A row with its table.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) table: &'a Table,
    pub(super) row: &'a Row,
}

/// What a row says.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) place: Place,
    pub(super) login_place: Place,
    pub(super) name: String,
    pub(super) login: Option<Login>,
    pub(super) unit: String,
    /// Whether nothing in it is an error.
    pub(super) is_sound: bool,
    title: String,
    party_title: String,
    roles: Vec<Role>,
    fields: Vec<String>,
    from: Date,
    to: Option<Date>,
    document: String,
    phone: String,
    email: String,
}

impl Cells<'_> {
    fn text(self, key: &str) -> String {
        tidy(self.row.text(self.table.column(key))).into_owned()
    }

    fn place(self, key: &str) -> Place {
        self.table.place(self.row, self.table.column(key).unwrap_or_default())
    }

    fn list(self, key: &str) -> Vec<String> {
        let text = self.text(key);
        let parts = text.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }
}

/// Reads cells and remembers whether one was wrong.
struct Reader<'a, 'f> {
    cells: Cells<'a>,
    findings: &'f mut Findings,
    is_sound: bool,
}

impl Reader<'_, '_> {
    fn error(&mut self, code: &'static str, key: &str, message: impl Into<String>, hint: Option<String>) {
        self.is_sound = false;
        let finding = Finding::error(code, self.cells.place(key), message);
        self.findings.push(match hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        });
    }

    fn note(&mut self, code: &'static str, key: &str, message: impl Into<String>) {
        self.findings.push(Finding::note(code, self.cells.place(key), message));
    }

    fn required(&mut self, code: &'static str, key: &str) -> String {
        let text = self.cells.text(key);
        if text.is_empty() {
            self.error(code, key, format!("Thiếu {}.", shown(key).to_lowercase()), None);
        }
        text
    }

    fn login(&mut self) -> Option<Login> {
        let text = self.cells.text("login");
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(login) => Some(login),
            Err(error) => {
                let offer = Login::suggest(&text, 0).map(|login| format!("Có phải: {login}?"));
                self.error("bad-login", "login", format!("{}.", sentence(&format!("{error}"))), offer);
                None
            }
        }
    }

    fn day(&mut self, key: &str) -> Option<Date> {
        let text = self.cells.text(key);
        if text.is_empty() {
            return None;
        }
        match parse(&text) {
            Ok(day) => Some(day),
            Err(error) => {
                self.error("bad-date", key, format!("«{text}»: {error}."), None);
                None
            }
        }
    }

    fn roles(&mut self) -> Vec<Role> {
        let mut roles = Vec::new();
        for word in self.cells.list("roles") {
            match role(&word) {
                Some(role) if !roles.contains(&role) => roles.push(role),
                Some(_) => {}
                None => {
                    let known = Role::ALL.map(|role| format!("{} ({})", role.code(), role.label())).join("; ");
                    self.error(
                        "unknown-role",
                        "roles",
                        format!("Không có vai trò «{word}»."),
                        Some(format!("Các vai trò: {known}.")),
                    );
                }
            }
        }
        roles
    }

    fn unit(&mut self, roles: &[Role], on: Date, around: &Around<'_>) -> String {
        let code = self.cells.text("unit");
        if code.is_empty() {
            if roles != [Role::Admin] {
                self.error("no-unit", "unit", "Thiếu mã đơn vị.", Some("Xem mã ở trang «Đơn vị» của mẫu.".to_owned()));
            }
            return code;
        }
        if let Err(error) = around.units.find(&code, on) {
            self.error("unknown-unit", "unit", error.to_string(), error.hint());
        }
        code
    }

    fn fields(&mut self, roles: &[Role]) -> Vec<String> {
        let fields = self.cells.list("fields");
        let appraises = roles.contains(&Role::Appraiser);
        if appraises && fields.is_empty() {
            self.error("no-field", "fields", "Người thẩm định cần ít nhất một lĩnh vực.", None);
        }
        if !appraises && !fields.is_empty() {
            self.note("unused-fields", "fields", "Lĩnh vực chỉ dùng cho người thẩm định; ở đây bị bỏ qua.");
            return Vec::new();
        }
        fields
    }

    fn contact(&mut self) -> (String, String) {
        let (phone, email) = (self.cells.text("phone"), self.cells.text("email"));
        let plain = phone.chars().all(|letter| letter.is_ascii_digit() || " .-+()".contains(letter));
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let is_number = plain && PHONE_DIGITS.contains(&digits);
        if !phone.is_empty() && !is_number {
            self.error("bad-phone", "phone", format!("«{phone}» không phải là số điện thoại."), None);
        } else if digits == 9 && plain && !phone.starts_with(['0', '+']) {
            let hint = "Đặt cột ở dạng Text rồi gõ lại.".to_owned();
            self.error("phone-without-zero", "phone", format!("«{phone}» mất số 0 ở đầu."), Some(hint));
        }
        let parts = email.split_once('@');
        let good = parts.is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && !email.contains(char::is_whitespace) && !host.contains('@')
        });
        if !email.is_empty() && !good {
            self.error("bad-email", "email", format!("«{email}» không phải là địa chỉ thư điện tử."), None);
        }
        (phone, email)
    }
}

/// The role of a code or a name; a remark in parentheses may be left out.
fn role(word: &str) -> Option<Role> {
    let folded = fold(word);
    let bare = |label: &str| fold(label.split(" (").next().unwrap_or(label));
    Role::ALL
        .into_iter()
        .find(|role| role.code() == folded || fold(role.label()) == folded || bare(role.label()) == folded)
}

impl Typed {
    pub(super) fn read(cells: Cells<'_>, around: &Around<'_>, findings: &mut Findings) -> Self {
        let mut reader = Reader { cells, findings, is_sound: true };
        let name = reader.required("no-name", "name");
        if name.chars().count() > LONGEST_NAME {
            reader.error("long-name", "name", format!("Họ tên dài hơn {LONGEST_NAME} ký tự."), None);
        }
        let login = reader.login();
        let title = reader.required("no-title", "title");
        let roles = reader.roles();
        if cells.text("roles").is_empty() {
            reader.note("no-role", "roles", "Không có vai trò: chỉ đăng nhập và xem được việc của mình.");
        }
        let (typed_from, to) = (reader.day("from"), reader.day("to"));
        let from = typed_from.unwrap_or(around.today);
        if cells.text("from").is_empty() {
            reader.note("from-today", "from", format!("Không ghi từ ngày; lấy ngày nhập {}.", vietnamese(from)));
        }
        if let Some(to) = to.filter(|to| *to < from) {
            let message = format!("Đến ngày {} trước từ ngày {}.", vietnamese(to), vietnamese(from));
            reader.error("ends-before-start", "to", message, None);
        }
        let unit = reader.unit(&roles, from, around);
        let fields = reader.fields(&roles);
        let (phone, email) = reader.contact();
        Self {
            place: cells.place("name"),
            login_place: cells.place("login"),
            name,
            login,
            unit,
            is_sound: reader.is_sound,
            title,
            party_title: cells.text("party_title"),
            roles,
            fields,
            from,
            to,
            document: cells.text("document"),
            phone,
            email,
        }
    }

    /// The account, where nothing is wrong.
    pub(super) fn account(self, login: Login) -> Option<NewAccount> {
        self.is_sound.then_some(NewAccount {
            place: self.place,
            name: self.name,
            login,
            unit: self.unit,
            title: self.title,
            party_title: self.party_title,
            roles: self.roles,
            fields: self.fields,
            from: self.from,
            to: self.to,
            document: self.document,
            phone: self.phone,
            email: self.email,
        })
    }
}

/// The text with a capital at its beginning.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
