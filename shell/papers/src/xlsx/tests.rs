//! Whole workbooks, written here and read back; and workbooks meant to do harm.

use std::io::Write;

use cchc_text::Findings;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

use crate::{Grid, Limits, ReadError, read_grids, read_tables};

fn workbook(build: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    build(workbook.add_worksheet().set_name("Số liệu").unwrap());
    workbook.save_to_buffer().unwrap()
}

fn read(bytes: &[u8]) -> (Vec<Grid>, Findings) {
    read_grids("t.xlsx", bytes, &Limits::default()).unwrap()
}

fn told(findings: &Findings) -> Vec<(&str, &str)> {
    findings.iter().map(|finding| (finding.code, finding.place.cell.as_deref().unwrap_or(""))).collect()
}

/// A workbook of raw parts: the sheet, and the shared texts where given.
fn raw(sheet: &str, texts: Option<&str>) -> Vec<u8> {
    let ns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut parts = vec![
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id='r1' Type='{ns}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
            ),
        ),
        ("xl/workbook.xml", "<workbook><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>".to_owned()),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships><Relationship Id='r1' Type='{ns}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ];
    parts.extend(texts.map(|texts| ("xl/sharedStrings.xml", texts.to_owned())));
    zipped(parts.iter().map(|(name, content)| (*name, content.as_bytes())))
}

fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn reads_each_kind_of_value_as_text_at_its_place() {
    let bytes = workbook(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let percent = Format::new().set_num_format("0.00%");
        sheet.write(2, 1, " đơn vị ").unwrap().write(2, 2, "giá trị").unwrap();
        sheet.write(3, 1, "H21.17").unwrap().write(3, 2, 0.1 + 0.2).unwrap();
        sheet.write(4, 2, true).unwrap();
        sheet.write_with_format(5, 2, ExcelDateTime::from_ymd(2021, 11, 3).unwrap(), &date).unwrap();
        sheet.write_with_format(6, 2, 0.813_3, &percent).unwrap();
    });
    let (tables, findings) = read_tables("t.xlsx", &bytes, &Limits::default()).unwrap();
    let table = &tables[0];
    assert_eq!(
        (table.sheet.as_str(), &table.columns[1..]),
        ("Số liệu", &["đơn vị".to_owned(), "giá trị".to_owned()][..])
    );
    let values: Vec<&str> = table.rows.iter().map(|row| row.text(Some(2))).collect();
    assert_eq!(values, ["0.3", "true", "2021-11-03", "0.8133"]);
    assert_eq!(table.place(&table.rows[0], 2).cell.as_deref(), Some("Số liệu!C4"));
    assert_eq!(findings, []);
}

#[test]
fn tells_formulas_with_their_saved_result() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, Formula::new("=653/654").set_result("0.99847")).unwrap();
    });
    let (grids, findings) = read(&bytes);
    assert_eq!(grids[0].rows[0].cells, ["0.99847"]);
    assert_eq!(told(&findings), [("formula", "Số liệu!A1")]);
    assert!(findings[0].message.contains("=653/654; dùng kết quả đã lưu «0.99847»"));
}

#[test]
fn a_formula_without_result_is_an_error() {
    let (grids, findings) =
        read(&raw(&sheet("<row r='1'><c r='A1'><v>1</v></c><c r='B1'><f>A1*2</f></c></row>"), None));
    assert_eq!(grids[0].rows[0].cells, ["1"]);
    assert_eq!(told(&findings), [("formula-without-value", "S!B1")]);
}

#[test]
fn tells_every_error_value_known_or_not() {
    let rows = "<row r='1'><c r='A1' t='e'><v>#REF!</v></c><c r='B1' t='e'><v>#SPILL!</v></c><c r='C1'><v>3</v></c></row>\
                <row r='9'><c r='B9' t='b'><v>maybe</v></c><c r='C9' t='s'><v>77</v></c><c r='D9' t='n'><v>x</v></c></row>";
    let (grids, findings) = read(&raw(&sheet(rows), None));
    assert_eq!(grids[0].rows[0].cells, ["", "", "3"]);
    let places: Vec<&str> = findings.iter().filter_map(|finding| finding.place.cell.as_deref()).collect();
    assert_eq!(places, ["S!A1", "S!B1", "S!B9", "S!C9", "S!D9"]);
    assert!(findings[1].message.contains("#SPILL!"));
    assert!(findings.iter().all(|finding| finding.code == "cell-error"));
}

#[test]
fn notes_what_is_hidden_or_merged() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "hiện").unwrap();
    let sheet = workbook.add_worksheet().set_name("Ẩn").unwrap();
    sheet.merge_range(0, 0, 1, 2, "chung", &Format::new()).unwrap().write(4, 0, "x").unwrap();
    sheet.set_row_hidden(4).unwrap().set_column_hidden(7).unwrap().set_hidden(true);
    let (grids, findings) = read(&workbook.save_to_buffer().unwrap());
    assert_eq!(grids[1].rows[0].cells, ["chung"]);
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["hidden-sheet", "hidden-rows", "hidden-columns", "merged-cells"]);
    assert_eq!(findings[3].message, "Có 1 vùng gộp ô (A1:C2); giá trị chỉ tính cho ô đầu của vùng.");
}

#[test]
fn empty_sheets_are_left_out_and_an_empty_workbook_is_refused() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    assert_eq!(read_grids("t.xlsx", &workbook.save_to_buffer().unwrap(), &Limits::default()), Err(ReadError::NoData));
}

#[test]
fn rows_out_of_order_and_cells_given_twice_are_put_right_or_told() {
    let rows = "<row r='5'><c r='A5'><v>5</v></c></row><row r='2'><c r='B2'><v>2</v></c><c r='B2'><v>3</v></c></row>";
    let (grids, findings) = read(&raw(&sheet(rows), None));
    let numbers: Vec<u64> = grids[0].rows.iter().map(|row| row.number).collect();
    assert_eq!((numbers, grids[0].rows[0].text(Some(1))), (vec![2, 5], "2"));
    assert_eq!(told(&findings), [("cell-given-twice", "S!B2")]);
}

#[test]
fn one_broken_sheet_does_not_cost_the_others() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, 1).unwrap();
    workbook.add_worksheet().write(0, 0, 2).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
            if name.ends_with("sheet1.xml") {
                content = b"<worksheet><sheetData><row r='1'><c r='A1'><bad/></c></row>".to_vec();
            }
            (name, content)
        })
        .collect();
    let (grids, findings) = read(&zipped(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice()))));
    assert_eq!(grids.len(), 1);
    assert_eq!(told(&findings), [("unreadable-sheet", "Sheet1")]);
}

#[test]
fn a_bomb_is_refused_by_ratio_and_by_total() {
    let spaces = sheet(&" ".repeat(30_000_000));
    let refused = read_grids("t.xlsx", &raw(&spaces, None), &Limits::default());
    assert!(matches!(refused, Err(ReadError::Bomb { ref part, .. }) if part == "xl/worksheets/sheet1.xml"));
    let small = Limits { inflated_bytes: 1_000, ..Limits::default() };
    let refused = read_grids("t.xlsx", &raw(&sheet(&" ".repeat(900)), None), &small);
    assert!(matches!(refused, Err(ReadError::Bomb { .. })));
}

#[test]
fn a_directory_that_lies_about_sizes_changes_nothing() {
    let mut bytes = raw(&sheet(&" ".repeat(30_000_000)), None);
    let real = u32::try_from(sheet("").len() + 30_000_000).unwrap().to_le_bytes();
    let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, four)| *four == real).map(|(at, _)| at).collect();
    assert!(places.len() >= 2, "local header and central directory");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    let refused = read_grids("t.xlsx", &bytes, &Limits::default());
    assert!(matches!(refused, Err(ReadError::Bomb { .. } | ReadError::BrokenZip(_))), "{refused:?}");
}

#[test]
fn a_declared_count_reserves_no_memory() {
    for count in ["18446744073709551615", "400000000000", " 6000000 "] {
        let texts = format!("<sst uniqueCount='{count}'><si><t>a</t></si></sst>");
        let refused =
            read_grids("t.xlsx", &raw(&sheet("<row><c t='s'><v>0</v></c></row>"), Some(&texts)), &Limits::default());
        assert_eq!(refused, Err(ReadError::TooManyCells { limit: 5_000_000 }), "{count}");
    }
}

#[test]
fn too_many_rows_are_refused_before_they_are_built() {
    let rows: String = (1..=60_000).map(|row| format!("<row r='{row}'><c r='A{row}'><v>{row}</v></c></row>")).collect();
    let limits = Limits { rows: 50_000, ..Limits::default() };
    assert_eq!(read_grids("t.xlsx", &raw(&sheet(&rows), None), &limits), Err(ReadError::TooManyRows { limit: 50_000 }));
}

#[test]
fn other_archives_are_named() {
    let word = zipped([("_rels/.rels", &b"<x/>"[..]), ("word/document.xml", b"<x/>")]);
    let sheet = zipped([("mimetype", &b"application/vnd.oasis.opendocument.spreadsheet"[..])]);
    for (bytes, what) in [(word, "Word"), (sheet, "OpenDocument"), (zipped([("a.txt", &b"x"[..])]), ".zip")] {
        let error = read_grids("t.xlsx", &bytes, &Limits::default()).unwrap_err();
        assert!(matches!(error, ReadError::OtherFormat(name) if name.contains(what)), "{error}");
    }
}

fn sample() -> Vec<u8> {
    workbook(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        for row in 0..20 {
            sheet.write(row, 0, format!("Đơn vị {row}")).unwrap().write(row, 1, f64::from(row) / 7.0).unwrap();
            sheet.write_with_format(row, 2, 44_503 + row, &date).unwrap();
        }
        sheet.write(3, 3, Formula::new("=SUM(B1:B3)").set_result("1")).unwrap();
        sheet.merge_range(30, 0, 31, 3, "gộp", &date).unwrap();
    })
}

/// The same workbook with its parts stored, so that a flipped byte reaches the XML.
fn stored_sample() -> Vec<u8> {
    let bytes = sample();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        zip.start_file(entry.name().unwrap().into_owned(), options).unwrap();
        std::io::copy(&mut entry, &mut zip).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_truncation_is_an_error_and_no_panic() {
    let bytes = sample();
    assert!(read_tables("t.xlsx", &bytes, &Limits::default()).is_ok());
    for length in (0..bytes.len()).step_by(7) {
        assert!(read_tables("t.xlsx", &bytes[..length], &Limits::default()).is_err(), "{length}");
    }
}

/// Changes the XML of one part and packs it anew, with right checksums.
fn mutated(part: usize, changes: &[(usize, u8)]) -> Vec<u8> {
    let bytes = sample();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let wanted = part % archive.len();
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
            if index == wanted && !content.is_empty() {
                for (at, byte) in changes {
                    let length = content.len();
                    content[at % length] = *byte;
                }
            }
            (entry.name().unwrap().into_owned(), content)
        })
        .collect();
    zipped(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04".as_slice(), &bytes].concat() } else { bytes };
        let _outcome = read_tables("t", &bytes, &Limits::default());
    }

    #[test]
    fn flipped_bytes_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), stored in any::<bool>()) {
        let mut bytes = if stored { stored_sample() } else { sample() };
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _outcome = read_tables("t.xlsx", &bytes, &Limits::default());
    }

    #[test]
    fn changed_xml_never_panics(part in 0_usize..20, changes in prop::collection::vec((any::<usize>(), prop::sample::select(b"<>/\"'=09AZaz:;&#! -".to_vec())), 1..6)) {
        let _outcome = read_tables("t.xlsx", &mutated(part, &changes), &Limits::default());
    }
}
