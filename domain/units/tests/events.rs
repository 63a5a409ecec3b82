//! Every kind of event, on small tables.

mod common;

use cchc_units::{EventKind, Passage, Registry};
use common::{day, read};

fn clean(rows: &str) -> Registry {
    let (registry, findings) = read(rows);
    assert!(findings.is_empty(), "{findings:#?}");
    registry
}

fn history(registry: &Registry, id: &str) -> Vec<String> {
    let events = registry.history(&id.parse().unwrap()).unwrap();
    events.iter().map(|event| format!("{} {}", event.day(), event.sentence()).trim().to_owned()).collect()
}

const PROVINCE: &str = "1,Tỉnh A,tinh,tinh,,,,,,\n";

#[test]
fn renamed_retyped_moved_revised() {
    let registry = clean(&format!(
        "{PROVINCE}11,Huyện B,huyen,huyen,1,,,,,\n12,Huyện C,huyen,huyen,1,,,,,\n\
         101,Xã Cũ,xa,xa,11,,2000-12-31,101,,\n\
         101,Xã Mới,xa,xa,11,2001-01-01,2001-12-31,101,,\n\
         101,Phường Mới,xa,phuong,11,2002-01-01,2002-12-31,101,,\n\
         101,Phường Mới,xa,phuong,12,2003-01-01,2003-12-31,101,,\n\
         101,Phường Mới,xa,phuong,12,2004-01-01,2004-12-31,101,,\n\
         101,Thị trấn Khác,xa,thi_tran,12,2005-01-01,,,,\n"
    ));
    assert_eq!(
        history(&registry, "101"),
        [
            "Có từ trước khi dữ liệu bắt đầu.",
            "01/01/2001 Đổi tên từ Xã Cũ thành Xã Mới.",
            "01/01/2002 Chuyển từ xã thành phường: Phường Mới.",
            "01/01/2003 Chuyển đơn vị cấp trên: trước «11», nay «12».",
            "01/01/2004 Cập nhật thông tin.",
            "01/01/2005 Chuyển từ phường thành thị trấn: Thị trấn Khác.",
            "01/01/2005 Đổi tên từ Phường Mới thành Thị trấn Khác.",
        ]
    );
    assert_eq!(registry.units_of_code("101").len(), 1);
}

#[test]
fn split_into_new_units() {
    let registry = clean(&format!(
        "{PROVINCE}11,Huyện B,huyen,huyen,1,,2008-12-31,12; 13,,\n\
         12,Huyện C,huyen,huyen,1,2009-01-01,,,,\n13,Huyện D,huyen,huyen,1,2009-01-01,,,,\n"
    ));
    assert_eq!(history(&registry, "11")[1], "01/01/2009 Chia tách thành Huyện C và Huyện D.");
    assert_eq!(history(&registry, "12@2009-01-01"), ["01/01/2009 Thành lập do tách từ Huyện B."]);
    let steps = registry.trace("11", day("2008-01-01"), day("2010-01-01")).unwrap();
    assert_eq!(steps.iter().map(|step| step.passage).collect::<Vec<_>>(), [Passage::Split, Passage::Split]);
    assert_eq!(registry.successors_at("11", day("2008-01-01"), day("2010-01-01")).unwrap().len(), 2);
}

#[test]
fn split_off_while_the_unit_goes_on() {
    // Sông Lô was split off from Lập Thạch, which went on under its own code.
    let registry = clean(&format!(
        "{PROVINCE}246,Huyện Lập Thạch,huyen,huyen,1,,2008-12-31,246;253,,\n\
         246,Huyện Lập Thạch,huyen,huyen,1,2009-01-01,,,,\n\
         253,Huyện Sông Lô,huyen,huyen,1,2009-01-01,,,,\n"
    ));
    assert!(registry.same_unit("246", day("2008-12-31"), day("2009-01-01")).unwrap());
    assert_eq!(history(&registry, "246")[1], "01/01/2009 Tách một phần thành hoặc sang Huyện Sông Lô.");
    assert_eq!(history(&registry, "253@2009-01-01"), ["01/01/2009 Thành lập do tách từ Huyện Lập Thạch."]);
}

#[test]
fn absorbed_founded_ended() {
    let registry = clean(&format!(
        "{PROVINCE}101,Xã M,xa,xa,1,,2000-12-31,102,,\n102,Xã N,xa,xa,1,,,,,\n\
         103,Xã P,xa,xa,1,2001-01-01,2001-12-31,,Quyết định 1 -> Quyết định 2,press\n"
    ));
    assert_eq!(history(&registry, "101")[1], "01/01/2001 Sáp nhập vào Xã N.");
    assert_eq!(history(&registry, "102")[1], "01/01/2001 Nhận sáp nhập Xã M.");
    let events = registry.history(&"103@2001-01-01".parse().unwrap()).unwrap();
    assert_eq!(events[0].kind, EventKind::Founded);
    assert_eq!(events[1].kind, EventKind::Ended);
    assert_eq!([&*events[0].legal_basis, &*events[1].legal_basis], ["Quyết định 1", "Quyết định 2"]);
    assert_eq!(events[1].confidence, "press");
}

#[test]
fn several_predecessors_make_a_new_unit_under_any_code() {
    let registry = clean(&format!(
        "{PROVINCE}101,Xã M,xa,xa,1,,2000-12-31,101,,\n102,Xã N,xa,xa,1,,2000-12-31,101,,\n\
         101,Xã M,xa,xa,1,2001-01-01,,,,\n"
    ));
    assert_eq!(registry.units_of_code("101").len(), 2);
    assert_eq!(history(&registry, "101@2001-01-01"), ["01/01/2001 Thành lập trên cơ sở hợp nhất Xã M và Xã N."]);
    assert_eq!(history(&registry, "101")[1], "01/01/2001 Cùng đơn vị khác hợp nhất thành Xã M.");
}

#[test]
fn a_sole_predecessor_under_another_code_is_another_unit() {
    let registry = clean(&format!("{PROVINCE}101,Xã M,xa,xa,1,,2000-12-31,102,,\n102,Xã M,xa,xa,1,2001-01-01,,,,\n"));
    assert_eq!(history(&registry, "101")[1], "01/01/2001 Chuyển thành Xã M.");
    assert_eq!(history(&registry, "102@2001-01-01"), ["01/01/2001 Thành lập từ Xã M."]);
}

#[test]
fn one_part_to_a_neighbour_the_rest_goes_on() {
    let registry = clean(&format!(
        "{PROVINCE}101,Xã M,xa,xa,1,,2000-12-31,101;102,,\n101,Xã M,xa,xa,1,2001-01-01,,,,\n102,Xã N,xa,xa,1,,,,,\n"
    ));
    assert!(registry.same_unit("101", day("2000-12-31"), day("2001-01-01")).unwrap());
    assert_eq!(history(&registry, "101")[1], "01/01/2001 Tách một phần thành hoặc sang Xã N.");
    assert_eq!(history(&registry, "102")[1], "01/01/2001 Nhận một phần của Xã M.");
}
