//! What is true of all letters and lists: counts, next steps, findings.
//!
//! In: the workspace. Out: a [`Survey`] that the rail and Check share. Guaranteed: letters are
//! prepared and checked once for each state of the files. Absent: what a count means (that is
//! the engine's).

use super::error::DeskError;
use super::letter_cache::{FileFindings, PlacedFinding, Survey};
use super::seen::Seen;
use super::state::Desk;
use crate::engine::{self, CheckedLetter, Prepared};
use crate::source::Origin;
use std::cmp::Reverse;
use std::sync::{Arc, PoisonError};

impl Desk {
    /// Returns what is true of all letters and lists, unless that was found for the files as
    /// they are.
    pub(super) fn survey(&self) -> Result<Arc<Survey>, DeskError> {
        let mut kept = self.status.surveying.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.state_of_files();
        if let Some((of, survey)) = &*kept
            && *of == state
        {
            return Ok(Arc::clone(survey));
        }
        let workspace = self.ready()?;
        let letters = workspace.checked_letters();
        let survey = Arc::new(Survey {
            status: workspace.status_of(&letters),
            files: self.by_file(&letters)?,
        });
        *kept = Some((state, Arc::clone(&survey)));
        Ok(survey)
    }

    /// Groups findings by file. Letters that share a list find the same in it.
    fn by_file(&self, letters: &[CheckedLetter]) -> Result<Vec<FileFindings>, DeskError> {
        let mut files: Vec<FileFindings> = Vec::new();
        for letter in letters {
            let Ok(prepared) = &letter.prepared else { continue };
            // A letter without findings is told, too.
            self.at_file(&mut files, prepared, &prepared.shown)?;
            for said in &letter.found {
                let place = said.origin.map(|origin| prepared.sources.place(origin));
                let file = place.as_ref().map_or(&*prepared.shown, |place| place.file).to_owned();
                let (line, column) = place.map_or((None, None), |place| (place.line, place.column));
                let start = match said.origin {
                    Some(Origin::Span { start, .. }) => Some(start),
                    _ => None,
                };
                let own = self.at_file(&mut files, prepared, &file)?;
                let is_known = |one: &PlacedFinding| one.said.message == said.message && one.start == start;
                if !own.findings.iter().any(is_known) {
                    own.findings.push(PlacedFinding {
                        cure: engine::cure(&prepared.sources, said),
                        said: said.clone(),
                        line,
                        column,
                        start,
                    });
                }
            }
        }
        for file in &mut files {
            file.findings
                .sort_by_key(|one| (Reverse(one.said.severity), one.line, one.column));
        }
        Ok(files)
    }

    /// Returns the findings of a file, begun if there are none yet.
    fn at_file<'a>(
        &self,
        files: &'a mut Vec<FileFindings>,
        letter: &Prepared,
        file: &str,
    ) -> Result<&'a mut FileFindings, DeskError> {
        let at = match files.iter().position(|own| own.file == file) {
            Some(at) => at,
            None => {
                let content = self.content(&self.root.join(file))?;
                files.push(FileFindings {
                    file: file.to_owned(),
                    letter: (file == letter.shown).then(|| letter.stem.clone()),
                    seen: Seen::of(content.as_deref()),
                    findings: Vec::new(),
                });
                files.len() - 1
            }
        };
        Ok(&mut files[at])
    }
}
