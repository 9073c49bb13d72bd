//! Reads a draft that is Markdown already.
//!
//! In: a text. Out: its blocks, with a number each. Guaranteed: what a letter's text means,
//! this means too; comments of the source become comments of the draft.

use crate::load::diagnostics::Diagnostics;
use crate::load::letters::markdown;
use crate::load::text_origin::TextOrigin;
use crate::model::draft::{Draft, DraftBlock, DraftComment};
use crate::model::text::{Block, Inline};
use crate::source::{FileId, Origin};

/// Reads Markdown.
pub(super) fn read(text: &str, file: FileId) -> Draft {
    let source = TextOrigin {
        file,
        start: Some(0),
        whole: Origin::File(file),
    };
    let mut diagnostics = Diagnostics::new(file);
    let body = markdown::body(text, &source, &mut diagnostics);
    let comments = diagnostics
        .markup
        .comments
        .iter()
        .filter_map(|origin| comment(text, *origin));
    let comments = comments.collect();
    let mut blocks = Vec::new();
    for (at, part) in std::iter::once(body.blocks).chain(body.appendices).enumerate() {
        for (index, block) in part.into_iter().enumerate() {
            let is_bold = match &block {
                Block::Paragraph(line) => matches!(line.as_slice(), [Inline::Strong(_)]),
                _ => false,
            };
            blocks.push(DraftBlock {
                block,
                paragraph: blocks.len() + 1,
                role: None,
                is_bold,
                new_page: at > 0 && index == 0,
            });
        }
    }
    Draft {
        blocks,
        footnotes: body.footnotes,
        comments,
        ..Draft::default()
    }
}

/// Returns a comment of the source, at the paragraph that it stands in.
fn comment(text: &str, origin: Origin) -> Option<DraftComment> {
    let Origin::Span { start, end, .. } = origin else {
        return None;
    };
    let words = text.get(start as usize..end as usize)?.trim();
    let words = words.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let before = text.get(..start as usize)?;
    let paragraphs = before.split("\n\n").filter(|part| !part.trim().is_empty()).count();
    (!words.is_empty()).then(|| DraftComment {
        paragraph: paragraphs.max(1),
        text: words.to_owned(),
        ..DraftComment::default()
    })
}
