//! The lines of the acts that `undo` takes back: JSON Lines.

use super::line;
use crate::engine::{Act, UndoOutcome, UndoPlan};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum UndoLine<'a> {
    Act {
        number: u32,
        title: &'a str,
        at: Option<String>,
        files: Vec<String>,
    },
    File {
        file: &'a str,
        outcome: &'static str,
        lines_now: usize,
        lines_then: usize,
    },
    Summary {
        act: Option<u32>,
        title: Option<&'a str>,
        written: bool,
        files: usize,
        left: usize,
        next: Option<&'a str>,
    },
}

/// Writes a line for each act that can be undone, the last one first.
///
/// # Errors
/// When `out` takes no more.
pub fn acts(out: &mut impl Write, acts: &[Act]) -> io::Result<()> {
    for act in acts {
        let paths = act.files.iter().map(|file| file.path.display().to_string());
        let acted = UndoLine::Act {
            number: act.number,
            title: &act.title,
            at: act.at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%S").to_string()),
            files: paths.collect(),
        };
        line(out, &acted)?;
    }
    Ok(())
}

/// Writes a line for each file of the act that is taken back, and a summary. `plan` is
/// `None` if there is nothing to undo; `is_written` says whether it is done or only shown.
///
/// # Errors
/// When `out` takes no more.
pub fn undo(out: &mut impl Write, plan: Option<&UndoPlan>, is_written: bool) -> io::Result<()> {
    for file in plan.iter().flat_map(|plan| &plan.files) {
        let outcome = match file.outcome {
            UndoOutcome::Restored => "restored",
            UndoOutcome::Removed => "removed",
            UndoOutcome::Unchanged => "unchanged",
        };
        let changed = UndoLine::File {
            file: &file.shown,
            outcome,
            lines_now: file.lines_now,
            lines_then: file.lines_then,
        };
        line(out, &changed)?;
    }
    let summary = UndoLine::Summary {
        act: plan.map(|plan| plan.act.number),
        title: plan.map(|plan| plan.act.title.as_str()),
        written: is_written && plan.is_some(),
        files: plan.map_or(0, |plan| plan.files.len()),
        left: plan.map_or(0, |plan| plan.left),
        next: plan.and_then(|plan| plan.next.as_ref()).map(|act| act.title.as_str()),
    };
    line(out, &summary)
}
