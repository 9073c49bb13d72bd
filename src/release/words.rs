//! What changed between two texts, block by block and word by word.
//!
//! In: two sequences of blocks. Out: the blocks that differ, each with the words
//! that are gone and new. Guaranteed: blocks that are the same are never reported;
//! the same input gives the same changes.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;

/// A run of words within a changed block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordRun {
    /// In both.
    Same(String),
    /// In the old text only.
    Gone(String),
    /// In the new text only.
    New(String),
}

/// A block that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockChange {
    /// Its place among the old blocks; `None`: it is new.
    pub old: Option<usize>,
    /// Its place among the new blocks; `None`: it is gone.
    pub new: Option<usize>,
    /// Its words, in order.
    pub pieces: Vec<WordRun>,
}

/// Most pairs of blocks that are held against each other where several in a row differ;
/// beyond it they are paired in their order.
const MOST_PAIRS: usize = 2_500;

/// Most pairs of words in such blocks, for the same: twenty pages against twenty others.
const MOST_WORD_PAIRS: usize = 100_000_000;

/// Share of equal words, of all words of both, from which on two blocks count as one that
/// was changed. Chosen by eye: at half, an edited sentence still reads as an edit.
const KINSHIP: f64 = 0.5;

/// Returns the blocks that differ, in reading order.
pub fn changes(old: &[String], new: &[String]) -> Vec<BlockChange> {
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                changes.extend((old_index..old_index + old_len).map(|at| gone(old, at)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                changes.extend((new_index..new_index + new_len).map(|at| added(new, at)));
            }
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => replaced(
                (old, old_index..old_index + old_len),
                (new, new_index..new_index + new_len),
                &mut changes,
            ),
        }
    }
    changes
}

type BlockRange<'a> = (&'a [String], std::ops::Range<usize>);

/// Pairs the blocks of two runs by their words.
fn replaced((old, olds): BlockRange<'_>, (new, news): BlockRange<'_>, changes: &mut Vec<BlockChange>) {
    let (rows, columns) = (olds.len(), news.len());
    let number = |blocks: &[String]| {
        blocks
            .iter()
            .map(|block| block.split_whitespace().count())
            .sum::<usize>()
    };
    let pairs = || number(&old[olds.clone()]).saturating_mul(number(&new[news.clone()]));
    if rows.saturating_mul(columns) > MOST_PAIRS || pairs() > MOST_WORD_PAIRS {
        in_order((old, olds), (new, news), changes);
        return;
    }
    // The heaviest way through both runs in their order, as for the longest common
    // subsequence (Wagner and Fischer, JACM 21, 1974), weighed by kinship.
    let mut kin = vec![0.0; rows * columns];
    for i in 0..rows {
        for j in 0..columns {
            let kinship = kinship(&old[olds.start + i], &new[news.start + j]);
            kin[i * columns + j] = if kinship >= KINSHIP { kinship } else { 0.0 };
        }
    }
    let width = columns + 1;
    let mut best = vec![0.0; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let paired = kin[i * columns + j] + best[(i + 1) * width + j + 1];
            best[i * width + j] = f64::max(paired, f64::max(best[(i + 1) * width + j], best[i * width + j + 1]));
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows || j < columns {
        let here = best[i * width + j];
        let is_pair = i < rows && j < columns && kin[i * columns + j] > 0.0;
        if is_pair && here <= kin[i * columns + j] + best[(i + 1) * width + j + 1] {
            changes.push(changed((old, olds.start + i), (new, news.start + j)));
            (i, j) = (i + 1, j + 1);
        } else if i < rows && (j == columns || here <= best[(i + 1) * width + j]) {
            changes.push(gone(old, olds.start + i));
            i += 1;
        } else {
            changes.push(added(new, news.start + j));
            j += 1;
        }
    }
}

/// Pairs the blocks of two runs that are too many, or too long, to hold each against each: the
/// first with the first, where they are kin.
fn in_order((old, olds): BlockRange<'_>, (new, news): BlockRange<'_>, changes: &mut Vec<BlockChange>) {
    let (mut i, mut j) = (olds.start, news.start);
    for (a, b) in olds.clone().zip(news.clone()) {
        count_steps!(1);
        if kinship(&old[a], &new[b]) < KINSHIP {
            continue;
        }
        changes.extend((i..a).map(|at| gone(old, at)));
        changes.extend((j..b).map(|at| added(new, at)));
        changes.push(changed((old, a), (new, b)));
        (i, j) = (a + 1, b + 1);
    }
    changes.extend((i..olds.end).map(|at| gone(old, at)));
    changes.extend((j..news.end).map(|at| added(new, at)));
}

fn changed((old, a): (&[String], usize), (new, b): (&[String], usize)) -> BlockChange {
    BlockChange {
        old: Some(a),
        new: Some(b),
        pieces: pieces(&old[a], &new[b]),
    }
}

fn gone(old: &[String], at: usize) -> BlockChange {
    BlockChange {
        old: Some(at),
        new: None,
        pieces: vec![WordRun::Gone(old[at].clone())],
    }
}

fn added(new: &[String], at: usize) -> BlockChange {
    BlockChange {
        old: None,
        new: Some(at),
        pieces: vec![WordRun::New(new[at].clone())],
    }
}

/// Most words of a block that are compared one by one; longer blocks count as replaced.
const MOST_WORDS: usize = 20_000;

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Fewest words of a sentence that tells two blocks to be one. Shorter ones, such as "Thank
/// you.", stand in many. Chosen by eye.
const TELLING: usize = 5;

/// Returns the sentences of a text that are long enough to tell where it is from: words up to
/// one that ends in a full stop, a question mark or an exclamation mark.
fn sentences<'a>(words: &'a [&'a str]) -> impl Iterator<Item = &'a [&'a str]> {
    words
        .split_inclusive(|word| word.trim_end_matches(['”', '"', ')', '’']).ends_with(['.', '?', '!']))
        .filter(|sentence| sentence.len() >= TELLING)
}

/// The share of equal words, 0 to 1; at least [`KINSHIP`] where a whole sentence is the same.
fn kinship(old: &str, new: &str) -> f64 {
    let share = equal_words(old, new);
    if share >= KINSHIP {
        return share;
    }
    let (old, new) = (split(old), split(new));
    if old.len() + new.len() > MOST_WORDS {
        return share;
    }
    let known: BTreeSet<&[&str]> = sentences(&old).collect();
    match sentences(&new).any(|sentence| known.contains(sentence)) {
        true => KINSHIP,
        false => share,
    }
}

/// The share of equal words, 0 to 1.
fn equal_words(old: &str, new: &str) -> f64 {
    let (old, new) = (split(old), split(new));
    count_steps!(old.len() * new.len().min(MOST_WORDS));
    let all = old.len() + new.len();
    if all == 0 || all > MOST_WORDS {
        return 0.0;
    }
    let equal: usize = capture_diff_slices(Algorithm::Myers, &old, &new)
        .iter()
        .map(|op| match op {
            DiffOp::Equal { len, .. } => 2 * len,
            _ => 0,
        })
        .sum();
    equal as f64 / all as f64
}

/// Returns one block's words against another's.
pub fn pieces(old: &str, new: &str) -> Vec<WordRun> {
    let (olds, news) = (split(old), split(new));
    if olds.len() + news.len() > MOST_WORDS {
        return vec![WordRun::Gone(old.to_owned()), WordRun::New(new.to_owned())];
    }
    let mut pieces = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        let (_, old, new) = op.as_tag_tuple();
        if let DiffOp::Equal { .. } = op {
            pieces.push(WordRun::Same(olds[old].join(" ")));
            continue;
        }
        if !old.is_empty() {
            pieces.push(WordRun::Gone(olds[old].join(" ")));
        }
        if !new.is_empty() {
            pieces.push(WordRun::New(news[new].join(" ")));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes as people read them: `[-gone-]`, `{+new+}`.
    fn check(old: &[&str], new: &[&str], expected: &[&str]) {
        let owned = |blocks: &[&str]| -> Vec<String> { blocks.iter().map(ToString::to_string).collect() };
        let found: Vec<String> = changes(&owned(old), &owned(new))
            .iter()
            .map(|change| {
                let pieces = change.pieces.iter().map(|piece| match piece {
                    WordRun::Same(text) => text.clone(),
                    WordRun::Gone(text) => format!("[-{text}-]"),
                    WordRun::New(text) => format!("{{+{text}+}}"),
                });
                pieces.collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks_take_steps_in_proportion_to_their_number_and_length() {
        let blocks = |letter: char, number: usize, words: usize| -> Vec<String> {
            let block = |at: usize| (0..words).map(|word| format!("{letter}{at}x{word} ")).collect();
            (0..number).map(block).collect()
        };
        crate::testing::grows_with_its_input("many blocks", 1_000, |n| {
            let found = changes(&blocks('a', n, 1), &blocks('b', n, 1));
            assert_eq!(found.len(), 2 * n);
        });
        crate::testing::grows_with_its_input("long blocks", 1_000, |n| {
            let found = changes(&blocks('a', 8, n), &blocks('b', 8, n));
            assert_eq!(found.len(), 16);
        });
    }

    #[test]
    fn many_blocks_are_paired_in_their_order() {
        let old: Vec<String> = (0..60).map(|at| format!("We ask for {at} homes")).collect();
        let new: Vec<String> = (0..60).map(|at| format!("We ask for {} homes", at + 100)).collect();
        let found = changes(&old, &new);
        assert!(
            found
                .iter()
                .enumerate()
                .all(|(at, change)| (change.old, change.new) == (Some(at), Some(at)))
        );
        assert_eq!(found.len(), 60);
        let mut other = new;
        other[30] = "Something else".to_owned();
        let found = changes(&old, &other);
        let around: Vec<_> = found[29..33].iter().map(|change| (change.old, change.new)).collect();
        assert_eq!(
            around,
            [
                (Some(29), Some(29)),
                (Some(30), None),
                (None, Some(30)),
                (Some(31), Some(31))
            ]
        );
    }

    #[test]
    fn words_are_told_and_blocks_paired_with_their_kin() {
        check(&["a", "b"], &["a", "b"], &[]);
        check(&["one two three"], &["one 2 three"], &["one [-two-] {+2+} three"]);
        check(
            &["We ask for seven changes.", "Thank you."],
            &["A new sentence stands here.", "We ask for eight changes.", "Thank you."],
            &[
                "{+A new sentence stands here.+}",
                "We ask for [-seven-] {+eight+} changes.",
            ],
        );
        check(
            &["alpha beta"],
            &["gamma delta"],
            &["[-alpha beta-]", "{+gamma delta+}"],
        );
        check(&[], &["x"], &["{+x+}"]);
        check(&["x"], &[], &["[-x-]"]);
    }
}
