//! Finds claims of how many signed in a text.
//!
//! In: a passage, cut into words. Out: [`Claim`]s: what is counted, how the number binds,
//! and where it stands. Guaranteed: a number is taken for a claim only where its words tie
//! it to those who sign. Absent: the roll, and what a claim is worth (that is `counts`').

use super::vocabulary::{APPEALS, HISTORY, INDIVIDUALS, LEADING, ORGANIZATIONS, OTHERS, SIGNATORIES, SIGNING};
use crate::check::numbers::{self, Exactness, Number, Word};
use crate::check::prose::{FIELD, Passage, PassageRole};
use crate::check::words::WordList;
use crate::model::letter::DocumentKind;
use crate::model::number_words::{NumberWords, number_words};
use crate::model::signatory::Level;
use jiff::civil::Date;
use std::ops::Range;

/// What a claim counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Organizations,
    Individuals,
    Signatories,
}

/// How a claim binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Exactly(u64),
    MoreThan(u64),
    AtLeast(u64),
    Under(u64),
    AtMost(u64),
    Nearly(u64),
    About(u64),
    Between(u64, u64),
}

impl Bound {
    pub(super) fn holds(self, count: u64) -> bool {
        match self {
            Self::Exactly(n) => count == n,
            Self::MoreThan(n) => count > n,
            Self::AtLeast(n) => count >= n,
            Self::Under(n) => count < n,
            Self::AtMost(n) => count <= n,
            // A tenth is as far as "nearly" and "about" stretch; a guess.
            Self::Nearly(n) => count < n && count * 10 >= n * 9,
            Self::About(n) => count * 10 >= n * 9 && count * 10 <= n * 11,
            Self::Between(a, b) => (a..=b).contains(&count),
        }
    }

    /// Whether it is a claim that the count is no less than something.
    pub(super) fn is_floor(self) -> bool {
        matches!(self, Self::MoreThan(_) | Self::AtLeast(_) | Self::Between(..))
    }
}

pub(super) struct Claim {
    pub(super) bound: Bound,
    pub(super) counted: Counted,
    /// Its place in the passage.
    pub(super) range: Range<usize>,
    /// Whether signatories are named before the number: "A, B and the 85 undersigned".
    pub(super) after_names: bool,
    /// What else the words before the noun say.
    pub(super) narrowed: Narrowed,
}

/// To what part of those who sign a claim is narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrowed {
    /// Not at all: "102 undersigned organizations".
    No,
    /// To a level: "40 local organizations".
    Level(Level),
    /// By a word that may describe all or some: "20 faith groups".
    Perhaps,
}

/// What the words between a number and its noun narrow.
fn narrowed(between: &[Word<'_>], noun: &str) -> Narrowed {
    static PLAIN: WordList = WordList::new("plain");
    static PARTIAL: WordList = WordList::new("partial_organizations");
    if PARTIAL.contains(noun) {
        return Narrowed::Perhaps;
    }
    let level = |word: &Word<'_>| {
        Level::ALL.iter().copied().find(|level| match level {
            Level::National => matches!(word.lower.as_str(), "national" | "nacionales"),
            Level::State => matches!(word.lower.as_str(), "state" | "statewide" | "estatales"),
            Level::Local => matches!(word.lower.as_str(), "local" | "locales"),
            Level::International => matches!(word.lower.as_str(), "international" | "internacionales"),
            Level::Lead => matches!(word.lower.as_str(), "lead" | "leading"),
        })
    };
    let levels: Vec<Level> = between.iter().filter_map(level).collect();
    let other = between
        .iter()
        .any(|word| level(word).is_none() && !PLAIN.contains(word.lower.as_str()));
    match levels.as_slice() {
        _ if other => Narrowed::Perhaps,
        [level] => Narrowed::Level(*level),
        _ => Narrowed::No,
    }
}

/// The claims in a passage.
pub(super) fn claims(
    passage: &Passage,
    words: &[Word<'_>],
    language: &str,
    (kind, date): (DocumentKind, Option<Date>),
) -> Vec<Claim> {
    let text = &passage.text;
    let found = numbers::numbers(text, words, language);
    let mut claims = Vec::new();
    let mut skip = false;
    for (index, number) in found.iter().enumerate() {
        if std::mem::take(&mut skip) || number.value < 2 {
            continue;
        }
        // "100 to 120 groups", "between 100 and 120 groups".
        let next = found.get(index + 1).filter(|next| {
            next.words.start == number.words.end + 1
                && matches!(words[number.words.end].lower.as_str(), "to" | "and" | "a" | "y")
                && next.value > number.value
                && (words[number.words.end].lower != "and" && words[number.words.end].lower != "y"
                    || number
                        .words
                        .start
                        .checked_sub(1)
                        .is_some_and(|before| matches!(words[before].lower.as_str(), "between" | "entre")))
        });
        let last = next.unwrap_or(number);
        let Some((counted, noun)) = counted(words, last) else {
            continue;
        };
        skip = next.is_some();
        let sentence = sentence(text, words[number.words.start].range.start);
        // Words are in the order of the text.
        let first = words.partition_point(|word| word.range.start < sentence.start);
        let inside = words[first..].iter().take_while(|word| word.range.end <= sentence.end);
        let inside: Vec<&Word<'_>> = inside.collect();
        count_steps!(inside.len());
        let before = number
            .words
            .start
            .checked_sub(1)
            .map_or("", |before| words[before].lower.as_str());
        // "Junto con otras 52 organizaciones": they are told elsewhere.
        if matches!(before, "otras" | "otros")
            || is_history(&inside, date.map(Date::year))
            || is_of_another_month(&inside, date.map(Date::month))
            || is_in_address(text, words[number.words.start].range.start)
            || is_of_petition(words, noun, kind, &inside)
            || !is_tied(
                passage,
                words,
                number,
                noun,
                counted,
                &inside,
                kind == DocumentKind::Letter,
            )
        {
            continue;
        }
        let (bound, begin) = bound(words, number, next);
        claims.push(Claim {
            bound,
            counted,
            range: words[begin].range.start..words[noun].range.end,
            after_names: is_after_names(words, begin),
            narrowed: narrowed(words.get(last.words.end..noun).unwrap_or_default(), &words[noun].lower),
        });
    }
    claims
}

/// What the words after a number say that it counts, and the word that says it.
pub(super) fn counted(words: &[Word<'_>], number: &Number) -> Option<(Counted, usize)> {
    // How many words may stand between: "102 national, state and local immigrant
    // rights organizations".
    const BETWEEN: usize = 8;
    let mut at = number.words.end;
    if number.exactness == Exactness::Vague || is_round(words, number) {
        if words
            .get(at)
            .is_some_and(|word| matches!(word.lower.as_str(), "of" | "de"))
        {
            at += 1;
        } else if number.exactness == Exactness::Vague {
            return None;
        }
    }
    for (step, index) in (at..words.len()).enumerate().take(BETWEEN) {
        let word = &words[index];
        let gap = word.gap.trim_matches(|c: char| c.is_whitespace() || c == FIELD);
        if step > 0 && !matches!(gap, "" | "," | "-" | "’" | "'" | "+" | "/" | "&")
            || step == 0 && !matches!(gap, "" | "+" | "-")
        {
            break;
        }
        let lower = word.lower.as_str();
        if SIGNATORIES.contains(lower) {
            // "102 undersigned organizations": what is counted comes after.
            if matches!(lower, "undersigned" | "firmantes" | "abajofirmantes") {
                let next = words.get(index + 1).filter(|next| next.gap.trim().is_empty());
                let more = next.is_some_and(|next| !OTHERS.contains(next.lower.as_str()))
                    && words[index + 1..]
                        .iter()
                        .take(4)
                        .any(|word| kind_of(&word.lower).is_some());
                if more {
                    continue;
                }
            }
            return Some((Counted::Signatories, index));
        }
        if let Some(kind) = kind_of(lower) {
            // "102 organizations and individuals": all who signed.
            let both = words
                .get(index + 1)
                .is_some_and(|word| matches!(word.lower.as_str(), "and" | "y" | "e"))
                && words
                    .get(index + 2)
                    .and_then(|word| kind_of(&word.lower))
                    .is_some_and(|other| other != kind);
            return Some(if both {
                (Counted::Signatories, index + 2)
            } else {
                (kind, index)
            });
        }
        if word.joined && matches!(lower, "organization" | "group" | "signatory") {
            return Some((Counted::Organizations, index));
        }
        if OTHERS.contains(lower) || lower.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
    }
    None
}

fn kind_of(word: &str) -> Option<Counted> {
    if ORGANIZATIONS.contains(word) {
        Some(Counted::Organizations)
    } else if INDIVIDUALS.contains(word) {
        Some(Counted::Individuals)
    } else {
        None
    }
}

/// "A dozen", "un centenar": followed by "de" in Spanish.
fn is_round(words: &[Word<'_>], number: &Number) -> bool {
    let Some(last) = words[number.words.clone()].last() else {
        return false; // A field has no words of its own.
    };
    let is_noun = |words: &NumberWords| words.round(&last.lower).is_some();
    number_words("es").is_some_and(is_noun) || last.lower == "docenas"
}

/// Longest part of a sentence before and after a number, in bytes.
const SENTENCE: usize = 500;

/// The sentence that holds byte `at`, or what stands around it in a very long one.
fn sentence(text: &str, at: usize) -> Range<usize> {
    let from = text.ceil_char_boundary(at.saturating_sub(SENTENCE));
    let to = text.floor_char_boundary(at + SENTENCE);
    let is_end = |(place, c): (usize, char)| {
        matches!(c, '.' | '!' | '?')
            && text[place + 1..].starts_with(' ')
            && text[place + 1..].trim_start().starts_with(|c: char| !c.is_lowercase())
            // "U.S. Senate", "Dr. Ruiz": the stop of an abbreviation.
            && text[..place].chars().rev().take_while(|c| c.is_alphanumeric()).count() > 2
    };
    let start = text[from..at]
        .char_indices()
        .rev()
        .map(|(place, c)| (from + place, c))
        .find(|&found| is_end(found))
        .map_or(from, |(place, _)| place + 1);
    let end = text[at..to]
        .char_indices()
        .map(|(place, c)| (at + place, c))
        .find(|&found| is_end(found))
        .map_or(to, |(place, _)| place + 1);
    start..end
}

fn is_history(sentence: &[&Word<'_>], year: Option<i16>) -> bool {
    sentence.iter().any(|word| {
        HISTORY.contains(word.lower.as_str())
            || word.text.len() == 4
                && word
                    .text
                    .parse::<i16>()
                    .is_ok_and(|other| (1900..2100).contains(&other) && year.is_some_and(|year| year != other))
    })
}

/// Returns whether a byte of a text is within a web address.
fn is_in_address(text: &str, at: usize) -> bool {
    let from = text.ceil_char_boundary(at.saturating_sub(SENTENCE));
    let to = text.floor_char_boundary(at + SENTENCE);
    let before = text[from..at]
        .split(char::is_whitespace)
        .next_back()
        .unwrap_or_default();
    let after = text[at..to].split(char::is_whitespace).next().unwrap_or_default();
    let word = &text[at - before.len()..at + after.len()];
    word.contains("://") || word.starts_with("www.")
}

/// Returns whether signatures are those of a petition, which no roll prints, in a
/// document that is none.
fn is_of_petition(words: &[Word<'_>], noun: usize, kind: DocumentKind, sentence: &[&Word<'_>]) -> bool {
    static PETITIONS: WordList = WordList::new("petitions");
    let signatures = matches!(words[noun].lower.as_str(), "signatures" | "signers" | "firmas");
    kind != DocumentKind::Petition && signatures && sentence.iter().any(|word| PETITIONS.contains(word.lower.as_str()))
}

/// Returns whether a sentence speaks of a letter of another month: "A March letter by 54
/// groups".
fn is_of_another_month(sentence: &[&Word<'_>], month: Option<i8>) -> bool {
    static PAPERS: WordList = WordList::new("signed_papers");
    let named = |word: &Word<'_>| {
        let capital = word.text.starts_with(char::is_uppercase);
        crate::check::dates::month_of(&word.lower).filter(|_| capital && word.text.chars().count() > 2)
    };
    let pairs = sentence.windows(2);
    let mut months = pairs
        .filter(|pair| PAPERS.contains(pair[1].lower.as_str()))
        .filter_map(|pair| named(pair[0]));
    months.any(|named| month.is_some_and(|month| month != named))
}

/// Whether a number of organisations is that of those who sign.
fn is_tied(
    passage: &Passage,
    words: &[Word<'_>],
    number: &Number,
    noun: usize,
    counted: Counted,
    sentence: &[&Word<'_>],
    is_letter: bool,
) -> bool {
    let has = |list: &WordList| sentence.iter().any(|word| list.contains(word.lower.as_str()));
    if passage.is_key("roll.heading") || passage.is_key("slug") && counted == Counted::Organizations {
        return true;
    }
    // The title of a letter: "45 organizations on rental assistance".
    let named = ["title", "subject"].iter().any(|key| passage.is_key(key));
    if named && is_letter && number.words.start == 0 && number.value > 5 && counted == Counted::Organizations {
        return true;
    }
    // "Two signatories" may be any two; "the 85 undersigned" and "over 80
    // signatories" are these.
    if counted == Counted::Signatories {
        static POINTING: WordList = WordList::new("pointing_signatories");
        const HANDFUL: u64 = 5;
        let before = number
            .words
            .start
            .checked_sub(1)
            .map(|before| words[before].lower.as_str());
        let pointed = number.value > HANDFUL && before.is_some_and(|before| POINTING.contains(before));
        return pointed
            || words[noun].lower == "undersigned"
            || !matches!(bound(words, number, None).0, Bound::Exactly(_))
            || ["title", "subject", "subtitle"].iter().any(|key| passage.is_key(key));
    }
    if words[number.words.start..=noun].iter().any(|word| {
        matches!(
            word.lower.as_str(),
            "undersigned"
                | "firmantes"
                | "abajo"
                | "suscritas"
                | "soussignés"
                | "soussignées"
                | "signataires"
                | "endorsing"
                | "signatory"
                | "cosigning"
                | "signing"
        )
    }) {
        return true;
    }
    if words.get(noun + 1).is_some_and(|next| {
        next.gap.trim().is_empty()
            && matches!(
                next.lower.as_str(),
                "signed"
                    | "undersigned"
                    | "firmantes"
                    | "signing"
                    | "suscritas"
                    | "abajo"
                    | "soussignés"
                    | "soussignées"
                    | "signataires"
            )
    }) {
        return true;
    }
    // "170 groups urge", "170 groups have joined".
    let appeals = words[noun + 1..]
        .iter()
        .take(3)
        .take_while(|word| matches!(word.gap.trim(), "" | ","))
        .any(|word| APPEALS.contains(word.lower.as_str()));
    let title = matches!(&passage.role, PassageRole::Key(_) | PassageRole::Heading(_));
    if appeals && (title || number.words.start < 6 || has(&SIGNING)) {
        return true;
    }
    let before: Vec<&str> = words[..number.words.start]
        .iter()
        .rev()
        .take(5)
        .map(|word| word.lower.as_str())
        .collect();
    static SURELY: WordList = WordList::new("surely_signing");
    // "All 45 organizations agree on this letter".
    if before.first() == Some(&"all") && has(&SURELY) {
        return true;
    }
    // "We are 102 organizations".
    let start = number.words.start;
    if numbers::is(words, start.saturating_sub(2), &["we", "are"]) && start >= 2 || before.first() == Some(&"somos") {
        return true;
    }
    static BANDS: WordList = WordList::new("bands");
    // Backwards: "coalition of more than", "support of more than".
    let led = before.iter().enumerate().any(|(at, word)| {
        let band = before.get(at + 1).is_some_and(|band| BANDS.contains(band));
        LEADING.contains(word) && (has(&SURELY) || band || matches!(*word, "we" | "behalf" | "nosotros" | "nosotras"))
    });
    if led && has(&SIGNING) {
        return true;
    }
    // "Individuals" are counted beside organisations that sign; thousands of them may have
    // done anything.
    let vague = number.exactness == Exactness::Vague;
    counted == Counted::Individuals && (has(&SURELY) || has(&SIGNING) && !vague) && (!vague || signs(sentence))
}

/// Returns whether a sentence has a verb of signing.
fn signs(sentence: &[&Word<'_>]) -> bool {
    let verb = |word: &&Word<'_>| {
        matches!(
            word.lower.as_str(),
            "sign"
                | "signed"
                | "signing"
                | "undersigned"
                | "behalf"
                | "joined"
                | "endorsed"
                | "firman"
                | "firmaron"
                | "nombre"
        )
    };
    sentence.iter().any(verb)
}

/// Phrases before a number, with what they make of it.
static BOUNDS: [(WordList, fn(u64) -> Bound); 6] = [
    (WordList::new("more_than"), Bound::MoreThan),
    (WordList::new("at_least"), Bound::AtLeast),
    (WordList::new("nearly"), Bound::Nearly),
    (WordList::new("under"), Bound::Under),
    (WordList::new("at_most"), Bound::AtMost),
    (WordList::new("about"), Bound::About),
];

/// Returns how a number binds, and the word with which the claim begins.
fn bound(words: &[Word<'_>], number: &Number, to: Option<&Number>) -> (Bound, usize) {
    let n = number.value;
    let start = number.words.start;
    let before = |phrase: &[&str]| start >= phrase.len() && numbers::is(words, start - phrase.len(), phrase);
    if let Some(to) = to {
        let begin = if before(&["between"]) || before(&["entre"]) {
            start - 1
        } else {
            start
        };
        return (Bound::Between(n, to.value), begin);
    }
    // The longest phrase counts: "just under" is not "under".
    let phrases = BOUNDS
        .iter()
        .flat_map(|(list, make)| list.iter().map(move |phrase| (phrase, make)));
    let ends = phrases.filter_map(|(phrase, make)| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        before(&phrase).then_some((phrase.len(), make))
    });
    if let Some((length, make)) = ends.max_by_key(|(length, _)| *length) {
        return (make(n), start - length);
    }
    // "+25 groups".
    let plus = words.get(start).is_some_and(|word| word.gap.ends_with('+'));
    match number.exactness {
        Exactness::Exact if plus => (Bound::AtLeast(n), start),
        Exactness::Exact => (Bound::Exactly(n), start),
        Exactness::OrMore | Exactness::Vague => (Bound::AtLeast(n), start),
    }
}

/// "NIJC, the campaign and the 85 undersigned": leads are named before.
fn is_after_names(words: &[Word<'_>], begin: usize) -> bool {
    let before = |back: usize| begin.checked_sub(back).map(|at| words[at].lower.as_str());
    matches!(before(1), Some("the" | "las" | "los")) && matches!(before(2), Some("and" | "y"))
        || before(1) == Some("and")
}
