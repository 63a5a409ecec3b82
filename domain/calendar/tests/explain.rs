//! Explanations: every day once, and their count is the limit.

mod shipped;

use std::sync::LazyLock;

use cchc_calendar::{Calendar, Convention, Explanation, Limit, Pauses, Schedule, What};
use jiff::ToSpan;
use proptest::prelude::*;

use shipped::{at, calendar, schedule};

static WORLD: LazyLock<(Calendar, Schedule)> = LazyLock::new(|| (calendar(), schedule()));

fn explain(start: &str, limit: &str, convention: Convention, pauses: &[(&str, &str)]) -> Explanation {
    let pauses = Pauses::of(pauses.iter().map(|(from, to)| (at(from), at(to))));
    WORLD.1.explain(&WORLD.0, at(start), limit.parse().unwrap(), convention, &pauses).unwrap()
}

#[test]
fn says_each_day() {
    let explained =
        explain("2025-01-24T09:30", "3wd", Convention::NextDay, &[("2025-02-03T08:00", "2025-02-04T09:00")]);
    assert_eq!(
        explained.headline(),
        "3 ngày làm việc từ 09:30 ngày 24/01/2025, không tính ngày tiếp nhận, hết hạn vào cuối ngày cuối cùng: hạn là 17:00 ngày 06/02/2025."
    );
    let lines: Vec<String> = explained.lines().collect();
    assert_eq!(lines.len(), 14);
    assert_eq!(lines[0], "24/01/2025, thứ Sáu: ngày tiếp nhận, không tính");
    assert_eq!(lines[1], "25/01/2025, thứ Bảy: nghỉ hằng tuần, không tính");
    assert!(
        lines[5].starts_with("29/01/2025, thứ Tư: nghỉ lễ, tết: Tết Nguyên đán (mùng 1) (đã công bố, "),
        "{}",
        lines[5]
    );
    assert_eq!(lines[10], "03/02/2025, thứ Hai: tạm dừng, không tính");
    assert_eq!(lines[11], "04/02/2025, thứ Ba: ngày làm việc thứ 1; tạm dừng 1 giờ 30 phút");
    assert_eq!(lines[13], "06/02/2025, thứ Năm: ngày làm việc thứ 3");
    assert_eq!(explained.reservation(), None);
}

#[test]
fn says_hours_and_calendar_days() {
    let lines =
        |start: &str, limit: &str, convention| explain(start, limit, convention, &[]).lines().collect::<Vec<_>>();
    assert_eq!(
        lines("2025-11-07T15:00", "4wh", Convention::NextDay),
        [
            "07/11/2025, thứ Sáu: tính 2 giờ, cộng dồn 2 giờ",
            "08/11/2025, thứ Bảy: nghỉ hằng tuần, không tính",
            "09/11/2025, Chủ nhật: nghỉ hằng tuần, không tính",
            "10/11/2025, thứ Hai: tính 2 giờ, cộng dồn 4 giờ",
        ]
    );
    assert_eq!(
        lines("2025-11-06T15:00", "2d", Convention::NextDay)[2..],
        [
            "08/11/2025, thứ Bảy: ngày thứ 2",
            "09/11/2025, Chủ nhật: nghỉ hằng tuần, không tính",
            "10/11/2025, thứ Hai: chuyển sang ngày làm việc này",
        ]
    );
    assert_eq!(
        lines("2025-11-06T18:00", "within-day", Convention::NextDay),
        ["06/11/2025, thứ Năm: tiếp nhận sau giờ làm việc, không tính", "07/11/2025, thứ Sáu: ngày làm việc thứ 1"]
    );
    assert_eq!(lines("2025-11-06T09:15", "1d", Convention::Exact)[0], "06/11/2025, thứ Năm: tiếp nhận, tính từ 09:15");
}

#[test]
fn says_what_a_decision_can_still_change() {
    let explained = explain("2027-09-01T08:00", "1wd", Convention::NextDay, &[]);
    assert_eq!(explained.reservation().unwrap(), "Dự kiến: chưa có quyết định về ngày nghỉ 03/09/2027 (Quốc khánh).");
    assert_eq!(explain("2027-05-06T08:00", "1wd", Convention::NextDay, &[]).reservation(), None);
}

fn counted(explained: &Explanation) -> (u32, u32, i64) {
    explained.steps.iter().fold((0, 0, 0), |(days, ran, minutes), step| match step.what {
        What::Counted(_) => (days + 1, ran, minutes),
        What::Ran(_) => (days, ran + 1, minutes),
        What::Worked { minutes: more, .. } => (days, ran, minutes + more),
        _ => (days, ran, minutes),
    })
}

proptest! {
    #[test]
    fn what_is_counted_is_the_limit(
        minutes in 0_i64..1_500_000, count in 1_u32..40, gaps in prop::collection::vec((0_i64..4000, 1_i64..4000), 0..4)
    ) {
        let start = at("2023-12-20T00:00") + minutes.minutes();
        let mut from = start;
        let pauses = Pauses::of(gaps.into_iter().map(|(gap, length)| {
            let pause = (from + gap.minutes(), from + (gap + length).minutes());
            from = pause.1;
            pause
        }));
        let explain = |limit: Limit, convention: Convention| {
            let explained = WORLD.1.explain(&WORLD.0, start, limit, convention, &pauses).unwrap();
            let dates: Vec<_> = explained.steps.iter().map(|step| step.date).collect();
            assert_eq!((dates[0], dates[dates.len() - 1]), (start.date(), explained.due.date()));
            assert!(dates.windows(2).all(|pair| pair[0].tomorrow().unwrap() == pair[1]));
            counted(&explained)
        };
        prop_assert_eq!(explain(Limit::working_days(count), Convention::NextDay), (count, 0, 0));
        prop_assert_eq!(explain(Limit::working_days(count), Convention::Exact), (0, 0, i64::from(count) * 480));
        prop_assert_eq!(explain(Limit::working_hours(count), Convention::NextDay), (0, 0, i64::from(count) * 60));
        prop_assert_eq!(explain(Limit::CalendarDays(count), Convention::NextDay).1, count);
        prop_assert_eq!(explain(Limit::WithinDay, Convention::NextDay), (1, 0, 0));
        let (days, _, minutes) = explain(Limit::WorkingDays { quarters: count * 4 + 2 }, Convention::NextDay);
        // A pause can leave less than half a day until the whole day would be over, and that ends it.
        prop_assert!(days == count && (minutes == 240 || minutes < 240 && pauses != Pauses::NONE));
    }
}

#[test]
fn the_headline_says_how_that_limit_is_counted() {
    let counted = |limit: &str| {
        let headline = explain("2025-03-03T09:30", limit, Convention::NextDay, &[]).headline();
        let (_, rest) = headline.split_once("2025, ").unwrap();
        rest.split_once(": hạn là").unwrap().0.to_owned()
    };
    assert_eq!(counted("16wh"), "tính từ phút tiếp nhận");
    assert_eq!(counted("0.5wd"), "tính từ phút tiếp nhận");
    assert_eq!(counted("1.5wd"), "không tính ngày tiếp nhận, phần lẻ tính tiếp theo phút");
    assert_eq!(counted("trong ngày"), "hết hạn khi hết giờ của ngày làm việc đó");
    assert_eq!(counted("2d"), "không tính ngày tiếp nhận, hết hạn vào cuối ngày cuối cùng");
}

#[test]
fn a_part_of_a_day_that_is_cut_short_says_why() {
    let pauses = [("2025-03-03T16:45", "2025-03-06T12:00")];
    let explained = explain("2025-03-03T16:30", "0.5wd", Convention::NextDay, &pauses);
    assert_eq!(explained.due, at("2025-03-06T17:00"));
    assert_eq!(
        explained.lines().last().unwrap(),
        "mới 3 giờ 45 phút trong 4 giờ: phần lẻ không dài hơn hết ngày làm việc thứ 1"
    );
    let whole = explain("2025-03-03T09:30", "0.5wd", Convention::NextDay, &[]);
    assert!(whole.lines().all(|line| !line.contains("phần lẻ")));
}
