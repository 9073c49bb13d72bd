//! Lines of a width.
//!
//! In: a text whose line feeds end lines. Out: lines without white space at their
//! ends. Guaranteed: nothing but white space at a line's end is lost; addresses
//! stay whole, however long. Lines end at spaces; within words only where letters
//! are wide (Chinese, Japanese, Korean) or a word is wider than the line.

use textwrap::WordSeparator;
use textwrap::core::{Word, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

/// Breaks a text into lines of at most `width` columns.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    hang(text, width, 0)
}

/// Wraps a text, all lines but the first indented by `indent` columns.
pub(super) fn hang(text: &str, width: usize, indent: usize) -> Vec<String> {
    let width = width.max(MIN_WIDTH);
    let rest = width.saturating_sub(indent).max(MIN_WIDTH);
    let mut out = Vec::new();
    for line in text.split('\n') {
        let words = words(line, rest);
        let widths = match out.is_empty() {
            true => [width as f64, rest as f64],
            false => [rest as f64; 2],
        };
        for words in wrap_first_fit(&words, &widths) {
            let mut line = match out.is_empty() {
                true => String::new(),
                false => " ".repeat(indent),
            };
            for word in words {
                line.push_str(word.word);
                line.push_str(word.whitespace);
            }
            out.push(line.trim_end().to_owned());
        }
    }
    if out.iter().all(String::is_empty) {
        out.clear();
    }
    out
}

/// The least width that deep nesting leaves, in columns.
const MIN_WIDTH: usize = 20;

fn words(line: &str, width: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for word in WordSeparator::AsciiSpace.find_words(line) {
        let is_address = word.contains("://") || (word.contains('@') && word.contains('.'));
        let is_wide = display_width(word.word) > word.chars().count();
        if is_address || (word.width <= width && !is_wide) {
            words.push(word);
            continue;
        }
        let whole = &line[offset(line, word.word)..][..word.word.len() + word.whitespace.len()];
        for piece in WordSeparator::UnicodeBreakProperties.find_words(whole) {
            words.extend(piece.break_apart(width));
        }
    }
    words
}

/// Returns the offset at which `part` begins in `whole`, of which it is a slice.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_spaces() {
        let check = |text: &str, expected: &[&str]| assert_eq!(hang(text, 20, 2), expected, "{text:?}");
        check("", &[]);
        check("one two", &["one two"]);
        check("one two three four five six", &["one two three four", "  five six"]);
        check("an Asian-American Union", &["an Asian-American", "  Union"]);
        check("a\nb", &["a", "  b"]);
        check(
            "see <https://example.org/a-very-long-path> now",
            &["see", "  <https://example.org/a-very-long-path>", "  now"],
        );
        check("aaaaaaaaaaaaaaaaaaaaaaaaa", &["aaaaaaaaaaaaaaaaaaaa", "  aaaaa"]);
        check("華人權益促進會華人權益促進會", &["華人權益促進會華人權", "  益促進會"]);
        check(
            "no\u{a0}break here at all\u{a0}now",
            &["no\u{a0}break here at", "  all\u{a0}now"],
        );
    }
}
