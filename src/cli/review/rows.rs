//! Asks about held rows, one key each.
//!
//! In: keys. Out: the rows, one after the other, as lines of text; each answer saved
//! before the next is shown. Absent: pairs.

use super::{AfterKey, Interview, draw};
use crate::cli::report::printable;
use crate::cli::style::{BOLD, DIM, GREEN, RESET, YELLOW};
use crate::diag::counted;
use crate::engine::{ReviewCounts, RowQuestion, RowReply};
use crate::model::held::{HeldReason, RowAnswer};
use std::io::{self, Write};

/// Every key.
const ALL_KEYS: &str = " \
s  signatory: print it                 a  answer all rows like this at once
 x  not a signatory                     n  signatory under another name
 v  several: split the row              r  give a reason for the next decision
 p  a person signs                      k  skip; decide another time
 w  it withdrew                         u  undo the last decision
 h  a heading: section of rows below    q  quit; every decision is saved";

/// Returns the key of an answer, and what it is called.
fn key(answer: RowAnswer) -> (char, &'static str) {
    match answer {
        RowAnswer::Signatory => ('s', "signatory"),
        RowAnswer::Not => ('x', "not a signatory"),
        RowAnswer::Split => ('v', "several"),
        RowAnswer::Person => ('p', "a person"),
        RowAnswer::Withdrawn => ('w', "withdrew"),
        RowAnswer::Section => ('h', "a heading"),
    }
}

/// Draws how far the review has come with rows.
fn progress(out: &mut impl Write, counts: &ReviewCounts) -> io::Result<()> {
    let rows = counted(counts.held, "row", "rows");
    writeln!(out, " {BOLD}{rows} to decide{RESET}  {} answered\n", counts.rows)
}

/// Draws a held row.
fn question(out: &mut impl Write, question: &RowQuestion, with_file: bool) -> io::Result<()> {
    let row = &question.row;
    let place = match with_file {
        true => format!("{}:{}", row.file, row.line),
        false => format!("row {}", row.line),
    };
    let cells = printable(&row.cells.join(", "));
    let name = printable(&row.name);
    writeln!(
        out,
        " {BOLD}{name}{RESET}   {cells}   {DIM}{}{RESET}",
        printable(&place)
    )?;
    writeln!(out, "   {YELLOW}{}{RESET}", printable(&question.question))?;
    for (at, name) in question.names.iter().enumerate() {
        writeln!(out, "   {}  {}", at + 1, printable(name))?;
    }
    if question.alike > 1 {
        writeln!(out, "   {} rows like this; a answers all", question.alike)?;
    }
    writeln!(out)
}

/// Draws the keys of a row.
fn keys(out: &mut impl Write, question: &RowQuestion, all: bool) -> io::Result<()> {
    if all {
        write!(out, " all {} rows:", question.alike)?;
    }
    for &answer in question.answers {
        let (key, called) = key(answer);
        write!(out, " {key} {called} ")?;
    }
    write!(out, " k skip  n name to print  u undo  ? more  q quit   > ")?;
    out.flush()
}

impl Interview {
    /// Asks about held rows until none is left, and about the columns that hold them first;
    /// false if the person has enough.
    pub(super) fn ask_rows(&mut self, out: &mut impl Write) -> anyhow::Result<bool> {
        while self.ask_columns(out)? {
            let Some(asked) = self.review.next_row() else {
                return Ok(true);
            };
            progress(out, &self.review.counts())?;
            question(out, &asked, self.several_lists)?;
            let mut all = false;
            loop {
                match self.row_step(out, &asked, &mut all)? {
                    AfterKey::Next => break,
                    AfterKey::Again => {}
                    AfterKey::End => return Ok(false),
                }
            }
        }
        Ok(false)
    }

    /// Reads one key about a row and does what it says.
    fn row_step(&mut self, out: &mut impl Write, asked: &RowQuestion, all: &mut bool) -> anyhow::Result<AfterKey> {
        keys(out, asked, *all)?;
        let Some(typed) = self.keys.next()? else {
            writeln!(out)?;
            return Ok(AfterKey::End);
        };
        let typed = typed.to_ascii_lowercase();
        writeln!(out, "{}", if typed.is_control() { ' ' } else { typed })?;
        let answer = RowAnswer::ALL.iter().copied().find(|&answer| key(answer).0 == typed);
        if let Some(answer) = answer {
            let Some(mut reply) = self.reply(out, asked, answer)? else {
                return Ok(AfterKey::Again);
            };
            reply.all = *all && answer != RowAnswer::Split;
            self.answer_row(out, asked, &reply)?;
            return Ok(AfterKey::Next);
        }
        match typed {
            'a' if asked.alike > 1 => {
                *all = !*all;
                return Ok(AfterKey::Again);
            }
            'n' => {
                write!(out, " Print which name? Enter goes back: ")?;
                out.flush()?;
                let Some(name) = self.keys.line()?.filter(|name| !name.trim().is_empty()) else {
                    return Ok(AfterKey::Again);
                };
                let mut reply = RowReply::new(RowAnswer::Signatory);
                reply.print = Some(name.trim().to_owned());
                self.answer_row(out, asked, &reply)?;
            }
            'k' => {
                self.review.skip_row(asked);
                writeln!(out, " skipped\n")?;
            }
            'r' => {
                self.why = draw::reason(out, &mut self.keys)?;
                return Ok(AfterKey::Again);
            }
            other => return self.common_key(out, other, ALL_KEYS),
        }
        Ok(AfterKey::Next)
    }

    /// Returns what an answer needs besides its key: the names of a split row, and the person.
    fn reply(
        &mut self,
        out: &mut impl Write,
        asked: &RowQuestion,
        answer: RowAnswer,
    ) -> anyhow::Result<Option<RowReply>> {
        let mut reply = RowReply::new(answer);
        if answer == RowAnswer::Split {
            let these = if asked.names.is_empty() {
                ""
            } else {
                " Enter: as above."
            };
            write!(out, " Which names? Write a semicolon between them.{these} ")?;
            out.flush()?;
            let typed = self.keys.line()?.unwrap_or_default();
            let typed = typed.split(';').map(str::trim).filter(|name| !name.is_empty());
            reply.into = typed.map(str::to_owned).collect();
            if reply.into.is_empty() {
                reply.into.clone_from(&asked.names);
            }
            if reply.into.len() < 2 {
                writeln!(out, " a row is split into two names or more")?;
                return Ok(None);
            }
        }
        // "N/A" is nobody's name; the contact may be the person that signs.
        if answer == RowAnswer::Person && asked.hold.reason == HeldReason::NoName {
            reply.print.clone_from(&asked.contact);
        }
        Ok(Some(reply))
    }

    /// Saves an answer about a row, and says what it comes to.
    fn answer_row(&mut self, out: &mut impl Write, asked: &RowQuestion, reply: &RowReply) -> anyhow::Result<()> {
        let name = reply
            .print
            .as_deref()
            .or(asked.hold.print.as_deref())
            .unwrap_or(&asked.row.name);
        let rows = match reply.all {
            true => format!("{} rows", asked.alike),
            false => format!("“{}”", printable(name)),
        };
        let said = match reply.answer {
            RowAnswer::Signatory => format!("{rows}: printed"),
            RowAnswer::Not => format!("{rows}: left out"),
            RowAnswer::Split => format!("{} signatories", reply.into.len()),
            RowAnswer::Person => format!("{rows}: printed as a person"),
            RowAnswer::Withdrawn => format!("{rows}: withdrawn"),
            RowAnswer::Section => format!("{rows}: the section of the rows below"),
        };
        let title = match reply.answer {
            RowAnswer::Split => format!("review: {rows}: {said}"),
            _ => format!("review: {said}"),
        };
        let attribution = self.attribution();
        let lock = self.session.hold(&self.root, false)?;
        let set = self.review.answer_row(asked, reply, &attribution)?;
        self.commit(&lock, &title, set)?;
        drop(lock);
        writeln!(out, " {GREEN}{said}{RESET}\n")?;
        Ok(())
    }
}
