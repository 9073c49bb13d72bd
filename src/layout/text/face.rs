//! Holds one face: a font file, parsed, and fitted to the text around it.
//!
//! In: the bytes of a font file. Out: a [`Face`], which tells what it covers and how far
//! its ink reaches. Guaranteed: a face of another family is scaled so that its letters
//! look as large as those of the text around. Absent: which face prints what; that is
//! decided in `fonts` and `system_fonts`.

use crate::layout::frame::{FontFile, FontOrigin};
use harfrust::Font;
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use skrifa::MetadataProvider;
use std::hash::Hash;
use std::sync::Arc;

/// Holds the bytes of a font file.
pub(crate) type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Numbers a face for as long as the fonts live: embedded ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FaceId(pub(crate) u16);

/// Holds a parsed face.
pub(crate) struct Face {
    /// Name for people.
    pub(crate) name: String,
    /// The bytes of its file.
    pub(crate) data: FontData,
    /// Its index within the file.
    pub(crate) index: u32,
    /// The parsed font.
    pub(crate) font: Font,
    /// Gives what its size is multiplied by, so that its letters look as large as those of
    /// the text around.
    pub(crate) scale: f64,
}

/// Says how a face's size is fitted to the text around.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fit {
    /// To the x-height of the text: for Latin, Greek and Cyrillic.
    Height,
    /// By a factor.
    Scale(f64),
    /// To the height of a letter, for scripts that have no x-height: by [`LETTERS`].
    Letter,
}

impl Fit {
    /// Returns how large a family is set beside Source Serif 4. Ideographs fill their em
    /// and look large at full size; Naskh is drawn small. Both by eye. The rest is
    /// measured.
    pub(crate) fn of_family(family: &str) -> Self {
        match family {
            "Noto Serif" | "Noto Sans" | "DejaVu Serif" | "DejaVu Sans" => Self::Height,
            name if name.contains("CJK") || name.contains("Han S") => Self::Scale(0.95),
            name if name.contains("Naskh") => Self::Scale(1.08),
            _ => Self::Letter,
        }
    }
}

/// A letter by which a script's faces are measured, and how high it stands in the
/// text, in em. Letters that hang from a line are as high as Source Serif's
/// capitals (0.67); those of Thai and Lao, which have much above and below them,
/// stand between x-height and capitals; by eye.
pub(super) const LETTERS: [(char, f64); 7] = [
    ('क', 0.67), // Devanagari
    ('ক', 0.67), // Bengali
    ('ਕ', 0.67), // Gurmukhi
    ('ક', 0.65), // Gujarati
    ('க', 0.60), // Tamil
    ('ก', 0.61), // Thai
    ('ກ', 0.61), // Lao
];

/// x-height of Source Serif 4, in em; fallback faces of the same scripts are
/// scaled to it.
const X_HEIGHT: f64 = 0.475;

impl Face {
    /// Parses a face; `None` if it is no font.
    pub(crate) fn parse(name: String, data: FontData, index: u32, fit: Fit) -> Option<Self> {
        let font = Font::new(harfrust::font::Blob::Shared(Arc::clone(&data)), index)?;
        let metrics = font.metrics();
        let em = f64::from(metrics.units_per_em);
        let x_height = metrics.x_height.map_or(0.0, |height| height.to_f64() / em);
        let scale = match fit {
            Fit::Height if x_height > 0.3 => (X_HEIGHT / x_height).clamp(0.8, 1.1),
            Fit::Height => 1.0,
            Fit::Scale(scale) => scale,
            Fit::Letter => LETTERS
                .iter()
                .find_map(|&(letter, height)| {
                    let glyph = font.charmap().map_unicode(letter)?;
                    let (up, _) = ink((*data).as_ref(), index, glyph.to_u32())?;
                    Some((height / up).clamp(0.8, 1.25))
                })
                .unwrap_or(1.0),
        };
        Some(Self {
            name,
            data,
            index,
            font,
            scale,
        })
    }

    /// Returns whether the face has glyphs for all letters of a cluster, itself or as the
    /// composed letter.
    pub(crate) fn covers(&self, cluster: &str) -> bool {
        let charmap = self.font.charmap();
        let has = |c: char| {
            charmap.map_unicode(c).is_some_and(|glyph| glyph.to_u32() != 0)
                || (c == '\u{2011}' && charmap.map_unicode('\u{2010}').is_some())
                || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        };
        if cluster.chars().all(has) {
            return true;
        }
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(cluster);
        composed != cluster && composed.chars().all(has)
    }

    /// Returns how far a glyph's ink reaches above and below the baseline, in em.
    pub(crate) fn ink(&self, glyph: u32) -> Option<(f64, f64)> {
        ink((*self.data).as_ref(), self.index, glyph)
    }

    /// Returns the face as the page emitter gets it.
    pub(crate) fn file(&self) -> FontFile {
        FontFile {
            name: self.name.clone(),
            data: Arc::clone(&self.data),
            index: self.index,
            origin: FontOrigin::Embedded,
        }
    }
}

/// Returns how far a glyph's ink reaches above and below the baseline, in em.
fn ink(data: &[u8], index: u32, glyph: u32) -> Option<(f64, f64)> {
    let font = skrifa::FontRef::from_index(data, index).ok()?;
    let (size, place) = (
        skrifa::instance::Size::unscaled(),
        skrifa::instance::LocationRef::default(),
    );
    let em = f64::from(font.metrics(size, place).units_per_em);
    let bounds = font.glyph_metrics(size, place).bounds(skrifa::GlyphId::new(glyph))?;
    Some((f64::from(bounds.y_max) / em, -f64::from(bounds.y_min) / em))
}
