//! Where a command works: the disk, and the folder one stands in.

use crate::engine::{self, ActTitle, History, LetterInput, ListInput, Paths, Workspace};
use crate::files::{DiskFiles, Files};
use crate::store::{self, Lock};
use anyhow::Context;
use std::env;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The path that stands for standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// The disk, and the folder one stands in.
pub(super) struct Session {
    pub files: Arc<dyn Files>,
    pub paths: Paths,
}

impl Session {
    /// Begins in the current folder.
    pub(super) fn new() -> anyhow::Result<Self> {
        Ok(Self {
            files: Arc::new(DiskFiles),
            paths: Paths::new(env::current_dir().context("cannot find out the current folder")?),
        })
    }

    /// Opens the workspace around a file, which need not be there. What an interrupted run
    /// left half-done there is finished first.
    pub(super) fn around(&self, file: &Path) -> anyhow::Result<Workspace> {
        store::finish_interrupted(&self.paths, &self.root(file.parent().unwrap_or(Path::new(""))))?;
        Ok(Workspace::around(&self.files, &self.paths, file)?)
    }

    /// Returns the folder of the workspace around a folder.
    pub(super) fn root(&self, folder: &Path) -> PathBuf {
        engine::workspace_root(&self.files, &self.paths, folder)
    }

    /// Returns the workspace that a new folder is written under: the one that one stands
    /// in, if the folder lies in it, else the folder itself.
    pub(super) fn root_of_new(&self, folder: &Path) -> PathBuf {
        let here = self.root(Path::new(""));
        let folder = self.paths.absolute(folder);
        if folder.starts_with(&here) { here } else { folder }
    }

    /// Waits until no other run writes in a workspace, and keeps others waiting until the
    /// lock is dropped. A long wait is told, unless asked to be quiet.
    pub(super) fn hold(&self, root: &Path, quiet: bool) -> anyhow::Result<Lock> {
        let waiting = || {
            if !quiet {
                let root = super::report::printable(&self.paths.shown(root));
                // Saying so is a courtesy; the wait is not worth failing for.
                let _ = writeln!(
                    io::stderr(),
                    "another undersigned is writing in `{root}`; waiting for it"
                );
            }
        };
        Ok(Lock::hold(&self.paths, root, waiting)?)
    }

    /// Returns the history of the workspace around a file or folder.
    pub(super) fn history(&self, path: &Path) -> History {
        History::around(&self.files, &self.paths, path)
    }

    /// Opens the workspace one stands in.
    pub(super) fn here(&self) -> anyhow::Result<Workspace> {
        store::finish_interrupted(&self.paths, &self.root(Path::new("")))?;
        Ok(Workspace::open(&self.files, &self.paths, Path::new(""))?)
    }

    /// Returns the letters named or, where none is, all of the workspace one stands in.
    pub(super) fn named_or_all(&self, named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
        if !named.is_empty() {
            return Ok(named.to_vec());
        }
        Ok(self.here()?.letters()?)
    }
}

/// Returns the title of an act that happens now.
pub(super) fn act(text: String) -> ActTitle {
    ActTitle::new(text, jiff::Zoned::now().datetime())
}

/// Returns the letter that a path on the command line means.
pub(super) fn letter_input(path: &Path) -> anyhow::Result<LetterInput> {
    Ok(match path == Path::new(STANDARD_INPUT) {
        true => LetterInput::Text("standard input".to_owned(), standard_input()?),
        false => LetterInput::File(path.to_owned()),
    })
}

/// Returns the lists that paths on the command line mean.
pub(super) fn list_inputs(paths: &[PathBuf]) -> anyhow::Result<Vec<ListInput>> {
    paths.iter().map(|path| list_input(path)).collect()
}

/// Returns the file that a path on the command line means.
pub(super) fn list_input(path: &Path) -> anyhow::Result<ListInput> {
    Ok(match path == Path::new(STANDARD_INPUT) {
        true => ListInput::Bytes(STANDARD_INPUT.to_owned(), standard_input()?),
        false => ListInput::File(path.to_owned()),
    })
}

/// Reads standard input to its end.
pub(super) fn standard_input() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    Ok(bytes)
}

/// Lets a signal that ends the process leave no file without a name behind. Files that are
/// getting their names at that moment get them first.
pub(super) fn clear_up_on_signals() {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::{iterator::Signals, low_level};
        // Without a handler, a signal ends the process at once; the next run clears up.
        let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else {
            return;
        };
        std::thread::spawn(move || {
            for signal in signals.forever() {
                store::clear_up();
                let _ = low_level::emulate_default_handler(signal);
            }
        });
    }
}

/// Tells what is about to be written, before it is: a run that cannot tell (a full disk
/// behind standard output) leaves nothing behind. A closed pipe is no reason to stop.
pub(super) fn results_first(tell: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match tell(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is still in the buffer has no reader.
            let _ = out.into_parts();
            Ok(())
        }
        told => told.context("cannot write to standard output; nothing was written"),
    }
}

/// Returns a path as people see it from the current folder.
pub(super) fn shown(path: &Path) -> String {
    Paths::new(env::current_dir().unwrap_or_default()).shown(path)
}
