//! The record of a handover (biên bản bàn giao): who gives, who takes, all open work, two signatures.
//!
//! As a Word document in the form of Nghị định 30/2020/NĐ-CP (Phụ lục III, mẫu biên bản), and the list
//! alone as a workbook.

mod document;
mod list;

use jiff::civil::Date;

pub use crate::signature::Party;
pub use document::docx;
pub use list::xlsx;

/// A handover that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The agency above; may be empty.
    pub superior: String,
    /// The agency in which it takes place.
    pub agency: String,
    /// Number and symbol: `05/BB-SNV`; empty: dotted, to be filled in by hand.
    pub document: String,
    /// Where: `Phú Thọ`; empty: dotted.
    pub place: String,
    /// The day.
    pub on: Date,
    /// Who gives.
    pub giver: Party,
    /// Who takes.
    pub taker: Party,
    /// The open work that passes on, in its order.
    pub work: Vec<OpenWork>,
    /// How much of it is still being moved by the system.
    pub moving: usize,
    /// Whether the people are invented; then it says so on top.
    pub simulated: bool,
}

/// An open item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenWork {
    /// Kind of work: `Bản nháp`.
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// Its address or number, by which it is found again.
    pub reference: String,
    /// Since when it is open.
    pub since: Option<Date>,
    /// When it is due, where it is.
    pub due: Option<Date>,
    /// Where it stands.
    pub standing: String,
}

#[cfg(test)]
mod sample {
    use cchc_access::Capacity;

    use super::*;

    /// A handover between two invented people.
    pub(super) fn handover() -> Handover {
        let work = |title: &str, due| OpenWork {
            kind: "Bản nháp".into(),
            title: title.into(),
            reference: "draft/1".into(),
            since: Some(jiff::civil::date(2026, 2, 9)),
            due,
            standing: "đang mở".into(),
        };
        Handover {
            superior: "UBND tỉnh Phú Thọ".into(),
            agency: "Sở Nội vụ".into(),
            document: String::new(),
            place: String::new(),
            on: jiff::civil::date(2026, 3, 2),
            giver: Party {
                name: "Nguyễn Văn An (mô phỏng)".into(),
                title: "Phó Giám đốc".into(),
                unit: "Sở Nội vụ".into(),
                capacity: Capacity::Kt,
                signs_for: "Giám đốc".into(),
            },
            taker: Party {
                name: "Trần Thị Bình (mô phỏng)".into(),
                title: "Trưởng phòng".into(),
                unit: "Phòng CCHC".into(),
                ..Party::default()
            },
            work: vec![work("Đổi tên xã A & B", None), work("Sửa lịch nghỉ", Some(jiff::civil::date(2026, 3, 31)))],
            moving: 0,
            simulated: true,
        }
    }
}
