//! Rating (lãnh đạo đánh giá): one level from each rater; the mean of their points.
//!
//! Parameters: `levels`, rows of `id`, `label`, `points`; `by`, who rates; `combine` = `mean`.
//!
//! Example (vp-2021-so 1.7, max 0.75): `xuat-sac; tot; tot; hoan-thanh` →
//! (0.75 + 0.5625 + 0.5625 + 0.375) ÷ 4 = 0.5625.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::options::{ChoiceOption, check_options, ids, position, read_options, write_options};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::trace::{plain, short};

/// Mean of the points of the levels that the raters chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The levels from high to low.
    pub levels: Vec<ChoiceOption>,
    /// Who rates.
    pub by: String,
}

const COMBINE: [(&str, ()); 1] = [("mean", ())];

impl Rating {
    fn given(&self, answer: &Answer) -> Vec<&ChoiceOption> {
        let Answer::Chosen(positions) = answer else { return Vec::new() };
        positions.iter().filter_map(|position| self.levels.get(usize::from(*position))).collect()
    }

    fn mean(levels: &[&ChoiceOption]) -> Exact {
        let points: Vec<Exact> = levels.iter().map(|level| Exact::from(level.points)).collect();
        let raters = Exact::whole(i64::try_from(levels.len()).unwrap_or(i64::MAX));
        Exact::sum(&points).over(&raters).unwrap_or(Exact::ZERO)
    }
}

impl ScoringRule for Rating {
    const KIND: &'static str = "rating";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        params.word("combine", &COMBINE)?;
        let by = params.text("by");
        Some(Self { levels: read_options("levels", params)?, by })
    }

    fn write(&self, params: &mut Section) {
        params.text("by", self.by.clone());
        params.text("combine", "mean");
        write_options("levels", &self.levels, params);
    }

    fn check(&self, max: Decimal) -> Vec<String> {
        check_options(&self.levels, max)
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        let mut positions = Vec::new();
        for id in raw.parts().filter(|id| !id.is_empty()) {
            let Some(index) = position(&self.levels, id) else {
                let message = format!("Không có mức «{id}». Các mức: {}.", ids(&self.levels));
                return Err(AnswerFault::new("unknown-option", message));
            };
            positions.push(index);
        }
        if positions.is_empty() {
            return Err(AnswerFault::new("no-rating", "Không có mức đánh giá nào.".to_owned()));
        }
        // The mean doesn't depend on who rated first: keep one order.
        positions.sort_unstable();
        Ok(Answer::Chosen(positions))
    }

    fn score(&self, _setting: &Setting<'_>, answer: &Answer) -> Outcome {
        Outcome::points(Self::mean(&self.given(answer)))
    }

    fn because(&self, _setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        let given = self.given(answer);
        let points: Vec<String> = given.iter().map(|level| plain(level.points)).collect();
        vec![
            given.iter().map(|level| format!("«{}»", level.label)).collect::<Vec<_>>().join(", "),
            format!("({}) ÷ {} = {}", points.join(" + "), given.len(), short(&Self::mean(&given))),
        ]
    }

    fn for_full(&self, setting: &Setting<'_>, _answer: &Answer) -> Option<String> {
        let best = self.levels.iter().find(|level| level.points == setting.max)?;
        Some(format!("mọi người đánh giá chọn «{}»", best.label))
    }

    fn in_words(&self, _max: Decimal) -> String {
        let levels: Vec<String> =
            self.levels.iter().map(|level| format!("{}: {}", level.label, plain(level.points))).collect();
        format!("Trung bình điểm các mức được đánh giá ({}).", levels.join("; "))
    }

    fn asks(&self) -> String {
        format!("value: mức của từng người đánh giá, cách nhau bằng dấu ; ({})", ids(&self.levels))
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, fault, points, rule};

    const LEVELS: &str = "by = lanh-dao-ubnd-tinh\ncombine = mean\nlevels:\n  xuat-sac | Xuất sắc | 0.75\n  tot | Tốt | 0.5625\n  hoan-thanh | Hoàn thành | 0.375\n  khong | Không hoàn thành | 0";

    #[test]
    fn mean_of_the_levels() {
        let rating = rule("rating", LEVELS);
        assert_eq!(points(&rating, "0.75", "xuat-sac; tot; tot; hoan-thanh", ""), "0.5625");
        assert_eq!(points(&rating, "0.75", "hoan-thanh;tot;xuat-sac;tot;", ""), "0.5625");
        assert_eq!(
            answer(&rating, "0.75", "tot;khong", "").1,
            ["«Tốt», «Không hoàn thành»", "(0,5625 + 0) ÷ 2 = 0,281…"]
        );
        assert_eq!(fault(&rating, "kha", ""), "unknown-option");
        assert_eq!(fault(&rating, ";", ""), "no-rating");
    }
}
