//! A sign-on letter, or a document of another kind, becomes a [`Document`].
//!
//! In: the letter as its author wrote it, and who signed. Out: a [`Document`]
//! with the parts of its kind in their order (of a letter here, of the others in
//! `press` and `kinds`), and what is wrong with it.
//! Guaranteed: an error among the diagnostics means that the document may not
//! be written; every count in the text is that of the printed roll. Absent:
//! reading files, looks.

use super::desk::{Desk, said};
use super::document::{Document, Labels, Part, Twin};
use super::fields::Fields;
use super::language::Language;
use super::{footnotes, kinds, labels, press};
use crate::diag::Diagnostic;
use crate::model::letter::{Addressee, DocumentKind, Letter};
use crate::model::signatory::{Kind, Level, Record};
use crate::model::text::{Inline, Line, plain};
use crate::resolve::Resolution;
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
    let (language, complaint) = Language::read(&letter.language);
    let words = labels::words(language.subtag());
    let date = options.date.or(letter.date);

    let mut fields = Fields::new(&language);
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
    let about = plain(subject.as_ref().unwrap_or(&title));

    let mut desk = Desk {
        letter,
        resolution,
        language: &language,
        words,
        date,
        title: title.clone(),
        subject,
        fields,
        diagnostics: Vec::new(),
    };
    let (head, mut author) = desk.letterhead().unzip();
    let mut author = author.take().unwrap_or_default();
    if author.is_empty() {
        author = leads(resolution, &language);
    }
    let mut running = None;
    let mut parts: Vec<Part> = head.into_iter().collect();
    parts.extend(match letter.kind {
        DocumentKind::Letter => parts_of_letter(&mut desk),
        DocumentKind::PressRelease => {
            let (parts, pages) = press::parts(&mut desk);
            running = Some(pages);
            parts
        }
        DocumentKind::Petition => kinds::petition(&mut desk),
        DocumentKind::Plan => kinds::plan(&mut desk, &author),
        DocumentKind::Page => kinds::page(&mut desk),
    });
    let Desk {
        mut fields,
        diagnostics: mut found,
        ..
    } = desk;
    let notes: Vec<_> = letter
        .footnotes
        .iter()
        .map(|footnote| fields.blocks(footnote))
        .collect();
    let footnotes = footnotes::renumber(&mut parts, &notes);

    let document = Document {
        kind: letter.kind,
        title: plain(&title),
        author,
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
        running,
        twins: Vec::new(),
        parts,
        footnotes,
    };
    let mut diagnostics: Vec<Diagnostic> = complaint.into_iter().collect();
    diagnostics.append(&mut fields.diagnostics);
    diagnostics.append(&mut found);
    (document, diagnostics)
}

/// The parts of a letter below its letterhead.
fn parts_of_letter(desk: &mut Desk<'_>) -> Vec<Part> {
    let letter = desk.letter;
    let mut parts = Vec::new();
    let date = desk.date.map(|date| desk.language.date(date));
    parts.extend(date.map(|date| Part::Dateline(vec![Inline::Text(date)])));
    parts.extend(desk.line(letter.via.as_ref()).map(Part::Via));
    for addressee in &letter.to {
        let lines = desk.fields.lines(&address(addressee));
        if !lines.is_empty() {
            parts.push(Part::Addressee(lines));
        }
    }
    parts.extend(desk.subject.take().map(|content| Part::Subject {
        label: desk.words.subject.clone(),
        content,
    }));
    parts.extend(desk.line(letter.salutation.as_ref()).map(Part::Salutation));
    parts.push(desk.body());
    parts.extend(desk.line(letter.closing.as_ref()).map(Part::Closing));
    parts.push(desk.roll());
    let enclosures = match letter.enclosures.len() {
        1 => &desk.words.enclosure,
        _ => &desk.words.enclosures,
    };
    for (label, lines) in [(&desk.words.cc, &letter.cc), (enclosures, &letter.enclosures)] {
        if !lines.is_empty() {
            parts.push(Part::Notes {
                label: label.clone(),
                lines: desk.fields.lines(lines),
            });
        }
    }
    parts
}

/// A link to the same document in another language, whose HTML file is at `path`.
pub fn twin(language: &str, path: String) -> Twin {
    let language = Language::lenient(language);
    Twin {
        label: labels::words(language.subtag()).twin.clone(),
        language: language.to_string(),
        path,
    }
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

/// The lines of an address block.
pub(super) fn address(addressee: &Addressee) -> Vec<Line> {
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
