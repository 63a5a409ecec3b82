//! `/dot-cham/{round}` for whoever leads or oversees it: the steps in time, units and agencies and how far each is,
//! what is late and whose.

use askama::Template;
use cchc_index::Round;
use cchc_index::round::{Phase, Plan};
use cchc_index::sheet::SheetStanding;
use cchc_store::sheets::SheetRow;
use cchc_text::date::vietnamese;
use jiff::civil::Date;

use super::agencies::AgencyRow;
use super::plan::capital;
use super::steps::{class, steps};
use crate::chart::Svg;
use crate::chart::timeline::{Step, timeline};
use crate::frame::{Frame, Section};
use crate::list::{Link, address};
use crate::pages::rounds::{ADDRESS, round_address, sheet_address};
use crate::site::Site;

/// Units named in the finding at most.
const NAMED: usize = 4;
/// Class and words of a status.
pub type Status = (&'static str, String);

/// Which units are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those whose last day is over and that did not hand in.
    Late,
    /// Those that did not hand in.
    Open,
    /// Those that were asked back and did not answer.
    Asked,
    /// Those with more time, or reopened.
    Extended,
    /// Those that handed in.
    Done,
}

impl Filter {
    /// Every filter, as offered.
    pub const ALL: [Self; 6] = [Self::All, Self::Late, Self::Open, Self::Asked, Self::Extended, Self::Done];

    /// What the address says.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Late => "tre",
            Self::Open => "chua-nop",
            Self::Asked => "hoi-lai",
            Self::Extended => "gia-han",
            Self::Done => "da-nop",
        }
    }

    /// The filter of a code; all where there is none such.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.code() == code).unwrap_or_default()
    }

    const fn label(self) -> &'static str {
        match self {
            Self::All => "Tất cả",
            Self::Late => "Trễ hạn",
            Self::Open => "Chưa nộp",
            Self::Asked => "Hỏi lại",
            Self::Extended => "Gia hạn, mở lại",
            Self::Done => "Đã nộp",
        }
    }
}

/// A unit on the board.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// Its code.
    pub code: String,
    /// Its name, leading to its sheet.
    pub name: Link,
    /// Code of its group.
    pub group: String,
    /// Self-scoring.
    pub own: Status,
    /// The first appraisal, its explanation, the second appraisal, the council.
    pub after: [Status; 4],
    /// Questions.
    pub asked: Option<Status>,
    /// When it was reminded; empty: never.
    pub urged: String,
    /// Whether its last day is over and it did not hand in.
    pub is_late: bool,
    is_submitted: bool,
    is_extended: bool,
}

/// How the board is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Which units.
    pub filter: Filter,
    /// Of which group; empty: all.
    pub group: String,
}

/// What whoever looks may do.
#[derive(Debug, Clone, Default)]
pub struct May {
    /// Where he may go from here.
    pub ways: Vec<Link>,
    /// Whether he may remind, extend, reopen.
    pub leads: bool,
}

/// The appraising agencies.
#[derive(Debug, Clone, Default)]
pub struct Agencies {
    /// Each, those that are late first.
    pub rows: Vec<AgencyRow>,
    /// A text to copy to those that owe decisions; empty: none does.
    pub text: String,
}

impl UnitRow {
    /// A unit; `lines` are those that it answers itself and that apply, `after` how far it is in the later steps.
    #[must_use]
    pub fn new(id: &str, round: &Round, row: &SheetRow, lines: u64, after: [Status; 4], today: Date) -> Self {
        let is_submitted = row.standing == SheetStanding::Submitted;
        let until = round.until(&row.unit, Phase::SelfScoring);
        let reopened = round.reopened.iter().find(|known| known.unit == row.unit).map(|known| known.until);
        let extension =
            round.extensions.iter().find(|known| known.unit == row.unit && known.phase == Phase::SelfScoring);
        let last = until.max(reopened);
        let is_late = round.phase().is_some() && !is_submitted && last.is_some_and(|last| last < today);
        let share = |count: u64| format!("{} / {lines}", count.min(lines));
        let own = if is_submitted {
            let on = row.submitted_at.date();
            ("ok", format!("nộp {}", vietnamese(on)))
        } else if is_late {
            let days = last.map_or(0, |last| today.since(last).map_or(0, |span| span.get_days()));
            ("late", format!("{}, trễ {days} ngày", share(row.filled)))
        } else if row.standing == SheetStanding::Proposed {
            ("part", "chờ thủ trưởng duyệt".to_owned())
        } else {
            (if row.filled > 0 { "part" } else { "no" }, share(row.filled))
        };
        let more = match (reopened.filter(|until| *until >= today), extension) {
            (Some(until), _) => format!(", mở lại đến {}", vietnamese(until)),
            (None, Some(extension)) => format!(", gia hạn {}", vietnamese(extension.until)),
            (None, None) => String::new(),
        };
        Self {
            code: row.unit.clone(),
            name: Link::new(&row.name, sheet_address(id, &row.unit)),
            group: row.group.clone(),
            own: (own.0, format!("{}{more}", own.1)),
            after,
            asked: (row.asked > 0).then(|| ("ask", format!("hỏi lại {}", row.asked))),
            urged: round
                .urged
                .get(&row.unit)
                .map_or_else(String::new, |urging| format!("{}, lần {}", vietnamese(urging.at.date()), urging.times)),
            is_late,
            is_submitted,
            is_extended: !more.is_empty(),
        }
    }

    fn fits(&self, filter: Filter) -> bool {
        match filter {
            Filter::All => true,
            Filter::Late => self.is_late,
            Filter::Open => !self.is_submitted,
            Filter::Asked => self.asked.is_some(),
            Filter::Extended => self.is_extended,
            Filter::Done => self.is_submitted,
        }
    }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/run/board.html")]
pub struct BoardPage {
    frame: Frame,
    lede: Vec<(bool, String)>,
    line: Option<Svg>,
    steps: Vec<(String, String, Status)>,
    agencies: Agencies,
    until: String,
    filters: Vec<(Link, bool)>,
    groups: Vec<(Link, bool)>,
    rows: Vec<UnitRow>,
    ways: Vec<Link>,
    urge: String,
    leads: bool,
    extend: String,
    reopen: String,
}

impl BoardPage {
    /// The page, with what whoever looks may do.
    #[must_use]
    pub fn new(
        site: &Site,
        (id, round, plan): (&str, &Round, &Plan),
        (all, agencies): (Vec<UnitRow>, Agencies),
        asked: &Asked,
        may: May,
    ) -> Self {
        let May { ways, leads } = may;
        let here = round_address(id);
        let name = |code: &str| {
            let level = cchc_units::Level::from_code(code).map(|level| level.label());
            level.map_or_else(|| format!("Nhóm {code}"), capital)
        };
        let of_group = |row: &&UnitRow| asked.group.is_empty() || row.group == asked.group;
        let count = |filter: Filter| all.iter().filter(of_group).filter(|row| row.fits(filter)).count();
        let filters = Filter::ALL.into_iter().map(|filter| {
            let href = address(&here, &[("loc", filter.code()), ("nhom", &asked.group)]);
            (Link::new(format!("{} {}", filter.label(), count(filter)), href), filter == asked.filter)
        });
        let groups = std::iter::once(String::new()).chain(plan.groups.iter().map(|group| group.code.clone()));
        let groups = groups.map(|group| {
            let of = all.iter().filter(|row| group.is_empty() || row.group == group).count();
            let label = if group.is_empty() { format!("Mọi nhóm {of}") } else { format!("{} {of}", name(&group)) };
            (Link::new(label, address(&here, &[("loc", asked.filter.code()), ("nhom", &group)])), group == asked.group)
        });
        let (filters, groups) = (filters.collect(), groups.collect());
        let lede = lede(round, &all, &agencies.rows, site.today);
        let steps = steps(round, plan, site.today);
        let line = timeline("buoc-do", &steps, round.phase().map(|_| site.today));
        let words = |step: Step| {
            let until = step.until.map_or_else(|| "không đặt hạn".to_owned(), vietnamese);
            (step.label, until, (class(step.how), step.how.label().to_owned()))
        };
        let rows = all.into_iter().filter(|row| of_group(&row) && row.fits(asked.filter)).collect();
        let way = |what: &str| format!("{here}/{what}");
        Self {
            frame: Frame::new(site, Section::Rounds, plan.title.clone()).crumb("Đợt chấm điểm", ADDRESS),
            lede,
            line,
            steps: steps.into_iter().map(words).collect(),
            agencies,
            until: appraised_until(round, plan),
            filters,
            groups: if plan.groups.len() > 1 { groups } else { Vec::new() },
            rows,
            ways,
            urge: way("nhac"),
            leads,
            extend: way("viec/gia-han"),
            reopen: way("viec/mo-lai"),
        }
    }
}

/// The last days of both appraisals, for the agencies.
fn appraised_until(round: &Round, plan: &Plan) -> String {
    let day = |phase: Phase| {
        let until = plan.deadline(phase).map_or_else(|| "không đặt hạn".to_owned(), vietnamese);
        let own = round.extensions.iter().filter(|known| known.phase == phase).count();
        let more = if own > 0 { format!(", {own} đơn vị được gia hạn") } else { String::new() };
        format!("{}: {until}{more}.", phase.label())
    };
    format!("Ngày cuối. {} {}", day(Phase::FirstAppraisal), day(Phase::SecondAppraisal))
}

/// What is late and whose, in a sentence; what is late is marked.
fn lede(round: &Round, rows: &[UnitRow], agencies: &[AgencyRow], today: Date) -> Vec<(bool, String)> {
    let done = rows.iter().filter(|row| row.is_submitted).count();
    let late: Vec<&UnitRow> = rows.iter().filter(|row| row.is_late).collect();
    let mut said = Vec::new();
    let Some(phase) = round.phase() else {
        let text = if round.results.is_empty() {
            "Đợt đang lập, chưa mở."
        } else {
            "Đợt đã công bố kết quả."
        };
        return vec![(false, text.to_owned())];
    };
    let until = round.plan.as_ref().and_then(|plan| plan.deadline(phase));
    let when = match until {
        Some(until) if until < today => format!("Bước {phase} đã quá hạn ngày {}. ", vietnamese(until)),
        Some(until) => format!("Đang ở bước {phase}, hạn {}. ", vietnamese(until)),
        None => format!("Đang ở bước {phase}. "),
    };
    said.push((false, format!("{when}{done} / {} đơn vị đã nộp phiếu", rows.len())));
    let none = if done == rows.len() { "" } else { "; chưa đơn vị nào trễ" };
    if late.is_empty() {
        said.push((false, none.to_owned()));
    } else {
        let names: Vec<&str> = late.iter().map(|row| row.name.label.as_str()).collect();
        said.extend(named("đơn vị trễ", &names));
    }
    said.push((false, ". ".to_owned()));
    let owing: Vec<String> =
        agencies.iter().filter(|row| row.is_late).map(|row| format!("{} còn {} dòng", row.name, row.left)).collect();
    if !owing.is_empty() {
        let names: Vec<&str> = owing.iter().map(String::as_str).collect();
        said.extend(named("cơ quan thẩm định trễ", &names).into_iter().skip(1));
        said.push((false, ".".to_owned()));
    }
    said
}

/// `; 2 đơn vị trễ: A, B`, what is late marked.
fn named(what: &str, names: &[&str]) -> Vec<(bool, String)> {
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" và {more} {} khác", what.trim_end_matches(" trễ")) } else { String::new() };
    let shown: Vec<&str> = names.iter().take(NAMED).copied().collect();
    vec![
        (false, "; ".to_owned()),
        (true, format!("{} {what}", names.len())),
        (false, format!(": {}{more}", shown.join(", "))),
    ]
}
