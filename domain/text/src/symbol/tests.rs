use jiff::civil::date;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

fn types() -> Types {
    Types::new(["NQ", "QĐ", "CT", "TTr", "KH", "BC", "TB", "NĐ", "TT", "TTLT", "HD", "VBHN", "CV", ""])
}

fn read(text: &str) -> String {
    parse(text, &types()).map_or_else(|error| error.to_string(), |symbol| symbol.to_string())
}

#[test]
fn every_form_of_the_law_and_of_habit_is_read() {
    for (text, whole) in [
        ("2866/QĐ-UBND", "2866/QĐ-UBND"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("566/SNV-TTr", "566/SNV-TTr"),
        ("37-NQ/TW", "37-NQ/TW"),
        ("1221-TB/TU", "1221-TB/TU"),
        ("30c/NQ-CP", "30c/NQ-CP"),
        ("30C/NQ-CP", "30c/NQ-CP"),
        ("12/BC-SNN&PTNT", "12/BC-SNN&PTNT"),
        ("3759/BNV-CCHC", "3759/BNV-CCHC"),
        ("63/2020/QH14", "63/2020/QH14"),
        ("05/2014/TTLT-BNV-BTC", "05/2014/TTLT-BNV-BTC"),
        ("03/VBHN-VPQH", "03/VBHN-VPQH"),
    ] {
        assert_eq!(read(text), whole);
    }
}

#[test]
fn careless_writing_is_the_same_symbol() {
    for (text, whole) in [
        ("2866/QĐUBND", "2866/QĐ-UBND"),
        ("76/NQCP", "76/NQ-CP"),
        ("76 / NQ – CP", "76/NQ-CP"),
        ("Số: 76/NQ-CP", "76/NQ-CP"),
        ("76-NQ-CP", "76/NQ-CP"),
        ("2866/QÐ-UBND", "2866/QĐ-UBND"),
        ("2866/qđ-UBND", "2866/QĐ-UBND"),
        ("2866/qđ-ubnd", "2866/QĐ-UBND"),
        ("37-nq/tw", "37-NQ/TW"),
        ("23/ct-TTg", "23/CT-TTg"),
        ("566/SNV-TTR", "566/SNV-TTr"),
        ("6/BC-UBND", "06/BC-UBND"),
        ("30/2020/NĐCP", "30/2020/NĐ-CP"),
    ] {
        assert_eq!(read(text), whole);
        assert_eq!(read(&text.nfd().collect::<String>()), whole);
    }
}

#[test]
fn what_is_none_says_what_is_wrong() {
    for (text, error) in [
        ("QĐ-UBND", SymbolError::NoNumber),
        ("", SymbolError::NoNumber),
        ("2866", SymbolError::NoSymbol),
        ("2866/", SymbolError::NoSymbol),
        ("37-/TW", SymbolError::NoSymbol),
        ("12/QĐ*UBND", SymbolError::Sign),
        ("99999999999/QĐ-UBND", SymbolError::NoNumber),
    ] {
        assert_eq!(parse(text, &types()), Err(error), "{text}");
    }
    assert_eq!(parse(&format!("1/{}", "A".repeat(80)), &types()), Err(SymbolError::TooLong));
}

#[test]
fn references_are_found_where_they_stand_with_their_dates() {
    let text = "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ, Nghị định 30/2020/NĐ-CP, Chỉ thị \
                23/CT-TTg ngày 02 tháng 9 năm 2021; công văn 3759/BNV-CCHC. Ngày 03/11/2021, tỷ lệ 3/4, 37-NQ/TW.";
    let found = find(text, &types());
    let said: Vec<(&str, Option<jiff::civil::Date>)> =
        found.iter().map(|one| (&text[one.at.clone()], one.dated)).collect();
    assert_eq!(
        said,
        [
            ("76/NQ-CP", Some(date(2021, 7, 15))),
            ("30/2020/NĐ-CP", None),
            ("23/CT-TTg", Some(date(2021, 9, 2))),
            ("3759/BNV-CCHC", None),
            ("37-NQ/TW", None),
        ]
    );
}

#[test]
fn text_without_composed_letters_keeps_its_places() {
    let text: String = "theo Quyết định 2866/QĐ-UBND ngày 14/10/2021.".nfd().collect();
    let found = find(&text, &types());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].symbol.to_string(), "2866/QĐ-UBND");
    assert_eq!(found[0].dated, Some(date(2021, 10, 14)));
    assert_eq!(text[found[0].at.clone()].nfc().collect::<String>(), "2866/QĐ-UBND");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        number in 1_u32..100_000,
        letter in "[a-z]?",
        year in proptest::option::of(1990_i16..2100),
        kind in proptest::sample::select(vec!["NQ", "QĐ", "TTr", "KH"]),
        issuer in "(UBND|CP|BNV|SNN&PTNT|UBND-VP)",
        form in proptest::sample::select(vec![Form::Plain, Form::Reversed, Form::Party]),
    ) {
        let year = year.filter(|_| form != Form::Party);
        let symbol = Symbol { number, letter, year, kind: kind.to_owned(), issuer, form };
        let text = symbol.to_string();
        prop_assert_eq!(parse(&text, &types()), Ok(symbol.clone()));
        let found = find(&format!("Theo {text}, "), &types());
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&found[0].symbol, &symbol);
    }

    #[test]
    fn nothing_makes_it_panic(text in r"\PC{0,60}") {
        let _ = parse(&text, &types());
        for found in find(&text, &types()) {
            prop_assert!(text.get(found.at.clone()).is_some());
        }
    }
}
