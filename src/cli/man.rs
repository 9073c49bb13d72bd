//! `undersigned man`: the manual page.

use super::args::{Arguments, Man};
use super::exit::Exit;
use super::output;
use clap::CommandFactory;
use clap_mangen::Man as Page;
use std::io::Write;
use std::path::Path;

pub(super) fn run(arguments: &Man) -> anyhow::Result<Exit> {
    let mut command = Arguments::command();
    command.build();
    match &arguments.out {
        None => std::io::stdout().lock().write_all(&page(&command)?)?,
        Some(dir) => output::write_all(&pages(&command, dir)?)?,
    }
    Ok(Exit::Done)
}

fn pages(command: &clap::Command, dir: &Path) -> anyhow::Result<Vec<output::File>> {
    let mut files = vec![output::File {
        path: dir.join("undersigned.1"),
        bytes: page(command)?,
    }];
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("undersigned-{}", sub.get_name());
        files.push(output::File {
            path: dir.join(format!("{name}.1")),
            bytes: page(&sub.clone().name(name))?,
        });
    }
    Ok(files)
}

/// The page of one command; its date is left out, so that the bytes depend on the
/// version alone.
fn page(command: &clap::Command) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Page::new(command.clone()).date("").render(&mut bytes)?;
    Ok(bytes)
}
