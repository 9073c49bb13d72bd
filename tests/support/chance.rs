//! The cases that property tests draw, and numbers for tests that draw by themselves.
//!
//! In: the number of cases of a test, and `UNDERSIGNED_EXPLORE`; or a seed. Out: a
//! configuration for `proptest!`; or numbers. Guaranteed: without the variable, the seed is fixed, so that a
//! change is never rejected by chance. Absent: files of remembered seeds; what a run
//! finds becomes a case of its own.

use proptest::test_runner::{Config, RngSeed};

/// The seed of every run but explorations. Any number does; it is the day on which the
/// sample letter was sent.
const SEED: u64 = 20_210_301;

/// Returns the configuration of a test of so many cases. With `UNDERSIGNED_EXPLORE=N`
/// it has N times as many, from a fresh seed.
pub(crate) fn cases(number: u32) -> Config {
    let times = std::env::var("UNDERSIGNED_EXPLORE").ok();
    let times = times.map(|times| times.parse::<u32>().expect("UNDERSIGNED_EXPLORE is a number"));
    Config {
        cases: number.saturating_mul(times.unwrap_or(1)),
        rng_seed: times.map_or(RngSeed::Fixed(SEED), |_| RngSeed::Random),
        failure_persistence: None,
        ..Config::default()
    }
}

/// Draws numbers: SplitMix64 (Steele, Lea and Flood, 2014).
#[allow(dead_code)]
pub(crate) struct Chance(pub(crate) u64);

#[allow(dead_code)]
impl Chance {
    /// Returns a number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 32).expect("32 bits") % end
    }
}
