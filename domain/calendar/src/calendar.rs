//! The calendar of the country: the days of the law, and over them what was decided.
//!
//! A decision counts for the days that it is about, not for its year: once Tết 2027 is decided, 30/4/2027 still
//! comes from the law. Where nothing is decided and a decision is due, the day is "dự kiến".

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::day_off::{DayKind, DayOff, is_weekend};
use crate::days_off::DaysOff;
use crate::law::{Law, Statutory};

/// Every day that is not an ordinary one, 1995–2100, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, Vec<KnownDay>>,
    law: Law,
}

/// A day off or a make-up working day, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownDay {
    /// The day; its source is the decision, or the article of the law.
    pub day: DayOff,
    /// Whether it can still change.
    pub standing: Standing,
}

/// How sure a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A decision (or a publication that quotes it) names the day.
    Decided,
    /// The law names the day itself; nobody has to decide.
    ByLaw,
    /// A decision is due and missing: the day is what it usually is.
    Expected,
}

impl Standing {
    /// The word on a page: `dự kiến`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decided => "đã công bố",
            Self::ByLaw => "theo luật",
            Self::Expected => "dự kiến",
        }
    }
}

impl Calendar {
    /// The first day that is computed; what the law was before it, no row says.
    pub const FIRST: Date = date(1995, 1, 1);
    /// The last day that is computed.
    pub const LAST: Date = date(2100, 12, 31);

    /// The days of the law, with the decided ones in their place.
    #[must_use]
    pub fn new(law: &Law, decisions: &DaysOff) -> Self {
        let mut calendar = Self { days: BTreeMap::new(), law: law.clone() };
        for row in decisions.rows().filter(|row| (Self::FIRST..=Self::LAST).contains(&row.date)) {
            calendar.add(row.clone(), Standing::Decided);
        }
        let years = Self::FIRST.year()..=Self::LAST.year();
        let slots: Vec<Statutory<'_>> =
            years.flat_map(|year| law.statutory(year)).filter(|slot| !is_decided(slot, decisions)).collect();
        let mut on_weekends = Vec::new();
        for slot in &slots {
            let standing = if slot.chosen { Standing::Expected } else { Standing::ByLaw };
            for (date, name) in &slot.days {
                if calendar.on(*date).iter().any(|known| known.day.kind.works()) {
                    continue;
                }
                let kind = if is_weekend(*date) { DayKind::HolidayOnWeekend } else { DayKind::Holiday };
                calendar.add(row(*date, kind, name.clone(), &slot.row.basis, &slot.row.confidence), standing);
                if is_weekend(*date) {
                    on_weekends.push((*date, slot.row.name.as_str(), standing));
                }
            }
        }
        // Two holidays on one Saturday cost one day of rest.
        on_weekends.sort_by_key(|(date, ..)| *date);
        on_weekends.dedup_by_key(|(date, ..)| *date);
        for (date, name, standing) in on_weekends {
            calendar.make_up(date, name, standing);
        }
        calendar
    }

    /// What is known of a day; nothing: an ordinary day.
    #[must_use]
    pub fn on(&self, date: Date) -> &[KnownDay] {
        self.days.get(&date).map_or(&[], Vec::as_slice)
    }

    /// Everything known from one day to another, both included, ascending.
    pub fn between(&self, from: Date, to: Date) -> impl Iterator<Item = &KnownDay> {
        // An empty range would panic.
        let to = to.max(from);
        self.days.range(from..=to).flat_map(|(_, known)| known)
    }

    /// Whether people work on that day: what is known decides, else Monday to Friday.
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        self.on(date).first().map_or(!is_weekend(date), |known| known.day.kind.works())
    }

    /// The law that it was made by.
    #[must_use]
    pub const fn law(&self) -> &Law {
        &self.law
    }

    /// The day off in exchange for which a make-up day is worked: the nearest one, within two months.
    pub(crate) fn exchanged_for(&self, makeup: Date) -> Option<Date> {
        let (from, to) = (makeup.checked_sub(60.days()).ok()?, makeup.checked_add(60.days()).ok()?);
        let swaps = self.between(from, to).filter(|known| known.day.kind == DayKind::SwapDayOff);
        let distance = |day: Date| crate::ordinal::of(day).abs_diff(crate::ordinal::of(makeup));
        swaps.map(|known| known.day.date).min_by_key(|day| distance(*day))
    }

    fn add(&mut self, day: DayOff, standing: Standing) {
        self.days.entry(day.date).or_default().push(KnownDay { day, standing });
    }

    /// A holiday on a weekend is made up on the next working day, where the law says so.
    fn make_up(&mut self, holiday: Date, name: &str, standing: Standing) {
        let Some(law) = self.law.compensation(holiday) else { return };
        let name = format!("{} {name}", law.name);
        let (basis, confidence) = (law.basis.clone(), law.confidence.clone());
        let mut days = std::iter::successors(holiday.tomorrow().ok(), |day| day.tomorrow().ok());
        if let Some(date) = days.find(|day| self.is_working(*day)).filter(|day| *day <= Self::LAST) {
            self.add(row(date, DayKind::CompensationDayOff, name, &basis, &confidence), standing);
        }
    }
}

fn row(date: Date, kind: DayKind, name: String, basis: &str, confidence: &str) -> DayOff {
    DayOff { date, kind, name, source: basis.to_owned(), confidence: confidence.to_owned() }
}

/// Whether a decision names holidays where the law's days lie: another day than the anchor for a neighbour of it.
fn is_decided(slot: &Statutory<'_>, decisions: &DaysOff) -> bool {
    let holiday =
        |date: Date| decisions.on(date).any(|row| matches!(row.kind, DayKind::Holiday | DayKind::HolidayOnWeekend));
    let (first, last) = slot.within;
    let mut days = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
    match slot.row.rule {
        // The day itself is a holiday of its own row.
        crate::law::LawRule::Beside { .. } => [first, last].into_iter().any(holiday),
        _ => days.any(holiday),
    }
}
