//! The columns that hold rows, as questions of a review.
//!
//! In: held rows. Out: a [`ColumnQuestion`] for each column that holds some, and the word
//! of `[columns]` for an answer. Guaranteed: columns come in the order of the rows that they
//! hold. Absent: writing the answer (that is `emit::columns`').

use crate::resolve::HeldRow;

/// Asks what a column means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnQuestion {
    /// Its header.
    pub header: String,
    /// The number of rows that it holds.
    pub rows: usize,
    /// The first cells that differ, at most [`ColumnQuestion::CELLS`].
    pub cells: Vec<CellCount>,
    /// True if more cells differ.
    pub has_more: bool,
}

/// A value of a column, and in how many rows that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellCount {
    /// As written; may be empty.
    pub cell: String,
    /// The number of rows.
    pub rows: usize,
}

impl CellCount {
    /// Returns the value in quotation marks and the number of its rows: "“Landed” (7)".
    pub fn shown(&self, printable: impl Fn(&str) -> String) -> String {
        match &*self.cell {
            "" => format!("empty ({})", self.rows),
            cell => format!("“{}” ({})", printable(cell), self.rows),
        }
    }
}

impl ColumnQuestion {
    /// How many cells are kept: as many as fit on a line; chosen by eye.
    pub const CELLS: usize = 4;
}

/// Says what a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnAnswer {
    /// A yes in it may be printed.
    Publish,
    /// A yes in it may not be printed.
    Private,
    /// It is the status of the signature.
    Status,
    /// It names the organizations that signed.
    Name,
    /// It names where the people who signed work.
    Affiliation,
    /// It does not matter.
    Unused,
}

impl ColumnAnswer {
    /// Every answer.
    pub const ALL: &[Self] = &[
        Self::Publish,
        Self::Private,
        Self::Status,
        Self::Name,
        Self::Affiliation,
        Self::Unused,
    ];

    /// Returns the word of `[columns]`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Private => "private",
            Self::Status => "status",
            Self::Name => "name",
            Self::Affiliation => "affiliation",
            Self::Unused => "unused",
        }
    }
}

/// Returns the columns that hold rows, each once.
pub(super) fn questions<'a>(held: impl Iterator<Item = &'a HeldRow>) -> Vec<ColumnQuestion> {
    let mut questions: Vec<ColumnQuestion> = Vec::new();
    for (header, cell) in held.filter_map(|held| held.hold.column()) {
        let at = questions.iter().position(|question| question.header == header);
        let at = at.unwrap_or_else(|| {
            questions.push(ColumnQuestion {
                header: header.to_owned(),
                rows: 0,
                cells: Vec::new(),
                has_more: false,
            });
            questions.len() - 1
        });
        let question = &mut questions[at];
        question.rows += 1;
        let has_room = question.cells.len() < ColumnQuestion::CELLS;
        match question.cells.iter_mut().find(|known| known.cell == cell) {
            Some(known) => known.rows += 1,
            None if has_room => question.cells.push(CellCount {
                cell: cell.to_owned(),
                rows: 1,
            }),
            None => question.has_more = true,
        }
    }
    questions
}
