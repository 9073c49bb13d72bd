//! How a command ends.

use std::io;
use std::process::ExitCode;

/// The end of a command that ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done,
    /// Done, and a person is needed.
    PersonNeeded,
    /// Could not run; the reasons have been printed, and no output is new,
    /// changed or half-written.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::PersonNeeded => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}

/// Whether an error only says that nobody reads our output any more, which is no
/// error: `undersigned dedupe list.csv | head`.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
