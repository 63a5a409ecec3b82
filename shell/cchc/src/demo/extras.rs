//! The many who fill, sign and appraise sheets beside the players: invented, one a unit and role, without a login.

use cchc_access::{Capacity, PersonCommand, Post, PostId, Role};
use cchc_ledger::{Actor, Moment};
use cchc_units::{Level, Registry, Version};
use jiff::civil::Date;

use super::cast::{self, ENTERED, MERGED, Said};
use super::dice::Dice;
use crate::data;

const FAMILIES: [&str; 12] =
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương"];
const GIVEN: [&str; 24] = [
    "Văn An",
    "Thị Bình",
    "Văn Cường",
    "Thị Dung",
    "Văn Đức",
    "Thị Giang",
    "Thị Hà",
    "Văn Hải",
    "Thị Hạnh",
    "Văn Hùng",
    "Thị Hương",
    "Văn Khánh",
    "Thị Lan",
    "Văn Long",
    "Thị Mai",
    "Văn Minh",
    "Thị Nga",
    "Văn Phúc",
    "Thị Quyên",
    "Văn Sơn",
    "Thị Thảo",
    "Văn Tuấn",
    "Thị Vân",
    "Thị Yến",
];

/// Who acts in that role for a unit on a day: the player who has the post, else the one invented for it.
pub fn actor(unit: &str, role: Role, on: Date) -> Actor {
    cast::actor(unit, role, on).unwrap_or_else(|| {
        let id = id(unit, role, if on < MERGED { ENTERED } else { MERGED });
        Actor { post: format!("{id}-1"), unit: unit.to_owned(), ..Actor::person(id) }
    })
}

/// Everything that they were given, by day.
pub fn said() -> Vec<Said> {
    let units = data::units();
    [ENTERED, MERGED].into_iter().flat_map(|day| begun(&units, day)).collect()
}

/// Those who begin with the units of a day.
fn begun(units: &Registry, day: Date) -> Vec<Said> {
    let tree = units.as_of(day);
    let all = tree.iter().map(|node| node.version);
    let new = all.filter(|unit| day == ENTERED || unit.period.from == Some(day));
    let wanted = new.flat_map(|unit| roles(unit).iter().map(move |role| (unit, *role)));
    let others = wanted.filter(|(unit, role)| cast::actor(&unit.code, *role, day).is_none());
    (100..).zip(others).flat_map(|(order, (unit, role))| person(unit, role, day, order)).collect()
}

fn roles(unit: &Version) -> &'static [Role] {
    match unit.level {
        Level::Province => &[],
        Level::Department if unit.is_office() => &[Role::Appraiser],
        Level::Department => &[Role::UnitHead, Role::UnitOfficer, Role::Appraiser],
        Level::District | Level::Commune => &[Role::UnitHead, Role::UnitOfficer],
    }
}

/// A code may be another unit's after a merger, with other people.
fn id(unit: &str, role: Role, since: Date) -> String {
    format!("mo-phong-{}-{unit}-{}", role.code(), since.year())
}

fn person(unit: &Version, role: Role, day: Date, order: u32) -> [Said; 2] {
    let id = id(&unit.code, role, day);
    let mut dice = Dice::named(&[&id, "tên"]);
    let mut one_of = |names: &[&'static str]| {
        let at = dice.below(u64::try_from(names.len()).unwrap_or(1));
        names.get(usize::try_from(at).unwrap_or(0)).copied().unwrap_or_default()
    };
    let name = format!("{} {} (mô phỏng)", one_of(&FAMILIES), one_of(&GIVEN));
    let register = PersonCommand::Register {
        name,
        login: None,
        contact: cchc_access::person::Contact::default(),
        simulated: true,
    };
    let post = Post {
        id: PostId(format!("{id}-1")),
        unit: unit.code.clone(),
        title: title(unit, role).to_owned(),
        party_title: None,
        roles: vec![role],
        fields: Vec::new(),
        capacity: Capacity::Own,
        from: day,
        to: unit.period.to,
        document: format!("{order}/QĐ-MP (mô phỏng)"),
        order,
    };
    let said = |hour, minute, command| Said { at: Moment::of(day.at(hour, minute, 0, 0)), person: id.clone(), command };
    [said(8, 30, register), said(8, 45, PersonCommand::Appoint { post })]
}

const fn title(unit: &Version, role: Role) -> &'static str {
    match (role, unit.level) {
        (Role::UnitHead, Level::Department) => "Thủ trưởng cơ quan",
        (Role::UnitHead, _) => "Chủ tịch UBND",
        (Role::UnitOfficer, _) => "Cán bộ đầu mối CCHC",
        _ => "Chuyên viên thẩm định",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_unit_has_its_own_and_whoever_acts_was_appointed() {
        let said = said();
        let posts: BTreeSet<String> = said
            .iter()
            .filter_map(|one| match &one.command {
                PersonCommand::Appoint { post } => Some(post.id.0.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(posts.len() * 2, said.len(), "nobody has two posts");
        for (unit, role) in [("VP.SCT", Role::UnitHead), ("246.NV", Role::Appraiser), ("08761", Role::UnitOfficer)] {
            assert!(posts.contains(&actor(unit, role, date(2023, 1, 16)).post), "{unit}");
        }
        let player = actor("VP.STP", Role::Appraiser, date(2023, 1, 16));
        assert_eq!((player.person.as_str(), posts.contains(&player.post)), ("mo-phong-tham-dinh", false));
    }
}
