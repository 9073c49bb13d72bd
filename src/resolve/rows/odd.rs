//! Rows that stand apart from the others of their list: notes below a table, a legend, a remark
//! without a name.
//!
//! In: a row. Out: why it is asked about. Guaranteed: of a row that has what the others have
//! beside its name, only a date in the name or a reference to another row is asked about.
//! Absent: what the words of a row say by themselves (that is `lines`').

use super::row::Row;
use super::words::{Marks, ROW_WORDS};
use crate::model::held::HeldReason;
use crate::resolve::words::{Class, WORD_LISTS, stem};

/// Returns why a row that is unlike a name is asked about.
pub(super) fn odd(row: &Row<'_>) -> Option<HeldReason> {
    let name = row.name();
    if has_date(name) || row.text.folded().starts_with("same as ") || names_some(row) {
        return Some(HeldReason::NoName);
    }
    if !row.is_bare() {
        return None;
    }
    let starred = name.trim_start_matches(['*', '†', '‡', '^']);
    // "X = signed"; "Unión = Fuerza" is a name.
    let equals = row.text.has_sign(b"=").then(|| name.split_once(" = ")).flatten();
    let defines = equals.is_some_and(|(sign, meaning)| {
        sign.chars().count() <= 3 || meaning.trim_start().starts_with(|c: char| !c.is_uppercase())
    });
    let is_legend = defines || starred.len() < name.len() && starred.starts_with([' ', '=', '-', ':']);
    // "Total Health Care" is a name, "Total as of Friday" is none.
    let mut typed = name.split_whitespace();
    let is_total = typed.next().is_some_and(|first| {
        let totals = ["total", "totals", "subtotal", "totales", "totaux"];
        totals.iter().any(|total| first.eq_ignore_ascii_case(total))
    }) && typed
        .next()
        .is_some_and(|second| second.starts_with(char::is_lowercase));
    if is_legend || is_total {
        return Some(HeldReason::Total);
    }
    let is_apart = row.is_among_full_rows() || row.is_below_table();
    // "Riders 🚌 United" is a name, "see you there 🎉" is none.
    if !name.is_ascii() && has_emoji(name) && (is_apart || has_small_word(name))
        || row.text.has_sign(b"!?") && is_two_sentences(name)
    {
        return Some(HeldReason::Greeting);
    }
    (is_apart && is_note(row)).then_some(HeldReason::Total)
}

/// Returns whether a name has a date with a year: "Oak Union 3/4/25 per Jo".
fn has_date(name: &str) -> bool {
    if name.bytes().filter(u8::is_ascii_digit).count() < 4 {
        return false;
    }
    name.split([' ', '(', ')', ',', ';']).any(|word| {
        let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
        let digits = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        matches!(parts[..], [_, _, _]) && parts.iter().all(digits) && parts.iter().any(|part| part.len() <= 2)
    })
}

/// "Staff of the clinic", "Members of our parish": people of a body, and no name of it.
fn names_some(row: &Row<'_>) -> bool {
    let mut typed = row.name().split_whitespace();
    let who = typed.next().unwrap_or_default();
    let link = typed.next().unwrap_or_default();
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let mut rest = typed.peekable();
    matches!(link, "of" | "at" | "from" | "in")
        && ROW_WORDS.some_of.contains(&*who.to_lowercase())
        && rest.peek().is_some()
        && rest.all(small)
}

/// Returns whether a name has a picture that is no sign of a status, which is a remark.
fn has_emoji(name: &str) -> bool {
    let mut pictures = name
        .chars()
        .filter(|c| matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}'));
    pictures.next().is_some() && !name.contains(&ROW_WORDS.signs[..])
}

/// "Anyone I missed? Shout.", but not "Who Is My Neighbor? Inc."
fn is_two_sentences(name: &str) -> bool {
    let Some((_, second)) = name.split_once("? ").or_else(|| name.split_once("! ")) else {
        return false;
    };
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    second.ends_with(['.', '?', '!']) && !matches!(&*last, "inc." | "co." | "ltd." | "corp.")
}

/// Returns whether a row without what the others have reads like a note: it begins in small
/// letters, or has a word in small letters that no name joins its words with.
fn is_note(row: &Row<'_>) -> bool {
    let name = row.name();
    let words = row.text.words();
    let is_body = words.iter().any(|&word| {
        let spelled = row.text.word(word);
        word.marks.is(Marks::BODY) || class(spelled).is(Class::GENERIC)
    });
    if is_body || !name.contains(' ') {
        return false;
    }
    if name.starts_with(char::is_lowercase) {
        return true;
    }
    has_small_word(name)
}

fn class(word: &str) -> Class {
    WORD_LISTS.class(word, stem(word))
}

/// Returns whether a name has a word in small letters that no name joins its words with.
pub(super) fn has_small_word(name: &str) -> bool {
    let is_small = |word: &str| {
        word.len() >= 3
            && word.chars().all(char::is_lowercase)
            && !ROW_WORDS.joins.contains(word)
            && !class(&super::fold::fold(word)).is(Class::STOP)
    };
    name.split_whitespace()
        .any(|word| is_small(word.trim_end_matches([',', '.', ':', ';'])))
}
