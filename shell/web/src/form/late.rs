//! What was done on paper before it is entered ("nhập bù"): two fields that any form may end with.

use cchc_ledger::{Context, Moment};
use cchc_text::date;
use jiff::civil::Time;

use super::{Field, FormView, Sent};

/// When it was done.
const HAPPENED: &str = "xay-ra";
/// Why it is entered late; the context carries it like any reason.
const WHY: &str = "ly-do";

impl FormView {
    /// The same form, for what may have been done on paper before.
    #[must_use]
    pub fn may_be_late(self) -> Self {
        self.field(
            Field::text(HAPPENED, "Đã làm trên giấy lúc").tip(
                "Chỉ điền khi nhập bù, ngày và giờ, ví dụ 03/11/2021 14:30. Sổ cái ghi cả hai thời điểm và đánh dấu «nhập bù».",
            ),
        )
        .field(Field::text(WHY, "Lý do nhập bù").tip("Cần có khi nhập bù."))
    }

    /// The context with the moment at which it was done, where the form says one.
    ///
    /// # Errors
    /// The form, marked, where that can't be read or says no reason.
    pub fn happened(mut self, sent: &Sent, context: Context) -> Result<Context, Box<Self>> {
        let typed = sent.text(HAPPENED);
        if typed.is_empty() || !self.fields.iter().any(|field| field.name == HAPPENED) {
            return Ok(context);
        }
        let moment = moment(typed).map_err(|wrong| self.refuse(HAPPENED, wrong));
        if sent.text(WHY).is_empty() {
            self.refuse(WHY, "nhập bù phải ghi lý do");
        }
        match moment {
            Ok(moment) if !self.is_refused() => Ok(context.happened_at(moment)),
            _ => Err(Box::new(self)),
        }
    }

    /// Marks what the ledger says of the moment at which it was done.
    pub fn refuse_late(&mut self, wrong: &str) {
        self.refuse(HAPPENED, wrong);
    }
}

/// A day and the time of that day: `03/11/2021 14:30`, `03/11/2021 14h30`, `2021-11-03 14:30`.
fn moment(typed: &str) -> Result<Moment, String> {
    let (day, time) = typed.split_once([' ', ',', 'T']).unwrap_or((typed, ""));
    let day = date::parse(day.trim()).map_err(|error| error.to_string())?;
    let time = time_of(time).ok_or("chưa có giờ, ví dụ 03/11/2021 14:30")?;
    Ok(Moment::of(day.to_datetime(time)))
}

fn time_of(typed: &str) -> Option<Time> {
    let (hour, minute) = typed.trim().split_once([':', 'h', 'g'])?;
    let minute = minute.trim().trim_start_matches("iờ").trim();
    let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    Time::new(hour.trim().parse().ok()?, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use cchc_ledger::{Actor, RequestId};

    use super::*;
    use crate::form::testing::sent;

    fn ask(pairs: &[(&str, &str)]) -> Result<Context, Box<FormView>> {
        let context = Context::new(Actor::system(), RequestId("r1".to_owned()));
        FormView::new("/x", "r1", "Gửi").may_be_late().happened(&sent(pairs), context)
    }

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        for typed in ["03/11/2021 14:30", "03/11/2021 14h30", "2021-11-03T14:30", "03/11/2021, 14 giờ 30"] {
            let context = ask(&[("xay-ra", typed), ("ly-do", "mất mạng")]).unwrap();
            assert_eq!(context.happened_at.unwrap().to_string(), "2021-11-03T14:30:00+07:00", "{typed}");
        }
        assert_eq!(ask(&[]).unwrap().happened_at, None);
    }

    #[test]
    fn a_moment_needs_an_hour_and_a_reason() {
        let wrongs = |pairs: &[(&str, &str)]| {
            let form = ask(pairs).unwrap_err();
            form.fields.iter().map(|field| field.wrong.clone().unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(
            wrongs(&[("xay-ra", "03/11/2021")]),
            ["chưa có giờ, ví dụ 03/11/2021 14:30", "nhập bù phải ghi lý do"]
        );
        assert!(!wrongs(&[("xay-ra", "31/11/2021 8:00"), ("ly-do", "x")])[0].is_empty());
        assert!(!wrongs(&[("xay-ra", "03/11/2021 25:00"), ("ly-do", "x")])[0].is_empty());
    }

    #[test]
    fn a_form_that_does_not_ask_for_it_does_not_take_it() {
        let context = Context::new(Actor::system(), RequestId("r1".to_owned()));
        let typed = sent(&[("xay-ra", "03/11/2021 14:30")]);
        assert_eq!(FormView::new("/x", "r1", "Gửi").happened(&typed, context).unwrap().happened_at, None);
    }
}
