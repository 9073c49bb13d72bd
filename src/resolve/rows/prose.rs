//! Rows that are somebody's words rather than a name, by their form: a line of a chat, a sentence
//! with its end, small letters among names with capitals, a name with its street behind it.
//!
//! In: a row. Out: why it is asked about. Guaranteed: words alone decide nothing here; a form that
//! names have, too, is asked about only beside other signs. Absent: rows of known wording (those
//! are `lines`' and `nobody`'s).

use super::odd::has_small_word;
use super::row::Row;
use super::text::{Text, trimmed};
use super::words::{Marks, ROW_WORDS};
use crate::model::held::{HeldReason, Hold};
use crate::resolve::words::{Class, WORD_LISTS, stem};

/// Returns what is asked about a row that reads like prose.
pub(super) fn prose(row: &Row<'_>) -> Option<Hold> {
    let name = row.name();
    if row.is_bare() && (row.text.has_sign(b":") && is_chat_line(name) || is_sentence(row)) {
        return Some(Hold::new(HeldReason::Greeting));
    }
    if row.is_bare() && (is_version(name) || !name.contains('(') && is_footnote(row.text)) {
        return Some(Hold::new(HeldReason::Total));
    }
    if is_reference(row) || is_small(row) {
        return Some(Hold::new(HeldReason::NoName));
    }
    row.text.has_sign(b",").then(|| with_street(name)).flatten()
}

/// "Dee: plus the two Methodist ones", but not "Mission: St. Louis".
fn is_chat_line(name: &str) -> bool {
    let Some((who, said)) = name.split_once(": ") else {
        return false;
    };
    let is_word = !who.is_empty() && who.chars().all(char::is_alphabetic) && who.starts_with(char::is_uppercase);
    is_word && said.starts_with(char::is_lowercase)
}

/// "Rob, list below.", "That's 4, I think, or 5 with Dogwood."
fn is_sentence(row: &Row<'_>) -> bool {
    let name = row.name();
    if !row.text.has_sign(b"!?.") {
        return false;
    }
    // "Morning! Adding the overnight ones here".
    let second = name.split_once("! ").or_else(|| name.split_once("? "));
    if second.is_some_and(|(_, second)| second.split(' ').count() >= 3 && has_small_word(second)) {
        return true;
    }
    let Some(rest) = name.strip_suffix('.') else {
        return false;
    };
    // "Late, Inc." and "Oak Union of St." end in an abbreviation.
    let last = rest.rsplit(' ').next().unwrap_or_default();
    let is_whole = last.chars().count() > 4 || last.starts_with(char::is_lowercase);
    let parted = rest.split_once(", ").is_some_and(|(_, after)| {
        let next = after.split(' ').next().unwrap_or_default();
        next == "I" || next.starts_with(char::is_lowercase) && !ROW_WORDS.joins.contains(next) && next.len() > 3
    });
    is_whole && !rest.contains('.') && has_small_word(name) && (parted || row.text.marks.is(Marks::VERB))
}

/// "v3 - with Ann's edits".
fn is_version(name: &str) -> bool {
    let mut words = name.split(' ');
    let number = words
        .next()
        .and_then(|first| first.strip_prefix('v'))
        .unwrap_or_default();
    let parted = words.next().is_none_or(|next| next.starts_with(['-', '–', '—', '(']));
    parted && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// "1 Affiliation for identification only".
fn is_footnote(text: &Text) -> bool {
    let mut words = text.words().iter();
    let noted = words.any(|&word| text.word(word).starts_with("identificati"));
    let folded = text.folded();
    noted
        && ["for identification", "only", "purposes"]
            .iter()
            .filter(|part| folded.contains(*part))
            .count()
            >= 2
}

/// "Row 7 again", "Same org as Harold", "test from Kim".
fn is_reference(row: &Row<'_>) -> bool {
    let mut typed = row.name().split_whitespace();
    let (Some(first), Some(second)) = (typed.next(), typed.next()) else {
        return false;
    };
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let is = |words: &[&str]| words.iter().any(|word| first.eq_ignore_ascii_case(word));
    if is(&["row", "line", "entry", "fila", "ligne", "linha"]) {
        return second.bytes().all(|byte| byte.is_ascii_digit()) && typed.all(small);
    }
    // "Test the Water" is a name.
    is(&["same", "test", "testing", "mismo", "misma", "meme", "prueba"])
        && small(second)
        && !matches!(second, "the" | "of" | "and")
}

/// "idk yet" among names with capitals.
fn is_small(row: &Row<'_>) -> bool {
    let name = row.name();
    if name.contains(char::is_uppercase) || !name.contains(' ') || !name.starts_with(char::is_alphabetic) {
        return false;
    }
    let text = row.text;
    let is_name = text.words().iter().any(|&word| {
        let spelled = text.word(word);
        let named = Marks::BODY.or(Marks::GIVEN).or(Marks::FAMILY);
        word.marks.is(named)
            || WORD_LISTS
                .class(spelled, stem(spelled))
                .is(Class::GENERIC.or(Class::PLACE))
    });
    const SPOKEN: Marks = Marks::SPEECH.or(Marks::TELLS).or(Marks::VERB);
    !is_name && text.marks.is(SPOKEN) && row.is_among_capitals()
}

/// "Coneflower Cafe, 12 Elm St, Austin TX 78701".
fn with_street(name: &str) -> Option<Hold> {
    let (before, after) = name.split_once(", ")?;
    let text = Text::new(after.split(',').next()?);
    let [first, .., last] = text.words() else { return None };
    let is_street = first.marks.is(Marks::NUMBER) && last.marks.is(Marks::STREET);
    is_street.then(|| {
        let mut hold = Hold::about(HeldReason::Remark, after);
        hold.print = Some(trimmed(before).into());
        hold
    })
}
