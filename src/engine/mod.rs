//! The whole as one would use it: open a workspace, prepare its letters, check, render,
//! import, answer, freeze.
//!
//! In: a place that files are read from ([`crate::files::Files`]), paths, and what a front
//! end was asked. Out: values, bytes and [`ChangeSet`]s. Guaranteed: nothing here prints,
//! writes, or reads the clock, the environment or the terminal; errors are typed. Absent:
//! putting changes on the disk (that is `store`'s) and talking with people (that is
//! `cli`'s).

mod changes;
mod cure;
mod dedupe;
mod deliver;
mod diff;
mod draft;
mod edit;
mod error;
mod explain;
mod findings;
mod freeze;
mod history;
mod import;
mod lists;
mod merge_list;
mod new_workspace;
mod paths;
mod prepared;
mod previous_output;
mod related_documents;
mod releases;
mod render;
pub mod report;
mod resolved_lists;
mod review;
mod roll;
mod status;
mod tell;
#[cfg(test)]
mod tests;
mod verify;
mod wording;
mod workspace;
mod workspace_fonts;

#[cfg(test)]
mod growth_tests;

pub use changes::{Change, ChangeSet, Expected, MemoryOutputs, OpenInMemory, Outputs};
pub use cure::{Cure, cure};
pub use dedupe::{Deduplication, RowCounts, RowPlace, questions};
pub use deliver::{DeliverRequest, Delivered, DeliveryBundle, DeliveryPlan, Destination};
pub use diff::{DiffOutcome, REDLINE_FORMATS, StateDiff, diff};
pub use draft::{BoldAlone, DraftOutcome, DraftPlan, DraftRequest, FoundPart, draft};
pub use edit::RowId;
pub use error::{BoxedError, EngineError, Result};
pub use explain::{Explained, NamePairs};
pub use findings::{check, configured, is_unreadable};
pub use freeze::{DOSSIERS, Freezing, FrozenRelease, RELEASES, override_of};
pub use history::{Act, ActFile, ActTitle, History, Kept, UndoFile, UndoOutcome, UndoPlan};
pub use import::{
    ImportCounts, ImportEntry, ImportPlan, ImportQuestion, ImportRequest, ImportTarget, RowOutcome, RowTally,
};
pub use lists::{ListInput, read_lists};
pub use new_workspace::new_workspace;
pub use paths::Paths;
pub use prepared::{Composed, Composition, LetterInput, MailMerge, Prepared, Step, has_errors, prepare_all};
pub use releases::{
    SIGNATURE, StoredRelease, highest_number, highest_number_file, next_number, release_numbers, title as release_title,
};
pub use render::{RenderRequest, Rendered, RenderedFile};
pub use resolved_lists::ResolvedLists;
pub use review::{
    AnswerFile, AnswerOutcome, AnswersPlan, AnswersRequest, Asked, Attribution, ColumnAnswer, ColumnQuestion,
    ReadAnswer, Reply, Review, ReviewAnswer, ReviewCounts, ReviewFamily, ReviewQuestion, ReviewRow, ReviewSide,
    RowQuestion, RowReply, SavedAnswer, SavedDecision,
};
pub use roll::{
    FacetCount, RollDetail, RollEntry, RollFacet, RollOrder, RollQuery, RollRow, RollSelection, RollStatus, RollTable,
};
pub use status::{
    CheckedLetter, LastRelease, LetterStatus, ListStatus, NextAct, NextStep, OutputState, StatusCounts, WorkspaceStatus,
};
pub use tell::{NotTold, Occasion, TellDraft, TellDrafts, TellPlan, TellRequest, Untold};
pub use verify::{FileVerdict, VerdictKind, VerifyFinding, VerifyRequest, public_key, verify};
pub use workspace::{DECISIONS, DIRECTORY, PROJECT, Workspace, find as workspace_root};
pub use workspace_fonts::{FONTS, workspace_fonts};
