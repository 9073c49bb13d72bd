//! Finds numbers of several groups in a text: telephone numbers, and dates in digits.
//!
//! In: a text. Out: the places of such numbers. Guaranteed: they do not overlap and are in
//! order. Absent: amounts and spans of years, which have the direction of their text.
//!
//! After an Arabic letter, UAX 9 turns the groups of "313-555-0148" round, since a hyphen
//! joins digits only where no such letter precedes them (rule W4). Each output isolates
//! these numbers in its own way.

use std::ops::Range;
use unicode_bidi::{BidiClass, bidi_class};

/// Fewest digits of a telephone number.
const FEWEST: usize = 7;

/// Fewest digits where spaces divide the groups: figures stand side by side, too.
const FEWEST_SPACED: usize = 9;

/// Most digits of a telephone number (ITU-T E.164).
const MOST: usize = 15;

/// Returns the places of the numbers of several groups in a text.
pub fn places(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let is_within_word = at > 0 && chars[at - 1].1.is_alphanumeric();
        match (!is_within_word).then(|| number(&chars[at..])).flatten() {
            Some(length) => {
                let end = chars.get(at + length).map_or(text.len(), |(place, _)| *place);
                found.push(chars[at].0..end);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns whether a text has a letter that is written from right to left.
pub fn has_rtl_letter(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL))
}

/// Returns how many characters the number takes that a text begins with.
fn number(chars: &[(usize, char)]) -> Option<usize> {
    let at = |place: usize| chars.get(place).map_or(' ', |(_, c)| *c);
    let is_digit = |place: usize| at(place).is_ascii_digit();
    let mut end = 0;
    let is_marked = matches!(at(0), '+' | '(');
    if is_marked {
        end += 1;
    }
    if at(end) == '(' {
        end += 1;
    }
    if !is_digit(end) {
        return None;
    }
    let mut groups: Vec<String> = vec![String::new()];
    let mut is_spaced = false;
    loop {
        if is_digit(end) {
            if let Some(group) = groups.last_mut() {
                group.push(at(end));
            }
            end += 1;
            continue;
        }
        // A closing parenthesis, one sign and an opening one may stand between groups.
        let mut next = end;
        while next < end + 3 && matches!(at(next), '-' | '.' | ')' | '(' | ' ' | '\u{a0}' | '\u{2011}' | '–') {
            is_spaced |= matches!(at(next), ' ' | '\u{a0}') && is_digit(next + 1);
            next += 1;
        }
        if next == end || !is_digit(next) {
            break;
        }
        groups.push(String::new());
        end = next;
    }
    let digits: usize = groups.iter().map(String::len).sum();
    let fewest = if is_spaced && !is_marked { FEWEST_SPACED } else { FEWEST };
    let is_span = groups.len() == 2 && groups.iter().all(|group| group.len() == 4);
    let is_word = at(end).is_alphanumeric();
    (groups.len() > 1 && (fewest..=MOST).contains(&digits) && !is_span && !is_word).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_and_dates_are_found() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = places(text).into_iter().map(|place| &text[place]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("اتصلوا: 313-555-0148.", &["313-555-0148"]);
        check("هاتف (313) 555-0148", &["(313) 555-0148"]);
        check("+1 (313) 555-0148، أو 555-0199", &["+1 (313) 555-0148", "555-0199"]);
        check("+49 30 901820", &["+49 30 901820"]);
        check("030 9018 2044", &["030 9018 2044"]);
        check("في 2025-03-18", &["2025-03-18"]);
        check("1.313.555.0148", &["1.313.555.0148"]);
        check("2019-2021", &[]);
        check("7 و12 و14", &[]);
        check("1,250,000", &[]);
        check("3.14159265", &["3.14159265"]);
        check("12-14", &[]);
        check("640 210 188", &["640 210 188"]);
        check("A-313-555-0148x", &[]);
        check("", &[]);
    }
}
