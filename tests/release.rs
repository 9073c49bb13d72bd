//! Releases through the binary: what goes out is whole, can be proved, and tells nothing
//! private.

#[path = "release/artefacts.rs"]
mod artefacts;
#[path = "release/common.rs"]
mod common;
#[path = "release/diffs.rs"]
mod diffs;
#[path = "release/freezing.rs"]
mod freezing;
#[path = "release/kills.rs"]
mod kills;
#[path = "release/letters.rs"]
mod letters;
#[path = "common/mod.rs"]
mod shared;
#[path = "release/signed.rs"]
mod signed;
