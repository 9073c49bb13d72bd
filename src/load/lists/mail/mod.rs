//! Mails that answer a request to sign, as rows that a person is asked about.
//!
//! In: an mbox file, a mail, or a folder of them. Out: a record for each mail, in the order
//! of the file, or of the names in the folder; each is held. Guaranteed: one mail is held at
//! a time; a mail that occurs twice is one row; a mail that cannot be read is an error that
//! names the file and the mail. Absent: sending or fetching mails, and reading what is
//! attached.

mod mailbox;
mod message;
mod own_text;
mod request;
#[cfg(test)]
mod tests;
mod words;

use super::cells::Row;
use super::header::Header;
use super::header_row;
use super::rows;
use super::survey::Survey;
use crate::diag::{Code, Diagnostic, counted};
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::{LoadError, Loaded};
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin, SourceMap, offset};
use mailbox::Mailbox;
use message::Mail;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

/// The ending of a file of many mails.
pub(super) const MBOX: &str = "mbox";

/// The ending of a file of one mail.
pub(super) const EML: &str = "eml";

/// Most mails that are read at a time, so that their rows fit into memory.
const MAX_MAILS: usize = 1_000_000;

/// The columns of a mail's row, in the order of [`MailReader::add`].
const COLUMNS: [Column; 7] = [
    Column::Name,
    Column::Status,
    Column::SignedAt,
    Column::ContactName,
    Column::Email,
    Column::MessageId,
    Column::MailVerdict,
];

/// Returns whether the bytes of standard input are mails: `mbox`, `eml`, or no name.
pub(super) fn sniff(bytes: &[u8]) -> Option<&'static str> {
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let heads = [
        "Return-Path:",
        "Received:",
        "Delivered-To:",
        "X-Received:",
        "MIME-Version:",
        "Message-ID:",
    ];
    if line.starts_with("From ") && line.contains(':') {
        return Some(MBOX);
    }
    heads.iter().any(|head| line.starts_with(head)).then_some(EML)
}

/// Reads the mails of a file.
pub(super) fn read_file(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    format: &str,
) -> Result<Loaded<Vec<Record>>, LoadError> {
    let mut reader = MailReader::new(sources.add(name, ""));
    reader.file(sources, name, path, format, None)?;
    Ok(reader.finish())
}

/// Reads mails that have no path.
pub(super) fn read_bytes(sources: &mut SourceMap, name: &str, bytes: &[u8], format: &str) -> Loaded<Vec<Record>> {
    let mut reader = MailReader::new(sources.add(name, ""));
    // Memory does not fail.
    let _ = reader.mails(&mut &*bytes, format, None);
    reader.finish()
}

/// Returns the files of mails in a folder, or in the parts of a Maildir; `None`: there are
/// none.
pub(super) fn in_folder(sources: &SourceMap, folder: &Path) -> Option<Vec<(PathBuf, &'static str)>> {
    let files = sources.place_of_files();
    let mut found = Vec::new();
    for path in files.entries(folder).ok()? {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let format = [MBOX, EML].into_iter().find(|format| *format == ending);
        if let Some(format) = format.filter(|_| files.is_file(&path)) {
            found.push((path, format));
        } else if path.file_name().is_some_and(|name| name == "cur" || name == "new") && files.is_folder(&path) {
            let mails = files.entries(&path).unwrap_or_default().into_iter();
            found.extend(mails.filter(|path| files.is_file(path)).map(|path| (path, EML)));
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Reads the mails of a folder.
pub(super) fn read_folder(
    sources: &mut SourceMap,
    name: &str,
    files: &[(PathBuf, &'static str)],
) -> Result<Loaded<Vec<Record>>, LoadError> {
    let mut reader = MailReader::new(sources.add(name, ""));
    for (path, format) in files {
        let within = path.file_name().unwrap_or_default().to_string_lossy();
        let shown = format!("{}/{within}", name.trim_end_matches('/'));
        reader.file(sources, &shown, path, format, Some(&within))?;
    }
    Ok(reader.finish())
}

/// Reads mails one after the other.
struct MailReader {
    file: FileId,
    diagnostics: Diagnostics,
    header: Option<Header>,
    records: Vec<Record>,
    /// The number of mails so far.
    seen: usize,
    repeated: usize,
    automatic: Vec<usize>,
    /// What each Message-ID stands for.
    known: FxHashMap<String, [u8; 32]>,
}

impl MailReader {
    fn new(file: FileId) -> Self {
        let mut diagnostics = Diagnostics::new(file);
        let titles = MailRow {
            cells: COLUMNS.map(|column| column.as_str().to_owned()),
            origin: Origin::File(file),
        };
        let header = header_row::read_header(&titles, &Survey::default(), &BTreeMap::new(), &mut diagnostics);
        Self {
            file,
            diagnostics,
            header,
            records: Vec::new(),
            seen: 0,
            repeated: 0,
            automatic: Vec::new(),
            known: FxHashMap::default(),
        }
    }

    /// Reads a file; `within` is its name in a folder.
    fn file(
        &mut self,
        sources: &SourceMap,
        shown: &str,
        path: &Path,
        format: &str,
        within: Option<&str>,
    ) -> Result<(), LoadError> {
        let read = sources.stream(shown, path, &mut |input| self.mails(input, format, within));
        read.map_err(|source| LoadError::Unreadable {
            name: shown.to_owned(),
            source,
        })
    }

    fn mails(&mut self, input: &mut dyn BufRead, format: &str, within: Option<&str>) -> io::Result<()> {
        let mut mailbox = Mailbox::new(input, format == MBOX);
        let mut bytes = Vec::new();
        let mut at = 0;
        while let Some(read) = mailbox.next(&mut bytes)? {
            self.seen += 1;
            at += 1;
            let origin = Origin::Cell {
                file: self.file,
                row: offset(self.seen),
                column: 1,
            };
            if self.seen > MAX_MAILS {
                let message = "there are more than 1,000,000 mails";
                let diagnostic = Diagnostic::error(Code::TooLarge, message).at(origin);
                self.diagnostics
                    .push(diagnostic.hint("import a part of them at a time"));
                return Ok(());
            }
            let what = match within {
                Some(file) if format == MBOX => format!("message {at} of `{file}`"),
                Some(file) => format!("`{file}`"),
                None => format!("message {at}"),
            };
            match read.and_then(|()| Mail::read(&bytes)) {
                Ok(mail) => self.add(mail, origin, &what),
                Err(problem) => {
                    let diagnostic = Diagnostic::error(Code::BadMail, format!("{what} {problem}")).at(origin);
                    let hint = "move it out of the mailbox, import the others, and read it in your mail program";
                    self.diagnostics.push(diagnostic.hint(hint));
                }
            }
        }
        Ok(())
    }

    /// Adds the row of a mail.
    fn add(&mut self, mut mail: Mail, origin: Origin, what: &str) {
        if mail.is_automatic || mail.looks_automatic && !request::asks_to_sign(&mail) {
            self.automatic.push(self.seen);
            return;
        }
        match self.known.get(&mail.id) {
            Some(content) if *content == mail.content => {
                self.repeated += 1;
                return;
            }
            Some(_) => {
                let message = format!("{what} has the Message-ID of another mail, and other words; both are read");
                self.diagnostics
                    .push(Diagnostic::warning(Code::BadMail, message).at(origin));
                mail.id = message::hashed_id(&mail.content);
            }
            None => {}
        }
        if self.known.insert(mail.id.clone(), mail.content).is_some() {
            self.repeated += 1;
            return;
        }
        if mail.is_damaged {
            let message = format!("{what} has bytes that are not valid in its character set; check the name");
            self.diagnostics
                .push(Diagnostic::warning(Code::BadMail, message).at(origin));
        }
        let request = request::request(&mail);
        let row = MailRow {
            cells: [
                request.name,
                request.hold.status_word(),
                mail.date.unwrap_or_default(),
                mail.name,
                mail.address,
                mail.id,
                mail.verdict,
            ],
            origin,
        };
        if let Some(header) = &self.header {
            self.records.extend(rows::read_row(header, &row, &mut self.diagnostics));
        }
    }

    fn finish(mut self) -> Loaded<Vec<Record>> {
        let note = |message: String| Diagnostic::note(Code::MailSetAside, message).at(Origin::File(self.file));
        if self.repeated > 0 {
            let count = counted(self.repeated, "mail occurs", "mails occur");
            self.diagnostics.push(note(format!("{count} twice; each is read once")));
        }
        if !self.automatic.is_empty() {
            let count = counted(self.automatic.len(), "automatic reply", "automatic replies");
            let first: Vec<String> = self.automatic.iter().take(8).map(ToString::to_string).collect();
            let more = if self.automatic.len() > 8 { ", and more" } else { "" };
            let message = format!("{count} set aside: messages {}{more}", first.join(", "));
            self.diagnostics.push(note(message));
        }
        if self.seen == 0 {
            let diagnostic = Diagnostic::warning(Code::EmptyList, "there is no mail");
            self.diagnostics.push(diagnostic.at(Origin::File(self.file)));
        }
        Loaded {
            value: self.records,
            diagnostics: self.diagnostics.finish(),
        }
    }
}

/// The cells of a mail, in the order of [`COLUMNS`].
struct MailRow {
    cells: [String; COLUMNS.len()],
    origin: Origin,
}

impl Row for MailRow {
    fn len(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Option<&str> {
        self.cells.get(at).map(String::as_str)
    }

    fn place(&self, _: usize) -> Origin {
        self.origin
    }

    fn origin(&self) -> Origin {
        self.origin
    }
}
