//! Loading, as the command line uses it: files in, values and diagnostics out.

#![allow(clippy::unwrap_used)]

#[path = "load/common.rs"]
mod common;

#[path = "load/exports.rs"]
mod exports;
#[path = "load/hostile.rs"]
mod hostile;
#[path = "load/letters.rs"]
mod letters;
#[path = "load/lists.rs"]
mod lists;
#[path = "load/pictures.rs"]
mod pictures;
#[path = "load/projects.rs"]
mod projects;
