//! Those who get a letter each: what a mail merge is made for.
//!
//! A [`Recipients`] is a table: columns, and a row for each recipient. What a
//! column means to a letter is `compose`'s; which columns are private is marked
//! here, once ([`RecipientColumn::private`]).

use crate::source::Origin;

/// A column of a list of recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientColumn {
    /// The field's name: `last_name` in `{{ recipient.last_name }}`.
    pub name: String,
    /// The header as typed.
    pub header: String,
    /// Whether its cells may never reach a published document: e-mail addresses,
    /// telephone numbers, notes, who works for whom.
    pub private: bool,
    /// Where the header stands.
    pub origin: Origin,
}

/// A cell of a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientCell {
    /// What it says, white space at its ends removed; line feeds stay. Empty: it
    /// says nothing.
    pub text: Box<str>,
    /// Where it stands; of a cell that is not there, the row.
    pub origin: Origin,
}

/// One who gets a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The cells, one for each column.
    pub cells: Vec<RecipientCell>,
    /// The row.
    pub origin: Origin,
}

/// Those who get a letter each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    /// The columns; no two of one name.
    pub columns: Vec<RecipientColumn>,
    /// The recipients, in the order of their list.
    pub rows: Vec<Recipient>,
}

impl Recipients {
    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// A recipient's cell of a column, if there is such a column.
    pub fn cell<'a>(&self, row: &'a Recipient, name: &str) -> Option<&'a RecipientCell> {
        row.cells.get(self.column(name)?)
    }

    /// What a recipient's cell of a column says, if it says anything.
    pub fn get<'a>(&self, row: &'a Recipient, name: &str) -> Option<&'a str> {
        let cell = self.cell(row, name)?;
        (!cell.text.is_empty()).then_some(&*cell.text)
    }
}

/// To whom a mail merge goes, and how its files are called.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeSetting {
    /// The recipients.
    pub list: MergeList,
    /// The name of a recipient's files, without ending; fields allowed. `None`:
    /// the recipient's name.
    pub file_name: Option<super::placed::Placed<String>>,
    /// The lines of the address block, in place of the recipient's own columns.
    pub addressee: Option<Vec<super::text::Line>>,
    /// Whether there is a PDF of all letters as well.
    pub combined: bool,
    /// Where the front matter asks for it.
    pub origin: Origin,
}

/// Where recipients are listed.
#[derive(Clone, Debug, PartialEq)]
pub enum MergeList {
    /// In a file: a path relative to the letter's folder.
    File(super::placed::Placed<String>),
    /// In the letter itself.
    Here(Recipients),
}
