//! What a mail seems to ask for, as a question to a person.
//!
//! In: a [`Mail`]. Out: the name that a row gets, and the question that holds it.
//! Guaranteed: every row is held; nothing is decided here; no private value of the mail
//! becomes part of the question. Absent: the words, which are in data/mail.toml.

use super::message::Mail;
use super::words::WORDS;
use crate::load::lists::body_words::has_body_word;
use crate::load::lists::fold::fold_all;
use crate::load::lists::private_values::private;
use crate::model::held::{HeldReason, Hold};
use regex::Regex;
use std::sync::LazyLock;

/// A row that a mail proposes.
#[derive(Debug)]
pub(super) struct Request {
    /// The name that the row gets: the organization's if the mail names one.
    pub(super) name: String,
    /// What is asked about it.
    pub(super) hold: Hold,
}

/// What the words of a mail ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Intent {
    Sign,
    Remove,
    Unclear,
}

/// Longest sentence that a question quotes, in characters.
const LONGEST_QUOTE: usize = 140;

/// Longest name that is proposed, in characters.
const LONGEST_NAME: usize = 120;

/// Returns what a mail asks for.
pub(super) fn request(mail: &Mail) -> Request {
    let (intent, sentence) = intent(mail);
    let named = organization(mail);
    let is_personal = mail
        .text
        .paragraphs
        .iter()
        .any(|line| has_any(&fold_sentence(line), &WORDS.personal));
    let is_of_one = !mail.looks_automatic && !mail.is_digest;
    let reason = match (intent, &named) {
        _ if !is_of_one => HeldReason::MailUnclear,
        (Intent::Sign, Some(_)) if !is_personal => HeldReason::MailSign,
        (Intent::Remove, Some(_)) => HeldReason::MailRemove,
        _ => HeldReason::MailUnclear,
    };
    let mut notes: Vec<String> = mail.date.iter().map(|date| date[..date.len() - 3].to_owned()).collect();
    if mail.is_digest {
        notes.push("several people's mails in one".to_owned());
    }
    if named.is_none() {
        notes.push("names no organization".to_owned());
    }
    if !mail.is_verified {
        notes.push("sender not verified".to_owned());
    }
    let quote = match quotable(&sentence) {
        quote if quote.is_empty() => "no text".to_owned(),
        quote => format!("“{quote}”"),
    };
    let about = match notes.is_empty() {
        true => quote,
        false => format!("{quote} ({})", notes.join("; ")),
    };
    Request {
        name: named.unwrap_or_else(|| sender(mail)),
        hold: Hold::about(reason, &about),
    }
}

/// Returns whether a sentence of a mail asks to sign, with or without a condition.
pub(super) fn asks_to_sign(mail: &Mail) -> bool {
    let mut all = mail.text.paragraphs.iter().flat_map(|line| sentences(line));
    all.any(|sentence| has_any(&fold_sentence(&sentence), &WORDS.sign))
}

/// Returns a sentence as words between single spaces, with a space at both ends.
fn fold_sentence(sentence: &str) -> String {
    let cut: String = sentence.chars().take(380).collect();
    format!(" {} ", fold_all(&cut))
}

fn has_any(folded: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let mut rest = folded;
        while let Some(at) = rest.find(phrase) {
            let end = at + phrase.len();
            if rest[..at].ends_with(' ') && rest[end..].starts_with(' ') {
                return true;
            }
            rest = &rest[end..];
        }
        false
    })
}

/// Returns what a mail asks for, and the sentence that says so. A removal outweighs all
/// else, and a mail that says both is unclear.
fn intent(mail: &Mail) -> (Intent, String) {
    let all = mail.text.paragraphs.iter().chain(&mail.text.signature);
    let sentences: Vec<String> = all.flat_map(|line| sentences(line)).collect();
    let mut removal = None;
    let mut signing = None;
    let mut doubtful = None;
    for sentence in &sentences {
        let folded = fold_sentence(sentence);
        let (removes, signs) = (has_any(&folded, &WORDS.remove), has_any(&folded, &WORDS.sign));
        if !removes && !signs {
            continue;
        }
        let signs = signs || removes && has_any(&folded, &WORDS.beside_removal);
        if sentence.contains('?') || removes && signs || is_doubtful(sentence, &folded) {
            doubtful = doubtful.or(Some(sentence));
        } else if removes {
            removal = removal.or(Some(sentence));
        } else {
            signing = signing.or(Some(sentence));
        }
    }
    match (removal, signing, doubtful) {
        (Some(sentence), None, None) => (Intent::Remove, sentence.clone()),
        (None, Some(sentence), None) => (Intent::Sign, sentence.clone()),
        (Some(sentence), _, _) | (None, _, Some(sentence)) => (Intent::Unclear, sentence.clone()),
        (None, None, None) => {
            let first = sentences.iter().find(|sentence| !fold_all(sentence).is_empty());
            let subject = (!mail.subject.is_empty()).then_some(&mail.subject);
            (Intent::Unclear, first.or(subject).cloned().unwrap_or_default())
        }
    }
}

/// Returns whether a sentence denies or sets a condition. "No longer" does not, and neither
/// does the "Sí" of a Spanish yes, which folds to the word for "if".
fn is_doubtful(sentence: &str, folded: &str) -> bool {
    let yes = sentence.starts_with("Sí") || sentence.starts_with("SÍ") || sentence.starts_with("Si,");
    let folded = match folded.strip_prefix(" si").filter(|_| yes) {
        Some(rest) => rest,
        None => folded,
    };
    if has_any(folded, &WORDS.departures) {
        return true;
    }
    let folded = folded.replace(" no longer ", " ").replace(" ya no ", " ");
    has_any(&folded, &WORDS.doubt)
}

/// Divides a paragraph into sentences. A point after a short word with a capital ends none:
/// "St. Mary's".
fn sentences(paragraph: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, sign) in paragraph.match_indices(['.', '!', '?']) {
        let end = at + sign.len();
        let rest = &paragraph[end..];
        if !rest.starts_with(' ') {
            continue;
        }
        let word = paragraph[start..at].rsplit(' ').next().unwrap_or_default();
        let is_short = word.chars().count() <= 3 && word.starts_with(char::is_uppercase);
        let goes_on = rest.trim_start().starts_with(char::is_lowercase);
        if sign == "." && (is_short || goes_on) {
            continue;
        }
        all.push(paragraph[start..end].trim().to_owned());
        start = end;
    }
    all.push(paragraph[start..].trim().to_owned());
    all.retain(|sentence| !sentence.is_empty());
    all
}

/// Returns a sentence as a question may quote it, without what looks private.
fn quotable(sentence: &str) -> String {
    let is_private = |word: &&str| word.contains('@') || word.bytes().filter(u8::is_ascii_digit).count() > 4;
    let words: Vec<&str> = sentence
        .split_whitespace()
        .map(|word| if is_private(&word) { "…" } else { word })
        .collect();
    // A list keeps the question in its `status`, where these signs would divide it.
    let text = words
        .join(" ")
        .replace("; held: ", ", held: ")
        .replace(['“', '”'], "\"");
    if private(&text).is_some() {
        return "…".to_owned();
    }
    match text.chars().count() > LONGEST_QUOTE {
        true => format!("{}…", text.chars().take(LONGEST_QUOTE).collect::<String>().trim_end()),
        false => text,
    }
}

/// Words with capitals, and the small words that stand between them in a name.
const NAME: &str = r"(?P<name>[\p{Lu}\p{N}][\p{L}\p{N}.'’&/-]*(?:(?: (?:of|the|for|and|in|on|at|de|del|la|las|los|el|y|para|por))* (?:&|[\p{Lu}\p{N}(][\p{L}\p{N}.'’&/()-]*)|,? (?:Inc|LLC|Local)\.?)*)";

/// Where a mail names the organization: each pattern has a group `name`. The surest first.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"(?i:^(?:name of (?:the |your )?(?:organi[sz]ation|group)|(?:organi[sz]ation|group|org|organización)(?:'s)?(?: name)?|nombre de la organización))\s*:\s*(?P<name>\S.*)$".to_owned(),
        format!(r"(?i:on behalf of|en nombre de)(?i: the| la| el)? {NAME}"),
        format!(r"(?i:\b(?:add|adding|include|sign|list|remove|removing|take|agreguen?|incluyan?|añadan?|sumen?|retiren?|quiten?|eliminen?)(?: a)?(?: the| la| el)? ){NAME}"),
        format!(
            r"^(?:[\p{{L}}’' ]{{0,30}}[,:!-] )?(?i:the |la |el )?{NAME} (?:would|wants?|is (?:happy|glad|pleased|proud|in|signing|withdrawing)|wish(?:es)?|agrees?|will|signs?|joins?|endorses?|supports?|hereby|withdraws?|desea|quiere|firma|se suma|se adhiere|suscribe|retira|apoya)\b"
        ),
    ];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// Returns the organization that a mail names: in a sentence, in its signature, or in the
/// sender's name.
fn organization(mail: &Mail) -> Option<String> {
    let paragraphs = &mail.text.paragraphs;
    for pattern in PATTERNS.iter() {
        let found = paragraphs
            .iter()
            .flat_map(|line| sentences(line))
            .find_map(|sentence| named(&pattern.captures(&sentence)?["name"]));
        if found.is_some() {
            return found;
        }
    }
    let lines = mail.text.signature.iter().chain(&mail.text.ending);
    let in_lines = lines
        .filter(|line| line.chars().count() <= LONGEST_NAME && !line.ends_with(['.', '!', '?']))
        .find_map(|line| {
            // "Executive Director, Harwell Village Association".
            let mut parts = line.split([',', '|', '•', '·']).map(str::trim);
            named(parts.find(|part| has_body_word(&fold_all(part)) && part.starts_with(char::is_uppercase))?)
        });
    in_lines.or_else(|| {
        let name = mail.name.rsplit(" at ").next().unwrap_or_default();
        has_body_word(&fold_all(name)).then(|| named(name)).flatten()
    })
}

/// Returns a name that can be proposed.
fn named(name: &str) -> Option<String> {
    let name = name.trim().trim_end_matches([',', ';', ':', '!', '-']).trim();
    let name = match name.strip_suffix('.') {
        // "Inc." and "St." keep their points.
        Some(rest) if rest.rsplit(' ').next().is_some_and(|word| word.chars().count() > 3) => rest,
        _ => name,
    };
    let folded = fold_all(name);
    let first = folded.split(' ').next().unwrap_or_default();
    let is_name = !WORDS.not_names.contains(first)
        && !WORDS.not_names.contains(folded.as_str())
        && name.contains(char::is_alphabetic)
        && name.chars().count() <= LONGEST_NAME
        && private(name).is_none();
    is_name.then(|| name.to_owned())
}

/// Returns what a row is called whose mail names no organization: the sender's name, or the
/// domain that the mail came from.
fn sender(mail: &Mail) -> String {
    let name = mail.name.trim_matches(['"', '\'', ' ']);
    if name.contains(char::is_alphabetic) && !name.contains('@') && private(name).is_none() {
        return name.chars().take(LONGEST_NAME).collect();
    }
    let domain = mail
        .address
        .rsplit_once('@')
        .map_or("", |(_, domain)| domain)
        .to_lowercase();
    match domain.is_empty() || WORDS.mailbox_providers.contains(domain.as_str()) {
        true => "unknown sender".to_owned(),
        false => domain.chars().take(LONGEST_NAME).collect(),
    }
}

#[cfg(test)]
mod tests;
