//! Pages as data: what stands where, and what it means.
//!
//! In: what layout placed. Out: what any page emitter needs, without asking
//! layout again: glyphs with their fonts, rules, link areas, and the structure
//! tree. Guaranteed: every item belongs to a content of the tree ([`ContentId`]) or is an
//! artifact; the tree's order is the reading order, whatever the painting
//! order; y runs downwards from the page's top left corner. Absent: PDF.

use crate::model::picture::Picture;
use crate::model::units::Pt;
use jiff::civil::Date;
use std::sync::Arc;

/// A set document.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// What the file says of itself.
    pub metadata: Metadata,
    /// The pages, first to last.
    pub pages: Vec<Page>,
    /// The fonts that items name by index ([`FontId`]).
    pub fonts: Vec<FontFile>,
    /// The pictures that items name by index ([`ImageId`]).
    pub images: Vec<Arc<Picture>>,
    /// The meaning of it all.
    pub structure: Structure,
    /// Bookmarks, in reading order.
    pub outline: Vec<Bookmark>,
}

/// What the file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The title.
    pub title: String,
    /// The coalition.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// BCP 47 tag.
    pub language: String,
    /// The date it is dated by.
    pub date: Option<Date>,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Width of the paper.
    pub width: Pt,
    /// Height of the paper.
    pub height: Pt,
    /// What is painted, in painting order.
    pub items: Vec<Item>,
    /// Where a click does something.
    pub links: Vec<LinkArea>,
}

/// Something painted.
#[derive(Clone, Debug)]
pub enum Item {
    /// A run of glyphs.
    Text(TextRun),
    /// A filled rectangle: a rule, a table's line.
    Rule {
        /// Where.
        area: Rect,
        /// In what color.
        color: Color,
        /// What it means.
        mark: Mark,
    },
    /// A picture, which fills its area.
    Image {
        /// The picture, an index into [`Pages::images`].
        image: ImageId,
        /// Where.
        area: Rect,
        /// What it means.
        mark: Mark,
    },
}

/// What a painted thing means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A piece of content of the structure tree.
    Content(ContentId),
    /// Page furniture that a reader need not hear.
    Artifact(Artifact),
}

/// A kind of page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Rules and other decoration within the page's text.
    Layout,
    /// A running head.
    Header,
    /// A page number.
    Footer,
}

/// Glyphs of one font, size and color on one baseline, in painting order, left
/// to right.
#[derive(Clone, Debug)]
pub struct TextRun {
    /// The font, an index into [`Pages::fonts`].
    pub font: FontId,
    /// Size: points per em.
    pub size: Pt,
    /// In what color.
    pub color: Color,
    /// Left end of the baseline.
    pub x: Pt,
    /// The baseline, from the page's top.
    pub y: Pt,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// The characters the glyphs stand for, in logical order.
    pub text: Box<str>,
    /// What a reader hears or copies instead of `text`, where that differs: a
    /// hyphen at a line's end is U+00AD, a substitute box is the missing letter.
    pub actual_text: Option<Box<str>>,
    /// What it means.
    pub mark: Mark,
}

/// A placed glyph. Lengths are in thousandths of an em, whatever the font's own
/// units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The glyph's number in its font file.
    pub id: u16,
    /// Byte in [`TextRun::text`] at which the glyph's cluster begins. Glyphs of
    /// one cluster share it.
    pub cluster: u32,
    /// How far the pen moves: the shaped advance with kerning, and, for a space of
    /// a justified line, its stretch.
    pub advance: f32,
    /// Shift to the right, without moving the pen.
    pub x_offset: f32,
    /// Shift upwards, without moving the pen.
    pub y_offset: f32,
}

/// Index into [`Pages::fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// Index into [`Pages::images`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// A font file.
#[derive(Clone)]
pub struct FontFile {
    /// Name for people: "Source Serif 4 Bold".
    pub name: String,
    /// The bytes of the file.
    pub data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Index of the face within the file.
    pub index: u32,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({}, {})", self.name, self.index)
    }
}

/// A rectangle; y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: Pt,
    /// Top edge.
    pub y: Pt,
    /// Width.
    pub width: Pt,
    /// Height.
    pub height: Pt,
}

/// A color: red, green and blue, 0 to 255, in sRGB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Black.
    pub const BLACK: Self = Self([0, 0, 0]);
}

/// An area that, clicked, follows the target of a structure node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkArea {
    /// Where.
    pub area: Rect,
    /// A node with [`Role::Link`] or [`Role::Reference`] and a target.
    pub node: NodeId,
}

/// Index into [`Structure::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A piece of content of the tree. It may be painted in several items, on
/// several pages; its order is that of the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub u32);

/// The structure tree. Node 0 is the document.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The nodes; every node but the first is the kid of exactly one other.
    pub nodes: Vec<Node>,
    /// How many contents were handed out; ids run from 0.
    pub contents: u32,
}

impl Default for Structure {
    fn default() -> Self {
        Self {
            nodes: vec![Node::new(Role::Document)],
            contents: 0,
        }
    }
}

impl Structure {
    /// The root.
    pub const ROOT: NodeId = NodeId(0);

    /// Adds a node as the last kid of `parent`.
    pub fn add(&mut self, parent: NodeId, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        self.nodes[parent.0 as usize].kids.push(Kid::Node(id));
        id
    }

    /// Adds a piece of content as the last kid of `parent`.
    pub fn content(&mut self, parent: NodeId) -> ContentId {
        let id = ContentId(self.contents);
        self.contents += 1;
        self.nodes[parent.0 as usize].kids.push(Kid::Content(id));
        id
    }

    /// The node of that number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The node of that number, to change.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }
}

/// An element of the structure tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// Its kids, in reading order.
    pub kids: Vec<Kid>,
    /// What it is called, for navigation.
    pub title: Option<Box<str>>,
    /// What a figure says to those who do not see it.
    pub alt: Option<Box<str>>,
    /// Its language, where that is not its parent's.
    pub language: Option<Box<str>>,
    /// Where it leads.
    pub target: Option<Target>,
}

impl Node {
    /// A node without kids or properties.
    pub fn new(role: Role) -> Self {
        Self {
            role,
            kids: Vec::new(),
            title: None,
            alt: None,
            language: None,
            target: None,
        }
    }
}

/// A kid of a structure element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// Another element.
    Node(NodeId),
    /// Content on pages.
    Content(ContentId),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Out of the document.
    Uri(Box<str>),
    /// To where an element's first content stands.
    Node(NodeId),
}

/// The standard structure types that letters use (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The whole.
    Document,
    /// A section.
    Sect,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List {
        /// Whether its items carry numbers.
        ordered: bool,
    },
    /// An item of a list.
    ListItem,
    /// An item's bullet or number; a footnote's number.
    Label,
    /// An item's text.
    ListBody,
    /// A block quotation.
    BlockQuote,
    /// Literal text.
    Code,
    /// A table.
    Table,
    /// A row.
    TableRow,
    /// A header cell of a column.
    TableHeader,
    /// A cell.
    TableCell,
    /// A picture.
    Figure,
    /// A link.
    Link,
    /// The mark of a footnote.
    Reference,
    /// A footnote.
    Note,
    /// A passage that differs in language or look.
    Span,
    /// Blocks that differ in language.
    Division,
    /// A table of contents.
    Contents,
    /// An entry of one.
    ContentsItem,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// 1: outermost.
    pub level: u8,
    /// What it says.
    pub title: Box<str>,
    /// The page, from 0.
    pub page: usize,
    /// The height on the page, from its top.
    pub y: Pt,
}
