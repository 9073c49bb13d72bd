//! Cuts the fonts down to what the pages use.
//!
//! In: the glyphs of all pages. Out: for each font that is used a subset, its
//! widths, and what text each glyph stands for. Guaranteed: the outcome depends
//! on what the pages hold, not on the order in which they are looked at; one
//! subset a font, so that a document carries no font twice. Absent: how fonts
//! stand in the file (`upstream`) and how text is painted (`content`).

use super::PdfError;
use super::font_matrix::mend_font_matrix;
use super::font_usage::{FontUsage, PageUsage, earlier, is_private};
use super::pictures::largest;
use crate::layout::frame::{FontFile, FontId, Glyph, Pages, Rect};
use crate::model::picture::Picture;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fonts of a document, by [`FontId`]; none where nothing is set in it.
pub(super) struct SubsetFonts(Vec<Option<SubsetFont>>);

impl SubsetFonts {
    /// The font of that number.
    pub(super) fn get(&self, id: FontId) -> Option<&SubsetFont> {
        self.0.get(usize::from(id.0))?.as_ref()
    }

    /// The fonts that are used, and their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (FontId, &SubsetFont)> {
        (0..)
            .map(FontId)
            .zip(&self.0)
            .filter_map(|(id, font)| Some((id, font.as_ref()?)))
    }
}

/// Returns the name of a font among a page's resources.
pub(super) fn resource_name(font: FontId) -> String {
    format!("T{}", font.0)
}

/// A font, cut down.
pub(super) struct SubsetFont {
    /// Its PostScript name, after the tag that marks a subset.
    pub(super) name: String,
    /// The cut-down font file.
    pub(super) program: Vec<u8>,
    /// Its measures.
    pub(super) metrics: FontMetrics,
    /// The width of each glyph of the subset, in 1/1000 em. A glyph's number in
    /// the subset is its CID: `subsetter` sees to that in TrueType and CFF alike.
    pub(super) widths: Vec<u16>,
    /// The text each glyph of the subset stands for; none for `.notdef` and for
    /// parts of composed glyphs.
    pub(super) texts: Vec<Box<str>>,
    /// By glyph in the font file: its number in the subset, and its text where
    /// that is one character.
    glyphs: Vec<(u16, Option<char>)>,
}

impl SubsetFont {
    /// The number in the subset of a glyph of the font file.
    pub(super) fn cid(&self, glyph: u16) -> u16 {
        self.glyphs.get(usize::from(glyph)).map_or(0, |glyph| glyph.0)
    }

    /// Returns whether a reader who puts the texts of these glyphs together, left to
    /// right or, in a line that runs the other way, right to left, gets `text`.
    pub(super) fn spells(&self, glyphs: &[Glyph], text: &str, leftwards: bool) -> bool {
        let mut characters = text.chars();
        if let [glyph] = glyphs
            && let (Some(only), None) = (characters.next(), characters.next())
            && let Some((_, Some(letter))) = self.glyphs.get(usize::from(glyph.id))
        {
            return same(*letter, only) && !is_private(only);
        }
        let texts = |glyph: &Glyph| {
            self.texts
                .get(usize::from(self.cid(glyph.id)))
                .map_or("", |text| &**text)
                .chars()
        };
        let spelt: String = if leftwards {
            glyphs.iter().rev().flat_map(texts).collect()
        } else {
            glyphs.iter().flat_map(texts).collect()
        };
        // Fonts put marks in an order of their own; Unicode holds them equal.
        let nfd = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd();
        let decompose = |text: &str| nfd.normalize_iter(text.chars()).collect::<Vec<_>>();
        let (spelt, text) = (decompose(&spelt), decompose(text));
        spelt.len() == text.len() && spelt.iter().zip(&text).all(|(a, b)| same(*a, *b) && !is_private(*b))
    }
}

/// A font's measures, in 1/1000 em.
pub(super) struct FontMetrics {
    /// Height of the highest letters above the baseline.
    pub(super) ascent: i16,
    /// Depth of the lowest letters; below zero.
    pub(super) descent: i16,
    /// Height of capitals.
    pub(super) cap_height: i16,
    /// The box that holds all glyphs: left, bottom, right, top.
    pub(super) bounds: [i16; 4],
    /// Degrees counter-clockwise from upright; below zero for italics.
    pub(super) italic_angle: f32,
    /// 100 to 900.
    pub(super) weight: u16,
    /// True if all glyphs are equally wide.
    pub(super) is_monospace: bool,
}

/// Cuts down every font that the pages use.
pub(super) fn embed(pages: &Pages) -> Result<SubsetFonts, PdfError> {
    let found = pages
        .pages
        .par_iter()
        .fold(PageUsage::default, PageUsage::with_page)
        .reduce(PageUsage::default, PageUsage::merge);
    if let Some((font, text)) = found.missing {
        return Err(PdfError::MissingGlyph {
            font: font_name(pages, font),
            text: text.into(),
        });
    }
    let mut usage = found.fonts;
    usage.resize_with(usage.len().max(pages.fonts.len()), FontUsage::default);
    let fonts = usage.par_iter().enumerate().map(|(at, usage)| {
        if usage.is_empty() {
            return Ok(None);
        }
        let id = FontId(u16::try_from(at).unwrap_or(u16::MAX));
        let failed = |reason: String| PdfError::Font {
            font: font_name(pages, id),
            reason,
        };
        let file = pages
            .fonts
            .get(at)
            .ok_or_else(|| failed("there is no such font".into()))?;
        cut(file, usage).map(Some).map_err(failed)
    });
    fonts.collect::<Result<Vec<_>, _>>().map(SubsetFonts)
}

/// The glyphs and pictures that many documents use, to cut each font down once for
/// all.
#[derive(Default)]
pub struct GlyphUsage {
    fonts: BTreeMap<FontKey, (FontFile, FontUsage)>,
    /// The pictures, in the order in which they were met, as large as they stand.
    images: Vec<(Arc<Picture>, Rect)>,
    missing: Option<(String, Box<str>)>,
}

/// Fonts cut down, their files, and the pictures.
type Embedded = (SubsetFonts, Vec<FontFile>, Vec<(Arc<Picture>, Rect)>);

/// Tells fonts of different documents apart: name, index and length of the file.
type FontKey = (String, u32, usize);

fn key(file: &FontFile) -> FontKey {
    (file.name.clone(), file.index, (*file.data).as_ref().len())
}

impl GlyphUsage {
    /// Notes the glyphs and pictures of a document.
    pub fn add(&mut self, pages: &Pages) {
        if !pages.images.is_empty() {
            for (image, area) in pages.images.iter().zip(largest(pages)) {
                self.add_image(image, area);
            }
        }
        let found = pages.pages.iter().fold(PageUsage::default(), PageUsage::with_page);
        if let Some((font, text)) = found.missing {
            let found = Some((font_name(pages, font), text));
            self.missing = earlier(self.missing.take(), found);
        }
        for (file, usage) in pages.fonts.iter().zip(found.fonts) {
            let known = self
                .fonts
                .entry(key(file))
                .or_insert_with(|| (file.clone(), FontUsage::default()));
            known.1.merge(usage);
        }
    }

    fn add_image(&mut self, image: &Arc<Picture>, area: Rect) {
        match self.images.iter_mut().find(|(known, _)| Arc::ptr_eq(known, image)) {
            Some((_, largest)) if largest.width.0 < area.width.0 => *largest = area,
            Some(_) => {}
            None => self.images.push((Arc::clone(image), area)),
        }
    }

    /// Returns the glyphs and pictures of both; the order of the pictures is that of this one,
    /// then of the other.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (key, (file, usage)) in other.fonts {
            let known = self.fonts.entry(key).or_insert_with(|| (file, FontUsage::default()));
            known.1.merge(usage);
        }
        for (image, area) in &other.images {
            self.add_image(image, *area);
        }
        self.missing = earlier(self.missing, other.missing);
        self
    }

    /// Cuts the fonts down. Returns them with their files, in one order, and the
    /// numbers that they have in it.
    pub(super) fn embed(self) -> Result<Embedded, PdfError> {
        if let Some((font, text)) = self.missing {
            let text = text.into();
            return Err(PdfError::MissingGlyph { font, text });
        }
        let all: Vec<(FontFile, FontUsage)> = self.fonts.into_values().collect();
        let fonts = all.par_iter().map(|(file, usage)| {
            let failed = |reason: String| PdfError::Font {
                font: file.name.clone(),
                reason,
            };
            if usage.is_empty() {
                Ok(None)
            } else {
                cut(file, usage).map(Some).map_err(failed)
            }
        });
        let fonts = fonts.collect::<Result<Vec<_>, _>>()?;
        let files = all.into_iter().map(|(file, _)| file).collect();
        Ok((SubsetFonts(fonts), files, self.images))
    }
}

/// The number of a document's font among those of a merge.
pub(super) fn position(files: &[FontFile], file: &FontFile) -> Option<FontId> {
    let key = key(file);
    let at = files.iter().position(|known| self::key(known) == key)?;
    u16::try_from(at).ok().map(FontId)
}

/// A font's name in messages.
fn font_name(pages: &Pages, id: FontId) -> String {
    pages
        .fonts
        .get(usize::from(id.0))
        .map_or_else(|| format!("font {}", id.0), |font| font.name.clone())
}

/// Returns whether a reader may take one character for the other. Fonts have one glyph
/// for all spaces of a width; a no-break space read as a space loses nothing, its
/// work was done when lines were broken.
fn same(a: char, b: char) -> bool {
    a == b || (a.is_whitespace() && b.is_whitespace())
}

/// Cuts a font down.
fn cut(file: &FontFile, usage: &FontUsage) -> Result<SubsetFont, String> {
    let data: &[u8] = (*file.data).as_ref();
    let font = FontRef::from_index(data, file.index).map_err(|error| error.to_string())?;
    let used: Vec<u16> = usage.glyphs().collect();
    let measure = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    if let Some(glyph) = used.iter().find(|&&glyph| u32::from(glyph) >= measure.glyph_count()) {
        return Err(format!("it has no glyph {glyph}"));
    }
    let remapper = subsetter::GlyphRemapper::new_from_glyphs_sorted(&used);
    let mut program = subsetter::subset(data, file.index, &remapper).map_err(|error| error.to_string())?;
    mend_font_matrix(&mut program);

    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let thousandths = 1000.0 / f32::from(metrics.units_per_em.max(1));
    // `as` saturates, so a broken font gets odd measures and nothing worse.
    let scale = |length: f32| (length * thousandths).round() as i16;
    let mut glyphs = vec![(0, None); usage.used.len()];
    let mut widths = Vec::new();
    let mut texts = Vec::new();
    let mut chosen = usage.texts(&font);
    for (cid, glyph) in (0..).zip(remapper.remapped_gids()) {
        let width = measure.advance_width(GlyphId::from(glyph)).unwrap_or_default();
        widths.push((width * thousandths).round() as u16);
        let text = if glyph == 0 { None } else { chosen.remove(&glyph) }.unwrap_or_default();
        let mut characters = text.chars();
        if let Some(slot) = glyphs.get_mut(usize::from(glyph)) {
            *slot = (cid, characters.next().filter(|_| characters.next().is_none()));
        }
        texts.push(text);
    }
    let bounds = metrics.bounds.unwrap_or_default();
    Ok(SubsetFont {
        name: format!("{}+{}", subset_tag(&program), post_script_name(&font, &file.name)),
        program,
        metrics: FontMetrics {
            ascent: scale(metrics.ascent),
            descent: scale(metrics.descent),
            cap_height: scale(
                metrics
                    .cap_height
                    .filter(|height| *height > 0.0)
                    .unwrap_or(metrics.ascent),
            ),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scale),
            italic_angle: metrics.italic_angle,
            weight: font.attributes().weight.value() as u16,
            is_monospace: metrics.is_monospace,
        },
        widths,
        texts,
        glyphs,
    })
}

/// Six capital letters that mark a subset and differ between subsets (ISO
/// 32000-1, 9.6.4), drawn from its content.
fn subset_tag(program: &[u8]) -> String {
    Sha256::digest(program)
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

/// A font's PostScript name, or its name for people, in the letters that every
/// reader takes. At most 63 of them, as the OpenType specification bounds it.
fn post_script_name(font: &FontRef<'_>, name: &str) -> String {
    let own = font
        .localized_strings(StringId::POSTSCRIPT_NAME)
        .english_or_first()
        .map(|name| name.to_string());
    let clean = |name: &str| -> String {
        name.chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .take(63)
            .collect()
    };
    let names = [own.as_deref().map(clean), Some(clean(name))];
    names
        .into_iter()
        .flatten()
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "Font".into())
}
