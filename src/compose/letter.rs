//! A sign-on letter becomes a document.
//!
//! In: the letter as its author wrote it, and who signed. Out: a [`Document`]
//! with the letter's parts in the order of a letter, and what is wrong with it.
//! Guaranteed: an error among the diagnostics means that the document may not
//! be written; every count in the text is that of the printed roll. Absent:
//! reading files, looks.

use super::document::{Document, Labels, Part, Roll, Signature};
use super::fields::Fields;
use super::language::Language;
use super::mail_merge::To;
use super::{footnotes, labels, roll};
use crate::diag::Diagnostic;
use crate::model::letter::{Addressee, Letter};
use crate::model::signatory::{Kind, Level, Record};
use crate::model::text::{Field, Inline, Line, plain};
use crate::resolve::Resolution;
use crate::source::Origin;
use jiff::civil::Date;

/// What the command line may say about a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The date, in place of the letter's own.
    pub date: Option<Date>,
}

/// Composes a letter.
///
/// An error among the diagnostics means that nothing may be written.
pub fn compose(
    letter: &Letter,
    records: &[Record],
    resolution: &Resolution,
    options: &Options,
) -> (Document, Vec<Diagnostic>) {
    debug_assert!(
        resolution
            .signatories
            .iter()
            .flat_map(|signatory| &signatory.rows)
            .all(|&row| row < records.len()),
        "the resolution is of other records"
    );
    let composed = assemble(letter, resolution, options, None);
    (composed.document, composed.diagnostics)
}

/// Composes the letter to one recipient. Returns the document, the recipient's name,
/// the name of its files, not yet made safe, and what is wrong.
pub(super) fn compose_for(
    letter: &Letter,
    resolution: &Resolution,
    options: &Options,
    to: &To<'_>,
) -> (Document, String, String, Vec<Diagnostic>) {
    let composed = assemble(letter, resolution, options, Some(to));
    (
        composed.document,
        composed.recipient,
        composed.file_name,
        composed.diagnostics,
    )
}

/// A letter, and in a mail merge what it is called.
struct Composed {
    document: Document,
    recipient: String,
    file_name: String,
    diagnostics: Vec<Diagnostic>,
}

fn assemble(letter: &Letter, resolution: &Resolution, options: &Options, to: Option<&To<'_>>) -> Composed {
    let (language, complaint) = Language::read(&letter.language);
    let words = labels::words(language.subtag());
    let date = options.date.or(letter.date);

    let mut fields = Fields::new(&language);
    if let Some(to) = to {
        fields.set_person(to.person.clone());
    }
    count(resolution, &mut fields);
    for (name, day) in [("letter.date", date), ("letter.deadline", letter.deadline)] {
        if let Some(day) = day {
            fields.set(name, language.date(day));
        }
    }
    // A title cannot hold itself, so the fields become known one after another.
    let title = fields.line(&letter.title);
    fields.set("letter.title", plain(&title));
    let subject = said(letter.subject.as_ref()).map(|subject| fields.line(subject));
    if let Some(subject) = &subject {
        fields.set("letter.subject", plain(subject));
    }

    let mut parts = Vec::new();
    let mut author = String::new();
    if let Some(letterhead) = &letter.letterhead {
        let name = fields.line(&letterhead.name);
        author = plain(&name);
        parts.push(Part::Letterhead {
            name,
            lines: fields.lines(&letterhead.lines),
            logo: letterhead.logo.clone(),
        });
    }
    parts.extend(date.map(|date| Part::Dateline(vec![Inline::Text(language.date(date))])));
    parts.extend(said(letter.via.as_ref()).map(|via| Part::Via(fields.line(via))));
    let blocks = match to {
        Some(to) => vec![fields.lines(&to.addressee)],
        None => letter.to.iter().map(|one| fields.lines(&address(one))).collect(),
    };
    let blocks = blocks.into_iter().filter(|lines: &Vec<Line>| !lines.is_empty());
    parts.extend(blocks.map(Part::Addressee));
    let about = plain(subject.as_ref().unwrap_or(&title));
    parts.extend(subject.map(|content| Part::Subject {
        label: words.subject.clone(),
        content,
    }));
    // A letter to each of a list greets each, unless its author says otherwise.
    let own = to.filter(|_| letter.salutation.is_none()).map(|to| greeting(to.origin));
    let salutation = said(letter.salutation.as_ref()).or(own.as_ref());
    parts.extend(salutation.map(|line| Part::Salutation(fields.line(line))));
    parts.push(Part::Body(fields.blocks(&letter.body)));
    parts.extend(said(letter.closing.as_ref()).map(|line| Part::Closing(fields.line(line))));
    let signatures: Vec<Signature> = letter
        .signatures
        .iter()
        .map(|signature| Signature {
            image: signature.image.clone(),
            lines: [&signature.name, &signature.title, &signature.organization]
                .into_iter()
                .filter_map(|line| said(line.as_ref()))
                .map(|line| fields.line(line))
                .collect(),
        })
        .filter(|signature| signature.image.is_some() || !signature.lines.is_empty())
        .collect();
    if !signatures.is_empty() {
        parts.push(Part::Signatures(signatures));
    }
    let heading = said(letter.roll.heading.as_ref()).map(|heading| fields.line(heading));
    parts.push(Part::Roll(match to {
        Some(to) => Roll {
            heading,
            ..to.roll.clone()
        },
        None => roll::roll(resolution, &letter.roll, heading, &language),
    }));
    let enclosures = match letter.enclosures.len() {
        1 => &words.enclosure,
        _ => &words.enclosures,
    };
    for (label, lines) in [(&words.cc, &letter.cc), (enclosures, &letter.enclosures)] {
        if !lines.is_empty() {
            parts.push(Part::Notes {
                label: label.clone(),
                lines: fields.lines(lines),
            });
        }
    }
    parts.extend(
        letter
            .appendices
            .iter()
            .map(|blocks| Part::Appendix(fields.blocks(blocks))),
    );
    let notes: Vec<_> = letter
        .footnotes
        .iter()
        .map(|footnote| fields.blocks(footnote))
        .collect();
    let footnotes = footnotes::renumber(&mut parts, &notes);

    let document = Document {
        kind: letter.kind,
        title: plain(&title),
        author: if author.is_empty() {
            leads(resolution, &language)
        } else {
            author
        },
        subject: about,
        language: language.to_string(),
        date,
        page: letter.page.clone(),
        style: letter.style.clone(),
        envelope: letter.envelope.clone(),
        labels: Labels {
            page_of: words.page_of.clone(),
            footnotes: words.footnotes.clone(),
            back: words.back.clone(),
            signatories: words.signatories.clone(),
        },
        running: None,
        twins: Vec::new(),
        parts,
        footnotes,
    };
    let mut names = [String::new(), String::new()];
    if let Some(to) = to {
        names = [NAME, to.file_name].map(|pattern| fields.text(pattern, to.origin));
    }
    let [recipient, file_name] = names;
    let mut diagnostics: Vec<Diagnostic> = complaint.into_iter().collect();
    diagnostics.append(&mut fields.diagnostics);
    Composed {
        document,
        recipient,
        file_name,
        diagnostics,
    }
}

/// What names a recipient among all.
const NAME: &str = "{{ recipient.name }}";

/// The greeting of a letter to each of a list that has none of its own.
fn greeting(origin: Origin) -> Line {
    vec![Inline::Field(Field {
        expression: "recipient.salutation".to_owned(),
        origin,
    })]
}

/// Counts what the roll will print.
fn count(resolution: &Resolution, fields: &mut Fields) {
    let total = resolution.signatories.len();
    let individuals = resolution
        .signatories
        .iter()
        .filter(|signatory| signatory.kind == Kind::Individual)
        .count();
    fields.set("signatories.count", total);
    fields.set("signatories.organizations", total - individuals);
    fields.set("signatories.individuals", individuals);
}

/// A line that says something: an empty one is as good as left out.
fn said(line: Option<&Line>) -> Option<&Line> {
    line.filter(|line| !plain(line).trim().is_empty())
}

/// The lines of an address block.
fn address(addressee: &Addressee) -> Vec<Line> {
    [&addressee.name, &addressee.title, &addressee.organization]
        .into_iter()
        .flatten()
        .chain(&addressee.address)
        .cloned()
        .collect()
}

/// Who stands for a coalition without a letterhead: its lead organisations.
fn leads(resolution: &Resolution, language: &Language) -> String {
    let names: Vec<String> = resolution
        .signatories
        .iter()
        .filter(|signatory| signatory.level == Some(Level::Lead))
        .map(|signatory| signatory.name.clone())
        .collect();
    language.join(&names)
}

#[cfg(test)]
#[path = "letter_tests.rs"]
mod tests;
