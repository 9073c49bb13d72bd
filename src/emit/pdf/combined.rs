//! Combines the letters of a mail merge: one PDF with a bookmark for each recipient.
//!
//! In: the letters of a mail merge, one after the other, and under which headings
//! each stands among the bookmarks. Out: a file, written as they come. Guaranteed:
//! what a reader finds in it is what is in the letters, each a section of the structure
//! tree under its recipient's name; content that letters share stands in the file once;
//! the bytes do not depend on how many letters were made ready at a time. Kept in
//! memory is what leads to each letter, some hundred bytes, and no letter. Absent:
//! sorting; the letters stand in the order in which they come.

use super::content::{self, Painted};
use super::draft::PdfDraft;
use super::file::{self, CrossReferences, ObjectPlace, ObjectStream};
use super::letter_outline::{self, LetterBookmark};
use super::merge_fonts::{MergeFonts, PART};
use super::navigation::BookmarkRange;
use super::{PdfError, PdfOptions, check, metadata, navigation, pictures, tags, upstream};
use crate::layout::frame::{self, Artifact, ImageId, Item, Mark, Metadata, Page, Pages, Role};
use crate::model::hex::hex;
use crate::model::units::Pt;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Most parts of pages that are known again. Those that all letters share are met
/// first.
const KNOWN: usize = 4_096;

/// A letter prepared for the combined file.
pub struct PreparedLetter {
    pages: Pages,
    painted: Vec<Painted>,
    title: String,
}

/// The reason why letters were not combined.
#[derive(Debug, thiserror::Error)]
pub enum CombineError {
    /// There are more letters than were announced.
    #[error("there are more letters than {0}")]
    TooMany(usize),
    /// A letter cannot be written as a PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The file cannot be written.
    #[error("cannot be written")]
    Write(#[from] io::Error),
}

/// A file in the making that contains all letters.
pub struct CombinedPdf<'a, W> {
    options: &'a PdfOptions,
    out: W,
    length: usize,
    hash: Sha256,
    draft: PdfDraft,
    tree: ObjectId,
    resources: ObjectId,
    /// The `Document` of the structure tree.
    root: u32,
    /// The next free object number.
    next: u32,
    references: CrossReferences,
    /// The number of letters announced, and the object number of the first's bookmark.
    announced: usize,
    first_bookmark: u32,
    /// Parts of pages that stand in the file, by the hash of what was deflated.
    known: BTreeMap<[u8; 32], u32>,
    metadata: Option<Metadata>,
    bookmarks: Vec<LetterBookmark>,
    /// The headings that the last bookmark is under.
    under: Vec<Box<str>>,
    /// Objects that lead to each letter's pages, structure, keys and notes.
    kids: Vec<u32>,
    sections: Vec<u32>,
    leaves: Vec<u32>,
    ids: Vec<u32>,
    key: usize,
    pages: usize,
}

impl MergeFonts {
    /// Writes a letter, and makes it for the combined file under a title.
    pub fn pdf_and_prepared(
        &self,
        mut pages: Pages,
        title: &str,
        options: &PdfOptions,
        images: &SharedImages,
    ) -> Result<(Vec<u8>, PreparedLetter), PdfError> {
        check(&pages, &options.standard)?;
        self.adopt(&mut pages)?;
        let (bytes, mut painted) = self.write(&pages, options)?;
        if !pages.images.is_empty() {
            self.adopt_images(&mut pages);
            painted = content::paint(&pages, &self.fonts, &images.0, Some(PART), &self.deflater);
        }
        if let Some(top) = pages.structure.nodes.first_mut() {
            top.role = Role::Sect;
            top.title = Some(title.into());
        }
        let letter = PreparedLetter {
            pages,
            painted,
            title: title.to_owned(),
        };
        Ok((bytes, letter))
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

/// The pictures of all letters, as the combined file has them.
pub struct SharedImages(pictures::EmbeddedPictures);

impl SharedImages {
    /// The pictures of the letters of a merge.
    pub fn of(fonts: &MergeFonts) -> Result<Self, PdfError> {
        let specimen = fonts.specimen();
        let mut draft = upstream::assemble(&specimen, &fonts.fonts)?;
        Ok(Self(pictures::embed(&specimen, &mut draft)?))
    }
}

/// Shortens a text to its common beginning with another, up to a word's end, because a
/// title that names one recipient is not that of all letters.
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

impl<'a, W: Write> CombinedPdf<'a, W> {
    /// Begins a file of so many letters.
    pub fn new(fonts: &'a MergeFonts, options: &'a PdfOptions, letters: usize, out: W) -> Result<Self, CombineError> {
        let specimen = fonts.specimen();
        let mut draft = upstream::assemble(&specimen, &fonts.fonts)?;
        pictures::embed(&specimen, &mut draft)?;
        file::deflate_streams(&mut draft.document);
        let (tree, resources) = draft
            .take_pages()
            .ok_or_else(|| PdfError::Upstream("a page has no tree".into()))?;
        let root = draft.reserve(1);
        let first_bookmark = draft.reserve(letters);
        let (references, next) = CrossReferences::new(draft.document.max_id + 1);
        let mut combined = Self {
            options,
            out,
            length: 0,
            hash: Sha256::new(),
            next,
            references,
            announced: letters,
            first_bookmark,
            draft,
            tree,
            resources,
            root,
            known: BTreeMap::new(),
            metadata: None,
            bookmarks: Vec::new(),
            under: Vec::new(),
            kids: Vec::new(),
            sections: Vec::new(),
            leaves: Vec::new(),
            ids: Vec::new(),
            key: 0,
            pages: 0,
        };
        combined.put(file::HEAD)?;
        Ok(combined)
    }

    /// Adds a letter after those before it. Its bookmark stands under these headings,
    /// the outermost first; letters under one heading come one after the other.
    pub fn add(&mut self, letter: PreparedLetter, under: &[String]) -> Result<(), CombineError> {
        let PreparedLetter {
            pages,
            mut painted,
            title,
        } = letter;
        if self.bookmarks.len() >= self.announced {
            return Err(CombineError::TooMany(self.announced));
        }
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
        let mut draft = PdfDraft::of_pages(&sizes, tree, self.resources, self.next + 1);
        for (page, parts) in contents.into_iter().enumerate() {
            draft.set_in_page(page, "Contents", parts);
        }
        let annotations = navigation::annotations(&pages, &mut draft, self.key);
        let notes = format!("letter-{:06}-note", self.bookmarks.len());
        let place = tags::BranchPlace {
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
        let own = navigation::bookmarks(
            &pages,
            below_title(&pages.outline),
            &mut draft,
            self.first_bookmark + self.bookmarks.len() as u32,
        );
        let page = draft.pages.first().map_or(0, |page| page.0);
        self.mark(title, under, page, height, own);
        self.pages += sizes.len();
        self.kids.push(tree.0);
        self.sections.push(branch.top);
        self.leaves.extend(branch.leaves.iter().filter_map(number));
        if let (Some(first), Some(last)) = (branch.ids.first(), branch.ids.iter().rev().nth(1)) {
            let limits = vec![first.clone(), last.clone()];
            let names = draft.add(dictionary! { "Limits" => limits, "Names" => branch.ids });
            self.ids.push(names.0);
        }
        self.key = branch.next_key;
        match &mut self.metadata {
            Some(metadata) => {
                shorten(&mut metadata.title, &pages.metadata.title);
                shorten(&mut metadata.subject, &pages.metadata.subject);
            }
            None => self.metadata = Some(pages.metadata),
        }
        self.next = draft.document.max_id + 1;
        self.put_objects(draft, &branch.blocks)?;
        self.references.settle(self.next);
        Ok(())
    }

    /// Keeps what leads to a letter.
    fn mark(&mut self, title: String, under: &[String], page: u32, height: f64, own: Option<BookmarkRange>) {
        let same = self.under.iter().zip(under).take_while(|(a, b)| ***a == ***b).count();
        let mut new = Vec::with_capacity(under.len() - same);
        self.under.truncate(same);
        for heading in &under[same..] {
            new.push((self.under.len(), heading.as_str().into()));
            self.under.push(heading.as_str().into());
        }
        self.bookmarks.push(LetterBookmark {
            title: title.into(),
            under: new.into(),
            depth: under.len(),
            page,
            height: height as f32,
            own,
        });
    }

    /// Ends the file: a title for all of it, its bookmarks and what it says of itself.
    /// Returns its SHA-256 in hexadecimal, too.
    pub fn finish(mut self) -> Result<(W, String), CombineError> {
        let Some(metadata) = self.metadata.take() else {
            return Err(PdfError::NoPages.into());
        };
        let nothing = PdfDraft::of_pages(&[], self.tree, self.resources, 1);
        let mut draft = std::mem::replace(&mut self.draft, nothing);
        draft.document.max_id = self.next - 1;
        let pages = dictionary! {
            "Type" => "Pages",
            "Count" => self.pages as i64,
            "Kids" => references_to(&self.kids),
        };
        draft.document.set_object(self.tree, pages);
        let tree = draft.reserve(1);
        let top = dictionary! {
            "S" => "Document",
            "P" => Object::Reference((tree, 0)),
            "K" => references_to(&self.sections),
        };
        draft.document.set_object((self.root, 0), top);
        let parents = draft.add(dictionary! { "Kids" => references_to(&self.leaves) });
        let mut structure = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => Object::Reference((self.root, 0)),
            "ParentTree" => parents,
            "ParentTreeNextKey" => self.key as i64,
        };
        if !self.ids.is_empty() {
            let ids = draft.add(dictionary! { "Kids" => references_to(&self.ids) });
            structure.set("IDTree", ids);
        }
        draft.document.set_object((tree, 0), structure);
        draft.set_in_catalog("StructTreeRoot", Object::Reference((tree, 0)));
        draft.set_in_catalog("MarkInfo", dictionary! { "Marked" => true });
        let bookmarks = letter_outline::outline(&self.bookmarks, self.first_bookmark, &mut draft);
        metadata::describe(&metadata, &self.options.standard, &mut draft);
        file::deflate_streams(&mut draft.document);
        self.next = draft.document.max_id + 1;
        let trailer = draft.document.trailer.clone();
        self.put_objects(draft, &bookmarks)?;
        let hash = self.hash.clone().finalize();
        let nothing = CrossReferences::new(0).0;
        let references = std::mem::replace(&mut self.references, nothing);
        let end = references.finish(self.next, self.length, &trailer, &hash);
        self.put(&end)?;
        self.out.flush()?;
        let hash = hex(&self.hash.finalize());
        Ok((self.out, hash))
    }

    /// The number of a part of a page; it is written where it is new.
    fn part(&mut self, part: &[u8]) -> Result<u32, CombineError> {
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
        file::put_stream(&mut out, number, dictionary, part);
        self.references.set(number, ObjectPlace::At(self.length));
        self.put(&out)?;
        Ok(number)
    }

    /// Writes the objects of a draft, and blocks.
    fn put_objects(&mut self, draft: PdfDraft, blocks: &[file::ObjectBlock]) -> Result<(), CombineError> {
        let mut loose = Vec::new();
        for ((number, _), object) in draft.document.objects {
            match object {
                Object::Stream(stream) => {
                    let mut out = Vec::new();
                    file::put_stream(&mut out, number, stream.dict, &stream.content);
                    self.references.set(number, ObjectPlace::At(self.length));
                    self.put(&out)?;
                }
                other => loose.push((number, other)),
            }
        }
        let deflater = file::Deflater::default();
        let packs: Vec<ObjectStream> = loose
            .par_chunks(file::OBJECTS_PER_STREAM)
            .map(|objects| file::pack_loose(objects, &deflater))
            .chain(blocks.par_iter().map(|block| file::pack_block(block, &deflater)))
            .collect();
        for pack in packs.iter().filter(|pack| !pack.numbers.is_empty()) {
            let number = self.next;
            self.next += 1;
            for (index, &object) in pack.numbers.iter().enumerate() {
                self.references.set(object, ObjectPlace::Within(number, index));
            }
            self.references.set(number, ObjectPlace::At(self.length));
            let mut out = Vec::new();
            file::put_pack(&mut out, number, pack);
            self.put(&out)?;
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), CombineError> {
        self.hash.update(bytes);
        self.length += bytes.len();
        Ok(self.out.write_all(bytes)?)
    }
}

/// A letter's bookmarks without the one that is above all others: its subject, which
/// says nothing beside the recipient's name.
fn below_title(outline: &[frame::Bookmark]) -> &[frame::Bookmark] {
    match outline {
        [title, below @ ..] if below.iter().all(|entry| entry.level > title.level) => below,
        all => all,
    }
}

/// References to objects.
fn references_to(numbers: &[u32]) -> Vec<Object> {
    numbers.iter().map(|&number| Object::Reference((number, 0))).collect()
}

/// The number of a referenced object.
fn number(object: &Object) -> Option<u32> {
    object.as_reference().ok().map(|(number, _)| number)
}
