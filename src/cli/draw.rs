//! Draws results for people: one layout for all commands.
//!
//! In: texts. Out: lines: what the results are of, the findings, the counts, and the next
//! step. Guaranteed: lines wrap at words, with a hanging indent, at the terminal's width,
//! and never elsewhere; a color stands beside its word; text from users cannot steer the
//! terminal. Absent: what is drawn, which each command decides.

use super::report::printable;
use super::style::{BOLD, DIM, GREEN, RED, RESET, UNDERLINE};
use crate::release::words::WordRun;
use crate::resolve::Evidence;
use console::{Term, measure_text_width};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// The narrowest terminal at which lines are wrapped, in columns.
const NARROWEST: usize = 40;

/// The widest column of names, in columns. A longer name moves what follows it.
const WIDEST_NAME: usize = 60;

/// Returns the columns of the terminal that results go to, if they go to one.
pub(super) fn width() -> Option<usize> {
    let terminal = Term::stdout();
    let columns = terminal
        .size_checked()
        .map(|(_, columns)| usize::from(columns).max(NARROWEST));
    columns.filter(|_| terminal.is_term())
}

/// Returns a text in lines of at most `width` columns; all but the first are indented by
/// `hang`. The first begins in column `used`.
pub(super) fn wrapped(text: &str, used: usize, hang: usize, width: Option<usize>) -> String {
    let Some(width) = width.filter(|width| *width > hang + 10) else {
        return text.to_owned();
    };
    let mut out = String::new();
    let mut column = used;
    for (at, word) in text.split(' ').enumerate() {
        let length = measure_text_width(word);
        if at > 0 {
            if column + 1 + length > width {
                out += "\n";
                out += &" ".repeat(hang);
                column = hang;
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out += word;
        column += length;
    }
    out
}

/// Draws the heading of a section, with the number of what is in it and a remark.
pub(super) fn heading(out: &mut impl Write, color: &str, name: &str, count: usize, remark: &str) -> io::Result<()> {
    let gap = if remark.is_empty() { "" } else { "   " };
    writeln!(out, "\n{BOLD}{color}{name}{RESET} ({count}){gap}{DIM}{remark}{RESET}")
}

/// Draws the next step.
pub(super) fn next(out: &mut impl Write, command: &str) -> io::Result<()> {
    writeln!(out, "next: {}", printable(command))
}

/// Returns a path as it is typed in a shell.
pub(super) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "-_./#@%+=:,~".contains(c);
    match path.chars().all(is_plain) && !path.is_empty() {
        true => path,
        false => format!("'{}'", path.replace('\'', "'\\''")),
    }
}

/// Returns paths as they are typed in a shell.
pub(super) fn quoted_all(paths: &[impl AsRef<Path>]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| quoted(path.as_ref())).collect();
    paths.join(" ")
}

/// A row as it is drawn.
pub(super) struct RowLine {
    /// The name, which may be underlined.
    pub name: String,
    /// What is known of it.
    pub cells: String,
    /// Where it is.
    pub place: String,
}

/// The widths of the columns of rows.
pub(super) struct Columns {
    name: usize,
    cells: usize,
}

impl Columns {
    /// Makes columns that are wide enough for rows.
    pub(super) fn of<'a>(rows: impl IntoIterator<Item = &'a RowLine>) -> Self {
        let mut columns = Self { name: 0, cells: 0 };
        for row in rows {
            columns.name = columns.name.max(measure_text_width(&row.name).min(WIDEST_NAME));
            columns.cells = columns.cells.max(measure_text_width(&row.cells));
        }
        columns
    }

    /// Draws a row after `lead`, which stands before all rows alike.
    pub(super) fn draw(&self, out: &mut impl Write, lead: &str, row: &RowLine) -> io::Result<()> {
        let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(measure_text_width(text)));
        let cells = match self.cells {
            0 => String::new(),
            width => format!("   {}{}", row.cells, pad(&row.cells, width)),
        };
        writeln!(
            out,
            "{lead}{}{}{cells}   {DIM}{}{RESET}",
            row.name,
            pad(&row.name, self.name),
            row.place
        )
    }
}

/// Returns a word as it is compared: without case and punctuation.
fn bare(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns the words of names, as they are compared.
pub(super) fn words<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let names = names.into_iter();
    names.flat_map(str::split_whitespace).map(bare).collect()
}

/// Returns a name in which the words that `other` lacks are underlined.
pub(super) fn underlined(name: &str, other: &BTreeSet<String>) -> String {
    let word = |word: &str| match bare(word) {
        bare if bare.is_empty() || other.contains(&bare) => word.to_owned(),
        _ => format!("{UNDERLINE}{word}{RESET}"),
    };
    let words: Vec<String> = name.split(' ').map(word).collect();
    words.join(" ")
}

/// Draws the weightiest evidence about two names, at most `most` of it, and the total.
pub(super) fn evidence(out: &mut impl Write, evidence: &[Evidence], score: f64, most: usize) -> io::Result<()> {
    for evidence in evidence.iter().take(most) {
        writeln!(out, "  {:+6.1}  {}", evidence.weight.0, printable(&evidence.because))?;
    }
    let total: f64 = evidence.iter().map(|evidence| evidence.weight.0).sum();
    let more = match evidence.len().saturating_sub(most) {
        0 => String::new(),
        more => format!(" with {more} more (p shows all)"),
    };
    writeln!(out, "  {total:+6.1}  {DIM}in all{more}: match score {score:.2}{RESET}")
}

/// Longest stretch of words on both sides of a change that is shown.
const AROUND: usize = 8;

/// Returns words of a text with what is gone and what is new.
pub(super) fn pieces(pieces: &[WordRun]) -> String {
    let mut out: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        out.push(match piece {
            WordRun::Same(text) => printable(&around(text, at > 0, at + 1 < pieces.len())),
            WordRun::Gone(text) => format!("{RED}[-{}-]{RESET}", printable(text)),
            WordRun::New(text) => format!("{GREEN}{{+{}+}}{RESET}", printable(text)),
        });
    }
    out.retain(|text| !text.is_empty());
    out.join(" ")
}

/// Returns the words next to a change.
fn around(text: &str, after_change: bool, before_change: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (head, tail) = (AROUND * usize::from(after_change), AROUND * usize::from(before_change));
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let (head, tail) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
    format!("{head} … {tail}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_wrap_at_words_with_a_hanging_indent() {
        let text = "one two three four five six seven";
        assert_eq!(wrapped(text, 4, 2, None), text);
        assert_eq!(wrapped(text, 4, 2, Some(16)), "one two\n  three four\n  five six seven");
        // No word is cut, however long.
        assert_eq!(
            wrapped("a bbbbbbbbbbbbbbbbbbbb c", 0, 1, Some(14)),
            "a\n bbbbbbbbbbbbbbbbbbbb\n c"
        );
        // A color takes no room.
        let colored = format!("{RED}one{RESET} {RED}two{RESET}");
        assert_eq!(wrapped(&colored, 0, 0, Some(11)), colored);
    }

    #[test]
    fn a_path_is_quoted_for_the_shell() {
        let check = |path: &str, expected: &str| assert_eq!(quoted(Path::new(path)), expected);
        check("signatories/a-1.csv", "signatories/a-1.csv");
        check("members.xlsx#House", "members.xlsx#House");
        check("my list.csv", "'my list.csv'");
        check("$(rm).csv", "'$(rm).csv'");
        check("it's", "'it'\\''s'");
    }

    #[test]
    fn words_that_the_other_lacks_are_underlined() {
        let other = words(["UndocuBlack, Inc."]);
        assert_eq!(
            underlined("UNDOCUBLACK Network", &other),
            format!("UNDOCUBLACK {UNDERLINE}Network{RESET}")
        );
    }
}
