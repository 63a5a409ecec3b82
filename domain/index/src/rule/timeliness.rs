//! Timeliness (đúng hạn): a date for each due date; each is worth an equal part of the maximum.
//!
//! Parameters: `due`, days `MM-DD` of the set's year; `per_day`, points lost for each calendar day
//! late; `zero_after_days`, from so many days late on nothing is left. A due date on a day off moves
//! to the next working day. Not done: nothing.
//!
//! Example (vp-2021-so 1.2.1, max 1, four dates, 0.025 a day, 10): two on time, one 4 days late, one
//! 12 days late → 0.25 + 0.25 + 0.15 + 0 = 0.65.

use std::fmt;
use std::str::FromStr;

use cchc_text::{Decimal, date};
use jiff::civil::Date;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::{plain, short};

/// Equal parts of the maximum, each earned by being on time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeliness {
    /// The due days, in order.
    pub due: Vec<MonthDay>,
    /// Points lost for each calendar day late.
    pub per_day: Decimal,
    /// From so many days late on nothing is left.
    pub zero_after_days: u32,
}

/// A day of any year: `01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// That day in a year; 29 February falls on the 28th where there is none.
    #[must_use]
    pub fn in_year(self, year: i16) -> Date {
        let last = Date::new(year, self.month, 28).unwrap_or(Date::MAX);
        Date::new(year, self.month, self.day).unwrap_or(last)
    }
}

impl FromStr for MonthDay {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (month, day) = text.split_once('-').ok_or(())?;
        let two = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten().ok_or(());
        let (month, day) = (two(month)?, two(day)?);
        // 2024 was a leap year: it has every day that any year has.
        Date::new(2024, month, day).map_err(|_| ())?;
        Ok(Self { month, day })
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// How one due date was met.
struct Met {
    due: Date,
    moved_from: Option<Date>,
    done: Option<Date>,
    days_late: u32,
    points: Exact,
}

impl Timeliness {
    fn met(&self, setting: &Setting<'_>, answer: &Answer) -> Vec<Met> {
        let Answer::Dates(dates) = answer else { return Vec::new() };
        let worth = self.worth(setting.max);
        let done = dates.iter().copied().chain(std::iter::repeat(None));
        self.due.iter().zip(done).map(|(due, done)| self.meet(*due, done, &worth, setting)).collect()
    }

    fn meet(&self, due: MonthDay, done: Option<Date>, worth: &Exact, setting: &Setting<'_>) -> Met {
        let written = due.in_year(setting.year);
        let due = setting.days_off.next_working_day(written).map_or(written, |found| found.date);
        let moved_from = (due != written).then_some(written);
        let days_late = done.map_or(0, |done| days_between(due, done));
        let points = match done {
            None => Exact::ZERO,
            Some(_) if days_late == 0 => worth.clone(),
            Some(_) if days_late >= self.zero_after_days => Exact::ZERO,
            Some(_) => {
                let lost = &Exact::whole(i64::from(days_late)) * &Exact::from(self.per_day);
                (worth - &lost).within(&Exact::ZERO, worth)
            }
        };
        Met { due, moved_from, done, days_late, points }
    }

    fn worth(&self, max: Decimal) -> Exact {
        let parts = Exact::whole(i64::try_from(self.due.len()).unwrap_or(i64::MAX));
        Exact::from(max).over(&parts).unwrap_or(Exact::ZERO)
    }
}

/// Calendar days from `due` to `done`; 0 where it was done by then.
fn days_between(due: Date, done: Date) -> u32 {
    due.until(done).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
}

impl ScoringRule for Timeliness {
    const KIND: &'static str = "timeliness";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        let texts = params.list("due");
        if texts.is_empty() {
            params.error("due", "missing-field", "Thiếu «due»: các ngày hạn, dạng tháng-ngày như 01-31.");
        }
        let mut due = Vec::new();
        for text in &texts {
            match text.parse() {
                Ok(day) => due.push(day),
                Err(()) => {
                    params.error("due", "not-a-day", format!("«due» có «{text}», phải là tháng-ngày như 01-31."))
                }
            }
        }
        let per_day = params.required_decimal("per_day");
        let zero_after_days = params.required_whole("zero_after_days", 1..=366);
        (!texts.is_empty() && due.len() == texts.len()).then_some(())?;
        Some(Self { due, per_day: per_day?, zero_after_days: zero_after_days? })
    }

    fn write(&self, params: &mut Section) {
        params.list("due", self.due.iter().map(ToString::to_string).collect());
        params.text("per_day", self.per_day.to_string());
        params.text("zero_after_days", self.zero_after_days.to_string());
    }

    fn check(&self, _max: Decimal) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.per_day.is_negative() {
            wrong.push("per_day không được âm.".to_owned());
        }
        wrong
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        if !raw.of.is_empty() {
            return Err(AnswerFault::new("unexpected-of", "Cột of phải để trống: tiêu chí này nhận ngày.".to_owned()));
        }
        let mut dates = Vec::new();
        for part in raw.parts() {
            if part.is_empty() || part == "-" {
                dates.push(None);
                continue;
            }
            let date =
                date::parse(part).map_err(|error| AnswerFault::new("not-a-date", format!("«{part}»: {error}.")))?;
            dates.push(Some(date));
        }
        while dates.len() > self.due.len() && dates.last() == Some(&None) {
            dates.pop();
        }
        if dates.len() > self.due.len() {
            let message = format!("Có {} ngày cho {} hạn.", dates.len(), self.due.len());
            return Err(AnswerFault::new("too-many-dates", message));
        }
        Ok(Answer::Dates(dates))
    }

    fn remarks(&self, answer: &Answer) -> Vec<AnswerFault> {
        let Answer::Dates(dates) = answer else { return Vec::new() };
        if dates.len() == self.due.len() {
            return Vec::new();
        }
        let message =
            format!("Chỉ có {} ngày cho {} hạn: các hạn còn lại coi như chưa làm.", dates.len(), self.due.len());
        vec![AnswerFault::new("too-few-dates", message)]
    }

    fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome {
        let points: Vec<Exact> = self.met(setting, answer).into_iter().map(|met| met.points).collect();
        Outcome::points(Exact::sum(&points).within(&Exact::ZERO, &Exact::from(setting.max)))
    }

    fn because(&self, setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        let met = self.met(setting, answer);
        let mut steps: Vec<String> = met.iter().map(|met| self.step(met)).collect();
        if met.len() > 1 {
            let parts: Vec<String> = met.iter().map(|met| short(&met.points)).collect();
            let points: Vec<Exact> = met.into_iter().map(|met| met.points).collect();
            steps.push(format!("{} = {}", parts.join(" + "), short(&Exact::sum(&points))));
        }
        steps
    }

    fn for_full(&self, setting: &Setting<'_>, answer: &Answer) -> Option<String> {
        let missed = self.met(setting, answer).into_iter().filter(|met| met.done.is_none() || met.days_late > 0);
        let missed: Vec<String> = missed.map(|met| date::vietnamese(met.due)).collect();
        (!missed.is_empty()).then(|| format!("xong đến hết ngày {}", missed.join(", ")))
    }

    fn in_words(&self, max: Decimal) -> String {
        let due: Vec<String> = self.due.iter().map(|day| format!("{:02}/{:02}", day.day, day.month)).collect();
        let worth = match self.due.len() {
            0 | 1 => String::new(),
            _ => format!(" (mỗi hạn {} điểm)", short(&self.worth(max))),
        };
        format!(
            "Hạn {}{worth}: đúng hạn được điểm tối đa, mỗi ngày chậm trừ {}, chậm từ {} ngày hoặc chưa làm: 0 điểm. \
             Hạn rơi vào ngày nghỉ chuyển sang ngày làm việc kế tiếp.",
            due.join(", "),
            plain(self.per_day),
            self.zero_after_days
        )
    }

    fn asks(&self) -> String {
        match self.due.len() {
            1 => "value: ngày thực hiện (- nếu chưa làm)".to_owned(),
            several => format!("value: {several} ngày theo thứ tự hạn, cách nhau bằng dấu ; (để trống chỗ chưa làm)"),
        }
    }
}

impl Timeliness {
    fn step(&self, met: &Met) -> String {
        let due = match met.moved_from {
            Some(from) => format!("{} (chuyển từ {}, ngày nghỉ)", date::vietnamese(met.due), date::vietnamese(from)),
            None => date::vietnamese(met.due),
        };
        let points = short(&met.points);
        let Some(done) = met.done.map(date::vietnamese) else {
            return format!("Hạn {due}: chưa làm → 0");
        };
        match met.days_late {
            0 => format!("Hạn {due}: làm ngày {done}, đúng hạn → {points}"),
            late if late >= self.zero_after_days => {
                format!("Hạn {due}: làm ngày {done}, chậm {late} ngày (từ {} ngày) → 0", self.zero_after_days)
            }
            late => format!("Hạn {due}: làm ngày {done}, chậm {late} ngày × {} → {points}", plain(self.per_day)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, fault, points, rule};

    const FOUR: &str = "due = 03-15; 06-15; 09-15; 12-15\nper_day = 0.025\nzero_after_days = 10";
    const ONE: &str = "due = 01-31\nper_day = 0.05\nzero_after_days = 10";

    #[test]
    fn parts_of_the_maximum_by_due_date() {
        let four = rule("timeliness", FOUR);
        assert_eq!(points(&four, "1", "2021-03-15; 2021-06-01; 2021-09-19; 2021-12-27", ""), "0.65");
        assert_eq!(points(&four, "1", "15/03/2021;;15/09/2021;", ""), "0.5");
        assert_eq!(points(&four, "1", "2021-03-15; 2021-06-01", ""), "0.5");
    }

    #[test]
    fn a_due_date_on_a_day_off_moves() {
        let one = rule("timeliness", ONE);
        // 31/01/2021 is a Sunday: due on Monday, 01/02.
        assert_eq!(points(&one, "0.5", "2021-02-01", ""), "0.5");
        assert_eq!(points(&one, "0.5", "2021-02-03", ""), "0.4");
        assert_eq!(points(&one, "0.5", "2021-02-10", ""), "0.05");
        assert_eq!(points(&one, "0.5", "2021-02-11", ""), "0");
        assert_eq!(points(&one, "0.5", "-", ""), "0");
        assert_eq!(
            answer(&one, "0.5", "2021-02-03", "").1,
            ["Hạn 01/02/2021 (chuyển từ 31/01/2021, ngày nghỉ): làm ngày 03/02/2021, chậm 2 ngày × 0,05 → 0,4"]
        );
    }

    #[test]
    fn refuses_what_is_no_date() {
        let one = rule("timeliness", ONE);
        assert_eq!(fault(&one, "2021-02-30", ""), "not-a-date");
        assert_eq!(fault(&one, "2021-01-30;2021-02-01", ""), "too-many-dates");
    }
}
