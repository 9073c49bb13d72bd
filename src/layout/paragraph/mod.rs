//! A text becomes lines.
//!
//! In: a [`StyledText`] and the [`ParagraphFormat`] of its column. Out: its [`SetLine`]s, each with
//! its glyphs placed from the column's left edge, and the letters that no face
//! has. Guaranteed: the lines hold every character of the text once, in logical
//! order; no line is wider than the column unless one letter is. Absent: pages.
//!
//! Where lines end is decided in `line_ends`; here their glyphs get their places.

pub(crate) mod break_opportunity;
pub(crate) mod line_break;
mod line_ends;

use crate::layout::flow::figure::InlinePicture;
use crate::layout::frame::{Artifact, FontId, Mark, NodeId, TextRun};
use crate::layout::text::atom::{Atom, AtomKind, Bidi, atoms};
use crate::layout::text::fonts::FaceId;
use crate::layout::text::shape::{Numerals, ShapedPart, ShapedWord, Shaper};
use crate::layout::text::styled_text::StyledText;
use crate::model::units::Pt;
use line_ends::LineEnd;
use std::sync::Arc;
use unicode_bidi::{BidiInfo, Level};

/// Where lines stand in their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// At the side where reading begins; the other is ragged.
    Start,
    /// At both sides.
    Justify,
    /// In the middle.
    Center,
    /// At the side where reading ends.
    End,
}

/// What lines are broken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BreakPolicy {
    /// Even lines, with hyphens where they help.
    Prose,
    /// Few lines of whole words: names, headings, addresses.
    Display,
    /// Narrow prose, with hyphens only where much white would be left.
    Cell,
}

/// The form of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ParagraphFormat {
    /// Width of the column.
    pub(crate) width: f64,
    /// Indent of the first line, and of each that begins after a break the author
    /// asked for.
    pub(crate) first: f64,
    /// Indent of all other lines.
    pub(crate) rest: f64,
    /// Where lines stand.
    pub(crate) align: Align,
    /// What lines are broken for.
    pub(crate) break_policy: BreakPolicy,
    /// Whether words may be hyphenated.
    pub(crate) hyphenate: bool,
    /// From baseline to baseline.
    pub(crate) leading: f64,
    /// Whether the column's start is its right side. `None`: as the text's own
    /// first letter has it.
    pub(crate) rtl: Option<bool>,
}

/// A set line.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetLine {
    /// The glyphs, in logical order; x from the column's left edge, y from the
    /// baseline. Fonts are face numbers until the pages are done.
    pub(crate) runs: Vec<TextRun>,
    /// What is clicked: node, left end, right end.
    pub(crate) links: Vec<(NodeId, f64, f64)>,
    /// Pictures: left end, which, and what it means. They stand on the baseline.
    pub(crate) figures: Vec<(f64, InlinePicture, Mark)>,
    /// Lines through or below the text: left end, right end, height above the
    /// baseline, mark.
    pub(crate) strikes: Vec<(f64, f64, f64, Mark)>,
    /// The footnotes whose marks it holds.
    pub(crate) notes: Vec<usize>,
    /// From its top to the baseline.
    pub(crate) baseline: f64,
    /// From its top to the next line's top.
    pub(crate) height: f64,
    /// Left end of what is printed.
    pub(crate) left: f64,
    /// Right end of what is printed, white space at the end not counted.
    pub(crate) right: f64,
}

/// A set text.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetText {
    /// The lines.
    pub(crate) lines: Vec<SetLine>,
    /// Letters that no face has, each once, in order of appearance.
    pub(crate) missing: String,
}

/// Sets a text.
pub(crate) fn set(text: &StyledText, format: &ParagraphFormat, shaper: Shaper<'_>) -> SetText {
    let bidi = Bidi::new(text, shaper.is_rtl());
    let base_rtl = bidi.rtl;
    let atoms = atoms(text, &bidi, shaper);
    let layout = ParagraphLayout {
        text,
        format,
        shaper,
        atoms: &atoms,
        base_rtl,
    };
    let mut missing = String::new();
    let ends = layout.line_ends();
    let mut lines = Vec::with_capacity(ends.len());
    let mut begin = 0;
    for (number, end) in ends.iter().enumerate() {
        let last = number + 1 == ends.len() || text.chars[begin..end.at].ends_with('\n');
        let first = text.chars[..begin].is_empty() || text.chars[..begin].ends_with('\n');
        lines.push(layout.line(begin, *end, first, last, &mut missing));
        begin = end.at;
    }
    SetText { lines, missing }
}

/// One paragraph at work.
struct ParagraphLayout<'a> {
    text: &'a StyledText,
    format: &'a ParagraphFormat,
    shaper: Shaper<'a>,
    atoms: &'a [Atom],
    base_rtl: bool,
}

/// The widest a space may get, in natural widths; a line that would need more
/// keeps its natural spaces and is left ragged.
const WIDEST: f64 = 3.0;

impl ParagraphLayout<'_> {
    /// Sets the characters from `begin` to `end` on one line.
    fn line(&self, begin: usize, end: LineEnd, first: bool, last: bool, missing: &mut String) -> SetLine {
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

    /// How far the last sign of a line stands out of its column, so that the edge
    /// looks straight: hyphens and stops are small and weigh little.
    ///
    /// Source: Hàn Thế Thành, Micro-typographic extensions to the TeX typesetting
    /// system (2000), section 3.1. Only at the right side of lines from left to
    /// right, in the embedded faces.
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
            Some(glyph) if style.numerals == Numerals::Default && self.shaper.fonts.is_embedded(part.face) => {
                f64::from(glyph.advance * part.scale) * style.size / 1000.0 * share
            }
            _ => 0.0,
        }
    }

    /// The parts of a line, in logical order.
    fn parts(&self, begin: usize, end: LineEnd) -> Vec<LinePart> {
        let first = self.atoms.partition_point(|atom| atom.end <= begin);
        let count = self.atoms[first..].partition_point(|atom| atom.start < end.at);
        let mut parts = Vec::with_capacity(count + 1);
        for atom in self.atoms[first..].iter().take_while(|atom| atom.start < end.at) {
            if atom.kind == AtomKind::Break {
                continue;
            }
            let (from, to) = (atom.start.max(begin), atom.end.min(end.at));
            let span = &self.text.spans[atom.span];
            let style = &span.style;
            let shaped = if (from, to) == (atom.start, atom.end) {
                Arc::clone(&atom.shaped)
            } else {
                self.shaper.word_in(
                    span.language.as_deref(),
                    &self.text.chars[from..to],
                    style.font_style,
                    style.numerals,
                    atom.level % 2 == 1,
                )
            };
            for index in 0..shaped.parts.len() {
                let part = &shaped.parts[index];
                parts.push(LinePart {
                    level: atom.level,
                    span: atom.span,
                    space: atom.kind == AtomKind::Space,
                    hyphen: false,
                    start: from + part.start as usize,
                    end: from + part.end as usize,
                    width: f64::from(part.width) * style.size / 1000.0,
                    factor: 1.0,
                    index,
                    shaped: Arc::clone(&shaped),
                });
            }
        }
        if end.hyphen
            && let Some((span, level, at)) = parts.last().map(|last: &LinePart| (last.span, last.level, last.end))
        {
            let (width, shaped) = self.hyphen(&self.text.spans[span]);
            parts.push(LinePart {
                level,
                span,
                space: false,
                hyphen: true,
                start: at,
                end: at,
                width,
                factor: 1.0,
                index: 0,
                shaped,
            });
        }
        // Spaces are one byte in the cache, but may be more in the text.
        for piece in &mut parts {
            if piece.space {
                let c = self.text.chars[piece.start..].chars().next().map_or(1, char::len_utf8);
                piece.end = piece.start + c;
            }
        }
        parts
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
                line.strikes
                    .push((x, x + piece.width, span.style.size * STRIKE, span.mark));
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
            line.baseline = line.baseline.max((f64::from(up) - AIR) * span.style.size);
            depth = depth.max((f64::from(down) - AIR) * span.style.size);
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

    /// Whether two parts, one after the other, are one run.
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
        } else {
            part.substitute.then(|| text.into())
        };
        let FaceId(face) = part.face;
        TextRun {
            font: FontId(face),
            size: Pt(span.style.size * f64::from(part.scale)),
            color: span.style.color,
            x: Pt(places[if rtl { places.len() - 1 } else { 0 }]),
            y: Pt::ZERO,
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

/// How far the ink of another script may reach out of its line, in em, before the
/// line becomes higher: so far that it does not touch Latin letters in the lines
/// above and below, in the roll's leading, the narrowest. Lines of a column thus
/// stand level with those of the next, whatever the scripts.
const AIR: f64 = 0.1;

impl SetLine {
    fn link(&mut self, node: NodeId, left: f64, right: f64) {
        match self.links.last_mut() {
            Some((last, from, to)) if *last == node => {
                *from = from.min(left);
                *to = to.max(right);
            }
            _ => self.links.push((node, left, right)),
        }
    }
}

/// A part of a line in one face.
struct LinePart {
    level: u8,
    span: usize,
    space: bool,
    hyphen: bool,
    start: usize,
    end: usize,
    width: f64,
    factor: f64,
    index: usize,
    shaped: Arc<ShapedWord>,
}

impl LinePart {
    fn part(&self) -> &ShapedPart {
        &self.shaped.parts[self.index]
    }

    fn stretch(&mut self, factor: f64) {
        self.factor = factor;
        self.width *= factor;
    }
}

/// The left ends of parts, set from `origin` in visual order (rule L2).
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
