//! Files that the letters of a workspace share: undersigned.toml, the directory and the
//! decisions.

mod check_table;
pub mod known;
pub(super) mod project;
