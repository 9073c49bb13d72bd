//! Pairs with the zone they belong in, and the reason.

#![allow(clippy::unwrap_used)]

use serde::Deserialize;
use undersigned::model::known::Known;
use undersigned::resolve::{Zone, judge};

#[derive(Deserialize)]
struct Pairs {
    pair: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Labelled {
    a: String,
    b: String,
    zone: String,
    reason: String,
}

#[test]
fn labelled_pairs_are_in_their_zone() {
    let pairs: Pairs = toml::from_str(include_str!("pairs.toml")).unwrap();
    let known = Known::default();
    let mut wrong = Vec::new();
    for Labelled { a, b, zone, reason } in &pairs.pair {
        for (a, b) in [(a, b), (b, a)] {
            let judgement = judge(a, b, &known);
            if judgement.zone.as_str() != zone {
                wrong.push(format!(
                    "{a} | {b}: {} instead of {zone} ({reason})\n{judgement:#?}",
                    judgement.zone.as_str()
                ));
            }
            assert!(!judgement.evidence.is_empty());
            if judgement.zone == Zone::Merge {
                assert!(judgement.probability > 0.9);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
