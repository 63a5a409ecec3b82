//! Words for what a set says in codes.

use cchc_index::CriteriaSet;
use cchc_index::set::{RankBasis, ResultBasis, Source, Status, Ties};
use cchc_text::date::vietnamese;
use jiff::civil::Date;

/// How sure a set is, in a few words.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Official => "Đúng văn bản đã ban hành",
        Status::Observed => "Quan sát được từ số liệu công bố",
        Status::Unconfirmed => "Chưa xác nhận bằng văn bản",
        Status::Illustrative => "Minh họa, không phải văn bản",
    }
}

/// Class of the style sheet for how sure a set is.
#[must_use]
pub const fn status_class(status: Status) -> &'static str {
    match status {
        Status::Official => "ok",
        Status::Observed => "part",
        Status::Unconfirmed => "ask",
        Status::Illustrative => "busy",
    }
}

/// Where an answer comes from.
#[must_use]
pub const fn source(source: Source) -> &'static str {
    match source {
        Source::Person => "đơn vị tự khai",
        Source::Metric => "hệ thống đếm",
        Source::Survey => "điều tra xã hội học",
        Source::Given => "lấy số đã công bố",
    }
}

/// Name of the agency that appraises a field of work at the end of the set's year; the code where none is named.
#[must_use]
pub fn appraiser<'s>(set: &'s CriteriaSet, field: &'s str) -> &'s str {
    let day = Date::new(set.year, 12, 31).unwrap_or(Date::MAX);
    let holds =
        |from: Option<Date>, to: Option<Date>| from.is_none_or(|from| from <= day) && to.is_none_or(|to| to >= day);
    let appraisers = set.appraisers.iter().filter(|appraiser| appraiser.field == field);
    appraisers
        .filter(|appraiser| holds(appraiser.valid_from, appraiser.valid_to))
        .map(|appraiser| appraiser.unit.as_str())
        .next()
        .unwrap_or(field)
}

/// For which time an appraiser is named: `đến 28/02/2025`.
#[must_use]
pub fn validity(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (None, None) => "suốt kỳ".to_owned(),
        (Some(from), None) => format!("từ {}", vietnamese(from)),
        (None, Some(to)) => format!("đến {}", vietnamese(to)),
        (Some(from), Some(to)) => format!("từ {} đến {}", vietnamese(from), vietnamese(to)),
    }
}

/// How the result, class and rank come about, a sentence each.
#[must_use]
pub fn ranking(set: &CriteriaSet) -> Vec<String> {
    let mut sentences = vec![match set.result {
        ResultBasis::Percent => {
            "Kết quả là tỷ lệ phần trăm: điểm đạt chia cho điểm tối đa của những dòng áp dụng.".to_owned()
        }
        ResultBasis::Points => format!(
            "Kết quả là điểm trên {}; dòng không áp dụng thì quy đổi theo phần còn lại.",
            set.total.vietnamese()
        ),
    }];
    sentences.push(match set.line_decimals {
        Some(decimals) => format!(
            "Mỗi dòng làm tròn {decimals} chữ số thập phân trước khi cộng; kết quả làm tròn {}.",
            set.result_decimals
        ),
        None => format!("Cộng bằng số đúng, chỉ làm tròn một lần ở kết quả, {} chữ số thập phân.", set.result_decimals),
    });
    sentences.push(match set.rank_basis {
        RankBasis::Unrounded => "Xếp hạng và xếp loại theo số chưa làm tròn.".to_owned(),
        RankBasis::Printed => "Xếp hạng và xếp loại theo số đã làm tròn như in.".to_owned(),
    });
    let ties = match set.ties {
        Ties::Shared => "1, 2, 2, 4",
        Ties::Dense => "1, 2, 2, 3",
    };
    sentences.push(match set.tie_break.as_slice() {
        [] => format!("Bằng nhau thì cùng hạng: {ties}."),
        codes => {
            format!("Bằng nhau thì so tỷ lệ đạt ở tiêu chí {}; vẫn bằng thì cùng hạng: {ties}.", codes.join(", rồi "))
        }
    });
    sentences
}
