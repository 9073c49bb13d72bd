//! Reads the project file, undersigned.toml, whose settings all letters of a workspace
//! share.
//!
//! In: the file. Out: a [`Project`], whose values a letter inherits key by key and
//! overrides with its own. Guaranteed: `[letterhead]`, `[roll]`, `[page]` and
//! `[columns]` mean the same here and in a letter, because `letters::settings` reads
//! both. Absent: finding the file (that is `cli`'s).

use super::check_table;
use crate::load::bytes;
use crate::load::letters::pictures::Pictures;
use crate::load::letters::settings::{self, Project};
use crate::load::letters::style;
use crate::load::loaded::{LoadError, Loaded};
use crate::load::toml_values::TomlReader;
use crate::model::letter::Letterhead;
use crate::source::SourceMap;
use std::path::{Path, PathBuf};

/// Keys of the project file.
const KEYS: &[&str] = &[
    "language",
    "read_from",
    "letterhead",
    "roll",
    "page",
    "style",
    "release",
    "columns",
    "labels",
    "check",
];

/// Reads a project file.
pub fn project(sources: &mut SourceMap, name: &str, path: &Path) -> Result<Loaded<Project>, LoadError> {
    let bytes = bytes::read(sources, name, path, bytes::MAX_LETTER)?;
    let mut text = bytes::decode(sources, name, bytes);
    let mut value = Project::default();
    if text.readable {
        let source = sources.text(text.file)[text.start..].to_owned();
        let mut reader = TomlReader::new(&source, text.start, &mut text.diagnostics);
        let root = reader.parse().root;
        reader.only(&root, "the project file", KEYS);
        if let Some(folders) = reader.strings(&root, "read_from") {
            let base = path.parent().unwrap_or(Path::new(""));
            value.read_from = folders.iter().map(|folder| base.join(&folder.value)).collect();
            let folders = value.read_from.iter().map(PathBuf::as_path).chain([base]);
            sources.keep_within(folders, path);
        }
        value.language = reader.string(&root, "language");
        if let Some(table) = reader.table(&root, "letterhead") {
            value.letterhead = Some(settings::letterhead(&mut reader, table, Letterhead::default()));
        }
        for logo in value.letterhead.iter_mut().flat_map(|letterhead| &mut letterhead.logos) {
            Pictures::of(sources, path).load(logo, reader.diagnostics);
        }
        if let Some(table) = reader.table(&root, "roll") {
            value.roll = settings::roll(&mut reader, table);
        }
        if let Some(table) = reader.table(&root, "page") {
            value.page = settings::page(&mut reader, table);
        }
        if let Some(table) = reader.table(&root, "style") {
            value.style = style::style(&mut reader, table, sources, path);
        }
        if let Some(table) = reader.table(&root, "release") {
            settings::release(&mut reader, table, &mut value.release);
        }
        if let Some(table) = reader.table(&root, "columns") {
            value.columns = settings::columns(&mut reader, table);
        }
        if let Some(table) = reader.table(&root, "labels") {
            value.labels = settings::labels(&mut reader, table);
        }
        if let Some(table) = reader.table(&root, "check") {
            value.check = check_table::check(&mut reader, table);
        }
    }
    Ok(Loaded {
        value,
        diagnostics: text.diagnostics.finish(),
    })
}
