//! A letter: TOML front matter between lines of `+++`, then Markdown.
//!
//! In: the letter's file, and the [`Project`] whose defaults it inherits. Out: a
//! [`Letter`] and what there is to say. Guaranteed: offsets count from the start
//! of the file; a letter comes out whatever the file holds; the pictures it names are
//! read with it. Absent: the lists that it names; they stay paths as written.

use super::comments;
use super::footnotes;
use super::kind_keys;
use super::markdown;
use super::pictures::Pictures;
use super::quotations;
use super::settings::{self, Project};
use super::style;
use crate::diag::{Code, Diagnostic};
use crate::load::bytes::{self, span};
use crate::load::diagnostics::Diagnostics;
use crate::load::lists::recipients;
use crate::load::loaded::{LoadError, Loaded};
use crate::load::text_origin::TextOrigin;
use crate::load::toml_values::{TomlReader, get};
use crate::model::labels;
use crate::model::letter::{
    Addressee, DocumentKind, Envelope, KindKeys, Letter, Markup, PageSetting, Placed, SignatureSetting,
};

use crate::model::recipient::{MergeList, MergeSetting};
use crate::model::text::{Block, Image, plain};
use crate::source::{FileId, Origin, SourceMap};
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Keys of the front matter.
const KEYS: &[&str] = &[
    "kind",
    "title",
    "date",
    "language",
    "subject",
    "via",
    "salutation",
    "closing",
    "signature",
    "deadline",
    "signatories",
    "cc",
    "enclosures",
    "letterhead",
    "to",
    "merge",
    "file_name",
    "addressee",
    "combined",
    "roll",
    "rolls",
    "page",
    "email",
    "release",
    "columns",
    "labels",
];

/// Keys of an addressee.
const TO: &[&str] = &["name", "title", "organization", "address"];

/// Keys of one who signs by hand.
const SIGNATURE: &[&str] = &["name", "title", "organization", "image", "image_alt"];

/// The language of a letter that names none.
const LANGUAGE: &str = "en-US";

/// Reads a letter.
pub fn letter(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    project: &Project,
) -> Result<Loaded<Letter>, LoadError> {
    let bytes = bytes::read(sources, name, path, bytes::MAX_LETTER)?;
    let mut loaded = letter_from_bytes(sources, name, path, bytes, project)?;
    let (comments, said) = comments::read(sources, name, path);
    loaded.value.draft_comments = comments;
    loaded.diagnostics.extend(said);
    Ok(loaded)
}

/// Reads a letter that is not in a file, such as standard input; what it names is
/// sought beside `path`.
pub fn letter_from_bytes(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    bytes: Vec<u8>,
    project: &Project,
) -> Result<Loaded<Letter>, LoadError> {
    if bytes.len() > bytes::MAX_LETTER {
        return Err(LoadError::TooLarge {
            name: name.to_owned(),
            limit: bytes::MAX_LETTER,
        });
    }
    let mut text = bytes::decode(sources, name, bytes);
    let mut value = empty(text.file, project);
    if !text.readable {
        return Ok(Loaded {
            value,
            diagnostics: text.diagnostics.finish(),
        });
    }
    let source = sources.text(text.file);
    let mut shared = Vec::new();
    match split(source, text.start) {
        Ok(parts) => {
            let whole = span(text.file, parts.header.start, parts.header.start);
            let mut reader = TomlReader::new(&source[parts.header.clone()], parts.header.start, &mut text.diagnostics);
            shared = read_header(&mut reader, &mut value, whole);
            let place = TextOrigin {
                file: text.file,
                start: Some(parts.body),
                whole: Origin::File(text.file),
            };
            let body = markdown::body(&source[parts.body..], &place, &mut text.diagnostics);
            value.body = match value.kind {
                DocumentKind::PressRelease => quoted(body.blocks, &value),
                _ => body.blocks,
            };
            value.appendices = body.appendices;
            value.footnotes = body.footnotes;
            value.markup = std::mem::take(&mut text.diagnostics.markup);
            value.markup.front_matter = Some(span(text.file, parts.header.start, parts.header.end));
            read_pictures(sources, path, project, &mut value, &mut text.diagnostics);
        }
        Err(diagnostic) => text.diagnostics.push(diagnostic(text.file)),
    }
    let mut said = Vec::new();
    for file in shared {
        read_boilerplate(sources, name, path, &file, &mut value, &mut text.diagnostics, &mut said);
    }
    let mut diagnostics = text.diagnostics.finish();
    diagnostics.extend(said);
    Ok(Loaded { value, diagnostics })
}

/// Returns a release's blocks with its quotations as its author chooses, in its language.
fn quoted(blocks: Vec<Block>, letter: &Letter) -> Vec<Block> {
    let language = letter
        .language
        .value
        .split('-')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let words = labels::words(&language).clone().with(&letter.labels);
    quotations::quote(blocks, letter.kind_keys.quotations, &words)
}

/// Reads a file of Markdown that several releases share; its footnotes join the
/// document's.
fn read_boilerplate(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    file: &Placed<String>,
    letter: &mut Letter,
    diagnostics: &mut Diagnostics,
    said: &mut Vec<Diagnostic>,
) {
    let beside = |path: &Path| path.parent().unwrap_or(Path::new("")).join(&file.value);
    let (shown, path) = (beside(Path::new(name)), beside(path));
    let shown = shown.to_string_lossy().replace('\\', "/");
    let bytes = match bytes::read(sources, &shown, &path, bytes::MAX_LETTER) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(
                Diagnostic::error(Code::Unreadable, error.to_string())
                    .at(file.origin)
                    .hint("write the path relative to the folder of this file"),
            );
            return;
        }
    };
    let mut text = bytes::decode(sources, &shown, bytes);
    if text.readable {
        let place = TextOrigin {
            file: text.file,
            start: Some(text.start),
            whole: Origin::File(text.file),
        };
        let source = &sources.text(text.file)[text.start..];
        let mut body = markdown::body(source, &place, &mut text.diagnostics);
        let before = letter.footnotes.len();
        for blocks in std::iter::once(&mut body.blocks).chain(&mut body.footnotes) {
            footnotes::shift(blocks, before);
        }
        let mut pictures = Pictures::of(sources, &path);
        pictures.load_blocks(&mut body.blocks, &mut text.diagnostics);
        letter.kind_keys.boilerplate.append(&mut body.blocks);
        letter.footnotes.append(&mut body.footnotes);
    }
    said.extend(text.diagnostics.finish());
}

/// Reads the pictures of a letter's own file; an inherited logo has its picture.
fn read_pictures(
    sources: &SourceMap,
    path: &Path,
    project: &Project,
    letter: &mut Letter,
    diagnostics: &mut Diagnostics,
) {
    let mut pictures = Pictures::of(sources, path);
    let inherited = project.letterhead.iter().flat_map(|letterhead| &letterhead.logos);
    let inherited: Vec<Origin> = inherited.map(|logo| logo.origin).collect();
    let head = letter
        .letterhead
        .iter_mut()
        .flat_map(|letterhead| &mut letterhead.logos);
    for logo in head.filter(|logo| !inherited.contains(&logo.origin)) {
        pictures.load(logo, diagnostics);
    }
    let logos = letter.kind_keys.logos.iter_mut().map(|logo| &mut logo.image);
    let signed = letter.signatures.iter_mut().filter_map(|one| one.image.as_mut());
    let media = letter
        .kind_keys
        .media
        .iter_mut()
        .filter_map(|media| media.file.as_mut());
    for image in letter
        .kind_keys
        .picture
        .iter_mut()
        .chain(logos)
        .chain(media)
        .chain(signed)
    {
        pictures.load(image, diagnostics);
    }
    pictures.load_blocks(&mut letter.body, diagnostics);
    for appendix in &mut letter.appendices {
        pictures.load_blocks(appendix, diagnostics);
    }
    for footnote in &mut letter.footnotes {
        pictures.load_blocks(footnote, diagnostics);
    }
}

/// Returns an empty letter with the settings of the project.
fn empty(file: FileId, project: &Project) -> Letter {
    let roll = project.roll();
    let mut page = PageSetting::default();
    project.page.apply(&mut page);
    Letter {
        file,
        kind: DocumentKind::default(),
        title: Vec::new(),
        date: None,
        language: project.language.clone().unwrap_or(Placed {
            value: LANGUAGE.to_owned(),
            origin: Origin::File(file),
        }),
        subject: None,
        via: None,
        salutation: None,
        closing: None,
        signatures: Vec::new(),
        deadline: None,
        signatories: Vec::new(),
        cc: Vec::new(),
        enclosures: Vec::new(),
        letterhead: project.letterhead.clone(),
        to: Vec::new(),
        merge: None,
        roll,
        page,
        kind_keys: KindKeys::default(),
        style: project.style.clone(),
        envelope: Envelope::default(),
        release: project.release.clone(),
        columns: project.columns.clone(),
        labels: project.labels.clone(),
        draft_comments: Vec::new(),
        markup: Markup::default(),
        body: Vec::new(),
        appendices: Vec::new(),
        footnotes: Vec::new(),
    }
}

/// Where the parts of a letter stand in its text.
#[derive(Debug, PartialEq)]
struct Parts {
    header: Range<usize>,
    body: usize,
}

/// The line before and after the front matter.
const FENCE: &str = "+++";

/// Divides the header from the body. `start`: where the text begins, after a
/// byte order mark.
fn split(text: &str, start: usize) -> Result<Parts, impl FnOnce(FileId) -> Diagnostic> {
    let mut at = start;
    let mut header = None;
    let mut first = None;
    for line in text[start..].split_inclusive('\n') {
        let (begin, end) = (at, at + line.len());
        at = end;
        let content = line.trim_end();
        match header {
            None if content.is_empty() => {}
            None if content == FENCE => header = Some(end),
            None => {
                first = Some(begin..begin + content.len());
                break;
            }
            Some(header) if content == FENCE => {
                return Ok(Parts {
                    header: header..begin,
                    body: end,
                });
            }
            Some(_) => {}
        }
    }
    let is_yaml = first.clone().is_some_and(|line| &text[line] == "---");
    Err(move |file| {
        let (message, place, hint) = match (header, first) {
            (Some(header), _) => (
                "the front matter is not closed",
                span(file, header.saturating_sub(FENCE.len() + 1).max(start), header),
                "write a line +++ after it",
            ),
            (None, Some(line)) if is_yaml => (
                "the front matter is not TOML",
                span(file, line.start, line.end),
                "write it as TOML between two lines +++",
            ),
            (None, Some(line)) => (
                "the letter does not begin with front matter",
                span(file, line.start, line.end),
                "begin with a line +++, then write kind = \"letter\", title, and signatories, then another line +++",
            ),
            (None, None) => (
                "the letter is empty",
                Origin::File(file),
                "begin with a line +++, then write kind = \"letter\", title, and signatories, then another line +++",
            ),
        };
        Diagnostic::error(Code::NoFrontMatter, message).at(place).hint(hint)
    })
}

/// Reads the front matter into a letter that holds the defaults. `whole`: where
/// to point for what is missing. Returns the paths of boilerplate.
fn read_header(reader: &mut TomlReader<'_>, letter: &mut Letter, whole: Origin) -> Vec<Placed<String>> {
    let toml = reader.parse();
    let root = &toml.root;
    let known: Vec<&str> = KEYS.iter().chain(kind_keys::KEYS).copied().collect();
    reader.only(root, "the front matter", &known);
    if let Some(language) = reader.string(root, "language") {
        letter.language = language;
    }

    letter.kind = read_kind(reader, root);
    letter.title = reader.line(root, "title").unwrap_or_default();
    if let Some(value) = get(root, "title")
        && plain(&letter.title).trim().is_empty()
    {
        reader.wrong(
            "title",
            value,
            "a title, which becomes the document's name in its metadata",
        );
    }
    letter.date = reader.date(root, "date");
    letter.subject = reader.line(root, "subject");
    letter.via = reader.line(root, "via");
    letter.salutation = reader.line(root, "salutation");
    letter.closing = reader.line(root, "closing");
    letter.signatures = read_signatures(reader, root);
    letter.deadline = reader.date(root, "deadline");
    letter.signatories = reader.strings(root, "signatories").unwrap_or_default();
    letter.cc = reader.lines(root, "cc").unwrap_or_default();
    letter.enclosures = reader.lines(root, "enclosures").unwrap_or_default();
    letter.merge = read_merge(reader, root);
    if letter.merge.is_none() {
        letter.to = read_to(reader, root);
    }
    if let Some(table) = reader.table(root, "letterhead") {
        let inherited = letter.letterhead.take().unwrap_or_default();
        letter.letterhead = Some(settings::letterhead(reader, table, inherited));
    }
    if let Some(table) = reader.table(root, "roll") {
        settings::roll(reader, table).apply(&mut letter.roll);
    }
    letter.roll.rolls = settings::rolls(reader, root, &letter.roll);
    if let Some(table) = reader.table(root, "page") {
        settings::page(reader, table).apply(&mut letter.page);
    }
    if let Some(table) = reader.table(root, "release") {
        settings::release(reader, table, &mut letter.release);
    }
    if let Some(table) = reader.table(root, "email") {
        letter.envelope = style::envelope(reader, table);
    }
    if let Some(table) = reader.table(root, "columns") {
        let own = settings::columns(reader, table);
        // A header is looked up without regard to case; the letter's own line wins.
        let is_own = |header: &String| {
            own.keys()
                .any(|own| own.trim().to_lowercase() == header.trim().to_lowercase())
        };
        letter.columns.retain(|header, _| !is_own(header));
        letter.columns.extend(own);
    }
    if let Some(table) = reader.table(root, "labels") {
        letter.labels.extend(settings::labels(reader, table));
    }

    let (kind_keys, shared) = kind_keys::kind_keys(reader, root, letter.kind);
    letter.kind_keys = kind_keys;

    // Where the grammar is broken, a key may only seem to be missing.
    if toml.sound {
        let required = [
            ("kind", "kind = \"letter\""),
            ("title", "title = \"...\""),
            ("signatories", "signatories = [\"../signatories/NAME.csv\"]"),
        ];
        for (key, example) in required {
            if get(root, key).is_none() {
                reader.missing(key, whole, example);
            }
        }
    }
    shared
}

fn read_kind(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> DocumentKind {
    let words: Vec<(&str, DocumentKind)> = DocumentKind::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    reader
        .word(root, "kind", &words)
        .map(|kind| kind.value)
        .unwrap_or_default()
}

fn read_to(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Vec<Addressee> {
    const EXPECTED: &str = "one [[to]] table for each addressee";
    let Some(value) = get(root, "to") else {
        return Vec::new();
    };
    let DeValue::Array(items) = value.get_ref() else {
        reader.wrong("to", value, EXPECTED);
        return Vec::new();
    };
    let mut addressees = Vec::new();
    for item in items {
        let Some(table) = item.get_ref().as_table() else {
            reader.wrong("to", item, EXPECTED);
            continue;
        };
        reader.only(table, "[[to]]", TO);
        addressees.push(Addressee {
            name: reader.line(table, "name"),
            title: reader.line(table, "title"),
            organization: reader.line(table, "organization"),
            address: reader.lines(table, "address").unwrap_or_default(),
        });
    }
    addressees
}

fn read_signatures(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Vec<SignatureSetting> {
    const EXPECTED: &str = "one [[signature]] table for each person who signs by hand";
    let Some(value) = get(root, "signature") else {
        return Vec::new();
    };
    let DeValue::Array(items) = value.get_ref() else {
        reader.wrong("signature", value, EXPECTED);
        return Vec::new();
    };
    let mut signatures = Vec::new();
    for item in items {
        let Some(table) = item.get_ref().as_table() else {
            reader.wrong("signature", item, EXPECTED);
            continue;
        };
        reader.only(table, "[[signature]]", SIGNATURE);
        let name = reader.line(table, "name");
        // A signature that nobody describes is that of the person below it.
        let alt = reader.string(table, "image_alt").map(|alt| alt.value);
        let alt = alt.unwrap_or_else(|| name.as_deref().map(plain).unwrap_or_default());
        signatures.push(SignatureSetting {
            title: reader.line(table, "title"),
            organization: reader.line(table, "organization"),
            image: reader.string(table, "image").map(|path| Image {
                path: path.value,
                alt,
                origin: path.origin,
                picture: None,
            }),
            name,
        });
    }
    signatures
}

/// Keys that mean something in a mail merge only.
const MERGE_KEYS: &[&str] = &["file_name", "addressee", "combined"];

/// Reads what makes a letter a mail merge: a path in `to`, or `merge = true` over
/// the `[[to]]` tables.
fn read_merge(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Option<MergeSetting> {
    let merge = reader.boolean(root, "merge");
    let to = get(root, "to");
    let list = match to.map(|to| (to, to.get_ref())) {
        Some((_, DeValue::String(_))) if merge != Some(false) => MergeList::File(reader.string(root, "to")?),
        Some((_, DeValue::Array(items))) if merge == Some(true) => {
            MergeList::Here(recipients::from_tables(reader, "to", items))
        }
        _ => {
            if merge == Some(true)
                && let Some(value) = get(root, "merge")
            {
                let origin = reader.origin(value.span());
                reader.diagnostics.push(
                    Diagnostic::error(Code::MissingKey, "the mail merge has no recipients")
                        .at(origin)
                        .hint("write to = \"recipients.csv\", or a [[to]] table for each recipient"),
                );
            }
            for key in MERGE_KEYS {
                if let Some((key, _)) = root.get_key_value(*key) {
                    let message = format!(
                        "`{}` applies only to a mail merge, and this letter is not one",
                        key.get_ref()
                    );
                    let origin = reader.origin(key.span());
                    reader.diagnostics.push(
                        Diagnostic::warning(Code::UnknownKey, message)
                            .at(origin)
                            .hint("write to = \"recipients.csv\", or merge = true above the [[to]] tables"),
                    );
                }
            }
            return None;
        }
    };
    Some(MergeSetting {
        list,
        file_name: reader.string(root, "file_name"),
        addressee: reader.lines(root, "addressee"),
        combined: reader.boolean(root, "combined").unwrap_or(true),
        origin: to.map_or(Origin::File(reader.diagnostics.file()), |to| reader.origin(to.span())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_divided_from_the_body() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let found = split(text, 0).ok();
            let found = found.map(|parts| (&text[parts.header], &text[parts.body..]));
            assert_eq!(found, expected, "{text:?}");
        };
        check("+++\na = 1\n+++\nBody\n", Some(("a = 1\n", "Body\n")));
        check("\n+++ \r\na = 1\r\n+++\r\nBody", Some(("a = 1\r\n", "Body")));
        check("+++\n+++", Some(("", "")));
        check("+++\na = 1\n", None);
        check("a\n+++\n+++\n", None);
        check("", None);
    }
}
