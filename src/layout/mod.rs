//! Sets a document on pages.
//!
//! In: a [`Document`] and the [`Fonts`]. Out: [`Pages`]: glyphs, rules and links in their
//! places, with the structure tree and bookmarks. Guaranteed: the same document gives the
//! same pages, with any number of threads; every text of the document is painted, or its
//! letters are replaced by visible substitutes and a diagnostic names them. Absent: PDF,
//! and any knowledge of files.
//!
//! The way: `flow` (parts → blocks and tags) → `blocks` (blocks → lines, by `paragraph`)
//! → `page` (lines → pages, then running heads).

mod blocks;
mod card;
mod flow;
pub mod frame;
mod layout_cache;
mod number_fonts;
pub mod outline;
mod page;
mod page_metrics;
mod paragraph;
mod prune_structure;
#[cfg(test)]
mod tests;
mod text;

use crate::compose::document::{Document, Part};
use crate::diag::{Code, Diagnostic};
use blocks::line_block::{LineBlock, SetBlock, StackItem, Stacked, join_blocks};
use blocks::set_block;
use flow::block::{ContentsPages, FlowBlock};
use flow::{Flow, flow};
use frame::{FontFile, FontOrigin, Metadata, Pages};
use page::stack;
use page_metrics::PageMetrics;
use prune_structure::prune_structure;
use rayon::prelude::*;
use text::shape::Shaper;

use number_fonts::number_fonts;

pub use card::card;
pub use layout_cache::LayoutCache;
pub use text::fonts::Fonts;

/// Sets a document on pages.
///
/// A document with contents is set twice: the second time with the numbers of the
/// pages on which the first found its headings.
pub fn paginate(document: &Document, fonts: &Fonts) -> (Pages, Vec<Diagnostic>) {
    paginate_with(document, fonts, set_block)
}

/// Sets one of many documents that are nearly alike; `cache` keeps what they share.
/// The pages are those that [`paginate`] makes.
pub fn paginate_alike(document: &Document, fonts: &Fonts, cache: &LayoutCache) -> (Pages, Vec<Diagnostic>) {
    paginate_with(document, fonts, |block, shaper| cache.set(block, shaper))
}

/// Sets a document by a way to set its blocks; twice, if its contents name pages.
fn paginate_with(
    document: &Document,
    fonts: &Fonts,
    set_block: impl Fn(&FlowBlock, Shaper<'_>) -> SetBlock + Sync,
) -> (Pages, Vec<Diagnostic>) {
    let (set, found) = set_pages(document, fonts, &set_block, &ContentsPages::new());
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
    set_block: &(impl Fn(&FlowBlock, Shaper<'_>) -> SetBlock + Sync),
    places: &ContentsPages,
) -> ((Pages, Vec<Diagnostic>), ContentsPages) {
    let words = fonts.words.of_language(&document.language);
    let shaper = Shaper {
        fonts,
        language: &document.language,
        words: &words,
    };
    let mut metrics = PageMetrics::new(&document.page, &document.style, shaper.is_rtl());
    let has_board = |part: &Part| matches!(part, Part::Letterhead { board, .. } if !board.is_empty());
    if document.parts.iter().any(has_board) {
        metrics = metrics.with_aside();
    }
    let Flow {
        blocks,
        notes,
        pictures,
        beside,
        mut structure,
        mut diagnostics,
    } = flow(document, &metrics, shaper, places);
    let set_blocks: Vec<SetBlock> = blocks.par_iter().map(|block| set_block(block, shaper)).collect();
    let mut missing = Vec::new();
    let items = join_blocks(set_blocks, &mut missing);
    let foot = notes
        .iter()
        .map(|note| {
            let set_blocks = note.iter().map(|block| set_block(block, shaper));
            line_blocks(join_blocks(set_blocks, &mut missing))
        })
        .collect();
    let (mut pages, outline, found) = stack(items, foot, &metrics);
    page::sender::surround(&mut pages, &beside, &metrics, shaper);
    page::running_head::furnish(&mut pages, document, &metrics, shaper);
    prune_structure(&mut structure, &mut pages);
    diagnostics.extend(missing.iter().map(|(letters, text)| missing_glyphs(letters, text)));
    let fonts = number_fonts(&mut pages, fonts);
    diagnostics.extend(
        fonts
            .iter()
            .filter(|font| font.origin == FontOrigin::System)
            .map(system_font),
    );
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
        images: pictures.pictures,
        structure,
        outline,
    };
    ((pages, diagnostics), found)
}

/// Returns the line blocks among items; footnotes hold nothing else.
fn line_blocks(items: Vec<Stacked>) -> Vec<LineBlock> {
    let items = items.into_iter();
    items
        .filter_map(|stacked| match stacked.item {
            StackItem::Lines(line_block) => Some(line_block),
            StackItem::Columns(_) | StackItem::NewPage => None,
        })
        .collect()
}

/// Returns the note that a font of this computer is used.
fn system_font(font: &FontFile) -> Diagnostic {
    let message = format!(
        "`{}`, a font of this computer, prints characters that the embedded fonts lack; on another computer, they may \
         look different",
        font.name
    );
    Diagnostic::note(Code::SystemFont, message).hint(
        "for the same pages everywhere, put a font with these characters into the folder `fonts` of the workspace",
    )
}

/// Says how much of a text a diagnostic quotes, in characters.
const QUOTED: usize = 60;

/// Returns the warning for characters that no font has.
fn missing_glyphs(letters: &str, text: &str) -> Diagnostic {
    let mut quoted: String = text.chars().take(QUOTED).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    let codes: Vec<String> = letters.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let message = format!(
        "no font has `{letters}` ({}), used in `{quoted}`; a substitute is printed",
        codes.join(", ")
    );
    Diagnostic::warning(Code::MissingGlyph, message)
        .hint("put a font with these characters into the folder `fonts` of the workspace, or install one")
}
