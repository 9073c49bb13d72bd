//! The addressee in the text of the letter: name, office, gender, body.
//!
//! In: the addressees, the salutation and the paragraphs. Out: another name, office, form of
//! address or body than the address has. Guaranteed: only words that speak to the addressee
//! count ("Senator, you"), or an office beside the addressee's own name. Absent: the
//! salutation's names (`people`).

use super::expression::Regex;
use super::numbers;
use super::people;
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::model::letter::DocumentKind;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "addressed",
    description: "The text addresses the person and the body that the letter is addressed to.",
    findings: &[Finding {
        code: Code::AddresseeInText,
        severity: Severity::Warning,
        why: "A letter that calls a secretary a senator was written for somebody else.",
    }],
    run: CheckRun::Letter(run),
};

/// What the address says.
struct Address {
    /// Names in lower case: "the honorable dana whitfield".
    names: Vec<String>,
    /// Titles and organizations in lower case.
    bodies: String,
}

impl Address {
    fn of(case: &Case<'_>) -> Self {
        let texts = |ending: &str| -> Vec<String> {
            let passages = case.prose.passages.iter();
            passages
                .filter(|passage| people::addressee_of(passage).is_some() && passage.is_ending(ending))
                .map(|passage| passage.text.to_lowercase())
                .collect()
        };
        let titles = [texts("title"), texts("organization")].concat();
        Self {
            names: texts("name"),
            bodies: titles.join("\n"),
        }
    }

    /// Returns whether somebody who is addressed may hold an office.
    fn holds(&self, office: &str) -> bool {
        let chamber = match office {
            "senator" => ["senate", "senator"].as_slice(),
            "representative" => [
                "house of representatives",
                "representative",
                "congress",
                "house committee",
                "delegate",
            ]
            .as_slice(),
            _ => [].as_slice(),
        };
        self.bodies.contains(office)
            || chamber.iter().any(|word| self.bodies.contains(word))
            || self.names.iter().any(|name| name.contains(office))
            // A body may have any members.
            || self.bodies.contains("congress") && matches!(office, "senator" | "representative" | "member")
    }

    /// Returns whether the address says anything of an office.
    fn is_known(&self) -> bool {
        people::names_office(&self.bodies)
            || [
                "department",
                "agency",
                "senate",
                "house of representatives",
                "committee",
            ]
            .iter()
            .any(|word| self.bodies.contains(word))
    }
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    if case.subject.letter.kind != DocumentKind::Letter {
        return;
    }
    let address = Address::of(case);
    if address.names.is_empty() && address.bodies.is_empty() {
        return;
    }
    if let Some(salutation) = case.prose.key("salutation") {
        bodies_greeted(salutation, &address, sink);
    }
    let mut madam: Option<bool> = None;
    for passage in &case.prose.passages {
        let is_text = matches!(
            passage.role,
            PassageRole::Paragraph | PassageRole::Item | PassageRole::Heading(_)
        ) || passage.is_key("salutation");
        if !is_text {
            continue;
        }
        gender(passage, &address, &mut madam, sink);
        if passage.is_key("salutation") || !address.is_known() {
            continue;
        }
        spoken_to(passage, &address, sink);
        named(passage, &address, sink);
        your_body(passage, &address, sink);
        your_voters(passage, &address, sink);
    }
}

fn tell(passage: &Passage, range: Range<usize>, message: impl Into<String>, sink: &mut Sink<'_>) {
    sink.add(
        Code::AddresseeInText,
        passage.origin(range),
        message,
        "make the text and the address agree",
    );
}

/// "Dear Representatives" to the Senate, "Dear Secretaries" to one.
fn bodies_greeted(salutation: &Passage, address: &Address, sink: &mut Sink<'_>) {
    let lower = salutation.text.to_lowercase();
    let greets = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let is_agency = ["department", "agency", "administration", "bureau"]
        .iter()
        .any(|word| address.bodies.contains(word))
        && !["congress", "senate", "house of representatives", "committee"]
            .iter()
            .any(|word| address.bodies.contains(word));
    let of_congress = greets(&[
        "members of congress",
        "dear senators",
        "dear representatives",
        "dear congress",
    ]);
    let wrong = if is_agency
        && greets(&[
            "members of the committee",
            "members of the subcommittee",
            "committee members",
        ]) {
        Some("the salutation greets a committee, and the letter is addressed to an agency")
    } else if of_congress && is_agency {
        Some("the salutation greets members of Congress, and the letter is addressed to an agency")
    } else if greets(&["representative"])
        && !greets(&["senator"])
        && is_only(address, "senate", "house of representatives")
    {
        Some("the salutation greets representatives, and the letter is addressed to the Senate")
    } else if greets(&["senator"])
        && !greets(&["representative"])
        && is_only(address, "house of representatives", "senate")
    {
        Some("the salutation greets senators, and the letter is addressed to the House")
    } else if address.names.len() == 1
        && greets(&["dear secretaries", "dear directors", "dear governors", "dear mayors"])
    {
        Some("the salutation greets several, and the letter is addressed to one")
    } else {
        None
    };
    if let Some(message) = wrong {
        tell(salutation, 0..salutation.text.len(), message, sink);
    }
}

fn is_only(address: &Address, chamber: &str, other: &str) -> bool {
    address.bodies.contains(chamber) && !address.bodies.contains(other) && !address.bodies.contains("congress")
}

/// "Madam Secretary" and "Mr. Secretary" in one letter, "Estimado Secretaria".
fn gender(passage: &Passage, address: &Address, madam: &mut Option<bool>, sink: &mut Sink<'_>) {
    static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(?:(Madam|Madame|Mister|Mr\.) (?:Secretary|Chair|Chairman|Chairwoman|Speaker|President|Attorney General)|(Señora?) (?:[Ss]ecretari[oa]|[Pp]resident[ea]|[Ss]enadora?|[Gg]obernadora?|[Aa]lcald(?:e|esa)))\b").ok()
    });
    static SPANISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:estimad|querid|señor)([oa]?s?) (secretari[oa]|senadora?|gobernadora?|alcald(?:esa|e)|directora?|president[ea]|comisionad[oa]|ministr[oa]|señora?|doctora?|sra?\.|dra?\.)(?:\s|$|,|:)").ok()
    });
    if let Some(found) = SPANISH.as_ref().and_then(|pattern| pattern.captures(&passage.text))
        && let (Some(whole), Some(ending), Some(office)) = (found.get(0), found.get(1), found.get(2))
    {
        let office = office.as_str().to_lowercase();
        let feminine = office.ends_with('a') || office == "sra." || office == "dra.";
        let greeted = ending.as_str().to_lowercase().starts_with('a');
        let several = ending.as_str().ends_with(['s', 'S']);
        let range = whole.start()..whole.start() + whole.as_str().trim_end_matches([' ', ',', ':']).len();
        let titled = |word: &str| address.bodies.split_whitespace().any(|title| title == word);
        let stem = &office[..office.len() - 1];
        if several {
            let message = format!("`{}` greets several, and names one", whole.as_str().trim());
            tell(passage, range, message, sink);
        } else if feminine != greeted {
            tell(
                passage,
                range,
                format!("`{}` mixes two genders", &whole.as_str().trim()),
                sink,
            );
        } else if feminine && titled(&format!("{stem}o")) || !feminine && titled(&format!("{stem}a")) {
            tell(
                passage,
                range,
                format!(
                    "`{}` is of another gender than the title in the address",
                    whole.as_str().trim()
                ),
                sink,
            );
        }
    }
    for found in FORMS.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(whole) = found.get(0) else { continue };
        let form = found.get(1).or(found.get(2)).map_or("", |form| form.as_str());
        let is_madam = form.starts_with("Mad") || form == "Señora";
        if address.names.len() == 1 && madam.is_some_and(|before| before != is_madam) {
            tell(
                passage,
                whole.range(),
                format!(
                    "`{}`: the letter uses the other form of address elsewhere",
                    whole.as_str()
                ),
                sink,
            );
        }
        madam.get_or_insert(is_madam);
    }
}

/// "As a Senator, you", "you, Governor,", "Secretary Mayorkas, families count on you".
fn spoken_to(passage: &Passage, address: &Address, sink: &mut Sink<'_>) {
    const OFFICES: &str = "Attorney General|Senator|Representative|Congressman|Congresswoman|Governor|Mayor|Secretary|Administrator|Commissioner|Speaker|Senadora?|Gobernadora?|Secretari[oa]";
    static SPOKEN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            format!(
                r"\b[Aa]s (?:(?:a|an|our|the) )?({OFFICES})(?: for [\p{{L}} ]{{3,30}}| of [\p{{L}} ]{{3,30}})?, you\b"
            ),
            format!(r"\b[Ii]n your (?:role|capacity) as (?:a |an |our |the )?({OFFICES})\b"),
            format!(r"\b[Yy]ou(?:r \p{{L}}+)?, ({OFFICES}),"),
            format!(r"^({OFFICES}), (?:please|you|we|the|your)\b"),
            format!(r"\b[Yy]our?\b[^.?!]{{3,80}}, ({OFFICES})[.?!](?: |$)"),
            r"^(?:Mr\.|Madam|Mister|Madame) (President|Speaker|Secretary|Attorney General|Mayor|Governor|Senator), (?:we|you|please|the|your|families)\b".to_owned(),
            r"\b[Aa]s (?:a|the) (?:\p{Ll}+ )?(?:member|chair|leader) of (?:the )?(?:U\.S\. )?(House|Senate|Congress)(?: of Representatives)?, you\b".to_owned(),
        ]
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
    });
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"(?:^|[.!?] )(({OFFICES}) (\p{{Lu}}[\p{{L}}'’-]+)), [^.]*\byou(?:r|rs)?\b"
        ))
        .ok()
    });
    for found in SPOKEN.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(office)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let lower = office.as_str().to_lowercase();
        // "As a member of the House": a chamber stands for its members.
        let means = match lower.as_str() {
            "house" => "representative",
            "senate" => "senator",
            "congress" => "member",
            _ => people::office_of(&lower).unwrap_or_default(),
        };
        let is_idiom = lower == "president" && address.bodies.contains("senate");
        if !is_idiom && !means.is_empty() && !address.holds(means) && !address.holds(&lower) {
            tell(
                passage,
                whole.range(),
                format!("`{}` is spoken to, and no addressee has that office", office.as_str()),
                sink,
            );
        }
    }
    for found in NAMED.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(name)) = (found.get(1), found.get(3)) else {
            continue;
        };
        let name = name.as_str().to_lowercase();
        if !address.names.is_empty()
            && !address
                .names
                .iter()
                .any(|known| known.split([' ', ',']).any(|word| word == name))
        {
            tell(
                passage,
                whole.range(),
                format!(
                    "`{}` is spoken to, and the letter is addressed to somebody else",
                    whole.as_str()
                ),
                sink,
            );
        }
    }
}

/// "Senator Whitfield" and "Secretary Daniel Whitfield", in a letter to Secretary Dana
/// Whitfield.
fn named(passage: &Passage, address: &Address, sink: &mut Sink<'_>) {
    let [name] = address.names.as_slice() else { return };
    let honorifics = ["the", "honorable", "hon", "dr", "mr", "ms", "mrs", "sr", "sra"];
    let parts: Vec<&str> = name
        .split([' ', ','])
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty() && !honorifics.contains(word) && people::office_of(word).is_none())
        .collect();
    let (Some(first), Some(last)) = (parts.first(), parts.iter().rev().find(|word| word.chars().count() > 3)) else {
        return;
    };
    let words = numbers::words(&passage.text);
    let near = |word: &str| {
        word.chars().count() >= 5
            && *last != word
            && word.chars().zip(last.chars()).take_while(|(a, b)| a == b).count() >= 4
    };
    for (at, word) in words.iter().enumerate() {
        let bare = word.lower.trim_end_matches("'s").trim_end_matches("’s");
        let Some(before) = at.checked_sub(1).map(|before| &words[before]) else {
            continue;
        };
        let office = |word: &numbers::Word<'_>| people::office_of(&word.lower).filter(|means| !means.is_empty());
        let capital = before.text.starts_with(char::is_uppercase);
        // "Secretary Whitmore", to Secretary Whitfield; one slip is told of the name.
        let other = near(bare) && word.gap == " " && capital && strsim::osa_distance(bare, last) > 2;
        if other && office(before).is_some_and(|means| address.holds(means)) {
            let range = before.range.start..word.range.end;
            let message = format!("`{}` is `{name}` in the address", &passage.text[range.clone()]);
            tell(passage, range, message, sink);
            continue;
        }
        if bare != *last || !matches!(word.gap, " " | ". ") {
            continue;
        }
        // "Secretario Whitfield", to the "Secretaria".
        let stem = before.lower.strip_suffix(['o', 'a']).unwrap_or_default();
        let turned = [format!("{stem}o"), format!("{stem}a")];
        let titled =
            |title: &String| *title != before.lower && address.bodies.split_whitespace().any(|word| word == title);
        let as_written = address.bodies.split_whitespace().any(|word| word == before.lower);
        if capital && stem.chars().count() >= 5 && !as_written && turned.iter().any(titled) {
            let range = before.range.start..word.range.end;
            let message = format!(
                "`{}` is of another gender than the title in the address",
                &passage.text[range.clone()]
            );
            tell(passage, range, message, sink);
            continue;
        }
        if let Some(means) = office(before).filter(|_| capital) {
            if !address.holds(means) && people::names_office(&address.bodies) {
                let range = before.range.start..word.range.end;
                let message = format!("`{}` has another office in the address", &passage.text[range.clone()]);
                tell(passage, range, message, sink);
            }
            continue;
        }
        let titled = at >= 2 && office(&words[at - 2]).is_some() && words[at - 2].text.starts_with(char::is_uppercase);
        let initial = before.text.chars().count() < 3 || before.gap != " ";
        let known = parts.contains(&before.lower.as_str())
            || first.starts_with(&before.lower)
            || before.lower.starts_with(first);
        if titled && capital && !initial && !known {
            let range = before.range.start..word.range.end;
            let message = format!("`{}` is `{name}` in the address", &passage.text[range.clone()]);
            tell(passage, range, message, sink);
        }
    }
}

/// "Your constituents", in a letter to a department.
fn your_voters(passage: &Passage, address: &Address, sink: &mut Sink<'_>) {
    const ELECTED: [&str; 14] = [
        "senat",
        "house of rep",
        "representative",
        "congress",
        "committee",
        "governor",
        "mayor",
        "council",
        "attorney",
        "commission",
        "board",
        "assembl",
        "president",
        "sheriff",
    ];
    const SPOKEN: [&str; 7] = [
        "your constituents",
        "your district",
        "your reelection",
        "your re-election",
        "your vote on",
        "your vote for",
        "your vote against",
    ];
    let agency = ["department", "agency", "bureau", "administration", "service"];
    let is_agency = agency.iter().any(|word| address.bodies.contains(word));
    if !is_agency || ELECTED.iter().any(|word| address.bodies.contains(word)) {
        return;
    }
    let lower = passage.text.to_lowercase();
    let found = SPOKEN
        .iter()
        .find_map(|words| lower.find(words).map(|at| at..at + words.len()));
    if let Some(range) =
        found.filter(|range| passage.text.is_char_boundary(range.start) && passage.text.is_char_boundary(range.end))
    {
        let message = format!(
            "`{}`: the letter is addressed to an office that nobody elects",
            &passage.text[range.clone()]
        );
        tell(passage, range, message, sink);
    }
}

/// "Your Committee", in a letter to a department.
fn your_body(passage: &Passage, address: &Address, sink: &mut Sink<'_>) {
    static BODY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\b[Yy]our (Committee|Subcommittee|Department|Agency|Bureau|Commission)\b").ok());
    for found in BODY.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(body)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let body = body.as_str().to_lowercase();
        let is_committee = body.ends_with("committee");
        let agency = [
            "department",
            "agency",
            "bureau",
            "administration",
            "commission",
            "office",
            "service",
        ]
        .iter()
        .any(|word| address.bodies.contains(word));
        let legislature = [
            "committee",
            "senate",
            "house",
            "congress",
            "chair",
            "ranking",
            "council",
            "assembly",
        ]
        .iter()
        .any(|word| address.bodies.contains(word));
        if is_committee && agency && !legislature || !is_committee && legislature && !agency {
            tell(
                passage,
                whole.range(),
                format!("`{}`: the letter is addressed to another kind of body", whole.as_str()),
                sink,
            );
        }
    }
}
