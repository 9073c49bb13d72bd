//! The one room where printpdf and lopdf are worked around.
//!
//! In: pages' sizes and the cut-down fonts. Out: a [`Draft`]: the document as
//! printpdf lays it out (catalogue, page tree, pages, font dictionaries), mended,
//! for the other modules to add to. Guaranteed: nothing in it is drawn from a
//! counter or a clock. Absent: content, tags, metadata; they come later.
//!
//! printpdf is pinned to 0.12.8, and everything below was read in its source.
//! Each workaround has a number and, in the tests at the end, something that fails
//! once it is no longer needed.
//!
//! 1. Ids of fonts, pages and bookmarks and the file's `/ID` come from a counter
//!    of the process, so that two documents in one process differ. We name fonts
//!    ourselves, write bookmarks ourselves, and hash the content.
//! 2. The Info dictionary always holds `GTS_PDFXVersion`, `Trapped`, empty texts
//!    and dates of 1970. We write our own (`metadata`).
//! 3. Fonts are cut down only with the feature `text_layout`, which costs 300
//!    crates. We hand over fonts already cut down.
//! 4. Only glyphs that operations name get widths and a Unicode map, and text is
//!    encoded by character. So the first page names every glyph once, as
//!    `GlyphIds` with their texts, and its stream is then replaced. Our own
//!    streams are written straight (`content`): at 3,000 pages, printpdf's
//!    operations and their serialising cost six times as much.
//! 5. Widths are cut off, not rounded, where an em has not 1,000 units. We hand
//!    over widths in 1/1000 em.
//! 6. A font descriptor's `CapHeight` is the ascent, and `Flags` know only
//!    italics. We put in the font's own.
//! 7. Each page has a resource dictionary and an empty `/Annots` of its own, and
//!    boxes that repeat the media box. Pages share one dictionary.
//! 8. The catalogue asks for a page layout, and bookmarks are flat, sorted by
//!    name and without a position; `PageMode` is then a string, not a name. Links
//!    lack `Contents`, `F` and `StructParent`. We write all of these
//!    (`navigation`).
//! 9. The version is 1.3, and lopdf saves at deflate level 9, copying as it goes.
//!    The file is written by `write`.
//! 10. The output intent is for CMYK, under a key that is none. We bring sRGB
//!     (`metadata`).
//! 11. `subsetter` 0.2.6 writes the 0.001 of a CFF font's matrix with its leading
//!     zero. That is allowed, and read-fonts (before 0.46 at least) takes it for
//!     another number and all widths for nought, validators built on it included.
//!     We write the same number without the zero.

use super::content::resource_name;
use super::fonts::{Font, Fonts};
use super::{PdfError, write};
use crate::layout::frame::Pages;
use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage,
    PdfSaveOptions, Pt, Rect, TextItem,
};
use std::collections::BTreeMap;

/// A document in the making.
pub(super) struct Draft {
    /// What there is of it.
    pub(super) document: Document,
    /// The pages, first to last.
    pub(super) pages: Vec<ObjectId>,
    /// The pages' content streams.
    contents: Vec<ObjectId>,
    catalog: ObjectId,
}

impl Draft {
    /// Adds an object and returns its number.
    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.document.add_object(object)
    }

    /// Sets aside a range of numbers for objects written elsewhere and returns the
    /// first.
    pub(super) fn reserve(&mut self, count: usize) -> u32 {
        let first = self.document.max_id + 1;
        self.document.max_id += u32::try_from(count).unwrap_or(u32::MAX);
        first
    }

    /// Sets an entry of the catalogue.
    pub(super) fn set_in_catalog(&mut self, key: &str, value: impl Into<Object>) {
        self.set(self.catalog, key, value);
    }

    /// Sets an entry of a page.
    pub(super) fn set_in_page(&mut self, page: usize, key: &str, value: impl Into<Object>) {
        self.set(self.pages[page], key, value);
    }

    /// Sets what a page shows: a deflated content stream.
    pub(super) fn set_page_content(&mut self, page: usize, deflated: Vec<u8>) {
        let stream = write::deflated_stream(Dictionary::new(), deflated);
        self.document.set_object(self.contents[page], stream);
    }

    fn set(&mut self, id: ObjectId, key: &str, value: impl Into<Object>) {
        if let Ok(dictionary) = self.document.get_dictionary_mut(id) {
            dictionary.set(key, value);
        }
    }
}

/// Lets printpdf lay out the document, and mends it.
pub(super) fn assemble(pages: &Pages, fonts: &Fonts) -> Result<Draft, PdfError> {
    let mut warnings = Vec::new();
    let source = source(pages, fonts);
    let document = source.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PdfError::Upstream(warning.msg.clone()));
    }
    mend(document, fonts).map_err(|error| PdfError::Upstream(error.to_string()))
}

/// The document as printpdf takes it: fonts, and pages without content but for
/// the glyphs of workaround 4.
fn source(pages: &Pages, fonts: &Fonts) -> PdfDocument {
    let mut source = PdfDocument::new("");
    let mut every_glyph = vec![Op::StartTextSection];
    for (id, font) in fonts.iter() {
        let id = FontId(resource_name(id));
        source
            .resources
            .fonts
            .map
            .insert(id.clone(), PdfFont::new(parsed(font)));
        let glyphs = (0..).zip(&font.texts).filter(|(_, text)| !text.is_empty());
        let glyphs = glyphs
            .map(|(gid, text)| Codepoint {
                gid,
                offset: 0.0,
                cid: Some(text.to_string()),
            })
            .collect();
        every_glyph.push(Op::SetFont {
            font: PdfFontHandle::External(id),
            size: Pt(1.0),
        });
        every_glyph.push(Op::ShowText {
            items: vec![TextItem::GlyphIds(glyphs)],
        });
    }
    every_glyph.push(Op::EndTextSection);
    source.pages = pages
        .pages
        .iter()
        .map(|page| {
            let paper = Rect::from_wh(Pt(page.width.0 as f32), Pt(page.height.0 as f32));
            PdfPage {
                media_box: paper.clone(),
                trim_box: paper.clone(),
                crop_box: paper,
                ops: Vec::new(),
            }
        })
        .collect();
    if let Some(first) = source.pages.first_mut() {
        first.ops = every_glyph;
    }
    source
}

/// A font as printpdf takes it, measured in 1/1000 em (workaround 5).
fn parsed(font: &Font) -> ParsedFont {
    let metrics = &font.metrics;
    let mut parsed = ParsedFont::with_glyph_data(
        font.program.clone(),
        0,
        Some(font.name.clone()),
        BTreeMap::new(),
        (0..).zip(font.widths.iter().copied()).collect(),
        1000,
        FontMetrics {
            ascent: metrics.ascent,
            descent: metrics.descent,
        },
    );
    let [x_min, y_min, x_max, y_max] = metrics.bounds;
    parsed.pdf_font_metrics = PdfFontMetricsStub {
        units_per_em: 1000,
        x_min,
        y_min,
        x_max,
        y_max,
        // The slope as a rise of 1,000 and its run, from which printpdf takes the
        // angle again.
        caret_slope_rise: 1000,
        caret_slope_run: (-metrics.italic_angle.to_radians().tan() * 1000.0).round() as i16,
        us_weight_class: metrics.weight,
    };
    parsed
}

/// Writes the font matrix of a cut-down CFF font so that all readers take it for
/// what it is (workaround 11). The matrix is in the first dictionary of the table;
/// nothing before it can look like it.
pub(super) fn mend_font_matrix(program: &mut [u8]) {
    if !program.starts_with(b"OTTO") {
        return;
    }
    if let Some(at) = program.windows(MATRIX.len()).position(|window| window == MATRIX) {
        for number in [at, at + 6] {
            program[number..number + 4].copy_from_slice(&PLAIN_THOUSANDTH);
        }
    }
}

/// "0.001 0 0 0.001 0 0 FontMatrix" as `subsetter` writes it (Adobe technical note
/// 5176, section 4).
const MATRIX: [u8; 14] = [
    0x1E, 0x0A, 0x00, 0x1F, 0x8B, 0x8B, 0x1E, 0x0A, 0x00, 0x1F, 0x8B, 0x8B, 0x0C, 0x07,
];

/// ".001".
const PLAIN_THOUSANDTH: [u8; 4] = [0x1E, 0xA0, 0x01, 0xFF];

/// Takes out of printpdf's document what must not be in it.
fn mend(mut document: Document, fonts: &Fonts) -> lopdf::Result<Draft> {
    document.version = "1.7".into();
    let catalog = document.trailer.get(b"Root")?.as_reference()?;
    let info = document.trailer.get(b"Info")?.as_reference()?;
    document.objects.remove(&info);
    document.trailer.remove(b"Info");
    document.trailer.remove(b"ID");

    let outline = document.get_dictionary_mut(catalog)?;
    outline.remove(b"PageLayout");
    let tree = outline.get(b"Pages")?.as_reference()?;
    let kids = document.get_dictionary(tree)?.get(b"Kids")?.as_array()?;
    let pages = kids
        .iter()
        .map(Object::as_reference)
        .collect::<lopdf::Result<Vec<_>>>()?;

    let mut contents = Vec::with_capacity(pages.len());
    let mut shared = None;
    for &page in &pages {
        let dictionary = document.get_dictionary_mut(page)?;
        let own = dictionary.get(b"Resources")?.as_reference()?;
        contents.push(dictionary.get(b"Contents")?.as_reference()?);
        for key in ["TrimBox", "CropBox", "Annots"] {
            dictionary.remove(key.as_bytes());
        }
        match shared {
            None => shared = Some(own),
            Some(shared) => {
                dictionary.set("Resources", shared);
                document.objects.remove(&own);
            }
        }
    }
    if let Some(shared) = shared {
        share_fonts_alone(&mut document, shared)?;
        for (id, font) in fonts.iter() {
            mend_descriptor(&mut document, shared, &resource_name(id), font)?;
        }
    }
    Ok(Draft {
        document,
        pages,
        contents,
        catalog,
    })
}

/// Leaves of a resource dictionary the fonts: there is nothing else.
fn share_fonts_alone(document: &mut Document, resources: ObjectId) -> lopdf::Result<()> {
    for key in ["XObject", "ExtGState", "Shading"] {
        if let Some(Object::Reference(empty)) = document.get_dictionary_mut(resources)?.remove(key.as_bytes()) {
            document.objects.remove(&empty);
        }
    }
    Ok(())
}

/// Puts a font's own measures into its descriptor (workaround 6).
fn mend_descriptor(document: &mut Document, resources: ObjectId, name: &str, font: &Font) -> lopdf::Result<()> {
    // ISO 32000-1, table 123.
    const FIXED_PITCH: i64 = 1;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let metrics = &font.metrics;
    let fonts = document.get_dictionary(resources)?.get(b"Font")?.as_reference()?;
    let whole = document.get_dictionary(fonts)?.get(name.as_bytes())?.as_reference()?;
    let [Object::Dictionary(descendant)] = document
        .get_dictionary(whole)?
        .get(b"DescendantFonts")?
        .as_array()?
        .as_slice()
    else {
        return Err(lopdf::Error::DictKey("DescendantFonts".into()));
    };
    let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
    let descriptor = document.get_dictionary_mut(descriptor)?;
    descriptor.set("CapHeight", i64::from(metrics.cap_height));
    let mut flags = SYMBOLIC;
    if metrics.is_monospace {
        flags |= FIXED_PITCH;
    }
    if metrics.italic_angle != 0.0 {
        flags |= ITALIC;
    }
    descriptor.set("Flags", flags);
    Ok(())
}
