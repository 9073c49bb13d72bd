//! The cover of a bundle: what is in it.
//!
//! In: a release, the looks of the letter, and the files of a bundle. Out: a tagged PDF.
//! Guaranteed: every file that is handed out is named once, with what it is; nothing is said that the
//! release does not say. Absent: the files themselves.

use super::looks::Looks;
use super::request::{Delivered, Destination};
use super::words::CoverWords;
use crate::compose::document::{Alignment, Block, Document, Inline, Line, Part, Table};
use crate::compose::{plain_document, wording};
use crate::emit::EmitOptions;
use crate::emit::pdf;
use crate::engine::error::{EngineError, Result};
use crate::layout::{self, Fonts};
use crate::release::manifest::Manifest;

/// Returns the cover as PDF.
///
/// # Errors
/// When it cannot be written.
pub(super) fn cover(
    manifest: &Manifest,
    to: Destination,
    looks: &Looks,
    files: &[Delivered],
    fonts: &Fonts,
) -> Result<Vec<u8>> {
    let document = document(manifest, to, looks, files);
    let (pages, _) = layout::paginate(&document, fonts);
    pdf::pdf(&pages, &EmitOptions::default().pdf).map_err(|error| EngineError::emit("the cover", error))
}

/// Returns the cover as a document.
fn document(manifest: &Manifest, to: Destination, looks: &Looks, files: &[Delivered]) -> Document {
    let words = CoverWords::of(&manifest.language);
    let language = &manifest.language;
    let mut blocks = Vec::new();
    let counts = &manifest.counts;
    if counts.signatories > 1 {
        let number = |number: usize| wording::figures(language, number);
        let signed = match counts.organizations.min(counts.individuals) {
            0 | 1 => &words.signed,
            _ => &words.signed_both,
        };
        let signed = signed
            .replace("{signatories}", &number(counts.signatories))
            .replace("{organizations}", &number(counts.organizations))
            .replace("{individuals}", &number(counts.individuals));
        blocks.push(Block::Paragraph(text(&signed)));
    }
    blocks.push(Block::Table(contents(words, files)));
    let release = words
        .release
        .replace("{release}", &manifest.release.to_string())
        .replace("{code}", &manifest.code);
    blocks.push(Block::Paragraph(text(&release)));
    let mut document = plain_document(text(&manifest.title), language, manifest.date, blocks);
    for part in &mut document.parts {
        if let Part::Headline { subtitle, .. } = part {
            *subtitle = words.subtitle(to).map(text);
        }
    }
    document.author.clone_from(&manifest.author);
    document.page = looks.page.clone();
    document.style = looks.style.clone();
    let date = manifest.date.map(|date| wording::date(language, date, true));
    let head = looks.letterhead.clone().into_iter();
    let head: Vec<Part> = head.chain(date.map(|date| Part::Dateline(text(&date)))).collect();
    document.parts.splice(0..0, head);
    document
}

fn text(text: &str) -> Line {
    vec![Inline::Text(text.into())]
}

/// Returns the table of what is in the bundle.
fn contents(words: &CoverWords, files: &[Delivered]) -> Table {
    let has_pages = files.iter().any(|file| file.pages > 0);
    let mut head = vec![&words.file, &words.what];
    let mut alignments = vec![Alignment::Start, Alignment::Start];
    if has_pages {
        head.push(&words.pages);
        alignments.push(Alignment::End);
    }
    head.push(&words.size);
    alignments.push(Alignment::End);
    let rows = files.iter().map(|file| {
        let mut row = vec![text(&file.name), text(&file.what)];
        if has_pages {
            let pages = if file.pages > 0 {
                file.pages.to_string()
            } else {
                "–".to_owned()
            };
            row.push(text(&pages));
        }
        row.push(text(&size(file.bytes.len())));
        row
    });
    Table {
        alignments,
        rows: rows.collect(),
        head: head.into_iter().map(|word| text(word)).collect(),
    }
}

/// Returns a size for people: never less than it is, for bounds are about the largest.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        bytes => {
            let tenths = bytes.div_ceil(100_000);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        let check = |bytes, expected: &str| assert_eq!(size(bytes), expected);
        check(0, "0 KB");
        check(1, "1 KB");
        check(84_001, "85 KB");
        check(999_999, "1000 KB");
        check(1_000_000, "1.0 MB");
        check(10_000_001, "10.1 MB");
    }
}
