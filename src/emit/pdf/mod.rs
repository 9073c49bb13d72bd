//! Writes pages as a PDF that prints, can be read aloud and can be archived.
//!
//! In: [`Pages`]. Out: the bytes of one file. Guaranteed: by default the file
//! conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), as far as a
//! program can see to it (docs/PDF-UA.md goes through the clauses); the same
//! pages give the same bytes, with any number of threads, in any order within a
//! process; nothing of the machine, the clock or the environment is in them.
//! Absent: layout, and whatever a reader need not get: private values never
//! reach [`Pages`].
//!
//! The work runs in this order: `fonts` finds the glyphs of all pages and cuts
//! each font down to them; `upstream` lets printpdf lay out the document and
//! mends it; `pictures` adds what pictures need; `content` paints the pages; `tags`, `navigation` and `metadata`
//! hang the meaning on; `file` makes it a file.

mod clusters;
mod combined;
mod content;
mod draft;
mod extent;
mod file;
mod font_matrix;
mod font_usage;
mod fonts;
mod icc;
mod letter_outline;
mod merge_fonts;
mod metadata;
mod navigation;
mod pictures;
mod syntax;
mod tags;
mod upstream;

#[cfg(test)]
mod tests;

use crate::layout::frame::{Kid, Pages, Role, Structure};
use file::Deflater;

pub use combined::{CombineError, CombinedPdf, PreparedLetter, SharedImages};
pub use fonts::GlyphUsage;
pub use merge_fonts::MergeFonts;

/// The settings of a PDF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfOptions {
    /// The standard that the file claims to meet.
    pub standard: PdfStandard,
}

/// A standard that a file may claim to meet. The content is the same in all of them; the claims in
/// the metadata differ, and so does what is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PdfStandard {
    /// PDF/UA-1 and PDF/A-2a.
    #[default]
    UaA2a,
    /// PDF/UA-1: accessible.
    Ua1,
    /// PDF/A-2a: archivable and tagged.
    A2a,
    /// PDF/UA-1 and PDF/A-3a: as the default, and may carry a file.
    A3a(Option<Attachment>),
    /// No claim. Still tagged, and nothing is refused for the want of a title or
    /// a language.
    Plain,
}

impl PdfStandard {
    /// Returns whether the file claims PDF/UA-1.
    pub fn is_ua(&self) -> bool {
        matches!(self, Self::UaA2a | Self::Ua1 | Self::A3a(_))
    }

    /// Returns the part of PDF/A that the file claims.
    pub fn archive_part(&self) -> Option<u8> {
        match self {
            Self::UaA2a | Self::A2a => Some(2),
            Self::A3a(_) => Some(3),
            Self::Ua1 | Self::Plain => None,
        }
    }
}

/// A file that a PDF/A-3 carries: the public list as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without a folder: `signatories.csv`.
    pub name: String,
    /// Its media type: `text/csv`.
    pub media_type: String,
    /// A description, for people.
    pub description: String,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// The reason why no PDF was made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PdfError {
    /// There is nothing to write.
    #[error("the document has no pages")]
    NoPages,
    /// A standard wants a title, and there is none.
    #[error("the document has no title")]
    NoTitle,
    /// A standard wants a language, and what was given is none.
    #[error("`{0}` is not a language tag")]
    Language(String),
    /// A page is smaller than 3 or larger than 14,400 points (ISO 32000-1,
    /// annex C.2).
    #[error("page {0} is too small or too large")]
    PageSize(usize),
    /// A font file cannot be read or cut down.
    #[error("the font `{font}` cannot be embedded: {reason}")]
    Font {
        /// Its name.
        font: String,
        /// The reason.
        reason: String,
    },
    /// The font lacks a letter, and layout put no substitute in its place.
    #[error("the font `{font}` has no glyph for `{text}`")]
    MissingGlyph {
        /// Its name.
        font: String,
        /// The text around it.
        text: String,
    },
    /// The structure tree is none: a kid that does not exist or has two parents.
    #[error("the structure tree is broken at node {0}")]
    Tree(usize),
    /// Something on a page has no place in the structure tree.
    #[error("something on page {0} is neither tagged nor an artifact")]
    Untagged(usize),
    /// A picture says nothing to those who do not see it.
    #[error("a figure has no alternative text")]
    NoAlternative,
    /// A picture cannot be decoded or painted.
    #[error("the picture `{name}` cannot be embedded: {reason}")]
    Picture {
        /// Its path, as it was written.
        name: String,
        /// The reason.
        reason: String,
    },
    /// printpdf did not lay out the document as expected.
    #[error("printpdf: {0}")]
    Upstream(String),
}

/// Writes pages as a PDF.
pub fn pdf(pages: &Pages, options: &PdfOptions) -> Result<Vec<u8>, PdfError> {
    let standard = &options.standard;
    check(pages, standard)?;
    let fonts = fonts::embed(pages)?;
    let mut draft = upstream::assemble(pages, &fonts)?;
    let pictures = pictures::embed(pages, &mut draft)?;
    let deflater = Deflater::default();
    let painted = content::paint(pages, &fonts, &pictures, None, &deflater);
    let annotations = navigation::annotations(pages, &mut draft, 0);
    let blocks = tags::structure(pages, &painted, &annotations, &mut draft)?;
    navigation::outline(pages, &mut draft);
    for (page, painted) in painted.into_iter().enumerate() {
        draft.set_page_content(page, painted.streams);
    }
    metadata::describe(&pages.metadata, standard, &mut draft);
    Ok(file::write(draft.document, &blocks, &deflater))
}

/// Refuses what the standard forbids and no later step can mend.
fn check(pages: &Pages, standard: &PdfStandard) -> Result<(), PdfError> {
    if pages.pages.is_empty() {
        return Err(PdfError::NoPages);
    }
    let fits = |length: f64| (3.0..=14_400.0).contains(&length);
    if let Some(page) = pages
        .pages
        .iter()
        .position(|page| !fits(page.width.0) || !fits(page.height.0))
    {
        return Err(PdfError::PageSize(page + 1));
    }
    check_tree(&pages.structure)?;
    if *standard == PdfStandard::Plain {
        return Ok(());
    }
    if pages.metadata.title.trim().is_empty() {
        return Err(PdfError::NoTitle);
    }
    let language = &pages.metadata.language;
    if icu_locale_core::Locale::try_from_str(language).is_err() || language.starts_with("und") {
        return Err(PdfError::Language(language.clone()));
    }
    let speechless = |alt: &Option<Box<str>>| alt.as_deref().is_none_or(|alt| alt.trim().is_empty());
    if pages
        .structure
        .nodes
        .iter()
        .any(|node| node.role == Role::Figure && speechless(&node.alt))
    {
        return Err(PdfError::NoAlternative);
    }
    Ok(())
}

/// Makes sure that the tree can be walked.
fn check_tree(structure: &Structure) -> Result<(), PdfError> {
    let mut nodes = vec![false; structure.nodes.len()];
    let mut contents = vec![false; structure.contents as usize];
    if nodes.is_empty() {
        return Err(PdfError::Tree(0));
    }
    nodes[0] = true;
    for (at, node) in structure.nodes.iter().enumerate() {
        for kid in &node.kids {
            let slot = match kid {
                Kid::Node(id) => nodes.get_mut(id.0 as usize),
                Kid::Content(id) => contents.get_mut(id.0 as usize),
            };
            match slot {
                Some(known @ false) => *known = true,
                _ => return Err(PdfError::Tree(at)),
            }
        }
    }
    // Nodes that no walk from a node without a parent meets stand in a circle.
    let mut met: Vec<bool> = nodes.iter().map(|has_parent| !has_parent).collect();
    met[0] = true;
    let mut ahead: Vec<usize> = (0..met.len()).filter(|&node| met[node]).collect();
    while let Some(node) = ahead.pop() {
        for kid in &structure.nodes[node].kids {
            if let Kid::Node(id) = kid {
                met[id.0 as usize] = true;
                ahead.push(id.0 as usize);
            }
        }
    }
    met.iter()
        .position(|met| !met)
        .map_or(Ok(()), |node| Err(PdfError::Tree(node)))
}
