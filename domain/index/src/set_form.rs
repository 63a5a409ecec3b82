//! Between a criteria set and its written form: the one place that knows the names of the fields.

use cchc_text::{Findings, date};
use jiff::civil::Date;

use crate::form::{FieldValue, Reader, Section, SetForm};
use crate::rule::Rule;
use crate::set::{Appraiser, Class, CriteriaSet, Criterion, Leaf, Part, UnitGroup, words};

/// Reads a set from its form; nothing where the particulars are not enough to make one.
///
/// Criteria that can't be read are left out, each with a finding.
#[must_use]
pub fn from_form(form: &SetForm, findings: &mut Findings) -> Option<CriteriaSet> {
    let mut set = about(&form.about, findings);
    set_lists(set.as_mut(), form, findings);
    let criteria = criteria(&form.criteria, findings);
    let set = set.as_mut()?;
    set.criteria = criteria;
    Some(set.clone())
}

/// Writes a set as a form; [`from_form`] gives it back.
#[must_use]
pub fn to_form(set: &CriteriaSet) -> SetForm {
    SetForm {
        about: write_about(set),
        groups: set.groups.iter().map(write_group).collect(),
        classes: set.classes.iter().map(write_class).collect(),
        appraisers: set.appraisers.iter().map(write_appraiser).collect(),
        criteria: set.criteria.iter().map(|node| write_criterion(set, node)).collect(),
    }
}

fn about(section: &Section, findings: &mut Findings) -> Option<CriteriaSet> {
    let mut reader = Reader::new(section, findings);
    let id = reader.required("id");
    let title = reader.required("title");
    let year = reader.required_whole("year", 1990..=2200);
    let total = reader.required_decimal("total");
    let line_decimals = match reader.text("line_decimals").is_empty() {
        true => Some(None),
        false => reader.required_whole("line_decimals", 0..=6).map(Some),
    };
    let result_decimals = reader.required_whole("result_decimals", 0..=6);
    let status = reader.word("status", &words::STATUS);
    let result = reader.word("result", &words::RESULT);
    let rank_basis = reader.word("rank_basis", &words::RANK_BASIS);
    let ties = reader.word("ties", &words::TIES);
    let set = CriteriaSet {
        id: id.unwrap_or_default(),
        title: title.unwrap_or_default(),
        year: i16::try_from(year?).ok()?,
        status: status?,
        status_note: reader.text("status_note"),
        legal_basis: reader.text("legal_basis"),
        source: reader.text("source"),
        total: total?,
        result: result?,
        line_decimals: line_decimals?.and_then(|value| u8::try_from(value).ok()),
        result_decimals: result_decimals.and_then(|value| u8::try_from(value).ok())?,
        rank_basis: rank_basis?,
        ties: ties?,
        tie_break: reader.list("tie_break"),
        groups: Vec::new(),
        classes: Vec::new(),
        appraisers: Vec::new(),
        criteria: Vec::new(),
    };
    reader.finish();
    (!set.id.is_empty() && !set.title.is_empty()).then_some(set)
}

fn set_lists(set: Option<&mut CriteriaSet>, form: &SetForm, findings: &mut Findings) {
    let groups = form.groups.iter().filter_map(|section| group(section, findings)).collect();
    let classes = form.classes.iter().filter_map(|section| class(section, findings)).collect();
    let appraisers = form.appraisers.iter().filter_map(|section| appraiser(section, findings)).collect();
    if let Some(set) = set {
        (set.groups, set.classes, set.appraisers) = (groups, classes, appraisers);
    }
}

fn group(section: &Section, findings: &mut Findings) -> Option<UnitGroup> {
    let mut reader = Reader::new(section, findings);
    let (code, name) = (reader.required("code"), reader.required("name"));
    reader.finish();
    Some(UnitGroup { code: code?, name: name? })
}

fn class(section: &Section, findings: &mut Findings) -> Option<Class> {
    let mut reader = Reader::new(section, findings);
    let (name, from, floor) = (reader.required("name"), reader.required_decimal("from"), reader.decimal("floor"));
    reader.finish();
    Some(Class { name: name?, from: from?, floor })
}

fn appraiser(section: &Section, findings: &mut Findings) -> Option<Appraiser> {
    let mut reader = Reader::new(section, findings);
    let (field, unit) = (reader.required("field"), reader.required("unit"));
    let valid_from = day(&mut reader, "valid_from");
    let valid_to = day(&mut reader, "valid_to");
    reader.finish();
    Some(Appraiser { field: field?, unit: unit?, valid_from, valid_to })
}

fn day(reader: &mut Reader<'_>, key: &str) -> Option<Date> {
    let text = reader.text(key);
    if text.is_empty() {
        return None;
    }
    match date::parse(&text) {
        Ok(day) => Some(day),
        Err(error) => {
            reader.error(key, "not-a-date", format!("«{key}» là «{text}»: {error}."));
            None
        }
    }
}

fn criteria(sections: &[Section], findings: &mut Findings) -> Vec<Criterion> {
    let mut nodes: Vec<Criterion> = Vec::new();
    for section in sections {
        let mut reader = Reader::new(section, findings);
        if let Some(node) = criterion(&mut reader, &nodes) {
            nodes.push(node);
        }
        reader.finish();
    }
    nodes
}

/// Reads one node; its parent is the one named, else the longest code before it that its own continues.
fn criterion(reader: &mut Reader<'_>, earlier: &[Criterion]) -> Option<Criterion> {
    let (code, title, max) = (reader.required("code"), reader.required("title"), reader.required_decimal("max"));
    let named = reader.text("parent");
    let part = reader.word("part", &words::PART);
    let api_code = reader.text("api_code");
    let note = reader.text("note");
    let legal_basis = reader.text("legal_basis");
    let leaf = leaf(reader);
    let code = code?;
    let parent = match named.as_str() {
        "" => implied_parent(&code, earlier),
        "-" => None,
        named => {
            let found = earlier.iter().position(|node| node.code == named);
            if found.is_none() {
                let message = format!("Tiêu chí {code}: không có tiêu chí cha «{named}» đứng trước.");
                reader.error("parent", "unknown-parent", message);
            }
            found
        }
    };
    let inherited = parent.and_then(|index| earlier.get(index)).map(|node| node.part);
    let part = match (part?, inherited) {
        (Part::Scored, Some(part)) => part,
        (part, _) => part,
    };
    Some(Criterion { code, api_code, parent, part, title: title?, max: max?, note, legal_basis, leaf: leaf? })
}

/// The outer option: whether it could be read; the inner one: whether there is a rule at all.
fn leaf(reader: &mut Reader<'_>) -> Option<Option<Leaf>> {
    let input = reader.text("input");
    let evidence = reader.text("evidence");
    let evidence_required = reader.flag("evidence_required");
    let appraiser = reader.text("appraiser");
    let source = reader.word("source", &words::SOURCE);
    let metric = reader.text("metric");
    let may_be_na = reader.flag("may_be_na");
    let Some(section) = reader.section("rule") else {
        let lost = [("input", &input), ("evidence", &evidence), ("appraiser", &appraiser), ("metric", &metric)];
        for (key, _) in lost.into_iter().filter(|(_, text)| !text.is_empty()) {
            let message = format!("«{key}» chỉ dùng ở tiêu chí có quy tắc chấm: ở đây bị bỏ qua.");
            reader.warning(key, "unused-without-rule", message);
        }
        return Some(None);
    };
    let rule = reader.nested(section, |params| {
        let kind = params.required("kind")?;
        Rule::read(&kind, params)
    });
    Some(Some(Leaf { rule: rule?, input, evidence, evidence_required, appraiser, source: source?, metric, may_be_na }))
}

/// The position of the node whose code, with a dot, begins this one: `3.4` for `3.4.1`.
#[must_use]
pub fn implied_parent(code: &str, earlier: &[Criterion]) -> Option<usize> {
    let mut rest = code;
    while let Some((head, _)) = rest.rsplit_once('.') {
        if let Some(found) = earlier.iter().position(|node| node.code == head) {
            return Some(found);
        }
        rest = head;
    }
    None
}

fn write_about(set: &CriteriaSet) -> Section {
    let mut section = Section::default();
    section.text("id", set.id.clone());
    section.text("title", set.title.clone());
    section.text("year", set.year.to_string());
    section.text("status", words::of(&words::STATUS, set.status));
    section.text("status_note", set.status_note.clone());
    section.text("legal_basis", set.legal_basis.clone());
    section.text("source", set.source.clone());
    section.text("total", set.total.to_string());
    section.text("result", words::of(&words::RESULT, set.result));
    section.text("line_decimals", set.line_decimals.map(|value| value.to_string()).unwrap_or_default());
    section.text("result_decimals", set.result_decimals.to_string());
    section.text("rank_basis", words::of(&words::RANK_BASIS, set.rank_basis));
    section.text("ties", words::of(&words::TIES, set.ties));
    section.list("tie_break", set.tie_break.clone());
    section
}

fn write_group(group: &UnitGroup) -> Section {
    let mut section = Section::default();
    section.text("code", group.code.clone());
    section.text("name", group.name.clone());
    section
}

fn write_class(class: &Class) -> Section {
    let mut section = Section::default();
    section.text("name", class.name.clone());
    section.text("from", class.from.to_string());
    section.text("floor", class.floor.map(|floor| floor.to_string()).unwrap_or_default());
    section
}

fn write_appraiser(appraiser: &Appraiser) -> Section {
    let mut section = Section::default();
    section.text("field", appraiser.field.clone());
    section.text("unit", appraiser.unit.clone());
    section.text("valid_from", appraiser.valid_from.map(|day| day.to_string()).unwrap_or_default());
    section.text("valid_to", appraiser.valid_to.map(|day| day.to_string()).unwrap_or_default());
    section
}

fn write_criterion(set: &CriteriaSet, node: &Criterion) -> Section {
    let mut section = Section::default();
    section.text("code", node.code.clone());
    section.text("api_code", node.api_code.clone());
    let parent = node.parent.and_then(|index| set.criteria.get(index));
    let position = set.criteria.iter().position(|other| other.code == node.code).unwrap_or(0);
    let implied = implied_parent(&node.code, set.criteria.get(..position).unwrap_or(&[]));
    if implied != node.parent {
        section.text("parent", parent.map_or("-", |parent| parent.code.as_str()));
    }
    section.text("title", node.title.clone());
    section.text("max", node.max.to_string());
    if node.part != Part::Scored && parent.is_none() {
        section.text("part", words::of(&words::PART, node.part));
    }
    if let Some(leaf) = &node.leaf {
        let mut rule = Section::default();
        rule.text("kind", leaf.rule.kind());
        leaf.rule.write(&mut rule);
        section.put("rule", FieldValue::Section(rule));
        section.text("input", leaf.input.clone());
        section.text("evidence", leaf.evidence.clone());
        flag(&mut section, "evidence_required", leaf.evidence_required);
        section.text("appraiser", leaf.appraiser.clone());
        section.text("source", words::of(&words::SOURCE, leaf.source));
        section.text("metric", leaf.metric.clone());
        flag(&mut section, "may_be_na", leaf.may_be_na);
    }
    section.text("legal_basis", node.legal_basis.clone());
    section.text("note", node.note.clone());
    section
}

fn flag(section: &mut Section, key: &str, value: bool) {
    if value {
        section.text(key, "true");
    }
}
