//! The answers of a sheet of questions, in the words that colleagues read.
//!
//! In: a question. Out: the words that fit it, and the answer that words mean. Guaranteed: each
//! word is offered for one answer of a question only; words that are none of them mean nothing.
//! Absent: the question's own words.

use super::{Asked, ColumnAnswer};
use crate::model::held::RowAnswer;
use crate::model::known::Answer;
use crate::model::question_sheet::NOT_SURE;

/// An answer that a sheet offers, before the name to print is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Two names are the same, or different.
    Pair(Answer),
    /// All names of a family are.
    Family(Answer),
    /// What a row is.
    Row(RowAnswer),
    /// What a column means.
    Column(ColumnAnswer),
}

impl Choice {
    /// Returns the words. They hold no comma, which divides the answers of a drop-down list, and
    /// with "not sure" those of a question have at most 255 characters, as many as it takes.
    pub(super) fn words(self, is_of_family: bool) -> &'static str {
        match self {
            Self::Pair(Answer::Same) if is_of_family => "only these two: one and the same",
            Self::Pair(Answer::Different) if is_of_family => "only these two: different signatories",
            Self::Pair(Answer::Same) => "one and the same",
            Self::Pair(Answer::Different) => "two different signatories",
            Self::Family(Answer::Different) => "all: signatories of their own",
            Self::Family(Answer::Same) => "all: the same in another place",
            Self::Row(RowAnswer::Signatory) => "a signatory: print it",
            Self::Row(RowAnswer::Not) => "not a signatory: leave it out",
            Self::Row(RowAnswer::Split) => "several signatories: print each",
            Self::Row(RowAnswer::Person) => "a person who signs: print it",
            Self::Row(RowAnswer::Withdrawn) => "it withdrew: leave it out",
            Self::Row(RowAnswer::Section) => "a heading of the list: leave it out",
            Self::Column(ColumnAnswer::Publish) => "yes there allows printing",
            Self::Column(ColumnAnswer::Private) => "yes there asks to stay private",
            Self::Column(ColumnAnswer::Status) => "the status of the signature",
            Self::Column(ColumnAnswer::Name) => "the organization that signed",
            Self::Column(ColumnAnswer::Affiliation) => "where the person works",
            Self::Column(ColumnAnswer::Unused) => "it does not matter",
        }
    }

    /// Returns true if a name to print goes with it.
    pub(super) fn takes_name(self) -> bool {
        match self {
            Self::Pair(answer) => answer == Answer::Same,
            Self::Row(answer) => matches!(answer, RowAnswer::Signatory | RowAnswer::Person | RowAnswer::Split),
            Self::Family(_) | Self::Column(_) => false,
        }
    }
}

/// Returns the answers that fit a question, in the order in which they are offered.
pub(super) fn choices(asked: &Asked) -> Vec<Choice> {
    let pairs = [Answer::Same, Answer::Different];
    match asked {
        Asked::Column(_) => ColumnAnswer::ALL.iter().copied().map(Choice::Column).collect(),
        Asked::Row(question) => question.answers.iter().copied().map(Choice::Row).collect(),
        Asked::Pair(question) => {
            let family = [Answer::Different, Answer::Same].map(Choice::Family);
            let family = family.into_iter().filter(|_| question.family.is_some());
            family.chain(pairs.map(Choice::Pair)).collect()
        }
    }
}

/// Returns true if a question is about a family of names.
pub(super) fn is_of_family(asked: &Asked) -> bool {
    matches!(asked, Asked::Pair(question) if question.family.is_some())
}

/// Returns true if typed words say that somebody does not know, or nothing at all.
pub(super) fn is_blank(typed: &str) -> bool {
    let words = folded(typed);
    words.is_empty() || words == folded(NOT_SURE)
}

/// Returns the answer that typed words mean. Case and punctuation make no difference, since
/// spreadsheets and people change both.
pub(super) fn meant(typed: &str, asked: &Asked) -> Option<Choice> {
    let typed = folded(typed);
    let in_family = is_of_family(asked);
    let fits = |choice: &Choice| folded(choice.words(in_family)) == typed;
    choices(asked).into_iter().find(fits)
}

/// Returns the answer that typed words would mean as the answer to some question of any kind;
/// for a question that is no longer open. The second is true if it was one of a family.
pub(super) fn meant_anywhere(typed: &str) -> Option<(Choice, bool)> {
    let typed = folded(typed);
    let answers = [Answer::Same, Answer::Different];
    let rows = RowAnswer::ALL.iter().copied().map(Choice::Row);
    let columns = ColumnAnswer::ALL.iter().copied().map(Choice::Column);
    let alone = answers
        .map(Choice::Pair)
        .into_iter()
        .chain(rows)
        .chain(columns)
        .map(|choice| (choice, false));
    let of_family = answers.map(Choice::Family).into_iter().chain(answers.map(Choice::Pair));
    let mut all = alone.chain(of_family.map(|choice| (choice, true)));
    all.find(|(choice, in_family)| folded(choice.words(*in_family)) == typed)
}

/// Returns the words of a text in small letters, with one space between them.
fn folded(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every answer, with the words that stand for it.
    fn all() -> Vec<(Choice, bool)> {
        let answers = [Answer::Same, Answer::Different];
        let mut all: Vec<(Choice, bool)> = Vec::new();
        all.extend(answers.map(|answer| (Choice::Pair(answer), false)));
        all.extend(answers.map(|answer| (Choice::Pair(answer), true)));
        all.extend(answers.map(|answer| (Choice::Family(answer), true)));
        all.extend(RowAnswer::ALL.iter().map(|&answer| (Choice::Row(answer), false)));
        all.extend(ColumnAnswer::ALL.iter().map(|&answer| (Choice::Column(answer), false)));
        all
    }

    #[test]
    fn words_stand_for_one_answer_and_fit_a_drop_down_list() {
        let mut seen = BTreeSet::new();
        for (choice, in_family) in all() {
            let words = choice.words(in_family);
            assert!(seen.insert(folded(words)), "{words}");
            assert!(!words.contains([',', '"']) && words.len() <= 40, "{words}");
            assert!(!words.starts_with(['=', '+', '-', '@']), "{words}");
            assert!(!is_blank(words));
            assert_eq!(meant_anywhere(words), Some((choice, in_family)));
            assert_eq!(
                meant_anywhere(&format!(" {} .", words.to_uppercase())),
                Some((choice, in_family))
            );
        }
        // Six answers about a column are the most.
        assert!(6 * 41 + NOT_SURE.len() <= 255);
    }

    #[test]
    fn other_words_mean_nothing() {
        for typed in ["yes", "same?", "one", "I think they are the same", "two", "1", "=1"] {
            assert_eq!(meant_anywhere(typed), None, "{typed}");
        }
        for typed in ["", " ", "Not sure", "not sure.", "?"] {
            assert!(is_blank(typed), "{typed}");
        }
    }
}
