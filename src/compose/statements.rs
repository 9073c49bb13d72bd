//! Statements of conditions among the inlines and blocks of a text.
//!
//! In: lines and blocks. Out: the statements in them, and how lines read once
//! conditions have chosen. Absent: deciding conditions (that is `conditions`').

use crate::diag::{Code, Diagnostic};
use crate::model::placed_text::PlacedText;
use crate::model::text::{Block, Field, Inline, Line, plain};
use crate::model::visit::inlines_of_line;

/// Returns the error of a field or statement that cannot be evaluated.
pub(super) fn bad(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::BadField, message)
}

pub(super) fn statement(inline: &Inline) -> Option<&Field> {
    match inline {
        Inline::Field(field) if field.statement().is_some() => Some(field),
        _ => None,
    }
}

pub(super) fn has_own_statement(line: &[Inline]) -> bool {
    line.iter().any(|inline| statement(inline).is_some())
}

/// Whether a statement stands in a line, however deep.
pub(super) fn has_statement(line: &[Inline]) -> bool {
    let mut found = false;
    inlines_of_line(line, &mut |inline| found |= statement(inline).is_some());
    found
}

/// The statements of a paragraph that holds nothing else.
pub(super) fn statements(block: &Block) -> Vec<&Field> {
    let Block::Paragraph(line) = block else {
        return Vec::new();
    };
    let silent = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        inline => statement(inline).is_some(),
    };
    if line.iter().all(silent) {
        line.iter().filter_map(statement).collect()
    } else {
        Vec::new()
    }
}

/// Whether a line shows nothing.
pub(super) fn is_blank(line: &[Inline]) -> bool {
    let pictured = |inline: &Inline| matches!(inline, Inline::Image(_) | Inline::Html(_) | Inline::FootnoteMark(_));
    plain(line).trim().is_empty() && !line.iter().any(pictured)
}

/// Whether conditions have left nothing of a block that showed something.
pub(super) fn was_emptied(before: &Block, after: &Block) -> bool {
    match (before, after) {
        (Block::Paragraph(before), Block::Paragraph(after))
        | (Block::Heading { content: before, .. }, Block::Heading { content: after, .. }) => {
            has_statement(before) && is_blank(after)
        }
        (Block::List(before), Block::List(after)) => after.items.is_empty() && !before.items.is_empty(),
        (Block::Quote(before), Block::Quote(after)) => after.is_empty() && !before.is_empty(),
        _ => false,
    }
}

/// Takes out the second of two spaces between which a condition stood, and those
/// at the ends of the line.
pub(super) fn close_gaps(line: &mut Line) {
    let mut spaced = true;
    for inline in line.iter_mut() {
        let Inline::Text(text) = inline else {
            spaced = matches!(inline, Inline::Break);
            continue;
        };
        let mut closed = PlacedText::default();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if c == ' ' && spaced {
                closed.push(&text.slice(from..at));
                from = at + 1;
            }
            spaced = c == ' ';
        }
        closed.push(&text.slice(from..text.len()));
        *text = closed;
    }
    if let Some(Inline::Text(last)) = line.last_mut() {
        *last = last.slice(0..last.trim_end_matches(' ').len());
    }
    line.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
}
