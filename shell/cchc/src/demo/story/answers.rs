//! What a unit of the demonstration says of its lines: invented answers, documents and counts, marked so.

use std::collections::HashMap;

use cchc_index::AnswerText;
use cchc_index::CriteriaSet;
use cchc_index::round::Plan;
use cchc_index::set::{Part, Source};
use cchc_index::sheet::{Evidence, Proof};
use cchc_units::{Level, Version};
use jiff::civil::Date;

use crate::data;
use crate::demo::dice::Dice;
use crate::demo::simulate;

/// Out of a thousand lines that a register counts, so many where the unit says something else.
const DISPUTED: u64 = 70;

/// The answers of a unit.
#[derive(Debug, Clone)]
pub struct Answers {
    /// What its documents are signed with: `SNV`, `UBND`.
    pub symbol: String,
    /// Its code.
    unit: String,
    year: i16,
    lines: HashMap<String, Said>,
}

/// What is said of one line.
#[derive(Debug, Clone)]
struct Said {
    answer: AnswerText,
    counted: Option<AnswerText>,
    is_proved_by_document: bool,
    about: String,
}

/// Codes of the lines that a unit answers itself: as a register has them beside, or not.
pub fn own_lines(plan: &Plan, set: &CriteriaSet, unit: &str) -> Vec<String> {
    lines(plan, set, unit, |source| matches!(source, Source::Person | Source::Metric))
}

/// Codes of the lines whose values come from elsewhere.
pub fn given_lines(plan: &Plan, set: &CriteriaSet, unit: &str) -> Vec<String> {
    lines(plan, set, unit, |source| matches!(source, Source::Survey | Source::Given))
}

fn lines(plan: &Plan, set: &CriteriaSet, unit: &str, wanted: impl Fn(Source) -> bool) -> Vec<String> {
    let scored = set.leaves().filter(|(_, node, leaf)| node.part == Part::Scored && wanted(leaf.source));
    let applies = scored.filter(|(index, _, _)| plan.preset(unit, set, *index).is_none());
    applies.map(|(_, node, _)| node.code.clone()).collect()
}

impl Answers {
    /// The answers of a unit to a set, always the same.
    pub fn of(set: &CriteriaSet, unit: &Version) -> Self {
        let table = simulate::answers(set, &[unit], &data::days_off());
        let column = |name: &str| table.column(name);
        let (criterion, value, of) = (column("criterion"), column("value"), column("of"));
        let mut lines = HashMap::new();
        for row in &table.rows {
            let code = row.text(criterion);
            let Some(leaf) = set.find(code).and_then(|(_, node)| node.leaf.as_ref()) else { continue };
            let answer = AnswerText::new(row.text(value), row.text(of));
            let mut dice = Dice::named(&[&set.year.to_string(), &unit.code, code, "số liệu"]);
            let counted = (leaf.source == Source::Metric && !answer.says_not_applicable())
                .then(|| if dice.happens(DISPUTED) { less(&answer) } else { answer.clone() });
            let is_proved_by_document = leaf.evidence_required || answer.says_not_applicable();
            let about = leaf.evidence.split([';', ',']).next().unwrap_or_default().trim().to_owned();
            lines.insert(code.to_owned(), Said { answer, counted, is_proved_by_document, about });
        }
        let symbol = match unit.level {
            Level::Department => unit.symbol.clone().unwrap_or_default(),
            _ => "UBND".to_owned(),
        };
        Self { symbol, unit: unit.code.clone(), year: set.year, lines }
    }

    /// The answers of these lines.
    pub fn filled(&self, lines: &[String]) -> Vec<(String, AnswerText, Option<u32>)> {
        self.each(lines).map(|(code, said)| (code.clone(), said.answer.clone(), None)).collect()
    }

    /// The values of these lines, as an import brings them.
    pub fn given(&self, lines: &[String]) -> Vec<(String, AnswerText)> {
        self.each(lines).map(|(code, said)| (code.clone(), said.answer.clone())).collect()
    }

    /// What registers count of these lines.
    pub fn counted(&self, lines: &[String]) -> Vec<(String, AnswerText)> {
        self.each(lines).filter_map(|(code, said)| Some((code.clone(), said.counted.clone()?))).collect()
    }

    /// Where the register counts something else than the unit says: that count.
    pub fn disputed(&self, line: &str) -> Option<AnswerText> {
        let said = self.lines.get(line)?;
        said.counted.clone().filter(|counted| *counted != said.answer)
    }

    /// The documents that prove these lines.
    pub fn proved(&self, lines: &[String]) -> Vec<(String, Evidence)> {
        let proved = self.each(lines).filter(|(_, said)| said.is_proved_by_document);
        proved.map(|(code, said)| (code.clone(), self.document(code, said))).collect()
    }

    fn each<'a>(&'a self, lines: &'a [String]) -> impl Iterator<Item = (&'a String, &'a Said)> {
        lines.iter().filter_map(|code| Some((code, self.lines.get(code)?)))
    }

    fn document(&self, code: &str, said: &Said) -> Evidence {
        let mut dice = Dice::named(&[&self.year.to_string(), &self.unit, code, "văn bản"]);
        let kind = ["BC", "KH", "QĐ", "CV"].get(usize::try_from(dice.below(4)).unwrap_or(0)).copied();
        let (number, month, day) = (dice.between(12, 480), dice.between(1, 12), dice.between(1, 28));
        let part = |value: u64| i8::try_from(value).unwrap_or(1);
        let about = if said.about.is_empty() { "Tài liệu của đơn vị" } else { &said.about };
        let proof = Proof::Document {
            number: format!("{number}/{}-{}", kind.unwrap_or("BC"), self.symbol),
            dated: Date::new(self.year, part(month), part(day)).ok(),
            about: format!("{about} (mô phỏng)"),
        };
        let section = if dice.happens(600) { format!("Mục {}", dice.between(1, 4)) } else { String::new() };
        Evidence { id: "mo-phong-1".to_owned(), proof, section, page: String::new() }
    }
}

/// A little less than the unit says, where it says a share of something.
fn less(answer: &AnswerText) -> AnswerText {
    match answer.value.parse::<u64>() {
        Ok(value) if !answer.of.is_empty() && value > 4 => {
            AnswerText::new(&(value - 1 - value / 20).to_string(), &answer.of)
        }
        _ => answer.clone(),
    }
}
