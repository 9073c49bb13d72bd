//! Ways through the document: links and bookmarks.
//!
//! In: link areas with the nodes they follow, bookmarks. Out: link annotations,
//! and the outline with the height on the page of each entry. Guaranteed: every
//! annotation says in words where it leads, prints with its page, and names its
//! place in the parent tree (ISO 14289-1, 7.18); addresses are ASCII. Absent:
//! actions other than going somewhere; an address that a link may not lead to gets no
//! annotation, and its text stays.

use super::draft::PdfDraft;
use super::extent::extent;
use super::syntax;
use crate::layout::frame::{Bookmark, ContentId, Item, Kid, LinkArea, Mark, NodeId, Pages, Target};
use crate::model::link;
use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use std::collections::BTreeMap;

/// The longest description of a link, in characters. A reader hears it whole.
const DESCRIPTION: usize = 300;

/// The link annotations of a document.
#[derive(Default)]
pub(super) struct Annotations {
    /// All of them, page by page. The place in the list plus the number of pages
    /// is an annotation's key in the parent tree.
    pub(super) list: Vec<Annotation>,
    /// By the node they follow: places in the list.
    pub(super) by_node: BTreeMap<NodeId, Vec<usize>>,
}

/// A link annotation.
pub(super) struct Annotation {
    /// The page it is on.
    pub(super) page: usize,
    /// The object.
    pub(super) object: ObjectId,
    /// The node it follows.
    pub(super) node: NodeId,
}

/// Adds the link annotations to their pages. `key`: the first key of the pages in the
/// parent tree.
pub(super) fn annotations(pages: &Pages, draft: &mut PdfDraft, key: usize) -> Annotations {
    let mut made = Annotations::default();
    if pages.pages.iter().all(|page| page.links.is_empty()) {
        return made;
    }
    let targets = LinkTargets::new(pages);
    for (number, page) in pages.pages.iter().enumerate() {
        let mut own = Vec::new();
        for link in &page.links {
            let Some(destination) = targets.destination(link.node, draft) else {
                continue;
            };
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => corners(link, page.height.0),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed with its page (ISO 19005-2, 6.3.2).
                "F" => 4,
                "Contents" => syntax::text_object(&targets.description(link.node)),
                "StructParent" => (key + pages.pages.len() + made.list.len()) as i64,
            };
            annotation.extend(&destination);
            let object = draft.add(annotation);
            own.push(Object::Reference(object));
            made.by_node.entry(link.node).or_default().push(made.list.len());
            made.list.push(Annotation {
                page: number,
                object,
                node: link.node,
            });
        }
        if !own.is_empty() {
            draft.set_in_page(number, "Annots", own);
        }
    }
    made
}

/// An area's corners, from the page's lower left.
fn corners(link: &LinkArea, height: f64) -> Object {
    let area = link.area;
    let edges = [
        area.x.0,
        height - (area.y + area.height).0,
        (area.x + area.width).0,
        height - area.y.0,
    ];
    let edges = edges.map(|edge| Object::Real(((edge * 100.0).round() / 100.0) as f32));
    edges.to_vec().into()
}

/// The places and texts in a document that links lead to.
struct LinkTargets<'a> {
    pages: &'a Pages,
    /// By content: the page, the top on it, and the text, where a link is about it.
    places: Vec<Option<(usize, f64)>>,
    texts: BTreeMap<ContentId, String>,
}

impl<'a> LinkTargets<'a> {
    fn new(pages: &'a Pages) -> Self {
        let mut texts: BTreeMap<ContentId, String> = BTreeMap::new();
        for link in pages.pages.iter().flat_map(|page| &page.links) {
            for content in contents(pages, link.node) {
                texts.entry(content).or_default();
            }
        }
        let mut places = vec![None; pages.structure.contents as usize];
        for (number, page) in pages.pages.iter().enumerate() {
            for item in &page.items {
                let (area, Mark::Content(content)) = extent(item) else {
                    continue;
                };
                if let Some(place @ None) = places.get_mut(content.0 as usize) {
                    *place = Some((number, page.height.0 - area.y.0));
                }
                if let (Item::Text(run), Some(text)) = (item, texts.get_mut(&content))
                    && run.actual_text.as_deref() != Some("\u{AD}")
                {
                    text.push_str(run.actual_text.as_deref().unwrap_or(&run.text));
                }
            }
        }
        Self { pages, places, texts }
    }

    /// The entries of an annotation that say where it leads; none where it must
    /// not be followed, or where there is nothing.
    fn destination(&self, node: NodeId, draft: &PdfDraft) -> Option<Dictionary> {
        match self.pages.structure.nodes.get(node.0 as usize)?.target.as_ref()? {
            Target::Uri(address) => {
                let address = followable(address)?;
                let uri = Object::String(address.into_bytes(), StringFormat::Literal);
                Some(dictionary! { "A" => dictionary! { "S" => "URI", "URI" => uri } })
            }
            Target::Node(target) => {
                let place = |content: ContentId| self.places.get(content.0 as usize).copied().flatten();
                let (page, top) = contents(self.pages, *target).into_iter().find_map(place)?;
                Some(dictionary! { "Dest" => position(draft, page, top) })
            }
        }
    }

    /// Returns the description of a link: its own description, or its text and, where
    /// that is something else, its address.
    fn description(&self, id: NodeId) -> String {
        let node = self.pages.structure.node(id);
        if let Some(words) = node.alt.as_deref().or(node.title.as_deref()) {
            return words.chars().take(DESCRIPTION).collect();
        }
        let text: String = contents(self.pages, id)
            .iter()
            .filter_map(|id| self.texts.get(id))
            .map(String::as_str)
            .collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = match &node.target {
            Some(Target::Uri(address)) if text.is_empty() || **address == *text => address.to_string(),
            Some(Target::Uri(address)) => format!("{text} ({address})"),
            _ => text,
        };
        words.chars().take(DESCRIPTION).collect()
    }
}

/// All contents under a node, in reading order.
fn contents(pages: &Pages, node: NodeId) -> Vec<ContentId> {
    let mut found = Vec::new();
    let mut ahead = vec![Kid::Node(node)];
    while let Some(kid) = ahead.pop() {
        match kid {
            Kid::Content(content) => found.push(content),
            Kid::Node(node) => {
                if let Some(node) = pages.structure.nodes.get(node.0 as usize) {
                    ahead.extend(node.kids.iter().rev());
                }
            }
        }
    }
    found
}

/// Returns an address as a URI action takes it: one that a link may lead to, in ASCII.
fn followable(address: &str) -> Option<String> {
    let address = link::outside(address)?;
    let mut ascii = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(ascii)
}

/// A destination: a page, and the height that comes to the window's top.
pub(super) fn position(draft: &PdfDraft, page: usize, top: f64) -> Object {
    let top = Object::Real(((top * 100.0).round() / 100.0) as f32);
    vec![
        Object::Reference(draft.pages[page]),
        "XYZ".into(),
        Object::Null,
        top,
        Object::Null,
    ]
    .into()
}

/// Adds the bookmarks, nested by level, all open.
pub(super) fn outline(pages: &Pages, draft: &mut PdfDraft) {
    if pages.outline.iter().all(|entry| entry.page >= draft.pages.len()) {
        return;
    }
    let first = draft.reserve(1);
    let mut root = dictionary! { "Type" => "Outlines" };
    if let Some(range) = bookmarks(pages, &pages.outline, draft, first) {
        range.enter(&mut root);
    }
    draft.document.set_object((first, 0), root);
    draft.set_in_catalog("Outlines", Object::Reference((first, 0)));
    draft.set_in_catalog("PageMode", "UseOutlines");
}

/// Bookmarks under one entry: object numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct BookmarkRange {
    /// The first right below it.
    pub(super) first: u32,
    /// The last right below it.
    pub(super) last: u32,
    /// The number of bookmarks below it, at any depth.
    pub(super) count: i64,
}

impl BookmarkRange {
    /// Says so in the entry above.
    fn enter(self, dictionary: &mut Dictionary) {
        dictionary.set("First", Object::Reference((self.first, 0)));
        dictionary.set("Last", Object::Reference((self.last, 0)));
        dictionary.set("Count", self.count);
    }
}

/// Adds bookmarks of some pages under an entry, nested by level.
pub(super) fn bookmarks(
    pages: &Pages,
    outline: &[Bookmark],
    draft: &mut PdfDraft,
    above: u32,
) -> Option<BookmarkRange> {
    let entries: Vec<&Bookmark> = outline.iter().filter(|entry| entry.page < draft.pages.len()).collect();
    if entries.is_empty() {
        return None;
    }
    let first = draft.reserve(entries.len());
    let number = |entry: usize| first + entry as u32;
    let object = |entry: usize| Object::Reference((number(entry), 0));
    let parents = parents(&entries);

    let mut siblings_of: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (entry, parent) in parents.iter().enumerate() {
        siblings_of.entry(*parent).or_default().push(entry);
    }
    // How many entries are below each, since all are open.
    let mut below = vec![0_i64; entries.len()];
    for entry in (0..entries.len()).rev() {
        if let Some(parent) = parents[entry] {
            below[parent] += below[entry] + 1;
        }
    }
    let range = |parent: Option<usize>, count: i64| match siblings_of.get(&parent).map(Vec::as_slice) {
        Some([first, .., last] | [first @ last]) => Some(BookmarkRange {
            first: number(*first),
            last: number(*last),
            count,
        }),
        _ => None,
    };
    for (&parent, siblings) in &siblings_of {
        for (at, &entry) in siblings.iter().enumerate() {
            let bookmark = entries[entry];
            let top = pages.pages[bookmark.page].height.0 - bookmark.y.0;
            let mut dictionary = dictionary! {
                "Title" => syntax::text_object(&bookmark.title),
                "Parent" => parent.map_or(Object::Reference((above, 0)), object),
                "Dest" => position(draft, bookmark.page, top),
            };
            if let Some(previous) = at.checked_sub(1) {
                dictionary.set("Prev", object(siblings[previous]));
            }
            if let Some(&next) = siblings.get(at + 1) {
                dictionary.set("Next", object(next));
            }
            if let Some(range) = range(Some(entry), below[entry]) {
                range.enter(&mut dictionary);
            }
            draft.document.set_object((number(entry), 0), dictionary);
        }
    }
    range(None, entries.len() as i64)
}

/// For each bookmark the last one before it of a lesser level.
fn parents(entries: &[&Bookmark]) -> Vec<Option<usize>> {
    let mut path: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        while path.last().is_some_and(|&last| entries[last].level >= entry.level) {
            path.pop();
        }
        parents.push(path.last().copied());
        path.push(at);
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_lead_somewhere_are_followed() {
        let check = |address, expected: Option<&str>| assert_eq!(followable(address).as_deref(), expected);
        check("https://example.org/a b", None);
        check("HTTPS://example.org", Some("HTTPS://example.org"));
        check("mailto:a@example.org", Some("mailto:a@example.org"));
        check("https://example.org/ñ", Some("https://example.org/%C3%B1"));
        check("docs/page:1", None);
        check("setup.exe", None);
        check("\\\\host\\share", None);
        check("//host/share", None);
        check("javascript:alert(1)", None);
        check("file:///etc/passwd", None);
        check(" data:text/html,x", None);
        check("", None);
    }

    #[test]
    fn bookmarks_nest_by_level() {
        let entry = |level| Bookmark {
            level,
            title: "".into(),
            page: 0,
            y: crate::model::units::Pt(0.0),
        };
        let entries = [1, 2, 3, 2, 1, 3, 2].map(entry);
        let entries: Vec<&Bookmark> = entries.iter().collect();
        assert_eq!(
            parents(&entries),
            [None, Some(0), Some(1), Some(0), None, Some(4), Some(4)]
        );
    }
}
