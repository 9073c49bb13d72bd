//! Writes a document as a Word file.
//!
//! In: a [`Document`]. Out: a .docx package (ECMA-376, transitional): styles by name,
//! headings, lists with their own numbers, real footnotes, links, tables with head
//! rows, pictures with their words, a roll in columns, page numbers, language and
//! metadata. Guaranteed: elements stand in the order that the schema asks for; text is
//! text, without characters that XML refuses; the same document gives the same bytes,
//! clock and names of people reach none of them. Absent: raw HTML, theme, macros.
//!
//! `maud` escapes and writes the XML, `zip` packs it. docx-rs was tried and left: it
//! writes no text alternatives, languages, head rows, numbers within footnotes or
//! links in them, and puts properties in an order that the schema does not have.

mod blocks;
mod body;
mod column_widths;
mod inline;
mod numbering;
mod package;
mod paragraph;
mod parts;
mod run;
mod styles;

use super::archive::packed;
use super::raster::raster;
use super::{EmitError, EmitOptions, Written};
use crate::compose::document::Document;

/// Pixels painted for one of an SVG's: about 300 an inch.
const DENSITY: f64 = 3.0;

/// Returns the document as a Word file.
pub fn docx(document: &Document, _: &EmitOptions) -> Result<Written, EmitError> {
    let content = body::content(document);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, xml: String| files.push((name.to_owned(), xml.into_bytes()));
    let pictures = content.pictures.iter().map(|picture| raster(picture, DENSITY));
    let pictures = pictures.collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = (1..)
        .zip(&pictures)
        .map(|(number, picture)| format!("picture{number}.{}", picture.extension))
        .collect();
    add("[Content_Types].xml", package::content_types());
    add("_rels/.rels", package::package_links());
    add("docProps/core.xml", package::properties(document));
    add("word/document.xml", content.document);
    add(
        "word/_rels/document.xml.rels",
        package::document_links(&content.links, &names),
    );
    add("word/footnotes.xml", content.footnotes);
    add(
        "word/_rels/footnotes.xml.rels",
        package::links(&content.footnote_links, &names),
    );
    add("word/styles.xml", styles::styles(document));
    add("word/numbering.xml", numbering::numbering(&content.lists));
    add("word/settings.xml", package::settings(document));
    add("word/header1.xml", package::header(document));
    add("word/footer1.xml", package::footer(document));
    add("word/footer2.xml", package::first_footer(document));
    for (name, picture) in names.iter().zip(pictures) {
        files.push((format!("word/media/{name}"), picture.data.into_owned()));
    }
    Ok(Written {
        bytes: packed(&files).map_err(|error| EmitError::Package(error.to_string()))?,
        diagnostics: Vec::new(),
    })
}

/// Text as XML can hold it (XML 1.0, production 2); white space as spaces.
fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            '\u{fffe}' | '\u{ffff}' => None,
            c if c < ' ' => None,
            c => Some(c),
        })
        .collect()
}

/// The beginning of every part.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

#[cfg(test)]
mod tests;
