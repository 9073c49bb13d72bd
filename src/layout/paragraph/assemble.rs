//! Gives the parts of a line their places.
//!
//! In: where a line begins and ends. Out: a [`SetLine`]. Guaranteed: parts stand in
//! visual order (UAX 9, rule L2); a justified line reaches the margin or keeps its
//! spaces; a line becomes higher only where ink would touch its neighbors. Absent: where
//! lines end.

use crate::layout::frame::{Artifact, FontId, Mark, TextRun};
use crate::layout::paragraph::format::Align;
use crate::layout::paragraph::line::SetLine;
use crate::layout::paragraph::parts::{LineEnd, LinePart, ParagraphLayout};
use crate::layout::text::face::FaceId;
use crate::layout::text::font_style::FontFeature;
use crate::model::text::InlineStyle;
use crate::model::units::Pt;
use unicode_bidi::{BidiInfo, Level};

/// The widest a space may get, in natural widths; a line that would need more
/// keeps its natural spaces and is left ragged.
const WIDEST: f64 = 3.0;

impl ParagraphLayout<'_> {
    /// Sets the characters from `begin` to `end` on one line.
    pub(super) fn line(&self, begin: usize, end: LineEnd, first: bool, last: bool, missing: &mut String) -> SetLine {
        let mut parts = self.parts(begin, end);
        let trailing = parts.iter().rev().take_while(|piece| piece.space).count();
        let inner = parts.len() - trailing;
        let base = u8::from(self.base_rtl);
        for piece in &mut parts[inner..] {
            piece.level = base; // rule L1
        }
        let indent = if first { self.format.first } else { self.format.rest };
        let justify = self.format.align == Align::Justify && !last;
        let hang = if justify { self.hang(&parts[..inner]) } else { 0.0 };
        let available = (self.format.width - indent).max(1.0) + hang;
        let natural: f64 = parts[..inner].iter().map(|piece| piece.width).sum();
        let spaces: f64 = parts[..inner]
            .iter()
            .filter(|piece| piece.space)
            .map(|piece| piece.width)
            .sum();
        if spaces > 0.0 && (justify || natural > available) {
            let factor = match (spaces + available - natural) / spaces {
                factor if factor > WIDEST => 1.0,
                factor => factor.max(0.5),
            };
            for piece in parts[..inner].iter_mut().filter(|piece| piece.space) {
                piece.stretch(factor);
            }
        }
        let width: f64 = parts[..inner].iter().map(|piece| piece.width).sum();
        let tail: f64 = parts[inner..].iter().map(|piece| piece.width).sum();
        let rtl = self.format.rtl.unwrap_or(self.base_rtl);
        let slack = (available - width).max(0.0);
        let from_start = match self.format.align {
            Align::Start | Align::Justify => 0.0,
            Align::Center => slack / 2.0,
            Align::End => slack,
        };
        let left = if rtl {
            available - width - from_start
        } else {
            indent + from_start
        };
        let left = left.max(0.0);
        let origin = if self.base_rtl { left - tail } else { left };
        let mut line = self.assemble(&parts, origin, missing);
        line.left = left;
        line.right = left + width - hang;
        line
    }

    /// Returns how far the last sign of a line stands out of its column, so that the edge
    /// looks straight: hyphens and stops are small and weigh little.
    ///
    /// Source: Hàn Thế Thành, Micro-typographic extensions to the TeX typesetting system
    /// (2000), section 3.1. Only at the right side of lines from left to right, in the
    /// embedded faces.
    fn hang(&self, parts: &[LinePart]) -> f64 {
        let Some(last) = parts.last().filter(|last| last.level == 0 && !self.base_rtl) else {
            return 0.0;
        };
        let text = &self.text.chars[last.start..last.end];
        let sign = if last.hyphen {
            Some('-')
        } else {
            text.chars().next_back()
        };
        let share = HANGING
            .iter()
            .find(|(hanging, _)| Some(*hanging) == sign)
            .map_or(0.0, |(_, share)| *share);
        let style = &self.text.spans[last.span].style;
        let part = last.part();
        match part.glyphs.last() {
            Some(glyph) if style.feature == FontFeature::Default && self.shaper.fonts.is_embedded(part.face) => {
                f64::from(glyph.advance * part.scale) * style.size / 1000.0 * share
            }
            _ => 0.0,
        }
    }

    /// Places parts from `origin` rightwards and joins them into runs.
    fn assemble(&self, parts: &[LinePart], origin: f64, missing: &mut String) -> SetLine {
        let format = self.format;
        let mut line = SetLine::default();
        let size = parts
            .iter()
            .map(|piece| self.text.spans[piece.span].style.size)
            .fold(0.0, f64::max);
        line.baseline = (format.leading + size * CENTER) / 2.0;
        let mut depth = format.leading - line.baseline;
        let places = places(parts, origin);
        for (index, piece) in parts.iter().enumerate() {
            let span = &self.text.spans[piece.span];
            let part = piece.part();
            let x = places[index];
            if let Some(node) = span.link {
                line.link(node, x, x + piece.width);
            }
            if let Some(picture) = span.picture {
                line.figures.push((x, picture, span.mark));
            }
            if span.style.strike {
                line.strikes.push((
                    x,
                    x + piece.width,
                    span.style.rise + span.style.size * STRIKE,
                    span.mark,
                ));
            }
            // The space that parts a line from the next one says nothing.
            if span.style.underline && !(piece.space && index + 1 == parts.len()) {
                let mark = Mark::Artifact(Artifact::Layout);
                line.strikes
                    .push((x, x + piece.width, -span.style.size * UNDERLINE, mark));
            }
            if let Some(note) = span.note
                && !line.notes.contains(&note)
            {
                line.notes.push(note);
            }
            let (up, down) = part.ink;
            let rise = span.style.rise;
            line.baseline = line.baseline.max((f64::from(up) - AIR) * span.style.size + rise);
            depth = depth.max((f64::from(down) - AIR) * span.style.size - rise);
            if part.substitute {
                for c in self.text.chars[piece.start..piece.end].chars() {
                    if !missing.contains(c) {
                        missing.push(c);
                    }
                }
            }
        }
        let mut rest = 0;
        while rest < parts.len() {
            let joined = parts[rest..]
                .windows(2)
                .take_while(|pair| self.joins(&pair[0], &pair[1]));
            let next = rest + 1 + joined.count();
            let run = self.run(&parts[rest..next], &places[rest..next]);
            if !run.glyphs.is_empty() {
                line.runs.push(run);
            }
            rest = next;
        }
        line.height = line.baseline + depth;
        line
    }

    /// Returns whether two parts, one after the other, are one run.
    fn joins(&self, a: &LinePart, b: &LinePart) -> bool {
        let (one, other) = (&self.text.spans[a.span], &self.text.spans[b.span]);
        let (part_a, part_b) = (a.part(), b.part());
        a.level == b.level
            && !b.hyphen
            && part_a.face == part_b.face
            && one.picture.is_none()
            && other.picture.is_none()
            && !part_a.substitute
            && !part_b.substitute
            && one.style == other.style
            && one.mark == other.mark
    }

    /// Joins parts of one look, direction and meaning into a run.
    fn run(&self, parts: &[LinePart], places: &[f64]) -> TextRun {
        let (first, last) = (&parts[0], &parts[parts.len() - 1]);
        let span = &self.text.spans[first.span];
        let part = first.part();
        let rtl = first.level % 2 == 1;
        let mut glyphs = Vec::with_capacity(parts.iter().map(|piece| piece.part().glyphs.len()).sum());
        let mut append = |piece: &LinePart| {
            let part = piece.part();
            let base = (piece.start - first.start) as u32;
            glyphs.extend(part.glyphs.iter().map(|glyph| {
                let mut glyph = *glyph;
                glyph.cluster = glyph.cluster - part.start + base;
                if piece.space {
                    glyph.advance *= piece.factor as f32;
                }
                glyph
            }));
        };
        if rtl {
            parts.iter().rev().for_each(&mut append);
        } else {
            parts.iter().for_each(&mut append);
        }
        let text: &str = if first.hyphen {
            "-"
        } else {
            &self.text.chars[first.start..last.end]
        };
        let actual_text = if first.hyphen {
            Some("\u{ad}".into())
        } else if span.style.rise == 0.0 {
            part.substitute.then(|| text.into())
        } else {
            // Copied and read aloud, 10⁶ is not 106.
            let style = match span.style.rise > 0.0 {
                true => InlineStyle::Superscript,
                false => InlineStyle::Subscript,
            };
            Some(style.plain(text).into())
        };
        let FaceId(face) = part.face;
        TextRun {
            font: FontId(face),
            size: Pt(span.style.size * f64::from(part.scale)),
            color: span.style.color,
            x: Pt(places[if rtl { places.len() - 1 } else { 0 }]),
            y: Pt(-span.style.rise),
            glyphs,
            text: text.into(),
            actual_text,
            mark: span.mark,
        }
    }
}

/// Signs that stand out of a justified line's end, and by how much of their width;
/// by eye, below the values usual for TeX.
pub(crate) const HANGING: [(char, f64); 6] = [
    ('-', 0.5),
    ('\u{2010}', 0.5),
    ('.', 0.5),
    (',', 0.5),
    ('’', 0.4),
    ('”', 0.3),
];

/// Height of the middle of text above and below the baseline, in em, twice: half
/// of capitals and half of ascenders over descenders, so that lines look centerd
/// in their leading.
const CENTER: f64 = 0.66;

/// Height of a line through text, in em: half an x-height.
const STRIKE: f64 = 0.25;

/// Depth of a line below text, in em: clear of the baseline, through descenders.
const UNDERLINE: f64 = 0.12;

/// Says how far the ink of another script may reach out of its line, in em, before the
/// line becomes higher: so far that it does not touch Latin letters in the lines above
/// and below, in the roll's leading, the narrowest. Lines of a column thus stand level
/// with those of the next, whatever the scripts.
const AIR: f64 = 0.1;

/// Returns the left ends of parts, set from `origin` in visual order (rule L2).
fn places(parts: &[LinePart], origin: f64) -> Vec<f64> {
    let mut places = vec![0.0; parts.len()];
    let mut x = origin;
    if parts.iter().all(|piece| piece.level == 0) {
        for (place, piece) in places.iter_mut().zip(parts) {
            *place = x;
            x += piece.width;
        }
        return places;
    }
    let levels: Vec<Level> = parts
        .iter()
        .map(|piece| Level::new(piece.level).unwrap_or_else(|_| Level::ltr()))
        .collect();
    for index in BidiInfo::reorder_visual(&levels) {
        places[index] = x;
        x += parts[index].width;
    }
    places
}
