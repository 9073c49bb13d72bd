//! `undersigned completions`: a script for a shell.

use super::args::{Arguments, CompletionsArgs};
use super::exit::Exit;
use clap::CommandFactory;
use std::io::Write;

pub(super) fn run(arguments: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "undersigned", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Exit::Done)
}
