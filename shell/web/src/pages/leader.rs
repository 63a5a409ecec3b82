//! `/mot-trang`: what a leader looks at before a meeting, on one page of A4.

use askama::Template;

use crate::frame::{Frame, SIMULATED, Section};
use crate::list::Link;
use crate::pages::series::SeriesRow;
use crate::site::Site;

/// The page.
pub const ADDRESS: &str = "/mot-trang";
/// What is late and is listed; the rest stands on the boards.
pub const MOST: usize = 8;
/// Rounds that are listed at most.
const ROUNDS: usize = 5;

/// Everything that the page says.
#[derive(Debug, Default)]
pub struct Told {
    /// Rounds that run, each with how far it is.
    pub rounds: Vec<RoundRow>,
    /// What is late, the longest first.
    pub late: Vec<LateRow>,
    /// How much of it is not listed.
    pub more_late: usize,
    /// The last results, by group.
    pub results: Vec<ResultRow>,
    /// What others publish of the province.
    pub series: Vec<SeriesRow>,
    /// Whether numbers are invented.
    pub simulated: bool,
}

/// A round that runs.
#[derive(Debug)]
pub struct RoundRow {
    /// Its title, leading to it.
    pub title: Link,
    /// The step, and its last day.
    pub step: String,
    /// Units that handed in.
    pub submitted: usize,
    /// Units that are scored.
    pub units: usize,
    /// Units that are late.
    pub late: usize,
    /// Questions that wait for an answer.
    pub asked: u64,
}

/// A unit that is late.
#[derive(Debug)]
pub struct LateRow {
    /// What is late, leading to it.
    pub what: Link,
    /// Whose.
    pub unit: String,
    /// Who answers for it: posts and names.
    pub responsible: Vec<String>,
    /// How late, in days.
    pub days: i32,
    /// Why, as far as the system knows.
    pub reason: String,
}

/// The result of a group.
#[derive(Debug)]
pub struct ResultRow {
    /// Publication and group, leading to the ranking.
    pub title: Link,
    /// The median result, with its unit.
    pub median: String,
    /// Units that went up or down most since the year before; empty where that is not known.
    pub movers: Vec<Mover>,
    /// The units with the lowest results, each with where it lost most.
    pub lowest: Vec<(Link, String, String)>,
    /// Fields in the red: title leading to it, the median share, and whether it is below the floor.
    pub fields: Vec<(Link, String, bool)>,
    /// That floor in percent; empty: the set has none.
    pub floor: String,
}

/// A unit that went up or down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mover {
    /// The unit.
    pub unit: Link,
    /// Rank before and now.
    pub ranks: (u32, u32),
}

impl Mover {
    /// `up`, `dn`: the class of the style sheet.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        if self.ranks.1 < self.ranks.0 { "up" } else { "dn" }
    }

    /// The word for those who don't see it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        if self.ranks.1 < self.ranks.0 { "tăng" } else { "giảm" }
    }

    /// By how many places.
    #[must_use]
    pub const fn places(&self) -> u32 {
        self.ranks.0.abs_diff(self.ranks.1)
    }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "leader.html")]
pub struct LeaderPage {
    frame: Frame,
    told: Told,
    submitted: usize,
    units: usize,
    late: usize,
    asked: u64,
    more_rounds: usize,
}

impl LeaderPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, mut told: Told) -> Self {
        let mut frame = Frame::new(site, Section::Leader, "Một trang cho lãnh đạo");
        if told.simulated {
            frame = frame.mark(SIMULATED);
        }
        let sum = |count: fn(&RoundRow) -> usize| told.rounds.iter().map(count).fold(0, usize::saturating_add);
        let (submitted, units, late) =
            (sum(|round| round.submitted), sum(|round| round.units), sum(|round| round.late));
        let asked = told.rounds.iter().map(|round| round.asked).fold(0, u64::saturating_add);
        let more_rounds = told.rounds.len().saturating_sub(ROUNDS);
        told.rounds.truncate(ROUNDS);
        Self { frame, told, submitted, units, late, asked, more_rounds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn with_nothing_in_the_red_it_says_so_and_shows_no_red() {
        let page = LeaderPage::new(&sample::site(Vec::new()), Told::default()).render().unwrap();
        assert!(page.contains("Không có đợt nào đang chạy") && !page.contains("class=\"son\""), "{page}");
    }

    #[test]
    fn each_red_number_leads_to_whose_it_is() {
        let late = LateRow {
            what: Link::new("Chưa nộp phiếu", "/dot-cham/a/phieu/b"),
            unit: "Sở Y tế".into(),
            responsible: vec!["Giám đốc Sở: Nguyễn Văn Yên (mô phỏng)".into()],
            days: 3,
            reason: "mới nhập 10 / 71 dòng".into(),
        };
        let round = RoundRow {
            title: Link::new("Đợt", "/dot-cham/a"),
            step: "Tự chấm điểm".into(),
            submitted: 1,
            units: 2,
            late: 1,
            asked: 0,
        };
        let told = Told { late: vec![late], rounds: vec![round], more_late: 4, ..Told::default() };
        let page = LeaderPage::new(&sample::site(Vec::new()), told).render().unwrap();
        for said in ["3 ngày", "Sở Y tế", "Giám đốc Sở", "mới nhập 10 / 71 dòng", "href=\"#do\"", "4 đơn vị khác"]
        {
            assert!(page.contains(said), "{said}: {page}");
        }
        let mover = Mover { unit: Link::default(), ranks: (7, 2) };
        assert_eq!((mover.class(), mover.places()), ("up", 5));
    }
}
