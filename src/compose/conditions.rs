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

use super::fields::Fields;
use super::statements::{bad, has_own_statement, statement, statements};
use crate::diag::Diagnostic;
use crate::model::text::{Block, Field, Inline};
use crate::source::Origin;

/// Deepest nesting of conditions; nobody reads a fifth.
const DEEPEST: usize = 8;

/// A condition that is open.
struct OpenCondition {
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
        let mut open: Vec<OpenCondition> = Vec::new();
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

    fn obey(&self, field: &Field, open: &mut Vec<OpenCondition>) -> Result<(), Diagnostic> {
        let words = field.statement().unwrap_or_default();
        // Jinja's sign for white space is understood, and means nothing here.
        let words = words.trim_start_matches(['-', '+']).trim_end_matches('-').trim();
        let (word, condition) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let condition = condition.trim();
        let nobody = |word: &str| bad(format!("`{{% {word} %}}` has no `{{% if %}}` before it"));
        match (word, condition.is_empty()) {
            ("if", false) if open.len() >= DEEPEST => {
                Err(bad(format!("conditions are nested more than {DEEPEST} levels deep")))
            }
            ("if", false) => {
                let passed = open.iter().any(|open| !open.holds);
                let held = if passed { Ok(false) } else { self.holds(condition) };
                open.push(OpenCondition {
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
                Err(bad(format!("`{{% {shown} %}}` is not a known statement"))
                    .hint("use `{% if CONDITION %}`, `{% elif CONDITION %}`, `{% else %}`, or `{% endif %}`"))
            }
        }
    }
}
