//! The outline of a combined PDF: a bookmark for each letter, under headings.
//!
//! In: the letters' bookmarks, in the order of the letters. Out: outline entries as
//! blocks of objects, and the catalog's entry that leads to them.

use super::draft::PdfDraft;
use super::file::{OBJECTS_PER_STREAM, ObjectBlock};
use super::navigation::BookmarkRange;
use super::syntax;
use lopdf::{Object, dictionary};

/// A bookmark that leads to a letter.
pub(super) struct LetterBookmark {
    /// Its text.
    pub(super) title: Box<str>,
    /// The headings above it that the bookmark before it is not under, with their
    /// depths.
    pub(super) under: Box<[(usize, Box<str>)]>,
    /// The number of headings it is under.
    pub(super) depth: usize,
    /// The object number of the first page, and that page's height.
    pub(super) page: u32,
    pub(super) height: f32,
    /// The letter's own bookmarks.
    pub(super) own: Option<BookmarkRange>,
}

/// Writes the outline: headings, and a bookmark for each letter under them. The outermost are open,
/// so that a reader sees what there is and opens what they want.
pub(super) fn outline(bookmarks: &[LetterBookmark], first_bookmark: u32, draft: &mut PdfDraft) -> Vec<ObjectBlock> {
    let headings: usize = bookmarks.iter().map(|mark| mark.under.len()).sum();
    let root = draft.reserve(1);
    let first = draft.reserve(headings);
    let mut entries = Vec::with_capacity(bookmarks.len() + headings);
    let mut heading = first;
    for (mark, number) in bookmarks.iter().zip(first_bookmark..) {
        for (depth, title) in &mark.under {
            entries.push((heading, *depth, &**title, mark));
            heading += 1;
        }
        entries.push((number, mark.depth, &*mark.title, mark));
    }
    let depths: Vec<usize> = entries.iter().map(|entry| entry.1).collect();
    let links = links(&depths);
    let number = |at: usize| entries[at].0;
    let mut blocks = [ObjectBlocks::new(first), ObjectBlocks::new(first_bookmark)];
    let mut top = (None, None, 0_i64);
    for (at, &(own, depth, title, mark)) in entries.iter().enumerate() {
        let is_heading = (first..heading).contains(&own);
        let out = blocks[usize::from(!is_heading)].next();
        out.extend_from_slice(b"<</Title");
        syntax::text(out, title);
        out.extend_from_slice(b"/Parent ");
        syntax::reference(out, links[at].parent.map_or(root, number));
        for (key, other) in [("/Prev ", links[at].before), ("/Next ", links[at].after)] {
            if let Some(other) = other {
                out.extend_from_slice(key.as_bytes());
                syntax::reference(out, number(other));
            }
        }
        let below = match (&mark.own, links[at].kids) {
            (Some(own), None) if !is_heading => Some((own.first, own.last, own.count)),
            (_, Some((first, last, count))) => Some((number(first), number(last), count)),
            _ => None,
        };
        if let Some((first, last, count)) = below {
            out.extend_from_slice(b"/First ");
            syntax::reference(out, first);
            out.extend_from_slice(b"/Last ");
            syntax::reference(out, last);
            out.extend_from_slice(b"/Count ");
            // Negative: closed.
            let open = is_heading && depth == 0;
            syntax::integer(out, if open { count } else { -count });
        }
        out.extend_from_slice(b"/Dest[");
        syntax::reference(out, mark.page);
        out.extend_from_slice(b"/XYZ null ");
        syntax::object(out, &Object::Real(mark.height));
        out.extend_from_slice(b" null]>>");
        blocks[usize::from(!is_heading)].end_object();
        if depth == 0 {
            top.0.get_or_insert(own);
            top.1 = Some(own);
            top.2 += 1 + if is_heading {
                links[at].kids.map_or(0, |kids| kids.2)
            } else {
                0
            };
        }
    }
    let mut dictionary = dictionary! { "Type" => "Outlines" };
    if let (Some(first), Some(last)) = (top.0, top.1) {
        dictionary.set("First", Object::Reference((first, 0)));
        dictionary.set("Last", Object::Reference((last, 0)));
        dictionary.set("Count", top.2);
    }
    draft.document.set_object((root, 0), dictionary);
    draft.set_in_catalog("Outlines", Object::Reference((root, 0)));
    draft.set_in_catalog("PageMode", "UseOutlines");
    blocks.into_iter().flat_map(|blocks| blocks.0).collect()
}

/// Objects with consecutive numbers, in blocks of as many as share a stream.
struct ObjectBlocks(Vec<ObjectBlock>);

impl ObjectBlocks {
    fn new(first: u32) -> Self {
        Self(vec![ObjectBlock::new(first)])
    }

    /// Returns the bytes to which the next object is written.
    fn next(&mut self) -> &mut Vec<u8> {
        if let Some(last) = self.0.last()
            && last.ends.len() >= OBJECTS_PER_STREAM
        {
            let first = last.first + last.ends.len() as u32;
            self.0.push(ObjectBlock::new(first));
        }
        &mut self.last().bytes
    }

    fn end_object(&mut self) {
        self.last().end_object();
    }

    fn last(&mut self) -> &mut ObjectBlock {
        let last = self.0.len() - 1;
        &mut self.0[last]
    }
}

/// An entry's parent, siblings and kids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct OutlineLinks {
    parent: Option<usize>,
    before: Option<usize>,
    after: Option<usize>,
    /// The first and the last right below it, and how many there are.
    kids: Option<(usize, usize, i64)>,
}

/// The links of entries of these depths. An entry's parent is the last one before it
/// that is less deep.
fn links(depths: &[usize]) -> Vec<OutlineLinks> {
    let mut links: Vec<OutlineLinks> = vec![OutlineLinks::default(); depths.len()];
    let mut path: Vec<usize> = Vec::new();
    for (at, &depth) in depths.iter().enumerate() {
        let mut before = None;
        while let Some(last) = path.pop_if(|last| depths[*last] >= depth) {
            before = Some(last);
        }
        let parent = path.last().copied();
        (links[at].parent, links[at].before) = (parent, before);
        if let Some(before) = before {
            links[before].after = Some(at);
        }
        if let Some(parent) = parent {
            let kids = links[parent].kids.get_or_insert((at, at, 0));
            (kids.1, kids.2) = (at, kids.2 + 1);
        }
        path.push(at);
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_know_their_kin() {
        // Senate: Alabama: A, B; Alaska: C. House: D.
        let links = links(&[0, 1, 2, 2, 1, 2, 0, 1]);
        let shown = |at: usize| (links[at].parent, links[at].before, links[at].after, links[at].kids);
        assert_eq!(shown(0), (None, None, Some(6), Some((1, 4, 2))));
        assert_eq!(shown(1), (Some(0), None, Some(4), Some((2, 3, 2))));
        assert_eq!(shown(2), (Some(1), None, Some(3), None));
        assert_eq!(shown(3), (Some(1), Some(2), None, None));
        assert_eq!(shown(4), (Some(0), Some(1), None, Some((5, 5, 1))));
        assert_eq!(shown(6), (None, Some(0), None, Some((7, 7, 1))));
    }
}
