//! The command line. Alone prints, reads the clock, the environment and the
//! terminal.
//!
//! In: what was typed. Out: files, results on standard output, diagnostics and
//! progress on standard error, and an exit code. [`run`] is the whole program;
//! `main` only hands it the arguments.

mod args;
mod check;
#[cfg(all(test, feature = "desk"))]
mod commands_page_tests;
mod completions;
mod dedupe;
mod deliver;
mod diff;
mod draft;
mod draw;
mod exit;
mod explain;
mod import;
mod man;
mod new;
mod place_links;
mod progress;
mod questions;
mod release;
mod render;
mod report;
mod review;
#[cfg(feature = "desk")]
mod serve;
mod session;
mod status;
mod style;
mod tell;
mod undo;
mod verify;
mod version;
mod watch;

use crate::bounds;
use anyhow::Context;
use args::{Arguments, Command};
use clap::Parser;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// Runs the program with the given arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let [_, argument, task] = &*arguments
        && argument == bounds::ARGUMENT
    {
        return bounded_task(&task.to_string_lossy());
    }
    if let Ok(program) = std::env::current_exe() {
        bounds::use_program(program);
    }
    #[cfg(feature = "desk")]
    let arguments = serve::or_desk(arguments);
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            if let Some(text) = version::verbose(&error, &arguments) {
                let _ = anstream::stdout().write_all(text.as_bytes());
                return ExitCode::SUCCESS;
            }
            // Help and version go to standard output with code 0, the rest to
            // standard error with code 2. A closed pipe is no error.
            let code = error.exit_code();
            let _ = error.print();
            return ExitCode::from(u8::try_from(code).unwrap_or(2));
        }
    };
    if !arguments.command.ends_on_signals() {
        session::clear_up_on_signals();
    }
    match dispatch(&arguments) {
        Ok(exit) => exit.into(),
        Err(error) if exit::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let text = report::printable(&format!("{error:#}"));
            // Nobody is left to tell when standard error is closed too.
            let _ = if arguments.command.speaks_json() {
                crate::engine::report::failure(&text, &mut anstream::stderr())
            } else {
                writeln!(anstream::stderr(), "\u{1b}[1;31merror\u{1b}[0m: {text}")
            };
            exit::Exit::Failed.into()
        }
    }
}

/// Does one piece of work on a stranger's file, as the child process of another run.
fn bounded_task(task: &str) -> ExitCode {
    let tasks = [
        crate::load::BOUNDED_TASKS,
        crate::emit::BOUNDED_TASKS,
        crate::release::BOUNDED_TASKS,
    ]
    .concat();
    let served = bounds::serve(&tasks, task, std::io::stdin().lock(), std::io::stdout().lock());
    ExitCode::from(if served { 0 } else { 2 })
}

fn dispatch(arguments: &Arguments) -> anyhow::Result<exit::Exit> {
    let common = &arguments.common;
    if let Some(jobs) = common.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(jobs))
            .build_global()
            .context("cannot start that many jobs")?;
    }
    match &arguments.command {
        Command::New(new) => new::run(new, common),
        Command::Render(render) if render.watch => watch::run(render, common),
        Command::Render(render) => render::run(render, common),
        Command::Dedupe(dedupe) => dedupe::run(dedupe, common),
        Command::Explain(explain) => explain::run(explain, common),
        Command::Check(check) => check::run(check, common),
        Command::Status(status) => status::run(status, common),
        Command::Import(import) => import::run(import, common),
        Command::Review(review) => review::run(review, common),
        Command::Questions(questions) => questions::run(questions, common),
        Command::Diff(diff) => diff::run(diff, common),
        Command::Tell(tell) => tell::run(tell, common),
        Command::Deliver(deliver) => deliver::run(deliver, common),
        Command::Draft(draft) => draft::run(draft, common),
        Command::Undo(undo) => undo::run(undo, common),
        Command::Release(release) => release::run(release, common),
        Command::Verify(verify) => verify::run(verify, common),
        #[cfg(feature = "desk")]
        Command::Serve(serve) => serve::run(serve, common),
        Command::Completions(completions) => completions::run(completions),
        Command::Man(man) => man::run(man),
    }
}
