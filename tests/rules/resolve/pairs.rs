//! Pairs with the zone they belong in, and the reason.

#![allow(clippy::unwrap_used)]

use super::{asked, run};
use serde::Deserialize;
use std::collections::BTreeSet;
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
            // What a reason quotes is there to be read.
            let quotes_nothing = |because: &str| because.contains("“”") || because.contains("“ ”");
            assert!(
                !judgement.evidence.iter().any(|one| quotes_nothing(&one.because)),
                "{a} | {b}: {judgement:#?}"
            );
            if judgement.zone == Zone::Merge {
                assert!(judgement.probability > 0.9);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The pairs of these files were labelled before the program judged them: nothing that is two is merged, next to nothing
/// that is one is apart without a question, and most of what is one needs none.
#[test]
fn pairs_that_were_labelled_blind_are_judged_well() {
    judge_blind(include_str!("blind.tsv"), 0, 90);
    judge_blind(include_str!("blind_2.tsv"), 0, 90);
    judge_blind(include_str!("small_words_and_ordinals.tsv"), 0, 100);
    judge_blind(include_str!("blind_3.tsv"), 0, 83);
    judge_blind(include_str!("blind_4.tsv"), 0, 80);
}

/// Holds that so many pairs that are one are apart at most, and that so many in a hundred are merged.
fn judge_blind(table: &str, most_missed: usize, least_merged: usize) {
    let known = Known::default();
    let (mut wrong, mut hasty, mut missed, mut merged, mut same) = (Vec::new(), Vec::new(), Vec::new(), 0, 0);
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [a, b, label, _kind] = cells[..] else {
            panic!("four columns: {row}")
        };
        let zone = judge(a, b, &known).zone;
        assert_eq!(zone, judge(b, a, &known).zone, "{row}");
        same += usize::from(label == "same");
        match (label, zone) {
            ("different", Zone::Merge) => wrong.push(row),
            ("ask", Zone::Merge) => hasty.push(row),
            ("same", Zone::Apart) => missed.push(row),
            ("same", Zone::Merge) => merged += 1,
            ("same" | "different" | "ask", _) => {}
            _ => panic!("no such label: {row}"),
        }
    }
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
    assert!(missed.len() <= most_missed, "missed: {missed:#?}");
    // A sponsor, "en" a place instead of "de", "Western State(s)", "Rights (of) California": merged on purpose.
    assert!(hasty.len() <= 2, "hasty: {hasty:#?}");
    assert!(merged * 100 >= same * least_merged, "{merged} of {same} are merged");
}

/// Every pair that `explain` would ask about is asked about where both names are rows of a
/// list, and a pair that it would merge is merged.
#[test]
fn explaining_a_pair_and_resolving_a_list_agree() {
    let known = Known::default();
    let mut reader = csv::Reader::from_reader(&include_bytes!("../../../bench/linkage/coalition.pairs.csv")[..]);
    let cases: Pairs = toml::from_str(include_str!("pairs.toml")).unwrap();
    let listed = reader.records().map(|row| row.unwrap());
    let listed = listed.map(|row| (row[0].to_owned(), row[1].to_owned()));
    let pairs = cases.pair.into_iter().map(|pair| (pair.a, pair.b)).chain(listed);
    let mut wrong = Vec::new();
    for (a, b) in pairs {
        let zone = judge(&a, &b, &known).zone;
        let names = [a, b];
        let (resolution, _) = run(&names, &known);
        let listed = match (resolution.signatories.len(), asked(&names, &resolution).len()) {
            (1, _) => Zone::Merge,
            (_, 1) => Zone::Review,
            _ => Zone::Apart,
        };
        if zone != listed {
            wrong.push(format!("{names:?}: {zone:?} alone, {listed:?} in a list"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What became of the pairs of spellings of a list whose clusters are labelled.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    /// Pairs of two signatories that are printed as one.
    wrong: Vec<(String, String)>,
    /// Pairs of one signatory that are merged.
    merged: usize,
    /// Pairs of one signatory that are merged or asked about.
    reached: usize,
    /// Questions about two signatories.
    needless: usize,
}

fn counts(list: &str, unsure: &str) -> Counts {
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let rows: Vec<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    let unsure: Vec<[String; 2]> = csv::Reader::from_reader(unsure.as_bytes())
        .records()
        .map(|row| row.unwrap())
        .map(|row| [row[0].to_owned(), row[1].to_owned()])
        .collect();
    let names: Vec<&str> = rows.iter().map(|row| &*row.0).collect();
    let (resolution, _) = run(&names, &Known::default());
    // Rows that are held have no signatory.
    let mut signatory = vec![None; names.len()];
    for (at, one) in resolution.signatories.iter().enumerate() {
        one.rows.iter().for_each(|&row| signatory[row] = Some(at));
    }
    let asked = asked(&names, &resolution);
    let questions: BTreeSet<(&str, &str)> = asked.iter().map(|(a, b)| (&**a, &**b)).collect();
    let is_unsure = |a: &String, b: &String| a != b && unsure.iter().any(|two| two.contains(a) && two.contains(b));
    let (mut found, mut seen) = (Counts::default(), BTreeSet::new());
    for (at, (a, cluster_a)) in rows.iter().enumerate() {
        for (other, (b, cluster_b)) in rows.iter().enumerate().take(at) {
            let pair = (&**a.min(b), &**a.max(b));
            if a == b || is_unsure(cluster_a, cluster_b) || !seen.insert(pair) {
                continue;
            }
            let is_merged = signatory[at].is_some() && signatory[at] == signatory[other];
            let is_asked = questions.contains(&pair);
            if cluster_a == cluster_b {
                found.merged += usize::from(is_merged);
                found.reached += usize::from(is_merged || is_asked);
            } else if is_merged {
                found.wrong.push((a.clone(), b.clone()));
            } else if is_asked {
                found.needless += 1;
            }
        }
    }
    found
}

/// The lists are those of bench/linkage. The figures may become better, not worse.
#[test]
fn labelled_lists_are_resolved_no_worse() {
    let coalition = include_str!("../../../bench/linkage/coalition.csv");
    let unsure = include_str!("../../../bench/linkage/coalition.unsure.csv");
    let kinds = include_str!("../../../bench/linkage/kinds.csv");
    for (list, unsure, merged, reached, needless) in
        [(coalition, unsure, 336, 378, 36), (kinds, "a,b\n", 692, 800, 232)]
    {
        let found = counts(list, unsure);
        assert_eq!(found.wrong, []);
        assert!(
            found.merged >= merged && found.reached >= reached && found.needless <= needless,
            "{found:?}, not {merged}, {reached}, and {needless}"
        );
    }
}
