//! An explanation in Vietnamese, a line a day.

use cchc_text::date::vietnamese;
use jiff::civil::DateTime;

use crate::calendar::{KnownDay, Standing};
use crate::day_off::weekday_label;
use crate::explain::{Explanation, Step, What};
use crate::limit::{Convention, Limit};

impl Explanation {
    /// What is counted, from when, and to when: one sentence.
    #[must_use]
    pub fn headline(&self) -> String {
        let (start, due) = (moment(self.start), moment(self.due));
        format!("{} từ {start}, {}: hạn là {due}.", self.limit.label(), self.limit.counted(self.convention))
    }

    /// A line for each day, and one more where the end of a working day came before the minutes were over.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.steps.iter().map(|step| self.line(step)).chain(self.capped())
    }

    /// A part of a day ends at the latest with the working day that the next whole number of days would take.
    fn capped(&self) -> Option<String> {
        let Limit::WorkingDays { quarters } = self.limit else { return None };
        let What::Worked { total, .. } = self.steps.last()?.what else { return None };
        let asked = self.part?;
        let whole = quarters / 4;
        (total < asked).then(|| {
            let (total, asked) = (duration(total), duration(asked));
            let number = whole.saturating_add(1);
            format!("mới {total} trong {asked}: phần lẻ không dài hơn hết ngày làm việc thứ {number}")
        })
    }

    /// The days between receipt and end that a decision can still change, as a sentence; `None`: there is none.
    #[must_use]
    pub fn reservation(&self) -> Option<String> {
        let known = self.steps.iter().flat_map(|step| match &step.what {
            What::Off(known) => known.as_slice(),
            _ => &[],
        });
        let mut days: Vec<String> = known
            .filter(|known| known.standing == Standing::Expected)
            .map(|known| format!("{} ({})", vietnamese(known.day.date), known.day.name))
            .collect();
        days.dedup();
        (!days.is_empty()).then(|| format!("Dự kiến: chưa có quyết định về ngày nghỉ {}.", days.join(", ")))
    }

    fn line(&self, step: &Step) -> String {
        let day = format!("{}, {}", vietnamese(step.date), weekday_label(step.date.weekday()));
        let paused = match step.paused {
            minutes if minutes > 0 && step.what != What::Paused => format!("; tạm dừng {}", duration(minutes)),
            _ => String::new(),
        };
        format!("{day}: {}{paused}", self.words(&step.what))
    }

    fn words(&self, what: &What) -> String {
        match what {
            What::Received if self.convention == Convention::Exact => {
                format!("tiếp nhận, tính từ {:02}:{:02}", self.start.hour(), self.start.minute())
            }
            What::Received => "ngày tiếp nhận, không tính".to_owned(),
            What::Counted(number) => format!("ngày làm việc thứ {number}"),
            What::Ran(number) => format!("ngày thứ {number}"),
            What::Worked { minutes: 0, .. } => "ngoài giờ làm việc, không tính".to_owned(),
            What::Worked { minutes, total } => format!("tính {}, cộng dồn {}", duration(*minutes), duration(*total)),
            What::Waited if self.steps.first().is_some_and(|first| first.what == *what) => {
                "tiếp nhận sau giờ làm việc, không tính".to_owned()
            }
            What::Waited => "chuyển sang ngày làm việc này".to_owned(),
            What::WeeklyRest => "nghỉ hằng tuần, không tính".to_owned(),
            What::Off(known) => {
                let reasons: Vec<String> = known.iter().map(reason).collect();
                format!("{}, không tính", reasons.join("; "))
            }
            What::NoHours => "đơn vị không có giờ làm việc, không tính".to_owned(),
            What::Paused => "tạm dừng, không tính".to_owned(),
        }
    }
}

/// `nghỉ lễ, tết: Quốc khánh (dự kiến, Bộ luật Lao động 2019, Điều 112)`.
fn reason(known: &KnownDay) -> String {
    let KnownDay { day, standing } = known;
    format!("{}: {} ({}, {})", day.kind.label(), day.name, standing.label(), day.source)
}

fn moment(at: DateTime) -> String {
    format!("{:02}:{:02} ngày {}", at.hour(), at.minute(), vietnamese(at.date()))
}

/// `2 giờ 30 phút`.
fn duration(minutes: i64) -> String {
    let (hours, minutes) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} phút"),
        (hours, 0) => format!("{hours} giờ"),
        (hours, minutes) => format!("{hours} giờ {minutes} phút"),
    }
}
