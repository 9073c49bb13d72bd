//! Writes a setting into the front matter of a letter.
//!
//! In: the text of a letter, a key of its first level, and a value. Out: the text with the
//! value; or the value that the text has. Guaranteed: every other byte stays, comments and
//! order included; a value that is written in another way than the form can hold is left
//! alone. Absent: which keys there are, and what is a good value (that is `load`'s).

use super::columns::set_word;
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, Item, Table, TomlError, Value, value};

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
    set_in(document.as_table_mut(), key, kind, &new)?;
    Ok(joined(before, header, &document, after))
}

/// Holds one to whom a letter goes, as a form has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddresseeFields {
    /// The name.
    pub name: String,
    /// The title.
    pub title: String,
    /// The organization.
    pub organization: String,
    /// The lines of the address, divided by line ends.
    pub address: String,
}

impl AddresseeFields {
    /// Returns true if nothing is said of the addressee.
    fn is_empty(&self) -> bool {
        self.values().iter().all(|(.., value)| value.trim().is_empty())
    }

    /// Returns the keys with their kinds and values.
    fn values(&self) -> [(&'static str, SettingKind, &str); 4] {
        [
            ("name", SettingKind::Text, &self.name),
            ("title", SettingKind::Text, &self.title),
            ("organization", SettingKind::Text, &self.organization),
            ("address", SettingKind::Lines, &self.address),
        ]
    }
}

/// The table of an addressee.
const TO: &str = "to";

/// Returns the addressees of a letter.
///
/// # Errors
/// When there is no valid front matter, or they are written in another way than as `[[to]]`
/// tables of texts, such as the list of a mail merge.
pub fn addressees(text: &str) -> Result<Vec<AddresseeFields>, SettingError> {
    let document: DocumentMut = split(text)?.1.parse()?;
    let Some(item) = document.get(TO) else {
        return Ok(Vec::new());
    };
    let other = || SettingError::OtherKind(TO.to_owned());
    let tables = item.as_array_of_tables().ok_or_else(other)?;
    let of_table = |table: &Table| {
        let field = |key, kind| Ok::<_, SettingError>(held(table, key, kind)?.unwrap_or_default());
        Ok(AddresseeFields {
            name: field("name", SettingKind::Text)?,
            title: field("title", SettingKind::Text)?,
            organization: field("organization", SettingKind::Text)?,
            address: field("address", SettingKind::Lines)?,
        })
    };
    tables.iter().map(of_table).collect()
}

/// Returns the text with these addressees; those of whom nothing is said go.
///
/// # Errors
/// See [`addressees`].
pub fn set_addressees(text: &str, new: &[AddresseeFields]) -> Result<String, SettingError> {
    let tidy = |one: &AddresseeFields| AddresseeFields {
        address: one.address.replace("\r\n", "\n"),
        ..one.clone()
    };
    let new: Vec<AddresseeFields> = new.iter().map(tidy).collect();
    let old = addressees(text)?;
    let is_said = |one: &&AddresseeFields| !one.is_empty();
    if new.iter().filter(is_said).eq(&old) {
        return Ok(text.to_owned());
    }
    let (before, header, after) = split(text)?;
    let mut document: DocumentMut = header.parse()?;
    let other = || SettingError::OtherKind(TO.to_owned());
    let tables = document
        .entry(TO)
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let tables = tables.as_array_of_tables_mut().ok_or_else(other)?;
    for (at, fields) in new.iter().enumerate() {
        match tables.get_mut(at) {
            Some(table) => set_fields(table, fields, &old[at])?,
            None if fields.is_empty() => {}
            None => {
                let mut table = Table::new();
                table.decor_mut().set_prefix("\n");
                set_fields(&mut table, fields, &AddresseeFields::default())?;
                tables.push(table);
            }
        }
    }
    for at in (0..tables.len()).rev() {
        if new.get(at).is_some_and(AddresseeFields::is_empty) {
            tables.remove(at);
        }
    }
    if tables.is_empty() {
        document.remove(TO);
    }
    Ok(joined(before, header, &document, after))
}

/// Gives the keys of a table those values that differ from the old ones.
fn set_fields(table: &mut Table, new: &AddresseeFields, old: &AddresseeFields) -> Result<(), SettingError> {
    let pairs = new.values().into_iter().zip(old.values());
    for ((key, kind, value), _) in pairs.filter(|(new, old)| new != old) {
        set_in(table, key, kind, value)?;
    }
    Ok(())
}

/// Puts a letter together again, with the line ends that it had.
fn joined(before: &str, header: &str, document: &DocumentMut, after: &str) -> String {
    let mut document = document.to_string();
    if header.contains("\r\n") {
        // What writes TOML knows one line end only.
        document = document.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    format!("{before}{document}{after}")
}

/// Gives a key of a table a value; an empty value removes the key.
fn set_in(table: &mut Table, key: &str, kind: SettingKind, new: &str) -> Result<(), SettingError> {
    match kind {
        _ if new.trim().is_empty() => {
            table.remove(key);
        }
        SettingKind::Text => set_word(table, key, new),
        SettingKind::Date => {
            let date: Datetime = new.trim().parse().map_err(|_| SettingError::BadDate(new.to_owned()))?;
            if date.date.is_none() || date.time.is_some() {
                return Err(SettingError::BadDate(new.to_owned()));
            }
            replace(table, key, date.into());
        }
        SettingKind::Lines => {
            let lines = new.lines().map(str::trim).filter(|line| !line.is_empty());
            replace(table, key, Value::Array(lines.collect::<Array>()));
        }
    }
    Ok(())
}

/// Gives a key another value; a comment beside the old one stays.
fn replace(table: &mut Table, key: &str, mut new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => {
            table.insert(key, value(new));
        }
    }
}

/// Returns what a form holds of a key.
fn held(document: &Table, key: &str, kind: SettingKind) -> Result<Option<String>, SettingError> {
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
    fn addressees_change_one_by_one() {
        let letter = "+++\nkind = \"letter\"\n\n[[to]] # first\nname = \"Kim Lee\" # her\ntitle = \"Mayor\"\n\n\
            [[to]]\nname = \"Ana Ruiz\"\naddress = [\"1 Main St\", \"Springfield\"]\n\n[roll]\ncolumns = 2\n+++\nBody\n";
        let old = addressees(letter).unwrap();
        assert_eq!(
            (old.len(), &*old[0].title, &*old[1].address),
            (2, "Mayor", "1 Main St\nSpringfield")
        );
        assert_eq!(set_addressees(letter, &old).unwrap(), letter);
        // An empty card at the end, and line ends of a browser, say nothing new.
        let mut same = old.clone();
        same[1].address = "1 Main St\r\nSpringfield".to_owned();
        same.push(AddresseeFields::default());
        assert_eq!(set_addressees(letter, &same).unwrap(), letter);
        let mut new = old.clone();
        new[0].title = "Governor".to_owned();
        assert_eq!(
            set_addressees(letter, &new).unwrap(),
            letter.replace("Mayor", "Governor")
        );
        new.push(AddresseeFields {
            name: "Sam Roe".to_owned(),
            ..AddresseeFields::default()
        });
        let more = set_addressees(letter, &new).unwrap();
        assert!(
            more.contains("Springfield\"]\n\n[[to]]\nname = \"Sam Roe\"\n\n[roll]"),
            "{more}"
        );
        assert_eq!(addressees(&more).unwrap(), new);
        let one = set_addressees(letter, &[AddresseeFields::default(), old[1].clone()]).unwrap();
        assert_eq!(addressees(&one).unwrap(), [old[1].clone()]);
        let none = set_addressees(letter, &vec![AddresseeFields::default(); 2]).unwrap();
        assert!(
            !none.contains("[[to]]") && none.ends_with("[roll]\ncolumns = 2\n+++\nBody\n"),
            "{none}"
        );
        let first = set_addressees("+++\nkind = 'letter'\n+++\n", &old[..1]).unwrap();
        assert_eq!(addressees(&first).unwrap(), old[..1]);
        for other in ["+++\nto = 'list.csv'\n+++\n", "+++\n[[to]]\nname = 1\n+++\n"] {
            assert!(matches!(addressees(other), Err(SettingError::OtherKind(_))), "{other}");
            assert!(set_addressees(other, &old).is_err(), "{other}");
        }
    }

    #[test]
    fn line_ends_of_another_system_stay() {
        let letter = "\u{feff}+++\r\ntitle = 'A'\r\nclosing = 'B'\r\n+++\r\nBody\r\n";
        let expected = letter.replace("'A'", "\"New\"");
        assert_eq!(set_setting(letter, "title", Text, "New").unwrap(), expected);
    }
}
