//! Letters bound together: one PDF with a bookmark for each recipient.
//!
//! In: the letters of a mail merge, one after the other. Out: a file, written as
//! they come. Guaranteed: what a reader finds in it is what is in the letters, each
//! a section of the structure tree under its recipient's name; content that letters
//! share stands in the file once; the bytes do not depend on how many letters were
//! made ready at a time. Kept in memory are the places of objects, some ten thousand
//! bytes a letter, and no letter. Absent: the letters' own bookmarks.

use super::content::{self, Painted};
use super::press::{PART, Press};
use super::upstream::{self, Draft};
use super::write::{self, Pack, Place};
use super::{PdfError, PdfOptions, check, metadata, navigation, pictures, syntax, tags};
use crate::layout::frame::{Artifact, ImageId, Item, Mark, Metadata, Page, Pages, Role};
use crate::model::units::Pt;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Most parts of pages that are known again. Those that all letters share are met
/// first.
const KNOWN: usize = 4_096;

/// A letter made ready to be bound.
pub struct Leaf {
    pages: Pages,
    painted: Vec<Painted>,
    title: String,
}

/// Why letters were not bound.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// A letter is no PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The file cannot be written.
    #[error("cannot be written")]
    Write(#[from] io::Error),
}

/// A file that letters are bound into.
pub struct Binder<'a, W> {
    options: &'a PdfOptions,
    out: W,
    length: usize,
    hash: Sha256,
    draft: Draft,
    tree: ObjectId,
    resources: ObjectId,
    /// The `Document` of the structure tree.
    root: u32,
    /// The next free object number.
    next: u32,
    places: Vec<Place>,
    /// Parts of pages that stand in the file, by the hash of what was deflated.
    known: BTreeMap<[u8; 32], u32>,
    metadata: Option<Metadata>,
    /// What leads to each letter: its title and first page, with the page's height.
    marks: Vec<(String, u32, f64)>,
    kids: Vec<Object>,
    sections: Vec<Object>,
    leaves: Vec<Object>,
    ids: Vec<Object>,
    key: usize,
    pages: usize,
}

impl Press {
    /// Writes a letter, and makes it ready to be bound under a title.
    pub fn pdf_and_leaf(
        &self,
        mut pages: Pages,
        title: &str,
        options: &PdfOptions,
        shelf: &Shelf,
    ) -> Result<(Vec<u8>, Leaf), PdfError> {
        check(&pages, &options.standard)?;
        self.adopt(&mut pages)?;
        let (bytes, mut painted) = self.write(&pages, options)?;
        if !pages.images.is_empty() {
            self.adopt_images(&mut pages);
            painted = content::paint(&pages, &self.fonts, &shelf.0, Some(PART), &self.deflater);
        }
        if let Some(top) = pages.structure.nodes.first_mut() {
            top.role = Role::Sect;
            top.title = Some(title.into());
        }
        let leaf = Leaf {
            pages,
            painted,
            title: title.to_owned(),
        };
        Ok((bytes, leaf))
    }

    /// Gives the pictures of a letter the numbers that they have among all.
    fn adopt_images(&self, pages: &mut Pages) {
        let numbers: Vec<Option<ImageId>> = pages
            .images
            .iter()
            .map(|image| self.images.iter().position(|(known, _)| Arc::ptr_eq(known, image)))
            .map(|at| at.and_then(|at| u32::try_from(at).ok()).map(ImageId))
            .collect();
        for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
            if let Item::Image { image, .. } = item
                && let Some(Some(number)) = numbers.get(image.0 as usize)
            {
                *image = *number;
            }
        }
    }

    /// A page that shows every picture once, for what all letters share.
    fn specimen(&self) -> Pages {
        let items = self.images.iter().zip(0..).map(|((_, area), at)| Item::Image {
            image: ImageId(at),
            area: *area,
            mark: Mark::Artifact(Artifact::Layout),
        });
        Pages {
            pages: vec![Page {
                width: Pt(612.0),
                height: Pt(792.0),
                items: items.collect(),
                links: Vec::new(),
            }],
            images: self.images.iter().map(|(image, _)| Arc::clone(image)).collect(),
            ..Pages::default()
        }
    }
}

/// The pictures of all letters, by which leaves are painted.
pub struct Shelf(pictures::Pictures);

impl Shelf {
    /// The pictures of a press's letters.
    pub fn of(press: &Press) -> Result<Self, PdfError> {
        let specimen = press.specimen();
        let mut draft = upstream::assemble(&specimen, &press.fonts)?;
        Ok(Self(pictures::embed(&specimen, &mut draft)?))
    }
}

/// Leaves of a text what is another's beginning too, up to a word's end: a title
/// that names one recipient is not that of all letters.
fn shorten(text: &mut String, other: &str) {
    if text == other {
        return;
    }
    let same = text.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b);
    let end = same.last().map_or(0, |((at, c), _)| at + c.len_utf8());
    let end = text[..end].rfind(' ').unwrap_or(0);
    text.truncate(end);
    if text.trim().is_empty() {
        "Letters".clone_into(text);
    }
}

impl<'a, W: Write> Binder<'a, W> {
    /// Begins a file.
    pub fn new(press: &'a Press, options: &'a PdfOptions, out: W) -> Result<Self, BindError> {
        let specimen = press.specimen();
        let mut draft = upstream::assemble(&specimen, &press.fonts)?;
        pictures::embed(&specimen, &mut draft)?;
        write::deflate_streams(&mut draft.document);
        let (tree, resources) = draft
            .take_pages()
            .ok_or_else(|| PdfError::Upstream("a page has no tree".into()))?;
        let root = draft.reserve(1);
        let mut binder = Self {
            options,
            out,
            length: 0,
            hash: Sha256::new(),
            next: draft.document.max_id + 1,
            draft,
            tree,
            resources,
            root,
            places: Vec::new(),
            known: BTreeMap::new(),
            metadata: None,
            marks: Vec::new(),
            kids: Vec::new(),
            sections: Vec::new(),
            leaves: Vec::new(),
            ids: Vec::new(),
            key: 0,
            pages: 0,
        };
        binder.put(write::HEAD)?;
        Ok(binder)
    }

    /// Binds a letter after those before it.
    pub fn add(&mut self, leaf: Leaf) -> Result<(), BindError> {
        let Leaf {
            pages,
            mut painted,
            title,
        } = leaf;
        let mut contents = Vec::with_capacity(painted.len());
        for page in &mut painted {
            let mut parts = Vec::with_capacity(page.streams.len());
            for part in std::mem::take(&mut page.streams) {
                parts.push(Object::Reference((self.part(&part)?, 0)));
            }
            contents.push(parts);
        }
        let tree = (self.next, 0);
        let sizes: Vec<(f64, f64)> = pages.pages.iter().map(|page| (page.width.0, page.height.0)).collect();
        let mut draft = Draft::of_pages(&sizes, tree, self.resources, self.next + 1);
        for (page, parts) in contents.into_iter().enumerate() {
            draft.set_in_page(page, "Contents", parts);
        }
        let annotations = navigation::annotations(&pages, &mut draft, self.key);
        let notes = format!("letter-{:06}-note", self.marks.len());
        let place = tags::Place {
            root: self.root,
            key: self.key,
            notes: &notes,
        };
        let branch = tags::branch(&pages, &painted, &annotations, &mut draft, &place)?;
        let kids: Vec<Object> = draft.pages.iter().map(|&page| Object::Reference(page)).collect();
        let node = dictionary! {
            "Type" => "Pages",
            "Parent" => Object::Reference(self.tree),
            "Count" => kids.len() as i64,
            "Kids" => kids,
        };
        draft.document.set_object(tree, node);
        draft.document.objects.remove(&draft.catalog);

        let height = sizes.first().map_or(0.0, |size| size.1);
        if let Some(first) = draft.pages.first() {
            self.marks.push((title, first.0, height));
        }
        self.pages += sizes.len();
        self.kids.push(Object::Reference(tree));
        self.sections.push(Object::Reference((branch.top, 0)));
        self.leaves.extend(branch.leaves);
        self.ids.extend(branch.ids);
        self.key = branch.next_key;
        match &mut self.metadata {
            Some(metadata) => {
                shorten(&mut metadata.title, &pages.metadata.title);
                shorten(&mut metadata.subject, &pages.metadata.subject);
            }
            None => self.metadata = Some(pages.metadata),
        }
        self.next = draft.document.max_id + 1;
        self.put_objects(draft, &branch.blocks)
    }

    /// Ends the file: a title for all of it, its bookmarks and what it says of itself.
    pub fn finish(mut self) -> Result<W, BindError> {
        let Some(metadata) = self.metadata.take() else {
            return Err(PdfError::NoPages.into());
        };
        let nothing = Draft::of_pages(&[], self.tree, self.resources, 1);
        let mut draft = std::mem::replace(&mut self.draft, nothing);
        draft.document.max_id = self.next - 1;
        let pages = dictionary! {
            "Type" => "Pages",
            "Count" => self.pages as i64,
            "Kids" => std::mem::take(&mut self.kids),
        };
        draft.document.set_object(self.tree, pages);
        let tree = draft.reserve(1);
        let top = dictionary! {
            "S" => "Document",
            "P" => Object::Reference((tree, 0)),
            "K" => std::mem::take(&mut self.sections),
        };
        draft.document.set_object((self.root, 0), top);
        let parents = draft.add(dictionary! { "Kids" => std::mem::take(&mut self.leaves) });
        let mut structure = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => Object::Reference((self.root, 0)),
            "ParentTree" => parents,
            "ParentTreeNextKey" => self.key as i64,
        };
        if !self.ids.is_empty() {
            let ids = draft.add(dictionary! { "Names" => std::mem::take(&mut self.ids) });
            structure.set("IDTree", ids);
        }
        draft.document.set_object((tree, 0), structure);
        draft.set_in_catalog("StructTreeRoot", Object::Reference((tree, 0)));
        draft.set_in_catalog("MarkInfo", dictionary! { "Marked" => true });
        self.outline(&mut draft);
        metadata::describe(&metadata, &self.options.standard, &mut draft);
        write::deflate_streams(&mut draft.document);
        self.next = draft.document.max_id + 1;
        let trailer = draft.document.trailer.clone();
        self.put_objects(draft, &[])?;
        let own = self.next as usize;
        self.places.resize(own + 1, Place::Free);
        let hash = self.hash.clone().finalize();
        let end = write::cross_references(self.length, std::mem::take(&mut self.places), &trailer, &hash);
        self.put(&end)?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// A bookmark for each letter.
    fn outline(&self, draft: &mut Draft) {
        let first = draft.reserve(self.marks.len() + 1);
        let object = |at: usize| Object::Reference((first + 1 + at as u32, 0));
        let count = self.marks.len();
        for (at, (title, page, height)) in self.marks.iter().enumerate() {
            let top = Object::Real(*height as f32);
            let target = vec![
                Object::Reference((*page, 0)),
                "XYZ".into(),
                Object::Null,
                top,
                Object::Null,
            ];
            let mut entry = dictionary! {
                "Title" => syntax::text_object(title),
                "Parent" => Object::Reference((first, 0)),
                "Dest" => target,
            };
            if let Some(before) = at.checked_sub(1) {
                entry.set("Prev", object(before));
            }
            if at + 1 < count {
                entry.set("Next", object(at + 1));
            }
            draft.document.set_object((first + 1 + at as u32, 0), entry);
        }
        let mut root = dictionary! { "Type" => "Outlines" };
        if let Some(last) = count.checked_sub(1) {
            root.set("First", object(0));
            root.set("Last", object(last));
            root.set("Count", count as i64);
        }
        draft.document.set_object((first, 0), root);
        draft.set_in_catalog("Outlines", Object::Reference((first, 0)));
        draft.set_in_catalog("PageMode", "UseOutlines");
    }

    /// The number of a part of a page; it is written where it is new.
    fn part(&mut self, part: &[u8]) -> Result<u32, BindError> {
        let hash: [u8; 32] = Sha256::digest(part).into();
        if let Some(&known) = self.known.get(&hash) {
            return Ok(known);
        }
        let number = self.next;
        self.next += 1;
        if self.known.len() < KNOWN {
            self.known.insert(hash, number);
        }
        let mut dictionary = Dictionary::new();
        dictionary.set("Filter", "FlateDecode");
        let mut out = Vec::with_capacity(part.len() + 100);
        write::put_stream(&mut out, number, dictionary, part);
        self.set_place(number, Place::At(self.length));
        self.put(&out)?;
        Ok(number)
    }

    /// Writes the objects of a draft, and blocks.
    fn put_objects(&mut self, draft: Draft, blocks: &[write::Block]) -> Result<(), BindError> {
        let mut loose = Vec::new();
        for ((number, _), object) in draft.document.objects {
            match object {
                Object::Stream(stream) => {
                    let mut out = Vec::new();
                    write::put_stream(&mut out, number, stream.dict, &stream.content);
                    self.set_place(number, Place::At(self.length));
                    self.put(&out)?;
                }
                other => loose.push((number, other)),
            }
        }
        let deflater = write::Deflater::default();
        let packs: Vec<Pack> = loose
            .chunks(write::OBJECTS_PER_STREAM)
            .map(|objects| write::pack_loose(objects, &deflater))
            .chain(blocks.iter().map(|block| write::pack_block(block, &deflater)))
            .collect();
        for pack in packs.iter().filter(|pack| !pack.numbers.is_empty()) {
            let number = self.next;
            self.next += 1;
            for (index, &object) in pack.numbers.iter().enumerate() {
                self.set_place(object, Place::Within(number, index));
            }
            self.set_place(number, Place::At(self.length));
            let mut out = Vec::new();
            write::put_pack(&mut out, number, pack);
            self.put(&out)?;
        }
        Ok(())
    }

    fn set_place(&mut self, number: u32, place: Place) {
        let at = number as usize;
        if self.places.len() <= at {
            self.places.resize(at + 1, Place::Free);
        }
        self.places[at] = place;
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), BindError> {
        self.hash.update(bytes);
        self.length += bytes.len();
        Ok(self.out.write_all(bytes)?)
    }
}
