//! The structure tree: the meaning of what is painted, in reading order.
//!
//! In: the tree of [`Pages`], what was painted where, the link annotations. Out:
//! structure elements and the parent tree as blocks of objects, and the entries
//! that lead to them. Guaranteed: each marked-content number and each annotation
//! leads to exactly one element and back (ISO 32000-1, 14.7.4); every note has an
//! id; every link annotation stands in a `Link` element. Absent: role maps; only
//! standard types are used.
//!
//! A list of 100,000 names has 300,000 elements, so they are written straight as
//! syntax, in parallel, without a dictionary for each.

use super::content::Painted;
use super::draft::PdfDraft;
use super::extent::extent;
use super::file::{OBJECTS_PER_STREAM, ObjectBlock};
use super::navigation::Annotations;
use super::{PdfError, syntax};
use crate::layout::frame::{ContentId, Kid, Mark, Node, NodeId, Pages, Role};
use lopdf::{Object, StringFormat, dictionary};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The number of pages and annotations that share a leaf of the parent tree.
const ENTRIES_PER_LEAF: usize = 64;

/// Writes the structure tree and hangs it into the document.
pub(super) fn structure(
    pages: &Pages,
    painted: &[Painted],
    annotations: &Annotations,
    draft: &mut PdfDraft,
) -> Result<Vec<ObjectBlock>, PdfError> {
    let root = draft.reserve(1);
    let tree = branch(
        pages,
        painted,
        annotations,
        draft,
        &BranchPlace {
            root,
            key: 0,
            notes: "note",
        },
    )?;
    let parent_tree = draft.add(dictionary! { "Kids" => tree.leaves });
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => Object::Reference((tree.top, 0)),
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => tree.next_key as i64,
    };
    if !tree.ids.is_empty() {
        let ids = draft.add(dictionary! { "Names" => tree.ids });
        dictionary.set("IDTree", ids);
    }
    draft.document.set_object((root, 0), dictionary);
    draft.set_in_catalog("StructTreeRoot", Object::Reference((root, 0)));
    draft.set_in_catalog("MarkInfo", dictionary! { "Marked" => true });
    Ok(tree.blocks)
}

/// The place in a file where a tree hangs.
pub(super) struct BranchPlace<'a> {
    /// The object above node 0.
    pub(super) root: u32,
    /// The first key in the parent tree.
    pub(super) key: usize,
    /// The beginning of notes' ids.
    pub(super) notes: &'a str,
}

/// A tree, or a branch of one, and what leads to it.
pub(super) struct Branch {
    /// Its elements and the leaves of its parent tree.
    pub(super) blocks: Vec<ObjectBlock>,
    /// The object number of node 0.
    pub(super) top: u32,
    /// References to those leaves, ascending by key.
    pub(super) leaves: Vec<Object>,
    /// The notes' ids and their elements, ascending by id.
    pub(super) ids: Vec<Object>,
    /// The first key that is free.
    pub(super) next_key: usize,
}

/// Writes a structure tree, and the pages' entries that lead to it.
pub(super) fn branch(
    pages: &Pages,
    painted: &[Painted],
    annotations: &Annotations,
    draft: &mut PdfDraft,
    place: &BranchPlace<'_>,
) -> Result<Branch, PdfError> {
    let writer = ElementWriter::new(pages, painted, annotations, draft, place)?;
    let count = writer.pages.structure.nodes.len();
    let nodes: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    let mut blocks: Vec<ObjectBlock> = nodes
        .par_chunks(OBJECTS_PER_STREAM)
        .map(|nodes| writer.elements(nodes))
        .collect();
    blocks.push(writer.wrappers());

    let (leaves, kids) = writer.parent_tree(painted, draft);
    blocks.push(leaves);
    for page in 0..pages.pages.len() {
        draft.set_in_page(page, "StructParents", (place.key + page) as i64);
        // Tab keys follow the structure (ISO 14289-1, 7.18.3).
        draft.set_in_page(page, "Tabs", "S");
    }
    Ok(Branch {
        blocks,
        top: writer.element(NodeId(0)),
        leaves: kids,
        ids: writer.ids(),
        next_key: place.key + pages.pages.len() + annotations.list.len(),
    })
}

/// Everything that elements are written from.
struct ElementWriter<'a> {
    pages: &'a Pages,
    annotations: &'a Annotations,
    /// Object numbers of the pages.
    page_objects: Vec<u32>,
    /// The place where it hangs.
    place: &'a BranchPlace<'a>,
    /// Object number of node 0; the others follow.
    first: u32,
    /// Links around what a node holds that is no link itself, such as the mark of
    /// a footnote: object number by node.
    wrappers: BTreeMap<NodeId, u32>,
    /// By node: its parent.
    parents: Vec<NodeId>,
    /// By content: the node that holds it.
    owners: Vec<Option<NodeId>>,
    /// The places where contents are painted: page and marked-content number.
    places: PaintedPlaces,
    /// The boxes of figures, by node.
    boxes: BTreeMap<NodeId, [f32; 4]>,
}

impl<'a> ElementWriter<'a> {
    fn new(
        pages: &'a Pages,
        painted: &[Painted],
        annotations: &'a Annotations,
        draft: &mut PdfDraft,
        place: &'a BranchPlace<'a>,
    ) -> Result<Self, PdfError> {
        let nodes = &pages.structure.nodes;
        let mut parents = vec![NodeId(0); nodes.len()];
        let mut owners = vec![None; pages.structure.contents as usize];
        for (node, at) in nodes.iter().zip(0..) {
            for kid in &node.kids {
                match *kid {
                    Kid::Node(kid) => parents[kid.0 as usize] = NodeId(at),
                    Kid::Content(content) => owners[content.0 as usize] = Some(NodeId(at)),
                }
            }
        }
        for (page, painted) in painted.iter().enumerate() {
            let owned = |mark: &ContentId| owners.get(mark.0 as usize).is_some_and(Option::is_some);
            if !painted.marks.iter().all(owned) {
                return Err(PdfError::Untagged(page + 1));
            }
        }
        let first = draft.reserve(nodes.len());
        let wrapped = annotations
            .by_node
            .keys()
            .copied()
            .filter(|node| pages.structure.node(*node).role != Role::Link);
        let wrapped: Vec<NodeId> = wrapped.collect();
        let wrappers = wrapped.iter().copied().zip(draft.reserve(wrapped.len())..).collect();
        let boxes = boxes(pages, &owners);
        Ok(Self {
            pages,
            annotations,
            page_objects: draft.pages.iter().map(|page| page.0).collect(),
            place,
            first,
            wrappers,
            parents,
            places: PaintedPlaces::new(painted, owners.len()),
            owners,
            boxes,
        })
    }

    /// The object number of a node's element.
    fn element(&self, node: NodeId) -> u32 {
        self.first + node.0
    }

    /// The object number of the element that holds a node's contents.
    fn holder(&self, node: NodeId) -> u32 {
        self.wrappers.get(&node).copied().unwrap_or_else(|| self.element(node))
    }

    /// The elements of some nodes with consecutive numbers.
    fn elements(&self, nodes: &[u32]) -> ObjectBlock {
        let mut block = ObjectBlock::new(self.first + nodes.first().copied().unwrap_or_default());
        for &node in nodes {
            self.put_element(&mut block.bytes, NodeId(node));
            block.end_object();
        }
        block
    }

    fn put_element(&self, out: &mut Vec<u8>, id: NodeId) {
        let node = self.pages.structure.node(id);
        let parent = if id == NodeId(0) {
            self.place.root
        } else {
            self.holder(self.parents[id.0 as usize])
        };
        let linked = self.annotations.by_node.contains_key(&id);
        put_head(out, tag(node.role, linked), parent);
        if node.role == Role::Note {
            out.extend_from_slice(b"/ID");
            syntax::bytes(out, self.note_id(id).as_bytes());
        }
        for (key, text) in [("Lang", &node.language), ("Alt", &node.alt), ("T", &node.title)] {
            if let Some(text) = text {
                syntax::name(out, key.as_bytes());
                syntax::text(out, text);
            }
        }
        self.put_attributes(out, id, node);
        match self.wrappers.get(&id) {
            Some(&wrapper) => {
                out.extend_from_slice(b"/K[");
                syntax::reference(out, wrapper);
                out.push(b']');
            }
            None => self.put_kids(out, id, node),
        }
        out.extend_from_slice(b">>");
    }

    /// The links around what nodes hold that are none themselves.
    fn wrappers(&self) -> ObjectBlock {
        let mut block = ObjectBlock::new(self.wrappers.values().next().copied().unwrap_or_default());
        for &node in self.wrappers.keys() {
            put_head(&mut block.bytes, "Link", self.element(node));
            self.put_kids(&mut block.bytes, node, self.pages.structure.node(node));
            block.bytes.extend_from_slice(b">>");
            block.end_object();
        }
        block
    }

    fn put_attributes(&self, out: &mut Vec<u8>, id: NodeId, node: &Node) {
        match node.role {
            Role::List { ordered } if ordered || self.has_labels(node) => {
                let numbering: &[u8] = if ordered { b"Decimal" } else { b"Disc" };
                out.extend_from_slice(b"/A<</O/List/ListNumbering");
                syntax::name(out, numbering);
                out.extend_from_slice(b">>");
            }
            Role::TableHeader => out.extend_from_slice(b"/A<</O/Table/Scope/Column>>"),
            Role::RowHeader => out.extend_from_slice(b"/A<</O/Table/Scope/Row>>"),
            Role::Figure => {
                if let Some(corners) = self.boxes.get(&id) {
                    out.extend_from_slice(b"/A<</O/Layout/Placement/Block/BBox");
                    syntax::object(out, &corners.map(Object::Real).to_vec().into());
                    out.extend_from_slice(b">>");
                }
            }
            _ => {}
        }
    }

    fn has_labels(&self, list: &Node) -> bool {
        let node = |kid: &Kid| match kid {
            Kid::Node(id) => Some(self.pages.structure.node(*id)),
            Kid::Content(_) => None,
        };
        let mut parts = list
            .kids
            .iter()
            .filter_map(node)
            .flat_map(|item| &item.kids)
            .filter_map(node);
        parts.any(|part| part.role == Role::Label)
    }

    /// Writes an element's kids: elements, marked content, annotations. The page of the
    /// first marked content is the element's; content on other pages names its own.
    fn put_kids(&self, out: &mut Vec<u8>, id: NodeId, node: &Node) {
        let places = |content: &ContentId| self.places.of(*content);
        let home = node.kids.iter().find_map(|kid| match kid {
            Kid::Content(content) => places(content).first().map(|place| place.0),
            Kid::Node(_) => None,
        });
        if let Some(home) = home {
            out.extend_from_slice(b"/Pg ");
            syntax::reference(out, self.page_objects[home as usize]);
        }
        out.extend_from_slice(b"/K[");
        for kid in &node.kids {
            match kid {
                Kid::Node(kid) => {
                    out.push(b' ');
                    syntax::reference(out, self.element(*kid));
                }
                Kid::Content(content) => {
                    for &(page, number) in places(content) {
                        if Some(page) == home {
                            out.push(b' ');
                            syntax::integer(out, i64::from(number));
                        } else {
                            out.extend_from_slice(b"<</Type/MCR/Pg ");
                            syntax::reference(out, self.page_objects[page as usize]);
                            out.extend_from_slice(b"/MCID ");
                            syntax::integer(out, i64::from(number));
                            out.extend_from_slice(b">>");
                        }
                    }
                }
            }
        }
        for &at in self.annotations.by_node.get(&id).into_iter().flatten() {
            let annotation = &self.annotations.list[at];
            out.extend_from_slice(b"<</Type/OBJR/Pg ");
            syntax::reference(out, self.page_objects[annotation.page]);
            out.extend_from_slice(b"/Obj ");
            syntax::reference(out, annotation.object.0);
            out.extend_from_slice(b">>");
        }
        out.push(b']');
    }

    /// From each page's marked-content numbers and each annotation back to the
    /// elements: the leaves of the number tree, and references to them.
    fn parent_tree(&self, painted: &[Painted], draft: &mut PdfDraft) -> (ObjectBlock, Vec<Object>) {
        let entries = painted.len() + self.annotations.list.len();
        let leaves = entries.div_ceil(ENTRIES_PER_LEAF);
        let mut block = ObjectBlock::new(draft.reserve(leaves));
        for leaf in 0..leaves {
            let keys = leaf * ENTRIES_PER_LEAF..entries.min((leaf + 1) * ENTRIES_PER_LEAF);
            let out = &mut block.bytes;
            out.extend_from_slice(b"<</Limits[");
            let first = self.place.key;
            syntax::integer(out, (first + keys.start) as i64);
            out.push(b' ');
            syntax::integer(out, (first + keys.end) as i64 - 1);
            out.extend_from_slice(b"]/Nums[");
            for key in keys {
                syntax::integer(out, (first + key) as i64);
                match painted.get(key) {
                    Some(page) => {
                        out.push(b'[');
                        for mark in &page.marks {
                            let owner = self.owners[mark.0 as usize].unwrap_or(NodeId(0));
                            syntax::reference(out, self.holder(owner));
                            out.push(b' ');
                        }
                        out.push(b']');
                    }
                    None => {
                        out.push(b' ');
                        syntax::reference(out, self.holder(self.annotations.list[key - painted.len()].node));
                        out.push(b' ');
                    }
                }
            }
            out.extend_from_slice(b"]>>");
            block.end_object();
        }
        let kids = (block.first..)
            .take(leaves)
            .map(|leaf| Object::Reference((leaf, 0)))
            .collect();
        (block, kids)
    }

    /// The notes' ids and their elements, ascending by id.
    fn ids(&self) -> Vec<Object> {
        let nodes = (0..).map(NodeId).zip(&self.pages.structure.nodes);
        let notes = nodes.filter(|(_, node)| node.role == Role::Note);
        notes
            .flat_map(|(id, _)| {
                let name = Object::String(self.note_id(id).into_bytes(), StringFormat::Literal);
                [name, Object::Reference((self.element(id), 0))]
            })
            .collect()
    }

    /// A note's id: its node's number, padded, so that the ids' order as strings is
    /// that of the numbers.
    fn note_id(&self, node: NodeId) -> String {
        format!("{}-{:010}", self.place.notes, node.0)
    }
}

fn put_head(out: &mut Vec<u8>, tag: &str, parent: u32) {
    out.extend_from_slice(b"<</S/");
    out.extend_from_slice(tag.as_bytes());
    out.extend_from_slice(b"/P ");
    syntax::reference(out, parent);
}

/// The standard structure type of a role. A link that leads nowhere is a span.
fn tag(role: Role, linked: bool) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Sect => "Sect",
        Role::Heading(level) => match level {
            0 | 1 => "H1",
            2 => "H2",
            3 => "H3",
            4 => "H4",
            5 => "H5",
            _ => "H6",
        },
        Role::Paragraph => "P",
        Role::List { .. } => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::BlockQuote => "BlockQuote",
        Role::Code => "Code",
        Role::Table => "Table",
        Role::TableRow => "TR",
        Role::TableHeader | Role::RowHeader => "TH",
        Role::Caption => "Caption",
        Role::TableCell => "TD",
        Role::Figure => "Figure",
        Role::Link if linked => "Link",
        Role::Link | Role::Span => "Span",
        Role::Division => "Div",
        Role::Reference => "Reference",
        Role::Note => "Note",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
    }
}

/// The places where each content is painted, in the order of painting.
struct PaintedPlaces {
    /// Page and marked-content number, by content.
    places: Vec<(u32, u32)>,
    /// By content: the index of its first place.
    starts: Vec<u32>,
}

impl PaintedPlaces {
    /// Sorts what was painted by content, in one pass (counting sort).
    fn new(painted: &[Painted], contents: usize) -> Self {
        let mut starts = vec![0_u32; contents + 1];
        for mark in painted.iter().flat_map(|page| &page.marks) {
            starts[mark.0 as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![(0, 0); starts[contents] as usize];
        for (page, painted) in (0..).zip(painted) {
            for (number, mark) in (0..).zip(&painted.marks) {
                let slot = &mut next[mark.0 as usize];
                places[*slot as usize] = (page, number);
                *slot += 1;
            }
        }
        Self { places, starts }
    }

    fn of(&self, content: ContentId) -> &[(u32, u32)] {
        let at = content.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.places[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// The boxes of figures on their first page: left, bottom, right, top.
fn boxes(pages: &Pages, owners: &[Option<NodeId>]) -> BTreeMap<NodeId, [f32; 4]> {
    let mut boxes = BTreeMap::new();
    if !pages.structure.nodes.iter().any(|node| node.role == Role::Figure) {
        return boxes;
    }
    let mut home = BTreeMap::new();
    for (number, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            let (area, mark) = extent(item);
            let Mark::Content(content) = mark else { continue };
            let Some(node) = owners.get(content.0 as usize).copied().flatten() else {
                continue;
            };
            if pages.structure.node(node).role != Role::Figure || *home.entry(node).or_insert(number) != number {
                continue;
            }
            let height = page.height.0;
            let own = [
                area.x.0,
                height - (area.y + area.height).0,
                (area.x + area.width).0,
                height - area.y.0,
            ];
            let own = own.map(|edge| edge as f32);
            let known: &mut [f32; 4] = boxes.entry(node).or_insert(own);
            *known = [
                known[0].min(own[0]),
                known[1].min(own[1]),
                known[2].max(own[2]),
                known[3].max(own[3]),
            ];
        }
    }
    boxes
}
