//! Names in the text, held against those who signed.
//!
//! In: the text, the roll, the rows that do not count. Out: names that are almost a
//! signatory's, organisations that speak or lead without having signed, and those
//! that withdrew and are named all the same. Guaranteed: a name that is a
//! signatory's in any spelling that `resolve` merges is none of these. Absent:
//! people's names.

use super::numbers;
use super::prose::{Passage, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Rows, Sink};
use crate::diag::{Code, Severity};
use crate::model::known::Known;
use crate::model::signatory::Kind;
use crate::resolve::{Reason, Resolution, Signatory, Zone};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    name: "names",
    description: "Organizations in the text are on the roll, with the same names.",
    findings: &[
        Finding {
            code: Code::NearName,
            severity: Severity::Warning,
            why: "A name that is misspelled in the letter is misspelled again in the press.",
        },
        Finding {
            code: Code::NotSigned,
            severity: Severity::Warning,
            why: "Readers think that an organization quoted in the letter has signed it.",
        },
        Finding {
            code: Code::WithdrawnNamed,
            severity: Severity::Error,
            why: "A signatory that withdrew or declined should not be named.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    withdrawn(case, sink);
    let roll = RollNames::new(case);
    if roll.signed.names.is_empty() {
        return;
    }
    for passage in &case.prose.passages {
        let is_text = match &passage.role {
            PassageRole::Key(path) => {
                matches!(path.as_str(), "title" | "subject" | "subtitle") || path.starts_with("letterhead.lines")
            }
            PassageRole::Cell | PassageRole::Alternative | PassageRole::Signatory => false,
            PassageRole::Heading(_)
            | PassageRole::Paragraph
            | PassageRole::Item
            | PassageRole::Quote
            | PassageRole::Speaker
            | PassageRole::Caption
            | PassageRole::Note => true,
        };
        if !is_text {
            continue;
        }
        let candidates = candidates(&passage.text);
        for range in &candidates {
            let inner = without_first(&passage.text, range);
            if near(case, &roll, passage, range, sink)
                || inner.is_some_and(|inner| near(case, &roll, passage, &inner, sink))
            {
                continue;
            }
            for piece in pieces(&passage.text, range) {
                near(case, &roll, passage, &piece, sink);
            }
        }
        speakers(case, &roll, passage, &candidates, sink);
    }
}

/// The signatories' names, by their words.
pub(super) struct SignatoryNames<'a> {
    names: Vec<&'a str>,
    tokens: Vec<Vec<String>>,
    by_token: FxHashMap<String, Vec<usize>>,
    /// The words of names in every spelling of the list and the directory.
    exact: FxHashSet<String>,
    /// Words of the longest of `exact`.
    longest: usize,
}

/// The names that a letter may use: the signatories', and its senders'.
struct RollNames<'a> {
    signed: &'a SignatoryNames<'a>,
    /// The words of names of those who send the letter.
    own: FxHashSet<String>,
    /// Words of the longest of all names, at most [`LONGEST_NAME`].
    longest: usize,
}

/// Most words of a name that is looked for within a longer run of capitals.
const LONGEST_NAME: usize = 40;

/// Longest stretch of a sentence, in bytes, in which a speaker is looked for.
const ATTRIBUTION: usize = 2000;

/// How many words are in a name of `exact`.
fn length(name: &str) -> usize {
    name.split(' ').count()
}

impl<'a> SignatoryNames<'a> {
    /// Reads the names of a roll and of the directory.
    pub(super) fn new(all: &Rows<'a>, known: &Known) -> Self {
        let resolution: &'a Resolution = all.resolution;
        let organizations: Vec<&Signatory> = resolution
            .signatories
            .iter()
            .filter(|signatory| signatory.kind == Kind::Organization)
            .collect();
        let read = |signatory: &&Signatory| {
            let rows = signatory.rows.iter().filter_map(|row| all.records.get(*row));
            let others = rows.filter(|record| *record.name != *signatory.name);
            let spelled: Vec<String> = others.map(|record| tokens(&record.name).join(" ")).collect();
            (tokens(&signatory.name), spelled)
        };
        let words: Vec<(Vec<String>, Vec<String>)> = organizations.par_iter().map(read).collect();
        let mut roll = Self {
            names: organizations.iter().map(|signatory| signatory.name.as_str()).collect(),
            tokens: Vec::with_capacity(words.len()),
            by_token: FxHashMap::default(),
            exact: FxHashSet::default(),
            longest: 0,
        };
        for (at, (tokens, spelled)) in words.into_iter().enumerate() {
            for token in &tokens {
                roll.by_token.entry(token.clone()).or_default().push(at);
            }
            roll.exact.insert(tokens.join(" "));
            roll.exact.extend(spelled);
            roll.tokens.push(tokens);
        }
        for entry in &known.directory {
            for name in entry.aliases.iter().chain([&entry.name]).chain(&entry.not_same) {
                roll.exact.insert(tokens(name).join(" "));
            }
        }
        roll.longest = roll.exact.iter().map(|name| length(name)).max().unwrap_or_default();
        roll
    }

    /// Signatories that share a word with a name, in the order of the roll.
    fn like(&self, words: &[String]) -> Vec<usize> {
        // A word that a tenth of the roll has says nothing.
        let common = (self.names.len() / 10).max(20);
        let mut found: Vec<usize> = words
            .iter()
            .filter_map(|word| self.by_token.get(word))
            .filter(|places| places.len() <= common)
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl<'a> RollNames<'a> {
    fn new(case: &'a Case<'_>) -> Self {
        let signed = &case.roll.names;
        let own: FxHashSet<String> = own_names(case).iter().map(|name| tokens(name).join(" ")).collect();
        let longest = own.iter().map(|name| length(name)).max().unwrap_or_default();
        Self {
            signed,
            longest: longest.max(signed.longest).min(LONGEST_NAME),
            own,
        }
    }

    /// Returns whether words are a name in one of its spellings.
    fn has(&self, words: &str) -> bool {
        self.signed.exact.contains(words) || self.own.contains(words)
    }
}

/// The names of those who send the document: they speak in it, and need not sign.
fn own_names(case: &Case<'_>) -> Vec<String> {
    let mut names = vec![case.subject.document.author.clone()];
    for passage in &case.prose.passages {
        match &passage.role {
            PassageRole::Key(path) if path.starts_with("letterhead.name") => names.push(passage.text.clone()),
            PassageRole::Key(path) if path.starts_with("contact.") => {
                let found = candidates(&passage.text);
                names.extend(found.into_iter().map(|range| passage.text[range].to_owned()));
            }
            // A boilerplate: "About the Housed Together Coalition".
            PassageRole::Heading(_) | PassageRole::Paragraph => {
                let about = ["About ", "Acerca de ", "Sobre "];
                names.extend(
                    about
                        .iter()
                        .find_map(|about| passage.text.strip_prefix(about))
                        .map(str::to_owned),
                );
            }
            _ => {}
        }
    }
    names
}

/// Words of a name that tell it from others; small words and "The" aside.
fn tokens(name: &str) -> Vec<String> {
    static SMALL: WordList = WordList::new("small");
    let bare = name.split('(').next().unwrap_or(name);
    let bare = if bare.trim().is_empty() { name } else { bare };
    numbers::words(bare)
        .into_iter()
        .map(|word| {
            word.lower
                .trim_end_matches("'s")
                .trim_end_matches("’s")
                .replace('’', "'")
        })
        .filter(|word| !SMALL.contains(word.as_str()))
        .collect()
}

/// Runs of capitalised words that may be a body's name.
fn candidates(text: &str) -> Vec<Range<usize>> {
    static LINKS: WordList = WordList::new("links");
    let words = numbers::words(text);
    let capital = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.text.chars().next().is_some_and(char::is_uppercase))
    };
    let plain_gap = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| matches!(word.gap, " " | "-" | " & " | " / " | "/" | " - " | " – " | " | "))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !capital(at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut count = 1;
        loop {
            if capital(end) && plain_gap(end) {
                end += 1;
                count += 1;
                continue;
            }
            // "Center for the Study of": small words only between great ones.
            let mut next = end;
            while next < end + 2
                && plain_gap(next)
                && words.get(next).is_some_and(|word| LINKS.contains(word.lower.as_str()))
            {
                next += 1;
            }
            if next > end && capital(next) && plain_gap(next) {
                end = next + 1;
                count += 1;
            } else {
                break;
            }
        }
        if count >= 2 {
            found.push(words[at].range.start..words[end - 1].range.end);
        }
        at = end;
    }
    found
}

/// A run of capitals without a first word that is one only because a sentence begins with
/// it: "As Tenants Together has shown".
fn without_first(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    static OPENERS: WordList = WordList::new("openers");
    let words = numbers::words(&text[range.clone()]);
    let (first, second) = (words.first()?, words.get(1)?);
    OPENERS
        .contains(first.lower.as_str())
        .then(|| range.start + second.range.start..range.end)
}

/// Reports a name in which one word differs from a signatory's; returns whether it did.
fn near(case: &Case<'_>, roll: &RollNames<'_>, passage: &Passage, range: &Range<usize>, sink: &mut Sink<'_>) -> bool {
    let text = &passage.text[range.clone()];
    // A sentence's first word, or "The", may not belong to the name.
    let all = tokens(text);
    let whole = all.join(" ");
    if let Some(name) = other_small_word(roll, text, &all) {
        sink.add(
            Code::NearName,
            passage.origin(range.clone()),
            format!("`{text}` differs slightly from `{name}`, which signed"),
            "write the name as the roll prints it",
        );
        return true;
    }
    if all.len() < 2 || roll.has(&whole) || holds_exact(roll, &all) {
        return false;
    }
    for at in roll.signed.like(&all) {
        let name = &roll.signed.tokens[at];
        if !one_differs(&all, name) {
            continue;
        }
        let judgement = (case.subject.judge)(text, roll.signed.names[at]);
        // One signatory in another spelling that nobody would call wrong.
        if judgement.zone == Zone::Merge && all.len() != name.len() {
            continue;
        }
        sink.add(
            Code::NearName,
            passage.origin(range.clone()),
            format!(
                "`{text}` differs slightly from `{}`, which signed",
                roll.signed.names[at]
            ),
            "write the name as the roll prints it; if they are two organizations, add both to the directory",
        );
        return true;
    }
    false
}

/// A signatory's name that has another small word: "Forum for Fair Housing", "Forum on".
fn other_small_word<'a>(roll: &RollNames<'a>, text: &str, all: &[String]) -> Option<&'a str> {
    const SMALL: &[&str] = &["of", "for", "on", "in", "to", "de", "para", "por"];
    let words = |name: &str| -> Vec<String> {
        let words = numbers::words(name).into_iter().map(|word| word.lower);
        words.filter(|word| word != "the").collect()
    };
    let own = words(text);
    if all.len() < 2 || !own.iter().any(|word| SMALL.contains(&word.as_str())) {
        return None;
    }
    let at = roll.signed.by_token.get(all.first()?)?;
    let same = at.iter().copied().filter(|&at| roll.signed.tokens[at] == all);
    let mut others = same.map(|at| (at, words(roll.signed.names[at]))).collect::<Vec<_>>();
    if others.iter().any(|(_, other)| *other == own) {
        return None;
    }
    others.retain(|(_, other)| {
        let differing: Vec<(&String, &String)> = other.iter().zip(&own).filter(|(a, b)| a != b).collect();
        let small = |word: &String| SMALL.contains(&word.as_str());
        other.len() == own.len() && matches!(differing.as_slice(), [(a, b)] if small(a) && small(b))
    });
    others.first().map(|(at, _)| roll.signed.names[*at])
}

/// The parts of a run of capitals that "and" may join from two names.
fn pieces(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    // At one place, the longest comes first.
    const JOINTS: &[&str] = &[" and the ", " and ", " y la ", " y el ", " y "];
    let mut pieces = Vec::new();
    let mut start = range.start;
    for (at, _) in text[range.clone()].match_indices(' ') {
        let at = range.start + at;
        let joint = JOINTS.iter().find(|joint| text[at..range.end].starts_with(**joint));
        if let Some(joint) = joint.filter(|_| at >= start) {
            pieces.push(start..at);
            start = at + joint.len();
        }
    }
    if !pieces.is_empty() {
        pieces.push(start..range.end);
    }
    // "Defending Rights and Dissent" is one name.
    if pieces.iter().any(|piece| tokens(&text[piece.clone()]).len() < 2) {
        pieces.clear();
    }
    pieces
}

/// Whether a run of words holds a signatory's whole name.
fn holds_exact(roll: &RollNames<'_>, words: &[String]) -> bool {
    let ends = |start: usize| start + 1..=words.len().min(start + roll.longest);
    (0..words.len()).any(|start| {
        ends(start).any(|end| {
            count_steps!(end - start);
            roll.has(&words[start..end].join(" "))
        })
    })
}

/// Whether two names differ in one word, and that word is almost the other's.
fn one_differs(a: &[String], b: &[String]) -> bool {
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let words_alike = a.len() - 1;
    let mut differing = a.iter().zip(b).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (differing.next(), differing.next()) else {
        return false;
    };
    let long = a.chars().count().min(b.chars().count());
    if long < 4 || !a.chars().all(char::is_alphabetic) || !b.chars().all(char::is_alphabetic) {
        return false;
    }
    // "Justice Fund", "Justice Foundation": words for the kind of body.
    static KINDS: WordList = WordList::new("kinds_of_bodies");
    if words_alike >= 2 && KINDS.contains(a.as_str()) && KINDS.contains(b.as_str()) {
        return true;
    }
    // Builder/Building, Immigrant/Immigration: the same beginning.
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    strsim::osa_distance(a, b) <= 1 || shared >= 5 && shared * 3 >= long * 2
}

/// Verbs of speech before a speaker.
static SPEECH: WordList = WordList::new("speech");

/// Words before those who lead.
static LEADS: WordList = WordList::new("leads");

/// Returns where one of some marks ends what begins at a byte, or where it is too far for an
/// attribution.
fn end_of(text: &str, at: usize, marks: &[char]) -> usize {
    let most = text.floor_char_boundary(at + ATTRIBUTION);
    text[at..most].find(marks).map_or(most, |end| at + end)
}

/// Organisations that speak or lead, and did not sign.
fn speakers(
    case: &Case<'_>,
    roll: &RollNames<'_>,
    passage: &Passage,
    candidates: &[Range<usize>],
    sink: &mut Sink<'_>,
) {
    let text = &passage.text;
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return;
    }
    let mut spans: Vec<(Range<usize>, &str)> = Vec::new();
    if text.contains(['“', '"', '”']) || passage.role == PassageRole::Quote {
        for verb in SPEECH.iter() {
            for (at, _) in lower.match_indices(verb) {
                // "He said that the Council ...": what is said, not who says it.
                let after = lower[at + verb.len()..].split_whitespace().next().unwrap_or_default();
                if NO_SPEAKERS.contains(&after.trim_end_matches(',')) {
                    continue;
                }
                // The attribution ends with its sentence.
                let end = end_of(text, at, &['.', '“', '"', ';']);
                spans.push((at..end, "speaks"));
            }
        }
    }
    // A speaker may stand in the last line of the words themselves.
    if passage.role == PassageRole::Quote
        && let Some(dash) = text.rfind("— ").or_else(|| text.rfind("– "))
        && text.len() - dash < 200
    {
        spans.push((dash..text.len(), "speaks"));
    }
    if passage.role == PassageRole::Speaker {
        spans.push((0..text.len(), "speaks"));
    }
    for lead in LEADS.iter() {
        for (at, _) in lower.match_indices(lead) {
            let end = end_of(text, at, &['.', ';', ':']);
            // Those with whose support they lead do not.
            let end = [" with ", " con "]
                .iter()
                .filter_map(|with| text[at..end].find(with))
                .min()
                .map_or(end, |with| at + with);
            spans.push((at..end, "leads"));
        }
    }
    spans.sort_by_key(|(span, _)| (span.start, span.end));
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (span, does) in spans {
        // Candidates are in the order of the text.
        let first = candidates.partition_point(|range| range.start < span.start);
        let whole = candidates[first..].iter().take_while(|range| range.end <= span.end);
        let names = whole.flat_map(|range| {
            let signed = roll.has(&tokens(&text[range.clone()]).join(" "));
            match pieces(text, range) {
                pieces if signed || pieces.is_empty() => vec![range.clone()],
                pieces => pieces,
            }
        });
        for range in &names.collect::<Vec<_>>() {
            if told.contains(&(range.start, range.end)) {
                continue;
            }
            let name = &text[range.clone()];
            if !is_body(name) || does == "speaks" && is_told_of(&lower[span.start..range.start]) {
                continue;
            }
            let words = tokens(name);
            if roll.has(&words.join(" ")) || holds_exact(roll, &words) {
                continue;
            }
            let signed = roll.signed.like(&words).into_iter().any(|at| {
                let other = &roll.signed.tokens[at];
                (case.subject.judge)(name, roll.signed.names[at]).zone != Zone::Apart
                    || words.iter().all(|word| other.contains(word))
            });
            if signed {
                continue;
            }
            told.insert((range.start, range.end));
            sink.add(
                Code::NotSigned,
                passage.origin(range.clone()),
                format!("`{name}` {does} in the text, but is not on the roll"),
                "add its signature to the list, or make clear that it did not sign",
            );
        }
    }
}

/// Words after a verb of speech with which begins what is said.
const NO_SPEAKERS: &[&str] = &[
    "that",
    "it",
    "he",
    "she",
    "they",
    "there",
    "we",
    "his",
    "her",
    "their",
    "its",
    "this",
    "these",
    "those",
    "in",
    "on",
    "by",
    "last",
    "earlier",
    "yesterday",
    "today",
    "que",
    "ayer",
    "hoy",
];

/// Returns whether a name stands after a word that makes it no speaker's: "arrested by the".
fn is_told_of(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    let last = if matches!(last, "the" | "la" | "el" | "los" | "las") {
        words.next().unwrap_or_default()
    } else {
        last
    };
    matches!(
        last,
        "by" | "from"
            | "on"
            | "in"
            | "to"
            | "against"
            | "within"
            | "under"
            | "between"
            | "than"
            | "into"
            | "before"
            | "after"
            | "over"
            | "has"
            | "have"
            | "told"
            | "por"
            | "contra"
            | "ante"
            | "desde"
    )
}

/// Whether a name reads like a body's, not a person's, office's or place's.
fn is_body(name: &str) -> bool {
    static BODIES: WordList = WordList::new("bodies");
    static OFFICES: WordList = WordList::new("offices");
    static NO_BODIES: WordList = WordList::new("no_bodies");
    let words = tokens(name);
    let joined = words.join(" ");
    if NO_BODIES.contains(joined.as_str()) || joined.starts_with("united nations") || joined.ends_with("united states")
    {
        return false;
    }
    words.iter().any(|word| BODIES.contains(word.as_str())) && !words.iter().any(|word| OFFICES.contains(word.as_str()))
}

/// Names of those who withdrew, declined or did not confirm, in the text.
fn withdrawn(case: &Case<'_>, sink: &mut Sink<'_>) {
    let printed = &case.roll.printed;
    for exclusion in &case.subject.resolution.excluded {
        let record = &case.subject.records[exclusion.row];
        let why = match exclusion.reason {
            Reason::Withdrawn => "withdrew",
            Reason::Declined => "declined",
            Reason::Pending | Reason::Invalid | Reason::NotSignatory | Reason::Held => continue,
        };
        let name = record.name.trim();
        // A short or common word is no name to look for.
        if name.chars().count() < 6 || !name.contains(' ') && name.chars().count() < 9 || printed.contains(name) {
            continue;
        }
        let sought: Vec<char> = straight(name).map(|(_, c)| c).collect();
        for passage in &case.prose.passages {
            let Some(range) = find(&passage.text, &sought) else {
                continue;
            };
            let origin = passage.origin(range);
            sink.add(
                Code::WithdrawnNamed,
                origin,
                format!("`{name}` {why}, but is named in the text"),
                "remove the name from the text",
            );
        }
    }
}

/// The characters of a text in lower case with straight apostrophes, with their
/// places.
fn straight(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().map(|(at, c)| {
        let plain = match c {
            '’' | '‘' => '\'',
            '\u{a0}' => ' ',
            c => c.to_lowercase().next().unwrap_or(c),
        };
        (at, plain)
    })
}

/// Where a name stands in a text as a whole.
fn find(text: &str, sought: &[char]) -> Option<Range<usize>> {
    let plain: Vec<(usize, char)> = straight(text).collect();
    let inside = |place: Option<&(usize, char)>| place.is_some_and(|(_, c)| c.is_alphanumeric());
    let start = plain.windows(sought.len()).enumerate().position(|(at, window)| {
        window.iter().map(|(_, c)| c).eq(sought)
            && !inside(at.checked_sub(1).and_then(|before| plain.get(before)))
            && !inside(plain.get(at + sought.len()))
    })?;
    let end = plain.get(start + sought.len()).map_or(text.len(), |(at, _)| *at);
    Some(plain[start].0..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_runs_of_capitals() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = candidates(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "by the National Immigration Law Center and others",
            &["National Immigration Law Center"],
        );
        check(
            "Center for the Study of Peace, Inc. said",
            &["Center for the Study of Peace"],
        );
        check("we ask Congress to act", &[]);
        check("Maria Ruiz, director", &["Maria Ruiz"]);
    }

    #[test]
    fn one_word_may_differ_a_little() {
        let check = |a: &str, b: &str, expected| assert_eq!(one_differs(&tokens(a), &tokens(b)), expected, "{a} / {b}");
        check("National Immigrant Law Center", "National Immigration Law Center", true);
        check("United We Dreams", "United We Dream", true);
        check("North Carolina Justice Center", "South Carolina Justice Center", false);
        check(
            "National Immigrant Justice Center",
            "National Immigration Law Center",
            false,
        );
        check("Local 9 Union", "Local 10 Union", false);
    }
}
