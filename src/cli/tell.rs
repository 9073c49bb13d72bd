//! `undersigned tell`: drafts of emails to signatories, as files.

use super::args::{AboutArgument, Common, DiagnosticFormat, TellArgs};
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, list_inputs, results_first, shown};
use super::style::{BOLD, DIM, MAGENTA, RESET, results};
use crate::diag::counted;
use crate::engine::{Occasion, TellPlan, TellRequest, Untold};
use crate::store;
use std::io::{self, Write};
use std::path::PathBuf;

/// Most names that are listed for one reason: a screenful. All are counted.
const LISTED: usize = 20;

pub(super) fn run(arguments: &TellArgs, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(DiagnosticFormat::Human, common);
    let session = Session::new()?;
    let workspace = session.around(&arguments.letter)?;
    let request = TellRequest {
        letter: arguments.letter.clone(),
        occasion: match arguments.about {
            AboutArgument::Listing => Occasion::Listing,
            AboutArgument::Changes => Occasion::Changes,
            AboutArgument::Reminder => Occasion::Reminder,
            AboutArgument::Thanks => Occasion::Thanks,
        },
        invited: list_inputs(&arguments.invited)?,
        date: arguments.date,
        link: arguments.link.clone(),
        attached: arguments.attach.clone(),
    };
    let plan = workspace.tell(request, arguments.out.clone())?;
    reporter.report(&plan.sources, &plan.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    if !common.quiet {
        results_first(|_| {
            let mut out = results(common);
            draw(&mut out, &plan, arguments)?;
            out.flush()
        })?;
    }
    let lock = session.hold(&session.root_of_new(&plan.folder), common.quiet)?;
    let private: Vec<PathBuf> = plan.set.changes.iter().map(|change| change.path.clone()).collect();
    let is_doubtful = plan.not_told.iter().any(|not_told| not_told.why == Untold::Doubtful);
    store::commit_private(&session.paths, &lock, plan.set, &private)?;
    Ok(if is_doubtful { Exit::PersonNeeded } else { Exit::Done })
}

/// Returns a reason as a heading.
fn reason(why: Untold) -> &'static str {
    match why {
        Untold::NoAddress => "No email address",
        Untold::Doubtful => "May have signed under another name; look at these yourself",
        Untold::Agreed => "Signed the present text",
        Untold::Signed => "Signed already",
        Untold::InList => "Withdrew, declined, or waiting in a list",
        Untold::Repeated => "Invited twice",
    }
}

/// Draws what is written, and who is not written to.
fn draw(out: &mut dyn Write, plan: &TellPlan, arguments: &TellArgs) -> io::Result<()> {
    let letter = printable(&shown(&arguments.letter));
    let folder = printable(&shown(&plan.folder));
    let drafts = counted(plan.set.changes.len(), "draft", "drafts");
    writeln!(out, "{BOLD}{letter} -> {folder}{RESET}: {drafts}")?;
    for group in plan.not_told.chunk_by(|a, b| a.why == b.why) {
        let why = group[0].why;
        let color = if why == Untold::Doubtful { MAGENTA } else { "" };
        writeln!(out, "\n{color}{BOLD}{}{RESET} ({})", reason(why), group.len())?;
        for not_told in group.iter().take(LISTED) {
            writeln!(out, "  {}", printable(&not_told.name))?;
        }
        if group.len() > LISTED {
            writeln!(out, "  {DIM}and {} more{RESET}", group.len() - LISTED)?;
        }
    }
    writeln!(out, "\nnothing was sent; open the drafts in your mail program")
}
