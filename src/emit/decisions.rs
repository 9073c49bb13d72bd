//! Writes an answer into decisions.toml.
//!
//! In: the file's text and a decision. Out: the text with the decision at its end;
//! every byte that stood there stays, comments and order included.

use crate::model::known::{Decision, RowDecision};
use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, Item, Table, TomlError, Value, value};

/// The beginning of a new file.
const HEAD: &str = "\
# What people answered when they were asked whether two names are one signatory, and
# about single rows.
# Answers outrank every rule and hold for every letter; edit or remove them freely.
";

/// Returns `text` with the decision appended. An empty text begins a new file.
///
/// # Errors
/// When `text` is not valid TOML, or `decision` in it is not a list of tables.
pub fn append(text: &str, decision: &Decision) -> Result<String, AppendError> {
    let mut table = Table::new();
    table.insert("answer", value(decision.answer.as_str()));
    match &decision.names[..] {
        [name] if decision.family => {
            table.insert("family", value(name.as_str()));
        }
        names => {
            let names: Array = names.iter().map(|name| Value::from(name.as_str())).collect();
            table.insert("names", value(names));
        }
    }
    attribute(
        &mut table,
        (&decision.print, decision.date, &decision.by, &decision.why),
    );
    joined(text, "decision", table)
}

/// Returns `text` with a decision about a row appended. An empty text begins a new file.
///
/// # Errors
/// When `text` is not valid TOML, or `row` in it is not a list of tables.
pub fn append_row(text: &str, decision: &RowDecision) -> Result<String, AppendError> {
    let mut table = Table::new();
    table.insert("name", value(decision.name.as_str()));
    if let Some(reason) = decision.reason {
        table.insert("reason", value(reason.as_str()));
    }
    if !decision.about.is_empty() {
        table.insert("about", value(decision.about.as_str()));
    }
    table.insert("answer", value(decision.answer.as_str()));
    if !decision.into.is_empty() {
        let into: Array = decision.into.iter().map(|name| Value::from(name.as_str())).collect();
        table.insert("into", value(into));
    }
    attribute(
        &mut table,
        (&decision.print, decision.date, &decision.by, &decision.why),
    );
    joined(text, "row", table)
}

/// Adds the printed name, the day, the person and the reason.
fn attribute(
    table: &mut Table,
    (print, date, by, why): (
        &Option<String>,
        Option<jiff::civil::Date>,
        &Option<String>,
        &Option<String>,
    ),
) {
    for (key, word) in [("print", print), ("by", by), ("why", why)] {
        if let Some(word) = word {
            table.insert(key, value(word.as_str()));
        }
        if key == "print"
            && let Some(date) = date
            && let Ok(date) = date.to_string().parse::<toml_edit::Datetime>()
        {
            table.insert("date", value(date));
        }
    }
}

/// Joins an entry to the end of a text.
fn joined(text: &str, array: &'static str, table: Table) -> Result<String, AppendError> {
    let text = if text.trim().is_empty() { HEAD } else { text };
    // A comment at the end belongs to nothing in TOML's eyes and would move behind
    // the new entry, so the entry is written on its own and joined as text.
    let standing: DocumentMut = text.parse()?;
    if standing.get(array).is_some_and(|item| !item.is_array_of_tables()) {
        return Err(AppendError::NotTables(array));
    }
    let mut entries = ArrayOfTables::new();
    entries.push(table);
    let mut document = DocumentMut::new();
    document.insert(array, Item::ArrayOfTables(entries));
    let break_before = if text.ends_with('\n') { "\n" } else { "\n\n" };
    Ok(format!("{text}{break_before}{document}"))
}

/// Returns `text` without the entry that begins at a byte of it. Comments above the entry
/// stay.
///
/// # Errors
/// When `text` is not valid TOML, or no `[[decision]]` or `[[row]]` begins there.
pub fn remove(text: &str, start: usize) -> Result<String, AppendError> {
    let document: Document<&str> = Document::parse(text)?;
    let tables = ["decision", "row"].into_iter().filter_map(|array| document.get(array));
    let mut tables = tables.filter_map(Item::as_array_of_tables).flatten();
    let table = tables.find(|table| table.span().is_some_and(|span| span.start == start));
    let table = table.ok_or(AppendError::NoEntry)?;
    let values = table.iter().filter_map(|(_, item)| item.span());
    let last = values.chain(table.span()).map(|span| span.end).max().unwrap_or(start);
    // To the end of the line, with a comment behind the last value.
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    let (before, after) = (&text[..start], &text[end..]);
    // Of the blank lines around the entry, those before it go with it.
    let before = match before.trim_end_matches(['\n', '\r', ' ', '\t']) {
        "" => "",
        kept if after.trim().is_empty() => {
            &before[..before[kept.len()..]
                .find('\n')
                .map_or(before.len(), |at| kept.len() + at + 1)]
        }
        _ => before,
    };
    let blank = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
    let after = if blank {
        after.trim_start_matches(['\n', '\r'])
    } else {
        after
    };
    Ok(format!("{before}{after}"))
}

/// The reason why an answer could not be appended or removed.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The text is not valid TOML.
    #[error("the file is not valid TOML: {0}")]
    Toml(#[from] TomlError),
    /// The array exists and is not a list of tables.
    #[error("`{0}` is not a list of tables; write `[[{0}]]`")]
    NotTables(&'static str),
    /// No entry begins there.
    #[error("it has no such entry any more")]
    NoEntry,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::known::Answer;
    use crate::source::{Origin, SourceMap};

    fn decision() -> Decision {
        Decision {
            answer: Answer::Different,
            names: vec!["Mercy \"Corps\"".to_owned(), "Sisters of Mercy".to_owned()],
            family: false,
            print: None,
            date: Some(jiff::civil::date(2021, 2, 26)),
            by: Some("Rosa".to_owned()),
            why: None,
            origin: Origin::File(SourceMap::default().add("", "")),
        }
    }

    #[test]
    fn a_new_file_explains_itself() {
        let expected = format!(
            "{HEAD}\n[[decision]]\nanswer = \"different\"\nnames = ['Mercy \"Corps\"', \"Sisters of Mercy\"]\ndate = 2021-02-26\nby = \"Rosa\"\n"
        );
        assert_eq!(append("", &decision()).unwrap(), expected);
    }

    #[test]
    fn an_entry_goes_and_its_neighbors_stay() {
        let check = |text: &str, entry: &str, expected: &str| {
            assert_eq!(remove(text, text.find(entry).unwrap()).unwrap(), expected, "{text}");
        };
        let (a, b) = (
            "[[decision]] # a\nanswer = 'same'\nnames = [\n  'A', # one\n  'B',\n] # last\n",
            "[[row]]\nname = \"[[row]]\"\nanswer = \"not\"\n",
        );
        let head = "# ours\n";
        check(&format!("{head}\n{a}\n{b}"), a, &format!("{head}\n{b}"));
        check(&format!("{head}\n{a}\n{b}"), b, &format!("{head}\n{a}"));
        check(&format!("{a}{b}"), a, b);
        check(&format!("{a}{b}"), b, a);
        check(
            &format!("{a}\n# of May\n{b}# end\n"),
            b,
            &format!("{a}\n# of May\n# end\n"),
        );
        check(&format!("{a}\n{}", b.trim_end()), b.trim_end(), a);
        let windows = |text: &str| text.replace('\n', "\r\n");
        check(
            &windows(&format!("{head}\n{a}\n{b}")),
            &windows(a),
            &windows(&format!("{head}\n{b}")),
        );
        // What was appended last is taken back to the byte.
        let old = format!("{head}\n{a}");
        let new = append(&old, &decision()).unwrap();
        check(&new, "[[decision]]\nanswer = \"different\"", &old);
        assert!(remove(&old, 0).is_err());
        assert!(remove("[[decision", 0).is_err());
    }

    #[test]
    fn what_stood_there_stays() {
        let old = "# mine\n[[decision]] # first\nnames = [ 'A',\n  'B' ]\nanswer = 'same'\n# last words";
        let new = append(old, &decision()).unwrap();
        assert!(new.starts_with(old), "{new}");
        let parsed: DocumentMut = new.parse().unwrap();
        assert_eq!(parsed["decision"].as_array_of_tables().unwrap().len(), 2);
        assert!(append("[[decision", &decision()).is_err());
        assert!(append("decision = 1", &decision()).is_err());
    }
}
