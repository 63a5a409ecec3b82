use cchc_text::table::{Row, Table};
use cchc_units::{Registry, UNIT_COLUMNS};
use jiff::civil::date;
use rust_xlsxwriter::Workbook;

use super::columns::COLUMNS;
use super::*;
use crate::{Limits, OldText, read_grids};

fn units() -> Registry {
    let rows = ["25,Tỉnh Phú Thọ,tinh,tinh,,,,,,press", "07,Xã Tam Đảo,xa,xa,25,2025-07-01,,,,press"];
    let rows = rows.iter().zip(2..);
    let rows = rows.map(|(line, number)| Row { number, cells: line.split(',').map(str::to_owned).collect() });
    let table = Table {
        file: "dv.csv".into(),
        sheet: String::new(),
        columns: UNIT_COLUMNS.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    };
    Registry::from_tables(&[table]).0
}

fn take(bytes: &[u8], taken: &[&str]) -> (Vec<NewAccount>, Vec<String>) {
    let is_taken = |login: &str| taken.contains(&login);
    let around = Around { units: &units(), today: date(2026, 3, 2), is_taken: &is_taken, old_text: OldText::Refused };
    let (accounts, findings) = read("tk.csv", bytes, &around, &Limits::default());
    (accounts, findings.iter().map(ToString::to_string).collect())
}

const HEAD: &str = "Họ và tên,Tên đăng nhập,Mã đơn vị,Chức vụ,Chức vụ Đảng,Vai trò,Lĩnh vực thẩm định,Từ ngày,Đến ngày,Số văn bản,Điện thoại,Thư điện tử\n";

#[test]
fn a_good_row_is_an_account() {
    let text = format!(
        "{HEAD}Nguyễn  Văn An,,07,Chủ tịch,Bí thư,unit-head; Người thẩm định,a;b,04/01/2026,,12/QĐ,0912 000 111,an@example.vn\n"
    );
    let (accounts, findings) = take(text.as_bytes(), &["an.nguyen-van"]);
    assert_eq!(findings, [""; 0]);
    let [account] = accounts.as_slice() else { panic!("{accounts:?}") };
    assert_eq!((account.name.as_str(), account.login.as_str()), ("Nguyễn Văn An", "an.nguyen-van2"));
    assert_eq!(account.roles, [Role::UnitHead, Role::Appraiser]);
    assert_eq!((account.fields.join(" "), account.from, account.to), ("a b".to_owned(), date(2026, 1, 4), None));
    assert_eq!((account.party_title.as_str(), account.unit.as_str()), ("Bí thư", "07"));
}

#[test]
fn everything_wrong_is_told_at_its_cell() {
    let text = format!(
        "{HEAD},Án,8,,,chủ tịch,,32/01/2026,,,12,a@b\n\
         Trần Thị Bình,binh,7,Chuyên viên,,appraiser,,02/01/2026,01/01/2026,,912000111,\n\
         Lê Văn Cường,binh,07,Chuyên viên,,unit-officer,x,2025-06-30,,,,\n\
         Lê Văn Cường,cuong,07,Chuyên viên,,,,,,,,\n\
         Quản trị mạng,,,Kỹ thuật viên,,Quản trị,,02/01/2026,,,,\n"
    );
    let (accounts, findings) = take(text.as_bytes(), &["cuong"]);
    let logins: Vec<&str> = accounts.iter().map(|account| account.login.as_str()).collect();
    assert_eq!(logins, ["mang.quan-tri"]);
    insta::assert_snapshot!(findings.join("\n"));
}

#[test]
fn typed_logins_come_before_suggested_ones() {
    let text = format!(
        "{HEAD}Nguyễn Văn An,,07,Chuyên viên,,unit-officer,,02/01/2026,,,,\n\
         Ngô An,an.nguyen-van,07,Chuyên viên,,unit-officer,,02/01/2026,,,,\n\
         Nguyễn Vân Ân,,07,Chuyên viên,,unit-officer,,02/01/2026,,,,\n"
    );
    let (accounts, findings) = take(text.as_bytes(), &[]);
    let logins: Vec<&str> = accounts.iter().map(|account| account.login.as_str()).collect();
    assert_eq!(logins, ["an.nguyen-van2", "an.nguyen-van", "an.nguyen-van3"]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].contains("«Nguyễn Vân Ân» ở đơn vị 07 đã có ở tk.csv, dòng 2"));
}

#[test]
fn files_that_are_no_list_say_so() {
    for (bytes, code) in [(&b""[..], "Không đọc được tệp"), (b"a,b\n1,2\n", "Tệp không có dòng nào")] {
        let (accounts, findings) = take(bytes, &[]);
        assert!(accounts.is_empty() && findings.last().unwrap().contains(code), "{findings:?}");
    }
}

#[test]
fn the_template_filled_in_is_read_and_its_other_sheets_are_not() {
    let bytes = template(&units(), date(2026, 3, 2)).unwrap();
    assert_eq!(bytes, template(&units(), date(2026, 3, 2)).unwrap());
    let (grids, _) = read_grids("mau.xlsx", &bytes, &Limits::default()).unwrap();
    let names: Vec<&str> = grids.iter().map(|grid| grid.sheet.as_str()).collect();
    assert_eq!(names, ["Tài khoản", "Hướng dẫn", "Đơn vị", "Vai trò"]);
    assert_eq!(grids[2].rows[2].cells, ["07", "Xã Tam Đảo", "cấp xã", "Tỉnh Phú Thọ"]);
    assert_eq!(grids[3].rows.len(), Role::ALL.len() + 1);
    // The empty template is no list; the example of each column is a good row.
    assert!(take(&bytes, &[]).1.iter().any(|text| text.contains("Tệp không có dòng nào")));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, column) in (0..).zip(&COLUMNS) {
        sheet.write_string(0, at, column.name).unwrap();
        sheet.write_string(1, at, if column.key == "unit" { "25" } else { column.example }).unwrap();
    }
    let (accounts, findings) = take(&workbook.save_to_buffer().unwrap(), &[]);
    assert_eq!((accounts.len(), findings), (1, vec![]));
}

#[test]
fn passwords_are_written_once_and_never_shown_otherwise() {
    let issued = Issued {
        name: "Nguyễn Văn An (mô phỏng)".into(),
        unit: "Xã Tam Đảo".into(),
        title: "Chủ tịch".into(),
        login: "an.nguyen-van".into(),
        password: "=mot-lan-2041".into(),
    };
    assert_eq!(format!("{issued:?}"), "Issued { login: \"an.nguyen-van\", .. }");
    let bytes = write_issued(&[issued], date(2026, 3, 2)).unwrap();
    let (grids, findings) = read_grids("moi.xlsx", &bytes, &Limits::default()).unwrap();
    assert_eq!(findings, []);
    let text: Vec<String> = grids[0].rows.iter().map(|row| row.cells.join(" | ")).collect();
    assert!(text[1].starts_with("Giao tận tay từng người"));
    assert!(
        text.last()
            .unwrap()
            .starts_with("1 | Nguyễn Văn An (mô phỏng) | Xã Tam Đảo | Chủ tịch | an.nguyen-van | =mot-lan-2041")
    );
}
