//! A document becomes pages.
//!
//! In: a [`Document`] and the [`Fonts`]. Out: [`Pages`]: glyphs, rules and links
//! in their places, with the structure tree and bookmarks. Guaranteed: the same
//! document gives the same pages, with any number of threads; every text of the
//! document is painted, or its letters are replaced by visible substitutes and a
//! diagnostic names them. Absent: PDF, and any knowledge of files.
//!
//! The way: `flow` (parts → blocks and tags) → `slab` (blocks → lines, by
//! `paragraph`, `columns`, `table` and `panel`) → `page` (lines → pages) → `furniture`.

mod atom;
mod columns;
mod flow;
pub mod font;
pub mod frame;
mod furniture;
mod image;
mod line_break;
mod memory;
mod opportunity;
pub mod outline;
mod page;
mod panel;
mod paragraph;
mod shape;
mod sheet;
mod slab;
mod system;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod tidy;

use crate::compose::document::Document;
use crate::diag::{Code, Diagnostic};
use flow::{Block, Flow, Places, flow};
use font::FaceId;
use frame::{FontFile, FontId, Item, Metadata, Page, Pages};
use page::stack;
use rayon::prelude::*;
use shape::Shaper;
use sheet::Sheet;
use slab::{Piece, SetBlock, set_block};
use tidy::tidy;

pub use font::Fonts;
pub use memory::Memory;

/// Sets a document on pages.
///
/// A document with contents is set twice: the second time with the numbers of the
/// pages on which the first found its headings.
pub fn paginate(document: &Document, fonts: &Fonts) -> (Pages, Vec<Diagnostic>) {
    paginate_with(document, fonts, set_block)
}

/// Sets one of many documents that are nearly alike; `memory` keeps what they share.
/// The pages are those that [`paginate`] makes.
pub fn paginate_alike(document: &Document, fonts: &Fonts, memory: &Memory) -> (Pages, Vec<Diagnostic>) {
    paginate_with(document, fonts, |block, shaper| memory.set(block, shaper))
}

fn paginate_with(
    document: &Document,
    fonts: &Fonts,
    set_block: impl Fn(&Block, Shaper<'_>) -> SetBlock + Sync,
) -> (Pages, Vec<Diagnostic>) {
    let (set, found) = set_pages(document, fonts, &set_block, &Places::new());
    if found.is_empty() {
        return set;
    }
    set_pages(document, fonts, &set_block, &found).0
}

/// Sets a document on pages, given the pages that its contents name; returns those
/// on which their headings came to stand.
fn set_pages(
    document: &Document,
    fonts: &Fonts,
    set_block: &(impl Fn(&Block, Shaper<'_>) -> SetBlock + Sync),
    places: &Places,
) -> ((Pages, Vec<Diagnostic>), Places) {
    let shelves = fonts.words.shelves(&document.language);
    let shaper = Shaper {
        fonts,
        language: &document.language,
        shelves: &shelves,
    };
    let sheet = Sheet::new(&document.page, &document.style, shaper.is_rtl());
    let Flow {
        blocks,
        notes,
        gallery,
        mut structure,
        mut diagnostics,
    } = flow(document, &sheet, shaper, places);
    let set_blocks: Vec<SetBlock> = blocks.par_iter().map(|block| set_block(block, shaper)).collect();
    let mut missing = Vec::new();
    let mut pieces = Vec::new();
    let (mut keep, mut closed) = (false, false);
    for block in set_blocks {
        missing.extend(block.missing);
        for mut piece in block.pieces {
            if closed {
                piece.no_space_before();
            }
            closed = false;
            let glued = keep || matches!(&piece, Piece::Slab(slab) if slab.glued);
            pieces.push((glued, piece));
            keep = false;
        }
        (keep, closed) = (block.keep_next, block.closes);
    }
    let mut foot = Vec::new();
    for note in &notes {
        let mut slabs = Vec::new();
        let mut closed = false;
        for block in note {
            let block = set_block(block, shaper);
            missing.extend(block.missing);
            for mut piece in block.pieces {
                if closed {
                    piece.no_space_before();
                }
                closed = false;
                if let Piece::Slab(slab) = piece {
                    slabs.push(slab);
                }
            }
            closed = block.closes;
        }
        foot.push(slabs);
    }
    let (mut pages, outline, found) = stack(pieces, foot, &sheet);
    furniture::furnish(&mut pages, document, &sheet, shaper);
    tidy(&mut structure, &mut pages);
    diagnostics.extend(missing.iter().map(|(letters, text)| missing_glyphs(letters, text)));
    let fonts = number_fonts(&mut pages, fonts);
    let metadata = Metadata {
        title: document.title.clone(),
        author: document.author.clone(),
        subject: document.subject.clone(),
        language: document.language.clone(),
        date: document.date,
    };
    let pages = Pages {
        metadata,
        pages,
        fonts,
        images: gallery.pictures,
        structure,
        outline,
    };
    ((pages, diagnostics), found)
}

/// Numbers the faces by their first use on the pages, whatever the order in which
/// threads met them.
fn number_fonts(pages: &mut [Page], fonts: &Fonts) -> Vec<FontFile> {
    let mut files = Vec::new();
    let mut numbers: Vec<Option<u16>> = Vec::new();
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Item::Text(run) = item {
            let face = usize::from(run.font.0);
            if numbers.len() <= face {
                numbers.resize(face + 1, None);
            }
            let number = *numbers[face].get_or_insert_with(|| {
                files.push(fonts.with_face(FaceId(run.font.0), font::Face::file));
                u16::try_from(files.len() - 1).unwrap_or(u16::MAX)
            });
            run.font = FontId(number);
        }
    }
    files
}

/// How much of a text a diagnostic quotes, in characters.
const QUOTED: usize = 60;

fn missing_glyphs(letters: &str, text: &str) -> Diagnostic {
    let mut quoted: String = text.chars().take(QUOTED).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    let codes: Vec<String> = letters.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let message = format!(
        "no font at hand has `{letters}` ({}) of `{quoted}`; a substitute is printed",
        codes.join(", ")
    );
    Diagnostic::warning(Code::MissingGlyph, message).hint("install a font that has these letters, and render again")
}
