//! What somebody tells of a name beside it: "Oak Union said yes", "Elm House (if others do)".
//!
//! In: a row. Out: the question it raises, with the name that is left. Guaranteed: a part is
//! taken for speech only for words in small letters that no name has there, or for a date.
//! Absent: remarks of a known wording (those are `remarks`').

use super::fold::fold;
use super::row::Row;
use super::text::trimmed;
use super::words::{Marks, ROW_WORDS};

/// Finds what is told of a name, and the name without it.
pub(super) fn spoken(row: &Row<'_>) -> Option<(String, String)> {
    let name = row.name();
    let marks = row.text.marks;
    let speaks = marks.is(Marks::TELLS.or(Marks::SPEECH)) || name.split(' ').any(is_short_form);
    let dated = marks.is(Marks::NUMBER) && name.contains('/');
    let bracket = name.contains(['(', '[']);
    if !speaks && !dated && !bracket {
        return before_sign(name);
    }
    before_sign(name)
        .or_else(|| bracket.then(|| in_brackets(name)).flatten())
        .or_else(|| (speaks || dated).then(|| behind_sign(name)).flatten())
        .or_else(|| marks.is(Marks::TELLS).then(|| anywhere(name)).flatten())
}

/// "x - Oak Union", "N: Oak Union".
fn before_sign(name: &str) -> Option<(String, String)> {
    let mut chars = name.chars();
    let first = chars
        .next()
        .filter(|c| matches!(c, 'x' | 'X' | 'n' | 'N' | 'y' | 'Y' | '?'))?;
    let rest = chars.as_str().trim_start();
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '–' | '—' | ':'))?;
    let rest = rest[sign.len_utf8()..].strip_prefix(' ')?;
    (!rest.trim().is_empty()).then(|| (first.to_string(), trimmed(rest)))
}

/// "Oak Union (Tom is checking)", "Oak Union (would sign w/ changes)", "Oak Union (N)".
fn in_brackets(name: &str) -> Option<(String, String)> {
    for (open, close) in [('(', ')'), ('[', ']')] {
        let mut from = 0;
        while let Some(start) = name[from..].find(open).map(|at| at + from) {
            let length = name[start..].find(close);
            let end = length.map_or(name.len(), |length| start + length);
            let (part, after) = (&name[start + 1..end], (end + 1).min(name.len()));
            let answer = matches!(part.trim(), "Y" | "N" | "y" | "n");
            let small = length.is_some() && (is_small(part) || is_somebodys(part));
            if start > 0 && (answer || small || tells(part)) {
                let rest = format!("{} {}", &name[..start], &name[after..]);
                return Some((name[start..after].to_owned(), trimmed(&rest)));
            }
            from = after;
        }
    }
    None
}

/// "Oak Union - they want edits first", "Oak Union: yes, minus section 2".
fn behind_sign(name: &str) -> Option<(String, String)> {
    for (at, sign) in name.char_indices() {
        if !matches!(sign, '-' | '–' | '—' | ':' | ';' | ',' | '/' | '|' | '=') {
            continue;
        }
        let (before, after) = (&name[..at], &name[at + sign.len_utf8()..]);
        let apart = after.starts_with(' ') && (before.ends_with(' ') || matches!(sign, ':' | ';' | ','));
        // "- Dana has the contact", ": I'm sure".
        let dashed = matches!(sign, '-' | '–' | '—');
        let first = after.split_whitespace().next().unwrap_or_default();
        let small = first.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        if apart && (small || dashed || is_short_form(first)) && !before.trim().is_empty() && tells(after) {
            return Some((after.trim().to_owned(), trimmed(before)));
        }
    }
    None
}

/// "Oak Union said yes on the phone".
fn anywhere(name: &str) -> Option<(String, String)> {
    let mut at = 0;
    for word in name.split(' ') {
        if at > 0 && starts_small(word) && marks(word).is(Marks::TELLS) {
            return Some((name[at..].to_owned(), trimmed(&name[..at])));
        }
        at += word.len() + 1;
    }
    None
}

/// Returns whether a part has a word of speech in small letters, several in any, or a date.
fn tells(part: &str) -> bool {
    // "(for identification purposes only)" restrains nobody.
    if fold(part).split(' ').any(|word| word.starts_with("identifica")) {
        return false;
    }
    let mut shouted = 0;
    let in_capitals = !part.contains(char::is_lowercase);
    for word in part.split_whitespace() {
        let marks = marks(word);
        // "HES" is an acronym.
        let tells = marks.is(Marks::TELLS) && (in_capitals || word.contains(char::is_lowercase));
        if tells || is_short_form(word) || marks.is(Marks::SPEECH) && starts_small(word) || is_date(word) {
            return true;
        }
        shouted += usize::from(marks.is(Marks::SPEECH));
    }
    shouted >= 3
}

/// "he'll", "isn't", "they've": nobody is called so.
fn is_short_form(word: &str) -> bool {
    // Nearly all words have no apostrophe.
    let Some((before, after)) = word.split_once(['\'', '’']) else {
        return false;
    };
    let person = matches!(before, "I" | "We" | "They" | "He" | "She" | "You");
    (starts_small(word) || person) && matches!(after, "ll" | "ve" | "re" | "d" | "m")
        || starts_small(word) && after == "t" && before.ends_with('n')
}

/// Returns whether a part in brackets is in small letters and begins as no name's does: "(list
/// of chapters comes later)", but "(formerly Elm House)".
fn is_small(part: &str) -> bool {
    let part = part.trim();
    let first = part.split([' ', '/', '.']).next().unwrap_or_default();
    part.contains(' ')
        && (part.starts_with(|c: char| c.is_ascii_lowercase())
            || is_ordinal(first) && !part.contains(char::is_uppercase))
        && !ROW_WORDS.in_brackets.contains(fold(first).as_str())
}

/// "(Harold's group)": something of somebody's, in small letters.
fn is_somebodys(part: &str) -> bool {
    let Some((whose, what)) = part.split_once(' ') else {
        return false;
    };
    let owns = whose.ends_with("'s") || whose.ends_with("’s");
    owns && !what.contains(char::is_uppercase) && !what.contains(' ')
}

/// "2nd", "3rd".
fn is_ordinal(word: &str) -> bool {
    let ending = word.trim_start_matches(|c: char| c.is_ascii_digit());
    ending.len() < word.len() && matches!(ending, "st" | "nd" | "rd" | "th")
}

fn marks(word: &str) -> Marks {
    ROW_WORDS.marks(&fold(word))
}

fn starts_small(word: &str) -> bool {
    let mut letters = word.chars().skip_while(|c| !c.is_alphanumeric());
    letters.next().is_some_and(char::is_lowercase)
}

/// "3/19", "3/2/24"; "9/11" is none, and "24/7".
fn is_date(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let mut parts = word.split('/').map(|part| part.parse::<u16>().ok());
    let (Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next()) else {
        return false;
    };
    let rest = parts.collect::<Vec<_>>();
    (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && rest.len() <= 1
        && rest.iter().all(Option::is_some)
        && word != "9/11"
}
