//! What kinds of stream and their events are called.

/// Kinds of stream with the word for each, as the filter lists them.
pub const KINDS: [(&str, &str); 6] = [
    ("person", "Người dùng"),
    ("rule", "Quy tắc"),
    ("draft", "Bản nháp"),
    ("round", "Đợt chấm điểm"),
    ("sheet", "Phiếu chấm điểm"),
    ("thread", "Hỏi đáp"),
];

/// Kinds of rule with the word for each.
pub const RULES: [(&str, &str); 6] = [
    ("units", "Đơn vị hành chính"),
    ("departments", "Sở, ban, ngành"),
    ("criteria-set", "Bộ tiêu chí"),
    ("days-off", "Lịch nghỉ"),
    ("series", "Danh mục chuỗi số liệu"),
    ("series-figures", "Số liệu của các chuỗi"),
];

/// Events: kind of stream, name, what happened.
const EVENTS: [(&str, &str, &str); 45] = [
    ("person", "registered", "Thêm người dùng"),
    ("person", "renamed", "Sửa họ tên"),
    ("person", "contact-set", "Ghi thông tin liên hệ"),
    ("person", "account-opened", "Mở tài khoản"),
    ("person", "account-closed", "Đóng tài khoản"),
    ("person", "password-changed", "Đổi mật khẩu"),
    ("person", "appointed", "Bổ nhiệm chức vụ"),
    ("person", "post-changed", "Sửa chức vụ"),
    ("person", "post-ended", "Kết thúc chức vụ"),
    ("person", "post-cancelled", "Hủy chức vụ ghi nhầm"),
    ("person", "delegated", "Ủy quyền"),
    ("person", "delegation-ended", "Chấm dứt ủy quyền"),
    ("person", "handed-over", "Bàn giao công việc"),
    ("rule", "published", "Ban hành phiên bản quy tắc"),
    ("rule", "withdrawn", "Rút phiên bản quy tắc"),
    ("draft", "opened", "Lập bản nháp"),
    ("draft", "applied", "Áp dụng bản nháp"),
    ("draft", "discarded", "Bỏ bản nháp"),
    ("draft", "reassigned", "Chuyển bản nháp"),
    ("round", "planned", "Lập kế hoạch đợt"),
    ("round", "opened", "Mở đợt"),
    ("round", "advanced", "Chuyển bước"),
    ("round", "extended", "Gia hạn cho đơn vị"),
    ("round", "reopened", "Mở lại phiếu"),
    ("round", "merged", "Sáp nhập đơn vị giữa đợt"),
    ("round", "shared", "Phân công lại phiếu giữa đợt"),
    ("round", "urged", "Đôn đốc"),
    ("round", "published", "Công bố kết quả"),
    ("sheet", "filled", "Chấm một dòng"),
    ("sheet", "noted", "Ghi giải trình ở dòng"),
    ("sheet", "attached", "Thêm tài liệu kiểm chứng"),
    ("sheet", "detached", "Gỡ tài liệu kiểm chứng"),
    ("sheet", "counted", "Ghi số liệu từ sổ khác"),
    ("sheet", "given", "Ghi giá trị lấy từ nơi khác"),
    ("sheet", "took-over", "Nhận dòng từ đơn vị cũ"),
    ("sheet", "delivered", "Giao phần việc trong phiếu"),
    ("sheet", "sent-back", "Trả lại phần việc trong phiếu"),
    ("sheet", "proposed", "Trình thủ trưởng"),
    ("sheet", "returned", "Trả lại phiếu"),
    ("sheet", "submitted", "Nộp phiếu"),
    ("sheet", "appraised", "Thẩm định một dòng"),
    ("sheet", "asked-back", "Hỏi lại đơn vị"),
    ("sheet", "explained", "Giải trình kết quả thẩm định"),
    ("thread", "asked", "Hỏi về tiêu chí"),
    ("thread", "answered", "Trả lời về tiêu chí"),
];

/// What happened: `Bổ nhiệm chức vụ`; the name itself where it has no word.
#[must_use]
pub fn event<'a>(kind: &str, name: &'a str) -> &'a str {
    let known = EVENTS.iter().find(|(of, known, _)| *of == kind && *known == name);
    known.map_or(name, |(_, _, word)| word)
}

/// The events of a kind of stream: name, what happened.
pub fn events(kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    EVENTS.iter().filter(move |(of, ..)| *of == kind).map(|(_, name, word)| (*name, *word))
}

/// The word for a kind of stream; the kind itself where it has none.
#[must_use]
pub fn kind(kind: &str) -> &str {
    KINDS.iter().find(|(code, _)| *code == kind).map_or(kind, |(_, word)| word)
}

/// The word for a kind of rule; the kind itself where it has none.
#[must_use]
pub fn rule(kind: &str) -> &str {
    RULES.iter().find(|(code, _)| *code == kind).map_or(kind, |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use cchc_ledger::Event;
    use cchc_ledger::draft::DraftEvent;
    use cchc_ledger::rule::RuleEvent;

    use super::*;

    #[test]
    fn the_events_of_drafts_and_rules_have_words() {
        let drafts = [DraftEvent::Applied, DraftEvent::Discarded, DraftEvent::Reassigned { holder: String::new() }];
        for one in drafts {
            assert_ne!(event("draft", one.name()), one.name());
        }
        let withdrawn = RuleEvent::Withdrawn { id: cchc_ledger::Hash::default() };
        assert_ne!(event("rule", withdrawn.name()), withdrawn.name());
    }

    #[test]
    fn what_has_no_word_keeps_its_name() {
        assert_eq!((event("person", "applied"), kind("khac"), rule("forms")), ("applied", "khac", "forms"));
    }
}
