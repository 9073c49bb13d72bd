//! A PDF in the making.
//!
//! In: objects, one after the other. Out: a [`PdfDraft`] that `file` writes. Absent:
//! what is in it; each module adds its own part.

use super::file;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A document in the making.
#[derive(Clone)]
pub(super) struct PdfDraft {
    /// Its objects so far.
    pub(super) document: Document,
    /// The pages, first to last.
    pub(super) pages: Vec<ObjectId>,
    /// The pages' content streams.
    pub(super) contents: Vec<ObjectId>,
    /// The catalog, which leads to all else.
    pub(super) catalog: ObjectId,
}

impl PdfDraft {
    /// Takes the pages out, and returns the numbers of their tree and of the
    /// resources that they share, for pages written elsewhere.
    pub(super) fn take_pages(&mut self) -> Option<(ObjectId, ObjectId)> {
        let first = self.document.get_dictionary(*self.pages.first()?).ok()?;
        let tree = first.get(b"Parent").and_then(Object::as_reference).ok()?;
        let resources = first.get(b"Resources").and_then(Object::as_reference).ok()?;
        for id in self.pages.drain(..).chain(self.contents.drain(..)) {
            self.document.objects.remove(&id);
        }
        self.document.objects.remove(&tree);
        Some((tree, resources))
    }

    /// A draft of some pages that hang from `tree`, whose objects have numbers from
    /// `first` on. Its catalog belongs to no file.
    pub(super) fn of_pages(sizes: &[(f64, f64)], tree: ObjectId, resources: ObjectId, first: u32) -> Self {
        let mut document = Document::new();
        document.max_id = first - 1;
        let catalog = document.add_object(Dictionary::new());
        let mut pages = Vec::with_capacity(sizes.len());
        let mut contents = Vec::with_capacity(sizes.len());
        for &(width, height) in sizes {
            let mut page = Dictionary::new();
            page.set("Type", "Page");
            page.set("Parent", Object::Reference(tree));
            let corners = [0.0, 0.0, width, height].map(|edge| Object::Real(edge as f32));
            page.set("MediaBox", corners.to_vec());
            page.set("Resources", Object::Reference(resources));
            pages.push(document.add_object(page));
            contents.push((0, 0));
        }
        Self {
            document,
            pages,
            contents,
            catalog,
        }
    }

    /// Adds an object and returns its number.
    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.document.add_object(object)
    }

    /// Sets aside a range of numbers for objects written elsewhere and returns the
    /// first.
    pub(super) fn reserve(&mut self, count: usize) -> u32 {
        let first = self.document.max_id + 1;
        self.document.max_id += u32::try_from(count).unwrap_or(u32::MAX);
        first
    }

    /// Sets an entry of the catalog.
    pub(super) fn set_in_catalog(&mut self, key: &str, value: impl Into<Object>) {
        self.set(self.catalog, key, value);
    }

    /// Sets an entry of a page.
    pub(super) fn set_in_page(&mut self, page: usize, key: &str, value: impl Into<Object>) {
        self.set(self.pages[page], key, value);
    }

    /// Sets an entry of the resources that all pages share.
    pub(super) fn set_in_resources(&mut self, key: &str, value: impl Into<Object>) {
        let page = self
            .pages
            .first()
            .and_then(|page| self.document.get_dictionary(*page).ok());
        let shared = page.and_then(|page| page.get(b"Resources").and_then(Object::as_reference).ok());
        if let Some(shared) = shared {
            self.set(shared, key, value);
        }
    }

    /// Sets what a page shows: a deflated content stream, or its parts.
    pub(super) fn set_page_content(&mut self, page: usize, deflated: Vec<Vec<u8>>) {
        let mut streams = deflated
            .into_iter()
            .map(|part| file::deflated_stream(Dictionary::new(), part));
        if let Some(first) = streams.next() {
            self.document.set_object(self.contents[page], first);
        }
        let mut parts = vec![Object::Reference(self.contents[page])];
        for part in streams {
            parts.push(Object::Reference(self.document.add_object(part)));
        }
        if parts.len() > 1 {
            self.set_in_page(page, "Contents", parts);
        }
    }

    fn set(&mut self, id: ObjectId, key: &str, value: impl Into<Object>) {
        if let Ok(dictionary) = self.document.get_dictionary_mut(id) {
            dictionary.set(key, value);
        }
    }
}
