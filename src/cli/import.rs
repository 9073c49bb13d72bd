//! `undersigned import`: an export, a sheet or a pasted page becomes a clean list, or
//! adds what is new to one that stands.

use super::args::{Common, Import};
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, shown, standard_input};
use crate::compose;
use crate::diag::{Code, Diagnostic};
use crate::emit::list::{self, ExistingList, RowFormat, UsedColumns};
use crate::engine::Outputs;
use crate::load::dates::{Order, SignedAt};
use crate::load::overlap::{Traits, overlapping};
use crate::load::{self, Late, dates, delimited};
use crate::model::signatory::{Column, Record, Status};
use crate::source::{Origin, SourceMap};
use crate::store::Staging;
use anyhow::{Context, bail};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Import, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format, common);
    let session = Session::new()?;
    let nearest = [&arguments.into, &arguments.letter].into_iter().flatten().next();
    let workspace = session.around(nearest.unwrap_or(&arguments.file))?;
    let (project, known) = (&workspace.project, &workspace.known);
    let mut sources = workspace.sources.clone();
    let mut said = workspace.diagnostics.clone();
    let letter = match &arguments.letter {
        Some(path) => {
            let loaded = load::letter(&mut sources, &shown(path), path, project)?;
            said.extend(loaded.diagnostics);
            Some(loaded.value)
        }
        None => None,
    };
    let columns = letter.as_ref().map_or(&project.columns, |letter| &letter.columns);
    reporter.report(&sources, &said)?;

    let into = arguments.into.as_deref().filter(|into| into.exists());
    let names: BTreeSet<&str> = known.directory.iter().map(|entry| entry.name.as_str()).collect();
    let mut export = Export {
        rows: open(&arguments.file, columns, &mut sources)?,
        columns,
        version: letter.as_ref().map(compose::text_version),
        without_private: arguments.without_private,
        day_first: None,
    };
    let deadline = letter.as_ref().and_then(|letter| letter.deadline);
    let (mut survey, said) = export.survey(&sources, deadline, &names, into.is_some());
    reporter.report(&sources, &said)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    export.day_first = survey.order.day_first();
    reporter.report(&sources, &survey.late(export.day_first).tell(deadline))?;

    let (head, body, mut report) = match into {
        Some(into) => {
            let merged = merge(into, &mut export, &mut survey, &mut sources, &mut reporter)?;
            let Some(merged) = merged else { return Ok(Exit::Failed) };
            (merged.text, merged.body, merged.report)
        }
        None => {
            let path = arguments.into.as_ref().or(arguments.out.as_ref());
            if let Some(out) = &arguments.out
                && out.exists()
            {
                bail!("`{}` is there already; to add to it, write --into", shown(out));
            }
            let (head, body) = whole(path.map(PathBuf::as_path), survey.filled)?;
            (head, body, vec![counts(survey.count, 0, 0)])
        }
    };
    if survey.nameless > 0 {
        report.push(format!("{} without a name, left out", survey.nameless));
    }
    let asked: Vec<Diagnostic> = survey.asked.drain(..).map(|(_, asked)| asked).collect();
    reporter.report(&sources, &asked)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let mut writing = Writing {
        export: &mut export,
        head,
        body,
        added: survey.added.as_deref(),
    };
    match arguments.into.as_ref().or(arguments.out.as_ref()) {
        Some(path) => {
            let staging = Staging::new(&session.paths);
            let cannot = || format!("cannot write `{}`", shown(path));
            let mut file = BufWriter::with_capacity(BUFFER, staging.open(path).with_context(cannot)?);
            writing.write(&sources, &mut file).with_context(cannot)?;
            let file = file.into_inner().map_err(io::IntoInnerError::into_error);
            staging.close(file.with_context(cannot)?).with_context(cannot)?;
            staging.ready()?.commit()?;
            report.insert(0, shown(path));
            if !common.quiet {
                writeln!(io::stdout().lock(), "{}", printable(&report.join("\n")))?;
            }
        }
        None => {
            let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
            writing.write(&sources, &mut out)?;
            out.flush()?;
            drop(out);
            reporter.say(&printable(&report.join("\n")))?;
        }
    }
    Ok(if asked.is_empty() {
        Exit::Done
    } else {
        Exit::PersonNeeded
    })
}

/// How much of a list is written at a time, in bytes.
const BUFFER: usize = 256 << 10;

fn open(file: &Path, columns: &BTreeMap<String, String>, sources: &mut SourceMap) -> anyhow::Result<load::Rows> {
    if file != Path::new("-") {
        return Ok(load::open(sources, &shown(file), file, columns)?);
    }
    Ok(load::open_bytes(sources, "-", None, standard_input()?, columns)?)
}

/// What is imported. Its rows are read once to see what is in them and again to write
/// them, so that they need not be held.
struct Export<'a> {
    rows: load::Rows,
    columns: &'a BTreeMap<String, String>,
    /// The version of the letter's text.
    version: Option<String>,
    without_private: bool,
    /// Which of month and day its dates put first, where it shows.
    day_first: Option<bool>,
}

/// What was seen in an export.
#[derive(Default)]
struct Survey {
    /// Rows with a name.
    count: usize,
    nameless: usize,
    /// The columns that hold anything.
    filled: UsedColumns,
    order: Order,
    /// Signed late, if the month comes first, if the day does, and if it is not known.
    late: [Late; 3],
    /// Rows that may name two, by their place among those with a name.
    asked: Vec<(usize, Diagnostic)>,
    /// What tells the rows apart, and their columns; only where a list stands.
    traits: Vec<Traits>,
    /// The rows that are added, as places among those with a name; `None`: all.
    added: Option<Vec<usize>>,
}

/// The readings of a column's dates, as [`Survey::late`] has them.
const READINGS: [Option<bool>; 3] = [Some(false), Some(true), None];

impl Survey {
    fn late(&mut self, day_first: Option<bool>) -> Late {
        let at = READINGS.iter().position(|reading| *reading == day_first);
        at.map(|at| std::mem::take(&mut self.late[at])).unwrap_or_default()
    }
}

impl Export<'_> {
    /// Reads all rows once.
    fn survey(
        &mut self,
        sources: &SourceMap,
        deadline: Option<Date>,
        known: &BTreeSet<&str>,
        into_standing: bool,
    ) -> (Survey, Vec<Diagnostic>) {
        let mut survey = Survey::default();
        survey.filled.add(Column::Name);
        let said = self.each(sources, &mut |record, moment| {
            let Some(record) = record else {
                survey.nameless += 1;
                return;
            };
            if let Some(moment) = &moment {
                survey.order.see(moment);
            }
            for (late, reading) in survey.late.iter_mut().zip(READINGS) {
                late.see(&record, moment.map(|moment| moment.settled(reading)), deadline);
            }
            if let Some(asked) = ask(&record, known) {
                survey.asked.push((survey.count, asked));
            }
            if into_standing {
                survey.traits.push(Traits::of(&record));
            }
            survey.filled.join(UsedColumns::of(&record));
            survey.count += 1;
        });
        (survey, said)
    }

    /// Hands every row on, put in order, with when it was signed, as typed; `None` for
    /// one without a name.
    fn each(&mut self, sources: &SourceMap, take: &mut dyn FnMut(Option<Record>, Option<SignedAt>)) -> Vec<Diagnostic> {
        let (version, without_private, day_first) = (self.version.as_deref(), self.without_private, self.day_first);
        self.rows.each(sources, self.columns, &mut |mut record| {
            if record.name.is_empty() {
                return take(None, None);
            }
            let moment = record.get(Column::SignedAt).and_then(dates::moment);
            put_in_order(&mut record, moment, version, without_private, day_first);
            take(Some(record), moment);
        })
    }
}

/// Writes names and dates one way, stamps the version of the text, takes out what is private.
fn put_in_order(
    row: &mut Record,
    moment: Option<SignedAt>,
    version: Option<&str>,
    without_private: bool,
    day_first: Option<bool>,
) {
    // A name is one line of words; a form keeps every space that was typed.
    if row.name.contains("  ") {
        row.name = row.name.split_whitespace().collect::<Vec<_>>().join(" ").into();
    }
    // A date that may be read in two ways stays as it was typed, unless another
    // of the same export shows which way is meant.
    if let Some(moment) = moment
        && (moment.day_first.is_none() || day_first.is_some())
    {
        row.set(Column::SignedAt, &moment.iso(day_first.unwrap_or(false)));
    }
    if let Some(version) = version
        && row.get(Column::SignedText).is_none()
    {
        row.set(Column::SignedText, version);
    }
    if without_private {
        row.cells
            .retain(|(column, cell)| !(column.is_private() || *column == Column::Notes && load::looks_private(cell)));
    }
}

/// How rows are written after the head of a list.
enum Body {
    /// As cells.
    Cells(RowFormat),
    /// As `[[signatory]]` tables.
    Toml,
    /// One name a line.
    Lines,
}

/// The head of a new list, and how its rows are written, in the format of its name.
fn whole(path: Option<&Path>, filled: UsedColumns) -> anyhow::Result<(String, Body)> {
    let ending = path
        .and_then(Path::extension)
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let delimiter = match ending.as_str() {
        "toml" => return Ok((String::new(), Body::Toml)),
        "txt" => return Ok((String::new(), Body::Lines)),
        "" | "csv" => b',',
        "tsv" | "tab" => b'\t',
        _ => bail!("lists are written as .csv, .tsv, .toml or .txt, not as .{ending}"),
    };
    let sheet = RowFormat::new(filled, delimiter);
    let mut head = String::new();
    sheet.header(&mut head);
    Ok((head, Body::Cells(sheet)))
}

/// A list on its way to its file.
struct Writing<'a, 'b> {
    export: &'a mut Export<'b>,
    /// What stands before the rows.
    head: String,
    body: Body,
    /// The rows that are written, ascending; `None`: all.
    added: Option<&'a [usize]>,
}

impl Writing<'_, '_> {
    /// Writes the list.
    fn write(&mut self, sources: &SourceMap, out: &mut dyn Write) -> anyhow::Result<()> {
        let (body, head) = (&self.body, &mut self.head);
        let mut held = Vec::new();
        let mut line = String::new();
        let mut done = Ok(());
        if let Body::Cells(_) = body {
            done = out.write_all(head.as_bytes());
        }
        let mut place = 0;
        let mut added = self.added.map(|added| added.iter().copied().peekable());
        if self.added != Some(&[]) {
            self.export.each(sources, &mut |record, _| {
                let Some(record) = record else { return };
                let is_added = added.as_mut().is_none_or(|added| added.next_if_eq(&place).is_some());
                place += 1;
                if !is_added || done.is_err() {
                    return;
                }
                match body {
                    Body::Cells(sheet) => {
                        line.clear();
                        sheet.row(&mut line, &record);
                        done = out.write_all(line.as_bytes());
                    }
                    Body::Toml | Body::Lines => held.push(record),
                }
            });
        }
        done?;
        let text = match body {
            Body::Cells(_) => return Ok(()),
            _ if held.is_empty() => std::mem::take(head),
            Body::Toml => list::extend_toml(head, &held, &[])?,
            Body::Lines => list::extend_lines(head, &held)?,
        };
        out.write_all(text.as_bytes())?;
        Ok(())
    }
}

/// A list that stands, with room for what is new.
struct Merged {
    text: String,
    body: Body,
    report: Vec<String>,
}

/// Prepares to add to a list that stands, and notes in `survey` which rows are new.
/// `None`: it cannot be read, and the reporter said so.
fn merge(
    into: &Path,
    export: &mut Export<'_>,
    survey: &mut Survey,
    sources: &mut SourceMap,
    reporter: &mut Reporter,
) -> anyhow::Result<Option<Merged>> {
    let name = shown(into);
    let columns = export.columns;
    let loaded = load::list(sources, &name, into, columns)?;
    let said: Vec<Diagnostic> = loaded
        .diagnostics
        .into_iter()
        .filter(|said| said.code != Code::EmptyList)
        .collect();
    reporter.report(sources, &said)?;
    if reporter.failed() {
        return Ok(None);
    }
    let standing = loaded.value;
    let mut incoming = std::mem::take(&mut survey.traits);
    incoming.iter_mut().for_each(|row| row.settle(export.day_first));
    let old: Vec<Traits> = standing.iter().map(Traits::of).collect();
    let found = overlapping(&old, &incoming);
    drop((old, incoming));
    let mut report = Vec::new();
    let mut statuses = Vec::new();
    let mut added = Vec::new();
    let mut filled = UsedColumns::default();
    let mut at = 0;
    export.each(sources, &mut |row, _| {
        let Some(row) = row else { return };
        let old_at = found[at];
        at += 1;
        let Some(old_at) = old_at else {
            report.push(format!("added    {}{}", row.name, status_note(row.status)));
            filled.join(UsedColumns::of(&row));
            added.push(at - 1);
            return;
        };
        let old = &standing[old_at];
        if row.status > old.status && row.status >= Status::Withdrawn {
            report.push(format!(
                "updated  {}: {}, was {}",
                old.name,
                row.status.as_str(),
                old.status.as_str()
            ));
            statuses.push((old_at, row.status));
        } else if row.status != old.status {
            report.push(format!(
                "kept     {}: {} here, {} in the import",
                old.name,
                old.status.as_str(),
                row.status.as_str()
            ));
        } else if old.name != row.name {
            report.push(format!("kept     {}: `{}` in the import", old.name, row.name));
        }
    });
    report.push(counts(
        added.len(),
        statuses.len(),
        survey.count - added.len() - statuses.len(),
    ));
    survey.asked.retain(|(row, _)| added.binary_search(row).is_ok());
    statuses.sort_unstable_by_key(|&(at, _)| at);
    let Some(file) = standing
        .first()
        .map(|row| row.origin.file())
        .or_else(|| sources.files().last())
    else {
        bail!("cannot read `{name}`");
    };
    let text = sources.text(file);
    let ending = into.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let (extended, body) = match ending.as_str() {
        "toml" => {
            let places = toml_places(text, &standing, &statuses)?;
            (list::extend_toml(text, &[], &places)?, Body::Toml)
        }
        "txt" if delimited::layout(text, None, columns).is_none() => {
            if !statuses.is_empty() {
                bail!("`{name}` has one name a line and no room for a status; import into a .csv file");
            }
            (text.to_owned(), Body::Lines)
        }
        "csv" | "tsv" | "tab" | "txt" => {
            if text.trim().is_empty() {
                whole(None, filled)?
            } else {
                let delimiter = (ending != "csv").then_some(b'\t');
                let standing = cells_of(text, &name, &standing, delimiter, columns)?;
                let (text, sheet) = list::extend_cells(&standing, filled, &statuses);
                (text, Body::Cells(sheet))
            }
        }
        _ => bail!("cannot add to `{name}`; lists are written as .csv, .tsv, .toml or .txt: import it into one first"),
    };
    let text = if added.is_empty() && statuses.is_empty() {
        text.to_owned()
    } else {
        extended
    };
    survey.added = Some(added);
    Ok(Some(Merged { text, body, report }))
}

fn status_note(status: Status) -> String {
    match status {
        Status::Confirmed => String::new(),
        other => format!(" ({})", other.as_str()),
    }
}

fn counts(added: usize, updated: usize, skipped: usize) -> String {
    format!("{added} added, {updated} updated, {skipped} there already")
}

/// The places of rows among the `[[signatory]]` tables of a TOML list.
fn toml_places(text: &str, standing: &[Record], statuses: &[(usize, Status)]) -> anyhow::Result<Vec<(usize, Status)>> {
    let table = |record: &&Record| match record.origin {
        Origin::Span { start, .. } => text[start as usize..].starts_with("[["),
        _ => false,
    };
    statuses
        .iter()
        .map(|&(at, status)| {
            if !table(&&standing[at]) {
                bail!(
                    "`{}` is only a name in an array; write a [[signatory]] table for it, with status = \"{}\"",
                    standing[at].name,
                    status.as_str()
                );
            }
            Ok((standing[..at].iter().filter(table).count(), status))
        })
        .collect()
}

fn cells_of<'a>(
    text: &'a str,
    name: &str,
    standing: &[Record],
    delimiter: Option<u8>,
    columns: &BTreeMap<String, String>,
) -> anyhow::Result<ExistingList<'a>> {
    let layout = delimited::layout(text, delimiter, columns).with_context(|| {
        format!("cannot add to `{name}`: not one column of it holds the names; import it into a new list first")
    })?;
    let records = standing.iter().map(|record| match record.origin {
        Origin::Span { start, end, .. } => start as usize..end as usize,
        _ => 0..0,
    });
    Ok(ExistingList {
        text,
        delimiter: layout.delimiter,
        header: layout.header.clone(),
        records: records.collect(),
        columns: layout.columns,
        cells: delimited::cells,
    })
}

/// Asks about a cell that may name two signatories. A name that the directory has is
/// one.
fn ask(row: &Record, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    if row.status != Status::Confirmed || known.contains(&*row.name) {
        return None;
    }
    let names = load::multiple_names::multiple_names(&row.name)?;
    let message = match names[..] {
        [a, b] => format!("`{}` may be two signatories: `{a}` and `{b}`", row.name),
        _ => format!(
            "`{}` may be {} signatories: `{}`",
            row.name,
            names.len(),
            names.join("`, `")
        ),
    };
    Some(
        Diagnostic::warning(Code::SeveralNames, message)
            .at(row.origin)
            .hint("if they are several, write a row for each; if one, add the name to signatories/directory.toml"),
    )
}
