//! The words of a message.
//!
//! In: the bytes of an .eml file. Out: its subject and the words of its HTML and plain parts,
//! decoded, also those of messages within it. Guaranteed: parts that are no text, such as
//! pictures, and attachments give nothing; no panic, and work that grows with the length.
//! Absent: other fields of the header, which each sending changes.
//!
//! Source: RFC 2045, 6 (encodings), RFC 2046, 5.1 and 5.2 (multipart, message), and RFC 2047
//! (words in a header).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// Deepest nesting of parts that is followed.
const MAX_DEPTH: usize = 8;

/// What a message says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MailText {
    /// The subject, without marks of answers and forwards.
    pub(super) subject: String,
    /// Its HTML parts.
    pub(super) pages: Vec<String>,
    /// The lines of its plain parts.
    pub(super) lines: Vec<String>,
    /// The SHA-256 of pictures within its HTML, in their order.
    pub(super) pictures: Vec<String>,
    /// The SHA-256 of attached files, with their names.
    pub(super) attached: Vec<(String, String)>,
}

/// Reads a message.
pub(super) fn read(bytes: &[u8]) -> MailText {
    let message = text_of(bytes, "utf-8");
    let message = message.trim_start_matches('\u{feff}');
    let (head, body) = divided(message);
    let header = Header::of(head);
    let mut found = MailText {
        subject: unanswered(&header.subject).to_owned(),
        ..MailText::default()
    };
    parts(&header, body, 0, &mut found);
    found
}

/// Returns a subject without the marks that answering and forwarding put before it.
fn unanswered(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = mark.trim().to_ascii_lowercase();
        // English, German, Spanish, French.
        if !matches!(mark.as_str(), "re" | "fw" | "fwd" | "aw" | "wg" | "rv" | "tr") {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Returns text of a character set; what is not of it is read as mail programs do.
fn text_of<'a>(bytes: &'a [u8], charset: &str) -> Cow<'a, str> {
    let charset = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    match charset.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text,
        None => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// What a part's header says of its body.
#[derive(Default)]
struct Header {
    kind: String,
    boundary: Option<String>,
    charset: String,
    encoding: String,
    is_attached: bool,
    file_name: String,
    subject: String,
}

impl Header {
    fn of(head: &str) -> Self {
        let mut header = Self::default();
        for line in unfolded(head) {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-type" => {
                    header.kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
                    header.boundary = parameter(value, "boundary=");
                    header.charset = parameter(value, "charset=").unwrap_or_default();
                }
                "content-transfer-encoding" => header.encoding = value.to_ascii_lowercase(),
                "content-disposition" => {
                    header.is_attached = value.to_ascii_lowercase().starts_with("attachment");
                    header.file_name = parameter(value, "filename=").unwrap_or_default();
                }
                "subject" => header.subject = header_words(value),
                _ => {}
            }
        }
        header
    }
}

/// Returns the value of a field's parameter.
fn parameter(value: &str, name: &str) -> Option<String> {
    let at = value.to_ascii_lowercase().find(name)?;
    let rest = value.get(at + name.len()..)?;
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => rest.split([';', ' ']).next().unwrap_or_default().to_owned(),
    })
}

/// Returns a header's text with its encoded words decoded: `=?utf-8?Q?a_=C3=B1?=`.
fn header_words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some((before, from)) = rest.split_once("=?") {
        let mut fields = from.splitn(3, '?');
        let (charset, kind, tail) = (fields.next(), fields.next(), fields.next());
        let word = tail.and_then(|tail| tail.split_once("?="));
        let (Some(charset), Some(kind), Some((word, after))) = (charset, kind, word) else {
            break;
        };
        // Spaces between two encoded words are no words.
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        let bytes = match kind.to_ascii_lowercase().as_str() {
            "b" => STANDARD.decode(word).unwrap_or_default(),
            _ => unquoted(word.replace('_', " ").as_bytes()),
        };
        out.push_str(&text_of(&bytes, charset));
        (rest, after_word) = (after, true);
    }
    out.push_str(rest);
    out
}

/// Divides a message or a part at the empty line after its header.
fn divided(text: &str) -> (&str, &str) {
    let ends = ["\r\n\r\n", "\n\n"].into_iter();
    let end = ends.filter_map(|mark| text.find(mark).map(|at| (at, mark.len()))).min();
    end.map_or((text, ""), |(at, length)| (&text[..at], &text[at + length..]))
}

/// Returns the lines of a header, each with those that go on with it.
fn unfolded(head: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in head.lines() {
        match out.last_mut() {
            Some(before) if line.starts_with([' ', '\t']) => {
                before.push(' ');
                before.push_str(line.trim_start());
            }
            _ => out.push(line.to_owned()),
        }
    }
    out
}

/// Collects the texts of a body.
fn parts(header: &Header, body: &str, depth: usize, found: &mut MailText) {
    if depth >= MAX_DEPTH {
        return;
    }
    if header.is_attached && !header.kind.starts_with("message/") {
        let content = bytes_of(body, header);
        found.attached.push((super::sha256(&content), header.file_name.clone()));
        return;
    }
    match (header.kind.as_str(), &header.boundary) {
        (kind, Some(boundary)) if kind.starts_with("multipart/") && !boundary.is_empty() => {
            let mark = format!("\n--{boundary}");
            let body = format!("\n{body}");
            for part in body.split(&*mark).skip(1) {
                if part.starts_with("--") {
                    break;
                }
                // The end of the last line belongs to the mark.
                let part = part.strip_suffix('\r').unwrap_or(part).trim_start_matches([' ', '\t']);
                let part = part.strip_prefix("\r\n").or(part.strip_prefix('\n')).unwrap_or(part);
                // A part may have no header, and begin with the empty line after it.
                let (head, body) = match part.strip_prefix("\r\n").or(part.strip_prefix('\n')) {
                    Some(body) => ("", body),
                    None => divided(part),
                };
                parts(&Header::of(head), body, depth + 1, found);
            }
        }
        ("message/rfc822", _) => {
            let message = decoded(body, header);
            let (head, body) = divided(message.trim_start());
            parts(&Header::of(head), body, depth + 1, found);
        }
        ("text/html", _) => found.pages.push(decoded(body, header)),
        ("" | "text/plain", _) => found.lines.extend(decoded(body, header).lines().map(str::to_owned)),
        (kind, _) if kind.starts_with("image/") => found.pictures.push(super::sha256(&bytes_of(body, header))),
        _ => {}
    }
}

/// Returns a body without its encoding, if it has one that can be undone.
fn unencoded(body: &str, header: &Header) -> Option<Vec<u8>> {
    match header.encoding.as_str() {
        "base64" => {
            let digits: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            STANDARD.decode(digits).ok()
        }
        "quoted-printable" => Some(unquoted(body.as_bytes())),
        _ => None,
    }
}

/// Returns the bytes of a part.
fn bytes_of(body: &str, header: &Header) -> Vec<u8> {
    unencoded(body, header).unwrap_or_else(|| body.as_bytes().to_vec())
}

/// Returns a body without its encoding; one that cannot be decoded as it stands.
fn decoded(body: &str, header: &Header) -> String {
    unencoded(body, header).map_or_else(
        || body.to_owned(),
        |bytes| text_of(&bytes, &header.charset).into_owned(),
    )
}

fn unquoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    while let Some(&byte) = body.get(at) {
        match (byte, body.get(at + 1), body.get(at + 2)) {
            (b'=', Some(b'\r'), Some(b'\n')) => at += 3,
            (b'=', Some(b'\n'), _) => at += 2,
            (b'=', Some(&high), Some(&low)) if digit(high).is_some() && digit(low).is_some() => {
                out.push(digit(high).unwrap_or_default() * 16 + digit(low).unwrap_or_default());
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(subject: &str, pages: &[&str], lines: &[&str]) -> MailText {
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        MailText {
            subject: subject.to_owned(),
            pages: owned(pages),
            lines: owned(lines),
            ..MailText::default()
        }
    }

    #[test]
    fn the_words_of_a_message_are_decoded_and_its_pictures_are_no_words() {
        let message = "From: a@b.example\r\nSubject: =?utf-8?Q?Seven_=E2=80=94?=\r\n =?UTF-8?B?IGNoYW5nZXM=?=\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n\
            --x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
            --y\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCoraz=C3=B3n, one=\r\n line\r\n\
            --y\r\nContent-Type: text/html\r\n\r\n<p>Coraz\u{f3}n\r\n--y--\r\n\
            --x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n";
        let found = read(message.as_bytes());
        assert_eq!(found.pictures, [super::super::sha256(b"\x89PNG\r\n\x1a\n")]);
        let words = MailText {
            pictures: Vec::new(),
            ..found
        };
        assert_eq!(
            words,
            mail(
                "Seven \u{2014} changes",
                &["<p>Coraz\u{f3}n"],
                &["Coraz\u{f3}n, one line"]
            )
        );
        let encoded = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nw7EKYg==\n";
        assert_eq!(read(encoded.as_bytes()), mail("", &[], &["\u{f1}", "b"]));
        let latin = b"Subject: Fwd: RE: x\nContent-Type: text/plain; charset=iso-8859-1\n\n\xf1\n";
        assert_eq!(read(latin), mail("x", &[], &["\u{f1}"]));
        assert_eq!(
            read(b"Content-Type: multipart/mixed; boundary=x\n\n--x"),
            mail("", &[], &[])
        );
    }

    #[test]
    fn a_message_within_a_message_is_read() {
        let message = "Subject: Fwd: A\n\
            Content-Type: multipart/mixed; boundary=x\n\n--x\n\nFor you\n--x\nContent-Type: message/rfc822\n\
            Content-Disposition: attachment\n\nSubject: A\nContent-Type: text/html\n\n<p>B\n--x--\n";
        assert_eq!(read(message.as_bytes()), mail("A", &["<p>B"], &["For you"]));
        let deep = "Content-Type: message/rfc822\n\n".repeat(9_000);
        assert_eq!(read(deep.as_bytes()), MailText::default());
    }
}
