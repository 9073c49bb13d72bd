//! Lists of those who signed, in any format.
//!
//! In: a path, or the bytes of standard input. Out: one record for each row.
//! Guaranteed: the format follows from the ending of the name, or from the text
//! where there is no name. Absent: each format's own grammar; see [`FORMATS`].

use super::bytes::{self, Text};
use super::{LoadError, Loaded};
use super::{delimited, lines, sniff, toml_list};
use crate::diag::{Code, Diagnostic};
use crate::model::signatory::Record;
use crate::source::{Origin, SourceMap};
use std::collections::BTreeMap;
use std::path::Path;

/// A format that lists come in.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name, and the first ending of its files.
    pub name: &'static str,
    /// The endings of its files, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub description: &'static str,
    read: Read,
}

/// Turns a file's bytes into records.
type Read = fn(&mut SourceMap, &str, Vec<u8>, &BTreeMap<String, String>) -> Loaded<Vec<Record>>;

/// Every format, in the order of the documentation.
pub const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        endings: &["csv"],
        description: "cells divided by commas, semicolons or tabs; the first line names the columns",
        read: |sources, name, bytes, columns| {
            text(sources, name, bytes, |sources, text| {
                delimited::read(sources, text, None, columns)
            })
        },
    },
    Format {
        name: "tsv",
        endings: &["tsv", "tab"],
        description: "cells divided by tabs; the first line names the columns",
        read: |sources, name, bytes, columns| {
            text(sources, name, bytes, |sources, text| {
                delimited::read(sources, text, Some(b'\t'), columns)
            })
        },
    },
    Format {
        name: "toml",
        endings: &["toml"],
        description: "[[signatory]] tables, or signatories = [\"A\", \"B\"]",
        read: |sources, name, bytes, columns| {
            text(sources, name, bytes, |sources, text| {
                toml_list::read(sources, text, columns)
            })
        },
    },
    Format {
        name: "txt",
        endings: &["txt"],
        description: "one name a line; lines that begin with # are comments",
        read: |sources, name, bytes, columns| {
            text(sources, name, bytes, |sources, text| {
                // A sheet saved as "text" has tabs and a header.
                if sniff::has_header(&sources.text(text.file)[text.start..], columns) {
                    delimited::read(sources, text, None, columns)
                } else {
                    lines::read(sources, text)
                }
            })
        },
    },
];

/// Endings that are understood later, and what to do until then.
const LATER: &[&str] = &["xlsx", "xls", "xlsm", "ods", "numbers"];

/// Reads a list; the ending of `path` says its format. A file without one is looked
/// at, as standard input is.
pub fn list(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    columns: &BTreeMap<String, String>,
) -> Result<Loaded<Vec<Record>>, LoadError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if ending.is_empty() {
        let bytes = bytes::read(name, path, bytes::MAX_LIST)?;
        return list_from_bytes(sources, name, None, bytes, columns);
    }
    let Some(format) = by_ending(&ending) else {
        bytes::open(name, path)?;
        return Ok(unknown_format(sources, name, &ending));
    };
    let bytes = bytes::read(name, path, bytes::MAX_LIST)?;
    Ok((format.read)(sources, name, bytes, columns))
}

/// Reads a list that has no path, such as standard input. `format_hint` is the
/// name of a format or an ending; without it, the text is looked at.
pub fn list_from_bytes(
    sources: &mut SourceMap,
    name: &str,
    format_hint: Option<&str>,
    bytes: Vec<u8>,
    columns: &BTreeMap<String, String>,
) -> Result<Loaded<Vec<Record>>, LoadError> {
    if bytes.len() > bytes::MAX_LIST {
        return Err(LoadError::TooLarge {
            name: name.to_owned(),
            limit: bytes::MAX_LIST,
        });
    }
    if let Some(hint) = format_hint {
        let ending = hint.trim_start_matches('.').to_lowercase();
        return Ok(match by_ending(&ending) {
            Some(format) => (format.read)(sources, name, bytes, columns),
            None => unknown_format(sources, name, &ending),
        });
    }
    Ok(text(sources, name, bytes, |sources, text| {
        match sniff::format(&sources.text(text.file)[text.start..], columns) {
            "toml" => toml_list::read(sources, text, columns),
            "csv" => delimited::read(sources, text, None, columns),
            _ => lines::read(sources, text),
        }
    }))
}

fn by_ending(ending: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.endings.contains(&ending))
}

/// Decodes a text and lets `read` make records of it.
fn text(
    sources: &mut SourceMap,
    name: &str,
    bytes: Vec<u8>,
    read: impl FnOnce(&SourceMap, &mut Text) -> Vec<Record>,
) -> Loaded<Vec<Record>> {
    let mut text = bytes::decode(sources, name, bytes);
    let value = if text.readable {
        read(sources, &mut text)
    } else {
        Vec::new()
    };
    Loaded {
        value,
        diagnostics: text.sink.finish(),
    }
}

fn unknown_format(sources: &mut SourceMap, name: &str, ending: &str) -> Loaded<Vec<Record>> {
    let file = sources.add(name, "");
    let message = if ending.is_empty() {
        "the file's name has no ending that says its format".to_owned()
    } else {
        format!("no format ends in .{ending}")
    };
    let hint = if LATER.contains(&ending) {
        "workbooks are not read yet; save the sheet as .csv (UTF-8) and name that file".to_owned()
    } else {
        let known = FORMATS.iter().flat_map(|format| format.endings);
        let known: Vec<String> = known.map(|ending| format!(".{ending}")).collect();
        format!("known are {}", known.join(", "))
    };
    Loaded {
        value: Vec::new(),
        diagnostics: vec![
            Diagnostic::error(Code::UnknownFormat, message)
                .at(Origin::File(file))
                .hint(hint),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_ending_stands_for_one_format() {
        let mut seen = BTreeSet::new();
        for format in FORMATS {
            assert!(format.endings.contains(&format.name), "{}", format.name);
            assert!(
                format.endings.iter().all(|ending| seen.insert(*ending)),
                "{}",
                format.name
            );
        }
        assert!(LATER.iter().all(|ending| !seen.contains(ending)));
    }
}
