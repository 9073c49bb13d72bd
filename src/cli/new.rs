//! `undersigned new`: a workspace that renders at once, with a document of each kind.

use super::args::{Common, DiagnosticFormat, New};
use super::exit::Exit;
use super::report::Reporter;
use super::session::{Session, shown};
use crate::engine;
use crate::store;
use std::io::Write;

pub(super) fn run(arguments: &New, common: &Common) -> anyhow::Result<Exit> {
    let set = engine::new_workspace(&arguments.dir, arguments.kind.into());
    let paths: Vec<_> = set.changes.iter().map(|change| shown(&change.path)).collect();
    store::commit(&Session::new()?.paths, set)?;
    let mut out = std::io::stdout().lock();
    for path in &paths {
        writeln!(out, "{path}")?;
    }
    Reporter::new(DiagnosticFormat::Human, common)
        .say(&format!("next: cd {} && undersigned render", shown(&arguments.dir)))?;
    Ok(Exit::Done)
}
