//! Survey (điều tra xã hội học): two counts from the survey, scaled to the maximum.
//!
//! Parameters: `measure` = `share` (answers 4 and 5 ÷ valid answers) or `mean`
//! ((sum of scores ÷ valid answers − low) ÷ (high − low)); `scale` = `likert5`, scores 1 to 5;
//! `full_at`; `respondents`, who was asked; `if_empty`, what no survey gives.
//!
//! Example (vp-2021-so 3.7.3, max 2): 172 of 200 satisfied → 1.72. (4.5.2, mean, max 1.75): a sum of
//! 652 over 160 answers is 4.075 → (4.075 − 1) ÷ 4 × 1.75 = 1.3453125.

use cchc_text::Decimal;

use crate::answer::{Answer, AnswerFault, RawAnswer};
use crate::exact::Exact;
use crate::form::{Reader, Section};
use crate::rule::share::{
    IfEmpty, at_least, check_full_at, empty_because, parse_ratio, remark_above_one, scaled, scaled_because,
};
use crate::rule::{Outcome, ScoringRule, Setting};
use crate::set::words;
use crate::trace::{percent, plain, short};

/// Share of satisfied answers or mean score, scaled to the maximum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// What the two counts are.
    pub measure: Measure,
    /// The share that earns the maximum.
    pub full_at: Decimal,
    /// Who was asked.
    pub respondents: String,
    /// What no survey gives.
    pub if_empty: IfEmpty,
}

/// What the two counts of a survey are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Satisfied answers ÷ valid answers.
    Share,
    /// Sum of scores ÷ valid answers, on the scale 1 to 5.
    Mean,
}

const MEASURE: [(&str, Measure); 2] = [("share", Measure::Share), ("mean", Measure::Mean)];
/// The scales known: name, lowest and highest score.
const SCALES: [(&str, ()); 1] = [("likert5", ())];
const LIKERT_LOW: Exact = Exact::ONE;
const LIKERT_HIGH: Decimal = Decimal::whole(5);

impl Survey {
    /// The share of the best possible result.
    fn share(&self, value: Decimal, of: Decimal) -> Exact {
        let ratio = Exact::ratio(value, of).unwrap_or(Exact::ZERO);
        match self.measure {
            Measure::Share => ratio,
            Measure::Mean => {
                let span = &Exact::from(LIKERT_HIGH) - &LIKERT_LOW;
                (&ratio - &LIKERT_LOW).over(&span).unwrap_or(Exact::ZERO).within(&Exact::ZERO, &Exact::ONE)
            }
        }
    }
}

impl ScoringRule for Survey {
    const KIND: &'static str = "survey";

    fn read(params: &mut Reader<'_>) -> Option<Self> {
        let measure = params.word("measure", &MEASURE)?;
        params.word("scale", &SCALES)?;
        let full_at = params.decimal("full_at").unwrap_or(Decimal::whole(1));
        let respondents = params.text("respondents");
        Some(Self { measure, full_at, respondents, if_empty: IfEmpty::read(params)? })
    }

    fn write(&self, params: &mut Section) {
        params.text("scale", "likert5");
        params.text("measure", words::of(&MEASURE, self.measure));
        params.text("full_at", self.full_at.to_string());
        params.text("respondents", self.respondents.clone());
        self.if_empty.write(params);
    }

    fn check(&self, _max: Decimal) -> Vec<String> {
        check_full_at(self.full_at, Decimal::whole(1)).into_iter().collect()
    }

    fn parse(&self, raw: &RawAnswer<'_>) -> Result<Answer, AnswerFault> {
        if raw.value == "-" && raw.of.is_empty() {
            return Ok(Answer::Empty);
        }
        parse_ratio(raw)
    }

    fn remarks(&self, answer: &Answer) -> Vec<AnswerFault> {
        let &Answer::Ratio { value, of } = answer else { return Vec::new() };
        if self.measure == Measure::Share {
            return remark_above_one(answer);
        }
        let mean = Exact::ratio(value, of).unwrap_or(Exact::ZERO);
        if mean >= LIKERT_LOW && mean <= Exact::from(LIKERT_HIGH) {
            return Vec::new();
        }
        let message = format!("Điểm trung bình {} nằm ngoài thang 1–5.", short(&mean));
        vec![AnswerFault::new("mean-outside-scale", message)]
    }

    fn score(&self, setting: &Setting<'_>, answer: &Answer) -> Outcome {
        let &Answer::Ratio { value, of } = answer else {
            return self.if_empty.outcome(setting.max);
        };
        Outcome::points(scaled(&self.share(value, of), self.full_at, setting.max))
    }

    fn because(&self, setting: &Setting<'_>, answer: &Answer) -> Vec<String> {
        let &Answer::Ratio { value, of } = answer else {
            return empty_because("Không tổ chức điều tra", self.if_empty);
        };
        let share = self.share(value, of);
        let counts = format!("{} / {}", plain(value), plain(of));
        if self.measure == Measure::Share {
            return vec![scaled_because(&counts, &share, self.full_at, setting.max)];
        }
        let mean = Exact::ratio(value, of).unwrap_or(Exact::ZERO);
        vec![
            format!("Điểm trung bình: {counts} = {} (thang 1–5)", short(&mean)),
            scaled_because(&format!("({} − 1) ÷ 4", short(&mean)), &share, self.full_at, setting.max),
        ]
    }

    fn for_full(&self, _setting: &Setting<'_>, answer: &Answer) -> Option<String> {
        let &Answer::Ratio { value, of } = answer else { return None };
        let target = Exact::from(self.full_at);
        Some(match self.measure {
            Measure::Share => at_least(self.full_at, value, of),
            Measure::Mean => {
                let span = &Exact::from(LIKERT_HIGH) - &LIKERT_LOW;
                let mean = &LIKERT_LOW + &(&target * &span);
                let now = Exact::ratio(value, of).unwrap_or(Exact::ZERO);
                format!("điểm trung bình từ {}, nay {}", short(&mean), short(&now))
            }
        })
    }

    fn in_words(&self, max: Decimal) -> String {
        let what = match self.measure {
            Measure::Share => "tỷ lệ trả lời hài lòng (mức 4 và 5)",
            Measure::Mean => "điểm trung bình thang 1–5 quy về 0–100 %",
        };
        let target = if self.full_at == Decimal::whole(1) {
            String::new()
        } else {
            format!(", đạt từ {} là điểm tối đa", percent(&Exact::from(self.full_at)))
        };
        format!("Điểm = {what} × {}{target}; không điều tra: {}.", plain(max), self.if_empty.in_words())
    }

    fn asks(&self) -> String {
        match self.measure {
            Measure::Share => "value: số lượt trả lời hài lòng; of: số lượt trả lời hợp lệ (- nếu không điều tra)",
            Measure::Mean => "value: tổng điểm trả lời; of: số lượt trả lời hợp lệ (- nếu không điều tra)",
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::testing::{answer, points, rule};

    const SHARE: &str =
        "scale = likert5\nmeasure = share\nfull_at = 1\nrespondents = cong-chuc\nif_empty = not_applicable";
    const MEAN: &str = "scale = likert5\nmeasure = mean\nfull_at = 1\nrespondents = cong-chuc\nif_empty = zero";

    #[test]
    fn share_of_satisfied_answers() {
        let share = rule("survey", SHARE);
        assert_eq!(points(&share, "2", "172", "200"), "1.72");
        assert_eq!(points(&share, "2", "0", "0"), "na");
        assert_eq!(points(&share, "2", "-", ""), "na");
    }

    #[test]
    fn mean_of_a_scale_from_one_to_five() {
        let mean = rule("survey", MEAN);
        assert_eq!(points(&mean, "1.75", "652", "160"), "1.3453125");
        assert_eq!(points(&mean, "1.75", "160", "160"), "0", "all answered 1");
        assert_eq!(points(&mean, "1.75", "800", "160"), "1.75");
        assert_eq!(points(&mean, "1.75", "0", "0"), "0");
        assert_eq!(
            answer(&mean, "1.75", "652", "160").1,
            ["Điểm trung bình: 652 / 160 = 4,075 (thang 1–5)", "(4,075 − 1) ÷ 4 × 1,75 = 1,345…"]
        );
    }

    #[test]
    fn a_mean_outside_its_scale_is_remarked_on() {
        let mean = rule("survey", MEAN);
        let answer = mean.parse(&crate::answer::RawAnswer { value: "900", of: "160" }).unwrap();
        assert_eq!(mean.remarks(&answer)[0].code, "mean-outside-scale");
    }
}
