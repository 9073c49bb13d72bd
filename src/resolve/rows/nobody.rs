//! Rows that name nobody: what is typed where something must be, places, addresses, what
//! people are.
//!
//! In: a row. Out: why it is asked about. Guaranteed: a name with a word that says what sort
//! of body it is, is asked about only for a phrase that no name has. Absent: whole rows of
//! data/rows.toml (those are `lines`'), and names of people.

use super::row::Row;
use super::text::{Text, Word};
use super::words::{Marks, ROW_WORDS, WholeRow};
use crate::model::held::HeldReason;
use crate::model::signatory::{Column, Kind};
use crate::resolve::words::{Class, WORD_LISTS, stem};

/// Returns why a row that may name nobody is asked about.
pub(super) fn nobody(row: &Row<'_>) -> Option<HeldReason> {
    let found = is_filler(row)
        || is_withheld(row)
        || is_own_place(row)
        || row.text.has_sign(b".") && is_bare_domain(row.name())
        || row.text.has_sign(b"/=<[{%#") && is_placeholder(row.name())
        || row.text.phrase(&ROW_WORDS.nobody, Marks::NOBODY_PHRASE).is_some()
        || is_nobody_in_parts(row.name())
        || is_address(row)
        || is_place(row)
        || is_role(row)
        || is_owned(row.text);
    if found {
        return Some(HeldReason::NoName);
    }
    const HEADER: Marks = Marks::HEADER_WORD;
    let is_header = row.text.marks.is(Marks::HEADER_NOUN) && row.text.all(HEADER.or(Marks::HEADER_NOUN));
    if is_header {
        return Some(HeldReason::HeaderAgain);
    }
    // "Via Christi Health" is none.
    let via = matches!(row.text.words(), [first, given, last] if row.text.word(*first) == "via"
        && given.marks.is(Marks::GIVEN) && !class(row.text, *last).is(ORDINARY));
    let contact = via || row.text.begins(&ROW_WORDS.contacts).is_some();
    let mut words = row.text.words().iter();
    let behalf = words.any(|&word| row.text.word(word) == "behalf") && row.name().contains(" on behalf of ");
    (contact || behalf).then_some(HeldReason::Contact)
}

/// Returns whether the web page or the mail of a row has its name for an address: "Red" of
/// red.example.
pub(super) fn has_own_domain(row: &Row<'_>) -> bool {
    let name = row.text.folded().replace(' ', "");
    let is_own = |cell: &str| {
        let host = cell.rsplit_once('@').map_or(cell, |(_, host)| host);
        let host = host.split("://").last().unwrap_or_default();
        let host = host.split(['/', '?']).next().unwrap_or_default().to_lowercase();
        let labels: Vec<&str> = host.split('.').filter(|label| *label != "www").collect();
        labels.len() > 1 && labels[0] == name
    };
    [Column::Url, Column::Email]
        .into_iter()
        .any(|column| row.record.get(column).is_some_and(is_own))
}

/// "Dayton" of somebody in Dayton.
fn is_own_place(row: &Row<'_>) -> bool {
    let place = |column| {
        row.record
            .get(column)
            .is_some_and(|cell| super::fold::folds_to(cell, row.text.folded()))
    };
    place(Column::City) || place(Column::State)
}

/// "J.", and "Anonymous Nurse" of a person.
fn is_withheld(row: &Row<'_>) -> bool {
    let folded = row.text.folded();
    let first = folded.split(' ').next().unwrap_or_default();
    let anonymous = row.record.kind == Kind::Individual
        && matches!(first, "anonymous" | "anon" | "anonimo" | "anonima" | "anonyme");
    anonymous || folded.len() == 1 && folded.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// "xxx", "lkjlkj", a filler twice, "Anonymous (2)", "Row 12", "Organization 3".
fn is_filler(row: &Row<'_>) -> bool {
    let folded = row.text.folded();
    let counted = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if counted.len() < folded.len() && matches!(ROW_WORDS.whole(counted), Some(WholeRow::Nobody | WholeRow::Header)) {
        return true;
    }
    // Small letters without a vowel are no word, and no acronym.
    let is_word = folded.bytes().all(|byte| byte.is_ascii_lowercase());
    if (4..=12).contains(&folded.len())
        && row.name() == folded
        && is_word
        && !folded.contains(['a', 'e', 'i', 'o', 'u', 'y'])
    {
        return true;
    }
    // "asdf qwer", of two fields: none is a word.
    let is_typed = |word: &str| {
        ROW_WORDS.whole(word) == Some(WholeRow::Nobody) && !WORD_LISTS.class(word, stem(word)).is(ORDINARY)
    };
    if folded.contains(' ') && folded.split(' ').all(is_typed) {
        return true;
    }
    // "N/A N/A", of two fields for one name.
    if let Some((first, second)) = row.name().split_once(' ')
        && first == second
        && ROW_WORDS.whole(&super::fold::fold(first)) == Some(WholeRow::Nobody)
    {
        return true;
    }
    let mut words = folded.split(' ');
    if let Some(first) = words.next()
        && words.clone().next().is_some()
        && words.all(|word| word == first)
        && (first == "test" || ROW_WORDS.whole(first) == Some(WholeRow::Nobody))
    {
        return true;
    }
    // "aaa bbb".
    let same = |word: &str| word.len() >= 2 && word.bytes().all(|byte| byte == word.as_bytes()[0]);
    if row.name() == folded && folded.contains(' ') && folded.is_ascii() && folded.split(' ').all(same) {
        return true;
    }
    let mut letters = folded.bytes().filter(|byte| *byte != b' ');
    let Some(first) = letters.next() else { return false };
    letters.clone().all(|byte| byte == first) && letters.count() >= 2 && folded.is_ascii()
}

/// "oakunion.org", "harborreaders.co.uk": an address, where a name has capitals ("MoveOn.org"),
/// spaces, or figures ("350.org").
fn is_bare_domain(name: &str) -> bool {
    let Some((host, ending)) = name.rsplit_once('.') else {
        return false;
    };
    let small = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (2..=6).contains(&ending.len()) && small(ending) && host.len() >= 2 && host.split('.').all(small)
}

/// What a template left in angle brackets or braces, and what a sheet shows for an error.
fn is_placeholder(name: &str) -> bool {
    let wrapped = [('<', '>'), ('[', ']'), ('{', '}'), ('%', '%')];
    let is_wrapped = |(open, close): &(char, char)| {
        let inner = name.strip_prefix(*open).and_then(|name| name.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.trim_matches(['{', '}']).contains([*open, *close]))
    };
    // "=A2" was a formula, "facebook.com/elm" is a link.
    let formula = name.starts_with('=') && (name.contains('(') || !name.contains(' '));
    let link = name.split_once('/').is_some_and(|(host, _)| {
        let ending = host.rsplit('.').next().unwrap_or_default();
        !name.contains(' ')
            && host.contains('.')
            && ending.len() >= 2
            && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    formula
        || link
        || wrapped.iter().any(is_wrapped)
        || name.starts_with('#') && name.ends_with(['!', '?']) && !name.contains(' ')
}

/// "N/A (individual)", "none/self", "Test Organization - please ignore".
fn is_nobody_in_parts(name: &str) -> bool {
    // Most names have no sign, and no first byte of "–".
    if !name
        .bytes()
        .any(|byte| matches!(byte, b'/' | b'(' | b',' | b';' | b':' | b'-' | 0xe2))
    {
        return false;
    }
    if !name.contains(['/', '(', ',', ';', ':']) && !name.contains(" - ") && !name.contains(" – ") {
        return false;
    }
    let name = name.replace("N/A", "na").replace("n/a", "na");
    let parts = name.split(['/', '(', ')', ',', ';', ':', '–']);
    let parts = parts.flat_map(|part| part.split(" - "));
    let mut parts = parts.map(super::fold::fold).filter(|part| !part.is_empty());
    let is_nobody = |part: String| {
        ROW_WORDS.whole(&part) == Some(WholeRow::Nobody)
            || part.starts_with("test ")
            || part == "test"
            || part == "yes"
            || part == "please"
    };
    parts.next().is_some_and(is_nobody) && parts.all(is_nobody)
}

/// "123 Main St, Austin, TX 78701", "P.O. Box 45", "Suite 300".
fn is_address(row: &Row<'_>) -> bool {
    let text = row.text;
    let folded = text.folded();
    if !text.marks.is(Marks::NUMBER) && !folded.ends_with("box") {
        return false;
    }
    let before = row.name().split_once(',').map(|(before, _)| Text::new(before));
    let first = before.as_ref().unwrap_or(text);
    let words = first.words();
    let marks = |at: usize| words.get(at).map_or(Marks::default(), |word| word.marks);
    let numbered = words.len() >= 3 && marks(0).is(Marks::NUMBER) && marks(words.len() - 1).is(Marks::STREET);
    let boxed = ["po box ", "p o box ", "apartado postal "]
        .iter()
        .any(|start| folded.starts_with(start));
    let room = words.len() == 2 && marks(0).is(Marks::ROOM) && marks(1).is(Marks::NUMBER);
    numbered || boxed || room
}

/// "Austin, Texas", "Albuquerque NM", "Cook County, IL", "Washington, DC 20528", "Northern
/// California".
fn is_place(row: &Row<'_>) -> bool {
    let name = row
        .name()
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    if let Some((town, state)) = name.rsplit_once(',') {
        // "Ines Calloway, MD" is a doctor.
        let person = matches!(row.text.words(), [first, _, _, ..] if first.marks.is(Marks::GIVEN));
        return !person && is_state(state) && is_town(town);
    }
    let (text, words) = (row.text, row.text.words());
    let [first, .., last] = words else { return false };
    let beside = Class::REGION.or(Class::DIRECTION);
    let first_class = class(text, *first);
    if !first_class.is(beside.or(Class::PLACE).or(Class::PLACE_PREFIX)) {
        return false;
    }
    if let Some((_, code)) = name.rsplit_once(' ')
        && code.len() == 2
        && is_state_code(code)
        && words[..words.len() - 1]
            .iter()
            .all(|word| class(text, *word).is(Class::PLACE.or(Class::PLACE_PREFIX)))
    {
        return true;
    }
    // "United Japan" and "Iowa State" are none.
    let begins = first_class.is(beside) || text.word(*first) == "new";
    let rest = words[1..].iter().all(|word| class(text, *word).is(beside));
    begins && rest && class(text, *last).is(Class::REGION)
}

/// "My nonprofit", "our organization": nobody's name. "Our Company Theater" is one.
fn is_owned(text: &Text) -> bool {
    let [owner, rest @ ..] = text.words() else { return false };
    owner.marks.is(Marks::OWNER) && matches!(rest.len(), 1 | 2) && rest.iter().all(|word| word.marks.is(Marks::OWNED))
}

/// Returns whether a text is the code of a state, in capitals.
fn is_state_code(text: &str) -> bool {
    let code = super::fold::fold(text).replace(' ', "");
    ROW_WORDS.state_codes.contains(&code) && !text.contains(char::is_lowercase)
}

fn is_state(state: &str) -> bool {
    let text = Text::new(state);
    let region = || !text.words().is_empty() && text.words().iter().all(|word| class(&text, *word).is(Class::REGION));
    let whole = ROW_WORDS.whole(text.folded());
    is_state_code(state) || matches!(whole, Some(WholeRow::State | WholeRow::Place)) || region()
}

fn is_town(town: &str) -> bool {
    let text = Text::new(town);
    let is_part = |word: &Word| {
        let class = class(&text, *word);
        class.is(Class::PLACE.or(Class::PLACE_PREFIX).or(Class::DIRECTION))
            || !class.is(ORDINARY) && !word.marks.is(Marks::BODY.or(Marks::NUMBER))
    };
    // "NAACP, OH" is an acronym.
    let shouted = town.trim().len() <= 6 && !town.contains(char::is_lowercase);
    !shouted && (1..=3).contains(&text.words().len()) && text.words().iter().all(is_part)
}

fn class(text: &Text, word: Word) -> Class {
    let spelled = text.word(word);
    WORD_LISTS.class(spelled, stem(spelled))
}

/// Words that say what sort of body a name is, or that a language has.
const ORDINARY: Class = Class::KNOWN
    .or(Class::REAL)
    .or(Class::PEOPLE)
    .or(Class::MERE)
    .or(Class::OWN);

/// "Executive Director", "Retired teacher", "Student at UCLA".
fn is_role(row: &Row<'_>) -> bool {
    let text = row.text;
    if !text.marks.is(Marks::ROLE) {
        return false;
    }
    const WORDS: Marks = Marks::ROLE.or(Marks::ROLE_WORD);
    if text.all(WORDS) {
        return true;
    }
    let words = text.words();
    let at = words
        .iter()
        .position(|word| !word.marks.is(WORDS) || is_link(text, *word));
    let Some(at) = at.filter(|at| *at > 0) else {
        return false;
    };
    // "Student at UCLA", "Mom of 3"; "Mother of Mercy" is a dedication.
    let last = row.name().rsplit(' ').next().unwrap_or_default();
    let of_some = last.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    is_link(text, words[at]) && words[at - 1].marks.is(Marks::ROLE) && (text.word(words[at]) != "of" || of_some)
}

fn is_link(text: &Text, word: Word) -> bool {
    matches!(text.word(word), "at" | "from" | "of" | "en")
}
