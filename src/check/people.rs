//! Who is greeted, and by what office.
//!
//! In: the addressees and the salutation. Out: people who are greeted and not
//! addressed, offices that differ, numbers that differ, forms of address that are
//! doubled or cut short. Guaranteed: a salutation to a body ("Dear Members of the
//! Committee:") or with a field is left alone. Absent: spelling of other names.

use super::prose::{FIELD, Passage};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "people",
    description: "The salutation greets the people the letter is addressed to.",
    findings: &[
        Finding {
            code: Code::SalutationName,
            severity: Severity::Error,
            why: "A letter that greets last month's addressee looks copied.",
        },
        Finding {
            code: Code::SalutationOffice,
            severity: Severity::Warning,
            why: "A wrong office offends the person who holds it, and the person who does not.",
        },
        Finding {
            code: Code::SalutationNumber,
            severity: Severity::Warning,
            why: "An addressee is not greeted, or somebody is greeted who is not an addressee.",
        },
        Finding {
            code: Code::AddresseeName,
            severity: Severity::Error,
            why: "The addressee sees the misspelled name first.",
        },
        Finding {
            code: Code::Honorific,
            severity: Severity::Warning,
            why: "Staff read the form of address first.",
        },
    ],
    run: CheckRun::Letter(run),
};

/// What data/forms_of_address.toml says of salutations.
#[derive(Deserialize)]
struct SalutationForms {
    /// Words before a name, by the word of a title that they stand for.
    offices: BTreeMap<String, Vec<String>>,
    /// Words before a name that stand for no office.
    honorifics: Vec<String>,
}

static FORMS: LazyLock<SalutationForms> = LazyLock::new(|| word_list!("forms_of_address"));

/// Returns the word of a title that a word before a name stands for, empty where it is no
/// office; `None` if the word is part of the name.
pub(super) fn office_of(word: &str) -> Option<&'static str> {
    let is_word = |known: &String| known == word;
    let office = FORMS.offices.iter().find(|(_, words)| words.iter().any(is_word));
    let office = office.map(|(office, _)| office.as_str());
    office.or_else(|| FORMS.honorifics.iter().any(is_word).then_some(""))
}

/// Words that begin a salutation.
static GREETINGS: WordList = WordList::new("greetings");

/// Words of a salutation to a body or to nobody.
static BODIES: WordList = WordList::new("greeted_bodies");

/// One person of a salutation.
#[derive(Debug, PartialEq)]
struct Greeted {
    /// The office's word, empty if there is none.
    office: &'static str,
    /// "Mr." and its like, lower case.
    form: String,
    /// The last name, lower case; empty where an office stands alone.
    name: String,
    range: Range<usize>,
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let names: Vec<(&Passage, String)> = addressees(case, "name");
    if case.english() {
        for (passage, _) in &names {
            address(passage, sink);
        }
    }
    in_the_text(case, &names, sink);
    let Some(salutation) = case.prose.key("salutation") else {
        return;
    };
    if salutation.text.contains(FIELD) {
        return;
    }
    if case.english() {
        form(salutation, sink);
    }
    let titles = addressees(case, "title");
    let organizations: Vec<String> = case
        .prose
        .passages
        .iter()
        .filter(|passage| addressee_of(passage).is_some() && passage.is_ending("organization"))
        .map(|passage| passage.text.to_lowercase())
        .collect();
    let people = greeted(&salutation.text);
    to_nobody(salutation, &names, sink);
    if names.is_empty() || people.is_empty() {
        return;
    }
    if let ([person], [(_, name)]) = (people.as_slice(), names.as_slice()) {
        one_to_one(salutation, person, name, sink);
    }
    let mut met = 0;
    for person in &people {
        let found = names.iter().position(|(_, name)| has_word(name, &person.name));
        let Some(found) = found else {
            // An office alone ("Dear Mr. Secretary:") greets whoever holds it.
            // So does "Dear Google," greet a body that is addressed.
            let is_body = person.office.is_empty() && organizations.iter().any(|body| has_word(body, &person.name));
            if person.name.is_empty() || is_body {
                met += 1;
                continue;
            }
            sink.add(
                Code::SalutationName,
                salutation.origin(person.range.clone()),
                format!(
                    "`{}` is greeted, but the letter is addressed to {}",
                    &salutation.text[person.range.clone()],
                    quoted(names.iter().map(|(passage, _)| passage.text.trim()))
                ),
                "greet the people the letter is addressed to",
            );
            continue;
        };
        met += 1;
        let (passage, name) = &names[found];
        let (mr, ms) = (["mr"], ["ms", "mrs"]);
        let is = |forms: &[&str], text: &str| forms.iter().any(|form| has_word(text, form));
        let crossed =
            mr.contains(&person.form.as_str()) && is(&ms, name) || ms.contains(&person.form.as_str()) && is(&mr, name);
        let index = addressee_of(passage);
        let title = titles.iter().find(|(title, _)| addressee_of(title) == index);
        let office_differs = !person.office.is_empty()
            && title.is_some_and(|(_, title)| !title.contains(person.office) && names_office(title))
            && !name.contains(person.office);
        if crossed || office_differs {
            let against = title.map_or(passage.text.as_str(), |(title, _)| title.text.as_str());
            sink.add(
                Code::SalutationOffice,
                salutation.origin(person.range.clone()),
                format!(
                    "`{}` is greeted, but the address says `{}`",
                    &salutation.text[person.range.clone()],
                    if crossed { passage.text.trim() } else { against.trim() }
                ),
                "use the same office in both places",
            );
        }
    }
    if met == people.len() && people.len() != names.len() {
        sink.add(
            Code::SalutationNumber,
            salutation.whole(),
            format!(
                "the salutation greets {}, but the letter is addressed to {}",
                counted(people.len()),
                counted(names.len())
            ),
            "greet each addressee, or all of them as a group",
        );
    }
}

/// A number of people in words, where it is small.
fn counted(people: usize) -> String {
    match people {
        0 => "nobody".to_owned(),
        1 => "one person".to_owned(),
        people => format!("{people} people"),
    }
}

/// "To Whom It May Concern", to somebody who is named.
fn to_nobody(salutation: &Passage, names: &[(&Passage, String)], sink: &mut Sink<'_>) {
    let lower = salutation.text.trim().to_lowercase();
    let nobody = [
        "to whom",
        "dear sir or madam",
        "dear sir/madam",
        "dear sir/ma'am",
        "a quien corresponda",
        "a quien pueda interesar",
    ];
    let [(passage, _)] = names else { return };
    if nobody.iter().any(|form| lower.starts_with(form)) {
        sink.add(
            Code::SalutationName,
            salutation.whole(),
            format!(
                "the salutation greets nobody by name, and the letter is addressed to `{}`",
                passage.text.trim()
            ),
            "greet the addressee: `Dear Secretary Ruiz:`",
        );
    }
}

/// "Dear Secretary:" and "Dear Secretary Dana:", to Secretary Dana Whitfield.
fn one_to_one(salutation: &Passage, person: &Greeted, name: &str, sink: &mut Sink<'_>) {
    let mut words = name
        .split([' ', ','])
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty() && office_of(word).is_none() && !matches!(*word, "the" | "honorable" | "hon"));
    let first = words.next().unwrap_or_default();
    let last = words.rfind(|word| !matches!(*word, "jr" | "sr" | "ii" | "iii" | "phd" | "md" | "esq"));
    let Some(last) = last.filter(|_| !person.office.is_empty()) else {
        return;
    };
    let greeted = &salutation.text[person.range.clone()];
    if person.name == first {
        sink.add(
            Code::SalutationName,
            salutation.origin(person.range.clone()),
            format!("`{greeted}` has the first name of `{name}`"),
            "greet by office and last name",
        );
    } else if person.name.is_empty() && person.form.is_empty() && !greeted.contains(' ') {
        sink.add_as(
            Code::SalutationName,
            Severity::Note,
            salutation.origin(person.range.clone()),
            format!("`{greeted}` is greeted without the name, like a form letter: the address has `{last}`"),
            "add the last name",
        );
    }
}

/// "Secretary Whitefield", in a letter to Secretary Whitfield.
fn in_the_text(case: &Case<'_>, names: &[(&Passage, String)], sink: &mut Sink<'_>) {
    let last_names: Vec<&str> = names
        .iter()
        .filter_map(|(passage, _)| {
            let mut words = passage.text.split([' ', ',']).filter(|word| !word.is_empty()).rev();
            words.find(|word| !matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "PhD" | "MD"))
        })
        // Short names are near to many.
        .filter(|name| name.chars().count() >= 5)
        .collect();
    let texts = case.prose.of_roles(|role| {
        use super::prose::PassageRole;
        matches!(
            role,
            PassageRole::Paragraph | PassageRole::Item | PassageRole::Heading(_) | PassageRole::Quote
        )
    });
    for passage in texts {
        let words = super::numbers::words(&passage.text);
        // "Secretary Whitefield", "Sec. Dana Whitefield".
        let pairs = words.windows(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?)));
        let over = words.windows(3).filter_map(|three| {
            let [form, first, name] = three else { return None };
            let is_first = first.text.starts_with(char::is_uppercase) && office_of(&first.lower).is_none();
            (is_first && matches!(first.gap, " " | ". ")).then_some((form, name))
        });
        for (form, name) in pairs.chain(over) {
            let gap = matches!(name.gap, " " | ". " | "\u{a0}");
            let bare = name.text.trim_end_matches("’s").trim_end_matches("'s");
            if !gap || office_of(&form.lower).is_none() || !bare.starts_with(char::is_uppercase) {
                continue;
            }
            let is_named = last_names.iter().any(|known| known.eq_ignore_ascii_case(bare));
            let near = last_names.iter().find(|known| {
                let (known, bare) = (known.to_lowercase(), bare.to_lowercase());
                let slips = strsim::osa_distance(&known, &bare);
                // Two slips in a long name that begins alike.
                let long = known.chars().count() >= 8 && known.chars().next() == bare.chars().next();
                bare.chars().count() >= 4 && (slips <= 1 || slips == 2 && long)
            });
            if let Some(known) = near.filter(|_| !is_named) {
                let range = name.range.start..name.range.start + bare.len();
                sink.replace(
                    Code::AddresseeName,
                    passage.origin(range),
                    format!(
                        "`{} {bare}` is almost `{known}`, to whom the letter is addressed",
                        form.text
                    ),
                    known,
                );
            }
        }
    }
}

/// The values of a key of all addressees, with their texts in lower case.
fn addressees<'a>(case: &'a Case<'_>, key: &str) -> Vec<(&'a Passage, String)> {
    let mut found = Vec::new();
    while let Some(passage) = case.prose.key(&format!("to.{}.{key}", found.len())) {
        found.push((passage, passage.text.to_lowercase()));
    }
    if found.is_empty() && key == "title" {
        // Not everybody has a title.
        let titles = case
            .prose
            .passages
            .iter()
            .filter(|passage| addressee_of(passage).is_some_and(|_| passage.is_ending("title")));
        found.extend(titles.map(|passage| (passage, passage.text.to_lowercase())));
    }
    found
}

/// The addressee a passage belongs to: 1 of `to.1.name`.
pub(super) fn addressee_of(passage: &Passage) -> Option<usize> {
    let super::prose::PassageRole::Key(path) = &passage.role else {
        return None;
    };
    path.strip_prefix("to.")?.split('.').next()?.parse().ok()
}

fn has_word(text: &str, word: &str) -> bool {
    !word.is_empty()
        && text
            .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'' && c != '’')
            .any(|found| found == word)
}

/// Returns true if a title names an office that salutations know.
pub(super) fn names_office(title: &str) -> bool {
    FORMS.offices.keys().any(|office| title.contains(office.as_str()))
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The people of a salutation; none where it greets a body.
fn greeted(text: &str) -> Vec<Greeted> {
    let lower = text.to_lowercase();
    let greeting = |word| lower.trim_start().strip_prefix(word)?.strip_prefix(' ');
    let start = GREETINGS.iter().find_map(greeting).map(|rest| text.len() - rest.len());
    let Some(start) = start.filter(|_| lower.len() == text.len()) else {
        return Vec::new();
    };
    let body = text[start..].trim_end_matches([':', ',', ' ', '.', ';', '—', '-']);
    let mut people = Vec::new();
    let mut at = start;
    for piece in split(body) {
        let begin = at + (piece.as_ptr() as usize - text[at..].as_ptr() as usize);
        at = begin;
        let words: Vec<&str> = piece.split_whitespace().collect();
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let mut office = "";
        let mut form = String::new();
        let mut rest = words.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let word = bare(first);
            let Some(means) = office_of(&word) else {
                break;
            };
            if !means.is_empty() {
                office = means;
            } else if form.is_empty() {
                form = word;
            }
            rest = others;
        }
        let body = |words: &[&str]| words.iter().any(|word| BODIES.contains(bare(word).as_str()));
        let plain = body(rest) || office.is_empty() && body(&words);
        if plain || words.is_empty() {
            return Vec::new();
        }
        // "Mayorkas, Jr." and "of Ohio" are no last names.
        let name = rest
            .iter()
            .take_while(|word| !matches!(bare(word).as_str(), "of" | "de" | "jr" | "iii"))
            .last()
            .map(|word| bare(word))
            .unwrap_or_default();
        people.push(Greeted {
            office,
            form,
            name,
            range: begin..begin + piece.len(),
        });
    }
    people
}

/// Divides at commas and "and".
fn split(body: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for part in body.split([',', ';']) {
        let mut rest = part;
        loop {
            let found = [" and ", " y ", " & "]
                .iter()
                .filter_map(|and| rest.find(and).map(|at| (at, and.len())))
                .min();
            match found {
                Some((at, len)) => {
                    pieces.push(&rest[..at]);
                    rest = &rest[at + len..];
                }
                None => {
                    pieces.push(rest);
                    break;
                }
            }
        }
    }
    pieces
        .into_iter()
        .map(|piece| {
            let piece = piece.trim();
            piece
                .strip_prefix("and ")
                .or(piece.strip_prefix("y "))
                .unwrap_or(piece)
                .trim()
        })
        .filter(|piece| !piece.is_empty() && !matches!(*piece, "Jr." | "Jr" | "III" | "PhD" | "MD"))
        .collect()
}

/// Forms of address before a name.
fn address(passage: &Passage, sink: &mut Sink<'_>) {
    let text = passage.text.trim();
    let start = passage.text.find(text).unwrap_or(0);
    let lower = text.to_lowercase();
    let mut say = |range: Range<usize>, message: &str, hint: &str| {
        sink.add(
            Code::Honorific,
            passage.origin(start + range.start..start + range.end),
            message,
            hint,
        );
    };
    if lower.starts_with("honorable ") || lower.starts_with("hon. ") {
        let end = text.find(' ').unwrap_or(text.len());
        say(0..end, "`Honorable` needs `The` before it", "write `The Honorable`");
    }
    if let Some(rest) = lower.strip_prefix("the honorable ") {
        let first = rest.split_whitespace().next().unwrap_or_default();
        let bare = first.trim_end_matches('.');
        if first != lower && office_of(bare).is_some() {
            let at = "the honorable ".len();
            say(
                0..(at + first.len()).min(text.len()),
                "one name has two forms of address",
                "write `The Honorable` and the name; put the office on its own line",
            );
        }
    }
    if lower.starts_with("dr. ") {
        for degree in [", ph.d.", ", phd", ", m.d.", ", md"] {
            if let Some(at) = lower.find(degree) {
                say(
                    at + 2..at + degree.len(),
                    "`Dr.` and the degree mean the same",
                    "remove one of them",
                );
            }
        }
    }
}

/// Forms of address in a salutation.
fn form(salutation: &Passage, sink: &mut Sink<'_>) {
    let lower = salutation.text.to_lowercase();
    for wrong in ["dear the honorable", "dear honorable", "dear hon.", "dear the hon."] {
        if lower.starts_with(wrong) {
            sink.add(
                Code::Honorific,
                salutation.origin("dear ".len()..wrong.len()),
                "`The Honorable` belongs in the address, not in the salutation",
                "greet by office and last name: `Dear Senator Ruiz:`",
            );
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salutations_are_taken_apart() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found = greeted(text);
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|person| (person.office, person.name.as_str()))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("Dear Secretary Mayorkas:", &[("secretary", "mayorkas")]);
        check(
            "Dear Secretary Mayorkas, Acting Director Johnson, and Ms. Olavarria:",
            &[("secretary", "mayorkas"), ("director", "johnson"), ("", "olavarria")],
        );
        check(
            "Dear Speaker Pelosi and Leader Schumer:",
            &[("speaker", "pelosi"), ("leader", "schumer")],
        );
        check("Dear Members of Congress:", &[]);
        check("Dear Mr. Secretary:", &[("secretary", "")]);
        check("To whom it may concern:", &[]);
        check("Estimada Gobernadora Ruiz:", &[("gobernador", "ruiz")]);
        check("Dear Mr. President:", &[("president", "")]);
        check("Dear Friends,", &[]);
    }
}
