use proptest::prelude::*;

use super::*;

const ALPHABET: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";

const SENTENCES: [(&str, &str, &str); 5] = [
    (
        "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
        "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc",
    ),
    ("Ủy ban nhân dân tỉnh Vĩnh Phúc", "ñy ban nh©n d©n tØnh VÜnh Phóc", "UÛy ban nhaân daân tænh Vónh Phuùc"),
    (
        "Kết quả giải quyết hồ sơ của Sở Tài nguyên và Môi trường",
        "KÕt qu¶ gi¶i quyÕt hå s¬ cña Së Tµi nguyªn vµ M«i tr\u{ad}êng",
        "Keát quaû giaûi quyeát hoà sô cuûa Sôû Taøi nguyeân vaø Moâi tröôøng",
    ),
    ("Phường Đống Đa, thị xã Phúc Yên", "Ph\u{ad}êng §èng §a, thÞ x· Phóc Yªn", "Phöôøng Ñoáng Ña, thò xaõ Phuùc Yeân"),
    ("Tỷ lệ đúng hạn năm trước", "Tû lÖ ®óng h¹n n¨m tr\u{ad}íc", "Tyû leä ñuùng haïn naêm tröôùc"),
];

#[test]
fn converts_sentences_both_ways() {
    for (unicode, tcvn3, vni) in SENTENCES {
        assert_eq!(from_unicode(unicode, Encoding::Tcvn3), tcvn3);
        assert_eq!(from_unicode(unicode, Encoding::Vni), vni);
        assert_eq!(to_unicode(vni, Encoding::Vni), unicode);
        let small_first = unicode.replacen('Ủ', "ủ", 1);
        assert_eq!(to_unicode(tcvn3, Encoding::Tcvn3), small_first);
    }
}

#[test]
fn tells_sentences() {
    for (unicode, tcvn3, vni) in SENTENCES {
        assert_eq!(detect(unicode), None);
        assert_eq!(detect(tcvn3), Some(Encoding::Tcvn3), "{tcvn3}");
        assert_eq!(detect(vni), Some(Encoding::Vni), "{vni}");
    }
}

#[test]
fn tells_short_cells() {
    for cell in [
        "HuyÖn",
        "TØnh",
        "V¨n phßng",
        "CéNG HßA",
        "VÜnh Phóc",
        "Q§-UBND tØnh",
        "ViÖt Nam",
        "nhiÖm vô",
        "50.000 ® mçi n¨m",
    ] {
        assert_eq!(detect(cell), Some(Encoding::Tcvn3), "{cell}");
    }
    for cell in ["Huyeän", "Teân ñôn vò", "Phöôøng", "COÄNG HOØA", "Vónh Phuùc naêm", "Vieät Nam"] {
        assert_eq!(detect(cell), Some(Encoding::Vni), "{cell}");
    }
}

#[test]
fn is_silent_on_unicode() {
    for text in [
        "",
        "Hanoi, Vietnam 2021",
        "Hà Nam, Thái Bình, Cà Mau, Hòa Bình, Thanh Hóa, ông bà, quý, thú, ví",
        "Hoà, hoá, toà, khoá, xoá, thuý, hoè",
        "TÌNH HÌNH CÔNG TÁC NÀY",
        "Vie\u{302}\u{323}t Nam",
        "Le thé et le café sont servis à l'hôtel où l'été précédent il était né.",
        "Où est-il ? « Voilà », dit Noël, déçu. Ça coûte très cher, même à Chloé.",
        "Élève, forêt, maïs, août, naïf, garçon, œuvre, aiguë, Île-de-France, tôt ou tard",
        "naïve café résumé coöperate façade El Niño São Paulo Zürich Malmö",
        "© 2021 Foo® Inc. – 5 µm ± 20 °C, ½ cup, 3×4, M×N, §12 ¶3, £5, ¥100, ¹ ² ³ · x²",
        "Más allá del río, mañana también habrá día; ¿qué pasó? ¡Olé!",
        "Größe, Übung, müde, schön, Straße, für Tür",
        "«Nam» “Bắc”",
    ] {
        assert_eq!(detect(text), None, "{text}");
    }
}

#[test]
fn every_letter_and_tone_goes_round() {
    for encoding in Encoding::ALL {
        assert_eq!(to_unicode(&from_unicode(ALPHABET, encoding), encoding), ALPHABET);
        let old = from_unicode(ALPHABET, encoding);
        assert!(old.chars().all(|letter| letter <= '\u{ff}'), "{old}");
    }
    let capitals = ALPHABET.to_uppercase();
    assert_eq!(to_unicode(&from_unicode(&capitals, Encoding::Vni), Encoding::Vni), capitals);
    // One long word of capitals, no two vowels side by side: TCVN3 raises it as a whole.
    let capitals: String = capitals.chars().flat_map(|letter| [letter, 'B']).collect();
    assert_eq!(to_unicode(&from_unicode(&capitals, Encoding::Tcvn3), Encoding::Tcvn3), capitals);
    for base in "ĂÂÊÔƠƯĐ".chars().map(String::from) {
        assert_eq!(to_unicode(&from_unicode(&base, Encoding::Tcvn3), Encoding::Tcvn3), base);
    }
}

#[test]
fn tidying_keeps_the_letters_of_old_encodings() {
    for (_, tcvn3, vni) in SENTENCES {
        assert_eq!(crate::tidy(tcvn3), tcvn3);
        assert_eq!(crate::tidy(vni), vni);
    }
}

proptest! {
    #[test]
    fn small_text_goes_round(text in "[aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịoòỏõóọôồổỗốộơờởỡớợpqstuùủũúụưừửữứựvxyỳỷỹýỵ0-9 .,/-]{0,40}") {
        for encoding in Encoding::ALL {
            prop_assert_eq!(to_unicode(&from_unicode(&text, encoding), encoding), text.clone());
        }
    }

    #[test]
    fn capitals_go_round_in_vni(text in "[AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBĐEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴaễộ ]{0,30}") {
        prop_assert_eq!(to_unicode(&from_unicode(&text, Encoding::Vni), Encoding::Vni), text);
    }

    #[test]
    fn unicode_vietnamese_is_never_taken_for_old(words in proptest::collection::vec("(Hà|Thái|Bình|hoà|toà|quý|là|và|có|bé|ông|bà|mình|tôi|cô|tên|đã|của|ở|năm|2021|µm|café)", 0..20)) {
        prop_assert_eq!(detect(&words.join(" ")), None);
    }

    #[test]
    fn nothing_panics(text in r"[\u{a0}-\u{ff}a-zA-Z ]{0,24}|\PC{0,24}") {
        let _ = detect(&text);
        for encoding in Encoding::ALL {
            let _ = to_unicode(&text, encoding);
            let _ = from_unicode(&text, encoding);
        }
    }
}
