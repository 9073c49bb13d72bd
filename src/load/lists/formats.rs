//! Lists of those who signed, in any format.
//!
//! In: a path, or the bytes of standard input. Out: one record for each row, all at
//! once or one after the other. Guaranteed: the format follows from the ending of the
//! name, or from the text where there is no name; of a list of cells that is read one
//! record after the other ([`Rows`]), only the text is held. Absent: each format's own
//! grammar; see [`FORMATS`].

use super::delimited::Take;
use super::{delimited, mail, page, sniff, toml_list, workbook};
use crate::diag::{Code, Diagnostic};
use crate::load::bytes::{self, Text};
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::{ListColumn, LoadError, Loaded};
use crate::model::signatory::Record;
use crate::source::{Origin, SourceMap};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

/// Turns a file's text into records, or says how they are to be read of it.
type Read = fn(&SourceMap, &Request<'_>, &mut Text) -> Held;

/// A list that was opened: its rows are read as often as they are asked for.
pub struct Rows {
    content: Content,
    columns: Vec<ListColumn>,
}

enum Content {
    /// The records, and what there is to say.
    Whole(Loaded<Vec<Record>>),
    /// A text of cells; the format's delimiter, if it says one.
    Cells(Text, Option<u8>),
}

/// The content of a list once its text is decoded.
enum Held {
    Records(Vec<Record>),
    /// Cells; the format's delimiter, if it says one.
    Cells(Option<u8>),
}

/// Hands records on, however many there may be.
struct Each<'a>(&'a mut dyn FnMut(Record));

impl Take for Each<'_> {
    fn expect(&mut self, _: usize) {}

    fn record(&mut self, record: Record) {
        (self.0)(record);
    }
}

impl Rows {
    fn whole(loaded: Loaded<Vec<Record>>, columns: Vec<ListColumn>) -> Self {
        Self {
            content: Content::Whole(loaded),
            columns,
        }
    }

    /// Hands every record to `take`, in the order of the file, and returns what there
    /// is to say. Of a list of cells, no record is held; read again, it need not say
    /// again what it said.
    pub fn each(
        &mut self,
        sources: &SourceMap,
        columns: &BTreeMap<String, String>,
        take: &mut dyn FnMut(Record),
    ) -> Vec<Diagnostic> {
        match &mut self.content {
            Content::Whole(loaded) => {
                loaded.value.iter().cloned().for_each(take);
                loaded.diagnostics.clone()
            }
            Content::Cells(text, delimiter) => {
                delimited::read(sources, text, *delimiter, columns, &mut Each(take));
                let found = text.diagnostics.take_columns();
                if self.columns.is_empty() {
                    self.columns = found;
                }
                std::mem::replace(&mut text.diagnostics, Diagnostics::again(text.file)).finish()
            }
        }
    }

    /// Returns the columns as they were understood; of a list of cells, once its rows were
    /// read. None for a list without columns.
    pub fn columns(&self) -> &[ListColumn] {
        &self.columns
    }

    /// Returns all records.
    fn all(self, sources: &SourceMap, columns: &BTreeMap<String, String>) -> Loaded<Vec<Record>> {
        match self.content {
            Content::Whole(loaded) => loaded,
            Content::Cells(mut text, delimiter) => {
                let mut value = Vec::new();
                delimited::read(sources, &mut text, delimiter, columns, &mut value);
                value.shrink_to_fit();
                Loaded {
                    value,
                    diagnostics: text.diagnostics.finish(),
                }
            }
        }
    }
}

/// The name, sheet and columns of a list that is to be read.
#[derive(Clone, Copy)]
struct Request<'a> {
    /// The file's name as the user knows it.
    name: &'a str,
    /// The sheet that was asked for.
    sheet: Option<&'a str>,
    /// `[columns]`.
    columns: &'a BTreeMap<String, String>,
}

/// Every format, in the order of the documentation.
pub const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        endings: &["csv"],
        description: "cells separated by commas, semicolons, or tabs; the first line names the columns",
        read: |_, _, _| Held::Cells(None),
    },
    Format {
        name: "tsv",
        endings: &["tsv", "tab"],
        description: "cells separated by tabs; the first line names the columns",
        read: |_, _, _| Held::Cells(Some(b'\t')),
    },
    Format {
        name: "toml",
        endings: &["toml"],
        description: "[[signatory]] tables, or signatories = [\"A\", \"B\"]",
        read: |sources, request, text| Held::Records(toml_list::read(sources, text, request.columns)),
    },
    Format {
        name: "txt",
        endings: &["txt"],
        description: "one name per line, or text copied from a web page; lines that begin with # are comments",
        read: |sources, request, text| {
            // A sheet saved as "text" has tabs and a header.
            if sniff::has_header(&sources.text(text.file)[text.start..], request.columns) {
                Held::Cells(None)
            } else {
                Held::Records(page::pasted(sources, text))
            }
        },
    },
    Format {
        name: "html",
        endings: &["html", "htm"],
        description: "a web page with a table or a list of signatories",
        read: |sources, request, text| Held::Records(page::html(sources, text, request.columns)),
    },
    Format {
        name: "md",
        endings: &["md", "markdown"],
        description: "Markdown with a table or a list of signatories",
        read: |sources, request, text| Held::Records(page::markdown(sources, text, request.columns)),
    },
    Format {
        name: WORKBOOK,
        endings: &["xlsx", "xlsm", "xlsb", "xls", "ods"],
        description: "workbooks; write a sheet after a #, as in list.xlsx#Sheet 2",
        read: |sources, request, text| {
            let source = sources.text(text.file);
            text.diagnostics.push(workbook::no_workbook(text.file, source));
            looked_at(sources, request, text)
        },
    },
    Format {
        name: mail::MBOX,
        endings: &[mail::MBOX],
        description: "a mailbox: each mail is a row that you are asked about",
        read: |_, _, _| Held::Records(Vec::new()),
    },
    Format {
        name: mail::EML,
        endings: &[mail::EML],
        description: "one mail, or a folder of them",
        read: |_, _, _| Held::Records(Vec::new()),
    },
];

/// The name of the format of workbooks.
const WORKBOOK: &str = "xlsx";

/// Reads a list; the ending of `path` says its format. A file without one is looked
/// at, as standard input is.
///
/// A sheet of a workbook is named after a `#`: `list.xlsx#Sheet 2`. A file that is
/// really called so goes first.
pub fn list(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    columns: &BTreeMap<String, String>,
) -> Result<Loaded<Vec<Record>>, LoadError> {
    Ok(open(sources, name, path, columns)?.all(sources, columns))
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
    Ok(open_bytes(sources, name, format_hint, bytes, columns)?.all(sources, columns))
}

/// Opens a list as [`list`] does, to read its rows one after the other.
pub fn open(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    columns: &BTreeMap<String, String>,
) -> Result<Rows, LoadError> {
    let divided = divide(sources, path);
    let (path, sheet) = divided
        .as_ref()
        .map_or((path, None), |(path, sheet)| (path.as_path(), Some(sheet.as_str())));
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let format = by_ending(&ending);
    if let Some(format) = format.filter(|format| is_of_mails(format)) {
        bytes::look(sources, name, path)?;
        return Ok(Rows::whole(
            mail::read_file(sources, name, path, format.name)?,
            Vec::new(),
        ));
    }
    if let Some(files) = mail::in_folder(sources, path) {
        return Ok(Rows::whole(mail::read_folder(sources, name, &files)?, Vec::new()));
    }
    if format.is_none() && !ending.is_empty() {
        bytes::look(sources, name, path)?;
        return Ok(Rows::whole(unknown_format(sources, name, &ending), Vec::new()));
    }
    let bytes = bytes::read(sources, name, path, bytes::MAX_LIST)?;
    let request = Request { name, sheet, columns };
    Ok(read(sources, &request, format, bytes))
}

/// A list whose outcome follows from its bytes: one whole file that is no mail.
#[derive(Clone, Copy)]
pub(super) struct Plain(&'static Format);

impl Plain {
    /// Returns the format of a list that is one whole file, by its ending.
    pub(super) fn of(sources: &SourceMap, path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        let format = by_ending(&ending).filter(|format| !is_of_mails(format))?;
        let is_whole = divide(sources, path).is_none() && mail::in_folder(sources, path).is_none();
        is_whole.then_some(Self(format))
    }

    /// Reads its bytes.
    pub(super) fn read(self, sources: &SourceMap, name: &str, path: &Path) -> Result<Vec<u8>, LoadError> {
        bytes::read(sources, name, path, bytes::MAX_LIST)
    }

    /// Reads the rows of its bytes.
    pub(super) fn rows(
        self,
        sources: &mut SourceMap,
        name: &str,
        bytes: Vec<u8>,
        columns: &BTreeMap<String, String>,
    ) -> Loaded<Vec<Record>> {
        let request = Request {
            name,
            sheet: None,
            columns,
        };
        read(sources, &request, Some(self.0), bytes).all(sources, columns)
    }
}

/// Opens a list as [`list_from_bytes`] does, to read its rows one after the other.
pub fn open_bytes(
    sources: &mut SourceMap,
    name: &str,
    format_hint: Option<&str>,
    bytes: Vec<u8>,
    columns: &BTreeMap<String, String>,
) -> Result<Rows, LoadError> {
    if bytes.len() > bytes::MAX_LIST {
        return Err(LoadError::TooLarge {
            name: name.to_owned(),
            limit: bytes::MAX_LIST,
        });
    }
    let mut format = None;
    if let Some(hint) = format_hint {
        let ending = hint.trim_start_matches('.').to_lowercase();
        format = by_ending(&ending);
        if format.is_none() {
            return Ok(Rows::whole(unknown_format(sources, name, &ending), Vec::new()));
        }
    }
    let request = Request {
        name,
        sheet: None,
        columns,
    };
    Ok(read(sources, &request, format, bytes))
}

/// Divides `list.xlsx#Sheet 2` into the workbook and its sheet.
pub(super) fn divide(sources: &SourceMap, path: &Path) -> Option<(PathBuf, String)> {
    if sources.place_of_files().about(path).is_ok() {
        return None;
    }
    let name = path.file_name()?.to_str()?;
    let (at, _) = name.match_indices('#').find(|&(at, _)| is_workbook_name(&name[..at]))?;
    Some((path.with_file_name(&name[..at]), name[at + 1..].to_owned()))
}

fn is_workbook_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| is_workbook_ending(&ending))
}

/// Returns whether files of this ending, in lower case, are workbooks.
pub(super) fn is_workbook_ending(ending: &str) -> bool {
    by_ending(ending).is_some_and(|format| format.name == WORKBOOK)
}

/// Reads a list in the format its name says, unless its bytes say otherwise: a
/// workbook is one whatever it is called, and a text that is called one is none.
fn read(sources: &mut SourceMap, request: &Request<'_>, format: Option<&'static Format>, bytes: Vec<u8>) -> Rows {
    let of_mails = match format {
        Some(format) => is_of_mails(format).then_some(format.name),
        None => mail::sniff(&bytes),
    };
    if let Some(format) = of_mails {
        return Rows::whole(mail::read_bytes(sources, request.name, &bytes, format), Vec::new());
    }
    if workbook::is_workbook(&bytes) {
        let (loaded, columns) = workbook::read(sources, request.name, request.sheet, bytes, request.columns);
        return Rows::whole(loaded, columns);
    }
    let mut text = bytes::decode(sources, request.name, bytes);
    let held = match format {
        _ if !text.readable => Held::Records(Vec::new()),
        Some(format) => (format.read)(sources, request, &mut text),
        None => looked_at(sources, request, &mut text),
    };
    match held {
        Held::Cells(delimiter) => Rows {
            content: Content::Cells(text, delimiter),
            columns: Vec::new(),
        },
        Held::Records(value) => {
            let columns = text.diagnostics.take_columns();
            let diagnostics = text.diagnostics.finish();
            Rows::whole(Loaded { value, diagnostics }, columns)
        }
    }
}

/// Reads a text in the format that it looks like.
fn looked_at(sources: &SourceMap, request: &Request<'_>, text: &mut Text) -> Held {
    Held::Records(
        match sniff::format(&sources.text(text.file)[text.start..], request.columns) {
            "csv" => return Held::Cells(None),
            "toml" => toml_list::read(sources, text, request.columns),
            "html" => page::html(sources, text, request.columns),
            _ => page::pasted(sources, text),
        },
    )
}

/// Returns whether a format holds mails, which are read as bytes.
fn is_of_mails(format: &Format) -> bool {
    matches!(format.name, mail::MBOX | mail::EML)
}

fn by_ending(ending: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.endings.contains(&ending))
}

fn unknown_format(sources: &mut SourceMap, name: &str, ending: &str) -> Loaded<Vec<Record>> {
    let file = sources.add(name, "");
    let message = if ending.is_empty() {
        "the file name has no extension to identify its format".to_owned()
    } else {
        format!(".{ending} files are not supported")
    };
    let known = FORMATS.iter().flat_map(|format| format.endings);
    let known: Vec<String> = known.map(|ending| format!(".{ending}")).collect();
    let hint = match ending {
        "numbers" => "export it from Numbers as Excel or CSV, and use that file".to_owned(),
        "gsheet" => "download it from Google Sheets as .xlsx or .csv, and use that file".to_owned(),
        "pdf" | "doc" | "docx" | "rtf" => "copy its list into a .txt file, one name per line".to_owned(),
        _ => format!("use one of {}", known.join(", ")),
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
    }
}
