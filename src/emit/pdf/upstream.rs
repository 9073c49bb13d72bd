//! The one room where printpdf and lopdf are worked around.
//!
//! In: pages' sizes and the cut-down fonts. Out: a [`PdfDraft`]: the document as
//! printpdf lays it out (catalog, page tree, pages, font dictionaries), mended,
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
//! 3. Fonts are cut down only with the feature `text_layout`, which brings a second
//!    layout engine. We hand over fonts already cut down.
//! 4. Only glyphs that operations name get widths and a Unicode map, and text is
//!    encoded by character. So the first page names every glyph once, as
//!    `GlyphIds` with their texts, and its stream is then replaced. Our own
//!    streams are written straight (`content`): in a prototype of 3,000 pages,
//!    printpdf's operations and their serialising took 3 of 5 seconds.
//! 5. Widths are cut off, not rounded, where an em has not 1,000 units. We hand
//!    over widths in 1/1000 em.
//! 6. A font descriptor's `CapHeight` is the ascent, and `Flags` know only
//!    italics. We put in the font's own.
//! 7. Each page has a resource dictionary and an empty `/Annots` of its own, and
//!    boxes that repeat the media box. Pages share one dictionary.
//! 8. The catalog asks for a page layout, and bookmarks are flat, sorted by
//!    name and without a position; `PageMode` is then a string, not a name. Links
//!    lack `Contents`, `F` and `StructParent`. We write all of these
//!    (`navigation`).
//! 9. The version is 1.3, and lopdf saves at deflate level 9, copying as it goes.
//!    The file is written by `file`.
//! 10. The output intent is for CMYK, under a key that is none. We bring sRGB
//!     (`metadata`).
//! 11. `subsetter` 0.2.6 writes the 0.001 of a CFF font's matrix with its leading
//!     zero. That is allowed, and read-fonts 0.45 takes it for
//!     another number and all widths for nought, validators built on it included.
//!     We write the same number without the zero (`font_matrix`).

use super::PdfError;
use super::draft::PdfDraft;
use super::fonts::{SubsetFont, SubsetFonts, resource_name};
use crate::layout::frame::Pages;
use lopdf::{Document, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage,
    PdfSaveOptions, Pt, Rect, TextItem,
};
use std::collections::BTreeMap;

/// Lets printpdf lay out the document, and mends it.
pub(super) fn assemble(pages: &Pages, fonts: &SubsetFonts) -> Result<PdfDraft, PdfError> {
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
fn source(pages: &Pages, fonts: &SubsetFonts) -> PdfDocument {
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
fn parsed(font: &SubsetFont) -> ParsedFont {
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

/// Takes out of printpdf's document what must not be in it.
fn mend(mut document: Document, fonts: &SubsetFonts) -> lopdf::Result<PdfDraft> {
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
    Ok(PdfDraft {
        document,
        pages,
        contents,
        catalog,
    })
}

/// Removes all but the fonts from a resource dictionary: the rest is empty.
fn share_fonts_alone(document: &mut Document, resources: ObjectId) -> lopdf::Result<()> {
    for key in ["XObject", "ExtGState", "Shading"] {
        if let Some(Object::Reference(empty)) = document.get_dictionary_mut(resources)?.remove(key.as_bytes()) {
            document.objects.remove(&empty);
        }
    }
    Ok(())
}

/// Puts a font's own measures into its descriptor (workaround 6).
fn mend_descriptor(document: &mut Document, resources: ObjectId, name: &str, font: &SubsetFont) -> lopdf::Result<()> {
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

/// Each test fails once its workaround is no longer needed.
#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::font_matrix::{MATRIX, mend_font_matrix};
    use super::super::fonts;
    use super::super::tests::sample::{Sample, letter};
    use super::*;
    use crate::layout::frame::{self, Mark, Role, Structure};
    use lopdf::Dictionary;
    use printpdf::Destination;

    /// The letter as printpdf has it, before it is mended.
    fn raw() -> Document {
        let sample = letter();
        let fonts = fonts::embed(&sample.pages).unwrap();
        source(&sample.pages, &fonts).to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new())
    }

    fn catalog(document: &Document) -> &Dictionary {
        document.catalog().unwrap()
    }

    #[test]
    fn workaround_1_ids_come_from_a_counter() {
        let id = |document: &Document| document.trailer.get(b"ID").unwrap().clone();
        assert_ne!(id(&raw()), id(&raw()));
        assert_ne!(FontId::new(), FontId::new());
    }

    #[test]
    fn workaround_2_the_info_dictionary_says_what_is_not_so() {
        let document = raw();
        let info = document
            .trailer
            .get_deref(b"Info", &document)
            .unwrap()
            .as_dict()
            .unwrap();
        assert!(info.has(b"GTS_PDFXVersion"));
        let date = info.get(b"CreationDate").unwrap().as_str().unwrap();
        assert!(date.starts_with(b"D:1970"));
    }

    /// A document with a font of 2,048 units an em in which nothing is written
    /// but what `ops` say.
    fn with_font(ops: fn(FontId) -> Vec<Op>) -> Document {
        let data = std::fs::read(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/assets/fonts/SourceSerif4-Regular.ttf"
        ))
        .unwrap();
        let mut font = ParsedFont::from_bytes(&data, 0, &mut Vec::new()).unwrap();
        font.units_per_em = 2048;
        font.pdf_font_metrics.units_per_em = 2048;
        font.set_glyph_width(5, 1023);
        let id = FontId("T0".into());
        let mut source = PdfDocument::new("");
        source.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
        let mut all = vec![Op::StartTextSection];
        all.push(Op::SetFont {
            font: PdfFontHandle::External(id.clone()),
            size: Pt(10.0),
        });
        all.extend(ops(id));
        all.push(Op::EndTextSection);
        source.pages = vec![PdfPage::new(printpdf::Mm(210.0), printpdf::Mm(297.0), all)];
        source.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new())
    }

    fn five(_: FontId) -> Vec<Op> {
        let glyph = Codepoint {
            gid: 5,
            offset: 0.0,
            cid: Some("x".into()),
        };
        vec![Op::ShowText {
            items: vec![TextItem::GlyphIds(vec![glyph])],
        }]
    }

    fn fonts_of(document: &Document) -> Vec<Dictionary> {
        let page = document.page_iter().next().unwrap();
        document.get_page_fonts(page).unwrap().into_values().cloned().collect()
    }

    fn descendant(font: &Dictionary) -> &Dictionary {
        font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0]
            .as_dict()
            .unwrap()
    }

    #[test]
    fn workaround_3_fonts_are_embedded_whole() {
        let document = with_font(five);
        let fonts = fonts_of(&document);
        let descriptor = descendant(&fonts[0])
            .get_deref(b"FontDescriptor", &document)
            .unwrap()
            .as_dict()
            .unwrap();
        let program = descriptor
            .get_deref(b"FontFile2", &document)
            .unwrap()
            .as_stream()
            .unwrap();
        assert!(program.content.len() > 300_000);
    }

    #[test]
    fn workaround_4_fonts_need_operations_to_be_embedded() {
        assert!(fonts_of(&with_font(|_| Vec::new())).is_empty());
        let glyphs = |_| {
            let glyph = |gid| Codepoint {
                gid,
                offset: 0.0,
                cid: None,
            };
            vec![Op::ShowText {
                items: vec![TextItem::GlyphIds(vec![glyph(5), glyph(6)])],
            }]
        };
        let document = with_font(glyphs);
        let content = document.get_page_content(document.page_iter().next().unwrap());
        let shown = String::from_utf8_lossy(&content).matches('<').count();
        assert_eq!(shown, 2, "a string for each glyph");
    }

    #[test]
    fn workaround_5_widths_are_cut_off() {
        let fonts = fonts_of(&with_font(five));
        let widths = descendant(&fonts[0]).get(b"W").unwrap().as_array().unwrap();
        // 1023 * 1000 / 2048 = 499.51.
        assert_eq!(widths[1].as_array().unwrap()[0].as_i64().unwrap(), 499);
    }

    #[test]
    fn workaround_6_the_cap_height_is_the_ascent() {
        let document = with_font(five);
        let fonts = fonts_of(&document);
        let descriptor = descendant(&fonts[0])
            .get_deref(b"FontDescriptor", &document)
            .unwrap()
            .as_dict()
            .unwrap();
        assert_eq!(
            descriptor.get(b"CapHeight").unwrap(),
            descriptor.get(b"Ascent").unwrap()
        );
    }

    #[test]
    fn workaround_7_pages_have_all_of_their_own() {
        let document = raw();
        let pages: Vec<&Dictionary> = document
            .page_iter()
            .map(|page| document.get_dictionary(page).unwrap())
            .collect();
        assert_ne!(pages[0].get(b"Resources").unwrap(), pages[1].get(b"Resources").unwrap());
        assert!(pages[0].get(b"Annots").unwrap().as_array().unwrap().is_empty());
        assert_eq!(pages[0].get(b"CropBox").unwrap(), pages[0].get(b"MediaBox").unwrap());
    }

    #[test]
    fn workaround_8_bookmarks_and_links_are_bare() {
        let mut source = PdfDocument::new("");
        let link = printpdf::LinkAnnotation {
            rect: Rect::from_wh(Pt(1.0), Pt(1.0)),
            actions: printpdf::Actions::Goto(Destination::Xyz {
                page: 1,
                left: None,
                top: None,
                zoom: None,
            }),
            border: printpdf::BorderArray::Solid([0.0, 0.0, 0.0]),
            color: printpdf::ColorArray::Transparent,
            highlighting: printpdf::HighlightingMode::None,
        };
        source.pages = vec![PdfPage::new(
            printpdf::Mm(210.0),
            printpdf::Mm(297.0),
            vec![Op::LinkAnnotation { link }],
        )];
        source.add_bookmark("b", 1);
        source.add_bookmark("a", 1);
        let document = source.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        assert!(catalog(&document).has(b"PageLayout"));
        assert!(catalog(&document).get(b"PageMode").unwrap().as_str().is_ok());
        let outlines = catalog(&document)
            .get_deref(b"Outlines", &document)
            .unwrap()
            .as_dict()
            .unwrap();
        let first = outlines.get_deref(b"First", &document).unwrap().as_dict().unwrap();
        assert_eq!(lopdf::decode_text_string(first.get(b"Title").unwrap()).unwrap(), "a");
        let page = document.get_dictionary(document.page_iter().next().unwrap()).unwrap();
        let annotation = page.get(b"Annots").unwrap().as_array().unwrap()[0].as_dict().unwrap();
        assert!(!annotation.has(b"Contents") && !annotation.has(b"F"));
    }

    #[test]
    fn workaround_9_the_version_is_old() {
        assert_eq!(raw().version, "1.3");
    }

    #[test]
    fn workaround_10_the_output_intent_is_for_printing_presses() {
        let mut source = PdfDocument::new("");
        source.metadata.info.conformance = printpdf::PdfConformance::A2A_2011_PDF_1_7;
        let document = source.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        let intents = catalog(&document).get(b"OutputIntents").unwrap().as_array().unwrap();
        assert!(!intents[0].as_dict().unwrap().has(b"DestOutputProfile"));
    }

    #[test]
    fn workaround_11_matrices_have_leading_zeros() {
        // The project carries no CFF font, so this looks at the system's.
        let path = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";
        let Ok(data) = std::fs::read(path) else { return };
        let remapper = subsetter::GlyphRemapper::new_from_glyphs_sorted(&[1]);
        let mut program = subsetter::subset(&data, 0, &remapper).unwrap();
        let has_zero = |program: &[u8]| program.windows(MATRIX.len()).any(|window| window == MATRIX);
        assert!(has_zero(&program));
        mend_font_matrix(&mut program);
        assert!(!has_zero(&program));
    }

    #[test]
    fn what_is_mended_holds_nothing_loose() {
        let mut sample = Sample::new();
        let serif = sample.own_font("SourceSerif4-Regular.ttf");
        let node = sample.node(Structure::ROOT, Role::Paragraph);
        let content = sample.pages.structure.content(node);
        sample.line(serif, 72.0, 80.0, "one", Mark::Content(content));
        sample.page();
        assert_eq!(serif, frame::FontId(0));
        let fonts = fonts::embed(&sample.pages).unwrap();
        let draft = assemble(&sample.pages, &fonts).unwrap();
        let mut document = draft.document;
        let before = document.objects.len();
        document.prune_objects();
        assert_eq!(document.objects.len(), before, "objects that nothing leads to");
    }
}
