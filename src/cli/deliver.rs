//! `undersigned deliver`: bundles of a release, for those it goes to.

use super::args::{Common, DeliverArgs, ToArgument};
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, results_first, shown};
use crate::diag::counted;
use crate::engine::{DeliverRequest, DeliveryPlan, Destination};
use crate::store;
use std::path::Path;

pub(super) fn run(arguments: &DeliverArgs, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format, common);
    let session = Session::new()?;
    let workspace = session.around(&arguments.letter)?;
    let to = match arguments.to {
        ToArgument::Docket => Destination::Docket,
        ToArgument::Congress => Destination::Congress,
        ToArgument::Press => Destination::Press,
        ToArgument::Web => Destination::Web,
    };
    let request = DeliverRequest {
        letter: arguments.letter.clone(),
        to,
        release: arguments.release,
        attached: arguments.attach.clone(),
    };
    let mut plan = workspace.deliver(&request, arguments.out.as_deref(), arguments.zip)?;
    reporter.report(&plan.sources, &plan.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let set = std::mem::take(&mut plan.set);
    let paths: Vec<String> = set
        .changes
        .iter()
        .map(|change| printable(&shown(&change.path)))
        .collect();
    let lock = session.hold(&session.root_of_new(&plan.folder), common.quiet)?;
    let ready = store::stage(&session.paths, &lock, set)?;
    results_first(|out| paths.iter().try_for_each(|path| writeln!(out, "{path}")))?;
    ready.commit(&lock)?;
    let files = counted(plan.files.len(), "file", "files");
    let next = next(to, &plan);
    reporter.say(&printable(&format!(
        "{}, for {}: {files}; nothing was sent\nnext: {next}",
        plan.release,
        to.recipient()
    )))?;
    Ok(if plan.needs_person() {
        Exit::PersonNeeded
    } else {
        Exit::Done
    })
}

/// Returns what a person does with the bundle.
fn next(to: Destination, plan: &DeliveryPlan) -> String {
    let folder = shown(&plan.folder);
    let below = |name: &str| shown(&plan.folder.join(Path::new(name)));
    match to {
        Destination::Docket => format!(
            "upload the files in {}, and paste {} into the comment field",
            below("upload"),
            below("comment.txt")
        ),
        Destination::Congress => format!("send each PDF in {folder} with the text beside it"),
        Destination::Press => format!("send the files in {folder} with the text in email.txt"),
        Destination::Web if plan.address.is_empty() => format!("put the files in {folder} on your web site"),
        Destination::Web => format!("put the files in {folder} at {}", plan.address),
    }
}
