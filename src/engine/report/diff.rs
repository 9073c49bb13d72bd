//! The lines of what changed between two states: `diff`'s JSON Lines.

use super::{PieceLine, line, piece_lines};
use crate::release::diff::{Changes, Printed};
use crate::resolve::Reason;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum DiffLine<'a> {
    Joined {
        name: &'a str,
        kind: &'static str,
        detail: Option<&'a str>,
        was: Option<&'static str>,
    },
    Left {
        name: &'a str,
        kind: &'static str,
        detail: Option<&'a str>,
        reason: Option<&'static str>,
    },
    Renamed {
        from: String,
        to: String,
    },
    Regrouped {
        from: Vec<String>,
        to: Vec<String>,
    },
    Moved {
        name: String,
        from: &'a str,
        to: &'a str,
    },
    Undecided {
        left: String,
        joined: String,
        because: &'a str,
    },
    Text {
        old: Option<usize>,
        new: Option<usize>,
        pieces: Vec<PieceLine<'a>>,
    },
    Summary {
        before: usize,
        after: usize,
        joined: usize,
        left: usize,
        withdrawn: usize,
        renamed: usize,
        regrouped: usize,
        moved: usize,
        undecided: usize,
        text: usize,
    },
}

/// Writes a line for each change, and a summary.
///
/// # Errors
/// When `out` takes no more.
pub fn diff(changes: &Changes, out: &mut impl Write) -> io::Result<()> {
    let texts = |printed: &[Printed]| printed.iter().map(ToString::to_string).collect();
    let mut lines: Vec<DiffLine<'_>> = Vec::new();
    lines.extend(changes.joined.iter().map(|joined| DiffLine::Joined {
        name: &joined.printed.name,
        kind: joined.printed.kind.as_str(),
        detail: joined.printed.detail.as_deref(),
        was: joined.was.map(Reason::as_str),
    }));
    lines.extend(changes.left.iter().map(|left| DiffLine::Left {
        name: &left.printed.name,
        kind: left.printed.kind.as_str(),
        detail: left.printed.detail.as_deref(),
        reason: left.reason.map(Reason::as_str),
    }));
    lines.extend(changes.renamed.iter().map(|renamed| DiffLine::Renamed {
        from: renamed.from.to_string(),
        to: renamed.to.to_string(),
    }));
    lines.extend(changes.regrouped.iter().map(|regrouped| DiffLine::Regrouped {
        from: texts(&regrouped.from),
        to: texts(&regrouped.to),
    }));
    lines.extend(changes.moved.iter().map(|moved| DiffLine::Moved {
        name: moved.printed.to_string(),
        from: &moved.from,
        to: &moved.to,
    }));
    lines.extend(changes.questions.iter().map(|question| DiffLine::Undecided {
        left: question.old.to_string(),
        joined: question.new.to_string(),
        because: &question.because,
    }));
    lines.extend(changes.text.iter().map(|change| DiffLine::Text {
        old: change.old,
        new: change.new,
        pieces: piece_lines(&change.pieces),
    }));
    let withdrawn = changes
        .left
        .iter()
        .filter(|left| left.reason == Some(Reason::Withdrawn));
    lines.push(DiffLine::Summary {
        before: changes.before,
        after: changes.after,
        joined: changes.joined.len(),
        left: changes.left.len(),
        withdrawn: withdrawn.count(),
        renamed: changes.renamed.len(),
        regrouped: changes.regrouped.len(),
        moved: changes.moved.len(),
        undecided: changes.questions.len(),
        text: changes.text.len(),
    });
    lines.iter().try_for_each(|fields| line(out, fields))
}
