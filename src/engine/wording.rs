//! The words of a text to people: built in, or the workspace's own.
//!
//! In: an occasion, a language, and the values of fields. Out: a subject and paragraphs.
//! Guaranteed: a value is text, whatever it holds; a field that does not exist is an error
//! with its line; a paragraph whose field has no value is left out. Absent: conditions.

use crate::diag::suggest;
use crate::engine::error::{EngineError, Result};
use crate::files::Files;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// The words that a command writes, by occasion.
pub(super) struct WordSet {
    /// The beginning of the names of templates: `tell`.
    pub(super) command: &'static str,
    /// The words that the program brings.
    pub(super) built_in: &'static LazyLock<Languages>,
    /// The fields that a wording may have.
    pub(super) fields: &'static [&'static str],
}

/// The words for one occasion.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(super) struct Wording {
    subject: String,
    text: String,
    /// The file that they are from, as the user knows it.
    #[serde(skip)]
    shown: String,
}

/// Wordings by language and occasion.
pub(super) type Languages = BTreeMap<String, BTreeMap<String, Wording>>;

/// Largest file of words that is read, in bytes.
const LARGEST: u64 = 1 << 20;

impl Wording {
    /// Returns the words for an occasion: those of the workspace in this language, those of
    /// the workspace, or the built-in ones.
    pub(super) fn find(set: &WordSet, files: &dyn Files, root: &Path, occasion: &str, language: &str) -> Result<Self> {
        let primary = language.split('-').next().unwrap_or_default();
        let command = set.command;
        for name in [
            format!("{command}-{occasion}.{primary}.txt"),
            format!("{command}-{occasion}.txt"),
        ] {
            let path = root.join("templates").join(&name);
            if !files.is_file(&path) {
                continue;
            }
            let shown = format!("templates/{name}");
            let bytes = files
                .read_whole(&path, LARGEST)
                .map_err(|source| EngineError::Unreadable {
                    name: shown.clone(),
                    source,
                })?;
            let text = String::from_utf8(bytes);
            let text =
                text.map_err(|_| EngineError::Refused(format!("`{shown}` is not UTF-8; save it again as UTF-8")))?;
            let (subject, text) = text.split_once('\n').unwrap_or((&text, ""));
            let wording = Self {
                subject: subject.trim_start_matches("Subject:").trim().to_owned(),
                text: text.to_owned(),
                shown,
            };
            wording.check(set.fields)?;
            return Ok(wording);
        }
        let built_in = set.built_in.get(primary).and_then(|occasions| occasions.get(occasion));
        built_in.cloned().ok_or_else(|| {
            EngineError::Refused(format!(
                "there are no built-in words in `{language}`; write them in templates/{command}-{occasion}.txt, the subject in the first line"
            ))
        })
    }

    /// Returns the text, with its fields.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Refuses fields that do not exist.
    pub(super) fn check(&self, known: &[&str]) -> Result<()> {
        let lines = std::iter::once(self.subject.as_str()).chain(self.text.lines());
        for (number, line) in (1..).zip(lines) {
            for (name, column) in fields(line) {
                if !known.contains(&name) {
                    return Err(EngineError::Refused(format!(
                        "{}:{number}:{column}: there is no field `{name}`; {}",
                        self.shown,
                        suggest(name, known)
                    )));
                }
            }
        }
        Ok(())
    }

    /// Returns the subject and the paragraphs with their fields filled in.
    pub(super) fn fill(&self, values: &BTreeMap<&str, String>) -> (String, Vec<String>) {
        let subject = filled(&self.subject, values).unwrap_or_default();
        let text = self.text.replace('\r', "");
        let paragraphs = text
            .split("\n\n")
            .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
        let paragraphs = paragraphs.filter(|paragraph| !paragraph.is_empty());
        (
            subject,
            paragraphs.filter_map(|paragraph| filled(&paragraph, values)).collect(),
        )
    }
}

/// Returns the fields of a line, each with its column in characters.
fn fields(line: &str) -> impl Iterator<Item = (&str, usize)> {
    line.match_indices("{{").map(|(at, _)| {
        let rest = &line[at + 2..];
        let name = rest.split_once("}}").map_or(rest, |(name, _)| name);
        (name.trim(), line[..at].chars().count() + 1)
    })
}

/// Fills in a text; `None` if a field has no value.
fn filled(text: &str, values: &BTreeMap<&str, String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}")?;
        let value = values.get(name.trim()).filter(|value| !value.is_empty())?;
        out.push_str(before);
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;

    static NONE: LazyLock<Languages> = LazyLock::new(Languages::new);

    const SET: WordSet = WordSet {
        command: "tell",
        built_in: &NONE,
        fields: &["greeting", "signatory.name", "letter.deadline", "link"],
    };

    #[test]
    fn a_workspace_has_its_own_words() {
        let text = "Subject: Hi {{ signatory.name }}\n\nHello\nthere.\n\nBy {{ letter.deadline }}.\n\n{{ greeting }} {% x %}\n";
        let files = MemoryFiles::from_iter([("/w/templates/tell-listing.txt", text)]);
        let find = |language: &str| Wording::find(&SET, &files, Path::new("/w"), "listing", language).unwrap();
        let values = BTreeMap::from([
            ("signatory.name", "A {{ link }}".to_owned()),
            ("greeting", "B".to_owned()),
        ]);
        let (subject, paragraphs) = find("fr").fill(&values);
        assert_eq!(subject, "Hi A {{ link }}");
        assert_eq!(paragraphs, ["Hello there.", "B {% x %}"]);
        let bad = MemoryFiles::from_iter([("/w/templates/tell-listing.txt", "S\n\nx {{ signatory.email }}\n")]);
        let error = Wording::find(&SET, &bad, Path::new("/w"), "listing", "en")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("templates/tell-listing.txt:3:3: there is no field `signatory.email`"),
            "{error}"
        );
        let none = Wording::find(&SET, &MemoryFiles::default(), Path::new("/w"), "listing", "fr-CA").unwrap_err();
        assert!(none.to_string().contains("templates/tell-listing.txt"), "{none}");
    }
}
