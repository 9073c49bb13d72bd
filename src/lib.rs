//! Turns Markdown and a list of signatories into a finished sign-on letter: PDF, HTML,
//! email, Word, plain text, and Markdown.
//!
//! Data flows one way: load → resolve → compose → layout → emit. [`engine`] runs these
//! stages and returns values and bytes. This example renders and releases the sample letter
//! in memory:
//!
//! ```
//! use std::{path::Path, sync::Arc};
//! use undersigned::engine::{LetterInput, MemoryOutputs, Paths, RenderRequest, Workspace};
//! use undersigned::files::{Files, MemoryFiles};
//! use undersigned::{emit, layout::Fonts};
//!
//! # const LETTER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/letters/dhs-100-days.md"));
//! # const LIST: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/signatories/dhs-100-days.csv"));
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let files = [("/w/letters/dhs.md", LETTER), ("/w/signatories/dhs-100-days.csv", LIST)];
//! let files: Arc<dyn Files> = Arc::new(MemoryFiles::from_iter(files));
//! let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("letters"))?;
//! let prepared = workspace.prepare(LetterInput::File("/w/letters/dhs.md".into()), None, &|_| {})?;
//! assert_eq!((prepared.records.len(), prepared.resolution.signatories.len()), (103, 102));
//! assert!(prepared.findings().is_empty());
//!
//! let formats: Vec<_> = emit::FORMATS.iter().filter(|format| format.name == "html").collect();
//! let (options, fonts, folder) = (emit::EmitOptions::default(), Fonts::new(), Path::new("out"));
//! let request = RenderRequest { formats: &formats, options: &options, fonts: &fonts, folder };
//! let outputs = MemoryOutputs::default();
//! prepared.render(&request, &outputs, &|_| {})?;
//! let html = outputs.into_files().remove(Path::new("out/letter.html")).unwrap_or_default();
//! assert!(String::from_utf8(html)?.contains("one hundred and two undersigned organizations"));
//!
//! let (freezing, _) = prepared.freeze(&|_| {})?;
//! let release = freezing.number(1, None, None)?;
//! assert_eq!((release.manifest.release, release.manifest.counts.signatories), (1, 102));
//! # Ok(())
//! # }
//! ```
//!
//! # Files of strangers
//!
//! Pictures in SVG, HTML templates, and files given to [`engine::verify`] are read by other crates,
//! which may take any time and memory. The program runs that work in a child process with limits.
//! A program that uses the library does so, too, once it has called [`bounds::use_program`] with
//! the path of an installed `undersigned`:
//!
//! ```
//! undersigned::bounds::use_program("/usr/bin/undersigned".into());
//! ```
//!
//! Without that call, such work runs in the calling thread: panics are caught, and what can be
//! counted beforehand is, but time and memory are not limited. Workbooks, lists, and letters are
//! within limits either way.

/// A list of `data/` as a value; `build.rs` makes JSON of its TOML.
macro_rules! word_list {
    ($name:literal) => {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))).expect(concat!(
            "data/",
            $name,
            ".toml is tested"
        ))
    };
}

/// Counts steps of a loop whose work must not grow faster than its input. Only tests of growth
/// look at the count; a build for use has nothing of it.
macro_rules! count_steps {
    ($steps:expr) => {
        #[cfg(test)]
        crate::testing::count_steps($steps);
    };
}

pub mod bounds;

pub mod files;

pub mod source;

pub mod diag;

pub mod model;

pub mod load;

pub mod resolve;

pub mod compose;

pub mod check;

pub mod layout;

pub mod emit;

pub mod release;

pub mod engine;

pub mod store;

#[cfg(feature = "desk")]
pub mod desk;

#[cfg(feature = "cli")]
pub mod cli;

#[cfg(test)]
mod testing;
