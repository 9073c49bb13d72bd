//! `undersigned import`: an export, a sheet or a pasted page becomes a clean list, or
//! adds what is new to one that stands.

mod dry_run;

use super::args::{Common, ImportArgs};
use super::draw;
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{STANDARD_INPUT, Session, act, results_first, shown, standard_input};
use super::style::results;
use crate::diag::Diagnostic;
use crate::engine::{
    ChangeSet, ImportEntry, ImportPlan, ImportQuestion, ImportRequest, ImportTarget, ListInput, RowOutcome, Workspace,
};
use crate::model::signatory::Status;
use crate::store::{self, Lock, Staging};
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub(super) fn run(arguments: &ImportArgs, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format, common);
    let session = Session::new()?;
    let nearest = [&arguments.into, &arguments.letter].into_iter().flatten().next();
    let nearest = nearest.unwrap_or(&arguments.file);
    // Held from before the list is read until it is written, so that imports and answers
    // of others are neither lost nor overwritten.
    let root = session.root(nearest.parent().unwrap_or(Path::new("")));
    let writes = !arguments.dry_run && (arguments.into.is_some() || arguments.out.is_some());
    let lock = writes.then(|| session.hold(&root, common.quiet)).transpose()?;
    let mut workspace = session.around(nearest)?;
    let answers = answer_columns(&mut workspace, arguments)?;
    let mut plan = workspace.import(request(arguments)?)?;
    reporter.report(&plan.sources, &plan.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let first = plan.questions.iter().take(QUESTIONS);
    let asked: Vec<Diagnostic> = first.map(ImportQuestion::diagnostic).collect();
    reporter.report(&plan.sources, &asked)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    // With a list, what the columns mean is written in one act with it.
    let (alone, beside) = match (answers, &lock) {
        (Some((title, set)), None) => (Some((title, set)), ChangeSet::default()),
        (Some((_, set)), Some(_)) => (None, set),
        (None, _) => (None, ChangeSet::default()),
    };
    if let Some((title, set)) = alone.filter(|_| !arguments.dry_run) {
        let own = session.hold(&workspace.root, common.quiet)?;
        let set = session.history(&workspace.root).keep(&act(title), set)?;
        store::commit(&session.paths, &own, set)?;
    }
    if arguments.dry_run {
        let mut out = results(common);
        dry_run::draw(&mut out, &plan, arguments)?;
        out.flush()?;
    } else {
        write(&mut plan, beside, &session, lock.as_ref(), &reporter, arguments, common)?;
    }
    Ok(if plan.counts.asked.count == 0 {
        Exit::Done
    } else {
        Exit::PersonNeeded
    })
}

/// Says to the workspace what columns mean. Returns the change of undersigned.toml that keeps
/// it, with its title; `None` if there is none.
fn answer_columns(workspace: &mut Workspace, arguments: &ImportArgs) -> anyhow::Result<Option<(String, ChangeSet)>> {
    if arguments.columns.is_empty() {
        return Ok(None);
    }
    let set = workspace.set_columns(&arguments.columns, arguments.letter.as_slice())?;
    let said: Vec<String> = arguments
        .columns
        .iter()
        .map(|(header, word)| format!("column “{header}” is read as `{word}`"))
        .collect();
    Ok(Some((format!("import: {}", said.join(", ")), set)))
}

/// What is said of the questions about an export of very many rows.
const JUDGED_ALONE: &str = "each row was judged by itself; `dedupe` counts the rows that are held beside each other";

/// Most questions that are named one by one: a screenful. All are counted.
const QUESTIONS: usize = 20;

/// Returns what the arguments ask for.
fn request(arguments: &ImportArgs) -> anyhow::Result<ImportRequest> {
    let input = match arguments.file == Path::new(STANDARD_INPUT) {
        true => ListInput::Bytes(STANDARD_INPUT.to_owned(), standard_input()?),
        false => ListInput::File(arguments.file.clone()),
    };
    let target = match (&arguments.into, &arguments.out) {
        (Some(list), _) => ImportTarget::List(list.clone()),
        (None, Some(file)) => ImportTarget::New(file.clone()),
        (None, None) => ImportTarget::Nowhere,
    };
    Ok(ImportRequest {
        input,
        target,
        letter: arguments.letter.clone(),
        without_private: arguments.without_private,
    })
}

/// How much of a list is written to standard output at a time, in bytes.
const BUFFER: usize = 256 << 10;

/// Writes the list, with the changes `beside` it, and reports what became of the rows.
fn write(
    plan: &mut ImportPlan,
    beside: ChangeSet,
    session: &Session,
    lock: Option<&Lock>,
    reporter: &Reporter,
    arguments: &ImportArgs,
    common: &Common,
) -> anyhow::Result<()> {
    let mut report: Vec<String> = plan.entries.iter().map(entry_line).collect();
    let counts = &plan.counts;
    report.push(format!(
        "{} added, {} updated, {} there already",
        counts.added.count, counts.updated.count, counts.there.count
    ));
    if counts.asked.count > 0 {
        report.push(format!("{} held and not printed until you answer", counts.asked.count));
    }
    if plan.judged_alone {
        report.push(JUDGED_ALONE.to_owned());
    }
    if counts.nameless.count > 0 {
        report.push(format!("{} without a name, left out", counts.nameless.count));
    }
    match (plan.target.clone(), lock) {
        (ImportTarget::New(path) | ImportTarget::List(path), Some(lock)) => {
            let staging = Staging::new(&session.paths, lock.root());
            let content = plan.write(&staging)?;
            staging.expect(&path, plan.expected());
            let counts = &plan.counts;
            let title = format!(
                "import {}: {} added, {} updated",
                shown(&arguments.file),
                counts.added.count,
                counts.updated.count
            );
            staging.add(session.history(&path).keep_with(&act(title), beside, &path, content)?)?;
            if plan.is_private() {
                staging.keep_private(&path);
            }
            let ready = staging.ready()?;
            report.insert(0, format!("{} -> {}", shown(&arguments.file), shown(&path)));
            let command = if counts.asked.count > 0 { "review" } else { "dedupe" };
            report.push(format!("next: undersigned {command} {}", draw::quoted(&path)));
            if !common.quiet {
                results_first(|out| writeln!(out, "{}", printable(&report.join("\n"))))?;
            }
            ready.commit(lock)?;
        }
        (_, None) | (ImportTarget::Nowhere, _) => {
            let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
            plan.write_to(&mut out)?;
            out.flush()?;
            drop(out);
            reporter.say(&printable(&report.join("\n")))?;
        }
    }
    Ok(())
}

/// Returns what became of a row, on a line.
fn entry_line(entry: &ImportEntry) -> String {
    let name = &entry.name;
    match &entry.outcome {
        RowOutcome::Added(Status::Confirmed) => format!("added    {name}"),
        RowOutcome::Added(status) => format!("added    {name} ({})", status.as_str()),
        RowOutcome::Updated { old, new } => format!("updated  {name}: {}, was {}", new.as_str(), old.as_str()),
        RowOutcome::Reopened(hold) => format!("held     {name}: {}", hold.question(name)),
        RowOutcome::StatusKept { list, export } => {
            format!(
                "kept     {name}: {} here, {} in the import",
                list.as_str(),
                export.as_str()
            )
        }
        RowOutcome::NameKept { export } => format!("kept     {name}: `{export}` in the import"),
    }
}
