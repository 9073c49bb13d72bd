//! Writes a document as an email, in a file that mail programs open ready to send.
//!
//! In: a [`Document`]. Out: an .eml file (RFC 5322, MIME): a text part, and HTML with
//! inline styles and tables, as mail programs ask for, its pictures attached within.
//! Guaranteed: no script, no style sheet and nothing to be fetched; addresses are those
//! of the document's envelope; no text, whatever it holds, adds a header or a part;
//! Date, Message-ID and boundaries come from the document. Absent: sending.

mod html;

use super::raster::raster;
use super::{EmitError, EmitOptions, Written, text};
use crate::compose::document::{Document, Part, plain};
use crate::diag::{Code, Diagnostic};
use crate::model::hex::hex;
use crate::model::letter::Mailbox;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;
use sha2::{Digest, Sha256};

/// Most bytes of HTML that mail programs show whole: Gmail cuts at 102 KB.
const MAX_HTML: usize = 100 * 1024;

/// Returns the HTML part of the email, to look at. The email has its pictures as parts of
/// their own; here they are within, as they are sent.
///
/// # Errors
/// When a picture cannot be drawn.
pub fn html_part(document: &Document) -> Result<String, EmitError> {
    let page = html::page(document, "");
    let mut shown = page.html;
    for (number, picture) in (1..).zip(&page.pictures) {
        let raster = raster(picture, html::DENSITY)?;
        let data = format!("\"data:{};base64,{}\"", raster.media_type, BASE64.encode(&raster.data));
        shown = shown.replace(&format!("\"cid:{}\"", html::content_id(number, "")), &data);
    }
    Ok(shown)
}

/// A file that goes with an email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without a folder.
    pub name: String,
    /// Its media type: `application/pdf`.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Returns the document as an email.
pub fn email(document: &Document, options: &EmitOptions) -> Result<Written, EmitError> {
    email_with(document, options, &[])
}

/// Returns the document as an email with files.
pub fn email_with(document: &Document, options: &EmitOptions, attached: &[Attachment]) -> Result<Written, EmitError> {
    let plain = text::text(document, options.text_width);
    let message_key = hex(&digest(document, &[&plain])[..8]);
    let page = html::page(document, &message_key);
    let mut diagnostics = Vec::new();
    if page.html.len() > MAX_HTML {
        let kilobytes = page.html.len().div_ceil(1024);
        diagnostics.push(
            Diagnostic::warning(
                Code::LongEmail,
                format!("the email's HTML is {kilobytes} KB; mail programs cut off everything after 100 KB"),
            )
            .hint("send a shorter text with a link to the letter on the web, or attach the PDF"),
        );
    }
    let id = hex(&digest(document, &[&plain, &page.html])[..16]);

    let html = MimePart::new(ContentType::new("text/html").attribute("charset", "utf-8"), page.html);
    let html = if page.pictures.is_empty() {
        html
    } else {
        let mut parts = vec![html];
        for (number, picture) in (1..).zip(&page.pictures) {
            let raster = raster(picture, html::DENSITY)?;
            let name = format!("picture-{number}.{}", raster.extension);
            parts.push(
                MimePart::new(
                    ContentType::new(raster.media_type).attribute("name", name),
                    raster.data.into_owned(),
                )
                .inline()
                .cid(html::content_id(number, &message_key)),
            );
        }
        let kind = ContentType::new("multipart/related")
            .attribute("type", "text/html")
            .attribute("boundary", format!("related-{id}"));
        MimePart::new(kind, parts)
    };
    let plain = MimePart::new(ContentType::new("text/plain").attribute("charset", "utf-8"), plain);
    let kind = ContentType::new("multipart/alternative").attribute("boundary", format!("alternative-{id}"));
    let mut message = MimePart::new(kind, vec![plain, html]);
    if !attached.is_empty() {
        let files = attached.iter().map(|file| {
            let kind = ContentType::new(file.media_type).attribute("name", file.name.clone());
            MimePart::new(kind, file.bytes.clone()).attachment(file.name.clone())
        });
        let kind = ContentType::new("multipart/mixed").attribute("boundary", format!("mixed-{id}"));
        message = MimePart::new(kind, std::iter::once(message).chain(files).collect::<Vec<_>>());
    }
    // A message of its own would ask the clock and the host for what is missing; a
    // part asks nobody. Headers stand before the part's own.
    let own = std::mem::take(&mut message.headers);
    message.headers = headers(document, &id);
    message.headers.extend(own);
    let mut bytes = Vec::new();
    message.write_part(&mut bytes);
    Ok(Written { bytes, diagnostics })
}

/// Returns a digest of what tells a message from others: its texts, its subject and whom it
/// goes to.
fn digest(document: &Document, texts: &[&str]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for piece in texts.iter().chain([&document.subject.as_str()]) {
        digest.update(piece.len().to_le_bytes());
        digest.update(piece);
    }
    let envelope = &document.envelope;
    for mailbox in envelope.from.iter().chain(&envelope.to).chain(&envelope.cc) {
        digest.update(mailbox.address.as_bytes());
        digest.update([0]);
    }
    digest.finalize().into()
}

/// Returns the line that says until when a release is held, if it is.
fn embargo(document: &Document) -> Option<String> {
    document.parts.iter().find_map(|part| match part {
        Part::Release { line, embargoed: true } => Some(plain(line)),
        _ => None,
    })
}

fn headers<'a>(document: &Document, id: &str) -> Vec<(std::borrow::Cow<'a, str>, HeaderType<'a>)> {
    let envelope = &document.envelope;
    let mut out: Vec<(std::borrow::Cow<'a, str>, HeaderType<'a>)> = Vec::new();
    let mut push = |name: &'static str, value: HeaderType<'a>| out.push((name.into(), value));
    for (name, mailboxes) in [
        ("From", envelope.from.as_slice()),
        ("Reply-To", envelope.reply_to.as_slice()),
        ("To", &envelope.to),
        ("Cc", &envelope.cc),
    ] {
        if !mailboxes.is_empty() {
            push(name, HeaderType::Address(addresses(mailboxes)));
        }
    }
    let subject = envelope.subject.as_deref().unwrap_or(&document.subject);
    // Newsrooms act on the subject.
    let subject = match embargo(document) {
        Some(until) => format!("{until}: {subject}"),
        None => subject.to_owned(),
    };
    let subject = match &document.draft {
        Some(draft) => format!("[{draft}] {subject}"),
        None => subject,
    };
    let subject: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    push("Subject", HeaderType::Text(Text::new(subject)));
    if let Some(date) = document.date {
        // Noon in Greenwich is the same day from Alaska to New Zealand's west.
        let noon = date.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
        if let Ok(noon) = noon {
            push("Date", HeaderType::Date(Date::new(noon.timestamp().as_second())));
        }
    }
    push(
        "Message-ID",
        HeaderType::MessageId(MessageId::new(format!("{id}@undersigned.invalid"))),
    );
    push("MIME-Version", HeaderType::Raw(Raw::new("1.0")));
    // Mail programs that know it open the file as a draft.
    push("X-Unsent", HeaderType::Raw(Raw::new("1")));
    push("Content-Language", HeaderType::Raw(Raw::new(document.language.clone())));
    out
}

fn addresses<'a>(mailboxes: &[Mailbox]) -> Address<'a> {
    let one = |mailbox: &Mailbox| {
        let name = (!mailbox.name.is_empty()).then(|| mailbox.name.clone());
        Address::new_address(name, mailbox.address.clone())
    };
    match mailboxes {
        [mailbox] => one(mailbox),
        mailboxes => Address::new_list(mailboxes.iter().map(one).collect()),
    }
}

#[cfg(test)]
mod tests;
