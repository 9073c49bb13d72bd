//! The `[check]` table of undersigned.toml.
//!
//! In: the table. Out: a [`CheckSetting`]. Guaranteed: a key that is no code, and a
//! word that is no severity, are diagnostics. Absent: the checks.

use crate::diag::{Code, Diagnostic, Severity, suggest};
use crate::load::letters::settings::PAPERS;
use crate::load::toml_values::{TomlReader, get};
use crate::model::check::{CheckSetting, OwnWord, Submission};
use crate::model::units::Pt;
use toml::de::{DeTable, DeValue};

/// Keys of the table that are no codes.
const KEYS: &[&str] = &["submission", "profile", "offices", "words"];

const SEVERITIES: &[(&str, Option<Severity>)] = &[
    ("off", None),
    ("note", Some(Severity::Note)),
    ("warning", Some(Severity::Warning)),
    ("error", Some(Severity::Error)),
];

/// Reads `[check]`.
pub(super) fn check(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> CheckSetting {
    let mut setting = CheckSetting::default();
    for key in table.keys() {
        let name = key.get_ref().as_ref();
        if KEYS.contains(&name) {
            continue;
        }
        if let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) {
            if let Some(severity) = reader.word(table, name, SEVERITIES) {
                setting.severities.insert(*code, severity.value);
            }
            continue;
        }
        let known: Vec<&str> = KEYS
            .iter()
            .copied()
            .chain(Code::ALL.iter().map(|code| code.as_str()))
            .collect();
        let shown: String = name.chars().take(100).collect();
        let hint = match crate::diag::closest(&shown, known.iter().copied()) {
            Some(_) => suggest(&shown, &known),
            None => format!("write a finding = \"off\", or one of {}", KEYS.join(", ")),
        };
        reader.diagnostics.push(
            Diagnostic::warning(Code::UnknownKey, format!("`{shown}` is not a finding of `check`"))
                .at(reader.origin(key.span()))
                .hint(hint),
        );
    }
    setting.submission = reader
        .word(table, "submission", &[("none", false), ("committee", true)])
        .filter(|submission| submission.value)
        .map(|_| Submission::committee());
    if get(table, "profile").is_some()
        && let Some(profile) = reader.table(table, "profile")
    {
        setting.submission = Some(submission(reader, profile, setting.submission.take()));
    }
    if get(table, "offices").is_some()
        && let Some(offices) = reader.table(table, "offices")
    {
        for (wrong, right) in offices {
            match right.get_ref().as_str() {
                Some(right) => setting.offices.push((wrong.get_ref().to_string(), right.to_owned())),
                None => reader.wrong(wrong.get_ref(), right, "the correct name of the office"),
            }
        }
    }
    if get(table, "words").is_some()
        && let Some(words) = reader.table(table, "words")
    {
        setting.words = own_words(reader, words);
    }
    setting
}

/// Reads `[check.words]`: the tables `never`, `prefer` and `names`.
fn own_words(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Vec<OwnWord> {
    const TABLES: &[(&str, &str, Severity)] = &[
        (
            "never",
            "the reason as text, or { reason = \"...\", level = \"error\" }",
            Severity::Error,
        ),
        (
            "prefer",
            "what to write, or { use = \"...\", reason = \"...\" }",
            Severity::Warning,
        ),
        (
            "names",
            "the correct name, or { use = \"...\", reason = \"...\" }",
            Severity::Warning,
        ),
    ];
    let names: Vec<&str> = TABLES.iter().map(|(name, ..)| *name).collect();
    reader.only(table, "[check.words]", &names);
    let mut words = Vec::new();
    for &(name, expected, severity) in TABLES {
        if get(table, name).is_none() {
            continue;
        }
        let Some(entries) = reader.table(table, name) else {
            continue;
        };
        for (word, value) in entries {
            let shown = word.get_ref().trim().to_owned();
            let mut rule = OwnWord {
                word: shown.clone(),
                instead: Vec::new(),
                reason: None,
                exact: name == "names",
                severity,
            };
            let is_read = match value.get_ref() {
                DeValue::String(text) if name == "never" => {
                    rule.reason = Some(text.to_string()).filter(|text| !text.trim().is_empty());
                    true
                }
                DeValue::String(text) => {
                    rule.instead = vec![text.to_string()];
                    !text.trim().is_empty()
                }
                DeValue::Table(keys) => {
                    own_word(reader, keys, &mut rule);
                    name == "never" || !rule.instead.is_empty()
                }
                _ => false,
            };
            let says_word = shown.chars().any(char::is_alphanumeric);
            let replaces_itself = rule.instead.contains(&shown);
            if is_read && says_word && !replaces_itself {
                words.push(rule);
            } else {
                reader.wrong(&shown, value, expected);
            }
        }
    }
    words
}

/// Reads the keys of one word.
fn own_word(reader: &mut TomlReader<'_>, keys: &DeTable<'_>, rule: &mut OwnWord) {
    reader.only(keys, "a word of [check.words]", &["use", "reason", "level", "case"]);
    if let Some(instead) = get(keys, "use") {
        match instead.get_ref() {
            DeValue::Array(several) => {
                for one in several {
                    match one.get_ref().as_str() {
                        Some(text) => rule.instead.push(text.to_owned()),
                        None => reader.wrong("use", one, "a word or phrase"),
                    }
                }
            }
            _ => rule.instead.extend(reader.string(keys, "use").map(|text| text.value)),
        }
    }
    if let Some(reason) = reader.string(keys, "reason") {
        rule.reason = Some(reason.value);
    }
    const LEVELS: &[(&str, Severity)] = &[
        ("note", Severity::Note),
        ("warning", Severity::Warning),
        ("error", Severity::Error),
    ];
    if let Some(level) = reader.word(keys, "level", LEVELS) {
        rule.severity = level.value;
    }
    if let Some(case) = reader.word(keys, "case", &[("any", false), ("exact", true)]) {
        rule.exact = case.value;
    }
}

/// Reads `[check.profile]`: what it leaves out is that of `base`.
fn submission(reader: &mut TomlReader<'_>, table: &DeTable<'_>, base: Option<Submission>) -> Submission {
    let keys = ["name", "paper", "margin", "font_size", "pages", "megabytes"];
    reader.only(table, "[check.profile]", &keys);
    let mut profile = base.unwrap_or_else(|| Submission::named("own"));
    if let Some(name) = reader.string(table, "name") {
        profile.name = name.value;
    }
    if let Some(paper) = reader.word(table, "paper", PAPERS) {
        profile.paper = Some(paper.value);
    }
    let length = "a length such as \"1in\" or \"12pt\"";
    profile.margin = reader.parsed(table, "margin", length, Pt::parse).or(profile.margin);
    profile.font_size = reader
        .parsed(table, "font_size", length, Pt::parse)
        .or(profile.font_size);
    profile.pages = reader.number(table, "pages", 1..255).map(u32::from).or(profile.pages);
    profile.megabytes = reader
        .number(table, "megabytes", 1..255)
        .map(u32::from)
        .or(profile.megabytes);
    profile
}
