//! Messages of the terminal as sentences of a page.

use crate::desk::error::first_upper;

/// Returns a question of the terminal with its names in quotation marks.
pub(super) fn question_words(question: &str) -> String {
    let mut open = false;
    let quoted = question.chars().map(|c| match c {
        '`' => {
            open = !open;
            if open { '“' } else { '”' }
        }
        c => c,
    });
    first_upper(&quoted.collect::<String>())
}

/// Returns a message as a sentence with its end.
pub(super) fn sentence(message: &str) -> String {
    let words = question_words(message);
    match words.ends_with(['.', '?', '!']) {
        true => words,
        false => words + ".",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_has_quotation_marks_as_in_print() {
        assert_eq!(
            question_words("what does `(withdrawn)` mean for `Harwell`?"),
            "What does “(withdrawn)” mean for “Harwell”?"
        );
    }

    #[test]
    fn a_message_ends_as_a_sentence() {
        assert_eq!(sentence("`a` is wrong"), "“a” is wrong.");
        assert_eq!(sentence("is it `a`?"), "Is it “a”?");
    }
}
