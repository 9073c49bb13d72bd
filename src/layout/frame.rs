//! Holds pages as data: what stands where, and what it means.
//!
//! In: what layout placed. Out: what any page emitter needs, without asking layout again:
//! glyphs with their fonts, rules, link areas, and the structure tree. Guaranteed: every
//! item belongs to a content of the tree ([`ContentId`]) or is an artifact; the tree's
//! order is the reading order, whatever the painting order; y runs downwards from the
//! page's top left corner. Absent: PDF.

use crate::model::picture::Picture;
use crate::model::units::Pt;
use crate::source::Origin;
use jiff::civil::Date;
use std::sync::Arc;

pub use crate::model::style::Color;

/// Holds a document set on pages.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// Describes the document as a whole.
    pub metadata: Metadata,
    /// Holds the pages, first to last.
    pub pages: Vec<Page>,
    /// Holds the fonts that items name by index ([`FontId`]).
    pub fonts: Vec<FontFile>,
    /// Holds the pictures that items name by index ([`ImageId`]).
    pub images: Vec<Arc<Picture>>,
    /// Holds the structure tree: what everything means.
    pub structure: Structure,
    /// Holds the bookmarks, in reading order.
    pub outline: Vec<Bookmark>,
}

/// Describes the document as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// Gives the title.
    pub title: String,
    /// Gives the coalition.
    pub author: String,
    /// Gives the subject.
    pub subject: String,
    /// Gives the language, as a BCP 47 tag.
    pub language: String,
    /// Gives the document's date.
    pub date: Option<Date>,
}

/// Holds one page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Gives the width of the paper.
    pub width: Pt,
    /// Gives the height of the paper.
    pub height: Pt,
    /// Holds what is painted, in painting order.
    pub items: Vec<Item>,
    /// Holds the areas that can be clicked.
    pub links: Vec<LinkArea>,
}

/// Is one thing painted on a page.
#[derive(Clone, Debug)]
pub enum Item {
    /// A run of glyphs.
    Text(TextRun),
    /// A filled rectangle: a rule, a table's line.
    Rule {
        /// Gives the place.
        area: Rect,
        /// Gives the color.
        color: Color,
        /// Says what it means.
        mark: Mark,
    },
    /// A picture, which fills its area.
    Image {
        /// Names the picture, an index into [`Pages::images`].
        image: ImageId,
        /// Gives the place.
        area: Rect,
        /// Says what it means.
        mark: Mark,
    },
}

/// Says what a painted thing means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A piece of content of the structure tree.
    Content(ContentId),
    /// Page furniture that a reader need not hear.
    Artifact(Artifact),
}

/// Is a kind of page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Rules and other decoration within the page's text.
    Layout,
    /// A running head.
    Header,
    /// A page number.
    Footer,
}

/// Holds glyphs of one font, size and color on one baseline, in painting order, left to
/// right.
#[derive(Clone, Debug)]
pub struct TextRun {
    /// Names the font, an index into [`Pages::fonts`].
    pub font: FontId,
    /// Gives the size: points per em.
    pub size: Pt,
    /// Gives the color.
    pub color: Color,
    /// Gives the left end of the baseline.
    pub x: Pt,
    /// Gives the baseline, from the page's top.
    pub y: Pt,
    /// Holds the glyphs.
    pub glyphs: Vec<Glyph>,
    /// Gives the characters the glyphs stand for, in logical order.
    pub text: Box<str>,
    /// Gives what a reader hears or copies instead of `text`, where that differs: a
    /// hyphen at a line's end is U+00AD, a substitute box is the missing character.
    pub actual_text: Option<Box<str>>,
    /// Says what it means.
    pub mark: Mark,
}

/// Places a glyph. Lengths are in thousandths of an em, whatever the font's own units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Gives the glyph's number in its font file.
    pub id: u16,
    /// Gives the byte in [`TextRun::text`] at which the glyph's cluster begins. Glyphs of
    /// one cluster share it.
    pub cluster: u32,
    /// Moves the pen: by the shaped advance with kerning, and, for a space of
    /// a justified line, its stretch.
    pub advance: f32,
    /// Shifts the glyph to the right, without moving the pen.
    pub x_offset: f32,
    /// Shifts the glyph upwards, without moving the pen.
    pub y_offset: f32,
}

/// Indexes [`Pages::fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// Indexes [`Pages::images`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// Holds a font file.
#[derive(Clone)]
pub struct FontFile {
    /// Gives the name for people: "Source Serif 4 Bold".
    pub name: String,
    /// Holds the bytes of the file.
    pub data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Gives the index of the face within the file.
    pub index: u32,
    /// Says where it comes from.
    pub origin: FontOrigin,
}

/// Says where a font comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FontOrigin {
    /// The program brings it.
    #[default]
    Embedded,
    /// It is in the workspace's folder of fonts, and so the same on every computer.
    Workspace,
    /// It is one of this computer.
    System,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({}, {})", self.name, self.index)
    }
}

/// Is a rectangle; y runs downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Gives the left edge.
    pub x: Pt,
    /// Gives the top edge.
    pub y: Pt,
    /// Gives the width.
    pub width: Pt,
    /// Gives the height.
    pub height: Pt,
}

/// Is an area that, clicked, follows the target of a structure node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkArea {
    /// Gives the place.
    pub area: Rect,
    /// Names a node with [`Role::Link`] or [`Role::Reference`] and a target.
    pub node: NodeId,
}

/// Indexes [`Structure::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Names a piece of content of the tree. It may be painted in several items, on several
/// pages; its order is that of the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub u32);

/// Holds the structure tree. Node 0 is the document.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Holds the nodes; every node but the first is the kid of exactly one other.
    pub nodes: Vec<Node>,
    /// Counts the contents that were handed out; ids run from 0.
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
    /// Names the root.
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

    /// Returns the node of a number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Returns the node of a number, to change.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }
}

/// Is an element of the structure tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Says what it is.
    pub role: Role,
    /// Holds its kids, in reading order.
    pub kids: Vec<Kid>,
    /// Names it, for navigation.
    pub title: Option<Box<str>>,
    /// Describes a figure to those who do not see it.
    pub alt: Option<Box<str>>,
    /// Gives its language, where that is not its parent's.
    pub language: Option<Box<str>>,
    /// Says where it leads.
    pub target: Option<Target>,
    /// Says where its words were written; kids without a source have that of their parent.
    pub source: Option<TextSource>,
}

/// Says where the words of an element come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextSource {
    /// They were written, or computed from what was written, from the first place to the
    /// last, both in the same file.
    Written(Origin, Origin),
    /// They are the name of a signatory, as the roll prints it.
    Signatory(Box<str>),
    /// They were made of the setting of this key of the front matter.
    Setting(&'static str),
}

impl Node {
    /// Returns a node without kids or properties.
    pub fn new(role: Role) -> Self {
        Self {
            role,
            kids: Vec::new(),
            title: None,
            alt: None,
            language: None,
            target: None,
            source: None,
        }
    }

    /// Takes note that words of the element were written at an origin.
    pub fn written_at(&mut self, origin: Origin) {
        match &mut self.source {
            None => self.source = Some(TextSource::Written(origin, origin)),
            Some(TextSource::Written(first, last)) if last.file() == origin.file() => {
                (*first, *last) = ((*first).min(origin), (*last).max(origin));
            }
            Some(_) => {}
        }
    }
}

/// Is a kid of a structure element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// Another element.
    Node(NodeId),
    /// Content on pages.
    Content(ContentId),
}

/// Says where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Leads out of the document.
    Uri(Box<str>),
    /// Leads to where an element's first content stands.
    Node(NodeId),
}

/// Is a standard structure type that letters use (ISO 32000-1, 14.8.4).
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
        /// Says whether its items carry numbers.
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
    /// A header cell of a row.
    RowHeader,
    /// What a table or a picture shows, in words.
    Caption,
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

/// Is a bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// Gives the level; 1 is the outermost.
    pub level: u8,
    /// Gives the words.
    pub title: Box<str>,
    /// Gives the page, from 0.
    pub page: usize,
    /// Gives the height on the page, from its top.
    pub y: Pt,
}
