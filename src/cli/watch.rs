//! `undersigned render --watch`: renders again on every save.
//!
//! In: the arguments of `render`. Out: one line on standard error for each round.
//! Guaranteed: an error ends a round and not the watch; what is written is what
//! `render` alone would write; Ctrl-C ends it with code 0, after the round at hand. Absent: looking at what changed. A letter is set in a few hundredths
//! of a second, so every round does all.

use super::args::{Common, RenderArgs};
use super::exit::Exit;
use super::render;
use super::session::{STANDARD_INPUT, Session};
use crate::files::{FileRead, is_editors_own};
use anyhow::{Context, bail};
use notify::{EventKind, RecursiveMode, Watcher};
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long it must be quiet before a round begins. Editors write a file in several
/// steps, and sheets save slowly.
const QUIET: Duration = Duration::from_millis(60);

/// The longest wait for quiet.
const PATIENCE: Duration = Duration::from_millis(500);

/// Renders now and on every save.
pub(super) fn run(arguments: &RenderArgs, common: &Common) -> anyhow::Result<Exit> {
    if arguments
        .letters
        .iter()
        .any(|letter| letter == Path::new(STANDARD_INPUT))
    {
        bail!("standard input is no file that is saved; name a letter to watch");
    }
    let interrupted = Arc::new(AtomicBool::new(false));
    // A second Ctrl-C does not wait for the round at hand.
    flag::register_conditional_shutdown(SIGINT, 0, Arc::clone(&interrupted))
        .and_then(|_| flag::register(SIGINT, Arc::clone(&interrupted)))
        .context("cannot wait for Ctrl-C")?;
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let told = match event {
            Ok(event) if matters(&event) => sender.send(()),
            // Events were lost: better one round too many.
            Err(_) => sender.send(()),
            Ok(_) => Ok(()),
        };
        // Nobody listens any more when the program ends.
        _ = told;
    })
    .context("cannot watch files")?;
    let mut watched = BTreeSet::new();
    let mut read = Vec::new();
    loop {
        let began = Instant::now();
        read.clear();
        let outcome = render::once(arguments, common, &mut read);
        // What a letter is made of may change with it, and a folder may be new.
        for folder in folders(arguments, &read)? {
            if !watched.contains(&folder) && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                watched.insert(folder);
            }
        }
        let line = match &outcome {
            Ok(Exit::Failed) => "errors; nothing was written; waiting for a save".to_owned(),
            Ok(_) => format!("rendered in {:.2} s; waiting for a save", began.elapsed().as_secs_f64()),
            Err(error) => super::report::printable(&format!("{error:#}; waiting for a save")),
        };
        anstream::eprintln!("{line}");
        if !wait(&receiver, &interrupted) {
            return Ok(Exit::Done);
        }
    }
}

/// How often Ctrl-C is looked for.
const GLANCE: Duration = Duration::from_millis(100);

/// Waits for a save, and until it is quiet. False: the watch is over.
fn wait(receiver: &Receiver<()>, interrupted: &AtomicBool) -> bool {
    loop {
        if interrupted.load(Ordering::Relaxed) {
            return false;
        }
        match receiver.recv_timeout(GLANCE) {
            Ok(()) => break,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    let patience = Instant::now() + PATIENCE;
    while Instant::now() < patience && receiver.recv_timeout(QUIET).is_ok() {}
    true
}

/// Whether an event is the change of a file that a letter may be made of.
fn matters(event: &notify::Event) -> bool {
    let changes = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Any
    );
    changes && event.paths.iter().any(|path| !is_editors_own(path))
}

/// Returns the folders that hold what letters are made of: the workspace's own, and those
/// of all files that the last round asked for, there or not.
fn folders(arguments: &RenderArgs, read: &[Arc<FileRead>]) -> anyhow::Result<Vec<PathBuf>> {
    let session = Session::new()?;
    let own = |path: &Path| session.paths.absolute(path.parent().unwrap_or(Path::new("")));
    let mut folders: Vec<PathBuf> = arguments.letters.iter().map(|letter| own(letter)).collect();
    if folders.is_empty() {
        folders.push(session.paths.absolute(Path::new("")));
    }
    let roots: Vec<PathBuf> = folders.iter().map(|start| session.root(start)).collect();
    for root in roots {
        folders.extend(["", "letters", "signatories"].map(|folder| root.join(folder)));
    }
    folders.extend(read.iter().map(|file| own(&file.path)));
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders.dedup();
    Ok(folders)
}
