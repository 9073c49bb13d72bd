//! Faces: the embedded ones, and the system's where those lack letters.
//!
//! In: a [`FontStyle`] and the letters of one grapheme cluster. Out: the face that
//! prints them, or none. Guaranteed: the embedded faces are always there; which
//! face prints a cluster depends on the cluster, the font style, the language and the
//! fonts installed, never on what was asked before. Absent: shaping (that is
//! `shape`'s), and fonts that could not be embedded: those without outlines and
//! those whose license bits forbid it.

use crate::layout::frame::FontFile;
use crate::layout::text::shape::WordCache;
use crate::layout::text::system_fonts::SystemFonts;
use harfrust::Font;
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, Script};
use icu_properties::{CodePointMapData, CodePointSetData};
use skrifa::MetadataProvider;
use std::sync::{Arc, OnceLock};

/// The bytes of a font file.
pub(crate) type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A style of the embedded family that text can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FontStyle {
    /// Source Serif 4: text.
    Serif,
    /// Its italic: emphasis.
    SerifItalic,
    /// Its bold: what is important.
    SerifBold,
    /// Its bold italic.
    SerifBoldItalic,
    /// Source Sans 3: letterhead and furniture; text in the modern look.
    Sans,
    /// Its italic.
    SansItalic,
    /// Its semi-bold: headings.
    SansBold,
    /// Its semi-bold italic.
    SansBoldItalic,
    /// Source Code Pro: literal text. It has one weight and no italic.
    Mono,
}

impl FontStyle {
    /// How many there are.
    pub(crate) const COUNT: usize = 9;

    /// Whether letters are heavy.
    pub(crate) fn is_bold(self) -> bool {
        matches!(
            self,
            Self::SerifBold | Self::SerifBoldItalic | Self::SansBold | Self::SansBoldItalic
        )
    }

    /// Whether it belongs to the serif family.
    pub(crate) fn is_serif(self) -> bool {
        matches!(
            self,
            Self::Serif | Self::SerifItalic | Self::SerifBold | Self::SerifBoldItalic
        )
    }

    /// The serif font style of the same weight and slope.
    #[must_use]
    pub(crate) fn in_serif(self) -> Self {
        match self {
            Self::Sans => Self::Serif,
            Self::SansItalic => Self::SerifItalic,
            Self::SansBold => Self::SerifBold,
            Self::SansBoldItalic => Self::SerifBoldItalic,
            other => other,
        }
    }

    /// The sans-serif font style of the same weight and slope.
    #[must_use]
    pub(crate) fn in_sans(self) -> Self {
        match self {
            Self::Serif => Self::Sans,
            Self::SerifItalic => Self::SansItalic,
            Self::SerifBold => Self::SansBold,
            Self::SerifBoldItalic => Self::SansBoldItalic,
            other => other,
        }
    }

    /// The same font style, emphasized; emphasis within emphasis stands upright again.
    #[must_use]
    pub(crate) fn emphasized(self) -> Self {
        match self {
            Self::Serif => Self::SerifItalic,
            Self::SerifItalic => Self::Serif,
            Self::SerifBold => Self::SerifBoldItalic,
            Self::SerifBoldItalic => Self::SerifBold,
            Self::Sans => Self::SansItalic,
            Self::SansItalic => Self::Sans,
            Self::SansBold => Self::SansBoldItalic,
            Self::SansBoldItalic => Self::SansBold,
            Self::Mono => Self::Mono,
        }
    }

    /// The same font style, heavy.
    #[must_use]
    pub(crate) fn strong(self) -> Self {
        match self {
            Self::Serif | Self::SerifBold => Self::SerifBold,
            Self::SerifItalic | Self::SerifBoldItalic => Self::SerifBoldItalic,
            Self::Sans | Self::SansBold => Self::SansBold,
            Self::SansItalic | Self::SansBoldItalic => Self::SansBoldItalic,
            Self::Mono => Self::Mono,
        }
    }
}

/// A face, numbered for as long as its [`Fonts`] lives: embedded ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FaceId(pub(crate) u16);

/// The last resort among the embedded faces: all of Latin, Greek and Cyrillic,
/// and U+FFFD, the visible substitute.
pub(crate) const WIDE: FaceId = FaceId(6);

/// Emoji as outlines, where no other embedded face has them as signs.
const EMOJI: FaceId = FaceId(10);

/// What emoji are scaled by, so that they stand a little higher than capitals; by eye.
const EMOJI_SCALE: f64 = 0.85;

/// The embedded faces: their names for people, and their files.
const EMBEDDED: [(&str, &[u8]); 11] = [
    (
        "Source Serif 4",
        include_bytes!("../../../assets/fonts/SourceSerif4-Regular.ttf"),
    ),
    (
        "Source Serif 4 Italic",
        include_bytes!("../../../assets/fonts/SourceSerif4-Italic.ttf"),
    ),
    (
        "Source Serif 4 Bold",
        include_bytes!("../../../assets/fonts/SourceSerif4-Bold.ttf"),
    ),
    (
        "Source Serif 4 Bold Italic",
        include_bytes!("../../../assets/fonts/SourceSerif4-BoldItalic.ttf"),
    ),
    (
        "Source Sans 3",
        include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf"),
    ),
    (
        "Source Sans 3 SemiBold",
        include_bytes!("../../../assets/fonts/SourceSans3-SemiBold.ttf"),
    ),
    (
        "Noto Serif",
        include_bytes!("../../../assets/fonts/NotoSerif-Regular.ttf"),
    ),
    (
        "Source Code Pro",
        include_bytes!("../../../assets/fonts/SourceCodePro-Regular.ttf"),
    ),
    (
        "Source Sans 3 Italic",
        include_bytes!("../../../assets/fonts/SourceSans3-Italic.ttf"),
    ),
    (
        "Source Sans 3 SemiBold Italic",
        include_bytes!("../../../assets/fonts/SourceSans3-SemiBoldItalic.ttf"),
    ),
    (
        "Noto Emoji",
        include_bytes!("../../../assets/fonts/NotoEmoji-Regular.ttf"),
    ),
];

/// A parsed face.
pub(crate) struct Face {
    /// Name for people.
    pub(crate) name: String,
    /// The bytes of its file.
    pub(crate) data: FontData,
    /// Its index within the file.
    pub(crate) index: u32,
    /// The parsed font.
    pub(crate) font: Font,
    /// What its size is multiplied by, so that its letters look as large as those
    /// of the text around.
    pub(crate) scale: f64,
}

/// How a face's size is fitted to the text around.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fit {
    /// To the x-height of the text: for Latin, Greek and Cyrillic.
    Height,
    /// By a factor.
    Scale(f64),
    /// To the height of a letter, for scripts that have no x-height: by [`LETTERS`].
    Letter,
}

/// A letter by which a script's faces are measured, and how high it stands in the
/// text, in em. Letters that hang from a line are as high as Source Serif's
/// capitals (0.67); those of Thai and Lao, which have much above and below them,
/// stand between x-height and capitals; by eye.
const LETTERS: [(char, f64); 7] = [
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

    /// Whether the face has glyphs for all letters of a cluster, itself or as the
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

    /// How far a glyph's ink reaches above and below the baseline, in em.
    pub(crate) fn ink(&self, glyph: u32) -> Option<(f64, f64)> {
        ink((*self.data).as_ref(), self.index, glyph)
    }

    /// The face as the page emitter gets it.
    pub(crate) fn file(&self) -> FontFile {
        FontFile {
            name: self.name.clone(),
            data: Arc::clone(&self.data),
            index: self.index,
        }
    }
}

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

/// All faces at hand, shared between threads. Each is parsed when it is first asked
/// for.
pub struct Fonts {
    embedded: [OnceLock<Option<Face>>; EMBEDDED.len()],
    system: OnceLock<SystemFonts>,
    use_system: bool,
    pub(crate) words: WordCache,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({} embedded)", EMBEDDED.len())
    }
}

impl Fonts {
    /// The embedded faces, and the system's for letters that those lack. The
    /// system's are looked up when the first such letter is met.
    pub fn new() -> Self {
        Self::with(true)
    }

    /// The embedded faces alone: the same pages on every machine.
    pub fn embedded_only() -> Self {
        Self::with(false)
    }

    fn with(use_system: bool) -> Self {
        Self {
            embedded: Default::default(),
            system: OnceLock::new(),
            use_system,
            words: WordCache::default(),
        }
    }

    /// The embedded face of a font style.
    pub(crate) fn face_of(font_style: FontStyle) -> FaceId {
        FaceId(match font_style {
            FontStyle::Serif => 0,
            FontStyle::SerifItalic => 1,
            FontStyle::SerifBold => 2,
            FontStyle::SerifBoldItalic => 3,
            FontStyle::Sans => 4,
            FontStyle::SansBold => 5,
            // 6 is [`WIDE`].
            FontStyle::Mono => 7,
            FontStyle::SansItalic => 8,
            FontStyle::SansBoldItalic => 9,
        })
    }

    /// An embedded face; a test holds that each is a font.
    fn embedded(&self, number: usize) -> Option<&Face> {
        let parse = || {
            let (name, bytes) = EMBEDDED.get(number)?;
            let fit = match FaceId(number as u16) {
                WIDE => Fit::Height,
                EMOJI => Fit::Scale(EMOJI_SCALE),
                _ => Fit::Scale(1.0),
            };
            Face::parse((*name).to_owned(), Arc::new(*bytes), 0, fit)
        };
        self.embedded.get(number)?.get_or_init(parse).as_ref()
    }

    /// Calls `f` with the face of a number.
    pub(crate) fn with_face<T>(&self, id: FaceId, f: impl FnOnce(&Face) -> T) -> T {
        let number = usize::from(id.0);
        if let Some(number) = number.checked_sub(EMBEDDED.len())
            && let Some(face) = self.system.get().and_then(|system| system.face(number))
        {
            return f(&face);
        }
        match self.embedded(number).or_else(|| self.embedded(0)) {
            Some(face) => f(face),
            None => unreachable!("the embedded faces are fonts"),
        }
    }

    /// Whether the face is embedded in the program.
    pub(crate) fn is_embedded(&self, id: FaceId) -> bool {
        usize::from(id.0) < EMBEDDED.len()
    }

    /// Returns the face that prints a grapheme cluster, or `None` if none can.
    ///
    /// Asked in this order: the font style itself, its family's regular, the embedded
    /// wide Latin, the embedded emoji, the system's faces for the script, any other
    /// of the system's.
    pub(crate) fn choose(
        &self,
        cluster: &str,
        script: Script,
        font_style: FontStyle,
        language: &str,
    ) -> Option<FaceId> {
        // Other faces draw a keycap over its digit and its neighbours.
        if cluster.contains(KEYCAP) {
            return Some(EMOJI).filter(|&id| self.with_face(id, |face| face.covers(cluster)));
        }
        let regular = if font_style.is_serif() {
            FontStyle::Serif
        } else {
            FontStyle::Sans
        };
        let own = [Self::face_of(font_style), Self::face_of(regular), WIDE, EMOJI];
        if let Some(&id) = own.iter().find(|&&id| self.with_face(id, |face| face.covers(cluster))) {
            return Some(id);
        }
        if !self.use_system {
            return None;
        }
        self.system
            .get_or_init(SystemFonts::new)
            .choose(cluster, script, font_style, language)
            .map(|number| FaceId(u16::try_from(EMBEDDED.len() + number).unwrap_or(0)))
    }
}

/// Combining enclosing keycap: with the digit before it, a picture of a key.
const KEYCAP: char = '\u{20e3}';

/// The script of a grapheme cluster: that of its first letter that has one.
pub(crate) fn script_of(cluster: &str) -> Script {
    let scripts = CodePointMapData::<Script>::new();
    cluster
        .chars()
        .map(|c| scripts.get(c))
        .find(|&script| script != Script::Common && script != Script::Inherited)
        .unwrap_or(Script::Common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_chosen_by_coverage() {
        let fonts = Fonts::embedded_only();
        let check = |cluster: &str, font_style, expected: Option<u16>| {
            let found = fonts.choose(cluster, script_of(cluster), font_style, "en");
            assert_eq!(found.map(|id| id.0), expected, "{cluster}");
        };
        check("a", FontStyle::Serif, Some(0));
        check("é", FontStyle::SerifBold, Some(2));
        check("e\u{301}", FontStyle::SerifItalic, Some(1));
        check("Ω", FontStyle::Serif, Some(0));
        check("ễ", FontStyle::Serif, Some(0));
        check("Ɛ", FontStyle::Serif, Some(6));
        check("א", FontStyle::Serif, None);
        check("\u{2011}", FontStyle::Serif, Some(0));
        check("1\u{fe0f}\u{20e3}", FontStyle::Serif, Some(10));
        check("✊\u{1f3ff}", FontStyle::SerifBold, Some(10));
    }

    #[test]
    fn every_cut_has_its_face_and_none_is_parsed_unasked() {
        use FontStyle::*;
        let font_styles = [
            (Serif, "Source Serif 4"),
            (SerifItalic, "Source Serif 4 Italic"),
            (SerifBold, "Source Serif 4 Bold"),
            (SerifBoldItalic, "Source Serif 4 Bold Italic"),
            (Sans, "Source Sans 3"),
            (SansItalic, "Source Sans 3 Italic"),
            (SansBold, "Source Sans 3 SemiBold"),
            (SansBoldItalic, "Source Sans 3 SemiBold Italic"),
            (Mono, "Source Code Pro"),
        ];
        assert_eq!(font_styles.len(), FontStyle::COUNT);
        let fonts = Fonts::embedded_only();
        for (number, (font_style, name)) in font_styles.into_iter().enumerate() {
            assert_eq!(font_style as usize, number);
            let face = fonts.embedded(usize::from(Fonts::face_of(font_style).0));
            assert_eq!(face.map(|face| face.name.as_str()), Some(name));
            // Emphasis twice is none, and what is heavy stays heavy.
            assert_eq!(font_style.emphasized().emphasized(), font_style);
            assert_eq!(font_style.strong().strong(), font_style.strong());
            let parsed = fonts.embedded.iter().filter(|face| face.get().is_some()).count();
            assert_eq!(parsed, number + 1);
        }
        // That leaves the wide one.
        assert!((0..EMBEDDED.len()).all(|number| fonts.embedded(number).is_some()));
    }

    #[test]
    fn ink_is_measured_in_em() {
        let fonts = Fonts::embedded_only();
        let check = |letter: char, expected: (f64, f64)| {
            fonts.with_face(Fonts::face_of(FontStyle::Serif), |face| {
                let glyph = face
                    .font
                    .charmap()
                    .map_unicode(letter)
                    .map_or(0, harfrust::GlyphId::to_u32);
                assert_eq!(face.ink(glyph), Some(expected), "{letter}");
            });
        };
        check('H', (0.67, 0.0));
        check('p', (0.504, 0.232));
    }

    #[test]
    fn a_face_is_fitted_to_its_letters() {
        // The letters of no script that is measured: as it stands.
        let bytes: &'static [u8] = include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf");
        let face = Face::parse("Sans".to_owned(), Arc::new(bytes), 0, Fit::Letter);
        assert_eq!(face.map(|face| face.scale), Some(1.0));
        // Whatever of them this machine has: as high as it should be.
        let fonts = Fonts::new();
        for (letter, height) in LETTERS {
            let cluster = letter.to_string();
            let Some(id) = fonts.choose(&cluster, script_of(&cluster), FontStyle::Serif, "en") else {
                continue;
            };
            fonts.with_face(id, |face| {
                let glyph = face
                    .font
                    .charmap()
                    .map_unicode(letter)
                    .map_or(0, harfrust::GlyphId::to_u32);
                let (up, _) = face.ink(glyph).unwrap_or_default();
                let odd = (face.scale - 0.8).abs() < 1e-9 || (face.scale - 1.25).abs() < 1e-9;
                assert!(
                    odd || (up * face.scale - height).abs() < 0.01,
                    "{letter} in {}",
                    face.name
                );
            });
        }
    }
}
