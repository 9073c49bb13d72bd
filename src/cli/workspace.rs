//! Finding the workspace and reading what all its letters share.

use crate::diag::Diagnostic;
use crate::load::{self, Project};
use crate::model::known::Known;
use crate::source::SourceMap;
use anyhow::{Context, bail};
use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// A workspace: the folder that holds letters/ and signatories/.
pub(super) struct Workspace {
    /// Its folder; where none was found, the folder it was sought from.
    pub root: PathBuf,
}

impl Workspace {
    /// Walks up from `start` to the first folder that is a workspace.
    pub(super) fn find(start: &Path) -> anyhow::Result<Self> {
        let start = if start == Path::new("") { Path::new(".") } else { start };
        let start = std::path::absolute(start).context("cannot tell the current folder")?;
        let is_workspace = |dir: &Path| {
            dir.join("undersigned.toml").is_file() || dir.join("letters").is_dir() || dir.join("signatories").is_dir()
        };
        let root = start.ancestors().find(|dir| is_workspace(dir)).unwrap_or(&start);
        Ok(Self { root: root.to_owned() })
    }

    /// The workspace of lists: that of the first one's folder.
    pub(super) fn of_lists(lists: &[PathBuf]) -> anyhow::Result<Self> {
        let folder = lists.first().and_then(|list| list.parent());
        Self::find(folder.unwrap_or(Path::new("")))
    }

    /// The letters in letters/, by name.
    pub(super) fn letters(&self) -> anyhow::Result<Vec<PathBuf>> {
        let dir = self.root.join("letters");
        let entries = fs::read_dir(&dir).with_context(|| {
            format!(
                "there is no folder `{}`; name a letter, or lay out a workspace with `undersigned new DIR`",
                shown(&dir)
            )
        })?;
        let mut letters = Vec::new();
        for entry in entries {
            let path = entry.with_context(|| format!("cannot read `{}`", shown(&dir)))?.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                letters.push(path);
            }
        }
        letters.sort();
        Ok(letters)
    }

    /// undersigned.toml, or the defaults where there is none.
    pub(super) fn project(
        &self,
        sources: &mut SourceMap,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> anyhow::Result<Project> {
        let path = self.root.join("undersigned.toml");
        if !path.exists() {
            return Ok(Project::default());
        }
        let loaded = load::project(sources, &shown(&path), &path)?;
        diagnostics.extend(loaded.diagnostics);
        Ok(loaded.value)
    }

    /// The directory of known organisations and the remembered decisions.
    pub(super) fn known(&self, sources: &mut SourceMap, diagnostics: &mut Vec<Diagnostic>) -> anyhow::Result<Known> {
        let mut known = Known::default();
        if let Some((name, text)) = self.read("signatories/directory.toml")? {
            let (directory, said) = load::known::directory(sources, &name, &text);
            known.directory = directory;
            diagnostics.extend(said);
        }
        if let Some((name, text)) = self.read("signatories/decisions.toml")? {
            let (decisions, said) = load::known::decisions(sources, &name, &text);
            known.decisions = decisions;
            diagnostics.extend(said);
        }
        Ok(known)
    }

    /// The name and text of a file of the workspace, if it is there.
    fn read(&self, relative: &str) -> anyhow::Result<Option<(String, String)>> {
        let path = self.root.join(relative);
        if !path.exists() {
            return Ok(None);
        }
        let name = shown(&path);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{name}`"))?;
        Ok(Some((name, text)))
    }
}

/// The letters named, or where none is, all of the workspace around the current folder.
pub(super) fn named_or_all(named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let workspace = Workspace::find(Path::new("."))?;
    let letters = workspace.letters()?;
    if letters.is_empty() {
        bail!(
            "`{}` holds no letter: files that end in .md",
            shown(&workspace.root.join("letters"))
        );
    }
    Ok(letters)
}

/// The path as people see it: relative to the current folder where it lies below
/// it, without `.` and `..` in its middle.
pub(super) fn shown(path: &Path) -> String {
    let mut clean = clean(path);
    if let Ok(current) = env::current_dir()
        && let Ok(relative) = clean.strip_prefix(&current)
    {
        clean = relative.to_owned();
    }
    if clean.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        clean.display().to_string()
    }
}

/// The one path of a place, however it was spelled.
pub(super) fn resolved(path: &Path) -> anyhow::Result<PathBuf> {
    Ok(clean(
        &std::path::absolute(path).context("cannot tell the current folder")?,
    ))
}

/// The path without `.` and `..` in its middle.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_people_write_them() {
        let check = |path: &str, expected: &str| assert_eq!(shown(Path::new(path)), expected);
        check("letters/../signatories/a.csv", "signatories/a.csv");
        check("./a.csv", "a.csv");
        check("../a.csv", "../a.csv");
        check("../../a/../b", "../../b");
        check("/elsewhere/x", "/elsewhere/x");
        check(".", ".");
    }
}
