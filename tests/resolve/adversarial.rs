//! Lists made to be slow end soon and say what they skipped.

use crate::run;
use undersigned::model::known::Known;

#[test]
fn many_rows_that_share_a_word_are_not_compared_with_each_other() {
    let names: Vec<String> = (0..20_000).map(|at| format!("Coalition {}", word(at))).collect();
    let (resolution, diagnostics) = run(&names, &Known::default());
    assert_eq!(resolution.signatories.len(), names.len());
    assert!(resolution.skipped > 0 && !diagnostics.is_empty());
}

#[test]
fn identical_rows_are_one() {
    let (resolution, _) = run(&vec!["Casa Uno"; 20_000], &Known::default());
    assert_eq!(resolution.signatories.len(), 1);
    assert_eq!(resolution.pairs.len(), 19_999);
    assert_eq!(resolution.skipped, 0);
}

#[test]
fn long_names_are_equal_or_not() {
    let long = |at: usize| format!("{} {at}", "very long name ".repeat(700));
    let names: Vec<String> = (0..200).map(|at| long(at / 2)).collect();
    let (resolution, _) = run(&names, &Known::default());
    assert_eq!(resolution.signatories.len(), 100);
}

/// A made-up word for a number.
fn word(mut at: usize) -> String {
    let syllables = ["ba", "ko", "di", "fu", "ga", "le", "mi", "no", "pe", "ru"];
    let mut out = String::from("Qua");
    for _ in 0..6 {
        out.push_str(syllables[at % 10]);
        at /= 10;
    }
    out
}
