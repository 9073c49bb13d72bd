//! `undersigned man`: the manual page.

use super::args::{Arguments, ManArgs};
use super::exit::Exit;
use super::session::Session;
use crate::engine::{Change, ChangeSet, Expected};
use crate::store;
use clap::CommandFactory;
use clap_mangen::Man as Page;
use std::io::Write;
use std::path::Path;

pub(super) fn run(arguments: &ManArgs) -> anyhow::Result<Exit> {
    let mut command = Arguments::command();
    command.build();
    match &arguments.out {
        None => std::io::stdout().lock().write_all(&page(&command)?)?,
        Some(dir) => {
            let session = Session::new()?;
            let lock = session.hold(&session.root_of_new(dir), true)?;
            store::commit(&session.paths, &lock, pages(&command, dir)?)?;
        }
    }
    Ok(Exit::Done)
}

fn pages(command: &clap::Command, dir: &Path) -> anyhow::Result<ChangeSet> {
    let mut set = ChangeSet::default();
    let mut add = |name: String, bytes: Vec<u8>| {
        set.changes.push(Change {
            path: dir.join(name),
            old: Expected::Anything,
            new: Some(bytes),
        });
    };
    add("undersigned.1".to_owned(), page(command)?);
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("undersigned-{}", sub.get_name());
        add(format!("{name}.1"), page(&sub.clone().name(name))?);
    }
    Ok(set)
}

/// The page of one command; its date is left out, so that the bytes depend on the
/// version alone.
fn page(command: &clap::Command) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Page::new(command.clone()).date("").render(&mut bytes)?;
    Ok(bytes)
}
