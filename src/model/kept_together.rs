//! Says which words of a line stay together: numbers with their sign, titles with names,
//! days with months.
//!
//! In: a text. Out: whether a line may end at a place, and the text with no-break spaces.
//! Guaranteed: only spaces change. Absent: languages; the lists of data/kept_together.toml
//! are for all at once.
//!
//! Source: the usual manuals of style agree.

use serde::Deserialize;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Returns a text with no-break spaces between words that stay together, for outputs whose
/// lines are broken by another program.
pub(crate) fn with_no_break_spaces(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (space, _) in text.match_indices(' ') {
        let after = space + 1;
        if after < text.len() && space > 0 && stays_together(text, after) {
            out.push_str(&text[done..space]);
            out.push('\u{a0}');
            done = after;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Holds the words that convention keeps with their neighbors.
#[derive(Deserialize)]
struct KeptTogether {
    /// Words that stay with a number after them.
    #[serde(borrow)]
    before_number: Vec<&'static str>,
    /// Words that stay with the number before them.
    #[serde(borrow)]
    after_number: Vec<&'static str>,
    /// Names of two words of what is cited by number.
    #[serde(borrow)]
    within_reporter: Vec<&'static str>,
    /// Titles that stay with the name after them.
    #[serde(borrow)]
    before_name: Vec<&'static str>,
    /// Names of months, which stay with a day before or after them.
    #[serde(borrow)]
    months: Vec<&'static str>,
}

static KEPT: LazyLock<KeptTogether> = LazyLock::new(|| word_list!("kept_together"));

/// Returns whether convention keeps the words on both sides of a break together, the space
/// before it included.
pub(crate) fn stays_together(text: &str, at: usize) -> bool {
    let Some(head) = text[..at].strip_suffix(' ') else {
        // UAX 14 allows a break before a dash; no line begins with one.
        return text[at..].starts_with(['—', '–']);
    };
    let after = text[at..].split([' ', '\u{a0}', '\n']).next().unwrap_or("");
    if head.ends_with([' ', '\n']) {
        return false;
    }
    // A spaced dash stays with the words before it, and so do the signs that French spaces.
    if matches!(after, "–" | "—" | "?" | "!" | ":" | ";") || after.starts_with('»') || head.ends_with('«') {
        return true;
    }
    let before = head.rsplit([' ', '\u{a0}', '\n', '(', '“', '"']).next().unwrap_or("");
    let number = |word: &str| {
        let word = word.trim_start_matches(['$', '€', '£', '¥', '~', '≈', '±', '+', '-', '−', '–']);
        word.starts_with(|c: char| c.is_ascii_digit())
    };
    let bare = |words: &[&str], it: &str| {
        words.contains(&it) || words.contains(&it.trim_end_matches([',', '.', ';', ':', ')', '”']))
    };
    if number(after) {
        let day = is_day(after) && bare(&KEPT.months, before);
        return day || before.ends_with('§') || KEPT.before_number.contains(&before);
    }
    // "6 de septiembre"
    if before == "de" {
        return bare(&KEPT.months, after);
    }
    if after == "de" && is_day(before) {
        let month = text[at + "de".len()..].trim_start_matches([' ', '\u{a0}']);
        return bare(&KEPT.months, month.split([' ', '\u{a0}', '\n']).next().unwrap_or(""));
    }
    if number(before) {
        return bare(&KEPT.after_number, after) || (is_day(before) && bare(&KEPT.months, after));
    }
    if after.starts_with('§') {
        return before.ends_with('.');
    }
    let pair = |name: &&str| {
        let (first, second) = name.split_once(' ').unwrap_or_default();
        first == before && second == after.trim_end_matches([',', ';', ':'])
    };
    if KEPT.within_reporter.iter().any(pair) {
        return true;
    }
    // Titles are short, and names have a capital.
    before.len() <= LONGEST_TITLE
        && after.starts_with(char::is_uppercase)
        && (is_initial(before) || KEPT.before_name.contains(&before))
}

/// No title is longer, in bytes.
const LONGEST_TITLE: usize = 7;

/// Returns whether a word is one or two digits, with whatever signs after them.
fn is_day(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a word is a capital with a full stop.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.as_str() == "."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stay_together_have_no_break_spaces() {
        let check =
            |text: &str, expected: &str| assert_eq!(with_no_break_spaces(text).replace('\u{a0}', "~"), expected);
        check("a fund of $340 million, or", "a fund of $340~million, or");
        check("See 90 Fed. Reg. 14,206 (2025)", "See 90~Fed.~Reg.~14,206 (2025)");
        check("8 U.S.C. § 1182(c)", "8~U.S.C.~§~1182(c)");
        check("Dr. Ruiz and 19 km on March 1", "Dr.~Ruiz and 19~km on March~1");
        check("del 6 de septiembre de 2024", "del 6~de~septiembre de 2024");
        check("el 1 de mayo y 2 de ellas", "el 1~de~mayo y 2 de ellas");
        check("we – they", "we~– they");
        check(" – a", " – a");
        check("« oui » ! Et ?", "«~oui~»~! Et~?");
        check("nothing here", "nothing here");
        check("", "");
    }

    #[test]
    fn no_title_is_longer_than_is_looked_at() {
        assert!(KEPT.before_name.iter().all(|title| title.len() <= LONGEST_TITLE));
    }
}
