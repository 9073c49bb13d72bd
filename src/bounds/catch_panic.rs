//! Catches what another crate does with a damaged file.
//!
//! In: work on bytes of unknown origin. Out: what came of it, or `None` if it
//! panicked. Guaranteed: nothing of such a panic reaches the terminal, and panics of
//! any other work are told as ever. Absent: running out of memory or of stack, which
//! nothing catches; limits before the work guard against those.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread is at work that may panic.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does some work; `None`: it panicked, and what it took with it is gone.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                before(info);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    // Callers hand over what they work on, so that nothing half-done is seen again.
    let done = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    GUARDED.set(outer);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_the_next_work_is_done() {
        let hidden = std::hint::black_box(7usize);
        assert_eq!(catch_panic(|| [1, 2, 3][hidden]), None);
        assert_eq!(catch_panic(|| hidden), Some(7));
        assert!(!GUARDED.get());
    }
}
