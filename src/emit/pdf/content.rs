//! Paints pages: content streams, and what each piece of them belongs to.
//!
//! In: pages and the cut-down fonts. Out: one compressed stream a page and, by
//! marked-content number, the [`ContentId`] it paints. Guaranteed: every item is
//! inside a marked-content sequence, an artifact or a numbered one; text comes
//! out of the file as it went in, by the fonts' Unicode maps or by `ActualText`.
//! Absent: fonts' dictionaries, the structure tree.
//!
//! Marked content is never nested: poppler cuts the text of nested spans, so a
//! hyphen at a line's end and a cluster that the Unicode map cannot spell get a
//! numbered sequence of their own.
//!
//! Operators are written straight as bytes. pdf-writer's `Content`, which was
//! tried first, writes glyphs in hexadecimal: twice the bytes, and deflating them
//! is most of the work.

use super::clusters::{clusters, is_leftwards};
use super::file::Deflater;
use super::fonts::{SubsetFont, SubsetFonts, resource_name};
use super::pictures::EmbeddedPictures;
use super::syntax;
use crate::layout::frame::{
    Artifact, Color, ContentId, FontId, Glyph, ImageId, Item, Kid, Mark, Page, Pages, Rect, Structure, TextRun,
};
use crate::model::units::Pt;
use rayon::prelude::*;
use std::ops::Range;

/// A painted page.
pub(super) struct Painted {
    /// The content stream, deflated; where pages are to share parts, in parts.
    pub(super) streams: Vec<Vec<u8>>,
    /// By marked-content number: what it paints.
    pub(super) marks: Vec<ContentId>,
}

/// Paints all pages. `part`: the least length of a part of a content stream, before
/// it is deflated; `None`: each page has one.
pub(super) fn paint(
    pages: &Pages,
    fonts: &SubsetFonts,
    pictures: &EmbeddedPictures,
    part: Option<usize>,
    deflater: &Deflater,
) -> Vec<Painted> {
    let ranks = reading_ranks(&pages.structure);
    pages
        .pages
        .par_iter()
        .map(|page| paint_page(page, &ranks, fonts, pictures, part, deflater))
        .collect()
}

/// By content: its place in reading order, from 1; 0 where the tree lacks it.
fn reading_ranks(structure: &Structure) -> Vec<u32> {
    let mut ranks = vec![0; structure.contents as usize];
    let mut rank = 0;
    let mut ahead = vec![Kid::Node(Structure::ROOT)];
    while let Some(kid) = ahead.pop() {
        match kid {
            Kid::Node(node) => ahead.extend(
                structure
                    .nodes
                    .get(node.0 as usize)
                    .into_iter()
                    .flat_map(|node| node.kids.iter().rev()),
            ),
            Kid::Content(content) => {
                rank += 1;
                if let Some(slot) = ranks.get_mut(content.0 as usize) {
                    *slot = rank;
                }
            }
        }
    }
    ranks
}

/// Paints a page in reading order, artifacts first: readers that reflow a page or
/// know no tags go by the order of painting. Nothing on a page hides anything
/// else, and what lies behind text, such as a rule, is an artifact.
fn paint_page(
    page: &Page,
    ranks: &[u32],
    fonts: &SubsetFonts,
    pictures: &EmbeddedPictures,
    part: Option<usize>,
    deflater: &Deflater,
) -> Painted {
    let rank = |item: &&Item| match item {
        Item::Text(TextRun {
            mark: Mark::Content(id),
            ..
        })
        | Item::Rule {
            mark: Mark::Content(id),
            ..
        }
        | Item::Image {
            mark: Mark::Content(id),
            ..
        } => ranks.get(id.0 as usize).copied().unwrap_or_default(),
        _ => 0,
    };
    let mut items: Vec<&Item> = page.items.iter().collect();
    if !items.is_sorted_by_key(rank) {
        items.sort_by_key(rank);
    }
    let mut painter = Painter::new(page.height, fonts, deflater);
    let mut last = None;
    for item in items {
        let mark = mark_of(item);
        if part.is_some_and(|part| painter.out.len() >= part) && last != Some(mark) {
            painter.end_part();
        }
        last = Some(mark);
        match item {
            Item::Text(run) => painter.text(run),
            Item::Rule { area, color, mark } => painter.rule(*area, *color, *mark),
            Item::Image { image, area, mark } => painter.image(pictures, *image, *area, *mark),
        }
    }
    painter.finish()
}

fn mark_of(item: &Item) -> Mark {
    match item {
        Item::Text(run) => run.mark,
        Item::Rule { mark, .. } | Item::Image { mark, .. } => *mark,
    }
}

/// Places on the page are kept in hundredths of a point: finer than any printer,
/// and short in the file. The exponent of ten.
const PLACES: u32 = 2;

/// Sizes and colors are written in thousandths. The exponent of ten.
const FINE: u32 = 3;

/// The error, in 1/1000 em, at which the pen is moved. Half a unit is
/// what rounding leaves; offsets are carried on, so that they never add up.
const SLACK: f64 = 0.5;

/// A page being painted: what was written, and the state a reader is in.
struct Painter<'a> {
    out: Vec<u8>,
    parts: Vec<Vec<u8>>,
    deflater: &'a Deflater,
    fonts: &'a SubsetFonts,
    height: f64,
    marks: Vec<ContentId>,
    open: Option<Mark>,
    in_text: bool,
    font: Option<(FontId, i64)>,
    color: Color,
    /// Start of the current line, in [`PLACES`].
    line: (i64, i64),
}

impl<'a> Painter<'a> {
    fn new(height: Pt, fonts: &'a SubsetFonts, deflater: &'a Deflater) -> Self {
        Self {
            out: Vec::with_capacity(16 * 1024),
            parts: Vec::new(),
            deflater,
            fonts,
            height: height.0,
            marks: Vec::new(),
            open: None,
            in_text: false,
            font: None,
            color: Color::BLACK,
            line: (0, 0),
        }
    }

    fn finish(mut self) -> Painted {
        self.end_part();
        Painted {
            streams: self.parts,
            marks: self.marks,
        }
    }

    /// Ends a part of the stream where a reader's state is that of the page's
    /// beginning, but for the color. Readers put a space between parts (ISO
    /// 32000-1, 7.8.2).
    fn end_part(&mut self) {
        self.close();
        self.end_text();
        self.font = None;
        self.parts.push(self.deflater.deflate(&self.out));
        self.out.clear();
    }

    /// Writes numbers and the operator they belong to.
    fn operator(&mut self, numbers: &[i64], exponent: u32, operator: &str) {
        for &number in numbers {
            syntax::decimal(&mut self.out, number, exponent);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }

    /// Goes on in the open marked-content sequence, where it is of that mark, or
    /// opens one.
    fn mark(&mut self, mark: Mark) {
        if self.open != Some(mark) {
            self.close();
            self.begin(mark, None);
            self.open = Some(mark);
        }
    }

    /// Begins a marked-content sequence.
    fn begin(&mut self, mark: Mark, actual_text: Option<&str>) {
        match mark {
            Mark::Content(id) => {
                let tag: &[u8] = if actual_text.is_some() { b"/Span" } else { b"/P" };
                self.out.extend_from_slice(tag);
                self.out.extend_from_slice(b"<</MCID ");
                syntax::integer(&mut self.out, self.marks.len() as i64);
                if let Some(text) = actual_text {
                    self.out.extend_from_slice(b"/ActualText");
                    syntax::text(&mut self.out, text);
                }
                self.out.extend_from_slice(b">>");
                self.marks.push(id);
            }
            Mark::Artifact(kind) => {
                let kind = match kind {
                    Artifact::Layout => "/Artifact<</Type/Layout>>",
                    Artifact::Header => "/Artifact<</Type/Pagination/Subtype/Header>>",
                    Artifact::Footer => "/Artifact<</Type/Pagination/Subtype/Footer>>",
                };
                self.out.extend_from_slice(kind.as_bytes());
            }
        }
        self.operator(&[], 0, "BDC");
    }

    /// Closes the open marked-content sequence.
    fn close(&mut self) {
        if self.open.take().is_some() {
            self.operator(&[], 0, "EMC");
        }
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.operator(&[], 0, "BT");
            self.in_text = true;
            self.line = (0, 0);
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.operator(&[], 0, "ET");
            self.in_text = false;
        }
    }

    fn set_color(&mut self, color: Color) {
        if self.color == color {
            return;
        }
        self.color = color;
        let [red, green, blue] = color.0.map(|part| fixed(f64::from(part) / 255.0, FINE));
        if red == green && green == blue {
            self.operator(&[red], FINE, "g");
        } else {
            self.operator(&[red, green, blue], FINE, "rg");
        }
    }

    /// The distance of a height on the page from its lower edge.
    fn up(&self, y: Pt) -> i64 {
        fixed(self.height - y.0, PLACES)
    }

    fn rule(&mut self, area: Rect, color: Color, mark: Mark) {
        // A path must not stand within a text object, and a marked-content
        // sequence must not straddle its ends.
        if self.in_text {
            self.close();
            self.end_text();
        }
        self.mark(mark);
        self.set_color(color);
        let (bottom, top) = (self.up(area.y + area.height), self.up(area.y));
        let (left, right) = (fixed(area.x.0, PLACES), fixed((area.x + area.width).0, PLACES));
        self.operator(&[left, bottom, right - left, top - bottom], PLACES, "re");
        self.operator(&[], 0, "f");
    }

    /// Paints a picture; what it does to colors ends with it.
    fn image(&mut self, pictures: &EmbeddedPictures, image: ImageId, area: Rect, mark: Mark) {
        if self.in_text {
            self.close();
            self.end_text();
        }
        self.mark(mark);
        let bottom = self.height - (area.y + area.height).0;
        let area = [area.x.0, bottom, area.width.0, area.height.0];
        pictures.paint(&mut self.out, image, area);
    }

    fn text(&mut self, run: &TextRun) {
        let Some(font) = self.fonts.get(run.font) else { return };
        if run.glyphs.is_empty() {
            return;
        }
        if !self.in_text {
            self.close();
            self.begin_text();
        }
        self.set_color(run.color);
        let size = fixed(run.size.0, FINE);
        if self.font != Some((run.font, size)) {
            self.font = Some((run.font, size));
            syntax::name(&mut self.out, resource_name(run.font).as_bytes());
            self.out.push(b' ');
            self.operator(&[size], FINE, "Tf");
        }
        let start = (fixed(run.x.0, PLACES), self.up(run.y));
        let mut pen = Pen {
            way: Some([start.0 - self.line.0, start.1 - self.line.1]),
            ..Pen::default()
        };
        self.line = start;

        let whole = 0..run.glyphs.len();
        match (&run.actual_text, run.mark) {
            (Some(text), Mark::Content(_)) => self.spoken(run, font, whole, text, &mut pen),
            (_, Mark::Artifact(_)) => {
                self.mark(run.mark);
                self.show(run, font, whole, &mut pen);
            }
            (None, Mark::Content(_)) => {
                let leftwards = is_leftwards(run);
                let mut plain = 0;
                for cluster in clusters(run) {
                    let glyphs = &run.glyphs[cluster.glyphs.clone()];
                    if font.spells(glyphs, cluster.text, leftwards) && (leftwards || !is_stacked(glyphs)) {
                        continue;
                    }
                    if plain < cluster.glyphs.start {
                        self.mark(run.mark);
                        self.show(run, font, plain..cluster.glyphs.start, &mut pen);
                    }
                    plain = cluster.glyphs.end;
                    self.spoken(run, font, cluster.glyphs, cluster.text, &mut pen);
                }
                if plain < run.glyphs.len() {
                    self.mark(run.mark);
                    self.show(run, font, plain..run.glyphs.len(), &mut pen);
                }
            }
        }
    }

    /// Paints glyphs that stand for a text their Unicode map does not spell.
    fn spoken(&mut self, run: &TextRun, font: &SubsetFont, glyphs: Range<usize>, text: &str, pen: &mut Pen) {
        self.close();
        self.begin(run.mark, Some(text));
        self.show(run, font, glyphs, pen);
        self.operator(&[], 0, "EMC");
    }

    /// Paints some glyphs of a run, the first where the pen stands.
    fn show(&mut self, run: &TextRun, font: &SubsetFont, glyphs: Range<usize>, pen: &mut Pen) {
        if let Some(way) = pen.way.take() {
            self.operator(&way, PLACES, "Td");
        }
        for level in run.glyphs[glyphs].chunk_by(|a, b| a.y_offset == b.y_offset) {
            let rise = level
                .first()
                .map_or(0.0, |glyph| f64::from(glyph.y_offset) * run.size.0 / 1000.0);
            let rise = fixed(rise, PLACES);
            if rise != 0 {
                self.operator(&[rise], PLACES, "Ts");
            }
            self.show_level(level, font, pen);
            if rise != 0 {
                self.operator(&[0], PLACES, "Ts");
            }
        }
    }

    /// Paints glyphs of one height as one array of strings, with the pen's moves
    /// between them: kerning, the stretch of a justified line, shifted marks.
    fn show_level(&mut self, glyphs: &[Glyph], font: &SubsetFont, pen: &mut Pen) {
        self.out.push(b'[');
        let mut in_string = false;
        for glyph in glyphs {
            let wanted = pen.wanted + f64::from(glyph.x_offset);
            if (wanted - pen.actual).abs() > SLACK {
                if in_string {
                    self.out.push(b')');
                    in_string = false;
                }
                let shift = (wanted - pen.actual).round();
                syntax::integer(&mut self.out, -shift as i64);
                pen.actual += shift;
            }
            if !in_string {
                self.out.push(b'(');
                in_string = true;
            }
            let cid = font.cid(glyph.id);
            cid.to_be_bytes()
                .into_iter()
                .for_each(|byte| syntax::byte_of_string(&mut self.out, byte));
            pen.actual += f64::from(font.widths.get(usize::from(cid)).copied().unwrap_or_default());
            pen.wanted += f64::from(glyph.advance);
        }
        self.out.extend_from_slice(if in_string { b")]" } else { b"]" });
        self.operator(&[], 0, "TJ");
    }
}

/// Returns whether marks of a cluster are shifted from where the pen stands. Readers take a
/// raised mark for the beginning of another line, and one that is moved back for a
/// letter after a space; within a sequence of its own the cluster stays one.
fn is_stacked(cluster: &[Glyph]) -> bool {
    cluster.len() > 1
        && cluster
            .iter()
            .any(|glyph| glyph.x_offset != 0.0 || glyph.y_offset != 0.0)
}

/// The position of a run's pen, in 1/1000 em from the run's start.
#[derive(Default)]
struct Pen {
    /// The way to the run's start, in [`PLACES`], while it is still to be gone.
    way: Option<[i64; 2]>,
    /// The position that layout wants.
    wanted: f64,
    /// The position that a reader has.
    actual: f64,
}

/// A number as an integer with so many decimal places.
fn fixed(number: f64, exponent: u32) -> i64 {
    (number * f64::from(10_u32.pow(exponent))).round() as i64
}
