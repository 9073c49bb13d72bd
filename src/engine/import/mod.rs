//! Turns an export into a clean list, or adds its new rows to a list.
//!
//! In: an [`ImportRequest`]. Out: an [`ImportPlan`]: what would become of each row, what
//! is to be asked, and the list, written to whatever takes it. Guaranteed: the plan
//! changes nothing; rows are read a second time to be written, and never all held; the
//! plan states the content of the list that it was made from. Absent: putting the list on
//! the disk (that is `store`'s) and showing the plan (that is a front end's).

mod entries;
mod existing;
mod export;
mod questions;
#[cfg(test)]
mod tests;

pub use entries::{ImportCounts, ImportEntry, ImportQuestion, RowOutcome, RowTally};

use super::changes::{Expected, Outputs};
use super::error::{EngineError, Result};
use super::lists::ListInput;
use super::prepared::has_errors;
use super::workspace::Workspace;
use crate::compose;
use crate::diag::{Code, Diagnostic};
use crate::emit::list;
use crate::files::{ContentHash, HashedWriter};
use crate::load::{self, ListColumn};
use crate::model::signatory::{Column, Record};
use crate::resolve::rows::RowJudge;
use crate::source::SourceMap;
use existing::{Body, Draft, Existing, extend, new_list};
use export::{Export, ExportSurvey};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Says what is imported and where to.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// The export, sheet, page or list.
    pub input: ListInput,
    /// Where the list goes.
    pub target: ImportTarget,
    /// The letter that was signed: its columns and deadline apply, and the version of its
    /// text is recorded.
    pub letter: Option<PathBuf>,
    /// True to leave out private columns.
    pub without_private: bool,
}

/// Says where an imported list goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportTarget {
    /// To no file, as CSV.
    Nowhere,
    /// To a file that must not exist yet.
    New(PathBuf),
    /// To a list that gets the new rows, or to a new one if it does not exist.
    List(PathBuf),
}

impl ImportTarget {
    fn path(&self) -> Option<&Path> {
        match self {
            Self::Nowhere => None,
            Self::New(path) | Self::List(path) => Some(path),
        }
    }
}

/// What an import would do, and the list that it makes.
pub struct ImportPlan {
    /// The files that were read.
    pub sources: SourceMap,
    /// What there is to say about the files. With an error among them, there is no list.
    pub diagnostics: Vec<Diagnostic>,
    /// The columns of the export, as they are understood.
    pub columns: Vec<ListColumn>,
    /// Where the list goes.
    pub target: ImportTarget,
    /// True if rows are added to a list that exists.
    pub adds_to_list: bool,
    /// The rows of which there is something to say; none for a new list.
    pub entries: Vec<ImportEntry>,
    /// The number of rows by what becomes of them.
    pub counts: ImportCounts,
    /// Rows among those that are added, or held again, that a person must answer about.
    pub questions: Vec<ImportQuestion>,
    /// True if there are so many rows that each was judged by itself: `dedupe` may hold more.
    pub judged_alone: bool,
    expected: Expected,
    shown: String,
    private: bool,
    export: Export,
    draft: Option<Draft>,
}

/// How much of a list is written at a time, in bytes.
const BUFFER: usize = 256 << 10;

impl Workspace {
    /// Reads an export and plans what becomes of its rows.
    ///
    /// # Errors
    /// When a file cannot be read, or the target cannot take the rows.
    pub fn import(&self, request: ImportRequest) -> Result<ImportPlan> {
        let mut sources = self.sources.clone();
        let mut diagnostics = self.diagnostics.clone();
        let letter = match &request.letter {
            Some(path) => {
                let loaded = load::letter(&mut sources, &self.paths.shown(path), path, &self.project)?;
                diagnostics.extend(loaded.diagnostics);
                Some(loaded.value)
            }
            None => None,
        };
        let own = letter.as_ref().map(|letter| self.columns_of(letter));
        let columns = own.as_ref().unwrap_or(&self.project.columns);
        let deadline = letter.as_ref().and_then(|letter| letter.deadline);
        let mut export = Export {
            rows: self.open_input(request.input, columns, &mut sources)?,
            columns: columns.clone(),
            version: letter.as_ref().map(compose::text_version),
            without_private: request.without_private,
            day_first: None,
        };
        let mut judge = RowJudge::new(&self.known);
        let is_there = |path: &Path| self.files().about(path).is_ok();
        let into = match &request.target {
            ImportTarget::List(path) if is_there(path) => Some(path.clone()),
            _ => None,
        };
        let (mut survey, said) = export.survey(&sources, deadline, &mut judge, into.is_some());
        diagnostics.extend(said);
        export.day_first = survey.order.day_first();
        if !has_errors(&diagnostics) {
            diagnostics.extend(survey.late(export.day_first).tell(deadline));
        }
        let shown = request.target.path().map(|path| self.paths.shown(path));
        let mut plan = ImportPlan {
            sources,
            diagnostics,
            columns: export.rows.columns().to_vec(),
            target: request.target,
            adds_to_list: into.is_some(),
            entries: Vec::new(),
            counts: ImportCounts::default(),
            questions: Vec::new(),
            judged_alone: false,
            expected: Expected::Nothing,
            shown: shown.unwrap_or_else(|| "standard output".to_owned()),
            private: survey.filled.columns().into_iter().any(Column::is_private),
            export,
            draft: None,
        };
        if has_errors(&plan.diagnostics) {
            return Ok(plan);
        }
        let (mut standing, mut reopened) = (Vec::new(), Vec::new());
        match into {
            Some(path) => (standing, reopened) = plan.add_to(&path, &mut survey, &mut judge)?,
            None => {
                if let ImportTarget::New(path) = &plan.target
                    && is_there(path)
                {
                    let message = format!("`{}` is there already; to add to it, write --into", plan.shown);
                    return Err(EngineError::Refused(message));
                }
                plan.draft = Some(new_list(plan.target.path(), survey.filled)?);
                plan.counts = ImportCounts {
                    added: survey.named,
                    nameless: survey.nameless,
                    ..survey.counts
                };
            }
        }
        plan.judged_alone = survey.kept.is_none();
        plan.questions = match survey.kept {
            Some(rows) => {
                let added = plan.draft.as_ref().and_then(|draft| draft.added.as_deref());
                questions::among(rows, added, standing, &self.known)
            }
            None => survey.asked.into_iter().map(|(_, asked)| asked).collect(),
        };
        plan.questions.append(&mut reopened);
        plan.questions.sort_by_key(|asked| asked.origin);
        let asked = &mut plan.counts.asked;
        plan.questions.iter().for_each(|question| asked.add(question.origin));
        Ok(plan)
    }

    /// Opens what is imported.
    fn open_input(
        &self,
        input: ListInput,
        columns: &BTreeMap<String, String>,
        sources: &mut SourceMap,
    ) -> Result<load::Rows> {
        Ok(match input {
            ListInput::File(path) => load::open(sources, &self.paths.shown(&path), &path, columns)?,
            ListInput::Bytes(name, bytes) => load::open_bytes(sources, &name, None, bytes, columns)?,
        })
    }
}

impl ImportPlan {
    /// Plans to add to a list that exists, and returns the list's rows, and the questions about
    /// those of them that are held again. An error in the list leaves the plan without one.
    fn add_to(
        &mut self,
        path: &Path,
        survey: &mut ExportSurvey,
        judge: &mut RowJudge<'_>,
    ) -> Result<(Vec<Record>, Vec<ImportQuestion>)> {
        let loaded = load::list(&mut self.sources, &self.shown, path, &self.export.columns)?;
        let said = loaded.diagnostics.into_iter();
        self.diagnostics
            .extend(said.filter(|said| said.code != Code::EmptyList));
        if has_errors(&self.diagnostics) {
            return Ok((Vec::new(), Vec::new()));
        }
        let records = loaded.value;
        let file = records.first().map(|row| row.origin.file());
        let Some(file) = file.or_else(|| self.sources.files().last()) else {
            return Err(EngineError::Refused(format!("cannot read `{}`", self.shown)));
        };
        if let Some(content) = self.sources.last_read(&self.shown, path) {
            self.expected = Expected::Content(content);
        }
        let existing = Existing {
            path,
            name: &self.shown,
            records: &records,
            file,
        };
        let extended = extend(&existing, &mut self.export, survey, (&self.sources, judge))?;
        self.draft = Some(extended.draft);
        self.entries = extended.entries;
        self.counts = extended.counts;
        Ok((records, extended.reopened))
    }

    /// Returns the state that the target must be in when the list replaces it.
    pub fn expected(&self) -> Expected {
        self.expected
    }

    /// Returns whether the list holds private columns, so that a new one is the user's alone.
    pub fn is_private(&self) -> bool {
        self.private
    }

    /// Writes the list, reading the export's rows once more.
    ///
    /// # Errors
    /// When the plan has errors, a row does not fit the list's format, or `out` fails.
    pub fn write_to(&mut self, out: &mut dyn Write) -> Result<()> {
        let Some(draft) = &self.draft else {
            return Err(EngineError::Refused(
                "the import has errors, so there is no list".to_owned(),
            ));
        };
        let shown = &self.shown;
        let unwritten = |source: io::Error| EngineError::Write {
            path: shown.clone(),
            source,
        };
        let mut held = Vec::new();
        let mut line = String::new();
        let mut done = Ok(());
        if let Body::Cells(_) = draft.body {
            done = out.write_all(draft.head.as_bytes());
        }
        let mut place = 0;
        let mut added = draft.added.as_ref().map(|added| added.iter().copied().peekable());
        if draft.added.as_ref().is_none_or(|added| !added.is_empty()) {
            self.export.each(&self.sources, &mut |record, _| {
                if record.name.is_empty() {
                    return;
                }
                let is_added = added.as_mut().is_none_or(|added| added.next_if_eq(&place).is_some());
                place += 1;
                if !is_added || done.is_err() {
                    return;
                }
                match &draft.body {
                    Body::Cells(format) => {
                        line.clear();
                        format.row(&mut line, &record);
                        done = out.write_all(line.as_bytes());
                    }
                    Body::Toml | Body::Lines => held.push(record),
                }
            });
        }
        done.map_err(unwritten)?;
        let text = match draft.body {
            Body::Cells(_) => return Ok(()),
            _ if held.is_empty() => return out.write_all(draft.head.as_bytes()).map_err(unwritten),
            Body::Toml => list::extend_toml(&draft.head, &held, &[]),
            Body::Lines => list::extend_lines(&draft.head, &held),
        };
        let text = text.map_err(|error| EngineError::emit(format!("`{shown}`"), error))?;
        out.write_all(text.as_bytes()).map_err(unwritten)
    }

    /// Hands the list to `outputs`, under the path of the target, and returns what
    /// identifies its content.
    ///
    /// # Errors
    /// When there is no target, or the list cannot be written. Whoever puts the list on
    /// the disk has to hold the target against [`ImportPlan::expected`].
    pub fn write<O: Outputs>(&mut self, outputs: &O) -> Result<ContentHash> {
        let Some(path) = self.target.path().map(Path::to_owned) else {
            return Err(EngineError::Refused("the import has no file to write to".to_owned()));
        };
        let shown = self.shown.clone();
        let unwritten = |source: io::Error| EngineError::Write {
            path: shown.clone(),
            source,
        };
        let open = outputs.open(&path).map_err(unwritten)?;
        let mut file = BufWriter::with_capacity(BUFFER, HashedWriter::new(open));
        self.write_to(&mut file)?;
        let hashed = file.into_inner().map_err(io::IntoInnerError::into_error);
        let (open, content) = hashed.map_err(unwritten)?.finish();
        outputs.close(open).map_err(unwritten)?;
        Ok(content)
    }
}

impl std::fmt::Debug for ImportPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportPlan")
            .field("target", &self.target)
            .field("counts", &self.counts)
            .finish_non_exhaustive()
    }
}
