//! Reads TOML strings that hold inline Markdown.
//!
//! In: a table of front matter or of the project file. Out: lines of inlines with
//! their places. Guaranteed: as for every value of [`TomlReader`]. Absent: plain
//! strings, which `toml_values` reads.

use super::markdown;
use crate::load::toml_values::{ARRAY, TomlReader, get};
use crate::model::text::Line;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

impl TomlReader<'_> {
    /// Reads a string of inline Markdown.
    pub(in crate::load) fn line(&mut self, table: &DeTable<'_>, key: &str) -> Option<Line> {
        let value = get(table, key)?;
        self.line_in(key, value, "a string")
    }

    /// Reads an array of strings of inline Markdown.
    pub(in crate::load) fn lines(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<Line>> {
        let value = get(table, key)?;
        let items = self.array(key, value, ARRAY)?;
        Some(items.iter().filter_map(|item| self.line_in(key, item, ARRAY)).collect())
    }

    fn line_in(&mut self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> Option<Line> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, expected);
            return None;
        };
        let source = self.source(text, value.span());
        Some(markdown::line(text, &source, self.diagnostics))
    }
}
