//! The words by which claims of how many signed are known, in English, Spanish, and
//! French.
//!
//! In lower case, as [`Word::lower`](crate::check::numbers::Word) has them.

use crate::check::words::WordList;

pub(super) static ORGANIZATIONS: WordList = WordList::new("organizations");

pub(super) static INDIVIDUALS: WordList = WordList::new("individuals");

pub(super) static SIGNATORIES: WordList = WordList::new("signatories");

/// Words that stand between a number and what it counts only if it counts something
/// else.
pub(super) static OTHERS: WordList = WordList::new("others");

/// Verbs that follow those who sign.
pub(super) static APPEALS: WordList = WordList::new("appeals");

/// Words of a sentence that speaks of those who sign.
pub(super) static SIGNING: WordList = WordList::new("signing");

/// Words of a sentence that speaks of another time or another body.
pub(super) static HISTORY: WordList = WordList::new("history");

/// Words before a number that tie it to those who sign.
pub(super) static LEADING: WordList = WordList::new("leading");
