//! A document or its pages become bytes.

pub mod html;

/// An output format, as help and documentation list it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The word after `--to`: `html`.
    pub name: &'static str,
    /// The ending of its files, without the dot.
    pub extension: &'static str,
    /// What it is, in a few words.
    pub description: &'static str,
}

/// Every output format, in the order of help.
pub const FORMATS: &[Format] = &[
    html::FORMAT, // one a line
];
