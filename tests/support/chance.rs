//! The cases that property tests draw.
//!
//! In: the number of cases of a test, and `UNDERSIGNED_EXPLORE`. Out: a configuration
//! for `proptest!`. Guaranteed: without the variable, the seed is fixed, so that a
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
