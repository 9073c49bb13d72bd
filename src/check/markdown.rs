//! Markdown that does something else than its author meant.
//!
//! In: the letter's text and its source. Out: lines that are printed as one, headings that
//! a row of dashes made, and signs of other kinds of Markdown that are printed as they
//! stand. Guaranteed: lines with a break of their own are passed over. Absent: text that
//! would be lost, which is an error when the letter is read.

use super::expression::Regex;
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::source::Origin;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "markdown",
    description: "Lines, headings, and signs are read as their author meant them.",
    findings: &[
        Finding {
            code: Code::JoinedLines,
            severity: Severity::Warning,
            why: "An address or a signature of several lines is printed on one.",
        },
        Finding {
            code: Code::UnderlinedHeading,
            severity: Severity::Warning,
            why: "A row of dashes under a line makes it a heading, and no rule is printed.",
        },
        Finding {
            code: Code::LeftoverMarkup,
            severity: Severity::Warning,
            why: "Readers see signs that were meant for a program.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let source = case.subject.sources.text(case.subject.letter.file);
    for passage in &case.prose.passages {
        match passage.role {
            PassageRole::Paragraph => joined_lines(passage, source, sink),
            PassageRole::Heading(_) => underlined_heading(passage, source, sink),
            _ => {}
        }
        if !matches!(passage.role, PassageRole::Signatory | PassageRole::Alternative) {
            leftover_markup(passage, sink);
        }
    }
}

/// Longest line of an address or a signature, in characters.
const SHORT_LINE: usize = 45;

/// Tells of lines that are each a whole, as those of an address are, and have no break
/// between them: each is short, begins with a capital or a figure, and ends without a mark.
fn joined_lines(passage: &Passage, source: &str, sink: &mut Sink<'_>) {
    let Origin::Span { start, end, .. } = passage.whole() else {
        return;
    };
    let Some(typed) = source.get(start as usize..end as usize) else {
        return;
    };
    let lines: Vec<&str> = typed.lines().collect();
    let is_whole = |line: &&str| {
        let first = line.trim_start_matches(['*', '_', '[', '"', '“', ' ', '+', '(']);
        let last = line.trim_end_matches(['*', '_', ']', ')', '"', '”']);
        line.chars().count() <= SHORT_LINE
            && first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !last.ends_with(['.', '!', '?', ':', ';', '…', '\\'])
            && !line.ends_with("  ")
            && !line.ends_with('>')
    };
    if lines.len() < 2 || !lines.iter().all(is_whole) {
        return;
    }
    let count = lines.len();
    sink.add(
        Code::JoinedLines,
        passage.whole(),
        format!("these {count} lines are printed as one"),
        "end each line but the last with a backslash, if each is to be a line of its own",
    );
}

/// Most dashes of a row that was meant as a rule or as the mark before a signature.
const SHORT_ROW: usize = 3;

/// Tells of a heading that is one only because a short row of dashes stands below it.
fn underlined_heading(passage: &Passage, source: &str, sink: &mut Sink<'_>) {
    let Origin::Span { start, end, .. } = passage.whole() else {
        return;
    };
    let (start, end) = (start as usize, end as usize);
    let Some(behind) = source.get(end..) else { return };
    let Some(row) = behind.lines().nth(1).map(str::trim) else {
        return;
    };
    let own_line = source
        .get(start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let is_row = !row.is_empty() && (row.bytes().all(|b| b == b'-') || row.bytes().all(|b| b == b'='));
    let begins_line = source[..start].rsplit('\n').next().unwrap_or_default();
    if !is_row || begins_line.trim_start().starts_with('#') {
        return;
    }
    if row.len() <= SHORT_ROW && own_line.chars().count() > row.len() + SHORT_ROW {
        sink.add(
            Code::UnderlinedHeading,
            passage.whole(),
            format!("`{row}` below this line makes it a heading"),
            "put an empty line between them, or write ## before the line",
        );
    }
}

/// Signs of other kinds of Markdown, or of Markdown that was not closed, each with what to do.
static SIGNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let signs = [
        (
            r"\{[#.][\w-]+(?: +[#.][\w-]+)*\}",
            "take it out; headings need no names",
        ),
        (
            r"^:::+ ?\w*|(?:\s):::+(?:\s|$)",
            "take it out, or write a marked block quote",
        ),
        (r"\w~[\w+-]{1,8}~", "write <sub>…</sub>"),
        (r"\w\^[\w+-]{1,8}\^", "write <sup>…</sup>"),
        (r"\^\[[^\]]+\]", "write [^1] here, and the note below as [^1]: …"),
        (r"==[^=\s](?:[^=]*[^=\s])?==", "take the signs out"),
        (
            r"^\|[^|]*\|[^|]*\|(?:[^|]*[^|\s][^|]*\|)*",
            "a table needs a line of dashes below its first row, with as many cells",
        ),
        (r"(?:^|\s):[a-z][a-z_]{2,24}:(?:\s|$)", "paste the character itself"),
        (r"^\[[ xX]\] ", "write - before it, or take it out"),
        (r"\*\*\w|\w\*\*", "close the bold text, without spaces inside the signs"),
        (
            r"\] ?\((?:https?:|mailto:|www\.)",
            "write [words](address), without a space between",
        ),
        (r"^#{2,6}\w", "put a space after the signs"),
    ];
    signs
        .into_iter()
        .filter_map(|(pattern, cure)| Some((Regex::new(pattern).ok()?, cure)))
        .collect()
});

fn leftover_markup(passage: &Passage, sink: &mut Sink<'_>) {
    for (pattern, cure) in SIGNS.iter() {
        if let Some(found) = pattern.find(&passage.text) {
            let range = found.range();
            let shown: String = found.as_str().trim().chars().take(40).collect();
            sink.add(
                Code::LeftoverMarkup,
                passage.origin(range),
                format!("`{shown}` is printed as it stands"),
                *cure,
            );
        }
    }
}
