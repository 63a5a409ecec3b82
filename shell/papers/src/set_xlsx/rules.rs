//! What each kind of rule takes, for the sheet «Hướng dẫn».

/// The parameters of a kind in words, and an example of them.
pub(super) struct RuleGuide {
    /// Its name in set files.
    pub(super) kind: &'static str,
    /// Each parameter, one a line.
    pub(super) params: &'static str,
    /// Parameters as they stand in a cell.
    pub(super) example: &'static str,
    /// The maximum that goes with the example.
    pub(super) max: u64,
}

pub(super) const RULES: [RuleGuide; 11] = [
    RuleGuide {
        kind: "choice",
        params: "options: các mức, mỗi dòng: mã | nhãn | điểm; mức cao nhất bằng điểm tối đa",
        example: "options:\n  day | Ban hành đủ, đúng hạn | 1\n  cham | Ban hành chậm | 0.5\n  khong | Chưa ban hành | 0",
        max: 1,
    },
    RuleGuide {
        kind: "proportional",
        params: "full_at: tỷ lệ được điểm tối đa (0.9 là 90 %; không ghi: 1)\nfloor: dưới tỷ lệ này chỉ được below_floor điểm\nbelow_floor: điểm khi dưới floor\nif_empty: mẫu số bằng 0 thì được zero (0 điểm), full (điểm tối đa) hay not_applicable (không áp dụng)\nmay_exceed = true: tử số được lớn hơn mẫu số",
        example: "full_at = 0.9\nfloor = 0.5\nbelow_floor = 0\nif_empty = not_applicable",
        max: 2,
    },
    RuleGuide {
        kind: "bands",
        params: "value: ratio (hai số, tính tỷ lệ) hoặc number (một số)\nbands: các bậc từ cao xuống thấp, mỗi dòng: từ | điểm\nif_empty, may_exceed: như quy tắc tỷ lệ",
        example: "value = ratio\nbands:\n  0.95 | 1\n  0.8 | 0.5\n  0 | 0\nif_empty = zero",
        max: 1,
    },
    RuleGuide {
        kind: "count",
        params: "each: điểm mỗi trường hợp\ncap: tối đa, bằng điểm tối đa",
        example: "each = 0.25\ncap = 1",
        max: 1,
    },
    RuleGuide {
        kind: "deduct",
        params: "start: điểm khi không có vi phạm, bằng điểm tối đa\neach: điểm trừ mỗi trường hợp",
        example: "start = 1\neach = 0.25",
        max: 1,
    },
    RuleGuide {
        kind: "timeliness",
        params: "due: các hạn trong năm, tháng-ngày, cách nhau bằng dấu ;\nper_day: điểm trừ mỗi ngày chậm\nzero_after_days: chậm từ số ngày này thì 0 điểm",
        example: "due = 03-15; 06-15; 09-15; 12-15\nper_day = 0.025\nzero_after_days = 10",
        max: 1,
    },
    RuleGuide {
        kind: "survey",
        params: "scale = likert5: thang 1–5\nmeasure: share (tỷ lệ hài lòng, mức 4 và 5) hoặc mean (điểm trung bình)\nfull_at: tỷ lệ được điểm tối đa\nrespondents: đối tượng được hỏi\nif_empty: không điều tra thì được zero, full hay not_applicable",
        example: "scale = likert5\nmeasure = share\nfull_at = 1\nrespondents = nguoi-dan\nif_empty = zero",
        max: 2,
    },
    RuleGuide {
        kind: "rating",
        params: "by: ai đánh giá\ncombine = mean: lấy trung bình\nlevels: các mức, mỗi dòng: mã | nhãn | điểm; mức cao nhất bằng điểm tối đa",
        example: "by = lanh-dao-ubnd-tinh\ncombine = mean\nlevels:\n  xuat-sac | Hoàn thành xuất sắc | 1\n  tot | Hoàn thành tốt | 0.75\n  khong | Không hoàn thành | 0",
        max: 1,
    },
    RuleGuide {
        kind: "given",
        params: "component: kết quả của bộ hoặc phép đo nào\nfull_at: kết quả được điểm tối đa (không ghi: lấy nguyên điểm đã công bố)\nif_empty: chưa công bố thì được zero, full hay not_applicable",
        example: "component = qd766-2022\nfull_at = 90\nif_empty = not_applicable",
        max: 5,
    },
    RuleGuide {
        kind: "bonus",
        params: "each: điểm thưởng mỗi trường hợp\ncap: thưởng tối đa; ngoài thang điểm",
        example: "each = 0.5\ncap = 1",
        max: 1,
    },
    RuleGuide {
        kind: "penalty",
        params: "each: điểm trừ mỗi trường hợp, số dương\ncap: trừ tối đa; ngoài thang điểm",
        example: "each = 0.5\ncap = 2",
        max: 2,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_index::form::{Reader, Section};
    use cchc_index::rule::{KINDS, Rule, params_from_text};
    use cchc_text::{Decimal, Place};

    #[test]
    fn every_kind_has_an_example_that_is_right() {
        assert_eq!(RULES.map(|guide| guide.kind).as_slice(), KINDS);
        for guide in RULES {
            let params = params_from_text(guide.example, &Place::default()).unwrap();
            let mut findings = Vec::new();
            let mut reader = Reader::new(&params, &mut findings);
            let rule = Rule::read(guide.kind, &mut reader).unwrap();
            reader.finish();
            assert_eq!(findings, [], "{}", guide.kind);
            assert_eq!(rule.check(Decimal::whole(guide.max)), Vec::<String>::new(), "{}", guide.kind);
        }
    }

    #[test]
    fn every_parameter_that_a_rule_writes_is_explained() {
        for guide in RULES {
            let params = params_from_text(guide.example, &Place::default()).unwrap();
            let rule = Rule::read(guide.kind, &mut Reader::new(&params, &mut Vec::new())).unwrap();
            let mut written = Section::default();
            rule.write(&mut written);
            for field in written.fields {
                assert!(guide.params.contains(&field.key), "{} {}", guide.kind, field.key);
            }
        }
    }
}
