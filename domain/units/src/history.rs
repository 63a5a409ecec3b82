//! A unit's history: dated events for its page.

use cchc_text::date::vietnamese;
use jiff::civil::Date;
use serde::Serialize;

use crate::error::UnitError;
use crate::level::type_label;
use crate::registry::Registry;
use crate::succession::{Link, Passage};
use crate::version::{UnitId, Version};

/// Something that happened to a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The day; `None` is before the record.
    pub on: Option<Date>,
    /// What happened.
    pub kind: EventKind,
    /// The decision; empty where the files don't say.
    pub legal_basis: String,
    /// How sure the row is from which it is known.
    pub confidence: String,
}

/// What can happen to a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum EventKind {
    /// It was there before the record.
    OnRecord,
    /// It was founded, from nobody.
    Founded,
    /// It was made of several units.
    FormedFrom {
        /// They.
        units: Vec<Party>,
    },
    /// It follows one unit, under another code.
    Follows {
        /// That unit.
        unit: Party,
    },
    /// It was split off from a unit.
    SplitFrom {
        /// That unit.
        unit: Party,
    },
    /// It got another name.
    Renamed {
        /// The name before.
        from: String,
        /// The name since.
        to: String,
    },
    /// It became of another type or level: a commune became a ward.
    Retyped {
        /// The type before, a word for the reader.
        from: String,
        /// The type since.
        to: String,
        /// The full name since.
        name: String,
    },
    /// It came under another unit.
    Moved {
        /// The code above it before.
        from: Option<String>,
        /// The code above it since.
        to: Option<String>,
    },
    /// A new version in which neither name, type nor parent differs.
    Revised,
    /// It took units in and stayed itself.
    Absorbed {
        /// They.
        units: Vec<Party>,
    },
    /// It got parts of units that live on, or that were divided.
    TookPart {
        /// They.
        units: Vec<Party>,
    },
    /// It gave a part away and stayed itself.
    GaveAway {
        /// Who got it.
        units: Vec<Party>,
    },
    /// It became a new unit together with others.
    MergedInto {
        /// The new unit.
        unit: Party,
    },
    /// It was taken in by a unit that goes on.
    AbsorbedInto {
        /// That unit.
        unit: Party,
    },
    /// It alone became a new unit under another code.
    FollowedBy {
        /// The new unit.
        unit: Party,
    },
    /// It was divided among several units.
    SplitInto {
        /// They.
        units: Vec<Party>,
    },
    /// It ended and nobody took over.
    Ended,
}

/// Another unit in an event, as it was called then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Which unit.
    pub unit: UnitId,
    /// Its name then.
    pub name: String,
}

impl Registry {
    /// What happened to a unit, in the order of time.
    ///
    /// # Errors
    /// [`UnitError::UnknownUnit`].
    pub fn history(&self, id: &UnitId) -> Result<Vec<Event>, UnitError> {
        self.unit(id)?;
        let mut events = Vec::new();
        let mut before = None;
        for &position in self.positions(id) {
            let Some(version) = self.versions.get(position) else { continue };
            match before {
                None => events.push(self.beginning(position, version)),
                Some(before) => changes(before, version, &mut events),
            }
            self.absorptions(position, version, &mut events);
            self.passing_on(position, version, &mut events);
            before = Some(version);
        }
        Ok(events)
    }

    fn beginning(&self, position: usize, version: &Version) -> Event {
        let Some(on) = version.period.from else {
            return Event::new(None, EventKind::OnRecord, "", version);
        };
        let founders: Vec<Link> = self.succession.founders(position, on).collect();
        let basis =
            founders.iter().find_map(|link| self.step(*link)).map_or(version.start_basis(), |step| step.legal_basis);
        let mut units = self.parties(founders.iter().map(|link| link.before));
        let kind = match (units.pop(), units.is_empty()) {
            (None, _) => EventKind::Founded,
            (Some(unit), true) => {
                let passage = founders.first().and_then(|link| self.succession.passage(*link, &self.versions));
                if passage == Some(Passage::Split) {
                    EventKind::SplitFrom { unit }
                } else {
                    EventKind::Follows { unit }
                }
            }
            (Some(last), false) => {
                units.push(last);
                EventKind::FormedFrom { units }
            }
        };
        Event::new(Some(on), kind, basis, version)
    }

    /// What the version took in after its first day, a day at a time; whole units first.
    fn absorptions(&self, position: usize, version: &Version, events: &mut Vec<Event>) {
        let mut links: Vec<Link> =
            self.succession.before(position).iter().copied().filter(|link| link.on > version.period.start()).collect();
        let partly = |link: &Link| self.succession.after(link.before).len() > 1;
        links.sort_by_key(|link| (link.on, partly(link), link.before));
        for alike in links.chunk_by(|one, other| one.on == other.on && partly(one) == partly(other)) {
            let Some((first, step)) = alike.first().and_then(|link| Some((link, self.step(*link)?))) else { continue };
            let units = self.parties(alike.iter().map(|link| link.before));
            let kind = if partly(first) { EventKind::TookPart { units } } else { EventKind::Absorbed { units } };
            events.push(Event::new(Some(step.on), kind, step.legal_basis, step.before));
        }
    }

    /// What becomes of the version after its last day, where it doesn't simply go on.
    fn passing_on(&self, position: usize, version: &Version, events: &mut Vec<Event>) {
        let Some(on) = version.period.day_after() else { return };
        let goes_on = |link: &&Link| self.succession.passage(**link, &self.versions) == Some(Passage::Continued);
        let (same, others): (Vec<&Link>, Vec<&Link>) = self.succession.after(position).iter().partition(goes_on);
        let mut units = self.parties(others.iter().map(|link| link.after));
        let passage = others.first().and_then(|link| self.succession.passage(**link, &self.versions));
        let kind = match (same.is_empty(), units.len()) {
            (false, 0) => return,
            (false, _) => EventKind::GaveAway { units },
            (true, 0) => EventKind::Ended,
            (true, 1) => {
                let Some(unit) = units.pop() else { return };
                match passage {
                    Some(Passage::Absorbed) => EventKind::AbsorbedInto { unit },
                    Some(Passage::Merged) => EventKind::MergedInto { unit },
                    _ => EventKind::FollowedBy { unit },
                }
            }
            (true, _) => EventKind::SplitInto { units },
        };
        let basis =
            others.first().and_then(|link| self.step(**link)).map_or(version.end_basis(), |step| step.legal_basis);
        events.push(Event::new(Some(on), kind, basis, version));
    }

    fn parties(&self, positions: impl Iterator<Item = usize>) -> Vec<Party> {
        positions
            .filter_map(|position| self.versions.get(position))
            .map(|version| Party { unit: version.unit.clone(), name: version.name.clone() })
            .collect()
    }
}

/// How a version differs from the one before it of the same unit.
fn changes(before: &Version, after: &Version, events: &mut Vec<Event>) {
    let basis = if before.end_basis().is_empty() { after.start_basis() } else { before.end_basis() };
    let mut kinds = Vec::new();
    let retyped = (&before.kind, before.level) != (&after.kind, after.level);
    if retyped {
        let word = |version: &Version| {
            if version.kind.is_empty() { version.level.label() } else { type_label(&version.kind) }.to_owned()
        };
        kinds.push(EventKind::Retyped { from: word(before), to: word(after), name: after.name.clone() });
    }
    let same_name = if retyped { before.proper_name() == after.proper_name() } else { before.name == after.name };
    if !same_name {
        kinds.push(EventKind::Renamed { from: before.name.clone(), to: after.name.clone() });
    }
    if before.parent != after.parent {
        kinds.push(EventKind::Moved { from: before.parent.clone(), to: after.parent.clone() });
    }
    if kinds.is_empty() {
        kinds.push(EventKind::Revised);
    }
    events.extend(kinds.into_iter().map(|kind| Event::new(after.period.from, kind, basis, after)));
}

impl Event {
    fn new(on: Option<Date>, kind: EventKind, legal_basis: &str, known_from: &Version) -> Self {
        Self { on, kind, legal_basis: legal_basis.to_owned(), confidence: known_from.confidence.clone() }
    }

    /// The event as a sentence without a date: `Đổi loại từ xã thành phường: Phường Định Trung.`
    #[must_use]
    pub fn sentence(&self) -> String {
        self.kind.sentence()
    }

    /// The day as `01/07/2025`; empty before the record.
    #[must_use]
    pub fn day(&self) -> String {
        self.on.map(vietnamese).unwrap_or_default()
    }
}

impl EventKind {
    fn sentence(&self) -> String {
        let code =
            |code: &Option<String>| code.as_ref().map_or_else(|| "không có".to_owned(), |code| format!("«{code}»"));
        match self {
            Self::OnRecord => "Có từ trước khi dữ liệu bắt đầu.".to_owned(),
            Self::Founded => "Thành lập.".to_owned(),
            Self::FormedFrom { units } => format!("Thành lập trên cơ sở hợp nhất {}.", names(units)),
            Self::Follows { unit } => format!("Thành lập từ {}.", unit.name),
            Self::SplitFrom { unit } => format!("Thành lập do tách từ {}.", unit.name),
            Self::Renamed { from, to } => format!("Đổi tên từ {from} thành {to}."),
            Self::Retyped { from, to, name } => format!("Chuyển từ {from} thành {to}: {name}."),
            Self::Moved { from, to } => format!("Chuyển đơn vị cấp trên: trước {}, nay {}.", code(from), code(to)),
            Self::Revised => "Cập nhật thông tin.".to_owned(),
            Self::Absorbed { units } => format!("Nhận sáp nhập {}.", names(units)),
            Self::TookPart { units } => format!("Nhận một phần của {}.", names(units)),
            Self::GaveAway { units } => format!("Tách một phần thành hoặc sang {}.", names(units)),
            Self::MergedInto { unit } => format!("Cùng đơn vị khác hợp nhất thành {}.", unit.name),
            Self::AbsorbedInto { unit } => format!("Sáp nhập vào {}.", unit.name),
            Self::FollowedBy { unit } => format!("Chuyển thành {}.", unit.name),
            Self::SplitInto { units } => format!("Chia tách thành {}.", names(units)),
            Self::Ended => "Kết thúc hoạt động, không có đơn vị kế tục.".to_owned(),
        }
    }
}

/// `A, B và C`.
fn names(units: &[Party]) -> String {
    match units {
        [] => String::new(),
        [one] => one.name.clone(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|unit| unit.name.as_str()).collect();
            format!("{} và {}", first.join(", "), last.name)
        }
    }
}
