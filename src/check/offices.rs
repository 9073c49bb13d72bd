//! Offices and agencies by their own names.
//!
//! In: every text of a letter. Out: names that no office has, from data/offices.toml
//! and the workspace's `[check.offices]`. Guaranteed: whole words only, as written.
//! Absent: acronyms.

use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "offices",
    description: "Offices and agencies have their correct names.",
    findings: &[Finding {
        code: Code::WrongOffice,
        severity: Severity::Error,
        why: "An agency whose name is wrong has a reason to stop reading.",
    }],
    run: CheckRun::Letter(run),
};

#[derive(Deserialize)]
struct Glossary {
    offices: BTreeMap<String, String>,
}

static GLOSSARY: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let Glossary { offices } = word_list!("offices");
    offices
});

/// Returns whether a text contains a name that is known to be wrong.
pub(super) fn names_wrongly(case: &Case<'_>, text: &str) -> bool {
    let own = case.subject.setting.offices.iter().map(|(wrong, _)| wrong);
    GLOSSARY
        .keys()
        .chain(own)
        .any(|wrong| !wrong.is_empty() && text.contains(wrong.as_str()))
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let own = case.subject.setting.offices.iter().map(|(wrong, right)| (wrong, right));
    let known: Vec<(&String, &String)> = GLOSSARY
        .iter()
        .chain(own)
        .filter(|(wrong, _)| !wrong.is_empty())
        .collect();
    for passage in &case.prose.passages {
        for (wrong, right) in &known {
            let mut done = 0;
            while let Some(at) = passage.text[done..].find(wrong.as_str()).map(|at| done + at) {
                let end = at + wrong.len();
                done = end;
                let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if inside(passage.text[..at].chars().next_back()) || inside(passage.text[end..].chars().next()) {
                    continue;
                }
                // The wrong name may be the beginning of the right one.
                if passage.text[at..].starts_with(right.as_str()) {
                    continue;
                }
                sink.replace(
                    Code::WrongOffice,
                    passage.origin(at..end),
                    format!("`{wrong}` is not the name of an office"),
                    right,
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glossary_is_read() {
        assert!(GLOSSARY.len() > 30);
        assert!(GLOSSARY.iter().all(|(wrong, right)| wrong != right));
    }
}
