//! The persons of the demonstration. All are invented; units and the titles of posts are real.

use cchc_access::{Actions, Capacity, Delegation, DelegationId, PersonCommand, Post, PostId, Role};
use cchc_ledger::{Moment, PersonId};
use jiff::civil::{Date, date};

/// What a person of the demonstration did or was given, and when.
pub struct Said {
    /// When.
    pub at: Moment,
    /// Who.
    pub person: &'static str,
    /// What.
    pub command: PersonCommand,
}

struct Player {
    id: &'static str,
    name: &'static str,
    login: &'static str,
    posts: &'static [Part],
}

struct Part {
    unit: &'static str,
    title: &'static str,
    roles: &'static [Role],
    capacity: Capacity,
    from: Date,
    to: Option<Date>,
}

/// They were entered on this day.
const ENTERED: Date = date(2021, 1, 11);
/// Since the merger of provinces.
const MERGED: Date = date(2025, 7, 1);
const LAST: Option<Date> = Some(date(2025, 6, 30));

const fn part(unit: &'static str, title: &'static str, roles: &'static [Role], from: Date, to: Option<Date>) -> Part {
    Part { unit, title, roles, capacity: Capacity::Own, from, to }
}

const PLAYERS: [Player; 9] = [
    Player {
        id: "mo-phong-quan-tri",
        name: "Lê Văn Quản (mô phỏng)",
        login: "quan-tri",
        posts: &[
            part("VP.SNV", "Chuyên viên quản trị hệ thống", &[Role::Admin], ENTERED, LAST),
            part("PT.SNV", "Chuyên viên quản trị hệ thống", &[Role::Admin], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-dieu-phoi",
        name: "Trần Thị Điều (mô phỏng)",
        login: "dieu-phoi",
        posts: &[
            part("VP.SNV", "Trưởng phòng Cải cách hành chính", &[Role::Coordinator], ENTERED, LAST),
            part("PT.SNV", "Trưởng phòng Cải cách hành chính", &[Role::Coordinator], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-chu-tich-vinh-yen",
        name: "Nguyễn Văn Yên (mô phỏng)",
        login: "chu-tich.vinh-yen",
        posts: &[Part {
            capacity: Capacity::Tm,
            ..part("243", "Chủ tịch UBND thành phố", &[Role::UnitHead], ENTERED, LAST)
        }],
    },
    Player {
        id: "mo-phong-pho-chu-tich-vinh-yen",
        name: "Phạm Thị Phó (mô phỏng)",
        login: "pho-chu-tich.vinh-yen",
        posts: &[part("243", "Phó Chủ tịch UBND thành phố", &[], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-dau-moi-vinh-yen",
        name: "Hoàng Văn Mối (mô phỏng)",
        login: "dau-moi.vinh-yen",
        posts: &[part("243", "Chuyên viên Phòng Nội vụ", &[Role::UnitOfficer], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-dau-moi-tich-son",
        name: "Vũ Thị Sơn (mô phỏng)",
        login: "dau-moi.tich-son",
        posts: &[part("08707", "Công chức Văn phòng – Thống kê", &[Role::UnitOfficer], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-tham-dinh",
        name: "Đỗ Văn Thẩm (mô phỏng)",
        login: "tham-dinh",
        posts: &[
            part("VP.STP", "Chuyên viên Sở Tư pháp", &[Role::Appraiser], ENTERED, LAST),
            part("PT.STP", "Chuyên viên Sở Tư pháp", &[Role::Appraiser], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-hoi-dong",
        name: "Bùi Thị Đồng (mô phỏng)",
        login: "hoi-dong",
        posts: &[
            part("VP.SNV", "Phó Giám đốc Sở Nội vụ, thành viên Hội đồng", &[Role::Council], ENTERED, LAST),
            part("PT.SNV", "Phó Giám đốc Sở Nội vụ, thành viên Hội đồng", &[Role::Council], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-lanh-dao",
        name: "Đặng Văn Lãnh (mô phỏng)",
        login: "lanh-dao",
        posts: &[
            part("26", "Phó Chủ tịch UBND tỉnh", &[Role::Leader], ENTERED, LAST),
            part("25", "Phó Chủ tịch UBND tỉnh", &[Role::Leader], MERGED, None),
        ],
    },
];

/// Everything that they did and were given, in the order of time.
pub fn said() -> Vec<Said> {
    let mut said = Vec::new();
    for (order, player) in (1..).zip(&PLAYERS) {
        let morning = Moment::of(ENTERED.at(8, 30, 0, 0));
        let say = |at, command| Said { at, person: player.id, command };
        said.push(say(
            morning,
            PersonCommand::Register {
                name: player.name.to_owned(),
                login: Some(player.login.to_owned()),
                contact: cchc_access::person::Contact::default(),
                simulated: true,
            },
        ));
        for (number, part) in player.posts.iter().enumerate() {
            let at = Moment::of(part.from.at(8, 45, 0, 0));
            said.push(say(at, PersonCommand::Appoint { post: post(player, part, number, order) }));
        }
    }
    said.push(deputy());
    said.sort_by_key(|said| said.at);
    said
}

fn post(player: &Player, part: &Part, number: usize, order: u32) -> Post {
    Post {
        id: PostId(format!("{}-{}", player.id, number.saturating_add(1))),
        unit: part.unit.to_owned(),
        title: part.title.to_owned(),
        party_title: None,
        roles: part.roles.to_vec(),
        fields: Vec::new(),
        capacity: part.capacity,
        from: part.from,
        to: part.to,
        document: format!("{order:02}/QĐ-MP (mô phỏng)"),
        order,
    }
}

/// The chairman of Vĩnh Yên lets his deputy sign for him for a year.
fn deputy() -> Said {
    let from = date(2021, 9, 6);
    Said {
        at: Moment::of(from.at(8, 15, 0, 0)),
        person: "mo-phong-chu-tich-vinh-yen",
        command: PersonCommand::Delegate {
            delegation: Delegation {
                id: DelegationId("mo-phong-ky-thay-2021".to_owned()),
                from_post: PostId("mo-phong-chu-tich-vinh-yen-1".to_owned()),
                to_person: PersonId::from("mo-phong-pho-chu-tich-vinh-yen"),
                capacity: Capacity::Kt,
                actions: Actions::All,
                from,
                to: Some(date(2022, 9, 5)),
                document: "27/TB-MP (mô phỏng)".to_owned(),
                ended: None,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_marked_as_invented_and_every_role_is_played() {
        assert!(PLAYERS.iter().all(|player| player.name.ends_with("(mô phỏng)")));
        for role in Role::ALL {
            let played = PLAYERS.iter().flat_map(|player| player.posts).any(|part| part.roles.contains(&role));
            assert!(played, "{role:?}");
        }
        assert!(said().is_sorted_by_key(|said| said.at));
    }
}
