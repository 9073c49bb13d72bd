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
    let is_eponym = ROW_WORDS.whole(row.text.folded()) == Some(WholeRow::Eponym);
    // "The Smith Family" is no person.
    if row.record.kind == Kind::Individual && row.text.folded().starts_with("the ") && is_household(row.text) {
        return Some(Hold::new(HeldReason::NoName));
    }
    if row.record.kind == Kind::Individual || is_eponym || row.is_acronym_alone() {
        return None;
    }
    let contact = row.record.get(Column::ContactName).unwrap_or_default();
    if !contact.is_empty() && row.text.words().len() <= LONGEST + 1 && super::fold::folds_to(contact, row.text.folded())
    {
        return reads_like_name(row.text, false).then(|| Hold::new(HeldReason::Contact));
    }
    const NAMED: Marks = Marks::GIVEN
        .or(Marks::HONORIFIC)
        .or(Marks::FAMILY)
        .or(Marks::FAMILY_FIRST);
    let name = row.name();
    if !row.text.marks.is(NAMED) && !row.text.is_initialed() && !is_household(row.text) {
        return None;
    }
    // "Renee Poe (she/her)".
    let outside = name.split(" (").next().unwrap_or_default();
    if outside.contains(['+', '/', '|', '@']) || Name::new(name).legal != 0 {
        return None;
    }
    if is_household(row.text) || is_couple(name) || is_family_first(row) || is_for_another(name) {
        return contact_agrees(row, contact).then(|| Hold::new(HeldReason::Person));
    }
    if name.contains('&') {
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
        return before_comma(row, text, before, after).filter(|_| contact_agrees(row, contact));
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

/// "Carter, Jess", "Smith, Mary A.", "Jess Carter, Executive Director", "Jess Carter, Oak Union".
fn before_comma(row: &Row<'_>, text: &Text, before: &str, after: &str) -> Option<Hold> {
    let turned = {
        let rest = Text::new(after);
        let (first, others) = rest.words().split_first()?;
        let initials = others.iter().all(|&word| rest.word(word).len() == 1) && others.len() <= 2;
        let given = first.marks.is(Marks::GIVEN) || rest.is_initialed() && rest.word(*first).len() == 1;
        text.words().len() == 1 && given && initials && reads_like_name(row.text, false)
    };
    if turned {
        return Some(Hold::new(HeldReason::Person));
    }
    // "George Walker, Jr. Community Coalition".
    let suffixed = Text::new(after).words().first()?.marks.is(Marks::DEGREE);
    let given = text.words().first()?.marks.is(Marks::GIVEN) && !suffixed;
    let full = given && text.words().len() >= 2 && reads_like_name(text, true);
    // "Henry Ford, Michigan".
    let is_place = Name::new(after).words().iter().all(|word| word.class.is(Class::PLACE));
    (full && !is_place && !before.contains('&')).then(|| {
        let mut hold = Hold::new(HeldReason::Person);
        hold.print = Some(before.trim().into());
        hold
    })
}

/// "The Carter Family", "Smith household".
fn is_household(text: &Text) -> bool {
    let mut words = text.words();
    if words.first().is_some_and(|&word| text.word(word) == "the") {
        words = &words[1..];
    }
    let [name, last] = words else { return false };
    ROW_WORDS.households.contains(text.word(*last)) && is_plain(text, *name)
}

/// "Jess Carter & Ana Ruiz", "Jess and Ana Carter".
fn is_couple(name: &str) -> bool {
    let divided = [" & ", " and ", " y "].iter().find_map(|word| name.split_once(word));
    let Some((a, b)) = divided.filter(|(a, b)| !ends_in_possessive(a) && !ends_in_possessive(b)) else {
        return false;
    };
    let (a, b) = (Text::new(a), Text::new(b));
    let given = |text: &Text| text.words().first().is_some_and(|word| word.marks.is(Marks::GIVEN));
    let full = a.words().len() >= 2 || b.words().len() >= 2;
    given(&a) && given(&b) && full && reads_like_name(&a, false) && reads_like_name(&b, false)
}

/// Returns the two people of a row: "Mr. and Mrs. Smith", and of a person's row "Jess and Ana
/// Carter".
pub(super) fn couple(row: &Row<'_>) -> Option<Vec<String>> {
    let name = row.name();
    if row.record.kind != Kind::Individual && !row.text.marks.is(Marks::HONORIFIC) {
        return None;
    }
    let mut divided = [" & ", " and ", " y ", " et ", " e "]
        .iter()
        .filter_map(|word| name.split_once(word));
    let (a, b) = divided.next()?;
    let (first, second) = (Text::new(a), Text::new(b));
    let titled = |text: &Text| text.words().first().is_some_and(|word| word.marks.is(Marks::HONORIFIC));
    let titles = titled(&second) && first.all(Marks::HONORIFIC) && titled(&first) && reads_like_name(&second, false);
    if !(titles || row.record.kind == Kind::Individual && is_couple(name)) {
        return None;
    }
    // The family name is the other's, too.
    let family = b.split_whitespace().next_back()?;
    let a = match first.words().len() {
        1 => format!("{a} {family}"),
        _ => a.to_owned(),
    };
    Some(vec![a, b.to_owned()])
}

/// "Jess Carter for Oak Union", "Jess from the Elm House".
fn is_for_another(name: &str) -> bool {
    let from = name.split_once(" from ").is_some_and(|(before, after)| {
        let text = Text::new(before);
        let given = text.words().first().is_some_and(|word| word.marks.is(Marks::GIVEN));
        given && after.starts_with(char::is_alphabetic) && reads_like_name(&text, true)
    });
    from || name.split_once(" for ").is_some_and(|(before, _)| {
        let text = Text::new(before);
        let given = text.words().first().is_some_and(|word| word.marks.is(Marks::GIVEN));
        let eponym = ROW_WORDS.whole(text.folded()) == Some(WholeRow::Eponym);
        given && !eponym && text.words().len() >= 2 && reads_like_name(&text, true)
    })
}

fn ends_in_possessive(name: &str) -> bool {
    let name = name.trim_end();
    name.ends_with("'s") || name.ends_with("’s")
}

/// "Nguyen Thi Hoa", "Li Wei", "Kim Min-jun".
fn is_family_first(row: &Row<'_>) -> bool {
    let (name, text) = (row.name(), row.text);
    if !text.marks.is(Marks::FAMILY_FIRST) {
        return false;
    }
    let [first, rest @ ..] = text.words() else { return false };
    let typed = name.split([' ', '-']).all(|word| {
        let mut chars = word.chars();
        // "NGO LAB" is none.
        chars.next().is_some() && (word.len() < 2 || word.chars().any(char::is_lowercase))
    });
    typed
        && first.marks.is(Marks::FAMILY_FIRST)
        && (1..=3).contains(&rest.len())
        && rest
            .iter()
            .all(|&word| is_plain(text, word) && (2..=7).contains(&text.word(word).len()))
        && !name.contains(',')
}

/// Returns whether a word is of letters, and neither of organizations nor of the language.
fn is_plain(text: &Text, word: Word) -> bool {
    let spelled = text.word(word);
    spelled.chars().all(char::is_alphabetic)
        && !word.marks.is(Marks::BODY)
        && (word.marks.is(Marks::GIVEN.or(Marks::FAMILY)) || !WORD_LISTS.class(spelled, stem(spelled)).is(ORDINARY))
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
                && !ROW_WORDS.body_ends.iter().any(|end| spelled.ends_with(end))
                && !WORD_LISTS.class(spelled, stem(spelled)).is(ORDINARY)
    };
    if !kept.iter().all(is_name) {
        return false;
    }
    // A possessive makes an organization of a name: "Martha's".
    let first = kept[0];
    // "AIDA Data Hub" has an acronym.
    let given = first.marks.is(Marks::GIVEN) && !text.begins_shouted();
    let begins = given || initial(first) && kept.get(1).is_some_and(|word| word.marks.is(Marks::GIVEN));
    // "Sister Song" and "Brother Sun" are none.
    let sibling = matches!(text.word(words[0]), "sister" | "brother");
    let titled = words[0].marks.is(Marks::HONORIFIC) && (kept.len() == 2 || kept.len() == 1 && !sibling);
    // "Jess C."
    let full = kept.len() == 2 || kept.len() >= 2 && !kept.last().is_some_and(|&word| initial(word));
    let initials = kept.iter().take_while(|&&word| initial(word)).count();
    // "L.A. Forward", "D.C. Jobs".
    let code: String = kept[..initials].iter().map(|&word| text.word(word)).collect();
    let of_place =
        ROW_WORDS.state_codes.contains(&code) && !kept.last().is_some_and(|word| word.marks.is(Marks::FAMILY));
    let by_initials = !of_place
        && (1..=2).contains(&initials)
        && kept.len() == initials + 1
        && !text.folded().starts_with("u s ")
        && (text.is_initialed() || kept.last().is_some_and(|word| word.marks.is(Marks::FAMILY)));
    // "UC Davis", "U.S. Navy".
    let acronym = text.begins_shouted() || text.folded().starts_with("u s ");
    let family = !acronym
        && kept.last().is_some_and(|word| {
            // "Thuy Linh Vo".
            word.marks.is(Marks::FAMILY) || word.marks.is(Marks::FAMILY_FIRST) && text.marks.is(Marks::GIVEN)
        })
        && (2..=3).contains(&kept.len())
        && !initial(first);
    !strict || (begins && (full || kept.len() == 1)) || titled || by_initials || family
}

/// Words that are no part of a person's name.
const ORDINARY: Class = Class::KNOWN
    .or(Class::REAL)
    .or(Class::PEOPLE)
    .or(Class::MERE)
    .or(Class::OWN);
