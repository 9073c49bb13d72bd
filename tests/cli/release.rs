//! Releases through the binary: what goes out is whole, can be proved, and tells nothing
//! private.

mod artefacts;
mod common;
mod copies;
mod diffs;
mod forgeries;
mod freezing;
mod kills;
mod letters;
mod signed;
