//! Conditions in the text: `{% if recipient.chamber == "Senate" %}`.
//!
//! In: inlines or blocks with statements among them. Out: those that hold, without
//! the statements. Guaranteed: `if`, `elif`, `else` and `endif` are all there is;
//! what a condition does not hold for is not looked at; a statement without its
//! partner in the same line, or in the same run of blocks, is an error with its
//! place. Absent: loops, assignments.
//!
//! Statements in a paragraph of their own choose among the blocks around them;
//! others choose within their line.

use super::fields::{Fields, bad};
use crate::diag::Diagnostic;
use crate::model::placed_text::PlacedText;
use crate::model::text::{Block, Field, Inline, Line, plain};
use crate::model::visit::inlines_of_line;
use crate::source::Origin;

/// Deepest nesting of conditions; nobody reads a fifth.
const DEEPEST: usize = 8;

/// A condition that is open.
struct Open {
    /// Whether what stands here is kept.
    holds: bool,
    /// Whether a branch was kept already, or none may be.
    decided: bool,
    /// Whether `else` was met.
    last: bool,
    /// Where it began.
    origin: Origin,
}

impl Fields {
    /// The inlines of a line that conditions leave.
    pub(super) fn chosen_inlines<'a>(&mut self, line: &'a [Inline]) -> Vec<&'a Inline> {
        if !has_own_statement(line) {
            return line.iter().collect();
        }
        self.chosen(line, |inline| statement(inline).into_iter().collect())
    }

    /// The blocks that conditions leave.
    pub(super) fn chosen_blocks<'a>(&mut self, blocks: &'a [Block]) -> Vec<&'a Block> {
        self.chosen(blocks, statements)
    }

    fn chosen<'a, T>(&mut self, items: &'a [T], statements: impl Fn(&T) -> Vec<&Field>) -> Vec<&'a T> {
        let mut open: Vec<Open> = Vec::new();
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            let found = statements(item);
            if found.is_empty() && open.iter().all(|open| open.holds) {
                kept.push(item);
            }
            for field in found {
                if let Err(diagnostic) = self.obey(field, &mut open) {
                    self.complain(diagnostic, field.origin);
                }
            }
        }
        for open in open {
            let diagnostic = bad("`{% if %}` has no `{% endif %}`").hint(
                "close it in the same line; to choose among paragraphs, give each statement a paragraph of its own",
            );
            self.complain(diagnostic, open.origin);
        }
        kept
    }

    fn obey(&self, field: &Field, open: &mut Vec<Open>) -> Result<(), Diagnostic> {
        let words = field.statement().unwrap_or_default();
        // Jinja's sign for white space is understood, and means nothing here.
        let words = words.trim_start_matches(['-', '+']).trim_end_matches('-').trim();
        let (word, condition) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let condition = condition.trim();
        let nobody = |word: &str| bad(format!("`{{% {word} %}}` stands without an `{{% if %}}` before it"));
        match (word, condition.is_empty()) {
            ("if", false) if open.len() >= DEEPEST => Err(bad(format!("conditions nest deeper than {DEEPEST}"))),
            ("if", false) => {
                let passed = open.iter().any(|open| !open.holds);
                let held = if passed { Ok(false) } else { self.holds(condition) };
                open.push(Open {
                    holds: matches!(held, Ok(true)),
                    decided: passed || !matches!(held, Ok(false)),
                    last: false,
                    origin: field.origin,
                });
                held.map(drop)
            }
            ("elif", false) => {
                let branch = open
                    .last_mut()
                    .filter(|open| !open.last)
                    .ok_or_else(|| nobody("elif"))?;
                branch.holds = !branch.decided && self.holds(condition)?;
                branch.decided |= branch.holds;
                Ok(())
            }
            ("else", true) => {
                let branch = open
                    .last_mut()
                    .filter(|open| !open.last)
                    .ok_or_else(|| nobody("else"))?;
                (branch.holds, branch.decided, branch.last) = (!branch.decided, true, true);
                Ok(())
            }
            ("endif", true) => open.pop().map(drop).ok_or_else(|| nobody("endif")),
            ("if" | "elif", true) => Err(bad(format!("`{{% {word} %}}` has no condition"))
                .hint("write one: `{% if recipient.chamber == \"Senate\" %}`")),
            _ => {
                let shown: String = words.chars().take(100).collect();
                Err(bad(format!("no statement `{{% {shown} %}}`"))
                    .hint("there are `{% if CONDITION %}`, `{% elif CONDITION %}`, `{% else %}` and `{% endif %}`"))
            }
        }
    }
}

fn statement(inline: &Inline) -> Option<&Field> {
    match inline {
        Inline::Field(field) if field.statement().is_some() => Some(field),
        _ => None,
    }
}

fn has_own_statement(line: &[Inline]) -> bool {
    line.iter().any(|inline| statement(inline).is_some())
}

/// Whether a statement stands in a line, however deep.
pub(super) fn has_statement(line: &[Inline]) -> bool {
    let mut found = false;
    inlines_of_line(line, &mut |inline| found |= statement(inline).is_some());
    found
}

/// The statements of a paragraph that holds nothing else.
fn statements(block: &Block) -> Vec<&Field> {
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
