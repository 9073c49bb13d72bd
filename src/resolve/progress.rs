//! Reports how far the work is.
//!
//! In: a function to call. Out: calls to it, one for each step begun. Absent: anything
//! that changes the result.

use crate::source::offset;
use std::fmt;

/// The options of `resolve`. None of them changes the result.
#[derive(Clone, Copy, Default)]
pub struct ResolveOptions<'a> {
    /// The function that is called at each step; it may be called from any thread.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
}

impl fmt::Debug for ResolveOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolveOptions").finish_non_exhaustive()
    }
}

/// A report of progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The step in words: "reading names".
    pub step: &'static str,
    /// Steps begun, from 1.
    pub at: u32,
    /// Steps in all.
    pub of: u32,
}

/// Steps that [`Progress`] counts.
const STEPS: [&str; 4] = ["reading names", "looking for likely pairs", "comparing", "joining"];

impl ResolveOptions<'_> {
    pub(super) fn step(&self, at: usize) {
        if let Some(progress) = self.progress {
            progress(Progress {
                step: STEPS[at],
                at: offset(at + 1),
                of: offset(STEPS.len()),
            });
        }
    }
}
