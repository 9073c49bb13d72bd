//! Reads a Word file.
//!
//! In: the bytes of a .docx file, as Word, Google Docs and LibreOffice write it. Out: a
//! [`Draft`]. Guaranteed: work and memory are bounded; nothing outside of the file is read.
//! Absent: macros, embedded files, the looks of pages.
//!
//! Source: ECMA-376, part 1, 17.

mod body;
mod numbering;
mod paragraph;
mod state;
mod styles;
mod table;

use super::spans;
use super::xml::{self, Element};
use crate::bounds::package::{Package, PackageError, Relation};
use crate::model::draft::{ChangeDecision, Draft, DraftComment, DraftPicture};
use crate::model::text::{Block, Line};
use crate::source::FileId;
use body::BodyReader;
use numbering::Numberings;
use state::{NoteKind, State, words_of};
use std::collections::BTreeMap;
use styles::Styles;

/// Most bytes that the parts of a file unpack to, pictures included.
const MAX_UNPACKED: u64 = 192 << 20;

/// Longest XML of a part, in bytes.
const MAX_XML: usize = 48 << 20;

/// Most pictures that are taken from a file.
const MAX_PICTURES: usize = 200;

/// The parts of a file, by the kind of their relation to the text.
struct Parts<'a> {
    package: Package<'a>,
    related: Vec<Relation>,
}

impl Parts<'_> {
    /// Returns a part that the text refers to, as a tree; `None` if it refers to none.
    fn tree(&mut self, kind: &str) -> Result<Option<(String, Element)>, PackageError> {
        let part = self
            .related
            .iter()
            .find(|relation| relation.kind == kind && !relation.is_outside);
        match part.map(|part| part.target.clone()) {
            Some(part) => Ok(Some((part.clone(), tree(&mut self.package, &part)?))),
            None => Ok(None),
        }
    }

    fn relations(&mut self, part: &str) -> Result<BTreeMap<String, Relation>, PackageError> {
        let related = self.package.related(part)?.into_iter();
        Ok(related.map(|relation| (relation.id.clone(), relation)).collect())
    }
}

fn tree(package: &mut Package<'_>, part: &str) -> Result<Element, PackageError> {
    let text = package.part(part)?;
    if text.len() > MAX_XML {
        return Err(PackageError::TooLarge(part.to_owned()));
    }
    xml::parse(part, &text)
}

/// Reads a Word file.
pub(super) fn read(bytes: &[u8], file: FileId, decision: &ChangeDecision) -> Result<Draft, PackageError> {
    let mut package = Package::open(bytes, MAX_UNPACKED)?;
    let main = package.main()?;
    let document = tree(&mut package, &main)?;
    let related = package.related(&main)?;
    let mut parts = Parts { package, related };
    let styles_part = parts.tree("styles")?;
    let styles = styles_part
        .as_ref()
        .map(|(_, root)| Styles::read(root))
        .unwrap_or_default();
    let numbering = parts.tree("numbering")?;
    let mut numberings = numbering.map(|(_, root)| Numberings::read(&root)).unwrap_or_default();
    let body = document
        .child("body")
        .ok_or_else(|| PackageError::Missing(format!("{main}: w:body")))?;

    let language = language(body, &styles);
    let mut state = State {
        file,
        styles: &styles,
        decision,
        relations: parts.relations(&main)?,
        changes: Vec::new(),
        notes: Vec::new(),
        comments: Vec::new(),
        pictures: Vec::new(),
        remarks: Vec::new(),
        paragraph: 0,
        language: language.clone().unwrap_or_default(),
        fields: Vec::new(),
        hidden: 0,
    };
    let mut reader = BodyReader::new(&mut numberings, file);
    reader.elements(body, &mut state);
    let mut draft = Draft {
        blocks: reader.finish(),
        language,
        title: title(&mut parts.package)?,
        ..Draft::default()
    };
    draft.footnotes = notes(&mut parts, &mut numberings, &mut state)?;
    draft.head = head(&mut parts, body, &mut numberings, &mut state)?;
    draft.comments = comments(&mut parts, &state)?;
    for (number, part) in state.pictures.iter().enumerate().take(MAX_PICTURES) {
        draft.pictures.push(DraftPicture {
            name: paragraph::picture_name(number, part),
            bytes: parts.package.bytes(part)?,
        });
    }
    draft.changes = state.changes;
    draft.remarks = state.remarks;
    Ok(draft)
}

/// Returns the language of most words.
fn language(body: &Element, styles: &Styles<'_>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    count_languages(body, styles, &mut counts);
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    most.map(|(language, _)| language)
        .filter(|language| !language.is_empty())
}

fn count_languages(element: &Element, styles: &Styles<'_>, counts: &mut BTreeMap<String, usize>) {
    for child in element.elements() {
        if child.name == "r" {
            let own = child.child("rPr");
            let is_rtl = own.and_then(|own| own.switch("rtl")) == Some(true);
            let (name, default) = match is_rtl {
                true => ("bidi", &styles.bidi_language),
                false => ("val", &styles.language),
            };
            let language = own.and_then(|own| own.child("lang")?.attribute(name));
            let language = language.or(default.as_deref()).unwrap_or_default();
            *counts.entry(language.to_owned()).or_default() += words_of(child).chars().count();
        } else {
            count_languages(child, styles, counts);
        }
    }
}

/// Returns the title in the file's properties, if it is one.
fn title(package: &mut Package<'_>) -> Result<Option<String>, PackageError> {
    let of_all = package.related("")?;
    let Some(part) = of_all.iter().find(|relation| relation.kind == "core-properties") else {
        return Ok(None);
    };
    // A damaged part of properties is no reason to lose a draft.
    let root = tree(package, &part.target).ok();
    let title = root.as_ref().and_then(|root| root.child("title")).map(Element::text);
    let title = title.map(|title| title.trim().to_owned());
    Ok(title.filter(|title| !title.is_empty() && !title.starts_with("Microsoft Word")))
}

/// Reads the footnotes and endnotes, in the order of their marks.
fn notes(
    parts: &mut Parts<'_>,
    numberings: &mut Numberings,
    state: &mut State<'_>,
) -> Result<Vec<Vec<Block>>, PackageError> {
    let mut found: BTreeMap<usize, Vec<Block>> = BTreeMap::new();
    for (kind, name) in [(NoteKind::Footnote, "footnote"), (NoteKind::Endnote, "endnote")] {
        if !state.notes.iter().any(|mark| mark.kind == kind) {
            continue;
        }
        let Some((part, root)) = parts.tree(&format!("{name}s"))? else {
            return Err(PackageError::Missing(format!("{name}s.xml")));
        };
        state.relations = parts.relations(&part)?;
        for element in root.elements().filter(|element| element.name == name) {
            let id = element.attribute("id").unwrap_or_default();
            let Some(at) = state.notes.iter().position(|mark| mark.kind == kind && mark.id == id) else {
                continue;
            };
            state.fields.clear();
            let paragraph = state.notes[at].paragraph;
            let last = std::mem::replace(&mut state.paragraph, paragraph);
            let mut reader = BodyReader::new(numberings, state.file);
            // The note's own paragraphs are those of its mark.
            reader.elements(element, state);
            state.paragraph = last;
            let blocks = reader.finish().into_iter().map(|block| block.block);
            found.insert(at, blocks.collect());
        }
    }
    Ok((0..state.notes.len())
        .map(|at| found.remove(&at).unwrap_or_default())
        .collect())
}

/// Reads the lines at the head of the first page.
fn head(
    parts: &mut Parts<'_>,
    body: &Element,
    numberings: &mut Numberings,
    state: &mut State<'_>,
) -> Result<Vec<Line>, PackageError> {
    let Some(section) = body.find("sectPr") else {
        return Ok(Vec::new());
    };
    let kind = match section.switch("titlePg") {
        Some(true) => "first",
        _ => "default",
    };
    let mut references = section.elements().filter(|element| element.name == "headerReference");
    let reference = references.find(|element| element.attribute("type") == Some(kind));
    let id = reference.and_then(|reference| reference.attribute("id"));
    let Some(part) = id.and_then(|id| parts.related.iter().find(|relation| relation.id == id).cloned()) else {
        return Ok(Vec::new());
    };
    let root = tree(&mut parts.package, &part.target)?;
    // A page number alone heads nothing.
    if !words_of(&root).contains(char::is_alphabetic) || root.find("instrText").is_some() {
        return Ok(Vec::new());
    }
    state.relations = parts.relations(&part.target)?;
    state.fields.clear();
    let last = std::mem::take(&mut state.paragraph);
    let mut reader = BodyReader::new(numberings, state.file);
    reader.elements(&root, state);
    state.paragraph = last;
    let mut lines = Vec::new();
    for block in reader.finish() {
        crate::model::visit::lines(std::slice::from_ref(&block.block), &mut |line: &Line| {
            lines.push(line.clone());
        });
    }
    Ok(lines)
}

/// Reads the comments, in the order of their places.
fn comments(parts: &mut Parts<'_>, state: &State<'_>) -> Result<Vec<DraftComment>, PackageError> {
    let Some((_, root)) = parts.tree("comments")? else {
        return Ok(Vec::new());
    };
    let done: BTreeMap<String, bool> = match parts.tree("commentsExtended")? {
        Some((_, extended)) => {
            let all = extended.elements().filter_map(|one| {
                let is_done = matches!(one.attribute("done"), Some("1" | "true"));
                Some((one.attribute("paraId")?.to_owned(), is_done))
            });
            all.collect()
        }
        None => BTreeMap::new(),
    };
    let mut found = Vec::new();
    for element in root.elements().filter(|element| element.name == "comment") {
        let id = element.attribute("id").unwrap_or_default();
        let at = state.comments.iter().position(|place| place.id == id);
        let place = at.map(|at| state.comments[at].clone()).unwrap_or_default();
        let paragraphs: Vec<&Element> = element.elements().filter(|inner| inner.name == "p").collect();
        let text = paragraphs.iter().map(|paragraph| words_of(paragraph).trim().to_owned());
        let text: Vec<String> = text.collect();
        let last = paragraphs.last().and_then(|paragraph| paragraph.attribute("paraId"));
        let comment = DraftComment {
            author: element.attribute("author").unwrap_or_default().to_owned(),
            date: element.attribute("date").unwrap_or_default().to_owned(),
            paragraph: place.paragraph.max(1),
            about: spans::squeezed(&place.about),
            text: text.join("\n").trim().to_owned(),
            done: last.and_then(|id| done.get(id)).copied().unwrap_or(false),
        };
        found.push((at.unwrap_or(usize::MAX), comment));
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, comment)| comment).collect())
}
