//! Turns words into glyphs.
//!
//! In: a word, the font style it is set in, its direction and the document's language.
//! Out: its glyphs in painting order, left to right, split where the face changes.
//! Guaranteed: no glyph is `.notdef`; letters that no face has are set as visible
//! substitutes and say so; the same word gives the same glyphs, whether it comes from the
//! cache or not. Absent: sizes; lengths are in thousandths of an em of the text's size.

use crate::layout::frame::Glyph;
use crate::layout::text::face::{Face, FaceId};
use crate::layout::text::font_style::{FontFeature, FontStyle};
use crate::layout::text::fonts::{Fonts, WIDE};
use crate::layout::text::script::own_script;
use crate::layout::text::shaped_word::{ShapedPart, ShapedWord};
use crate::layout::text::word_cache::{LanguageWords, ShapeKey};
use crate::model::direction;
use harfrust::{Buffer, BufferFlags, Direction, Feature, ShapeOptions, ShapePlan, ShaperFont, Tag};
use icu_properties::PropertyNamesShort;
use icu_properties::props::Script;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Shapes the words of one document.
#[derive(Clone, Copy)]
pub(crate) struct Shaper<'a> {
    pub(crate) fonts: &'a Fonts,
    /// BCP 47 tag of the document.
    pub(crate) language: &'a str,
    /// The words of that language.
    pub(crate) words: &'a LanguageWords,
}

impl Shaper<'_> {
    /// Returns whether the document's language is written from right to left.
    pub(crate) fn is_rtl(&self) -> bool {
        direction::Direction::of_language(self.language).is_rtl()
    }

    /// Returns the glyphs of a word in a language of its own, where it has one.
    pub(crate) fn word_in(
        &self,
        language: Option<&str>,
        text: &str,
        font_style: FontStyle,
        feature: FontFeature,
        rtl: bool,
    ) -> Arc<ShapedWord> {
        let Some(language) = language else {
            return self.word(text, font_style, feature, rtl);
        };
        let words = self.fonts.words.of_language(language);
        let shaper = Shaper {
            fonts: self.fonts,
            language,
            words: &words,
        };
        shaper.word(text, font_style, feature, rtl)
    }

    /// Returns the glyphs of a word.
    pub(crate) fn word(&self, text: &str, font_style: FontStyle, feature: FontFeature, rtl: bool) -> Arc<ShapedWord> {
        let key = ShapeKey {
            font_style,
            feature,
            rtl,
        };
        self.words.find_or_shape(text, key, || self.shape(text, key))
    }

    /// Returns the plan by which a face shapes a script.
    fn plan(&self, face: FaceId, script: Script, key: ShapeKey) -> Arc<ShapePlan> {
        self.words.find_or_plan((key, face, script), |language| {
            let direction = if key.rtl {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            };
            let tag = PropertyNamesShort::<Script>::new()
                .get(script)
                .and_then(|name| name.parse::<harfrust::Script>().ok());
            self.fonts.with_face(face, |face| {
                ShapePlan::new(&face.font, direction, tag, language, &features(key.feature))
            })
        })
    }

    /// Shapes a word.
    fn shape(&self, text: &str, key: ShapeKey) -> ShapedWord {
        let mut shaped = ShapedWord::default();
        for run in self.face_runs(text, key) {
            let part = self.shape_run(text, run, key);
            shaped.width += part.width;
            shaped.parts.push(part);
        }
        shaped
    }

    /// Splits a word where face or script change.
    fn face_runs(&self, text: &str, key: ShapeKey) -> Vec<FaceRun> {
        let own = Fonts::face_of(key.font_style);
        let end = text.len();
        if text.chars().all(is_plain_latin) && self.fonts.with_face(own, |face| face.covers(text)) {
            return vec![FaceRun {
                start: 0,
                end,
                face: Some(own),
                script: Script::Latin,
            }];
        }
        let first = text.graphemes(true).find_map(own_script).unwrap_or(Script::Common);
        let mut face_runs: Vec<FaceRun> = Vec::new();
        let mut script = first;
        for (start, cluster) in text.grapheme_indices(true) {
            let before = script;
            script = own_script(cluster).unwrap_or(script);
            // A word stays in the fallback face it is in, if that has the letter.
            let same = face_runs.last().and_then(|last| last.face).filter(|&face| {
                script == before
                    && !self.fonts.is_embedded(face)
                    && self.fonts.with_face(face, |face| face.covers(cluster))
            });
            let face = same.or_else(|| self.fonts.choose(cluster, script, key.font_style, self.language));
            let end = start + cluster.len();
            match face_runs.last_mut() {
                Some(last) if last.face == face && last.script == script => last.end = end,
                _ => face_runs.push(FaceRun {
                    start,
                    end,
                    face,
                    script,
                }),
            }
        }
        face_runs
    }

    /// Shapes a part of a word, or sets substitutes for it.
    fn shape_run(&self, word: &str, run: FaceRun, key: ShapeKey) -> ShapedPart {
        let text = &word[run.start..run.end];
        if let Some(face) = run.face {
            for face in [face, WIDE] {
                let part = self.shape_in(text, face, run, key);
                if part.glyphs.iter().all(|glyph| glyph.id != 0) {
                    return part;
                }
            }
        }
        self.substitute(text, run, key)
    }

    /// Shapes a part of a word in a face.
    fn shape_in(&self, text: &str, face: FaceId, run: FaceRun, key: ShapeKey) -> ShapedPart {
        let plan = self.plan(face, run.script, key);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(plan.direction());
        buffer.set_script(plan.script());
        buffer.set_language(plan.language().cloned());
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        self.fonts.with_face(face, |face_data| {
            let font = ShaperFont::new(&face_data.font);
            let features = features(key.feature);
            let options = ShapeOptions::new().plan(Some(&plan)).features(&features);
            let shaped = harfrust::shape(&font, &mut buffer, options).is_ok();
            let unit = 1000.0 / f32::from(face_data.font.units_per_em());
            let scale = face_data.scale as f32;
            let mut width = 0.0;
            let glyphs: Vec<Glyph> = buffer
                .glyph_infos()
                .iter()
                .zip(buffer.glyph_positions())
                .filter(|_| shaped)
                .map(|(info, position)| {
                    let advance = position.x_advance as f32 * unit;
                    width += advance * scale;
                    Glyph {
                        id: u16::try_from(info.glyph_id).unwrap_or(0),
                        cluster: info.cluster + run.start as u32,
                        advance,
                        x_offset: position.x_offset as f32 * unit,
                        y_offset: position.y_offset as f32 * unit,
                    }
                })
                .collect();
            let ink = if self.fonts.is_embedded(face) {
                (0.0, 0.0)
            } else {
                reach(&glyphs, face_data)
            };
            ShapedPart {
                ink,
                face,
                scale,
                start: run.start as u32,
                end: run.end as u32,
                substitute: false,
                glyphs,
                width,
            }
        })
    }

    /// Sets one U+FFFD for each cluster.
    fn substitute(&self, text: &str, run: FaceRun, key: ShapeKey) -> ShapedPart {
        let replacement = FaceRun {
            start: 0,
            end: '\u{fffd}'.len_utf8(),
            face: Some(WIDE),
            script: Script::Common,
        };
        let box_part = self.shape_in("\u{fffd}", WIDE, replacement, key);
        let mut part = ShapedPart {
            start: run.start as u32,
            end: run.end as u32,
            substitute: true,
            glyphs: Vec::new(),
            width: 0.0,
            ..box_part
        };
        for (start, _) in text.grapheme_indices(true) {
            for glyph in &box_part.glyphs {
                part.glyphs.push(Glyph {
                    cluster: (run.start + start) as u32,
                    ..*glyph
                });
            }
            part.width += box_part.width;
        }
        if key.rtl {
            part.glyphs.reverse();
        }
        part
    }
}

/// Returns how far glyphs' ink reaches above and below the baseline, in em of the text.
fn reach(glyphs: &[Glyph], face: &Face) -> (f32, f32) {
    /// Gives the ink of a glyph where a face says nothing of it: an ideograph's.
    const SQUARE: (f64, f64) = (0.88, 0.12);
    let (mut up, mut down) = (0.0_f64, 0.0_f64);
    for glyph in glyphs {
        let (above, below) = face.ink(u32::from(glyph.id)).unwrap_or(SQUARE);
        let raised = f64::from(glyph.y_offset) / 1000.0;
        up = up.max(above + raised);
        down = down.max(below - raised);
    }
    ((up * face.scale) as f32, (down * face.scale) as f32)
}

/// Is a part of a word in one face and script, before shaping.
#[derive(Clone, Copy)]
struct FaceRun {
    start: usize,
    end: usize,
    face: Option<FaceId>,
    script: Script,
}

/// Letters and signs that one Latin run may hold without a closer look.
fn is_plain_latin(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2026}')
}

/// Returns the OpenType features that give the digits or letters asked for.
fn features(feature: FontFeature) -> Vec<Feature> {
    match feature {
        FontFeature::Default => Vec::new(),
        FontFeature::Superior => vec![Feature::new(Tag::new(b"sups"), 1, ..)],
        FontFeature::Tabular => vec![Feature::new(Tag::new(b"tnum"), 1, ..)],
        FontFeature::SmallCapitals => vec![Feature::new(Tag::new(b"smcp"), 1, ..)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shapes a word and returns (number of glyphs, faces, substitutes).
    fn check(word: &str, rtl: bool, expected: &(usize, Vec<u16>, bool)) {
        let fonts = Fonts::embedded_only();
        let words = fonts.words.of_language("en-US");
        let shaper = Shaper {
            fonts: &fonts,
            language: "en-US",
            words: &words,
        };
        let shaped = shaper.word(word, FontStyle::Serif, FontFeature::Default, rtl);
        let glyphs = shaped.parts.iter().map(|part| part.glyphs.len()).sum();
        let faces = shaped.parts.iter().map(|part| part.face.0).collect();
        let substitute = shaped.parts.iter().any(|part| part.substitute);
        assert_eq!(&(glyphs, faces, substitute), expected, "{word}");
        assert!(
            shaped
                .parts
                .iter()
                .flat_map(|part| &part.glyphs)
                .all(|glyph| glyph.id != 0)
        );
        let sum: f32 = shaped.parts.iter().map(|part| part.width).sum();
        assert!((sum - shaped.width).abs() < 0.01);
    }

    #[test]
    fn words_are_shaped_in_the_face_that_has_them() {
        check("Justice", false, &(7, vec![0], false));
        check("Poder", false, &(5, vec![0], false));
        check("e\u{301}", false, &(1, vec![0], false)); // composed
        check("aƐb", false, &(3, vec![0, 6, 0], false)); // Noto for the middle
        check("שלום", true, &(4, vec![13], false)); // Noto Serif Hebrew
        check("ܫܠܡ", true, &(3, vec![6], true)); // no face: three boxes
        check("1\u{fe0f}\u{20e3}", false, &(1, vec![10], false)); // a keycap is one picture
        check("👩\u{200d}👩\u{200d}👧", false, &(1, vec![10], false)); // so is a family
        check("a\u{200b}b", false, &(2, vec![0], false)); // nothing for a zero-width space
    }

    #[test]
    fn width_before_a_byte_adds_up() {
        let fonts = Fonts::embedded_only();
        let words = fonts.words.of_language("en");
        let shaper = Shaper {
            fonts: &fonts,
            language: "en",
            words: &words,
        };
        let word = shaper.word("immigrant", FontStyle::Serif, FontFeature::Default, false);
        let edges = word.edges();
        assert!(edges.width_before(0).abs() < 0.01);
        assert!((edges.width_before(9) - word.width).abs() < 0.01);
        let half = shaper.word("immi", FontStyle::Serif, FontFeature::Default, false);
        assert!((edges.width_before(4) - half.width).abs() < 20.0);
        // Within a ligature it grows, and from right to left it is counted in reading order.
        let office = shaper
            .word("office", FontStyle::Serif, FontFeature::Default, false)
            .edges();
        let widths: Vec<f32> = (0..=6).map(|byte| office.width_before(byte)).collect();
        assert!(widths.is_sorted_by(|a, b| a < b), "{widths:?}");
        // Boxes are all as wide.
        let syriac = shaper.word("ܫܠܡܐ", FontStyle::Serif, FontFeature::Default, true);
        assert!((syriac.edges().width_before(4) - syriac.width / 2.0).abs() < 0.01);
    }
}
