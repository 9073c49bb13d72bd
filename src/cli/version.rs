//! `undersigned --version --verbose`: what this binary can do, for a report of a fault.
//!
//! In: the error that clap makes of `--version`, and the arguments. Out: text for standard
//! output. Absent: paths, and anything else about the computer but its kind.

use crate::layout::Fonts;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::fmt::Write as _;

/// The cargo features that change what the program does, and whether this binary has each.
const FEATURES: [(&str, bool, &str); 5] = [
    ("desk", cfg!(feature = "desk"), "serve"),
    ("online", cfg!(feature = "online"), "check --online"),
    ("sign", cfg!(feature = "sign"), "release --sign, verify --public-key"),
    (
        "system-fonts",
        cfg!(feature = "system-fonts"),
        "fonts of your system for other scripts",
    ),
    (
        "cjk",
        cfg!(feature = "cjk"),
        "Hangul, Han, and kana without a font of your system",
    ),
];

/// Returns the text that `--version` prints if `--verbose` stands beside it.
pub(super) fn verbose(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let asked = error.kind() == ErrorKind::DisplayVersion && arguments.iter().any(|argument| argument == "--verbose");
    asked.then(text)
}

/// Returns the version, the system, the features, and the fonts, a group of lines each.
fn text() -> String {
    let mut text = format!(
        "undersigned {}\nbuilt for {} on {}\n\nfeatures:\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    for (name, is_on, gives) in FEATURES {
        let state = if is_on { "yes" } else { "no" };
        let _ = writeln!(text, "  {name:<13} {state:<4} {gives}");
    }
    text.push_str("\nfonts in the program:\n");
    for name in Fonts::embedded_names() {
        let _ = writeln!(text, "  {name}");
    }
    text
}
