//! The list of open work as a workbook.

use cchc_text::date::vietnamese;
use jiff::civil::Date;

use super::{Handover, Party};
use crate::list_xlsx::{Column, ListWriter, Value};
use crate::signature;
use crate::write_error::WriteError;

const COLUMNS: [Column; 7] = [
    Column { name: "STT", width: 6.0 },
    Column { name: "Loại", width: 16.0 },
    Column { name: "Nội dung", width: 50.0 },
    Column { name: "Mã", width: 28.0 },
    Column { name: "Mở từ", width: 12.0 },
    Column { name: "Hạn", width: 12.0 },
    Column { name: "Tình trạng", width: 18.0 },
];

/// Writes the list: who gave, who took, every item.
///
/// # Errors
/// [`WriteError::Workbook`] where the workbook could not be made; the temporary folder must be writable.
pub fn xlsx(handover: &Handover) -> Result<Vec<u8>, WriteError> {
    let who = |lead: &str, party: &Party| {
        let titles = signature::titles(party).join(" / ");
        format!("{lead}: {}, {titles}, {}", party.name, party.unit)
    };
    let day = format!("Ngày {}", vietnamese(handover.on));
    let number =
        if handover.document.is_empty() { day } else { format!("{day}, biên bản số {}", handover.document) };
    let (giver, taker) = (who("Bên giao", &handover.giver), who("Bên nhận", &handover.taker));
    let mut remarks = vec![number.as_str(), &giver, &taker];
    if handover.simulated {
        remarks.insert(0, "NGƯỜI VÀ VIỆC MÔ PHỎNG");
    }
    let mut list = ListWriter::new("Danh sách bàn giao công việc", "Bàn giao", &remarks, &COLUMNS)?;
    let day = |day: Option<Date>| day.map_or(Value::Text(""), Value::Day);
    for (number, one) in (1..).zip(&handover.work) {
        list.push(&[
            Value::Whole(number),
            Value::Text(&one.kind),
            Value::Text(&one.title),
            Value::Text(&one.reference),
            day(one.since),
            day(one.due),
            Value::Text(&one.standing),
        ])?;
    }
    list.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handover::sample;
    use crate::{Limits, read_grids};

    #[test]
    fn every_item_is_a_row_below_the_two_parties() {
        let bytes = xlsx(&sample::handover()).unwrap();
        let (grids, findings) = read_grids("bg.xlsx", &bytes, &Limits::default()).unwrap();
        assert_eq!(findings, []);
        let text: Vec<String> = grids[0].rows.iter().map(|row| row.cells.join(" | ")).collect();
        insta::assert_snapshot!(text.join("\n"));
    }
}
