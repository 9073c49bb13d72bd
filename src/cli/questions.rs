//! `undersigned questions`: the open questions as a file for colleagues, and their answers back.

use super::args::{Common, QuestionsArgs, ResultFormat};
use super::draw;
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, act, results_first, shown};
use super::style::{BOLD, DIM, GREEN, MAGENTA, RESET, results};
use crate::diag::{Severity, counted};
use crate::emit::question_sheet::{QUESTION_FORMATS, QuestionFormat};
use crate::engine::{
    AnswerFile, AnswerOutcome, AnswersPlan, AnswersRequest, ChangeSet, ReadAnswer, Review, Workspace, report,
};
use crate::model::question_sheet::{QuestionSheet, SheetSubject};
use crate::store;
use anyhow::bail;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// Most answers that are listed for one outcome: a screenful. All are counted.
const LISTED: usize = 20;

pub(super) fn run(arguments: &QuestionsArgs, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format.diagnostics(), common);
    let session = Session::new()?;
    let workspace = super::dedupe::of_lists(&session, &arguments.lists)?;
    match &arguments.out {
        Some(out) => send(arguments, out, common, &session, &workspace, &mut reporter),
        None => read(arguments, common, &session, &workspace, &mut reporter),
    }
}

/// Opens the reviews; reports what keeps lists from being read, and nothing else: what there is
/// to say of lists, `dedupe` says.
fn reviews(arguments: &QuestionsArgs, workspace: &Workspace, reporter: &mut Reporter) -> anyhow::Result<Vec<Review>> {
    let reviews = workspace.reviews(&arguments.lists)?;
    for review in &reviews {
        let said = review.diagnostics().iter();
        let errors: Vec<_> = said.filter(|said| said.severity == Severity::Error).cloned().collect();
        reporter.report(review.sources(), &errors)?;
        if reporter.failed() {
            break;
        }
    }
    Ok(reviews)
}

/// Returns the format that the name of a file says.
fn format_of(out: &Path) -> anyhow::Result<&'static QuestionFormat> {
    let ending = out.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = if ending == "htm" { "html" } else { &*ending };
    let found = QUESTION_FORMATS.iter().find(|format| format.extension == ending);
    let Some(format) = found else {
        let known: Vec<String> = QUESTION_FORMATS
            .iter()
            .map(|format| format!(".{}", format.extension))
            .collect();
        let name = printable(&out.display().to_string());
        bail!(
            "`{name}` says no format of questions; end its name with {}",
            known.join(", ")
        );
    };
    Ok(format)
}

/// Writes the open questions.
fn send(
    arguments: &QuestionsArgs,
    path: &Path,
    common: &Common,
    session: &Session,
    workspace: &Workspace,
    reporter: &mut Reporter,
) -> anyhow::Result<Exit> {
    let format = format_of(path)?;
    if session.files.about(&session.paths.absolute(path)).is_ok() {
        let name = printable(&shown(path));
        bail!("`{name}` already exists and may hold answers; nothing was written. Move it, or write to another file");
    }
    let reviews = reviews(arguments, workspace, reporter)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let sheet = workspace.question_sheet(&reviews, arguments.private)?;
    let bytes = (format.emit)(&sheet)?;
    let is_written = !arguments.dry_run && !sheet.questions.is_empty();
    if !common.quiet || arguments.format == ResultFormat::Json {
        let mut out = results(common);
        match arguments.format {
            ResultFormat::Json => report::questions(&mut out, &sheet, &shown(path))?,
            ResultFormat::Human => draw_sent(&mut out, &sheet, path, arguments)?,
        }
        out.flush()?;
    }
    if is_written {
        let mut set = ChangeSet::default();
        set.create(session.paths.absolute(path), bytes);
        let private: Vec<_> = set.changes.iter().map(|change| change.path.clone()).collect();
        let folder = path.parent().unwrap_or(Path::new(""));
        let lock = session.hold(&session.root_of_new(folder), common.quiet)?;
        let private = if arguments.private { &private[..] } else { &[] };
        store::commit_private(&session.paths, &lock, set, private)?;
    }
    Ok(Exit::Done)
}

/// Draws how many questions of each kind are sent, and what comes next.
fn draw_sent(out: &mut impl Write, sheet: &QuestionSheet, path: &Path, arguments: &QuestionsArgs) -> io::Result<()> {
    let note = if arguments.dry_run {
        "; a dry run, nothing is written"
    } else {
        ""
    };
    if sheet.questions.is_empty() {
        return writeln!(out, "no question is open; nothing was written");
    }
    let count = counted(sheet.questions.len(), "question", "questions");
    writeln!(out, "{BOLD}{}{RESET}: {count}{note}", printable(&shown(path)))?;
    let kinds = [
        (SheetSubject::Row, "row", "rows"),
        (SheetSubject::Pair, "pair of names", "pairs of names"),
        (SheetSubject::Family, "family of names", "families of names"),
        (SheetSubject::Column, "column", "columns"),
    ];
    for (subject, one, many) in kinds {
        let count = sheet
            .questions
            .iter()
            .filter(|question| question.subject == subject)
            .count();
        if count > 0 {
            writeln!(out, "  {}", counted(count, one, many))?;
        }
    }
    match sheet.is_private {
        true => writeln!(
            out,
            "  {MAGENTA}private{RESET}: it holds contacts and email addresses of signatories"
        )?,
        false => writeln!(out, "  {DIM}no email addresses, telephone numbers, or contacts{RESET}")?,
    }
    if arguments.dry_run {
        return Ok(());
    }
    let command = format!(
        "send it, then undersigned questions{} --read {}",
        lists(arguments),
        draw::quoted(path)
    );
    draw::next(out, &command)
}

/// Returns the lists as they are typed, with a space before them.
fn lists(arguments: &QuestionsArgs) -> String {
    match arguments.lists.is_empty() {
        true => String::new(),
        false => format!(" {}", draw::quoted_all(&arguments.lists)),
    }
}

/// Reads the answers of colleagues, and saves what is certain.
fn read(
    arguments: &QuestionsArgs,
    common: &Common,
    session: &Session,
    workspace: &Workspace,
    reporter: &mut Reporter,
) -> anyhow::Result<Exit> {
    // Held from before the answers are read until they are saved.
    let lock = match arguments.dry_run {
        true => None,
        false => Some(session.hold(&workspace.root, common.quiet)?),
    };
    let reviews = reviews(arguments, workspace, reporter)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let request = AnswersRequest {
        files: arguments.read.iter().cloned().map(AnswerFile::File).collect(),
        by: arguments.by.clone(),
        date: Some(arguments.date.unwrap_or_else(|| jiff::Zoned::now().date())),
    };
    let plan = workspace.read_answers(&reviews, request)?;
    reporter.report(&plan.sources, &plan.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let is_written = lock.is_some() && !plan.set.changes.is_empty();
    let tell = |out: &mut dyn Write| {
        let mut out = out;
        match arguments.format {
            ResultFormat::Json => report::answers(&mut out, &plan, is_written),
            ResultFormat::Human => draw_read(&mut out, &plan, arguments),
        }
    };
    if !common.quiet || arguments.format == ResultFormat::Json {
        results_first(|_| {
            let mut out = results(common);
            tell(&mut out)?;
            out.flush()
        })?;
    }
    if let Some(lock) = lock.filter(|_| is_written) {
        let set = session
            .history(&workspace.root)
            .keep(&act(title(&plan)), plan.set.clone())?;
        store::commit(&session.paths, &lock, set)?;
    }
    Ok(if plan.needs_person() {
        Exit::PersonNeeded
    } else {
        Exit::Done
    })
}

/// Returns the title of the act, for `undo`.
fn title(plan: &AnswersPlan) -> String {
    let saved = plan.answers.iter().filter(|one| one.outcome == AnswerOutcome::Saved);
    let people: BTreeSet<&str> = saved.filter_map(|one| one.by.as_deref()).collect();
    let answers = counted(plan.count(AnswerOutcome::Saved), "answer", "answers");
    match people.is_empty() {
        true => format!("questions: {answers}"),
        false => format!(
            "questions: {answers} by {}",
            people.into_iter().collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Returns an outcome as a heading, with its color.
fn heading(outcome: AnswerOutcome) -> (&'static str, &'static str) {
    match outcome {
        AnswerOutcome::Contradiction => (MAGENTA, "Contradict each other; not saved"),
        AnswerOutcome::Unreadable => (MAGENTA, "Not understood; not saved"),
        AnswerOutcome::Closed => ("", "To questions that are not open; not saved"),
        AnswerOutcome::Repeated => ("", "Saved before"),
        AnswerOutcome::Saved => (GREEN, "Saved"),
    }
}

/// Draws what became of the answers.
fn draw_read(out: &mut impl Write, plan: &AnswersPlan, arguments: &QuestionsArgs) -> io::Result<()> {
    let files: Vec<String> = arguments.read.iter().map(|path| printable(&shown(path))).collect();
    let note = if arguments.dry_run {
        "; a dry run, nothing is written"
    } else {
        ""
    };
    let given = counted(plan.answers.len(), "answer", "answers");
    writeln!(
        out,
        "{BOLD}{}{RESET}: {given}, {} left empty{note}",
        files.join(", "),
        plan.blank
    )?;
    for &outcome in AnswerOutcome::ALL {
        let count = plan.count(outcome);
        if count == 0 {
            continue;
        }
        let (color, name) = heading(outcome);
        draw::heading(out, color, name, count, "")?;
        let answers = plan.answers.iter().filter(|answer| answer.outcome == outcome);
        for answer in answers.take(LISTED) {
            writeln!(out, "  {}", answer_line(answer))?;
            if !answer.because.is_empty() {
                let because = printable(&answer.because);
                writeln!(out, "    {}", draw::wrapped(&because, 4, 4, draw::width()))?;
            }
        }
        if count > LISTED {
            writeln!(out, "  {DIM}and {} more{RESET}", count - LISTED)?;
        }
    }
    let verb = if arguments.dry_run { "would be saved" } else { "saved" };
    let saved = counted(plan.count(AnswerOutcome::Saved), "answer", "answers");
    let open = counted(plan.open, "question", "questions");
    writeln!(out, "\n{BOLD}{verb}{RESET}: {saved}; {open} open")?;
    let command = match (arguments.dry_run, plan.open) {
        (true, _) => {
            let files = arguments
                .read
                .iter()
                .map(|path| format!(" --read {}", draw::quoted(path)));
            format!("undersigned questions{}{}", lists(arguments), files.collect::<String>())
        }
        (false, open) if open == 0 || arguments.lists.is_empty() => "undersigned status".to_owned(),
        (false, _) => format!("undersigned review{}", lists(arguments)),
    };
    draw::next(out, &command)
}

/// Returns an answer on one line: what it is about, what it says, who gave it, and where.
fn answer_line(answer: &ReadAnswer) -> String {
    let about: Vec<String> = answer
        .about
        .iter()
        .map(|name| format!("“{}”", printable(name)))
        .collect();
    let about = match about.is_empty() {
        true => format!("key {}", printable(&answer.key)),
        false => about.join(" / "),
    };
    let said = match answer.answer.is_empty() {
        true => "no answer".to_owned(),
        false => printable(&answer.answer),
    };
    let print = answer.print.as_deref();
    let print = print.map_or(String::new(), |name| format!(", printed name “{}”", printable(name)));
    let by = answer
        .by
        .as_deref()
        .map_or(String::new(), |by| format!("; {}", printable(by)));
    let line = answer.line.map_or(String::new(), |line| format!(":{line}"));
    format!(
        "{about}: {said}{print}{by}  {DIM}{}{line}{RESET}",
        printable(&answer.file)
    )
}
