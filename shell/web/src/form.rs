//! Forms as they are shown, and what they send back.
//!
//! A [`FormView`] is plain data: a handler makes it, marks what is wrong, and the template `asking.html`
//! writes it. Every form that changes something carries a request id, so that a double submit is one command.

use axum::http::StatusCode;

use cchc_text::date;
use jiff::civil::Date;

mod field;
mod late;

pub use field::{Choice, Field, Kind};

/// Name of the hidden field that holds the request id.
pub const REQUEST: &str = "yeu-cau";

/// A form as it is shown: its fields, what is wrong with what was typed, its button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormView {
    /// Where it is sent.
    pub action: String,
    /// The request id; empty in a form that only looks things up.
    pub request: String,
    /// Fields that are not seen: name and value.
    pub hidden: Vec<(&'static str, String)>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What is wrong and no field alone is to blame for, a sentence each.
    pub wrongs: Vec<String>,
    /// What the button says.
    pub button: &'static str,
}

/// What a form sent: names and values, in its order; a name may come again.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub struct Sent(pub Vec<(String, String)>);

/// Without null characters: no keyboard types them, and PostgreSQL keeps no text that has one.
impl From<Vec<(String, String)>> for Sent {
    fn from(mut pairs: Vec<(String, String)>) -> Self {
        pairs.iter_mut().for_each(|(_, value)| value.retain(|letter| letter != '\0'));
        Self(pairs)
    }
}

/// The request id of one of several buttons of a page: each is a request of its own.
#[must_use]
pub fn request_of(base: &str, what: &str) -> String {
    format!("{base}.{what}")
}

impl FormView {
    /// A form without fields that changes something.
    #[must_use]
    pub fn new(action: impl Into<String>, request: impl Into<String>, button: &'static str) -> Self {
        let (hidden, fields, wrongs) = (Vec::new(), Vec::new(), Vec::new());
        Self { action: action.into(), request: request.into(), hidden, fields, wrongs, button }
    }

    /// A form that only looks things up.
    #[must_use]
    pub fn filter(action: impl Into<String>) -> Self {
        Self::new(action, "", "Lọc")
    }

    /// The same form with a further field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// The same form with a value that is sent without being seen.
    #[must_use]
    pub fn hide(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// The same form with what was typed; passwords and files have to be given again.
    #[must_use]
    pub fn filled(mut self, sent: &Sent) -> Self {
        for field in &mut self.fields {
            field.fill(sent);
        }
        self
    }

    /// Marks what is wrong, at the field of that name, else above the form.
    pub fn refuse(&mut self, name: &str, wrong: impl Into<String>) {
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.wrong = Some(wrong.into()),
            None => self.wrongs.push(wrong.into()),
        }
    }

    /// Marks every required field that was left empty.
    pub fn require(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.required && field.is_empty()) {
            field.wrong = Some(field.missing().to_owned());
        }
    }

    /// The day typed in a field; `None` where it is empty or wrong, which is then marked.
    pub fn day(&mut self, name: &str, sent: &Sent) -> Option<Date> {
        let typed = sent.text(name);
        if typed.is_empty() {
            return None;
        }
        match date::parse(typed) {
            Ok(day) => Some(day),
            Err(error) => {
                self.refuse(name, error.to_string());
                None
            }
        }
    }

    /// Whether something is wrong.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !self.wrongs.is_empty() || self.fields.iter().any(|field| field.wrong.is_some())
    }

    /// How many things are wrong.
    #[must_use]
    pub fn wrong_count(&self) -> usize {
        let fields = self.fields.iter().filter(|field| field.wrong.is_some()).count();
        fields.saturating_add(self.wrongs.len())
    }

    /// 422 where something is wrong, else 200.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        if self.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
    }

    /// Whether a file goes with it.
    #[must_use]
    pub fn takes_file(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.kind, Kind::File(_)))
    }

    /// Whether something is asked for in it that narrows a list.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.fields.iter().any(|field| !field.is_empty())
    }
}

impl Sent {
    /// The first value of that name, without blanks around it; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of that name, without blanks around it.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// A value as it was typed, blanks too: a password.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

#[cfg(test)]
pub mod testing {
    //! What a form sends, written down.

    use super::Sent;

    /// `name=value` pairs as a form sends them.
    pub fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::testing::sent;
    use super::*;

    fn form() -> FormView {
        let roles = Choice::list([("a", "A"), ("b", "B"), ("c", "C")], "");
        FormView::new("/x", "r1", "Gửi")
            .field(Field::text("ten", "Tên").required().tip("Họ và tên"))
            .field(Field::password("mk", "Mật khẩu", "current-password"))
            .field(Field::day("tu", "Từ ngày"))
            .field(Field::new("vai", "Vai trò", Kind::Many(roles)).required())
    }

    #[test]
    fn what_was_typed_stays_except_the_password() {
        let form = form().filled(&sent(&[("ten", " An "), ("mk", "bí mật"), ("vai", "a"), ("vai", "c")]));
        let values: Vec<&str> = form.fields.iter().map(|field| field.value.as_str()).collect();
        assert_eq!(values, ["An", "", "", ""]);
        let chosen: Vec<bool> = form.fields[3].choices().iter().map(|choice| choice.chosen).collect();
        assert_eq!(chosen, [true, false, true]);
    }

    #[test]
    fn everything_that_is_wrong_is_marked_at_once() {
        let typed = sent(&[("tu", "31/02/2021")]);
        let mut form = form().filled(&typed);
        form.require();
        assert_eq!(form.day("tu", &typed), None);
        form.refuse("khong-co", "Đơn vị đã giải thể.");
        let wrongs: Vec<bool> = form.fields.iter().map(|field| field.wrong.is_some()).collect();
        assert_eq!(wrongs, [true, false, true, true]);
        assert_eq!((form.wrongs.len(), form.wrong_count(), form.status().as_u16()), (1, 4, 422));
    }

    #[test]
    fn a_field_names_its_error_and_its_tip() {
        let mut form = form();
        assert_eq!(form.fields[0].attributes(), " required aria-describedby=\"ten-goi\"");
        form.refuse("ten", "chưa điền");
        assert_eq!(form.fields[0].attributes(), " required aria-invalid=\"true\" aria-describedby=\"ten-loi ten-goi\"");
    }

    #[test]
    fn a_day_is_read_in_both_forms() {
        for typed in ["03/11/2021", "2021-11-03"] {
            let day = form().day("tu", &sent(&[("tu", typed)]));
            assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("2021-11-03"));
        }
    }
}
