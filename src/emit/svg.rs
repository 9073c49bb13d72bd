//! Writes pages as SVG, for a screen.
//!
//! In: [`Pages`]. Out: the outline of each glyph that they use, once a face, and a drawing
//! of each page that uses these. Guaranteed: a drawing is named by a hash of its content,
//! so that whoever has it need not get it again; above the outlines lies the text, unseen,
//! so that it can be selected, copied, found and read aloud; there are no scripts, styles
//! or addresses of others in it, save the links. Absent: the structure tree: the HTML page
//! has it.

use crate::layout::frame::{
    FontFile, FontId, Item, Kid, LinkArea, Mark, Page, Pages, Rect, Structure, Target, TextRun, TextSource,
};
use crate::model::hex::hex;
use crate::model::link;
use crate::model::picture::Picture;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::Escaper;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Holds pages as SVG.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SvgPages {
    /// Holds the outlines that the pages use, each a `path` for a `defs` element of the same
    /// HTML page, in the order of their ids.
    pub glyphs: Vec<SvgPart>,
    /// Holds the pages, first to last, each an `svg` element.
    pub pages: Vec<SvgPart>,
    /// Says of each page where the words of its `text` elements come from, in their order.
    /// It is no part of the drawing: a page looks the same when lines move in a file.
    pub sources: Vec<Vec<Option<TextSource>>>,
}

/// Holds an element with the id by which others know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SvgPart {
    /// Gives the id: of a glyph its face and number, of a page the hash of its drawing.
    pub id: String,
    /// Holds the element.
    pub markup: String,
}

impl SvgPart {
    /// Returns a page of the same size with nothing on it, to keep the place of this one.
    pub fn blank(&self) -> String {
        let begin = self.markup.find('>').map_or("<svg>", |end| &self.markup[..=end]);
        format!("{begin}</svg>")
    }
}

/// A font of the pages: the prefix of its glyphs' ids, and the units of its em.
struct SvgFont<'a> {
    prefix: String,
    em: f64,
    font: Option<FontRef<'a>>,
}

/// Writes pages as SVG. `#page-3` leads to the third page.
pub fn svg(pages: &Pages) -> SvgPages {
    let fonts: Vec<SvgFont<'_>> = pages.fonts.iter().map(SvgFont::new).collect();
    let first_pages = first_pages(pages);
    let mut used: BTreeSet<(FontId, u16)> = BTreeSet::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text(run) = item {
            used.extend(run.glyphs.iter().map(|glyph| (run.font, glyph.id)));
        }
    }
    let drawn = pages.pages.par_iter().map(|page| {
        let markup = draw(page, pages, &fonts, &first_pages);
        SvgPart {
            id: hash(markup.as_bytes()),
            markup,
        }
    });
    let drawn: Vec<SvgPart> = drawn.collect();
    let glyphs: BTreeMap<String, String> = used
        .into_iter()
        .filter_map(|(font, glyph)| fonts.get(usize::from(font.0))?.outline(glyph))
        .collect();
    let glyphs = glyphs.into_iter().map(|(id, outline)| SvgPart {
        markup: format!("<path id=\"{id}\" d=\"{outline}\"/>"),
        id,
    });
    SvgPages {
        glyphs: glyphs.collect(),
        pages: drawn,
        sources: sources(pages),
    }
}

/// Returns, for each page, where the words of its runs come from.
fn sources(pages: &Pages) -> Vec<Vec<Option<TextSource>>> {
    let mut of_content: Vec<Option<&TextSource>> = vec![None; pages.structure.contents as usize];
    let mut of_node: Vec<Option<&TextSource>> = vec![None; pages.structure.nodes.len()];
    // A node is added after its parent.
    for (at, node) in pages.structure.nodes.iter().enumerate() {
        let own = node.source.as_ref().or(of_node[at]);
        for kid in &node.kids {
            match kid {
                Kid::Node(id) => of_node[id.0 as usize] = own,
                Kid::Content(id) => of_content[id.0 as usize] = own,
            }
        }
    }
    let of_item = |item: &Item| match item {
        Item::Text(run) if pages.fonts.len() <= usize::from(run.font.0) => None,
        Item::Text(run) => Some(match run.mark {
            Mark::Content(content) => of_content.get(content.0 as usize).copied().flatten().cloned(),
            Mark::Artifact(_) => None,
        }),
        Item::Rule { .. } | Item::Image { .. } => None,
    };
    let pages = pages.pages.iter();
    pages
        .map(|page| page.items.iter().filter_map(of_item).collect())
        .collect()
}

/// Returns the beginning of a hash in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

impl<'a> SvgFont<'a> {
    fn new(file: &'a FontFile) -> Self {
        let data = (*file.data).as_ref();
        let font = FontRef::from_index(data, file.index).ok();
        let em = font.as_ref().map_or(1000.0, |font| {
            f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em)
        });
        let name = format!("{} {} {}", file.name, file.index, data.len());
        Self {
            prefix: format!("g{}-", hash(name.as_bytes())),
            em,
            font,
        }
    }

    /// Returns the id and the outline of a glyph in units of its font, upwards; `None` for
    /// one without ink, such as a space.
    fn outline(&self, glyph: u16) -> Option<(String, String)> {
        let outlines = self.font.as_ref()?.outline_glyphs();
        let mut path = SvgPath::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        let outline = outlines.get(GlyphId::from(glyph))?;
        outline.draw(settings, &mut path).ok()?;
        (!path.0.is_empty()).then(|| (format!("{}{glyph}", self.prefix), path.0))
    }
}

/// The data of a path.
#[derive(Default)]
struct SvgPath(String);

impl SvgPath {
    fn add(&mut self, command: char, points: &[f32]) {
        self.0.push(command);
        for (at, point) in points.iter().enumerate() {
            if at > 0 {
                self.0.push(' ');
            }
            self.0 += &number(f64::from(*point));
        }
    }
}

impl OutlinePen for SvgPath {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('Q', &[cx, cy, x, y]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.add('C', &[cx0, cy0, cx1, cy1, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

/// Writes a number with at most two decimals.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Returns a page as an SVG of its own, of plain shapes: the outlines of its letters, and
/// rectangles. Pictures and links are left out.
pub(super) fn outlines(page: &Page, pages: &Pages) -> String {
    let fonts: Vec<SvgFont<'_>> = pages.fonts.iter().map(SvgFont::new).collect();
    let (width, height) = (number(page.width.0), number(page.height.0));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">"
    );
    for item in &page.items {
        match item {
            Item::Text(run) => {
                let Some(font) = fonts.get(usize::from(run.font.0)) else {
                    continue;
                };
                let scale = format!("{:.5}", run.size.0 / font.em);
                let color = color_name(run.color.0);
                let unit = run.size.0 / 1000.0;
                let mut pen = run.x.0;
                for glyph in &run.glyphs {
                    let left = number(pen + f64::from(glyph.x_offset) * unit);
                    let top = number(run.y.0 - f64::from(glyph.y_offset) * unit);
                    pen += f64::from(glyph.advance) * unit;
                    if let Some((_, outline)) = font.outline(glyph.id) {
                        out += &format!(
                            "<path transform=\"translate({left} {top}) scale({scale} -{scale})\" fill=\"{color}\" d=\"{outline}\"/>"
                        );
                    }
                }
            }
            Item::Rule { area, color, .. } => {
                out += &format!("<rect {} fill=\"{}\"/>", place(area), color_name(color.0));
            }
            Item::Image { .. } => {}
        }
    }
    out += "</svg>";
    out
}

/// Writes text between tags or quotation marks.
fn escape(out: &mut String, text: &str) {
    // XML has no characters below the space but these; writing to a string cannot fail.
    let _ = Escaper::new(out).write_str(&text.replace(|c: char| c.is_control() && !"\t\n".contains(c), ""));
}

/// Draws a page.
fn draw(page: &Page, pages: &Pages, fonts: &[SvgFont<'_>], first_pages: &[Option<usize>]) -> String {
    let mut out = String::new();
    let (width, height) = (number(page.width.0), number(page.height.0));
    out += &format!("<svg viewBox=\"0 0 {width} {height}\" xml:space=\"preserve\">");
    for item in &page.items {
        match item {
            Item::Text(run) => {
                if let Some(font) = fonts.get(usize::from(run.font.0)) {
                    draw_run(&mut out, run, font);
                }
            }
            Item::Rule { area, color, .. } => {
                out += &format!("<rect {} fill=\"{}\"/>", place(area), color_name(color.0));
            }
            Item::Image { image, area, mark } => {
                if let Some(picture) = pages.images.get(image.0 as usize) {
                    draw_picture(&mut out, picture, area, alt(&pages.structure, *mark));
                }
            }
        }
    }
    for link in &page.links {
        draw_link(&mut out, link, &pages.structure, first_pages);
    }
    out += "</svg>";
    out
}

/// Draws the outlines of a run, and its text above them.
fn draw_run(out: &mut String, run: &TextRun, font: &SvgFont<'_>) {
    let (x, y, size) = (number(run.x.0), number(run.y.0), run.size.0);
    let scale = format!("{:.5}", size / font.em);
    *out += &format!(
        "<g transform=\"translate({x} {y})scale({scale} -{scale})\" fill=\"{}\">",
        color_name(run.color.0)
    );
    let unit = font.em / 1000.0;
    let mut pen = 0.0;
    for glyph in &run.glyphs {
        let left = number((pen + f64::from(glyph.x_offset)) * unit);
        *out += &format!("<use href=\"#{}{}\" x=\"{left}\"", font.prefix, glyph.id);
        if glyph.y_offset != 0.0 {
            *out += &format!(" y=\"{}\"", number(f64::from(glyph.y_offset) * unit));
        }
        *out += "/>";
        pen += f64::from(glyph.advance);
    }
    let length = number(pen * size / 1000.0);
    *out += &format!(
        "</g><text x=\"{x}\" y=\"{y}\" font-size=\"{}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" \
         fill=\"transparent\">",
        number(size)
    );
    escape(out, run.actual_text.as_ref().unwrap_or(&run.text));
    *out += "</text>";
}

fn draw_picture(out: &mut String, picture: &Picture, area: &Rect, alt: &str) {
    *out += &format!(
        "<image {} preserveAspectRatio=\"none\" role=\"img\" aria-label=\"",
        place(area)
    );
    escape(out, alt);
    *out += &format!(
        "\" href=\"data:{};base64,{}\"/>",
        picture.format.media_type(),
        BASE64.encode(&picture.data)
    );
}

/// Draws the area of a link, where it leads somewhere harmless.
fn draw_link(out: &mut String, area: &LinkArea, structure: &Structure, first_pages: &[Option<usize>]) {
    let (address, is_outside) = match &structure.node(area.node).target {
        Some(Target::Uri(to)) => match link::outside(to) {
            Some(to) => (to.to_owned(), true),
            None => return,
        },
        Some(Target::Node(node)) => match first_pages.get(node.0 as usize).copied().flatten() {
            Some(page) => (format!("#page-{}", page + 1), false),
            None => return,
        },
        None => return,
    };
    *out += "<a href=\"";
    escape(out, &address);
    *out += "\" aria-label=\"";
    escape(out, &address);
    let apart = if is_outside {
        " target=\"_blank\" rel=\"noopener noreferrer\""
    } else {
        ""
    };
    *out += &format!("\"{apart}><rect {} fill=\"transparent\"/></a>", place(&area.area));
}

/// Writes a rectangle as attributes.
fn place(area: &Rect) -> String {
    let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(|length| number(length.0));
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

fn color_name([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Returns the words for those who do not see a picture.
fn alt(structure: &Structure, mark: Mark) -> &str {
    let Mark::Content(content) = mark else { return "" };
    let mut nodes = structure.nodes.iter();
    let owner = nodes.find(|node| node.kids.contains(&Kid::Content(content)));
    owner.and_then(|node| node.alt.as_deref()).unwrap_or_default()
}

/// Returns, for each node of the tree, the page on which its first content is.
fn first_pages(pages: &Pages) -> Vec<Option<usize>> {
    let mut of_content = vec![None; pages.structure.contents as usize];
    for (at, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            let mark = match item {
                Item::Text(run) => run.mark,
                Item::Rule { mark, .. } | Item::Image { mark, .. } => *mark,
            };
            if let Mark::Content(content) = mark
                && let Some(first) = of_content.get_mut(content.0 as usize)
            {
                first.get_or_insert(at);
            }
        }
    }
    let mut of_node = vec![None; pages.structure.nodes.len()];
    // A node is added after its parent, so that going backwards meets kids first.
    for (at, node) in pages.structure.nodes.iter().enumerate().rev() {
        let firsts = node.kids.iter().filter_map(|kid| match kid {
            Kid::Node(id) => of_node.get(id.0 as usize).copied().flatten(),
            Kid::Content(id) => of_content.get(id.0 as usize).copied().flatten(),
        });
        let first = firsts.min();
        of_node[at] = first;
    }
    of_node
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::{LetterInput, Paths, Workspace};
    use crate::files::{Files, MemoryFiles};
    use crate::layout::{Fonts, paginate};
    use crate::source::Origin;
    use std::path::Path;
    use std::sync::Arc;

    /// Draws a letter with a body.
    fn drawn(body: &str) -> SvgPages {
        let letter = format!("+++\nkind = \"letter\"\ntitle = \"A letter\"\nlanguage = \"en-US\"\n+++\n{body}\n");
        let files: Arc<dyn Files> = Arc::new(MemoryFiles::from_iter([("/w/letters/a.md", letter)]));
        let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("letters")).unwrap();
        let input = LetterInput::File("/w/letters/a.md".into());
        let prepared = workspace.prepare(input, None, &|_| {}).unwrap();
        svg(&paginate(prepared.composed.specimen(), &Fonts::embedded_only()).0)
    }

    /// Returns what stands between two marks, everywhere.
    fn between<'a>(text: &'a str, before: &str, after: char) -> Vec<&'a str> {
        text.split(before)
            .skip(1)
            .filter_map(|rest| rest.split(after).next())
            .collect()
    }

    #[test]
    fn every_outline_is_there_once() {
        let svg = drawn("We ask you to fund the *library*, **all** of it.");
        let ids: Vec<&str> = svg.glyphs.iter().map(|glyph| &*glyph.id).collect();
        assert!(ids.is_sorted() && ids.len() > 20, "{ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        let used = between(&svg.pages[0].markup, "<use href=\"#", '"');
        // A space has no ink, and a page may use it all the same.
        let missing: BTreeSet<_> = used.iter().filter(|id| !ids.contains(id)).collect();
        assert!(missing.len() <= 4, "{missing:?}");
        assert!(
            svg.glyphs
                .iter()
                .all(|glyph| glyph.markup.starts_with(&format!("<path id=\"{}\" d=\"M", glyph.id)))
        );
    }

    #[test]
    fn the_text_can_be_read_and_is_only_text() {
        let hostile = "Fish \\& chips \\<script\\>alert(1)\\</script\\> \"quoted\"";
        let page = &drawn(hostile).pages[0].markup;
        let text: String = between(page, "fill=\"transparent\">", '<').concat();
        assert!(
            text.contains("Fish &amp; chips &lt;script&gt;alert(1)&lt;/script&gt;"),
            "{text}"
        );
        assert!(!page.contains("<script") && !page.contains("style=") && !page.contains(" on"));
    }

    #[test]
    fn links_lead_only_where_links_may() {
        let page =
            &drawn("[good](https://example.org/?a=1&b=2) [bad](javascript:alert(1)) note[^1]\n\n[^1]: Here.").pages[0];
        let links = between(&page.markup, "<a href=\"", '"');
        assert_eq!(links, ["https://example.org/?a=1&amp;b=2", "#page-1"]);
    }

    #[test]
    fn a_page_keeps_its_name_as_long_as_it_looks_the_same() {
        let long = "A paragraph of a letter that goes on for a while.\n\n".repeat(60);
        let (before, after) = (drawn(&long), drawn(&format!("{long}One more word.")));
        assert!(before.pages.len() > 1);
        assert_eq!(before.pages[0], after.pages[0]);
        assert_ne!(before.pages.last(), after.pages.last());
        assert_eq!(drawn(&long), before);
    }

    #[test]
    fn every_line_says_where_it_comes_from_and_moves_no_page() {
        let svg = drawn("We ask you to\nfund the library.\n\nAnd [soon](https://example.org).");
        let written = |source: &Option<TextSource>| match source {
            Some(TextSource::Written(Origin::Span { start, .. }, Origin::Span { end, .. })) => Some((*start, *end)),
            _ => None,
        };
        let texts = between(&svg.pages[0].markup, "fill=\"transparent\">", '<');
        assert_eq!(svg.sources[0].len(), texts.len());
        let letter = "+++\nkind = \"letter\"\ntitle = \"A letter\"\nlanguage = \"en-US\"\n+++\n";
        let of = |words: &str| {
            let at = texts.iter().position(|text| text.contains(words)).unwrap();
            written(&svg.sources[0][at])
                .map(|(start, end)| (start as usize - letter.len(), end as usize - letter.len()))
        };
        assert_eq!(of("We ask"), Some((0, 31)));
        assert_eq!(of("soon"), Some((38, 42)));
    }

    #[test]
    fn numbers_are_short() {
        let check = |value, expected: &str| assert_eq!(number(value), expected);
        check(1.0, "1");
        check(-0.001, "0");
        check(12.345, "12.35");
        check(100.0, "100");
        check(-7.5, "-7.5");
    }
}
