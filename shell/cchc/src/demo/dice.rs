//! Chance that always falls the same way: a fixed seed and a name give the same numbers everywhere.

/// The seed of the demonstration. Another one gives another province.
const SEED: &str = "cchc mô phỏng 1";

/// A stream of numbers that depends on its name alone, not on what was drawn before under others.
pub struct Dice(blake3::OutputReader);

impl Dice {
    /// The stream of that name.
    pub fn named(parts: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in std::iter::once(&SEED).chain(parts) {
            hasher.update(part.as_bytes()).update(&[0]);
        }
        Self(hasher.finalize_xof())
    }

    /// A number from 0 to `below − 1`; the bias is under one in a thousand million.
    pub fn below(&mut self, below: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % below.max(1)
    }

    /// A number from `low` to `high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Whether something of so many per mille happens.
    pub fn happens(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_gives_the_same_numbers() {
        let draw = |name: &str| {
            let mut dice = Dice::named(&[name]);
            [dice.between(1, 6), dice.between(1, 6), dice.below(1000)]
        };
        assert_eq!(draw("08734"), draw("08734"));
        assert_ne!(draw("08734"), draw("08740"));
        assert!(draw("08734")[..2].iter().all(|face| (1..=6).contains(face)));
    }
}
