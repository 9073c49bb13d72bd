//! Rows that are lines of a sheet or of a message: totals, footers, headers, headings,
//! greetings, and whom to ask.
//!
//! In: a row. Out: what is asked about it. Guaranteed: a row of which all words could be
//! an organization's name is asked about only for the whole of it. Absent: remarks in a
//! name that is one.

use super::nobody;
use super::odd;
use super::row::Row;
use super::text::Text;
use super::words::{Marks, ROW_WORDS, WholeRow};
use crate::model::held::{HeldReason, Hold};
use crate::model::signatory::{Column, Kind};
use crate::resolve::normalize::Name;
use crate::resolve::words::Class;

/// Returns what is asked about a row that is a line of a sheet or of a message.
pub(super) fn line(row: &Row<'_>) -> Option<Hold> {
    let reason = whole(row)
        .or_else(|| total(row.text))
        .or_else(|| address(row))
        .or_else(|| footer(row))
        .or_else(|| message(row))
        .or_else(|| heading(row))
        .or_else(|| loose(row))
        .or_else(|| odd::odd(row))
        .or_else(|| nobody::nobody(row))?;
    Some(Hold::new(reason))
}

/// Returns whether a row below the header repeats it: its name is a header, and so is
/// another cell.
pub(super) fn repeats_header(row: &Row<'_>) -> bool {
    if ROW_WORDS.whole(row.text.folded()) != Some(WholeRow::Header) {
        return false;
    }
    let cells = row.record.cells.iter();
    let printed = cells.filter(|(column, _)| *column != Column::Notes);
    printed
        .into_iter()
        .any(|(_, cell)| ROW_WORDS.other_headers.contains(&*super::fold::fold(cell)))
}

fn whole(row: &Row<'_>) -> Option<HeldReason> {
    Some(match ROW_WORDS.whole(row.text.folded())? {
        WholeRow::Header => HeldReason::HeaderAgain,
        // Of a person, `check` tells: some are called so.
        WholeRow::Joke if row.record.kind == Kind::Individual => return None,
        WholeRow::Nobody | WholeRow::Joke if nobody::has_own_domain(row) => return None,
        WholeRow::Nobody | WholeRow::Joke => HeldReason::NoName,
        WholeRow::Place if only_place(row) => HeldReason::SectionHeading,
        WholeRow::Place => HeldReason::NoName,
        WholeRow::Footer if row.is_bare() => HeldReason::Total,
        WholeRow::Heading | WholeRow::State if only_place(row) => HeldReason::SectionHeading,
        // "Ohio" of ohio.example is one.
        WholeRow::State if nobody::has_own_domain(row) => return None,
        WholeRow::State => HeldReason::NoName,
        WholeRow::Greeting | WholeRow::Ending if row.is_bare() => HeldReason::Greeting,
        WholeRow::Footer | WholeRow::Heading | WholeRow::Greeting | WholeRow::Ending | WholeRow::Eponym => return None,
    })
}

/// Returns whether nobody stands behind a row: it has no contact, and no date.
fn only_place(row: &Row<'_>) -> bool {
    let place = [Column::City, Column::State, Column::Country, Column::Section];
    let mut cells = row.record.cells.iter();
    cells.all(|(column, cell)| place.contains(column) || !cell.chars().any(char::is_alphabetic))
}

/// "TOTAL", "Grand total: 102", "Count: 1", "12 rows".
fn total(text: &Text) -> Option<HeldReason> {
    const PARTS: Marks = Marks::TOTAL.or(Marks::COUNTED).or(Marks::BESIDE).or(Marks::NUMBER);
    let is_total = text.marks.is(Marks::TOTAL);
    let counts = text.marks.is(Marks::COUNTED) && text.marks.is(Marks::NUMBER);
    ((is_total || counts) && text.all(PARTS)).then_some(HeldReason::Total)
}

/// "Updated 3/1/2026", "Note: ...", "3/1/2026", "----".
fn footer(row: &Row<'_>) -> Option<HeldReason> {
    let text = row.text;
    let &first = text.words().first()?;
    if text.all(Marks::NUMBER) {
        return Some(HeldReason::NoName);
    }
    let small = |after: &str| after.starts_with(|c: char| c.is_lowercase() || matches!(c, '-' | '–' | '—' | ':' | '('));
    let rest = row.name().split_once(' ').map(|(_, rest)| rest);
    if row.is_bare() && ROW_WORDS.part_totals.contains(text.word(first)) && rest.is_some_and(small) {
        return Some(HeldReason::Total);
    }
    // "N = 3".
    let equals = text.has_sign(b"=").then(|| row.name().split_once('=')).flatten();
    let equals = equals.filter(|(before, _)| before.trim().len() <= 5);
    if equals.is_some_and(|(_, after)| after.trim_start().starts_with(|c: char| c.is_ascii_digit())) {
        return Some(HeldReason::Total);
    }
    let dated =
        || text.marks.is(Marks::FOOTER) || text.folded().starts_with("as of ") || text.folded().contains(" as of ");
    if text.marks.is(Marks::NUMBER) && row.is_bare() && dated() {
        return Some(HeldReason::Total);
    }
    // "© 2026 Coalition for Warm Homes".
    if row.is_bare() && row.name().starts_with('©') {
        return Some(HeldReason::Total);
    }
    let (before, _) = text.has_sign(b":").then(|| row.name().split_once(':')).flatten()?;
    let labelled = ROW_WORDS.labels.contains(text.word(first)) && before.trim().split(' ').count() == 1;
    (labelled && row.is_bare()).then_some(HeldReason::Total)
}

/// A cell that holds how somebody is reached: an address of email, a telephone number.
fn address(row: &Row<'_>) -> Option<HeldReason> {
    let name = row.name();
    let at = row.text.has_sign(b"@").then(|| name.find('@')).flatten();
    if at == Some(0) && !name.contains(' ') {
        return Some(HeldReason::Contact);
    }
    if let Some(at) = at {
        let before = name[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let domain: &str = name[at + 1..]
            .split([' ', ',', ')', '>', '|', ';'])
            .next()
            .unwrap_or_default();
        if before && domain.contains('.') {
            return Some(HeldReason::Contact);
        }
    }
    if is_telephone(name) {
        return Some(HeldReason::Contact);
    }
    let begins = |start: &str| {
        name.get(..start.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let is_link = ["http://", "https:/", "www."].into_iter().any(begins);
    is_link.then_some(HeldReason::NoName)
}

/// Returns whether a name has a telephone number: ten to thirteen digits, in groups.
fn is_telephone(name: &str) -> bool {
    // Nearly all names have fewer digits, wherever they stand.
    if name.bytes().filter(u8::is_ascii_digit).count() < 10 {
        return false;
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '+' | '-' | '.' | '–');
    name.split(|c| !is_part(c)).any(|part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        let groups = part
            .split(|c: char| !c.is_ascii_digit())
            .filter(|group| !group.is_empty());
        (10..=13).contains(&digits) && groups.count() > 1
    })
}

/// Words of a row from which on it is a sentence, if it has [`VERBS`] of them; by eye: the
/// names of the lists of bench/ have at most two.
const SENTENCE: usize = 7;
const VERBS: usize = 3;

fn message(row: &Row<'_>) -> Option<HeldReason> {
    let text = row.text;
    if !row.is_bare() {
        return None;
    }
    let count = text.words().len();
    // "From: Rosa", "On Monday, Rosa wrote:".
    let header = || {
        let label = text.has_sign(b":").then(|| row.name().split_once(':')).flatten();
        // "Re:Power" is a name.
        let label = label.filter(|(_, after)| after.is_empty() || after.starts_with(' '));
        label
            .map(|(before, _)| before.trim())
            .is_some_and(|label| ROW_WORDS.message_headers.contains(&*label.to_lowercase()))
    };
    let sentence = || {
        let verbs = text.words().iter().filter(|word| word.marks.is(Marks::VERB));
        let mut verbs: Vec<&str> = verbs.map(|&word| text.word(word)).collect();
        verbs.sort_unstable();
        verbs.dedup();
        count >= SENTENCE && verbs.len() >= VERBS
    };
    // "[9:03 AM] Ana: we are in!"
    let chat = || {
        let inner = row.name().strip_prefix('[').and_then(|name| name.split_once(']'));
        inner.is_some_and(|(time, _)| time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit()))
    };
    let phrase = || count >= 2 && text.phrase(&ROW_WORDS.sentences, Marks::SENTENCE_PHRASE).is_some();
    let found = is_greeting(row) || ends_message(row) || header() || chat() || phrase() || sentence();
    found.then_some(HeldReason::Greeting)
}

/// "Hi Jess,", "Dear friends:", "Hello all".
fn is_greeting(row: &Row<'_>) -> bool {
    let words = row.text.words();
    let greeted = |marks: Marks| marks.is(Marks::GIVEN.or(Marks::GREETED).or(Marks::HONORIFIC));
    let ends = row.name().ends_with([',', ':', '!', '—', '–']);
    match words {
        // "HI" is a hostel's.
        [first, rest @ ..]
            if first.marks.is(Marks::GREETING) && row.name().chars().nth(1).is_some_and(char::is_lowercase) =>
        {
            rest.is_empty()
                || rest.len() <= 5 && (ends || rest.len() <= 3 && rest.iter().any(|word| greeted(word.marks)))
                // "Hey team -- a few more for the letter!"
                || greeted(rest[0].marks) && is_parted(row.name(), 2)
        }
        _ => is_time_of_day(row),
    }
}

/// "Good morning, all", but not "Good Morning Bakery Workers".
fn is_time_of_day(row: &Row<'_>) -> bool {
    let Some(rest) = row.text.after(&ROW_WORDS.greeting_rows) else {
        return false;
    };
    let next = row.text.words().len() - rest.len();
    rest.first()
        .is_none_or(|word| word.marks.is(Marks::GIVEN.or(Marks::GREETED).or(Marks::HONORIFIC)))
        || is_parted(row.name(), next)
}

/// Returns whether a sign follows the first so many words: "Hi all - ...".
fn is_parted(name: &str, words: usize) -> bool {
    let mut typed = name.split_whitespace().skip(words - 1);
    let last = typed.next().unwrap_or_default();
    let next = typed.next().unwrap_or_default();
    last.ends_with([',', ':', ';', '!', '.', '—', '–', '-']) || next.starts_with(['-', '–', '—'])
}

/// Returns whether a row ends a message: "Thanks so much!", "Best, Priya".
pub(super) fn ends_message(row: &Row<'_>) -> bool {
    let text = row.text;
    if ROW_WORDS.whole(text.folded()) == Some(WholeRow::Ending) {
        return row.is_bare();
    }
    let Some(phrase) = text.begins(&ROW_WORDS.endings) else {
        return false;
    };
    let rest = text.words().len() - phrase.split(' ').count();
    let after = text.words().get(text.words().len() - rest);
    let named = after.is_some_and(|word| word.marks.is(Marks::GIVEN.or(Marks::GREETED)));
    let thanks = ["thank you", "thanks", "gracias", "merci", "muchas gracias"].contains(&phrase);
    let ends = row.name().ends_with([',', '!', '.']);
    row.is_bare() && (named && rest <= 2 || thanks && ends && rest <= 6)
}

/// "ALABAMA", "State and local:", "National Organizations", "INDIVIDUALS (affiliation ...)".
fn heading(row: &Row<'_>) -> Option<HeldReason> {
    let text = row.text;
    if !row.is_bare() {
        return None;
    }
    let name = row.name().trim();
    let ends = name.ends_with(':');
    let without = name.split(['(', '[']).next().unwrap_or_default();
    let without = without.trim_end_matches(':');
    let kept = if without.len() == name.len() {
        None
    } else {
        Some(Text::new(without))
    };
    let text = kept.as_ref().unwrap_or(text);
    let last = text.words().last().is_some_and(|last| last.marks.is(Marks::HEADING));
    let first = text
        .words()
        .first()
        .is_some_and(|first| first.marks.is(Marks::HEADING_FIRST));
    let found = ends && !text.words().is_empty()
        || (first || last) && text.all(Marks::HEADING.or(Marks::HEADING_WORD))
        || last && names_state(text)
        || is_small_heading(without, text)
        || row.is_among_full_rows() && is_numbered(text)
        || (row.text.has_sign(b":-(") || !name.is_ascii()) && is_numbered_with_title(name)
        || kept.is_some()
            && matches!(
                ROW_WORDS.whole(text.folded()),
                Some(WholeRow::Heading | WholeRow::State)
            )
        || row.is_among_some_full_rows() && tells_status(text)
        || kept.is_some() && row.is_among_some_full_rows() && ROW_WORDS.lights.contains(text.folded())
        || row.is_among_some_full_rows() && is_capitals(without) && says_open(text)
        || row.is_among_full_rows() && (is_shouted(without) && !row.is_among_shouted() || is_place(without));
    found.then_some(HeldReason::SectionHeading)
}

/// "ana 9:14", ":thumbsup: 3".
fn is_of_chat(name: &str) -> bool {
    let reacts = name.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    if reacts.is_some_and(|(sign, _)| !sign.is_empty() && !sign.contains(' ')) {
        return true;
    }
    let without = name.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
    let half = name[without.len()..].trim();
    let timed = half.is_empty() || half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm");
    let time = without.rsplit(' ').next().and_then(|time| time.split_once(':'));
    timed
        && name.split(' ').count() <= 5
        && time.is_some_and(|(hours, minutes)| {
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            digits(hours) && digits(minutes) && minutes.len() == 2
        })
}

/// Words of a text around names: "plus whoever Dana got", "The 4 Dayton churches", "> who else?",
/// "Home | About | Donate".
fn loose(row: &Row<'_>) -> Option<HeldReason> {
    let name = row.name();
    if name.starts_with('>') && row.is_bare() {
        return Some(HeldReason::Greeting);
    }
    if row.text.has_sign(b"|")
        && name
            .split('|')
            .any(|part| ROW_WORDS.menu.contains(&*super::fold::fold(part)))
    {
        return Some(HeldReason::Total);
    }
    if row.text.has_sign(b":") && is_of_chat(name) {
        return Some(HeldReason::Greeting);
    }
    let text = row.text;
    let [first, .., last] = text.words() else { return None };
    let small = |word: &str| word.trim_start_matches(['.', '…']).starts_with(char::is_lowercase);
    let mut typed = name.split_whitespace();
    let (first_typed, second_typed) = (typed.next()?, typed.next()?);
    if small(first_typed) && ROW_WORDS.connectors.contains(text.word(*first)) {
        return Some(HeldReason::Total);
    }
    // "ask Jo about Elder Flower".
    let is_told = small(first_typed) && name.contains(char::is_uppercase);
    if is_told && ROW_WORDS.sentence_starts.contains(text.word(*first)) {
        return Some(HeldReason::NoName);
    }
    const SPOKEN: Marks = Marks::SPEECH.or(Marks::TELLS).or(Marks::VERB);
    let speaks = |typed: &str| small(typed) && ROW_WORDS.marks(&super::fold::fold(typed)).is(SPOKEN);
    // "IT-Universitetet i København" begins with another word.
    if small(second_typed)
        && text.marks.is(SPOKEN)
        && ROW_WORDS.sentence_starts.contains(text.word(*first))
        && super::fold::folds_to(first_typed, text.word(*first))
        && name.split_whitespace().skip(1).any(speaks)
    {
        return Some(HeldReason::NoName);
    }
    // "Sierra Club member", but no name that is in small letters.
    if last.marks.is(Marks::ROLE) && small(name.rsplit(' ').next()?) && name.contains(char::is_uppercase) {
        return Some(HeldReason::NoName);
    }
    // "Members of the steering committee".
    let some_of = second_typed == "of" && ROW_WORDS.small_headings.contains(text.word(*first));
    if !(some_of || ROW_WORDS.determiners.contains(text.word(*first))) || !small(name.rsplit(' ').next()?) {
        return None;
    }
    let of_many = last.marks.is(Marks::HEADING.or(Marks::COUNTED).or(Marks::OWNED))
        || ROW_WORDS.small_headings.contains(text.word(*last));
    // "Our Lady of Guadalupe parish".
    let owned = first.marks.is(Marks::OWNER) && second_typed.starts_with(char::is_uppercase);
    (of_many && !owned).then_some(HeldReason::NoName)
}

/// Returns whether a heading says that the rows below it have not signed: "WAITING TO HEAR", "Not
/// signing:".
pub(super) fn says_open(text: &Text) -> bool {
    // "Not-for-profits" have signed, and "Rescue Company No 4" is one.
    let numbered = text
        .words()
        .windows(2)
        .any(|pair| text.word(pair[0]) == "no" && pair[1].marks.is(Marks::NUMBER));
    let mut words = text.words().iter();
    let is_short = (1..=6).contains(&words.len());
    is_short
        && !numbered
        && !text.folded().contains("not for profit")
        && words.any(|&word| ROW_WORDS.open_headings.contains(text.word(word)))
}

/// Returns whether a heading says that the rows below it have signed: "SIGNED", "GREEN (in)".
pub(super) fn says_signed(text: &Text) -> bool {
    let mut words = text.words().iter();
    !says_open(text) && words.any(|&word| ROW_WORDS.signed_headings.contains(text.word(word)))
}

/// Returns whether a heading is one word of a status: "IN", "WAITING".
fn tells_status(text: &Text) -> bool {
    let [word] = text.words() else { return false };
    let word = text.word(*word);
    ROW_WORDS.signed_headings.contains(word) || ROW_WORDS.open_headings.contains(word)
}

/// Returns whether a heading that ends in a colon tells of what those below it said: "Two asked me
/// to come back in October:".
pub(super) fn tells_of_open(name: &str, text: &Text) -> bool {
    let is_open = |word: &str| word.starts_with(char::is_lowercase) && ROW_WORDS.open_headings.contains(word);
    name.trim_end().ends_with(':') && text.words().len() <= 12 && name.split([' ', ':']).any(is_open)
}

/// Returns whether a heading is of a place, of a sort of signatories, or numbered, and of no
/// status.
pub(super) fn says_neutral(text: &Text) -> bool {
    let whole = ROW_WORDS.whole(text.folded());
    text.all(Marks::HEADING.or(Marks::HEADING_WORD))
        || matches!(whole, Some(WholeRow::State | WholeRow::Place))
        || is_numbered(text)
        || names_state(text)
        || is_place(text.folded())
}

/// Returns whether a heading is in small letters, as no name is: "Faith-based partners".
fn is_small_heading(name: &str, text: &Text) -> bool {
    let Some((last, before)) = text.words().split_last().filter(|(_, before)| !before.is_empty()) else {
        return false;
    };
    let mut words = name.split_whitespace();
    let capital = words.next().is_some_and(|first| first.starts_with(char::is_uppercase));
    ROW_WORDS.small_headings.contains(text.word(*last))
        && before.iter().all(|word| word.marks.is(Marks::HEADING_WORD))
        && capital
        && !words.any(|word| word.contains(char::is_uppercase))
}

/// Returns whether a heading is a word and its number or letter: "Tier 1", "Group A".
fn is_numbered(text: &Text) -> bool {
    matches!(text.words(), [word, number] if ROW_WORDS.numbered.contains(text.word(*word))
        && (number.marks.is(Marks::NUMBER) || text.word(*number).len() == 1))
}

/// Returns whether a heading begins with a word and its number, and a sign parts these from the
/// rest: "REGION 1: NORTHEAST".
fn is_numbered_with_title(name: &str) -> bool {
    let end = |c: char| matches!(c, ':' | '–' | '—' | '-' | '(');
    let Some(at) = name.find(end).filter(|at| *at > 0) else {
        return false;
    };
    // "Group A-Z" is one word.
    let parted = name[at..].starts_with(':') || name[..at].ends_with(' ');
    parted && is_numbered(&Text::new(&name[..at]))
}

/// Returns whether what stands before the noun of a heading is a state: "Ohio Organizations",
/// "Texas-based groups".
fn names_state(text: &Text) -> bool {
    let Some((before, _)) = text.folded().rsplit_once(' ') else {
        return false;
    };
    let before = before.strip_suffix(" based").unwrap_or(before);
    ROW_WORDS.whole(before) == Some(WholeRow::State)
}

/// Returns whether a row is two words or three in capitals: "SAID NO".
fn is_capitals(name: &str) -> bool {
    matches!(name.split_whitespace().count(), 2 | 3) && !name.chars().any(char::is_lowercase)
}

/// Returns whether a row is in capitals, and more than an acronym: two words, or one of
/// the language.
fn is_shouted(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 4 || name.chars().any(char::is_lowercase) {
        return false;
    }
    let name = Name::new(name);
    let known = name
        .words()
        .iter()
        .filter(|word| word.class.is(Class::KNOWN.or(Class::REAL).or(Class::PEOPLE)));
    known.count() == name.words().len()
}

/// Returns whether a row is nothing but a place: "Kenya", "New York City".
fn is_place(name: &str) -> bool {
    let name = Name::new(name);
    !name.words().is_empty() && name.words().iter().all(|word| word.class.is(Class::REGION))
}
