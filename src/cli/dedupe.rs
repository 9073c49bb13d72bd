//! `undersigned dedupe`: who signed, what was merged and why, what to decide.

use super::args::{Common, DedupeArgs, DedupeFormat, DiagnosticFormat};
use super::draw::{self, Columns, RowLine};
use super::exit::Exit;
use super::place_links::PlaceLinks;
use super::progress::RunProgress;
use super::report::{Reporter, printable};
use super::session::{STANDARD_INPUT, Session, list_inputs, shown};
use super::style::{BOLD, MAGENTA, RESET, results};
use crate::diag::counted;
use crate::engine::{Deduplication, Workspace, report};
use crate::model::signatory::Column;
use crate::resolve::{self, Exclusion, Signatory, Zone};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &DedupeArgs, common: &Common) -> anyhow::Result<Exit> {
    let format = match arguments.format {
        DedupeFormat::Json => DiagnosticFormat::Json,
        DedupeFormat::Short => DiagnosticFormat::Short,
        DedupeFormat::Human | DedupeFormat::Csv => DiagnosticFormat::Human,
    };
    let mut reporter = Reporter::new(format, common);
    let progress = RunProgress::new(common.quiet);
    let workspace = of_lists(&Session::new()?, &arguments.lists)?;
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    let report_progress = |at: resolve::Progress| progress.at(at.step, u64::from(at.at), u64::from(at.of));
    let found = workspace.dedupe(list_inputs(&arguments.lists)?, Some(&report_progress))?;
    drop(progress);
    reporter.report(&found.sources, &found.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let mut plain = io::BufWriter::with_capacity(1 << 20, io::stdout());
    match arguments.format {
        DedupeFormat::Human | DedupeFormat::Short => {
            let drawing = RowReport {
                found: &found,
                lists: &arguments.lists,
                with_file: arguments.lists.len() > 1 || arguments.format == DedupeFormat::Short,
                width: draw::width(),
                links: PlaceLinks::new(common),
            };
            drawing.draw(&mut results(common))?;
        }
        DedupeFormat::Json => report::dedupe(&found, &mut plain)?,
        DedupeFormat::Csv => report::dedupe_csv(&found, &mut plain)?,
    }
    plain.flush()?;
    let exit = match found.counts().review + found.counts().held {
        0 => Exit::Done,
        _ => Exit::PersonNeeded,
    };
    // The process ends now: giving back millions of small pieces is wasted.
    std::mem::forget(found);
    Ok(exit)
}

/// Opens the workspace of lists: that of the first one's folder.
pub(super) fn of_lists(session: &Session, lists: &[PathBuf]) -> anyhow::Result<Workspace> {
    session.around(lists.first().map_or(Path::new(""), PathBuf::as_path))
}

/// Draws the rows by what became of them: first what a person must decide.
struct RowReport<'a> {
    found: &'a Deduplication,
    lists: &'a [PathBuf],
    /// True if rows are named with their files.
    with_file: bool,
    width: Option<usize>,
    links: PlaceLinks,
}

impl RowReport<'_> {
    fn draw(&self, out: &mut impl Write) -> io::Result<()> {
        let counts = self.found.counts();
        let names: Vec<String> = self.lists.iter().map(|list| printable(&shown(list))).collect();
        let rows = counted(counts.rows, "row", "rows");
        let signatories = counted(counts.signatories, "signatory", "signatories");
        writeln!(out, "{BOLD}{}{RESET}: {rows}, {signatories}", names.join(", "))?;
        self.ask(out)?;
        self.held(out)?;
        self.merged(out)?;
        self.left_out(out)?;
        let held = match counts.held {
            0 => String::new(),
            held => format!("{held} held, "),
        };
        writeln!(
            out,
            "\n{BOLD}{signatories}{RESET}: {} merged, {} to ask, {held}{} left out",
            counts.merged, counts.review, counts.excluded
        )?;
        let lists = draw::quoted_all(self.lists);
        match counts.review + counts.held {
            0 => draw::next(out, "undersigned check"),
            // The keys come from standard input, so the list cannot.
            _ if self.lists.iter().any(|list| list == Path::new(STANDARD_INPUT)) => {
                draw::next(out, "save the list in a file; then undersigned review LIST")
            }
            _ => draw::next(out, &format!("undersigned review {lists}")),
        }
    }

    /// Draws the pairs that a person must decide.
    fn ask(&self, out: &mut impl Write) -> io::Result<()> {
        let pairs: Vec<_> = self.found.pairs(Zone::Review).collect();
        if pairs.is_empty() {
            return Ok(());
        }
        draw::heading(out, MAGENTA, "Ask", pairs.len(), "both are printed until you answer")?;
        let line = |row: usize, other: usize| {
            let other = draw::words([self.found.row(other).name]);
            let mut line = self.line(row);
            line.name = draw::underlined(&line.name, &other);
            line
        };
        let lines: Vec<[RowLine; 2]> = pairs
            .iter()
            .map(|pair| [line(pair.a, pair.b), line(pair.b, pair.a)])
            .collect();
        let columns = Columns::of(lines.iter().flatten());
        for (at, (pair, [a, b])) in pairs.iter().zip(&lines).enumerate() {
            columns.draw(out, &format!("{:3}  ", at + 1), a)?;
            columns.draw(out, INDENT, b)?;
            let because = pair.judgement.evidence.iter().map(|evidence| &*evidence.because);
            let because = printable(&because.collect::<Vec<_>>().join("; "));
            let text = format!("match score {:.2}: {because}", pair.judgement.probability);
            let text = draw::wrapped(&text, INDENT.len() + 2, INDENT.len() + 2, self.width);
            writeln!(out, "{INDENT}  {text}")?;
        }
        Ok(())
    }

    /// Draws the rows that are held, each with its question.
    fn held(&self, out: &mut impl Write) -> io::Result<()> {
        let held = &self.found.resolution.held;
        if held.is_empty() {
            return Ok(());
        }
        draw::heading(out, MAGENTA, "Held", held.len(), "not printed until you answer")?;
        let lines: Vec<RowLine> = held.iter().map(|held| self.line(held.row)).collect();
        let columns = Columns::of(&lines);
        for (held, line) in held.iter().zip(&lines) {
            columns.draw(out, INDENT, line)?;
            let question = printable(&held.hold.question(self.found.row(held.row).name));
            let question = draw::wrapped(&question, INDENT.len() + 2, INDENT.len() + 2, self.width);
            writeln!(out, "{INDENT}  {question}")?;
        }
        Ok(())
    }

    /// Draws the signatories of more than one row, the rows of one name on one line.
    fn merged(&self, out: &mut impl Write) -> io::Result<()> {
        let several = self.found.signatories().filter(|signatory| signatory.rows.len() > 1);
        let drawn: Vec<(Vec<RowLine>, &Signatory)> = several
            .map(|signatory| (self.spellings(signatory), signatory))
            .collect();
        if drawn.is_empty() {
            return Ok(());
        }
        draw::heading(out, "", "Merged", self.found.counts().merged, "")?;
        let columns = Columns::of(drawn.iter().flat_map(|(lines, _)| lines));
        for (lines, signatory) in &drawn {
            for line in lines {
                columns.draw(out, INDENT, line)?;
            }
            let reasons = printable(&self.found.reasons(&signatory.rows).join("; "));
            let reasons = draw::wrapped(&reasons, INDENT.len() + 4, INDENT.len() + 4, self.width);
            writeln!(out, "{INDENT}  = {reasons}")?;
        }
        Ok(())
    }

    /// Returns the spellings of a signatory with their rows, the printed name first.
    fn spellings(&self, signatory: &Signatory) -> Vec<RowLine> {
        let mut spellings: Vec<(&str, Vec<usize>)> = vec![(&signatory.name, Vec::new())];
        for &row in &signatory.rows {
            let name = self.found.row(row).name;
            match spellings.iter_mut().find(|(spelling, _)| *spelling == name) {
                Some((_, rows)) => rows.push(row),
                None => spellings.push((name, vec![row])),
            }
        }
        let line = |(name, rows): (&str, Vec<usize>)| RowLine {
            name: printable(name),
            cells: String::new(),
            place: match rows.is_empty() {
                true => "the printed name".to_owned(),
                false => self.places(&rows),
            },
        };
        spellings.into_iter().map(line).collect()
    }

    /// Draws the rows that are left out, each with its reason.
    fn left_out(&self, out: &mut impl Write) -> io::Result<()> {
        let excluded = &self.found.resolution.excluded;
        if excluded.is_empty() {
            return Ok(());
        }
        draw::heading(out, "", "Left out", excluded.len(), "")?;
        let line = |excluded: &Exclusion| {
            let mut line = self.line(excluded.row);
            line.cells = excluded.reason.as_str().to_owned();
            line
        };
        let lines: Vec<RowLine> = excluded.iter().map(line).collect();
        let columns = Columns::of(&lines);
        lines.iter().try_for_each(|line| columns.draw(out, INDENT, line))
    }

    /// Returns a row as it is drawn.
    fn line(&self, row: usize) -> RowLine {
        let record = &self.found.records[row];
        let cells = [Column::City, Column::State].map(|column| record.get(column));
        let cells: Vec<&str> = cells.into_iter().flatten().collect();
        RowLine {
            name: printable(&record.name),
            cells: printable(&cells.join(", ")),
            place: self.places(&[row]),
        }
    }

    /// Returns the places of rows of one name.
    fn places(&self, rows: &[usize]) -> String {
        let place = |row: &usize| {
            let place = self.found.row(*row);
            let text = match self.with_file {
                true => format!("{}:{}", place.file, place.line),
                false => place.line.to_string(),
            };
            self.links.link(&printable(&text), place.file, place.line)
        };
        let places: Vec<String> = rows.iter().map(place).collect();
        let noun = match (self.with_file, rows.len()) {
            (true, _) => "",
            (false, 1) => "row ",
            (false, _) => "rows ",
        };
        format!("{noun}{}", places.join(", "))
    }
}

/// How far rows are indented.
const INDENT: &str = "     ";
