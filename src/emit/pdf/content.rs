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

use super::fonts::{self, Font, Fonts};
use super::write;
use crate::layout::frame::{
    Artifact, Color, ContentId, FontId, Item, Kid, Mark, Page, Pages, Rect, Structure, TextRun,
};
use crate::model::units::Pt;
use pdf_writer::types::{ArtifactSubtype, ArtifactType};
use pdf_writer::{Content, Name, Settings, Str, TextStr};
use rayon::prelude::*;

/// A painted page.
pub(super) struct Painted {
    /// The content stream, deflated.
    pub(super) stream: Vec<u8>,
    /// By marked-content number: what it paints.
    pub(super) marks: Vec<ContentId>,
}

/// Paints all pages.
pub(super) fn paint(pages: &Pages, fonts: &Fonts) -> Vec<Painted> {
    let ranks = reading_ranks(&pages.structure);
    pages
        .pages
        .par_iter()
        .map(|page| paint_page(page, &ranks, fonts))
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

/// The name of a font among a page's resources.
pub(super) fn resource_name(font: FontId) -> String {
    format!("T{}", font.0)
}

/// Paints a page in reading order, artifacts first: readers that reflow a page or
/// know no tags go by the order of painting. Nothing on a page hides anything
/// else, and what lies behind text, such as a rule, is an artifact.
fn paint_page(page: &Page, ranks: &[u32], fonts: &Fonts) -> Painted {
    let rank = |item: &&Item| match item {
        Item::Text(TextRun {
            mark: Mark::Content(id),
            ..
        })
        | Item::Rule {
            mark: Mark::Content(id),
            ..
        } => ranks.get(id.0 as usize).copied().unwrap_or_default(),
        _ => 0,
    };
    let mut items: Vec<&Item> = page.items.iter().collect();
    if !items.is_sorted_by_key(rank) {
        items.sort_by_key(rank);
    }
    let mut painter = Painter::new(page.height, fonts);
    for item in items {
        match item {
            Item::Text(run) => painter.text(run),
            Item::Rule { area, color, mark } => painter.rule(*area, *color, *mark),
        }
    }
    painter.finish()
}

/// Places on the page are kept in hundredths of a point: finer than any printer,
/// and short in the file.
const PLACES: f64 = 100.0;

/// How far, in 1/1000 em, the pen may be off before it is moved. Half a unit is
/// what rounding leaves; offsets are carried on, so that they never add up.
const SLACK: f64 = 0.5;

/// A page being painted: what was written, and the state a reader is in.
struct Painter<'a> {
    content: Content,
    fonts: &'a Fonts,
    height: f64,
    marks: Vec<ContentId>,
    open: Option<Mark>,
    in_text: bool,
    font: Option<(FontId, f32)>,
    color: Color,
    /// Start of the current line, in [`PLACES`].
    line: (i64, i64),
    /// A string in the making: two bytes a glyph.
    string: Vec<u8>,
}

impl<'a> Painter<'a> {
    fn new(height: Pt, fonts: &'a Fonts) -> Self {
        Self {
            content: Content::with_settings_and_capacity(Settings { pretty: false }, 16 * 1024),
            fonts,
            height: height.0,
            marks: Vec::new(),
            open: None,
            in_text: false,
            font: None,
            color: Color::BLACK,
            line: (0, 0),
            string: Vec::new(),
        }
    }

    fn finish(mut self) -> Painted {
        self.close();
        self.end_text();
        Painted {
            stream: write::deflate(&self.content.finish()),
            marks: self.marks,
        }
    }

    /// Goes on in the open marked-content sequence, where it is of that mark, or
    /// opens one.
    fn mark(&mut self, mark: Mark) {
        if self.open != Some(mark) {
            self.close();
            self.open(mark, None);
            self.open = Some(mark);
        }
    }

    /// Opens a marked-content sequence.
    fn open(&mut self, mark: Mark, actual_text: Option<&str>) {
        match mark {
            Mark::Content(id) => {
                let number = self.marks.len() as i32;
                self.marks.push(id);
                let tag: &[u8] = if actual_text.is_some() { b"Span" } else { b"P" };
                let mut sequence = self.content.begin_marked_content_with_properties(Name(tag));
                let mut properties = sequence.properties();
                properties.identify(number);
                if let Some(text) = actual_text {
                    properties.actual_text(TextStr(text));
                }
            }
            Mark::Artifact(kind) => {
                let mut sequence = self.content.begin_marked_content_with_properties(Name(b"Artifact"));
                let mut artifact = sequence.properties().artifact();
                match kind {
                    Artifact::Layout => artifact.kind(ArtifactType::Layout),
                    Artifact::Header => artifact.kind(ArtifactType::Pagination).subtype(ArtifactSubtype::Header),
                    Artifact::Footer => artifact.kind(ArtifactType::Pagination).subtype(ArtifactSubtype::Footer),
                };
            }
        }
    }

    /// Closes the open marked-content sequence.
    fn close(&mut self) {
        if self.open.take().is_some() {
            self.content.end_marked_content();
        }
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.content.begin_text();
            self.in_text = true;
            self.line = (0, 0);
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.content.end_text();
            self.in_text = false;
        }
    }

    fn set_color(&mut self, color: Color) {
        if self.color != color {
            self.color = color;
            let [red, green, blue] = color.0.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
            if red == green && green == blue {
                self.content.set_fill_gray(red);
            } else {
                self.content.set_fill_rgb(red, green, blue);
            }
        }
    }

    /// The distance of a height on the page from its lower edge.
    fn up(&self, y: Pt) -> i64 {
        places(self.height - y.0)
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
        let (left, right) = (places(area.x.0), places((area.x + area.width).0));
        self.content
            .rect(number(left), number(bottom), number(right - left), number(top - bottom));
        self.content.fill_nonzero();
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
        let size = run.size.0 as f32;
        if self.font != Some((run.font, size)) {
            self.font = Some((run.font, size));
            self.content.set_font(Name(resource_name(run.font).as_bytes()), size);
        }
        let start = (places(run.x.0), self.up(run.y));
        let mut pen = Pen {
            way: Some((start.0 - self.line.0, start.1 - self.line.1)),
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
                let leftwards = fonts::is_leftwards(run);
                let mut plain = 0;
                for cluster in fonts::clusters(run) {
                    if font.spells(&run.glyphs[cluster.glyphs.clone()], cluster.text, leftwards) {
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
    fn spoken(&mut self, run: &TextRun, font: &Font, glyphs: std::ops::Range<usize>, text: &str, pen: &mut Pen) {
        self.close();
        self.open(run.mark, Some(text));
        self.show(run, font, glyphs, pen);
        self.content.end_marked_content();
    }

    /// Paints some glyphs of a run, the first where the pen stands.
    fn show(&mut self, run: &TextRun, font: &Font, glyphs: std::ops::Range<usize>, pen: &mut Pen) {
        if let Some((right, up)) = pen.way.take() {
            self.content.next_line(number(right), number(up));
        }
        let mut glyphs = run.glyphs[glyphs].iter().peekable();
        while let Some(first) = glyphs.peek() {
            let rise = first.y_offset;
            if rise != 0.0 {
                self.content.set_rise(hundredths(f64::from(rise) * run.size.0 / 1000.0));
            }
            let mut array = self.content.show_positioned();
            let mut items = array.items();
            while let Some(glyph) = glyphs.next_if(|glyph| glyph.y_offset == rise) {
                let wanted = pen.wanted + f64::from(glyph.x_offset);
                if (wanted - pen.actual).abs() > SLACK {
                    if !self.string.is_empty() {
                        items.show(Str(&self.string));
                        self.string.clear();
                    }
                    let shift = (wanted - pen.actual).round();
                    items.adjust(-shift as f32);
                    pen.actual += shift;
                }
                let cid = font.cid(glyph.id);
                self.string.extend_from_slice(&cid.to_be_bytes());
                pen.actual += f64::from(font.widths.get(usize::from(cid)).copied().unwrap_or_default());
                pen.wanted += f64::from(glyph.advance);
            }
            if !self.string.is_empty() {
                items.show(Str(&self.string));
                self.string.clear();
            }
            drop(items);
            drop(array);
            if rise != 0.0 {
                self.content.set_rise(0.0);
            }
        }
    }
}

/// Where the pen of a run is, in 1/1000 em from the run's start.
#[derive(Default)]
struct Pen {
    /// The way to the run's start, in [`PLACES`], while it is still to be gone.
    way: Option<(i64, i64)>,
    /// Where layout wants it.
    wanted: f64,
    /// Where a reader has it.
    actual: f64,
}

fn places(length: f64) -> i64 {
    (length * PLACES).round() as i64
}

fn number(places: i64) -> f32 {
    (places as f64 / PLACES) as f32
}

fn hundredths(length: f64) -> f32 {
    number(places(length))
}
