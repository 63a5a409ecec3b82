//! The persons of the demonstration. All are invented; units and the titles of posts are real.

use cchc_access::{Actions, Capacity, Delegation, DelegationId, PersonCommand, Post, PostId, Role};
use cchc_ledger::{Actor, Moment, PersonId};
use jiff::civil::{Date, date};

/// What a person of the demonstration did or was given, and when.
pub struct Said {
    /// When.
    pub at: Moment,
    /// Who.
    pub person: String,
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
pub const ENTERED: Date = date(2021, 1, 11);
/// Since the merger of provinces.
pub const MERGED: Date = date(2025, 7, 1);
const LAST: Option<Date> = Some(date(2025, 6, 30));

const fn part(unit: &'static str, title: &'static str, roles: &'static [Role], from: Date, to: Option<Date>) -> Part {
    Part { unit, title, roles, capacity: Capacity::Own, from, to }
}

const PLAYERS: [Player; 27] = [
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
    Player {
        id: "mo-phong-chu-tich-tinh",
        name: "Trương Văn Tỉnh (mô phỏng)",
        login: "chu-tich.tinh",
        posts: &[Part {
            capacity: Capacity::Tm, ..part("26", "Chủ tịch UBND tỉnh", &[Role::UnitHead], ENTERED, LAST)
        }],
    },
    Player {
        id: "mo-phong-tong-hop-tinh",
        name: "Nghiêm Thị Tổng (mô phỏng)",
        login: "dau-moi.tinh",
        posts: &[part("26", "Chuyên viên tổng hợp phiếu của tỉnh", &[Role::UnitOfficer], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-dau-moi-tai-chinh",
        name: "Quách Thị Chính (mô phỏng)",
        login: "dau-moi.so-tai-chinh",
        posts: &[part("VP.STC", "Chuyên viên Văn phòng Sở", &[Role::UnitOfficer], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-dau-moi-ke-hoach-dau-tu",
        name: "Tô Văn Đầu (mô phỏng)",
        login: "dau-moi.so-ke-hoach",
        posts: &[part("VP.SKHĐT", "Chuyên viên Văn phòng Sở", &[Role::UnitOfficer], ENTERED, Some(date(2025, 2, 28)))],
    },
    Player {
        id: "mo-phong-tham-dinh-noi-vu",
        name: "Ngô Thị Nội (mô phỏng)",
        login: "tham-dinh.noi-vu",
        posts: &[
            part("VP.SNV", "Chuyên viên Sở Nội vụ", &[Role::Appraiser], ENTERED, LAST),
            part("PT.SNV", "Chuyên viên Sở Nội vụ", &[Role::Appraiser], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-tham-dinh-tai-chinh",
        name: "Phan Văn Tài (mô phỏng)",
        login: "tham-dinh.tai-chinh",
        posts: &[
            part("VP.STC", "Chuyên viên Sở Tài chính", &[Role::Appraiser], ENTERED, LAST),
            part("PT.STC", "Chuyên viên Sở Tài chính", &[Role::Appraiser], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-tham-dinh-van-phong",
        name: "Dương Thị Văn (mô phỏng)",
        login: "tham-dinh.van-phong",
        posts: &[
            part("VP.VPUBND", "Chuyên viên Phòng Kiểm soát TTHC", &[Role::Appraiser], ENTERED, LAST),
            part("PT.VPUBND", "Chuyên viên Phòng Kiểm soát TTHC", &[Role::Appraiser], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-tham-dinh-tttt",
        name: "Lý Văn Thông (mô phỏng)",
        login: "tham-dinh.tttt",
        posts: &[part(
            "VP.STTTT",
            "Chuyên viên Phòng Công nghệ thông tin",
            &[Role::Appraiser],
            ENTERED,
            Some(date(2025, 2, 28)),
        )],
    },
    Player {
        id: "mo-phong-tham-dinh-khcn",
        name: "Mai Văn Công (mô phỏng)",
        login: "tham-dinh.khcn",
        posts: &[
            part("VP.SKHCN", "Chuyên viên Sở Khoa học và Công nghệ", &[Role::Appraiser], ENTERED, LAST),
            part("PT.SKHCN", "Chuyên viên Sở Khoa học và Công nghệ", &[Role::Appraiser], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-giam-doc-y-te",
        name: "Cao Văn Y (mô phỏng)",
        login: "giam-doc.so-y-te",
        posts: &[
            part("VP.SYT", "Giám đốc Sở", &[Role::UnitHead], ENTERED, LAST),
            part("PT.SYT", "Giám đốc Sở", &[Role::UnitHead], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-dau-moi-y-te",
        name: "Tạ Thị Tế (mô phỏng)",
        login: "dau-moi.so-y-te",
        posts: &[
            part("VP.SYT", "Chuyên viên Văn phòng Sở", &[Role::UnitOfficer], ENTERED, LAST),
            part("PT.SYT", "Chuyên viên Văn phòng Sở", &[Role::UnitOfficer], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-dau-moi-cong-thuong",
        name: "Hồ Văn Thương (mô phỏng)",
        login: "dau-moi.so-cong-thuong",
        posts: &[
            part("VP.SCT", "Chuyên viên Văn phòng Sở", &[Role::UnitOfficer], ENTERED, LAST),
            part("PT.SCT", "Chuyên viên Văn phòng Sở", &[Role::UnitOfficer], MERGED, None),
        ],
    },
    Player {
        id: "mo-phong-chu-tich-tich-son",
        name: "Kiều Văn Tích (mô phỏng)",
        login: "chu-tich.tich-son",
        posts: &[Part {
            capacity: Capacity::Tm,
            ..part("08707", "Chủ tịch UBND phường", &[Role::UnitHead], ENTERED, LAST)
        }],
    },
    Player {
        id: "mo-phong-phong-noi-vu-vinh-yen",
        name: "Trịnh Thị Phòng (mô phỏng)",
        login: "phong-noi-vu.vinh-yen",
        posts: &[part("243.NV", "Chuyên viên Phòng Nội vụ", &[Role::Appraiser], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-phong-tu-phap-vinh-yen",
        name: "Đinh Văn Pháp (mô phỏng)",
        login: "phong-tu-phap.vinh-yen",
        posts: &[part("243.TP", "Chuyên viên Phòng Tư pháp", &[Role::Appraiser], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-dau-moi-vinh-tuong",
        name: "Lưu Thị Tường (mô phỏng)",
        login: "dau-moi.vinh-tuong",
        posts: &[part("252", "Chuyên viên Phòng Nội vụ", &[Role::UnitOfficer], ENTERED, LAST)],
    },
    Player {
        id: "mo-phong-chu-tich-phuong-vinh-yen",
        name: "Hà Văn Phường (mô phỏng)",
        login: "chu-tich.phuong-vinh-yen",
        posts: &[Part {
            capacity: Capacity::Tm,
            ..part("08707", "Chủ tịch UBND phường", &[Role::UnitHead], MERGED, None)
        }],
    },
    Player {
        id: "mo-phong-dau-moi-phuong-vinh-yen",
        name: "Vương Thị Yến (mô phỏng)",
        login: "dau-moi.phuong-vinh-yen",
        posts: &[part("08707", "Công chức Văn phòng HĐND và UBND", &[Role::UnitOfficer], MERGED, None)],
    },
];

/// Everything that they did and were given, in the order of time.
pub fn said() -> Vec<Said> {
    let mut said = Vec::new();
    for (order, player) in (1..).zip(&PLAYERS) {
        let morning = Moment::of(ENTERED.at(8, 30, 0, 0));
        let say = |at, command| Said { at, person: player.id.to_owned(), command };
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

/// Who of them holds that role in that unit on a day, as the ledger names who acts.
pub fn actor(unit: &str, role: Role, on: Date) -> Option<Actor> {
    let holds = |part: &Part| {
        let held = part.from <= on && part.to.is_none_or(|to| on <= to);
        held && part.unit == unit && part.roles.contains(&role)
    };
    PLAYERS.iter().find_map(|player| {
        let number = player.posts.iter().position(holds)?;
        let capacity = player.posts.get(number)?.capacity;
        let post = post_id(player.id, number);
        Some(Actor { post, unit: unit.to_owned(), capacity: signs(capacity), ..Actor::person(player.id) })
    })
}

/// The capacity as an event holds it.
fn signs(capacity: Capacity) -> String {
    if capacity == Capacity::Tm { "TM".to_owned() } else { String::new() }
}

fn post_id(player: &str, number: usize) -> String {
    format!("{player}-{}", number.saturating_add(1))
}

fn post(player: &Player, part: &Part, number: usize, order: u32) -> Post {
    Post {
        id: PostId(post_id(player.id, number)),
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
        person: "mo-phong-chu-tich-vinh-yen".to_owned(),
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
