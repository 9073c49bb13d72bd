//! Markdown becomes blocks and inlines.
//!
//! In: a body, or one line of front matter. Out: [`Block`]s and footnotes, or a
//! [`Line`]. Guaranteed: fields come out as typed, with their places; no text
//! holds a control character; nesting is bounded, so that later stages may
//! recurse; footnotes are numbered by their first marks. A line of front matter
//! is never a list or a heading, whatever it begins with. Absent: sanitising of
//! raw HTML (that is `emit`'s).
//!
//! Source: CommonMark 0.31 and GitHub's tables, footnotes and strikethrough, as
//! pulldown-cmark reads them.

use super::block_builder::{BODY, Builder, EXTENSIONS};
use super::captions::Captions;
use super::fields::{self, Masked};
use super::footnotes;
use crate::diag::{Code, Diagnostic, closest};
use crate::load::diagnostics::Diagnostics;
use crate::load::text_origin::TextOrigin;
use crate::model::text::{Block, Inline, Line};
use pulldown_cmark::{Event, Options, Parser};

/// A paragraph of its own that ends the letter and begins an appendix; the same
/// as the line that ends the front matter.
const APPENDIX: &str = "+++";

/// A line that ends the page, as in Pandoc's Markdown.
const PAGE_BREAK: &str = "\\newpage";

/// A letter's text.
#[derive(Debug, Default)]
pub(in crate::load) struct Body {
    /// Its blocks.
    pub(in crate::load) blocks: Vec<Block>,
    /// What is appended to it: what stands after each line of [`APPENDIX`].
    pub(in crate::load) appendices: Vec<Vec<Block>>,
    /// Its footnotes, in the order of their first marks.
    pub(in crate::load) footnotes: Vec<Vec<Block>>,
}

/// Reads a letter's text.
pub(in crate::load) fn body(text: &str, source: &TextOrigin, diagnostics: &mut Diagnostics) -> Body {
    let mut masked = mask(text, true, source, diagnostics);
    masked.number_items();
    let mut builder = Builder::new(source, &masked, 0, diagnostics);
    for (event, range) in Parser::new_ext(&masked.text, BODY).into_offset_iter() {
        builder.event(event, range);
    }
    let (blocks, labels, titles) = builder.finish();
    let defined = |label: &str| labels.names.contains_key(label);
    if masked.text.contains("[^") {
        // The parser leaves the mark of an undefined footnote as text, unless it
        // is asked for the older syntax.
        let old = BODY | Options::ENABLE_OLD_FOOTNOTES;
        for (event, range) in Parser::new_ext(&masked.text, old).into_offset_iter() {
            if let Event::FootnoteReference(label) = event
                && !defined(&label.to_lowercase())
            {
                let label = masked.restore(&label);
                let names = labels.names.keys().map(String::as_str);
                let hint = match closest(&label, names) {
                    Some(near) => format!("did you mean `[^{near}]`?"),
                    None => format!("define it in a paragraph of its own: [^{label}]: ..."),
                };
                diagnostics.push(
                    Diagnostic::error(Code::UnknownFootnote, format!("footnote `{label}` is not defined"))
                        .at(source.at(range))
                        .hint(hint),
                );
            }
        }
    }
    let (blocks, mut footnotes) = footnotes::number(blocks, labels, diagnostics);
    let mut appendices = divide(blocks);
    let mut captions = Captions::new(titles, diagnostics);
    for part in &mut appendices {
        captions.attach(part);
    }
    for note in &mut footnotes {
        captions.attach(note);
    }
    captions.finish();
    Body {
        blocks: appendices.remove(0),
        appendices: appendices.into_iter().filter(|part| !part.is_empty()).collect(),
        footnotes,
    }
}

/// Divides blocks at each line of [`APPENDIX`]; there is at least one part.
fn divide(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let says = |block: &Block, word: &str| match block {
        Block::Paragraph(line) => matches!(line.as_slice(), [Inline::Text(text)] if text.as_str() == word),
        _ => false,
    };
    let mut parts = vec![Vec::new()];
    for block in blocks {
        if says(&block, APPENDIX) {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(match says(&block, PAGE_BREAK) {
                true => Block::PageBreak,
                false => block,
            });
        }
    }
    parts
}

/// Stands before a line of front matter, so that nothing in it begins a block:
/// punctuation, which emphasis and quotation marks treat as the start of a line.
const DAGGER: &str = "\u{2020}";

/// Reads one line of front matter.
pub(super) fn line(text: &str, source: &TextOrigin, diagnostics: &mut Diagnostics) -> Line {
    let inner = text.trim_start();
    let skipped = text.len() - inner.len();
    // Line ends and tabs become as many spaces, so that offsets do not move.
    let inner = inner.replace(['\n', '\r', '\t'], " ");
    let source = source.after(skipped);
    let mut masked = mask(&inner, false, &source, diagnostics);
    masked.text.insert_str(0, DAGGER);
    let mut builder = Builder::new(&source, &masked, DAGGER.len(), diagnostics);
    for (event, range) in Parser::new_ext(&masked.text, EXTENSIONS).into_offset_iter() {
        builder.event(event, range);
    }
    let mut blocks = builder.finish().0.into_iter();
    let Some(Block::Paragraph(mut line)) = blocks.next() else {
        return Line::new();
    };
    if let Some(Inline::Text(first)) = line.first_mut()
        && first.starts_with(DAGGER)
    {
        *first = first.slice(DAGGER.len()..first.len());
        if first.is_empty() {
            line.remove(0);
        }
    }
    line
}

fn mask(text: &str, addresses: bool, source: &TextOrigin, diagnostics: &mut Diagnostics) -> Masked {
    fields::mask(text, addresses, |range| {
        let (open, close) = if text[range.clone()].ends_with('%') {
            ("{%", "%}")
        } else {
            ("{{", "}}")
        };
        let message = format!("`{open}` is not closed by `{close}` in the same paragraph");
        diagnostics.push(
            Diagnostic::error(Code::UnclosedField, message)
                .at(source.at(range))
                .hint(format!("close it, or write \\{open} to print these characters")),
        );
    })
}
