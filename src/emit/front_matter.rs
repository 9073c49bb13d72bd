//! Writes a setting into the front matter of a letter.
//!
//! In: the text of a letter, a key of its first level, and a value. Out: the text with the
//! value; or the value that the text has. Guaranteed: every other byte stays, comments and
//! order included; a value that is written in another way than the form can hold is left
//! alone. Absent: which keys there are, and what is a good value (that is `load`'s).

use super::columns::set_word;
use toml_edit::{Array, Datetime, DocumentMut, Item, TomlError, Value, value};

/// The line before and after front matter.
const FENCE: &str = "+++";

/// The ways in which a setting is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// A text between quotation marks.
    Text,
    /// A date, without quotation marks.
    Date,
    /// A list of texts; as a form holds it, one a line.
    Lines,
}

/// The reason why a setting could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// There is no front matter.
    #[error("the letter does not begin with front matter between two lines of +++")]
    NoFrontMatter,
    /// The front matter is not valid TOML.
    #[error("the front matter is not valid TOML: {0}")]
    Toml(#[from] TomlError),
    /// The key has a value of another kind, or one that a form cannot hold.
    #[error("`{0}` is written in another way; change it in the text")]
    OtherKind(String),
    /// The date does not exist.
    #[error("`{0}` is not a valid date; write year-month-day, such as 2026-03-01")]
    BadDate(String),
}

/// Returns the value of a key as a form holds it; `None`: the key is not there.
///
/// # Errors
/// When there is no valid front matter, or the value is written in another way.
pub fn setting(text: &str, key: &str, kind: SettingKind) -> Result<Option<String>, SettingError> {
    let header = split(text)?.1;
    let document: DocumentMut = header.parse()?;
    held(&document, key, kind)
}

/// Returns the text with a value for a key; an empty value removes the key.
///
/// # Errors
/// When there is no valid front matter, or the value cannot be written.
pub fn set_setting(text: &str, key: &str, kind: SettingKind, new: &str) -> Result<String, SettingError> {
    let (before, header, after) = split(text)?;
    let mut document: DocumentMut = header.parse()?;
    let new = new.replace("\r\n", "\n");
    if held(&document, key, kind)?.unwrap_or_default() == new {
        return Ok(text.to_owned());
    }
    match kind {
        _ if new.trim().is_empty() => {
            document.remove(key);
        }
        SettingKind::Text => set_word(document.as_table_mut(), key, &new),
        SettingKind::Date => {
            let date: Datetime = new.trim().parse().map_err(|_| SettingError::BadDate(new.clone()))?;
            if date.date.is_none() || date.time.is_some() {
                return Err(SettingError::BadDate(new));
            }
            replace(&mut document, key, date.into());
        }
        SettingKind::Lines => {
            let lines = new.lines().map(str::trim).filter(|line| !line.is_empty());
            replace(&mut document, key, Value::Array(lines.collect::<Array>()));
        }
    }
    let mut document = document.to_string();
    if header.contains("\r\n") {
        // What writes TOML knows one line end only.
        document = document.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(format!("{before}{document}{after}"))
}

/// Gives a key another value; a comment beside the old one stays.
fn replace(document: &mut DocumentMut, key: &str, mut new: Value) {
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => {
            document.insert(key, value(new));
        }
    }
}

/// Returns what a form holds of a key.
fn held(document: &DocumentMut, key: &str, kind: SettingKind) -> Result<Option<String>, SettingError> {
    let Some(item) = document.get(key) else { return Ok(None) };
    let text = match (kind, item.as_value()) {
        (SettingKind::Text, Some(Value::String(text))) if !text.value().contains('\n') => Some(text.value().clone()),
        (SettingKind::Date, Some(Value::Datetime(date))) if date.value().time.is_none() => {
            Some(date.value().to_string())
        }
        (SettingKind::Lines, Some(Value::Array(array))) => {
            let lines: Option<Vec<&str>> = array.iter().map(Value::as_str).collect();
            let plain = lines.filter(|lines| lines.iter().all(|line| !line.contains('\n')));
            plain.map(|lines| lines.join("\n"))
        }
        _ => None,
    };
    text.map(Some).ok_or_else(|| SettingError::OtherKind(key.to_owned()))
}

/// Splits a letter at its front matter: what is before it, it, and the rest.
fn split(text: &str) -> Result<(&str, &str, &str), SettingError> {
    let mut at = 0;
    let mut begin = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches('\u{feff}').trim_end();
        match begin {
            None if content.is_empty() => {}
            None if content == FENCE => begin = Some(at + line.len()),
            None => break,
            Some(begin) if content == FENCE => return Ok((&text[..begin], &text[begin..at], &text[at..])),
            Some(_) => {}
        }
        at += line.len();
    }
    Err(SettingError::NoFrontMatter)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::SettingKind::{Date, Lines, Text};
    use super::*;

    #[test]
    fn what_stood_there_stays() {
        let check = |old: &str, key, kind, new: &str, expected: &str| {
            let wrap = |header: &str| format!("\n+++\n{header}+++\nBody with +++ and \"quotes\"\n");
            assert_eq!(set_setting(&wrap(old), key, kind, new).unwrap(), wrap(expected));
        };
        check(
            "# mine\ntitle = 'Old' # ours\n",
            "title",
            Text,
            "New",
            "# mine\ntitle = \"New\" # ours\n",
        );
        check("title = 'Old'\n", "title", Text, "Old", "title = 'Old'\n");
        check(
            "a = 1\n\n[roll]\ncolumns = 2\n",
            "title",
            Text,
            "New",
            "a = 1\ntitle = \"New\"\n\n[roll]\ncolumns = 2\n",
        );
        check(
            "date = 2021-03-01 # set\n",
            "date",
            Date,
            "2026-11-29",
            "date = 2026-11-29 # set\n",
        );
        check("date = 2021-03-01\na = 1\n", "date", Date, "", "a = 1\n");
        check("cc = ['A']\n", "cc", Lines, "A\r\n\r\n B \r\n", "cc = [\"A\", \"B\"]\n");
        check("a = 1\n", "cc", Lines, "A, Inc.", "a = 1\ncc = [\"A, Inc.\"]\n");
        check("a = 1\n", "title", Text, "\"+++\"\\", "a = 1\ntitle = '\"+++\"\\'\n");
    }

    #[test]
    fn a_value_of_another_kind_is_left_alone() {
        let letter = "+++\nto = 'list.csv'\ndate = '2021'\ncc = [1]\ntitle = '''\nA\nB'''\n+++\n";
        for (key, kind) in [("date", Date), ("cc", Lines), ("title", Text), ("to", Lines)] {
            assert!(
                matches!(setting(letter, key, kind), Err(SettingError::OtherKind(_))),
                "{key}"
            );
            assert!(set_setting(letter, key, kind, "2021-01-01").is_err(), "{key}");
        }
        assert_eq!(setting(letter, "to", Text).unwrap().as_deref(), Some("list.csv"));
        assert_eq!(setting(letter, "closing", Text).unwrap(), None);
        for bad in ["2026-02-30", "tomorrow", "2026-03-01T10:00:00", "10:00"] {
            assert!(
                matches!(
                    set_setting("+++\n+++\n", "date", Date, bad),
                    Err(SettingError::BadDate(_))
                ),
                "{bad}"
            );
        }
        for none in ["", "Body", "---\na: 1\n---\n", "+++\na = 1\n", "+++\na =\n+++\n"] {
            assert!(setting(none, "title", Text).is_err(), "{none}");
        }
    }

    #[test]
    fn line_ends_of_another_system_stay() {
        let letter = "\u{feff}+++\r\ntitle = 'A'\r\nclosing = 'B'\r\n+++\r\nBody\r\n";
        let expected = letter.replace("'A'", "\"New\"");
        assert_eq!(set_setting(letter, "title", Text, "New").unwrap(), expected);
    }
}
