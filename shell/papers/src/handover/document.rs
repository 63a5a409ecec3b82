//! The record as a Word document.

use cchc_text::date;

use super::{Handover, Party};
use crate::docx::{self, Block, Cell, Form, Grid, Page, Pages, UPRIGHT_WIDTH, side_by_side, text};
use crate::signature;
use crate::write_error::WriteError;

const HALF: usize = UPRIGHT_WIDTH / 2;
const WIDTHS: [usize; 6] = [600, 1_500, 3_654, 1_200, 1_200, 1_200];
const SIMULATED: &str = "NGƯỜI VÀ VIỆC MÔ PHỎNG";

/// Writes the record: head, who gives and takes, the list of open work, two signatures.
///
/// The same handover gives the same bytes.
///
/// # Errors
/// [`WriteError::Document`] where the document could not be packed.
pub fn docx(handover: &Handover) -> Result<Vec<u8>, WriteError> {
    let mut blocks = Vec::new();
    if handover.simulated {
        blocks.push(text(Form::Mark, SIMULATED));
    }
    blocks.push(head(handover));
    blocks.extend([text(Form::Text, ""), text(Form::Title, "BIÊN BẢN")]);
    blocks.push(text(Form::Number, "Bàn giao công việc"));
    blocks.push(text(Form::Text, ""));
    blocks.extend(about(handover));
    blocks.extend(work(handover));
    blocks.push(text(Form::Text, &closing(handover)));
    let (giver, taker) =
        (signature::column("Người giao", &handover.giver), signature::column("Người nhận", &handover.taker));
    blocks.extend([text(Form::Text, ""), side_by_side((HALF, &giver), (HALF, &taker))]);
    let foot = if handover.simulated { SIMULATED } else { "" };
    docx::write("Biên bản bàn giao công việc", foot, vec![Pages { page: Page::Upright, blocks }])
}

fn head(handover: &Handover) -> Block {
    let number = if handover.document.is_empty() { "……/BB-……" } else { &handover.document };
    signature::head(&handover.superior, &handover.agency, format!("Số: {number}"), None)
}

fn about(handover: &Handover) -> Vec<Block> {
    let place = if handover.place.is_empty() { "……………………" } else { &handover.place };
    let who = |lead: &str, party: &Party| {
        let parts = [party.title.as_str(), party.unit.as_str()].into_iter().filter(|part| !part.is_empty());
        let post = parts.collect::<Vec<_>>().join(", ");
        let capacity = match signature::titles(party).as_slice() {
            [both, _] => format!(", ký {both}"),
            _ => String::new(),
        };
        docx::led(&format!("{lead}: "), &format!("Ông/Bà {}, {post}{capacity}.", party.name))
    };
    vec![
        text(Form::Text, &format!("Hôm nay, {}, tại {place}, chúng tôi gồm:", date::long(handover.on))),
        who("1. Bên giao", &handover.giver),
        who("2. Bên nhận", &handover.taker),
    ]
}

fn work(handover: &Handover) -> Vec<Block> {
    let count = handover.work.len();
    if count == 0 {
        return vec![text(Form::Text, "Cùng xác nhận: chức vụ được bàn giao không có việc nào đang mở.")];
    }
    let lead = format!("Cùng lập biên bản bàn giao {count} việc đang mở của chức vụ «{}»:", handover.giver.title);
    let day = |day: Option<jiff::civil::Date>| Cell::middle(day.map(date::vietnamese).unwrap_or_default());
    let rows = (1..).zip(&handover.work).map(|(number, one): (usize, _)| {
        let reference = if one.reference.is_empty() { String::new() } else { format!(" ({})", one.reference) };
        vec![
            Cell::middle(number.to_string()),
            Cell::left(&one.kind),
            Cell::left(format!("{}{reference}", one.title)),
            day(one.since),
            day(one.due),
            Cell::left(&one.standing),
        ]
    });
    let header = ["STT", "Loại", "Nội dung", "Mở từ", "Hạn", "Tình trạng"];
    let grid =
        Grid { widths: WIDTHS.to_vec(), header: header.map(str::to_owned).to_vec(), rows: rows.collect(), size: 24 };
    vec![text(Form::Text, &lead), grid.block()]
}

fn closing(handover: &Handover) -> String {
    let moving = match handover.moving {
        0 => String::new(),
        moving => format!("Còn {moving} việc đang được hệ thống chuyển, có trong danh sách trên. "),
    };
    format!(
        "{moving}Kể từ khi ký, bên nhận chịu trách nhiệm về các việc nêu trên. Biên bản lập thành 02 bản có giá trị \
         như nhau, mỗi bên giữ 01 bản."
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::handover::sample;

    fn words(bytes: &[u8]) -> (String, String) {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        let texts = xml.split("</w:p>").map(|paragraph| {
            let runs = paragraph.split("<w:t ").skip(1);
            let runs = runs.filter_map(|run| run.split_once('>')?.1.split_once("</w:t>").map(|(text, _)| text));
            runs.collect::<String>()
        });
        let texts: Vec<String> = texts.filter(|text| !text.trim().is_empty()).collect();
        (texts.join("\n"), xml)
    }

    #[test]
    fn the_record_reads_as_one_would_sign_it() {
        let bytes = docx(&sample::handover()).unwrap();
        assert_eq!(bytes, docx(&sample::handover()).unwrap());
        let (text, xml) = words(&bytes);
        insta::assert_snapshot!(text);
        // Only the list of work has a header row that repeats; head and signatures have no lines.
        assert_eq!((xml.matches("<w:tbl>").count(), xml.matches("<w:tblHeader />").count()), (3, 1));
    }

    #[test]
    fn nothing_open_and_work_still_moving_are_said() {
        let mut handover = sample::handover();
        handover.moving = 2;
        assert!(words(&docx(&handover).unwrap()).0.contains("Còn 2 việc đang được hệ thống chuyển"));
        handover.work.clear();
        handover.simulated = false;
        let (text, xml) = words(&docx(&handover).unwrap());
        assert!(text.contains("không có việc nào đang mở") && !text.contains("MÔ PHỎNG"), "{text}");
        assert_eq!(xml.matches("<w:tbl>").count(), 2);
    }
}
