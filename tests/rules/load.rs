//! Loading, as the command line uses it: files in, values and diagnostics out.

#![allow(clippy::unwrap_used)]

mod common;

mod exports;
mod hostile;
mod letters;
mod limits;
mod lists;
mod pictures;
mod projects;
mod reference;
