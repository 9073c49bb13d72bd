//! Bounds the work on files of unknown origin.
//!
//! In: bytes that a stranger may have made, and what is to be done with them. Out: the
//! result, or the reason why there is none. Guaranteed: a panic is caught; where the program
//! was named with [`use_program`], work that another crate does without limits runs in a
//! child process of limited time and memory, so that it can end neither the program nor
//! the machine. Absent: what the bytes mean (that is `load`'s and `emit`'s).

mod catch_panic;
mod child;
pub mod package;
pub mod svg;
mod task;

pub use catch_panic::catch_panic;
pub use child::{ARGUMENT, Refused};
pub use task::{Task, run, serve, use_program};
