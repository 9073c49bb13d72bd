//! Progress on a terminal, for work longer than half a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// Work shorter than this shows no progress.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the sign of life turns.
const TICK: Duration = Duration::from_millis(120);

/// A bar that appears when work takes long.
pub(super) struct RunProgress {
    bar: ProgressBar,
    started: Instant,
}

impl RunProgress {
    /// A bar; `quiet` silences it, and so does a standard error that is no
    /// terminal.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if !quiet {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Self {
            bar,
            started: Instant::now(),
        }
    }

    /// Says what is being done, and how far it is.
    pub(super) fn at(&self, what: &'static str, done: u64, all: u64) {
        if self.started.elapsed() < PATIENCE {
            return;
        }
        // Turns while nothing is reported.
        self.bar.enable_steady_tick(TICK);
        self.bar.set_message(what);
        self.bar.set_length(all);
        self.bar.set_position(done);
    }
}

impl Drop for RunProgress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
