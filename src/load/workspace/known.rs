//! Reads `directory.toml` and `decisions.toml`.
//!
//! In: the text of a file. Out: its entries, each with its place, and
//! diagnostics. Guaranteed: a wrong entry is reported and left out, the others
//! are read; nothing is guessed. Absent: writing (that is
//! `emit::decisions`', which keeps comments and order).
//!
//! ```toml
//! [[organization]]                  # directory.toml
//! name = "UndocuBlack Network"
//! aliases = ["UndocuBlack"]
//! acronym = "UBN"
//!
//! [[decision]]                      # decisions.toml
//! answer = "different"              # or "same"
//! names = ["Mercy Corps", "Sisters of Mercy"]
//! date = 2021-02-26
//! by = "Rosa"
//! why = "two boards"
//!
//! [[row]]
//! name = "Harwell Village (withdrawn)"
//! reason = "remark"
//! about = "(withdrawn)"
//! answer = "withdrawn"
//!
//! [[decision]]
//! answer = "different"              # its chapters are signatories of their own
//! family = "Third Act"
//! ```

use crate::diag::{Code, Diagnostic, suggest};
use crate::model::held::{HeldReason, RowAnswer};
use crate::model::known::{Answer, Decision, DirectoryEntry, RowDecision};
use crate::model::signatory::{Kind, Level};
use crate::source::{FileId, Origin, SourceMap, offset};
use jiff::civil::Date;
use std::ops::Range;
use toml_edit::{Document, Item, TableLike, Value};

/// Keys of an `[[organization]]`.
pub const DIRECTORY_KEYS: &[&str] = &[
    "name",
    "aliases",
    "acronym",
    "sort_name",
    "kind",
    "level",
    "state",
    "url",
    "not_same",
];

/// Keys of a `[[decision]]`.
pub const DECISION_KEYS: &[&str] = &["answer", "names", "family", "print", "date", "by", "why"];

/// Most pairs that decisions may tell apart, since each is kept. A decision of n names is n(n - 1)/2
/// pairs, so this is one of two thousand.
const MAX_PAIRS_APART: usize = 2_000_000;

/// Keys of a `[[row]]`.
pub const ROW_KEYS: &[&str] = &[
    "name", "reason", "about", "answer", "into", "print", "date", "by", "why",
];

/// What people answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// Answers about names.
    pub pairs: Vec<Decision>,
    /// Answers about rows.
    pub rows: Vec<RowDecision>,
}

/// Reads a directory of known organisations.
pub fn directory(sources: &mut SourceMap, name: &str, text: &str) -> (Vec<DirectoryEntry>, Vec<Diagnostic>) {
    let mut reader = EntryReader::new(sources.add(name, text));
    let Some(document) = reader.parse(text, &["organization"]) else {
        return (Vec::new(), reader.diagnostics);
    };
    let entries = reader.entries(&document, "organization", DIRECTORY_KEYS, EntryReader::organization);
    (entries, reader.diagnostics)
}

/// Reads remembered answers.
pub fn answers(sources: &mut SourceMap, name: &str, text: &str) -> (Answers, Vec<Diagnostic>) {
    let mut reader = EntryReader::new(sources.add(name, text));
    let Some(document) = reader.parse(text, &["decision", "row"]) else {
        return (Answers::default(), reader.diagnostics);
    };
    let answers = Answers {
        pairs: reader.entries(&document, "decision", DECISION_KEYS, EntryReader::decision),
        rows: reader.entries(&document, "row", ROW_KEYS, EntryReader::row),
    };
    (answers, reader.diagnostics)
}

struct EntryReader {
    file: FileId,
    /// Bytes of the byte order mark that the parser does not see.
    skipped: usize,
    diagnostics: Vec<Diagnostic>,
    /// Pairs that decisions tell apart, until here.
    pairs_apart: usize,
}

impl EntryReader {
    fn new(file: FileId) -> Self {
        Self {
            file,
            skipped: 0,
            diagnostics: Vec::new(),
            pairs_apart: 0,
        }
    }

    fn origin(&self, span: Option<Range<usize>>) -> Origin {
        match span {
            Some(span) => Origin::Span {
                file: self.file,
                start: offset(span.start + self.skipped),
                end: offset(span.end + self.skipped),
            },
            None => Origin::File(self.file),
        }
    }

    fn say(&mut self, code: Code, message: String, origin: Origin, hint: Option<String>) {
        let mut diagnostic = Diagnostic::error(code, message).at(origin);
        diagnostic.hint = hint;
        self.diagnostics.push(diagnostic);
    }

    /// Parses the text; reports keys at its top other than these.
    fn parse<'t>(&mut self, text: &'t str, arrays: &[&str]) -> Option<Document<&'t str>> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        self.skipped = text.len() - body.len();
        match Document::parse(body) {
            Ok(document) => {
                self.unknown_keys(document.as_table(), arrays);
                Some(document)
            }
            Err(error) => {
                let origin = self.origin(error.span());
                self.say(Code::BadToml, error.message().to_lowercase(), origin, None);
                None
            }
        }
    }

    /// Reads every `[[array]]` of the document with `read`.
    fn entries<T>(
        &mut self,
        document: &Document<&str>,
        array: &'static str,
        keys: &[&str],
        read: fn(&mut Self, &dyn TableLike, Origin) -> Option<T>,
    ) -> Vec<T> {
        let mut out = Vec::new();
        match document.as_table().get(array) {
            None => {}
            Some(Item::ArrayOfTables(tables)) => {
                for table in tables {
                    let origin = self.origin(table.span());
                    self.unknown_keys(table, keys);
                    out.extend(read(self, table, origin));
                }
            }
            Some(Item::Value(Value::Array(values))) => {
                for value in values {
                    let origin = self.origin(value.span());
                    match value.as_inline_table() {
                        Some(table) => {
                            self.unknown_keys(table, keys);
                            out.extend(read(self, table, origin));
                        }
                        None => self.wrong(array, "a table", origin),
                    }
                }
            }
            Some(item) => {
                let origin = self.origin(item.span());
                self.say(
                    Code::BadValue,
                    format!("`{array}` must be a list of tables"),
                    origin,
                    Some(format!("write `[[{array}]]`")),
                );
            }
        }
        out
    }

    fn unknown_keys(&mut self, table: &dyn TableLike, known: &[&str]) {
        for (key, item) in table.iter() {
            if !known.contains(&key) {
                let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
                let origin = self.origin(span);
                let mut diagnostic =
                    Diagnostic::warning(Code::UnknownKey, format!("key `{key}` is not recognized")).at(origin);
                diagnostic.hint = Some(suggest(key, known));
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn wrong(&mut self, key: &str, expected: &str, origin: Origin) {
        self.say(Code::BadValue, format!("`{key}` must be {expected}"), origin, None);
    }

    /// Reads a string; a blank one counts as missing.
    fn text(&mut self, table: &dyn TableLike, key: &str) -> Option<String> {
        let item = table.get(key)?;
        match item.as_str() {
            Some(text) if text.trim().is_empty() => None,
            Some(text) => Some(text.trim().to_owned()),
            None => {
                let origin = self.origin(item.span());
                self.wrong(key, "a string", origin);
                None
            }
        }
    }

    fn texts(&mut self, table: &dyn TableLike, key: &str) -> Vec<String> {
        let Some(item) = table.get(key) else {
            return Vec::new();
        };
        let origin = self.origin(item.span());
        let Some(values) = item.as_array() else {
            self.wrong(key, "a list of strings", origin);
            return Vec::new();
        };
        let mut out = Vec::new();
        for value in values {
            match value.as_str().map(str::trim) {
                Some("") => {}
                Some(text) => out.push(text.to_owned()),
                None => {
                    let origin = self.origin(value.span());
                    self.wrong(key, "a list of strings", origin);
                }
            }
        }
        out
    }

    /// Reads one of a few words.
    fn choice<T: Copy>(&mut self, table: &dyn TableLike, key: &str, known: &[(&str, T)]) -> Option<T> {
        let text = self.text(table, key)?;
        if let Some(&(_, value)) = known.iter().find(|(word, _)| *word == text) {
            return Some(value);
        }
        let words: Vec<&str> = known.iter().map(|&(word, _)| word).collect();
        let origin = self.origin(table.get(key).and_then(Item::span));
        self.say(
            Code::BadValue,
            format!("`{text}` is not a valid {key}"),
            origin,
            Some(suggest(&text, &words)),
        );
        None
    }

    /// Reads a TOML date, or the same in quotation marks.
    fn date(&mut self, table: &dyn TableLike, key: &str) -> Option<Date> {
        let item = table.get(key)?;
        let read = match item.as_datetime() {
            Some(datetime) => datetime.date.map(|date| date.to_string()),
            None => item.as_str().map(|text| text.trim().to_owned()),
        };
        let date = read.and_then(|text| text.parse().ok());
        if date.is_none() {
            let origin = self.origin(item.span());
            let hint = Some("write it as year-month-day, such as 2021-02-26".to_owned());
            self.say(Code::BadDate, format!("`{key}` is not a valid date"), origin, hint);
        }
        date
    }

    fn organization(&mut self, table: &dyn TableLike, origin: Origin) -> Option<DirectoryEntry> {
        let Some(name) = self.text(table, "name") else {
            self.say(
                Code::MissingKey,
                "an organization has no `name`".to_owned(),
                origin,
                None,
            );
            return None;
        };
        let kinds = [Kind::Organization, Kind::Individual].map(|kind| (kind.as_str(), kind));
        let levels: Vec<(&str, Level)> = Level::ALL.iter().map(|&level| (level.as_str(), level)).collect();
        Some(DirectoryEntry {
            name,
            aliases: self.texts(table, "aliases"),
            acronym: self.text(table, "acronym"),
            sort_name: self.text(table, "sort_name"),
            kind: self.choice(table, "kind", &kinds),
            level: self.choice(table, "level", &levels),
            state: self.text(table, "state"),
            url: self.text(table, "url"),
            not_same: self.texts(table, "not_same"),
            origin,
        })
    }

    fn decision(&mut self, table: &dyn TableLike, origin: Origin) -> Option<Decision> {
        let family = self.text(table, "family");
        for key in ["answer", "names"] {
            if table.get(key).is_none() && (key != "names" || family.is_none()) {
                self.say(Code::MissingKey, format!("a decision has no `{key}`"), origin, None);
                return None;
            }
        }
        let answers = [Answer::Same, Answer::Different].map(|answer| (answer.as_str(), answer));
        let answer = self.choice(table, "answer", &answers);
        let names = match &family {
            Some(name) if table.get("names").is_none() => vec![name.clone()],
            _ => self.texts(table, "names"),
        };
        let is_family = family.is_some() && table.get("names").is_none();
        if family.is_some() && !is_family {
            let origin = self.origin(table.get("family").and_then(Item::span));
            self.wrong("family", "used without `names`", origin);
            return None;
        }
        if names.len() < 2 && !is_family {
            let origin = self.origin(table.get("names").and_then(Item::span));
            self.wrong("names", "a list of two or more names", origin);
            return None;
        }
        if answer == Some(Answer::Different) {
            let pairs = names.len() * (names.len() - 1) / 2;
            self.pairs_apart = self.pairs_apart.saturating_add(pairs);
            if self.pairs_apart > MAX_PAIRS_APART {
                let origin = self.origin(table.get("names").and_then(Item::span));
                let message = format!("more than {MAX_PAIRS_APART} pairs are decided to be different");
                let hint = "name a family whose members are different instead of each of them".to_owned();
                self.say(Code::TooLarge, message, origin, Some(hint));
                return None;
            }
        }
        Some(Decision {
            answer: answer?,
            names,
            family: is_family,
            print: self.text(table, "print"),
            date: self.date(table, "date"),
            by: self.text(table, "by"),
            why: self.text(table, "why"),
            origin,
        })
    }
}

impl EntryReader {
    fn row(&mut self, table: &dyn TableLike, origin: Origin) -> Option<RowDecision> {
        for key in ["name", "answer"] {
            if table.get(key).is_none() {
                let message = format!("a decision about a row has no `{key}`");
                self.say(Code::MissingKey, message, origin, None);
                return None;
            }
        }
        let answers: Vec<_> = RowAnswer::ALL.iter().map(|&answer| (answer.as_str(), answer)).collect();
        let answer = self.choice(table, "answer", &answers)?;
        let reasons: Vec<_> = HeldReason::ALL
            .iter()
            .map(|&reason| (reason.as_str(), reason))
            .collect();
        let reason = self.choice(table, "reason", &reasons);
        if reason.is_none() && table.get("reason").is_some() {
            return None;
        }
        let into = self.texts(table, "into");
        if answer == RowAnswer::Split && into.len() < 2 {
            let origin = self.origin(table.get("into").and_then(Item::span));
            self.wrong("into", "a list of two or more names", origin);
            return None;
        }
        Some(RowDecision {
            name: self.text(table, "name")?,
            reason,
            about: self.text(table, "about").unwrap_or_default(),
            answer,
            into,
            print: self.text(table, "print"),
            date: self.date(table, "date"),
            by: self.text(table, "by"),
            why: self.text(table, "why"),
            origin,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let mut sources = SourceMap::default();
        let (_, diagnostics) = answers(&mut sources, "d.toml", text);
        diagnostics
            .iter()
            .map(|d| {
                format!(
                    "{} {}: {}",
                    sources.place(d.origin.unwrap()),
                    d.code,
                    d.hint.as_deref().unwrap_or(&d.message)
                )
            })
            .collect()
    }

    #[test]
    fn a_decision_is_read_with_its_place() {
        let mut sources = SourceMap::default();
        let text = "# ours\n[[decision]]\nanswer = \"same\"\nnames = [\"A B\", \"AB\"]\ndate = 2021-02-26\n";
        let (read, diagnostics) = answers(&mut sources, "d.toml", text);
        let read = read.pairs;
        assert_eq!(diagnostics, []);
        assert_eq!(read[0].answer, Answer::Same);
        assert_eq!(read[0].names, ["A B", "AB"]);
        assert_eq!(read[0].date.unwrap().to_string(), "2021-02-26");
        assert_eq!(sources.line(read[0].origin), 2);
    }

    #[test]
    fn a_decision_about_a_family_is_read() {
        let mut sources = SourceMap::default();
        let text = "[[decision]]\nanswer = \"different\"\nfamily = \"Third Act\"\n";
        let (read, diagnostics) = answers(&mut sources, "d.toml", text);
        let read = read.pairs;
        assert_eq!(diagnostics, []);
        assert!(read[0].family);
        assert_eq!(read[0].names, ["Third Act"]);
        let both = "[[decision]]\nanswer = \"same\"\nfamily = \"A\"\nnames = [\"a\", \"b\"]";
        assert_eq!(
            said(both),
            ["d.toml:3:10 bad-value: `family` must be used without `names`"]
        );
    }

    #[test]
    fn a_directory_is_read() {
        let mut sources = SourceMap::default();
        let text =
            "organization = [{ name = \"Casa\", acronym = \"C\", level = \"state\", not_same = [\"Casa Uno\"] }]";
        let (read, diagnostics) = directory(&mut sources, "d.toml", text);
        assert_eq!(diagnostics, []);
        assert_eq!(read[0].level, Some(Level::State));
        assert_eq!(read[0].not_same, ["Casa Uno"]);
    }

    #[test]
    fn wrong_entries_are_reported_where_they_stand() {
        let check = |text, expected: &[&str]| assert_eq!(said(text), expected);
        check(
            "[[decision]]\nanswr = \"same\"\nanswer = \"same\"\nnames = [\"a\", \"b\"]",
            &["d.toml:2:1 unknown-key: did you mean `answer`?"],
        );
        check(
            "[[decision]]\nanswer = \"sane\"\nnames = [\"a\", \"b\"]",
            &["d.toml:2:10 bad-value: did you mean `same`?"],
        );
        check(
            "[[decision]]\nanswer = \"same\"\nnames = [\"a\"]",
            &["d.toml:3:9 bad-value: `names` must be a list of two or more names"],
        );
        check(
            "[[decision]]\nnames = [\"a\", \"b\"]",
            &["d.toml:1:1 missing-key: a decision has no `answer`"],
        );
        check("decision = 3", &["d.toml:1:12 bad-value: write `[[decision]]`"]);
        check(
            "[[decision]]\nanswer = \"same\"\nnames = [\"a\", \"b\"]\ndate = \"soon\"",
            &["d.toml:4:8 bad-date: write it as year-month-day, such as 2021-02-26"],
        );
        assert_eq!(said("[[decision]\n").len(), 1);
    }
}
