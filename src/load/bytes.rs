//! Reads files and decodes their text.
//!
//! In: a path, or bytes. Out: bytes that fit into memory's plan, then a text in
//! the [`SourceMap`]. Guaranteed: offsets into a UTF-8 file count the bytes of
//! the file, its byte order mark included; a text that had to be decoded or
//! repaired is said so. Absent: guessing among 8-bit encodings (that is
//! `old_encodings`').

use super::diagnostics::Diagnostics;
use super::loaded::LoadError;
use super::old_encodings;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, MAX_FILE, Origin, SourceMap, offset};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::path::Path;

/// Longest letter or project file, in bytes. A thousand times the longest
/// letter that anybody signs; Markdown trees take many times their text.
pub const MAX_LETTER: usize = 16 << 20;

/// Longest list, in bytes.
pub(super) const MAX_LIST: usize = MAX_FILE;

/// How many bytes are looked at to tell text from something else.
const LOOKED_AT: usize = 4096;

/// Looks at a file without reading it.
pub(super) fn look(sources: &SourceMap, name: &str, path: &Path) -> Result<u64, LoadError> {
    let about = sources.place_of_files().about(path);
    let about = about.map_err(|source| LoadError::Unreadable {
        name: name.to_owned(),
        source,
    })?;
    if about.is_folder {
        return Err(LoadError::Folder { name: name.to_owned() });
    }
    Ok(about.length)
}

/// Reads a file of at most `limit` bytes.
pub(super) fn read(sources: &SourceMap, name: &str, path: &Path, limit: usize) -> Result<Vec<u8>, LoadError> {
    let too_large = || LoadError::TooLarge {
        name: name.to_owned(),
        limit,
    };
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    // A file that is not there is asked for all the same, so that it is recorded.
    if look(sources, name, path).is_ok_and(|length| length > most) {
        return Err(too_large());
    }
    let bytes = sources.read(name, path, most.saturating_add(1));
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(source) => {
            look(sources, name, path)?;
            return Err(LoadError::Unreadable {
                name: name.to_owned(),
                source,
            });
        }
    };
    if bytes.len() > limit {
        Err(too_large())
    } else {
        Ok(bytes)
    }
}

/// A file's text in the source map.
#[derive(Debug)]
pub(super) struct Text {
    /// The file.
    pub(super) file: FileId,
    /// Where the text begins: after the byte order mark.
    pub(super) start: usize,
    /// The diagnostics about the file.
    pub(super) diagnostics: Diagnostics,
    /// Whether it is text at all. If not, there is an error in the diagnostics.
    pub(super) readable: bool,
}

/// Decodes a file and adds it to the source map.
pub(super) fn decode(sources: &mut SourceMap, name: &str, bytes: Vec<u8>) -> Text {
    if let Some((what, hint)) = not_text(&bytes) {
        let file = sources.add(name, "");
        let mut diagnostics = Diagnostics::new(file);
        diagnostics.push(
            Diagnostic::error(Code::UnknownFormat, format!("this is {what}, not text"))
                .at(Origin::File(file))
                .hint(hint),
        );
        return Text {
            file,
            start: 0,
            diagnostics,
            readable: false,
        };
    }
    if let Some(encoding) = utf_16(&bytes) {
        return decode_as(sources, name, &bytes, encoding);
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
            let file = sources.add(name, unix_lines(text));
            Text {
                file,
                start,
                diagnostics: Diagnostics::new(file),
                readable: true,
            }
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            not_utf_8(sources, name, error.as_bytes(), valid)
        }
    }
}

/// Returns what the bytes are if they are no text, and what to do.
fn not_text(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SHEET: &str = "save it in the format that its extension names";
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some(("a workbook or another zip file", SHEET)),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(("an old Office file", SHEET)),
        [b'%', b'P', b'D', b'F', ..] => Some(("a PDF", "copy its list into a .txt file, one name per line")),
        [0x1f, 0x8b, ..] => Some(("a gzip file", "unpack it first")),
        _ => None,
    }
}

/// Returns the UTF-16 encoding that a byte order mark, or zeros in every other
/// byte, speak for.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Four of five characters are ASCII in what people here write; the other
    // half of each is then zero. In UTF-8, zeros stand nowhere.
    let most = head.len() / 2 * 4 / 5;
    if head.len() < 8 {
        None
    } else if odd > most && even == 0 {
        Some(UTF_16LE)
    } else if even > most && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn decode_as(sources: &mut SourceMap, name: &str, bytes: &[u8], encoding: &'static Encoding) -> Text {
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    let text = text.into_owned();
    let broken = if malformed { text.find('\u{fffd}') } else { None };
    let (file, mut diagnostics) = match add(sources, name, text) {
        Ok(file) => (file, Diagnostics::new(file)),
        Err(file) => return too_large(file),
    };
    let readable = broken.is_none();
    match broken {
        Some(at) => diagnostics.push(
            Diagnostic::error(
                Code::NotUtf8,
                format!("the file ends in the middle of a {} character", encoding.name()),
            )
            .at(span(file, at, at + 3))
            .hint("save it again as UTF-8"),
        ),
        None => diagnostics.push(
            Diagnostic::note(Code::NotUtf8, format!("the file was read as {}", encoding.name()))
                .at(Origin::File(file))
                .hint("save it as UTF-8 so that every character is certain"),
        ),
    }
    Text {
        file,
        start: 0,
        diagnostics,
        readable,
    }
}

/// Adds a decoded text; `Err` holds an empty file in its place if it is too long.
fn add(sources: &mut SourceMap, name: &str, text: String) -> Result<FileId, FileId> {
    if text.len() > MAX_FILE {
        return Err(sources.add(name, ""));
    }
    Ok(sources.add(name, unix_lines(text)))
}

fn too_large(file: FileId) -> Text {
    let mut diagnostics = Diagnostics::new(file);
    diagnostics.push(Diagnostic::error(Code::TooLarge, "the decoded text is longer than 4 GiB").at(Origin::File(file)));
    Text {
        file,
        start: 0,
        diagnostics,
        readable: false,
    }
}

/// Reads bytes that are no UTF-8 in the old encoding that is likely, and refuses them where
/// none is.
fn not_utf_8(sources: &mut SourceMap, name: &str, bytes: &[u8], valid: usize) -> Text {
    let bad = bytes[valid];
    let message = |rest: &str| {
        format!(
            "byte {:#04X} (byte {} of the file) is not valid UTF-8{rest}",
            bad,
            valid + 1
        )
    };
    if let Some((text, called)) = old_encodings::read(bytes) {
        // Up to here all was ASCII, so the place is the same in both texts.
        let end = valid + text[valid..].chars().next().map_or(1, char::len_utf8);
        return match add(sources, name, text) {
            Err(file) => too_large(file),
            Ok(file) => {
                let mut diagnostics = Diagnostics::new(file);
                diagnostics.push(
                    Diagnostic::warning(Code::NotUtf8, message(&format!("; the file was read as {called}")))
                        .at(span(file, valid, end))
                        .hint("check that this character is right, then save the file as UTF-8"),
                );
                Text {
                    file,
                    start: 0,
                    diagnostics,
                    readable: true,
                }
            }
        };
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    match add(sources, name, text) {
        Err(file) => too_large(file),
        Ok(file) => {
            let mut diagnostics = Diagnostics::new(file);
            diagnostics.push(
                Diagnostic::error(Code::NotUtf8, message(""))
                    .at(span(file, valid, valid + 3))
                    .hint("save the file as UTF-8"),
            );
            Text {
                file,
                start: 0,
                diagnostics,
                readable: false,
            }
        }
    }
}

/// Turns lone carriage returns, as old Macintosh programs end lines, into line
/// feeds. The length does not change.
fn unix_lines(text: String) -> String {
    let bytes = text.as_bytes();
    if memchr::memchr(b'\r', bytes).is_some() && memchr::memchr(b'\n', bytes).is_none() {
        return text.replace('\r', "\n");
    }
    text
}

/// Returns the place of bytes `start..end` of a file.
pub(super) fn span(file: FileId, start: usize, end: usize) -> Origin {
    Origin::Span {
        file,
        start: offset(start),
        end: offset(end),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, said: &[&str]) {
        let mut sources = SourceMap::default();
        let text = decode(&mut sources, "a.csv", bytes.to_vec());
        assert_eq!(&sources.text(text.file)[text.start..], expected);
        let diagnostics: Vec<String> = text
            .diagnostics
            .finish()
            .into_iter()
            .map(|d| format!("{} {}: {}", d.severity, sources.place(d.origin.unwrap()), d.message))
            .collect();
        assert_eq!(diagnostics, said);
    }

    #[test]
    fn texts_decode_from_the_usual_encodings() {
        check("\u{feff}a\n".as_bytes(), "a\n", &[]);
        check(b"a\rb\r", "a\nb\n", &[]);
        check(
            b"\xff\xfea\0\n\0\xed\0",
            "a\ní",
            &["note a.csv: the file was read as UTF-16LE"],
        );
        check(
            b"\0n\0a\0m\0e\0\n\0A",
            "name\nA",
            &["note a.csv: the file was read as UTF-16BE"],
        );
        check(
            b"name\nCoraz\xf3n\n",
            "name\nCorazón\n",
            &[
                "warning a.csv:2:6: byte 0xF3 (byte 11 of the file) is not valid UTF-8; the file was read as Windows-1252",
            ],
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        check(
            "í\nab\u{fffd}".as_bytes().split_last().unwrap().1,
            "í\nab\u{fffd}",
            &["error a.csv:2:3: byte 0xEF (byte 6 of the file) is not valid UTF-8"],
        );
        check(
            b"PK\x03\x04rest",
            "",
            &["error a.csv: this is a workbook or another zip file, not text"],
        );
        check(
            b"a\x81\xc3\xb1",
            "a\u{fffd}\u{f1}",
            &["error a.csv:1:2: byte 0x81 (byte 2 of the file) is not valid UTF-8"],
        );
    }
}
