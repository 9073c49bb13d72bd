//! People in the column of organizations, and the contact's name there.
//!
//! In: a row. Out: what is asked about it. Guaranteed: a name with a word that
//! organizations have, or of an organization that is known to be named after somebody, is
//! never asked about. Absent: rows of individuals.

use super::row::Row;
use super::text::{Text, Word};
use super::words::{Marks, ROW_WORDS, WholeRow};
use crate::model::held::{HeldReason, Hold};
use crate::model::signatory::{Column, Kind};
use crate::resolve::normalize::Name;
use crate::resolve::words::{Class, WORD_LISTS, stem};

/// Most words of a person's name, without titles and degrees.
const LONGEST: usize = 4;

/// Returns what is asked about a row that names a person, or its own contact.
pub(super) fn person(row: &Row<'_>) -> Option<Hold> {
    if row.record.kind == Kind::Individual || ROW_WORDS.whole(row.text.folded()) == Some(WholeRow::Eponym) {
        return None;
    }
    let contact = row.record.get(Column::ContactName).unwrap_or_default();
    if !contact.is_empty() && row.text.words().len() <= LONGEST + 1 && super::fold::folds_to(contact, row.text.folded())
    {
        return reads_like_name(row.text, false).then(|| Hold::new(HeldReason::Contact));
    }
    if !row.text.marks.is(Marks::GIVEN.or(Marks::HONORIFIC)) {
        return None;
    }
    let name = row.name();
    if name.contains(['&', '+', '/', '|', '@']) || Name::new(name).legal != 0 {
        return None;
    }
    // "Prof. Lena Hofstadter, University of Northfield", "Ann Lee (Oak University)".
    let aside = name.strip_suffix(')').and_then(|name| name.split_once(" ("));
    let (before, after) = match aside.or_else(|| name.split_once(',')) {
        Some((before, after)) => (before, after.trim()),
        None => (name, ""),
    };
    let text = if after.is_empty() {
        None
    } else {
        Some(Text::new(before))
    };
    let text = text.as_ref().unwrap_or(row.text);
    let titled = text.words().first().is_some_and(|word| word.marks.is(Marks::HONORIFIC));
    let degrees = !after.is_empty() && Text::new(after).all(Marks::DEGREE);
    // "Franklin Templeton (Ireland)".
    let is_place = |aside: &str| Name::new(aside).words().iter().all(|word| word.class.is(Class::PLACE));
    if aside.is_some()
        && !is_place(after)
        && text.words().len() >= 2
        && reads_like_name(text, true)
        && contact_agrees(row, contact)
    {
        let mut hold = Hold::new(HeldReason::Person);
        hold.print = Some(before.trim().into());
        return Some(hold);
    }
    if !after.is_empty() && !titled && !degrees {
        // "Carter, Jess".
        let whole = reads_like_name(row.text, false) && row.text.words().len() == 2;
        let given = row.text.words().last().is_some_and(|word| word.marks.is(Marks::GIVEN));
        return (whole && given && contact_agrees(row, contact)).then(|| Hold::new(HeldReason::Person));
    }
    if !reads_like_name(text, true) || !(titled || degrees || contact_agrees(row, contact)) {
        return None;
    }
    let mut hold = Hold::new(HeldReason::Person);
    if titled && !after.is_empty() && !degrees {
        hold.print = Some(before.trim().into());
    }
    Some(hold)
}

/// Returns whether the contact does not speak against the name being a person's: nobody
/// else filled in the form.
fn contact_agrees(row: &Row<'_>, contact: &str) -> bool {
    if contact.is_empty() {
        return true;
    }
    let contact = super::fold::fold(contact);
    let last = row.text.words().last().map(|&word| row.text.word(word));
    last.is_some_and(|last| contact.split(' ').any(|word| word == last))
}

/// Returns whether a text reads like a person's name. With `strict`, a given name must be
/// in it and begin it.
fn reads_like_name(text: &Text, strict: bool) -> bool {
    let words = text.words();
    let kept: Vec<Word> = words
        .iter()
        .copied()
        .filter(|word| !word.marks.is(Marks::HONORIFIC.or(Marks::DEGREE)))
        .collect();
    let titles = words.len() - kept.len();
    if kept.is_empty() || kept.len() > LONGEST || titles > 3 {
        return false;
    }
    let initial = |word: Word| text.word(word).chars().count() == 1;
    let is_name = |&word: &Word| {
        let spelled = text.word(word);
        word.marks.is(Marks::PARTICLE)
            || initial(word)
            || word.marks.is(Marks::GIVEN)
            || spelled.chars().all(char::is_alphabetic)
                && !word.marks.is(Marks::BODY)
                && !ROW_WORDS.body_ends.iter().any(|end| spelled.ends_with(end.as_str()))
                && !WORD_LISTS.class(spelled, stem(spelled)).is(ORDINARY)
    };
    if !kept.iter().all(is_name) {
        return false;
    }
    // A possessive makes an organization of a name: "Martha's".
    let first = kept[0];
    let begins =
        first.marks.is(Marks::GIVEN) || initial(first) && kept.get(1).is_some_and(|word| word.marks.is(Marks::GIVEN));
    let titled = words[0].marks.is(Marks::HONORIFIC) && kept.len() == 2;
    let full = kept.len() >= 2 && !kept.last().is_some_and(|&word| initial(word));
    !strict || (begins && (full || kept.len() == 1)) || titled
}

/// Words that are no part of a person's name.
const ORDINARY: Class = Class::KNOWN
    .or(Class::REAL)
    .or(Class::PEOPLE)
    .or(Class::MERE)
    .or(Class::OWN);
