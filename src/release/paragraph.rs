//! What changed, as a paragraph ready to paste.
//!
//! In: [`Changes`] and a language. Out: "Since March 1, 12 organizations have joined and
//! one has withdrawn.", the count now, and a few new names. Guaranteed: nobody who left is
//! named. Absent: words of the text, pairs that a person has yet to decide about.

use super::diff::{Changes, Printed};
use crate::compose::wording;
use crate::model::signatory::Kind;
use crate::resolve::Reason;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The sentences of one language; data/changes.toml says what each is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangePhrases {
    organization: [String; 2],
    individual: [String; 2],
    alone: [String; 2],
    joined: [String; 2],
    withdrawn: [String; 2],
    left: [String; 2],
    nobody: String,
    since: String,
    plain: String,
    total: String,
    names: [String; 2],
}

static TABLES: LazyLock<BTreeMap<String, ChangePhrases>> = LazyLock::new(|| word_list!("changes"));

/// Most new names that a paragraph tells. By eye: at ten, it is a paragraph still.
const MOST_NAMES: usize = 10;

/// What the paragraph is about.
#[derive(Clone, Copy, Debug)]
pub struct ClauseKind<'a> {
    /// BCP 47 tag of the language to write in; English where there are no sentences.
    pub language: &'a str,
    /// The date of the state before.
    pub since: Option<Date>,
    /// The date of the state now.
    pub now: Option<Date>,
    /// Who is printed now.
    pub signatories: &'a [Printed],
}

/// Writes the paragraph.
pub fn paragraph(changes: &Changes, about: &ClauseKind<'_>) -> String {
    let subtag = wording::subtag(about.language);
    let (language, phrases) = match TABLES.get(&subtag) {
        Some(phrases) => (about.language, phrases),
        None => ("en-US", &TABLES["en"]),
    };
    let writer = Writer { language, phrases };

    let joined = ChangeTally::of(changes.joined.iter().map(|joined| &joined.printed));
    let is_withdrawn = |reason: Option<Reason>| reason == Some(Reason::Withdrawn);
    let gone = |withdrawn: bool| {
        let left = changes
            .left
            .iter()
            .filter(move |left| is_withdrawn(left.reason) == withdrawn);
        ChangeTally::of(left.map(|left| &left.printed))
    };
    let clauses = [
        (joined, &phrases.joined),
        (gone(true), &phrases.withdrawn),
        (gone(false), &phrases.left),
    ];
    let mut written: Vec<String> = Vec::new();
    let mut last = None;
    for (tally, clause) in clauses {
        if tally.all() > 0 {
            written.push(pick(clause, tally.all()).replace("{who}", &writer.who(tally, last)));
            last = Some(tally);
        }
    }
    if written.is_empty() {
        written.push(phrases.nobody.clone());
    }
    let what = wording::join(language, &written);
    let first = match about.since {
        Some(since) => {
            let with_year = about.now.is_none_or(|now| now.year() != since.year());
            let date = wording::date(language, since, with_year);
            phrases.since.replace("{date}", &date).replace("{what}", &what)
        }
        None => capitalized(&phrases.plain.replace("{what}", &what)),
    };

    let mut sentences = vec![first];
    let now = ChangeTally::of(about.signatories);
    if now.all() > 0 {
        sentences.push(phrases.total.replace("{who}", &writer.who(now, None)));
    }
    let names: Vec<String> = changes.joined.iter().map(|joined| joined.printed.to_string()).collect();
    if !names.is_empty() && names.len() <= MOST_NAMES {
        let list = wording::join(language, &names);
        sentences.push(full_stop(&pick(&phrases.names, names.len()).replace("{names}", &list)));
    }
    sentences.join(" ")
}

/// A name's own full stop ("Acme Inc.") ends the sentence, too.
fn full_stop(sentence: &str) -> String {
    match sentence.strip_suffix("..") {
        Some(rest) => format!("{rest}."),
        None => sentence.to_owned(),
    }
}

fn pick(forms: &[String; 2], number: usize) -> &str {
    &forms[usize::from(number != 1)]
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// How many of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ChangeTally {
    organizations: usize,
    individuals: usize,
}

impl ChangeTally {
    fn of<'a>(printed: impl IntoIterator<Item = &'a Printed>) -> Self {
        let mut tally = Self {
            organizations: 0,
            individuals: 0,
        };
        for printed in printed {
            match printed.kind {
                Kind::Organization => tally.organizations += 1,
                Kind::Individual => tally.individuals += 1,
            }
        }
        tally
    }

    fn all(self) -> usize {
        self.organizations + self.individuals
    }

    /// Whether only one kind is counted.
    fn only(self) -> Option<Kind> {
        match (self.organizations, self.individuals) {
            (_, 0) => Some(Kind::Organization),
            (0, _) => Some(Kind::Individual),
            _ => None,
        }
    }
}

struct Writer<'a> {
    language: &'a str,
    phrases: &'a ChangePhrases,
}

impl Writer<'_> {
    /// "12 organizations and three individuals"; "one" after a clause about the same kind.
    fn who(&self, tally: ChangeTally, before: Option<ChangeTally>) -> String {
        let is_same = tally.only().is_some() && before.and_then(ChangeTally::only) == tally.only();
        if is_same {
            return self.noun(&self.phrases.alone, tally.all());
        }
        let nouns = [
            (tally.organizations, &self.phrases.organization),
            (tally.individuals, &self.phrases.individual),
        ];
        let nouns: Vec<String> = nouns
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, forms)| self.noun(forms, count))
            .collect();
        wording::join(self.language, &nouns)
    }

    fn noun(&self, forms: &[String; 2], count: usize) -> String {
        pick(forms, count).replace("{number}", &wording::number(self.language, count))
    }
}

#[cfg(test)]
mod tests {
    use super::super::diff::{Joined, Left};
    use super::*;

    fn printed(kind: Kind, count: usize) -> Vec<Printed> {
        let named = |at| Printed {
            kind,
            name: format!("N{at}"),
            detail: None,
        };
        (0..count).map(named).collect()
    }

    fn check(language: &str, joined: (usize, usize), gone: (usize, usize), expected: &str) {
        let (organizations, individuals) = joined;
        let (withdrawn, left) = gone;
        let mut changes = Changes::default();
        let all = printed(Kind::Organization, organizations)
            .into_iter()
            .chain(printed(Kind::Individual, individuals));
        changes.joined = all.map(|printed| Joined { printed, was: None }).collect();
        for (count, reason) in [(withdrawn, Some(Reason::Withdrawn)), (left, None)] {
            let gone = printed(Kind::Organization, count);
            changes
                .left
                .extend(gone.into_iter().map(|printed| Left { printed, reason }));
        }
        let about = ClauseKind {
            language,
            since: Some(jiff::civil::date(2021, 3, 1)),
            now: Some(jiff::civil::date(2021, 4, 1)),
            signatories: &[],
        };
        let text = paragraph(&changes, &about);
        assert_eq!(
            text.split_once(". ")
                .map_or(text.as_str(), |(first, _)| first)
                .trim_end_matches('.'),
            expected
        );
    }

    #[test]
    fn sentences_agree_in_number_and_kind() {
        let en = |joined, gone, expected| check("en-US", joined, gone, expected);
        en(
            (12, 0),
            (1, 0),
            "Since March 1, 12 organizations have joined and one has withdrawn",
        );
        en((1, 0), (0, 0), "Since March 1, one organization has joined");
        en(
            (2, 3),
            (0, 0),
            "Since March 1, two organizations and three individuals have joined",
        );
        en(
            (0, 1),
            (2, 1),
            "Since March 1, one individual has joined, two organizations have withdrawn and one is no longer listed",
        );
        en((0, 0), (1, 0), "Since March 1, one organization has withdrawn");
        en((0, 0), (0, 0), "Since March 1, nobody has joined or withdrawn");
        let es = |joined, gone, expected| check("es-US", joined, gone, expected);
        es(
            (12, 0),
            (1, 0),
            "Desde el 1 de marzo, se han sumado 12 organizaciones y una se ha retirado",
        );
        es(
            (1, 0),
            (0, 2),
            "Desde el 1 de marzo, se ha sumado una organización y dos ya no figuran en la lista",
        );
        es((0, 2), (0, 0), "Desde el 1 de marzo, se han sumado dos personas");
        es(
            (0, 0),
            (0, 0),
            "Desde el 1 de marzo, nadie se ha sumado ni se ha retirado",
        );
        check("fr-FR", (1, 0), (0, 0), "Since March 1, one organization has joined");
    }

    #[test]
    fn counts_and_a_few_names_follow() {
        let mut changes = Changes::default();
        let named = |name: &str| Printed {
            kind: Kind::Organization,
            name: name.to_owned(),
            detail: None,
        };
        changes.joined = ["A", "B Inc."]
            .map(|name| Joined {
                printed: named(name),
                was: None,
            })
            .to_vec();
        let signatories = printed(Kind::Organization, 1024);
        let about = ClauseKind {
            language: "en-US",
            since: None,
            now: None,
            signatories: &signatories,
        };
        assert_eq!(
            paragraph(&changes, &about),
            "Two organizations have joined. The signatories are now 1,024 organizations. \
             The new signatories are A and B Inc."
        );
    }
}
