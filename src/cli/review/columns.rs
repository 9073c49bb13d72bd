//! Asks about columns that hold rows, one key each.
//!
//! In: keys. Out: the columns, one after the other, as lines of text; each answer is saved
//! in `[columns]` before the next is shown. Absent: rows.

use super::{AfterKey, Interview};
use crate::cli::report::printable;
use crate::cli::style::{BOLD, DIM, GREEN, RESET, YELLOW};
use crate::diag::counted;
use crate::engine::{ColumnAnswer, ColumnQuestion};
use std::io::{self, Write};

/// The keys; the key typed follows.
const KEYS: &str =
    " y yes may be printed  n yes may not  t status  o organizations  x not needed  k skip  ? more  q quit   > ";

/// Every key.
const ALL_KEYS: &str = " \
y  a yes may be printed, a no may not  o  it names the organizations that signed
 n  a yes may not be printed            a  it names where the people who signed work
 t  it is the status of the signature   x  it does not matter
 k  skip; decide row by row             u  undo the last decision
 q  quit; every decision is saved";

/// Returns the key of an answer.
fn key(answer: ColumnAnswer) -> char {
    match answer {
        ColumnAnswer::Publish => 'y',
        ColumnAnswer::Private => 'n',
        ColumnAnswer::Status => 't',
        ColumnAnswer::Name => 'o',
        ColumnAnswer::Affiliation => 'a',
        ColumnAnswer::Unused => 'x',
    }
}

/// Draws a column and some of its cells.
fn question(out: &mut impl Write, question: &ColumnQuestion) -> io::Result<()> {
    let rows = counted(question.rows, "row", "rows");
    let cells = question.cells.iter().map(|cell| cell.shown(printable));
    let mut cells: Vec<String> = cells.collect();
    if question.has_more {
        cells.push("...".to_owned());
    }
    let header = printable(&question.header);
    writeln!(
        out,
        " {BOLD}column “{header}”{RESET}   holds {rows}   {DIM}{}{RESET}",
        cells.join(", ")
    )?;
    writeln!(out, "   {YELLOW}does it decide who is printed, and how?{RESET}\n")
}

impl Interview {
    /// Asks about columns that hold rows until none is left; false if the person has enough.
    pub(super) fn ask_columns(&mut self, out: &mut impl Write) -> anyhow::Result<bool> {
        while let Some(asked) = self.review.next_column() {
            question(out, &asked)?;
            loop {
                match self.column_step(out, &asked)? {
                    AfterKey::Next => break,
                    AfterKey::Again => {}
                    AfterKey::End => return Ok(false),
                }
            }
        }
        Ok(true)
    }

    /// Reads one key about a column and does what it says.
    fn column_step(&mut self, out: &mut impl Write, asked: &ColumnQuestion) -> anyhow::Result<AfterKey> {
        write!(out, "{KEYS}")?;
        out.flush()?;
        let Some(typed) = self.keys.next()? else {
            writeln!(out)?;
            return Ok(AfterKey::End);
        };
        let typed = typed.to_ascii_lowercase();
        writeln!(out, "{}", if typed.is_control() { ' ' } else { typed })?;
        if let Some(&answer) = ColumnAnswer::ALL.iter().find(|&&answer| key(answer) == typed) {
            self.answer_column(out, asked, answer)?;
            return Ok(AfterKey::Next);
        }
        match typed {
            'k' => {
                self.review.skip_column(asked);
                writeln!(out, " skipped; its rows are asked about one by one\n")?;
            }
            other => return self.common_key(out, other, ALL_KEYS),
        }
        Ok(AfterKey::Next)
    }

    /// Saves an answer about a column.
    fn answer_column(
        &mut self,
        out: &mut impl Write,
        asked: &ColumnQuestion,
        answer: ColumnAnswer,
    ) -> anyhow::Result<()> {
        let header = printable(&asked.header);
        let said = format!("column “{header}” is read as `{}`", answer.as_str());
        let lock = self.session.hold(&self.root, false)?;
        let set = self.review.answer_column(asked, answer)?;
        self.commit(&lock, &format!("review: {said}"), set)?;
        drop(lock);
        writeln!(out, " {GREEN}{said}{RESET}\n")?;
        Ok(())
    }
}
