//! A text becomes lines.
//!
//! In: a [`Text`] and the [`Form`] of its column. Out: its [`Line`]s, each with
//! its glyphs placed from the column's left edge, and the letters that no face
//! has. Guaranteed: the lines hold every character of the text once, in logical
//! order; no line is wider than the column unless one letter is. Absent: pages.
//!
//! Lines are tried in steps: without hyphens; with hyphens; with hyphens in
//! names; and at last with any white at all and words broken between letters.

use super::atom::{Atom, Bidi, Kind, atoms};
use super::font::FaceId;
use super::frame::{FontId, Mark, NodeId, TextRun};
use super::line_break::{FORBIDDEN, FORCED, Item, Trial, Widths, break_lines};
use super::opportunity::{Break, Opportunity, opportunities};
use super::shape::{Part, Shaped, Shaper};
use super::text::{Span, Text};
use crate::model::units::Pt;
use std::sync::Arc;
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

/// Where lines stand in their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// At the side where reading begins; the other is ragged.
    Start,
    /// At both sides.
    Justify,
    /// In the middle.
    Center,
    /// At the side where reading ends.
    End,
}

/// The form of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// Width of the column.
    pub(super) width: f64,
    /// Indent of the first line.
    pub(super) first: f64,
    /// Indent of all other lines.
    pub(super) rest: f64,
    /// Where lines stand.
    pub(super) align: Align,
    /// Whether words may be hyphenated.
    pub(super) hyphenate: bool,
    /// From baseline to baseline.
    pub(super) leading: f64,
    /// Whether the column's start is its right side. `None`: as the text's own
    /// first letter has it.
    pub(super) rtl: Option<bool>,
}

/// A set line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The glyphs, in logical order; x from the column's left edge, y from the
    /// baseline. Fonts are face numbers until the pages are done.
    pub(super) runs: Vec<TextRun>,
    /// What is clicked: node, left end, right end.
    pub(super) links: Vec<(NodeId, f64, f64)>,
    /// Lines through the text: left end, right end, height above the baseline,
    /// mark.
    pub(super) strikes: Vec<(f64, f64, f64, Mark)>,
    /// The footnotes whose marks it holds.
    pub(super) notes: Vec<usize>,
    /// From its top to the baseline.
    pub(super) baseline: f64,
    /// From its top to the next line's top.
    pub(super) height: f64,
    /// Left end of what is printed.
    pub(super) left: f64,
    /// Right end of what is printed, white space at the end not counted.
    pub(super) right: f64,
}

/// A set text.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// The lines.
    pub(super) lines: Vec<Line>,
    /// Letters that no face has, each once, in order of appearance.
    pub(super) missing: String,
}

/// Sets a text.
pub(super) fn set(text: &Text, form: &Form, shaper: Shaper<'_>) -> Lines {
    let bidi = Bidi::new(&text.chars, shaper.is_rtl());
    let base_rtl = bidi.rtl;
    let atoms = atoms(text, &bidi, shaper);
    let setter = Setter {
        text,
        form,
        shaper,
        atoms: &atoms,
        base_rtl,
    };
    let mut missing = String::new();
    let ends = setter.line_ends();
    let mut lines = Vec::with_capacity(ends.len());
    let mut begin = 0;
    for (number, end) in ends.iter().enumerate() {
        let last = number + 1 == ends.len() || text.chars[begin..end.at].ends_with('\n');
        lines.push(setter.line(begin, *end, number == 0, last, &mut missing));
        begin = end.at;
    }
    Lines { lines, missing }
}

/// Where a line ends.
#[derive(Clone, Copy)]
struct End {
    /// The byte before which the next line begins.
    at: usize,
    /// Whether a hyphen is printed.
    hyphen: bool,
}

/// One paragraph at work.
struct Setter<'a> {
    text: &'a Text,
    form: &'a Form,
    shaper: Shaper<'a>,
    atoms: &'a [Atom],
    base_rtl: bool,
}

/// What a step of trying allows.
struct Step {
    tolerance: f64,
    kinds: Break,
    emergency: f64,
    last: bool,
}

/// Justified: badness 200 without hyphens and with them (TeX has 100 and 200, and
/// hyphenates more), then 1,000, then
/// anything.
const JUSTIFIED: [Step; 4] = [
    Step {
        tolerance: 1.26,
        kinds: Break::Inside,
        emergency: 0.0,
        last: false,
    },
    Step {
        tolerance: 1.26,
        kinds: Break::Syllable,
        emergency: 0.0,
        last: false,
    },
    Step {
        tolerance: 2.15,
        kinds: Break::NameSyllable,
        emergency: 6.0,
        last: false,
    },
    Step {
        tolerance: 10.0,
        kinds: Break::NameSyllable,
        emergency: 12.0,
        last: true,
    },
];

/// Ragged: hyphens only where a line would be left short by more than its white.
const RAGGED: [Step; 4] = [
    Step {
        tolerance: 1.5,
        kinds: Break::Inside,
        emergency: 0.0,
        last: false,
    },
    Step {
        tolerance: 1.5,
        kinds: Break::Syllable,
        emergency: 0.0,
        last: false,
    },
    Step {
        tolerance: 2.5,
        kinds: Break::NameSyllable,
        emergency: 0.0,
        last: false,
    },
    Step {
        tolerance: 10.0,
        kinds: Break::NameSyllable,
        emergency: 0.0,
        last: true,
    },
];

/// The white at a ragged line's end that counts as badness 100, as a part of the
/// line. A tenth gives a lively but quiet edge; by eye.
const WHITE: f64 = 0.1;

/// Last lines narrower than this, in em, are runts: shorter than an average word.
const RUNT: f64 = 3.0;

/// Parts of a space by which it may stretch and shrink, Knuth's for Computer
/// Modern.
const STRETCH: f64 = 0.5;
const SHRINK: f64 = 0.33;

/// The widest a space may get, in natural widths; lines that would need more are
/// left ragged.
const WIDEST: f64 = 3.0;

/// What is kept free when words are broken between letters: their parts, shaped
/// alone, lose the kerning between them.
const RESERVE: f64 = 0.02;

impl Setter<'_> {
    /// Decides where lines end.
    fn line_ends(&self) -> Vec<End> {
        let whole = End {
            at: self.text.chars.len(),
            hyphen: false,
        };
        let widths = Widths {
            first: (self.form.width - self.form.first).max(1.0),
            rest: (self.form.width - self.form.rest).max(1.0),
        };
        let natural: f64 = self.atoms.iter().map(|atom| atom.width).sum();
        let breaks = self.atoms.iter().any(|atom| atom.kind == Kind::Break);
        if natural <= widths.first && !breaks {
            return vec![whole];
        }
        let opportunities = opportunities(&self.text.chars, self.shaper.language, self.form.hyphenate);
        let justified = self.form.align == Align::Justify;
        let size = self.text.spans.first().map_or(10.0, |span| span.style.size);
        let steps = if justified { &JUSTIFIED } else { &RAGGED };
        for step in steps {
            let (items, ends) = self.items(&opportunities, step, widths);
            let trial = Trial {
                ragged: (!justified).then_some((widths.rest * WHITE).max(size)),
                tolerance: step.tolerance,
                emergency: step.emergency,
                runt: RUNT * size,
                last: step.last,
            };
            let widths = if step.last {
                Widths {
                    first: widths.first * (1.0 - RESERVE),
                    rest: widths.rest * (1.0 - RESERVE),
                }
            } else {
                widths
            };
            if let Some(found) = break_lines(&items, widths, trial) {
                return found.into_iter().filter_map(|item| ends[item]).collect();
            }
        }
        vec![whole]
    }

    /// The paragraph as items, and where a line ends that ends at an item.
    fn items(&self, opportunities: &[Opportunity], step: &Step, widths: Widths) -> (Vec<Item>, Vec<Option<End>>) {
        let mut out = Items {
            items: Vec::with_capacity(self.atoms.len() * 2),
            ends: Vec::with_capacity(self.atoms.len() * 2),
        };
        let mut opportunities = opportunities.iter().copied().peekable();
        let narrow = widths.first.min(widths.rest) * (1.0 - RESERVE);
        let mut index = 0;
        while let Some(atom) = self.atoms.get(index) {
            match atom.kind {
                Kind::Break => {
                    out.penalty(0.0, FORCED, false, atom.end);
                    index += 1;
                }
                Kind::Space => {
                    let mut after = index + 1;
                    while self.atoms.get(after).is_some_and(|atom| atom.kind == Kind::Space) {
                        after += 1;
                    }
                    let end = self.atoms[after - 1].end;
                    while opportunities.next_if(|found| found.at < end).is_some() {}
                    let may_end = opportunities.next_if(|found| found.at == end).is_some();
                    let before_break = self.atoms.get(after).is_none_or(|atom| atom.kind == Kind::Break);
                    if before_break || (!may_end && !step.last) {
                        out.penalty(0.0, FORBIDDEN, false, end);
                    } else if !may_end {
                        out.penalty(0.0, PARTED, false, end);
                    }
                    for space in &self.atoms[index..after] {
                        // Spaces before a break the author asked for take no width.
                        let width = if before_break { 0.0 } else { space.width };
                        out.glue(width, end);
                    }
                    index = after;
                }
                Kind::Word => {
                    let words = self.atoms[index..].iter().take_while(|atom| atom.kind == Kind::Word);
                    let (count, width) = words.fold((0, 0.0), |(count, width), atom| (count + 1, width + atom.width));
                    let letters = step.last && width > narrow;
                    for (number, atom) in self.atoms[index..index + count].iter().enumerate() {
                        if letters && number > 0 {
                            out.penalty(0.0, LETTER_COST, false, atom.start);
                        }
                        self.word_items(atom, &mut opportunities, step, letters, &mut out);
                    }
                    index += count;
                }
            }
        }
        out.penalty(0.0, FORCED, false, self.text.chars.len());
        (out.items, out.ends)
    }

    /// A word with the breaks within it and at its end.
    fn word_items(
        &self,
        atom: &Atom,
        opportunities: &mut std::iter::Peekable<impl Iterator<Item = Opportunity>>,
        step: &Step,
        letters: bool,
        out: &mut Items,
    ) {
        let justified = self.form.align == Align::Justify;
        let span = &self.text.spans[atom.span];
        let size = span.style.size;
        let hyphen = self.hyphen(span).0;
        let word = &self.text.chars[atom.start..atom.end];
        let width_to = |byte: usize| {
            if byte == atom.end {
                atom.width
            } else {
                f64::from(atom.shaped.width_before(byte - atom.start)) * size / 1000.0
            }
        };
        let mut clusters: Vec<usize> = Vec::new();
        if letters {
            clusters = word
                .grapheme_indices(true)
                .map(|(offset, _)| atom.start + offset)
                .skip(1)
                .collect();
        }
        let mut clusters = clusters.into_iter().peekable();
        let mut done = 0.0;
        let mut box_to = |byte: usize, out: &mut Items| {
            let to = width_to(byte);
            out.word((to - done).max(0.0));
            done = to.max(done);
        };
        while let Some(found) = opportunities.next_if(|found| found.at <= atom.end) {
            if found.at <= atom.start || found.kind > step.kinds {
                continue;
            }
            while let Some(at) = clusters.next_if(|&at| at < found.at) {
                box_to(at, out);
                out.penalty(0.0, LETTER_COST, false, at);
            }
            clusters.next_if(|&at| at == found.at);
            box_to(found.at, out);
            let (width, cost, flagged) = match found.kind {
                Break::Natural => (0.0, 0.0, false),
                Break::Inside => (0.0, 30.0, true),
                Break::Syllable if justified => (hyphen, 90.0, true),
                Break::Syllable => (hyphen, 120.0, true),
                Break::NameSyllable => (hyphen, 200.0, true),
            };
            out.penalty(width, cost, flagged, found.at);
            if flagged
                && width > 0.0
                && let Some(Some(end)) = out.ends.last_mut()
            {
                end.hyphen = true;
            }
        }
        for at in clusters {
            box_to(at, out);
            out.penalty(0.0, LETTER_COST, false, at);
        }
        box_to(atom.end, out);
    }

    /// The hyphen of a span's style, and its width.
    fn hyphen(&self, span: &Span) -> (f64, Arc<Shaped>) {
        let shaped = self.shaper.word("-", span.style.cut, span.style.figures, false);
        (f64::from(shaped.width) * span.style.size / 1000.0, shaped)
    }

    /// Sets the characters from `begin` to `end` on one line.
    fn line(&self, begin: usize, end: End, first: bool, last: bool, missing: &mut String) -> Line {
        let mut pieces = self.pieces(begin, end);
        let trailing = pieces.iter().rev().take_while(|piece| piece.space).count();
        let inner = pieces.len() - trailing;
        let base = u8::from(self.base_rtl);
        for piece in &mut pieces[inner..] {
            piece.level = base; // rule L1
        }
        let indent = if first { self.form.first } else { self.form.rest };
        let available = (self.form.width - indent).max(1.0);
        let natural: f64 = pieces[..inner].iter().map(|piece| piece.width).sum();
        let spaces: f64 = pieces[..inner]
            .iter()
            .filter(|piece| piece.space)
            .map(|piece| piece.width)
            .sum();
        let justify = self.form.align == Align::Justify && !last;
        if spaces > 0.0 && (justify || natural > available) {
            let factor = ((spaces + available - natural) / spaces).clamp(0.5, WIDEST);
            for piece in pieces[..inner].iter_mut().filter(|piece| piece.space) {
                piece.stretch(factor);
            }
        }
        let width: f64 = pieces[..inner].iter().map(|piece| piece.width).sum();
        let tail: f64 = pieces[inner..].iter().map(|piece| piece.width).sum();
        let rtl = self.form.rtl.unwrap_or(self.base_rtl);
        let slack = (available - width).max(0.0);
        let from_start = match self.form.align {
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
        let mut line = self.assemble(&pieces, origin, missing);
        line.left = left;
        line.right = left + width;
        line
    }

    /// The parts of a line, in logical order.
    fn pieces(&self, begin: usize, end: End) -> Vec<Piece> {
        let first = self.atoms.partition_point(|atom| atom.end <= begin);
        let count = self.atoms[first..].partition_point(|atom| atom.start < end.at);
        let mut pieces = Vec::with_capacity(count + 1);
        for atom in self.atoms[first..].iter().take_while(|atom| atom.start < end.at) {
            if atom.kind == Kind::Break {
                continue;
            }
            let (from, to) = (atom.start.max(begin), atom.end.min(end.at));
            let style = &self.text.spans[atom.span].style;
            let shaped = if (from, to) == (atom.start, atom.end) {
                Arc::clone(&atom.shaped)
            } else {
                self.shaper.word(
                    &self.text.chars[from..to],
                    style.cut,
                    style.figures,
                    atom.level % 2 == 1,
                )
            };
            for index in 0..shaped.parts.len() {
                let part = &shaped.parts[index];
                pieces.push(Piece {
                    level: atom.level,
                    span: atom.span,
                    space: atom.kind == Kind::Space,
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
            && let Some((span, level, at)) = pieces.last().map(|last: &Piece| (last.span, last.level, last.end))
        {
            let (width, shaped) = self.hyphen(&self.text.spans[span]);
            pieces.push(Piece {
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
        for piece in &mut pieces {
            if piece.space {
                let c = self.text.chars[piece.start..].chars().next().map_or(1, char::len_utf8);
                piece.end = piece.start + c;
            }
        }
        pieces
    }

    /// Places pieces from `origin` rightwards and joins them into runs.
    fn assemble(&self, pieces: &[Piece], origin: f64, missing: &mut String) -> Line {
        let form = self.form;
        let mut line = Line::default();
        let size = pieces
            .iter()
            .map(|piece| self.text.spans[piece.span].style.size)
            .fold(0.0, f64::max);
        line.baseline = (form.leading + size * CENTRE) / 2.0;
        let mut depth = form.leading - line.baseline;
        let places = places(pieces, origin);
        for (index, piece) in pieces.iter().enumerate() {
            let span = &self.text.spans[piece.span];
            let part = piece.part();
            let x = places[index];
            if let Some(node) = span.link {
                line.link(node, x, x + piece.width);
            }
            if span.style.strike {
                line.strikes
                    .push((x, x + piece.width, span.style.size * STRIKE, span.mark));
            }
            if let Some(note) = span.note
                && !line.notes.contains(&note)
            {
                line.notes.push(note);
            }
            if !self.shaper.fonts.is_embedded(part.face) {
                let (up, down) = self
                    .shaper
                    .fonts
                    .with_face(part.face, |face| (face.ascent, face.descent));
                let size = span.style.size * f64::from(part.scale) * REACH;
                line.baseline = line.baseline.max(up * size);
                depth = depth.max(down * size);
            }
            if part.substitute {
                for c in self.text.chars[piece.start..piece.end].chars() {
                    if !missing.contains(c) {
                        missing.push(c);
                    }
                }
            }
        }
        let mut rest = 0;
        while rest < pieces.len() {
            let joined = pieces[rest..]
                .windows(2)
                .take_while(|pair| self.joins(&pair[0], &pair[1]));
            let next = rest + 1 + joined.count();
            let run = self.run(&pieces[rest..next], &places[rest..next]);
            if !run.glyphs.is_empty() {
                line.runs.push(run);
            }
            rest = next;
        }
        line.height = line.baseline + depth;
        line
    }

    /// Whether two pieces, one after the other, are one run.
    fn joins(&self, a: &Piece, b: &Piece) -> bool {
        let (one, other) = (&self.text.spans[a.span], &self.text.spans[b.span]);
        let (part_a, part_b) = (a.part(), b.part());
        a.level == b.level
            && !b.hyphen
            && part_a.face == part_b.face
            && !part_a.substitute
            && !part_b.substitute
            && one.style == other.style
            && one.mark == other.mark
    }

    /// Joins pieces of one look, direction and meaning into a run.
    fn run(&self, pieces: &[Piece], places: &[f64]) -> TextRun {
        let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
        let span = &self.text.spans[first.span];
        let part = first.part();
        let rtl = first.level % 2 == 1;
        let mut glyphs = Vec::with_capacity(pieces.iter().map(|piece| piece.part().glyphs.len()).sum());
        let mut append = |piece: &Piece| {
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
            pieces.iter().rev().for_each(&mut append);
        } else {
            pieces.iter().for_each(&mut append);
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

/// What a break between two letters costs; one that a syllable or dash would do
/// instead is worth several lines.
const LETTER_COST: f64 = 1_000.0;

/// What a break costs between two words that convention keeps together.
const PARTED: f64 = 300.0;

/// Height of the middle of text above and below the baseline, in em, twice: half
/// of capitals and half of ascenders over descenders, so that lines look centred
/// in their leading.
const CENTRE: f64 = 0.66;

/// Height of a line through text, in em: half an x-height.
const STRIKE: f64 = 0.25;

/// How much of a fallback face's ascent and descent is made room for. Fonts leave
/// air for the tallest stacks of marks; names rarely use it.
const REACH: f64 = 0.85;

impl Line {
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
struct Piece {
    level: u8,
    span: usize,
    space: bool,
    hyphen: bool,
    start: usize,
    end: usize,
    width: f64,
    factor: f64,
    index: usize,
    shaped: Arc<Shaped>,
}

impl Piece {
    fn part(&self) -> &Part {
        &self.shaped.parts[self.index]
    }

    fn stretch(&mut self, factor: f64) {
        self.factor = factor;
        self.width *= factor;
    }
}

/// The left ends of pieces, set from `origin` in visual order (rule L2).
fn places(pieces: &[Piece], origin: f64) -> Vec<f64> {
    let mut places = vec![0.0; pieces.len()];
    let mut x = origin;
    if pieces.iter().all(|piece| piece.level == 0) {
        for (place, piece) in places.iter_mut().zip(pieces) {
            *place = x;
            x += piece.width;
        }
        return places;
    }
    let levels: Vec<Level> = pieces
        .iter()
        .map(|piece| Level::new(piece.level).unwrap_or_else(|_| Level::ltr()))
        .collect();
    for index in BidiInfo::reorder_visual(&levels) {
        places[index] = x;
        x += pieces[index].width;
    }
    places
}

/// Items and, for each, where a line ends that ends there.
struct Items {
    items: Vec<Item>,
    ends: Vec<Option<End>>,
}

impl Items {
    fn word(&mut self, width: f64) {
        self.items.push(Item::Box { width });
        self.ends.push(None);
    }

    fn glue(&mut self, width: f64, at: usize) {
        self.items.push(Item::Glue {
            width,
            stretch: width * STRETCH,
            shrink: width * SHRINK,
        });
        self.ends.push(Some(End { at, hyphen: false }));
    }

    fn penalty(&mut self, width: f64, cost: f64, flagged: bool, at: usize) {
        self.items.push(Item::Penalty { width, cost, flagged });
        self.ends.push(Some(End { at, hyphen: false }));
    }
}
