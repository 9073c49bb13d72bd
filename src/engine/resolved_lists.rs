//! The rows of lists and what became of them, as one value.

use crate::diag::Diagnostic;
use crate::model::signatory::Record;
use crate::resolve::Resolution;

/// The rows of lists and what became of them.
#[derive(Clone, Debug, Default)]
pub struct ResolvedLists {
    /// The rows, in the order of the lists.
    pub records: Vec<Record>,
    /// The signatories, and the rows that are none.
    pub resolution: Resolution,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
}
