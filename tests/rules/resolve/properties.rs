//! Invariants over generated lists.

#![allow(clippy::unwrap_used)]

use super::{asked, decision, groups, records, run};
use crate::chance;
use proptest::prelude::*;
use undersigned::model::known::{Answer, Known};
use undersigned::resolve::{ResolveOptions, Zone, judge, resolve};

/// Names that are often nearly the same.
fn name() -> impl Strategy<Value = String> {
    let first = prop::sample::select(vec![
        "Kupferberg",
        "Kupfeberg",
        "Harwell",
        "Casa",
        "North",
        "South",
        "New York",
        "NY",
    ]);
    let second = prop::sample::select(vec![
        "Immigrant",
        "Immigration",
        "Justice",
        "Village",
        "Day Care",
        "DCC",
    ]);
    let third = prop::sample::select(vec![
        "Center",
        "Centre",
        "Network",
        "Coalition",
        "Action Fund",
        "Foundation",
        "Council",
    ]);
    let tail = prop::sample::select(vec![
        "",
        ", Inc.",
        " LLC",
        " (KIC)",
        " (Queens)",
        " d/b/a Sol y Luz House",
        " 2",
        " Project",
    ]);
    let shout = prop::sample::select(vec![0, 1, 2]);
    (first, second, third, tail, shout).prop_map(|(first, second, third, tail, shout)| match shout {
        0 => format!("{first} {second} {third}{tail}"),
        1 => format!("{first} {second} {third}{tail}").to_uppercase(),
        _ => format!("The {first} & {second} {third}{tail}"),
    })
}

fn list() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(name(), 1..24)
}

proptest! {
    #![proptest_config(chance::cases(256))]

    #[test]
    fn every_row_is_in_one_place(names in list()) {
        let (resolution, _) = run(&names, &Known::default());
        let mut rows: Vec<usize> = resolution.signatories.iter().flat_map(|s| s.rows.clone()).collect();
        rows.extend(resolution.excluded.iter().map(|e| e.row));
        rows.sort_unstable();
        prop_assert_eq!(rows, (0..names.len()).collect::<Vec<_>>());
        for signatory in &resolution.signatories {
            let inside = |pair: &&undersigned::resolve::Pair| {
                pair.judgement.zone == Zone::Merge && signatory.rows.contains(&pair.a) && signatory.rows.contains(&pair.b)
            };
            prop_assert!(resolution.pairs.iter().filter(inside).count() + 1 >= signatory.rows.len());
        }
        for pair in &resolution.pairs {
            prop_assert!(pair.a < pair.b);
            prop_assert!((0.0..=1.0).contains(&pair.judgement.probability));
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(names in list(), seed in any::<u64>()) {
        let (resolution, _) = run(&names, &Known::default());
        let mut shuffled = names.clone();
        let mut state = seed;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let (other, _) = run(&shuffled, &Known::default());
        prop_assert_eq!(groups(&names, &resolution), groups(&shuffled, &other));
        let printed = |resolution: &undersigned::resolve::Resolution| {
            let mut names: Vec<String> = resolution.signatories.iter().map(|s| s.name.clone()).collect();
            names.sort();
            names
        };
        prop_assert_eq!(printed(&resolution), printed(&other));
        prop_assert_eq!(asked(&names, &resolution).len(), asked(&shuffled, &other).len());
    }

    #[test]
    fn a_row_of_other_words_changes_nothing(names in list()) {
        let (before, _) = run(&names, &Known::default());
        let mut longer = names.clone();
        longer.push("Zwyntorp Qualmbury".to_owned());
        let (after, _) = run(&longer, &Known::default());
        prop_assert_eq!(&after.signatories[..before.signatories.len()], &before.signatories[..]);
        prop_assert_eq!(after.pairs, before.pairs);
    }

    #[test]
    fn jobs_do_not_matter(names in list()) {
        let records = records(&names);
        let known = Known::default();
        let with = |jobs| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().unwrap();
            pool.install(|| resolve(&records, &known, &ResolveOptions::default()))
        };
        prop_assert_eq!(with(1), with(3));
    }

    #[test]
    fn resolving_the_resolved_changes_nothing(names in prop::collection::vec(name(), 1..9)) {
        // Nine names or more may make a word common that is rare once repeats are gone.
        let (resolution, _) = run(&names, &Known::default());
        let printed: Vec<String> = resolution.signatories.iter().map(|s| s.name.clone()).collect();
        let (again, _) = run(&printed, &Known::default());
        prop_assert_eq!(again.signatories.len(), printed.len(), "{:?} of {:?}", groups(&printed, &again), groups(&names, &resolution));
    }

    #[test]
    fn judging_is_symmetric(a in name(), b in name()) {
        let known = Known::default();
        let (one, other) = (judge(&a, &b, &known), judge(&b, &a, &known));
        prop_assert_eq!(one.zone, other.zone, "{} | {}", a, b);
        prop_assert!((one.probability - other.probability).abs() < 1e-9);
    }

    #[test]
    fn answers_hold(names in prop::collection::vec(name(), 3..24), extra in name()) {
        let (a, b, c) = (&names[0], &names[1], &names[2]);
        let known = Known {
            directory: Vec::new(),
            decisions: vec![decision(Answer::Same, &[a, b]), decision(Answer::Different, &[b, c])],
            ..Known::default()
        };
        let (_, diagnostics) = run(&names, &known);
        prop_assume!(diagnostics.iter().all(|d| d.severity != undersigned::diag::Severity::Error));
        let mut longer = names.clone();
        longer.push(extra);
        for list in [&names, &longer] {
            let (resolution, _) = run(list, &known);
            let of = |row: usize| resolution.signatories.iter().position(|s| s.rows.contains(&row));
            prop_assert_eq!(of(0), of(1));
            prop_assert_ne!(of(0), of(2));
        }
    }

    #[test]
    fn a_row_of_shared_words_never_unmakes_a_decision_nor_the_certain(names in list(), extra in name()) {
        // A new row makes the words it shares more frequent, which may turn a merge
        // into a question; it never joins two that were apart, nor changes what two
        // names alone come to.
        let (before, _) = run(&names, &Known::default());
        let mut longer = names.clone();
        longer.push(extra.clone());
        let (after, _) = run(&longer, &Known::default());
        let of = |resolution: &undersigned::resolve::Resolution, row: usize| {
            resolution.signatories.iter().position(|s| s.rows.contains(&row))
        };
        for a in 0..names.len() {
            for b in 0..a {
                let together = of(&before, a) == of(&before, b);
                // Rows of one normalised name stay one whatever else comes.
                let (one, other) = (
                    undersigned::resolve::normalize::Name::new(&names[a]),
                    undersigned::resolve::normalize::Name::new(&names[b]),
                );
                if together && one.key() == other.key() && one.legal == other.legal {
                    prop_assert_eq!(of(&after, a), of(&after, b), "{} | {} + {}", &names[a], &names[b], &extra);
                }
                if !together && of(&after, a) == of(&after, b) {
                    let alone = judge(&names[a], &names[b], &Known::default()).zone;
                    prop_assert!(alone == Zone::Merge, "{} | {} + {}", &names[a], &names[b], &extra);
                }
            }
        }
    }

    #[test]
    fn any_text_is_survived(names in prop::collection::vec(any::<String>(), 0..12)) {
        let (resolution, _) = run(&names, &Known::default());
        let rows: usize = resolution.signatories.iter().map(|s| s.rows.len()).sum();
        prop_assert_eq!(rows + resolution.excluded.len(), names.len());
    }
}
