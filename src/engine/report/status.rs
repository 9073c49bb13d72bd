//! The lines of a workspace's state: `status`'s JSON Lines.

use super::line;
use crate::engine::status::{OutputState, StatusCounts, WorkspaceStatus};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum StatusLine<'a> {
    Letter {
        file: &'a str,
        readable: bool,
        #[serde(flatten)]
        counts: CountFields,
        errors: usize,
        warnings: usize,
        output: &'static str,
        release: Option<u32>,
        unchanged: Option<bool>,
    },
    List {
        file: &'a str,
        readable: bool,
        #[serde(flatten)]
        counts: CountFields,
        last_signed: Option<String>,
    },
    Next {
        command: String,
        because: &'a str,
    },
}

/// The counts of a letter or list, as fields of its line.
#[derive(Serialize)]
struct CountFields {
    signatories: usize,
    rows: usize,
    ask: usize,
    left_out: usize,
    waiting: usize,
}

impl CountFields {
    fn of(counts: StatusCounts) -> Self {
        Self {
            signatories: counts.signatories,
            rows: counts.rows,
            ask: counts.ask,
            left_out: counts.left_out,
            waiting: counts.waiting,
        }
    }
}

/// Writes a line for each letter, each list and each next step.
///
/// # Errors
/// When `out` takes no more.
pub fn status(status: &WorkspaceStatus, out: &mut impl Write) -> io::Result<()> {
    let mut lines = Vec::new();
    for letter in &status.letters {
        lines.push(StatusLine::Letter {
            file: &letter.path,
            readable: letter.unreadable.is_none(),
            counts: CountFields::of(letter.counts),
            errors: letter.errors,
            warnings: letter.warnings,
            output: match letter.output {
                OutputState::Never => "never",
                OutputState::OlderThan(_) => "older",
                OutputState::Current => "current",
            },
            release: letter.released.map(|release| release.number),
            unchanged: letter.released.map(|release| release.unchanged),
        });
    }
    for list in &status.lists {
        lines.push(StatusLine::List {
            file: &list.path,
            readable: list.unreadable.is_none(),
            counts: CountFields::of(list.counts),
            last_signed: list.last_signed.map(|date| date.to_string()),
        });
    }
    for step in &status.next {
        lines.push(StatusLine::Next {
            command: step.command(),
            because: &step.because,
        });
    }
    lines.iter().try_for_each(|fields| line(out, fields))
}
