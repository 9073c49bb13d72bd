//! Pages made by hand: what layout would hand over, without layout.

use crate::layout::frame::{
    Artifact, Bookmark, Color, ContentId, FontFile, FontId, Glyph, Item, LinkArea, Mark, Node, NodeId, Page, Pages,
    Rect, Role, Structure, Target, TextRun,
};
use crate::model::units::Pt;
use harfrust::font::Blob;
use harfrust::{Buffer, Font, ShapeOptions, ShaperFont};
use std::path::PathBuf;
use std::sync::Arc;

/// Pages in the making, and the shaper's fonts.
pub(crate) struct Sample {
    pub(crate) pages: Pages,
    shapers: Vec<Font>,
}

impl Sample {
    /// An empty document of one US Letter page.
    pub(crate) fn new() -> Self {
        let mut pages = Pages::default();
        pages.metadata.title = "Reduce the harms".into();
        pages.metadata.author = "We Are Home".into();
        pages.metadata.subject = "Seven changes".into();
        pages.metadata.language = "en-US".into();
        pages.metadata.date = Some(jiff::civil::date(2021, 3, 1));
        let mut sample = Self {
            pages,
            shapers: Vec::new(),
        };
        sample.page();
        sample
    }

    /// Adds a page.
    pub(crate) fn page(&mut self) {
        let (width, height) = crate::model::letter::Paper::Letter.size();
        self.pages.pages.push(Page {
            width,
            height,
            ..Page::default()
        });
    }

    /// Adds one of the project's own fonts.
    pub(crate) fn own_font(&mut self, name: &str) -> FontId {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("assets/fonts")
            .join(name);
        self.font(&path.to_string_lossy(), 0)
    }

    /// Adds a font file.
    pub(crate) fn font(&mut self, path: &str, index: u32) -> FontId {
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(std::fs::read(path).expect("the font is there"));
        self.shapers
            .push(Font::new(Blob::Shared(Arc::clone(&data)), index).expect("the font is sound"));
        self.pages.fonts.push(FontFile {
            origin: crate::layout::frame::FontOrigin::Embedded,
            name: path.rsplit('/').next().unwrap_or_default().into(),
            data,
            index,
        });
        FontId(self.shapers.len() as u16 - 1)
    }

    /// Shapes a text.
    pub(crate) fn shape(&self, font: FontId, text: &str) -> Vec<Glyph> {
        let shaper = ShaperFont::new(&self.shapers[usize::from(font.0)]).with_scale(1000 * 64);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        harfrust::shape(&shaper, &mut buffer, ShapeOptions::new()).expect("it can be shaped");
        let pairs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        pairs
            .map(|(info, position)| Glyph {
                id: info.glyph_id as u16,
                cluster: info.cluster,
                advance: position.x_advance as f32 / 64.0,
                x_offset: position.x_offset as f32 / 64.0,
                y_offset: position.y_offset as f32 / 64.0,
            })
            .collect()
    }

    /// Adds a node.
    pub(crate) fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.pages.structure.add(parent, Node::new(role))
    }

    /// Paints a line on the last page.
    pub(crate) fn line(&mut self, font: FontId, x: f64, y: f64, text: &str, mark: Mark) -> &mut TextRun {
        let glyphs = self.shape(font, text);
        let run = TextRun {
            font,
            size: Pt(11.5),
            color: Color::BLACK,
            x: Pt(x),
            y: Pt(y),
            glyphs,
            text: text.into(),
            actual_text: None,
            mark,
        };
        let items = &mut self.pages.pages.last_mut().expect("a page").items;
        items.push(Item::Text(run));
        match items.last_mut() {
            Some(Item::Text(run)) => run,
            _ => unreachable!("it was just put there"),
        }
    }

    /// Paints a rule on the last page.
    pub(crate) fn rule(&mut self, area: Rect, mark: Mark) {
        let item = Item::Rule {
            area,
            color: Color([0, 64, 128]),
            mark,
        };
        self.pages.pages.last_mut().expect("a page").items.push(item);
    }

    /// Adds a node with a line of text on the last page.
    pub(crate) fn text(&mut self, parent: NodeId, role: Role, font: FontId, x: f64, y: f64, text: &str) -> ContentId {
        let node = self.node(parent, role);
        let content = self.pages.structure.content(node);
        self.line(font, x, y, text, Mark::Content(content));
        content
    }

    /// Adds an area of a link on the last page.
    pub(crate) fn link(&mut self, node: NodeId, x: f64, y: f64, width: f64) {
        let area = Rect {
            x: Pt(x),
            y: Pt(y - 10.0),
            width: Pt(width),
            height: Pt(13.0),
        };
        self.pages
            .pages
            .last_mut()
            .expect("a page")
            .links
            .push(LinkArea { area, node });
    }
}

/// A letter of two pages with one of everything.
pub(crate) fn letter() -> Sample {
    let root = Structure::ROOT;
    let mut sample = Sample::new();
    let serif = sample.own_font("SourceSerif4-Regular.ttf");
    let bold = sample.own_font("SourceSerif4-Bold.ttf");
    let unused = sample.own_font("SourceSans3-Regular.ttf");
    assert_eq!(unused, FontId(2));
    let header = Mark::Artifact(Artifact::Header);
    sample.line(bold, 72.0, 40.0, "We Are Home", header);
    sample.rule(area(72.0, 46.0, 468.0, 0.5), Mark::Artifact(Artifact::Layout));
    sample.text(
        root,
        Role::Heading(1),
        bold,
        72.0,
        80.0,
        "Reduce the harms of detention",
    );

    // A paragraph in three lines with a link over two of them, a hyphen at a
    // line's end and the mark of a footnote.
    let paragraph = sample.node(root, Role::Paragraph);
    let start = sample.pages.structure.content(paragraph);
    sample.line(
        serif,
        72.0,
        100.0,
        "We, the undersigned, affirm: the office’s efficient ",
        Mark::Content(start),
    );
    sample.line(serif, 72.0, 115.0, "imple", Mark::Content(start));
    sample.line(serif, 100.0, 115.0, "-", Mark::Content(start)).actual_text = Some("\u{AD}".into());
    sample.line(serif, 72.0, 130.0, "mentation is set out in ", Mark::Content(start));
    let link = sample.node(paragraph, Role::Link);
    sample.pages.structure.node_mut(link).target = Some(Target::Uri("https://example.org/report".into()));
    let content = sample.pages.structure.content(link);
    sample.line(serif, 200.0, 130.0, "the public ", Mark::Content(content));
    sample.link(link, 200.0, 130.0, 60.0);
    sample.line(serif, 72.0, 145.0, "report", Mark::Content(content));
    sample.link(link, 72.0, 145.0, 40.0);
    let reference = sample.node(paragraph, Role::Reference);
    let mark = sample.pages.structure.content(reference);
    sample.line(serif, 110.0, 140.0, "1", Mark::Content(mark)).size = Pt(7.0);
    sample.link(reference, 110.0, 140.0, 5.0);

    let list = sample.node(root, Role::List { ordered: true });
    for (number, text) in (1..).zip(["Close the camps. ", "Release people. "]) {
        let item = sample.node(list, Role::ListItem);
        let y = 165.0 + 15.0 * f64::from(number);
        sample.text(item, Role::Label, serif, 72.0, y, &format!("{number}. "));
        let body = sample.node(item, Role::ListBody);
        sample.text(body, Role::Paragraph, serif, 90.0, y, text);
    }
    let table = sample.node(root, Role::Table);
    for (at, role) in (0..).zip([Role::TableHeader, Role::TableCell]) {
        let row = sample.node(table, Role::TableRow);
        for column in 0..2 {
            let y = 230.0 + 15.0 * f64::from(at);
            sample.text(
                row,
                role,
                serif,
                72.0 + 100.0 * f64::from(column),
                y,
                &format!("cell {column} "),
            );
        }
    }
    let quote = sample.node(root, Role::BlockQuote);
    let spanish = sample.node(quote, Role::Paragraph);
    sample.pages.structure.node_mut(spanish).language = Some("es-US".into());
    let over = sample.pages.structure.content(spanish);
    sample.line(serif, 90.0, 280.0, "Ninguna familia será ", Mark::Content(over));

    let note = sample.node(root, Role::Note);
    sample.pages.structure.node_mut(reference).target = Some(Target::Node(note));
    sample.text(note, Role::Label, serif, 72.0, 700.0, "1 ");
    sample.text(note, Role::Paragraph, serif, 80.0, 700.0, "See 8 U.S.C. § 1226. ");
    sample.line(serif, 280.0, 760.0, "Page 1 of 2", Mark::Artifact(Artifact::Footer));

    sample.page();
    sample.line(serif, 90.0, 80.0, "separada.", Mark::Content(over));
    sample.text(root, Role::Heading(2), bold, 72.0, 110.0, "Signatories");
    let roll = sample.node(root, Role::List { ordered: false });
    for (at, name) in (0..).zip([
        "Doctors for Camp Closure",
        "Familias Unidas Ñuble",
        "Đoàn kết",
        "Ωmega Ж",
    ]) {
        let item = sample.node(roll, Role::ListItem);
        sample.text(item, Role::ListBody, serif, 72.0, 130.0 + 14.0 * f64::from(at), name);
    }
    let figure = sample.node(root, Role::Figure);
    sample.pages.structure.node_mut(figure).alt = Some("The coalition’s logo".into());
    let content = sample.pages.structure.content(figure);
    sample.rule(area(72.0, 300.0, 50.0, 20.0), Mark::Content(content));
    sample.rule(area(72.0, 330.0, 50.0, 20.0), Mark::Content(content));
    let bookmark = |level, title: &str, page, y| Bookmark {
        level,
        title: title.into(),
        page,
        y: Pt(y),
    };
    sample.pages.outline = vec![
        bookmark(1, "Reduce the harms of detention", 0, 68.0),
        bookmark(2, "Signatories", 1, 98.0),
    ];
    sample
}

fn area(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect {
        x: Pt(x),
        y: Pt(y),
        width: Pt(width),
        height: Pt(height),
    }
}
