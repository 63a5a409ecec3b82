//! Checking a criteria set: every finding at once, each with the line or cell where it stands.

use std::collections::HashMap;

use cchc_text::{Finding, Findings, Place};

use crate::exact::Exact;
use crate::form::{FieldValue, SetForm};
use crate::rule::Rule;
use crate::set::{CriteriaSet, Criterion, Part};
use crate::set_form::from_form;

/// Reads a set from its form and checks it: the set where there is enough for one, and all findings.
#[must_use]
pub fn load(form: &SetForm) -> (Option<CriteriaSet>, Findings) {
    let mut findings = Findings::new();
    let set = from_form(form, &mut findings);
    if let Some(set) = &set {
        Check { set, places: Places::of(form), findings: &mut findings }.all();
    }
    (set, findings)
}

struct Places {
    about: Place,
    criteria: HashMap<String, Place>,
}

impl Places {
    fn of(form: &SetForm) -> Self {
        let mut criteria = HashMap::new();
        for section in &form.criteria {
            let code = section.fields.iter().find(|field| field.key == "code").map(|field| &field.value);
            if let Some(FieldValue::Text(code)) = code {
                criteria.insert(code.trim().to_owned(), section.place.clone());
            }
        }
        Self { about: form.about.place.clone(), criteria }
    }

    fn criterion(&self, code: &str) -> Place {
        self.criteria.get(code).cloned().unwrap_or_default().of_criterion(code)
    }
}

struct Check<'a> {
    set: &'a CriteriaSet,
    places: Places,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn all(&mut self) {
        self.identity();
        self.codes();
        self.tree();
        self.sums();
        self.rules();
        self.classes();
        self.ranking();
        self.appraisers();
    }

    fn about(&mut self, code: &'static str, message: String) {
        self.findings.push(Finding::error(code, self.places.about.clone(), message));
    }

    fn at(&mut self, node: &Criterion, code: &'static str, message: String) {
        self.findings.push(Finding::error(code, self.places.criterion(&node.code), message));
    }

    fn identity(&mut self) {
        let id = &self.set.id;
        let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain {
            self.about("bad-id", format!("Mã bộ tiêu chí «{id}» chỉ được dùng chữ thường không dấu, số và dấu -."));
        }
        if self.set.criteria.is_empty() {
            self.about("no-criteria", "Bộ tiêu chí không có tiêu chí nào đọc được.".to_owned());
        }
        for (index, group) in self.set.groups.iter().enumerate() {
            if self.set.groups.iter().take(index).any(|earlier| earlier.code == group.code) {
                self.about("duplicate-group", format!("Nhóm đơn vị «{}» có hai lần.", group.code));
            }
        }
    }

    fn codes(&mut self) {
        let set = self.set;
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for node in &set.criteria {
            let names = [node.code.as_str(), node.api_code.as_str()];
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                if let Some(other) = seen.insert(name, &node.code) {
                    let message = format!("Mã «{name}» trùng với tiêu chí {other} «{}».", node.title);
                    self.at(node, "duplicate-code", message);
                }
            }
            if node.code.chars().any(|char| char.is_whitespace() || char == ';') {
                self.at(node, "bad-code", format!("Mã «{}» không được có dấu cách hoặc dấu ;.", node.code));
            }
        }
    }

    fn tree(&mut self) {
        let set = self.set;
        for (index, node) in set.criteria.iter().enumerate() {
            let has_children = set.children(Some(index)).next().is_some();
            match (&node.leaf, has_children) {
                (None, false) => {
                    self.at(node, "no-rule", format!("Tiêu chí {} «{}» chưa có quy tắc chấm.", node.code, node.title));
                }
                (Some(_), true) => {
                    let message = format!("Tiêu chí {} có tiêu chí con nên không được có quy tắc riêng.", node.code);
                    self.at(node, "rule-on-parent", message);
                }
                _ => {}
            }
            if node.max.is_negative() || node.max.is_zero() {
                self.at(node, "bad-max", format!("Điểm tối đa là {}, phải lớn hơn 0.", node.max.vietnamese()));
            }
        }
    }

    fn sums(&mut self) {
        let set = self.set;
        for (index, node) in set.criteria.iter().enumerate() {
            let children: Vec<&Criterion> = set.children(Some(index)).map(|(_, child)| child).collect();
            if children.is_empty() {
                continue;
            }
            let sum = sum_of(&children);
            let max = Exact::from(node.max);
            let off = if node.part == Part::Scored { sum != max } else { sum < max };
            if off {
                let sum = cchc_text::number::vietnamese(&sum.text());
                let parts: Vec<&str> = children.iter().map(|child| child.code.as_str()).collect();
                let message = format!(
                    "Các tiêu chí con ({}) cộng lại {sum} điểm, tiêu chí {} ghi {}.",
                    parts.join(", "),
                    node.code,
                    node.max.vietnamese()
                );
                self.at(node, "sum-off", message);
            }
        }
        let fields: Vec<&Criterion> = set.fields().map(|(_, field)| field).collect();
        let sum = sum_of(&fields);
        if sum != Exact::from(set.total) && !fields.is_empty() {
            let sum = cchc_text::number::vietnamese(&sum.text());
            self.about(
                "total-off",
                format!("Các lĩnh vực cộng lại {sum} điểm, bộ tiêu chí ghi {}.", set.total.vietnamese()),
            );
        }
    }

    fn rules(&mut self) {
        let set = self.set;
        for (_, node, leaf) in set.leaves() {
            for wrong in leaf.rule.check(node.max) {
                self.at(node, "bad-rule", format!("Quy tắc {} của tiêu chí {}: {wrong}", leaf.rule.kind(), node.code));
            }
            let fits = match node.part {
                Part::Scored => !matches!(leaf.rule, Rule::Bonus(_) | Rule::Penalty(_)),
                Part::Bonus => matches!(leaf.rule, Rule::Bonus(_)),
                Part::Penalty => matches!(leaf.rule, Rule::Penalty(_)),
            };
            if !fits {
                let message = format!(
                    "Tiêu chí {} dùng quy tắc {}: điểm thưởng dùng bonus, điểm trừ dùng penalty, trong thang điểm dùng loại khác.",
                    node.code,
                    leaf.rule.kind()
                );
                self.at(node, "rule-outside-part", message);
            }
            if node.part != Part::Scored && leaf.may_be_na {
                let message = format!("Tiêu chí {} là thưởng/trừ nên không thể «Không áp dụng».", node.code);
                self.at(node, "na-outside-total", message);
            }
        }
    }

    fn classes(&mut self) {
        let set = self.set;
        let falling = set.classes.windows(2).all(|pair| matches!(pair, [high, low] if high.from > low.from));
        if !falling {
            self.about("classes-order", "Các loại phải xếp từ ngưỡng cao xuống thấp, không trùng ngưỡng.".to_owned());
        }
        if let Some(last) = set.classes.last()
            && (!last.from.is_zero() || last.floor.is_some())
        {
            let message = format!(
                "Loại thấp nhất «{}» phải bắt đầu từ 0 và không có mức sàn: có đơn vị sẽ không được xếp loại.",
                last.name
            );
            let finding = Finding::warning("classes-gap", self.places.about.clone(), message);
            self.findings.push(finding);
        }
    }

    fn ranking(&mut self) {
        let set = self.set;
        for code in &set.tie_break {
            if set.find(code).is_none() {
                self.about("unknown-tie-break", format!("tie_break có «{code}», không có tiêu chí đó."));
            }
        }
    }

    fn appraisers(&mut self) {
        let set = self.set;
        for appraiser in &set.appraisers {
            if let (Some(from), Some(to)) = (appraiser.valid_from, appraiser.valid_to)
                && to < from
            {
                let message = format!("Lĩnh vực thẩm định «{}»: ngày kết thúc trước ngày bắt đầu.", appraiser.field);
                self.about("bad-period", message);
            }
        }
        if set.appraisers.is_empty() {
            return;
        }
        for (_, node, leaf) in set.leaves() {
            let known = set.appraisers.iter().any(|appraiser| appraiser.field == leaf.appraiser);
            if !known {
                let message = match leaf.appraiser.as_str() {
                    "" => format!("Tiêu chí {} chưa có cơ quan thẩm định.", node.code),
                    field => format!("Tiêu chí {}: không có lĩnh vực thẩm định «{field}».", node.code),
                };
                self.at(node, "unknown-appraiser", message);
            }
        }
    }
}

fn sum_of(nodes: &[&Criterion]) -> Exact {
    let values: Vec<Exact> = nodes.iter().map(|node| Exact::from(node.max)).collect();
    Exact::sum(&values)
}
