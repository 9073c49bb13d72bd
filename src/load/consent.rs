//! Whether a row was meant to count: answers, tests, marked duplicates.
//!
//! In: an answer to "I am authorized to sign" or "May we publish ...?", or a name.
//! Out: what it says. Guaranteed: what is not clearly a yes is none; a name is
//! taken for a test only if nothing else is in it. Absent: what follows from it
//! for the row (that is `table`'s).

use super::headers;
use crate::model::signatory::Status;

/// What somebody answered to a question of the form.
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

/// A question whose answer says whether a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// May this person sign for the organisation?
    Authorized,
    /// May the name be published?
    Publish,
}

impl Question {
    /// What a row counts as after this answer.
    pub(super) fn status(self, answer: Answer) -> Status {
        match (self, answer) {
            (_, Answer::Yes) => Status::Confirmed,
            (Self::Publish, Answer::No) => Status::Declined,
            _ => Status::Pending,
        }
    }
}

/// Reads an answer. `question` is the header: a box that is ticked often repeats
/// it.
pub(super) fn answer(question: &str, cell: &str) -> Answer {
    if cell.trim().is_empty() {
        return Answer::None;
    }
    if matches!(cell.trim(), "✓" | "✔" | "☑" | "✅" | "☒") {
        return Answer::Yes;
    }
    let folded = headers::fold(cell);
    if let Some(answer) = headers::answer(&folded) {
        return if answer { Answer::Yes } else { Answer::No };
    }
    let mut words = folded.split(' ');
    let first = words.next().unwrap_or_default();
    let denied = folded.split(' ').any(|word| matches!(word, "not" | "cannot" | "never"));
    if matches!(first, "no" | "not") || denied {
        return Answer::No;
    }
    if matches!(first, "yes" | "si") || folded == headers::fold(question) {
        return Answer::Yes;
    }
    // "I confirm that I am authorized ...": a statement ticked as a whole.
    let states = [
        "i am",
        "i agree",
        "i confirm",
        "i certify",
        "i consent",
        "estoy",
        "confirmo",
        "acepto",
        "autorizo",
        "certifico",
    ];
    if states.iter().any(|start| folded.starts_with(start)) {
        return Answer::Yes;
    }
    Answer::Unclear
}

/// Why a row's name says that it is none, if it does.
pub(super) fn no_signature(name: &str) -> Option<&'static str> {
    // Of a million names nearly all begin otherwise and say nothing of the sort.
    let bytes = name.as_bytes();
    let duplicate = [&b"uplic"[..], b"UPLIC"]
        .iter()
        .any(|piece| memchr::memmem::find(bytes, piece).is_some());
    if !duplicate && !headers::may_be_test(name) {
        return None;
    }
    let folded = headers::fold_all(name);
    if headers::is_test(&folded) {
        return Some("reads like a test");
    }
    // As coordinators mark rows by hand: "DUPLICATE - Río Abajo", "Río Abajo (duplicate)".
    let marked = |word: &str| {
        let upper = name.trim_start().trim_start_matches(['(', '[', '*']);
        let shouted = upper.starts_with(&word.to_uppercase());
        let lower = name.to_lowercase();
        let trimmed = lower.trim_end_matches([')', ']', '*', ' ', '!']);
        let closing = trimmed.len() < lower.len() && trimmed.ends_with(word);
        shouted || folded == word || closing
    };
    ["duplicate", "duplicado", "duplicada"]
        .into_iter()
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
