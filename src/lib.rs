//! Coalition sign-on letters: from Markdown and a list of signatories to a signed
//! letter in PDF and HTML.
//!
//! Data flows one way: load → resolve → compose → layout → emit. The whole flow:
//!
//! ```
//! use std::path::Path;
//! use undersigned::model::known::Known;
//! use undersigned::{compose, emit, layout, load, resolve, source::SourceMap};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut sources = SourceMap::default();
//! let folder = Path::new("letters");
//! let project = load::Project::default();
//!
//! // Bytes become values; what is wrong with them becomes diagnostics.
//! let path = folder.join("dhs-100-days.md");
//! let letter = load::letter(&mut sources, "dhs-100-days.md", &path, &project)?.value;
//! let mut records = Vec::new();
//! for list in &letter.signatories {
//!     let path = folder.join(&list.value);
//!     records.extend(load::list(&mut sources, &list.value, &path, &letter.columns)?.value);
//! }
//!
//! // Rows become signatories: one row repeats another.
//! let known = Known::default();
//! let (resolution, _) = resolve::resolve(&records, &known, &resolve::Options::default());
//! assert_eq!((records.len(), resolution.signatories.len()), (103, 102));
//!
//! // Letter and signatories become a document, its pages, and files.
//! let options = compose::Options::default();
//! let (document, diagnostics) = compose::compose(&letter, &records, &resolution, &options);
//! assert!(diagnostics.is_empty());
//! let (pages, _) = layout::paginate(&document, &layout::Fonts::new());
//! let pdf = emit::pdf::pdf(&pages, &emit::pdf::PdfOptions::default())?;
//! let html = emit::html::html(&document);
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! assert!(html.contains("one hundred and two undersigned organizations"));
//! # Ok(())
//! # }
//! ```

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

pub mod cli;

#[cfg(test)]
mod testing;
