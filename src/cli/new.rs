//! `undersigned new`: a workspace that renders at once, with a document of each kind.

use super::args::{Common, DiagnosticFormat, NewArgs};
use super::exit::Exit;
use super::report::Reporter;
use super::session::{Session, results_first, shown};
use crate::engine;
use crate::store;

pub(super) fn run(arguments: &NewArgs, common: &Common) -> anyhow::Result<Exit> {
    let set = engine::new_workspace(&arguments.dir, arguments.kind.into(), arguments.example);
    let paths: Vec<_> = set.changes.iter().map(|change| shown(&change.path)).collect();
    let session = Session::new()?;
    let lock = session.hold(&session.root_of_new(&arguments.dir), common.quiet)?;
    let ready = store::stage(&session.paths, &lock, set)?;
    results_first(|out| paths.iter().try_for_each(|path| writeln!(out, "{path}")))?;
    ready.commit(&lock)?;
    let next = match arguments.example {
        true => "draft example/library.html",
        false => "render",
    };
    Reporter::new(DiagnosticFormat::Human, common)
        .say(&format!("next: cd {} && undersigned {next}", shown(&arguments.dir)))?;
    Ok(Exit::Done)
}
