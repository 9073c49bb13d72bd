//! Entries of the roll that are no signatories, or are not written as names.
//!
//! In: who signed, and to whom the letter is addressed. Out: federal offices, the addressee,
//! offices of officials, groups nobody wants, remarks, jokes, names in capitals, names with a
//! person or an open bracket. Guaranteed: one finding a row. Absent: rows that are held or
//! were trials (`roll` and the stages before).

use super::expression::Regex;
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Rows, Sink, government, people};
use crate::diag::{Code, Severity};
use crate::model::signatory::Kind;
use crate::resolve::Signatory;
use crate::source::Origin;
use rayon::prelude::*;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "entries",
    description: "Each entry of the roll is a signatory, and is written as a name.",
    findings: &[Finding {
        code: Code::UnlikelySignatory,
        severity: Severity::Warning,
        why: "A federal agency or the addressee on the roll makes readers doubt every other name.",
    }],
    run: CheckRun::Letter(run),
};

/// An organization on the roll.
pub(super) struct Entry<'a> {
    name: &'a str,
    origin: Origin,
    /// Its name in lower case, without marks.
    plain: String,
    /// What follows a title at the beginning of `plain`.
    person: Option<String>,
    is_office: bool,
    /// What is wrong with it, whoever the letter is addressed to.
    fault: Option<Fault>,
}

/// Reads the organizations of a roll.
pub(super) fn entries<'a>(all: &Rows<'a>) -> Vec<Entry<'a>> {
    let signatories = &all.resolution.signatories;
    let organizations: Vec<&Signatory> = signatories
        .iter()
        .filter(|one| one.kind == Kind::Organization)
        .collect();
    let capitals = organizations.par_iter().filter(|one| is_in_capitals(&one.name)).count();
    // A list that is in capitals throughout is its own house style.
    let odd_capitals = capitals * 4 < organizations.len();
    let entry = |signatory: &&'a Signatory| {
        let name = signatory.name.trim();
        let record = signatory.rows.first().and_then(|row| all.records.get(*row))?;
        let plain = folded(name);
        let titled = plain
            .split_once(' ')
            .filter(|(first, _)| people::office_of(first).is_some());
        let in_capitals = ("is in capital letters", "write it as the organization does");
        let fault = fault(name, &plain).or_else(|| (odd_capitals && is_in_capitals(name)).then_some(in_capitals));
        Some(Entry {
            name,
            origin: record.origin,
            person: titled.map(|(_, rest)| rest.to_owned()),
            is_office: government::is_office(name),
            fault,
            plain,
        })
    };
    organizations.par_iter().filter_map(entry).collect()
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let addressed = addressed(case);
    for entry in &case.roll.entries {
        let fault = if entry.is_office || is_short_office(&entry.plain) {
            Some(("is a federal office", "delete the row, unless the office itself signed"))
        } else if addressed.contains(&entry.plain) || is_official(entry, &addressed) {
            Some(("is whom the letter is addressed to", "delete the row"))
        } else {
            entry.fault
        };
        if let Some((what, hint)) = fault {
            let message = format!("`{}` {what}", entry.name);
            sink.add(Code::UnlikelySignatory, entry.origin, message, hint);
        }
    }
}

/// The names and organizations of the addressees in lower case.
fn addressed(case: &Case<'_>) -> Vec<String> {
    let of_addressee = |passage: &&super::prose::Passage| {
        people::addressee_of(passage).is_some() && (passage.is_ending("name") || passage.is_ending("organization"))
    };
    let texts = case.prose.passages.iter().filter(of_addressee);
    texts.map(|passage| folded(&passage.text)).collect()
}

/// A name in lower case without marks, "U.S.", "the" and "the Honorable".
fn folded(name: &str) -> String {
    let spaced: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let small = |word: &&str| matches!(*word, "the" | "u" | "s" | "us" | "honorable" | "hon");
    spaced
        .split_whitespace()
        .filter(|word| !small(word))
        .collect::<Vec<_>>()
        .join(" ")
}

type Fault = (&'static str, &'static str);

/// What is wrong with a name that is no federal office's.
fn fault(name: &str, plain: &str) -> Option<Fault> {
    static OFFICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:the )?(?:u\.?s\.? )?(?:senate|house) (?:(?:sub)?committee on |(?:banking|judiciary|appropriations|armed services|budget|finance|financial services|foreign (?:affairs|relations)|homeland security|oversight|rules|ways and means|energy|education|agriculture|small business|veterans['’]? affairs|intelligence|ethics|health|commerce|natural resources|help)\b[\p{L}, ]{0,40}(?:sub)?committee$)|^congressional [\p{L} ]{3,40} caucus$|^(?:the )?(?:office|oficina) (?:of|de|del|de la) (?:the )?(?:honorable|senator|sen\.|representative|rep\.|congress\w+|governor|gov\.|mayor|president|secretary|senador\w*|representante|gobernador\w*|alcald\w+|congresista)\b").ok()
    });
    static REMARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:no|sí|si|yes|pendiente|test|testing|please (?:add|sign|include|list) \w+)$|^please (?:add|sign|include|list) (?:us|me|our)\b|^(?:i|we|my|yes|yo|sí) (?:support|agree|sign|endorse|am|want|would|stand|apoyo|firmo)\b|^(?:my|our|mi|nuestr[ao]) (?:organi[sz]ation|group|organización|grupo) (?:would|wants?|supports?|agrees?|is|will|signs?|quiere|apoya|firma)\b|\b(?:lol|lmao|haha\w*|jaja\w*)\b|\b(?:please|pls|plz) (?:remove|delete|add|confirm|check|fix|include|update|verify)\b|\b(?:your|ur|yo) (?:mom|mama|momma|mother)(?:['’]s)?\b|^same (?:org\w*|as|name|one|group)\b|^(?:en (?:representaci[oó]n|nombre) propi[oa]|a t[ií]tulo (?:personal|individual)|por cuenta propia|in (?:my|a) (?:personal|individual|private) capacity|on my own(?: behalf)?)$|^(?:no|sin) (?:organi[sz]ation|organizaci[oó]n|affiliation|afiliaci[oó]n|group)$|\bdo not (?:list|publish|print|include)\b|^(?:prueba|ejemplo|test org\w*|organización de prueba)$").ok()
    });
    static PERSON: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i), (?:(?:executive|managing|deputy|co-?|legal|program|policy|interim) ?)?(?:director|directora|president|presidenta?|ceo|chair|coordinator|coordinadora?|manager|organizer|secretary|founder)$").ok()
    });
    static JOKES: WordList = WordList::new("jokes_within");
    let is = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(name));
    if is(&OFFICE) {
        return Some((
            "is the office of an official",
            "delete the row, unless the office itself signed",
        ));
    }
    if government::is_unwanted(name) {
        return Some((
            "is a group that a coalition would not list",
            "ask who sent it, and delete the row",
        ));
    }
    let whole = |joke: &str| {
        plain.match_indices(joke).any(|(at, _)| {
            let (before, after) = (&plain[..at], &plain[at + joke.len()..]);
            (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
        })
    };
    if JOKES.iter().any(whole) || is(&REMARK) || is_shouted_at(name) {
        return Some((
            "reads like a remark or a joke, not like a name",
            "ask the sender, or delete the row",
        ));
    }
    if name.contains(',') && is(&PERSON) {
        return Some((
            "ends in a person's title",
            "put the person in the column `contact` or `title`, and only the organization in `name`",
        ));
    }
    if name.matches('(').count() != name.matches(')').count() {
        return Some(("has a bracket that does not close", "complete the name"));
    }
    None
}

/// Returns whether a name is followed by a remark in capitals: "Blue Mesa Renters ASK ANA".
fn is_shouted_at(name: &str) -> bool {
    const REMARKS: [&str; 12] = [
        "ASK", "CALL", "CHECK", "CONFIRM", "DELETE", "EMAIL", "HOLD", "NEED", "NEEDS", "REMOVE", "VERIFY", "WAITING",
    ];
    let shouts = |word: &&str| !word.chars().any(char::is_lowercase) && word.chars().any(char::is_alphabetic);
    let words: Vec<&str> = name.split_whitespace().collect();
    let quiet = words.iter().take_while(|word| !shouts(word)).count();
    let (before, after) = words.split_at(quiet);
    before.len() >= 2 && after.iter().all(shouts) && after.first().is_some_and(|word| REMARKS.contains(word))
}

/// Returns whether a name in lower case is a federal office's in one word, or its acronym.
fn is_short_office(plain: &str) -> bool {
    static SHORT: WordList = WordList::new("short_offices");
    // "White House Domestic Policy Council".
    let of_white_house = plain
        .strip_prefix("white house ")
        .and_then(|rest| rest.split(' ').next_back());
    SHORT.contains(plain)
        || of_white_house.is_some_and(|body| matches!(body, "council" | "office" | "counsel" | "staff"))
}

/// "Secretary Dana Whitfield", in a letter to the Honorable Dana Whitfield.
fn is_official(entry: &Entry<'_>, addressed: &[String]) -> bool {
    let Some(person) = &entry.person else {
        return false;
    };
    addressed.iter().any(|other| {
        let before = other.strip_suffix(person.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

/// Returns whether a name of three long words or more is in capitals.
fn is_in_capitals(name: &str) -> bool {
    let long = name
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 4);
    long.count() >= 3 && !name.chars().any(char::is_lowercase)
}
