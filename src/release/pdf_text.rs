//! The words of a PDF, by its structure tree.
//!
//! In: a file's bytes. Out: a block for each structure element that is one, in reading
//! order, from `ActualText` or the fonts' Unicode maps; artifacts are left out.
//! Guaranteed: no panic and no endless work on hostile files. Absent: text within forms
//! and pictures.

use super::blocks::{Collector, FileText, fold};
use super::pdf_page::{PageReading, page_text};
use super::surroundings::Surroundings;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Largest file that is read, in bytes. A letter has less than one million; federal
/// dockets take ten.
const LARGEST: usize = 32 << 20;

/// Most bytes that one file's streams may unfold to. A letter's are a few million; a file
/// made to fill the memory has more.
const UNFOLDED: usize = 64 << 20;

/// Deepest structure that is followed. Ours has fewer than twenty levels.
const DEEPEST: usize = 100;

/// Structure types that stand within a line (ISO 32000-1, 14.8.4.4).
const INLINE: &[&[u8]] = &[
    b"Span",
    b"Link",
    b"Reference",
    b"Quote",
    b"Code",
    b"Annot",
    b"BibEntry",
    b"Em",
    b"Strong",
    b"Sub",
];

/// Opens a PDF within limits.
pub(super) fn open(bytes: &[u8]) -> Option<Document> {
    let options = LoadOptions {
        max_decompressed_size: Some(UNFOLDED),
        filter: Some(without_headings),
        ..LoadOptions::default()
    };
    (bytes.len() <= LARGEST).then(|| Document::load_mem_with_options(bytes, options).ok())?
}

/// Blanks the comments that qpdf puts before each object of a stream of objects in a file made
/// for people to read: the reader stops at them.
fn without_headings(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    const HEADINGS: &[&[u8]] = &[
        b"Object stream: ",
        b"Page ",
        b"Contents for page ",
        b"Original object ID: ",
    ];
    if let Object::Stream(stream) = &mut *object
        && stream.dict.has_type(b"ObjStm")
        && !stream.dict.has(b"Filter")
    {
        for line in stream.content.split_mut(|byte| *byte == b'\n') {
            let heading = line.strip_prefix(b"%% ").unwrap_or_default();
            if HEADINGS.iter().any(|known| heading.starts_with(known)) {
                line.fill(b' ');
            }
        }
    }
    // What is returned is kept of objects within such streams, which are no streams themselves.
    Some(match object {
        Object::Stream(_) => (id, Object::Null),
        object => (id, object.clone()),
    })
}

/// Reads the words of a PDF.
pub(super) fn read(bytes: &[u8]) -> FileText {
    let Some(document) = open(bytes) else {
        return FileText::Unreadable;
    };
    let mut budget = UNFOLDED;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let mut texts: BTreeMap<ObjectId, PageReading> = pages
        .iter()
        .map(|&page| (page, page_text(&document, page, &mut budget)))
        .collect();
    if let Some(root) = structure(&document) {
        let mut walk = Walk {
            document: &document,
            texts: &mut texts,
            seen: BTreeSet::new(),
            blocks: Collector::default(),
            copies: pages
                .iter()
                .filter_map(|&page| Some((place_of(&document, page)?, page)))
                .collect(),
        };
        let painted: usize = walk.texts.values().map(|text| text.painted.trim().len()).sum();
        walk.kids(root, None, 0);
        let blocks = walk.blocks.finish();
        // A structure that lost its pages says nothing of them.
        let said: usize = blocks.iter().map(String::len).sum();
        if !blocks.is_empty() && painted > 0 && said * 2 >= painted {
            return FileText::Blocks(blocks);
        }
    }
    let painted = pages.iter().filter_map(|page| texts.get(page));
    let lines: Vec<String> = painted
        .flat_map(|text| text.painted.lines().map(fold).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect();
    match lines.is_empty() {
        true => FileText::Unreadable,
        false => FileText::Loose(lines),
    }
}

/// Reads what a PDF shows beside its words; `None`: it cannot be read.
pub(super) fn surroundings(bytes: &[u8]) -> Option<Surroundings> {
    let document = open(bytes)?;
    let mut budget = UNFOLDED;
    let mut found = Surroundings::default();
    let tagged = structure(&document).is_some();
    let lines = |text: &str| -> Vec<String> { text.lines().map(fold).filter(|line| !line.is_empty()).collect() };
    for page in document.page_iter() {
        let text = page_text(&document, page, &mut budget);
        if tagged {
            found.outside.extend(lines(&text.outside));
        }
        found.decoration.extend(lines(&text.decoration));
        found.covered.extend(text.covered);
        let Ok(dictionary) = document.get_dictionary(page) else {
            continue;
        };
        let area = |key: &[u8]| -> Option<Vec<f32>> {
            let sides = dictionary.get_deref(key, &document).ok()?.as_array().ok()?;
            sides.iter().map(|side| side.as_float().ok()).collect()
        };
        if let (Some(shown), Some(whole)) = (area(b"CropBox"), area(b"MediaBox")) {
            found.cropped |= shown.iter().zip(&whole).any(|(a, b)| (a - b).abs() > 1.0);
        }
        annotations(&document, dictionary, &mut found);
    }
    if let Ok(catalog) = document.catalog() {
        beside_pages(&document, catalog, &mut budget, &mut found);
    }
    Some(found)
}

/// Adds what the file has beside its pages: actions and scripts, forms, attached files, the
/// title, bookmarks, and labels of pages.
fn beside_pages(document: &Document, catalog: &Dictionary, budget: &mut usize, found: &mut Surroundings) {
    for (key, what) in [
        (b"OpenAction".as_slice(), "an action that runs when it is opened"),
        (b"AA".as_slice(), "actions that run by themselves"),
        (b"AcroForm".as_slice(), "a form"),
    ] {
        if catalog.has(key) {
            found.carried.insert(what.to_owned());
        }
    }
    let structure = catalog.get_deref(b"StructTreeRoot", document).and_then(Object::as_dict);
    if structure.is_ok_and(|structure| structure.has(b"RoleMap")) {
        found
            .carried
            .insert("other names for its tags, which screen readers follow".to_owned());
    }
    let names = catalog.get_deref(b"Names", document).and_then(Object::as_dict);
    if names.is_ok_and(|names| names.has(b"JavaScript")) {
        found.carried.insert("a script".to_owned());
    }
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        if [b"S", b"K", b"E"].into_iter().all(|key| dictionary.has(key)) {
            found
                .carried
                .insert("an expansion of words, which screen readers read instead".to_owned());
        }
        if let Ok(files) = dictionary.get_deref(b"EF", document).and_then(Object::as_dict) {
            let name = [b"UF".as_slice(), b"F"].into_iter();
            let name = name
                .filter_map(|key| dictionary.get(key).and_then(lopdf::decode_text_string).ok())
                .next();
            for (_, file) in files {
                let stream = document
                    .dereference(file)
                    .ok()
                    .and_then(|(_, file)| file.as_stream().ok());
                let content = stream.and_then(|stream| stream.decompressed_content_with_limit(*budget).ok());
                let content = content.unwrap_or_default();
                *budget = budget.saturating_sub(content.len());
                found
                    .attached
                    .insert(super::sha256(&content), name.clone().unwrap_or_default());
            }
        }
    }
    let information = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict);
    if let Ok(information) = information
        && let Ok(title) = information
            .get_deref(b"Title", document)
            .and_then(lopdf::decode_text_string)
    {
        found.names.push(fold(&title));
    }
    let metadata = catalog.get_deref(b"Metadata", document).and_then(Object::as_stream);
    let metadata = metadata.and_then(|stream| stream.decompressed_content_with_limit(*budget));
    if let Ok(metadata) = metadata {
        *budget = budget.saturating_sub(metadata.len());
        found.names.extend(titles_of(&String::from_utf8_lossy(&metadata)));
    }
    bookmarks(document, catalog, found);
    if let Ok(labels) = catalog.get_deref(b"PageLabels", document) {
        page_labels(document, labels, 0, found);
    }
}

/// Returns the titles of an XMP packet, one for each language.
fn titles_of(packet: &str) -> Vec<String> {
    let inner = packet
        .split_once("<dc:title")
        .and_then(|(_, rest)| rest.split_once("</dc:title>"));
    let inner = inner.map_or("", |(inner, _)| inner);
    let texts = inner.split("</rdf:li>").filter_map(|item| item.rsplit_once('>'));
    let texts = texts.map(|(_, text)| fold(&quick_xml::escape::unescape(text).unwrap_or_default()));
    texts.filter(|text| !text.is_empty()).collect()
}

/// Most bookmarks that are read.
const BOOKMARKS: usize = 10_000;

/// Adds the names of bookmarks.
fn bookmarks(document: &Document, catalog: &Dictionary, found: &mut Surroundings) {
    let id = |dictionary: &Dictionary, key: &[u8]| dictionary.get(key).and_then(Object::as_reference).ok();
    let Ok(root) = catalog.get_deref(b"Outlines", document).and_then(Object::as_dict) else {
        return;
    };
    let mut seen = BTreeSet::new();
    let mut ahead: Vec<ObjectId> = id(root, b"First").into_iter().collect();
    while let Some(one) = ahead.pop().filter(|_| seen.len() < BOOKMARKS) {
        let Some(entry) = document.get_dictionary(one).ok().filter(|_| seen.insert(one)) else {
            continue;
        };
        let title = entry.get_deref(b"Title", document).and_then(lopdf::decode_text_string);
        found.names.extend(title.ok().map(|title| fold(&title)));
        ahead.extend(id(entry, b"Next").into_iter().chain(id(entry, b"First")));
    }
}

/// Adds what viewers show before the numbers of pages.
fn page_labels(document: &Document, node: &Object, depth: usize, found: &mut Surroundings) {
    let Ok((_, node)) = document.dereference(node) else {
        return;
    };
    if depth > DEEPEST {
        return;
    }
    match node {
        Object::Array(items) => items
            .iter()
            .for_each(|item| page_labels(document, item, depth + 1, found)),
        Object::Dictionary(node) => {
            let prefix = node.get_deref(b"P", document).and_then(lopdf::decode_text_string);
            found.names.extend(prefix.ok().map(|prefix| fold(&prefix)));
            for key in [b"Nums".as_slice(), b"Kids"] {
                if let Ok(items) = node.get(key) {
                    page_labels(document, items, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// Adds where links lead, and what other annotations say.
fn annotations(document: &Document, page: &Dictionary, found: &mut Surroundings) {
    let Ok(list) = page.get_deref(b"Annots", document).and_then(Object::as_array) else {
        return;
    };
    for item in list {
        let annotation = match item {
            Object::Reference(id) => document.get_dictionary(*id).ok(),
            Object::Dictionary(annotation) => Some(annotation),
            _ => None,
        };
        let Some(annotation) = annotation else { continue };
        let kind = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if kind == b"Link" {
            let action = annotation.get_deref(b"A", document).and_then(Object::as_dict);
            let target = action
                .and_then(|action| action.get_deref(b"URI", document))
                .and_then(Object::as_str);
            found
                .links
                .extend(target.map(|target| String::from_utf8_lossy(target).into_owned()));
        } else if kind != b"Popup" {
            let said = annotation
                .get(b"Contents")
                .and_then(lopdf::decode_text_string)
                .unwrap_or_default();
            let said = fold(&said);
            let kind = String::from_utf8_lossy(kind).into_owned();
            found.comments.push(if said.is_empty() { kind } else { said });
        }
    }
}

fn structure(document: &Document) -> Option<&Dictionary> {
    let root = document.catalog().ok()?.get_deref(b"StructTreeRoot", document).ok()?;
    root.as_dict().ok()
}

fn place_of(document: &Document, page: ObjectId) -> Option<i64> {
    let page = document.get_dictionary(page).ok()?;
    page.get(b"StructParents").and_then(Object::as_i64).ok()
}

/// Walks the structure tree.
struct Walk<'a> {
    document: &'a Document,
    texts: &'a mut BTreeMap<ObjectId, PageReading>,
    seen: BTreeSet<ObjectId>,
    blocks: Collector,
    /// The pages by their places in the parent tree.
    copies: BTreeMap<i64, ObjectId>,
}

impl Walk<'_> {
    /// Returns a page's place in the parent tree (ISO 32000-1, 14.7.4.4).
    fn place(&self, page: ObjectId) -> Option<i64> {
        place_of(self.document, page)
    }

    fn kids(&mut self, element: &Dictionary, page: Option<ObjectId>, depth: usize) {
        let Ok(kids) = element.get(b"K") else { return };
        match kids {
            Object::Array(kids) => {
                for kid in kids {
                    self.kid(kid, page, depth);
                }
            }
            kid => self.kid(kid, page, depth),
        }
    }

    fn kid(&mut self, kid: &Object, page: Option<ObjectId>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match kid {
            Object::Integer(number) => self.content(page, *number),
            Object::Reference(id) => {
                if !self.seen.insert(*id) {
                    return;
                }
                match self.document.get_object(*id) {
                    Ok(Object::Array(kids)) => {
                        for kid in kids {
                            self.kid(kid, page, depth + 1);
                        }
                    }
                    Ok(Object::Dictionary(element)) => self.element(element, page, depth),
                    _ => {}
                }
            }
            Object::Dictionary(element) => self.element(element, page, depth),
            _ => {}
        }
    }

    fn element(&mut self, element: &Dictionary, page: Option<ObjectId>, depth: usize) {
        let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        if element.has_type(b"MCR") {
            if let Ok(number) = element.get(b"MCID").and_then(Object::as_i64) {
                self.content(page, number);
            }
            return;
        }
        if element.has_type(b"OBJR") {
            return; // An annotation, which says nothing of its own.
        }
        let role = element.get(b"S").and_then(Object::as_name).unwrap_or_default();
        let inline = INLINE.contains(&role);
        if !inline {
            self.blocks.end();
        }
        let said = |key| element.get(key).and_then(lopdf::decode_text_string).ok();
        match said(b"ActualText").or_else(|| said(b"Alt")) {
            Some(text) => self.blocks.text(&text),
            None => self.kids(element, page, depth + 1),
        }
        if !inline {
            self.blocks.end();
        }
    }

    fn content(&mut self, page: Option<ObjectId>, number: i64) {
        // A program that orders pages anew copies them; their places in the parent tree stay.
        let page = page.map(|page| match self.texts.contains_key(&page) {
            true => page,
            false => self
                .place(page)
                .and_then(|place| self.copies.get(&place).copied())
                .unwrap_or(page),
        });
        // Taken, not lent: what is named twice is said once.
        let text = page.and_then(|page| self.texts.get_mut(&page));
        if let Some(text) = text.and_then(|text| text.marked.remove(&number)) {
            self.blocks.text(&text);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    /// A file of one page. `kids`: the structure's root's.
    fn file(content: &[u8], kids: impl FnOnce(&mut Document, ObjectId, ObjectId) -> Object) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let mut stream = Stream::new(dictionary! {}, content.to_vec());
        stream.compress().unwrap();
        let content = document.add_object(stream);
        let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" });
        let tree = document.new_object_id();
        let pages = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => pages,
            "Contents" => content,
            "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
        });
        document.set_object(
            pages,
            dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 },
        );
        let kids = kids(&mut document, tree, page);
        document.set_object(tree, dictionary! { "Type" => "StructTreeRoot", "K" => kids });
        let catalog =
            document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "StructTreeRoot" => tree });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn blocks(texts: &[&str]) -> FileText {
        FileText::Blocks(texts.iter().map(ToString::to_string).collect())
    }

    const CONTENT: &[u8] = b"/F 9 Tf /P <</MCID 0>> BDC (One) Tj EMC /Artifact BMC (Page 1) Tj EMC \
        /P <</MCID 1 /ActualText (Two)>> BDC (T-) Tj (wo) Tj EMC";

    #[test]
    fn the_structure_says_what_is_read_and_in_which_order() {
        let bytes = file(CONTENT, |document, tree, page| {
            let p = |document: &mut Document, number: i64| {
                document.add_object(dictionary! { "S" => "P", "P" => tree, "Pg" => page, "K" => number })
            };
            let (two, one) = (p(document, 1), p(document, 0));
            vec![two.into(), one.into()].into()
        });
        assert_eq!(read(&bytes), blocks(&["Two", "One"]));
        // Without a structure, only what is painted is known.
        let bytes = file(CONTENT, |_, _, _| Vec::<Object>::new().into());
        assert_eq!(read(&bytes), FileText::Loose(vec!["OneTwo".to_owned()]));
    }

    #[test]
    fn what_lies_beside_the_pages_is_read() {
        let plain = file(CONTENT, |_, _, _| Vec::<Object>::new().into());
        let found = surroundings(&plain).unwrap();
        assert!(found.names.is_empty() && found.carried.is_empty() && found.attached.is_empty());
        let mut document = Document::load_mem(&plain).unwrap();
        let text = |text: &str| Object::string_literal(text);
        let information = document.add_object(dictionary! { "Title" => text("Homes now") });
        document.trailer.set("Info", information);
        let content = document.add_object(Stream::new(dictionary! {}, b"evil".to_vec()));
        document.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => text("letter.pdf"),
            "EF" => dictionary! { "F" => content },
        });
        // A bookmark that follows itself.
        let bookmark = document.new_object_id();
        document.set_object(
            bookmark,
            dictionary! { "Title" => text("Evil heading"), "Next" => bookmark },
        );
        let labels = vec![Object::Integer(0), dictionary! { "P" => text("Page ") }.into()];
        let catalog = document.catalog_mut().unwrap();
        catalog.set("OpenAction", dictionary! { "S" => "JavaScript" });
        catalog.set("Outlines", dictionary! { "First" => bookmark });
        catalog.set("PageLabels", dictionary! { "Nums" => labels });
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let found = surroundings(&bytes).unwrap();
        assert_eq!(found.names, ["Homes now", "Evil heading", "Page"]);
        assert_eq!(
            found.carried.iter().collect::<Vec<_>>(),
            ["an action that runs when it is opened"]
        );
        assert_eq!(
            found.attached.get(&super::super::sha256(b"evil")).map(String::as_str),
            Some("letter.pdf")
        );
        let packet =
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Homes &amp; rents</rdf:li></rdf:Alt></dc:title>";
        assert_eq!(titles_of(packet), ["Homes & rents"]);
    }

    #[test]
    fn lines_that_something_is_painted_over_are_named() {
        // Courier's letters are taken for half their size wide: "Alder" at 10 points ends at 35.
        let text = "BT /F 10 Tf 10 90 Td (Alder) Tj 0 -20 Td (Birch) Tj 1 0 0 1 10 50 Tm [(Ce) -800 (dar)] TJ ET \
            /Artifact BMC BT /F 10 Tf 10 10 Td (Page 1) Tj ET EMC";
        let check = |before: &str, after: &str, covered: &[&str]| {
            let bytes = file(format!("{before} {text} {after}").as_bytes(), |_, _, _| {
                Vec::<Object>::new().into()
            });
            assert_eq!(surroundings(&bytes).unwrap().covered, covered, "{before} … {after}");
        };
        check("", "", &[]);
        check("0 0 200 100 re f", "", &[]);
        check("", "0 0 200 100 re f", &["Alder", "Birch", "Ce dar"]);
        check("", "1 1 1 rg 0 85 200 15 re f", &["Alder"]);
        check("", "0.5 g 10 88 m 30 88 l 30 99 l 10 99 l h f*", &["Alder"]);
        // Beside a line, below it, around it, and clipped away.
        check("", "36 85 100 15 re f", &[]);
        check("", "10 87 25 2 re f", &[]);
        check("", "1 w 5 60 100 38 re S", &[]);
        check("", "0 0 5 5 re W n 0 0 200 100 re f", &[]);
        check("", "q 0 0 5 5 re W n Q 0 65 200 10 re f", &["Birch"]);
        // A thick line, and a shape that is placed and turned.
        check("", "9 w 0 72 m 100 72 l S", &["Birch"]);
        check("", "q 0 1 -1 0 40 45 cm 0 0 15 35 re f Q", &["Ce dar"]);
        // The second half of a line that is spread: "dar" begins at 28.
        check("", "27 45 20 15 re f", &["Ce dar"]);
        check("", "20 45 7 15 re f", &[]);
        check("", "BI /W 1 /H 1 ID x EI", &[]);
        check(
            "",
            "q 50 0 0 10 5 68 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q",
            &["Birch"],
        );
        // Nothing but states that are never taken back.
        check("", &"q ".repeat(5000), &[]);
    }

    #[test]
    fn trees_that_bite_their_tail_and_say_all_twice_end() {
        let bytes = file(CONTENT, |document, tree, page| {
            let element = document.new_object_id();
            let again = vec![Object::Integer(0), element.into(), tree.into(), Object::Integer(0)];
            document.set_object(
                element,
                dictionary! { "S" => "P", "P" => tree, "Pg" => page, "K" => again },
            );
            vec![element.into(), element.into()].into()
        });
        assert_eq!(read(&bytes), blocks(&["One"]));
    }

    #[test]
    fn a_stream_that_unfolds_without_end_is_not_unfolded() {
        let bomb = vec![b' '; UNFOLDED + 1];
        let bytes = file(&bomb, |_, _, _| Vec::<Object>::new().into());
        assert!(bytes.len() < 1 << 20);
        assert_eq!(read(&bytes), FileText::Unreadable);
    }
}
