//! Collects the diagnostics of one file, and sums up where there are many of one kind.
//!
//! In: diagnostics, or closures that make them. Out: at most [`MANY`] of each
//! code in the order of their places, then one line for each code that had
//! more. Guaranteed: the worst severity of those left out is kept.

use super::loaded::ListColumn;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::letter::Markup;
use crate::source::{FileId, Origin};
use std::collections::BTreeMap;

/// How many diagnostics of one code are listed for a file. A screenful; chosen
/// by eye.
pub(super) const MANY: usize = 20;

/// The diagnostics about one file so far.
#[derive(Debug)]
pub(super) struct Diagnostics {
    file: FileId,
    listed: Vec<Diagnostic>,
    tallies: BTreeMap<Code, Tally>,
    columns: Vec<ListColumn>,
    again: bool,
    /// What Markdown holds besides text.
    pub(super) markup: Markup,
}

#[derive(Debug, Default)]
struct Tally {
    listed: usize,
    left_out: usize,
    worst: Option<Severity>,
}

impl Diagnostics {
    /// Makes an empty collection for `file`.
    pub(super) fn new(file: FileId) -> Self {
        Self {
            file,
            listed: Vec::new(),
            tallies: BTreeMap::new(),
            columns: Vec::new(),
            again: false,
            markup: Markup::default(),
        }
    }

    /// Makes a collection for rows that were read before, whose diagnostics were reported then.
    pub(super) fn again(file: FileId) -> Self {
        Self {
            again: true,
            ..Self::new(file)
        }
    }

    /// Returns whether these rows were read before, so that they need not be examined only to
    /// say something.
    pub(super) fn heard(&self) -> bool {
        self.again
    }

    /// Returns the file that the diagnostics are about.
    pub(super) fn file(&self) -> FileId {
        self.file
    }

    /// Adds a diagnostic.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.say(diagnostic.severity, diagnostic.code, || diagnostic);
    }

    /// Adds the diagnostic that `make` returns, unless there are many of its
    /// code already: then `make` is not called.
    pub(super) fn say(&mut self, severity: Severity, code: Code, make: impl FnOnce() -> Diagnostic) {
        let tally = self.tallies.entry(code).or_default();
        // Form is told once, with the number of names: it needs nobody.
        let many = if code == Code::NameForm { 1 } else { MANY };
        if tally.listed < many {
            tally.listed += 1;
            self.listed.push(make());
        } else {
            tally.left_out += 1;
            tally.worst = tally.worst.max(Some(severity));
        }
    }

    /// Returns the number of diagnostics of a code so far.
    pub(super) fn listed(&self, code: Code) -> usize {
        self.tallies.get(&code).map_or(0, |tally| tally.listed)
    }

    /// Returns whether no diagnostic is an error.
    pub(super) fn is_sound(&self) -> bool {
        let is_error = |worst: Option<Severity>| worst == Some(Severity::Error);
        !self.listed.iter().any(|said| is_error(Some(said.severity)))
            && !self.tallies.values().any(|tally| is_error(tally.worst))
    }

    /// Takes note of the columns of the file.
    pub(super) fn describe(&mut self, columns: Vec<ListColumn>) {
        self.columns = columns;
    }

    /// Hands over the columns of the file.
    pub(super) fn take_columns(&mut self) -> Vec<ListColumn> {
        std::mem::take(&mut self.columns)
    }

    /// Returns what was said, in the order of places, and the sums last.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.listed.sort_by_key(|diagnostic| diagnostic.origin);
        for (code, tally) in self.tallies {
            let Some(worst) = tally.worst else { continue };
            let message = format!("and {} more {}", tally.left_out, noun(code));
            self.listed
                .push(Diagnostic::new(worst, code, message).at(Origin::File(self.file)));
        }
        self.listed
    }
}

/// Returns what is counted when diagnostics of a code are summed up.
fn noun(code: Code) -> &'static str {
    match code {
        Code::RaggedRow | Code::EmptyName => "rows",
        Code::UnknownColumn | Code::GuessedColumn => "columns",
        Code::NameForm => "names",
        Code::UnknownKey | Code::MissingKey => "keys",
        Code::BadValue | Code::BadDate | Code::TooLarge => "values",
        _ => "places",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn many_of_one_code_are_summed_up_with_the_worst_severity() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.csv", "");
        let mut diagnostics = Diagnostics::new(file);
        for row in 0..500 {
            let severity = if row == 400 { Severity::Error } else { Severity::Warning };
            diagnostics.say(severity, Code::RaggedRow, || {
                Diagnostic::new(severity, Code::RaggedRow, format!("row {row}"))
            });
        }
        diagnostics.push(Diagnostic::note(Code::EmptyName, "another"));
        let said = diagnostics.finish();
        assert_eq!(said.len(), MANY + 2);
        let last = &said[said.len() - 1];
        assert_eq!(last.message, "and 480 more rows");
        assert_eq!(last.severity, Severity::Error);
    }
}
