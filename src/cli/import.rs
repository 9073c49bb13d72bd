//! `undersigned import`: an export, a sheet or a pasted page becomes a clean list, or
//! adds what is new to one that stands.

use super::args::{Common, Import};
use super::exit::Exit;
use super::output;
use super::report::{Reporter, printable};
use super::workspace::{Workspace, shown};
use crate::compose;
use crate::diag::{Code, Diagnostic};
use crate::emit::list::{self, Standing};
use crate::load::{self, dates, delimited};
use crate::model::letter::Letter;
use crate::model::signatory::{Column, Record, Status};
use crate::source::{Origin, SourceMap};
use anyhow::{Context, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::path::Path;

pub(super) fn run(arguments: &Import, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format, common);
    let mut sources = SourceMap::default();
    let mut said = Vec::new();
    let nearest = [&arguments.into, &arguments.letter].into_iter().flatten().next();
    let nearest = nearest.unwrap_or(&arguments.file);
    let workspace = Workspace::find(nearest.parent().unwrap_or(Path::new("")))?;
    let project = workspace.project(&mut sources, &mut said)?;
    let known = workspace.known(&mut sources, &mut said)?;
    let letter = match &arguments.letter {
        Some(path) => {
            let loaded = load::letter(&mut sources, &shown(path), path, &project)?;
            said.extend(loaded.diagnostics);
            Some(loaded.value)
        }
        None => None,
    };
    let columns = letter.as_ref().map_or(&project.columns, |letter| &letter.columns);
    reporter.report(&sources, &said)?;

    let loaded = read(&arguments.file, columns, &mut sources)?;
    reporter.report(&sources, &loaded.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let read = loaded.value.len();
    let mut rows: Vec<Record> = loaded
        .value
        .into_iter()
        .filter(|record| !record.name.is_empty())
        .collect();
    let nameless = read - rows.len();
    put_in_order(&mut rows, letter.as_ref(), arguments.without_private);
    if let Some(letter) = &letter {
        reporter.report(&sources, &load::late(&rows, letter.deadline))?;
    }

    let (text, path, added, mut report) = match &arguments.into {
        Some(into) if into.exists() => {
            let merged = merge(into, &rows, columns, &mut sources, &mut reporter)?;
            let Some(merged) = merged else { return Ok(Exit::Failed) };
            (merged.text, Some(into), merged.added, merged.report)
        }
        into => {
            let path = into.as_ref().or(arguments.out.as_ref());
            if let Some(out) = &arguments.out
                && out.exists()
            {
                bail!("`{}` is there already; to add to it, write --into", shown(out));
            }
            let text = whole(path.map(std::path::PathBuf::as_path), &rows)?;
            let report = vec![counts(rows.len(), 0, 0)];
            (text, path, (0..rows.len()).collect(), report)
        }
    };
    if nameless > 0 {
        report.push(format!("{nameless} without a name, left out"));
    }
    let names: BTreeSet<&str> = known.directory.iter().map(|entry| entry.name.as_str()).collect();
    let asked = ask(added.iter().map(|&at| &rows[at]), &names);
    reporter.report(&sources, &asked)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    match path {
        Some(path) => {
            output::write_all(&[output::File {
                path: path.clone(),
                bytes: text.into_bytes(),
            }])?;
            report.insert(0, shown(path));
            if !common.quiet {
                writeln!(io::stdout().lock(), "{}", printable(&report.join("\n")))?;
            }
        }
        None => {
            io::stdout().lock().write_all(text.as_bytes())?;
            reporter.say(&printable(&report.join("\n")))?;
        }
    }
    Ok(if asked.is_empty() {
        Exit::Done
    } else {
        Exit::PersonNeeded
    })
}

fn read(
    file: &Path,
    columns: &BTreeMap<String, String>,
    sources: &mut SourceMap,
) -> anyhow::Result<load::Loaded<Vec<Record>>> {
    if file != Path::new("-") {
        return Ok(load::list(sources, &shown(file), file, columns)?);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    Ok(load::list_from_bytes(sources, "-", None, bytes, columns)?)
}

/// Writes names and dates one way, stamps the version of the text, takes out what is private.
fn put_in_order(rows: &mut [Record], letter: Option<&Letter>, without_private: bool) {
    let day_first = dates::day_first(rows.iter().filter_map(|row| row.get(Column::SignedAt)));
    let version = letter.map(compose::text_version);
    for row in rows {
        // A name is one line of words; a form keeps every space that was typed.
        if row.name.contains("  ") {
            row.name = row.name.split_whitespace().collect::<Vec<_>>().join(" ").into();
        }
        let moment = row.get(Column::SignedAt).and_then(dates::moment);
        // A date that may be read in two ways stays as it was typed, unless another
        // of the same export shows which way is meant.
        if let Some(moment) = moment
            && (moment.day_first.is_none() || day_first.is_some())
        {
            row.set(Column::SignedAt, &moment.iso(day_first.unwrap_or(false)));
        }
        if let Some(version) = &version
            && row.get(Column::SignedText).is_none()
        {
            row.set(Column::SignedText, version);
        }
        if without_private {
            row.cells.retain(|(column, cell)| {
                !(column.is_private() || *column == Column::Notes && load::looks_private(cell))
            });
        }
    }
}

/// The text of a new list, in the format of its name.
fn whole(path: Option<&Path>, rows: &[Record]) -> anyhow::Result<String> {
    let ending = path
        .and_then(Path::extension)
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match ending.as_str() {
        "toml" => Ok(list::extend_toml("", rows, &[])?),
        "txt" => Ok(list::extend_lines("", rows)?),
        "" | "csv" => Ok(list::csv(rows)),
        "tsv" | "tab" => Ok(list::csv_divided(rows, b'\t')),
        _ => bail!("lists are written as .csv, .tsv, .toml or .txt, not as .{ending}"),
    }
}

/// A list with what is new in it.
struct Merged {
    text: String,
    /// The rows that were added, as places among the incoming.
    added: Vec<usize>,
    report: Vec<String>,
}

/// Adds to a list that stands. `None`: it cannot be read, and the reporter said so.
fn merge(
    into: &Path,
    rows: &[Record],
    columns: &BTreeMap<String, String>,
    sources: &mut SourceMap,
    reporter: &mut Reporter,
) -> anyhow::Result<Option<Merged>> {
    let name = shown(into);
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
    let found = load::overlap::overlap(&standing, rows);
    let mut report = Vec::new();
    let mut statuses = Vec::new();
    let mut added = Vec::new();
    for (at, (row, found)) in rows.iter().zip(&found).enumerate() {
        let Some(old_at) = *found else {
            report.push(format!("added    {}{}", row.name, status_note(row.status)));
            added.push(at);
            continue;
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
    }
    report.push(counts(
        added.len(),
        statuses.len(),
        rows.len() - added.len() - statuses.len(),
    ));
    let new: Vec<Record> = added.iter().map(|&at| rows[at].clone()).collect();
    let Some(file) = standing
        .first()
        .map(|row| row.origin.file())
        .or_else(|| sources.files().last())
    else {
        bail!("cannot read `{name}`");
    };
    let text = sources.text(file);
    let ending = into.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let extended = match ending.as_str() {
        "toml" => list::extend_toml(text, &new, &toml_places(text, &standing, &statuses)?)?,
        "txt" if delimited::layout(text, None, columns).is_none() => {
            if !statuses.is_empty() {
                bail!("`{name}` has one name a line and no room for a status; import into a .csv file");
            }
            list::extend_lines(text, &new)?
        }
        "csv" | "tsv" | "tab" | "txt" => {
            if text.trim().is_empty() {
                list::csv(&new)
            } else {
                let delimiter = (ending != "csv").then_some(b'\t');
                let standing = cells_of(text, &name, &standing, delimiter, columns)?;
                list::extend_cells(&standing, &new, &statuses)
            }
        }
        _ => bail!("cannot add to `{name}`; lists are written as .csv, .tsv, .toml or .txt: import it into one first"),
    };
    let text = if new.is_empty() && statuses.is_empty() {
        text.to_owned()
    } else {
        extended
    };
    Ok(Some(Merged { text, added, report }))
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
) -> anyhow::Result<Standing<'a>> {
    let layout = delimited::layout(text, delimiter, columns).with_context(|| {
        format!("cannot add to `{name}`: not one column of it holds the names; import it into a new list first")
    })?;
    let records = standing.iter().map(|record| match record.origin {
        Origin::Span { start, end, .. } => {
            let span = start as usize..end as usize;
            let cells = delimited::cells(&text[span.clone()], layout.delimiter);
            (span, cells)
        }
        _ => (0..0, Vec::new()),
    });
    Ok(Standing {
        text,
        delimiter: layout.delimiter,
        header: layout.header.clone(),
        records: records.collect(),
        columns: layout.columns,
    })
}

/// Asks about cells that may name two signatories. A name that the directory has is
/// one.
fn ask<'a>(rows: impl Iterator<Item = &'a Record>, known: &BTreeSet<&str>) -> Vec<Diagnostic> {
    rows.filter(|row| row.status == Status::Confirmed && !known.contains(&*row.name))
        .filter_map(|row| {
            let (a, b) = load::several::several(&row.name)?;
            let message = format!("`{}` may be two signatories: `{a}` and `{b}`", row.name);
            Some(
                Diagnostic::warning(Code::SeveralNames, message)
                    .at(row.origin)
                    .hint("if they are two, write a row for each; if one, add the name to signatories/directory.toml"),
            )
        })
        .collect()
}
