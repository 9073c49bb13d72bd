//! Who gets no draft, and why.

/// Why somebody gets no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Untold {
    /// Their rows have no email address that can be used.
    NoAddress,
    /// They may be a signatory under another name; a person has to look.
    Doubtful,
    /// They signed the present text.
    Agreed,
    /// They are on the roll.
    Signed,
    /// They withdrew, declined, or wait in a list.
    InList,
    /// They are invited in an earlier row.
    Repeated,
}

/// Somebody who gets no draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTold {
    /// The name.
    pub name: String,
    /// The reason.
    pub why: Untold,
}
