//! Colours of results on standard output; `anstream` takes them out where they are
//! not wanted.

use super::args::{ColorWhen, Common};
use anstream::{AutoStream, ColorChoice};
use std::io::{self, BufWriter, StdoutLock};

pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const DIM: &str = "\u{1b}[2m";
pub(super) const GREEN: &str = "\u{1b}[32m";
pub(super) const YELLOW: &str = "\u{1b}[33m";
pub(super) const MAGENTA: &str = "\u{1b}[35m";
pub(super) const RED: &str = "\u{1b}[31m";
pub(super) const UNDERLINE: &str = "\u{1b}[4m";
pub(super) const RESET: &str = "\u{1b}[0m";

/// Standard output, with colours as the user wants them.
pub(super) fn results(common: &Common) -> BufWriter<AutoStream<StdoutLock<'static>>> {
    let choice = match common.color {
        ColorWhen::Auto => ColorChoice::Auto,
        ColorWhen::Always => ColorChoice::Always,
        ColorWhen::Never => ColorChoice::Never,
    };
    BufWriter::new(AutoStream::new(io::stdout().lock(), choice))
}
