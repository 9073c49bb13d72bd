//! Reads TOML tables with the places of their values.
//!
//! In: TOML text inside a file. Out: values with origins that count from the
//! start of the file. Guaranteed: a key that means nothing, a value of another
//! type and a text that is no TOML are diagnostics; reading goes on. Absent:
//! which keys there are (that is for the callers to say).

use super::bytes::span;
use super::diagnostics::Diagnostics;
use super::text_origin::{self, TextOrigin};
use crate::diag::{Code, Diagnostic, suggest};
use crate::model::letter::Placed;
use crate::source::Origin;
use jiff::civil::Date;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A parsed TOML text.
pub(super) struct Toml<'a> {
    /// The root table.
    pub(super) root: DeTable<'a>,
    /// Whether it was TOML throughout.
    pub(super) sound: bool,
}

/// A reader of TOML text that keeps the places of values and reports what is wrong.
pub(super) struct TomlReader<'a> {
    /// Where diagnostics go.
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The TOML text.
    text: &'a str,
    /// Where the text begins in its file.
    start: usize,
    /// Lines on which the grammar is broken; what was made of their values means
    /// nothing.
    broken: Vec<Range<usize>>,
}

/// How many errors of TOML's grammar are told: one mistake breaks what follows.
const ERRORS: usize = 3;

/// How many errors are looked at; the rest would say nothing new.
const ERRORS_SEEN: usize = 100;

/// Keys whose values are dates: TOML's own grammar refuses a bare 2021-02-30.
const DATES: &[&str] = &["date", "deadline"];

impl<'a> TomlReader<'a> {
    /// Reads `text`, which begins at byte `start` of the diagnostics's file.
    pub(super) fn new(text: &'a str, start: usize, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            diagnostics,
            text,
            start,
            broken: Vec::new(),
        }
    }

    /// Returns where the text begins in its file.
    pub(super) fn base(&self) -> usize {
        self.start
    }

    /// Parses the text; what is broken is told and left out.
    pub(super) fn parse(&mut self) -> Toml<'a> {
        let (root, errors) = DeTable::parse_recoverable(self.text);
        let sound = errors.is_empty();
        for error in errors.into_iter().take(ERRORS_SEEN) {
            let range = error.span().unwrap_or(0..0);
            let range = range.start.min(self.text.len())..range.end.min(self.text.len());
            if self.is_broken(range.start) {
                continue; // The parser stumbled over the same mistake again.
            }
            let line = self.line_around(range.start);
            self.broken.push(line);
            if self.diagnostics.listed(Code::BadToml) >= ERRORS {
                continue;
            }
            if let Some((date, place)) = self.date_around(range.start) {
                self.bad_date(&date, place);
                continue;
            }
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            let diagnostic = Diagnostic::error(Code::BadToml, lower_first(&message)).at(self.origin(range));
            self.diagnostics.push(diagnostic);
        }
        Toml {
            root: root.into_inner(),
            sound,
        }
    }

    /// Returns the line that holds byte `at`, its line end included.
    fn line_around(&self, at: usize) -> Range<usize> {
        let at = floor(self.text, at);
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |newline| at + newline + 1);
        start..end
    }

    /// Returns whether byte `at` stands on a line on which the grammar is broken.
    fn is_broken(&self, at: usize) -> bool {
        self.broken.iter().any(|line| line.contains(&at))
    }

    /// Returns the origin of a range of the text.
    pub(super) fn origin(&self, range: Range<usize>) -> Origin {
        span(
            self.diagnostics.file(),
            self.start + range.start,
            self.start + range.end,
        )
    }

    /// Returns the value and its place if `at` is in the bare value of a date's key.
    fn date_around(&self, at: usize) -> Option<(String, Range<usize>)> {
        let range = self.line_around(at);
        let start = range.start;
        let line = self.text[range].trim_end();
        let (key, value) = line.split_once('=')?;
        let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.split('#').next()?.trim();
        let bare = value.starts_with(|c: char| c.is_ascii_digit());
        (DATES.contains(&key.trim()) && bare).then(|| (value.to_owned(), value_start..value_start + value.len()))
    }

    fn bad_date(&mut self, date: &str, place: Range<usize>) {
        let diagnostic = Diagnostic::error(Code::BadDate, format!("`{date}` is not a valid date"))
            .at(self.origin(place))
            .hint("write the date as year-month-day, such as 2021-03-01");
        self.diagnostics.push(diagnostic);
    }

    /// Reports keys that mean nothing. `name` is the table's name for a person, such as
    /// "\[roll\]" or "front matter".
    pub(super) fn only(&mut self, table: &DeTable<'_>, name: &str, known: &[&str]) {
        for key in table.keys() {
            let word = key.get_ref().as_ref();
            if known.contains(&word) {
                continue;
            }
            let origin = self.origin(key.span());
            self.diagnostics.push(
                Diagnostic::warning(Code::UnknownKey, format!("key `{word}` is not recognized in {name}"))
                    .at(origin)
                    .hint(suggest(word, known)),
            );
        }
    }

    /// Reports that a value has another type or lies outside what is allowed.
    pub(super) fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        if self.is_broken(value.span().start) {
            return;
        }
        let origin = self.origin(value.span());
        let message = format!("`{key}` is {}; expected {expected}", describe(value.get_ref()));
        self.diagnostics
            .push(Diagnostic::error(Code::BadValue, message).at(origin));
    }

    /// Reads a string.
    pub(super) fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<Placed<String>> {
        let value = get(table, key)?;
        self.string_in(key, value, "a string")
    }

    fn string_in(&mut self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> Option<Placed<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, expected);
            return None;
        };
        let source = self.source(text, value.span());
        let value = text_origin::without_invisible(text, &source, self.diagnostics).into_owned();
        Some(Placed {
            value,
            origin: source.whole,
        })
    }

    /// Reads an array of strings.
    pub(super) fn strings(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<Placed<String>>> {
        let value = get(table, key)?;
        let items = self.array(key, value, ARRAY)?;
        Some(
            items
                .iter()
                .filter_map(|item| self.string_in(key, item, ARRAY))
                .collect(),
        )
    }

    /// Returns the items of a value that must be an array.
    pub(super) fn array<'v, 'i>(
        &mut self,
        key: &str,
        value: &'v Spanned<DeValue<'i>>,
        expected: &str,
    ) -> Option<&'v [Spanned<DeValue<'i>>]> {
        match value.get_ref() {
            DeValue::Array(items) => Some(items),
            _ => {
                self.wrong(key, value, expected);
                None
            }
        }
    }

    /// Reads true or false.
    pub(super) fn boolean(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let value = get(table, key)?;
        let read = value.get_ref().as_bool();
        if read.is_none() {
            self.wrong(key, value, "true or false");
        }
        read
    }

    /// Reads a whole number within `range`.
    pub(super) fn number(&mut self, table: &DeTable<'_>, key: &str, range: Range<u8>) -> Option<u8> {
        let value = get(table, key)?;
        let read = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .and_then(|number| u8::try_from(number).ok())
            .filter(|number| range.contains(number));
        if read.is_none() {
            let expected = format!("a whole number from {} to {}", range.start, range.end - 1);
            self.wrong(key, value, &expected);
        }
        read
    }

    /// Returns true if a key's value is a word.
    pub(super) fn is_word(&self, table: &DeTable<'_>, key: &str, word: &str) -> bool {
        get(table, key).and_then(|value| value.get_ref().as_str()) == Some(word)
    }

    /// Reads one of a few words.
    pub(super) fn word<T: Copy>(&mut self, table: &DeTable<'_>, key: &str, words: &[(&str, T)]) -> Option<Placed<T>> {
        let value = get(table, key)?;
        self.word_in(key, value, words)
    }

    /// Returns the values that an array of words stands for.
    pub(super) fn words<T: Copy>(&mut self, table: &DeTable<'_>, key: &str, words: &[(&str, T)]) -> Option<Vec<T>> {
        let value = get(table, key)?;
        let items = self.array(key, value, ARRAY)?;
        let read = items.iter().filter_map(|item| self.word_in(key, item, words));
        Some(read.map(|word| word.value).collect())
    }

    /// Returns the value that one word stands for.
    fn word_in<T: Copy>(&mut self, key: &str, value: &Spanned<DeValue<'_>>, words: &[(&str, T)]) -> Option<Placed<T>> {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let expected = format!("one of {}", known.join(", "));
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, &expected);
            return None;
        };
        let origin = self.origin(value.span());
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let shown: String = text.chars().take(100).collect();
            self.diagnostics.push(
                Diagnostic::error(Code::BadValue, format!("`{key}` is `{shown}`; expected {expected}"))
                    .at(origin)
                    .hint(suggest(&shown, &known)),
            );
        }
        found.map(|&(_, value)| Placed { value, origin })
    }

    /// Reads a value that `read` makes of a string.
    pub(super) fn parsed<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = get(table, key)?;
        let parsed = value.get_ref().as_str().and_then(read);
        if parsed.is_none() {
            self.wrong(key, value, expected);
        }
        parsed
    }

    /// Reads a calendar date: TOML's own, or a string written year-month-day.
    pub(super) fn date(&mut self, table: &DeTable<'_>, key: &str) -> Option<Date> {
        let value = get(table, key)?;
        let (read, shown) = match value.get_ref() {
            DeValue::Datetime(datetime) => {
                let day = datetime.date.filter(|_| datetime.time.is_none());
                let read = day.and_then(|day| ymd(i64::from(day.year), i64::from(day.month), i64::from(day.day)));
                (read, datetime.to_string())
            }
            DeValue::String(text) => (parse_date(text), text.chars().take(100).collect()),
            _ => {
                self.wrong(key, value, "a date");
                return None;
            }
        };
        if read.is_none() && !self.is_broken(value.span().start) {
            self.bad_date(&shown, value.span());
        }
        read
    }

    /// Reads a table.
    pub(super) fn table<'v, 'i>(&mut self, table: &'v DeTable<'i>, key: &str) -> Option<&'v DeTable<'i>> {
        let value = get(table, key)?;
        let read = value.get_ref().as_table();
        if read.is_none() {
            self.wrong(key, value, &format!("a table: [{key}]"));
        }
        read
    }

    /// Reports that `key` is missing.
    pub(super) fn missing(&mut self, key: &str, origin: Origin, example: &str) {
        self.diagnostics.push(
            Diagnostic::error(Code::MissingKey, format!("`{key}` is missing"))
                .at(origin)
                .hint(format!("write {example}")),
        );
    }

    /// Returns where the characters of a string value stand.
    pub(super) fn source(&self, decoded: &str, value: Range<usize>) -> TextOrigin {
        let raw = &self.text[value.clone()];
        // Without escapes the string stands in the file as it is, between its
        // quotation marks; then every character has its own place.
        let exact = raw.find(decoded).filter(|&at| {
            !decoded.is_empty()
                && raw[..at]
                    .bytes()
                    .all(|byte| matches!(byte, b'"' | b'\'' | b'\n' | b'\r'))
        });
        TextOrigin {
            file: self.diagnostics.file(),
            start: exact.map(|at| self.start + value.start + at),
            whole: self.origin(value),
        }
    }
}

/// The description of an array of strings in a message.
pub(super) const ARRAY: &str = "an array of strings";

/// Returns the value of a key.
pub(super) fn get<'v, 'i>(table: &'v DeTable<'i>, key: &str) -> Option<&'v Spanned<DeValue<'i>>> {
    table.get(key)
}

fn describe(value: &DeValue<'_>) -> String {
    let short = |text: &str| text.chars().take(100).collect::<String>();
    match value {
        DeValue::String(text) => format!("`{}`", short(text)),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(value) => format!("{value}"),
        DeValue::Datetime(datetime) => format!("the date {datetime}"),
        DeValue::Array(_) => "an array".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Returns the nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Parses "2021-03-01" and nothing else.
fn parse_date(text: &str) -> Option<Date> {
    let digits = |part: &str, length: usize| {
        let sound = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if sound { part.parse::<i64>().ok() } else { None }
    };
    let mut parts = text.trim().split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    ymd(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)
}

fn ymd(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Returns the tables of an array of tables; anything else is reported.
pub(super) fn tables<'v, 'i>(reader: &mut TomlReader<'_>, root: &'v DeTable<'i>, key: &str) -> Vec<&'v DeTable<'i>> {
    let Some(value) = get(root, key) else {
        return Vec::new();
    };
    let items = match value.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| item.get_ref().as_table()).collect(),
        _ => None,
    };
    items.unwrap_or_else(|| {
        reader.wrong(key, value, &format!("one or more tables: [[{key}]]"));
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_of_the_calendar() {
        let check = |text, expected: Option<(i16, i8, i8)>| {
            let expected = expected.and_then(|(y, m, d)| Date::new(y, m, d).ok());
            assert_eq!(parse_date(text), expected, "{text}");
        };
        check("2021-03-01", Some((2021, 3, 1)));
        check("2024-02-29", Some((2024, 2, 29)));
        check("2021-02-29", None);
        check("2021-3-1", None);
        check("3/1/2021", None);
        check("20210301", None);
        check("2021-03-01T00", None);
    }
}
