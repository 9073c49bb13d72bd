//! Files made on the spot, and what loading them says, as short lines.

use std::collections::BTreeMap;
use std::fs;
use undersigned::diag::Diagnostic;
use undersigned::load::{self, Loaded, Project};
use undersigned::model::letter::Letter;
use undersigned::model::signatory::Record;
use undersigned::source::SourceMap;

/// A loaded value, the texts it came from and what was said.
pub(crate) struct Outcome<T> {
    pub(crate) value: T,
    pub(crate) sources: SourceMap,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    pub(crate) fn new(loaded: Loaded<T>, sources: SourceMap) -> Self {
        Self {
            value: loaded.value,
            sources,
            diagnostics: loaded.diagnostics,
        }
    }

    /// Each diagnostic as `warning[unknown-key] a.md:3:1 message`.
    pub(crate) fn said(&self) -> Vec<String> {
        let line = |diagnostic: &Diagnostic| {
            let place = diagnostic
                .origin
                .map_or_else(|| "nowhere".to_owned(), |origin| self.sources.place(origin).to_string());
            format!(
                "{}[{}] {place} {}",
                diagnostic.severity, diagnostic.code, diagnostic.message
            )
        };
        self.diagnostics.iter().map(line).collect()
    }

    /// The hints, in the same order.
    pub(crate) fn hints(&self) -> Vec<&str> {
        let hint = |diagnostic: &'_ Diagnostic| diagnostic.hint.is_some();
        let given = self.diagnostics.iter().filter(|d| hint(d));
        given.map(|d| d.hint.as_deref().unwrap_or_default()).collect()
    }

    /// Holds that exactly this was said.
    #[track_caller]
    pub(crate) fn says(self, expected: &[&str]) -> Self {
        assert_eq!(self.said(), expected);
        self
    }
}

/// Loads a list from a file of that name.
pub(crate) fn list_with(name: &str, bytes: impl AsRef<[u8]>, columns: &[(&str, &str)]) -> Outcome<Vec<Record>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let columns: BTreeMap<String, String> = columns.iter().map(|&(a, b)| (a.into(), b.into())).collect();
    let mut sources = SourceMap::default();
    let loaded = load::list(&mut sources, name, &path, &columns).unwrap();
    Outcome::new(loaded, sources)
}

/// Loads a list from a file of that name.
pub(crate) fn list(name: &str, bytes: impl AsRef<[u8]>) -> Outcome<Vec<Record>> {
    list_with(name, bytes, &[])
}

/// Loads a list as from standard input.
pub(crate) fn piped(bytes: impl AsRef<[u8]>, hint: Option<&str>) -> Outcome<Vec<Record>> {
    let mut sources = SourceMap::default();
    let bytes = bytes.as_ref().to_vec();
    let loaded = load::list_from_bytes(&mut sources, "-", hint, bytes, &BTreeMap::new()).unwrap();
    Outcome::new(loaded, sources)
}

/// Loads a project file.
pub(crate) fn project(text: impl AsRef<[u8]>) -> Outcome<Project> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("undersigned.toml");
    fs::write(&path, text).unwrap();
    let mut sources = SourceMap::default();
    let loaded = load::project(&mut sources, "undersigned.toml", &path).unwrap();
    Outcome::new(loaded, sources)
}

/// Loads a letter that inherits from a project.
pub(crate) fn letter_of(project: &Project, text: impl AsRef<[u8]>) -> Outcome<Letter> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, text).unwrap();
    let mut sources = SourceMap::default();
    let loaded = load::letter(&mut sources, "a.md", &path, project).unwrap();
    Outcome::new(loaded, sources)
}

/// Loads a letter.
pub(crate) fn letter(text: impl AsRef<[u8]>) -> Outcome<Letter> {
    letter_of(&Project::default(), text)
}

/// The front matter of a letter that lacks nothing; four lines, so that a body
/// or further keys begin on line 5.
pub(crate) const HEAD: &str = "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = []\n";

/// Loads a letter with a body, which begins on line 6.
pub(crate) fn body(text: &str) -> Outcome<Letter> {
    letter(format!("{HEAD}+++\n{text}"))
}

/// Loads a letter with further keys, which begin on line 5.
pub(crate) fn header(keys: &str) -> Outcome<Letter> {
    letter(format!("{HEAD}{keys}\n+++\n"))
}
