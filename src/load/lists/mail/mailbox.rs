//! Takes a mailbox apart into its mails, one at a time.
//!
//! In: the bytes of an mbox file or of one mail, as they are read. Out: the bytes of each
//! mail, or why it is refused. Guaranteed: no more of a mail is held than [`MAX_KEPT`], of
//! whatever length the file, the mail and its lines are; a refused mail is passed over to
//! its end. Absent: the meaning of a mail (that is `message`'s).
//! Source: RFC 4155 and the variants mboxo and mboxrd: a mail begins with a line "From ",
//! and such a line within it is written with ">".

use std::io::{self, BufRead};

/// Longest line of a mail, in bytes. RFC 5322 allows 998; programs that forget to wrap an
/// attachment stay below this.
const MAX_LINE: usize = 4 << 20;

/// Longest head of a mail, in bytes: several times the longest that relays let pass.
const MAX_HEAD: usize = 256 << 10;

/// How much of a mail is kept, in bytes. Its text comes before its attachments.
const MAX_KEPT: usize = 1 << 20;

/// Tells the mails of a file apart.
pub(super) struct Mailbox<R> {
    input: R,
    is_mbox: bool,
    line: Vec<u8>,
    /// True if `line` is the one that begins the next mail.
    ahead: bool,
    /// True if the file was read to its end.
    ended: bool,
    after_blank: bool,
}

/// What a line turned out to be.
enum LineRead {
    Line,
    TooLong,
    End,
}

impl<R: BufRead> Mailbox<R> {
    /// Begins to read a mailbox, or a file of one mail.
    pub(super) fn new(input: R, is_mbox: bool) -> Self {
        Self {
            input,
            is_mbox,
            line: Vec::new(),
            ahead: false,
            ended: false,
            after_blank: true,
        }
    }

    /// Reads the next mail into `mail`. `None`: there is none. The inner result says why a
    /// mail is refused.
    pub(super) fn next(&mut self, mail: &mut Vec<u8>) -> io::Result<Option<Result<(), String>>> {
        mail.clear();
        if self.ended && !self.ahead {
            return Ok(None);
        }
        let mut refused = None;
        let mut in_head = true;
        let mut has_any = std::mem::take(&mut self.ahead);
        loop {
            match self.read_line()? {
                LineRead::End => {
                    self.ended = true;
                    break;
                }
                LineRead::TooLong => {
                    has_any = true;
                    self.after_blank = false;
                    let message = format!("has a line of more than {} MB", MAX_LINE >> 20);
                    refused.get_or_insert(message);
                    continue;
                }
                LineRead::Line => {}
            }
            if self.is_mbox && self.after_blank && is_separator(&self.line) {
                if has_any {
                    self.ahead = true;
                    break;
                }
                has_any = true;
                self.after_blank = false;
                continue;
            }
            let is_blank = matches!(self.line[..], [b'\n'] | [b'\r', b'\n']);
            if is_blank && !has_any {
                continue; // Before the first mail.
            }
            if !has_any && self.is_mbox {
                let message = "is not an mbox file: it does not begin with a line \"From \"";
                refused.get_or_insert(message.to_owned());
            }
            if !self.is_mbox && !has_any && self.line.starts_with(b"From ") {
                has_any = true;
                continue;
            }
            has_any = true;
            self.after_blank = is_blank;
            in_head &= !is_blank;
            if in_head && mail.len() + self.line.len() > MAX_HEAD {
                let message = format!("has headers of more than {} KB", MAX_HEAD >> 10);
                refused.get_or_insert(message);
            }
            if refused.is_none() && mail.len() + self.line.len() <= MAX_KEPT {
                mail.extend_from_slice(unescaped(&self.line, self.is_mbox));
            }
        }
        Ok(has_any.then_some(refused.map_or(Ok(()), Err)))
    }

    /// Reads a line with its end; of one that is too long, only its length is known.
    fn read_line(&mut self) -> io::Result<LineRead> {
        self.line.clear();
        let mut is_too_long = false;
        loop {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if bytes.is_empty() {
                return Ok(match (is_too_long, self.line.is_empty()) {
                    (true, _) => LineRead::TooLong,
                    (false, true) => LineRead::End,
                    (false, false) => LineRead::Line,
                });
            }
            let end = memchr::memchr(b'\n', bytes).map(|at| at + 1);
            let used = end.unwrap_or(bytes.len());
            is_too_long |= self.line.len() + used > MAX_LINE;
            if !is_too_long {
                self.line.extend_from_slice(&bytes[..used]);
            }
            self.input.consume(used);
            if end.is_some() {
                return Ok(if is_too_long { LineRead::TooLong } else { LineRead::Line });
            }
        }
    }
}

/// Returns a line without the sign that hides a "From " in an mbox.
fn unescaped(line: &[u8], is_mbox: bool) -> &[u8] {
    match line {
        [b'>', rest @ ..] if is_mbox => {
            let bare = rest.iter().position(|byte| *byte != b'>').unwrap_or(rest.len());
            if rest[bare..].starts_with(b"From ") { rest } else { line }
        }
        _ => line,
    }
}

/// Returns whether a line begins a mail: "From ", a sender, and a day with its time. A line
/// of prose has no such day.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let Ok(rest) = std::str::from_utf8(&rest[..rest.len().min(400)]) else {
        return false;
    };
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let is_time = |word: &&str| {
        let mut parts = word.split(':');
        let is_number = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.clone().count() >= 2 && parts.all(is_number)
    };
    words
        .iter()
        .skip(1)
        .any(|word| days.contains(&word.trim_end_matches(',')))
        && words.iter().any(is_time)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn mails(text: &[u8], is_mbox: bool) -> Vec<Result<String, String>> {
        let mut mailbox = Mailbox::new(io::BufReader::with_capacity(64, text), is_mbox);
        let mut found = Vec::new();
        let mut mail = Vec::new();
        while let Some(read) = mailbox.next(&mut mail).unwrap() {
            found.push(read.map(|()| String::from_utf8(mail.clone()).unwrap()));
        }
        found
    }

    fn check(text: &str, is_mbox: bool, expected: &[Result<&str, &str>]) {
        let found = mails(text.as_bytes(), is_mbox);
        let found: Vec<Result<&str, &str>> = found
            .iter()
            .map(|mail| mail.as_deref().map_err(String::as_str))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_mailbox_is_its_mails() {
        check("", true, &[]);
        check("\n\n", true, &[]);
        check(
            "From a@e.org Tue Mar  2 10:00:00 2021\nA: 1\n\nx\n\nFrom - Tue Mar 02 10:00 2021\nB: 2\n\ny",
            true,
            &[Ok("A: 1\n\nx\n\n"), Ok("B: 2\n\ny")],
        );
        // Prose that begins with "From" begins no mail, and hidden lines are shown again.
        check(
            "From a@e.org Tue Mar  2 10:00:00 2021\nA: 1\n\nx\n\nFrom March to May 2021\n>From us\n>>From you\n> quoted\n",
            true,
            &[Ok(
                "A: 1\n\nx\n\nFrom March to May 2021\nFrom us\n>From you\n> quoted\n",
            )],
        );
        // Only after a blank line.
        check(
            "From a Tue Mar  2 10:00:00 2021\nA: 1\nFrom b Tue Mar  2 10:00:00 2021\n",
            true,
            &[Ok("A: 1\nFrom b Tue Mar  2 10:00:00 2021\n")],
        );
        check("From a@e.org\r\nA: 1\r\n\r\nx\r\n", false, &[Ok("A: 1\r\n\r\nx\r\n")]);
        check(
            "A: 1\n",
            true,
            &[Err("is not an mbox file: it does not begin with a line \"From \"")],
        );
    }

    #[test]
    fn a_hostile_mail_is_refused_and_the_next_one_is_read() {
        let start = "From a@e.org Tue Mar  2 10:00:00 2021\n";
        let long = format!("{start}A: 1\n\n{}\n\n{start}B: 2\n", "x".repeat(MAX_LINE + 1));
        let found = mails(long.as_bytes(), true);
        assert_eq!(
            found,
            [Err("has a line of more than 4 MB".to_owned()), Ok("B: 2\n".to_owned())]
        );
        let headers = format!("{start}{}\n\n{start}B: 2\n", "X-A: b\n".repeat(MAX_HEAD / 6));
        let found = mails(headers.as_bytes(), true);
        assert_eq!(
            found,
            [
                Err("has headers of more than 256 KB".to_owned()),
                Ok("B: 2\n".to_owned())
            ]
        );
        let attached = format!("{start}A: 1\n\nhello\n{}", "YWJj\n".repeat(MAX_KEPT / 2));
        let found = mails(attached.as_bytes(), true);
        assert!(
            found[0]
                .as_ref()
                .is_ok_and(|mail| mail.len() <= MAX_KEPT && mail.contains("hello"))
        );
    }
}
