//! A release beside its letter, and a text beside its translation.
//!
//! In: all documents of a workspace. Out: dates, addressees and numbers of demands of a
//! letter that its release tells otherwise; dates, numbers, sections and lists that a
//! translation lacks. Guaranteed: a release is compared with the letter it names, a
//! translation with the document that names it. Absent: quotations (`cross_letter`).

use super::expression::Regex;
use super::pattern::{Pattern, has_any_case};
use super::prose::{Element, Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink, dates, items, numbers, people};
use crate::diag::{Code, Severity};
use crate::model::letter::DocumentKind;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) const RELEASES: Check = Check {
    name: "releases",
    description: "A press release tells the letter's date, addressee, and demands as the letter has them.",
    findings: &[Finding {
        code: Code::ReleaseDiffers,
        severity: Severity::Warning,
        why: "Reporters have both texts before them, and print the one that is wrong.",
    }],
    run: CheckRun::CrossLetter(releases),
};

pub(super) const TRANSLATIONS: Check = Check {
    name: "translations",
    description: "A translation has the dates, numbers, and lists of its original.",
    findings: &[Finding {
        code: Code::TranslationDiffers,
        severity: Severity::Warning,
        why: "Readers of the translation hear of other demands than the addressee.",
    }],
    run: CheckRun::CrossLetter(translations),
};

/// The last part of a path, without its folders.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The case of a file that another names.
fn named(cases: &[Case<'_>], path: &str) -> Option<usize> {
    let name = file_name(path);
    cases
        .iter()
        .position(|case| file_name(case.subject.sources.name(case.subject.letter.file)) == name)
}

fn releases(cases: &[Case<'_>], sinks: &mut [Sink<'_>]) {
    for (index, case) in cases.iter().enumerate() {
        let letter = case.subject.letter.kind_keys.letter.as_ref();
        let Some(letter) = letter.and_then(|path| named(cases, &path.value)) else {
            continue;
        };
        let letter = &cases[letter];
        if letter.subject.letter.kind != DocumentKind::Letter {
            continue;
        }
        let sink = &mut sinks[index];
        let sizes = items::sizes(letter);
        let own = items::sizes(case);
        for passage in &case.prose.passages {
            if passage.is_aside() || matches!(passage.role, PassageRole::Note | PassageRole::Quote) {
                continue;
            }
            date_of_letter(case, letter, passage, sink);
            addressee(letter, passage, sink);
            demands(case, passage, &sizes, &own, sink);
        }
        before_letter(case, letter, sink);
    }
}

fn tell(passage: &Passage, range: std::ops::Range<usize>, message: String, sink: &mut Sink<'_>) {
    sink.add(
        Code::ReleaseDiffers,
        passage.origin(range),
        message,
        "correct the release or the letter",
    );
}

fn date_of(case: &Case<'_>) -> Option<Date> {
    case.subject.document.date.or(case.subject.letter.date)
}

/// A release that is dated before its letter.
fn before_letter(case: &Case<'_>, letter: &Case<'_>, sink: &mut Sink<'_>) {
    if let (Some(own), Some(date)) = (date_of(case), date_of(letter))
        && own < date
    {
        sink.add(
            Code::ReleaseDiffers,
            dates::key(case, "date"),
            format!("the release is dated {own}, before its letter, {date}"),
            "correct one of the dates",
        );
    }
}

/// "In a letter dated December 8, 2026".
fn date_of_letter(case: &Case<'_>, letter: &Case<'_>, passage: &Passage, sink: &mut Sink<'_>) {
    static TOLD: Pattern = Pattern::new(
        r"(?i)\b(?:letter|carta)\b(?:,? (?:which was |that was )?(?:dated|of|sent|sent on|delivered|delivered on|released|released on|del?|fechada el|con fecha del?|enviada el))(?: on)?,?(?: [\p{L}]+day,?| el)?$|\b(?:sent|delivered|released|submitted|published|envió|entregó|enviaron|entregaron) (?:the|a|their|its|la|una|su) (?:letter|carta)(?: (?:to|a) [^.]{2,60})? (?:on|el)$",
        |text| has_any_case(text, &["letter", "carta"]),
    );
    let Some(date) = date_of(letter) else { return };
    for written in dates::dates(&passage.text, case.language()) {
        let before = passage.before(written.range.start).trim_end();
        if !TOLD.for_text(before).is_some_and(|pattern| pattern.is_match(before)) {
            continue;
        }
        let year = written.year.unwrap_or(date.year());
        let day = Date::new(year, written.month, written.day);
        if day.is_ok_and(|day| day != date) {
            let text = &passage.text[written.range.clone()];
            let message = format!("`{text}` is told as the date of the letter, which is {date}");
            tell(passage, written.range, message, sink);
        }
    }
}

/// "Secretary Donna Whitfield", of a letter to Secretary Dana Whitfield; "a letter to the
/// Department of Labor".
fn addressee(letter: &Case<'_>, passage: &Passage, sink: &mut Sink<'_>) {
    static PERSON: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(Secretary|Senator|Sen\.|Representative|Rep\.|Governor|Gov\.|Mayor|Director|Administrator|Commissioner|President|Secretari[oa]|Senadora?|Gobernadora?) (?:(\p{Lu}[\p{L}'’-]+) )?(?:\p{Lu}\. )?(\p{Lu}[\p{L}'’-]+)").ok()
    });
    static BODY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(?:letter|carta)(?: sent| addressed| enviada| dirigida)?(?: today| hoy)? (?:to|a|al) (?:the |la |el )?(?:U\.S\. )?(Department of (?:the )?\p{Lu}[\p{L}]+(?: and \p{Lu}\p{L}+| \p{Lu}\p{L}+)*|Departamento de(?:l)? \p{Lu}[\p{L}]+)").ok()
    });
    let texts = |ending: &str| -> Vec<&str> {
        let passages = letter.prose.passages.iter();
        let of_addressee =
            passages.filter(|passage| people::addressee_of(passage).is_some() && passage.is_ending(ending));
        of_addressee.map(|passage| passage.text.as_str()).collect()
    };
    let (names, bodies) = (texts("name"), texts("organization"));
    for found in PERSON.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(last)) = (found.get(0), found.get(3)) else {
            continue;
        };
        let first = found.get(2).map_or("", |first| first.as_str());
        let words = |name: &str| -> Vec<String> { numbers::words(name).into_iter().map(|word| word.lower).collect() };
        let (last_lower, first_lower) = (last.as_str().to_lowercase(), first.to_lowercase());
        let last_lower = last_lower.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        let is_named = names.iter().any(|name| words(name).contains(&last_lower));
        let to_whom = passage.text[..whole.start()].trim_end();
        let to_whom = [
            "letter to",
            "letter to U.S.",
            "addressed to",
            "carta a",
            "carta al",
            "carta a la",
            "dirigida a",
            "dirigida al",
        ]
        .iter()
        .any(|phrase| to_whom.ends_with(phrase));
        let near = names.iter().find(|name| {
            words(name).iter().any(|word| {
                let slips = strsim::osa_distance(word, &last_lower);
                word.chars().count() >= 5 && (slips == 1 || slips == 2 && word.chars().count() >= 8)
            })
        });
        let told = match (is_named, near) {
            (true, _) if !first.is_empty() => names.iter().find(|name| {
                let words = words(name);
                let given = words
                    .iter()
                    .filter(|word| !matches!(word.as_str(), "the" | "honorable" | "hon"));
                let has = given.clone().any(|word| {
                    *word == first_lower || word.starts_with(&first_lower) || first_lower.starts_with(word.as_str())
                });
                words.contains(&last_lower) && words.len() > 1 && !has && given.count() > 1
            }),
            (true, _) => None,
            (false, Some(near)) => Some(near),
            (false, None) if to_whom => names.first(),
            (false, None) => None,
        };
        if let Some(name) = told {
            let message = format!("`{}`: the letter is addressed to `{}`", whole.as_str(), name.trim());
            tell(passage, whole.range(), message, sink);
        }
    }
    for found in BODY.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(body) = found.get(1).filter(|_| !bodies.is_empty()) else {
            continue;
        };
        let known = bodies.iter().any(|other| {
            other.to_lowercase().contains(&body.as_str().to_lowercase()) || !other.contains(&body.as_str()[..6])
        });
        if !known {
            let message = format!("`{}`: the letter is addressed to `{}`", body.as_str(), bodies[0].trim());
            tell(passage, body.range(), message, sink);
        }
    }
}

/// "Four demands", of a letter with three.
fn demands(case: &Case<'_>, passage: &Passage, sizes: &[u64], own: &[u64], sink: &mut Sink<'_>) {
    static LETTER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\b(?:letter|carta|groups|coalition|grupos|coalición)\b").ok());
    let titled = ["title", "subtitle", "slug"].iter().any(|key| passage.is_key(key));
    let speaks = titled || LETTER.as_ref().is_some_and(|pattern| pattern.is_match(&passage.text));
    if sizes.is_empty() || !speaks {
        return;
    }
    let words = numbers::words(&passage.text);
    for number in numbers::numbers(&passage.text, &words, case.language()) {
        let Some(noun) = items::noun(&words, number.words.end) else {
            continue;
        };
        // "Two ways" may be any two.
        const LOOSE: &[&str] = &[
            "reasons", "ways", "points", "steps", "goals", "razones", "puntos", "metas", "pasos",
        ];
        // "The letter calls for five steps" speaks of all of them.
        let before = number
            .words
            .start
            .checked_sub(1)
            .map_or("", |before| words[before].lower.as_str());
        let all = matches!(
            before,
            "out" | "outlines" | "outlined" | "makes" | "lists" | "includes" | "contains" | "incluye" | "contiene"
        );
        let loose = LOOSE.contains(&words[noun].lower.as_str()) && !all;
        let exact = number.exactness == numbers::Exactness::Exact && (2..100).contains(&number.value);
        if !exact || loose || number.words.is_empty() || sizes.contains(&number.value) || own.contains(&number.value) {
            continue;
        }
        let range = words[number.words.start].range.start..words[noun].range.end;
        let text = &passage.text[range.clone()];
        let message = format!("`{text}`: no list of the letter has that many");
        tell(passage, range, message, sink);
    }
}

fn translations(cases: &[Case<'_>], sinks: &mut [Sink<'_>]) {
    for (index, case) in cases.iter().enumerate() {
        for path in &case.subject.letter.kind_keys.translations {
            let Some(other) = named(cases, &path.value).filter(|other| *other != index) else {
                continue;
            };
            // Of a pair that name each other, the second is the translation.
            let other_names = cases[other].subject.letter.kind_keys.translations.iter();
            let names_back = other_names.clone().any(|path| named(cases, &path.value) == Some(index));
            let english = |at: usize| cases[at].english();
            let is_original =
                names_back && (english(index), std::cmp::Reverse(index)) > (english(other), std::cmp::Reverse(other));
            if cases[other].subject.letter.kind == case.subject.letter.kind && !is_original {
                compare(&cases[other], case, &mut sinks[index]);
            }
        }
    }
}

/// Holds a translation against its original.
fn compare(original: &Case<'_>, case: &Case<'_>, sink: &mut Sink<'_>) {
    let name = original.subject.sources.name(original.subject.letter.file);
    let mut tell = |origin, message: String| {
        sink.add(Code::TranslationDiffers, origin, message, "make the two texts agree");
    };
    let (a, b) = (original.subject.letter, case.subject.letter);
    if let (Some(theirs), Some(own)) = (date_of(original), date_of(case))
        && theirs != own
    {
        tell(
            dates::key(case, "date"),
            format!("the date is {own}, and {theirs} in {name}"),
        );
    }
    if let (Some(theirs), Some(own)) = (a.deadline, b.deadline)
        && theirs != own
    {
        tell(
            dates::key(case, "deadline"),
            format!("the deadline is {own}, and {theirs} in {name}"),
        );
    }
    let lists = |case: &Case<'_>| -> Vec<usize> {
        let elements = case.prose.elements.iter();
        let sizes = elements.filter_map(|element| match element {
            Element::List { items, .. } => Some(*items),
            _ => None,
        });
        sizes.collect()
    };
    let headings = |case: &Case<'_>| {
        let all = case.prose.of_roles(|role| matches!(role, PassageRole::Heading(_)));
        all.count()
    };
    let (theirs, own) = (lists(original), lists(case));
    if theirs != own {
        let differing = theirs
            .iter()
            .zip(&own)
            .position(|(a, b)| a != b)
            .unwrap_or(theirs.len().min(own.len()));
        let origin = list_place(case, differing).unwrap_or(case.head());
        let message = match (theirs.get(differing), own.get(differing)) {
            (Some(theirs), Some(own)) => format!("this list has {own} items, and {theirs} in {name}"),
            _ => format!("the text has {} lists, and {} in {name}", own.len(), theirs.len()),
        };
        tell(origin, message);
    }
    if headings(original) != headings(case) {
        let all = case.prose.of_roles(|role| matches!(role, PassageRole::Heading(_)));
        let place = all.last().map_or(case.head(), Passage::whole);
        tell(
            place,
            format!(
                "the text has {} headings, and {} in {name}",
                headings(case),
                headings(original)
            ),
        );
    }
    let written = |case: &Case<'_>| -> BTreeSet<(i8, i8)> {
        let all = body(case).flat_map(|passage| dates::dates(&passage.text, case.language()));
        all.map(|written| (written.month, written.day)).collect()
    };
    let days = written(original);
    for passage in body(case).filter(|_| !days.is_empty()) {
        let own = dates::dates(&passage.text, case.language());
        if let Some(other) = own.into_iter().find(|own| !days.contains(&(own.month, own.day))) {
            let text = &passage.text[other.range.clone()];
            tell(
                passage.origin(other.range.clone()),
                format!("`{text}` is not in {name}"),
            );
            return;
        }
    }
    let known = digits(original);
    for passage in body(case) {
        for word in numbers::words(&passage.text) {
            if let Some(number) = figure(word.text)
                && !known.contains(&number)
            {
                tell(
                    passage.origin(word.range.clone()),
                    format!("`{}` is not in {name}", word.text),
                );
                return;
            }
        }
    }
}

/// Where the list of a number in the order of the text is: the passage before it, or its
/// first item.
fn list_place(case: &Case<'_>, number: usize) -> Option<crate::source::Origin> {
    let elements = &case.prose.elements;
    let lists = elements
        .iter()
        .enumerate()
        .filter(|(_, element)| matches!(element, Element::List { .. }));
    let at = lists.map(|(at, _)| at).nth(number)?;
    let before = elements[..at].iter().rev().chain(&elements[at..]);
    before
        .filter_map(|element| match element {
            Element::Passage(index) => Some(case.prose.passages[*index].whole()),
            _ => None,
        })
        .next()
}

fn body<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Passage> {
    case.prose.of_roles(|role| {
        matches!(
            role,
            PassageRole::Paragraph | PassageRole::Item | PassageRole::Heading(_) | PassageRole::Cell
        )
    })
}

/// A figure of two digits or more, without marks between its groups.
fn figure(word: &str) -> Option<String> {
    let plain: String = word.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    let is_number = plain.len() >= 2 && plain.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(plain)
}

/// The figures of a text, and its numbers in words.
fn digits(case: &Case<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for passage in case
        .prose
        .passages
        .iter()
        .filter(|passage| !matches!(passage.role, PassageRole::Signatory))
    {
        let words = numbers::words(&passage.text);
        found.extend(words.iter().filter_map(|word| figure(word.text)));
        let named = numbers::numbers(&passage.text, &words, case.language());
        found.extend(named.into_iter().map(|number| number.value.to_string()));
    }
    found
}
