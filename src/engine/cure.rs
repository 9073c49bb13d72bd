//! Carries out what a finding says to write.
//!
//! In: a finding whose exact cure is known, and the files that it speaks of. Out: a
//! [`Cure`], and the change that it makes. Guaranteed: only the words at the finding's own
//! place change; a place with marks of Markdown or a field in it has no cure, because a
//! person must see what becomes of them. Absent: finding (that is `check`'s).

use super::changes::{ChangeSet, Expected};
use super::error::{EngineError, Result};
use super::workspace::Workspace;
use crate::diag::Diagnostic;
use crate::source::{Origin, SourceMap};
use std::ops::Range;
use std::path::Path;

/// The exact cure of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    /// The bytes of the file that change.
    pub place: Range<usize>,
    /// What stands there.
    pub old: String,
    /// What belongs there.
    pub new: String,
}

/// Returns the cure of a finding, if it has one.
pub fn cure(sources: &SourceMap, found: &Diagnostic) -> Option<Cure> {
    let replacement = found.replacement.as_deref()?;
    let Some(Origin::Span { file, start, end }) = found.origin else {
        return None;
    };
    let place = start as usize..end as usize;
    let old = sources.text(file).get(place.clone())?;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | '&');
    if old.is_empty() || !old.chars().all(is_plain) || !replacement.chars().all(is_plain) {
        return None;
    }
    // A slip at the beginning of a sentence keeps its capital.
    let first = replacement.chars().next()?;
    let new = match old.starts_with(char::is_uppercase) {
        true => first.to_uppercase().chain(replacement.chars().skip(1)).collect(),
        false => replacement.to_owned(),
    };
    (new != old).then(|| Cure {
        place,
        old: old.to_owned(),
        new,
    })
}

impl Workspace {
    /// Returns the change that a cure makes in a file. `was` is its content as it was shown.
    ///
    /// # Errors
    /// When the file changed since, or cannot be read.
    pub fn apply_cure(&self, file: &Path, cure: &Cure, was: Expected) -> Result<ChangeSet> {
        let path = self.paths.absolute(file);
        let name = self.paths.shown(&path);
        let read = self.files().read(&path, u64::MAX);
        let bytes = read.map_err(|source| EngineError::Unreadable {
            name: name.clone(),
            source,
        })?;
        let is_there = bytes.get(cure.place.clone()) == Some(cure.old.as_bytes());
        if !is_there || Expected::of(Some(&bytes)) != was {
            return Err(EngineError::Changed { name });
        }
        let mut new = bytes.clone();
        new.splice(cure.place.clone(), cure.new.bytes());
        Ok(ChangeSet::one(path, was, Some(new)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::engine::Paths;
    use crate::files::{Files, MemoryFiles};
    use std::sync::Arc;

    fn found(sources: &mut SourceMap, text: &str, wrong: &str, right: &str) -> Diagnostic {
        let file = sources.add("a.md", text);
        let start = u32::try_from(text.find(wrong).unwrap()).unwrap();
        let end = start + u32::try_from(wrong.len()).unwrap();
        Diagnostic::warning(Code::Spelling, "wrong")
            .at(Origin::Span { file, start, end })
            .replace_with(right)
    }

    #[test]
    fn a_cure_is_offered_only_where_it_is_exact() {
        let check = |text: &str, wrong: &str, right: &str, expected: Option<&str>| {
            let mut sources = SourceMap::default();
            let found = found(&mut sources, text, wrong, right);
            let cure = cure(&sources, &found);
            assert_eq!(cure.map(|cure| cure.new).as_deref(), expected, "{text}");
        };
        check("We thank teh mayor.", "teh", "the", Some("the"));
        check("Teh mayor.", "Teh", "the", Some("The"));
        check("Él dijo élla.", "élla", "ella", Some("ella"));
        check(
            "Customs and *Border* Patrol",
            "Customs and *Border* Patrol",
            "CBP",
            None,
        );
        check("{{ a }} b", "{{ a }}", "c", None);
        check("the the", "the the", "the", Some("the"));
        check("the", "the", "the", None);
    }

    #[test]
    fn a_cure_changes_its_place_and_no_file_that_changed_meanwhile() {
        let text = "Dear friends,\r\n\r\nWe thank teh mayor — twice.\r\n";
        let mut sources = SourceMap::default();
        let found = found(&mut sources, text, "teh", "the");
        let cure = cure(&sources, &found).unwrap();
        let mut files = MemoryFiles::default();
        files.insert("/w/letters/a.md", text);
        let place: Arc<dyn Files> = Arc::new(files);
        let workspace = Workspace::open(&place, &Paths::new("/w"), Path::new("/w")).unwrap();
        let was = Expected::of(Some(text.as_bytes()));
        let set = workspace.apply_cure(Path::new("/w/letters/a.md"), &cure, was).unwrap();
        let new = set.changes[0].new.clone().unwrap();
        assert_eq!(String::from_utf8(new).unwrap(), text.replace("teh", "the"));
        let stale = workspace.apply_cure(Path::new("/w/letters/a.md"), &cure, Expected::Nothing);
        assert!(matches!(stale, Err(EngineError::Changed { .. })));
    }
}
