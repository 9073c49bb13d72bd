//! The words of a message.
//!
//! In: the text of an .eml file. Out: its header and the lines of its text parts, decoded.
//! Guaranteed: parts that are no text, such as pictures, give nothing; no panic, and work that
//! grows with the length. Absent: the HTML part where there is a plain one, which says the same.
//!
//! Source: RFC 2045, 6 (encodings), and RFC 2046, 5.1 (multipart).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Deepest nesting of parts that is followed.
const MAX_DEPTH: usize = 8;

/// Returns the lines of the message's header and of its words.
pub(super) fn lines(message: &str) -> Vec<String> {
    let (head, body) = divided(message);
    let header = Header::of(head);
    let mut out: Vec<String> = unfolded(head);
    out.retain(|line| !line.to_ascii_lowercase().starts_with("content-"));
    let mut found = Vec::new();
    parts(&header, body, 0, &mut found);
    let has_plain = found.iter().any(|(is_plain, _)| *is_plain);
    for (is_plain, text) in found {
        if is_plain || !has_plain {
            out.extend(text.lines().map(str::to_owned));
        }
    }
    out
}

/// What a part's header says of its body.
#[derive(Default)]
struct Header {
    kind: String,
    boundary: Option<String>,
    encoding: String,
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
                    let at = value.to_ascii_lowercase().find("boundary=");
                    let rest = at.and_then(|at| value.get(at + "boundary=".len()..));
                    header.boundary = rest.map(|rest| match rest.strip_prefix('"') {
                        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
                        None => rest.split([';', ' ']).next().unwrap_or_default().to_owned(),
                    });
                }
                "content-transfer-encoding" => header.encoding = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        header
    }
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

/// Collects the texts of a body: whether each is plain, and its words.
fn parts(header: &Header, body: &str, depth: usize, found: &mut Vec<(bool, String)>) {
    if let (Some(boundary), true) = (&header.boundary, depth < MAX_DEPTH)
        && header.kind.starts_with("multipart/")
        && !boundary.is_empty()
    {
        let mark = format!("--{boundary}");
        for part in body.split(&*mark).skip(1) {
            if part.starts_with("--") {
                break;
            }
            let (head, body) = divided(part.trim_start_matches(['\r', '\n']));
            parts(&Header::of(head), body, depth + 1, found);
        }
    } else if header.kind.is_empty() || header.kind.starts_with("text/") {
        let is_plain = header.kind != "text/html";
        found.push((is_plain, decoded(body, &header.encoding)));
    }
}

/// Returns a body without its encoding; one that cannot be decoded as it stands.
fn decoded(body: &str, encoding: &str) -> String {
    let bytes = match encoding {
        "base64" => {
            let digits: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            STANDARD.decode(digits).ok()
        }
        "quoted-printable" => Some(unquoted(body.as_bytes())),
        _ => None,
    };
    bytes.map_or_else(|| body.to_owned(), |bytes| String::from_utf8_lossy(&bytes).into_owned())
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

    #[test]
    fn the_words_of_a_message_are_decoded_and_its_pictures_are_none() {
        let message = "From: a@b.example\r\nSubject: Seven\r\n changes\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n\
            --x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
            --y\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCoraz=C3=B3n, one=\r\n line\r\n\
            --y\r\nContent-Type: text/html\r\n\r\n<p>Coraz\u{f3}n\r\n--y--\r\n\
            --x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n";
        assert_eq!(
            lines(message),
            ["From: a@b.example", "Subject: Seven changes", "Coraz\u{f3}n, one line"]
        );
        let encoded = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nw7EKYg==\n";
        assert_eq!(lines(encoded), ["\u{f1}", "b"]);
        assert_eq!(lines("no header"), ["no header"]);
        assert_eq!(
            lines("Content-Type: multipart/mixed; boundary=x\n\n--x"),
            Vec::<String>::new()
        );
    }
}
