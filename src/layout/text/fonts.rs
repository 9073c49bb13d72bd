//! Chooses faces: the embedded ones, and the workspace's and the system's where those lack
//! characters.
//!
//! In: a [`FontStyle`] and the letters of one grapheme cluster. Out: the face that prints
//! them, or none. Guaranteed: the embedded faces are always there; which face prints a
//! cluster depends on the cluster, the font style, the language and the fonts installed,
//! never on what was asked before. Absent: shaping (that is `shape`'s), and fonts that
//! could not be embedded: those without outlines and those whose license bits forbid it.

use crate::layout::frame::FontOrigin;
use crate::layout::text::face::{Face, FaceId, Fit};
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::named_fonts::{self, NamedFace};
use crate::layout::text::system_fonts::SystemFonts;
use crate::layout::text::word_cache::WordCache;
use icu_properties::props::Script;
use std::sync::{Arc, OnceLock};

/// The last resort among the embedded faces: all of Latin, Greek and Cyrillic,
/// and U+FFFD, the visible substitute.
pub(crate) const WIDE: FaceId = FaceId(6);

/// Emoji as outlines, where no other embedded face has them as signs.
const EMOJI: FaceId = FaceId(10);

/// Gives what emoji are scaled by, so that they stand a little higher than capitals; by
/// eye.
const EMOJI_SCALE: f64 = 0.85;

/// Hangul, Han and kana of names, where the feature `cjk` embeds them. The workspace's fonts
/// come before it: of Han, this face has the forms of mainland China alone.
const CJK: FaceId = FaceId(17);

/// The embedded faces: their names for people, and their files.
const EMBEDDED: &[(&str, &[u8])] = &[
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
    (
        "Noto Naskh Arabic",
        include_bytes!("../../../assets/fonts/NotoNaskhArabic-Regular.ttf"),
    ),
    (
        "Noto Naskh Arabic Bold",
        include_bytes!("../../../assets/fonts/NotoNaskhArabic-Bold.ttf"),
    ),
    (
        "Noto Serif Hebrew",
        include_bytes!("../../../assets/fonts/NotoSerifHebrew-Regular.ttf"),
    ),
    (
        "Noto Serif Hebrew Bold",
        include_bytes!("../../../assets/fonts/NotoSerifHebrew-Bold.ttf"),
    ),
    (
        "Noto Serif Devanagari",
        include_bytes!("../../../assets/fonts/NotoSerifDevanagari-Regular.ttf"),
    ),
    (
        "Noto Serif Devanagari Bold",
        include_bytes!("../../../assets/fonts/NotoSerifDevanagari-Bold.ttf"),
    ),
    #[cfg(feature = "cjk")]
    (
        "Noto Serif CJK SC",
        include_bytes!("../../../assets/fonts/NotoSerifCJK-Names.otf"),
    ),
];

/// The scripts beside Latin, Greek and Cyrillic that have embedded faces: regular, and bold.
const SCRIPTS: [(Script, FaceId, FaceId); 3] = [
    (Script::Arabic, FaceId(11), FaceId(12)),
    (Script::Hebrew, FaceId(13), FaceId(14)),
    (Script::Devanagari, FaceId(15), FaceId(16)),
];

/// Holds all faces at hand, shared between threads. Each is parsed when it is first
/// asked for.
pub struct Fonts {
    embedded: [OnceLock<Option<Face>>; EMBEDDED.len()],
    /// Those of the workspace, in the order of their files.
    named: Vec<NamedFace>,
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
    /// Returns the embedded faces, and the system's for characters that those lack. The
    /// system's are looked up when the first such character is met.
    pub fn new() -> Self {
        Self::with(true)
    }

    /// Returns the embedded faces alone: the same pages on every machine.
    pub fn embedded_only() -> Self {
        Self::with(false)
    }

    /// Returns the embedded faces; for characters that those lack, the faces of these font files,
    /// asked in this order; and then the system's. What is no font is passed over.
    pub fn with_files(files: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self {
            named: files.into_iter().flat_map(named_fonts::open).collect(),
            ..Self::with(true)
        }
    }

    /// Returns the embedded faces, with or without the system's.
    fn with(use_system: bool) -> Self {
        Self {
            embedded: Default::default(),
            named: Vec::new(),
            system: OnceLock::new(),
            use_system,
            words: WordCache::default(),
        }
    }

    /// Returns the names of the embedded faces, for people.
    pub fn embedded_names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// Returns the embedded face of a font style.
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

    /// Returns an embedded face; a test holds that each is a font.
    fn embedded(&self, number: usize) -> Option<&Face> {
        let parse = || {
            let (name, bytes) = EMBEDDED.get(number)?;
            let fit = match FaceId(number as u16) {
                WIDE => Fit::Height,
                EMOJI => Fit::Scale(EMOJI_SCALE),
                // Naskh is drawn small.
                FaceId(11 | 12) => Fit::Scale(1.08),
                CJK => Fit::of_family(name),
                FaceId(13..) => Fit::Letter,
                _ => Fit::Scale(1.0),
            };
            Face::parse((*name).to_owned(), Arc::new(*bytes), 0, fit)
        };
        self.embedded.get(number)?.get_or_init(parse).as_ref()
    }

    /// Calls `f` with the face of a number.
    pub(crate) fn with_face<T>(&self, id: FaceId, f: impl FnOnce(&Face) -> T) -> T {
        let number = usize::from(id.0);
        let beyond = number.checked_sub(EMBEDDED.len());
        if let Some(named) = beyond.and_then(|number| self.named.get(number)) {
            return f(&named.face);
        }
        if let Some(number) = beyond.and_then(|number| number.checked_sub(self.named.len()))
            && let Some(face) = self.system.get().and_then(|system| system.face(number))
        {
            return f(&face);
        }
        match self.embedded(number).or_else(|| self.embedded(0)) {
            Some(face) => f(face),
            None => unreachable!("the embedded faces are fonts"),
        }
    }

    /// Returns whether the face is embedded in the program.
    pub(crate) fn is_embedded(&self, id: FaceId) -> bool {
        usize::from(id.0) < EMBEDDED.len()
    }

    /// Returns where a face comes from.
    pub(crate) fn origin(&self, id: FaceId) -> FontOrigin {
        match usize::from(id.0).checked_sub(EMBEDDED.len()) {
            None => FontOrigin::Embedded,
            Some(number) if number < self.named.len() => FontOrigin::Workspace,
            Some(_) => FontOrigin::System,
        }
    }

    /// Returns the face of the workspace that prints a cluster, of this weight if there is one.
    fn named(&self, cluster: &str, bold: bool) -> Option<FaceId> {
        let mut numbers: Vec<usize> = (0..self.named.len()).collect();
        numbers.sort_by_key(|&number| self.named[number].is_bold != bold);
        let number = numbers
            .into_iter()
            .find(|&number| self.named[number].face.covers(cluster))?;
        u16::try_from(EMBEDDED.len() + number).ok().map(FaceId)
    }

    /// Returns the face that prints a grapheme cluster, or `None` if none can.
    ///
    /// Asked in this order: the font style itself, its family's regular, the embedded
    /// wide Latin, the embedded emoji, the script's own, the workspace's, the embedded Hangul
    /// and Han (with the feature `cjk`), the system's for the script, any other of the system's.
    pub(crate) fn choose(
        &self,
        cluster: &str,
        script: Script,
        font_style: FontStyle,
        language: &str,
    ) -> Option<FaceId> {
        // Other faces draw a keycap over its digit and its neighbors.
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
        let of_script = SCRIPTS.iter().find(|(of, ..)| *of == script);
        let of_script = of_script.map(|&(_, regular, bold)| if font_style.is_bold() { bold } else { regular });
        if let Some(id) = of_script.filter(|&id| self.with_face(id, |face| face.covers(cluster))) {
            return Some(id);
        }
        if let Some(id) = self.named(cluster, font_style.is_bold()) {
            return Some(id);
        }
        if self
            .embedded(usize::from(CJK.0))
            .is_some_and(|face| face.covers(cluster))
        {
            return Some(CJK);
        }
        if !self.use_system {
            return None;
        }
        self.system
            .get_or_init(SystemFonts::new)
            .choose(cluster, script, font_style, language)
            .map(|number| FaceId(u16::try_from(EMBEDDED.len() + self.named.len() + number).unwrap_or(0)))
    }
}

/// Combining enclosing keycap: with the digit before it, a picture of a key.
const KEYCAP: char = '\u{20e3}';

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::text::face::{Fit, LETTERS};
    use crate::layout::text::script::script_of;

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
        check("א", FontStyle::Serif, Some(13));
        check("א", FontStyle::SansBold, Some(14));
        check("منظ", FontStyle::Serif, Some(11));
        check("हि", FontStyle::Serif, Some(15));
        let cjk = cfg!(feature = "cjk").then_some(17);
        check("한", FontStyle::Serif, cjk);
        check("國", FontStyle::SansBold, cjk);
        check("あ", FontStyle::Serif, cjk);
        // A rare one, in no set of the names'.
        check("𠮷", FontStyle::Serif, None);
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
