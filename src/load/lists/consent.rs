//! Reads whether a row was meant to count: answers, tests, marked duplicates.
//!
//! In: an answer to "I am authorized to sign" or "May we publish ...?", or a name.
//! Out: what it says. Guaranteed: an answer that is not clearly a yes is not read as one; a name is
//! taken for a test only if nothing else is in it. Absent: what follows from it
//! for the row (that is `header_row`'s).

use super::comment::{self, Manner};
use super::consent_words::{Conditions, WORDS};
use super::dates;
use super::fold::{fold, fold_all, folds_to};
use super::headers::{self, ConsentQuestion};
use super::restraint;
use crate::model::signatory::Status;

/// An answer to a question of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Yes, or the box is ticked.
    Yes,
    /// No.
    No,
    /// Nothing.
    None,
    /// Something else.
    Unclear,
}

/// Returns the status of a row after an answer to a question.
pub(super) fn status(question: ConsentQuestion, answer: Answer) -> Status {
    match (question, answer) {
        (ConsentQuestion::Private | ConsentQuestion::Declined, Answer::Yes) => Status::Declined,
        (ConsentQuestion::Withdrawn, Answer::Yes) => Status::Withdrawn,
        (ConsentQuestion::Unauthorized, Answer::Yes) => Status::Pending,
        (
            ConsentQuestion::Private
            | ConsentQuestion::Declined
            | ConsentQuestion::Withdrawn
            | ConsentQuestion::Unauthorized,
            Answer::No | Answer::None,
        )
        | (_, Answer::Yes) => Status::Confirmed,
        (ConsentQuestion::Publish | ConsentQuestion::Signed, Answer::No) => Status::Declined,
        _ => Status::Pending,
    }
}

/// Returns whether a cell is the mark of a ticked box.
pub(super) fn is_tick(cell: &str) -> bool {
    WORDS.answers.ticks.contains(cell.trim())
}

/// Returns whether a cell is a mark that says no.
pub(super) fn is_cross(cell: &str) -> bool {
    WORDS.answers.crosses.contains(cell.trim())
}

/// Returns whether an answer has a mark that takes its certainty away: "yes*", "Y?".
fn is_marked(cell: &str) -> bool {
    let cell = cell.trim();
    cell.contains('?') || cell.ends_with(['*', '†'])
}

/// Returns the yes or no that a cell plainly says, without a condition.
pub(super) fn plain_answer(cell: &str) -> Option<bool> {
    if is_marked(cell) {
        return None;
    }
    if is_tick(cell) || is_cross(cell) {
        return Some(is_tick(cell));
    }
    let folded = fold(cell);
    headers::answer(&folded).or_else(|| match headers::status(cell)? {
        Status::Confirmed => Some(true),
        Status::Withdrawn | Status::Declined => Some(false),
        Status::Pending => None,
    })
}

/// Reads the answer to a question: the status that it gives its row, or `None` where it is
/// not clear. `asked` is the header.
pub(super) fn reply(question: ConsentQuestion, asked: &str, cell: &str) -> Option<Status> {
    let folded = fold(cell);
    if folded.is_empty() && !is_tick(cell) && !is_cross(cell) {
        let typed = cell.trim();
        // A dash and its like say nothing.
        return (typed.is_empty() || typed.chars().all(|c| "-–—.?".contains(c) && c != '?'))
            .then(|| status(question, Answer::None));
    }
    if is_tick(cell) || folds_to(asked, &folded) {
        return Some(status(question, Answer::Yes));
    }
    if is_marked(cell) {
        return None;
    }
    // "Y (unsigned copy)": what stands in parentheses may take it back.
    if asides(cell).any(takes_back) && !folds_to(asked, &folded) {
        return None;
    }
    let about_seeing = matches!(question, ConsentQuestion::Publish | ConsentQuestion::Private);
    if about_seeing && let Some(seen) = restraint::says_visibility(cell, &folded) {
        return Some(if seen { Status::Confirmed } else { Status::Declined });
    }
    let against = matches!(
        question,
        ConsentQuestion::Private
            | ConsentQuestion::Declined
            | ConsentQuestion::Withdrawn
            | ConsentQuestion::Unauthorized
    );
    if is_cross(cell) {
        return Some(status(question, Answer::No));
    }
    if headers::answer(&folded).is_none()
        && let Some(stated) = headers::status(cell)
    {
        return match (question, stated) {
            (ConsentQuestion::Private | ConsentQuestion::Unauthorized, _) => None,
            (ConsentQuestion::Withdrawn | ConsentQuestion::Declined, Status::Pending) => None,
            (_, stated) => Some(stated),
        };
    }
    if against {
        let answer = match headers::answer(&folded) {
            Some(true) => Answer::Yes,
            Some(false) => Answer::No,
            None if dates::moment(cell).is_some() && question != ConsentQuestion::Private => Answer::Yes,
            // "Yes, our board withdrew", but not "Yes, you may publish".
            None if begins(&folded) == Some(true) && !about_seeing => Answer::Yes,
            None => return None,
        };
        return Some(status(question, answer));
    }
    match answer(asked, cell) {
        Answer::Unclear => None,
        answer => Some(status(question, answer)),
    }
}

/// Returns what a cell has in parentheses.
fn asides(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split('(').skip(1);
    parts.filter_map(|part| part.split(')').next())
}

/// Returns whether words beside an answer may take it back.
fn takes_back(aside: &str) -> bool {
    let folded = fold(aside);
    comment::in_comment(aside, Manner::Remarks).is_some()
        || restraint::is_restraining(&folded)
        || folded
            .split(' ')
            .any(|word| word.len() > 2 && restraint::is_restraining(word))
}

/// Returns the answer before a day: "Y 1/4", "yes, March 3".
fn answer_with_day(cell: &str) -> Option<bool> {
    let (first, day) = cell.trim().split_once([' ', ','])?;
    let day = day.trim();
    let is_day = day.contains('/') && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    (is_day || dates::moment(day).is_some())
        .then(|| headers::answer(&fold(first)))
        .flatten()
}

/// Returns whether a folded answer begins with a word that says yes, or no.
pub(super) fn begins(folded: &str) -> Option<bool> {
    let first = folded.split(' ').next()?;
    if WORDS.answers.yes.contains(first) {
        Some(true)
    } else {
        WORDS.answers.no.contains(first).then_some(false)
    }
}

/// Reads an answer. `question` is the header: a box that is ticked often repeats
/// it.
pub(super) fn answer(question: &str, cell: &str) -> Answer {
    answer_of_folded(question, cell, &fold(cell))
}

/// Reads an answer that is folded as well.
pub(super) fn answer_of_folded(question: &str, cell: &str, folded: &str) -> Answer {
    if cell.trim().is_empty() {
        return Answer::None;
    }
    if is_tick(cell) {
        return Answer::Yes;
    }
    if is_cross(cell) {
        return Answer::No;
    }
    if let Some(answer) = headers::answer(folded) {
        return if answer { Answer::Yes } else { Answer::No };
    }
    if let Some(answer) = answer_with_day(cell) {
        return if answer { Answer::Yes } else { Answer::No };
    }
    let begun = begins(folded);
    let denied = folded.split(' ').any(|word| WORDS.answers.refusals.contains(word));
    if folds_to(question, folded) {
        return Answer::Yes;
    }
    // "Yes, but not yet" says neither.
    if denied && begun == Some(true) {
        return Answer::Unclear;
    }
    if begun == Some(false) || denied {
        return Answer::No;
    }
    if begun == Some(true) {
        return Answer::Yes;
    }
    // "I confirm that I am authorized ...": a statement ticked as a whole.
    let mut statements = WORDS.answers.statements.iter();
    if statements.any(|start| folded.starts_with(start.as_str())) {
        return Answer::Yes;
    }
    Answer::Unclear
}

/// A condition in an answer: "yes, after March 1", "not before the launch".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Condition<'a> {
    /// What follows the word that makes it one: a day, or something that has to happen.
    pub(super) rest: &'a str,
    /// Whether that day itself is too early: "after".
    pub(super) strictly: bool,
    /// Whether it is a condition even where no day follows.
    pub(super) sure: bool,
}

/// Finds the condition in an answer; a box that repeats its question has none.
pub(super) fn condition<'a>(question: &str, cell: &'a str) -> Option<Condition<'a>> {
    let lower = cell.to_lowercase();
    // Folding to small letters may change a text's length; then its places are not the
    // cell's, and no word is looked for.
    if lower.len() != cell.len() || folds_to(question, &fold(cell)) {
        return None;
    }
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let Conditions {
        after,
        always,
        with_day,
    } = &WORDS.conditions;
    let words = after.iter().map(|word| (word, true, true));
    let words = words.chain(always.iter().map(|word| (word, false, true)));
    let words = words.chain(with_day.iter().map(|word| (word, false, false)));
    let places = words.flat_map(|(word, strictly, sure)| {
        let lower = &lower;
        lower.match_indices(word.as_str()).filter_map(move |(at, _)| {
            let end = at + word.len();
            let whole = edge(lower[..at].chars().next_back()) && edge(lower[end..].chars().next());
            whole.then_some((end, strictly, sure))
        })
    });
    let (end, strictly, sure) = places.max()?;
    let rest = &cell[end..];
    Some(Condition { rest, strictly, sure })
}

/// Returns the reason for which a name is not a signature, if there is one.
pub(super) fn no_signature(name: &str) -> Option<&'static str> {
    // Of a million names nearly all begin otherwise and say nothing of the sort.
    let bytes = name.as_bytes();
    // A question taken for the column of names would print its answers.
    let is_answer = |known: &String| name.len() <= 6 && name.to_lowercase().trim_end_matches('.') == known.as_str();
    if WORDS.names.answers.iter().any(is_answer) {
        return Some("looks like an answer");
    }
    let duplicate = bytes.windows(5).any(|five| five == b"uplic" || five == b"UPLIC");
    if !duplicate && !headers::may_be_test(name) {
        return None;
    }
    let folded = fold_all(name);
    if headers::is_test(&folded) {
        return Some("looks like a test");
    }
    // As coordinators mark rows by hand: "DUPLICATE - Río Abajo", "Río Abajo (duplicate)".
    let marked = |word: &String| {
        let upper = name.trim_start().trim_start_matches(['(', '[', '*']);
        let shouted = upper.starts_with(&word.to_uppercase());
        let lower = name.to_lowercase();
        let trimmed = lower.trim_end_matches([')', ']', '*', ' ', '!']);
        let closing = trimmed.len() < lower.len() && trimmed.ends_with(word.as_str());
        shouted || folded == *word || closing
    };
    WORDS
        .names
        .duplicates
        .iter()
        .any(marked)
        .then_some("is marked as a duplicate")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_yes_only_if_they_say_so() {
        let check = |cell: &str, expected| assert_eq!(answer("I am authorized to sign", cell), expected, "{cell}");
        check("Yes", Answer::Yes);
        check(
            "Yes, I am authorized to sign on behalf of my organization.",
            Answer::Yes,
        );
        check("I am authorized to sign", Answer::Yes);
        check("I certify that I may sign for it", Answer::Yes);
        check("TRUE", Answer::Yes);
        check("1", Answer::Yes);
        check("x", Answer::Yes);
        check("Sí", Answer::Yes);
        check("✓", Answer::Yes);
        check("checked", Answer::Yes);
        check("No", Answer::No);
        check("no, still waiting for our board", Answer::No);
        check("I am not authorized", Answer::No);
        check("FALSE", Answer::No);
        check("0", Answer::No);
        check(" ", Answer::None);
        check("ask Rosa", Answer::Unclear);
    }

    #[test]
    fn conditions_are_seen() {
        let check = |cell: &str, expected: Option<(&str, bool)>| {
            let found = condition("May we publish?", cell).map(|found| (found.rest, found.strictly));
            assert_eq!(found, expected, "{cell}");
        };
        check("Yes, after March 1", Some((" March 1", true)));
        check("Not before 2021-03-01", Some((" 2021-03-01", false)));
        check(
            "Yes, but only once the letter is out",
            Some((" the letter is out", false)),
        );
        check("Sí, a partir del 1 de marzo", Some((" del 1 de marzo", false)));
        check(
            "Yes, pending approval by our board",
            Some((" approval by our board", false)),
        );
        check("Yes", None);
        check("Yes, I am authorized to sign on behalf of my organization", None);
        check("I give permission", None);
        assert_eq!(condition("Check if yes", "check if YES"), None);
    }

    #[test]
    fn tests_and_marked_duplicates_are_known() {
        let check = |name: &str, expected: bool| assert_eq!(no_signature(name).is_some(), expected, "{name}");
        for name in [
            "test",
            "Test Organization",
            "TEST TEST",
            "asdf",
            "prueba",
            "Test 2",
            "DUPLICATE",
            "DUPLICATE - Río Abajo",
            "Yes",
            "Sí",
            "FALSE",
        ] {
            check(name, true);
        }
        check("Río Abajo (duplicate)", true);
        for name in [
            "FairTest",
            "Test Positive Aware Network",
            "National Center for Fair & Open Testing",
            "Example Church of Taos",
        ] {
            check(name, false);
        }
        check("Duplicate Bridge Players for Peace", false);
    }
}
