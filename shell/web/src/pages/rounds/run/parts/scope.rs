//! Groups and sets, units, what does not apply.

use cchc_index::round::{Group, Plan, Preset, Ranked};

use super::Changing;
use crate::form::{Choice, Field, FormView, Kind, Sent};
use crate::pages::rounds::run::Offer;

/// The same form with the sets on offer; those of the plan are chosen.
pub(super) fn sets(form: FormView, changing: &Changing<'_>) -> FormView {
    let mut choices = Choice::list(changing.offer.sets.iter().map(|set| (set.value(), set.label())), "");
    for choice in &mut choices {
        let is_planned = |group: &Group| format!("{}|{}", group.code, group.set) == choice.value;
        choice.chosen = changing.plan.groups.iter().any(is_planned);
    }
    form.field(
        Field::new("nhom", "Nhóm và bộ tiêu chí", Kind::Many(choices))
            .required()
            .tip("Ghi lại phần này thì mỗi nhóm lấy bản đang có hiệu lực của bộ đã chọn."),
    )
}

pub(super) fn read_sets(plan: &mut Plan, form: &mut FormView, sent: &Sent, offer: &Offer) {
    form.require();
    plan.groups = groups(form, sent, offer);
    // A group that is gone takes its units along.
    plan.units.retain(|unit| plan.groups.iter().any(|group| group.code == unit.group));
}

/// The groups that were chosen, each once.
pub fn groups(form: &mut FormView, sent: &Sent, offer: &Offer) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for value in sent.all("nhom") {
        let Some(set) = offer.set(value) else {
            form.refuse("nhom", format!("không có bộ «{value}» đang áp dụng"));
            continue;
        };
        if groups.iter().any(|known| known.code == set.group.0) {
            form.refuse("nhom", format!("nhóm {} chọn hai bộ; mỗi nhóm một bộ", set.group.1));
            continue;
        }
        groups.push(Group { code: set.group.0.clone(), set: set.name.clone(), version: set.version });
    }
    groups
}

/// The same form with units to add and to leave out.
pub(super) fn units(form: FormView, changing: &Changing<'_>) -> FormView {
    let plan = changing.plan;
    let fits = |group: &str| plan.groups.iter().any(|known| known.code == group);
    let new = changing.offer.units.iter().filter(|unit| plan.unit(&unit.code).is_none() && fits(unit.group));
    let new: Vec<Choice> = new.map(|unit| Choice::new(&unit.code, &unit.label)).collect();
    let there = plan.units.iter().map(|unit| Choice::new(&unit.code, format!("{} ({})", unit.name, unit.group)));
    let groups = std::iter::once((String::new(), "Theo cấp của đơn vị".to_owned()))
        .chain(plan.groups.iter().map(|group| (group.code.clone(), format!("{} (bộ {})", group.code, group.set))));
    let mut form = form;
    if !new.is_empty() {
        form = form
            .field(Field::new("vao-nhom", "Thêm vào nhóm", Kind::One(Choice::list(groups, ""))))
            .field(Field::new("them", "Đơn vị thêm vào đợt", Kind::Many(new)));
    }
    form.field(Field::new("bo", "Đơn vị bỏ khỏi đợt", Kind::Many(there.collect())))
}

pub(super) fn read_units(plan: &mut Plan, form: &mut FormView, sent: &Sent, offer: &Offer) {
    let gone: Vec<&str> = sent.all("bo").collect();
    plan.units.retain(|unit| !gone.contains(&unit.code.as_str()));
    plan.substitutes.retain(|known| !gone.contains(&known.scored.as_str()));
    plan.presets.retain(|known| !gone.contains(&known.unit.as_str()));
    plan.shares.retain(|known| !gone.contains(&known.scored.as_str()));
    let into = sent.text("vao-nhom");
    for code in sent.all("them") {
        let Some(unit) = offer.units.iter().find(|unit| unit.code == code) else {
            form.refuse("them", format!("«{code}» không phải đơn vị có hôm nay mà đợt này được chấm"));
            continue;
        };
        let group = if into.is_empty() { unit.group } else { into };
        if plan.group(group).is_none() {
            form.refuse("vao-nhom", format!("đợt không có nhóm cho {}", unit.name));
        } else if plan.unit(code).is_none() {
            let (code, name) = (unit.code.clone(), unit.name.clone());
            plan.units.push(Ranked { code, name, group: group.to_owned() });
        }
    }
    let place = |code: &str| offer.units.iter().position(|unit| unit.code == code).unwrap_or(usize::MAX);
    plan.units.sort_by_cached_key(|unit| place(&unit.code));
}

/// The same form with what is preset, and a further preset.
pub(super) fn presets(form: FormView, changing: &Changing<'_>) -> FormView {
    let plan = changing.plan;
    let units = std::iter::once((String::new(), "Chọn đơn vị".to_owned()))
        .chain(plan.units.iter().map(|unit| (unit.code.clone(), unit.name.clone())));
    let form = form
        .field(Field::new("cua", "Đơn vị", Kind::One(Choice::list(units, ""))))
        .field(Field::text("tieu-chi", "Mã tiêu chí hoặc lĩnh vực").tip("Ví dụ 3 (cả lĩnh vực) hoặc 3.2.1."))
        .field(Field::text("vi", "Lý do").tip("Ví dụ: không có thủ tục hành chính."));
    if plan.presets.is_empty() {
        return form;
    }
    let there = plan.presets.iter().map(|known| {
        let label = format!("{}, {}: {}", (changing.unit)(&known.unit), known.criterion, known.reason);
        Choice::new(format!("{}|{}", known.unit, known.criterion), label)
    });
    form.field(Field::new("bo", "Bỏ «không áp dụng» của", Kind::Many(there.collect())))
}

pub(super) fn read_presets(plan: &mut Plan, form: &mut FormView, sent: &Sent, changing: &Changing<'_>) {
    let gone: Vec<&str> = sent.all("bo").collect();
    plan.presets.retain(|known| !gone.contains(&format!("{}|{}", known.unit, known.criterion).as_str()));
    let (unit, criterion) = (sent.text("cua").to_owned(), cchc_text::tidy(sent.text("tieu-chi")).into_owned());
    let reason = cchc_text::tidy(sent.text("vi")).into_owned();
    if unit.is_empty() && criterion.is_empty() && reason.is_empty() {
        return;
    }
    for (name, text) in [("cua", &unit), ("tieu-chi", &criterion), ("vi", &reason)] {
        if text.is_empty() {
            form.refuse(name, "chưa điền");
        }
    }
    let set = plan.unit(&unit).and_then(|unit| changing.sets.get(&unit.group));
    if !criterion.is_empty() && set.is_some_and(|set| set.find(&criterion).is_none()) {
        form.refuse("tieu-chi", format!("bộ tiêu chí của đơn vị không có mã «{criterion}»"));
    }
    plan.presets.retain(|known| known.unit != unit || known.criterion != criterion);
    plan.presets.push(Preset { unit, criterion, reason });
}
