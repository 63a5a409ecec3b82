//! Title, year, last days.

use cchc_index::round::{Deadline, Phase, Plan};
use cchc_text::date::vietnamese;

use crate::form::{Field, FormView, Sent};

/// The fields of the last days, in the order of the phases.
const DEADLINES: [(Phase, &str); 5] = [
    (Phase::SelfScoring, "han-tu-cham"),
    (Phase::FirstAppraisal, "han-tham-dinh-1"),
    (Phase::Explaining, "han-giai-trinh"),
    (Phase::SecondAppraisal, "han-tham-dinh-2"),
    (Phase::Council, "han-hoi-dong"),
];

/// The same form with title and year.
pub(super) fn title(form: FormView, title: &str, year: i16) -> FormView {
    form.field(Field::text("ten", "Tên đợt").required().value(title))
        .field(Field::text("nam", "Năm được chấm").required().value(year.to_string()).tip("Bốn chữ số, ví dụ 2022."))
}

pub(super) fn read_title(plan: &mut Plan, form: &mut FormView, sent: &Sent) {
    form.require();
    plan.title = cchc_text::tidy(sent.text("ten")).into_owned();
    if plan.title.chars().count() > 300 {
        form.refuse("ten", "dài quá 300 ký tự");
    }
    if let Some(year) = year(form, sent) {
        plan.year = year;
    }
}

/// The year that was typed; what is no year is marked.
pub fn year(form: &mut FormView, sent: &Sent) -> Option<i16> {
    let typed = sent.text("nam");
    let year = typed.parse().ok().filter(|year| (2000..=2100).contains(year));
    if year.is_none() && !typed.is_empty() {
        form.refuse("nam", "phải là năm có bốn chữ số, từ 2000 đến 2100");
    }
    year
}

/// The same form with a last day for each phase.
#[must_use]
pub fn deadline_fields(form: FormView, known: &[Deadline]) -> FormView {
    DEADLINES.into_iter().fold(form, |form, (phase, name)| {
        let until = known.iter().find(|deadline| deadline.phase == phase).map(|deadline| vietnamese(deadline.until));
        let field = Field::day(name, format!("Hạn bước {phase}")).value(until.unwrap_or_default());
        form.field(if phase == Phase::SelfScoring { field.required() } else { field })
    })
}

/// The last days that were typed; what can't be read, or ends before the phase before it, is marked.
pub fn deadlines(form: &mut FormView, sent: &Sent) -> Vec<Deadline> {
    form.require();
    let mut found: Vec<Deadline> = Vec::new();
    for (phase, name) in DEADLINES {
        let Some(until) = form.day(name, sent) else { continue };
        if let Some(before) = found.last().filter(|before| until < before.until) {
            form.refuse(name, format!("trước hạn của bước {}, {}", before.phase, vietnamese(before.until)));
        }
        found.push(Deadline { phase, until });
    }
    found
}
