//! Writes what a column means into a settings file.
//!
//! In: the text of undersigned.toml or of a letter, a header and a word. Out: the text with the
//! line in `[columns]`; of a letter, only where a line of it says something else of the
//! header. Guaranteed: every other byte stays, comments and order included. Absent: which words
//! there are (that is `load`'s).

use std::ops::Range;
use toml_edit::{Document, DocumentMut, Item, Table, TableLike, TomlError, Value, value};

/// The beginning of a new file.
const HEAD: &str = "# What the letters of this workspace share.\n";

/// Returns `text` with the header's meaning in `[columns]`. An empty text begins a new file.
///
/// # Errors
/// When `text` is not valid TOML, or `columns` in it is not a table.
pub fn set(text: &str, header: &str, word: &str) -> Result<String, ColumnsError> {
    let mut document: DocumentMut = text.parse()?;
    if let Some(columns) = document.get_mut("columns") {
        let columns = columns.as_table_like_mut().ok_or(ColumnsError::NotTable)?;
        set_word(columns, header, word);
        return Ok(document.to_string());
    }
    // A comment at the end belongs to nothing in TOML's eyes and would move behind the new
    // table, so it is written on its own and joined as text.
    let mut columns = Table::new();
    columns.insert(header, value(word));
    let mut table = DocumentMut::new();
    table.insert("columns", Item::Table(columns));
    let text = if text.trim().is_empty() { HEAD } else { text };
    let break_before = if text.ends_with('\n') { "\n" } else { "\n\n" };
    Ok(format!("{text}{break_before}{table}"))
}

/// Returns `text` without the header's meaning in `[columns]`.
///
/// # Errors
/// When `text` is not valid TOML, or `columns` in it is not a table.
pub fn remove(text: &str, header: &str) -> Result<String, ColumnsError> {
    let mut document: DocumentMut = text.parse()?;
    if let Some(columns) = document.get_mut("columns") {
        columns
            .as_table_like_mut()
            .ok_or(ColumnsError::NotTable)?
            .remove(header);
    }
    Ok(document.to_string())
}

/// Returns the meaning of a header in `[columns]` of a settings file, if it has one.
pub fn meaning(text: &str, header: &str) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let word = document.get("columns")?.as_table_like()?.get(header)?.as_str()?;
    Some(word.to_owned())
}

/// Gives a key of a table another word; a comment beside the old one stays.
pub(super) fn set_word(table: &mut dyn TableLike, key: &str, word: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = word.into();
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, value(word));
        }
    }
}

/// Returns a letter's text with another meaning of a header in its own `[columns]`. `None`: it
/// says nothing of the header there, or the same.
pub fn reset_in_letter(text: &str, header: &str, word: &str) -> Option<String> {
    let (span, old) = own_meaning(text, header)?;
    let word_as_written = Value::from(word).to_string();
    (old.as_deref() != Some(word)).then(|| format!("{}{word_as_written}{}", &text[..span.start], &text[span.end..]))
}

/// Returns the meaning of a header in a letter's own `[columns]`, if it has one.
pub fn meaning_in_letter(text: &str, header: &str) -> Option<String> {
    own_meaning(text, header)?.1
}

/// Returns where the meaning of a header is in a letter's text, and the word.
fn own_meaning(text: &str, header: &str) -> Option<(Range<usize>, Option<String>)> {
    const FENCE: &str = "+++";
    let mut lines = text.split_inclusive('\n');
    let mut start = 0;
    for line in lines.by_ref() {
        start += line.len();
        if line.trim_start_matches('\u{feff}').trim_end() == FENCE {
            break;
        }
    }
    let front = lines.take_while(|line| line.trim_end() != FENCE);
    let end = start + front.map(str::len).sum::<usize>();
    let document = Document::parse(&text[start..end]).ok()?;
    let columns = document.get("columns")?.as_table_like()?;
    let wanted = header.trim().to_lowercase();
    // As headers are looked up: exactly, or else without regard to case.
    let (_, old) = columns
        .iter()
        .find(|(key, _)| *key == header)
        .or_else(|| columns.iter().find(|(key, _)| key.trim().to_lowercase() == wanted))?;
    let span = old.span()?;
    Some((start + span.start..start + span.end, old.as_str().map(str::to_owned)))
}

/// The reason why a meaning could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ColumnsError {
    /// The text is not valid TOML.
    #[error("the file is not valid TOML: {0}")]
    Toml(#[from] TomlError),
    /// `columns` is something else.
    #[error("`columns` is not a table; write `[columns]`")]
    NotTable,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_goes_and_all_else_stays() {
        let check = |old: &str, new: &str| assert_eq!(remove(old, "Board vote").unwrap(), new);
        check(
            "# mine\n[columns]\nGroup = 'name' # as of May\n\"Board vote\" = \"publish\"\n\n[roll]\n",
            "# mine\n[columns]\nGroup = 'name' # as of May\n\n[roll]\n",
        );
        check("[columns]\nGroup = 'name'\n", "[columns]\nGroup = 'name'\n");
        check("language = 'en-US'\n", "language = 'en-US'\n");
        assert!(remove("columns = 1\n", "Board vote").is_err());
    }

    #[test]
    fn what_stood_there_stays() {
        let check = |old: &str, new: &str| assert_eq!(set(old, "Board vote", "publish").unwrap(), new);
        check(
            "",
            "# What the letters of this workspace share.\n\n[columns]\n\"Board vote\" = \"publish\"\n",
        );
        check(
            "# mine\nlanguage = 'en-US' # ours\n# last words",
            "# mine\nlanguage = 'en-US' # ours\n# last words\n\n[columns]\n\"Board vote\" = \"publish\"\n",
        );
        check(
            "[columns]\n# forms\n'Group' = 'name' # as of May\n\n# how it looks\n[roll]\nstyle = 'list'\n",
            "[columns]\n# forms\n'Group' = 'name' # as of May\n\"Board vote\" = \"publish\"\n\n# how it looks\n[roll]\nstyle = 'list'\n",
        );
        check(
            "[columns]\n'Board vote' = 'unused' # old\n",
            "[columns]\n'Board vote' = \"publish\" # old\n",
        );
        check(
            "columns = { Group = 'name' }\n",
            "columns = { Group = 'name' , \"Board vote\" = \"publish\" }\n",
        );
        check(
            "columns.Group = 'name'\n",
            "columns.Group = 'name'\ncolumns.\"Board vote\" = \"publish\"\n",
        );
        assert!(set("columns = 1", "a", "name").is_err());
        assert!(set("[columns", "a", "name").is_err());
    }

    #[test]
    fn a_letters_own_line_says_what_was_answered() {
        let check = |old: &str, new: Option<&str>| {
            assert_eq!(reset_in_letter(old, "Board vote", "publish").as_deref(), new, "{old}");
        };
        check(
            "+++\r\ntitle = 'T'\r\n[columns]\r\n'Board vote' = 'unused' # old\r\n+++\r\n'Board vote' = 'unused'\r\n",
            Some(
                "+++\r\ntitle = 'T'\r\n[columns]\r\n'Board vote' = \"publish\" # old\r\n+++\r\n'Board vote' = 'unused'\r\n",
            ),
        );
        check(
            "\n+++\ncolumns = { \"board VOTE \" = 'x', b = 'y' }\n+++\n",
            Some("\n+++\ncolumns = { \"board VOTE \" = \"publish\", b = 'y' }\n+++\n"),
        );
        check("+++\n[columns]\n'Board vote' = \"publish\"\n+++\n", None);
        check("+++\n[columns]\nother = 'name'\n+++\n", None);
        check("+++\ntitle = 'T'\n+++\n[columns]\n'Board vote' = 'x'\n", None);
        check("no letter", None);
    }

    #[test]
    fn a_header_of_any_characters_is_read_as_it_was() {
        for header in ["¿Autoriza \"todo\"?", "a\\b", "A = B # c", "'", "[x]\ty", "line\nbreak"] {
            let text = set("[roll]\nstyle = 'list'\n", header, "unused").unwrap();
            let read: DocumentMut = text.parse().unwrap();
            assert_eq!(read["columns"][header].as_str(), Some("unused"), "{text}");
        }
    }
}
