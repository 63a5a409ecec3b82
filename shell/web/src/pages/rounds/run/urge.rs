//! `/dot-cham/{round}/nhac`: units are reminded: the text is seen before it goes.

use askama::Template;
use cchc_index::round::Channel;

use crate::app::Ways;
use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::pages::rounds::ADDRESS;
use crate::site::Site;

/// The units.
pub const UNITS: &str = "u";
/// The ways.
pub const CHANNELS: &str = "qua";
/// The text to one unit.
pub const TEXT: &str = "loi-nhan";

/// A unit that is about to be reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Its code.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// What it lacks: `9 / 48 dòng: 1.1, 3.2`.
    pub lacks: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/run/urge.html")]
pub struct UrgePage {
    frame: Frame,
    form: FormView,
    units: Vec<Lacking>,
    group: String,
    example: String,
}

impl UrgePage {
    /// The page; `group` is the text to all at once, `example` that to the first of them.
    #[must_use]
    pub fn new(
        site: &Site,
        round: (&str, &str),
        form: FormView,
        units: Vec<Lacking>,
        group: String,
        example: String,
    ) -> Self {
        let frame =
            Frame::new(site, Section::Rounds, "Đôn đốc").crumb("Đợt chấm điểm", ADDRESS).crumb(round.0, round.1);
        Self { frame, form, units, group, example }
    }
}

/// The form; a way that is not set up can't be chosen, and says so.
#[must_use]
pub fn form(action: String, request: &str, units: &[Lacking], ways: &Ways, text: &str) -> FormView {
    let is_ready = |channel: &Channel| match channel {
        Channel::Mail => ways.mail,
        Channel::Gateway => ways.gateway,
        Channel::Notice | Channel::Copied => true,
    };
    let ready = Channel::ALL.into_iter().filter(is_ready);
    let mut channels: Vec<Choice> = ready.map(|channel| Choice::new(channel.code(), channel.label())).collect();
    channels.iter_mut().for_each(|choice| choice.chosen = choice.value != Channel::Copied.code());
    let missing: Vec<&str> = Channel::ALL.into_iter().filter(|one| !is_ready(one)).map(Channel::label).collect();
    let tip = if missing.is_empty() { String::new() } else { format!("Chưa cấu hình: {}.", missing.join("; ")) };
    let chosen = units.iter().map(|unit| Choice {
        chosen: true,
        ..Choice::new(&unit.unit, format!("{}: còn thiếu {}", unit.name, unit.lacks))
    });
    FormView::new(action, request, "Gửi")
        .field(Field::new(UNITS, "Đơn vị", Kind::Many(chosen.collect())).required())
        .field(Field::new(CHANNELS, "Gửi qua", Kind::Many(channels)).required().tip(tip))
        .field(
            Field::long(TEXT, "Nội dung gửi từng đơn vị")
                .required()
                .value(text)
                .tip("{đơn vị} và {còn thiếu} được thay bằng của từng đơn vị. Không ghi tên người, số điện thoại."),
        )
}
