//! PDFs of letters that are nearly alike: those of a mail merge.
//!
//! In: a [`GlyphUsage`] of the glyphs of all letters, then the pages of one after the
//! other. Out: a file for each, as [`pdf`](super::pdf) would write it but for the
//! fonts, which are cut down once, to what all letters use. Guaranteed: a letter's
//! bytes depend on its pages and the fonts, not on what was written before it or
//! beside it; what is kept does not grow with the number of letters. Absent: what
//! is in the letters.

use super::content::{self, Painted};
use super::draft::PdfDraft;
use super::file::{self, Deflater};
use super::fonts::{self, GlyphUsage, SubsetFonts};
use super::pictures::{self, EmbeddedPictures};
use super::{PdfError, PdfOptions, check, metadata, navigation, tags, upstream};
use crate::layout::frame::{FontFile, FontId, Item, Pages, Rect};
use crate::model::picture::Picture;
use std::sync::{Arc, PoisonError, RwLock};

/// Least length of a part of a content stream: one or two paragraphs. Shorter parts
/// are shared by more letters and cost more each; chosen by eye.
pub(super) const PART: usize = 2_000;

/// Most drafts kept. Letters differ in their number of pages, and in their pictures
/// where conditions choose these.
const SHARED_DRAFTS: usize = 16;

/// Writes letters with the fonts of all.
pub struct MergeFonts {
    pub(super) fonts: SubsetFonts,
    files: Vec<FontFile>,
    /// The pictures of all letters, each as large as it stands anywhere.
    pub(super) images: Vec<(Arc<Picture>, Rect)>,
    shared_drafts: RwLock<Vec<Arc<SharedDraft>>>,
    pub(super) deflater: Deflater,
}

/// A document without its letter: pages, fonts, pictures.
struct SharedDraft {
    shape: PageShape,
    draft: PdfDraft,
    pictures: EmbeddedPictures,
}

/// The properties that letters which share a draft have in common.
#[derive(PartialEq)]
struct PageShape {
    /// The pages' sizes.
    pages: Vec<(u64, u64)>,
    /// The pictures, by the address of what is shared, and where they stand.
    images: Vec<usize>,
    areas: Vec<[u64; 5]>,
}

impl MergeFonts {
    /// Cuts the fonts down.
    pub fn new(usage: GlyphUsage) -> Result<Self, PdfError> {
        let (fonts, files, images) = usage.embed()?;
        Ok(Self {
            fonts,
            files,
            images,
            shared_drafts: RwLock::default(),
            deflater: Deflater::remembering(),
        })
    }

    /// Writes a letter.
    pub fn pdf(&self, mut pages: Pages, options: &PdfOptions) -> Result<Vec<u8>, PdfError> {
        check(&pages, &options.standard)?;
        self.adopt(&mut pages)?;
        Ok(self.write(&pages, options)?.0)
    }

    /// Writes a letter whose fonts are these; returns what was painted, too.
    pub(super) fn write(&self, pages: &Pages, options: &PdfOptions) -> Result<(Vec<u8>, Vec<Painted>), PdfError> {
        let standard = &options.standard;
        let shared = self.shared(pages)?;
        let mut draft = shared.draft.clone();
        let painted = content::paint(pages, &self.fonts, &shared.pictures, Some(PART), &self.deflater);
        let annotations = navigation::annotations(pages, &mut draft, 0);
        let blocks = tags::structure(pages, &painted, &annotations, &mut draft)?;
        navigation::outline(pages, &mut draft);
        for (page, painted) in painted.iter().enumerate() {
            draft.set_page_content(page, painted.streams.clone());
        }
        metadata::describe(&pages.metadata, standard, &mut draft);
        Ok((file::write(draft.document, &blocks, &self.deflater), painted))
    }

    /// Gives the fonts of a letter the numbers that they have here.
    pub(super) fn adopt(&self, pages: &mut Pages) -> Result<(), PdfError> {
        let unknown = |font: String, text: &str| PdfError::MissingGlyph {
            font,
            text: text.into(),
        };
        let numbers: Vec<Option<FontId>> = pages
            .fonts
            .iter()
            .map(|file| fonts::position(&self.files, file))
            .collect();
        for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
            let Item::Text(run) = item else { continue };
            let number = numbers.get(usize::from(run.font.0)).copied().flatten();
            let font = number.and_then(|number| self.fonts.get(number));
            let held = |font: &fonts::SubsetFont| run.glyphs.iter().all(|glyph| font.cid(glyph.id) != 0);
            match (number, font.is_some_and(held)) {
                (Some(number), true) => run.font = number,
                _ => {
                    let name = pages.fonts.get(usize::from(run.font.0)).map(|file| file.name.clone());
                    return Err(unknown(name.unwrap_or_default(), &run.text));
                }
            }
        }
        pages.fonts.clone_from(&self.files);
        Ok(())
    }

    /// Returns the draft that letters of this shape share.
    fn shared(&self, pages: &Pages) -> Result<Arc<SharedDraft>, PdfError> {
        let shape = PageShape::of(pages);
        let shared_drafts = self.shared_drafts.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = shared_drafts.iter().find(|shared| shared.shape == shape) {
            return Ok(Arc::clone(found));
        }
        drop(shared_drafts);
        let mut draft = upstream::assemble(pages, &self.fonts)?;
        let pictures = pictures::embed(pages, &mut draft)?;
        file::deflate_streams(&mut draft.document);
        let shared = Arc::new(SharedDraft { shape, draft, pictures });
        let mut shared_drafts = self.shared_drafts.write().unwrap_or_else(PoisonError::into_inner);
        if shared_drafts.len() < SHARED_DRAFTS {
            shared_drafts.push(Arc::clone(&shared));
        }
        Ok(shared)
    }
}

impl std::fmt::Debug for MergeFonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MergeFonts({} fonts)", self.files.len())
    }
}

impl PageShape {
    fn of(pages: &Pages) -> Self {
        let mut areas = Vec::new();
        if !pages.images.is_empty() {
            for item in pages.pages.iter().flat_map(|page| &page.items) {
                if let Item::Image { image, area, .. } = item {
                    let place = [area.x.0, area.y.0, area.width.0, area.height.0].map(f64::to_bits);
                    areas.push([u64::from(image.0), place[0], place[1], place[2], place[3]]);
                }
            }
        }
        Self {
            pages: pages
                .pages
                .iter()
                .map(|page| (page.width.0.to_bits(), page.height.0.to_bits()))
                .collect(),
            images: pages.images.iter().map(|image| Arc::as_ptr(image) as usize).collect(),
            areas,
        }
    }
}
