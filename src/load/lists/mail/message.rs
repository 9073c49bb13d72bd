//! One mail: who sent it, when, and what its text says.
//!
//! In: the bytes of a mail. Out: a [`Mail`], or why it is refused. Guaranteed: a mail of
//! too many parts, or in a character set that nobody knows, is refused before its text is
//! used; nothing is fetched. Absent: the meaning of the text (that is `request`'s).

use super::own_text::OwnText;
use super::words::WORDS;
use crate::load::lists::fold::fold_all;
use crate::load::page_parser;
use ego_tree::iter::Edge;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use regex::Regex;
use scraper::Node;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Most parts of a mail: pictures and attachments of a long thread.
const MAX_PARTS: usize = 400;

/// Longest value that is taken from a header, in bytes.
const MAX_VALUE: usize = 300;

/// A mail, as far as a list needs it.
#[derive(Debug, Default)]
pub(super) struct Mail {
    /// The sender's name, as the mail gives it; may be empty.
    pub(super) name: String,
    /// The sender's address; may be empty.
    pub(super) address: String,
    /// When it was sent, by the sender's clock: "2026-03-02 10:15:00".
    pub(super) date: Option<String>,
    /// Its Message-ID, or else a hash of it.
    pub(super) id: String,
    /// Hash of the sender and the text, to tell two mails of one Message-ID apart.
    pub(super) content: [u8; 32],
    /// What the receiving server found out about the sender: "mx.example.org: dmarc=pass".
    pub(super) verdict: String,
    /// True if the receiving server found that the sender's domain sent it.
    pub(super) is_verified: bool,
    /// True for a reply that no person wrote: out of office, not delivered.
    pub(super) is_automatic: bool,
    /// True if its subject, its sender or its calendar look as if no person wrote it.
    pub(super) looks_automatic: bool,
    /// True if it has the mails of several people.
    pub(super) is_digest: bool,
    /// The subject; may be empty.
    pub(super) subject: String,
    /// The sender's own words.
    pub(super) text: OwnText,
    /// True if some bytes of the text were not valid in its character set.
    pub(super) is_damaged: bool,
}

impl Mail {
    /// Reads a mail; `Err` says what is wrong with it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        // Before anything is built: each level of nesting needs a line of its own.
        if count(bytes, b"content-type") > MAX_PARTS || count(bytes, b"boundary") > MAX_PARTS {
            return Err(format!("has more than {MAX_PARTS} parts"));
        }
        let message = MessageParser::new().parse(bytes);
        let message = message.filter(|message| message.headers().iter().any(|header| !header.name().is_empty()));
        let message = message.ok_or("is not an email message")?;
        if message.from().is_none() && message.date().is_none() && message.message_id().is_none() {
            return Err("is not an email message: it has no sender, date, or Message-ID".to_owned());
        }
        let from = message.from().and_then(|from| from.first());
        let name = from.and_then(|from| from.name()).unwrap_or_default();
        let address = from.and_then(|from| from.address()).unwrap_or_default();
        let (text, is_damaged) = text(&message)?;
        let (verdict, is_verified) = verdict(&message, address.rsplit('@').next().unwrap_or_default());
        let hash = |parts: &[&[u8]]| -> [u8; 32] {
            let mut hasher = Sha256::new();
            for part in parts {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
            hasher.finalize().into()
        };
        let content = hash(&[address.to_lowercase().as_bytes(), text.trim().as_bytes()]);
        let id = message.message_id().map(line).filter(|id| !id.is_empty());
        Ok(Self {
            name: line(name),
            address: line(address),
            date: message.date().filter(|date| date.is_valid()).map(|date| {
                format!(
                    "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
                    date.year, date.month, date.day, date.hour, date.minute, date.second
                )
            }),
            id: id.unwrap_or_else(|| hashed_id(&hash(&[bytes]))),
            content,
            verdict,
            is_verified,
            is_automatic: is_automatic(&message),
            looks_automatic: looks_automatic(&message, address),
            is_digest: is_digest(&message, &text),
            subject: line(message.subject().unwrap_or_default()),
            text: OwnText::of(&text),
            is_damaged,
        })
    }
}

/// Returns the identifier of a mail that has none of its own.
pub(super) fn hashed_id(hash: &[u8; 32]) -> String {
    format!("sha256:{}", crate::model::hex::hex(&hash[..16]))
}

/// Returns how often an ASCII word occurs, in any case.
fn count(bytes: &[u8], word: &[u8]) -> usize {
    let first = word[0];
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes)
        .filter(|&at| {
            bytes
                .get(at..at + word.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(word))
        })
        .count()
}

/// Returns a value on one line, and not without end.
fn line(value: &str) -> String {
    let mut line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() > MAX_VALUE {
        let mut end = MAX_VALUE;
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        line.truncate(end);
    }
    line
}

/// Returns the text of a mail: as plain text, or else that of its page.
fn text(message: &Message<'_>) -> Result<(String, bool), String> {
    let mut is_damaged = false;
    let mut plain = String::new();
    for part in message.text_bodies() {
        if let PartType::Text(text) = &part.body {
            known_charset(message, part)?;
            is_damaged |= text.contains('\u{fffd}');
            plain.push_str(text);
            plain.push('\n');
        }
    }
    if !plain.trim().is_empty() {
        return Ok((plain, is_damaged));
    }
    let mut lines = String::new();
    for part in message.html_bodies() {
        if let PartType::Html(html) = &part.body {
            known_charset(message, part)?;
            is_damaged |= html.contains('\u{fffd}');
            lines.push_str(&page_lines(html)?);
            lines.push('\n');
        }
    }
    Ok((lines, is_damaged))
}

/// Refuses a part in a character set that nobody knows, unless it is plain ASCII all the same.
fn known_charset(message: &Message<'_>, part: &MessagePart<'_>) -> Result<(), String> {
    let Some(charset) = part.content_type().and_then(|kind| kind.attribute("charset")) else {
        return Ok(());
    };
    // The decoder has a table of all character sets but those that need none.
    let folded = charset.trim().to_ascii_lowercase().replace('_', "-");
    let is_plain = matches!(folded.as_str(), "" | "utf-8" | "utf8" | "us-ascii" | "ascii");
    if is_plain || charset_decoder(charset.trim().as_bytes()).is_some() {
        return Ok(());
    }
    let raw = message
        .raw_message
        .get(part.offset_body as usize..part.offset_end as usize);
    let is_ascii = raw.is_none_or(<[u8]>::is_ascii) && part.text_contents().is_none_or(str::is_ascii);
    match is_ascii {
        true => Ok(()),
        false => Err(format!("has text in an unknown character set, `{}`", line(charset))),
    }
}

/// Elements that end a line.
const BLOCKS: &[&str] = &[
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr", "pre",
];

/// Classes and identifiers of what mail programs put around a quoted mail.
const QUOTED: &[&str] = &[
    "gmail_quote",
    "gmail_attr",
    "moz-cite-prefix",
    "divRplyFwdMsg",
    "appendonsend",
    "yahoo_quoted",
    "protonmail_quote",
    "WordSection1_quote",
];

/// Returns the text of a page, a line for each block, without what it quotes.
fn page_lines(html: &str) -> Result<String, String> {
    let page = page_parser::parse(html).map_err(|problem| format!("has a page that {problem}"))?;
    let mut out = String::new();
    let mut skipped = 0_usize;
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let is_quoted = |value: &str| value.split(' ').any(|word| QUOTED.contains(&word));
                let is_skipped = matches!(name, "head" | "style" | "script" | "title" | "blockquote" | "template")
                    || element.attr("class").is_some_and(is_quoted)
                    || element.attr("id").is_some_and(is_quoted);
                if is_skipped {
                    skipped = if opens { skipped + 1 } else { skipped - 1 };
                }
                if BLOCKS.contains(&name) && skipped == 0 {
                    out.push('\n');
                    // A paragraph ends; lines within one follow each other.
                    if name == "p" && !opens {
                        out.push('\n');
                    }
                }
            }
            Node::Text(text) if opens && skipped == 0 => {
                let ends_in_space = out.ends_with([' ', '\n']) || out.is_empty();
                let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !ends_in_space && text.starts_with(char::is_whitespace) {
                    out.push(' ');
                }
                out.push_str(&words);
                if text.ends_with(char::is_whitespace) && !words.is_empty() {
                    out.push(' ');
                }
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Returns whether no person wrote a mail: an answer of a machine (RFC 3834), or a report that
/// a mail was not delivered (RFC 3462). A form that writes mails ("auto-generated") may bring
/// a signature.
fn is_automatic(message: &Message<'_>) -> bool {
    let has = |name: &str, words: &[&str]| {
        let value = message
            .headers_raw()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        value.is_some_and(|(_, value)| {
            let value = value.trim().to_lowercase();
            words.is_empty() || words.iter().any(|word| value.starts_with(word))
        })
    };
    let kind = message.content_type();
    let is_report = kind.is_some_and(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("report"));
    is_report
        || has("Auto-Submitted", &["auto-replied"])
        || has("X-Autoreply", &[])
        || has("X-Autorespond", &[])
        || has("Precedence", &["auto_reply", "auto-reply"])
}

/// Returns whether a mail looks as if no person wrote it: "Automatic reply: ...", a mail from a
/// mailer daemon, an answer to an invitation.
fn looks_automatic(message: &Message<'_>, address: &str) -> bool {
    let subject = message.subject().unwrap_or_default().trim();
    let folded = fold_all(subject);
    let begins = |phrase: &&str| {
        let rest = folded.strip_prefix(phrase);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let mailbox = fold_all(address.split('@').next().unwrap_or_default());
    let has_calendar = message.parts.iter().any(|part| {
        let kind = part.content_type();
        kind.is_some_and(|kind| kind.ctype() == "text" && kind.subtype() == Some("calendar"))
    });
    WORDS.automatic_subjects.iter().any(begins)
        || WORDS.automatic_mailboxes.iter().any(|known| mailbox.starts_with(known))
        || has_calendar && WORDS.invitations.iter().any(|word| subject.starts_with(word))
}

/// Returns whether a mailing list put the mails of several people into one.
fn is_digest(message: &Message<'_>, text: &str) -> bool {
    let kind = message.content_type();
    let subject = fold_all(message.subject().unwrap_or_default());
    let says = |folded: &str| {
        let folded = format!(" {folded} ");
        WORDS
            .digests
            .iter()
            .any(|phrase| folded.contains(&format!(" {phrase} ")))
    };
    kind.is_some_and(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("digest"))
        || says(&subject)
        || text.lines().take(20).any(|line| says(&fold_all(line)))
}

static METHODS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^|[;\s])(dmarc|dkim|spf)\s*=\s*([a-z]+)").ok());
static SIGNED_BY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)dkim\s*=\s*pass[^;]*?header\.[di]\s*=\s*(?:[^@\s;]*@)?([a-z0-9.-]+)").ok());

/// Returns the verdict of the receiving server (RFC 8601), and whether the sender's domain is
/// verified. The server writes its header above all that came with the mail, so only the
/// first counts.
fn verdict(message: &Message<'_>, domain: &str) -> (String, bool) {
    let header = message
        .headers_raw()
        .find(|(name, _)| name.eq_ignore_ascii_case("Authentication-Results"));
    let Some((_, value)) = header else {
        return ("none".to_owned(), false);
    };
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let (server, results) = match value.split_once(';') {
        // Microsoft's servers leave out their name.
        Some((server, results)) if !server.contains('=') => (line(server.trim()), results),
        _ => (String::new(), &*value),
    };
    let found = METHODS.as_ref().map(|methods| {
        let found = methods.captures_iter(results);
        let found = found.map(|found| (found[1].to_lowercase(), found[2].to_lowercase()));
        found.collect::<Vec<_>>()
    });
    let mut found = found.unwrap_or_default();
    found.truncate(12);
    let has = |method: &str, result: &str| found.iter().any(|(known, said)| known == method && said == result);
    let is_aligned = |signed: &str| {
        let (signed, domain) = (signed.to_lowercase(), domain.to_lowercase());
        !domain.is_empty() && (signed == domain || domain.ends_with(&format!(".{signed}")) && signed.contains('.'))
    };
    let signed_by = SIGNED_BY.as_ref().map(|pattern| {
        let mut signed = pattern.captures_iter(results);
        signed.any(|signed| is_aligned(&signed[1]))
    });
    let has_dmarc = found.iter().any(|(method, _)| method == "dmarc");
    let is_verified = has("dmarc", "pass") || !has_dmarc && signed_by == Some(true);
    let said: Vec<String> = found.iter().map(|(method, said)| format!("{method}={said}")).collect();
    let said = if said.is_empty() {
        "none".to_owned()
    } else {
        said.join(" ")
    };
    let verdict = if server.is_empty() {
        said
    } else {
        format!("{server}: {said}")
    };
    (verdict, is_verified)
}
