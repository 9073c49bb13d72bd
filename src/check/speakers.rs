//! People who speak in the text, and how they are presented.
//!
//! In: attributions beside quotations and speakers of quotation blocks. Out: one person with
//! two titles or two bodies, and two spellings of one person. Guaranteed: only titles with a
//! word for an office are compared, and a shorter form of a title is the same title. Absent:
//! names of organizations (`names`).

use super::expression::Regex;
use super::numbers;
use super::prose::{Passage, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "speakers",
    description: "A person who is quoted has one name and one title.",
    findings: &[Finding {
        code: Code::TwoTitles,
        severity: Severity::Warning,
        why: "The person who is quoted reads the wrong title first, and the press prints it.",
    }],
    run: CheckRun::Letter(run),
};

/// A person, as an attribution presents them.
struct Presented<'a> {
    passage: &'a Passage,
    name: String,
    /// The title in lower case without the body: "executive director".
    title: String,
    /// The body in lower case.
    body: String,
    range: Range<usize>,
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let mut seen: Vec<Presented<'_>> = Vec::new();
    for passage in &case.prose.passages {
        for found in presented(passage) {
            for before in &seen {
                if let Some(message) = differs(before, &found) {
                    sink.add(
                        Code::TwoTitles,
                        found.passage.origin(found.range.clone()),
                        message,
                        "ask the person which is right, and use it in both places",
                    );
                    break;
                }
            }
            seen.push(found);
        }
    }
}

fn presented(passage: &Passage) -> Vec<Presented<'_>> {
    const NAME: &str = r"(\p{Lu}[\p{L}'’-]+(?: \p{Lu}\.)?(?: \p{Lu}[\p{L}'’-]+){1,2})";
    static SPEAKER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!(r"^[—–-]* ?{NAME}, ([^.“”]{{3,160}})$")).ok());
    static SAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"(?:said|says|added|stated|explained|dijo|afirmó|señaló|agregó|declaró) {NAME}(?:, |,? of |,? de )([^.“”;]{{3,120}})"
        ))
        .ok()
    });
    static SAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"{NAME}, ([^.“”;]{{3,120}}), (?:said|says|added|agrees|argues|explains|warns|notes|testified|told|wrote|spoke|called|joined|urged|asked|praised|leads|led|dijo|afirmó|señaló|declaró)\b"
        ))
        .ok()
    });
    let dash = match passage.role {
        PassageRole::Quote => passage.text.rfind("— ").or_else(|| passage.text.rfind("– ")),
        PassageRole::Speaker => Some(0),
        _ => None,
    };
    let mut found = Vec::new();
    if let Some(dash) = dash {
        let text = &passage.text[dash..];
        take(passage, dash, text.trim_end(), &SPEAKER, &mut found);
    }
    if passage.text.contains(['“', '”', '"', '«']) {
        take(passage, 0, &passage.text, &SAID, &mut found);
    }
    if matches!(
        passage.role,
        PassageRole::Paragraph | PassageRole::Item | PassageRole::Quote
    ) {
        take(passage, 0, &passage.text, &SAYS, &mut found);
    }
    found
}

fn take<'a>(
    passage: &'a Passage,
    base: usize,
    text: &str,
    pattern: &LazyLock<Option<Regex>>,
    found: &mut Vec<Presented<'a>>,
) {
    for captures in pattern.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let (Some(name), Some(rest)) = (captures.get(1), captures.get(2)) else {
            continue;
        };
        let lower = rest.as_str().to_lowercase();
        let joint = [" of ", " at ", " for ", " with ", ", ", " de la ", " del ", " de "];
        let cut = joint
            .iter()
            .filter_map(|joint| lower.find(joint).map(|at| (at, joint.len())))
            .min();
        let (title, body) = match cut {
            Some((at, length)) => (&lower[..at], &lower[at + length..]),
            None => (lower.as_str(), ""),
        };
        let is_title = is_office(title);
        let clean = |text: &str| text.trim().trim_start_matches("the ").trim_end_matches(',').to_owned();
        found.push(Presented {
            passage,
            name: name.as_str().to_owned(),
            title: if is_title { clean(title) } else { String::new() },
            body: if is_title { clean(body) } else { clean(&lower) },
            range: base + name.start()..base + rest.end(),
        });
    }
}

/// Returns whether a title has a word for an office.
fn is_office(title: &str) -> bool {
    static TITLES: WordList = WordList::new("title_words");
    numbers::words(title)
        .iter()
        .any(|word| TITLES.contains(word.lower.as_str()))
}

/// Returns what is the matter with two presentations of one person.
fn differs(before: &Presented<'_>, now: &Presented<'_>) -> Option<String> {
    let within = |a: &str, b: &str| a.is_empty() || b.is_empty() || a.contains(b) || b.contains(a);
    // "Vice president" has the words of "president", and is another office.
    let ranked = |title: &str| {
        ["vice", "deputy", "assistant", "associate", "former", "subdirector"]
            .iter()
            .any(|word| title.contains(word))
    };
    let titled = !before.title.is_empty() && !now.title.is_empty();
    if before.name == now.name {
        if !within(&before.title, &now.title) || titled && ranked(&before.title) != ranked(&now.title) {
            return Some(format!("`{}` is `{}` elsewhere in the text", now.name, before.title));
        }
        let titled = !before.title.is_empty() && before.title == now.title;
        if titled && !within(&before.body, &now.body) {
            return Some(format!(
                "`{}` is with `{}` elsewhere in the text",
                now.name, before.body
            ));
        }
        return None;
    }
    let (first, last) = now.name.rsplit_once(' ')?;
    let (other_first, other_last) = before.name.rsplit_once(' ')?;
    let near = |a: &str, b: &str| a.chars().count() >= 4 && strsim::osa_distance(a, b) == 1;
    let same_body = !now.body.is_empty() && (now.body.contains(&before.body) || before.body.contains(&now.body));
    let one = first == other_first && near(last, other_last) || last == other_last && near(first, other_first);
    (one && same_body && !before.body.is_empty())
        .then(|| format!("`{}` is `{}` elsewhere in the text", now.name, before.name))
}
