//! What authors of a draft write to each other, told by its words.
//!
//! In: a passage, and the words of data/author_notes.toml. Out: notes and blanks, each with
//! its place. Guaranteed: what stands in a quotation is left alone, save words in capitals.
//! Absent: marks of programs and blanks that are told by their form (`editing`,
//! `leftovers`).

use super::numbers::{self, Word};
use super::prose::{self, Passage, PassageRole};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// The lists of data/author_notes.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AuthorNotes {
    capitals: BTreeSet<String>,
    labels: BTreeSet<String>,
    asked_of: Vec<String>,
    asked: Vec<String>,
    said: Vec<String>,
    phrases: BTreeSet<String>,
    endings: Vec<String>,
    states: Vec<String>,
    answers: Vec<String>,
    answered: BTreeSet<String>,
    made: BTreeSet<String>,
    wrote: BTreeSet<String>,
    choices: BTreeSet<String>,
    blanks: BTreeSet<String>,
    before_blanks: BTreeSet<String>,
    counted: BTreeSet<String>,
}

static NOTES: LazyLock<AuthorNotes> = LazyLock::new(|| word_list!("author_notes"));

/// Given names, by which a note says whom it asks.
#[derive(Deserialize)]
struct GivenNames {
    names: BTreeSet<String>,
}

static GIVEN: LazyLock<GivenNames> = LazyLock::new(|| word_list!("given_names"));

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leftover {
    /// A note to another author.
    Note,
    /// A blank that nobody filled in.
    Blank,
    /// Two words of which one is to stay.
    Choice,
}

/// Finds what authors wrote to each other in a passage.
pub(super) fn leftovers(passage: &Passage) -> Vec<(Range<usize>, Leftover)> {
    if matches!(passage.role, PassageRole::Cell | PassageRole::Signatory) {
        return Vec::new();
    }
    let text = &passage.text;
    let words = numbers::words(text);
    let mut found = Vec::new();
    in_capitals(&words, &mut found);
    blanks(text, &words, &mut found);
    choices(text, &words, &mut found);
    if matches!(passage.role, PassageRole::Quote | PassageRole::Key(_)) {
        return found;
    }
    in_brackets(text, &mut found);
    anywhere(text, &words, &mut found);
    if is_note(text, &words) {
        found.push((0..text.trim_end().len(), Leftover::Note));
    }
    found
}

/// Returns words in lower case, parted by spaces.
fn joined(words: &[Word<'_>]) -> String {
    let words: Vec<String> = words.iter().map(|word| word.lower.replace('’', "'")).collect();
    words.join(" ")
}

/// Returns whether a phrase begins a text and ends with a word of it.
fn begins(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
}

/// Returns whether a phrase is in a text as whole words.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase)
        .any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric) && begins(&text[at..], phrase))
}

/// Returns whether a place is within a quotation of its passage.
fn is_quoted(text: &str, at: usize) -> bool {
    let before = prose::before(text, at);
    before.matches(['“', '«']).count() > before.matches(['”', '»']).count()
        || !before.matches('"').count().is_multiple_of(2)
}

fn is_upper(word: &Word<'_>) -> bool {
    word.text.chars().count() > 1 && !word.text.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// "NOT FOR PUBLIC RELEASE", "“QUOTE HERE,” said": phrases that are a note if they shout.
fn in_capitals(words: &[Word<'_>], found: &mut Vec<(Range<usize>, Leftover)>) {
    let mut at = 0;
    while at < words.len() {
        let run = words[at..].iter().take(3).take_while(|word| is_upper(word)).count();
        let known = (2..=run)
            .rev()
            .find(|&length| NOTES.capitals.contains(&joined(&words[at..at + length])));
        if let Some(length) = known {
            found.push((words[at].range.start..words[at + length - 1].range.end, Leftover::Note));
        }
        at += known.unwrap_or(1);
    }
}

/// "Began in YEAR", "XX County", "X families", "?? percent".
fn blanks(text: &str, words: &[Word<'_>], found: &mut Vec<(Range<usize>, Leftover)>) {
    for (at, word) in words.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|at| &words[at]), words.get(at + 1));
        let loose = |word: Option<&Word<'_>>| word.is_none_or(|word| !is_upper(word));
        let named = is_upper(word)
            && NOTES.blanks.contains(&word.lower)
            && before.is_some_and(|before| NOTES.before_blanks.contains(&before.lower) && !is_upper(before))
            && loose(after)
            && !text[word.range.end..].starts_with([':', '.'])
            && matches!(word.gap, " ");
        let counts = word.text == "X"
            && matches!(word.gap, " " | "")
            && after.is_some_and(|after| after.gap == " " && NOTES.counted.contains(&after.lower))
            && before.is_none_or(|before| {
                let leads = before.text.starts_with(char::is_lowercase) || NOTES.before_blanks.contains(&before.lower);
                leads && before.lower != "generation"
            });
        let place = word.text == "XX"
            && after.is_some_and(|after| {
                after.gap == " " && after.text.starts_with(char::is_uppercase) && !is_upper(after)
            })
            && before.is_none_or(|before| before.text.starts_with(char::is_lowercase))
            && !super::leftovers::is_after_numbered(before.map_or("", |before| before.lower.as_str()));
        if named || counts || place {
            found.push((word.range.clone(), Leftover::Blank));
        }
    }
    for (at, zeros) in text.match_indices("000,000") {
        if !text[..at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')) {
            found.push((at..at + zeros.len(), Leftover::Blank));
        }
    }
    for (at, marks) in text.match_indices("??") {
        let rest = &text[at + marks.len()..];
        let counts = ["%", " %", " percent", " million", " billion", " por ciento"];
        if counts.iter().any(|unit| rest.starts_with(unit)) && text[..at].ends_with([' ', '$']) {
            found.push((at..at + marks.len(), Leftover::Blank));
        }
    }
}

/// "We demand // request", "we believe/know".
fn choices(text: &str, words: &[Word<'_>], found: &mut Vec<(Range<usize>, Leftover)>) {
    for pair in words.windows(2) {
        let [first, second] = pair else { continue };
        let parted = matches!(second.gap.trim(), "/" | "//" | "|");
        if parted && NOTES.choices.contains(first.text) && NOTES.choices.contains(second.text) {
            let range = first.range.start..second.range.end;
            if !is_quoted(text, range.start) {
                found.push((range, Leftover::Choice));
            }
        }
    }
}

/// "(shorten?)", "(I think this is from the report? will check)".
fn in_brackets(text: &str, found: &mut Vec<(Range<usize>, Leftover)>) {
    const LONGEST: usize = 140;
    for (at, _) in text.match_indices('(') {
        let Some(length) = text[at..text.floor_char_boundary(at + LONGEST)].find(')') else {
            continue;
        };
        let inner = &text[at + 1..at + length];
        let lower = joined(&numbers::words(inner));
        let asks = inner.contains('?');
        let is_word = asks && inner.trim_end().ends_with('?') && NOTES.asked.contains(&lower);
        let to_author = asks
            && lower.contains(' ')
            && NOTES
                .asked
                .iter()
                .any(|phrase| phrase.contains(' ') && begins(&lower, phrase));
        let says = NOTES.said.iter().any(|phrase| holds(&lower, phrase));
        let named = lower.starts_with("name of ") && lower.split(' ').count() <= 4;
        let in_small = !inner.chars().any(char::is_uppercase);
        let is_bare =
            named || in_small && matches!(lower.as_str(), "link" | "url" | "hyperlink" | "enlace" | "insert link");
        if (is_bare || is_word || to_author || says || is_asked_of(inner)) && !is_quoted(text, at) {
            found.push((at..at + length + 1, Leftover::Note));
        }
    }
}

/// "Ana – is this the newest number?", "Leo, favor de revisar".
fn is_asked_of(text: &str) -> bool {
    let text = text.trim_start();
    let name = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let rest = &text[name.len()..];
    let talk = rest.trim_start_matches([',', ':', ' ', '–', '—', '-', '¿']);
    let is_name = name.starts_with(char::is_uppercase) && rest.trim_start().starts_with([',', ':', '–', '—', '-'])
        || rest.starts_with(" to ");
    if !is_name || !GIVEN.names.contains(&name.to_lowercase()) {
        return false;
    }
    let lower = joined(&numbers::words(talk));
    NOTES.asked_of.iter().any(|phrase| begins(&lower, phrase))
}

/// "Edits from the call are in red", "You received this message because ...".
fn anywhere(text: &str, words: &[Word<'_>], found: &mut Vec<(Range<usize>, Leftover)>) {
    for at in 0..words.len() {
        let longest = 5.min(words.len() - at);
        let known = (2..=longest).find(|&length| NOTES.phrases.contains(&joined(&words[at..at + length])));
        if let Some(length) = known.filter(|_| !is_quoted(text, words[at].range.start)) {
            found.push((words[at].range.start..words[at + length - 1].range.end, Leftover::Note));
        }
    }
}

/// Whether a paragraph as a whole is a note.
fn is_note(text: &str, words: &[Word<'_>]) -> bool {
    let text = text.trim();
    if words.is_empty() || text.starts_with(['“', '"', '«']) {
        return false;
    }
    let lower = joined(words);
    // "PENDIENTE: dato de Ohio".
    let label = text
        .split(':')
        .next()
        .filter(|label| label.len() < text.len() && label.len() < 30);
    if label.is_some_and(|label| NOTES.labels.contains(&joined(&numbers::words(label)))) {
        return true;
    }
    // "per Jen, softened this".
    let per = words.len() <= 12
        && words.len() >= 4
        && matches!(words[0].text, "per" | "Per")
        && GIVEN.names.contains(&words[1].lower)
        && words[2].gap.starts_with([',', ':', ' '])
        && words[2].gap != " "
        && words[2].text.starts_with(char::is_lowercase);
    if per {
        return true;
    }
    // "To: leads@roofs.example".
    let to = ["To: ", "Cc: ", "CC: ", "Bcc: ", "Reply-To: ", "Para: "];
    if to.iter().any(|label| text.starts_with(label)) && text.contains('@') && words.len() <= 12 {
        return true;
    }
    if words.len() <= 20 && NOTES.endings.iter().any(|phrase| lower.ends_with(phrase.as_str())) {
        return true;
    }
    if words.len() <= 12 && NOTES.states.iter().any(|phrase| begins(&lower, phrase)) {
        return true;
    }
    is_asked_of(text) || is_answer(text, words, &lower) || is_version(words)
}

/// "Sure, here’s the revised paragraph", "Here is the final version of the letter:".
fn is_answer(text: &str, words: &[Word<'_>], lower: &str) -> bool {
    let text = text.trim_start_matches('¡');
    let opened = NOTES.answers.iter().find(|opener| begins(lower, opener));
    if let Some(opener) = opened {
        let length = opener.split(' ').count();
        let marked = words.get(length).is_some_and(|next| {
            next.gap.starts_with(['!', ',', '.']) && NOTES.answered.contains(&next.lower.replace('’', "'"))
        });
        // "Of course, I ..." may begin a sentence of anybody.
        if marked && (text.ends_with(':') || words[length].gap.starts_with('!')) {
            return true;
        }
    }
    let given = [
        "here is",
        "here's",
        "here are",
        "below is",
        "aquí está",
        "aquí tiene",
        "a continuación",
    ];
    if !given.iter().any(|word| holds(lower, word)) {
        return false;
    }
    let near = || words.iter().take(14);
    let made = near().position(|word| NOTES.made.contains(&word.lower));
    let wrote = near().any(|word| NOTES.wrote.contains(&word.lower));
    let first = given.iter().any(|word| begins(lower, word)) || opened.is_some();
    first && wrote && made.is_some_and(|at| at <= 5) && text.trim_end().ends_with(':')
}

/// "Version 4 (clean)".
fn is_version(words: &[Word<'_>]) -> bool {
    let [first, second, rest @ ..] = words else {
        return false;
    };
    let is_kind = matches!(first.lower.as_str(), "version" | "draft" | "versión" | "borrador");
    let number = second.lower.trim_start_matches('v');
    let counted = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let kind = rest.iter().all(|word| {
        let word = word.lower.as_str();
        matches!(
            word,
            "clean" | "final" | "draft" | "edits" | "redline" | "limpia" | "limpio"
        ) || word.bytes().all(|byte| byte.is_ascii_digit())
    });
    is_kind && counted && second.gap == " " && rest.len() <= 4 && kind && (!rest.is_empty() || first.lower != "version")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_a_note(text: &str) -> bool {
        let words = numbers::words(text);
        let mut found = Vec::new();
        in_capitals(&words, &mut found);
        in_brackets(text, &mut found);
        anywhere(text, &words, &mut found);
        !found.is_empty() || is_note(text, &words)
    }

    #[test]
    fn notes_are_told_from_text_by_their_words() {
        for note in [
            "PRE-DECISIONAL: FOR COALITION REVIEW",
            "“QUOTE HERE,” said Ana Ruiz.",
            "Families wait (shorten?) for months.",
            "Families wait (I think this is from May? will check).",
            "Ana – is this the newest number?",
            "(Leo, favor de revisar)",
            "Edits from the call are in red.",
            "PENDIENTE: dato de Ohio",
            "Sure, here’s the revised paragraph:",
            "Here’s the final version of the letter, ready to send:",
            "¡Por supuesto! A continuación le presento el texto traducido:",
            "Version 4 (clean)",
        ] {
            assert!(is_a_note(note), "{note}");
        }
        for text in [
            "Not for the first time, families wait.",
            "Families wait (and who would not?) for months.",
            "Of course, I was afraid.",
            "Ana, a nurse, is waiting. Is this fair?",
            "“Is this the newest number (I think)?” asked Ana.",
            "Here is the text of the letter:",
            "Here is what the final rule says:",
            "Draft rules should be withdrawn.",
            "Question: Is this legal?",
        ] {
            assert!(!is_a_note(text), "{text}");
        }
    }

    #[test]
    fn blanks_are_told_by_the_words_beside_them() {
        let blank = |text: &str| {
            let mut found = Vec::new();
            blanks(text, &numbers::words(text), &mut found);
            !found.is_empty()
        };
        assert!(blank("It began in YEAR, and helped.") && blank("Courts in XX County"));
        assert!(blank("Nearly X families wait") && blank("rose by ?? percent"));
        assert!(!blank("DATE: May 3") && !blank("under TITLE IX") && !blank("Super Bowl XX Champions"));
        assert!(!blank("Malcolm X families") && !blank("Is it so?? Yes"));
    }
}
