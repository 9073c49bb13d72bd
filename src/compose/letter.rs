//! A sign-on letter, or a document of another kind, becomes a [`Document`].
//!
//! In: the letter as its author wrote it, and who signed. Out: a [`Document`]
//! with the parts of its kind in their order (of a letter here, of the others in
//! `press` and `kinds`), and what is wrong with it.
//! Guaranteed: an error among the diagnostics means that the document may not
//! be written; every count in the text is that of the printed roll. Absent:
//! reading files, looks.

use super::card::web_page;
use super::composer::{Composer, To, by_address, said};
use super::document::{Document, Labels, Part, Signature, Translation};
use super::fields::{CALL_LINK, Fields};
use super::language::Language;
use super::place_shares::PlaceShares;
use super::roll_entry::signs_in_office;
use super::{footnotes, kinds, press};
use crate::diag::Diagnostic;
use crate::model::letter::{DocumentKind, Letter};
use crate::model::signatory::{Kind, Level, Record};
use crate::model::text::{Field, Inline, Line, plain};
use crate::resolve::Resolution;
use crate::source::Origin;
use jiff::civil::Date;

/// What the command line may say about a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComposeOptions {
    /// The date, in place of the letter's own.
    pub date: Option<Date>,
    /// True if the letter is marked as a draft, which is never released.
    pub draft: bool,
}

/// Marks a composed letter as a draft.
pub fn mark_as_draft(document: &mut Document, letter: &Letter) {
    document.draft = Some(Language::of(letter).words().draft.clone());
}

/// Composes a letter.
///
/// An error among the diagnostics means that nothing may be written.
pub fn compose(
    letter: &Letter,
    records: &[Record],
    resolution: &Resolution,
    options: &ComposeOptions,
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
    options: &ComposeOptions,
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
struct ComposedLetter {
    document: Document,
    recipient: String,
    file_name: String,
    diagnostics: Vec<Diagnostic>,
}

fn assemble(letter: &Letter, resolution: &Resolution, options: &ComposeOptions, to: Option<&To<'_>>) -> ComposedLetter {
    let (language, complaint) = Language::read(&letter.language, &letter.labels);
    let words = language.words();
    let date = options.date.or(letter.date);

    let (fields, title, subject) = known_fields(letter, resolution, date, &language, to);
    let about = plain(subject.as_ref().unwrap_or(&title));

    let mut composer = Composer {
        letter,
        resolution,
        language: &language,
        words,
        date,
        title: title.clone(),
        subject,
        to,
        fields,
        diagnostics: Vec::new(),
    };
    let (head, author) = composer.letterhead().unzip();
    let author = author
        .filter(|author| !author.is_empty())
        .unwrap_or_else(|| leads(resolution, &language));
    let mut running = None;
    let mut parts: Vec<Part> = head.into_iter().collect();
    parts.extend(match letter.kind {
        DocumentKind::Letter => parts_of_letter(&mut composer),
        DocumentKind::PressRelease => {
            let (parts, pages) = press::parts(&mut composer);
            running = Some(pages);
            parts
        }
        DocumentKind::Petition => kinds::petition(&mut composer),
        DocumentKind::Plan => kinds::plan(&mut composer, &author),
        DocumentKind::Page => kinds::page(&mut composer),
    });
    let Composer {
        mut fields,
        diagnostics: mut found,
        ..
    } = composer;
    parts.extend(
        letter
            .appendices
            .iter()
            .map(|blocks| Part::Appendix(fields.blocks(blocks))),
    );
    let foot = letter
        .letterhead
        .as_ref()
        .map(|letterhead| fields.lines(&letterhead.footer));
    parts.extend(count_tables(letter, resolution, &language));
    parts.extend(foot.filter(|lines| !lines.is_empty()).map(Part::SenderFoot));
    let notes: Vec<_> = letter
        .footnotes
        .iter()
        .map(|footnote| fields.blocks(footnote))
        .collect();
    let footnotes = footnotes::renumber(&mut parts, &notes);

    let title = plain(&title);
    let web = web_page(letter, to.is_some(), &title, &author, resolution);
    let document = Document {
        kind: letter.kind,
        title,
        author,
        subject: about,
        language: language.to_string(),
        date,
        page: letter.page.clone(),
        style: letter.style.clone(),
        envelope: letter.envelope.clone(),
        labels: Labels::of(words),
        draft: options.draft.then(|| words.draft.clone()),
        running,
        translations: Vec::new(),
        web,
        parts,
        footnotes,
        fields: std::mem::take(&mut fields.filled),
    };
    debug_assert_eq!(document.unfilled(), None, "a document holds no fields and no excerpts");
    let mut names = [String::new(), String::new()];
    if let Some(to) = to {
        names = [NAME, to.file_name].map(|pattern| fields.text(pattern, to.origin));
    }
    let [recipient, file_name] = names;
    let mut diagnostics: Vec<Diagnostic> = complaint.into_iter().collect();
    diagnostics.append(&mut fields.diagnostics);
    diagnostics.append(&mut found);
    ComposedLetter {
        document,
        recipient,
        file_name,
        diagnostics,
    }
}

/// Returns the tables of signatories by state and district, where the letter asks for them.
fn count_tables(letter: &Letter, resolution: &Resolution, language: &Language) -> Vec<Part> {
    let roll = &letter.roll;
    if !roll.state_table && !roll.district_table {
        return Vec::new();
    }
    let shares = PlaceShares::new(resolution, roll, language);
    let origin = Origin::File(letter.file);
    let by_state = roll.state_table.then(|| shares.state_table(language, origin));
    let by_district = roll.district_table.then(|| shares.district_table(language, origin));
    let tables = [by_state, by_district].into_iter().flatten();
    tables.filter(|blocks| !blocks.is_empty()).map(Part::Appendix).collect()
}

/// Returns the fields that a letter may use, with its title and its subject, in which they
/// are filled in.
fn known_fields(
    letter: &Letter,
    resolution: &Resolution,
    date: Option<Date>,
    language: &Language,
    to: Option<&To<'_>>,
) -> (Fields, Line, Option<Line>) {
    let mut fields = Fields::new(language);
    if let Some(to) = to {
        fields.set_person(to.person.clone());
    }
    count(resolution, &mut fields);
    for (name, day) in [("letter.date", date), ("letter.deadline", letter.deadline)] {
        if let Some(day) = day {
            fields.set(name, language.date(day));
        }
    }
    if let Some(call) = &letter.kind_keys.call {
        fields.set(CALL_LINK, call.link.value.clone());
    }
    // A title cannot hold itself, so the fields become known one after another.
    let title = fields.line(&letter.title);
    fields.set("letter.title", plain(&title));
    let subject = said(letter.subject.as_ref()).map(|subject| fields.line(subject));
    if let Some(subject) = &subject {
        fields.set("letter.subject", plain(subject));
    }
    (fields, title, subject)
}

/// The parts of a letter below its letterhead.
fn parts_of_letter(composer: &mut Composer<'_>) -> Vec<Part> {
    let letter = composer.letter;
    let mut parts = Vec::new();
    let date = composer.date.map(|date| composer.language.date(date));
    parts.extend(date.map(|date| Part::Dateline(vec![Inline::Text(date.into())])));
    parts.extend(composer.line(letter.via.as_ref()).map(Part::Via));
    let blocks = match composer.to {
        Some(to) => vec![composer.fields.lines(&to.addressee)],
        None => by_address(&letter.to)
            .iter()
            .map(|lines| composer.fields.lines(lines))
            .collect(),
    };
    let blocks: Vec<Vec<Line>> = blocks.into_iter().filter(|lines| !lines.is_empty()).collect();
    if !blocks.is_empty() {
        parts.push(Part::Addressees(blocks));
    }
    parts.extend(composer.subject.take().map(|content| Part::Subject {
        label: composer.words.subject.clone(),
        content,
    }));
    // A letter to each of a list greets each, unless its author says otherwise.
    let own = composer
        .to
        .filter(|_| letter.salutation.is_none())
        .map(|to| greeting(to.origin));
    parts.extend(
        composer
            .line(letter.salutation.as_ref().or(own.as_ref()))
            .map(Part::Salutation),
    );
    parts.push(composer.body());
    parts.extend(composer.line(letter.closing.as_ref()).map(Part::Closing));
    let signatures = signatures(composer);
    if !signatures.is_empty() {
        parts.push(Part::Signatures(signatures));
    }
    parts.extend(composer.rolls());
    let enclosures = match letter.enclosures.len() {
        1 => &composer.words.enclosure,
        _ => &composer.words.enclosures,
    };
    for (label, lines) in [(&composer.words.cc, &letter.cc), (enclosures, &letter.enclosures)] {
        if !lines.is_empty() {
            parts.push(Part::Notes {
                label: label.clone(),
                lines: composer.fields.lines(lines),
            });
        }
    }
    parts
}

/// Those who sign by hand.
fn signatures(composer: &mut Composer<'_>) -> Vec<Signature> {
    let signatures = composer.letter.signatures.iter();
    signatures
        .map(|signature| Signature {
            image: signature.image.clone(),
            lines: [&signature.name, &signature.title, &signature.organization]
                .into_iter()
                .filter_map(|line| composer.line(line.as_ref()))
                .collect(),
        })
        .filter(|signature| signature.image.is_some() || !signature.lines.is_empty())
        .collect()
}

/// A link to the same document in another language, whose HTML file is at `path`.
pub fn translation(language: &str, path: String) -> Translation {
    let language = Language::lenient(language);
    Translation {
        label: language.words().twin.clone(),
        language: language.to_string(),
        path,
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
    let officials = resolution
        .signatories
        .iter()
        .filter(|signatory| signatory.kind == Kind::Individual && signs_in_office(signatory))
        .count();
    fields.set("signatories.count", total);
    fields.set("signatories.organizations", total - individuals);
    fields.set("signatories.individuals", individuals);
    fields.set("signatories.officials", officials);
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
