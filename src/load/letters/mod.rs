//! Letters: TOML front matter and a Markdown body.
//!
//! `front_matter` is the top: it reads a file's header with `settings`, `kind_keys` and
//! `style`, its body with `markdown`, and its images with `pictures`. Absent: lists of
//! signatories, which letters only name.

mod bare_links;
mod block_builder;
mod builder_html;
mod builder_text;
mod callout;
mod captions;
pub(super) mod comments;
mod fences;
mod fields;
mod footnotes;
pub(super) mod front_matter;
mod kind_keys;
mod list_labels;
pub(super) mod markdown;
mod markdown_values;
mod passage;
pub(super) mod pictures;
mod quotations;
mod raw_text_elements;
pub(super) mod settings;
pub(super) mod style;
